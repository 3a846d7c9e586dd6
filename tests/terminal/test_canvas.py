"""What was said stays, once and in order; only the live part is ever replaced."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text

from quizcli.terminal.canvas import Canvas, ansi
from quizcli.terminal.look import Look
from tests.fakes import FakeScreen

LINES = st.lists(st.text("abc漢", min_size=1, max_size=15), max_size=9)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["say", "live"]), LINES), max_size=8), st.integers(3, 12))
def test_said_lines_stay_and_live_ones_go(moves: list[tuple[str, list[str]]], height: int) -> None:
    """For any sequence of both and any window: the screen with its scrollback holds every line
    that was said, and below them the latest live ones, as many as the window has room for."""
    screen = FakeScreen(40, height)
    canvas = Canvas(screen, screen.look())
    said: list[str] = []
    live: list[str] = []
    for name, lines in moves:
        texts = [Text(line) for line in lines]
        if name == "say":
            canvas.say(texts)
            said, live = said + lines, []
        else:
            canvas.live(texts)
            live = lines[: height - 1]
    assert screen.text.split("\n") == ([*said, *live] or [""])
    canvas.leave()
    assert screen.text.split("\n") == (said or [""])
    assert screen.written.endswith("\x1b[?25h")


def test_redrawing_in_a_tiny_window_leaves_no_trace() -> None:
    """Live lines that are more than the window has: each redraw would leave some above."""
    screen = FakeScreen(20, 5)
    canvas = Canvas(screen, screen.look())
    for number in range(20):
        canvas.live([Text(f"line {line} of {number}") for line in range(8)])
    assert len(screen.text.split("\n")) == 4


def test_a_window_that_became_narrower() -> None:
    """The terminal has broken the live lines; all pieces of them are erased."""
    screen = FakeScreen(40, 12)
    canvas = Canvas(screen, screen.look())
    canvas.live([Text("x" * 30), Text("y" * 10)])
    canvas.look = Look(20, 12)
    assert canvas._erased().startswith("\x1b[3A")


@pytest.mark.parametrize("colour", [True, False])
def test_text_is_written_as_it_is(colour: bool) -> None:
    """No markup, no emoji codes, no highlighting, no wrapping; without colour no escape at all."""
    text = "[bold]x[/] :smile: 123 'quoted' http://example.org " + "w" * 300
    written = ansi([Text(text, style="red"), Text("")], Look(40, 12, colour=colour))
    if colour:
        assert written == f"\x1b[31m{text}\x1b[0m\n\n"
    else:
        assert written == f"{text}\n\n"
