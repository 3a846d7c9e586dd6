"""JSON as text that can be shown: what is invisible in it, or turns text round, is escaped."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any


def json_text(data: Any) -> str:
    """The data as indented JSON, that acts on no terminal."""
    return shown_json(json.dumps(data, ensure_ascii=False, indent=2)) + "\n"


def shown_json(text: str) -> str:
    """JSON in which a format character, a control or half of a surrogate pair is written as
    ``\\u202e``, which is the same data."""
    if not text.isascii():
        for character in set(text):
            if not character.isascii() and _acts(character):
                text = text.replace(character, json.dumps(character)[1:-1])
    return text.replace("\x7f", "\\u007f")


@lru_cache(4096)
def _acts(character: str) -> bool:
    from unicodedata import category

    return category(character) in {"Cf", "Cc", "Cs", "Cn", "Co", "Zl", "Zp"}
