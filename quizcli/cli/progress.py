"""A line that says how far long work is: on stderr, at a terminal, and gone when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

    from quizcli.env import Environment

_AFTER, _EVERY = 0.5, 0.1  # seconds
_CELLS = 30


class ProgressLine:
    """``with ProgressLine(env, "read", 3000) as line:`` and ``line.step()`` after each."""

    def __init__(self, env: Environment, did: str, total: int) -> None:
        self._env, self._did, self._total = env, did, total
        self._done = 0
        self._next = env.clock.ticks() + _AFTER
        self._shown = False

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._shown:
            self._env.stderr.write("\r" + " " * (_CELLS + 30) + "\r")
            self._env.stderr.flush()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        now = self._env.clock.ticks()
        if now < self._next or not self._env.stderr.isatty():
            return
        self._next, self._shown = now + _EVERY, True
        full = _CELLS * self._done // max(self._total, 1)
        bar = "#" * full + "." * (_CELLS - full)
        self._env.stderr.write(f"\r[{bar}] {self._did} {self._done:,} of {self._total:,}")
        self._env.stderr.flush()
