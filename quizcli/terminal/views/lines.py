"""Lines of a screen: text with styles, wrapped by our own layout, so that heights are known.

Styles are named for what they mean; :data:`THEME` says how they look. Colour repeats what the
words say and is never alone.

No colour of the 16 can be read as text on every background: yellow and cyan fade on white, red
and blue on black, and dim text on both. So words keep the terminal's own colour, bold where they
matter, and colour is laid under a sign of one cell, with a text colour of its own, so that its
contrast does not hang on the background.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.terminal.blocks import BlockStyle, set_blocks
from quizcli.terminal.colours import LAID, SIGNS
from quizcli.terminal.layout import StyledLine, cells, wrap
from quizcli.terminal.notation import Form, form_of, render
from quizcli.terminal.safe import ascii_only, neutral
from quizcli.terminal.style import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.quiz.model import Question
    from quizcli.terminal.style import OutputStyle

THEME = {
    "accent": "bold",
    "right": "bold",
    "wrong": "bold",
    "partly": "bold",
    "title": "bold",
    "quiet": "",
    "": "",
    "code": "bold",
    "emphasis": "italic",
    "sign quiet": "",
    **{name: style for name, (style, _) in SIGNS.items()},
    # Marks: bars, curves, progress.
    **{
        name: f"color({sign})" + (f" on color({under})" if under is not None else "")
        for name, (sign, under) in LAID.items()
    },
}

Lines = list[Text]
PROGRESS = 42  # cells of a bar that says how much is done


class Page:
    """Collects the lines of one screen. ``form`` is how its formulas are written."""

    def __init__(self, look: OutputStyle, form: Form) -> None:
        self.look = look
        self.form = form
        self.width = look.width
        self.lines: Lines = []

    def text(self, source: str) -> str:
        """Bank text as this page shows it within a line of its own words."""
        return self.own(neutral(render(source, self.form, marks=not self.look.colour)))

    def own(self, text: str) -> str:
        """Our own words: characters that the terminal cannot show are replaced."""
        return text if self.look.unicode else ascii_only(text)

    def blank(self) -> None:
        """An empty line; never two in a row."""
        if self.lines and self.lines[-1].plain:
            self.lines.append(Text(""))

    def say(
        self, text: str, style: str = "", *, indent: str = " ", hang: str | None = None
    ) -> None:
        """Shown text, wrapped."""
        width = min(self.width, TEXT_WIDTH) - 1
        for line in wrap(text, width, indent, hang):
            self.lines.append(Text(line, style=THEME[style]))

    def prose(
        self, source: str, style: str = "", *, lead: str = "", indent: str = " ", hang: str = ""
    ) -> None:
        """Bank text in its blocks, behind a ``lead`` of our own words."""
        for line in set_blocks(source, self._setting(), indent + lead, hang or indent):
            self.lines.append(with_styles(line, style))

    def entry_prose(self, lead: Sequence[tuple[str, str]], source: str, style: str = "") -> None:
        """Bank text in its blocks behind a lead of (words, style) pieces, hanging under itself."""
        room = cells("".join(self.own(words) for words, _ in lead))
        if room > self.width // 2:
            self.entry(lead, "")
            if source:
                self.prose(source, style, indent="     ")
            return
        lines = set_blocks(source, self._setting(room)) or [StyledLine("")]
        first = _styled([(self.own(words), kind) for words, kind in lead])
        first.append_text(with_styles(lines[0], style))
        first.rstrip()
        self.lines.append(first)
        for line in lines[1:]:
            self.lines.append(with_styles(line, style, room if line.text else 0))

    def _setting(self, taken: int = 0) -> BlockStyle:
        look = self.look
        width = min(self.width, TEXT_WIDTH) - 1 - taken
        return BlockStyle(self.form, width, self.width - 1 - taken, look.unicode, not look.colour)

    def entry(self, lead: Sequence[tuple[str, str]], text: str, style: str = "") -> None:
        """Text behind a lead of (words, style) pieces, hanging under itself."""
        lead = [(self.own(words), kind) for words, kind in lead]
        before = "".join(words for words, _ in lead)
        room = cells(before)
        if room > self.width // 2:  # a long lead on a narrow screen: text goes below it
            self._long_lead(lead)
            if text:
                self.say(text, style, indent="     ")
            return
        width = min(self.width, TEXT_WIDTH) - 1
        wrapped = wrap(text, width - room) or [""]
        first = _styled(lead)
        first.append(wrapped[0], THEME[style])
        first.rstrip()
        self.lines.append(first)
        for line in wrapped[1:]:
            self.lines.append(Text(" " * room + line if line else "", style=THEME[style]))

    def _long_lead(self, lead: Sequence[tuple[str, str]]) -> None:
        """A lead whose words take lines of their own, hanging behind its signs."""
        *signs, (words, kind) = lead
        gap = words[: len(words) - len(words.lstrip())]
        room = cells("".join(sign for sign, _ in signs) + gap)
        first, *rest = wrap(words.strip(), min(self.width, TEXT_WIDTH) - 1 - room) or [""]
        self.lines.append(_styled([*signs, (gap + first, kind)]))
        self.lines += [Text(" " * room + line, style=THEME[kind]) for line in rest]

    def sides(self, left: str, right: str, style: str = "", right_style: str = "quiet") -> None:
        """Two texts at the two edges; below each other where there is no room for both."""
        left, right = self.own(left), self.own(right)
        width = min(self.width, TEXT_WIDTH) - 1
        gap = width - 1 - cells(left) - cells(right)
        if gap >= 2:
            line = Text(" ")
            line.append(left, THEME[style]).append(" " * gap).append(right, THEME[right_style])
            self.lines.append(line)
        else:
            self.say(left, style)
            if right:
                self.say(right, right_style)

    def progress(self, share: float, words: str, right: float = 0.0) -> None:
        """A bar with the ``share`` that is done, as much of it as is ``right`` in the colour of
        that, and the words that say so, which stand alone where there is no room for both."""
        line = Text(" ")
        room = min(PROGRESS, self.width - 4 - cells(words))
        if room >= 8:
            ends = [round(room * part) for part in (0, right, share)]
            coloured = self.look.colour and self.look.deep
            for style, start, end in zip(("mark right", "mark"), ends, ends[1:], strict=False):
                line.append(self.own("━" * (end - start)), THEME[style if coloured else "accent"])
            line.append(self.own("─" * (room - ends[-1])), THEME["quiet"]).append("  ")
        self.lines.append(line.append(words, THEME["quiet"]))

    def keys(self, items: Iterable[tuple[str, str]]) -> None:
        """The key line: (key, what it does), closer together where it fits only so, else wrapped
        between items. Where a low window has no room for that, the keys alone."""
        items = list(items)
        start = len(self.lines)
        sizes = [cells(self.own(f"{key} {does}")) for key, does in items]
        gap = next((n for n in (3, 2) if 1 + sum(sizes) + n * (len(items) - 1) < self.width), 3)
        self._keys(items, " " * gap)
        if len(self.lines) - start > max(1, self.look.height - 3):
            del self.lines[start:]
            self._keys([(key, "") for key, _ in items], " ")

    def _keys(self, items: Iterable[tuple[str, str]], gap: str) -> None:
        line, used = Text(" "), 1
        for key, does in items:
            key, does = self.own(key), self.own(does)  # noqa: PLW2901 - as they are shown
            size = cells(key) + (1 + cells(does) if does else 0)
            if used > 1 and used + len(gap) + size > self.width - 1:
                self.lines.append(line)
                line, used = Text(" "), 1
            if used + size > self.width - 1:  # a window as narrow as a word
                self.entry([(f" {key} ", "accent")], does, "quiet")
                continue
            if used > 1:
                line.append(gap)
                used += len(gap)
            line.append(key, THEME["accent"]).append(f" {does}" if does else "", THEME["quiet"])
            used += size
        if used > 1:
            self.lines.append(line)


def _styled(pieces: Sequence[tuple[str, str]]) -> Text:
    line = Text()
    for words, style in pieces:
        line.append(words, THEME[style])
    return line


def with_styles(line: StyledLine, style: str = "", room: int = 0) -> Text:
    """A line with its stretches, behind ``room`` cells."""
    text = Text(" " * room + line.text, style=THEME[style])
    for start, end, kind in line.styles:
        text.stylize(THEME[kind], room + start, room + end)
    return text


def form_for(question: Question, look: OutputStyle) -> Form:
    """How a question's formulas are written: all in Unicode, or none. A figure is drawn in linear
    form, if it has raised or lowered letters at all."""
    if look.plain or not look.unicode:
        return Form.SPOKEN
    if question.figure and ("^" in question.figure.text or "_" in question.figure.text):
        return Form.LINEAR
    return form_of(question.texts)


def form_for_titles(titles: Iterable[str], look: OutputStyle) -> Form:
    """How formulas are written in a list of titles: all in Unicode, or none."""
    return form_of(titles) if look.unicode and not look.plain else Form.SPOKEN
