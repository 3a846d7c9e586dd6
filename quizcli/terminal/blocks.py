"""The blocks of a text as lines of a screen or of plain mode, without the drawing library.

On a screen code stands behind a bar and is clipped, never wrapped; in plain mode it is announced
and said whole. A table that is too wide is read out row by row, and in plain mode every one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.inline import inline
from quizcli.quiz.markup import Code, ListItem, MarkupTable, MarkupText, PlacedLine, blocks
from quizcli.report.words import ended
from quizcli.terminal.layout import StyledLine, cells, cut, fill, wrap
from quizcli.terminal.notation import Form, StyledText, runs
from quizcli.terminal.safe import ascii_only, neutral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.quiz.markup import Block

_PLACED_HANG = "      "  # where a line that keeps its place goes on, if it is too long
_BREAKS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", "\n"))


class BlockStyle(NamedTuple):
    """How texts are set: ``width`` is that of running text, ``widest`` what code and tables may
    take; ``marks`` keeps the signs of code and emphasis, where no style can tell them; ``aloud``
    says tables and code in words."""

    form: Form
    width: int
    widest: int
    unicode: bool = True
    marks: bool = True
    aloud: bool = False

    def own(self, text: str) -> str:
        """Text as this screen can show it."""
        return text if self.unicode else ascii_only(text)

    def shown(self, source: str) -> str:
        """A piece of a line as it is shown, without styles."""
        return "".join(run.text for run in self.runs(source))

    def runs(self, source: str) -> list[StyledText]:
        """A piece of a line in its styles."""
        return [
            run._replace(text=self.own(neutral(run.text)))
            for run in runs(inline(source), self.form, marks=self.marks)
        ]


def set_blocks(
    text: str, setting: BlockStyle, indent: str = "", hang: str | None = None
) -> list[StyledLine]:
    """The lines of a text; the first begins with ``indent``, the others with ``hang``."""
    hang = indent if hang is None else hang
    lines: list[StyledLine] = []
    found = blocks(text.replace("\r\n", "\n").translate(_BREAKS))
    wide = cells(indent) > setting.width // 2
    if indent.strip() and (wide or not (len(indent) == len(hang) or _begins_in_line(found))):
        # Our own words stand above the text.
        lines += map(StyledLine, wrap(indent.strip(), setting.width, _blank(indent), hang))
    for block in found:
        lines += _set(block, setting, hang if lines else indent, hang)
    return lines


def _begins_in_line(found: Sequence[Block]) -> bool:
    return isinstance(found[0], MarkupText) or found[0] == PlacedLine("")


def _blank(indent: str) -> str:
    return indent[: len(indent) - len(indent.lstrip())]


def _set(block: Block, setting: BlockStyle, lead: str, hang: str) -> Iterator[StyledLine]:
    match block:
        case MarkupText(text):
            yield from _filled(text, setting, lead, hang, kept=False)
        case PlacedLine(""):
            yield StyledLine(lead.rstrip())
        case PlacedLine(text):
            yield from _filled(text, setting, lead, hang + _PLACED_HANG, kept=True)
        case ListItem(indent, sign, text):
            own = f"{' ' * indent}{sign} "
            below = hang + " " * len(own)
            yield from _filled(text, setting, lead + own, below, kept=False)
        case Code(code):
            yield from _code(code, setting, lead, hang)
        case MarkupTable():
            yield from map(StyledLine, _table(block, setting, lead, hang))


def _filled(
    source: str, setting: BlockStyle, lead: str, hang: str, *, kept: bool
) -> list[StyledLine]:
    found = setting.runs(source)
    text = "".join(run.text for run in found)
    words = (text if kept else text.replace("\t", " ").replace("\n", " ")).split(" ")
    lines = fill(words, setting.width, lead, hang, kept=kept)
    if not any(run.style for run in found):
        return [StyledLine(line) for line in lines]
    return list(_styled(lines, found, len(lead), len(hang)))


def _styled(
    lines: Sequence[str], found: Sequence[StyledText], lead: int, hang: int
) -> Iterator[StyledLine]:
    """The lines of a text with the styles of its runs. Wrapping moves blanks alone, so a letter
    is known by how many stand before it."""
    styles = [run.style for run in found for letter in run.text if not letter.isspace()]
    at = 0
    for number, line in enumerate(lines):
        spans: list[tuple[int, int, str]] = []
        for column in range(hang if number else lead, len(line)):
            if line[column].isspace():
                continue
            style = styles[at]
            at += 1
            if not style:
                continue
            # Blanks between two letters of a run have its style.
            if spans and spans[-1][2] == style and not line[spans[-1][1] : column].strip():
                spans[-1] = (spans[-1][0], column + 1, style)
            else:
                spans.append((column, column + 1, style))
        yield StyledLine(line, tuple(spans))


def _code(lines: Sequence[str], setting: BlockStyle, lead: str, hang: str) -> Iterator[StyledLine]:
    shown = [setting.own(neutral(line.expandtabs(4)).replace("\n", " ")) for line in lines]
    if setting.aloud:
        yield StyledLine(f"{lead}Code:")
        yield from (StyledLine(f"{hang}{line}".rstrip()) for line in shown)
        yield StyledLine(f"{hang}End of code.")
        return
    bar = setting.own("│ ")
    for number, line in enumerate(shown or [""]):
        before = (hang if number else lead) + bar
        clipped = cut(line, setting.widest - cells(before), setting.own("…"))
        yield StyledLine((before + clipped).rstrip())


def _table(table: MarkupTable, setting: BlockStyle, lead: str, hang: str) -> Iterator[str]:
    head, *rows = [[setting.shown(cell) for cell in row] for row in (table.head, *table.rows)]
    widths = [max(map(cells, column)) for column in zip(head, *rows, strict=True)]
    wide = max(cells(lead), cells(hang)) + sum(widths) + 2 * len(widths) - 2 > setting.widest
    if setting.aloud or wide:
        yield from _read_out(head, rows, setting, lead, hang)
        return
    ruled = [setting.own("─") * width for width in widths]
    for number, row in enumerate([head, ruled, *rows]):
        padded = []
        for i, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = width - cells(cell)
            before = room if i in table.right else room // 2 if i in table.centred else 0
            padded.append(" " * before + cell + " " * (room - before))
        yield ((hang if number else lead) + "  ".join(padded)).rstrip()


def _read_out(
    head: Sequence[str], rows: Sequence[Sequence[str]], setting: BlockStyle, lead: str, hang: str
) -> Iterator[str]:
    """A table row by row, each cell behind the name of its column."""
    if setting.aloud:
        yield from wrap(ended(f"Table: {', '.join(filter(None, head))}"), setting.width, lead, hang)
        lead = hang
    for number, row in enumerate(rows):
        named = [f"{name} {cell}".strip() for name, cell in zip(head, row, strict=True) if cell]
        said = ended(f"Row {number + 1}: {', '.join(named)}")
        yield from wrap(said, setting.width, hang if number else lead, hang + "  ")
    if setting.aloud:
        yield f"{hang}End of table."
