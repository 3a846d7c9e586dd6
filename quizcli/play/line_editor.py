"""A line that is being typed: a text, a cursor, and what each key does to them.

Keys are those of a shell: arrows, Home and End, by word with Ctrl or Alt, Ctrl-A, Ctrl-E, Ctrl-K,
Ctrl-U, Ctrl-W. The cursor stands between letters as a reader sees them, so that it never parts a
letter from its marks.
"""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, combining

LONGEST = 1000  # characters; what is pasted beyond them is left out


class EditedLine(NamedTuple):
    """The text, and how many of its characters stand before the cursor."""

    text: str = ""
    at: int = 0

    def pressed(self, key: str) -> EditedLine | None:
        """The line after a key; None for one that edits nothing."""
        if len(key) == 1 and key.isprintable():
            if len(self.text) >= LONGEST:
                return self
            return EditedLine(self.text[: self.at] + key + self.text[self.at :], self.at + 1)
        match key:
            case "left":
                return self._replace(at=self._before())
            case "right":
                return self._replace(at=self._behind())
            case "home" | "ctrl-a":
                return self._replace(at=0)
            case "end" | "ctrl-e":
                return self._replace(at=len(self.text))
            case "word-left":
                return self._replace(at=self._word_before())
            case "word-right":
                return self._replace(at=self._word_behind())
        return self._deleted(key)

    def _deleted(self, key: str) -> EditedLine | None:
        match key:
            case "backspace":
                return self._without(self._before(), self.at)
            case "delete":
                return self._without(self.at, self._behind())
            case "ctrl-w" | "word-backspace":
                return self._without(self._word_before(), self.at)
            case "ctrl-u":
                return self._without(0, self.at)
            case "ctrl-k":
                return self._without(self.at, len(self.text))
        return None

    def _without(self, first: int, last: int) -> EditedLine:
        return EditedLine(self.text[:first] + self.text[last:], first)

    def _before(self) -> int:
        """Where the letter before the cursor begins."""
        at = max(0, self.at - 1)
        while at and _hangs(self.text[at]):
            at -= 1
        return at

    def _behind(self) -> int:
        """Where the letter behind the cursor ends."""
        at, end = min(len(self.text), self.at + 1), len(self.text)
        while at < end and _hangs(self.text[at]):
            at += 1
        return at

    def _word_before(self) -> int:
        rest = self.text[: self.at].rstrip()
        return len(rest) - len(rest.split()[-1]) if rest else 0

    def _word_behind(self) -> int:
        rest = self.text[self.at :]
        gap = len(rest) - len(rest.lstrip())
        return self.at + gap + len(rest.split()[0]) if rest.strip() else len(self.text)


def _hangs(sign: str) -> bool:
    """Whether a character belongs to the one before it."""
    return bool(combining(sign)) or category(sign) in {"Mn", "Mc", "Me"}
