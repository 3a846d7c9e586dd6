"""Long short-term memory, as the quiz and as libraries write it, and back-propagation through it.

Forward, for t = 1 … T:

    Γ_u  = σ(x⟨t⟩ W_u + a⟨t-1⟩ U_u + b_u)       update
    Γ_f  = σ(x⟨t⟩ W_f + a⟨t-1⟩ U_f + b_f)       forget
    c̃⟨t⟩ = tanh(x⟨t⟩ W_c + a⟨t-1⟩ U_c + b_c)    candidate
    Γ_o  = σ(x⟨t⟩ W_o + a⟨t-1⟩ U_o + b_o)       output
    c⟨t⟩ = Γ_u * c̃⟨t⟩ + Γ_f * c⟨t-1⟩
    a⟨t⟩ = Γ_o * c⟨t⟩                           as the quiz writes it
    a⟨t⟩ = Γ_o * tanh(c⟨t⟩)                     the usual form: ``tanh_output=True``

Backward. Two derivatives travel back through time, da = dL/da⟨t⟩ and dc = dL/dc⟨t⟩. First a⟨t⟩
passes its share on to c⟨t⟩ and to the output gate; h is c⟨t⟩ or tanh(c⟨t⟩), h′ is 1 or 1-h²:

    dc  += da * Γ_o * h′
    dz_o = da * h * Γ_o(1-Γ_o)

then c⟨t⟩ passes its own to the three that made it:

    dz_u = dc * c̃⟨t⟩ * Γ_u(1-Γ_u)
    dz_f = dc * c⟨t-1⟩ * Γ_f(1-Γ_f)
    dz_c = dc * Γ_u * (1-c̃⟨t⟩²)

and the step before receives

    dL/da⟨t-1⟩ = ∂L/∂a⟨t-1⟩ + [dz_u, dz_f, dz_c, dz_o] Uᵀ
    dL/dc⟨t-1⟩ = dc * Γ_f          (to which a⟨t-1⟩ then adds its share)

The last line is the point of the cell: where Γ_f ≈ 1, dc passes a step unchanged, with no weights
in the way (Hochreiter and Schmidhuber 1997; the forget gate is Gers et al. 2000).

The blocks stand in the order in which they are used: the three that make c⟨t⟩ are neighbours, so
that one product with dc serves them all.
"""

# ruff: noqa: PLC2401, PLW2901 — names are the symbols of the quiz, and the loops work in place:
# an array taken from zip is meant to be changed

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from quizcli.demos.cells import gates, shared
from quizcli.demos.cells.gradients import Gradients
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from quizcli.demos.cells.shared import Array


@dataclass(frozen=True, slots=True, eq=False)
class LSTMTrace:
    """What a forward pass leaves behind.

    ``a`` and ``c`` are (T+1, B, H) with a⟨0⟩ and c⟨0⟩ first, the rest (T, B, H). ``h`` is what the
    output gate lets through: c⟨t⟩ or tanh(c⟨t⟩).
    """

    X: Array
    a: Array
    c: Array
    Γ_u: Array
    Γ_f: Array
    c_tilde: Array
    Γ_o: Array
    h: Array

    @property
    def states(self) -> Array:
        """a⟨1⟩ … a⟨T⟩, (T, B, H)."""
        return self.a[1:]

    @property
    def last(self) -> Array:
        """a⟨T⟩, (B, H)."""
        return self.a[-1, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LSTM(gates.Gated):
    """Blocks Γ_u, Γ_f, c̃, Γ_o: W (D, 4H), U (H, 4H), b (4H,)."""

    BLOCKS: ClassVar = ("Γ_u", "Γ_f", gates.CANDIDATE, "Γ_o")

    tanh_output: bool = False

    def forward(
        self,
        X: ArrayLike,
        a0: ArrayLike | None = None,
        c0: ArrayLike | None = None,
        *,
        nudges: Mapping[str, ArrayLike] | None = None,
    ) -> LSTMTrace:
        """All states for X (T, B, D), or (T, B) words; a0 and c0 (B, H) are zero if not given.

        ``nudges`` adds to the pre-activations of a block anything that broadcasts to (T, B, H).
        """
        X = shared.inputs(X, self.W.shape[0], self.W.dtype)
        (T, B), H = X.shape[:2], self.U.shape[0]
        weights = gates.effective(self)
        U = weights.U * gates.halves(self)
        aU, kept = np.empty((B, 4 * H), U.dtype), np.empty((B, H), U.dtype)
        scale, shift = _logistic(self)
        with np.errstate(all="ignore"):
            Z = gates.arguments(self, X, weights, nudges)
            a, c = np.empty((2, T + 1, B, H), U.dtype)
            a[0], c[0] = (shared.initial(start, B, H, U.dtype) for start in (a0, c0))
            h = np.empty((T, B, H), U.dtype) if self.tanh_output else c[1:]
            Γ_u, Γ_f, c_tilde, Γ_o = np.split(Z, 4, axis=2)
            trace = LSTMTrace(X, a, c, Γ_u, Γ_f, c_tilde, Γ_o, h)
            for a_prev, c_prev, a, c, h, z, Γ_u, Γ_f, c_tilde, Γ_o in zip(
                trace.a[:-1], trace.c[:-1], trace.a[1:], trace.c[1:], trace.h, Z,
                trace.Γ_u, trace.Γ_f, trace.c_tilde, trace.Γ_o, strict=True,
            ):  # fmt: skip
                np.dot(a_prev, U, out=aU)
                z += aU
                np.tanh(z, out=z)
                z *= scale  # ½(1 + tanh) for the gates; the candidate stays as it is
                z += shift
                np.multiply(Γ_u, c_tilde, out=c)
                np.multiply(Γ_f, c_prev, out=kept)
                c += kept
                if self.tanh_output:
                    np.tanh(c, out=h)
                np.multiply(Γ_o, h, out=a)
        return trace

    def step(
        self, x: ArrayLike, a: ArrayLike | None = None, c: ArrayLike | None = None
    ) -> tuple[Array, Array]:
        """(a⟨t⟩, c⟨t⟩) from x⟨t⟩ (B, D), or (B,) words, and a⟨t-1⟩, c⟨t-1⟩ (B, H)."""
        trace = self.forward(np.asarray(x)[None], a, c)
        return trace.last, trace.c[-1]

    def backward(
        self,
        trace: LSTMTrace,
        dstates: ArrayLike | None = None,
        dlast: ArrayLike | None = None,
        *,
        dc_last: ArrayLike | None = None,
        clip: float | None = None,
    ) -> Gradients:
        """Gradients of a loss of which ∂L/∂a⟨t⟩ is ``dstates`` (T, B, H), plus ``dlast`` at T.

        ``dc_last`` is ∂L/∂c⟨T⟩. ``clip`` holds each dL/da⟨t⟩ and each dL/dc⟨t⟩ (the whole
        batch's) to that length on its way back.
        """
        T, B, H = trace.states.shape
        W, U, _ = gates.effective(self)
        dA = shared.incoming(dstates, dlast, trace.a)
        dc = np.zeros((B, H), dA.dtype)
        if dc_last is not None:
            dc += shared.given_derivative("dc_last", dc_last, dc)
        dZ = np.empty((T, B, 4 * H), dA.dtype)
        blocks = dZ.reshape(T, B, 4, H)
        back, U_T = np.empty((B, H), dA.dtype), shared.transposed(U)
        with np.errstate(all="ignore"):
            for time in shared.stretches(T, dZ[:1].nbytes):
                share = self._factors(trace, time, dZ[time])
                for da, da_prev, to_c, dz, dz_ufc, dz_o, Γ_f in shared.backwards(
                    dA[1:][time], dA[:-1][time], share, dZ[time], blocks[time, :, :3],
                    blocks[time, :, 3], trace.Γ_f[time],
                ):  # fmt: skip
                    shared.hold(da, clip)
                    to_c *= da  # these arrays hold factors until here: from now on, derivatives
                    dc += to_c
                    shared.hold(dc, clip)
                    dz_ufc *= dc[:, None]
                    dz_o *= da
                    np.dot(dz, U_T, out=back)
                    da_prev += back
                    dc *= Γ_f
            dW, dX = shared.input_gradients(trace.X, W, dZ)
            dU = shared.state_gradient(trace.a[:-1], dZ)
            gradients = Gradients(dW, dU, dZ.sum((0, 1)), dX, dstates=dA[1:], da0=dA[0], dc0=dc)
        return gates.give_back(self, gradients)

    def _factors(self, trace: LSTMTrace, time: slice, out: Array) -> Array:
        """For a stretch of time: into ``out`` what multiplies dc (u, f, c̃) and da (o).

        Returns Γ_o * h′, the share of da that goes to dc.
        """
        u, f, c_tilde, o, h = (
            Γ[time] for Γ in (trace.Γ_u, trace.Γ_f, trace.c_tilde, trace.Γ_o, trace.h)
        )
        out_u, out_f, out_c, out_o = np.split(out, 4, axis=2)
        np.multiply(c_tilde, u * (1 - u), out=out_u)
        np.multiply(trace.c[:-1][time], f * (1 - f), out=out_f)
        np.multiply(u, 1 - c_tilde * c_tilde, out=out_c)
        np.multiply(h, o * (1 - o), out=out_o)
        return o * (1 - h * h) if self.tanh_output else o.copy()

    def jacobian(self, trace: LSTMTrace) -> Array:
        """The exact derivative of the whole state (a, c)⟨t⟩ to (a, c)⟨t-1⟩, (T, B, 2H, 2H).

        ``J[..., :H, :H]`` is ∂a/∂a, ``J[..., :H, H:]`` ∂a/∂c, ``J[..., H:, :H]`` ∂c/∂a and
        ``J[..., H:, H:]`` ∂c/∂c with a⟨t-1⟩ held, which is diagonal: Γ_f.
        """
        (T, B, H), dtype = trace.states.shape, trace.a.dtype
        U_u, U_f, U_c, U_o = np.split(gates.effective(self).U, 4, axis=1)
        F = np.empty((T, B, 4 * H), dtype)
        J = np.empty((T, B, 2 * H, 2 * H), dtype)
        with np.errstate(all="ignore"):
            share = self._factors(trace, slice(T), F)[..., None]
            F_u, F_f, F_c, F_o = np.split(F[..., None], 4, axis=2)
            c_from_a = F_u * U_u.T + F_f * U_f.T + F_c * U_c.T
            c_from_c = trace.Γ_f[..., None] * np.eye(H, dtype=dtype)
            J[..., H:, :H], J[..., H:, H:] = c_from_a, c_from_c
            J[..., :H, :H] = share * c_from_a + F_o * U_o.T
            J[..., :H, H:] = share * c_from_c
        return J


def _logistic(cell: LSTM) -> tuple[Array, Array]:
    """(scale, shift), each (4H,), that turn tanh into σ for the gates and spare the candidate."""
    scale = gates.halves(cell)
    return scale, 1 - scale
