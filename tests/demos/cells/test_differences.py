"""Every gradient and every Jacobian against central differences, which know no calculus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from quizcli.demos.cells import GRU, LSTM, RNN, ResetAfterGRU

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

T, B, D, H = 5, 2, 3, 4
STEP = 1e-5
CLOSE = {"rtol": 1e-7, "atol": 1e-8}  # of a difference quotient, not of the cells


def _rng() -> np.random.Generator:
    return np.random.default_rng(7)


CELLS: dict[str, Callable[[], Any]] = {
    "RNN tanh": lambda: RNN.random(_rng(), D, H, bias=0.3),
    "RNN relu": lambda: RNN.random(_rng(), D, H, bias=0.3, g="relu"),
    "RNN identity": lambda: RNN.random(_rng(), D, H, bias=0.3, g="identity"),
    "RNN sigmoid": lambda: RNN.random(_rng(), D, H, bias=0.3, g="sigmoid"),
    "GRU": lambda: GRU.random(_rng(), D, H, bias=0.3),
    "GRU, Γ_r pinned to 1": lambda: GRU.random(_rng(), D, H, bias=0.3).pinned(Γ_r=1),
    "GRU, Γ_r tied": lambda: GRU.random(_rng(), D, H, bias=0.3).tied(Γ_r="Γ_u"),
    "GRU reset-after": lambda: ResetAfterGRU.random(
        _rng(), D, H, bias=0.3, b_h=np.array([0.5, -0.4, 0.3, 0.2])
    ),
    "GRU reset-after, Γ_u pinned to 0.3": lambda: ResetAfterGRU.random(
        _rng(), D, H, bias=0.3
    ).pinned(Γ_u=0.3),
    "LSTM": lambda: LSTM.random(_rng(), D, H, bias=0.3),
    "LSTM with tanh": lambda: LSTM.random(_rng(), D, H, bias=0.3, tanh_output=True),
    "LSTM, Γ_f = 1-Γ_u": lambda: LSTM.random(_rng(), D, H, bias=0.3).tied(Γ_f="1-Γ_u"),
    "LSTM, Γ_f = 1-Γ_u, Γ_o pinned": lambda: (
        LSTM.random(_rng(), D, H, bias=0.3).tied(Γ_f="1 - Γ_u").pinned(Γ_o=1)
    ),
}
named = pytest.mark.parametrize("name", CELLS)


def slope(f: Callable[[], float], x: NDArray[Any]) -> NDArray[Any]:
    """df/dx by central differences; ``f`` reads ``x``, which is nudged in place."""
    found = np.empty_like(x)
    for i in np.ndindex(x.shape):
        before = x[i]
        x[i] = before + STEP
        above = f()
        x[i] = before - STEP
        found[i] = (above - f()) / (2 * STEP)
        x[i] = before
    return found


@named
@pytest.mark.parametrize("words", [False, True], ids=["vectors", "words"])
def test_every_gradient_is_the_slope_of_the_loss(name: str, words: bool) -> None:
    """Weights, biases, inputs and initial states, for a loss on all states and on the last ones."""
    cell, rng = CELLS[name](), np.random.default_rng(3)
    X = rng.integers(0, D, (T, B)) if words else rng.standard_normal((T, B, D))
    two = isinstance(cell, LSTM)
    starts = [0.5 * rng.standard_normal((B, H)) for _ in range(1 + two)]
    d, last, c_last = (rng.standard_normal(s) for s in ((T, B, H), (B, H), (B, H)))

    def loss() -> float:
        trace = cell.forward(X, *starts)
        on_cell = float((trace.c[-1] * c_last).sum()) if two else 0.0
        return float((trace.states * d).sum() + (trace.last * last).sum()) + on_cell

    trace = cell.forward(X, *starts)
    g = cell.backward(trace, d, last, **({"dc_last": c_last} if two else {}))
    for key, weights in cell.parameters().items():
        np.testing.assert_allclose(g.parameters()[key], slope(loss, weights), err_msg=key, **CLOSE)
    firsts = [x for x in (g.da0, g.dc0) if x is not None]
    for start, found in zip(starts, firsts, strict=True):
        np.testing.assert_allclose(found, slope(loss, start), **CLOSE)
    if words:
        assert g.dX is None
    else:
        np.testing.assert_allclose(g.dX, slope(loss, X), **CLOSE)


@named
def test_dstates_is_the_whole_derivative_of_each_state(name: str) -> None:
    """dL/dstate⟨t⟩ counts what flows back from later steps: it is the gradient at the initial
    state of the same loss over the rest of the sequence, plus the loss's own share at t."""
    cell, rng = CELLS[name](), np.random.default_rng(4)
    X, d = rng.standard_normal((T, B, D)), rng.standard_normal((T, B, H))
    trace = cell.forward(X)
    whole = cell.backward(trace, d).dstates
    np.testing.assert_array_equal(whole[-1], d[-1])
    t = 2
    middle = [trace.a[t + 1], trace.c[t + 1]] if isinstance(cell, LSTM) else [trace.states[t]]
    rest = cell.backward(cell.forward(X[t + 1 :], *middle), d[t + 1 :])
    first = rest.da0 if rest.da0 is not None else rest.dc0
    np.testing.assert_allclose(whole[t], d[t] + first, rtol=1e-12, atol=1e-14)


@named
def test_jacobian_is_the_slope_of_one_step(name: str) -> None:
    """J[t, b, i, j] is the difference quotient of output i by input j, at every step."""
    cell, rng = CELLS[name](), np.random.default_rng(5)
    X = rng.standard_normal((T, B, D))
    trace = cell.forward(X)
    J = cell.jacobian(trace)
    two = isinstance(cell, LSTM)
    states = np.concatenate([trace.a, trace.c], -1) if two else getattr(trace, "a", None)
    states = trace.c if states is None else states

    def step(x: NDArray[Any], state: NDArray[Any]) -> NDArray[Any]:
        if two:
            return np.concatenate(cell.step(x, *np.split(state, 2, axis=1)), axis=1)
        return np.asarray(cell.step(x, state))

    for t in range(T):
        columns = [
            (step(X[t], states[t] + STEP * e) - step(X[t], states[t] - STEP * e)) / (2 * STEP)
            for e in np.eye(states.shape[2])
        ]
        np.testing.assert_allclose(J[t], np.stack(columns, axis=-1), **CLOSE)
