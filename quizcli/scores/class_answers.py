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
from quizcli.quiz.grading import grade
from quizcli.quiz.kinds import kind_of
from quizcli.scores.drawn_questions import DrawnQuestions
from quizcli.scores.repaired_marks import TO_ALL

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
    with the right one first; ``codes`` the label of each student, NONE for none of these. A repair
    may let others than the ``key`` be right ``also``, each by itself. Where several may be ticked,
    ``ticked`` says of each option (students × options) who did, ``right`` which options are, and
    labels and codes are of whole answers."""

    labels: tuple[str, ...]
    key: int
    codes: NDArray[np.int64]
    options: tuple[str, ...] = ()
    right: frozenset[str] = frozenset()
    ticked: NDArray[np.bool_] | None = None
    also: frozenset[int] = frozenset()

    @property
    def judged(self) -> NDArray[np.int64]:
        """The codes, that of the key for whatever is right."""
        return np.where(np.isin(self.codes, [*self.also]), self.key, self.codes)


class ClassAnswers(NamedTuple):
    """Marks (students × items), what each item was worth, and the answers, of items that have any:
    none in a bare table. ``variants`` are, by item, the numbers that each student had."""

    questions: tuple[str, ...]
    marks: Floats
    maxima: Floats
    answers: Mapping[str, ItemAnswers]
    variants: Mapping[str, Sequence[str]]


class _Column:
    """What a class answered to one question: who said the same shares an answer, since most of a
    large class did. ``codes`` are places among the ``answers``, NONE for nothing."""

    def __init__(self) -> None:
        self.answers: list[HandedAnswer] = []
        self.marks = array("d")
        self.codes = array("i")
        self._places: dict[Any, int] = {}

    def add(self, answer: HandedAnswer | None, *, asked: bool) -> None:
        """What one student answered."""
        if answer is None:
            self.codes.append(NONE)
            self.marks.append(0.0 if asked else nan)
            return
        key = (answer.given, *answer.values.values()) if answer.values else answer.given
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.answers)
            self.answers.append(answer)
        self.codes.append(place)
        self.marks.append(float(answer.grade.points))

    def spread(self, said: Sequence[Any], nothing: Any) -> NDArray[Any]:
        """What is ``said`` of each answer, by student; ``nothing`` of none."""
        spread: NDArray[Any] = np.array([*said, nothing])[np.asarray(self.codes)]
        return spread


def class_answers(
    grades: Iterable[StudentGrade], questions: Mapping[str, Question]
) -> ClassAnswers:
    """The first tries of a class; questions that no program grades are left out."""
    columns = {id: _Column() for id, question in questions.items() if kind_of(question).graded}
    students = 0
    for student in grades:
        if not student.tries:
            continue
        students += 1
        first = student.tries[0].hand_in
        given = {answer.question: answer for answer in first.answers}
        for id, column in columns.items():
            column.add(given.get(id), asked=id in first.asked)
    columns = {id: column for id, column in columns.items() if not all(map(isnan, column.marks))}
    draws = DrawnQuestions(questions)
    return ClassAnswers(
        tuple(columns),
        np.array([column.marks for column in columns.values()]).reshape(len(columns), students).T,
        np.array([float(questions[id].points) for id in columns]),
        {id: _answers(questions[id], draws, column) for id, column in columns.items()},
        {
            id: column.spread([_variant(answer) for answer in column.answers], "").tolist()
            for id, column in columns.items()
            if len({tuple(answer.values.items()) for answer in column.answers}) > 1
        },
    )


def _variant(answer: HandedAnswer) -> str:
    return ", ".join(f"{n} = {said}" for n, said in answer.values.items())


def _answers(question: Question, draws: DrawnQuestions, column: _Column) -> ItemAnswers:
    kind = kind_of(question)
    options = tuple(option.id for option in question.options) if kind.chooses else ()
    if kind.chooses and not kind.several:
        places = {id: place for place, id in enumerate(options)}
        # An option that is disregarded has no place.
        codes = [places.get(a.given[0], NONE) if a.given else NONE for a in column.answers]
        key, *also = (places[id] for id in kind.key(question))
        return ItemAnswers(options, key, column.spread(codes, NONE), also=frozenset(also))
    labels, key, codes = _commonest(question, draws, column)
    if not kind.several:
        return ItemAnswers(labels, key, column.spread(codes, NONE))
    ticked = [[id in answer.given for id in options] for answer in column.answers]
    return ItemAnswers(labels, key, column.spread(codes, NONE), options,
                       frozenset(kind.key(question)),
                       column.spread(ticked, [False] * len(options)))  # fmt: skip


def _is_right(answer: HandedAnswer, draws: DrawnQuestions) -> bool:
    """Whether it earns all points by itself: where all were given them, that is asked anew."""
    if answer.grade.rule != TO_ALL:
        return answer.grade.points == answer.grade.maximum
    return grade(draws.under(answer.question, answer.values), answer.given).credit == 1


def _commonest(
    question: Question, draws: DrawnQuestions, column: _Column
) -> tuple[tuple[str, ...], int, list[int]]:
    """The right answer, whatever its words, and the commonest of the others; and which of these
    each answer of the column is."""
    kind = kind_of(question)
    said: list[str | None] = []
    for answer in column.answers:
        if not answer.given:
            said.append(None)
        elif _is_right(answer, draws):
            said.append("")
        else:
            drawn = draws.under(answer.question, answer.values)
            said.append(" ".join(kind.describe(drawn, answer.given)).strip()[:80])
    counts: Counter[str] = Counter()
    for place, heads in Counter(column.codes).items():
        if place != NONE and (words := said[place]):
            counts[words] += heads
    # The commonest, and of those that are as common the first by the alphabet.
    ranked = sorted(counts, key=lambda each: (-counts[each], each))[: _COMMONEST - 1]
    is_fixed = kind.chooses or "variables" not in question.own
    key = " ".join(kind.describe(question, kind.key(question))) if is_fixed else ""
    places = {label: place for place, label in enumerate(["", *ranked])}
    codes = [NONE if each is None else places.get(each, NONE) for each in said]
    return (key or "the right answer", *ranked), 0, codes
