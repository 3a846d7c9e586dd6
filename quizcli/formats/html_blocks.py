"""Paragraphs, lists, tables and code of our text, written tag by tag as HTML is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.plain_text import from_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

# Unicode keeps these for a program's own use: they stand for signs until all prose is escaped.
_BOLD, _ITALIC, _TICK, _DOLLAR = "\ufdd8", "\ufdd9", "\ufdda", "\ufddb"
_OWN = re.compile("[\ufdd0-\ufdef]")
_SIGNS = str.maketrans({_BOLD: "**", _ITALIC: "*", _TICK: "`", _DOLLAR: "$"})
_MARKED = re.compile(f"([{_BOLD}{_ITALIC}])([^{_BOLD}{_ITALIC}]*+)([{_BOLD}{_ITALIC}])")
_INLINE = {"b": _BOLD, "strong": _BOLD, "i": _ITALIC, "em": _ITALIC, "cite": _ITALIC}
_INLINE |= dict.fromkeys(["code", "tt", "kbd", "samp"], _TICK)
_INLINE |= {"sub": "_", "sup": "^", "a": "a"}
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "header",
    "footer", "center", "address", "dl", "dt", "dd", "form", "fieldset", "figure", "figcaption",
    "details", "summary", "caption", "br", "hr", "ul", "ol", "li", "table", "tbody", "thead",
    "tfoot", "body", "html", "main", "nav", "aside",
}  # fmt: skip
_ROWS = frozenset({"tr", "td", "th"})
_ALIGNED = re.compile(r"\s*text-align\s*:\s*([a-z]+)\s*;?\s*\Z", re.IGNORECASE)
_RULES = {"right": "--:", "end": "--:", "center": ":-:"}  # of a table, below its head
_NOT_FIRST = ")]}>.,;:!?*_"  # what no emphasis begins with in our text
_NOT_LAST = "([{<*_"
_SPACES = re.compile("[ \t\n\r\f\xa0]+")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s<>]{1,2000}\Z", re.IGNORECASE)
_EMPHASIS = "bold or italic passage"
_DEEPEST = 6  # lists within lists that are told apart
_MOST_MARKS = 50  # elements open at once within a paragraph
_WHOLE = re.compile(f"({_TICK}[^{_TICK}]*{_TICK}|{_DOLLAR}[^{_DOLLAR}]*{_DOLLAR})")


def only_aligns(name: str, attributes: Mapping[str, str]) -> bool:
    """Whether the style of an element is the alignment of a cell, which a table of ours has."""
    plain = not attributes.keys() & {"color"}
    return plain and name in _ROWS and _ALIGNED.match(attributes.get("style", "")) is not None


class OpenMark(NamedTuple):
    """An element within a paragraph: its name, where it began (the paragraph, the part in it), and
    where a link leads."""

    name: str
    paragraph: int
    part: int
    url: str = ""


class BlockWriter:
    """Collects the blocks of a text; ``lost`` are nouns for what it has no place for."""

    def __init__(self) -> None:
        self.lost: list[str] = []
        self._blocks: list[tuple[bool, str]] = []  # (an item of a list, its text)
        self._parts: list[str] = []
        self._marks: list[OpenMark] = []
        self._lists: list[int] = []  # the number of the last item, -1 where they have none
        self._item = ""  # the sign of an item that has begun
        self._rows: list[list[str]] | None = None
        self._rules: dict[int, str] = {}  # of the columns that are aligned
        self._code: list[str] | None = None
        self._paragraph = 0

    def lose(self, what: str) -> None:
        """Note that something has no place here."""
        if what:
            self.lost.append(what)

    def text(self, text: str) -> None:
        """A stretch of text."""
        if not text:
            return
        text = _OWN.sub("\ufffd", text)
        if self._code is not None:
            self._code.append(text)
        else:
            self._parts.append(_SPACES.sub(" ", text))

    def open(self, name: str, attributes: Mapping[str, str]) -> None:
        """The beginning of an element."""
        if self._code is not None:
            self._code.append("\n" if name == "br" else "")
        elif name == "pre":
            self._flush()
            self._code = []
        elif name == "img":
            self.lose("picture")
            self.text(f" [{attributes.get('alt', '').strip() or 'picture'}] ")
        elif name in {"input", "embed"}:
            self.lose("form field" if name == "input" else "embedded object")
        elif name in _INLINE:
            url = attributes.get("href", "").strip()
            if len(self._marks) < _MOST_MARKS:
                self._marks.append(OpenMark(name, self._paragraph, len(self._parts), url))
        elif name in _ROWS:
            self._open_cell(name, attributes)
        elif name in _BLOCKS:
            self._open_block(name)

    def _open_block(self, name: str) -> None:
        self._flush()
        if name == "table":
            self._rules = self._rules if self._rows else {}
            self._rows = self._rows or []  # a table within a table goes on with it
        elif name in {"ul", "ol"}:
            self._lists.append(0 if name == "ol" else -1)
        elif name == "li":
            self._item = "-"
            if self._lists and self._lists[-1] >= 0:
                self._lists[-1] += 1
                self._item = f"{self._lists[-1]}."

    def _open_cell(self, name: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        if self._rows is None:
            return
        if name == "tr" or not self._rows:
            self._rows.append([])
        if name != "tr":
            self._rows[-1].append("")
            style = _ALIGNED.match(attributes.get("style", ""))
            said = (style[1] if style else attributes.get("align", "")).lower()
            # The cells below a head decide: browsers centre that by itself.
            self._rules[len(self._rows[-1]) - 1] = _RULES.get(said, "---")

    def close(self, name: str) -> None:
        """The end of an element, whether it was open or not."""
        if name == "pre" and self._code is not None:
            self._end_code()
        elif self._code is not None:
            return
        elif name in _INLINE:
            self._close_mark(name)
        elif name in _BLOCKS or name in _ROWS:
            self._flush()
            if name in {"ul", "ol"} and self._lists:
                self._lists.pop()
            elif name == "li":
                self._item = ""
            elif name == "table":
                self._end_table()

    def _close_mark(self, name: str) -> None:
        at = next(
            (i for i in range(len(self._marks) - 1, -1, -1) if self._marks[i].name == name), -1
        )
        if at < 0:
            return
        mark = self._marks[at]
        del self._marks[at:]
        if mark.paragraph != self._paragraph:
            self.lose("link" if name == "a" else _EMPHASIS)
            return
        inner = "".join(self._parts[mark.part :])
        del self._parts[mark.part :]
        lead = " " if inner[:1] == " " else ""
        trail = " " if inner[-1:] == " " and inner.strip() else ""
        self._parts += [lead, self._marked(mark, inner.strip()), trail]

    def _marked(self, mark: OpenMark, inner: str) -> str:
        sign = _INLINE[mark.name]
        if not inner:
            return ""
        if mark.name == "a":
            return self._link(mark.url, inner)
        if sign in "_^":
            if re.fullmatch(r"[\w+−-]{1,20}", inner):
                inner = inner if len(inner) == 1 else f"{{{inner}}}"
                return f"{_DOLLAR}{sign}{inner}{_DOLLAR}"
            self.lose("raised or lowered passage")
            return inner
        if sign == _TICK:
            bare = inner.translate(_SIGNS)
            if "`" in bare:
                self.lose("code passage")
                return bare
            return f"{_TICK}{bare}{_TICK}"
        if _BOLD in inner or _ITALIC in inner:
            return inner  # no emphasis stands within another one: the inner one stays
        return f"{sign}{inner}{sign}"

    def _link(self, url: str, inner: str) -> str:
        if not url or url.removeprefix("mailto:") in inner:
            return inner
        if not _WEB.match(url):
            self.lose("link")
            return inner
        return f"{inner} ({url.removeprefix('mailto:')})"

    def _flush(self) -> None:
        """End a paragraph."""
        prose = _SPACES.sub(" ", "".join(self._parts)).strip()
        self._parts = []
        self._paragraph += 1
        if not prose:
            return
        parts = _WHOLE.split(self._emphasis(prose))
        parts[::2] = map(from_plain, parts[::2])
        text = "".join(parts).translate(_SIGNS)
        if self._rows and self._rows[-1]:
            cell = self._rows[-1][-1]
            self._rows[-1][-1] = f"{cell} {text}".strip()
            return
        indent = "  " * min(max(len(self._lists) - 1, 0), _DEEPEST)
        if self._item:
            self._blocks.append((True, f"{indent}{self._item} {text}"))
            self._item = ""
        elif self._lists and self._blocks and self._blocks[-1][0]:
            self._blocks.append((True, f"{indent}  {text}"))
        else:
            self._blocks.append((False, text))

    def _emphasis(self, prose: str) -> str:
        """A paragraph without the emphasis that our text cannot have: within a word."""

        def kept(match: re.Match[str]) -> str:
            inner, start, end = match[2], match.start(), match.end()
            sound = match[1] == match[3] and not (
                inner[:1] in _NOT_FIRST
                or inner[-1:] in _NOT_LAST
                or prose[start - 1 : start].isalnum()
                or prose[end : end + 1].isalnum()
            )
            if not sound:
                self.lose(_EMPHASIS)
            return match[0] if sound else inner

        return _MARKED.sub(kept, prose) if _BOLD in prose or _ITALIC in prose else prose

    def _end_code(self) -> None:
        code = "".join(self._code or ()).strip("\n").replace("\t", "    ").rstrip()
        self._code = None
        if code.strip():
            longest = max((len(run) for run in re.findall("`+", code)), default=0)
            fence = "`" * max(3, longest + 1)
            self._blocks.append((False, f"{fence}\n{code}\n{fence}"))

    def _end_table(self) -> None:
        rows = [row for row in self._rows or () if any(row)]
        self._rows = None
        width = max(map(len, rows), default=0)
        if width < 2 or len(rows) < 2:
            self._blocks += [(False, " ".join(filter(None, row))) for row in rows]
            return
        lines = [
            "| "
            + " | ".join(cell.replace("|", "\\|") for cell in row)
            + " |" * (width - len(row) + 1)
            for row in rows
        ]
        lines.insert(1, "|" + "".join(f"{self._rules.get(at, '---')}|" for at in range(width)))
        self._blocks.append((False, "\n".join(lines)))

    def finished(self) -> str:
        """The whole text."""
        if self._code is not None:
            self._end_code()
        self._flush()
        if self._rows is not None:
            self._end_table()
        pieces: list[str] = []
        before = False
        for item, text in self._blocks:
            if pieces:
                pieces.append("\n" if item and before else "\n\n")
            pieces.append(text)
            before = item
        return "".join(pieces)
