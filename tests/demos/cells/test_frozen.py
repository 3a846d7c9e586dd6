"""The cells against the frozen answers of torch and ONNX."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.frozen import (
    BACKWARD,
    COUNT,
    FAMILIES,
    FILE,
    FORWARD,
    answers,
    build,
    load,
    worst,
)


@pytest.mark.parametrize("family", FAMILIES)
def test_states_and_every_gradient_equal_the_frozen_answers(family: str) -> None:
    """Forward within 1e-13, each gradient within 1e-12 of its largest entry, in every case."""
    cases = load()[family]
    assert len(cases) == COUNT[family]
    for case in cases:
        forward, backward = worst(answers(build(case), case), case.expected)
        assert forward <= FORWARD
        assert backward <= BACKWARD


@pytest.mark.parametrize("family", FAMILIES)
def test_float32_stays_float32_and_agrees_to_its_precision(family: str) -> None:
    """A float32 cell computes in float32 throughout and is within 1e-5 of the float64 answers."""
    for case in load()[family]:
        found = answers(build(case, dtype="float32"), case)
        assert {v.dtype for v in found.values()} == {np.dtype("float32")}
        assert max(worst(found, case.expected)) < 1e-5


@pytest.mark.parametrize("family", FAMILIES)
def test_frozen_cases_are_not_blind(family: str) -> None:
    """No case has one unit, a square W, a zero start, or gates and states stuck at their limits."""
    for case in load()[family]:
        D, H = case.given["W"].shape[1:]
        assert H > 1
        assert D != H
        assert len(case.given["X"]) > 1
        assert all(start.any() for start in case.starts())
        assert not any(np.allclose(U, U.T) for U in case.given["U"])
        assert np.mean(abs(case.expected["states"]) == 1) == 0
    inputs = [case.given["X"].tobytes() for case in load()[family]]
    assert len(set(inputs)) == len(inputs)


def test_relu_cases_are_alive() -> None:
    """Of the ReLU units some are on and some are off in every case, so both sides are tested."""
    for case in load()["rnn-relu"]:
        assert 0.1 < np.mean(case.expected["states"] > 0) < 0.9


def test_fixture_is_small() -> None:
    """The frozen cases stay a file that nobody minds cloning."""
    assert FILE.stat().st_size < 400_000
