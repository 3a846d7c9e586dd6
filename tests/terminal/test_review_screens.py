"""Every screen of a review, of flashcards, of the statistics and of home, as a learner sees it.

The files in ``golden`` are to be read: ``pytest --update-golden`` writes them anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.facts import LEECH
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import Mode, QueueOptions
from quizcli.scheduling.memory import Rating
from quizcli.terminal.layout import cells
from quizcli.terminal.style import OutputStyle
from tests.support.fakes import FakeScreen, Then
from tests.support.home import Home
from tests.support.review_seat import ReviewSeat
from tests.terminal.test_screens import GOLDEN, SIZES, KeptScreen, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.quiz.model import Bank
    from tests.support.fakes import Script

EVERYTHING = Path(__file__).parent.parent / "bank" / "good" / "everything.yaml"
NO_NEW = QueueOptions(new=0)
Learned = tuple[str, ...]
# Name: what is due, the keys, what is wanted of the session.
REVIEW: dict[str, tuple[Learned, Sequence[Script], QueueOptions]] = {
    "a card that is due": (("gate", "tasks"), (), NO_NEW),
    "a new card": ((), (), QueueOptions()),
    "several to tick, a guess": (("tasks",), ("a", "~"), NO_NEW),
    "a hint, and a key that does nothing": (("gate",), ("?", "x"), NO_NEW),
    "right": (("gate",), ("b",), NO_NEW),
    "right, by a guess": (("gate",), ("B",), NO_NEW),
    "wrong": (("gate",), ("a",), NO_NEW),
    "partly right": (("tasks",), ("a", "enter"), NO_NEW),
    "wrong, with all reasons": (("gate",), ("a", "e"), NO_NEW),
    "another rating, and the next card": (("decay", "unrolled"), ("a", "4"), NO_NEW),
    "skipped, put off, suspended": (("gate", "tasks", "decay", "unrolled"), ("tab", "-", "@"), NO_NEW),
    "an answer undone": (("gate",), ("a", "u"), NO_NEW),
    "a failed card, once more": (("gate",), ("a", "enter"), NO_NEW),
    "a failed card, answered once more": (("gate",), ("a", "enter", "b"), NO_NEW),
    "practice": (("gate",), ("a",), QueueOptions(Mode.CRAM, limit=1)),
    "the end": (("gate",), ("a", "enter", "b", "enter"), NO_NEW),
    "left before the end": (("gate",), ("esc",), NO_NEW),
    "nothing is due": ((), (), NO_NEW),
}  # fmt: skip
CARDS: dict[str, tuple[tuple[str, ...], Sequence[Script]]] = {
    "the front of a choice": (("gates",), ()),
    "its options and a hint": (("gates",), ("o", "?")),
    "its back": (("gates",), (" ",)),
    "all its reasons": (("gates",), (" ", "e")),
    "a card": (("update",), ()),
    "its other side": (("update",), (" ",)),
    "its rating, and the end": (("update",), (" ", "2")),
    "a gap": (("two-gates",), ()),
    "what was in it": (("two-gates",), (" ",)),
}


def seat(root: Path, size: tuple[int, int], unicode: bool, bank: Bank | None = None) -> ReviewSeat:
    """A seat before such a screen."""
    root.mkdir()
    found = ReviewSeat(root, bank, width=size[0], height=size[1])
    screen = KeptScreen(*size)
    screen.unicode = unicode
    found.screen = screen
    return found


def played(seat: ReviewSeat, *script: Script, **options: object) -> str:
    """The screen and what is above it after these keys, whether the session ended or not."""
    seat.keys(*script, whole=None, **options)  # type: ignore[arg-type]
    seat.journal.close()
    return seat.screen.text


def review_screens(root: Path, size: tuple[int, int], *, unicode: bool = True) -> dict[str, str]:
    """All screens of a review with keys."""
    parts = {}
    for number, (name, (learned, keys, wanted)) in enumerate(REVIEW.items()):
        before = seat(root / str(number), size, unicode)
        if learned:
            before.learned(*learned)
        parts[name] = played(before, *keys, wanted=wanted)
    asked = seat(root / "asked", size, unicode).learned("gate")
    parts["leaving is asked"] = played(asked, "b", "esc", wanted=NO_NEW, confirm=True)
    other = seat(root / "other", size, unicode).learned("gate")

    def elsewhere() -> None:
        other.ledger.record(other.ledger.row("sample/gate"), ReviewInput(Rating.EASY), 0.9)

    parts["reviewed in another window"] = played(other, Then(elsewhere), "b", wanted=NO_NEW)
    leech = seat(root / "leech", size, unicode).learned("gate")
    for _ in range(LEECH - 1):
        leech.keys("a", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    leech.screen.reset()
    parts["a leech"] = played(leech, "a", "enter", wanted=NO_NEW)
    return parts


def card_screens(root: Path, size: tuple[int, int], *, unicode: bool = True) -> dict[str, str]:
    """All screens of flashcards with keys."""
    everything = load_bank(EVERYTHING)
    parts = {}
    for number, (name, (ids, keys)) in enumerate(CARDS.items()):
        bank = everything._replace(questions=tuple(q for q in everything.questions if q.id in ids))
        parts[name] = played(seat(root / f"c{number}", size, unicode, bank), *keys, turned=True)
    return parts


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("letters", ["unicode", "ascii"])
def test_with_keys(
    tmp_path: Path, golden: Callable[[Path, str], None], size: str, letters: str
) -> None:
    """A review and flashcards; no screen is wider than its window."""
    unicode = letters == "unicode"
    reviews = review_screens(tmp_path, SIZES[size], unicode=unicode)
    cards = card_screens(tmp_path, SIZES[size], unicode=unicode)
    for name, text in (reviews | cards).items():
        assert max(map(cells, text.split("\n"))) < SIZES[size][0], name
        assert unicode or text.isascii(), name
    golden(GOLDEN / f"review-{size}-{letters}.txt", sections(reviews))
    golden(GOLDEN / f"turned-{size}-{letters}.txt", sections(cards))


LINES: dict[str, tuple[Learned, Sequence[str], QueueOptions]] = {
    "a review": (("gate", "tasks"), ("?", "a", "", "a,b?", ":why", "2", "b"), NO_NEW),
    "commands and mistakes": (
        ("gate", "tasks", "decay"),
        (":help", ":udno", "x", "a,b", "a", "7", ":undo", ":bury", ":suspend", ":undo", ":quit"),
        NO_NEW,
    ),
    "new cards": ((), ("b", "", "", ":quit"), QueueOptions(new=2)),
    "practice": (("gate",), ("a",), QueueOptions(Mode.CRAM, limit=1)),
    "nothing is due": ((), (), NO_NEW),
}


@pytest.mark.parametrize("width", [80, 40])
def test_in_lines(tmp_path: Path, golden: Callable[[Path, str], None], width: int) -> None:
    """Whole sessions, read from top to bottom as a screen reader would."""
    parts = {}
    for number, (name, (learned, lines, wanted)) in enumerate(LINES.items()):
        before = seat(tmp_path / str(number), (80, 24), unicode=True)
        if learned:
            before.learned(*learned)
        parts[name] = before.lines(*lines, wanted=wanted, width=width)
    cards = seat(tmp_path / "cards", (80, 24), True, load_bank(EVERYTHING))
    parts["flashcards"] = cards.lines(
        "?", ":options", "", "3", "", "", "", "1", "", "4", ":help", "", "2", "", width=width,
        turned=True,
    )  # fmt: skip
    for name, text in parts.items():
        assert text.isascii(), name
    golden(GOLDEN / f"review-{width}-plain.txt", sections(parts))


class Bright(FakeScreen):
    """A screen that shows colours."""

    def look(self) -> OutputStyle:
        """How a program sees this screen."""
        return OutputStyle(self.width, self.height, colour=True)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
def test_in_colour(
    tmp_path: Path, golden: Callable[[Path, str], None], width: int, height: int
) -> None:
    """What is written for a question, its feedback and a flashcard, ESC shown as ␛; each screen
    is, letter for letter, the one without colour."""
    parts = {}
    for name, turned, script in (
        ("a question", False, ()),
        ("its feedback", False, ("a",)),
        ("the end", False, ("b", "enter")),
        ("a flashcard", True, (" ",)),
    ):
        texts = []
        for screen in (Bright(width, height), FakeScreen(width, height)):
            before = seat(tmp_path / f"{name}{len(texts)}", (width, height), unicode=True)
            before.learned("gate")
            before.screen = screen
            texts.append(played(before, *script, wanted=NO_NEW, turned=turned))
            if isinstance(screen, Bright):
                parts[name] = screen.written.replace("\x1b", "␛").replace("\r", "␍")
        assert texts[0] == texts[1]
    golden(GOLDEN / f"review-{width}-colour.txt", sections(parts))


RESULTS = {
    "home": (),
    "the queue": ("review", "sample", "--queue"),
    "statistics": ("stats",),
    "the forecast": ("stats", "--forecast"),
    "suspended": ("review", "--suspend", "sample/decay"),
    "suspended twice": ("review", "--suspend", "sample/decay"),
    "home, with a card suspended": (),
    "brought back": ("review", "--resume", "sample/gate"),
    "undone": ("review", "--undo"),
    "a review undone": ("review", "--undo"),
}


@pytest.mark.parametrize("columns", ["80", "40"])
@pytest.mark.parametrize("how", ["unicode", "plain", "colour"])
def test_results(
    tmp_path: Path, golden: Callable[[Path, str], None], columns: str, how: str
) -> None:
    """Home, the queue, statistics, undo, at each stage of a learner's first weeks; colour adds
    nothing but escapes."""
    home = Home(tmp_path)
    variables = {"COLUMNS": columns} | ({"FORCE_COLOR": "1"} if how == "colour" else {})
    if how == "plain":
        variables["QUIZCLI_PLAIN"] = "1"

    def show(*arguments: str) -> str:
        ran = home(*arguments, **variables)
        assert ran.code == 0
        for line in ran.out.splitlines():
            bare = line.replace("\x1b[0m", "").replace("\x1b[36m", "").replace("\x1b[1m", "")
            wide = cells(bare.replace("\x1b[2m", ""))
            assert wide <= int(columns), line
        return ran.out.replace("\x1b", "␛")

    parts = {"home, before anything": show(), "statistics, before anything": show("stats")}
    parts["the forecast, before anything"] = show("stats", "--forecast")
    home("take", "sample", "--no-shuffle", text="a\n")
    parts["home, a quiz was left"] = show()
    assert home("take", "sample", "--resume", text="a,b\nb?\na\n").code == 0
    parts["home, after a quiz"] = show()
    parts["statistics, after a quiz"] = show("stats")
    for day in range(40):
        home.days()
        letter = "a" if day % 3 else "b?"
        home(
            "review",
            "sample",
            "rnn",
            "--no-shuffle",
            "--seed",
            "3",
            "--new",
            "1",
            text=f"{letter}\n\n" * 12,
        )
    home.days(1)
    for name, arguments in RESULTS.items():
        parts[name] = show(*arguments)
    golden(GOLDEN / f"results-{columns}-{how}.txt", sections(parts))
