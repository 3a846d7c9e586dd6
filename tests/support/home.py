"""A learner's home, in which the program is run day after day with the clock handed in."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.support.fakes import FakeClock, environment, invoke, printed, told
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path


class Ran(NamedTuple):
    """What an invocation came to."""

    code: int
    out: str
    err: str

    @property
    def words(self) -> str:
        """What it printed, without its line breaks."""
        return " ".join(self.out.split())

    @property
    def told(self) -> str:
        """What it said on stderr, without its line breaks."""
        return " ".join(self.err.split())

    @property
    def data(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)


class Typing(StringIO):
    """Lines that a person types at a terminal."""

    def isatty(self) -> bool:
        """A terminal shows what is typed by itself."""
        return True


class Home:
    """A home in a folder; ``sample`` puts the sample bank on its shelf, beside the shipped one."""

    def __init__(self, root: Path, *, sample: bool = True) -> None:
        self.root = root
        self.clock = FakeClock()
        if sample:
            (root / "questions").mkdir(parents=True)
            shutil.copy(SAMPLE, root / "questions" / "sample.yaml")

    def __call__(
        self, *arguments: str, text: str = "", typed: bool = False, **variables: str
    ) -> Ran:
        """Run the program with this input. ``typed``: as lines typed at a terminal."""
        env = environment(
            self.root, stdin=(Typing if typed else StringIO)(text), clock=self.clock,
            variables=variables,
        )._replace(zone=UTC, interactive=typed)  # fmt: skip
        code = invoke(env, *arguments)
        return Ran(code, printed(env), told(env))

    def days(self, n: int = 1) -> Home:
        """So many days later."""
        self.clock.start += timedelta(days=n)
        return self

    def quiz(self, text: str = "a\na\nb\nb\n") -> Ran:
        """A quiz over the sample bank, in its order, which feeds the schedule. By itself: gate
        wrong, tasks partly right, decay wrong, unrolled wrong."""
        return self("take", "sample", "--no-shuffle", text=text)

    def queue(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """The queue's cards by address, in its order."""
        found = self("review", "--queue", "--json", *arguments).data
        return {card["card"]: card for card in found["cards"]}
