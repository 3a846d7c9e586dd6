"""What verbs print, in every look: 80 and 40 columns, in colour, without, ASCII only, in lines.

A file a page in ``golden/pages``, to be read; ``pytest tests/terminal/test_pages.py
--update-golden -k home`` writes the one of home anew.
"""

from __future__ import annotations

import re
import shutil
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM, PRACTICE
from quizcli.terminal.layout import cells
from tests.support.bank_files import HERE as BANKS
from tests.support.fakes import FakeClock, environment, invoke, quick_journal
from tests.support.samples import SAMPLE, sample_bank

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.quiz.steps import Policy

ROOT = Path(__file__).parent.parent.parent
GOLDEN = Path(__file__).with_name("golden") / "pages"


ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


class QueuedCard(NamedTuple):
    """A look: its variables, the encoding of stdout, more arguments."""

    variables: dict[str, str]
    encoding: str = "utf-8"
    arguments: tuple[str, ...] = ()


LOOKS = {
    "in colour": QueuedCard({"FORCE_COLOR": "1"}),
    "without colour": QueuedCard({"FORCE_COLOR": "1", "NO_COLOR": "1"}),
    "ASCII": QueuedCard({}, "ascii"),
    "plain": QueuedCard({"FORCE_COLOR": "1"}, arguments=("--plain",)),
}
# Name: the arguments.
PAGES: dict[str, tuple[str, ...]] = {
    "home": (),
    "home at the first start": (),
    "home with a quiz that was left": (),
    "history": ("history",),
    "history without an attempt": ("history",),
    "an attempt again": ("history", "1"),
    "score": ("score", "1"),
    "bank list": ("bank", "list"),
    "a bank": ("bank", "show", "sample"),
    "faults of a bank": ("bank", "check", "faults.yaml"),
    "no faults": ("bank", "check", "questions/sample.yaml"),
    "config list": ("config", "list"),
    "preview of a question": ("bank", "preview", "sample/unrolled", "--hints"),
    "preview of an answer": ("bank", "preview", "sample/tasks", "--answer", "a,c", "--all"),
    "preview of all reasons": ("bank", "preview", "sample/gate", "--all"),
}
EMPTY = ("home at the first start", "history without an attempt")


def attempt(home: Path, clock: FakeClock, policy: Policy, *, finish: bool) -> None:
    """An attempt at the sample bank: partly right, right, flagged and wrong, one blank."""
    env = environment(home, clock=clock)
    bank = sample_bank()._replace(file=str(home / "questions" / "sample.yaml"))
    session = Session(bank, 7, policy)
    journal = quick_journal(home)
    recorder = Recorder(journal, env, session)
    for number, answer in enumerate((("one",), ("sentiment",), ("true",))):
        if number == 0:
            session.flag()
        session.answer(answer, 12.5 * (number + 1))
        clock.tick(30)
        recorder.save()
    if finish:
        session.skip()
        session.finish()
        recorder.save()
    journal.close()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a bank on the shelf."""
    shelf = tmp_path / "questions"
    shelf.mkdir()
    shutil.copy(SAMPLE, shelf / "sample.yaml")
    return tmp_path


def page(home: Path, name: str, drawn: QueuedCard, width: int) -> str:
    """What the verb prints."""
    out = TextIOWrapper(BytesIO(), encoding=drawn.encoding, newline="\n", write_through=True)
    variables = {**drawn.variables, "COLUMNS": str(width)}
    arguments = PAGES[name]
    if arguments:
        arguments += drawn.arguments
    elif drawn.arguments:  # home has no options
        variables["QUIZCLI_PLAIN"] = "1"
    env = environment(home, stdout=out, clock=FakeClock(), variables=variables)
    assert invoke(env, *arguments) == (1 if name == "faults of a bank" else 0)
    text = out.buffer.getvalue().decode(drawn.encoding)  # type: ignore[attr-defined]
    return text.replace(str(home), "HOME").replace(str(ROOT), "PROGRAM")  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", PAGES)
def test_page(
    home: Path, golden: Callable[[Path, str], None], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is wider than the window but what must stay whole (a fault, a command); colour
    changes no letter, ASCII is ASCII, and nothing else has an escape."""
    monkeypatch.chdir(home)
    if name not in EMPTY:
        attempt(home, FakeClock(), PRACTICE, finish=True)
    if name == "home with a quiz that was left":
        attempt(home, FakeClock(), EXAM, finish=False)
    shutil.copy(BANKS / "broken" / "misspelt-options.yaml", home / "faults.yaml")
    parts = {}
    for width in (80, 40):
        texts = {kind: page(home, name, drawn, width) for kind, drawn in LOOKS.items()}
        for kind, text in texts.items():
            parts[f"{width} columns, {kind}"] = text.replace("\x1b", "␛")
            assert ("\x1b" in text) <= (kind == "in colour")
        if name != "config list":  # which tells what the environment says of colour
            assert ESCAPES.sub("", texts["in colour"]) == texts["without colour"]
        assert texts["ASCII"].isascii()
        for text in (texts["without colour"], texts["ASCII"], texts["plain"]):
            whole = [line for line in text.split("\n") if cells(line) > width]
            assert all(line.startswith(("  quizcli", "faults.yaml:")) for line in whole), whole
    shown = "\n".join(f"═══ {kind}\n{text}" for kind, text in parts.items())
    golden(GOLDEN / f"{name.replace(' ', '-')}.txt", shown)
