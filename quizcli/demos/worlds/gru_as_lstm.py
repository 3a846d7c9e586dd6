"""The weights of what is new and of what is kept in a GRU, read by intervention; an LSTM with gates
of a GRU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos.cells import GRU, LSTM, Gate, sigmoid
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from quizcli.demos.cells.shared import Array
    from quizcli.demos.evidence import (
        Claim,
    )


# A pre-activation that drives tanh to exactly ±1 whatever else is added to it.
DRIVEN = 1e3


def missed_weights(
    gru: GRU, gates: Mapping[str, Gate], X: Array
) -> tuple[dict[str, float], dict[str, float]]:
    """How far each quantity misses the weight of what is new, and of what is kept, in ``gru``.

    Every step of the run is a sequence of its own here, one step long, so that all are
    intervened in at once: inputs (1, T, D), old memories (T, H).
    """
    c_prev, x = gru.forward(X).c[:-1, 0], X.swapaxes(0, 1)
    U_u = gru.gate("Γ_u").U

    def with_candidate(sign: int) -> Array:
        return gru.forward(x, c_prev, nudges={"c_tilde": sign * DRIVEN}).last

    def with_memory(value: int) -> Array:
        # The update gate must not notice that the memory was changed: what the change adds to
        # its argument is taken off again. The candidate, driven to 1, notices nothing anyway.
        hidden: dict[str, ArrayLike] = {"Γ_u": (c_prev - value) @ U_u, "c_tilde": DRIVEN}
        return gru.forward(x, np.full_like(c_prev, value), nudges=hidden).last

    weight_of_new = (with_candidate(1) - with_candidate(-1)) / 2
    weight_of_kept = (with_memory(1) - with_memory(-1)) / 2
    values = {name: sigmoid(X[:, 0] @ g.W + c_prev @ g.U + g.b) for name, g in gates.items()}
    return (
        {name: float(abs(value - weight_of_new).max()) for name, value in values.items()},
        {name: float(abs(value - weight_of_kept).max()) for name, value in values.items()},
    )


def as_lstm(gru: GRU, gates: Mapping[str, Gate], claim: Claim, *, tanh_output: bool) -> LSTM:
    """A stock LSTM with the two claimed gates and the GRU's candidate; its output gate is open."""
    candidate = gru.gate("c_tilde")
    blocks = {
        "Γ_u": gates[str(claim["update"])],
        "Γ_f": gates[str(claim["forget"])],
        "c_tilde": candidate,
        "Γ_o": candidate,  # any weights will do: the gate is pinned
    }
    return LSTM.of(blocks=blocks, tanh_output=tanh_output).pinned(Γ_o=1)
