"""Hand-ins graded by their bank. The rule: nothing of a hand-in is believed but what was answered.

Draws follow from the seed and marks from the bank; what a hand-in says of its own marks, of the
credit rule or of how many questions it had is compared, and never counted. A hand-in that cannot
have come about (an option that was never shown, times that run backwards) is refused with all that
is wrong with it; what is odd, and can be, is remarked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.quiz.cards import bank_ids, new_ids, quizzed, told_apart
from quizcli.quiz.drawing import NO_VALUES
from quizcli.quiz.grading import grade, rule_in_force
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import BadResponse
from quizcli.quiz.shuffle import chosen_questions
from quizcli.report.codes import UserError
from quizcli.report.words import listed
from quizcli.scores.drawn_questions import DrawnQuestions
from quizcli.scores.hand_in_files import BadHandIn
from quizcli.scores.hand_in_head import (
    HandInHead,
    Student,
    as_said,
    marks_told,
    not_as_due,
    one_question_now,
    parts_of,
    seconds_in,
    words_in,
)
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Bank, Question

    Taken = tuple[tuple[str, ...], tuple[str, ...], Grade]

_REMEMBERED = 50_000  # answers, under each order of options, that are not looked at again
_SAID = 5  # faults of one hand-in that are told


class HandedAnswer(NamedTuple):
    """What was answered to a question, the ``number``-th of its hand-in, and what it earns by the
    bank. Nothing ``given`` is a blank."""

    question: str
    number: int
    given: tuple[str, ...]
    shown: tuple[str, ...]
    grade: Grade
    seconds: float
    hints: int
    guess: bool
    at: str
    values: Mapping[str, str]


class GradedHandIn(NamedTuple):
    """A hand-in that can be: its answers, and the questions that its bank ``asked`` for. Times are
    UTC, ISO 8601; ``finished`` is "" where it was not, and a table of responses knows no times."""

    file: str
    uid: str
    student: Student
    seed: int
    exam: bool
    started: str
    finished: str
    asked: tuple[str, ...]
    answers: tuple[HandedAnswer, ...]
    remarks: tuple[str, ...] = ()


class HandInReader:
    """Reads hand-ins of one bank. ``credit`` is the rule that holds for all of them, None that of
    each question. ``as_asked`` counts what a hand-in was asked as the whole, where else a question
    that the bank has and the hand-in has not is a blank."""

    def __init__(self, bank: Bank, credit: str | None = None, *, as_asked: bool = False) -> None:
        if bank.keyless:
            raise UserError(
                f"{bank.id} is a handout, which has no key — name the bank it was made from"
            )
        self.bank = bank
        self.questions = {question.id: question for question in quizzed(bank)}
        if not self.questions:
            raise UserError(f"{bank.id} contains only flashcards, so there is nothing to grade")
        self._credit = credit
        self._as_asked = as_asked
        self._names = new_ids(bank)
        self.draws = DrawnQuestions(self.questions)
        self._known: dict[Any, Taken] = {}
        self._grades: dict[Any, Grade] = {}
        self._parts = {id: _parts(question) for id, question in self.questions.items()}
        self._whole = tuple(self.questions)
        self._varied = {id for id, each in self.questions.items() if "variables" in each.own}

    def graded(self, data: Mapping[str, Any], file: str) -> GradedHandIn:
        """A hand-in from the JSON object in a ``file``. Raises BadHandIn."""
        attempt, rows, version = parts_of(data)
        if attempt.get("bank") not in bank_ids(self.bank):
            raise BadHandIn(f"for another bank, {as_said(attempt.get('bank'))}")
        if not rows:
            raise BadHandIn("contains no answers")
        faults: list[str] = []
        one = HandInHead(attempt, version, faults)
        remarks = self._versions(one)
        then = [str(row.get("question")) for row in rows if isinstance(row, dict)]
        names = told_apart(self._names, then)
        found = (self._answer(one, row, n, names, remarks) for n, row in enumerate(rows, 1))
        answers = tuple(answer for answer in found if answer is not None)
        remarks += marks_told(one, self.bank, rows, [each.grade for each in answers])
        times = [each.at for each in answers if each.at]
        outside: list[str] = []
        if times and not (one.is_within(min(times)) and one.is_within(max(times))):
            outside = [each.question for each in answers if each.at and not one.is_within(each.at)]
        if outside:
            faults.append(
                "the times do not fit: the attempt ran from "
                f"{one.started} to {one.finished or 'its end'}, but "
                f"it has answers outside of that, to {listed(outside)}"
            )
        ids = [answer.question for answer in answers]
        if len(set(ids)) < len(ids):
            twice = {id for id in ids if ids.count(id) > 1}
            faults += [f"answers '{id}' twice" for id in sorted(twice)]
        if faults:
            more = len(faults) - _SAID
            raise BadHandIn(*faults[:_SAID], *([f"and {more} more faults"] if more > 0 else ()))
        asked = tuple(ids) if self._as_asked else self._due(one.seed)
        if len(ids) != len(asked) or set(ids) != set(asked):
            remarks += not_as_due(ids, asked)
            answers = tuple(answer for answer in answers if answer.question in asked)
        if not one.finished:
            remarks.append("was not finished")
        return GradedHandIn(
            file=file, uid=one.uid, student=one.student, seed=one.seed, exam=one.exam,
            started=one.started, finished=one.finished, asked=asked, answers=answers,
            remarks=tuple(remarks),
        )  # fmt: skip

    def _due(self, seed: int) -> tuple[str, ...]:
        """What the bank asks under a seed."""
        if not self.bank.draw:
            return self._whole
        chosen = chosen_questions(self.bank, seed, False, None, (), None, self.bank.draw)
        return tuple(question.id for question in chosen)

    def _versions(self, one: HandInHead) -> list[str]:
        """What is remarked of the version of the bank that was asked from."""
        if self.bank.digest in (one.data.get("parent_digest"), one.data.get("bank_digest")):
            return []
        if one.version == 1:
            one.faults.append(
                "for another version of the bank, and format_version 1 does not record what was "
                "asked"
            )
        return ["for another version of the bank, with the same questions"]

    def _answer(
        self, one: HandInHead, row: Any, number: int, names: Mapping[str, str], remarks: list[str]
    ) -> HandedAnswer | None:
        """The answer in a row; None where it is faulty, which is then among the faults."""
        then = row.get("question") if isinstance(row, dict) else None
        id = names.get(then, then) if isinstance(then, str) else None
        question = self.questions.get(id) if id is not None else None
        if question is None:
            if id in self._names:
                remarks.append(one_question_now(id, self._names[id]))
            else:
                one.faults.append(f"asks {as_said(then)}, which the bank does not have")
            return None
        try:
            values = NO_VALUES
            if question.id in self._varied:
                question, values = self._drawn(question.id, str(then), one, row)
            given, shown, earned = self._taken(question, values, one, row)
            seconds, hints = seconds_in(row), row.get("hints", 0)
            if not isinstance(hints, int) or not 0 <= hints <= len(question.hints):
                raise BadHandIn(f"claims {as_said(hints)} hints")
            at = one.time(row.get("at"), "was answered") if given else ""
        except BadHandIn as bad:
            one.faults.append(f"'{question.id}' {bad}")
            return None
        except BadResponse as bad:
            one.faults.append(f"'{question.id}' has an impossible answer: {bad}")
            return None
        said = row.get("points")
        if (
            isinstance(said, int | float)
            and one.claims(self.bank, row.get("credit"), earned.rule)
            and said != plain_number(earned.points)
        ):
            earns = plain_number(earned.points)
            remarks.append(
                f"claims a mark of {as_said(said)} for '{question.id}', which earns {earns}"
            )
        return HandedAnswer(
            question.id, number, given, shown, earned, seconds, hints, row.get("guess") is True,
            at, values,
        )  # fmt: skip

    def _drawn(
        self, id: str, then: str, one: HandInHead, row: Mapping[str, Any]
    ) -> tuple[Question, Mapping[str, str]]:
        """The question under the numbers that it was asked with, which its seed must draw."""
        said = row.get("variables")
        if not isinstance(said, dict):
            raise BadHandIn("has numbers, which format_version 1 does not record")
        # A handout leaves out what leads to the key.
        values = self.draws.values(id, said, one.seed, str(one.data["bank"]), then)
        if values is None:
            raise BadHandIn(f"has numbers that the seed {one.seed} does not draw")
        return self.draws.under(id, values), values

    def _taken(
        self,
        question: Question,
        values: Mapping[str, str],
        one: HandInHead,
        row: Mapping[str, Any],
    ) -> Taken:
        """What was answered, the options in the order in which they were shown, and the grade; of
        rows that say the same once."""
        key: Any = None
        said, order, asked = row.get("given"), row.get("shown"), row.get("asked")
        if one.version == 2 and type(said) is list and type(order) is list:
            numbers = tuple(values.values()) if values else ()
            key = (question.id, numbers, asked, tuple(said), tuple(order))
            try:
                return self._known[key]
            except KeyError:
                pass
            except TypeError:  # something in it is no text, and cannot be looked up
                key = None
        given, shown = self._given(question, one, row)
        taken = (given, shown, self.earned(question.id, given, values))
        if key is not None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = taken
        return taken

    def _given(
        self, question: Question, one: HandInHead, row: Mapping[str, Any]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What was answered, and the options as shown. Raises BadHandIn, BadResponse."""
        kind = kind_of(question)
        if one.version == 1:
            given, misread = kind.read(question, words_in(row, "response"))
            if misread:
                raise BadHandIn(f"has an impossible answer: {misread[0].what}")
            return given, ()
        given, shown = kind.then(words_in(row, "given")), words_in(row, "shown")
        if kind.chooses and (never := set(given).difference(shown)):
            raise BadHandIn(f"was answered with '{min(never)[:40]}', which was never shown")
        known = self._parts[question.id]
        if question.id in self._varied:
            known = _parts(question)  # of texts with other numbers
        if strangers := known.symmetric_difference(shown):
            raise BadHandIn(
                f"was shown with options that the bank does not have ('{min(strangers)[:40]}')"
            )
        if len(set(given)) < len(given):
            raise BadHandIn("was answered with the same option twice")
        if given and row.get("asked") != question.asked:
            raise BadHandIn("was worded differently from the bank as it is now")
        kind.check(question, given)
        return kind.ordered(question, shown, given), shown

    def rule(self, question: Question) -> str:
        """The credit rule that a question is graded by."""
        return rule_in_force(question, self.bank, self._credit)

    def earned(
        self, id: str, given: tuple[str, ...], values: Mapping[str, str] = NO_VALUES
    ) -> Grade:
        """What an answer earns to a question, which has the numbers ``values``."""
        key = (id, given, tuple(values.values()))
        if key not in self._grades:
            if len(self._grades) >= _REMEMBERED:
                self._grades.clear()
            question = self.draws.under(id, values)
            found = grade(question, given, self.rule(question))
            whole = int(found.points)  # which sums up ten times as fast
            is_whole = whole == found.points
            self._grades[key] = found._replace(points=whole) if is_whole else found
        return self._grades[key]


def _parts(question: Question) -> frozenset[str]:
    """The ids of what is shown under letters."""
    return frozenset(part.id for part in kind_of(question).parts(question))
