"""The line in which an answer is typed, key by key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.play.line_editor import LONGEST, EditedLine

KEYS = [
    "left", "right", "home", "end", "ctrl-a", "ctrl-e", "word-left", "word-right", "backspace",
    "delete", "ctrl-w", "word-backspace", "ctrl-u", "ctrl-k", "a", " ", "é", "क", "ि", "👩",
]  # fmt: skip


def typed(*keys: str) -> str:
    """The line after keys, with the cursor as a bar."""
    line = EditedLine()
    for key in keys:
        line = line.pressed(key) or line
    return f"{line.text[: line.at]}|{line.text[line.at :]}"


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ([*"soft"], "soft|"), ([*"soft", "left", "left", "x"], "sox|ft"),
        ([*"ab", "left", "backspace"], "|b"), ([*"ab", "left", "delete"], "a|"),
        ([*"ab", "home", "delete"], "|b"), ([*"ab", "ctrl-a", "x", "ctrl-e", "y"], "xaby|"),
        ([*"one two", "word-left"], "one |two"), ([*"one two", "word-left", "word-left"], "|one two"),
        ([*"one two", "home", "word-right"], "one| two"), ([*"one two ", "ctrl-w"], "one |"),
        ([*"one two", "word-backspace", "word-backspace", "word-backspace"], "|"),
        ([*"abc", "left", "ctrl-u"], "|c"), ([*"abc", "left", "ctrl-k"], "ab|"),
        (["backspace", "left", "delete", "ctrl-w", "word-left", "word-right"], "|"),
        ([*"हि", "left"], "|हि"), ([*"हि", "backspace"], "|"), ([*"e\u0301x", "left", "left"], "|e\u0301x"),
        ([*"👩👩", "left"], "👩|👩"),
    ],
)  # fmt: skip
def test_keys(keys: list[str], line: str) -> None:
    assert typed(*keys) == line


@pytest.mark.parametrize(
    "key", ["up", "down", "tab", "esc", "enter", "eof", "pageup", "", "resize"]
)
def test_other_keys_are_for_others(key: str) -> None:
    assert EditedLine("ab", 1).pressed(key) is None


def test_a_paste_without_an_end_is_cut() -> None:
    assert len(typed(*"x" * 3 * LONGEST)) == LONGEST + 1


@given(st.lists(st.sampled_from(KEYS), max_size=40))
def test_the_cursor_stays_within_the_text(keys: list[str]) -> None:
    line = EditedLine()
    for key in keys:
        line = line.pressed(key) or line
        assert 0 <= line.at <= len(line.text)
