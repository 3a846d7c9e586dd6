"""What must hold within a question and among questions, beyond the form of each field."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from quizcli.bank.alike import alike, look
from quizcli.bank.figures import check_figure
from quizcli.bank.ids import check_unique
from quizcli.bank.pointing import key_of, letter_of, part_of, text_in
from quizcli.bank.shapes import MAX_OPTIONS
from quizcli.bank.unknown import foreign
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS, kind_of
from quizcli.quiz.model import Option, Question
from quizcli.report.words import did_you_mean, listed, nearest

if TYPE_CHECKING:
    from quizcli.bank.fields import Object, Reader
    from quizcli.bank.nodes import Node
    from quizcli.quiz.kinds.base import Kind

# What a handout leaves out, beside fields of a kind's own that it does not hand out.
WITHHELD = ("hints", "explanation", "demo", "references", "scenario", "back")
WITHHELD_OF_OPTIONS = ("correct", "feedback", "missed", "claim")
# Where people write the key of a choice.
_KEYS = ("answer", "answers")
Options = Sequence[tuple[Option, "Object"]]


def check_question(
    reader: Reader, question: Question, fields: Object, options: Options
) -> Question:
    """Faults of one question, each at the line it is about; and the question with its usual numbers
    worked out.

    Where the form of a field was faulty, nothing is said of what follows from that.
    """
    kind = KINDS.get(question.kind)
    if kind:
        _check_fields(reader, question, fields, kind)
        if prompt := fields.value(kind.needs[0], ""):
            node = fields.at(kind.needs[0])
            for sign, what, fix in kind.unsound(prompt):
                reader.fault(letter_of(node, sign, reader.lines), "prompt", what, fix)
        question = _with_variables(reader, question, fields, kind)
        # Of fields that are there and were read; what is missing or faulty was told.
        own = [field.name for field in kind.fields()]
        lost = fields.lost.intersection([*own, *kind.needs, *kind.takes])
        whole = not lost and all(name in fields for name in own if name in _needed(question, kind))
        if question.keyless and whole:
            _check_keyless(reader, question, fields, options)
        instance = _instance(question) if whole and not question.keyless else None
        if instance:
            for name, what, fix, part in (of_kind := kind.faults(instance)):
                reader.fault(part_of(fields.at(name), part), "answer", what, fix)
            if not of_kind:
                _check_parts(reader, instance, fields, kind)
        _check_credit(reader, question, fields, kind)
    if "figure" in fields:
        check_figure(reader, question, fields.at("figure"))
    if options and not (kind and not kind.chooses):
        _check_options(reader, question, fields, options)
    return question


def _check_parts(reader: Reader, question: Question, fields: Object, kind: Kind) -> None:
    """Parts that cannot be told apart have one id: who is shown two of them can but guess."""
    more = (
        ", or give both the same text and the same 'right_id' (or none)"
        if kind.form == "pairs"
        else ""
    )
    for one, other in () if kind.chooses else alike(kind.parts(question)):
        what = f"'{one.text[:60]}' and '{other.text[:60]}' look the same"
        found = [text_in(fields.node, part.text) for part in (one, other)]
        places = [node for node in found if node is not None]
        last = max(places, key=lambda node: node.line, default=fields.at(kind.needs[-1]))
        reader.fault(last, "alike", what, f"make them differ{more}")


def _check_options(reader: Reader, question: Question, fields: Object, options: Options) -> None:
    """Ids, number, texts, order and key of the options."""
    at = fields.at("options")
    kind = KINDS.get(question.kind)
    sound = _check_ids(reader, options, kind)
    is_whole = len(options) == len(at.items or ())  # else some could not be read
    if is_whole:
        _check_number(reader, options, kind, at)
    _check_texts(reader, options, kind)
    _check_pins(reader, options)
    if question.keyless:
        return
    # An option whose 'correct' could not be read may have been the key.
    told = not is_whole or _KEYS[0] in fields.lost  # what was to be the key stands elsewhere
    if not told and not any(o.correct or "correct" in own.lost for o, own in options):
        fix = "add 'correct: true' to the right option"
        reader.fault(at, "no-key", "no option is marked correct", fix)
    if kind is not None and (sound or not kind.ids):
        for what, fix in kind.complaints([option for option, _ in options]):
            reader.fault(at, "key", what, fix)


def _check_fields(reader: Reader, question: Question, fields: Object, kind: Kind) -> None:
    """What questions of this kind must have, and what they may not."""
    first, elsewhere = kind.needs[0], foreign(kind)
    lost = set(fields.lost)
    items = fields.node.items or []
    for key, value in zip(items[::2], items[1::2], strict=True):
        if key.text not in elsewhere or (fields.is_two and key.text not in fields):
            continue
        reader.retract(value)  # what it holds is that of another kind
        # A prompt under the name that it has in another kind.
        open_ = [name for name in kind.needs if name not in fields and name not in lost]
        renamed = first in open_ and any(key.text == k.needs[0] for k in KINDS.values())
        meant = first if renamed else nearest(key.text, open_)
        lost |= {meant}
        # What is to be answered, under the name that it has in another kind.
        part = len(open_) == 1 and any(key.text == k.needs[-1] for k in KINDS.values())
        if part and not meant:
            lost |= {open_[0]}
        having = [name for name, other in KINDS.items() if key.text in (*other.needs, *other.takes)]
        fix = f"rename it to '{open_[0]}'" if part else "remove it"
        fix = f"did you mean '{meant}'?" if meant else f"{fix}, or make this {_kinds(having)}"
        fix = f"rename it to '{first}'" if renamed else fix
        if kind.chooses and not meant and key.text in _KEYS and "options" in fields:
            fix = "remove it, and write 'correct: true' in the right option"
            lost.add(_KEYS[0])
            fields.lost.add(_KEYS[0])
        elif kind.chooses and not meant and key.text in reader.shapes["option"]:
            fix = f"indent it further where it belongs to an option; else {fix}"
        what = f"a question of 'kind: {kind.name}' takes no '{key.text}'"
        reader.fault(key, "not-of-kind", what, fix)
    shape = reader.shapes["question"]
    for name in _needed(question, kind):
        if name not in fields and name not in lost:
            fix = f"add '{name}: …', {shape[name].help}"
            reader.fault(fields.node, "missing-key", f"the question has no '{name}'", fix)


def _needed(question: Question, kind: Kind) -> list[str]:
    """What a question of this kind must have, which is less in a handout."""
    withheld = {field.name for field in kind.fields()}.difference(kind.handed)
    return [name for name in kind.needs if not (question.keyless and name in withheld)]


def _check_keyless(reader: Reader, question: Question, fields: Object, options: Options) -> None:
    """A handout holds nothing that gives a key away."""
    kind = kind_of(question)
    own = kind.without_key(question.own)
    held = [name for name in WITHHELD if name in fields]
    names = [field.name for field in kind.fields() if field.name in question.own]
    held += [name for name in names if own.get(name) != question.own[name]]
    held += [name for _, option in options for name in WITHHELD_OF_OPTIONS if name in option]
    writes = "to make one again: quizcli class handout BANK"
    for name in own.keys() - question.own.keys():
        what = f"the question has no '{name}', which a handout needs"
        reader.fault(fields.node, "missing-key", what, f"add '{name}: …'; {writes}")
    for name in dict.fromkeys(held):
        what = f"a handout (keyless: true) contains '{name}', which may give the key away"
        fix = f"remove it; {writes}"
        reader.fault(fields.at(name), "keyless", what, fix)


def _with_variables(reader: Reader, question: Question, fields: Object, kind: Kind) -> Question:
    """The question with its usual numbers. What is wrong with its variables, and with the texts
    that they stand in, is told."""
    if "variables" not in fields and "where" not in fields:
        return question
    if "variables" not in fields:
        what = "'where' needs variables, and the question has none"
        reader.fault(fields.at("where"), "variables", what, "remove it")
        return question
    at = fields.at("variables")
    if not kind.quizzed:
        what = f"a question of 'kind: {kind.name}' takes no variables"
        reader.fault(at, "variables", what, "remove them")
        return question
    from quizcli.quiz.drawing import drawn, texts_of
    from quizcli.quiz.drawing import usual as usual_of
    from quizcli.quiz.model import Usual
    from quizcli.quiz.templates import problems
    from quizcli.quiz.variables import GIVEN, declared

    variables, slips = declared(question.own["variables"], question.own.get("where", ()))
    for name, what, fix, number in slips:
        of_where = number is not None
        place = part_of(fields.at("where"), number) if of_where else key_of(at, name)
        reader.fault(place, "variables", what, fix)
    names = set(question.own["variables"])
    own = fields.value(kind.needs[0], "")
    texts = [question.prompt.removesuffix(own), own]  # apart from what it shares with others
    texts += [each for each in texts_of(question) if each not in {question.prompt, f"{{{GIVEN}}}"}]
    wrong = False
    for text in dict.fromkeys(texts):
        node = text_in(fields.node, text)
        for letter, what, fix in problems(text, names):
            wrong = True
            place = letter_of(node, letter, reader.lines) if node else fields.node
            reader.fault(place, "variables", what, fix)
    if not slips and not wrong:
        try:
            if usual := variables.defaults():
                return question._replace(usual=Usual(drawn(question, usual), usual))
            if all(each.default is not None for each in variables.free):
                fix = "change a default, or the constraint"
                reader.fault(at, "variables", "the defaults do not meet 'where'", fix)
            usual_of(question)  # what every list and page then takes for granted
        except ValueError as error:
            reader.fault(at, "variables", str(error), "change the variables")
    return question


def _instance(question: Question) -> Question | None:
    """The question under its usual values, or some draw; without what it only says where that is
    at fault, and None where it cannot be drawn."""
    if "variables" not in question.own:
        return question
    from quizcli.quiz.drawing import usual

    bare = question._replace(prompt="", title="", hints=(), explanation="", figure=None)
    for each in (question, bare):
        with suppress(ValueError):
            return usual(each)
    return None


def _check_credit(reader: Reader, question: Question, fields: Object, kind: Kind) -> None:
    """A credit rule of the kind's own, or one of those for several ticks."""
    known = tuple(RULES) if kind.several else kind.rules
    if question.credit and "credit" not in foreign(kind) and question.credit not in known:
        what = f"a question of 'kind: {kind.name}' takes no credit rule '{question.credit}'"
        reader.fault(fields.at("credit"), "credit", what, f"write {listed(known, 'or')}")


def _kinds(names: Sequence[str]) -> str:
    if len(names) > 1 and all(KINDS[name].chooses for name in names):
        return f"'kind: {names[0]}' or another kind of choice"
    named = [f"'kind: {name}'" for name in names]
    return listed(named if len(named) < 4 else [named[0], "another kind"], "or")


def _check_ids(reader: Reader, options: Options, kind: Kind | None) -> bool:
    """Whether every option has an id that it may have."""
    before = len(reader.faults)
    check_unique(reader, [(option.id, own.at("id")) for option, own in options], "option")
    for option, own in options:
        if kind and kind.ids and option.id and option.id not in kind.ids:
            what = f"a {kind.name} question has no option '{option.id}'"
            fix = did_you_mean(option.id, kind.ids, "call it")
            reader.fault(own.at("id"), "option-id", what, fix)
    return len(reader.faults) == before and all(option.id for option, _ in options)


def _check_number(reader: Reader, options: Options, kind: Kind | None, node: Node) -> None:
    if len(options) == 1 and not (kind and kind.ids) and not options[0][1].is_two:
        fix = "add a wrong option that someone might believe"
        reader.fault(node, "one-option", "there is only one option", fix)
    elif len(options) > MAX_OPTIONS:
        what = f"there are {len(options)} options, more than there are letters"
        reader.fault(node, "many-options", what, f"keep at most {MAX_OPTIONS}")


def _check_texts(reader: Reader, options: Options, kind: Kind | None) -> None:
    seen: dict[str, Option] = {}
    for option, own in options:
        if not option.text:
            # Some kinds have texts for their ids: nothing is missing before kind and id are right.
            known = kind and (not kind.ids or option.id in kind.ids)
            if known and not own.lost & {"text", "claim"}:
                fix = "add 'text: …', or a 'claim' from which the text can be made"
                reader.fault(own.node, "missing-key", f"option '{option.id}' has no text", fix)
            continue
        first = seen.setdefault(look(option.text), option)
        if option.id and first.id not in {"", option.id}:
            what = f"options '{first.id}' and '{option.id}' look the same: '{option.text[:60]}'"
            reader.fault(own.at("id"), "alike", what, "make them differ, or remove one")


def _check_pins(reader: Reader, options: Options) -> None:
    pinned = False
    for option, own in options:
        if pinned and not option.last and "pin" not in own.lost:
            fix = "move the option with 'pin: last' below all others"
            what = f"option '{option.id}' is below an option with 'pin: last'"
            reader.fault(own.at("id"), "pin", what, fix)
            return
        pinned = pinned or option.last
