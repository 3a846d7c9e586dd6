"""Marks under a repair, from the same responses, by the same grading.

An answer is graded against its question as the repair has it. Where one option can be chosen and
several are right, each is right by itself. An option that is disregarded is taken out of the
question and of what was answered; a question that is dropped was never asked. Under
``never_lower`` an answer keeps what it earned where that is more, and a student, of whom a dropped
question would take a higher share, the whole mark of before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Grade, Mark, grade, mark_of
from quizcli.quiz.kinds import kind_of
from quizcli.report.words import listed
from quizcli.scores.grading import Grader
from quizcli.scores.hand_ins import HandedAnswer
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from quizcli.quiz.model import Question
    from quizcli.scores.grading import QuestionMark, StudentGrade
    from quizcli.scores.hand_in_head import Student
    from quizcli.scores.hand_ins import GradedHandIn, HandInReader
    from quizcli.scores.overrides import Override
    from quizcli.scores.policies import GradingRules
    from quizcli.scores.repairs import Repair

TO_ALL = "credited-to-all"  # the rule of what everybody is given
_REMEMBERED = 50_000


def repaired(question: Question, repair: Repair) -> Question:
    """A question as the repair has it."""
    key = repair.keys.get(question.id, question.key)
    gone = repair.disregarded.get(question.id, ())
    options = tuple(
        option._replace(correct=option.id in key)
        for option in question.options
        if option.id not in gone
    )
    usual = question.usual
    if usual is not None:
        usual = usual._replace(question=repaired(usual.question, repair))
    return question._replace(options=options, usual=usual)


class RepairedAnswers:
    """Grades the answers of hand-ins anew under a repair."""

    def __init__(self, repair: Repair, reader: HandInReader) -> None:
        self._repair, self._reader = repair, reader
        self._touched = {*repair.keys, *repair.disregarded, *repair.credited}
        self._grades: dict[Any, Grade] = {}

    def applied(self, one: GradedHandIn) -> GradedHandIn:
        """The hand-in with the marks that it has now."""
        asked = tuple(id for id in one.asked if id not in self._repair.dropped)
        answers = [answer for answer in one.answers if answer.question in asked]
        there = {answer.question for answer in answers}
        answers += [
            self._blank(id, len(one.answers) + n, one.seed)
            for n, id in enumerate(self._repair.credited, 1)
            if id in asked and id not in there
        ]
        marked = (
            answer._replace(grade=self._earned(answer))
            if answer.question in self._touched
            else answer
            for answer in answers
        )
        return one._replace(asked=asked, answers=tuple(marked))

    def _blank(self, id: str, number: int, seed: int) -> HandedAnswer:
        """An answer to what was not asked, and is credited all the same."""
        values = self._reader.draws.due(id, seed, self._reader.bank.id)
        blank = self._reader.earned(id, (), values)
        return HandedAnswer(id, number, (), (), blank, 0, 0, False, "", values)

    def _earned(self, answer: HandedAnswer) -> Grade:
        key = (answer.question, answer.given, tuple(answer.values.values()))
        if key not in self._grades:
            if len(self._grades) >= _REMEMBERED:
                self._grades.clear()
            self._grades[key] = self._graded(answer)
        return self._grades[key]

    def _graded(self, answer: HandedAnswer) -> Grade:
        repair, before = self._repair, answer.grade
        if answer.question in repair.credited:
            mark = mark_of(answer.given, 1, TO_ALL)
            return Grade(mark, 1, before.maximum, before.maximum, TO_ALL)
        question = repaired(self._reader.draws.under(answer.question, answer.values), repair)
        gone = repair.disregarded.get(answer.question, ())
        given = tuple(id for id in answer.given if id not in gone)
        if not kind_of(question).several:
            question = _with_one_key(question, given)
        found = grade(question, given, self._reader.rule(question))
        if answer.given and not given:
            found = found._replace(mark=Mark.WRONG)  # and not blank
        return before if repair.never_lower and before.credit > found.credit else found


def _with_one_key(question: Question, given: Sequence[str]) -> Question:
    """A question of which one option can be chosen: its key is what was, if that is right."""
    right = next((id for id in given if id in question.key), min(question.key))
    options = (option._replace(correct=option.id == right) for option in question.options)
    return question._replace(options=tuple(options))


class RepairedGrader:
    """Grades students under a repair, each with the grade of ``before``."""

    def __init__(self, repair: Repair, reader: HandInReader, rules: GradingRules) -> None:
        self._repair = repair
        self._answers = RepairedAnswers(repair, reader)
        self._before = Grader(rules, reader.questions)
        left = {id: q for id, q in reader.questions.items() if id not in repair.dropped}
        self._after = Grader(rules, left)

    def grade(
        self, student: Student, hand_ins: Iterable[GradedHandIn], decided: Sequence[Override] = ()
    ) -> StudentGrade:
        """The mark of a student, with what the repair changed in its notes."""
        handed = list(hand_ins)
        before = self._before.grade(student, handed, decided)
        after = self._after.grade(student, map(self._answers.applied, handed), decided)
        if before.percent is None or after.percent is None:
            return after._replace(before=before)
        why = self._repair.reason
        if self._repair.never_lower and after.percent < before.percent:
            kept = f"keeps the higher mark from before the repair: {why}"
            return before._replace(before=before, notes=(*before.notes, kept))
        were = {mark.question: mark for mark in before.marks}
        marks = tuple(_told(mark, were.get(mark.question), why) for mark in after.marks)
        out = [id for id in self._repair.dropped if id in were]
        notes = (*after.notes, f"without {listed(out)}: {why}") if out else after.notes
        return after._replace(marks=marks, notes=notes, before=before)


def _told(mark: QuestionMark, before: QuestionMark | None, why: str) -> QuestionMark:
    """A mark with what it was before in its note, where that is another."""
    if before is None or before.points == mark.points:
        return mark
    was = "not marked" if before.points is None else f"{plain_number(before.points)}"
    said = f"{was} before the repair: {why}"
    return mark._replace(note=f"{mark.note}; {said}" if mark.note else said)
