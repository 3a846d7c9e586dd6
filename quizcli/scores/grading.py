"""The mark of a student from all that they handed in. The rule: records in, records out, exact.

Each hand-in is a try. By a policy one of them counts (the best, the last, the first), or their
mean; or, with a list of points such as 10,7,5,2, each question by itself: what the n-th try at it
can still earn, of what it is worth, so that a total never falls. What came late earns a share less,
each try by itself. What a person decided comes last, and nothing takes from it.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.grading import BY_HAND, Mark, hundredths, mark_of
from quizcli.scores.policies import GradingRules, TryPolicy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizcli.quiz.model import Question, Rational
    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.hand_ins import GradedHandIn, HandedAnswer
    from quizcli.scores.overrides import Override

NO_TIME = timedelta(0)


class Status(StrEnum):
    """What became of a student."""

    GRADED = "graded"
    MISSING = "not handed in"
    REFUSED = "handed in, not graded"
    EXCUSED = "excused"


class TryScore(NamedTuple):
    """One hand-in of a student: what it earned by itself, and by how many days or hours it was
    late; ``share`` is what that left of it."""

    hand_in: GradedHandIn
    points: Rational
    maximum: Rational
    late: int
    share: Rational


class QuestionMark(NamedTuple):
    """What a question earned for a student. ``points`` are None as long as nobody marked a free
    answer, and where it is ``excused``; ``attempt`` is the number of the try that counts, 0 where
    several do; ``note`` is what a person decided, and why."""

    question: str
    answer: HandedAnswer | None
    attempt: int
    points: Rational | None
    maximum: Rational
    rule: str
    note: str = ""
    excused: bool = False

    @property
    def mark(self) -> Mark:
        """The grade of its answer in one word, or what a person made of it."""
        if self.answer is None:
            return Mark.BLANK
        if self.rule == BY_HAND and self.points is not None:
            return mark_of(self.answer.given, Fraction(self.points) / self.maximum, self.rule)
        return self.answer.grade.mark


class StudentGrade(NamedTuple):
    """The mark of a student; ``points`` are None where there is none. ``tries`` are all of them, in
    the order of time, ``counted`` the numbers of those that count; ``before`` is what the mark was
    without the repair that it was made under; ``certain`` is whose it is: of a roster,
    or a person gave the whole."""

    student: Student
    status: Status
    points: Rational | None
    maximum: Rational
    marks: tuple[QuestionMark, ...]
    tries: tuple[TryScore, ...]
    counted: tuple[int, ...]
    notes: tuple[str, ...] = ()
    before: StudentGrade | None = None
    certain: bool = False

    @property
    def percent(self) -> Rational | None:
        """Points in hundredths of the maximum."""
        return None if self.points is None else hundredths(self.points, self.maximum)

    @property
    def said(self) -> str:
        """All notes, of the whole and of single questions."""
        of_marks = [f"{mark.question} {mark.note}" for mark in self.marks if mark.note]
        return "; ".join([*self.notes, *of_marks])

    @property
    def unmarked(self) -> int:
        """Free answers that nobody marked."""
        return sum(mark.points is None and not mark.excused for mark in self.marks)


class Grader:
    """Grades the students of a class by the same rules; ``questions`` are those of the bank."""

    def __init__(self, rules: GradingRules, questions: Mapping[str, Question]) -> None:
        self._rules = rules
        self._questions = questions
        self._places = {id: place for place, id in enumerate(questions)}

    def grade(
        self, student: Student, hand_ins: Iterable[GradedHandIn], decided: Sequence[Override] = ()
    ) -> StudentGrade:
        """The mark of a student."""
        extra = sum((one.extra for one in decided), NO_TIME)
        ordered = sorted(hand_ins, key=lambda one: (one.started, one.uid))
        tries = tuple(self._scored(one, extra) for one in ordered)
        notes = [f"{extra} more time: {o.reason}" for o in decided if o.extra]
        excused = [one for one in decided if one.excused and not one.question]
        if excused:
            notes.append(f"excused: {excused[0].reason}")
            return StudentGrade(student, Status.EXCUSED, None, 0, (), tries, (), tuple(notes))
        marks, counted = self._counting(tries)
        marks = self._decided(marks, decided)
        there = {mark.question for mark in marks}
        notes += [
            f"line {one.line} decides on '{one.question}', which was not asked"
            for one in decided
            if one.question and one.question not in there
        ]
        whole = [one for one in decided if one.mark is not None and not one.question]
        if not tries and not (whole or any(mark.note for mark in marks)):
            return StudentGrade(student, Status.MISSING, None, 0, (), (), (), tuple(notes))
        maximum = total(mark.maximum for mark in marks if not mark.excused)
        points = total(mark.points or 0 for mark in marks)
        if whole and whole[0].mark is not None:
            notes.append(
                f"{points} from the hand-in, {whole[0].mark} set by hand: {whole[0].reason}"
            )
            points = whole[0].mark
        return StudentGrade(
            student, Status.GRADED, points, maximum, marks, tries, counted, tuple(notes),
            certain=bool(whole),
        )  # fmt: skip

    def _scored(self, one: GradedHandIn, extra: timedelta) -> TryScore:
        late = self._rules.late_by(one, extra)
        share = max(Fraction(0), 1 - late * self._rules.late) if late else 1
        points = total(answer.grade.points for answer in one.answers) * share
        return TryScore(one, points, sum(self._worth(id) for id in one.asked), late, share)

    def _worth(self, question: str) -> Rational:
        return self._questions[question].points

    def _counting(
        self, tries: Sequence[TryScore]
    ) -> tuple[tuple[QuestionMark, ...], tuple[int, ...]]:
        """The marks by the policy, and the numbers of the tries that they are of."""
        every = tuple(range(1, len(tries) + 1))
        if not tries:
            blanks = (QuestionMark(id, None, 0, 0, q.points, "") for id, q in
                      self._questions.items())  # fmt: skip
            return tuple(blanks), ()
        if self._rules.by_try:
            return self._by_try(tries), every
        match self._rules.policy:
            case TryPolicy.MEAN if len(tries) > 1:
                return self._mean(tries), every
            case TryPolicy.LAST:
                number = len(tries)
            case TryPolicy.BEST if len(tries) > 1:  # the earliest of the best
                number = max(every, key=lambda n: (_share_of(tries[n - 1]), -n))
            case _:
                number = 1
        return self._of_try(tries[number - 1], number), (number,)

    def _of_try(self, one: TryScore, number: int) -> tuple[QuestionMark, ...]:
        given = {answer.question: answer for answer in one.hand_in.answers}
        marks = []
        for id in sorted(one.hand_in.asked, key=self._places.__getitem__):
            answer = given.get(id)
            points: Rational | None = 0
            if answer is not None:
                earned = answer.grade.points if answer.grade.counts else None
                points = earned * one.share if earned and one.share != 1 else earned
            rule = answer.grade.rule if answer else ""
            marks.append(QuestionMark(id, answer, number, points, self._worth(id), rule))
        return tuple(marks)

    def _mean(self, tries: Sequence[TryScore]) -> tuple[QuestionMark, ...]:
        """The mean over all tries; what is shown as answered is of the last that asked it."""
        n = len(tries)
        found: dict[str, QuestionMark] = {}
        for number, one in enumerate(tries, 1):
            for mark in self._of_try(one, number):
                before = found.get(mark.question)
                points, maximum = (before.points, before.maximum) if before else (Fraction(0), 0)
                found[mark.question] = mark._replace(
                    attempt=0,
                    points=None if None in (points, mark.points) else
                    (points or 0) + Fraction(mark.points or 0) / n,
                    maximum=maximum + Fraction(mark.maximum) / n,
                )  # fmt: skip
        return tuple(found[id] for id in self._questions if id in found)

    def _by_try(self, tries: Sequence[TryScore]) -> tuple[QuestionMark, ...]:
        """Of each question the best of what its tries earned, each of its share. A blank is no
        try; after the last share there is nothing to earn."""
        best: dict[str, QuestionMark] = {}
        spent = dict.fromkeys(self._questions, 0)
        for number, one in enumerate(tries, 1):
            for mark in self._of_try(one, number):
                best.setdefault(mark.question, mark)
                if mark.answer is None or not mark.answer.given:
                    continue
                n = spent[mark.question] = spent[mark.question] + 1
                share = self._rules.by_try[n - 1] if n <= len(self._rules.by_try) else 0
                if mark.points is None:
                    best[mark.question] = mark
                elif mark.points * share > (best[mark.question].points or 0) or n == 1:
                    best[mark.question] = mark._replace(points=mark.points * share)
        return tuple(best[id] for id in self._questions if id in best)

    def _decided(
        self, marks: Iterable[QuestionMark], decided: Sequence[Override]
    ) -> tuple[QuestionMark, ...]:
        of = {one.question: one for one in decided if one.question}
        return tuple(
            _by_hand(mark, of[mark.question]) if mark.question in of else mark for mark in marks
        )


def total(points: Iterable[Rational]) -> Rational:
    """The sum, exact. What has the same denominator is summed as whole numbers, which takes a tenth
    of the time."""
    whole: Rational = 0
    parts: dict[int, int] = {}
    for each in points:
        if type(each) is int:
            whole += each
        else:
            parts[each.denominator] = parts.get(each.denominator, 0) + each.numerator
    return sum((Fraction(n, of) for of, n in parts.items()), whole)


def _share_of(one: TryScore) -> Rational:
    return hundredths(one.points, one.maximum)


def _by_hand(mark: QuestionMark, one: Override) -> QuestionMark:
    if one.excused:
        return mark._replace(points=None, excused=True, note=f"excused: {one.reason}")
    return mark._replace(points=one.mark, rule=BY_HAND, note=f"by hand: {one.reason}")
