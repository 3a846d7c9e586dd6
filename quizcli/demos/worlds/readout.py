"""What is read from a random network's states, fitted by ridge regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.shared import Array


def with_constant(states: Array) -> Array:
    """States (…, H) and a 1 beside them, (…, H+1)."""
    return np.concatenate([states, np.ones_like(states[..., :1])], axis=-1)


def ridge(F: Array, wanted: Array, strength: float) -> Array:
    """The weights (H+1, K) by which F (N, H+1) is nearest to ``wanted`` (N, K)."""
    return np.linalg.solve(F.T @ F + strength * np.eye(F.shape[1]), F.T @ wanted)
