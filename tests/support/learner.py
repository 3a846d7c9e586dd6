"""A learner at the other end of a pipe: reads what the program says, answers, rates, remembers."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, NamedTuple

from tests.support.fakes import FakeClock, environment, invoke, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo
    from pathlib import Path

    from quizcli.env import Environment

LETTERS = "abcd"


class Reviewed(NamedTuple):
    """A card with the rating it came to; ``practice`` was not written down."""

    card: str
    rating: int
    practice: bool = False


class Reply(NamedTuple):
    """What a learner does with a card: the answer line, then the rating line. Empty accepts."""

    answer: str
    rating: str = ""


class Learner(StringIO):
    """Stands for stdin. ``decide`` is asked for a card's reply by its id; the prompts of the bank
    of :func:`bank_text` have the ids of their questions in them. Every line takes 3 seconds."""

    def __init__(self, clock: FakeClock, decide: Callable[[str], Reply]) -> None:
        super().__init__()
        self.clock = clock
        self.decide = decide
        self.out = StringIO()
        self.reviewed: list[Reviewed] = []
        self._read = 0
        self._reply = Reply("")
        self._card = ""

    def readline(self, size: int = -1, /) -> str:
        """The next line that this learner types; nothing when the program is not understood."""
        said = self.out.getvalue()[self._read :]
        self._read = len(self.out.getvalue())
        self.clock.tick(3)
        prompt = " ".join(said[max(said.rfind("Answer ("), said.rfind("Rating (")) :].split())
        if prompt.startswith("Answer ("):
            (self._card,) = re.findall(r"What of (\S+)\?", said)
            self._reply = self.decide(self._card)
            if "not recorded" in said:
                self.reviewed.append(Reviewed(self._card, 0, practice=True))
            return f"{self._reply.answer}\n"
        assert prompt.startswith("Rating ("), said
        (proposed,) = re.findall(r"empty: (\d)\)", prompt)
        self.reviewed.append(Reviewed(self._card, int(self._reply.rating or proposed)))
        return f"{self._reply.rating}\n"


def bank_text(ids: list[str], *, bank: str = "b", extra: str = "", several: str = "") -> str:
    """A bank of questions with four options; ``a`` is right, and ``b`` too of the ids in
    ``several``."""
    lines = ["format: 1", f"id: {bank}", "title: A bank", *([extra] if extra else []), "questions:"]
    for id in ids:
        keys = "ab" if id in several.split() else "a"
        kind = "multiple-choice" if len(keys) > 1 else "single-choice"
        lines += [f"  - id: {id}", f"    kind: {kind}", f"    prompt: What of {id}?"]
        lines += ["    options:"]
        for letter in LETTERS:
            right = "correct: true, " if letter in keys else ""
            lines += [f"      - {{id: {letter}, text: 'is {letter}', {right}feedback: 'So.'}}"]
    return "\n".join(lines) + "\n"


def shelve(root: Path, text: str, name: str = "b") -> None:
    """Put a bank on the learner's shelf."""
    (root / "questions").mkdir(exist_ok=True)
    (root / "questions" / f"{name}.yaml").write_text(text, encoding="utf-8")


def sit_down(
    root: Path,
    clock: FakeClock,
    decide: Callable[[str], Reply],
    *arguments: str,
    zone: tzinfo | None = None,
) -> Learner:
    """One ``quizcli review`` of the learner's bank in lines, in bank order, to its end."""
    learner = Learner(clock, decide)
    env = environment(root, stdin=learner, stdout=learner.out, clock=clock)._replace(zone=zone)
    code = invoke(env, "review", *(arguments or ("b",)), "--no-shuffle")
    assert code == 0, told(env)
    return learner


def run(env: Environment, *arguments: str, code: int = 0) -> str:
    """A verb that must end with a code; what it printed."""
    assert invoke(env, *arguments) == code, told(env)
    return str(env.stdout.getvalue())  # type: ignore[attr-defined]
