"""Undo stays in its session unless it is told by name to go further; what was taken back counts in
the summary, and can be redone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.journal.reviews import FactKind
from quizcli.review.changes import said_undone
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import Mode, QueueOptions
from quizcli.scheduling.memory import Rating
from tests.support.fakes import Burst
from tests.support.review_seat import ReviewSeat

if TYPE_CHECKING:
    from pathlib import Path

NO_NEW = QueueOptions(new=0)
ASKED = "Undo the review of sample/gate on 19 November?"


@pytest.fixture
def due(tmp_path: Path) -> ReviewSeat:
    """The question on the gate was reviewed yesterday, and is due."""
    return ReviewSeat(tmp_path).learned("gate")


@pytest.mark.parametrize("script", [("backspace",), ("b", "u", "backspace"), ("b", "1", "u", "u")])
def test_an_earlier_session_is_asked_for_by_name(due: ReviewSeat, script: tuple[str, ...]) -> None:
    """Before an answer, when this session's was taken back, and on the last screen."""
    due.until(*script, wanted=NO_NEW)
    if script[-1] != "u":
        assert ASKED in due.window
        assert "y undo it Esc keep it" in due.window
    assert ("gate", "review") in due.did


def test_the_question_stays_in_sight_meanwhile(due: ReviewSeat) -> None:
    """Its options as well, below which it is asked."""
    due.until("backspace", wanted=NO_NEW)
    assert f"at each time step? a 1 b 100 c 10 000 {ASKED}" in due.window


@pytest.mark.parametrize("key", ["enter", "backspace", "a", "U", "u"])
def test_a_key_that_is_neither_yes_nor_no_undoes_nothing(due: ReviewSeat, key: str) -> None:
    """And is told which keys do something."""
    due.until("backspace", key, key, wanted=NO_NEW)
    assert due.did == [("gate", "review")]
    assert f"Press y to undo it, or Esc to keep it. {ASKED}" in due.window


def test_yes_typed_ahead_undoes_nothing(due: ReviewSeat) -> None:
    """Nor does what was typed behind a no choose anything."""
    due.until(Burst(("backspace", "y", "a")), wanted=NO_NEW)
    assert ASKED in due.window
    due.until("backspace", Burst(("esc", "b", "b")), wanted=NO_NEW)
    assert due.did == [("gate", "review")]


@pytest.mark.parametrize("key", ["esc", "n"])
def test_no_leaves_it(due: ReviewSeat, key: str) -> None:
    """And the question stays."""
    due.until("backspace", key, wanted=NO_NEW)
    assert due.did == [("gate", "review")]
    assert "a–c answer" in due.window
    assert due.run._number == 1


def test_what_was_taken_back_is_counted_and_redone(due: ReviewSeat) -> None:
    row = due.row("gate")
    due.keys("backspace", "y", "tab", "enter", wanted=NO_NEW)
    assert "1 undone, and nothing reviewed." in due.said
    assert "Nothing was reviewed." not in due.said
    assert due.did == []
    assert due.ledger.redo() is not None
    assert due.row("gate") == row


def test_a_redo_gives_the_same_state(due: ReviewSeat) -> None:
    """Of a review with another rating, in the middle of a session; nothing is asked again of it."""
    due.keys("b", "4", "u", "U", "enter", wanted=NO_NEW)
    assert due.ratings()["gate"] == Rating.EASY
    assert due.run.tally == (1, 1, 0, 0)
    assert "Redone: the review of sample/gate on 20 November." in due.said
    due.ledger.rebuild()
    assert due.ratings()["gate"] == Rating.EASY
    assert len(due.ledger.log.reckoned()) == 2
    assert due.ledger.redo() is None


def test_several_are_redone_in_turn(tmp_path: Path) -> None:
    """The last one taken back first; something new ends that."""
    seat = ReviewSeat(tmp_path)
    out = seat.lines("b", "", "a,b", "", ":undo", ":undo", ":redo", ":redo", ":redo", ":quit")
    assert [line for line in out.splitlines() if line.startswith(("Redone", "There is"))] == [
        "Redone: the review of sample/gate on 19 November.",
        "Redone: the review of sample/tasks on 19 November.",
        "There is nothing to redo: nothing was undone, or something else was done since.",
    ]
    assert "2 reviews, 2 rated hard or better, in" in out
    assert seat.did == [("gate", "review"), ("tasks", "review")]
    seat = ReviewSeat(tmp_path / "since")
    out = seat.lines("b", "", ":undo", "b", "", ":redo", ":quit")
    assert "There is nothing to redo" in out
    assert "1 review, 1 rated hard or better, 1 undone, in" in out
    assert len(seat.ledger.log.reckoned()) == 1


def test_a_failed_card_is_asked_once_more_after_its_redo(tmp_path: Path) -> None:
    out = ReviewSeat(tmp_path).lines("a", "", ":undo", ":redo", "", "", "", "b")
    assert "Once more; not recorded." in out


def test_a_redone_review_has_the_rating_that_it_was_given_last(tmp_path: Path) -> None:
    """A right answer that was rated again counts as failed, and comes once more."""
    out = ReviewSeat(tmp_path).lines("b", "1", ":undo", ":redo", "", "", "", "b")
    assert "Once more; not recorded." in out
    assert "1 review, 0 rated hard or better, in" in out


def test_what_put_a_card_aside_is_redone(due: ReviewSeat) -> None:
    """And the card is not asked."""
    due.lines(":suspend", wanted=NO_NEW)
    out = due.lines(":undo", ":undo", ":redo", wanted=NO_NEW)
    assert not out.startswith("\nA sample")
    seat = due
    seat.ledger.undo()
    assert not seat.row("gate").suspended
    fact = seat.ledger.redo()
    assert fact is not None
    assert fact.did is FactKind.SUSPEND
    assert seat.row("gate").suspended
    assert seat.ledger.log.put_aside() == {"sample/gate"}


def test_what_another_session_took_back_is_not_redone(due: ReviewSeat) -> None:
    """Its undo ended with it: neither the key is offered, nor does it or its line do anything."""
    due.lines(":undo", ":undo", ":quit", wanted=NO_NEW)
    out = due.lines(":redo", ":quit", wanted=QueueOptions())
    assert "There is nothing to redo" in out
    due.until("U", wanted=QueueOptions())
    assert "U redo" not in due.window
    assert "There is nothing to redo" in due.window
    assert due.did == []
    due.until("b", "backspace", wanted=QueueOptions())
    assert "U redo" in due.window


@pytest.mark.parametrize("script", [("b",), ("b", "enter")])
def test_reviews_of_another_window_are_not_counted(tmp_path: Path, script: tuple[str, ...]) -> None:
    """A quiz beside the session answers the same card, and then another one: what is undone and
    redone of that is none of the reviews that this session made."""
    seat = ReviewSeat(tmp_path)
    seat.until(*script)
    for question in ("gate", "tasks"):
        row = seat.row(question)
        seat.ledger.record(row, ReviewInput(Rating.GOOD, origin="take"), 0.9)
        assert seat.run.undo() is not None
        assert seat.run.tally.reviewed == 1
        assert seat.run.redo() is not None
        assert seat.run.tally.reviewed == 1
    assert seat.run.saved() == (1, 1)
    while seat.run.undo() is not None:  # down to the one of this session
        pass
    assert (seat.run.tally.reviewed, seat.run.saved()) == (0, (0, 0))
    while seat.run.redo() is not None:
        pass
    assert (seat.run.tally.reviewed, seat.run.saved()) == (1, (1, 1))


def test_lines_name_it_first(due: ReviewSeat) -> None:
    """The second time does it; a pipe is asked nothing else."""
    out = due.lines(":undo", ":quit", wanted=NO_NEW)
    assert f"{ASKED} It was not made in this session; type :undo again to confirm." in " ".join(
        out.split()
    )
    assert due.did == [("gate", "review")]
    out = due.lines(":undo", ":undo", ":redo", ":quit", wanted=NO_NEW)
    assert "Redone: the review of sample/gate on 19 November." in out
    assert due.did == [("gate", "review")]


def test_practice_takes_back_no_fact(due: ReviewSeat) -> None:
    """Nothing is asked by name there."""
    due.until("backspace", wanted=QueueOptions(Mode.CRAM))
    assert "Take back" not in due.window
    assert "There is nothing to undo." in due.window
    assert due.run._number == 1


def test_flashcards_stay_as_well(tmp_path: Path) -> None:
    seat = ReviewSeat(tmp_path)
    seat.until("backspace", turned=True)
    assert seat.run._number == 1
    seat.until(" ", "u", turned=True)
    assert seat.run._number == 1
    assert "1 Again" in seat.window
    seat.until(" ", "3", "backspace", "U", turned=True)
    assert seat.did == [("gate", "review")]
    assert "Enter show answer" in seat.window


@pytest.mark.parametrize(("key", "how"), [("-", "buried"), ("@", "suspended")])
def test_practice_takes_back_what_it_put_aside(due: ReviewSeat, key: str, how: str) -> None:
    """That was written, and is no look; what was done before it stays."""
    before = due.did
    due.until(key, "backspace", wanted=QueueOptions(Mode.CRAM))
    assert f"No longer {how}: sample/" in due.said
    assert due.did == before
    due.until(key, "backspace", "backspace", wanted=QueueOptions(Mode.CRAM))
    assert "There is nothing to undo." in due.window
    assert due.did == before


def test_an_undo_says_what_is_so(due: ReviewSeat) -> None:
    """A card that was buried is not suspended again, and one that is put aside still is not free."""
    card, states = f"{due.bank.id}/gate", due.ledger
    for first, then, said in (
        (FactKind.BURY, FactKind.RESUME, "Undone: the resumption of"),
        (FactKind.SUSPEND, FactKind.RESUME, "Suspended again:"),
        (FactKind.SUSPEND, FactKind.BURY, "Undone: the burying of"),
    ):
        states.mark(card, first)
        states.mark(card, then)
        fact = states.undo()
        assert said_undone(fact, states) == f"{said} {card}."
        assert states.row(card).is_aside(states.today)
        fact = states.undo()
        free = "No longer buried" if first is FactKind.BURY else "No longer suspended"
        assert said_undone(fact, states) == f"{free}: {card}."
