"""Colour, Unicode and width, by the customs of the environment."""

from __future__ import annotations

import os
import sys
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING

import pytest

from quizcli.terminal.style import asked, look_at, wants_plain

if TYPE_CHECKING:
    from typing import TextIO


class Terminal(StringIO):
    """A stream that says it is a terminal, of no known size."""

    def isatty(self) -> bool:
        """It is."""
        return True


@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        ({}, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "DUMB"}, False),
        ({"TERM": "unknown"}, False),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "0"}, False),  # present and not empty: off, whatever it says
        ({"NO_COLOR": ""}, True),
        ({"CLICOLOR": "0"}, False),
        ({"CLICOLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "3", "TERM": "dumb"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "CLICOLOR": "0"}, True),
        ({"FORCE_COLOR": "0", "CLICOLOR_FORCE": "1"}, False),
        ({"FORCE_COLOR": "", "CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, True),
        ({"CLICOLOR_FORCE": "0"}, True),  # not forced, and a terminal
        ({"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        ({"TERM": "no-such-terminal"}, True),  # whatever it is, it is newer than these:
        ({"TERM": "vt100"}, False),
        ({"TERM": "vt220", "COLORTERM": "truecolor"}, True),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, False),
        ({"COLORTERM": "truecolor", "NO_COLOR": "1"}, False),
    ],
)
def test_colour_on_a_terminal(variables: dict[str, str], colour: bool) -> None:
    """NO_COLOR before all, then FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM."""
    assert look_at(Terminal(), variables).colour is colour


@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        ({}, False),
        ({"TERM": "xterm-256color", "CLICOLOR": "1"}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "0"}, False),
        ({"CLICOLOR_FORCE": "1"}, True),
        ({"CLICOLOR_FORCE": "0"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"COLORTERM": "truecolor"}, False),
    ],
)
def test_colour_in_a_pipe(variables: dict[str, str], colour: bool) -> None:
    """Only where it is forced."""
    assert look_at(StringIO(), variables).colour is colour


@pytest.mark.parametrize(
    ("setting", "variables", "terminal", "pipe"),
    [
        ("auto", {}, True, False),
        ("always", {}, True, True),
        ("never", {}, False, False),
        ("always", {"NO_COLOR": "1"}, False, False),
        ("always", {"FORCE_COLOR": "0"}, False, False),
        ("always", {"CLICOLOR": "0"}, False, False),
        ("never", {"FORCE_COLOR": "1"}, True, True),
        ("never", {"CLICOLOR_FORCE": "1"}, True, True),
        ("never", {"CLICOLOR": "1"}, False, False),
        ("always", {"TERM": "dumb"}, True, True),
    ],
)
def test_colour_as_it_was_set(
    setting: str, variables: dict[str, str], terminal: bool, pipe: bool
) -> None:
    """The environment before the setting, the setting before what the terminal can do."""
    assert look_at(Terminal(), variables, colour=setting).colour is terminal
    assert look_at(StringIO(), variables, colour=setting).colour is pipe


@pytest.mark.parametrize(
    ("variables", "deep"),
    [
        ({}, False),
        ({"TERM": "xterm"}, False),
        ({"TERM": "linux"}, False),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "screen-256color"}, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "xterm-direct"}, True),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "alacritty"}, True),
        ({"TERM": "kitchen"}, False),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, True),
        ({"TERM": "xterm", "COLORTERM": "24bit"}, True),
        ({"COLORTERM": "yes"}, False),
        ({"FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "2"}, True),
        ({"FORCE_COLOR": "3"}, True),
        ({"WT_SESSION": "3f2c"}, True),
        ({"TERM": "rxvt-88color"}, False),
    ],
)
def test_who_has_256_colours(variables: dict[str, str], deep: bool) -> None:
    """By the terminal's name, by COLORTERM, by the level of FORCE_COLOR, by Windows Terminal."""
    assert look_at(Terminal(), variables).deep is deep


def test_width_as_it_was_set() -> None:
    """Without a window COLUMNS decides before the setting."""
    assert look_at(StringIO(), {}, width=60).width == 60
    assert look_at(StringIO(), {"COLUMNS": "50"}, width=60).width == 50


def test_what_the_environment_decides_is_named() -> None:
    """With the variable that says so; a variable that says nothing is not named."""
    assert asked({"NO_COLOR": "1", "FORCE_COLOR": "1"})["colour"] == ("never", "NO_COLOR")
    assert asked({"FORCE_COLOR": "1"})["colour"] == ("always", "FORCE_COLOR")
    assert asked({"CLICOLOR": "0"})["colour"] == ("never", "CLICOLOR")
    assert asked({"QUIZCLI_PLAIN": "0"})["plain"] == (False, "QUIZCLI_PLAIN")
    assert asked({"QUIZCLI_PLAIN": "0", "TERM": "dumb"})["plain"] == (True, "TERM")
    assert asked({"COLUMNS": "72"})["width"] == (72, "COLUMNS")
    assert asked({"CLICOLOR": "1", "COLORTERM": "truecolor", "COLUMNS": "wide", "TERM": "x"}) == {}


def test_plain_is_without_colour() -> None:
    """Line mode never has escapes, however much they are asked for."""
    look = look_at(Terminal(), {"FORCE_COLOR": "1"}, plain=True)
    assert look.plain
    assert not look.colour


@pytest.mark.parametrize(
    ("variables", "plain"),
    [
        ({}, False),
        ({"QUIZCLI_PLAIN": "1"}, True),
        ({"QUIZCLI_PLAIN": "yes"}, True),
        ({"QUIZCLI_PLAIN": "0"}, False),
        ({"QUIZCLI_PLAIN": ""}, False),
        ({"TERM": "dumb"}, True),
        ({"TERM": "Dumb"}, True),
        ({"TERM": "vt100"}, False),
        ({"NO_COLOR": "1"}, False),  # no colour is not no screens
    ],
)
def test_who_asks_for_lines(variables: dict[str, str], plain: bool) -> None:
    """QUIZCLI_PLAIN, and a terminal that can do no more; the setting where neither speaks."""
    assert wants_plain(variables) is plain
    spoken = bool(variables.get("QUIZCLI_PLAIN")) or plain
    assert wants_plain(variables, otherwise=True) is (plain if spoken else True)


@pytest.mark.parametrize(
    ("columns", "width"),
    [
        ("100", 100),
        ("40", 40),
        ("20", 20),
        ("5", 20),  # narrower than anything can be shown in
        ("0", 80),
        ("", 80),
        ("wide", 80),
        ("-40", 80),
        ("99999999999", 80),
        ("٤٠", 80),
    ],
)
def test_columns(columns: str, width: int) -> None:
    """COLUMNS where nothing else is known; nonsense is 80."""
    for stream in (StringIO(), Terminal()):
        assert look_at(stream, {"COLUMNS": columns}).width == width


def test_without_any_size() -> None:
    """80 × 24."""
    look = look_at(StringIO(), {})
    assert (look.width, look.height) == (80, 24)
    look = look_at(Terminal(), {"COLUMNS": "0", "LINES": "0"})
    assert (look.width, look.height) == (80, 24)


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are a matter of Unix")
def test_a_window_knows_better_than_the_variables() -> None:
    """The size of a real terminal counts, not a COLUMNS from before it was made wider; a
    terminal that says 0 × 0 leaves it to them."""
    import fcntl
    import pty
    import struct
    import termios

    near, far = pty.openpty()
    variables = {"COLUMNS": "50", "LINES": "11"}
    with os.fdopen(far, "w") as stream:
        sizes = []
        for rows, columns in ((33, 101), (0, 0)):
            fcntl.ioctl(near, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            look = look_at(stream, variables)
            sizes.append((look.height, look.width))
            look = look_at(stream, {}, width=60)
            sizes.append((look.height, look.width))
            sizes.append((look.height, look_at(stream, {}, width=200).width))
    os.close(near)
    assert sizes == [(33, 101), (33, 60), (33, 101), (11, 50), (24, 60), (24, 200)]


def encoded(encoding: str) -> TextIO:
    """A stream of this encoding."""
    return TextIOWrapper(BytesIO(), encoding=encoding)


@pytest.mark.parametrize(
    ("encoding", "unicode"),
    [
        ("utf-8", True), ("utf-16", True), ("ascii", False), ("latin-1", False),
        ("cp1252", False), ("cp437", False), ("koi8-r", False),
    ],
)  # fmt: skip
def test_what_an_encoding_carries(encoding: str, unicode: bool) -> None:
    """✓, ━, ‹ and Γ together, or none of them."""
    assert look_at(encoded(encoding), {}).unicode is unicode


def test_an_encoding_that_nobody_knows() -> None:
    """It carries ASCII, one hopes. A stream that keeps text as text carries all."""

    class Odd(StringIO):
        encoding = "vms-7"  # type: ignore[assignment]

    assert not look_at(Odd(), {}).unicode
    assert look_at(StringIO(), {}).unicode
