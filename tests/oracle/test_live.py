"""The cells against torch and ONNX as they are installed: fresh cases, not the frozen ones.

Skipped where they are not installed; ``pip install 'quizcli[oracle]'`` brings them.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.frozen import (
    BACKWARD,
    FAMILIES,
    FORWARD,
    Case,
    answers,
    build,
    draw,
    load,
    worst,
)

torch = pytest.importorskip("torch", reason="needs torch: pip install 'quizcli[oracle]'")
pytest.importorskip("onnx", reason="needs onnx: pip install 'quizcli[oracle]'")

from tests.oracle import freeze, onnx_oracle, torch_oracle  # noqa: E402 — only where they exist

FRESH = 40


def fresh(family: str) -> list[Case]:
    rng = np.random.default_rng([1, FAMILIES.index(family)])
    return [draw(family, rng) for _ in range(FRESH)]


@pytest.mark.parametrize("family", FAMILIES)
def test_torch_agrees_in_float64(family: str) -> None:
    """States within 1e-13, every gradient within 1e-12 of its largest entry."""
    for case in fresh(family):
        forward, backward = worst(answers(build(case), case), torch_oracle.expected(case))
        assert forward <= FORWARD
        assert backward <= BACKWARD


@pytest.mark.parametrize("family", FAMILIES)
def test_torch_agrees_in_float32(family: str) -> None:
    """All within 1e-5, both sides computing in float32."""
    for case in fresh(family):
        found = answers(build(case, dtype="float32"), case)
        assert max(worst(found, torch_oracle.expected(case, torch.float32))) < 1e-5


@pytest.mark.parametrize("family", onnx_oracle.FAMILIES)
def test_onnx_reference_agrees(family: str) -> None:
    """The states of ONNX's reference implementation, within 1e-13."""
    for case in fresh(family):
        states = build(case).forward(case.given["X"], *case.starts()).states
        assert abs(states - onnx_oracle.states(case)).max() <= FORWARD


def test_the_frozen_file_is_what_freeze_produces() -> None:
    """The same inputs to the bit, and answers that differ by rounding at most."""
    produced = freeze.cases()
    for family, kept in load().items():
        for ours, theirs in zip(kept, produced[family], strict=True):
            assert all((ours.given[k] == theirs.given[k]).all() for k in theirs.given)
            assert max(worst(ours.expected, theirs.expected)) <= FORWARD
