"""Strings of the embedded Reber grammar, and which letters may follow at each place.

The inner grammar (A. S. Reber 1967) is a walk through a small graph; each arrow writes a letter
and the choice between two arrows is a toss. Embedded (S. E. Fahlman 1991; S. Hochreiter and J.
Schmidhuber 1997) it stands between two outer letters that agree: B T B…E T E or B P B…E P E. To
predict the last letter but one, the second has to be remembered through the whole inner string.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.numeric import np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LETTERS = "BTPSXVE"
B, T, P, E = (LETTERS.index(letter) for letter in "BTPE")

# The inner grammar: node -> its two arrows, (letter, node after it). Node 5 is the end.
ARROWS = (
    (("T", 1), ("P", 2)),
    (("S", 1), ("X", 3)),
    (("T", 2), ("V", 4)),
    (("X", 2), ("S", 5)),
    (("P", 3), ("V", 5)),
)
END = 5


@dataclass(frozen=True, slots=True)
class Strings:
    """N strings, padded at the end to a common length T + 1.

    ``letters`` (T + 1, N) numbers them as in LETTERS, ``lengths`` (N,). ``legal`` (T, N, 7) says
    which letters may come after place t; nothing may where a string has ended.
    """

    letters: NDArray[np.int64]
    lengths: NDArray[np.int64]
    legal: NDArray[np.bool_]

    def part(self, first: int, last: int) -> Strings:
        """Some of the strings, as long as the longest of them."""
        lengths = self.lengths[first:last]
        longest = int(lengths.max())
        some = slice(first, last)
        return Strings(self.letters[:longest, some], lengths, self.legal[: longest - 1, some])


def draw(rng: np.random.Generator, count: int, *, linked: bool = True) -> Strings:
    """Random strings, every other one with T outside.

    Not ``linked``, the outer letter at the end is a toss of its own, and either is legal.
    """
    written, offered = _inner(rng, count)
    inner = (written >= 0).sum(axis=0)
    lengths, everyone = inner + 6, np.arange(count)
    outer = np.where(everyone % 2, T, P)
    last = outer if linked else rng.choice([T, P], size=count)

    letters = np.full((int(lengths.max()), count), E)
    legal = np.zeros((len(letters) - 1, count, len(LETTERS)), bool)
    letters[0], letters[1], letters[2] = B, outer, B
    letters[3 : 3 + len(written)] = np.where(written >= 0, written, E)
    letters[lengths - 2, everyone] = last
    legal[0, :, [T, P]] = legal[1, :, B] = True
    legal[2 : 2 + len(offered)] = offered
    legal[lengths - 4, everyone, E] = legal[lengths - 2, everyone, E] = True
    for letter in (T, P):
        legal[lengths - 3, everyone, letter] = (last == letter) | (not linked)
    return Strings(letters, lengths, legal)


def _inner(rng: np.random.Generator, count: int) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """All walks at once: letters (T, N), -1 after the end, and those on offer, (T, N, 7)."""
    letter = np.array([[LETTERS.index(name) for name, _ in node] for node in ARROWS])
    target = np.array([[after for _, after in node] for node in ARROWS])
    node, written, offered = np.zeros(count, int), [], []
    while (node != END).any():
        on = node != END
        at = np.where(on, node, 0)
        toss = rng.integers(2, size=count)
        offer = np.zeros((count, len(LETTERS)), bool)
        for arrow in (0, 1):
            offer[on, letter[at[on], arrow]] = True
        written.append(np.where(on, letter[at, toss], -1))
        offered.append(offer)
        node = np.where(on, target[at, toss], END)
    return np.array(written), np.array(offered)
