"""What every cell needs: σ, the input projection, weight gradients, drawing weights. The rule:
nothing here knows which cell it serves.

Conventions of the whole package. Arrays are time-major: inputs ``X`` are (T, B, D), states are
(T, B, H). Weights are stored (in, n·H), so a step reads ``x @ W + a @ U + b``; the n blocks of H
columns belong to the n gates and stand in the order of the cell's ``BLOCKS``. A derivative of the
loss is written with a leading d: ``dU`` is dL/dU and has U's shape.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import ArrayLike, DTypeLike, NDArray

    Array = NDArray[np.floating[Any]]

# Factors of the derivative are computed for as many steps as fit into this many bytes: a core's
# second-level cache, so that they are still at hand when the loop asks for them.
CACHE = 256 * 1024


def sigmoid(z: ArrayLike) -> Array:
    """σ(z) = 1/(1 + e⁻ᶻ), written ½(1 + tanh(z/2)) because that form cannot overflow."""
    half: Array = np.asarray(z) * 0.5
    return 0.5 * (1 + np.tanh(half))


def inputs(X: ArrayLike, D: int, dtype: DTypeLike) -> Array:
    """``X`` as an array of (T, B, D) in the dtype of the weights, or of (T, B) whole numbers.

    Whole numbers name rows of W: word k stands for the one-hot vector with its 1 at place k, and
    multiplying by a one-hot vector is reading a row. Raises ValueError for any other shape.
    """
    given = np.asarray(X)
    if given.dtype.kind in "iu" and given.ndim == 2:
        if given.size and not 0 <= given.min() <= given.max() < D:
            raise ValueError(
                f"words are numbered 0 to {D - 1} — {given.min()} to {given.max()} given"
            )
        return given
    if given.ndim != 3 or given.shape[2] != D:
        raise ValueError(
            f"inputs must have the shape (T, B, {D}), or (T, B) for words — {given.shape} given"
        )
    with np.errstate(over="ignore"):  # what float32 cannot hold is inf, silently
        return given.astype(dtype, copy=False)


def project(X: Array, W: Array, b: Array, scale: Array | float = 1.0) -> Array:
    """(x⟨t⟩ @ W + b) * scale for all steps at once, (T, B, n·H); ``scale`` is a number or (n·H,).

    The inputs do not wait for the states, so one large product before the loop replaces T small
    ones inside it. For words W may have many thousand rows: only those read are scaled.
    """
    scale = np.asarray(scale, W.dtype)
    if X.ndim == 2:
        Z: Array = W[X] * scale
    else:
        Z = (X.reshape(-1, W.shape[0]) @ (W * scale)).reshape(*X.shape[:2], len(b))
    Z += b * scale
    return Z


def input_gradients(X: Array, W: Array, dZ: Array) -> tuple[Array, Array | None]:
    """(dW, dX) from the gradients dZ (T, B, n·H) of all pre-activations.

    dW = Σₜ x⟨t⟩ᵀ dz⟨t⟩ is a sum of products over time, that is one product of the matrices in
    which all steps are stacked. dX is None for words, which have no derivative.
    """
    flat = dZ.reshape(-1, W.shape[1])
    if X.ndim == 2:
        return _sum_rows(X.reshape(-1), flat, W.shape[0]), None
    return X.reshape(-1, W.shape[0]).T @ flat, (flat @ W.T).reshape(X.shape)


def state_gradient(states: Array, dZ: Array) -> Array:
    """dU = Σₜ state⟨t-1⟩ᵀ dz⟨t⟩; ``states`` (T, B, H) are those that entered the steps."""
    return states.reshape(-1, states.shape[2]).T @ dZ.reshape(-1, dZ.shape[2])


def _sum_rows(words: Array, rows: Array, V: int) -> Array:
    """(V, n): row k is the sum of the ``rows`` whose word is k."""
    total = np.zeros((V, rows.shape[1]), rows.dtype)
    if words.size:
        order = np.argsort(words, kind="stable")
        found, starts = np.unique(words[order], return_index=True)
        total[found] = np.add.reduceat(rows[order], starts)
    return total


def initial(state: ArrayLike | None, B: int, H: int, dtype: DTypeLike) -> Array:
    """The state before the first step: zeros unless given; (H,) serves every sequence alike."""
    if state is None:
        return np.zeros((B, H), dtype)
    with np.errstate(over="ignore"):
        given = np.asarray(state, dtype)
    if given.shape not in ((H,), (1, H), (B, H)):
        raise ValueError(f"an initial state must have the shape ({B}, {H}) — {given.shape} given")
    return np.broadcast_to(given, (B, H))


def incoming(dstates: ArrayLike | None, dlast: ArrayLike | None, states: Array) -> Array:
    """A fresh (T+1, B, H) array of dL/dstate⟨t⟩ as far as the loss touches the states itself.

    ``states`` has the initial state first, and so has the result: zero there. ``dlast`` is added
    to the last step. The backward loop then adds what comes back through time, so the same array
    ends up holding the whole derivative.
    """
    d = np.empty_like(states)
    d[0] = 0
    d[1:] = 0 if dstates is None else given_derivative("dstates", dstates, d[1:])
    if dlast is not None:
        d[-1] += given_derivative("dlast", dlast, d[-1])
    return d


def given_derivative(name: str, given: ArrayLike, like: Array) -> Array:
    """``given`` in the dtype of ``like``. Raises ValueError unless it has the same shape."""
    if np.shape(given) != like.shape:
        raise ValueError(f"{name} must have the shape {like.shape} — {np.shape(given)} given")
    with np.errstate(over="ignore"):  # what float32 cannot hold is inf, silently
        return np.asarray(given, like.dtype)


def stretches(T: int, step: int) -> Iterator[slice]:
    """Stretches of time, the last first, short enough for the cache at ``step`` bytes a step."""
    length = max(1, CACHE // max(1, step))
    for stop in range(T, 0, -length):
        yield slice(max(0, stop - length), stop)


def backwards(*arrays: Array) -> Iterator[tuple[Array, ...]]:
    """One step of each array at a time, the last step first."""
    return zip(*(array[::-1] for array in arrays), strict=True)


def transposed(U: Array) -> Array:
    """Uᵀ, written out rather than viewed: in the loop BLAS multiplies by it up to twice as fast."""
    return np.ascontiguousarray(U.T)


def hold(d: Array, limit: float | None) -> None:
    """Shorten ``d`` in place to the Euclidean length ``limit`` where it is longer.

    The squares are summed in float64: those of a float32 near 1e20 would already be inf.
    """
    if limit is None:
        return
    flat = d.reshape(-1).astype(np.float64, copy=False)
    length = math.sqrt(np.dot(flat, flat))  # a third of the time of np.sum at these sizes
    if length > limit:
        d *= limit / length


def spectral_radius(U: ArrayLike) -> float:
    """The largest absolute eigenvalue of a square matrix: its growth per step in the long run."""
    return float(np.abs(np.linalg.eigvals(np.asarray(U, np.float64))).max())


def draw(
    rng: np.random.Generator,
    D: int,
    H: int,
    n: int,
    *,
    input_gain: float,
    gain: float,
    radius: float | None,
    bias: float,
    dtype: DTypeLike,
) -> tuple[Array, Array, Array]:
    """Random (W, U, b) for n blocks, always drawn in this order.

    W ~ N(0, input_gain²/D), U ~ N(0, gain²/H), b ~ N(0, bias²). With a ``radius``, each H × H
    block of U is then scaled to exactly that spectral radius, whatever the gain.
    """
    W = rng.standard_normal((D, n * H)) * (input_gain / D**0.5)
    U = rng.standard_normal((H, n * H)) * (gain / H**0.5)
    b = rng.standard_normal(n * H) * bias
    if radius is not None:
        for block in np.split(U, n, axis=1):
            np.multiply(block, radius / spectral_radius(block), out=block)
    return W.astype(dtype), U.astype(dtype), b.astype(dtype)


def check_shapes(W: Array, U: Array, b: Array, n: int) -> None:
    """Raises ValueError unless W is (D, n·H), U (H, n·H), b (n·H,), all of one float dtype."""
    if U.ndim != 2 or U.shape[1] != n * U.shape[0]:
        raise ValueError(f"U must have the shape (H, {n}·H) — {U.shape} given")
    wide = U.shape[1]
    if W.ndim != 2 or W.shape[1] != wide:
        raise ValueError(f"W must have the shape (D, {wide}) to match U — {W.shape} given")
    if b.shape != (wide,):
        raise ValueError(f"b must have the shape ({wide},) to match U — {b.shape} given")
    if U.dtype.kind != "f" or not W.dtype == U.dtype == b.dtype:
        raise ValueError(
            f"the weights must share one float dtype — {W.dtype}, {U.dtype}, {b.dtype} given"
        )
