"""Code, tables, lists and emphasis at 80 and 40 columns, in Unicode, ASCII, colour and lines.

The files ``golden/texts-*.txt`` are to be read: ``pytest --update-golden`` writes them anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.results import bank_result
from quizcli.bank.shelf import load_bank
from quizcli.quiz.cards import cards_of
from quizcli.quiz.grading import Response
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Item
from quizcli.terminal import plain_card
from quizcli.terminal.blocks import BlockStyle, StyledLine, set_blocks
from quizcli.terminal.canvas import ansi
from quizcli.terminal.layout import cells
from quizcli.terminal.notation import Form
from quizcli.terminal.preview import Preview, in_lines, on_screen
from quizcli.terminal.render import body
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views import card as card_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.quiz.model import Bank

GOLDEN = Path(__file__).with_name("golden")
BANK = Path(__file__).parent.parent / "fixtures" / "texts.yaml"
LOOKS = {
    "unicode": OutputStyle(), "ascii": OutputStyle(unicode=False),
    "colour": OutputStyle(colour=True), "plain": OutputStyle(plain=True),
}  # fmt: skip


@cache
def bank() -> Bank:
    return load_bank(BANK)


def screens(look: OutputStyle) -> Iterator[str]:
    """The question before and after answers, a card, and the whole bank."""
    session = Session(bank(), 1)
    item = session.items[0]._replace(options=bank().questions[0].options)
    for response in (None, Response(("empty",)), Response(("lines",))):
        shown = Preview(session, item, response, every=response is None, hints=response is None)
        yield from (in_lines(shown, look.width) if look.plain
                    else ansi(on_screen(shown, look), look).splitlines())  # fmt: skip
        yield "=" * 20
    [card] = [card for card in cards_of(bank()) if card.question.id == "hindi"]
    turning = card_view.Turning(card, Item(card.question, card.question.options))
    head = (bank().title, 1, 1)
    if look.plain:
        yield from plain_card.front(turning, *head, look.width)
        yield from plain_card.back(turning, look.width)
    else:
        lines = [*card_view.front(turning, *head, look), *card_view.back(turning, look)]
        yield from ansi(lines, look).splitlines()
    yield "=" * 20
    yield from body(bank_result(bank()), look)


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("width", [80, 40])
def test_texts_on_a_screen(name: str, width: int, golden: Callable[[Path, str], None]) -> None:
    """Code keeps its lines, tables their columns, items their lines, prices their dollars."""
    look = LOOKS[name]._replace(width=width)
    lines = [line.replace("\x1b", "␛") for line in screens(look)]
    golden(GOLDEN / f"texts-{width}-{name}.txt", "\n".join(lines) + "\n")
    if name != "colour":
        code = [line for line in lines if any(w in line for w in ("export", "return", "echo"))]
        assert (
            max(cells(line) for line in lines if look.plain is False or line not in code) <= width
        )
    said = "".join(lines)
    assert "5 $" in said
    assert "$HOME:$PATH" in said
    assert said.isascii() or look.unicode


def at(width: int, *, aloud: bool = False) -> BlockStyle:
    return BlockStyle(Form.UNICODE, width, width, marks=False, aloud=aloud)


def test_code_is_clipped_with_a_mark_and_never_wrapped() -> None:
    """At 80 columns it stands whole; in a narrow window the mark says that something is missing;
    in plain mode nothing is."""
    text = "```\n" + "x = " + "1 + " * 16 + "2\n```"
    [wide] = set_blocks(text, at(79), " ")
    assert wide.text.endswith("1 + 2")
    [narrow] = set_blocks(text, at(39), " ")
    assert narrow.text.endswith("…")
    assert cells(narrow.text) <= 39
    aloud = [line.text for line in set_blocks(text, at(39, aloud=True))]
    assert aloud == ["Code:", "x = " + "1 + " * 16 + "2", "End of code."]


def test_a_table_is_read_out_where_it_is_too_wide_and_in_plain_mode() -> None:
    """Row by row, each cell behind the name of its column."""
    text = "| city | people |\n|---|--:|\n| Paris | 2 |\n| Rome | |"
    assert [line.text for line in set_blocks(text, at(20))] == [
        "city   people", "─────  ──────", "Paris       2", "Rome",
    ]  # fmt: skip
    read = ["Row 1: city", "  Paris,", "  people 2.", "Row 2: city", "  Rome."]
    assert [line.text for line in set_blocks(text, at(12))] == read
    assert [line.text for line in set_blocks(text, at(60, aloud=True))] == [
        "Table: city, people.", "Row 1: city Paris, people 2.", "Row 2: city Rome.", "End of table.",
    ]  # fmt: skip


def test_styles_stay_with_their_words_when_a_line_is_wrapped() -> None:
    """Behind a lead of our own, over lines, around a formula."""
    lines = set_blocks("the *very long $x$ word* and `a b` end", at(16), "Why: ", "")
    assert lines == [
        StyledLine("Why: the very", ((9, 13, "emphasis"),)),
        StyledLine("long x word and", ((0, 11, "emphasis"),)),
        StyledLine("a b end", ((0, 3, "code"),)),
    ]


def test_a_text_of_one_paragraph_without_marks_is_what_it_was() -> None:
    """Lead, hang and an empty text included."""
    assert set_blocks("", at(20), "Why: ", "") == [StyledLine("Why:")]
    assert set_blocks("a\nb", at(20), "1. ", "   ") == [StyledLine("1. a b")]
