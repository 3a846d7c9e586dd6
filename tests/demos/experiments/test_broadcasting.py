"""A column minus a row is a table: NumPy says so, and the bank's key as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.broadcasting import EXPERIMENT, decide, shape_of
from quizcli.quiz.drawing import draw, drawn
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
EXPECTED = [Verdict.HOLDS, *[Verdict.REFUTED] * 3]
BANK = load_bank(Path(__file__).parents[3] / "questions" / "sequence-models.yaml")
ASKED = BANK.question("broadcasting")


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_column_minus_a_row_is_a_table(seed: int) -> None:
    assert lab.verdicts(EXPERIMENT, ALL, seed) == EXPECTED


@pytest.mark.parametrize("seed", range(1, 9))
def test_every_answer_that_the_bank_accepts_is_the_shape_that_numpy_gives(seed: int) -> None:
    """A text claims what was foreseen and not its key; so that is derived here."""
    question = drawn(ASKED, draw(ASKED, seed, BANK.id, vary=True))
    for answer in question.own["answers"]:
        rows, columns = map(int, re.findall(r"\d+", answer))
        claim = {"rows": rows, "columns": columns}
        assert lab.verdict(EXPERIMENT, claim, seed, **question.demo.parameters) is Verdict.HOLDS


@pytest.mark.parametrize("seed", lab.FEW)
def test_a_single_prediction_decides_nothing(seed: int) -> None:
    claims = [*ALL, {"rows": 1, "columns": 1}, {"rows": 1}]
    verdicts = lab.verdicts(EXPERIMENT, claims, seed, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


def test_perfect_predictions_have_an_error_of_twice_the_variance() -> None:
    table = lab.measure(EXPERIMENT, ALL, 3).pictures[0]
    assert [row[1] for row in table.rows] == ["(32, 32)", "(32, 1)"]
    wrong, right = (float(row[2]) for row in table.rows)
    variance = float(table.says.rsplit(" ", 1)[1].rstrip("."))
    assert wrong == pytest.approx(variance, rel=0.01)
    assert wrong > 0.5
    assert right == 0


def test_where_targets_are_a_column_the_difference_is_one() -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, 1, **EXPERIMENT.breaks[0].knobs)
    assert verdicts == [Verdict.REFUTED, Verdict.HOLDS, *[Verdict.REFUTED] * 2]


def test_the_rule() -> None:
    assert shape_of({"rows": 4}) == (4,)
    assert shape_of({"rows": 4, "columns": 2}) == (4, 2)
    assert decide((4, 4), (4, 4), 4) is Verdict.HOLDS
    assert decide((4,), (4, 4), 4) is Verdict.REFUTED
    assert decide((1, 1), (1, 1), 1) is Verdict.UNDETERMINED


def test_findings_follow_their_claims_and_repeat() -> None:
    lab.assert_permutes(EXPERIMENT, ALL, 5)
    lab.assert_lonely(EXPERIMENT, ALL, 5)
    lab.assert_repeats(EXPERIMENT, ALL, 6)


@pytest.mark.parametrize("knobs", [{}, EXPERIMENT.null, {"batch": 512}, {"targets": "column"}])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float | str]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 7, **knobs))
