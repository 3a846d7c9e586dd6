"""Options in one line: what they share at their ends goes first, what tells them apart stays."""

from __future__ import annotations

from quizcli.terminal.notation import Form
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.demo_options import _cut_option, _shared_ending
from quizcli.terminal.views.lines import Page

BETTY = [
    f"{who}: where {gate} is near {value}, the gradient passes back with little decay".split(" ")
    for who, gate, value in (("Alice", "r", 0), ("Alice", "r", 1), ("Betty", "u", 0))
]


def test_the_ending_that_all_options_share_is_counted() -> None:
    assert _shared_ending(BETTY) == 7  # the gradient … decay
    assert _shared_ending(BETTY[:1]) == 0
    assert _shared_ending([["1"], ["100"]]) == 0
    assert _shared_ending([["same", "words"], ["same", "words"]]) == 1  # one word must be left
    assert _shared_ending([["no", "end"], ["end"]]) == 0


def test_options_cut_to_one_line_still_differ() -> None:
    page = Page(OutputStyle(width=80), Form.UNICODE)
    shared = _shared_ending(BETTY)
    short = [_cut_option(words, shared, 30, page) for words in BETTY]
    assert short[0] == "Alice: where r is near 0,…"
    assert len(set(short)) == len(BETTY)
    assert _cut_option(["as", "it", "is"], 0, 30, page) == "as it is"
