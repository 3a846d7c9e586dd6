"""Ids for what other formats leave nameless: the same from one import to the next."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from quizcli.quiz.kinds.base import opaque

LONGEST = 56  # of 64, so that a number fits behind it
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "þ": "th"})
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int = LONGEST) -> str:
    """The words of a text as an id; a digest of it, where it has no letter of the Latin script."""
    plain = text if text.isascii() else _plain(text)
    words = _OTHER.sub("-", plain[: 8 * longest].lower()).strip("-")
    if len(words) > longest:
        # Cut between two words, unless there is one alone.
        words = words[: longest + 1].rpartition("-")[0] or words[:longest]
    return words or f"q-{opaque(text)}"


def _plain(text: str) -> str:
    small = text.casefold().translate(_LETTERS)
    return "".join(sign for sign in normalize("NFKD", small) if not combining(sign))


class IdGiver:
    """Gives each thing an id of its own: a second ``name`` is ``name-2``."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, base: str) -> str:
        """An id that nothing has yet, as like to the one wanted as can be."""
        id = base
        number = self._last.get(base, 1)
        while id in self._given:
            number += 1
            id = f"{base}-{number}"
        self._last[base] = number
        self._given.add(id)
        return id
