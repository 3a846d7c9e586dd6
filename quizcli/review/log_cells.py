"""The cells of a row of the review log: what each may hold, and what is wrong where it does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import RETENTION_RANGE
from quizcli.report.cells import harmless
from quizcli.report.numbers import real, whole
from quizcli.report.words import listed
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

_DONE = (FactKind.REVIEW, FactKind.SUSPEND, FactKind.RESUME, FactKind.BURY)
_YES = {"yes": True, "no": False}


def apostrophed(text: str) -> str:
    """A text that no spreadsheet runs, from which reading takes away what was put there."""
    return f"'{text}" if text.startswith("'") else harmless(text)


def shown_cell(text: str) -> str:
    """A cell within a message: short, and without control characters."""
    shown = "".join(c if c.isprintable() else "?" for c in text[:40])
    return shown if len(text) <= 40 else f"{shown}…"


class LogCells(NamedTuple):
    """Reads ``cells`` by the names of their columns; what is wrong is added to ``faults``. A column
    that is not there is as one that is empty."""

    cells: Mapping[str, str]
    faults: list[str]

    def _text(self, name: str) -> str:
        return self.cells.get(name, "").strip()

    def _fault(self, name: str, what: str) -> None:
        self.faults.append(f"{name} '{shown_cell(self.cells.get(name, ''))}'{what}")

    def card(self, name: str) -> str:
        """The address of a card."""
        text = self.cells[name]
        if not text:
            self.faults.append("a review needs a card: BANK/QUESTION")
        return text[1:] if text.startswith("'") and apostrophed(text[1:]) == text else text

    def rating(self, name: str) -> Rating:
        """A rating by its number."""
        number = whole(self.cells[name], 1, 4)
        if number is not None:
            return Rating(number)
        self._fault(name, ": 1 (again), 2 (hard), 3 (good) or 4 (easy)")
        return Rating.AGAIN

    def did(self, name: str) -> FactKind:
        """What was done, a review where it is not said."""
        for each in _DONE:
            if self._text(name) in {"", each}:
                return each
        self._fault(name, f": {listed(list(map(str, _DONE)), 'or')}")
        return FactKind.REVIEW

    def time(self, name: str) -> datetime:
        """A time in UTC, in whole milliseconds."""
        try:
            at = datetime.fromisoformat(self._text(name))
            if at.tzinfo is None:
                self._fault(name, " has no time zone: end it with Z if it is UTC")
                return datetime.min.replace(tzinfo=UTC)
            at = at.astimezone(UTC)
        except (ValueError, OverflowError):
            self._fault(name, ": write it like 2026-11-24T21:40:55.123Z")
            return datetime.min.replace(tzinfo=UTC)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds; None for nothing."""
        text = self._text(name)
        number = whole(text, least, most) if text else None
        if text and number is None:
            self._fault(name, f": a whole number from {least} to {most}")
        return number

    def yes(self, name: str) -> bool | None:
        """Yes or no; None for nothing."""
        text = self._text(name).lower()
        if text and text not in _YES:
            self._fault(name, ": yes or no")
        return _YES.get(text)

    def retention(self, name: str) -> float | None:
        """A retention that can be aimed at."""
        least, most = RETENTION_RANGE
        text = self._text(name)
        number = real(text, least, most) if text else None
        if text and number is None:
            self._fault(name, f": a number from {least} to {most}, or nothing")
        return number

    def texts(self, name: str) -> tuple[str, ...]:
        """A JSON array of texts; none for nothing."""
        found = self._json(name, [])
        if isinstance(found, list) and all(map(_is_text, found)):
            return tuple(found)
        self._fault(name, ': texts as JSON, such as ["a"], or nothing')
        return ()

    def values(self, name: str) -> dict[str, str]:
        """A JSON object of texts; none for nothing."""
        found = self._json(name, {})
        if isinstance(found, dict) and all(map(_is_text, (*found, *found.values()))):
            return found
        self._fault(name, """: texts as JSON, such as {"n": "3"}, or nothing""")
        return {}

    def _json(self, name: str, nothing: Any) -> Any:
        try:
            return json.loads(self._text(name)) if self._text(name) else nothing
        except (ValueError, RecursionError):
            return None


def _is_text(value: object) -> bool:
    """Whether it is a text that a journal can hold: half a character is none."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)
