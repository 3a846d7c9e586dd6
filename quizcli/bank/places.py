"""Where in a file the letters of one of its texts stand."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.nodes import Node


class TextPlaces:
    """The places of a text's letters, in the ``lines`` of its file: found by these letters, since
    their spaces and line breaks may be others there. They are found once for all that is asked: a
    long text may give much to say."""

    def __init__(self, node: Node, lines: Sequence[str]) -> None:
        self._node = node
        self._lines = lines

    def of(self, at: int) -> tuple[int, int]:
        """Line and column of a letter; where the text begins, if its letters are others in the
        file, as with escapes."""
        if self._node.style == "|" or not at:
            return self._node.at(at)
        number = bisect_left(self._letters, at)
        places = self._places
        return places[number] if number < len(places) else (self._node.line, self._node.column)

    @cached_property
    def _letters(self) -> list[int]:
        """The letters of the text that are no spaces."""
        return [at for at, sign in enumerate(self._node.text) if not sign.isspace()]

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where these stand, up to the first that is another one in the file."""
        text, found = self._node.text, self._signs()
        places: list[tuple[int, int]] = []
        for letter, (sign, line, column) in zip(self._letters, found, strict=False):
            if sign != text[letter]:
                break
            places.append((line, column))
        return places

    def _signs(self) -> Iterator[tuple[str, int, int]]:
        """Each sign in the file from the text's first on, with its line and column, but spaces."""
        style, first = self._node.style, self._node.line - 1
        column = self._node.column - 1 + bool(style)
        if style == ">":
            first, column = first + 1, 0
        for number, line in enumerate(self._lines[first:], first + 1):
            while column < len(line):
                if not line[column].isspace():
                    yield line[column], number, column + 1
                    column += style == "'" and line[column : column + 2] == "''"
                column += 1
            column = 0
