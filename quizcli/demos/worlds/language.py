"""A language small enough to be known completely: every sentence of it, with its probability.

V words in sentences of T make V^T sentences. A sentence is written as a whole number that has its
words for digits to the base V, the first word foremost; so a prefix of t words is a number below
V^t, and the sentences that begin with it stand side by side. With all of them listed, nothing that
is asked about the language has to be estimated.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.demos.evidence import DemoError
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Reals = NDArray[np.floating[Any]]
    Whole = NDArray[np.integer[Any]]
    Reading = tuple[str, str]

LETTERS = "abcdefghijkl"  # the vocabulary, as it is shown
# A reading of the output of step t: the probability of the word y⟨t⟩, or of the prefix
# y⟨1⟩ … y⟨t-1⟩, given nothing, y⟨t-1⟩, y⟨1⟩ … y⟨t-1⟩, or y⟨1⟩ … y⟨t⟩.
OF = ("word", "prefix")
GIVEN = ("nothing", "last-word", "past", "past-and-present")


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Sentences of T words out of V; ``p`` (V^T,) has the probability of each."""

    V: int
    T: int
    p: Reals

    def joint(self, t: int) -> Reals:
        """(V^t, V): the probability of each prefix of t words together with each next word."""
        return np.asarray(self.p.reshape(self.V**t, self.V, -1).sum(axis=2))

    def draw(self, rng: np.random.Generator, N: int) -> Whole:
        """N sentences (N,), drawn as wholes from the list."""
        return np.searchsorted(np.cumsum(self.p)[:-1], rng.random(N), side="right")

    def distance(self, sentences: Whole) -> float:
        """Total variation distance, 0 to 1, of the shares that ``sentences`` have from ``p``."""
        shares = np.bincount(sentences, minlength=len(self.p)) / len(sentences)
        return float(np.abs(shares - self.p).sum() / 2)

    def surprise(self, sentences: Whole) -> float:
        """The mean of -log₂ p over ``sentences``, in bits."""
        p = np.maximum(self.p, np.finfo(float).tiny)
        return float(-np.log2(p)[sentences].mean())

    def spelt(self, sentence: int) -> str:
        """The sentence, a letter a word."""
        places = range(self.T - 1, -1, -1)
        return "".join(LETTERS[sentence // self.V**place % self.V] for place in places)


def random_language(
    rng: np.random.Generator, V: int, T: int, order: int, concentration: float
) -> Language:
    """A Markov source: the probabilities of a word hang on the ``order`` words before it.

    They are drawn from a symmetric Dirichlet distribution, once for each such context (of fewer
    words where there are no more yet).
    """
    alpha = np.full(V, concentration)
    tables = [rng.dirichlet(alpha, size=V**t) for t in range(min(order, T - 1) + 1)]
    p: Reals = np.ones(1)
    for t in range(T):
        table = tables[min(t, order)]
        p = (p[:, None] * table[np.arange(V**t) % len(table)]).ravel()
    return Language(V, T, p)


def rows(V: int, L: int) -> Whole:
    """(L, V^L): every row of L words, in the order of their numbers."""
    return np.asarray(np.arange(V**L) // V ** np.arange(L - 1, -1, -1)[:, None] % V)


def occurrences(shares: Reals, words: Whole, V: int) -> Reals:
    """(T, B, V): how often row b of ``words`` (L, B) is met at step t with y⟨t⟩ = v.

    ``shares`` (V^T,) of all sentences, ``words`` all rows of L = T words, or of T-1, which leave
    the last word open.
    """
    by_row = shares.reshape(words.shape[1], -1)
    shown = by_row.sum(axis=1)[:, None] * np.eye(V)[words]
    return shown if by_row.shape[1] == 1 else np.concatenate([shown, by_row[None]])


def all_readings(language: Language, words: Whole) -> Mapping[Reading, Reals]:
    """What each reading says of ŷ⟨t⟩ in each row of ``words`` (L, B).

    Arrays that broadcast to (T, B, value of y⟨t⟩, entry of ŷ⟨t⟩). The probability of a prefix is
    one number, to be found in every entry; what is itself given is certain.
    """
    V, T, B = language.V, language.T, words.shape[1]
    nothing, last_word, past = (np.empty((T, B, 1, V)) for _ in range(3))
    prefix, after_last = np.ones((T, B, 1, 1)), np.ones((T, B, 1, 1))
    number = np.zeros(B, int)  # of the prefix y⟨1⟩ … y⟨t-1⟩ in each row
    for t in range(T):
        joint = language.joint(t)
        nothing[t] = last_word[t] = joint.sum(axis=0)
        past[t, :, 0] = conditional(joint)[number]
        if t:
            pairs = joint.reshape(-1, V, V).sum(axis=0)
            last_word[t, :, 0] = conditional(pairs)[number % V]
            seen = joint.sum(axis=1)
            prefix[t, :, 0, 0] = seen[number]
            after_last[t, :, 0, 0] = conditional(seen.reshape(-1, V).T)[number % V, number // V]
        if t < len(words):
            number = number * V + words[t]
    present, one = np.broadcast_to(np.eye(V), (T, 1, V, V)), np.ones((T, 1, 1, 1))
    return {
        (of, given): numbers
        for of, row in zip(
            OF, ((nothing, last_word, past, present), (prefix, after_last, one, one)), strict=True
        )
        for given, numbers in zip(GIVEN, row, strict=True)
    }


def refuse_long_lists(V: int, T: int, most: int, bytes_each: float) -> None:
    """Raises DemoError where all V^T sentences are more than ``most``: knobs named V and T."""
    longest = int(math.log(most) / math.log(V) + 1e-9)
    if longest < T:
        digits = T * math.log10(V)
        gigabytes = digits + math.log10(bytes_each) - 9
        raise DemoError(
            f"T: with V = {V} there are {_count(digits)} sentences of {T} words; to work with all "
            f"of them takes about {_count(gigabytes)} GB of memory — give {longest} or less"
        )


def _count(digits: float) -> str:
    """The number whose log₁₀ is ``digits``, shortly: ``4e3``, and ``10^600000`` in the extreme."""
    return f"{10**digits:.1g}" if abs(digits) < 12 else f"10^{digits:.0f}"


def softmax(z: Reals) -> Reals:
    """eᶻ / Σ eᶻ along the last axis."""
    # With few words the last axis is short, and NumPy would reduce it entry by entry: as the
    # first axis it is reduced in whole arrays, in half the time.
    e = np.moveaxis(z, -1, 0).copy()
    e -= e.max(axis=0)
    np.exp(e, out=e)
    e /= e.sum(axis=0)
    return np.ascontiguousarray(np.moveaxis(e, 0, -1))


def conditional(joint: Reals) -> Reals:
    """Each row of ``joint`` divided by its sum; a row that never occurs stays 0."""
    total = joint.sum(axis=-1, keepdims=True)
    return joint / np.where(total > 0, total, 1)
