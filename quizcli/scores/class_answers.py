"""A class as numbers, for item analysis: what each student earned, and what each answered.

Of each student the first try counts, since later ones have learnt from it. What was not asked is no
number; a blank earned nothing. Lateness and marks by hand take no part: they say nothing of items.
"""

from __future__ import annotations

from array import array
from collections import Counter
from math import isnan, nan
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.numeric import np
from quizcli.quiz.kinds import kind_of
from quizcli.scores.drawn_questions import DrawnQuestions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.quiz.model import Question
    from quizcli.scores.grading import StudentGrade
    from quizcli.scores.hand_ins import HandedAnswer
    from quizcli.scores.items import Floats

_COMMONEST = 8  # responses that are told apart, where any may be typed
NONE = -1


class ItemAnswers(NamedTuple):
    """What was answered to an item. ``labels`` are its options by id, or the commonest responses
    with the right one first; ``codes`` the label of each student, NONE for none of these. Where
    several may be ticked, ``ticked`` says of each option (students × options) who did, ``right``
    which options are, and labels and codes are of whole answers."""

    labels: tuple[str, ...]
    key: int
    codes: NDArray[np.int64]
    options: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()
    ticked: NDArray[np.bool_] | None = None


class ClassAnswers(NamedTuple):
    """Marks (students × items), what each item was worth, and the answers, of items that have any:
    none in a bare table. ``variants`` are, by item, the numbers that each student had."""

    questions: tuple[str, ...]
    marks: Floats
    maxima: Floats
    answers: Mapping[str, ItemAnswers]
    variants: Mapping[str, Sequence[str]]


def class_answers(
    grades: Iterable[StudentGrade], questions: Mapping[str, Question]
) -> ClassAnswers:
    """The first tries of a class; questions that no program grades are left out."""
    columns: dict[str, list[HandedAnswer | None]] = {
        id: [] for id, question in questions.items() if kind_of(question).graded
    }
    marks = {id: array("d") for id in columns}
    seen: dict[Any, HandedAnswer] = {}
    students = 0
    for grade in grades:
        if not grade.tries:
            continue
        students += 1
        first = grade.tries[0].hand_in
        given = {answer.question: answer for answer in first.answers}
        for id, column in columns.items():
            answer = given.get(id)
            if answer is not None:  # one for all who answered the same
                key = (id, answer.given, tuple(answer.values.values()))
                answer = seen.setdefault(key, answer)
            column.append(answer)
            blank = 0.0 if id in first.asked else nan
            marks[id].append(float(answer.grade.points) if answer else blank)
    ids = [id for id, column in marks.items() if not all(map(isnan, column))]
    columns = {id: columns[id] for id in ids}
    draws = DrawnQuestions(questions)
    return ClassAnswers(
        tuple(ids),
        np.array([marks[id] for id in ids]).reshape(len(ids), students).T,
        np.array([float(questions[id].points) for id in ids]),
        {id: _answers(questions[id], draws, column) for id, column in columns.items()},
        {
            id: [_variant(answer) for answer in column]
            for id, column in columns.items()
            if len({tuple(a.values.items()) for a in column if a is not None}) > 1
        },
    )


def _variant(answer: HandedAnswer | None) -> str:
    return ", ".join(f"{n} = {said}" for n, said in answer.values.items()) if answer else ""


def _answers(
    question: Question, draws: DrawnQuestions, column: Sequence[HandedAnswer | None]
) -> ItemAnswers:
    kind = kind_of(question)
    if kind.chooses and not kind.several:
        options = tuple(option.id for option in question.options)
        places = {id: place for place, id in enumerate(options)}
        # An option that is disregarded has no place.
        codes = [places.get(a.given[0], NONE) if a is not None and a.given else NONE
                 for a in column]  # fmt: skip
        return ItemAnswers(options, places[kind.key(question)[0]], np.array(codes))
    labels, key, codes = _commonest(question, draws, column)
    if not kind.several:
        return ItemAnswers(labels, key, np.array(codes))
    options = tuple(option.id for option in question.options)
    ticked = [[a is not None and id in a.given for id in options] for a in column]
    return ItemAnswers(labels, key, np.array(codes), options, frozenset(kind.key(question)),
                       np.array(ticked).reshape(len(column), len(options)))  # fmt: skip


def _commonest(
    question: Question, draws: DrawnQuestions, column: Sequence[HandedAnswer | None]
) -> tuple[tuple[str, ...], int, list[int]]:
    """The right answer, whatever its words, and the commonest of the others."""
    kind = kind_of(question)
    said: list[str | None] = []
    for answer in column:
        if answer is None or not answer.given:
            said.append(None)
        elif answer.grade.points == answer.grade.maximum:
            said.append("")
        else:
            drawn = draws.under(answer.question, answer.values)
            said.append(" ".join(kind.describe(drawn, answer.given)).strip()[:80])
    counts = Counter(each for each in said if each)
    # The commonest, and of those that are as common the first by the alphabet.
    ranked = sorted(counts, key=lambda each: (-counts[each], each))[: _COMMONEST - 1]
    is_fixed = kind.chooses or "variables" not in question.own
    key = " ".join(kind.describe(question, kind.key(question))) if is_fixed else ""
    places = {label: place for place, label in enumerate(["", *ranked])}
    codes = [NONE if each is None else places.get(each, NONE) for each in said]
    return (key or "the right answer", *ranked), 0, codes
