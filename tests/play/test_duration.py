"""One duration of an attempt, wherever it is told: the thinking time of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.quiz.ending import show_end
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM
from quizcli.scores.sheet import sheet
from tests.play.test_lines import Played
from tests.support.fakes import Wait

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.seat import Seat


def told(seat: Seat) -> float:
    """The duration in the score of the attempt that the journal has."""
    return sheet(seat.journal.attempts()[-1], seat.journal.entries(1), seat.session.bank).seconds


def test_the_end_and_the_score_tell_the_same(sit: Callable[..., Seat]) -> None:
    """What was read after an answer does not count; what was looked at before it, and left for
    a while, does."""
    script = ("tab", Wait(60), "a", "b", "enter", Wait(300), "enter", "a", "enter", "a", "enter")
    seat = sit(*script, "backspace", "b", *["enter"] * 5)
    seat.quiz.run()
    show_end(seat.console, seat.run)
    answers = seat.session.answers
    assert (answers["gate"].seconds, answers["tasks"].seconds) == (2, 63)
    assert "Score 5 of 5 · 100% 1 min 7 s" in " ".join(seat.screen.text.split())
    assert told(seat) == seat.session.duration == 67


def test_an_answer_that_was_changed_counts_twice(sit: Callable[..., Seat]) -> None:
    """Each time that it was thought about."""
    seat = sit(Wait(10), "a", Wait(5), "backspace", Wait(20), "b", policy=EXAM).until()
    assert [step.seconds for step in seat.session.log if step.question == "gate" and
            hasattr(step, "seconds")] == [11, 21]  # fmt: skip
    assert told(seat) == seat.session.duration == seat.session.seconds("gate") == 32


def test_the_clock_goes_on_where_it_stopped(sit: Callable[..., Seat]) -> None:
    """After a resume, and never backwards: it counts what was answered."""
    seat = sit(Wait(23), "b", Wait(100), "enter", Wait(40), "tab").until()
    assert [line.split()[-1] for line in seat.screen.text.split("\n") if " of 4 " in line] == [
        "0:00", "0:24", "0:24",
    ]  # fmt: skip
    again = Session(seat.session.bank, seat.session.seed)
    again.replay([entry.step for entry in seat.journal.entries(1)])
    assert sit(over=again).until().screen.window[1].split()[-5:] == ["·", "3", "of", "4", "0:24"]


def test_in_lines(tmp_path: Path) -> None:
    played = Played(tmp_path, "\n:back\nb\na,b\na\na\n")
    assert "in 6 s." in played.out
    assert played.session.duration == 6


def test_the_reasons_of_an_exam_in_lines(tmp_path: Path) -> None:
    """A person asks for them; a pipe, which cannot ask, gets them behind the score."""
    for last, reasons in (("", False), (":why", True)):
        out = Played(tmp_path / str(reasons), f"b\na\na\na\n{last}\n", EXAM, terminal=True).out
        assert ("Why:" in out) is reasons
        assert "Enter finishes (:why goes through the answers): " in out
    out = Played(tmp_path, "b\na\na\na\n", EXAM).out
    assert out.index("Score") < out.index("Why:")
    assert "Enter finishes" not in out


def test_the_seed_on_request(sit: Callable[..., Seat]) -> None:
    """It stands on no screen but the last, and there when it is asked for."""
    seat = sit(*["tab"] * 4, "enter", "enter")
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert "eed 7" not in seat.screen.text
    seat = sit(*["tab"] * 4, "enter", "s", "enter")
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert "Seed 7. The same questions in the same order: quizcli take" in seat.screen.text


def test_one_question_needs_no_number(sit: Callable[..., Seat], tmp_path: Path) -> None:
    from tests.support.samples import sample_bank

    over = Session(sample_bank(), 7, only={"decay"})
    assert "1 of 1" not in sit(over=over).until().screen.text
