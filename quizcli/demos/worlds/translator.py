"""A decoder that writes a translation word by word, and beam search through what it may write.

M sources stand for M sentences to be translated: each is the state that an encoder hands over.
From there a random recurrent network goes on, fed with the words that it has written,

    P(y | x) = ∏ₜ P(y⟨t⟩ | x, y⟨1⟩ … y⟨t-1⟩)

Beam search keeps, after each step, the ``width`` prefixes that score best. Width 1 is greedy
search; a beam wide enough to drop nothing searches exhaustively.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.demos.cells import RNN
from quizcli.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    Whole = NDArray[np.integer[Any]]

END = 0  # the word that ends a sentence, where a decoder may end one


@dataclass(frozen=True, slots=True, eq=False)
class Decoder:
    """Words are scored by ``W_ya`` (H, V); ``sources`` (M, H) is what the encoder handed over.

    Where there are ``lengths`` (M,), a sentence may end: the odds of the end rise by e^``sureness``
    with each word, and are even after that many words.
    """

    cell: RNN
    W_ya: Array
    sources: Array
    lengths: Array | None = None
    sureness: float = 0.0

    def log_probabilities(self, states: Array, t: int) -> Array:
        """log P of each word at step t, from 0: (M, B, V) from states (M, B, H)."""
        z = states @ self.W_ya
        if self.lengths is None:
            return log_softmax(z)
        margin = self.sureness * (t + 0.5 - self.lengths)[:, None]
        goes_on = log_softmax(z[..., END + 1 :]) - np.logaddexp(0, margin)[..., None]
        ends = np.broadcast_to(-np.logaddexp(0, -margin), z.shape[:2])
        return np.concatenate([ends[..., None], goes_on], axis=-1)

    def step(self, states: Array, words: Whole) -> Array:
        """The states (M, B, H) after these words (M, B) were fed."""
        flat = self.cell.step(words.ravel(), states.reshape(-1, states.shape[-1]))
        return np.reshape(flat, states.shape)


class Translations(NamedTuple):
    """The best sentence for each source: ``words`` (M, T), END after a sentence that has ended,
    and its ``log_p`` (M,). A source took ``updates`` of the cell, and the ``kept`` prefixes of a
    step at most."""

    words: Whole
    log_p: Array
    updates: int
    kept: int

    @property
    def lengths(self) -> Whole:
        """Words before the end, (M,)."""
        return np.asarray((self.words != END).sum(axis=1))


def decoder(
    rng: np.random.Generator, V: int, H: int, M: int, *, gain: float, memory: float = 1.0
) -> Decoder:
    """A random decoder. ``gain`` makes it sure of its words; with ``memory`` 0 its state does not
    hear which words it has written."""
    cell = RNN.random(rng, V, H, radius=1.0, input_gain=2.0 * memory)
    W_ya = rng.standard_normal((H, V)) * (gain / H**0.5)
    return Decoder(cell, W_ya, rng.standard_normal((M, H)))


def beam_search(model: Decoder, width: int, T: int, alpha: float = 0.0) -> Translations:
    """The best sentence of at most T words for each source, with so ``wide`` a beam.

    Prefixes score log P / length^alpha: 0 is the plain product, 1 the mean of the logarithms.
    """
    M, V = len(model.sources), model.W_ya.shape[1]
    states = model.sources[:, None]
    words, log_p, length = np.zeros((M, 1, 0), int), np.zeros((M, 1)), np.zeros((M, 1))
    updates = kept = 0
    for t in range(T):
        added = model.log_probabilities(states, t)
        ended = (words[..., -1] == END) if t and model.lengths is not None else np.zeros(1, bool)
        if ended.any():
            added[ended] = -np.inf
            added[ended, END] = 0.0  # and so it goes on to have ended
        longer = length + ~ended
        total = log_p[..., None] + added
        score = total / longer[..., None] ** alpha
        best = _best(score.reshape(M, -1), width)
        parent, word = best // V, best % V
        words = np.concatenate(
            [np.take_along_axis(words, parent[..., None], 1), word[..., None]], axis=-1
        )
        log_p = np.take_along_axis(total.reshape(M, -1), best, 1)
        length = np.take_along_axis(longer, parent, 1)
        kept = max(kept, best.shape[1])
        if t < T - 1:
            states = np.take_along_axis(states, parent[..., None], 1)
            states = model.step(states, word)
            updates += best.shape[1]
    first = (log_p / length**alpha).argmax(axis=1)
    rows = np.arange(M)
    return Translations(words[rows, first], log_p[rows, first], updates, kept)


def _best(score: Array, width: int) -> Whole:
    """The places (M, ≤ width) of the best scores of each row (M, N), the best first."""
    if width < score.shape[1]:
        some: Whole = np.argpartition(-score, width - 1, axis=1)[:, :width]
    else:
        some = np.broadcast_to(np.arange(score.shape[1]), score.shape)
    # By place first, so that equal scores come in one order whatever the width.
    some = np.sort(some, axis=1)
    order = np.argsort(-np.take_along_axis(score, some, 1), axis=1, kind="stable")
    return np.take_along_axis(some, order, 1)


def sample(model: Decoder, rng: np.random.Generator, T: int, each: int) -> Whole:
    """Sentences (M · each, T) that the model itself draws, ``each`` for a source."""
    M, V = len(model.sources), model.W_ya.shape[1]
    states = np.repeat(model.sources[:, None], each, axis=1)
    written = np.full((M, each, T), END)
    going = np.ones((M, each), bool)
    for t in range(T):
        below = np.cumsum(np.exp(model.log_probabilities(states, t)), axis=-1)[..., : V - 1]
        words = (rng.random((M, each, 1)) >= below).sum(axis=-1)
        words[~going] = END
        written[..., t] = words
        if model.lengths is not None:
            going &= words != END
        states = model.step(states, words)
    return written.reshape(-1, T)


def log_probability(model: Decoder, words: Whole) -> Array:
    """log P (M,) of given sentences of T words (M, T), none of which ends before."""
    states, total = model.sources[:, None], np.zeros(len(words))
    for t in range(words.shape[1]):
        step = model.log_probabilities(states, t)[:, 0]
        total += np.take_along_axis(step, words[:, t, None], 1)[:, 0]
        states = model.step(states, words[:, t, None])
    return total


def log_softmax(z: Array) -> Array:
    """z - log Σ eᶻ along the last axis."""
    z = z - z.max(axis=-1, keepdims=True)
    return np.asarray(z - np.log(np.exp(z).sum(axis=-1, keepdims=True)))
