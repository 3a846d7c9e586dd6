"""What is said of a session that ends before its end: only what the journal's file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli import signals
from quizcli.journal.file import JournalError
from quizcli.play.quiz import taking
from quizcli.play.quiz.taking import take_in_lines, take_with_keys
from quizcli.play.quiz.words import said_left
from quizcli.play.review.words import said_broken_off, said_unsaved
from quizcli.quiz.steps import EXAM, Policy
from tests.play.test_lines import Played
from tests.support.fakes import Then
from tests.support.review_seat import ReviewSeat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.seat import Seat


class Begun:
    """A quiz that is begun already, as a start gives it."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.open, self.attempt = seat, False, None

    def run(self) -> object:
        """The quiz."""
        return self.seat.run

    def told(self, _run: object) -> list[str]:
        """Nothing."""
        return []


def take(seat: Seat) -> None:
    """Take a quiz as the program does."""
    take_with_keys(Begun(seat), lambda _: seat.console)  # type: ignore[arg-type]


def gone(seat: Seat) -> Then:
    """The journal is deleted."""
    return Then(seat.journal.path.unlink)


def interrupt() -> None:
    """What Ctrl-C raises."""
    raise signals.Ended(130)


def test_what_is_left_is_saved(sit: Callable[..., Seat]) -> None:
    seat = sit("b", "enter", "esc")
    take(seat)
    said = " ".join(seat.screen.text.split())
    resume = f"quizcli take {seat.session.bank.file} --resume"
    assert said.endswith(f"Saved: 1 of 4 answered. Resume with: {resume}")


def test_a_journal_that_was_deleted_has_saved_nothing(sit: Callable[..., Seat]) -> None:
    seat = sit("b", "enter", "a", "enter", "enter")
    seat.keyboard._rest += [gone(seat), "esc"]
    take(seat)
    assert "Not saved: the answers to questions 1 and 2." in seat.screen.text
    assert "Saved:" not in seat.screen.text
    assert "Resume" not in seat.screen.text


def test_a_journal_that_was_replaced_by_an_older_one(sit: Callable[..., Seat]) -> None:
    """What it lacks is named."""
    seat = sit("b", "enter", "a", "b", "enter", "enter", "esc")
    take(seat)
    older = seat.journal.connection
    with older:
        older.execute("DELETE FROM answers WHERE question = 'tasks'")
    assert said_left(seat.run).startswith(
        "Saved: 1 of 4 answered. Not saved: the answer to question 2. Resume with: "
    )


def replaced(path: Path) -> Then:
    """Another file comes to the journal's place."""

    def replace() -> None:
        path.rename(path.with_name("moved"))
        path.write_bytes(b"another file")

    return Then(replace)


def test_where_the_answers_are_in_another_file_none_is_said_to_be_lost(
    sit: Callable[..., Seat], tmp_path: Path
) -> None:
    """The error says where they are; that they are not saved would contradict it."""
    seat = sit("b", "enter")
    seat.keyboard._rest += [replaced(seat.journal.path), "a", "b", "enter"]
    with pytest.raises(JournalError, match=r"are saved in .*kept-1") as error:
        take(seat)
    assert "ot saved" not in str(error.value)
    cards = ReviewSeat(tmp_path / "review").learned()
    with pytest.raises(JournalError, match=r"are saved in .*kept-1"):
        cards.keys("b", replaced(cards.journal.path), "enter", whole=None)
    assert said_broken_off(cards.run) == ""


@pytest.mark.parametrize("policy", [EXAM, EXAM._replace(limit=600)])
def test_an_answer_that_cannot_be_written(
    sit: Callable[..., Seat], monkeypatch: pytest.MonkeyPatch, policy: Policy
) -> None:
    """The error says what is saved and what is not; a changed answer counts as not saved."""
    seat = sit("b", "a", "enter", "backspace", policy=policy)

    def refuse(*_: object) -> None:
        raise JournalError("the disk is full")

    seat.keyboard._rest += [Then(lambda: monkeypatch.setattr(seat.journal, "append", refuse))]
    seat.keyboard._rest += ["c", "enter"]
    with pytest.raises(JournalError) as error:
        take(seat)
    first, rest = str(error.value).split("\n")
    assert first == "the disk is full"
    assert rest.startswith("Saved: 1 of 4 answered. Not saved: the answer to question 2.")
    assert ("The clock of this exam keeps running." in rest) is (policy.limit is not None)


def test_ctrl_c_says_what_is_saved(sit: Callable[..., Seat]) -> None:
    seat = sit("b", Then(interrupt))
    with pytest.raises(signals.Ended):
        take(seat)
    assert "Saved: 1 of 4 answered. Resume with: quizcli take" in " ".join(seat.screen.text.split())
    assert "Esc leave" not in seat.screen.text
    seat = sit(Then(interrupt))
    with pytest.raises(signals.Ended):
        take(seat)
    assert "Nothing was answered, so nothing was saved." in seat.screen.text


def test_quit_and_ctrl_c_in_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = Played(tmp_path, "b\n:quit\n")
    played.quiz.quiz.recorder.journal.path.unlink()
    start = type("Start", (), {"run": lambda _: played.quiz.quiz, "told": lambda *_: ()})()
    said: list[str] = []
    console = type("Console", (), {"say": lambda _, lines: said.extend(lines)})()

    class Left:
        """A quiz that is left, or interrupted."""

        left, ctrl_c = True, False

        def __init__(self, *_: object) -> None:
            pass

        def run(self) -> None:
            """Ctrl-C or not."""
            if self.ctrl_c:
                interrupt()

    monkeypatch.setattr("quizcli.play.quiz.lines.LineQuiz", Left)
    take_in_lines(start, console, said.append)
    assert said == ["Not saved: the answer to question 1."]
    monkeypatch.setattr(Left, "ctrl_c", True)
    with pytest.raises(signals.Ended):
        take_in_lines(start, console, said.append)
    assert said[1:] == ["", "Not saved: the answer to question 1."]
    assert taking.said_left is said_left


def test_a_review_whose_journal_was_deleted(tmp_path: Path) -> None:
    seat = ReviewSeat(tmp_path).learned()
    seat.keys("b", "enter", "esc")
    assert "Not saved" not in seat.said
    assert said_broken_off(seat.run).startswith("Saved: 1 review from this session.")
    seat.keys("b", "u", "b", "1", Then(seat.journal.path.unlink), "esc", whole=None)
    assert "Not saved: 1 review is missing from" in seat.said
    assert said_broken_off(seat.run).startswith("Saved: 0 reviews from this session.")
    assert said_unsaved(seat.run)


def test_a_review_that_another_window_has_undone(tmp_path: Path) -> None:
    """It was saved, and is there: what undid it said so."""
    seat = ReviewSeat(tmp_path).learned()
    seat.keys("b", "enter", Then(seat.ledger.undo), "esc")
    assert seat.did.count(("gate", "review")) < 2
    assert "Not saved" not in seat.said
    assert not said_unsaved(seat.run)


def test_ctrl_c_in_a_review(tmp_path: Path) -> None:
    """It says what Esc would."""
    seat = ReviewSeat(tmp_path).learned()
    with pytest.raises(signals.Ended):
        seat.keys("b", "enter", Then(interrupt))
    assert "1 review, 0 rated hard or better" in seat.said
    assert seat.screen.window[-1] == ""


# Hints that were spent --------------------------------------------------------------------------

HINTS = ("What is the gate multiplied by?", "The product is taken element by element.")


def test_spent_hints_stand_with_their_question(sit: Callable[..., Seat]) -> None:
    """When it is gone back to, before and after its answer, and after a resize."""
    for rest in (["tab", "backspace"], ["resize", "x"], ["b", "enter", "backspace"]):
        seat = sit("?", "?", *rest, height=100).until()
        for hint in HINTS:
            assert seat.screen.text.count(hint) == 2, rest
    one = sit("?", "tab", "backspace", height=100).until()
    assert one.screen.text.count(HINTS[0]) == 2
    assert HINTS[1] not in one.screen.text


def test_and_after_a_resume(sit: Callable[..., Seat]) -> None:
    from quizcli.quiz.session import Session

    seat = sit("b", "enter", "?", "esc")
    take(seat)
    again = Session(seat.session.bank, seat.session.seed)
    again.replay([entry.step for entry in seat.journal.entries(1)])
    assert "Hint: Count how many outputs are wanted." in sit(over=again).until().screen.text


def test_in_lines_too(tmp_path: Path) -> None:
    """And a question mark says them once more where there is no further one."""
    played = Played(tmp_path, "?\n?\n\n:back\n?\n:quit\n")
    for hint in HINTS:
        assert played.out.count(f"Hint: {hint}") == 3
    assert played.out.count("There are no more hints.\n") == 1


def test_in_a_review_too(tmp_path: Path) -> None:
    seat = ReviewSeat(tmp_path, height=100).learned("gate")
    out = seat.lines("?", "?", "?", "b", "")
    for hint in HINTS:
        assert out.count(f"Hint: {hint}") == 2
    seat = ReviewSeat(tmp_path / "keys", height=100).learned("gate").until("?", "?", "resize", "x")
    for hint in HINTS:
        assert seat.said.count(hint) == 2
