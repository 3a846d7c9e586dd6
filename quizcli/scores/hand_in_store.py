"""Where the hand-ins of a class are kept while they are graded.

The first are kept in memory, and those of a large class in a temporary file without a name, as
facts: what each answer earns follows from them. So a class of any size takes no more memory.
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
        if len(self._kept) < self._most:
            self._kept.append(one)
            return len(self._kept) - 1
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the store)
            weakref.finalize(self, self._file.close)
        self._file.seek(0, 2)
        self._starts.append(self._file.tell())
        facts = [[*answer._replace(grade=None)] for answer in one.answers]  # type: ignore[arg-type]
        self._file.write(json.dumps([*one._replace(answers=facts)]).encode() + b"\n")  # type: ignore[arg-type]
        return self._most + len(self._starts) - 1

    def get(self, number: int) -> GradedHandIn:
        """The hand-in of a number."""
        if number < len(self._kept):
            return self._kept[number]
        assert self._file is not None
        self._file.seek(self._starts[number - self._most])
        facts = GradedHandIn(*json.loads(self._file.readline()))
        return facts._replace(
            student=Student(*facts.student),
            asked=tuple(facts.asked),
            answers=tuple(map(self._answer, facts.answers)),
            remarks=tuple(facts.remarks),
        )

    def _answer(self, facts: Any) -> HandedAnswer:
        one = HandedAnswer(*facts)
        given = tuple(one.given)
        grade = self._earned(one.question, given, one.values)
        return one._replace(given=given, shown=tuple(one.shown), grade=grade)
