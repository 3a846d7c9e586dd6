"""The quiz with keys, by a script of keys: feedback, the end, the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.bank.read import read_bank
from quizcli.journal.file import JournalError
from quizcli.play.quiz.ending import show_end
from quizcli.quiz.grading import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import StepKind
from quizcli.terminal.layout import cells
from tests.support.fakes import Burst, Script, Then, Wait
from tests.support.samples import sample_bank, session

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.seat import Seat


ANSWERS: tuple[Script, ...] = ("b", "enter", "a", "b", "enter", "enter", "a", "enter", "a", "enter")


def test_a_quiz_from_the_first_key_to_the_last(sit: Callable[..., Seat]) -> None:
    """Letters answer, Enter goes on; the thinking time is from drawing to the key."""
    seat = sit(*ANSWERS)
    assert seat.take()
    assert seat.session.score().percent == 100
    assert [answer.seconds for answer in seat.session.answers.values()] == [1, 3, 1, 1]
    assert seat.written == [StepKind.ANSWER] * 4 + [StepKind.FINISH]


# After an answer --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", " ", "tab", "right", "down"])
def test_going_on(sit: Callable[..., Seat], key: str) -> None:
    """Each of the keys that a hand may lie on."""
    assert sit("b", key).until().session.position == 1
    assert "a–d tick" in sit("b", key).until().keys


@pytest.mark.parametrize("key", ["e", "E"])
def test_every_reason(sit: Callable[..., Seat], key: str) -> None:
    """The reason of the option that was not chosen is there only when it is asked for."""
    reason = "The vocabulary fixes the width of the input, not of the gate."
    assert reason not in " ".join(sit("b").until().screen.text.split())
    assert reason in " ".join(sit("b", key).until().screen.text.split())


def test_all_reasons_are_offered_where_some_are_left(sit: Callable[..., Seat]) -> None:
    """Of two options a wrong answer shows both, and a question without reasons has none to show."""
    third = ("b", "enter", "a", "b", "enter", "enter")
    assert "e all reasons" in sit(*third, "a").until().keys
    assert "e all reasons" not in sit(*third, "b").until().keys
    plain = "- {id: bare, kind: true-false, prompt: Is it?, answer: true}"
    bank = f"format: 1\nid: plain\ntitle: Plain\nquestions:\n  {plain}\n"
    bare = Session(read_bank(bank.encode(), "plain.yaml"), 1)
    seat = sit("a", "e", over=bare).until()
    assert "e all reasons" not in seat.keys
    assert seat.screen.text.count("Right: ") == 1


def test_letters_do_not_answer_again(sit: Callable[..., Seat]) -> None:
    """After feedback nothing can be chosen any more."""
    seat = sit("b", "a", "c", "1", "?", "!", "~", "x").until()
    assert seat.session.answers["gate"].response == Response.of("units")
    assert len(seat.session.log) == 1
    assert "Enter next" in seat.keys


def test_back_from_feedback_at_the_first_question(sit: Callable[..., Seat]) -> None:
    """There is nothing before it: the feedback is shown again, and nothing breaks."""
    seat = sit("b", "backspace").until()
    assert "Enter next" in seat.keys
    assert set(seat.session.answers) == {"gate"}


def test_back_is_offered_where_it_leads_somewhere(sit: Callable[..., Seat]) -> None:
    assert "back" not in sit("b").until().keys
    assert "⌫ back" in sit("b", "enter", "a", "b", "enter").until().keys


def test_leaving_from_feedback(sit: Callable[..., Seat]) -> None:
    """Unfinished, and the answer is kept."""
    seat = sit("b", "esc")
    assert not seat.take()
    assert seat.written == [StepKind.ANSWER]


def test_what_is_typed_ahead_is_forgotten(sit: Callable[..., Seat]) -> None:
    """Keys that came before the feedback was drawn were not meant for it, nor for the next
    question."""
    seat = sit(Burst(("b", "enter", "a", "b", "enter"))).until()
    assert seat.session.position == 1
    assert "Enter next" in seat.keys
    seat = sit(Burst(("tab", "a", "enter"))).until()
    assert not seat.session.answers
    assert "a–d tick" in seat.keys


def test_the_verdict_stays_in_sight(sit: Callable[..., Seat]) -> None:
    """In a low window, where the reasons push it out, it is said once more above the keys."""
    low = sit("b", width=40, height=10).until()
    assert "✓ Right: b, 100." in low.keys
    assert low.screen.text.count("✓ Right: b, 100.") == 2
    high = sit("b", height=24).until()
    assert high.screen.text.count("✓ Right: b, 100.") == 1


# The end ----------------------------------------------------------------------------------------


def test_questions_without_an_answer_are_told_at_the_end(sit: Callable[..., Seat]) -> None:
    """Skipped ones are named; Enter finishes all the same."""
    seat = sit("tab", "a", "enter", "enter", "tab", "a", "enter").until()
    assert "No answer yet to questions 1 and 3." in seat.keys
    assert "Enter finish" in seat.keys
    seat = sit("tab", "a", "enter", "enter", "tab", "a", "enter", "x", "enter")
    assert seat.take()
    assert seat.written[-1] is StepKind.FINISH


def test_going_back_at_the_end(sit: Callable[..., Seat]) -> None:
    """To the first question without an answer; the answered ones in between are passed by
    Enter."""
    skipped: list[Script] = ["tab", "a", "enter", "enter", "tab", "a", "enter"]
    seat = sit(*skipped, "backspace", "b", "enter", "enter", "a", "enter", "enter")
    assert seat.take()
    assert len(seat.session.answers) == 4


def test_leaving_at_the_end(sit: Callable[..., Seat]) -> None:
    """It is not finished, and can be resumed."""
    seat = sit("b", "enter", "tab", "tab", "tab", "esc")
    assert not seat.take()
    assert not seat.session.finished


def test_the_summary_and_r(sit: Callable[..., Seat]) -> None:
    """After the score ``r`` asks for the missed ones; where nothing was missed it is no key."""
    seat = sit("a", "enter", "a", "b", "enter", "enter", "a", "enter", "a", "enter", "x", "r")
    seat.quiz.run()
    assert show_end(seat.console, seat.run)
    told = " ".join(seat.screen.text.split())
    assert "Score 4 of 5 · 80%" in told
    assert "✗ 1 The width of a gate 0 of 1 1 s" in told
    assert "quizcli score --format csv -o score.csv" in told
    perfect = sit(*ANSWERS, "r", "enter")
    perfect.quiz.run()
    assert not show_end(perfect.console, perfect.run)
    assert "r go through" not in perfect.screen.text
    assert "--missed" not in perfect.screen.text


@pytest.mark.parametrize("key", ["enter", "esc", "eof", "q"])
def test_done(sit: Callable[..., Seat], key: str) -> None:
    """Ways out of the summary."""
    seat = sit(*ANSWERS, key)
    seat.quiz.run()
    assert not show_end(seat.console, seat.run)
    assert seat.keyboard.played


def test_the_columns_of_the_summary_stand_below_each_other(sit: Callable[..., Seat]) -> None:
    """Points and seconds are aligned to the right."""
    seat = sit(*ANSWERS, "enter")
    seat.quiz.run()
    show_end(seat.console, seat.run)
    rows = [line for line in seat.screen.text.split("\n") if line.startswith("   ✓  ")]
    assert len(rows) == 4
    assert len({len(row) for row in rows}) == 1


def test_times_before_an_interruption_count(sit: Callable[..., Seat]) -> None:
    """A resumed attempt's summary has the thinking time of the answers given before."""
    over = session()
    over.answer("units", 21.0)
    over.answer(("sentiment", "voice"), 58.0)
    seat = sit("a", "enter", "a", "enter", "enter", over=over)
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert "The width of a gate 1 of 1 21 s" in " ".join(seat.screen.text.split())
    assert "1 min 21 s" in seat.screen.text


def test_a_bank_off_the_shelf_is_named_by_its_file(sit: Callable[..., Seat]) -> None:
    """What to type next works as it is printed: this bank is known by no id."""
    seat = sit("a", "enter", "tab", "tab", "tab", "enter", "enter")
    seat.quiz.run()
    show_end(seat.console, seat.run)
    told = "".join(seat.screen.text.split())
    assert f"quizclitake{sample_bank().file}--missed" in told


# The window -------------------------------------------------------------------------------------


def test_a_window_that_changes_its_size(sit: Callable[..., Seat]) -> None:
    """The question is drawn anew as wide as the window is; ticks stay."""
    seat = sit("tab", "a")
    seat.keyboard._rest += [Then(lambda: seat.screen.resize(40, 12)), "resize", "resize", "b"]
    seat.until()
    assert "Ticked: a, b" in seat.keys
    assert max(map(len, seat.screen.window)) <= 40


def test_a_key_during_a_change_of_size_counts(sit: Callable[..., Seat]) -> None:
    """It is the next key, not lost."""
    seat = sit("resize")
    seat.keyboard.seconds = 0.05  # quicker than a window is given to hold still
    seat.keyboard._rest += ["b"]
    seat.until()
    assert set(seat.session.answers) == {"gate"}


def test_options_never_vanish(sit: Callable[..., Seat]) -> None:
    """A window that has just room for the options: a word that pushes them out of the part that
    is redrawn leaves them on the screen."""
    for height in (6, 9, 10, 11, 12, 14):
        seat = sit("x", "down", "x", height=height).until()
        assert seat.screen.text.count("c  10 000") >= 1, height
        assert "'x' does nothing here." in seat.keys


@pytest.mark.parametrize(("width", "height"), [(20, 5), (39, 12), (40, 12), (80, 24), (200, 6)])
def test_any_window(sit: Callable[..., Seat], width: int, height: int) -> None:
    """From 20 × 5 on, a whole quiz can be taken, and no line is wider than the window."""
    script = ["?", "up", "b", "e", "enter", "a", "~", "x", "b", "enter", "enter", "B", "enter"]
    seat = sit(*script, "!", "down", "enter", "enter", "enter", width=width, height=height)
    seat.quiz.run()
    show_end(seat.console, seat.run)
    assert seat.session.score().points == 3
    assert [line for line in seat.screen.text.split("\n") if cells(line) >= width] == []


def test_a_journal_that_fails_ends_the_quiz(sit: Callable[..., Seat]) -> None:
    """An answer that could not be committed is not acknowledged: no verdict is drawn."""
    seat = sit("b")
    seat.journal.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError):
        seat.quiz.run()
    assert "Right" not in seat.screen.text


def test_a_window_made_lower_after_an_answer(sit: Callable[..., Seat]) -> None:
    """No key is pressed: the resize alone brings the verdict into sight."""
    seat = sit("b", Then(lambda: seat.screen.resize(40, 9)), "resize", Wait(0.2))
    seat.until()
    assert " ✓ Right: b, 100.\n" in seat.screen.written.rpartition("\x1b[J")[2]
