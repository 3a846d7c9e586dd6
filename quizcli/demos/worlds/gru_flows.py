"""What becomes of a gradient on its way back through GRUs whose gates are held."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import GRU, decades
from quizcli.demos.worlds.memory import afford
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from quizcli.demos.cells.shared import Array


LITTLE_A_STEP = 0.01  # powers of ten by which a length may change: 2% a step


LITTLE = 1.0  # the same in all, where that would be less


OPEN = 1e3  # a bias that puts a gate at 1 exactly


INPUTS = 8


MEMORY = 32 * 2**20  # bytes for the Jacobians of a network; about as much as takes two seconds


TOGETHER = 8 * 2**20  # bytes of those that are multiplied at once


@dataclass(frozen=True, slots=True)
class Flow:
    """What was measured of one claim.

    ``gate`` is the remaining gate's mean over units, steps and networks; ``ends`` has, for each
    network, the powers of ten by which the gradient's length has changed after all steps (negative:
    shrunk); ``path`` the same after each step, in the network that is drawn.
    """

    gate: float
    ends: tuple[float, ...]
    path: tuple[float, ...]

    @property
    def kept(self) -> int:
        """How many of the networks keep the gradient's length."""
        return sum(abs(end) <= little(len(self.path)) for end in self.ends)

    @property
    def typical(self) -> float:
        """The median of the ends, in powers of ten."""
        return float(np.median(self.ends))


def little(steps: int) -> float:
    return max(LITTLE, LITTLE_A_STEP * steps)


def refuse_too_large(T: int, H: int, count: int) -> None:
    """Raises DemoError before anything is computed; each step has an H × H Jacobian."""
    what = f"the Jacobians of {T:,} steps and {H} units"
    afford(8 * T * H * H * count, MEMORY, what, "take fewer of either")


def random_network(rng: np.random.Generator, H: int, drive: float, radius: float) -> GRU:
    """A random one, whose candidate's recurrent matrix has this spectral radius.

    The gates' have 1, so that a gate stays about where its bias puts it.
    """
    gru = GRU.random(rng, INPUTS, H, input_gain=drive, radius=1.0)
    c_tilde = gru.gate("c_tilde")
    blocks = {"Γ_u": gru.gate("Γ_u"), "Γ_r": gru.gate("Γ_r")}
    return GRU.of(blocks={**blocks, "c_tilde": c_tilde._replace(U=c_tilde.U * radius)})


def measure_flows(
    networks: Sequence[GRU], X: Array, asked: Sequence[tuple[str, float]], bias: float
) -> list[Flow]:
    """One flow for each claim that is asked, and one of plain RNNs; the first network is drawn.

    The biases come to a network as nudges, so that all claims run through it in one batch.
    """
    left = np.array([logit(other, bias) for _, other in asked] + [OPEN])
    update = np.array([removed == "update" for removed, _ in asked] + [True])
    nudges: dict[str, ArrayLike] = {
        "Γ_u": np.where(update, OPEN, left)[:, None],
        "Γ_r": np.where(update, left, OPEN)[:, None],
    }
    gates, changes, H = [], [], len(networks[0].U)
    group = max(1, int(TOGETHER / (8 * len(X) * len(left) * H * H)))
    for first in range(0, len(networks), group):
        jacobians = []
        for gru in networks[first : first + group]:
            trace = gru.forward(np.repeat(X, len(left), axis=1), nudges=nudges)
            gate = np.where(update[:, None], trace.Γ_r, trace.Γ_u)
            gates.append(gate.mean(axis=(0, 2)))
            jacobians.append(gru.jacobian(trace))
        # The identity's length √H counts as 1.
        found = decades(np.concatenate(jacobians, axis=1)) - math.log10(H) / 2
        changes += np.split(found, len(jacobians), axis=1)
    return [
        Flow(
            gate=float(np.mean(gates[1:], axis=0)[k]),
            ends=tuple(float(change[-1, k]) for change in changes[1:]),
            path=tuple(changes[0][:, k].tolist()),
        )
        for k in range(len(left))
    ]


def logit(gate: float, limit: float) -> float:
    """The bias that puts σ at ``gate``, held to ± ``limit``: 0 and 1 would need an infinite one."""
    if gate in (0, 1):
        return limit if gate else -limit
    return max(-limit, min(limit, math.log(gate) - math.log1p(-gate)))
