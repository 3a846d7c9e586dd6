"""Predictions of figures in the statistics: how near they come, over time."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from typing import TYPE_CHECKING

from quizcli.journal.attempts import Journal
from quizcli.journal.predictions import Prediction, PredictionTable
from quizcli.review.foresight import Nearness, foresight
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


def made(
    predicted: float, measured: float, at: str = "2026-11-05T12:00:00.000Z", name: str = "nan"
) -> Prediction:
    return Prediction(name, {}, 1, {}, predicted, measured, at)


def test_the_median_is_of_sizes_and_a_wrong_sign_is_counted_apart() -> None:
    each = [made(1, 10), made(10, 1), made(-2, -2), made(1, -1000), made(0, 5), made(0, 0)]
    assert foresight(each, UTC, 4).total == Nearness(6, 2, 0.5)
    assert foresight([made(1, -1)], UTC, 4).total == Nearness(1, 1, None)
    assert foresight([], UTC, 4) == ((0, 0, None), ())


def test_a_month_is_one_of_learning_days() -> None:
    """Before the rollover it is still the day before, where the learner lives."""
    late = made(1, 2, "2026-12-01T03:00:00.000Z")
    assert [month for month, _ in foresight([late], UTC, 4).months] == ["2026-11"]
    east = timezone(timedelta(hours=2))
    assert [month for month, _ in foresight([late], east, 4).months] == ["2026-12"]


def written(home: Home, *predictions: Prediction) -> Home:
    journal = Journal(home.root / "journal.sqlite3")
    for number, each in enumerate(predictions):
        PredictionTable(journal).insert(each._replace(uid=f"p{number}"))
    journal.close()
    return home


def test_the_statistics_say_it_with_reviews_and_without(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert "Predictions" not in home("stats").out
    written(
        home,
        made(1, 2, "2026-10-05T12:00:00.000Z"),
        made(1, -2, "2026-11-05T12:00:00.000Z", "sampling"),
        made(1, 1, "2026-11-05T12:00:00.000Z", "sampling"),
    )
    whole = (
        "Your predictions of measured values: 3. Half of those with the right sign are within a factor of 1.41 "
        "(median |log10 ratio| 0.15). In 1 the sign was wrong (zero counts as a wrong sign)."
    )
    assert whole in home("stats").words
    home.quiz()
    words = home("stats").words
    assert whole in words
    assert "Oct 2026, 1, 0.30, 0" in words or "Oct 2026 1 0.30 0" in words
    assert home("stats", "--json").data["predictions"] == {
        "n": 3,
        "signs": 1,
        "median": 0.150515,
        "months": [
            {"month": "2026-10", "n": 1, "signs": 0, "median": 0.30103},
            {"month": "2026-11", "n": 2, "signs": 1, "median": 0.0},
        ],
    }


def test_of_a_bank_it_is_that_of_its_experiments(tmp_path: Path) -> None:
    home = written(Home(tmp_path), made(1, 2), made(1, 2, name="of-another-package"))
    found = [home("stats", *bank, "--json").data["predictions"]["n"] for bank in
             ((), ("rnn",), ("sample",))]  # fmt: skip
    assert found == [2, 1, 0]


def test_what_is_far_off_is_a_power_of_ten(tmp_path: Path) -> None:
    home = written(Home(tmp_path), made(1e-300, 1e300))
    assert "within a factor of 1e600" in home("stats").words
