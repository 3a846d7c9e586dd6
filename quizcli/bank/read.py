"""A bank's bytes to a :class:`~quizcli.quiz.model.Bank`, or all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.digest import stamped
from quizcli.bank.faults import BankError
from quizcli.bank.fields import Object, Reader, all_or_raise
from quizcli.bank.ids import check_formerly, check_unique
from quizcli.bank.including import Includes
from quizcli.bank.nodes import Node, read_tree
from quizcli.bank.rules import check_question
from quizcli.bank.same_ids import check_apart
from quizcli.bank.scalars import with_comma
from quizcli.bank.shapes import shapes
from quizcli.quiz.blueprint import TooFewError, by_section
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Bank, Demo, Figure, Option, Question, Section
from quizcli.quiz.quantities import has_comma
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

# Where the questions of a bank are.
_HOLDING = {"questions", "include"}


def read_bank(data: bytes, file: str) -> Bank:
    """The bank that ``data`` holds; ``file`` is the name to be used in messages.

    Raises BankError with every fault found.
    """
    return bank_in(read_tree(data, file), file, data)


def bank_in(root: Node, file: str, data: bytes) -> Bank:
    """The bank in a tree of nodes, made of the ``data`` of a file. Raises BankError with every
    fault found."""
    reader = Reader(file, shapes(tuple(KINDS), tuple(RULES)), data, [])
    top = reader.object(root, "bank")
    keyless, language = top.value("keyless", False), top.value("language", "")
    includes = Includes(file, len(data))
    questions = list(_with_included(reader, top, includes, language, keyless=keyless))
    check_apart(reader, questions)
    check_formerly(reader, [(top.value("id", ""), top)], "bank")
    draw = _draw(reader, top, questions)
    all_or_raise(reader.faults)
    defaults: Object = top.value("defaults", Object(root))
    bank = Bank(
        id=top.value("id", ""),
        title=top.value("title", ""),
        questions=tuple(questions),
        description=top.value("description", ""),
        credit=defaults.value("credit", "net-correct"),
        shuffle=defaults.value("shuffle", True),
        file=file,
        retention=defaults.value("retention", None),
        new_per_day=defaults.value("new_per_day", None),
        formerly=top.value("formerly", ()),
        language=language,
        draw=draw,
        keyless=keyless,
        parent=top.value("parent", ""),
        includes=tuple(includes.stamps.items()),
    )
    return stamped(bank)


def _draw(reader: Reader, top: Object, questions: list[Question]) -> tuple[Section, ...]:
    """The sections of a quiz, each of which can be filled."""
    written: list[Object] = top.value("draw", [])
    sections = [Section(each.value("tag", ""), each.value("count", 0)) for each in written]
    known = sorted({tag for question in questions for tag in question.tags})
    before = len(reader.faults)
    for section, each in zip(sections, written, strict=True):
        if "count" in each and not section.size:
            reader.fault(
                each.at("count"), "draw", "this section asks no questions", "write 1 or more"
            )
        if section.tag and section.tag not in known:
            hint = (
                did_you_mean(section.tag, known, "the tags are")
                if known
                else "add tags to questions"
            )
            what = f"no question has the tag '{section.tag[:60]}'"
            reader.fault(each.at("tag"), "draw", what, hint)
    if len(reader.faults) == before:
        try:
            kinds = {name for name, kind in KINDS.items() if kind.quizzed}
            by_section([q for q in questions if q.kind in kinds], sections)
        except TooFewError as few:
            reader.fault(written[few.index].at("count"), "draw", str(few), "ask for fewer")
    return tuple(sections)


def _with_included(
    reader: Reader, top: Object, includes: Includes, language: str, *, keyless: bool
) -> Iterator[Question]:
    """The questions of a file, and behind them those of the files that it includes."""
    if top.keys().isdisjoint(_HOLDING) and top.lost.isdisjoint(_HOLDING):
        what, fix = "the bank has no 'questions'", "add 'questions:' and list them below it"
        reader.fault(top.node, "missing-key", what, fix)
    own = list(_questions(reader, top, language, keyless=keyless))
    check_unique(reader, [(q.id, fields.at("id")) for q, fields in own], "question")
    check_formerly(reader, [(q.id, fields) for q, fields in own], "question")
    yield from (question for question, _ in own)
    for file, data in includes.named(reader, top.at("include")) if "include" in top else ():
        try:
            root = read_tree(data, file)
        except BankError as error:
            reader.faults += error.faults
            continue
        inner = Reader(file, reader.shapes, data, reader.faults)
        its = inner.object(root, "bank")
        if its.value("keyless", False) != keyless:
            fix = "include only banks with keys, or only handouts"
            inner.fault(
                its.at("keyless"),
                "keyless",
                "a bank cannot combine handouts with banks that have keys",
                fix,
            )
        with includes.inside(file):
            spoken = its.value("language", language)
            yield from _with_included(inner, its, includes, spoken, keyless=keyless)


def _questions(
    reader: Reader, top: Object, language: str, *, keyless: bool
) -> Iterator[tuple[Question, Object]]:
    scenarios = {each.value("id", ""): each for each in top.value("scenarios", [])}
    named = [(each.value("id", ""), each.at("id")) for each in top.value("scenarios", [])]
    check_unique(reader, named, "scenario")
    for fields in top.value("questions", []):
        options = [
            (_option(reader, option, fields), option) for option in fields.value("options", [])
        ]
        own = _own(fields, language)
        shared = ("scenario", "variables", "where")
        own |= {name: fields[name][0] for name in shared if name in fields}
        kind = KINDS.get(fields.value("kind", ""))
        scenario = _scenario(reader, scenarios, fields)
        question = Question(
            id=fields.value("id", ""),
            kind=fields.value("kind", ""),
            prompt=_after(scenario, _prompt(fields)),
            options=tuple(option for option, _ in options)
            or (kind.written_options(own) if kind else ()),
            title=fields.value("title", ""),
            hints=fields.value("hints", ()),
            explanation=fields.value("explanation", ""),
            figure=_figure(fields) or (_figure(scenario) if scenario else None),
            tags=fields.value("tags", ()),
            points=fields.value("points", 1),
            difficulty=fields.value("difficulty", ""),
            references=fields.value("references", ()),
            demo=_demo(fields),
            credit=fields.value("credit", None),
            shuffle=fields.value("shuffle", None),
            back=fields.value("back", ""),
            formerly=fields.value("formerly", ()),
            place=reader.place(fields.at("id")),
            own=own,
            time=fields.value("time", None),
            keyless=keyless,
        )
        yield check_question(reader, question, fields, options), fields


def _scenario(reader: Reader, scenarios: dict[str, Object], fields: Object) -> Object | None:
    """What several questions share, and this one names."""
    name = fields.value("scenario", None)
    if name is not None and name not in scenarios:
        hint = "write its text at the top of the bank, under 'scenarios:'"
        if scenarios:
            hint = did_you_mean(name, tuple(scenarios), "the scenarios are")
        what = f"the bank has no scenario '{name}'"
        reader.fault(fields.at("scenario"), "scenario", what, hint)
    return scenarios.get(name)


def _after(scenario: Object | None, prompt: str) -> str:
    """A prompt, with what it shares with others before it."""
    text = scenario.value("text", "") if scenario else ""
    return f"{text}\n\n{prompt}" if text and prompt else prompt


def _own(fields: Object, language: str) -> dict[str, Any]:
    """What the fields of the kind's own hold, as plain data; with the bank's language where answers
    are read by it."""
    kind = KINDS.get(fields.value("kind", ""))
    own = kind.fields() if kind else ()
    spoken = language if kind and kind.speaks else ""
    comma = has_comma(spoken)
    found = {
        field.name: _plain(*fields[field.name], comma=comma)
        for field in own
        if field.name in fields
    }
    return {**found, "language": spoken} if spoken else found


def _plain(value: Any, node: Node, *, comma: bool) -> Any:
    if isinstance(value, Object):
        return {name: _plain(*inner, comma=comma) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        pairs = zip(value, node.items or (), strict=False)  # an item that is faulty has no value
        return tuple(_plain(each, at, comma=comma) for each, at in pairs)
    return with_comma(value, node.style) if comma and isinstance(value, str) else value


def _prompt(fields: Object) -> str:
    """What is asked, under the name that it has in this kind."""
    kind = KINDS.get(fields.value("kind", ""))
    prompt: str = fields.value(kind.needs[0] if kind else "prompt", "")
    return prompt


def _option(reader: Reader, fields: Object, question: Object) -> Option:
    id = fields.value("id", "")
    kind = KINDS.get(question.value("kind", ""))
    text = fields.value("text", "") or (kind.texts.get(id, "") if kind else "")
    return Option(
        id=id,
        text=text or _claim_text(fields),
        correct=fields.value("correct", False),
        feedback=fields.value("feedback", ""),
        missed=fields.value("missed", ""),
        claim=fields.value("claim", None),
        last="pin" in fields,
        place=reader.place(fields.at("id")),
    )


def _claim_text(option: Object) -> str:
    """The text of an option that leaves it to its claim: the value, or 'name = value' pairs.

    Taken from what is written, not from what it means, so that 0.10 and true are read as such.
    """
    if not option.value("claim", None):
        return ""
    written = [node.text.strip() for node in option.at("claim").items or []]
    if len(written) == 2:
        return written[1]
    return ", ".join(map(" = ".join, zip(written[::2], written[1::2], strict=True)))


def _figure(fields: Object) -> Figure | None:
    figure: Object | None = fields.value("figure", None)
    return Figure(figure.value("text", ""), figure.value("alt", "")) if figure else None


def _demo(fields: Object) -> Demo | None:
    demo: Object | None = fields.value("demo", None)
    return Demo(demo.value("name", ""), demo.value("set", {})) if demo else None
