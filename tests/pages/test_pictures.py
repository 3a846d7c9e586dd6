"""Drawings: any picture is one that a browser can draw, and marks are where their values are."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizcli.pages.pictures import figure
from quizcli.pages.scales import TICK, Scale, from_zero, linear, number, powers
from quizcli.pages.style import STYLE
from quizcli.pages.wording import NARROW, Wording
from quizcli.report.intervals import Interval
from quizcli.report.pictures import Bar, Bars, HeatMap, Series, SeriesLine
from quizcli.terminal.notation import Form
from tests.support.parsed import parsed
from tests.terminal.test_pictures import BARS, HEAT, SERIES, TABLES

WORDS = Wording(Form.UNICODE)
LETTER = 13  # pixels from the foot of a line of small letters to that of the next


def drawn(picture: object) -> str:
    """A picture as the page has it."""
    return figure(picture, WORDS, "d")  # type: ignore[arg-type]


@given(BARS | SERIES | HEAT | TABLES)
def test_any_picture_can_be_drawn(picture) -> None:
    found = parsed(drawn(picture))
    assert found.faults == []
    for tag, name, value in found.attributes:
        if name in {"x", "x1", "x2", "y", "y1", "y2", "width", "height", "points", "fill-opacity"}:
            assert not re.search(r"nan|inf", value or ""), (tag, name, value)
        if name in {"width", "height"}:
            assert not (value or "").startswith("-")
        if name in {"x", "x1", "x2", "width"} and (value or "").endswith("%"):
            assert -0.01 <= float((value or "")[:-1]) <= 100.1


def rects(text: str) -> list[tuple[float, float]]:
    """Where the bars begin and how long they are."""
    found = re.findall(r'<rect x="([\d.]+)%"[^>]*width="([\d.]+)%"[^>]*class="bar"', text)
    return [(float(x), float(width)) for x, width in found]


def test_bars_are_as_long_as_their_values() -> None:
    picture = Bars("", (Bar("half", 0.5), Bar("whole", 1.0), Bar("less", -1.0)), "", "so")
    assert rects(drawn(picture)) == [(50, 25), (50, 50), (0, 50)]


def test_nothing_is_no_bar_and_little_is_some() -> None:
    rows = (Bar("none", 0.0), Bar("little", 1e-6), Bar("much", 1.0))
    assert rects(drawn(Bars("", rows, "", "so"))) == [(0, 0.4), (0, 100)]
    assert rects(drawn(Bars("", (Bar("none", 0.0),), "students", "so"))) == []


def test_what_holds_and_what_is_refuted_has_its_colour_as_at_a_terminal() -> None:
    rows = (Bar("a", 1.0, verdict="holds"), Bar("b", 2.0, verdict="refuted"), Bar("c", 3.0))
    assert re.findall(r'class="(bar[^"]*)"', drawn(Bars("", rows, "", "so"))) == [
        "bar holds", "bar refuted", "bar"
    ]  # fmt: skip
    line = SeriesLine("a", (1.0, 2.0), "refuted")
    assert drawn(Series("", (line,), "x", "y", "so")).count('class="line c0 refuted"') == 2
    assert ".bar.holds{fill:var(--good)}" in STYLE
    assert ".line.refuted{stroke:var(--bad)}" in STYLE


def test_a_bar_without_a_number_is_told_in_words() -> None:
    picture = Bars("", (Bar("a", float("nan"), "cannot multiply"), Bar("b", 1.0)), "", "so")
    text = drawn(picture)
    assert len(rects(text)) == 1
    assert "cannot multiply" in text


def test_an_interval_is_drawn_from_end_to_end() -> None:
    text = drawn(Bars("", (Bar("a", 0.5, interval=Interval(0.25, 1.0)),), "", "so"))
    assert 'x1="25%" x2="100%"' in text


def test_axes_have_their_units() -> None:
    text = drawn(Bars("", (Bar("a", 5.0),), "cm", "so"))
    assert ">cm<" in text
    text = drawn(Series("", (SeriesLine("a", (0.0, 1.0)),), "steps back", "norm", "so"))
    assert ">↑ norm<" in text
    assert ">steps back →<" in text
    assert ">0 bits<" not in drawn(HeatMap("", ("a",), ("1",), ((1.0,),), "bits", "so"))
    assert ">1 bits<" in drawn(HeatMap("", ("a",), ("1",), ((1.0,),), "bits", "so"))


def test_steps_have_their_numbers_where_they_are_known() -> None:
    line = (SeriesLine("a", tuple(map(float, range(11)))),)
    text = drawn(Series("", line, "steps", "norm", "so", first=100, step=10))
    assert re.findall(r">(1[0-9]0|200)<", text) == ["100", "120", "140", "160", "180", "200"]
    assert ">100<" not in drawn(Series("", line, "steps", "norm", "so"))


def test_a_line_is_broken_where_there_is_no_number() -> None:
    nan = float("nan")
    text = drawn(Series("", (SeriesLine("a", (0.0, 1.0, nan, 1.0, 0.0)),), "x", "y", "so"))
    assert re.findall(r'points="([^"]*)"', text) == ["0,100 25,0", "75,0 100,100"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (0.4375, "0.438"), (-2.0, "−2"), (1234.0, "1,234"), (1e-5, "10⁻⁵"),
     (-4.2e30, "−4.2 × 10³⁰"), (float("inf"), "∞"), (float("nan"), "–")],
)  # fmt: skip
def test_numbers_are_written_for_people(value: float, text: str) -> None:
    assert number(value) == text


@given(st.lists(st.floats(), min_size=1, max_size=9))
def test_ticks_are_few_and_on_the_axis(values: list[float]) -> None:
    for scale in (linear(values), from_zero(values), powers(values)):
        ticks = scale.ticks()
        assert 1 <= len(ticks) <= 12, scale
        assert ticks == sorted(ticks)
        assert all(0 <= scale.place(tick) <= 100 for tick in ticks)


def test_ticks_are_round() -> None:
    assert Scale(0, 1).ticks() == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert Scale(-3, 7.5).ticks() == [-2.5, 0, 2.5, 5, 7.5]
    assert Scale(-0.5, 3, log=True).ticks() == [1, 10, 100, 1000]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=9))
def test_counts_have_whole_ticks(counts: list[int]) -> None:
    for scale in (linear(counts), from_zero(counts)):
        assert all(tick % 1 == 0 for tick in scale.ticks()), scale


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_each_tick_has_a_number_of_its_own(low: float, more: float) -> None:
    assume(low + more > low and more > 1e-9 * abs(low))
    ticks = Scale(low, low + more).ticks()
    assert len({number(tick, TICK) for tick in ticks}) == len(ticks), ticks


def test_ticks_have_all_their_digits() -> None:
    assert [number(tick, TICK) for tick in (0.6932, 1000.5, 1.25e6, 2.5e-7, -2e5)] == [
        "0.6932", "1,000.5", "1.25 × 10⁶", "2.5 × 10⁻⁷", "−2 × 10⁵"
    ]  # fmt: skip
    line = (SeriesLine("a", (0.6931, 0.6935)),)
    text = drawn(Series("", line, "updates", "nats", "so", first=1e6, step=5e4))
    assert ">0.6932<" in text
    assert ">1.02 × 10⁶<" in text


def test_numbers_below_an_axis_have_room_on_the_narrowest_page() -> None:
    line = (SeriesLine("a", (0.0, 1.0)),)
    for first, step in ((1e6, 5e4), (0, 1.25e6), (-4, 8), (12340, 100)):
        text = drawn(Series("", line, "updates", "nats", "so", first=first, step=step))
        below = re.findall(r'x="([\d.]+)%" y="\d+" text-anchor="(\w+)" class="tick">([^<]*)<', text)
        ends = [end for at, anchor, said in below[1:-1] for end in span(float(at), anchor, said)]
        assert len(below) >= 4, below
        assert ends == sorted(ends), below


def span(at: float, anchor: str, said: str) -> tuple[float, float]:
    """Where words at a place begin and end, in percent of the narrowest drawing."""
    wide = 100 * len(said) / NARROW
    start = at - wide * {"start": 0, "middle": 0.5, "end": 1}[anchor]
    return start, start + wide


def test_the_name_of_an_axis_is_not_written_over_its_topmost_number() -> None:
    text = drawn(Series("", (SeriesLine("a", (0.0, 100.0)),), "third", "%", "so"))
    name, top = (
        float(re.findall(rf'y="([\d.]+)"[^>]*>{said}<', text)[0]) for said in ("↑ %", "100")
    )
    assert top - name >= LETTER


def test_ticks_of_counts_are_round() -> None:
    assert from_zero([0, 0]).ticks() == [0, 1]
    assert from_zero([0, 1]).ticks() == [0, 1]
    assert from_zero([2, 1]).ticks() == [0, 1, 2]
    assert from_zero([3]).ticks() == [0, 1, 2, 3]
    assert from_zero([0, 12]).ticks() == [0, 5, 10]
    assert from_zero([100, 30]).ticks() == [0, 20, 40, 60, 80, 100]
    assert from_zero([0.5, 12]).ticks() == [0, 2.5, 5, 7.5, 10]
    line = (SeriesLine("a", (0.5, 1.5, 2.5, 0.5)),)
    text = drawn(Series("", line, "updates", "norm", "so", first=0))
    assert re.findall(r'middle"[^>]*>([\d.]+)<', text) == ["1", "2"]


def test_an_axis_of_zeros_begins_at_zero() -> None:
    """Such as shares of the class that nobody has: none is below it."""
    assert linear([0, 0, 0]) == Scale(0, 1, whole=True)
    assert linear([2, 2]) == Scale(1, 3, whole=True)
