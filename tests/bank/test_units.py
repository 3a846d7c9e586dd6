"""Units of numbers that cannot be what their author meant."""

from __future__ import annotations

import pytest

from tests.support.bank_files import faults_of, told

BANK = """\
format: 1
id: units
title: Units
questions:
  - id: one
    kind: number
    prompt: How much?
    answer: 5
    unit: '{}'
    unit_required: {}
"""


def found(unit: str, *, required: bool = False) -> list[str]:
    return [told(fault) for fault in faults_of(BANK.format(unit, str(required).lower()))]


@pytest.mark.parametrize("unit", ["furlongs per", "m/", "kg *", "m per s^", "m/(s", "Parts Per"])
def test_a_unit_that_breaks_off(unit: str) -> None:
    for required in (True, False):
        assert found(unit, required=required) == ["9:11 answer"]


@pytest.mark.parametrize("unit", ["1/s", "3m", "^2"])
def test_a_unit_that_has_to_be_typed_and_cannot_be_read(unit: str) -> None:
    assert found(unit, required=True) == ["9:11 answer"]
    assert found(unit) == []


@pytest.mark.parametrize(
    "unit",
    ["m", "m/s", "m·s", "s^-1", "kg m/s^2", "€/kg", "%", "°C", "tokens per second", "of 7", "e-",
     "×", "a", "mol/(l s)", "USD", "$", "years", "/s"],
)  # fmt: skip
def test_units_that_can_be_read(unit: str) -> None:
    for required in (True, False):
        assert found(unit, required=required) == []
