"""What is asked of every fault: nothing acknowledged is lost, and the program goes on afterwards."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from quizcli.journal.attempts import Journal
from quizcli.quiz.steps import Answer
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = 6
VERDICTS = ("Right.", "Wrong.", "Partly right.", "Noted.")
LETTERS = {"a": "right", "b": "wrong"}


class Fault(NamedTuple):
    """One fault and what came of it: ``what`` it was, ``problems`` what must not have been,
    ``code`` the exit code where one process was at fault."""

    kind: str
    what: str
    acknowledged: int = 0
    problems: tuple[str, ...] = ()
    code: int | None = None


def bank(folder: Path) -> Path:
    """Six questions, ``q0`` to ``q5``, in their order; ``a`` is right."""
    path = folder / "six.yaml"
    lines = ["format: 1", "id: six", "title: Six", "defaults: {shuffle: false}", "questions:"]
    lines += [
        f"  - {{id: q{n}, kind: single-choice, prompt: Which is {n}?, options: "
        f"[{{id: right, text: number {n}, correct: true}}, {{id: wrong, text: another}}]}}"
        for n in range(QUESTIONS)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def acknowledged(out: str) -> int:
    """How many answers the program said were taken, in whole lines."""
    whole = out[: out.rfind("\n") + 1]
    return sum(line.startswith(VERDICTS) for line in whole.splitlines())


def lost(home: Path, seed: int, told: int, letters: str) -> list[str]:
    """What is wrong with the journal after an attempt with this seed whose first ``told`` answers
    were acknowledged; at most the one whose verdict was on its way comes to them."""
    path = home / "journal.sqlite3"
    if not path.exists():
        return [f"lost: {told} acknowledged, and no journal"] if told else []
    problems = []
    if stat.S_IMODE(path.stat().st_mode) != 0o600:
        problems.append(f"mode: the journal is {stat.S_IMODE(path.stat().st_mode):o}")
    journal = Journal(path)
    try:
        attempts = [each for each in journal.attempts() if each.seed == seed]
        entries = journal.entries(attempts[0].id) if attempts else []
        answers = [entry.step for entry in entries if isinstance(entry.step, Answer)]
        kept = [(each.question, *each.response.chosen) for each in answers]
        given = [(f"q{n}", LETTERS[letter]) for n, letter in enumerate(letters)]
        if len(attempts) > 1:
            problems.append(f"doubled: {len(attempts)} attempts with one seed")
        if kept != given[: len(kept)] or not told <= len(kept) <= told + 1:
            problems.append(f"lost: {told} of {given} acknowledged, and kept are {kept}")
        problems += [f"row: {row}" for row in journal.unreadable]
    finally:
        journal.close()
    with closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return problems if said == "ok" else [*problems, f"damaged: {said}"]


def goes_on(home: Path, path: Path, seed: int) -> list[str]:
    """What is wrong with going on: an attempt that was left is resumed to its end."""
    again = Home(home, sample=False)
    ran = again("take", str(path), "--resume", "--seed", str(seed), text="a\n" * QUESTIONS)
    if ran.code == 2 and "--resume" in ran.told:  # there is none, or the seed is another's
        ran = again("take", str(path), text="a\n" * QUESTIONS)
    return [] if ran.code == 0 else [f"stuck: {ran.code}, {ran.told[:200]}"]


def said_badly(text: str) -> list[str]:
    """A traceback of the program. One of the interpreter alone is of before it began."""
    if "Traceback" in text and not interpreter_alone(text):
        return [f"traceback: {text[-600:]}"]
    return []


def interpreter_alone(text: str) -> bool:
    """Whether a signal came while Python itself was starting, which says so with a traceback and 1."""
    traced = text.replace("\\", "/").partition("Traceback")[2]
    return "KeyboardInterrupt" in traced and "quizcli/" not in traced
