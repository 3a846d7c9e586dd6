"""What is asked of arguments where the library is called from outside.

The rule: what cannot be is told here, by the name of the argument and with what was expected, and
not deep inside, where nobody knows any more what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def instance(name: str, value: object, kind: type, example: str = "") -> None:
    """Raises TypeError for a value that is no ``kind``."""
    if not isinstance(value, kind):
        hint = f", such as {example}" if example else ""
        raise TypeError(f"{name} must be a {kind.__name__}{hint}, not {_said(value)}")


def whole(name: str, value: object, least: int, most: int) -> None:
    """Raises TypeError for what is no whole number, ValueError for one outside of its range."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, not {_said(value)}")
    if not least <= value <= most:
        raise ValueError(f"{name} is a whole number from {least} to {most}, not {value}")


def seconds(name: str, value: object) -> None:
    """Raises TypeError for what is no number, ValueError for one that no time can be."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number of seconds, not {_said(value)}")
    if not 0 <= value < 1e12:  # never true of a NaN
        raise ValueError(f"{name} is a number of seconds from 0 on, not {value}")


def words(name: str, value: Iterable[Any]) -> tuple[str, ...]:
    """The texts that are given, read once. Raises TypeError for a text where several are meant,
    which would be taken letter by letter, and for anything but texts in it."""
    if isinstance(value, str | bytes):
        raise TypeError(f"{name} must be several texts, such as [{value!r}], not {value!r}")
    try:
        each = tuple(value)
    except TypeError:
        raise TypeError(f"{name} must be several texts, not {_said(value)}") from None
    for word in each:
        if not isinstance(word, str):
            raise TypeError(f"{name} must hold texts, not {_said(word)}")
    return each


def _said(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
