"""A grade in plain lines: what was answered, how it came out, and why.

As everything in plain mode: never redrawn, and no fact said by colour or place alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.quiz.markup import running
from quizcli.report.words import ended, out_of
from quizcli.terminal import plain
from quizcli.terminal.right_answer import right_answer

if TYPE_CHECKING:
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.model import Rational
    from quizcli.quiz.steps import Item

MODEL = "A model answer:"


def points(got: Rational, of: Rational) -> str:
    """``1 of 1 point``."""
    return f"{out_of(got, of)} point{'' if of == 1 else 's'}"


def earned(grade: Grade) -> str:
    """``right, 1 of 1 point``; of what was only recorded just that."""
    return f"{grade.mark}, {points(grade.points, grade.maximum)}" if grade.counts else grade.mark


def outcome(
    item: Item, response: Response, grade: Grade, width: int, *, every: bool = False
) -> list[str]:
    """What was answered, and its verdict."""
    answer = plain.as_typed(item, plain.letters(item, response.given))
    given = [ended(f"Your answer: {answer}")] if response.given else []
    return [*given, *verdict(item, response, grade, width, every=every)]


def verdict(
    item: Item, response: Response, grade: Grade, width: int, *, every: bool = False
) -> list[str]:
    """Right or wrong, the key, and the reason for each option chosen or missed (of all after no
    answer), or for ``every`` one."""
    question = item.question
    if not item.kind.graded:
        said = not_graded(item, grade)
        return [said, *reasons(item, width), *why(item, width)]
    word = {Mark.RIGHT: "Right", Mark.PARTLY: "Partly right", Mark.WRONG: "Wrong"}
    guess = " You marked it as a guess." if response.guess else ""
    marked = f"{word.get(grade.mark, 'Not answered')}. {points(grade.points, grade.maximum)}"
    out = [f"{marked}{tally(item, response, grade)}.{guess}"]
    if grade.mark is not Mark.RIGHT and not (every and item.kind.chooses):
        out += _right_answer(item, width)
    out += _placed(item, response.given, width)
    each = _options if every else _explained
    out += each(item, response.given, width)
    if reason := item.kind.reason(question, response.given):
        out += plain.lines(reason, width)
    return [*out, *why(item, width)]


def _right_answer(item: Item, width: int) -> list[str]:
    return plain.lines(right_answer(item, str, the="The right"), width)


def tally(item: Item, response: Response, grade: Grade) -> str:
    """``: 2 of 3 in a row``, what the points of a partly right answer count."""
    said = item.kind.tally(item.question, response.given) if grade.mark is Mark.PARTLY else ""
    return f": {said}" if said else ""


def not_graded(item: Item, grade: Grade) -> str:
    """What an answer comes to that the program does not grade."""
    if grade.mark is Mark.BLANK:
        return f"Not answered. {points(0, grade.maximum)}." if grade.counts else "Not answered."
    if grade.mark is not Mark.RECORDED:
        return f"{earned(grade).capitalize()}."
    return "Recorded." if item.question.keyless else "Recorded; a person will mark it."


def why(item: Item, width: int) -> list[str]:
    """What to compare an answer with that no program grades, and the explanation."""
    compared, said = model(item), item.question.explanation
    out = plain.prose(compared, width, f"{MODEL} ") if compared else []
    return out + (plain.prose(said, width, "Why: ") if said else [])


def model(item: Item) -> str:
    """The model answer of a question that a person marks."""
    marked = item.kind.quizzed and not item.kind.graded
    return item.kind.back(item.question, "") if marked else ""


def reasons(item: Item, width: int, response: Response | None = None) -> list[str]:
    """Every option with whether it is right and why; the places of an answer as the ``response``
    has them, or else as they are right."""
    out: list[str] = []
    if not item.kind.graded:
        return out
    if item.kind.form == "typed":
        out += _right_answer(item, width)
    given = response.given if response else item.key
    out += _placed(item, given, width)
    return out + _options(item, response.given if response else (), width)


def _options(item: Item, given: tuple[str, ...], width: int) -> list[str]:
    out: list[str] = []
    for option in item.judged:
        right = "right" if option.correct else "wrong"
        reason = option.reason(chosen=option.id in given)
        named = f"{item.letter(option.id)}. "
        if running(option.text) and running(reason):
            text = f"{named}{option.text}: {right}. {reason}"
            out += plain.lines(text, width, "", "   ")
        else:
            out += plain.prose(option.text, width, named, "   ")
            out += plain.prose(reason, width, f"   {right.capitalize()}. ", "   ")
    return out


def _placed(item: Item, given: tuple[str, ...], width: int) -> list[str]:
    """The places of an answer in pairs or in an order: what was there, and what belongs there."""
    places, is_order = item.kind.placed(item.question, given), item.kind.form == "order"
    out: list[str] = []
    for place in places if given or not is_order else ():
        word = "right" if place.is_right else "wrong" if place.given else "not answered"
        said = f"{place.label.rstrip('.')}, {word}"
        said = ended(f"{said}: {place.given}" if place.given else said)
        if not place.is_right and not is_order:
            said += f" Right: {ended(place.right)}"
        out += plain.lines(said, width, "", "   ")
        if place.reason:
            out += plain.prose(place.reason, width, "   ", "   ")
    if is_order and any(place.given != place.right for place in places):
        out.append("In the right order:")
        for place in places:
            out += plain.prose(place.right, width, f"{place.label} ", "   ")
    return out


def _explained(item: Item, given: tuple[str, ...], width: int) -> list[str]:
    out: list[str] = []
    are_missed = bool(given) and len(item.key) > 1
    for option in item.explained(given):
        is_chosen = option.id in given
        if reason := option.reason(chosen=is_chosen):
            how = "right" if option.correct else "wrong"
            how = "missed" if are_missed and not is_chosen else how
            out += plain.prose(reason, width, f"{item.letter(option.id)}, {how}: ")
    return out
