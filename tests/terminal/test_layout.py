"""Text into lines: none too wide, nothing lost, drawings as they were drawn."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizcli.terminal.layout import cells, cut, paragraphs, wrap
from quizcli.terminal.safe import neutral

# What is hard to lay out: wide characters, marks, joined emoji, long words, blank lines, indents.
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["漢字かな", "👩‍👩‍👧‍👦", "❤️", "1️⃣", "e\u0301\u0302", "x" * 100, "漢" * 60, " ", "  ", "\n", "\n\n",
         "\n   ", "word", "Γᵤ", "x‹ᵗ›", "a\u00a0b", "\t", "\u3000"]
    ),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=20).map("".join).map(neutral)
INDENTS = st.sampled_from(["", " ", "   ", "a. ", "漢 ", "      "])


@given(TEXTS, st.integers(20, 100), INDENTS, st.none() | INDENTS)
@example("x" * 50, 20, "      ", "")
@example("  " + "x" * 50, 20, "", "      ")
@example("❤️" * 30, 21, "", None)
def test_no_line_is_wider_than_the_width(
    text: str, width: int, indent: str, hang: str | None
) -> None:
    """For any text, from the narrowest screen on, judged by cells."""
    assert [line for line in wrap(text, width, indent, hang) if cells(line) > width] == []


@given(TEXTS, st.integers(20, 100), st.sampled_from(["", " ", "   "]))
def test_nothing_is_lost(text: str, width: int, indent: str) -> None:
    """Every character but white space comes out, in order, once."""
    assert "".join("".join(wrap(text, width, indent)).split()) == "".join(text.split())


ROWS = st.text("ab=|─漢  ", min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(ROWS, max_size=5))
def test_kept_lines_are_kept(rows: list[str]) -> None:
    """A line that starts with two spaces stands as it was written, its inner spaces included."""
    drawing = [f"  {row}" for row in rows]
    text = "\n".join(["Running text", "in two lines.", *drawing, "and on."])
    assert wrap(text, 80) == (
        ["Running text in two lines.", *drawing, "and on."]
        if drawing
        else ["Running text in two lines. and on."]
    )


def test_a_kept_line_that_is_too_wide_hangs() -> None:
    """An equation is broken at a space, and what follows stands deeper."""
    assert wrap("  c = aaaaa * bbbbb + ccccc * ddddd", 22) == [
        "  c = aaaaa * bbbbb +",
        "      ccccc * ddddd",
    ]


def test_paragraphs_are_apart() -> None:
    """Blank lines stay, lines of a paragraph are joined."""
    assert wrap("one\ntwo\n\nthree", 80) == ["one two", "", "three"]
    assert list(paragraphs("one\n two\n\n  kept\nthree")) == [
        (False, "one two"),
        (True, ""),
        (True, "  kept"),
        (False, "three"),
    ]


def test_indents() -> None:
    """The first line and those that hang under it."""
    assert wrap("one two three", 9, "a. ", "   ") == ["a. one", "   two", "   three"]
    assert wrap("one two three", 9, "- ") == ["- one two", "- three"]
    assert wrap("", 20, "a. ") == [""]


def test_a_no_break_space_holds() -> None:
    """What it joins is not parted, where a line can hold it."""
    assert wrap("abcdefgh 10\u00a0000 words", 14) == ["abcdefgh", "10\u00a0000 words"]


@pytest.mark.parametrize(
    ("text", "size"),
    [("", 0), ("abc", 3), ("漢字", 4), ("e\u0301", 1), ("c\u0303", 1), ("👩‍👩‍👧‍👦", 2), ("Γᵤ", 2)],
)
def test_cells(text: str, size: int) -> None:
    """What a terminal gives to these."""
    assert cells(text) == size


@pytest.mark.parametrize("sign", ["1️⃣", "❤️", "e\u0301\u0323", "👩‍👩‍👧"])
def test_a_sign_of_several_characters_is_not_taken_apart(sign: str) -> None:
    """A word too wide for a line breaks between signs, never within one."""
    for line in wrap(sign * 40, 20):
        assert line.replace(sign, "") == ""


ESCAPES = [r"\u4e2d", r"\U0001f600", r"\x9b", "<U+202E>", "<U+E0067>"]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize("width", [12, 20, 39])
def test_an_escape_is_not_cut(escape: str, width: int) -> None:
    """On a terminal without Unicode a sign that has no spelling stays one thing."""
    for line in wrap(f"x {escape * 30} y", width):
        assert line.replace(escape, "").strip() in {"", "x", "y"}
    assert cut(escape * 30, width).replace(escape, "") == "…"


def test_an_escape_wider_than_the_line_is_cut_all_the_same() -> None:
    assert max(map(cells, wrap(r"\U0001f600" * 4, 8))) <= 8


@pytest.mark.parametrize(
    ("text", "size"), [("हिन्दी", 5), ("தமிழ்", 4), ("বাংলা", 5), ("का", 2), ("कु", 1)]
)
def test_spacing_marks_take_a_cell_as_in_the_terminals_that_give_them_most(
    text: str, size: int
) -> None:
    """A line is never wider than it is taken for, and none of these words is parted within a
    letter with its marks."""
    assert cells(text) == size
    for line in wrap(text * 30, 20):
        assert cells(line) <= 20
        assert unicodedata.category(line[0])[0] == "L"
