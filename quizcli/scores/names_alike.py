"""Whether two names can be of one person. The rule: what has no word in common is somebody else.

People leave out names, put the last one first and drop accents; so one word in common is enough.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def is_of_another(said: str, known: Iterable[str]) -> bool:
    """Whether the name that somebody ``said`` has no word of those ``known`` of a student (names,
    username, email); where one of both is empty nobody can tell."""
    mine, theirs = _words(said), _words(" ".join(known))
    if not mine or not theirs:
        return False
    initials = {word[0] for word in theirs}
    return not any(word in theirs or (len(word) == 1 and word in initials) for word in mine)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return set(_WORD.findall(bare))
