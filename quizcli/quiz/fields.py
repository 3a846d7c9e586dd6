"""The fields of the bank format: what each may hold, and where it may stand.

Bank and kinds declare their fields with these; reader, schema and guide follow from them.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Type(Enum):
    """What a field holds, in the words of a message."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    IDS = "a list of ids"
    ID = "an id: lower-case letters, digits, '-' and '_', starting with a letter or digit"
    BOOLEAN = "true or false"
    POINTS = "a number above 0, such as 2, 0.5 or 1/3"
    RETENTION = "a number from 0.7 to 0.97"
    COUNT = "a whole number from 0 to 9999"
    TIME = "a time up to a day, such as 90, 90 s or 2 min"
    LANGUAGE = "a language's code, such as en, de or pt-BR"
    WORD = "one of a few words"
    VARIABLES = "a mapping of names to ranges, choices or derived values"
    DATA = "a mapping of names to numbers or words"
    OBJECT = "a mapping"
    OBJECTS = "a list of mappings"


_SPOKEN = {"foreseen": "anticipated answer", "side": "right side"}


class Field(NamedTuple):
    """One key of a mapping. ``of`` names the shape of OBJECT and OBJECTS fields."""

    name: str
    type: Type
    help: str
    required: bool = False
    words: tuple[str, ...] = ()
    of: str = ""


def spoken(shape: str) -> str:
    """What a mapping of this shape is called in a sentence."""
    return _SPOKEN.get(shape, shape)


def own_id(what: str) -> Field:
    """The required id of a question or of a part of one, which ``what`` names."""
    return Field(
        "id", Type.ID, f"a name that stays the same when the {what} is edited", required=True
    )
