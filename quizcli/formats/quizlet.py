"""Quizlet's text: a card a line, its sides parted by a tab, or by what was chosen when it was
exported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.flashcards import two_sided
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.plain_writer import to_plain
from quizcli.formats.sources import Remark, SourceFile, SourceKind, SourceQuestion, SourceText

if TYPE_CHECKING:
    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

# What may part the sides; a tab stands in no side.
_SIGNS = ("\t", " - ", " – ", " :: ", ": ", " = ", ";", ",")
_HEADER = re.compile(r"(?:term|front|word)\W+(?:definition|back|meaning)\s*\Z", re.IGNORECASE)
_FEW = 0.6  # of the lines, where a sign parts them


def read(data: bytes) -> SourceFile:
    """The cards of a file, and what is to be said of it."""
    text, remarks = decoded_source(data)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    sign = _sign([line for _, line in lines])
    if lines and _HEADER.match(lines[0][1]):
        del lines[0]
    cards = []
    for number, line in lines:
        front, parted, back = line.partition(sign)
        if not parted or not front.strip() or not back.strip():
            shown = {"\t": "a tab"}.get(sign, f"'{sign.strip()}'")
            what = f"'{line.strip()[:40]}' has no two sides"
            fix = f"put {shown} between the term and its definition, on one line"
            remarks.append(Remark(number, what, fix, lost=True))
            continue
        sides = [SourceText(side.strip(), "plain") for side in (front, back)]
        cards.append(SourceQuestion(number, SourceKind.CARD, sides[0], back=sides[1]))
    return SourceFile(cards, remarks)


def _sign(lines: list[str]) -> str:
    """What parts the sides: the first sign that most lines have."""
    for sign in _SIGNS:
        if lines and sum(sign in line for line in lines) >= _FEW * len(lines):
            return sign
    return "\t"


def written(source: ExportSource) -> ExportFile:
    """The cards of a bank, a line each."""
    losses: list[Loss] = []
    lines = []
    for card in two_sided(source, losses):
        sides = [to_plain(side, losses, one_line=True) for side in (card.front, card.back)]
        lines.append("\t".join(re.sub(r"\s+", " ", side) for side in sides) + "\n")
    return ExportFile("".join(lines), tuple(losses))


def _looks(head: bytes) -> bool:
    lines = [line for line in decoded(head).text.split("\n")[:50] if line.strip()]
    return bool(lines) and all(line.count("\t") == 1 for line in lines)


FORMAT = BankFormat(
    "quizlet", "Quizlet's text, one flashcard per line", (".txt",), _looks, read, written
)
