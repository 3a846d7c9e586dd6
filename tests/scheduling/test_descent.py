"""The descent on functions whose least value is known."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quizcli.scheduling.descent import minimum

FREE = np.full(2, 10.0)


def rosenbrock(x: np.ndarray) -> tuple[float, np.ndarray]:
    """Least at (1, 1), down a curved valley."""
    a, b = 1 - x[0], x[1] - x[0] ** 2
    return a * a + 100 * b * b, np.array([-2 * a - 400 * x[0] * b, 200 * b])


def test_it_finds_the_end_of_a_curved_valley() -> None:
    found = minimum(rosenbrock, np.array([-1.2, 1.0]), -FREE, FREE, tolerance=1e-14)
    np.testing.assert_allclose(found.x, [1, 1], atol=1e-5)
    assert found.evaluations < 150


def test_it_stops_at_a_bound_and_goes_on_along_it() -> None:
    """With x at most 0.5, the valley's lowest point is (0.5, 0.25)."""
    found = minimum(rosenbrock, np.array([-1.2, 1.0]), -FREE, np.array([0.5, 10]), tolerance=1e-14)
    np.testing.assert_allclose(found.x, [0.5, 0.25], atol=1e-5)


def test_a_variable_leaves_a_bound_where_that_goes_down() -> None:
    found = minimum(rosenbrock, np.array([-10.0, 10.0]), -FREE, FREE, tolerance=1e-14)
    np.testing.assert_allclose(found.x, [1, 1], atol=1e-5)


@given(st.integers(0, 1000))
def test_a_quadratic_within_bounds_ends_where_no_step_goes_down(seed: int) -> None:
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(6, 6))
    A, b = root @ root.T + np.eye(6), rng.normal(size=6) * 3
    found = minimum(
        lambda x: (x @ A @ x / 2 - b @ x, A @ x - b),
        np.zeros(6),
        np.full(6, -0.5),
        np.full(6, 0.5),
        evaluations=5000,  # one in a thousand lies along a narrow valley
        tolerance=1e-13,
    )
    slope = A @ found.x - b
    assert (np.abs(found.x) <= 0.5).all()
    # The conditions of Karush, Kuhn and Tucker.
    assert (slope[found.x >= 0.5] <= 1e-4).all()
    assert (slope[found.x <= -0.5] >= -1e-4).all()
    np.testing.assert_allclose(slope[np.abs(found.x) < 0.5], 0, atol=1e-4)


def test_it_steps_back_from_where_there_is_no_number() -> None:
    """The logarithm has none from 0 downward, and the first step would land there."""

    def barrier(x: np.ndarray) -> tuple[float, np.ndarray]:
        with np.errstate(invalid="ignore", divide="ignore"):
            return float((x - np.log(x)).sum()), np.where(x > 0, 1 - 1 / x, np.nan)

    found = minimum(barrier, np.array([3.0, 0.2]), -FREE, FREE, tolerance=1e-14)
    np.testing.assert_allclose(found.x, [1, 1], atol=1e-6)


def test_it_ends_when_told_to() -> None:
    found = minimum(rosenbrock, np.array([-1.2, 1.0]), -FREE, FREE, evaluations=5)
    assert 5 <= found.evaluations < 5 + 31
    assert found.value < rosenbrock(np.array([-1.2, 1.0]))[0]


def test_what_stands_at_a_bound_is_held_so_that_the_rest_goes_fast() -> None:
    """Coupled variables, half of them at a bound in the end. Without holding them the descent
    still arrives, clipped at each step, but asks four times as often (226 times against 58)."""
    asked = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        root = rng.normal(size=(12, 12))
        A, b = root @ root.T + 0.1 * np.eye(12), rng.normal(size=12) * 3

        def quadratic(x: np.ndarray, A=A, b=b) -> tuple[float, np.ndarray]:
            return x @ A @ x / 2 - b @ x, A @ x - b

        edge = np.full(12, 0.5)
        found = minimum(quadratic, np.zeros(12), -edge, edge, tolerance=1e-10)
        asked.append(found.evaluations)
    assert np.mean(asked) < 100
