"""The result of back-propagation through time, the same for every cell."""

# ruff: noqa: N815 — dW is the derivative to W

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.shared import Array


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Derivatives of the loss; each has the shape of what it is named for.

    ``dX`` is None for words. ``dstates`` (T, B, H) is the *whole* derivative dL/da⟨t⟩ (GRU:
    dL/dc⟨t⟩): what the loss says of step t itself plus all that comes back from later steps.
    ``da0`` and ``dc0`` belong to the initial states that the cell has, ``db_h`` to the
    reset-after GRU.
    """

    dW: Array
    dU: Array
    db: Array
    dX: Array | None
    dstates: Array
    da0: Array | None = None
    dc0: Array | None = None
    db_h: Array | None = None

    def parameters(self) -> dict[str, Array]:
        """The derivatives by the names under which the cell's ``parameters()`` has the weights."""
        found = {"W": self.dW, "U": self.dU, "b": self.db}
        return found if self.db_h is None else found | {"b_h": self.db_h}

    def norm(self) -> float:
        """The Euclidean length of all weight gradients together, summed in float64."""
        with np.errstate(over="ignore", invalid="ignore"):
            squares = [np.sum(np.square(d, dtype=np.float64)) for d in self.parameters().values()]
            return float(np.sqrt(sum(squares)))

    def clipped(self, limit: float) -> Gradients:
        """These gradients, shortened together to the length ``limit`` where they are longer.

        A length of inf cannot be shortened (inf/inf is NaN): pass ``clip`` to ``backward``, which
        holds the derivative at bay while it is still finite.
        """
        length = self.norm()
        if length <= limit:
            return self
        with np.errstate(over="ignore", invalid="ignore"):
            shorter = {f"d{k}": d * (limit / length) for k, d in self.parameters().items()}
        return replace(self, **shorter)
