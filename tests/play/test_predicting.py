"""What is expected of a figure is typed before it appears, held against it, and kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.file import JournalError
from quizcli.journal.predictions import Prediction, PredictionTable
from quizcli.play.experiment.expected import distance_text, expectation
from quizcli.proof.subject import of_question
from quizcli.quiz.quantities import NotNumber
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Policy
from quizcli.terminal.layout import cells
from tests.play.test_bench import BANK, QUESTION, bench
from tests.support.home import Home
from tests.support.seat import Seat

if TYPE_CHECKING:
    from quizcli.play.experiment.keys import ExperimentScreen
    from tests.support.fakes import Script

FINDINGS = of_question(QUESTION).measure(1).findings


def after(*keys: str, predict: bool = True, **how: Any) -> tuple[str, list[Prediction]]:
    """What the screen says after these keys, the last of which must lead back, and what was kept."""
    screen: ExperimentScreen = bench([*keys], **how)
    kept: list[Prediction] = []
    screen.experiment._keep = kept.append
    screen.run(predict=predict)
    return screen.console.canvas.screen.text, kept  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
def test_a_number_is_typed_before_the_figures_and_held_against_its_own(
    size: tuple[int, int],
) -> None:
    text, kept = after("p", *"0.9", "left", "backspace", *".3", "enter", "b", "enter", size=size)
    asked, _, measured = text.partition("refuted")
    assert "You expected" not in asked
    words = " ".join(measured.split())
    assert "You expected 0.39: the measured value is 1.19 times that." in words
    assert all(cells(line) < size[0] for line in text.splitlines())
    (only,) = kept
    assert (only.experiment, only.claim, only.seed) == ("gate-width", {"width": 1}, 8131)
    assert (only.predicted, round(only.measured, 3)) == (0.39, 0.466)
    assert only.parameters["units"] == 100


def test_enter_alone_and_esc_go_without() -> None:
    for end in ("enter", "esc"):
        text, kept = after("p", end, "b", "enter")
        assert "You expect" not in text
        assert kept == []


def test_what_is_typed_while_figures_are_there_is_of_those_that_come_next() -> None:
    text, kept = after("p", "down", *"2", "enter", "e", "n", "n", "enter", predict=False)
    assert text.count("You expected 2: it is 0.") == 1
    assert [(each.seed, each.claim) for each in kept] == [(100, {"width": 100})]


def test_what_is_no_number_is_told_and_may_be_mended() -> None:
    screen = bench(["p", *"some", "enter", "ctrl-u", *"-1", "enter", "enter", "enter"])
    screen.run()
    text = " ".join(screen.console.canvas.screen.text.split())  # type: ignore[attr-defined]
    assert "You expected -1: the sign is the opposite; the size is 0.466 times that." in text


def test_a_figure_in_words_is_no_number_to_hold_against() -> None:
    text, kept = after("p", *"c 3", "enter", "enter", "enter")
    said = " ".join(text.split())
    assert "Your prediction is not saved: no number was measured to compare it" in said
    assert kept == []


def test_where_nothing_can_be_measured_nothing_can_be_expected() -> None:
    """A world that is too large is refused, and the screen stays."""
    turned: dict[str, str | int | float | bool] = {"units": 512, "vocabulary": 100_000}
    text, kept = after("p", "enter", predict=False, turned=turned)
    assert text.count("128 MB is the most") == 2
    assert kept == []


def test_that_nothing_can_be_kept_is_told() -> None:
    screen = bench(["p", *"1", "enter", "enter", "enter"])

    def refuse(_: Prediction) -> None:
        raise JournalError("the disk is full")

    screen.experiment._keep = refuse
    screen.run()
    text = screen.console.canvas.screen.text  # type: ignore[attr-defined]
    assert "You expected 1: the measured" in text
    assert "Your prediction is not saved: the disk is full." in text


@pytest.mark.parametrize(
    ("predicted", "measured", "unit", "words"),
    [
        (0.3, 0.6, "", "You expected 0.3: the measured value is 2 times that."),
        (4, 1, "steps", "You expected 4 steps: the measured value is 0.25 times that."),
        (-2, -3, "", "You expected -2: the measured value is 1.5 times that."),
        (25, -50, "%", "You expected 25%: the sign is the opposite; the size is 2 times that."),
        (0.4658, 0.46580619, "", "You expected 0.466: correct."),
        (0, 1e-17, "", "You expected 0: correct."),
        (0, 5e-324, "", "You expected 0: correct."),
        (0, 0.2, "", "You expected 0: it is not 0."),
        (0.2, 0, "", "You expected 0.2: it is 0."),
        (1e-300, 1e300, "", "You expected 1e-300: the measured value is 1e600 times that."),
        (1e300, -1, "", "You expected 1e300: the sign is the opposite; the size is 1e-300 times that."),
    ],
)  # fmt: skip
def test_the_distance_is_a_ratio_and_the_sign_apart(
    predicted: float, measured: float, unit: str, words: str
) -> None:
    assert distance_text(Prediction("x", {}, 1, {}, predicted, measured), unit) == words


@pytest.mark.parametrize(
    ("text", "side", "value"),
    [("0.3", 1, 0.3), (" B  1e3 ", 1, 1000), ("c: −2", 2, -2), ("a) 1/4", 0, 0.25), ("d=5", 3, 5)],
)
def test_a_letter_names_the_figure(text: str, side: int, value: float) -> None:
    assert expectation(text, 1, FINDINGS)[:2] == (side, value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not a number"),
        ("e 3", "There is no e here: the letters are a to d."),
        ("3 ms", "'ms' does not fit: this figure is a number without a unit."),
        ("nan", "is not a number"),
        ("9e320", "out of range"),
        ("9" * 99, "too long"),
    ],
)
def test_what_cannot_be_expected_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(NotNumber, match=words):
        expectation(text, 0, FINDINGS)


def demo(home: Home, text: str) -> str:
    ran = home("demo", "rnn/gate-width", "--seed", "8131", "--plain", text=text, typed=True)
    assert (ran.code, ran.err) == (0, "")
    return ran.words


def test_in_lines(tmp_path: Path) -> None:
    home = Home(tmp_path)
    words = demo(home, ":help\n0.3\n:predict x\n:predict 0.3\n:predict b 0.5\n\n")
    assert ":predict b 0.3 that of option b." in words
    assert "'0.3' does nothing here" in words
    assert "'x' is not a number" in words
    asked, _, measured = words.partition("You expect 0.5 of b.")
    assert "refuted" not in asked
    assert "You expected 0.5: it is 0." in measured
    assert "refuted" not in demo(home, ":predict 1\n:quit\n")
    assert "refuted" in demo(home, "")
    journal = Journal(tmp_path / "journal.sqlite3")
    (only,) = PredictionTable(journal).all()
    assert (only.claim, only.predicted, only.measured) == ({"width": 100}, 0.5, 0.0)
    assert only.at.startswith("2026-11-19T14:05")
    journal.close()


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    ran = Home(tmp_path)("demo", "rnn/gate-width", "--seed", "1", "--plain", text=":predict 1\n")
    assert ":predict" not in ran.out
    assert not (tmp_path / "journal.sqlite3").exists()


def test_behind_a_question_it_is_kept_in_the_journal_of_the_quiz(tmp_path: Path) -> None:
    """While the answer that led there stands in the same journal."""
    bank = BANK._replace(questions=(QUESTION,))
    keys: list[Script] = ["b", "d", "p", *"a 0.5", "enter", "n", "enter"]
    seat = Seat(tmp_path, keys, over=Session(bank, 1, Policy(shuffle=False))).until()
    (only,) = PredictionTable(seat.journal).all()
    assert (only.experiment, only.claim, only.predicted) == ("gate-width", {"width": 1}, 0.5)
    assert only.seed != 1
    assert len(seat.journal.attempts()) == 1
