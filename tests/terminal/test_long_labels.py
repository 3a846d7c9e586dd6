"""Left sides of a matching may be sentences: they are wrapped, and stand right above what follows."""

from __future__ import annotations

import pytest

from quizcli.terminal.layout import cells
from quizcli.terminal.notation import Form
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.lines import Page

LEAD = [
    ("   ", ""),
    ("✗", "sign wrong"),
    (" The decoder's attention to the encoder, by itself  ", ""),
]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("text", ["", "All the words of the source, and the words of the target"])
def test_a_long_label_is_wrapped(width: int, text: str) -> None:
    page = Page(OutputStyle(width, 12), Form.UNICODE)
    page.entry_prose(LEAD, text)
    page.entry(LEAD, text)
    lines = [line.plain for line in page.lines]
    assert all(cells(line) <= width for line in lines), lines
    assert all(line.strip() for line in lines), lines
    assert " ".join(" ".join(lines).split()).startswith("✗ The decoder's attention to the encoder,")
