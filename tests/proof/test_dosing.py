"""Dose and response: the knob that matters, put to one point after another."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from quizcli.demos.declared import declaration_faults
from quizcli.demos.evidence import DemoError, Dose, ExperimentFault
from quizcli.demos.registry import get
from quizcli.proof.dosing import DosePoint, dose_data, dose_picture, doses
from quizcli.proof.subject import of_experiment, of_question
from tests.play.test_bench import BANK, QUESTION, bench
from tests.support.home import Home

if TYPE_CHECKING:
    from quizcli.proof.subject import Subject


def widths(**changed: Any) -> Subject:
    """Widths of a gate, over how much it is fed."""
    subject = of_question(QUESTION)
    dose = Dose("gate_gain", (0.0, 0.5, 1.0), "error")._replace(**changed)
    return replace(subject, experiment=replace(subject.experiment, dose=dose))


def test_a_language_model_comes_to_its_reading_as_it_learns() -> None:
    subject = of_question(BANK.question("language-model"))
    first, *_, last = points = list(doses(subject, 1, {"T": 4}))
    assert [point.at for point in points] == list(range(0, 101, 10))
    right = [side.id for side in subject.sides].index("word-given-past")
    assert last.figures[right] < 0.05 < 0.1 < first.figures[right]
    assert all(last.figures[i] > 0.1 for i in range(4) if i != right)
    picture = dose_picture(subject, 1, points)
    assert picture.lines[right].values[0] == math.log10(first.figures[right])
    assert "By updates: a " in picture.says
    assert picture.says.endswith(" Seed 1.")


def test_a_gradient_vanishes_and_explodes_by_the_radius() -> None:
    subject = of_question(BANK.question("nan"))
    points = list(doses(subject, 1, {"T": 50}))
    decades = [point.figures[0] for point in points]
    assert all(len(point.figures) == 1 for point in points)
    assert decades[0] < -20 < 5 < decades[-3]
    assert decades[:8] == sorted(decades[:8])
    assert list(doses(subject, 1, {"T": 50})) == points


def test_other_knobs_stay_where_they_stand() -> None:
    subject = widths()
    small, large = (list(doses(subject, 1, {"units": units})) for units in (20, 60))
    assert small != large
    finding = subject.measure(1, {"units": 20, "gate_gain": 0.5}).findings[0]
    assert small[1] == DosePoint(0.5, (finding.figure.value, *small[1].figures[1:]))


def test_what_is_no_number_is_drawn_as_none_and_is_none_in_data() -> None:
    """A width that cannot be multiplied has no figure, and the logarithm of 0 is no number."""
    subject = widths(log=True)
    points = list(doses(subject, 1, {"units": 20}))
    picture = dose_picture(subject, 1, points)
    assert all(math.isnan(value) for value in picture.lines[3].values)
    assert -math.inf in {value for line in picture.lines for value in line.values}
    figures = dose_data(subject, 1, points)["points"][0]["figures"]
    assert list(figures) == [side.id for side in subject.sides]
    assert list(figures.values())[3] is None


def test_what_fails_is_told_by_the_name_of_the_experiment() -> None:
    def fail(seed: int, knobs: object) -> float:
        raise ValueError("a slip")

    with pytest.raises(ExperimentFault, match="'gate-width' failed"):
        list(doses(widths(measure=fail), 1, {}))
    with pytest.raises(DemoError, match="a seed is"):
        list(doses(widths(measure=fail), -1, {}))
    with pytest.raises(DemoError, match="declares no knob"):
        list(doses(of_question(QUESTION), 1, {}))
    bare = replace(widths(), sides=())
    with pytest.raises(DemoError, match="no claim is made"):
        list(doses(bare, 1, {}))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"knob": "gate_gian"}, "the dose: gate-width has no knob 'gate_gian' — did you mean"),
        ({"points": (0.5, -3.0)}, "the dose: gate_gain: -3 is out of range"),
        ({"points": (0.5,)}, "the dose: it has fewer than two points"),
        ({"points": ()}, "the dose: it has fewer than two points"),
    ],
)
def test_a_dose_that_is_declared_wrongly_is_told(changed: dict[str, Any], words: str) -> None:
    (fault,) = declaration_faults(widths(**changed).experiment)
    assert words in fault


def test_every_dose_of_ours_is_declared_rightly() -> None:
    for name in ("language-model", "nan"):
        assert declaration_faults(get(name)) == []
        assert get(name).dose is not None
        assert of_experiment(name).sides


@pytest.mark.parametrize("size", [(80, 24), (40, 12)], ids=str)
def test_it_is_drawn_as_it_is_measured_and_can_be_stopped(size: tuple[int, int]) -> None:
    for keys, reached in ((["", "", ""], "at 1;"), (["", "", "esc"], "at 0.5;")):
        screen = bench(["c", *keys, "enter"], size=size, subject=widths(), seed=1, seconds=0)
        screen.run(predict=False)
        canvas = screen.console.canvas
        text = " ".join(canvas.screen.text.split())  # type: ignore[attr-defined]
        assert "By gate_gain: a 0 at 0" in text
        assert reached in text.partition("By gate_gain: ")[2].partition("b ")[0]


def test_stopped_at_once_it_shows_nothing() -> None:
    screen = bench(["c", "esc", "enter"], subject=widths(), seed=1, seconds=0)
    screen.run(predict=False)
    assert "Dose and response" not in screen.console.canvas.screen.text  # type: ignore[attr-defined]


def test_where_none_is_declared_no_key_does_it() -> None:
    screen = bench(["c", "enter"], seed=1, seconds=0)
    screen.run(predict=False)
    assert " c dose curve" not in " ".join(screen.console.canvas.screen.text.split())  # type: ignore[attr-defined]


def test_on_the_command_line(tmp_path: Path) -> None:
    home = Home(tmp_path)
    arguments = ("demo", "rnn/nan", "--dose", "--seed", "1", "--set", "T=20", "--set", "units=8")
    ran = home(*arguments)
    assert ran.code == 0
    assert "Dose-response curve: decades by which the gradient grows" in ran.words
    data = home(*arguments, "--json").data
    assert (data["demo"], data["seed"], data["dose"]) == ("nan", 1, "radius")
    assert [point["at"] for point in data["points"]][:3] == [0.25, 0.354, 0.5]
    assert all(len(point["figures"]) == 1 for point in data["points"])
    refused = home("demo", "gate-width", "--dose")
    assert (refused.code, refused.out) == (2, "")
    assert "gate-width declares no knob for a dose-response curve" in refused.told
    assert home(*arguments, "--svg", str(tmp_path / "dose.svg")).code == 0
    assert "radius" in (tmp_path / "dose.svg").read_text()
