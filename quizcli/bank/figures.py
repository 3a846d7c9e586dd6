"""How wide figures are, which are shown as they are written."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from quizcli.bank.shapes import MAX_FIGURE_COLUMNS

if TYPE_CHECKING:
    from quizcli.bank.fields import Reader
    from quizcli.bank.nodes import Node
    from quizcli.quiz.model import Question


def check_figure(reader: Reader, question: Question, node: Node) -> None:
    """A figure fits every screen."""
    if question.figure is None:
        return
    for number, line in enumerate(question.figure.text.splitlines(), 1):
        width = columns(line)
        if width > MAX_FIGURE_COLUMNS:
            what = f"line {number} of the figure is {width} columns wide"
            fix = f"keep figures within {MAX_FIGURE_COLUMNS} columns, so that they fit everywhere"
            reader.fault(node, "figure", what, fix)
            return


def columns(line: str) -> int:
    """Columns of a line in a terminal: wide characters count twice, combining ones not at all."""
    return len(line) if line.isascii() else sum(map(_cells, line))


@lru_cache(1024)
def _cells(sign: str) -> int:
    from unicodedata import category, east_asian_width

    return 0 if category(sign) in {"Mn", "Me", "Cf"} else 1 + (east_asian_width(sign) in "WF")
