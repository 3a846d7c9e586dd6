"""What the cells promise besides right numbers: batches, words, dtypes, gates, silence, refusals."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.demos.cells import (
    GRU,
    LSTM,
    RNN,
    Adam,
    Gate,
    ResetAfterGRU,
    decades,
    shared,
    sigmoid,
    spectral_radius,
)

KINDS: tuple[Any, ...] = (RNN, GRU, ResetAfterGRU, LSTM)
every_cell = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
gated = pytest.mark.parametrize("kind", KINDS[1:], ids=lambda kind: kind.__name__)


def cell_and_inputs(
    kind: Any, seed: int = 0, T: int = 6, B: int = 3, D: int = 4
) -> tuple[Any, Any]:
    rng = np.random.default_rng(seed)
    return kind.random(rng, D, 5, bias=0.3), rng.standard_normal((T, B, D))


@every_cell
@given(seed=st.integers(0, 2**32 - 1), B=st.integers(1, 4), T=st.integers(1, 7))
@settings(max_examples=15, deadline=None)
def test_sequences_of_a_batch_do_not_touch_each_other(kind: Any, seed: int, B: int, T: int) -> None:
    """One sequence alone gives the same states and input gradients as within a batch, and weight
    gradients add up over the batch."""
    cell, X = cell_and_inputs(kind, seed, T, B)
    d = np.random.default_rng(seed).standard_normal((T, B, 5))
    together = cell.backward(cell.forward(X), d)
    alone = [cell.backward(cell.forward(X[:, [b]]), d[:, [b]]) for b in range(B)]
    for b, one in enumerate(alone):
        np.testing.assert_allclose(one.dX[:, 0], together.dX[:, b], rtol=1e-10, atol=1e-13)
    for name, whole in together.parameters().items():
        parts = sum(one.parameters()[name] for one in alone)
        np.testing.assert_allclose(parts, whole, rtol=1e-9, atol=1e-12)


@every_cell
@given(seed=st.integers(0, 2**32 - 1), cut=st.integers(0, 6))
@settings(max_examples=15, deadline=None)
def test_a_sequence_may_be_cut_anywhere(kind: Any, seed: int, cut: int) -> None:
    """Going on from the last state gives the same states as not stopping, also at either end."""
    cell, X = cell_and_inputs(kind, seed)
    whole, first = cell.forward(X), cell.forward(X[:cut])
    state = (first.last, first.c[-1]) if kind is LSTM else (first.last,)
    rest = cell.forward(X[cut:], *state)
    both = np.concatenate([first.states, rest.states])
    np.testing.assert_allclose(both, whole.states, rtol=1e-12, atol=1e-14)


@every_cell
def test_words_are_one_hot_vectors(kind: Any) -> None:
    """Reading a row of W is multiplying by a one-hot vector: same states, same gradients."""
    cell, _ = cell_and_inputs(kind)
    rng = np.random.default_rng(1)
    words = rng.integers(0, 4, (6, 3))
    d = rng.standard_normal((6, 3, 5))
    read = cell.backward(cell.forward(words), d)
    multiplied = cell.backward(cell.forward(np.eye(4)[words]), d)
    for name, value in multiplied.parameters().items():
        np.testing.assert_allclose(read.parameters()[name], value, rtol=1e-12, atol=1e-14)
    assert read.dX is None


@every_cell
def test_stretches_of_time_do_not_change_a_bit(kind: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few steps are prepared at once, the gradients are the same to the last bit."""
    cell, X = cell_and_inputs(kind, T=11)
    d = np.ones((11, 3, 5))
    whole = cell.backward(cell.forward(X), d)
    for cache in (1, 1000):
        monkeypatch.setattr(shared, "CACHE", cache)
        short = cell.backward(cell.forward(X), d)
        for name, value in whole.parameters().items():
            np.testing.assert_array_equal(short.parameters()[name], value)


@every_cell
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "longdouble"])
def test_the_dtype_of_the_weights_rules(kind: Any, dtype: str) -> None:
    """Every state and gradient has the dtype of the weights, whatever the inputs have."""
    cell = kind.random(np.random.default_rng(0), 3, 4, dtype=dtype)
    trace = cell.forward(np.ones((2, 1, 3)))
    g = cell.backward(trace, np.ones((2, 1, 4)), clip=1.0)
    found = [trace.states, g.dX, g.dstates, cell.jacobian(trace), *g.parameters().values()]
    assert {x.dtype for x in found} == {np.dtype(dtype)}


@every_cell
def test_no_steps_and_no_sequences_are_fine(kind: Any) -> None:
    """T = 0 leaves the initial state, whose gradient is the loss's own; B = 0 gives empty arrays."""
    cell, _ = cell_and_inputs(kind)
    start = np.full((3, 5), 0.25)
    trace = cell.forward(np.empty((0, 3, 4)), start)
    assert (trace.last == start).all()
    g = cell.backward(trace, dlast=np.ones((3, 5)))
    first = g.dc0 if g.da0 is None else g.da0
    assert (first == 1).all()
    assert not g.dU.any()
    empty = cell.backward(cell.forward(np.empty((2, 0, 4))))
    assert empty.dX.shape == (2, 0, 4)
    assert not empty.dW.any()


@every_cell
def test_overflow_is_silent_and_numpy_settings_survive(kind: Any) -> None:
    """Huge float32 inputs give inf or NaN without a warning, whatever np.seterr says outside."""
    cell = kind.random(np.random.default_rng(0), 3, 4, dtype="float32")
    huge = np.full((4, 1, 3), 3e38, np.float32)
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        before = np.geterr()
        trace = cell.forward(huge)
        g = cell.backward(trace, np.full((4, 1, 4), 3e38, np.float32), clip=1.0)
        g.clipped(1.0)
        cell.jacobian(trace)
        trace = cell.forward(np.full((4, 1, 3), 1e300), np.full(4, 1e300))
        cell.backward(trace, np.full((4, 1, 4), 1e300))
        assert np.geterr() == before


def test_exploding_gradient_in_float32_is_tamed_only_on_the_way_back() -> None:
    """Without ``clip`` the gradient of an exploding linear net is not finite, and shortening it
    afterwards does not help; with ``clip`` it is finite."""
    cell = RNN.random(np.random.default_rng(0), 2, 8, g="identity", radius=3, dtype="float32")
    trace = cell.forward(np.zeros((200, 1, 2)))
    free = cell.backward(trace, dlast=np.ones((1, 8)))
    assert not math.isfinite(free.norm())
    assert not math.isfinite(free.clipped(1).norm())
    held = cell.backward(trace, dlast=np.ones((1, 8)), clip=1.0)
    assert math.isfinite(held.norm())
    lengths = np.sqrt(np.square(held.dstates, dtype=float).sum((1, 2)))
    np.testing.assert_allclose(lengths, 1, rtol=1e-5)


def test_clip_leaves_short_derivatives_alone() -> None:
    """A limit that is never reached changes no bit, and ``clipped`` scales all weights alike."""
    cell, X = cell_and_inputs(LSTM)
    d = np.ones((6, 3, 5))
    free, held = (cell.backward(cell.forward(X), d, clip=c) for c in (None, 1e6))
    np.testing.assert_array_equal(free.dU, held.dU)
    half = free.clipped(free.norm() / 2)
    assert half.norm() == pytest.approx(free.norm() / 2)
    np.testing.assert_allclose(half.dW, free.dW / 2)
    assert free.clipped(1e9) is free


@gated
@pytest.mark.parametrize("value", [0, 1])
def test_a_pinned_gate_is_exactly_its_value(kind: Any, value: int) -> None:
    """0 and 1 are exact in every unit and step, and no gradient reaches the gate's weights."""
    cell, X = cell_and_inputs(kind)
    pinned = cell.pinned(Γ_u=value)
    trace = pinned.forward(X)
    assert (trace.Γ_u == value).all()
    g = pinned.backward(trace, np.ones((6, 3, 5)))
    columns = pinned.columns("Γ_u")
    assert not g.dW[:, columns].any()
    assert not g.dU[:, columns].any()
    assert not g.db[columns].any()
    assert g.dW.any() or value == 0  # with Γ_u = 0 nothing is ever written


@gated
def test_a_gate_may_be_pinned_unit_by_unit(kind: Any) -> None:
    """An array pins each unit to its own value, to within rounding."""
    cell, X = cell_and_inputs(kind)
    values = np.array([0, 0.2, 0.5, 0.9, 1])
    found = cell.pinned(Γ_u=values).forward(X).Γ_u
    np.testing.assert_allclose(found, np.broadcast_to(values, found.shape), rtol=1e-15)


@gated
def test_a_tied_gate_follows(kind: Any) -> None:
    """Γ tied as "1-Γ_u" adds to one with Γ_u; tied as "Γ_u" equals it; its weights play no part."""
    cell, X = cell_and_inputs(kind)
    follower = "Γ_f" if kind is LSTM else "Γ_r"
    for rule in ("1-Γ_u", "Γ_u"):
        tied = cell.tied(**{follower: rule})
        trace = tied.forward(X)
        other = getattr(trace, follower)
        expected = 1 - trace.Γ_u if rule.startswith("1") else trace.Γ_u
        np.testing.assert_allclose(other, expected, rtol=0, atol=2.3e-16)
        assert not tied.backward(trace, np.ones((6, 3, 5))).dW[:, tied.columns(follower)].any()


@gated
def test_a_gate_may_follow_a_pinned_one(kind: Any) -> None:
    """With Γ_u pinned to 1, a gate tied as "1-Γ_u" is exactly 0."""
    cell, X = cell_and_inputs(kind)
    follower = "Γ_f" if kind is LSTM else "Γ_r"
    trace = cell.pinned(Γ_u=1).tied(**{follower: "1-Γ_u"}).forward(X)
    assert (getattr(trace, follower) == 0).all()


@gated
def test_biasing_and_nudging_move_the_argument_of_a_gate(kind: Any) -> None:
    """A bias of 2 on Γ_u is 2 more inside its σ, and so is a nudge of 2; other weights are kept."""
    cell, X = cell_and_inputs(kind, T=1)
    logit = lambda p: np.log(p) - np.log1p(-p)  # noqa: E731 — one formula, said once
    before = logit(cell.forward(X).Γ_u)
    np.testing.assert_allclose(logit(cell.biased(Γ_u=2).forward(X).Γ_u), before + 2)
    np.testing.assert_allclose(logit(cell.forward(X, nudges={"Γ_u": 2}).Γ_u), before + 2)
    moved = cell.forward(X, nudges={"c_tilde": np.full((1, 3, 5), 2)}).c_tilde
    np.testing.assert_allclose(np.arctanh(moved), np.arctanh(cell.forward(X).c_tilde) + 2)
    assert (cell.biased(Γ_u=2).W == cell.W).all()


@pytest.mark.parametrize("seed", range(5))
def test_tied_lstm_is_the_simplified_gru(seed: int) -> None:
    """With Γ_r and Γ_o at 1 and Γ_f = 1-Γ_u, the quiz's LSTM and GRU are one and the same."""
    rng = np.random.default_rng(seed)
    gru = GRU.random(rng, 4, 16, bias=0.5).pinned(Γ_r=1)
    u, c_tilde = gru.gate("Γ_u"), gru.gate("c_tilde")
    blocks = {"Γ_u": u, "Γ_f": u.complement(), "c_tilde": c_tilde, "Γ_o": u}
    X = rng.standard_normal((30, 1, 4))
    c = gru.forward(X).c
    by_weights = LSTM.of(blocks=blocks).pinned(Γ_o=1)
    by_tie = LSTM.of(blocks=blocks | {"Γ_f": c_tilde}).pinned(Γ_o=1).tied(Γ_f="1-Γ_u")
    for lstm in (by_weights, by_tie):
        assert abs(lstm.forward(X).c - c).max() < 1e-14
    assert abs(LSTM.of(blocks=blocks | {"Γ_f": u}).pinned(Γ_o=1).forward(X).c - c).max() > 0.1


@every_cell
def test_random_weights_have_the_radius_asked_for(kind: Any) -> None:
    """Each block of U has exactly the spectral radius asked for; the same seed gives the same cell."""
    first, second = (kind.random(np.random.default_rng(9), 3, 12, radius=1.7) for _ in range(2))
    for block in np.split(first.U, first.U.shape[1] // 12, axis=1):
        assert spectral_radius(block) == pytest.approx(1.7)
    assert all(
        (a == b).all()
        for a, b in zip(first.parameters().values(), second.parameters().values(), strict=True)
    )


def test_random_gains_are_standard_deviations() -> None:
    """W ~ N(0, input_gain²/D), U ~ N(0, gain²/H), b ~ N(0, bias²), within 5 %."""
    cell = LSTM.random(np.random.default_rng(0), 50, 60, input_gain=2, gain=0.5, bias=3)
    assert cell.W.std() == pytest.approx(2 / 50**0.5, rel=0.05)
    assert cell.U.std() == pytest.approx(0.5 / 60**0.5, rel=0.05)
    assert cell.b.std() == pytest.approx(3, rel=0.1)


@every_cell
def test_random_weights_are_plain_unless_asked_otherwise(kind: Any) -> None:
    """By default the gains are 1, the biases 0 and the dtype float64."""
    plain = kind.random(np.random.default_rng(0), 3, 4)
    told = kind.random(
        np.random.default_rng(0), 3, 4, input_gain=1, gain=1, bias=0, radius=None, dtype="float64"
    )
    for a, b in zip(plain.parameters().values(), told.parameters().values(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert plain.W.dtype == np.float64
    assert not plain.b.any()


def test_preactivations_give_the_states() -> None:
    """tanh of what ``preactivations`` returns is the trace's states."""
    cell, X = cell_and_inputs(RNN)
    trace = cell.forward(X)
    np.testing.assert_allclose(np.tanh(cell.preactivations(trace)), trace.states)


def test_sigmoid_is_finite_everywhere() -> None:
    """σ of every float32 up to the largest is in 0 … 1 and matches 1/(1+e⁻ᶻ) where that is safe."""
    z = np.linspace(-3e38, 3e38, 4001, dtype=np.float32)
    assert np.isfinite(sigmoid(z)).all()
    moderate = np.linspace(-30, 30, 601)
    np.testing.assert_allclose(sigmoid(moderate), 1 / (1 + np.exp(-moderate)), rtol=0, atol=3e-16)
    assert (sigmoid([-np.inf, 0, np.inf]) == [0, 0.5, 1]).all()


@pytest.mark.parametrize("factor", [3.0, 0.3])
def test_decades_count_growth_per_step(factor: float) -> None:
    """Jacobians k·I grow or shrink by log₁₀ k a step, far beyond what a float holds."""
    J = np.broadcast_to(factor * np.eye(4), (2000, 2, 4, 4))
    expected = np.log10(factor) * np.arange(1, 2001) + np.log10(2)  # ‖I‖ of 4 units is 2
    np.testing.assert_allclose(decades(J)[:, 1], expected)


def test_decades_of_a_product_that_is_zero_are_minus_infinity() -> None:
    """An exact zero is told as such, without a warning, and stays."""
    J = np.ones((3, 1, 2, 2))
    J[1] = 0
    assert (decades(J)[:, 0] == [np.log10(2), -np.inf, -np.inf]).all()


def test_adam_takes_the_published_steps() -> None:
    """Two steps worked out by hand from the paper's algorithm: gradients 1 and -2."""
    x = np.zeros(1)
    adam = Adam({"x": x}, rate=0.1)
    adam.step({"x": np.array([1.0])})
    np.testing.assert_allclose(x, -0.1, rtol=1e-7)
    adam.step({"x": np.array([-2.0])})
    # m̂ = (0.09 - 0.2)/(1 - 0.9²) = -0.578947; v̂ = 0.004999/(1 - 0.999²) = 2.500750
    np.testing.assert_allclose(x, -0.1 + 0.1 * 0.578947 / 2.500750**0.5, rtol=1e-5)


def test_adam_divides_by_root_and_epsilon_at_its_usual_rate() -> None:
    """With ε = 1 a first gradient of 1 moves by half the rate, which is 0.001 by default."""
    x = np.zeros(1)
    Adam({"x": x}, epsilon=1).step({"x": np.ones(1)})
    np.testing.assert_allclose(x, -0.0005)


def test_training_changes_the_cell_in_place() -> None:
    """Adam on ``parameters()`` teaches a GRU to remember the first of 10 inputs."""
    rng = np.random.default_rng(0)
    cell = GRU.random(rng, 1, 8).biased(Γ_u=-1)
    adam = Adam(cell.parameters(), rate=0.03)
    X = rng.standard_normal((10, 64, 1))
    losses = []
    for _ in range(150):
        trace = cell.forward(X)
        error = trace.last[:, :1] - np.sign(X[0])
        losses.append(float(np.mean(error**2)))
        dlast = np.zeros_like(trace.last)
        dlast[:, :1] = 2 * error / len(error)
        adam.step(cell.backward(trace, dlast=dlast).parameters())
    assert losses[-1] < 0.2 * losses[0]


def test_importing_the_cells_does_not_import_numpy() -> None:
    """A program that only lists experiments does not pay for NumPy."""
    code = "import sys, quizcli.demos.cells; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


W, U, b = np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(3)


def backward(**derivatives: Any) -> Any:
    cell = RNN(W, U, b)
    return cell.backward(cell.forward(np.zeros((4, 1, 2))), **derivatives)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: RNN(W, W, b), r"U must have the shape \(H, 1·H\)"),
        (lambda: RNN(U[:, :2], U, b), r"W must have the shape \(D, 3\)"),
        (lambda: RNN(W, U, b[:2]), r"b must have the shape \(3,\)"),
        (lambda: RNN(W.astype("f4"), U, b), "one float dtype"),
        (lambda: RNN(W.astype(int), U.astype(int), b.astype(int)), "one float dtype"),
        (lambda: RNN(W, U, b, g="tahn"), "did you mean 'tanh'"),  # type: ignore[arg-type]
        (lambda: RNN(W, U, b).forward(np.zeros((4, 3))), r"shape \(T, B, 2\)"),
        (lambda: RNN(W, U, b).forward(np.array([[0, 2]])), "numbered 0 to 1"),
        (lambda: RNN(W, U, b).forward(np.array([[-1]])), "numbered 0 to 1"),
        (lambda: RNN(W, U, b).forward(np.zeros((1, 1, 2)), np.zeros(2)), r"shape \(1, 3\)"),
        (lambda: backward(dstates=np.zeros((1, 3))), r"dstates must have the shape \(4, 1, 3\)"),
        (lambda: backward(dlast=np.zeros(3)), r"dlast must have the shape \(1, 3\)"),
        (
            lambda: LSTM.random(np.random.default_rng(0), 2, 3).backward(
                LSTM.random(np.random.default_rng(0), 2, 3).forward(np.zeros((4, 1, 2))),
                dc_last=np.zeros(3),
            ),
            r"dc_last must have the shape \(1, 3\)",
        ),
        (lambda: cell_and_inputs(GRU)[0].pinned(Γ_f=1), "no gate 'Γ_f'"),
        (lambda: cell_and_inputs(GRU)[0].pinned(c_tilde=1), "no gate 'c_tilde'"),
        (lambda: cell_and_inputs(GRU)[0].pinned(Γ_u=1.5), "from 0 to 1"),
        (lambda: cell_and_inputs(GRU)[0].pinned(Γ_u=math.nan), "from 0 to 1"),
        (lambda: cell_and_inputs(GRU)[0].pinned(Γ_u=np.zeros(3)), "from 0 to 1"),
        (lambda: cell_and_inputs(GRU)[0].biased(gamma=1), "no block 'gamma'"),
        (lambda: cell_and_inputs(LSTM)[0].tied(Γ_f="2-Γ_u"), "no gate '2-Γ_u'"),
        (lambda: cell_and_inputs(LSTM)[0].tied(Γ_f="1-Γ_f"), "bound already"),
        (lambda: cell_and_inputs(LSTM)[0].tied(Γ_f="Γ_u", Γ_u="Γ_o"), "bound already"),
        (lambda: cell_and_inputs(LSTM)[0].tied(Γ_f="Γ_u").pinned(Γ_f=1), "bound already"),
        (lambda: GRU.of(blocks={"Γ_u": Gate(W, U, b)}), "blocks Γ_u, Γ_r and c_tilde"),
        (lambda: replace(cell_and_inputs(ResetAfterGRU)[0], b_h=np.zeros(4)), "b_h must have"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(attempt: Any, message: str) -> None:
    """Wrong shapes, dtypes, names and values raise a ValueError that says what would be right."""
    with pytest.raises(ValueError, match=message):
        attempt()
