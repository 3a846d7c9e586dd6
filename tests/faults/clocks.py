"""A clock that is set forth and back by years, between verbs and within them."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.faults.damage import VERBS
from tests.faults.outcome import Fault, acknowledged
from tests.support.fakes import FakeClock
from tests.support.home import Home

if TYPE_CHECKING:
    import random
    from pathlib import Path

# A dead battery begins in 1970, and who tries to see the far future types one.
FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 12, 1, tzinfo=UTC)


class JumpyClock(FakeClock):
    """The time of day jumps at some looks; what is measured by ticks does not."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self._chance = chance

    def jump(self) -> None:
        """Set it to another time: seconds to centuries away."""
        seconds = self._chance.choice([-1, 1]) * 10 ** self._chance.uniform(0, 10)
        try:
            self.start = min(max(self.start + timedelta(seconds=seconds), FIRST), LAST)
        except OverflowError:
            self.start = self._chance.choice([FIRST, LAST])

    def now(self) -> datetime:
        """The time, or after a jump another one."""
        self.tick(self._chance.uniform(0, 5))
        if self._chance.random() < 0.1:
            self.jump()
        return super().now()


def clock_jumps(chance: random.Random, home: Path) -> Fault:
    """Some verbs: no traceback, each answer kept once, no row that makes no sense."""
    one = Home(home)
    one.clock = clock = JumpyClock(chance)
    problems, told, done = [], 0, []
    for _ in range(4):
        verb = ("take", "sample") if chance.random() < 0.5 else chance.choice(VERBS)
        if verb == ("journal", "undo"):
            continue
        if chance.random() < 0.5:
            clock.jump()
        done.append(f"{' '.join(verb)} at {clock.start:%Y-%m-%d}")
        try:
            ran = one(*verb, text="b\na,b\n" if chance.random() < 0.5 else "b\n\na\n4\nb\n1\na\n")
        except BaseException as error:
            said = "".join(traceback.format_exception(error))
            problems.append(f"traceback: {' '.join(verb)}: {said[-900:]}")
            continue
        if ran.code not in {0, 1, 2}:
            problems.append(f"code: {' '.join(verb)}: {ran.code}, {ran.told[:300]}")
        if verb[:1] == ("take",):
            told += acknowledged(ran.out)
    kept = one("doctor")
    if kept.code != 0 or "no sense" in kept.out + kept.err:
        problems.append(f"row: {kept.words.partition('Journal ')[2]} {kept.told[:200]}")
    from quizcli.journal.attempts import Journal
    from quizcli.quiz.steps import Answer

    if (home / "journal.sqlite3").exists():
        journal = Journal(home / "journal.sqlite3")
        steps = [e.step for a in journal.attempts() for e in journal.entries(a.id)]
        count = sum(isinstance(step, Answer) for step in steps)
        journal.close()
        if count != told:
            problems.append(f"lost: {told} acknowledged, {count} kept")
    return Fault("clock", ", ".join(done), told, tuple(problems))
