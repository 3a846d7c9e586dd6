"""Hand-ins graded by their bank. The rule: nothing of a hand-in is believed but what was answered.

Draws follow from the seed and marks from the bank; what a hand-in says of its own marks, of the
credit rule or of how many questions it had is compared, and never counted. A hand-in that cannot
have come about (an option that was never shown, times that run backwards) is refused with all that
is wrong with it; what is odd, and can be, is remarked.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.env import timestamp
from quizcli.quiz.cards import new_ids, quizzed
from quizcli.quiz.drawing import NO_VALUES, draw, drawn
from quizcli.quiz.grading import BY_HAND, grade
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import BadResponse
from quizcli.quiz.shuffle import MAX_SEED, chosen_questions
from quizcli.report.codes import UserError
from quizcli.report.words import counted, listed
from quizcli.scores.hand_in_files import BadHandIn
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Bank, Question

LONGEST_NAME = 200
_REMEMBERED = 4096  # answers to a question whose grade is not asked for again
_SAID = 5  # faults of one hand-in that are told


class Student(NamedTuple):
    """Who took a quiz, as far as they said."""

    id: str = ""
    name: str = ""
    section: str = ""


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
    UTC, ISO 8601; ``finished`` is "" where it was not. ``form`` is that of a printed one."""

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
    form: str = ""


class HandInReader:
    """Reads hand-ins of one bank. ``credit`` is the rule that holds for all of them, None that of
    each question. ``as_asked`` counts what a hand-in was asked as the whole, where else a question
    that the bank has and the hand-in has not is a blank."""

    def __init__(self, bank: Bank, credit: str | None = None, *, as_asked: bool = False) -> None:
        if bank.keyless:
            raise UserError(
                f"{bank.id} is a handout, which holds no key — name the bank it was made of"
            )
        self.bank = bank
        self.questions = {question.id: question for question in quizzed(bank)}
        if not self.questions:
            raise UserError(f"{bank.id} holds flashcards only, and nothing to grade")
        self._credit = credit
        self._as_asked = as_asked
        self._names = new_ids(bank)
        self._grades: dict[str, dict[tuple[str, ...], Grade]] = {id: {} for id in self.questions}
        self._parts = {id: _parts(question) for id, question in self.questions.items()}
        self._whole = tuple(self.questions)

    def graded(self, data: Mapping[str, Any], file: str) -> GradedHandIn:
        """A hand-in from the JSON object in a ``file``. Raises BadHandIn."""
        attempt, rows, version = _checked(data)
        if attempt.get("bank") not in (self.bank.id, *self.bank.formerly):
            raise BadHandIn(f"of another bank, {_shown(attempt.get('bank'))}")
        if not rows:
            raise BadHandIn("there are no answers in it")
        faults: list[str] = []
        one = _Attempt(attempt, version, faults)
        remarks = self._versions(one)
        answers = tuple(
            answer
            for number, row in enumerate(rows, 1)
            if (answer := self._answer(one, row, number, remarks)) is not None
        )
        ids = [answer.question for answer in answers]
        faults += [f"answers '{id}' twice" for id in sorted({i for i in ids if ids.count(i) > 1})]
        if faults:
            more = len(faults) - _SAID
            raise BadHandIn(*faults[:_SAID], *([f"and {more} more faults"] if more > 0 else ()))
        asked = tuple(ids) if self._as_asked else self._due(one.seed)
        if len(ids) != len(asked) or set(ids) != set(asked):
            remarks += _not_as_due(ids, asked)
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

    def _versions(self, one: _Attempt) -> list[str]:
        """What is remarked of the version of the bank that was asked from."""
        if self.bank.digest in (one.data.get("parent_digest"), one.data.get("bank_digest")):
            return []
        if one.version == 1:
            one.faults.append(
                "of another version of the bank, and format_version 1 does not say what was asked"
            )
        return ["of another version of the bank, which asked the same"]

    def _answer(
        self, one: _Attempt, row: Any, number: int, remarks: list[str]
    ) -> HandedAnswer | None:
        """The answer in a row; None where it is faulty, which is then among the faults."""
        then = row.get("question") if isinstance(row, dict) else None
        id = self._names.get(then, then) if isinstance(then, str) else None
        question = self.questions.get(id) if id is not None else None
        if question is None:
            one.faults.append(f"asks {_shown(then)}, which the bank does not have")
            return None
        try:
            question, values = self._drawn(question, str(then), one, row)
            given, shown = self._given(question, one, row)
            earned = self._grade(question, given, values)
            seconds, hints = _seconds(row), row.get("hints", 0)
            if not isinstance(hints, int) or not 0 <= hints <= len(question.hints):
                raise BadHandIn(f"says that {_shown(hints)} hints were given")
            at = one.time(row.get("at"), "was answered") if given else ""
        except BadHandIn as bad:
            one.faults.append(f"'{question.id}' {bad}")
            return None
        except BadResponse as bad:
            one.faults.append(f"'{question.id}' was answered with what cannot be: {bad}")
            return None
        said = row.get("points")
        if (
            isinstance(said, int | float)
            and one.claims(self.bank, row.get("credit"), earned.rule)
            and said != plain_number(earned.points)
        ):
            earns = plain_number(earned.points)
            remarks.append(f"says {_shown(said)} for '{question.id}', which earns {earns}")
        return HandedAnswer(
            question.id, number, given, shown, earned, seconds, hints, row.get("guess") is True,
            at, values,
        )  # fmt: skip

    def _drawn(
        self, question: Question, then: str, one: _Attempt, row: Mapping[str, Any]
    ) -> tuple[Question, Mapping[str, str]]:
        """The question under the numbers that it was asked with, which its seed must draw."""
        if "variables" not in question.own:
            return question, NO_VALUES
        said = row.get("variables")
        if not isinstance(said, dict):
            raise BadHandIn("has numbers that format_version 1 does not write down")
        for vary in (True, False):
            mine = draw(question._replace(id=then), one.seed, str(one.data["bank"]), vary=vary)
            if {**mine, **said} == mine:  # a handout leaves out what leads to the key
                return drawn(question, mine), mine
        raise BadHandIn(f"has numbers that the seed {one.seed} does not draw")

    def _given(
        self, question: Question, one: _Attempt, row: Mapping[str, Any]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What was answered, and the options in the order in which they were shown."""
        kind = kind_of(question)
        if one.version == 1:
            given, misread = kind.read(question, _words(row, "response"))
            if misread:
                raise BadHandIn(f"was answered with what cannot be: {misread[0].what}")
            return given, ()
        given, shown = _words(row, "given"), _words(row, "shown")
        if kind.chooses and (never := set(given).difference(shown)):
            raise BadHandIn(f"was answered with '{min(never)[:40]}', which was never shown")
        known = self._parts[question.id]
        if "variables" in self.questions[question.id].own:
            known = _parts(question)  # of texts with other numbers
        if strangers := known.symmetric_difference(shown):
            raise BadHandIn(
                f"was shown with other options than the bank's ('{min(strangers)[:40]}')"
            )
        if len(set(given)) < len(given):
            raise BadHandIn("was answered with the same option twice")
        if given and row.get("asked") != question.asked:
            raise BadHandIn("was asked in other words than the bank's of now")
        kind.check(question, given)
        return kind.ordered(question, shown, given), shown

    def _grade(
        self, question: Question, given: tuple[str, ...], values: Mapping[str, str]
    ) -> Grade:
        rule = self._credit or question.credit or self.bank.credit
        if values:
            return grade(question, given, rule)
        known = self._grades[question.id]
        if given not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known[given] = grade(question, given, rule)
        return known[given]


class _Attempt:
    """The head of a hand-in; what is wrong with it goes into ``faults``."""

    def __init__(self, data: Mapping[str, Any], version: int, faults: list[str]) -> None:
        self.data, self.version, self.faults = data, version, faults
        self.uid = self._text(data, "uid")
        if not self.uid:
            faults.append("has no uid")
        student = data if version == 1 else data.get("student")
        if student is None or not isinstance(student, dict):
            student = {}
        self.student = Student(
            self._text(student, "student" if version == 1 else "id"),
            self._text(student, "name"),
            self._text(student, "section"),
        )
        seed = data.get("seed")
        if not isinstance(seed, int) or isinstance(seed, bool) or not 0 <= seed <= MAX_SEED:
            faults.append(f"has the seed {_shown(seed)}")
            seed = 0
        self.seed = seed
        policy = data.get("policy")
        self.exam = (policy if isinstance(policy, dict) else data).get("exam") is True
        self.started = self.finished = ""
        try:
            self.started = self.time(data.get("started"), "began")
            if data.get("finished") is not None:
                self.finished = self.time(data["finished"], "was finished")
        except BadHandIn as bad:
            faults.append(str(bad))

    def _text(self, data: Mapping[str, Any], name: str) -> str:
        said = data.get(name)
        if said is None:
            return ""
        if isinstance(said, int) and not isinstance(said, bool) and abs(said) < 10**40:
            said = str(said)
        if not isinstance(said, str) or len(said) > LONGEST_NAME:
            self.faults.append(f"'{name}' is no text of at most {LONGEST_NAME} characters")
            return ""
        return " ".join(said.split())

    def time(self, said: Any, what: str) -> str:
        """A time in UTC, which lies within those of the attempt. Raises BadHandIn."""
        try:
            at = timestamp(datetime.fromisoformat(said))
        except (ValueError, TypeError, OverflowError):
            raise BadHandIn(f"{what} at {_shown(said)}, which is no time") from None
        order = [time for time in (self.started, at, self.finished) if time]
        if any(late < early for early, late in pairwise(order)):
            raise BadHandIn(
                f"{what} at {at}, and the times run backwards (from {self.started}"
                + (f" to {self.finished})" if self.finished else ")")
            )
        return at

    def claims(self, bank: Bank, said: Any, rule: str) -> bool:
        """Whether its marks are to be those of today: the same bank and the same rule."""
        same = self.data.get("bank_digest") == bank.digest and not self.data.get("regraded")
        return bool(same and said == rule and rule != BY_HAND)


def _checked(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[Any], int]:
    """The attempt, the answers and the version of a hand-in. Raises BadHandIn."""
    version, attempt, rows = (data.get(n) for n in ("format_version", "attempt", "answers"))
    if not isinstance(attempt, dict) or not isinstance(rows, list):
        raise BadHandIn(
            "JSON, but no hand-in — hand in what this writes: "
            "quizcli score --format json -o hand-in.json"
        )
    if version not in (1, 2) or isinstance(version, bool):
        raise BadHandIn(f"of format_version {_shown(version)}, and this program reads 1 and 2")
    return attempt, rows, int(version)


def _parts(question: Question) -> frozenset[str]:
    """The ids of what is shown under letters."""
    return frozenset(part.id for part in kind_of(question).parts(question))


def _words(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    said = row.get(name)
    if not isinstance(said, list) or not all(isinstance(word, str) for word in said):
        raise BadHandIn(f"has '{name}' that is no list of texts")
    return tuple(said)


def _seconds(row: Mapping[str, Any]) -> float:
    said = row.get("seconds", 0)
    if not isinstance(said, int | float) or isinstance(said, bool):
        raise BadHandIn(f"took {_shown(said)} seconds")
    if not (isfinite(said) and 0 <= said < 10**9):
        raise BadHandIn(f"took {_shown(said)} seconds")
    return said


def _not_as_due(ids: list[str], asked: tuple[str, ...]) -> list[str]:
    """What was asked beside, or in place of, what the bank asks."""
    missing = [id for id in asked if id not in ids]
    beside = [id for id in ids if id not in asked]
    said = []
    if missing:
        said.append(
            f"was asked {len(ids) - len(beside)} of {counted(len(asked), 'question')}, and the "
            "others count as blanks (--as-asked counts only what was asked)"
        )
    if beside:
        said.append(f"was asked {listed(beside[:5])} beside what is due, which does not count")
    return said


def _shown(said: Any) -> str:
    """What stands in a file, short."""
    text = "nothing" if said is None else f"'{said}'" if isinstance(said, str) else repr(said)
    return text if len(text) <= 60 else f"{text[:56]} …"
