"""Where the hand-ins of a class are kept while they are graded.

Those of a large class are kept in a temporary file without a name, as facts: what each answer earns
follows from them. So a class of any size takes no more memory.
"""

from __future__ import annotations

import json
import tempfile
import weakref
from array import array
from typing import IO, TYPE_CHECKING, Any

from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_ins import GradedHandIn, HandedAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.quiz.grading import Grade

IN_MEMORY = 5000


class HandInStore:
    """Hand-ins by the number under which each was put. ``earned`` grades what comes back from the
    file: a question by its id, what was given, its numbers."""

    def __init__(self, earned: Callable[..., Grade], in_memory: int = IN_MEMORY) -> None:
        self._earned = earned
        self._most = in_memory
        self._kept: list[GradedHandIn] = []
        self._starts = array("Q")
        self._file: IO[bytes] | None = None

    @property
    def is_small(self) -> bool:
        """Whether all are in memory."""
        return self._file is None

    def put(self, one: GradedHandIn) -> int:
        """Keep a hand-in. Returns its number."""
        if self._file is None and len(self._kept) < self._most:
            self._kept.append(one)
            return len(self._kept) - 1
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the store)
            weakref.finalize(self, self._file.close)
            for kept in self._kept:
                self._write(kept, self._file)
            self._kept.clear()
        self._write(one, self._file)
        return len(self._starts) - 1

    def _write(self, one: GradedHandIn, file: IO[bytes]) -> None:
        file.seek(0, 2)
        self._starts.append(file.tell())
        facts = [[*answer._replace(grade=None)] for answer in one.answers]  # type: ignore[arg-type]
        file.write(json.dumps([*one._replace(answers=facts)]).encode() + b"\n")  # type: ignore[arg-type]

    def head(self, number: int) -> GradedHandIn:
        """The hand-in of a number, whose answers are none where they would have to be graded."""
        return (
            self._kept[number] if self._file is None else self._facts(number)._replace(answers=())
        )

    def get(self, number: int) -> GradedHandIn:
        """The hand-in of a number."""
        if self._file is None:
            return self._kept[number]
        facts = self._facts(number)
        return facts._replace(answers=tuple(map(self._answer, facts.answers)))

    def _facts(self, number: int) -> GradedHandIn:
        assert self._file is not None
        self._file.seek(self._starts[number])
        facts = GradedHandIn(*json.loads(self._file.readline()))
        student, asked, remarks = Student(*facts.student), tuple(facts.asked), tuple(facts.remarks)
        return facts._replace(student=student, asked=asked, remarks=remarks)

    def _answer(self, facts: Any) -> HandedAnswer:
        one = HandedAnswer(*facts)
        given = tuple(one.given)
        grade = self._earned(one.question, given, one.values)
        return one._replace(given=given, shown=tuple(one.shown), grade=grade)
