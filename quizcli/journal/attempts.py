"""Attempts and their steps, written down and read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizcli.journal.answers import (
    answer_of,
    answer_row,
    plan_of,
    policy_of,
    policy_text,
    rational,
    values_of,
)
from quizcli.journal.connection import JournalFile
from quizcli.journal.file import JournalError
from quizcli.journal.sql import marks, path_of, path_value
from quizcli.named_tuple import NamedTuple
from quizcli.quiz.drawing import NO_DRAWS
from quizcli.quiz.steps import Answer, AnyStep, Plan, Policy, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.quiz.drawing import Draws
    from quizcli.quiz.model import Rational

_ATTEMPT = (
    "uid, bank, title, bank_digest, bank_file, seed, policy, plan, origin, program, started, "
    "name, student, section, maxima, draws"
)
_ELSEWHERE = "this attempt was continued in another window — close one of the two"
# An attempt at which somebody sat: one that was read from a file begins and ends at once.
_SAT = "origin <> 'answers'"


class Attempt(NamedTuple):
    """One taking of a bank. Times are UTC, ISO 8601. ``maxima`` says what each question was worth
    then, ``draws`` the values that variables had, by question; ``name``, ``student`` and
    ``section`` are those of who took it, where they said so."""

    id: int
    uid: str
    bank: str
    title: str
    bank_digest: str
    bank_file: str
    seed: int
    policy: Policy
    plan: Plan
    origin: str
    program: str
    started: str
    name: str = ""
    student: str = ""
    section: str = ""
    maxima: tuple[tuple[str, Rational], ...] = ()
    draws: Draws = NO_DRAWS


class Entry(NamedTuple):
    """One step of an attempt with the time at which it was written down."""

    step: AnyStep
    at: str


class Journal(JournalFile):
    """The journal, and the attempts in it. Every method raises JournalError."""

    def begin(
        self,
        attempt: Attempt,
        steps: Sequence[AnyStep],
        at: str,
        also: Callable[[], None] | None = None,
    ) -> Attempt:
        """Write an attempt and its first steps at once; returns it with its number. ``also`` is
        what else is written, or not written, together with them."""
        row = (
            attempt.uid,
            attempt.bank,
            attempt.title,
            attempt.bank_digest,
            path_value(attempt.bank_file),
            attempt.seed,
            policy_text(attempt.policy),
            json.dumps(attempt.plan, separators=(",", ":")),
            attempt.origin,
            attempt.program,
            attempt.started,
            storable(attempt.name),
            storable(attempt.student),
            storable(attempt.section),
            json.dumps({q: str(n) for q, n in attempt.maxima}, separators=(",", ":")),
            json.dumps(attempt.draws, ensure_ascii=False, separators=(",", ":")),
        )

        def write() -> int:
            cursor = self.connection.execute(
                f"INSERT INTO main.attempts ({_ATTEMPT}) VALUES ({marks(row)})", row
            )
            number = int(cursor.lastrowid or 0)
            self._insert(number, 0, steps, at)
            if also is not None:
                also()
            return number

        return attempt._replace(id=self.in_one(write))

    def append(
        self,
        attempt: int,
        n: int,
        steps: Sequence[AnyStep],
        at: str,
        also: Callable[[], None] | None = None,
    ) -> None:
        """Write steps of an attempt, the first of them as its ``n``-th, and ``also`` what belongs
        to them; durable on return.

        Raises JournalError where the attempt has not ``n`` entries: it went on elsewhere.
        """

        def write() -> None:
            if self.length(attempt) != n:
                raise JournalError(_ELSEWHERE)
            self._insert(attempt, n, steps, at)
            if also is not None:
                also()

        self.in_one(write)

    def length(self, attempt: int) -> int:
        """How many entries an attempt has; answers and other steps count as one sequence, and those
        that cannot be read keep their place."""
        longest = "SELECT coalesce(max(n), -1) FROM main.{} WHERE attempt = ? AND n < 1000000000"
        answers, steps = (longest.format(table) for table in ("answers", "steps"))
        sql = f"SELECT 1 + max(({answers}), ({steps}))"
        with self.said():  # what cannot be read counts, too: no checks are needed
            (length,) = self.connection.execute(sql, (attempt, attempt)).fetchone()
        return int(length)

    def _insert(self, attempt: int, n: int, steps: Sequence[AnyStep], at: str) -> None:
        for offset, step in enumerate(steps):
            if isinstance(step, Answer):
                self.connection.execute(
                    "INSERT INTO main.answers (attempt, n, question, shown, chosen, guess, "
                    "flagged, hints, seconds, rule, points, maximum, asked, digest, at) "
                    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    answer_row(attempt, n + offset, step, at),
                )
            else:
                self.connection.execute(
                    "INSERT INTO main.steps (attempt, n, did, question, at) VALUES (?,?,?,?,?)",
                    (attempt, n + offset, str(step.did), step.question, at),
                )

    def attempt(self, number: int) -> Attempt | None:
        """The attempt with this number."""
        found = self._attempts("WHERE id = ?", (number,))
        return found[0] if found else None

    def attempts(self, banks: Sequence[str] = ()) -> list[Attempt]:
        """All attempts, or those at some banks, the oldest first: by when they were begun, since a
        merge brings older ones."""
        return self._attempts(f"{_at(banks)} ORDER BY started, id", banks)

    def latest(self, banks: Sequence[str] = ()) -> Attempt | None:
        """The attempt that was begun last."""
        return self._first(f"{_at(banks)} ORDER BY started DESC, id DESC", banks)

    def last_finished(self, banks: Sequence[str] = ()) -> Attempt | None:
        """The attempt that was finished last, of all or of those at some banks, whenever it was
        begun: one may have been resumed."""
        finished = "(SELECT max(at) FROM steps WHERE attempt = attempts.id AND did = ?)"
        finish = str(StepKind.FINISH)
        where = f"{_at(banks) or 'WHERE TRUE'} AND {finished} IS NOT NULL"
        return self._first(f"{where} ORDER BY {finished} DESC, id DESC", (*banks, finish, finish))

    def interrupted(self, banks: Sequence[str]) -> Attempt | None:
        """The attempt at a bank that was begun last, where it was left unfinished; ``banks`` are
        all its names."""
        latest = self._first(f"{_at(banks)} AND {_SAT} ORDER BY started DESC, id DESC", banks)
        sql, finish = "SELECT 1 FROM steps WHERE attempt = ? AND did = ?", str(StepKind.FINISH)
        return None if latest and self.rows(sql, (latest.id, finish)) else latest

    def left_unfinished(self) -> list[Attempt]:
        """The attempts that were begun last, each under its name of a bank, and left unfinished;
        the latest first."""
        place = "row_number() OVER (PARTITION BY bank ORDER BY started DESC, id DESC)"
        places = f"SELECT id, {place} AS place FROM attempts WHERE {_SAT}"
        last = f"id IN (SELECT id FROM ({places}) WHERE place = 1)"
        finish = "SELECT 1 FROM steps WHERE attempt = attempts.id AND did = ?"
        where = f"WHERE {last} AND NOT EXISTS ({finish}) ORDER BY started DESC, id DESC"
        return self._attempts(where, (str(StepKind.FINISH),))

    def _first(self, where: str, values: Sequence[Any]) -> Attempt | None:
        rows = self._rows_of(where, values)
        readable = (found for row in rows for found in self.records("attempts", [row], _attempt))
        return next(readable, None)

    def _attempts(self, where: str, values: Sequence[Any]) -> list[Attempt]:
        return self.records("attempts", self._rows_of(where, values), _attempt)

    def _rows_of(self, where: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self.rows(f"SELECT id, {_ATTEMPT} FROM attempts {where}", values)

    def entries(self, attempt: int) -> list[Entry]:
        """Everything that happened in an attempt, in order."""
        answers = self.rows(
            "SELECT id, n, question, shown, chosen, guess, flagged, hints, seconds, rule, points, "
            "maximum, asked, digest, at FROM answers WHERE attempt = ?",
            (attempt,),
        )
        steps = self.rows(
            "SELECT id, n, did, question, at FROM steps WHERE attempt = ?", (attempt,)
        )
        entries = self.records("answers", answers, _answer_entry)
        entries += self.records("steps", steps, _step_entry)
        return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]

    def answered(self, attempt: int) -> set[str]:
        """The questions that have an answer in an attempt."""
        steps = [entry.step for entry in self.entries(attempt)]
        return {step.question for step in steps if isinstance(step, Answer)}


def _at(banks: Sequence[str]) -> str:
    return f"WHERE bank IN ({marks(banks)})" if banks else ""


def _attempt(row: tuple[Any, ...]) -> Attempt:
    (id, uid, bank, title, digest, file, seed, policy, plan, origin, program, started, name,
     student, section, maxima, draws) = row  # fmt: skip
    path = path_of(file)
    return Attempt(
        id, uid, bank, title, digest, path, seed, policy_of(policy), plan_of(plan), origin, program,
        started, name, student, section,
        tuple((q, rational(n)) for q, n in json.loads(maxima).items()),
        {q: values_of("draws", values) for q, values in json.loads(draws).items()},
    )  # fmt: skip


def storable(text: str) -> str:
    """A text of the outside as it can be stored: bytes that are no text become marks."""
    return text.encode("utf-8", "replace").decode()


def _answer_entry(row: tuple[Any, ...]) -> tuple[int, Entry]:
    return row[1], Entry(answer_of(row[1:]), row[-1])


def _step_entry(row: tuple[Any, ...]) -> tuple[int, Entry]:
    _, n, did, question, at = row
    return n, Entry(Step(StepKind(did), question), at)
