"""Numbers as other programs write them, of a length that can be worked with."""

from __future__ import annotations

import re

_NUMERAL = re.compile(
    r"[-+]?(?:[0-9]{1,40}(?:[.,][0-9]{0,40})?|[.,][0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?"
)


def numeral(text: str) -> str:
    """A number with a point; "" where the text is none, or one beyond all measure."""
    text = text.strip()
    return text.replace(",", ".") if _NUMERAL.fullmatch(text) else ""
