"""What was said stays, once and in order; only the live part is ever replaced."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from unicodedata import category

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text
from wcwidth import wcwidth

from quizcli.terminal.canvas import Canvas, ansi
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.lines import THEME
from tests.support.fakes import FakeScreen

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
    canvas.look = OutputStyle(20, 12)
    assert canvas._erased().startswith("\x1b[3A")


HINDI = "क्या यह बिल्कुल सही है और इसे हमेशा याद रखना चाहिए क्योंकि यह महत्वपूर्ण है"
WIDTHS = {
    "marks-take-a-cell": lambda c: 1 if category(c) == "Mc" else wcwidth(c),
    "marks-take-none": lambda c: 0 if category(c) in {"Mc", "Mn"} else wcwidth(c),
    "all-is-narrow": lambda c: 1,
}


@pytest.mark.parametrize("name", WIDTHS)
@pytest.mark.parametrize(
    "text", [HINDI * 2, "தமிழ் எழுத்துக்கள் " * 6, "漢字かな交じり文" * 6, "🏴🏳️‍🌈👩‍👩‍👧" * 9]
)
def test_a_redraw_does_not_creep_whatever_the_terminal_takes_for_a_width(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    """An exam's clock redraws each second; what stands above stays where it is, once, also where
    the window has scrolled."""
    monkeypatch.setattr(pyte.screens, "wcwidth", WIDTHS[name])
    screen = FakeScreen(60, 10)
    canvas = Canvas(screen, screen.look())
    said = [Text(f"line {number}") for number in range(8)]
    canvas.say(said)
    for second in range(30):
        canvas.live([Text(text[:58]), Text(text), Text(f"{second} s left")])
        lines = screen.text.split("\n")
        assert lines[:8] == [line.plain for line in said]
        assert len(lines) == 11
        assert lines[-1] == f"{second} s left"
    canvas.leave()
    assert screen.text.split("\n") == [line.plain for line in said]
    canvas.say([Text("x" * 70)])  # what stays is wrapped by the terminal, if it has to be
    assert screen.text.endswith("\n" + "x" * 10)


@pytest.mark.parametrize("colour", [True, False])
def test_text_is_written_as_it_is(colour: bool) -> None:
    """No markup, no emoji codes, no highlighting, no wrapping; without colour no escape at all."""
    text = "[bold]x[/] :smile: 123 'quoted' http://example.org " + "w" * 300
    written = ansi([Text(text, style="red"), Text("")], OutputStyle(40, 12, colour=colour))
    if colour:
        assert written == f"\x1b[31m{text}\x1b[0m\n\n"
    else:
        assert written == f"{text}\n\n"


PIECES = st.lists(
    st.tuples(st.text("ab ✓中\u0303", max_size=4), st.sampled_from(sorted(THEME.values()))),
    max_size=6,
)


@given(PIECES, st.sampled_from(sorted(THEME.values())), st.booleans())
def test_escapes_are_those_of_the_library(
    pieces: list[tuple[str, str]], base: str, trimmed: bool
) -> None:
    """A console of the library, asked for the same, shows the same in every cell."""
    line = Text(style=base)
    for words, style in pieces:
        line.append(words, style)
    if trimmed:
        line.rstrip()
    out = StringIO()
    console = Console(
        file=out, force_terminal=True, color_system="256", width=1000, markup=False,
        emoji=False, highlight=False, legacy_windows=False, _environ={},
    )  # fmt: skip
    console.print(line, soft_wrap=True)
    assert cellwise(ansi([line], OutputStyle(80, 24, colour=True))) == cellwise(out.getvalue())


def cellwise(text: str) -> list[object]:
    """What a terminal makes of it, cell by cell."""
    screen = pyte.Screen(60, 3)
    pyte.Stream(screen).feed(text.replace("\n", "\r\n"))
    return [screen.buffer[0][x] for x in range(60)]


def test_a_start_needs_no_console_of_the_library() -> None:
    """It costs a tenth of a start."""
    code = (
        "import sys, quizcli.play.quiz.keys, quizcli.cli.screen;"
        "print([name for name in ('rich.console', 'rich.markup') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
