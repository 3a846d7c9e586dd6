"""Our text as HTML."""

from __future__ import annotations

import pytest

from quizcli.formats.html_writer import to_html
from quizcli.formats.losses import Loss, summary


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **so** *x* `c*d` $x^2$", "a <strong>so</strong> <em>x</em> <code>c*d</code> \\(x^2\\)"),
        ("a\nb", "a b"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("```\nx < 1\n\ny\n```", "<pre><code>x &lt; 1\n\ny</code></pre>"),
        ("a\n\n$$y$$", "<p>a</p><p>\\[y\\]</p>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"),
        ("| a | b |\n|:-:|--:|\n| c | d |",
         '<table><tr><th style="text-align:center">a</th><th style="text-align:right">b</th></tr><tr><td style="text-align:center">c</td><td style="text-align:right">d</td></tr></table>'),
        ("US$ 5 & 6", "US$ 5 &amp; 6"),
    ],
)  # fmt: skip
def test_a_text_and_its_html(text: str, html: str) -> None:
    losses: list[Loss] = []
    assert (to_html(text, losses), losses) == (html, [])


def test_what_html_does_not_say_is_told() -> None:
    losses: list[Loss] = []
    to_html("a\n\n  if b", losses)
    assert summary(losses) == ("1 formatted text written in another format",)


def test_a_list_behind_a_line_is_one() -> None:
    assert to_html("a\n- b\n- c", []) == "<p>a</p><ul><li>b</li><li>c</li></ul>"
