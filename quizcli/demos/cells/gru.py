"""The gated recurrent unit as the quiz writes it, and back-propagation through it.

Forward, for t = 1 … T (Chung et al. 2014; the weights of a block act on [c⟨t-1⟩, x⟨t⟩]):

    Γ_u  = σ(x⟨t⟩ W_u + c⟨t-1⟩ U_u + b_u)             update
    Γ_r  = σ(x⟨t⟩ W_r + c⟨t-1⟩ U_r + b_r)             reset
    c̃⟨t⟩ = tanh(x⟨t⟩ W_c + (Γ_r * c⟨t-1⟩) U_c + b_c)   the reset comes BEFORE the product
    c⟨t⟩ = Γ_u * c̃⟨t⟩ + (1-Γ_u) * c⟨t-1⟩               also the output: a⟨t⟩ = c⟨t⟩

Backward. Write dc for dL/dc⟨t⟩, and dz_k for the derivative to the argument of block k. With
σ′ = Γ(1-Γ) and tanh′ = 1-c̃², the last equation gives

    dz_u = dc * (c̃⟨t⟩ - c⟨t-1⟩) * Γ_u(1-Γ_u)
    dz_c = dc * Γ_u * (1-c̃⟨t⟩²)

and the third, through the product Γ_r * c⟨t-1⟩ whose derivative is  drc = dz_c U_cᵀ,

    dz_r = drc * c⟨t-1⟩ * Γ_r(1-Γ_r).

c⟨t-1⟩ is used in four places, so four terms flow back to it, and the loss at t-1 adds its own:

    dL/dc⟨t-1⟩ = ∂L/∂c⟨t-1⟩ + dc * (1-Γ_u) + drc * Γ_r + dz_u U_uᵀ + dz_r U_rᵀ

The second term is the point of the unit: where Γ_u ≈ 0 the derivative passes a step unchanged.
Everything that multiplies dc or drc above is known after the forward pass, so these factors are
computed for many steps at once and only the products with dc are left in the loop.
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
class GRUTrace:
    """What a forward pass leaves behind: ``c`` (T+1, B, H) with c⟨0⟩ first, the rest (T, B, H)."""

    X: Array
    c: Array
    Γ_u: Array
    Γ_r: Array
    c_tilde: Array

    @property
    def states(self) -> Array:
        """c⟨1⟩ … c⟨T⟩, (T, B, H)."""
        return self.c[1:]

    @property
    def last(self) -> Array:
        """c⟨T⟩, (B, H)."""
        return self.c[-1, ...]


@dataclass(frozen=True, slots=True, eq=False)
class GRU(gates.Gated):
    """Reset before the product. Blocks Γ_u, Γ_r, c̃: W (D, 3H), U (H, 3H), b (3H,)."""

    BLOCKS: ClassVar = ("Γ_u", "Γ_r", gates.CANDIDATE)

    def forward(
        self,
        X: ArrayLike,
        c0: ArrayLike | None = None,
        *,
        nudges: Mapping[str, ArrayLike] | None = None,
    ) -> GRUTrace:
        """All states for X (T, B, D), or (T, B) words; c0 (B, H) is zero if not given.

        ``nudges`` adds to the pre-activations of a block anything that broadcasts to (T, B, H).
        """
        X = shared.inputs(X, self.W.shape[0], self.W.dtype)
        (T, B), H = X.shape[:2], self.U.shape[0]
        weights = gates.effective(self)
        U = weights.U * gates.halves(self)
        U_ur, U_c = (np.ascontiguousarray(block) for block in np.split(U, [2 * H], axis=1))
        cU_ur, rc, rcU = (np.empty((B, n * H), U.dtype) for n in (2, 1, 1))
        with np.errstate(all="ignore"):
            Z = gates.arguments(self, X, weights, nudges)
            trace = GRUTrace(X, np.empty((T + 1, B, H), U.dtype), *np.split(Z, 3, axis=2))
            trace.c[0] = shared.initial(c0, B, H, U.dtype)
            for c_prev, c, Γ, Γ_u, Γ_r, c_tilde in zip(
                trace.c[:-1], trace.c[1:], Z[..., : 2 * H], trace.Γ_u, trace.Γ_r, trace.c_tilde,
                strict=True,
            ):  # fmt: skip
                np.dot(c_prev, U_ur, out=cU_ur)
                Γ += cU_ur
                np.tanh(Γ, out=Γ)
                Γ *= 0.5
                Γ += 0.5
                np.multiply(Γ_r, c_prev, out=rc)
                np.dot(rc, U_c, out=rcU)
                c_tilde += rcU
                np.tanh(c_tilde, out=c_tilde)
                np.subtract(c_tilde, c_prev, out=c)  # c⟨t-1⟩ + Γ_u (c̃ - c⟨t-1⟩): one product less
                c *= Γ_u
                c += c_prev
        return trace

    def step(self, x: ArrayLike, c: ArrayLike | None = None) -> Array:
        """c⟨t⟩ from x⟨t⟩ (B, D), or (B,) words, and c⟨t-1⟩ (B, H)."""
        return self.forward(np.asarray(x)[None], c).last

    def backward(
        self,
        trace: GRUTrace,
        dstates: ArrayLike | None = None,
        dlast: ArrayLike | None = None,
        *,
        clip: float | None = None,
    ) -> Gradients:
        """Gradients of a loss of which ∂L/∂c⟨t⟩ is ``dstates`` (T, B, H), plus ``dlast`` at T.

        ``clip`` holds each dL/dc⟨t⟩ (the whole batch's) to that length on its way back.
        """
        T, B, H = trace.states.shape
        W, U, _ = gates.effective(self)
        U_ur_T, U_c_T = np.split(shared.transposed(U), [2 * H])
        dC = shared.incoming(dstates, dlast, trace.c)
        dZ = np.empty((T, B, 3 * H), dC.dtype)
        dZ_ur, (dZ_u, dZ_r, dZ_c) = dZ[..., : 2 * H], np.split(dZ, 3, axis=2)
        drc, back = np.empty((2, B, H), dC.dtype)
        with np.errstate(all="ignore"):
            for time in shared.stretches(T, dZ[:1].nbytes):
                self._factors(trace, time, dZ[time])
                for dc, dc_prev, dz_ur, dz_u, dz_r, dz_c, Γ_r, keep in shared.backwards(
                    dC[1:][time], dC[:-1][time], dZ_ur[time], dZ_u[time], dZ_r[time], dZ_c[time],
                    trace.Γ_r[time], 1 - trace.Γ_u[time],
                ):  # fmt: skip
                    shared.hold(dc, clip)
                    dz_u *= dc  # these arrays hold factors until here: from now on, derivatives
                    dz_c *= dc
                    np.dot(dz_c, U_c_T, out=drc)
                    dz_r *= drc
                    np.dot(dz_ur, U_ur_T, out=back)
                    dc_prev += back
                    drc *= Γ_r
                    dc_prev += drc
                    keep *= dc
                    dc_prev += keep
            return self._gradients(trace, W, dZ, dC)

    @staticmethod
    def _factors(trace: GRUTrace, time: slice, out: Array) -> None:
        """What multiplies dc (blocks u and c) and drc (block r), for a stretch of time."""
        u, r, c_tilde = (Γ[time] for Γ in (trace.Γ_u, trace.Γ_r, trace.c_tilde))
        c_prev = trace.c[:-1][time]
        out_u, out_r, out_c = np.split(out, 3, axis=2)
        np.multiply(c_tilde - c_prev, u * (1 - u), out=out_u)
        np.multiply(c_prev, r * (1 - r), out=out_r)
        np.multiply(u, 1 - c_tilde * c_tilde, out=out_c)

    def _gradients(self, trace: GRUTrace, W: Array, dZ: Array, dC: Array) -> Gradients:
        """The sums over time, once all dz are known."""
        H, c_prev = dC.shape[2], trace.c[:-1]
        dW, dX = shared.input_gradients(trace.X, W, dZ)
        dU_ur = shared.state_gradient(c_prev, dZ[..., : 2 * H])
        dU_c = shared.state_gradient(trace.Γ_r * c_prev, dZ[..., 2 * H :])
        dU = np.concatenate([dU_ur, dU_c], axis=1)
        gradients = Gradients(dW, dU, dZ.sum((0, 1)), dX, dstates=dC[1:], dc0=dC[0])
        return gates.give_back(self, gradients)

    def jacobian(self, trace: GRUTrace) -> Array:
        """J[t, b, i, j] = ∂c_i⟨t⟩ / ∂c_j⟨t-1⟩, exact, (T, B, H, H): the four terms above."""
        (T, B, H), dtype = trace.states.shape, trace.c.dtype
        U_u, U_r, U_c = np.split(gates.effective(self).U, 3, axis=1)
        F = np.empty((T, B, 3 * H), dtype)
        with np.errstate(all="ignore"):
            self._factors(trace, slice(T), F)
            F_u, F_r, F_c = np.split(F[..., None], 3, axis=2)
            inner: Array = F_r * U_r.T
            _diagonal(inner)[...] += trace.Γ_r
            J: Array = U_c.T @ inner
            J *= F_c
            J += np.multiply(F_u, U_u.T, out=inner)
            _diagonal(J)[...] += 1 - trace.Γ_u
        return J


def _diagonal(matrices: Array) -> Array:
    """The diagonals of (…, H, H) matrices, to be changed in place."""
    diagonals: Array = np.einsum("...ii->...i", matrices)
    return diagonals
