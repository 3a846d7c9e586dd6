"""The bench of an experiment under a fake keyboard: predict, run, turn, reseed, remove the effect."""

from __future__ import annotations

import pytest

from quizcli import load_bank
from quizcli.demos.evidence import Knob
from quizcli.play.demo import Bench, Setting, turned
from quizcli.proof.subject import of_question
from quizcli.terminal.canvas import Canvas
from tests.cli.program import ROOT
from tests.fakes import FakeClock, FakeKeyboard, FakeScreen

QUESTION = load_bank(ROOT / "questions" / "rnn.yaml").question("gate-width")


def played(*keys: str, predict: bool = True, width: int = 80) -> str:
    """Everything on the screen after these keys, the last of which must lead back."""
    screen = FakeScreen(width, 24)
    keyboard = FakeKeyboard(list(keys), FakeClock())
    seeds = iter(range(100, 200))
    bench = Bench(
        of_question(QUESTION),
        Setting(8131),
        keyboard,
        Canvas(screen, screen.look()),
        lambda: next(seeds),
        screen.look,
    )
    bench.run(predict=predict)
    assert keyboard.played
    return screen.text


def test_first_the_prediction_then_the_measurement_then_why() -> None:
    text = played("a", "enter")
    asked, measured = text.index("this is what will be measured"), text.index("Measured:")
    assert asked < measured < text.index("a  fails:") < text.index("b  holds:")
    assert "c  fails:" not in text  # not chosen, not right: one key away
    assert "c  fails:" in played("a", "e", "enter")


def test_leaving_before_the_run_measures_nothing() -> None:
    assert "Measured:" not in played("esc")


def test_a_knob_is_turned_and_the_screen_follows() -> None:
    text = played("enter", "right", "enter")
    assert "cannot multiply: 100 against 110" in text
    assert "Turned: units 110" in text


def test_a_new_seed_is_another_run() -> None:
    text = played("enter", "n", "enter")
    assert "seed 8131" in text
    assert "seed 100" in text


def test_the_control_is_undetermined_and_goes_away_again() -> None:
    text = played("0", "0", "enter", predict=False)
    first, control, again = text.split("Measured:")[1:]
    assert "undetermined" not in first
    assert control.count("? undetermined") == 4
    assert "Null control:" in text
    assert "undetermined" not in again


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    for line in played("e", "enter", predict=False, width=width).splitlines():
        assert len(line) <= width


def test_knobs_stay_within_their_range() -> None:
    whole = Knob("n", 10, "", low=1, high=100, step=2, factor=True)
    assert [turned(whole, v, d) for v, d in ((10, 1), (10, -1), (1, -1), (80, 1))] == [
        20,
        5,
        1,
        100,
    ]
    real = Knob("r", 0.5, "", low=0.0, high=1.0, step=0.25)
    assert [turned(real, v, d) for v, d in ((0.5, 1), (1.0, 1), (0.1, -1))] == [0.75, 1.0, 0.0]
    word = Knob("w", "a", "", choices=("a", "b"))
    assert turned(word, "b", 1) == "a"
    assert turned(Knob("s", False, ""), False, 1) is True
    slow = Knob("m", 3, "", low=1, high=9, step=1.1, factor=True)
    assert turned(slow, 3, 1) == 4
