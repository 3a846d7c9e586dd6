"""How a derivative grows or shrinks on its way through time: products of one-step Jacobians."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.shared import Array


def decades(jacobians: Array) -> Array:
    """log₁₀ ‖J⟨k⟩ J⟨k-1⟩ … J⟨1⟩‖ for every k, (T, B), from J (T, B, H, H); Frobenius norm.

    Over a hundred steps the product itself may under- or overflow, so its length is taken out at
    each step and only logarithms are added up. A product that is exactly zero gives -inf.
    """
    T, B, H = jacobians.shape[:3]
    product = np.broadcast_to(np.eye(H, dtype=jacobians.dtype), (B, H, H))
    total = np.zeros(B)
    found = np.empty((T, B))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        for t, J in enumerate(jacobians):
            product = J @ product
            length = np.sqrt(np.sum(np.square(product, dtype=np.float64), axis=(1, 2)))
            total += np.log10(length)
            found[t] = total
            product = product / np.where(length > 0, length, 1)[:, None, None].astype(J.dtype)
    return found
