"""A review in a real terminal: keys, an undo, Ctrl-C at the worst moment; and the terminal as it
was before."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog, FactKind
from tests.support.samples import SAMPLE

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are a matter of Unix", allow_module_level=True)

from tests.support.damage import selected
from tests.support.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REVIEW = ("review", str(SAMPLE), "--seed", "7", "--no-shuffle")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Opens a terminal with a review in it."""
    opened: list[Terminal] = []

    def begin(*arguments: str, **options: object) -> Terminal:
        terminal = Terminal(tmp_path, *REVIEW, *arguments, **options)  # type: ignore[arg-type]
        opened.append(terminal)
        return terminal

    yield begin
    for terminal in opened:
        terminal.close()


def written(home: Path) -> list[tuple[str, str, int | None]]:
    """(question, what happened, rating) of everything that was not undone."""
    journal = Journal(home / "journal.sqlite3")
    log = CardLog(journal)
    cards = [card for (card,) in selected(log, "SELECT DISTINCT card FROM card_log")]
    facts = sorted((fact for card in cards for fact in log.facts(card)), key=lambda f: f.id)
    journal.close()
    reviews = {fact.id for fact in facts if fact.did is FactKind.REVIEW}
    # A rating goes with its review.
    return [
        (fact.card.partition("/")[2], str(fact.did), fact.rating)
        for fact in facts
        if fact.did is not FactKind.RATE or fact.target in reviews
    ]


def test_a_session_with_another_rating_and_an_undo(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    """Answered, rated easy, taken back from the finished screen, rated hard; exit code 0."""
    terminal = start("--limit", "1")
    terminal.see("How many entries", "Esc leave")
    terminal.press("b")
    terminal.see("✓ Right: b, 100.", "Good: it comes back in", "Enter accept")
    terminal.press("4")
    terminal.see(
        "Easy: it comes back in", "1 review, 1 rated hard or better", "⌫ undo   Enter done"
    )
    assert written(tmp_path) == [("gate", "review", 3), ("gate", "rate", 4)]
    terminal.press("u")
    terminal.see("Undone; here it is again.", "None reviewed yet", "Esc leave")
    assert written(tmp_path) == []
    terminal.press("b")
    terminal.see("Enter accept")
    terminal.press("2")
    terminal.see("Hard: it comes back", "Enter done")
    terminal.press("\r")
    assert terminal.ended() == 0
    terminal.left_clean()
    assert written(tmp_path) == [("gate", "review", 3), ("gate", "rate", 2)]


def test_ctrl_c_between_answer_and_rating(start: Callable[..., Terminal], tmp_path: Path) -> None:
    """The review is kept with the rating that was proposed, the terminal is put back, and the next
    session goes on behind it."""
    terminal = start()
    terminal.see("3 more new", "Esc leave")
    terminal.press("a")
    terminal.see("✗ Wrong: you chose a, 1.", "Enter accept")
    terminal.press("\x03")
    assert terminal.ended() == 130
    terminal.left_clean()
    assert "Traceback" not in terminal.text
    assert written(tmp_path) == [("gate", "review", 1)]
    again = start()
    again.see("Which tasks", "2 more new", "Esc leave")
    again.leave()
    assert again.ended() == 0
    again.left_clean()
