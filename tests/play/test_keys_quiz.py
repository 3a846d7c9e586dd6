"""The quiz with keys, by a script of keys: every key, the clock of an exam, the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.file import JournalError
from quizcli.play.desk import Desk
from quizcli.play.ending import show_end
from quizcli.play.keys import KeyQuiz
from quizcli.play.recorder import Recorder
from quizcli.play.start import Started
from quizcli.quiz.grading import Response
from quizcli.quiz.session import EXAM, PRACTICE, Did, Policy, Session
from quizcli.terminal.layout import cells
from tests.fakes import (
    Burst,
    FakeClock,
    FakeKeyboard,
    FakeScreen,
    OutOfKeys,
    Script,
    Then,
    Wait,
    environment,
    quick_journal,
)
from tests.samples import sample_bank, session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Seat:
    """A learner in front of a screen, with a script of keys to press."""

    def __init__(
        self,
        root: Path,
        script: list[Script],
        policy: Policy = PRACTICE,
        *,
        over: Session | None = None,
        width: int = 80,
        height: int = 24,
        before: float = 0.0,
    ) -> None:
        self.clock = FakeClock()
        self.keyboard = FakeKeyboard(script, self.clock)
        self.screen = FakeScreen(width, height)
        self.env = environment(root, clock=self.clock)
        self.session = over or session(policy)
        self.journal = quick_journal(root)
        deadline = self.clock.now() + timedelta(seconds=policy.limit) if policy.limit else None
        recorder = Recorder(self.journal, self.env, self.session)
        started = Started(self.session, recorder, deadline, before)
        self.desk = Desk(self.env, started, self.keyboard, self.screen, self.screen.look)

    def take(self) -> bool:
        """Take the quiz; the script must be at its end when the quiz is."""
        finished = KeyQuiz(self.desk).run()
        assert self.keyboard.played
        return finished

    def until(self) -> Seat:
        """Take the quiz until the script has no key left."""
        with pytest.raises(OutOfKeys):
            KeyQuiz(self.desk).run()
        return self

    @property
    def keys(self) -> str:
        """The key line and what stands above it: the last lines in sight."""
        return " ".join(" ".join(self.screen.window).split())

    @property
    def written(self) -> list[Did]:
        """What the journal has of this attempt."""
        number = self.journal.attempts()[-1].id
        return [entry.step.did for entry in self.journal.entries(number)]


@pytest.fixture
def sit(tmp_path: Path) -> Callable[..., Seat]:
    """A seat with these keys."""
    return lambda *script, **options: Seat(tmp_path, list(script), **options)


ANSWERS: tuple[Script, ...] = ("b", "enter", "a", "b", "enter", "enter", "a", "enter", "a", "enter")


def test_a_quiz_from_the_first_key_to_the_last(sit: Callable[..., Seat]) -> None:
    """Letters answer, Enter goes on; the thinking time is from drawing to the key."""
    seat = sit(*ANSWERS)
    assert seat.take()
    assert seat.session.score().percent == 100
    assert [answer.seconds for answer in seat.session.answers.values()] == [1, 3, 1, 1]
    assert seat.written == [Did.ANSWER] * 4 + [Did.FINISH]


# Where one option can be chosen -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "option", "guess"),
    [
        ("a", "one", False),
        ("c", "words", False),
        ("2", "units", False),
        ("B", "units", True),
        ("C", "words", True),
    ],
)
def test_a_letter_or_digit_answers(
    sit: Callable[..., Seat], key: str, option: str, guess: bool
) -> None:
    """Lower case answers, a capital answers and marks a guess."""
    seat = sit(key).until()
    assert seat.session.answers["gate"].response == Response.of(option, guess=guess)
    assert ("(A guess.)" in seat.screen.text) == guess
    assert seat.written == [Did.ANSWER]


@pytest.mark.parametrize("key", ["d", "D", "4", "0", "9", "x", "é", "²", "٣", "漢", "#"])
def test_what_is_no_option_says_so(sit: Callable[..., Seat], key: str) -> None:
    """A letter without an option answers nothing and is told; the word goes with the next key."""
    seat = sit(key).until()
    assert f"'{key}' does nothing here." in seat.keys
    assert not seat.session.log
    assert "does nothing" not in sit(key, "down").until().keys


@pytest.mark.parametrize("key", ["home", "end", "pageup", "pagedown", " "])
def test_keys_that_do_nothing(sit: Callable[..., Seat], key: str) -> None:
    """Keys that another program might use are let pass in silence."""
    seat = sit(key).until()
    assert not seat.session.log
    assert "a–c answer" in seat.keys


def test_arrows_go_round(sit: Callable[..., Seat]) -> None:
    """Down from nowhere is the first option, up the last; past an end is the other end."""
    assert "▸ a" in sit("down").until().keys
    assert "▸ c" in sit("up").until().keys
    assert "▸ a" in sit("down", "down", "down", "down").until().keys
    assert "▸ b" in sit("right", "right", "right", "left").until().keys
    seat = sit("down", "down", "enter").until()
    assert seat.session.answers["gate"].response == Response.of("units")


def test_enter_without_an_option(sit: Callable[..., Seat]) -> None:
    """It says how to choose."""
    seat = sit("enter").until()
    assert "Choose with a letter, or with ↑ ↓ and Enter." in seat.keys
    assert not seat.session.log


# Where several can be ticked --------------------------------------------------------------------


def several(sit: Callable[..., Seat], *script: Script, **options: object) -> Seat:
    """At the second question, where several options may be ticked."""
    return sit("tab", *script, **options).until()


def test_letters_and_space_tick(sit: Callable[..., Seat]) -> None:
    """A key ticks and unticks; nothing is answered before Enter."""
    seat = several(sit, "a", "c", "c", "down", " ", "up", "up", "up", " ")
    assert "a [ ] Sentiment" in seat.keys
    assert "▸ a" in seat.keys
    assert "d [x] Speech" in seat.keys
    assert "c [ ] Image" in seat.keys
    assert not seat.session.answers


def test_enter_answers_what_is_ticked(sit: Callable[..., Seat]) -> None:
    """The response is the set of ticks, and no guess."""
    seat = several(sit, "2", "A", "enter")
    assert seat.session.answers["tasks"].response == Response.of("sentiment", "voice")
    assert "✓ Right: a and b." in seat.screen.text


def test_tilde_marks_a_guess(sit: Callable[..., Seat]) -> None:
    """Once on, twice off; the key line says which it would be."""
    assert "~ no guess" in several(sit, "~").keys
    assert "~ a guess" in several(sit, "~", "~").keys
    assert several(sit, "a", "~", "enter").session.answers["tasks"].response.guess
    assert not several(sit, "a", "~", "~", "enter").session.answers["tasks"].response.guess


def test_tilde_where_a_capital_marks_the_guess(sit: Callable[..., Seat]) -> None:
    """Where one option is chosen, ``~`` is no key."""
    assert "'~' does nothing here." in sit("~").until().keys


def test_enter_with_nothing_ticked(sit: Callable[..., Seat]) -> None:
    """A blank is no answer: it says what to do."""
    seat = several(sit, "a", "a", "enter")
    assert "Tick something first, or press Tab to skip." in seat.keys
    assert not seat.session.answers


# Commands ---------------------------------------------------------------------------------------


def test_hints_run_out(sit: Callable[..., Seat]) -> None:
    """Each is said above the options, once, and stays; past the last a word says so. While there
    is one, the key line offers it."""
    seat = sit("?").until()
    assert "Hint: What is the gate multiplied by?" in seat.screen.text
    assert "? hint" in seat.keys
    seat = sit("?", "?").until()
    assert "? hint" not in seat.keys
    seat = sit("?", "?", "?", "b").until()
    assert seat.screen.text.count("Hint:") == 2
    assert seat.session.answers["gate"].hints == 2
    assert "There is no further hint." in sit("?", "?", "?").until().keys


def test_a_hint_stands_apart(sit: Callable[..., Seat]) -> None:
    """An empty line before the first hint and after the last, none between."""
    lines = sit("?", "?").until().screen.window
    first = next(i for i, line in enumerate(lines) if "Hint:" in line)
    assert lines[first - 1] == ""
    assert "Hint:" in lines[first + 1]
    assert lines[first + 2] == ""
    assert "a  1" in lines[first + 3]


def test_flagging(sit: Callable[..., Seat]) -> None:
    """``!`` flags and takes the flag away, and says so, since the title stands already."""
    seat = sit("!").until()
    assert "Flagged." in seat.keys
    assert "! unflag" in seat.keys
    assert seat.session.flags == {"gate"}
    seat = sit("!", "!").until()
    assert "No longer flagged." in seat.keys
    assert not seat.session.flags


def test_back(sit: Callable[..., Seat]) -> None:
    """At the first question there is no way back; from the second the first is asked again."""
    assert "This is the first question." in sit("backspace").until().keys
    assert "⌫ back" not in sit("down").until().keys
    seat = sit("tab", "backspace", "c").until()
    assert seat.session.answers["gate"].response == Response.of("words")


def test_back_to_an_answered_question(sit: Callable[..., Seat]) -> None:
    """It is shown with its feedback, and letters that would answer do nothing; Enter goes on to
    where the learner was."""
    seat = sit("a", "enter", "backspace", "b", "c").until()
    assert "Enter next" in seat.keys
    assert seat.session.answers["gate"].response == Response.of("one")
    assert seat.screen.text.count("✗ Wrong: you chose a, 1.") == 2
    seat = sit("a", "enter", "backspace", "enter").until()
    assert "2 of 4" in seat.screen.window[0] or "a–d tick" in seat.keys
    assert seat.session.position == 1


def test_back_and_back_again(sit: Callable[..., Seat]) -> None:
    """From the feedback of the second question to that of the first, and forward again."""
    seat = sit("b", "enter", "a", "enter", "backspace", "backspace").until()
    assert seat.session.position == 0
    seat = sit("b", "enter", "a", "enter", "backspace", "backspace", "enter", "enter").until()
    assert seat.session.position == 2


@pytest.mark.parametrize("key", ["esc", "eof"])
def test_leaving(sit: Callable[..., Seat], key: str) -> None:
    """The quiz is left unfinished; the answer is kept, the options stay on the screen, and the
    cursor is shown again."""
    seat = sit("b", "enter", "a", key)
    assert not seat.take()
    assert seat.written == [Did.ANSWER]
    assert "a  [x] Sentiment" in seat.screen.text
    assert "Esc leave" not in seat.keys
    assert seat.screen.written.rfind("\x1b[?25h") > seat.screen.written.rfind("\x1b[?25l")


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


def test_leaving_from_feedback(sit: Callable[..., Seat]) -> None:
    """Unfinished, and the answer is kept."""
    seat = sit("b", "esc")
    assert not seat.take()
    assert seat.written == [Did.ANSWER]


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
    assert seat.written[-1] is Did.FINISH


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
    KeyQuiz(seat.desk).run()
    assert show_end(seat.desk)
    told = " ".join(seat.screen.text.split())
    assert "Score 4 of 5 · 80 %" in told
    assert "✗ 1 The width of a gate 0 of 1 1 s" in told
    assert "quizcli score --format csv -o score.csv" in told
    perfect = sit(*ANSWERS, "r", "enter")
    KeyQuiz(perfect.desk).run()
    assert not show_end(perfect.desk)
    assert "r go through" not in perfect.screen.text
    assert "--missed" not in perfect.screen.text


@pytest.mark.parametrize("key", ["enter", "esc", "eof", "q"])
def test_done(sit: Callable[..., Seat], key: str) -> None:
    """Ways out of the summary."""
    seat = sit(*ANSWERS, key)
    KeyQuiz(seat.desk).run()
    assert not show_end(seat.desk)
    assert seat.keyboard.played


def test_the_columns_of_the_summary_stand_below_each_other(sit: Callable[..., Seat]) -> None:
    """Points and seconds are aligned to the right."""
    seat = sit(*ANSWERS, "enter")
    KeyQuiz(seat.desk).run()
    show_end(seat.desk)
    rows = [line for line in seat.screen.text.split("\n") if line.startswith("   ✓  ")]
    assert len(rows) == 4
    assert len({len(row) for row in rows}) == 1


def test_times_before_an_interruption_count(sit: Callable[..., Seat]) -> None:
    """A resumed attempt's summary has the thinking time of the answers given before."""
    over = session()
    over.answer("units", 21.0)
    over.answer(("sentiment", "voice"), 58.0)
    seat = sit("a", "enter", "a", "enter", "enter", over=over, before=79.0)
    KeyQuiz(seat.desk).run()
    show_end(seat.desk)
    assert "The width of a gate 1 of 1 21 s" in " ".join(seat.screen.text.split())
    assert "1 min 23 s" in seat.screen.text


def test_a_bank_off_the_shelf_is_named_by_its_file(sit: Callable[..., Seat]) -> None:
    """What to type next works as it is printed: this bank is known by no id."""
    seat = sit("a", "enter", "tab", "tab", "tab", "enter", "enter")
    KeyQuiz(seat.desk).run()
    show_end(seat.desk)
    told = "".join(seat.screen.text.split())
    assert f"quizclitake{sample_bank().file}--missed" in told


# An exam ----------------------------------------------------------------------------------------


def test_an_exam_gives_nothing_away(sit: Callable[..., Seat]) -> None:
    """The next question follows at once; no hints, no verdict, no count of right answers."""
    seat = sit("a", policy=EXAM).until()
    assert "a–d tick" in seat.keys
    assert "1 answered" in seat.keys
    for words in ("right", "Wrong", "? hint"):
        assert words not in seat.screen.text
    assert "An exam gives no hints." in sit("?", policy=EXAM).until().keys


def test_an_answer_of_an_exam_can_be_changed(sit: Callable[..., Seat]) -> None:
    """Going back shows what was answered; another answer replaces it, Tab leaves it."""
    seat = sit("A", "backspace", policy=EXAM).until()
    assert "Your answer so far: a (a guess)" in seat.keys
    assert "Tab next" in seat.keys
    seat = sit("a", "backspace", "b", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("units")
    seat = sit("A", "backspace", "enter", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("one", guess=True)
    seat = sit("A", "backspace", "down", "enter", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("units")
    seat = sit("a", "backspace", "tab", policy=EXAM).until()
    assert seat.session.answers["gate"].response == Response.of("one")
    seat = sit("tab", "a", "d", "enter", "backspace", policy=EXAM).until()
    assert "a [x] Sentiment" in seat.keys
    assert "d [x] Speech" in seat.keys


def test_the_score_of_an_exam_follows_its_reasons(sit: Callable[..., Seat]) -> None:
    """Every question once more, with the verdict, and every reason where it was left blank; the
    score comes last, where it is in sight."""
    seat = sit("a", "tab", "a", "a", "enter", "enter", policy=EXAM)
    KeyQuiz(seat.desk).run()
    show_end(seat.desk)
    reasons, _, score = seat.screen.text.partition("Your answers")[2].partition("Score 3 of 5")
    for words in ("✗ Wrong: you chose a, 1.", "✓ Right: a, True.", "A transcript is a sequence"):
        assert words in reasons
    assert "Score 3 of 5" in "\n".join(seat.screen.window)
    assert "The width of a gate" in score


LIMITED = Policy(exam=True, limit=1000)


def test_a_time_limit_warns_at_five_and_at_one(sit: Callable[..., Seat]) -> None:
    """Once each, while nobody presses anything; the clock beside the progress goes on."""
    assert "min left." not in sit(Wait(699), policy=LIMITED).until().keys
    seat = sit(Wait(700), policy=LIMITED).until()
    assert "5 min left." in seat.keys
    assert "5:00 left" in seat.keys
    seat = sit(Wait(700), "down", policy=LIMITED).until()
    assert "min left." not in seat.keys
    seat = sit(Wait(700), "down", Wait(240), policy=LIMITED).until()
    assert "1 min left." in seat.keys
    seat = sit(Wait(700), "down", Wait(240), "down", Wait(30), policy=LIMITED).until()
    assert "min left." not in seat.keys


def test_each_warning_is_said_once(sit: Callable[..., Seat]) -> None:
    """Not again at the next question."""
    seat = sit(Wait(750), "a", policy=LIMITED).until()
    assert "2 of 4" in seat.screen.text
    assert "min left." not in seat.keys


def test_a_short_limit_does_not_warn_at_its_start(sit: Callable[..., Seat]) -> None:
    """An exam of five minutes is not said to have five minutes left."""
    short = Policy(exam=True, limit=300)
    assert "min left." not in sit("down", policy=short).until().keys


def test_at_zero_the_exam_hands_itself_in(sit: Callable[..., Seat]) -> None:
    """Without a key: what was answered is handed in, and the quiz is finished."""
    seat = sit("b", Wait(1000), policy=LIMITED)
    assert seat.take()
    assert "Time is up. What you answered is handed in." in seat.screen.text
    assert seat.session.finished
    assert seat.written == [Did.ANSWER, Did.FINISH]


def test_a_key_that_comes_too_late_does_not_answer(sit: Callable[..., Seat]) -> None:
    """The window was frozen, say: the key arrives after the end of the time."""
    seat = sit("b", policy=LIMITED)
    seat.clock.tick(999.5)
    assert seat.take()
    assert not seat.session.answers


def test_the_time_is_over_at_the_last_question(sit: Callable[..., Seat]) -> None:
    """While the learner is asked about blank questions, the clock is in sight and goes on."""
    seat = sit("tab", "tab", "tab", "tab", Wait(500), policy=LIMITED).until()
    assert "8:16 left" in seat.keys
    seat = sit("tab", "tab", "tab", "tab", Wait(1000), policy=LIMITED)
    assert seat.take()


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
    KeyQuiz(seat.desk).run()
    show_end(seat.desk)
    assert seat.session.score().points == 3
    assert [line for line in seat.screen.text.split("\n") if cells(line) >= width] == []


def test_a_journal_that_fails_ends_the_quiz(sit: Callable[..., Seat]) -> None:
    """An answer that could not be committed is not acknowledged: no verdict is drawn."""
    seat = sit("b")
    seat.journal._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError):
        KeyQuiz(seat.desk).run()
    assert "Right" not in seat.screen.text
