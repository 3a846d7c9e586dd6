"""Questions with answers to choose from, or to match, as fields of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.formats.carrier import FULL, UnfitQuestion, sound
from quizcli.formats.ids import IdGiver, slug
from quizcli.formats.source_texts import cleaned
from quizcli.formats.weights import per_cent, rule_of, snapped

if TYPE_CHECKING:
    from quizcli.formats.carrier import Carrier
    from quizcli.formats.sources import SourceAnswer

MOST_OPTIONS = 26  # as many as there are letters
_OPTION_ID = 24  # letters of an option's id


def truth(carrier: Carrier) -> dict[str, Any]:
    """A statement that is true or false."""
    question = carrier.question
    right = carrier.feedback(question.if_right, question.line)
    wrong = carrier.feedback(question.if_wrong, question.line)
    if not (wrong or right):
        return {"kind": "true-false", "answer": "true" if question.truth else "false"}
    key = {"correct": True} | right
    options = [
        {"id": "true"} | (key if question.truth else wrong),
        {"id": "false"} | (wrong if question.truth else key),
    ]
    return {"kind": "true-false", "options": options}


def choice(carrier: Carrier) -> dict[str, Any]:
    """A choice of one, where an answer has the sign ``=``; else of any number, by weights."""
    _check_weights(carrier)
    answers = _distinct(carrier)
    several = carrier.question.several
    single = not several and any(answer.right for answer, _ in answers)
    rights = [a for a, _ in answers if (a.right if single else _counts(a))]
    if not rights:
        raise UnfitQuestion("no answer is marked as right", "write = before the right one")
    if not 2 <= len(answers) <= MOST_OPTIONS:
        number = f"the number of answers is {len(answers)}"
        raise UnfitQuestion(number, f"write between 2 and {MOST_OPTIONS}")
    fields: dict[str, Any] = {"kind": "multiple-choice"}
    if single:
        fields = _single(carrier, rights, answers)
    elif rule := _rule(carrier, rights, [a for a, _ in answers if a not in rights]):
        fields["credit"] = rule
    giver = IdGiver()
    fields["options"] = [
        {"id": giver.give(slug(text, _OPTION_ID)), "text": text}
        | ({"correct": True} if answer in rights else {})
        | carrier.feedback(answer.feedback, answer.line)
        for answer, text in answers
    ]
    return fields


def _single(
    carrier: Carrier, rights: list[SourceAnswer], answers: list[tuple[SourceAnswer, str]]
) -> dict[str, Any]:
    """A choice of one; of several right answers one cannot be chosen here, but all ticked."""
    for answer, _ in answers:
        if not answer.right:
            carrier.lose_part(answer)
        elif answer.weight is not None and answer.weight < FULL:
            what = f"the weight {answer.weight:g}% is read as 100%"
            carrier.remark(answer.line, what, "the right one of a choice earns all the points")
    if len(rights) == 1:
        return {"kind": "single-choice"}
    what = "single choice with several right answers"
    many = "single choices with several right answers"
    carrier.lose(carrier.question.line, what, many, "turned into multiple choice")
    return {"kind": "multiple-choice"}


def _counts(answer: SourceAnswer) -> bool:
    return answer.right or (answer.weight or 0) > 0


def _distinct(carrier: Carrier) -> list[tuple[SourceAnswer, str]]:
    """The answers that say something, each once, with our texts."""
    found: dict[str, tuple[SourceAnswer, str]] = {}
    for answer in carrier.question.answers:
        text = carrier.text(answer.text, answer.line)
        look = text if "\n" in text else " ".join(text.split())
        if not look:
            carrier.lose(answer.line, "answer without text", "answers without text")
        elif look not in found:
            found[look] = (answer, text)
        elif _counts(found[look][0]) != _counts(answer):
            raise UnfitQuestion(f"'{look[:40]}' is both right and wrong", "keep one of them")
        else:
            carrier.lose(answer.line, "repeated answer")
    return list(found.values())


def _check_weights(carrier: Carrier) -> None:
    for answer in carrier.question.answers:
        if answer.weight is None:
            continue
        legal = per_cent(snapped(answer.weight))
        if abs(float(legal) - answer.weight) > 0.01:
            what = f"the weight {answer.weight:g}% is read as {legal}%"
            carrier.remark(answer.line, what, "that is the nearest one that Moodle accepts")
    rights = [answer.weight or 0 for answer in carrier.question.answers if _counts(answer)]
    total = sum(rights)
    if any(answer.right for answer in carrier.question.answers) or not total:
        return
    if abs(total - FULL) > len(rights):  # 33 per cent are a third
        what = f"the weights of the right answers add up to {total:g}%"
        carrier.remark(carrier.question.line, what, "they should add up to 100%")


def _rule(carrier: Carrier, rights: list[SourceAnswer], wrongs: list[SourceAnswer]) -> str:
    """The credit rule that weights amount to; "" for the usual one."""
    if carrier.question.several:
        return ""
    rule = rule_of([a.weight or 0 for a in rights], [a.weight or 0 for a in wrongs])
    if rule is None:
        what, changed = "set of weights", "replaced by the usual credit rule"
        carrier.lose(carrier.question.line, what, "sets of weights", changed)
    return rule if rule and rule != "net-correct" else ""


def matching(carrier: Carrier) -> dict[str, Any]:
    """Pairs; what stands on the right alone belongs to nothing."""
    giver = IdGiver()
    pairs: list[dict[str, str]] = []
    distractors: list[str] = []
    for pair in carrier.question.pairs:
        left = carrier.text(pair.left, pair.line)
        right = cleaned(pair.right, pair.line, carrier.losses)
        if not right:
            carrier.lose(pair.line, "pair without a right side", "pairs without a right side")
        elif left:
            own = {"id": giver.give(slug(left, _OPTION_ID)), "left": left, "right": right}
            pairs.append(own | carrier.feedback(pair.feedback, pair.line))
        else:
            distractors.append(right)
    if len(pairs) < 2:
        raise UnfitQuestion("it has fewer than two pairs", "write = left -> right for each")
    rights = {pair["right"] for pair in pairs}
    kept = [text for text in dict.fromkeys(distractors) if text not in rights]
    fields: dict[str, Any] = {"kind": "matching", "pairs": pairs}
    return sound(fields | ({"distractors": kept} if kept else {}))


def ordering(carrier: Carrier) -> dict[str, Any]:
    """Things in their right order."""
    giver = IdGiver()
    texts = [carrier.text(answer.text, answer.line) for answer in carrier.question.answers]
    items = [{"id": giver.give(slug(text, _OPTION_ID)), "text": text} for text in texts]
    return sound({"kind": "ordering", "items": items})
