"""Which word of a corpus was replaced, by a network's states; and which one a notation names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array


Place = tuple[int, int]  # (i, j): word j of sentence i, both counted from 1


UNITS = 16


WORDS = 50


@dataclass(frozen=True, slots=True)
class HitRates:
    """What was seen when one word after the other was replaced, the rest of the corpus left alone.

    ``letters`` are those of the example and of the word in it. ``begins`` says for the place of
    each word replaced in which sentence the states changed and from which step on; None where they
    changed in several sentences or in none.
    ``change`` (T, P, N) is the largest change of a state, by step, word replaced and sentence.
    ``padded``: a column has a blank for each sentence that is too short for it.
    """

    letters: tuple[str, str]
    lengths: Sequence[int]
    begins: Mapping[Place, Place | None]
    change: Array
    padded: bool

    def hits(self, notation: str) -> list[bool]:
        """For each word of the corpus, in order: is it the one that ``notation`` led to?"""
        named = [self.named(notation, wanted) for wanted in self.begins]
        return [
            place is not None and self.begins[place] == wanted
            for place, wanted in zip(named, self.begins, strict=True)
        ]

    def named(self, notation: str, wanted: Place) -> Place | None:
        """The place that ``notation`` names for ``wanted``; see :func:`follow`."""
        values = dict(zip(self.letters, wanted, strict=True))
        return follow(notation, values, self.lengths, padded=self.padded)


def follow(
    notation: str, values: Mapping[str, int], lengths: Sequence[int], *, padded: bool = False
) -> Place | None:
    """The place that ``notation`` names where its letters have these ``values``; None where it
    names no word. In ``padded`` columns a sentence that is too short leaves a blank."""
    outer, inner = notation[:3], notation[3:]
    if not {outer[1], inner[1]} <= values.keys():
        return None  # a letter that counts nothing here
    k, m = values[outer[1]], values[inner[1]]
    match outer[0], inner[0]:
        case "(", "<":
            return (k, m) if k <= len(lengths) and m <= lengths[k - 1] else None
        case "<", "(":
            column = [i for i, length in enumerate(lengths, 1) if padded or length >= k]
            if m <= len(column) and k <= lengths[column[m - 1] - 1]:
                return column[m - 1], k
    return None  # a sentence has no examples to pick from, and a column no places


def path_text(notation: str, padded: bool) -> str:
    """In words, how ``follow`` reads a notation."""
    outer, inner = notation[:3], notation[3:]
    k, m = outer[1], inner[1]
    if outer[0] == "(":
        first = f"({k}) picks sentence {k}"
        then = f"<{m}> its word {m}" if inner[0] == "<" else f"({m}) finds no examples in it"
    else:
        gathers = f"<{k}> gathers the words at place {k} of all sentences"
        first = gathers + (", and blanks where there is none" if padded else " that have one")
        then = (
            f"({m}) picks number {m} among them"
            if inner[0] == "("
            else f"<{m}> finds no places in that column"
        )
    return f"{first}, and {then}"


def intervene(
    rng: np.random.Generator, letters: tuple[str, str], size: tuple[int, int, int], padded: bool
) -> HitRates:
    """Draw a corpus of N sentences and a network; replace each word in turn and read again."""
    N, shortest, longest = size
    lengths = rng.integers(shortest, longest, size=N, endpoint=True)
    T = int(lengths.max())
    words = rng.integers(WORDS, size=(T, N))  # beyond the end of a sentence: read, never looked at
    rnn = RNN.random(rng, WORDS, UNITS, radius=0.9, input_gain=WORDS**0.5)
    places = [(i, j) for i, length in enumerate(lengths.tolist(), 1) for j in range(1, length + 1)]
    P = len(places)
    # A copy of the corpus for each word to replace. The untouched corpus is copied as often, so
    # that both products round alike and a state that stays, stays exactly.
    untouched = np.repeat(words[:, None], P, axis=1)
    replaced = untouched.copy()
    for copy, (i, j) in enumerate(places):
        replaced[j - 1, copy, i - 1] += 1 + rng.integers(WORDS - 1)
    replaced %= WORDS
    states = rnn.forward(untouched.reshape(T, P * N)).states
    after = rnn.forward(replaced.reshape(T, P * N)).states
    change = abs(after - states).max(axis=2).reshape(T, P, N)
    found = dict(zip(places, begins(change), strict=True))
    return HitRates(letters, tuple(lengths.tolist()), found, change, padded)


def begins(change: Array) -> list[Place | None]:
    """For each word replaced: the one sentence that changed, and from which step on."""
    changed = change > 0
    sentences = changed.any(axis=0)
    one = sentences.sum(axis=1) == 1
    i = sentences.argmax(axis=1)
    j = changed.any(axis=2).argmax(axis=0)
    return [
        (i + 1, j + 1) if one else None
        for i, j, one in zip(i.tolist(), j.tolist(), one.tolist(), strict=True)
    ]
