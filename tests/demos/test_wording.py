"""One way to write a share, and the word for what comes later, in all that a learner reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizcli.demos.registry import get
from quizcli.demos.running import run
from quizcli.proof.outside import outside
from quizcli.report.words import figure_text
from tests.support.program import ROOT

EXPERIMENTS = sorted((ROOT / "quizcli" / "demos").glob("[ew]*/*.py"))
BANKS = sorted((ROOT / "questions").glob("*.yaml"))


@pytest.mark.parametrize("path", [*BANKS, *EXPERIMENTS], ids=lambda path: path.stem)
def test_a_share_has_no_space_before_its_sign(path: Path) -> None:
    assert re.findall(r".*[0-9}] %.*", path.read_text("utf-8")) == []


def test_a_figure_has_no_space_before_a_share_or_an_angle() -> None:
    assert figure_text(38.0, "%") == "38%"
    assert figure_text(38.0, "°") == "38°"
    assert figure_text(38.0, "steps") == "38 steps"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1.0, "steps", "1 step"),
        (-1.0, "points", "-1 point"),
        (1.5, "words", "1.5 words"),
        (1.0, "times", "1 times"),
        (1.0, "powers of ten", "1 powers of ten"),
    ],
)
def test_one_of_a_unit_is_singular(value: float, unit: str, text: str) -> None:
    assert figure_text(value, unit) == text


@pytest.mark.parametrize("path", [*BANKS, *EXPERIMENTS], ids=lambda path: path.stem)
def test_a_word_is_after_another_and_not_behind_it(path: Path) -> None:
    assert re.findall(r".*\bbehind\b.*", path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(2388.75, "2,390%"), (-54_321.0, "-54,300%"), (999_999.0, "1e6%"), (1e-5, "1e-5%")],
)
def test_a_figure_of_thousands_is_written_out(value: float, text: str) -> None:
    assert figure_text(value, "%") == text


@pytest.mark.parametrize("name", ["many-to-one", "error-analysis", "unseen-words"])
def test_a_share_has_the_same_digits_in_the_table_and_in_sentences(name: str) -> None:
    experiment = get(name)
    seen = 0
    for seed in (1, 2, 3, 5461):
        found = run(experiment, outside(experiment, [])[:6], seed, {})
        for figure, reason in ((each.figure, each.reason) for each in found.findings):
            told = re.findall(r"[0-9.]+(?=%)", reason)
            near = [text for text in told if abs(float(text) - figure.value) <= 0.5]
            if figure.unit == "%" and near:
                seen += "." in figure_text(figure.value, "%")
                assert f"{near[0]}%" == figure_text(figure.value, "%"), reason
    assert seen
