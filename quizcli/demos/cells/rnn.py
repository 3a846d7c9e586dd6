"""The plain recurrent network, and back-propagation through time in its simplest form.

Forward, for t = 1 … T (the quiz writes W_ax for W and W_aa for U):

    z⟨t⟩ = x⟨t⟩ W + a⟨t-1⟩ U + b
    a⟨t⟩ = g(z⟨t⟩)

Backward. A state a⟨t⟩ is used twice: by the loss at step t, and by the next step. Its derivative
is the sum over both uses:

    dL/da⟨t⟩ = ∂L/∂a⟨t⟩ + dz⟨t+1⟩ Uᵀ
    dz⟨t⟩    = dL/da⟨t⟩ · g′(z⟨t⟩)

That is a recurrence which runs from t = T down to 1. It needs g′(z⟨t⟩), which for each of our
activations can be read off a⟨t⟩ itself, so nothing but the states has to be kept. The weights are
used at *every* step, so their derivatives are sums over all of them:

    dW = Σₜ x⟨t⟩ᵀ dz⟨t⟩     dU = Σₜ a⟨t-1⟩ᵀ dz⟨t⟩     db = Σₜ dz⟨t⟩     dx⟨t⟩ = dz⟨t⟩ Wᵀ

Going back one step multiplies by Uᵀ and by g′: over many steps that product shrinks to nothing or
grows without bound, which is the whole story of vanishing and exploding gradients (Bengio, Simard
and Frasconi 1994; Pascanu, Mikolov and Bengio 2013).
"""

# ruff: noqa: PLW2901 — the loops work in place: an array taken from zip is meant to be changed

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, Self

from quizcli.demos.cells import shared
from quizcli.demos.cells.gradients import Gradients
from quizcli.numeric import np
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, DTypeLike

    from quizcli.demos.cells.shared import Array

Activation = Literal["tanh", "relu", "identity", "sigmoid"]
ACTIVATIONS: tuple[Activation, ...] = ("tanh", "relu", "identity", "sigmoid")


@dataclass(frozen=True, slots=True, eq=False)
class RNNTrace:
    """What a forward pass leaves behind: the inputs and ``a`` (T+1, B, H), a⟨0⟩ first."""

    X: Array
    a: Array

    @property
    def states(self) -> Array:
        """a⟨1⟩ … a⟨T⟩, (T, B, H)."""
        return self.a[1:]

    @property
    def last(self) -> Array:
        """a⟨T⟩, (B, H)."""
        return self.a[-1, ...]


@dataclass(frozen=True, slots=True, eq=False)
class RNN:
    """a⟨t⟩ = g(x⟨t⟩ W + a⟨t-1⟩ U + b); W (D, H), U (H, H), b (H,), all of one float dtype."""

    W: Array
    U: Array
    b: Array
    g: Activation = "tanh"

    def __post_init__(self) -> None:
        shared.check_shapes(self.W, self.U, self.b, 1)
        if self.g not in ACTIVATIONS:
            hint = did_you_mean(self.g, ACTIVATIONS)
            raise ValueError(f"'{self.g}' is not an activation of this cell — {hint}")

    @classmethod
    def random(
        cls,
        rng: np.random.Generator,
        D: int,
        H: int,
        *,
        g: Activation = "tanh",
        input_gain: float = 1.0,
        gain: float = 1.0,
        radius: float | None = None,
        bias: float = 0.0,
        dtype: DTypeLike = "float64",
    ) -> Self:
        """Random weights, see :func:`shared.draw`; ``radius`` sets U's spectral radius exactly."""
        return cls(
            *shared.draw(
                rng, D, H, 1,
                input_gain=input_gain, gain=gain, radius=radius, bias=bias, dtype=dtype,
            ),
            g,
        )  # fmt: skip

    def parameters(self) -> dict[str, Array]:
        """The weights themselves, by name: changing them in place trains the cell."""
        return {"W": self.W, "U": self.U, "b": self.b}

    def forward(self, X: ArrayLike, a0: ArrayLike | None = None) -> RNNTrace:
        """All states for the inputs X (T, B, D), or (T, B) words; a0 (B, H) is zero if not given.

        Overflow gives inf, silently: whether it happens is what some experiments ask.
        """
        X = shared.inputs(X, self.W.shape[0], self.W.dtype)
        T, B, H = *X.shape[:2], self.U.shape[0]
        trace = RNNTrace(X, np.empty((T + 1, B, H), self.W.dtype))
        trace.a[0] = shared.initial(a0, B, H, self.W.dtype)
        aU, activate = np.empty((B, H), self.W.dtype), self._activation()
        with np.errstate(all="ignore"):
            trace.a[1:] = shared.project(X, self.W, self.b)
            for a_prev, a in pairwise(trace.a):
                np.dot(a_prev, self.U, out=aU)
                a += aU  # z⟨t⟩, which then becomes a⟨t⟩ in place
                activate(a, a)
        return trace

    def step(self, x: ArrayLike, a: ArrayLike | None = None) -> Array:
        """a⟨t⟩ from x⟨t⟩ (B, D), or (B,) words, and a⟨t-1⟩ (B, H)."""
        return self.forward(np.asarray(x)[None], a).last

    def preactivations(self, trace: RNNTrace) -> Array:
        """z⟨1⟩ … z⟨T⟩, (T, B, H)."""
        with np.errstate(all="ignore"):
            return shared.project(trace.X, self.W, self.b) + trace.a[:-1] @ self.U

    def backward(
        self,
        trace: RNNTrace,
        dstates: ArrayLike | None = None,
        dlast: ArrayLike | None = None,
        *,
        clip: float | None = None,
    ) -> Gradients:
        """Gradients of a loss of which ∂L/∂a⟨t⟩ is ``dstates`` (T, B, H), plus ``dlast`` at T.

        ``clip`` holds each dL/da⟨t⟩ (the whole batch's) to that length on its way back.
        """
        dA = shared.incoming(dstates, dlast, trace.a)
        dZ = np.empty_like(trace.states)
        back, U_T = np.empty_like(dA[0]), shared.transposed(self.U)
        with np.errstate(all="ignore"):
            for time in shared.stretches(len(dZ), back.nbytes):
                dZ[time] = self._slope(trace.states[time])
                for da, da_prev, dz in shared.backwards(dA[1:][time], dA[:-1][time], dZ[time]):
                    shared.hold(da, clip)
                    dz *= da  # it held g′ until here
                    np.dot(dz, U_T, out=back)
                    da_prev += back
            dW, dX = shared.input_gradients(trace.X, self.W, dZ)
            dU = shared.state_gradient(trace.a[:-1], dZ)
            return Gradients(dW, dU, dZ.sum((0, 1)), dX, dstates=dA[1:], da0=dA[0])

    def jacobian(self, trace: RNNTrace) -> Array:
        """J[t, b, i, j] = ∂a_i⟨t⟩ / ∂a_j⟨t-1⟩, exact, (T, B, H, H)."""
        with np.errstate(all="ignore"):
            return self._slope(trace.states)[..., :, None] * self.U.T

    def _activation(self) -> Callable[[Array, Array], object]:
        """g, as it is asked for at each step: from an array to itself."""
        if self.g == "tanh":
            return np.tanh
        return {"relu": _relu, "sigmoid": _sigmoid, "identity": _identity}[self.g]

    def _slope(self, a: Array) -> Array:
        """g′(z), read off a = g(z)."""
        if self.g == "tanh":
            return 1 - a * a
        if self.g == "relu":
            return (a > 0).astype(a.dtype)
        if self.g == "sigmoid":
            return a * (1 - a)
        return np.ones_like(a)


def _relu(z: Array, out: Array) -> None:
    np.maximum(z, 0, out=out)


def _identity(z: Array, out: Array) -> None:
    """Nothing to do: ``out`` is z."""


def _sigmoid(z: Array, out: Array) -> None:
    out[...] = shared.sigmoid(z)
