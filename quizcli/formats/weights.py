"""What answers are worth in Moodle, in per cent, and the credit rules that this amounts to."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# The fractions that Moodle knows; others it refuses or, asked to, takes for the nearest of these.
_PARTS = (20, 10, 9, 8, 7, 6, 5, 4, 3, 2)
_OTHERS = ((3, 10), (2, 5), (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (5, 6), (9, 10))
LEGAL = tuple(
    sorted(
        [Fraction(0), Fraction(1), *(Fraction(1, n) for n in _PARTS)]
        + [Fraction(*pair) for pair in _OTHERS]
    )
)
_NEAR = 0.007  # 33 per cent are a third, and so are 34


@lru_cache(maxsize=256)
def snapped(weight: float) -> Fraction:
    """The legal fraction that is nearest to so many per cent."""
    share = abs(weight) / 100
    nearest = min(LEGAL, key=lambda legal: abs(legal - share))
    return nearest if weight >= 0 else -nearest


def per_cent(share: Fraction) -> str:
    """``33.33333``."""
    return f"{float(100 * share):.5f}".rstrip("0").rstrip(".")


def rule_of(rights: Sequence[float], wrongs: Sequence[float]) -> str | None:
    """The credit rule by which marks are as these weights make them; None where none does."""
    if max(abs(weight / 100 - Fraction(1, len(rights))) for weight in rights) > _NEAR:
        return None
    penalties = _penalties(len(rights), len(wrongs)).items()
    off = {
        rule: max((abs(weight / 100 + share) for weight in wrongs), default=0)
        for rule, share in penalties
    }
    nearest = min(off, key=lambda rule: off[rule])
    return nearest if off[nearest] <= _NEAR else None


def weights_of(rule: str, rights: int, wrongs: int) -> tuple[Fraction, Fraction] | None:
    """What a right and a wrong option are worth under a rule; None where no weights say that."""
    share = _penalties(rights, wrongs).get(rule)
    return None if share is None else (Fraction(1, rights), -share)


def _penalties(rights: int, wrongs: int) -> dict[str, Fraction]:
    """What a wrong tick takes back, by credit rule."""
    return {
        "net-correct": Fraction(1, rights),
        "proportional": Fraction(1),
        "false2": Fraction(1, max(wrongs, 2)),
    }
