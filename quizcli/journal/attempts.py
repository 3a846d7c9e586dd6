"""Attempts and their steps, written down and read back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from quizcli.journal.answers import answer_of, answer_row, plan_of, policy_of, policy_text
from quizcli.journal.file import JournalError, connect, damaged, explained, transaction
from quizcli.quiz.session import Answer, AnyStep, Plan, Policy, Step, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path


Wrote = TypeVar("Wrote")
_ELSEWHERE = (
    "this attempt went on in another window meanwhile — close one of the two, "
    "then type: quizcli take --resume"
)


class Attempt(NamedTuple):
    """One taking of a bank. Times are UTC, ISO 8601."""

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


class Entry(NamedTuple):
    """One step of an attempt with the time at which it was written down."""

    step: AnyStep
    at: str


class Journal:
    """The journal at a path. Opening it makes or migrates the file; raises JournalError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = connect(path)

    def close(self) -> None:
        """Close the file; the journal cannot be used after it."""
        self.connection.close()

    def check_writable(self) -> None:
        """Raises JournalError now rather than at the first answer."""
        with self.said(), transaction(self.connection):
            self.connection.execute("CREATE TABLE IF NOT EXISTS probe (n)")
            self.connection.execute("DROP TABLE probe")

    def in_one(self, act: Callable[[], Wrote]) -> Wrote:
        """Run ``act``, which reads and writes, in one transaction, durable on return; nobody else
        writes meanwhile. Raises JournalError."""
        with self.said(), transaction(self.connection):
            return act()

    @contextmanager
    def said(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise explained(error, self.path) from None
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            # A value that this program never wrote: half a file, or somebody else's hand.
            raise damaged(self.path, f"a row cannot be read, {error}") from None

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
            attempt.bank_file,
            attempt.seed,
            policy_text(attempt.policy),
            json.dumps(attempt.plan, separators=(",", ":")),
            attempt.origin,
            attempt.program,
            attempt.started,
        )
        with self.said(), transaction(self.connection):
            cursor = self.connection.execute(
                "INSERT INTO attempts (uid, bank, title, bank_digest, bank_file, seed, policy, "
                "plan, origin, program, started) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                row,
            )
            number = int(cursor.lastrowid or 0)
            self._insert(number, 0, steps, at)
            if also is not None:
                also()
        return attempt._replace(id=number)

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
        with self.said(), transaction(self.connection):
            if self._length(attempt) != n:
                raise JournalError(_ELSEWHERE)
            self._insert(attempt, n, steps, at)
            if also is not None:
                also()

    def _length(self, attempt: int) -> int:
        """How many entries an attempt has; answers and other steps count as one sequence."""
        (length,) = self.connection.execute(
            "SELECT 1 + max((SELECT coalesce(max(n), -1) FROM answers WHERE attempt = :id), "
            "(SELECT coalesce(max(n), -1) FROM steps WHERE attempt = :id))",
            {"id": attempt},
        ).fetchone()
        return int(length)

    def _insert(self, attempt: int, n: int, steps: Sequence[AnyStep], at: str) -> None:
        for offset, step in enumerate(steps):
            if isinstance(step, Answer):
                self.connection.execute(
                    "INSERT INTO answers (attempt, n, question, shown, chosen, guess, flagged, "
                    "hints, seconds, rule, points, maximum, asked, digest, at) "
                    "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                    answer_row(attempt, n + offset, step, at),
                )
            else:
                self.connection.execute(
                    "INSERT INTO steps (attempt, n, did, question, at) VALUES (?,?,?,?,?)",
                    (attempt, n + offset, str(step.did), step.question, at),
                )

    def attempt(self, number: int) -> Attempt | None:
        """The attempt with this number."""
        found = self._attempts("WHERE id = ?", (number,))
        return found[0] if found else None

    def attempts(self, bank: str | None = None) -> list[Attempt]:
        """All attempts, or those at one bank, the oldest first."""
        return self._attempts("WHERE bank = ?", (bank,)) if bank else self._attempts("", ())

    def latest(self) -> Attempt | None:
        """The attempt that was begun last."""
        found = self._attempts("ORDER BY id DESC LIMIT 1", ())
        return found[0] if found else None

    def last(self, *, finished: bool, bank: str | None = None) -> Attempt | None:
        """The latest attempt that was (or was not) finished."""
        done = "EXISTS (SELECT 1 FROM steps WHERE attempt = attempts.id AND did = ?)"
        where = f"WHERE {done}" if finished else f"WHERE NOT {done}"
        values: tuple[Any, ...] = (str(StepKind.FINISH),)
        if bank:
            where, values = f"{where} AND bank = ?", (*values, bank)
        found = self._attempts(f"{where} ORDER BY id DESC LIMIT 1", values)
        return found[0] if found else None

    def _attempts(self, where: str, values: Iterable[Any]) -> list[Attempt]:
        with self.said():
            rows = self.connection.execute(
                "SELECT id, uid, bank, title, bank_digest, bank_file, seed, policy, plan, origin, "
                f"program, started FROM attempts {where}",
                tuple(values),
            ).fetchall()
            return [_attempt(row) for row in sorted(rows, key=lambda row: row[0])]

    def entries(self, attempt: int) -> list[Entry]:
        """Everything that happened in an attempt, in order."""
        with self.said():
            answers = self.connection.execute(
                "SELECT n, question, shown, chosen, guess, flagged, hints, seconds, rule, points, "
                "maximum, asked, digest, at FROM answers WHERE attempt = ?",
                (attempt,),
            ).fetchall()
            steps = self.connection.execute(
                "SELECT n, did, question, at FROM steps WHERE attempt = ?", (attempt,)
            ).fetchall()
            entries = [(row[0], Entry(answer_of(row), row[-1])) for row in answers]
            entries += [
                (n, Entry(Step(StepKind(did), question), at)) for n, did, question, at in steps
            ]
            return [entry for _, entry in sorted(entries, key=lambda pair: pair[0])]

    def answered(self, attempt: int) -> set[str]:
        """The questions that have an answer in an attempt."""
        steps = [entry.step for entry in self.entries(attempt)]
        return {step.question for step in steps if isinstance(step, Answer)}

    def missed(self, bank: str) -> set[str]:
        """The questions of a bank whose latest answer did not earn all its points, and those that
        the last finished attempt left blank."""
        with self.said():
            rows = self.connection.execute(
                "SELECT question, points <> maximum FROM answers WHERE id IN (SELECT max(a.id) "
                "FROM answers AS a JOIN attempts AS t ON t.id = a.attempt "
                "WHERE t.bank = ? GROUP BY a.question)",
                (bank,),
            ).fetchall()
        missed = {question for question, missed in rows if missed}
        last = self.last(finished=True, bank=bank)
        if last is not None:
            missed |= {question for question, _ in last.plan} - self.answered(last.id)
        return missed


def _attempt(row: tuple[Any, ...]) -> Attempt:
    id, uid, bank, title, digest, file, seed, policy, plan, origin, program, started = row
    return Attempt(
        id, uid, bank, title, digest, file, seed, policy_of(policy), plan_of(plan), origin, program,
        started,
    )  # fmt: skip
