"""The parts of a transformer with random weights: self-attention, attention to an encoder, stacks.

The rule: what is not seen moves nothing, to the last bit, so that "exactly 0" can be asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.worlds.language import softmax
from quizcli.numeric import np

if TYPE_CHECKING:
    from quizcli.demos.cells.shared import Array


class Head(NamedTuple):
    """One head of attention; each of its matrices is (d, d)."""

    query: Array
    key: Array
    value: Array

    def attend(self, X: Array, to: Array, *, causal: bool = False) -> Array:
        """What the words X (T, d) hear of the words ``to`` (S, d), each for itself; with a
        ``causal`` mask word t hears those up to t."""
        scores = (X @ self.query) @ (to @ self.key).T / X.shape[1] ** 0.5
        if causal:
            scores = np.where(np.tri(*scores.shape) > 0, scores, -np.inf)
        return np.asarray(softmax(scores) @ (to @ self.value))


def heads(rng: np.random.Generator, count: int, d: int, mixing: float) -> list[Head]:
    """Random heads; ``mixing`` is the size of what they hear, and 0 makes them deaf."""
    query, key, value = rng.standard_normal((3, count, d, d)) / d**0.5
    return [Head(*each) for each in zip(query, key, mixing * value, strict=True)]


def stack(layers: list[Head], X: Array, *, causal: bool = False, residual: bool = True) -> Array:
    """The words after all ``layers`` of self-attention, a head each; ``residual`` adds what a word
    was before to what it heard."""
    for head in layers:
        X = np.tanh(residual * X + head.attend(X, X, causal=causal))
    return X
