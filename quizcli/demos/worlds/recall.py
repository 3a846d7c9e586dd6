"""Recalling the first input: a recurrent network, plain gradient descent, and what becomes of it.

The rule of this file: overflow is an outcome like any other. It is counted, not warned of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.demos.cells.shared import hold
from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.rnn import Activation
    from quizcli.demos.cells.shared import Array

INPUTS, SEQUENCES, RATE = 2, 4, 0.01
TRIED = 4001  # values of z for which g and its slope are looked at


@dataclass(frozen=True, slots=True)
class RecallWorld:
    """A network and the size of its inputs, which is about the size of its z."""

    label: str
    g: Activation
    radius: float = 0.5
    scale: float = 1.0
    T: int = 30
    H: int = 16
    dtype: str = "float64"


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Where a run begins: weights, readout W_ya (H, 1), inputs X (T, B, D) and targets y (B, 1)."""

    cell: RNN
    W_ya: Array
    X: Array
    y: Array


@dataclass(frozen=True, slots=True)
class Run:
    """What is seen of one run of gradient descent.

    ``nan``: the share of NaN among all weights and activations at its end. Of the first gradient,
    ``length`` is the norm of all its weights, and ``growth`` that of dL/da at step 1, as a multiple
    of that at step T; both are inf after overflow. ``overflowed``: some update met a gradient that
    has left the range of its numbers.
    """

    nan: float
    length: float
    growth: float
    overflowed: bool


def memory(world: RecallWorld) -> float:
    """Bytes that a run needs: some six arrays of (T, B, H), for states, gradients and factors."""
    return 6.0 * world.T * SEQUENCES * world.H * np.dtype(world.dtype).itemsize


def draw(rng: np.random.Generator, world: RecallWorld) -> Start:
    """Random weights and inputs; the target is the first input of step 1, at its usual size."""
    dtype = np.dtype(world.dtype)
    cell = RNN.random(rng, INPUTS, world.H, g=world.g, radius=world.radius, dtype=dtype)
    W_ya = rng.standard_normal((world.H, 1)) / world.H**0.5
    X = rng.standard_normal((world.T, SEQUENCES, INPUTS))
    return Start(
        cell, W_ya.astype(dtype), (X * world.scale).astype(dtype), X[0, :, :1].astype(dtype)
    )


def largest_z(start: Start) -> float:
    """The largest |z|; for bounded activations a bound on it, which holds for any sequence.

    Where a gradient explodes the states are chaotic, and their last digits are the machine's own;
    a bound is the same everywhere.
    """
    cell, X = start.cell, start.X
    if cell.g in {"tanh", "sigmoid"}:
        return float(np.abs(X @ cell.W + cell.b).max() + np.abs(cell.U).sum(axis=0).max())
    return _finite(float(np.abs(cell.preactivations(cell.forward(X))).max()))


def descend(start: Start, updates: int, clip: float | None = None) -> Run:
    """Plain gradient descent on the mean of ½ (a⟨T⟩ W_ya - y)²; stops when all is NaN.

    With ``clip``, neither the error nor any dL/da⟨t⟩ is longer than that, nor the gradient of the
    cell, nor that of W_ya.
    """
    cell, W_ya = _copy(start.cell), start.W_ya.copy()
    rate = start.X.dtype.type(RATE)
    length, growth, overflowed = 0.0, 0.0, False
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(updates):
            trace = cell.forward(start.X)
            if np.isnan(trace.states).all() and np.isnan(W_ya).all():
                break
            error = (trace.last @ W_ya - start.y) / SEQUENCES
            hold(error, clip)
            gradients = cell.backward(trace, dlast=error @ W_ya.T, clip=clip)
            now = _finite(gradients.norm())
            overflowed |= now == np.inf
            if update == 0:
                length = now
                first, last = gradients.dstates[0], gradients.dstates[-1]
                growth = _finite(norm(first) / max(norm(last), np.finfo(float).tiny))
            dW_ya = trace.last.T @ error
            if clip is not None:
                gradients = gradients.clipped(clip)
                dW_ya *= min(1.0, clip / max(norm(dW_ya), clip))
            weights, slopes = cell.parameters(), gradients.parameters()
            for name in weights:
                weights[name] -= rate * slopes[name]
            W_ya -= rate * dW_ya
        numbers = (cell.forward(start.X).states, *cell.parameters().values(), W_ya)
    invalid = sum(int(np.isnan(array).sum()) for array in numbers)
    return Run(invalid / sum(array.size for array in numbers), length, growth, overflowed)


def tried(g: Activation) -> int:
    """How many of ``TRIED`` values of z, up to ±3e38, make g or its slope NaN in 32 bits."""
    sizes = np.logspace(-6, np.log10(3e38), TRIED // 2)
    z = np.concatenate([-sizes, [0.0], sizes]).astype("float32").reshape(1, -1, 1)
    one, zero = np.ones((1, 1), "float32"), np.zeros((1, 1), "float32")
    cell = RNN(one, zero, zero[0], g)  # a single unit without memory: a = g(z), dL/dz = g'(z)
    trace = cell.forward(z)
    slope = cell.backward(trace, dlast=np.ones_like(trace.last)).dX
    assert slope is not None
    return int(np.isnan(trace.last).sum() + np.isnan(slope).sum())


def _copy(cell: RNN) -> RNN:
    return replace(cell, W=cell.W.copy(), U=cell.U.copy(), b=cell.b.copy())


def norm(array: Array) -> float:
    """The Euclidean length of all entries together, summed in float64."""
    return float(np.sqrt(np.sum(np.square(array, dtype=np.float64))))


def _finite(value: float) -> float:
    """``value``, and inf for NaN as well: both are overflow."""
    return value if np.isfinite(value) else float("inf")
