"""Texts of a bank in a page: their blocks, code and emphasis, and formulas as the terminal writes
them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from quizcli.pages.elements import Html, element, escaped, joined
from quizcli.quiz.inline import inline
from quizcli.quiz.markup import Code, ListItem, MarkupTable, MarkupText, PlacedLine, blocks
from quizcli.terminal.notation import Form, form_of, render, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.quiz.markup import Block

NARROW = 46  # letters of a line of the narrowest page
_TAGS = {"code": "code", "emphasis": "em"}


class Wording(NamedTuple):
    """How all texts that stand together are written: one symbol has one look."""

    form: Form

    def plain(self, text: str) -> str:
        """A text without elements, for a title or a picture."""
        return render(text, self.form)

    def line(self, text: str) -> Html:
        """A text in one line."""
        styled = runs(inline(text), self.form, marks=False)
        return joined(
            *(element(_TAGS[r.style], r.text) if r.style else escaped(r.text) for r in styled)
        )

    def blocks(self, text: str, lead: str = "") -> Html:
        """A text with its code, tables and lists, behind a ``lead`` of our own words."""
        found = blocks(text.replace("\r\n", "\n"))
        before = joined(element("b", lead.strip()), " ") if lead.strip() else Html()
        if before and not isinstance(found[0], MarkupText):
            return joined(element("p", before), self._set(found, Html()))
        return self._set(found, before)

    def _set(self, found: Sequence[Block], before: Html) -> Html:
        parts: list[Html] = []
        for kind, group in groupby(found, type):
            same = list(group)
            if kind is ListItem:
                parts.append(element("ul", *map(self._item, same), class_="items"))
            elif kind is PlacedLine:
                parts += self._placed(same)
            else:
                for block in same:
                    parts.append(self._block(block, before if not parts else Html()))
        return joined(*parts)

    def _item(self, item: Block) -> Html:
        assert isinstance(item, ListItem)
        depth = min(item.indent // 2, 3)
        sign = "•" if item.sign in "-*+" else item.sign
        return element("li", element("span", sign), " ", self.line(item.text), class_=f"d{depth}")

    def _placed(self, lines: Sequence[Block]) -> list[Html]:
        """Lines that keep their place; an empty one is between paragraphs anyway."""
        texts = [line.text for line in lines if isinstance(line, PlacedLine)]
        while texts and not texts[0]:
            texts.pop(0)
        while texts and not texts[-1]:
            texts.pop()
        rows = [joined(self.line(text), "\n") for text in texts]
        return [element("p", *rows, class_="placed", dir="auto")] if rows else []

    def _block(self, block: Block, before: Html) -> Html:
        match block:
            case MarkupText(text):
                return element("p", before, self.line(text), dir="auto")
            case Code(lines):
                return element("pre", element("code", "\n".join(lines)), tabindex="0")
            case MarkupTable(head, rows, right, centred):
                return table([self.line(h) for h in head], self._rows(rows), right, centred)
        raise AssertionError(block)

    def _rows(self, rows: Iterable[Sequence[str]]) -> list[list[Html]]:
        return [[self.line(cell) for cell in row] for row in rows]


def wording(texts: Iterable[str]) -> Wording:
    """All formulas of what stands together in Unicode, or none."""
    return Wording(form_of(texts))


def is_wide(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows of a table have no room on the narrowest page."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    return sum(widths) + 2 * len(widths) > NARROW


def table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[int] = (),
    centred: Sequence[int] = (),
    *,
    stacked: bool = False,
) -> Html:
    """A table that scrolls by itself where it is too wide; one that is ``stacked`` becomes a list
    of its rows on a narrow screen, each cell behind the plain text of its head."""
    named = dict.fromkeys(right, "right") | dict.fromkeys(centred, "centred")
    kinds = [{"class_": named[i]} if i in named else {} for i in range(len(head))]
    labels = [{"data_label": text} if stacked and i and text else {} for i, text in enumerate(head)]
    heads = [element("th", text, scope="col", **kind) if text else element("td")
             for text, kind in zip(head, kinds, strict=True)]  # fmt: skip
    body = [
        element("tr", *(
            element("td", text, **kind, **label)
            for text, kind, label in zip(row, kinds, labels, strict=True)
        ))
        for row in rows
    ]  # fmt: skip
    parts = element("thead", element("tr", *heads)), element("tbody", *body)
    whole = element("table", *parts, **({"class_": "stacked"} if stacked else {}))
    return element("div", whole, class_="wide", tabindex="0")
