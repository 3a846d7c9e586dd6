"""The pictures of a class: their numbers, and their sentences."""

from __future__ import annotations

import numpy as np
import pytest

from quizcli.report.pictures import Bars, HeatMap, Series
from quizcli.scores.class_answers import ClassAnswers
from quizcli.scores.item_pictures import facility_map, information_pictures, score_spread
from quizcli.scores.item_report import class_report
from tests.support.classes import LSAT6, published


def test_scores_by_tenths() -> None:
    """Marks by hand above the whole, and deductions below nothing, stand in the last and first."""
    (bars,) = score_spread([0, 9.99, 10, 100, 120, -5])
    assert isinstance(bars, Bars)
    assert [bar.value for bar in bars.bars] == [3, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert bars.says == "Students: 3 from 0 to 10%, 1 from 10 to 20% and 2 from 90 to 100%."
    assert list(score_spread([50])) == []


def test_facility_against_discrimination_and_information() -> None:
    found = ClassAnswers(tuple("abcde"), published(LSAT6), np.ones(5), {}, {})
    report = class_report(found, {})
    (drawn,) = facility_map(report.items)
    assert isinstance(drawn, HeatMap)
    assert {row: sum(cells) for row, cells in zip(drawn.rows, drawn.cells, strict=True)} == {
        ".4 or more": 0, ".3 to .4": 0, ".2 to .3": 0, ".1 to .2": 5, "0 to .1": 0, "below 0": 0,
    }  # fmt: skip
    assert drawn.says.startswith("Facility and item-rest correlation: a 92.4% and 0.11; b 70.9%")
    assert report.model is not None
    curves, items = information_pictures(report, report.model)
    assert isinstance(curves, Series)
    assert isinstance(items, HeatMap)
    assert (curves.first, curves.step) == (-3, 0.25)
    assert curves.lines[0].label == "all items"
    total = [sum(column) for column in zip(*items.cells, strict=True)]
    assert curves.lines[0].values == pytest.approx(total)
    assert len(items.columns) == 25
