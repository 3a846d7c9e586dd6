"""How much is done, as a bar and in words."""

from __future__ import annotations

import pytest

from quizcli.terminal.notation import Form
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.lines import THEME, Page


def progress(look: OutputStyle, share: float, right: float = 0.0) -> list[tuple[str, str]]:
    """The stretches of the bar with their styles, and the words."""
    page = Page(look, Form.UNICODE)
    page.progress(share, "so many", right)
    (line,) = page.lines
    names = {look: name for name, look in THEME.items() if name != "title"}
    parts = [(line.plain[s.start : s.end], names[str(s.style)]) for s in line.spans if s.style]
    assert line.plain.endswith("so many")
    return parts


def test_what_is_right_has_the_colour_of_right() -> None:
    deep = OutputStyle(80, colour=True, deep=True)
    assert progress(deep, 0.5, 0.25) == [("━" * 10, "mark right"), ("━" * 11, "mark")]
    assert progress(deep, 0.5) == [("━" * 21, "mark")]
    assert progress(deep, 1.0, 1.0) == [("━" * 42, "mark right")]


@pytest.mark.parametrize("look", [OutputStyle(80, colour=True), OutputStyle(80, deep=True)])
def test_elsewhere_it_is_bold_at_most(look: OutputStyle) -> None:
    """With the 16 alone, and without colour."""
    assert {THEME[style] for _, style in progress(look, 0.5, 0.25)} == {"bold"}


def test_the_words_stand_alone_in_a_narrow_window() -> None:
    page = Page(OutputStyle(18), Form.UNICODE)
    page.progress(0.5, "so many")
    assert page.lines[0].plain == " so many"
    page.progress(0.5, "few")
    assert page.lines[1].plain == " ━━━━━━─────  few"
