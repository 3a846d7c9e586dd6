"""Pairs of students who share more wrong answers than chance explains.

Error similarity (Bellezza & Bellezza 1989, Teaching of Psychology 16, 151-155), item by item: which
items each of two got wrong is taken as given, which is what ability decides; of those that both
got wrong, the number M with the same wrong answer is looked at. Two who know nothing of each other
match on item q with the chance p_q = Σ_o s_o², where s_o = (c_o + 1) / (n + k) is the popularity of
wrong answer o: c_o of the n others who were wrong chose it, of k wrong answers. So M is a sum of
independent trials with these chances, p = P(M ≥ m) is worked out exactly, and is multiplied by the
number of pairs (Bonferroni). Sharing right answers proves nothing, and is not looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.numeric import np
from quizcli.scores.class_answers import NONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quizcli.scores.class_answers import ItemAnswers
    from quizcli.scores.items import Floats

LEAST_QUESTIONS = 20
LEVEL = 0.05


class AlikePair(NamedTuple):
    """Two students by their places: of ``both_wrong`` items they answered those in ``same`` (by
    their places) alike, where ``expected`` were to be; ``p`` of this pair alone, and
    ``p_of_all`` times the number of pairs."""

    first: int
    second: int
    both_wrong: int
    same: tuple[int, ...]
    expected: float
    p: float
    p_of_all: float


def alike_pairs(items: Sequence[ItemAnswers], students: int, most: int) -> list[AlikePair]:
    """The pairs that are least likely by chance, at most so many beyond those that are below the
    level over all pairs."""
    wrong = np.array([np.where(item.codes == item.key, NONE, item.codes) for item in items])
    wrong = wrong.reshape(len(items), students)
    pairs = students * (students - 1) // 2
    found: list[AlikePair] = []
    for first in range(students - 1):
        same, both, chances = _against_later(items, wrong, first)
        matches = same.sum(0)
        p = _tail(chances, matches)
        for at in np.argsort(p, kind="stable"):
            if not matches[at] or (p[at] * pairs >= LEVEL and len(found) > 50 * most):
                break
            found.append(
                AlikePair(
                    first, first + 1 + int(at), int(both[:, at].sum()),
                    tuple(np.flatnonzero(same[:, at]).tolist()), float(chances[:, at].sum()),
                    float(p[at]), min(1.0, float(p[at]) * pairs),
                )
            )  # fmt: skip
        found = _least(found, most)
    return found


def _least(found: list[AlikePair], most: int) -> list[AlikePair]:
    ranked = sorted(found, key=lambda pair: (pair.p, pair.first, pair.second))
    return [pair for place, pair in enumerate(ranked) if place < most or pair.p_of_all < LEVEL]


def _against_later(
    items: Sequence[ItemAnswers], wrong: NDArray[np.int64], first: int
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], Floats]:
    """Of a student against each later one (items × others): whether both gave the same wrong
    answer, whether both were wrong, and the chance of a match, 0 where they were not."""
    others = wrong[:, first + 1 :]
    both = (others != NONE) & (wrong[:, first] != NONE)[:, None]
    same = both & (others == wrong[:, first][:, None])
    chances = np.zeros(others.shape)
    for q, item in enumerate(items):
        if not both[q].any():
            continue
        counts = np.bincount(wrong[q][wrong[q] != NONE], minlength=len(item.labels)) + 1.0
        counts[item.key] = 0
        mine, theirs = counts[wrong[q, first]], counts[others[q]]
        # The squares without the two of the pair, who are no witnesses against themselves.
        squares = (counts**2).sum() - 2 * mine - 2 * theirs + 2 + 2 * same[q]
        chances[q] = np.where(both[q], squares / (counts.sum() - 2) ** 2, 0)
    return same, both, chances


def _tail(chances: Floats, matches: NDArray[np.int64]) -> Floats:
    """The chance of so many matches or more, for each column of independent trials."""
    n, columns = chances.shape
    spread = np.zeros((n + 1, columns))
    spread[0] = 1
    for row in chances:
        if row.any():
            spread[1:] = spread[1:] * (1 - row) + spread[:-1] * row
            spread[0] *= 1 - row
    at_least = spread[::-1].cumsum(0)[::-1]
    tail: Floats = np.clip(at_least[matches, np.arange(columns)], 0, 1)
    return tail
