"""The GRU with the reset after the product: the form that torch and Keras compute by default.

Forward. Only the candidate differs from the quiz's unit, and has a second bias:

    Γ_u  = σ(x⟨t⟩ W_u + c⟨t-1⟩ U_u + b_u)
    Γ_r  = σ(x⟨t⟩ W_r + c⟨t-1⟩ U_r + b_r)
    c̃⟨t⟩ = tanh(x⟨t⟩ W_c + b_c + Γ_r * (c⟨t-1⟩ U_c + b_h))
    c⟨t⟩ = Γ_u * c̃⟨t⟩ + (1-Γ_u) * c⟨t-1⟩

One product c⟨t-1⟩ U serves all three blocks, which is why libraries prefer it. (torch calls the
update gate z and lets it mean 1-Γ_u.)

Backward. With v = c⟨t-1⟩ U_c + b_h, kept from the forward pass,

    dz_u = dc * (c̃⟨t⟩ - c⟨t-1⟩) * Γ_u(1-Γ_u)
    dz_c = dc * Γ_u * (1-c̃⟨t⟩²)
    dz_r = dz_c * v * Γ_r(1-Γ_r)
    dv   = dz_c * Γ_r

All four are dc times something known beforehand, and what flows back is one product and one term:

    dL/dc⟨t-1⟩ = ∂L/∂c⟨t-1⟩ + [dz_u, dz_r, dv] Uᵀ + dc * (1-Γ_u)
"""

# ruff: noqa: PLC2401, PLW2901 — names are the symbols of the quiz, and the loops work in place:
# an array taken from zip is meant to be changed

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from quizcli.demos.cells import gates, shared
from quizcli.demos.cells.gradients import Gradients
from quizcli.demos.cells.gru import GRUTrace
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from quizcli.demos.cells.shared import Array


@dataclass(frozen=True, slots=True, eq=False)
class ResetAfterTrace(GRUTrace):
    """As the GRU's, and ``v`` = c⟨t-1⟩ U_c + b_h, which the reset gate multiplies, (T, B, H)."""

    v: Array


@dataclass(frozen=True, slots=True, eq=False)
class ResetAfterGRU(gates.Gated):
    """Reset after the product: a :class:`GRU` with b_h (H,) inside the reset, zero if not given."""

    BLOCKS: ClassVar = ("Γ_u", "Γ_r", gates.CANDIDATE)

    b_h: Array = field(default=None)  # type: ignore[arg-type]

    def __post_init__(self) -> None:
        gates.Gated.__post_init__(self)
        H = self.U.shape[0]
        if self.b_h is None:
            object.__setattr__(self, "b_h", np.zeros(H, self.U.dtype))
        if self.b_h.shape != (H,) or self.b_h.dtype != self.U.dtype:
            raise ValueError(f"b_h must have the shape ({H},) and U's dtype")

    def parameters(self) -> dict[str, Array]:
        """The weights themselves, by name: changing them in place trains the cell."""
        return {"W": self.W, "U": self.U, "b": self.b, "b_h": self.b_h}

    def forward(
        self,
        X: ArrayLike,
        c0: ArrayLike | None = None,
        *,
        nudges: Mapping[str, ArrayLike] | None = None,
    ) -> ResetAfterTrace:
        """All states for X (T, B, D), or (T, B) words; c0 (B, H) is zero if not given.

        ``nudges`` adds to the pre-activations of a block anything that broadcasts to (T, B, H).
        """
        X = shared.inputs(X, self.W.shape[0], self.W.dtype)
        (T, B), H = X.shape[:2], self.U.shape[0]
        weights = gates.effective(self)
        U = weights.U * gates.halves(self)
        cU, rv = np.empty((B, 3 * H), U.dtype), np.empty((B, H), U.dtype)
        cU_ur, cU_c = cU[:, : 2 * H], cU[:, 2 * H :]
        with np.errstate(all="ignore"):
            Z = gates.arguments(self, X, weights, nudges)
            c, v = np.empty((T + 1, B, H), U.dtype), np.empty((T, B, H), U.dtype)
            Γ_u, Γ_r, c_tilde = np.split(Z, 3, axis=2)
            trace = ResetAfterTrace(X, c, Γ_u, Γ_r, c_tilde, v)
            trace.c[0] = shared.initial(c0, B, H, U.dtype)
            for c_prev, c, v, Γ, Γ_u, Γ_r, c_tilde in zip(
                trace.c[:-1], trace.c[1:], trace.v, Z[..., : 2 * H],
                trace.Γ_u, trace.Γ_r, trace.c_tilde, strict=True,
            ):  # fmt: skip
                np.dot(c_prev, U, out=cU)
                Γ += cU_ur
                np.tanh(Γ, out=Γ)
                Γ *= 0.5
                Γ += 0.5
                np.add(cU_c, self.b_h, out=v)
                np.multiply(Γ_r, v, out=rv)
                c_tilde += rv
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
        trace: ResetAfterTrace,
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
        dC = shared.incoming(dstates, dlast, trace.c)
        dV = np.empty((T, B, 3 * H), dC.dtype)  # to c⟨t-1⟩ U + [0, 0, b_h]: blocks u, r, v
        blocks = dV.reshape(T, B, 3, H)
        back, U_T = np.empty((B, H), dC.dtype), shared.transposed(U)
        with np.errstate(all="ignore"):
            for time in shared.stretches(T, dV[:1].nbytes):
                self._factors(trace, time, dV[time])
                for dc, dc_prev, dv, dv_blocks, keep in shared.backwards(
                    dC[1:][time], dC[:-1][time], dV[time], blocks[time], 1 - trace.Γ_u[time]
                ):
                    shared.hold(dc, clip)
                    dv_blocks *= dc[:, None]  # factors until here: from now on, derivatives
                    np.dot(dv, U_T, out=back)
                    dc_prev += back
                    keep *= dc
                    dc_prev += keep
            return self._gradients(trace, W, dV, dC)

    @staticmethod
    def _factors(trace: ResetAfterTrace, time: slice, out: Array) -> None:
        """What multiplies dc in each block, for a stretch of time."""
        u, r, c_tilde, v = (Γ[time] for Γ in (trace.Γ_u, trace.Γ_r, trace.c_tilde, trace.v))
        out_u, out_r, out_v = np.split(out, 3, axis=2)
        np.multiply(c_tilde - trace.c[:-1][time], u * (1 - u), out=out_u)
        np.multiply(u * (1 - c_tilde * c_tilde), r, out=out_v)
        np.multiply(out_v, v * (1 - r), out=out_r)

    def _gradients(self, trace: ResetAfterTrace, W: Array, dV: Array, dC: Array) -> Gradients:
        """The sums over time, once all dv are known."""
        T = len(dV)
        dU = shared.state_gradient(trace.c[:-1], dV)
        _, _, dz_c = np.split(dV, 3, axis=2)
        db_h = dz_c.sum((0, 1))  # it is dv until here
        # To the inputs the third block is dz_c, which is dv without the reset gate.
        for time in shared.stretches(T, dC[:1].nbytes):
            slope = 1 - trace.c_tilde[time] * trace.c_tilde[time]
            slope *= trace.Γ_u[time]
            np.multiply(slope, dC[1:][time], out=dz_c[time])
        dW, dX = shared.input_gradients(trace.X, W, dV)
        db = dV.sum((0, 1))
        gradients = Gradients(dW, dU, db, dX, dstates=dC[1:], dc0=dC[0], db_h=db_h)
        return gates.give_back(self, gradients)

    def jacobian(self, trace: ResetAfterTrace) -> Array:
        """J[t, b, i, j] = ∂c_i⟨t⟩ / ∂c_j⟨t-1⟩, exact, (T, B, H, H)."""
        (T, B, H), dtype = trace.states.shape, trace.c.dtype
        F = np.empty((T, B, 3 * H), dtype)
        with np.errstate(all="ignore"):
            self._factors(trace, slice(T), F)
            J: Array = (1 - trace.Γ_u)[..., None] * np.eye(H, dtype=dtype)
            for k, U_k in enumerate(np.split(gates.effective(self).U, 3, axis=1)):
                J += F[..., k * H : (k + 1) * H, None] * U_k.T
        return J
