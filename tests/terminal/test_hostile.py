"""Hostile text in every field of a bank, on every screen: harmless, whole, within the window."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizcli.quiz.came_to import came_to
from quizcli.quiz.grading import Response, grade
from quizcli.quiz.markup import Code, blocks
from quizcli.quiz.model import Bank, Figure, Option, Question
from quizcli.quiz.session import Session
from quizcli.terminal import plain
from quizcli.terminal.canvas import ansi
from quizcli.terminal.layout import cells
from quizcli.terminal.safe import neutral
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views import feedback, flagged, question, summary
from quizcli.terminal.views.asking import Asking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.terminal.views.lines import Lines

# Name: the text, and the letters and digits of it that must be read.
HOSTILE = {
    "an escape": "before\x1b[31mred\x1b[0m\x1b]0;title\x07\x1b[2J\x9b5Aafter",
    "a link": "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\here",
    "bidi overrides": "a\u202eb\u2066c\u2069d\u200fe\u061cf",
    "zero width": "z\u200be\u200cr\u200do\ufeff\u2060\u00ad9",
    "a flood of marks": "x" + "\u0301" * 500 + "y" + "\u20dd" * 99,
    "markup": "[bold]a[/bold] [/] [red]b[/red] :smile: [link=x]c[/link] a^{[l]} [@click=x]d[/]",
    "a long word": "w" * 10_000,
    "wide cells": "漢字かな交じり文" * 30,
    "emoji": "👨‍👩‍👧‍👦👍🏽🇪🇺❤️1️⃣ flags" * 9,
    "returns and tabs": "one\rtwo\r\nthree\tfour\x08five\x0csix\x0bseven\x85eight\u2028nine",
    "dollars": r"$5 or $6$ $\frac{a$ $$ \$ $\undefined{b}$ $^^__$ ${}{}$",
    "half of a pair": "a\ud800b\udfffc",
    "nothing to see": "\u3164\u115f\u2800\u00a0\t \n \n",
    "tags": "\U000e0041\U000e0042\U000e007f hidden words",
}
WINDOWS = [(20, 5), (40, 12), (80, 24), (400, 100)]


def bank_of(text: str) -> Bank:
    """A bank whose every field says the same."""
    options = (
        Option("a", text, correct=True, feedback=text, missed=text),
        Option("b", text, feedback=text),
        Option("c", text, correct=True),
    )
    asked = [
        Question(
            id=f"q{kind}", kind=kind, prompt=text, options=options, title=text, hints=(text,),
            explanation=text, figure=Figure(text, text),
        )
        for kind in ("multiple-choice",)
    ]  # fmt: skip
    return Bank("hostile", text, tuple(asked))


def screens(text: str, look: OutputStyle) -> Iterator[tuple[str, Lines]]:
    """Every screen that a text of a bank gets onto."""
    session = Session(bank_of(text), 7)
    [item] = session.items
    session.flag()
    state = Asking(session, item, cursor=1, ticked=frozenset("a"), message="Word.")
    response = Response(frozenset("ab"))
    marks = grade(item.question, response, "net-correct")
    yield "head", question.head(state, look)
    yield "options", question.options(state, look)
    yield "hint", question.hint(text, state, look)
    yield "footer", question.footer(state, look)
    yield "cursor", question.cursor_line(state, look)
    yield "feedback", feedback.feedback(item, response, marks, look)
    yield "headline", feedback.headline(item, response, marks, look)
    yield "reasons", feedback.every_reason(item, look)
    yield "flagged", flagged.flagged(session, look)
    yield "summary", summary.summary(session, came_to(session), look)


def harmless(text: str, look: OutputStyle, source: str) -> None:
    """Every screen: no line beyond the window, nothing that acts, our own escapes alone."""
    for name, lines in screens(source, look):
        for line in lines:
            shown = line.plain
            assert cells(shown) < max(look.width, 20) or cells(shown.strip()) <= 2, (name, shown)
            assert neutral(shown) == shown, (name, shown)
            assert look.unicode or shown.isascii(), (name, shown)
        out = ansi(lines, look)
        bare = re.sub(r"\x1b\[[0-9;]*m", "", out)
        assert "\x1b" not in bare
        assert bare == "".join(f"{line.plain}\n" for line in lines)


@pytest.mark.parametrize("window", WINDOWS, ids=str)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_shown_harmlessly(name: str, window: tuple[int, int]) -> None:
    """In Unicode, in ASCII, in colour."""
    for look in (
        OutputStyle(*window, colour=True),
        OutputStyle(*window, colour=False),
        OutputStyle(*window, colour=True, unicode=False),
    ):
        harmless(name, look, HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_harmlessly(name: str) -> None:
    """In lines."""
    session = Session(bank_of(HOSTILE[name]), 7)
    [item] = session.items
    for width in (20, 40, 80):
        for line in plain.question(session, item, 1, width):
            assert neutral(line) == line
            assert cells(line) <= max(width, 20)


TEXT = st.text(
    st.characters() | st.sampled_from("\x1b\u202e\u200b\u0301$\\{}^_[]漢👍"), max_size=60
)


@settings(max_examples=60)
@given(TEXT, st.sampled_from([20, 40, 80]), st.booleans(), st.booleans())
def test_any_text_is_shown_harmlessly(text: str, width: int, colour: bool, unicode: bool) -> None:
    """Whatever a bank says."""
    harmless("any", OutputStyle(width, 12, colour=colour, unicode=unicode), text)


WORDS = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sm", "Zs", "Cc", "Cf"]), max_size=80
)


@settings(max_examples=100)
@given(WORDS.filter(lambda text: "$" not in text), st.sampled_from([20, 40, 80]))
def test_nothing_that_can_be_read_is_lost_on_the_way_to_the_screen(text: str, width: int) -> None:
    """Through notation, neutralising, wrapping and styling: every letter and digit arrives, in
    order, in the prompt, the options and the reasons. Of code a narrow window shows what fits, with
    a mark."""
    assume(width == 80 or not any(isinstance(block, Code) for block in blocks(text)))
    look = OutputStyle(width, 24, colour=True)
    wanted = [c for c in text if c.isalnum()]
    for name, lines in screens(text, look):
        if name in {"head", "options", "feedback", "reasons", "hint"}:
            rest = iter("".join(line.plain for line in lines))
            assert all(character in rest for character in wanted), name
