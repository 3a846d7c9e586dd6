"""Small words shared by messages: the nearest valid name, a list in a sentence, a plural."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    Rational = Fraction | int


# What ends a sentence; the last five are those of Chinese, Japanese, Arabic and Hindi.
_ENDS = frozenset(".?!\u2026\u3002\uff1f\uff01\u061f\u0964")


def with_article(noun: str) -> str:
    """``an ordering question``."""
    return f"{'an' if noun[:1] in set('aeiou') else 'a'} {noun}"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, or None where nothing is close enough to suggest."""
    from difflib import get_close_matches

    found = get_close_matches(name.lower(), [k for k in known if k], n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Sequence[str], what: str = "one of") -> str:
    """Advice for an unknown name: the nearest valid one, else all of them; ``what`` says what they
    are ("the tags are") or how one is to be chosen."""
    close = nearest(name, known)
    if close:
        return f"did you mean '{close}'?"
    if what.endswith(" are") and len(known) == 1:
        return f"the only one is '{known[0]}'"
    last = "and" if what.endswith(" are") else "or"
    return f"{what} {listed(known, last)}" if known else "nothing is known here"


def nearest_tag(tag: str, known: Sequence[str], *, banks: int = 1) -> str:
    """Advice for a tag that no question of one or several banks has."""
    if known:
        return did_you_mean(tag, known, "the tags are")
    return "this bank has no tags" if banks == 1 else "no bank has tags"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def first_of(words: Sequence[str], most: int) -> str:
    """``a, b``; of more than so many ``a, b and 3 more``."""
    left = len(words) - most
    return ", ".join(words[:most]) + (f" and {left} more" if left > 0 else "")


def no_hint(hints: Sequence[str]) -> str:
    """Why there is no further hint, where these are all."""
    return "There are no more hints." if hints else "There are no hints here."


def counted(n: int, one: str, many: str | None = None) -> str:
    """``1 question``, ``3 questions``, ``10,000 questions``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def ended(sentence: str) -> str:
    """A sentence with its full stop, where its last word has no mark of its own: ``Quo vadis?``."""
    last = sentence.rstrip().rstrip("\"'`*_\u201d\u2019\u00bb)]").rstrip()[-1:]
    return sentence if last in _ENDS else f"{sentence}."


def percent(value: float) -> str:
    """``80`` or ``66.7``."""
    return f"{value:.1f}".removesuffix(".0")


def figure_text(value: float, unit: str, shown: str = "") -> str:
    """A figure for people: three digits and its unit, or the words it comes with."""
    if shown:
        return shown
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.3g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        thousands = 0 < int(exponent) < 6
        text = f"{float(text):,.0f}" if thousands else f"{mantissa}e{int(exponent)}"
    if text in ("1", "-1") and unit != "times" and " " not in unit:
        unit = unit.removesuffix("s")
    space = "" if unit in ("%", "°") else " "
    return f"{text}{space}{unit}" if unit else text


def in_percent(share: float) -> str:
    """A share as the figure of one is written: ``98.5%``."""
    return figure_text(100 * share, "%")


def duration(seconds: float) -> str:
    """``9 min 40 s``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def points_text(value: Rational) -> str:
    """An exact number of points in words that can be read: 1, 0.5, 2/3, 1 2/3."""
    if 100 % value.denominator == 0:
        return f"{float(value):.2f}".rstrip("0").rstrip(".")
    whole, rest = divmod(value, 1)
    return f"{whole} {rest}" if whole else str(rest)


def out_of(points: Rational | None, maximum: Rational) -> str:
    """``0.5 of 1``, ``– of 1`` of what is not marked: what an answer earned, in a table."""
    if points is None:
        return f"– of {points_text(maximum)}"
    got, whole = points_text(points), points_text(maximum)
    # 2/3 of 25 would be two thirds of all; beside another fraction it is read as one.
    if "/" in got and points < 1 != maximum and "/" not in whole:
        got = f"{max(0.01, float(round(points, 2))):.2f}"
    return f"{got} of {whole}"


def thinking_time(seconds: float, *, answered: bool) -> str:
    """``21 s``, ``–`` where nothing was answered: how long an answer took, in a table."""
    return f"{seconds:.0f} s" if answered else "–"


def flagged_title(title: str, *, is_flagged: bool) -> str:
    """The title of a question in a table, with its flag."""
    return f"{title} (flagged)" if is_flagged else title


def days(n: float) -> str:
    """A length of time in the largest unit that keeps it readable: ``6.2 days``, ``1.4 years``."""
    if n < 0.05:
        return "under 0.1 days"
    if n < 10:
        text = f"{n:.1f}".removesuffix(".0")
        return f"{text} day{'' if text == '1' else 's'}"
    if n < 100:
        return f"{n:.0f} days"
    if n < 730:
        return f"{n / 30.44:.0f} months"
    return f"{n / 365.25:.1f} years"
