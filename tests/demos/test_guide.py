"""The guide for authors names every field of what an experiment declares and returns."""

from __future__ import annotations

from dataclasses import MISSING, fields
from inspect import Parameter, signature

import pytest

from quizcli.demos import evidence
from quizcli.report import pictures
from tests.support.program import ROOT

GUIDE = (ROOT / "quizcli" / "demos" / "README.md").read_text(encoding="utf-8")
RECORDS = (
    evidence.Evidence, evidence.Finding, evidence.Measurement, evidence.Experiment,
    evidence.ClaimField, evidence.Knob, evidence.Break, evidence.Dose,
    pictures.Bars, pictures.Bar, pictures.Series, pictures.SeriesLine, pictures.HeatMap,
    pictures.AlignedRows, pictures.AlignedRow, pictures.TextTable,
)  # fmt: skip


def declared(record: type) -> str:
    """A record as it is written: its fields in order, with what they are where not said."""
    factories = {
        field.name: field.default_factory()
        for field in (fields(record) if hasattr(record, "__dataclass_fields__") else ())
        if field.default_factory is not MISSING
    }
    written = [
        name
        if parameter.default is Parameter.empty
        else f"{name}={factories.get(name, parameter.default)!r}"
        for name, parameter in signature(record).parameters.items()
    ]
    return f"{record.__name__}({', '.join(written)})"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_each_record_stands_in_the_guide_with_all_of_its_fields(record: type) -> None:
    assert declared(record) in " ".join(GUIDE.split())
