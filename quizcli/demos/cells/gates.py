"""Pinned, tied and biased gates: all of them are stock gates with particular weights.

A gate is Γ = σ(x W + c U + b). Whatever an experiment wants of it can be said in W, U and b:

* *pinned* to v: W = U = 0 and b = ln(v/(1-v)), which is +∞ for v = 1 and -∞ for v = 0; σ(±∞) is
  exactly 1 or 0, so a pinned gate is exactly that in the forward pass, and since Γ(1-Γ) = 0,
  nothing flows back through it;
* *tied* as 1-Γ: because 1 - σ(z) = σ(-z), the weights of the other gate with the sign changed;
* *biased*: b plus a number.

So the loops of the cells know nothing of pins and ties. They run on the weights that
:func:`effective` prepares, and :func:`give_back` turns the gradients for those weights into the
gradients for the cell's own: none for a pinned gate; a tied gate's go to the gate it follows, with
the sign changed if it follows as 1-Γ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from quizcli.demos.cells import shared
from quizcli.numeric import np
from quizcli.report.words import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, DTypeLike

    from quizcli.demos.cells.gradients import Gradients
    from quizcli.demos.cells.shared import Array

CANDIDATE = "c_tilde"


class Gate(NamedTuple):
    """The weights of one block: W (D, H), U (H, H), b (H,)."""

    W: Array
    U: Array
    b: Array

    def complement(self) -> Gate:
        """The gate that is 1 - Γ wherever this one is Γ."""
        return Gate(-self.W, -self.U, -self.b)


@dataclass(frozen=True, slots=True, eq=False)
class Gated:
    """What the GRU and the LSTM share: W (D, n·H), U (H, n·H), b (n·H,), cut into ``BLOCKS``.

    ``pins`` maps a gate to its value in 0 … 1, a number or an (H,) array; ``ties`` maps a gate to
    "Γ" or "1-Γ" of another. They are best set with :meth:`pinned` and :meth:`tied`.
    """

    BLOCKS: ClassVar[tuple[str, ...]]

    W: Array
    U: Array
    b: Array
    pins: Mapping[str, ArrayLike] | None = None
    ties: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        shared.check_shapes(self.W, self.U, self.b, len(self.BLOCKS))
        pins, ties = self.pins or {}, self.ties or {}
        for name in (*pins, *ties):
            self._gate_named(name)
        for name, value in pins.items():
            v = np.asarray(value, float)
            if not ((v >= 0) & (v <= 1)).all() or v.shape not in ((), (len(self.U),)):
                raise ValueError(f"{name} can be pinned to a number from 0 to 1 — {v} given")
        for name, rule in ties.items():
            source = self._gate_named(_read(rule)[0])
            if name in pins or source in ties:
                raise ValueError(f"{name} cannot follow {source}: one of them is bound already")

    @classmethod
    def random(
        cls,
        rng: np.random.Generator,
        D: int,
        H: int,
        *,
        input_gain: float = 1.0,
        gain: float = 1.0,
        radius: float | None = None,
        bias: float = 0.0,
        dtype: DTypeLike = "float64",
        **options: Any,
    ) -> Self:
        """Random weights, see :func:`shared.draw`; ``radius`` holds for each H × H block of U."""
        return cls(
            *shared.draw(
                rng, D, H, len(cls.BLOCKS),
                input_gain=input_gain, gain=gain, radius=radius, bias=bias, dtype=dtype,
            ),
            **options,
        )  # fmt: skip

    @classmethod
    def of(cls, *, blocks: Mapping[str, Gate], **options: Any) -> Self:
        """A cell put together from the weights of each of its blocks, given by name."""
        if set(blocks) != set(cls.BLOCKS):
            raise ValueError(f"{cls.__name__} has the blocks {listed(cls.BLOCKS)}")
        parts = [blocks[name] for name in cls.BLOCKS]
        W, U, b = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
        return cls(W, U, b, **options)

    def gate(self, name: str) -> Gate:
        """The weights of one block, as views: writing into them changes the cell."""
        columns = self.columns(name)
        return Gate(self.W[:, columns], self.U[:, columns], self.b[columns])

    def pinned(self, **values: ArrayLike) -> Self:
        """The same weights with gates held at a value: ``cell.pinned(Γ_r=1)``."""
        return replace(self, pins={**(self.pins or {}), **values})

    def tied(self, **rules: str) -> Self:
        """The same weights with a gate made to follow another: ``cell.tied(Γ_f="1-Γ_u")``."""
        return replace(self, ties={**(self.ties or {}), **rules})

    def biased(self, **amounts: ArrayLike) -> Self:
        """The same weights with a number, or (H,), added to biases: ``cell.biased(Γ_u=-5)``."""
        b = self.b.copy()
        for name, amount in amounts.items():
            b[self.columns(name)] += np.asarray(amount, b.dtype)
        return replace(self, b=b)

    def parameters(self) -> dict[str, Array]:
        """The weights themselves, by name: changing them in place trains the cell."""
        return {"W": self.W, "U": self.U, "b": self.b}

    def columns(self, name: str) -> slice:
        """The columns of W, U and b that belong to one block."""
        if name not in self.BLOCKS:
            raise ValueError(
                f"{type(self).__name__} has no block '{name}' — {did_you_mean(name, self.BLOCKS)}"
            )
        H, k = len(self.U), self.BLOCKS.index(name)
        return slice(k * H, (k + 1) * H)

    def _gate_named(self, name: str) -> str:
        gates = [block for block in self.BLOCKS if block != CANDIDATE]
        if name not in gates:
            raise ValueError(
                f"{type(self).__name__} has no gate '{name}' — {did_you_mean(name, gates)}"
            )
        return name


def _read(rule: str) -> tuple[str, int]:
    """The gate that a rule follows, and the sign that its weights get: -1 for "1-Γ"."""
    bare = rule.replace(" ", "")
    return bare.removeprefix("1-"), -1 if bare.startswith("1-") else 1


def effective(cell: Gated) -> Gate:
    """The weights on which the loops run: the cell's own unless a gate is pinned or tied."""
    if not cell.pins and not cell.ties:
        return Gate(cell.W, cell.U, cell.b)
    bound = replace(cell, W=cell.W.copy(), U=cell.U.copy(), b=cell.b.copy())
    for name, value in (cell.pins or {}).items():
        W, U, b = bound.gate(name)
        v = np.asarray(value, np.float64)
        with np.errstate(divide="ignore"):
            W[...], U[...], b[...] = 0, 0, np.log(v) - np.log1p(-v)
    for name, rule in (cell.ties or {}).items():
        source, sign = _read(rule)
        for mine, theirs in zip(bound.gate(name), bound.gate(source), strict=True):
            np.multiply(theirs, sign, out=mine)
    return Gate(bound.W, bound.U, bound.b)


def halves(cell: Gated) -> Array:
    """(n·H,): ½ for the columns of the gates, 1 for those of the candidate.

    σ(z) = ½(1 + tanh(z/2)): with z halved beforehand, by way of the weights, one call of tanh
    serves gates and candidate alike. Halving a float is exact, so nothing is lost.
    """
    half = [1.0 if block == CANDIDATE else 0.5 for block in cell.BLOCKS]
    return np.repeat(half, len(cell.U)).astype(cell.U.dtype)


def arguments(
    cell: Gated, X: Array, weights: Gate, nudges: Mapping[str, ArrayLike] | None
) -> Array:
    """What σ and tanh are applied to, halved for the gates and still without the states' part.

    (T, B, n·H), with what ``nudges`` imposes from outside.
    """
    half = halves(cell)
    Z = shared.project(X, weights.W, weights.b, half)
    for name, amount in (nudges or {}).items():
        columns = cell.columns(name)
        Z[..., columns] += half[columns] * np.asarray(amount, Z.dtype)
    return Z


def give_back(cell: Gated, gradients: Gradients) -> Gradients:
    """Gradients for the effective weights → gradients for the cell's own, changed in place."""
    parts = (gradients.dW, gradients.dU, gradients.db)
    for name, rule in (cell.ties or {}).items():
        source, sign = _read(rule)
        follower, followed = cell.columns(name), cell.columns(source)
        for d in parts:
            d[..., followed] += sign * d[..., follower]
            d[..., follower] = 0
    for name in cell.pins or {}:
        for d in parts:
            d[..., cell.columns(name)] = 0
    return gradients
