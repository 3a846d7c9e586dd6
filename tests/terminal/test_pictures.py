"""Pictures: within the width they are given, followed by their sentence, harmless whatever is in
them; in plain mode words alone."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.report.pictures import (
    AlignedRow,
    AlignedRows,
    Bar,
    Bars,
    HeatMap,
    Picture,
    Series,
    SeriesLine,
    TextTable,
)
from quizcli.terminal.layout import cells, cut
from quizcli.terminal.pictures import draw
from quizcli.terminal.scale import ends, number
from quizcli.terminal.style import OutputStyle

LABELS = st.text(min_size=1, max_size=24)
NUMBERS = st.floats()
BARS = st.builds(
    Bars,
    st.text(max_size=60),
    st.lists(st.builds(Bar, LABELS, NUMBERS, st.text(max_size=12)), min_size=1, max_size=5).map(
        tuple
    ),
    st.sampled_from(["", "%", "powers of ten"]),
    st.just("so many."),
    st.none() | st.floats(-10, 10),
    st.text(max_size=20),
    log=st.booleans(),
)
SERIES = st.builds(
    Series,
    st.text(max_size=60),
    st.lists(
        st.builds(SeriesLine, LABELS, st.lists(NUMBERS, min_size=1, max_size=90).map(tuple)),
        min_size=1,
        max_size=4,
    ).map(tuple),
    st.just("step"),
    st.just("norm"),
    st.just("so many."),
)
HEAT = st.integers(1, 30).flatmap(
    lambda n: st.builds(
        lambda columns, rows: HeatMap(
            "map",
            tuple(f"row {i}" for i in range(len(rows))),
            columns,
            tuple(rows),
            "",
            "so many.",
        ),
        st.just(tuple(map(str, range(n)))) | st.tuples(*[LABELS] * n),
        st.lists(st.tuples(*[NUMBERS] * n), min_size=1, max_size=5),
    )
)
TABLES = st.builds(
    lambda rows: TextTable("table", ("one", "two"), tuple(rows), "so many."),
    st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=4),
)
LOOKS = st.builds(
    OutputStyle, width=st.sampled_from([40, 80, 120]), unicode=st.booleans(), plain=st.booleans()
)


def shown(picture: Picture, look: OutputStyle, *, tall: bool = True) -> list[str]:
    """The lines of a picture without their colours."""
    return [line.text for line in draw(picture, look, tall=tall)]


def test_a_label_as_wide_as_the_window_stands_above_its_values() -> None:
    """In escapes it is longer than it was written: beside the values it would leave the window."""
    picture = Series("", (SeriesLine("0" * 75, (0.0,)),), "step", "norm", "one value.")
    for label in ("0" * 75, "𐀀" * 4 + "0" * 35):
        one = replace(picture, lines=(SeriesLine(label, (0.0,)),))
        drawn = shown(one, OutputStyle(80, unicode=False))
        assert max(map(cells, drawn)) <= 80
        assert any("_" in line for line in drawn)


@given(BARS | SERIES | HEAT | TABLES, LOOKS)
def test_any_picture_fits_and_says_its_numbers(picture, look: OutputStyle) -> None:
    lines = shown(picture, look)
    if isinstance(picture, TextTable):  # is its own sentence, unless that has all of it
        assert not any("so many." in line for line in lines)
    else:
        assert "so many." in lines[-1]
    for line in lines:
        assert cells(line) <= look.width, (cells(line), line)
        assert "\x1b" not in line
        if not look.unicode:
            assert line.isascii()
    if look.plain:
        assert not set("█▓▒░▁▂▃▄▅▆▇│┃") & set("".join(lines))


def test_bars_are_as_long_as_their_values() -> None:
    picture = Bars("", (Bar("half", 0.5), Bar("whole", 1.0), Bar("none", 0.0)), "", "")
    half, whole, none = shown(picture, OutputStyle(width=80))
    assert whole.count("█") == 2 * half.count("█") == 30
    assert none.count("█") == 0


def test_a_little_is_not_drawn_as_none() -> None:
    picture = Bars("", (Bar("much", 1.0), Bar("little", 1e-4), Bar("none", 0.0)), "", "")
    assert [line.split()[2:] for line in shown(picture, OutputStyle(80))[1:3]] == [["▏"], []]
    plain = shown(picture, OutputStyle(80, unicode=False))
    assert [line.count("#") for line in plain[:3]] == [30, 1, 0]


def test_a_mark_stands_at_its_value_in_every_row() -> None:
    picture = Bars("", (Bar("a", 1.0), Bar("b", 0.0)), "", "", mark=0.5)
    first, second = shown(picture, OutputStyle(width=80))
    assert first.index("┃") == second.index("│")


def test_the_smallest_shade_is_for_the_smallest_value_alone() -> None:
    picture = HeatMap("", ("r",), ("a", "b", "c"), ((0.0, 0.001, 1.0),), "", "")
    drawn = shown(picture, OutputStyle(width=80))[0]
    assert drawn.endswith("░░██")


@pytest.mark.parametrize(
    ("cells", "look", "legend"),
    [
        ((0.1, 0.97), OutputStyle(), "░ 0 … █ 0.97"),
        ((0.0, 12.0), OutputStyle(), "blank 0, ░ above 0 … █ 12"),
        ((0.1, 0.97), OutputStyle(unicode=False), ". 0 ... # 0.97"),
        ((-2.0, 3.0), OutputStyle(), "blank -2, ░ above -2 … █ 3"),
        ((0.0, 0.0), OutputStyle(), "blank 0"),
        ((math.nan, 1.0), OutputStyle(), "░ 0 … █ 1"),
    ],
)
def test_the_shades_are_named_by_themselves(
    cells: tuple[float, ...], look: OutputStyle, legend: str
) -> None:
    """What is light on one terminal is dark on another."""
    picture = HeatMap("", ("r",), ("a", "b"), (cells,), "", "")
    assert shown(picture, look)[-1].strip() == legend


def test_marked_symbols_are_bracketed() -> None:
    rows = AlignedRows(
        "", (AlignedRow("said", ("a", "b"), (1,)), AlignedRow("wanted", ("a", "c"))), ""
    )
    said, wanted = shown(rows, OutputStyle(width=80))
    assert said.endswith(" a [b]")
    assert wanted.endswith(" a  c")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.4444, "0.444"),
        (1234.5, "1,234"),
        (3e-16, "3.0e-16"),
        (4e18, "4.0e18"),
        (math.nan, "–"),
        (math.inf, "∞"),
    ],
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_the_columns_of_a_heat_map_are_named_where_they_stand() -> None:
    days = tuple(f"{day:+d}" if day else "t" for day in range(-7, 8))
    strip = HeatMap("", ("mood",), days, (tuple(float(d == "t") for d in days),), "", "")
    for width in (30, 40, 80):
        map_, axis, _ = shown(strip, OutputStyle(width=width))
        assert axis.index("t") == map_.index("█")
        assert all(name in days for name in axis.split())
    assert shown(strip, OutputStyle(width=80))[1].split() == list(days)


def test_a_rule_is_labelled_where_it_stands() -> None:
    """To its right; to its left where the window ends; and where neither has room, in full."""
    bars = Bars("", (Bar("a", 1.0), Bar("b", 2.0)), "", "", mark=0.5, mark_label="margin")
    first, _, label = shown(bars, OutputStyle(width=80))
    assert label.strip() == "│ margin 0.5"
    assert label.index("│") == first.index("┃")
    assert shown(bars, OutputStyle(width=80, unicode=False))[-1].strip() == "| margin 0.5"
    first, _, label = shown(replace(bars, mark=2.0), OutputStyle(width=40))
    assert label.strip() == "margin 2 │"
    assert label.index("│") == first.index("│")
    *_, label, rest = shown(replace(bars, mark=1.9, mark_label="m" * 32), OutputStyle(width=40))
    assert (label, rest) == ("   │ " + "m" * 32, "     1.9")


def coloured(picture: Picture, **how: bool) -> list[tuple[str, str]]:
    """The stretches of a picture that have a style, and their styles."""
    look = OutputStyle(colour=True, deep=True)._replace(**how)
    lines = draw(picture, look)
    return [(line.text[start:end], style) for line in lines for start, end, style in line.styles]


VERDICTS = Bars(
    "", (Bar("a", 2.0, verdict="holds"), Bar("b", 2.0, verdict="refuted"), Bar("c", 2.0)), "", ""
)


def test_a_bar_has_the_colour_of_its_verdict() -> None:
    whole = "█" * 30
    assert coloured(VERDICTS) == [
        (whole, "mark right"), (whole, "mark wrong"), (whole, "mark"),
    ]  # fmt: skip
    assert coloured(replace(VERDICTS, mark=1.0))[:2] == [
        ("█" * 15, "mark right"), ("█" * 14, "mark right"),
    ]  # fmt: skip
    assert {style for _, style in coloured(VERDICTS, unicode=False)} >= {"mark right", "mark wrong"}


@pytest.mark.parametrize("without", [{"colour": False}, {"deep": False}, {"plain": True}])
def test_marks_have_no_colour_where_none_can_be_seen(without: dict[str, bool]) -> None:
    """Without colour, in lines, and with the 16 alone, of which none is seen on every ground."""
    assert coloured(VERDICTS, **without) == []


@given(BARS | SERIES | HEAT | TABLES, LOOKS)
def test_colour_changes_no_letter(picture: Picture, look: OutputStyle) -> None:
    """But for spaces at the end of a line, which a ground is laid under."""
    deep = draw(picture, look._replace(colour=True, deep=True))
    assert [line.text.rstrip() for line in deep] == shown(picture, look._replace(colour=False))
    for line in deep:
        ends = [0, *(place for start, end, _ in line.styles for place in (start, end))]
        assert ends == sorted(ends)
        assert ends[-1] <= len(line.text)


def test_a_heat_map_goes_from_dark_to_light_on_its_own_ground() -> None:
    """The shades stay for who copies them; the legend has the same colours."""
    values = (0.0, 0.1, 0.3, 0.5, 0.7, 1.0, 0.0)
    picture = HeatMap("", ("r",), tuple("abcdefg"), (values,), "", "")
    row, legend = coloured(picture)[:7], coloured(picture)[7:]
    assert row == [
        ("  ", "ramp 0"), ("░░", "ramp 1"), ("▒▒", "ramp 2"), ("▓▓", "ramp 3"),
        ("▓▓", "ramp 4"), ("██", "ramp 5"), ("  ", "ramp 0"),
    ]  # fmt: skip
    assert legend == [("blank", "ramp word"), ("░", "ramp 1"), ("█", "ramp 5")]
    odd = replace(picture, cells=((math.nan, math.inf, *values[2:]),))
    assert coloured(odd)[:2] == [("??", "ramp word"), ("!!", "ramp word")]


def test_a_curve_looks_like_a_curve() -> None:
    """A line of dots; in a row of eighth blocks where there is little room, and in ASCII."""
    rise = Series("", (SeriesLine("up", (0.0, 1.0), "holds"),), "x", "y", "")
    assert shown(rise, OutputStyle(width=30))[:3] == [
        "       ╷              ⣀⣀⣤⣤⠶⠶⠛",
        "   up  │      ⣀⣀⣤⣤⠶⠶⠛⠛⠉⠉",
        "       ╵ ⣤⠶⠶⠛⠛⠉⠉",
    ]
    assert shown(rise, OutputStyle(width=30), tall=False)[0] == "   up  ▁█"
    assert shown(rise, OutputStyle(width=30, unicode=False))[0] == "   up  _#"
    assert {style for _, style in coloured(rise)} == {"mark right"}


def test_what_is_no_number_is_a_gap_in_a_curve() -> None:
    odd = Series("", (SeriesLine("l", (0.0, math.nan, math.inf, -math.inf, 1.0)),), "x", "y", "")
    top, middle, bottom = shown(odd, OutputStyle())[:3]
    assert "^" in top
    assert "?" in bottom
    assert "v" in bottom
    assert not set("?^v") & set(middle[8:])
    lone = Series("", (SeriesLine("l", (0.0, math.nan, 1.0)),), "x", "y", "")
    assert "".join(shown(lone, OutputStyle())[:3]).split() == ["╷", "⠘", "l", "│", "╵", "⡄", "?"]


def test_a_text_is_cut_at_its_end_or_between_its_words() -> None:
    text = "Draw a word at random, and pass the training set's word to the next step"
    assert cut(text, 80) == text
    assert cut(text, 12) == "Draw a word…"
    assert cut(text, 40, ending=True) == "Draw a word at… to the next step"
    for room in range(3, 80):
        assert cells(cut(text, room)) <= room
        assert cells(cut(text, room, ending=True)) <= room
        assert cells(cut("好" * 40, room)) <= room


def test_a_table_is_read_once() -> None:
    """Drawn it stands for itself; read aloud, its sentence takes its place if it has all of it."""
    rows = (("10", "20%"), ("50", "30%"))
    table = TextTable("Shares", ("units", "share"), rows, "With 10 units 20%, with 50 units 30%.")
    assert shown(table, OutputStyle(width=80)) == [
        " Shares", "   units  share", "   10     20%", "   50     30%",
    ]  # fmt: skip
    plain = OutputStyle(width=80, plain=True)
    assert shown(table, plain) == [" Shares", " With 10 units 20%, with 50 units 30%."]
    short = TextTable("Shares", ("units", "share"), rows, "20% and 30%.")
    assert shown(short, plain) == [" Shares", "   units 10: share 20%", "   units 50: share 30%"]


def test_values_as_far_apart_as_numbers_can_be_are_drawn() -> None:
    far = (-1.7e308, 0.0, 1.7e308)
    heat = HeatMap("", ("r",), ("a", "b", "c"), (far,), "", "")
    assert shown(heat, OutputStyle(width=80))[0].endswith("    ▓▓██")
    curve = Series("", (SeriesLine("l", far),), "x", "y", "")
    assert shown(curve, OutputStyle(width=80), tall=False)[0].endswith("▁▅█")
    top, _, bottom = shown(curve, OutputStyle(width=80))[:3]
    assert top[-1] == "⠛"
    assert bottom.split()[1][0] == "⣤"


def test_degrees_are_what_they_are_in_plain_lines() -> None:
    """As in the sentences beside the figure; only a terminal without UTF-8 has them spelled out."""
    picture = Bars("", (Bar("turned", 22.3),), "°", "It turned by 22°.")
    plain = [line.text for line in draw(picture, OutputStyle(width=60, plain=True, unicode=True))]
    assert any("22°" in line for line in plain)
    spelled = [
        line.text for line in draw(picture, OutputStyle(width=60, plain=True, unicode=False))
    ]
    assert any("22deg" in line for line in spelled)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.6929, 0.6931, ("0.6929", "0.6931")),
        (0.69, 0.7, ("0.69", "0.7")),
        (1234.1, 1234.2, ("1,234.1", "1,234.2")),
        (1234567.0, 1234568.0, ("1.234567e6", "1.234568e6")),
        (3.0, 3.0, ("3", "3")),
        (-math.inf, math.nan, ("−∞", "–")),
    ],
)
def test_both_ends_of_a_scale_are_told_apart(
    low: float, high: float, said: tuple[str, str]
) -> None:
    """With three digits where these do, and more where a scale is narrow."""
    assert ends(low, high) == said
    if math.isfinite(high):
        curve = Series("", (SeriesLine("l", (low, high)),), "x", "y", "")
        assert f"y: {said[0]} to {said[1]}; left" in "\n".join(shown(curve, OutputStyle()))
