"""Numbers in texts of the outside, read strictly: ASCII digits and nothing that Python alone
allows, such as ``1_0``, ``٣`` or ``nan``; and of a length that costs nothing."""

from __future__ import annotations

import re

_REAL = r"[-+]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][-+]?\d{1,5})?\Z"
_LONGEST = 40  # digits of a whole number


def is_whole(text: str) -> bool:
    """Whether a text is a whole number of any size, without a sign."""
    return text.isascii() and text.isdigit()


def whole(text: str, least: int, most: int) -> int | None:
    """The whole number that a text is; None where it is none, or outside of its bounds."""
    text = text.strip()
    digits = text[1:] if text[:1] == "-" else text
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST):
        return None
    number = int(text)
    return number if least <= number <= most else None


def real(text: str, least: float, most: float) -> float | None:
    """The number that a text is; None where it is none, or outside of its bounds."""
    text = text.strip()
    if len(text) > 1000 or not re.match(_REAL, text, re.ASCII):
        return None
    number = float(text)
    return number if least <= number <= most else None
