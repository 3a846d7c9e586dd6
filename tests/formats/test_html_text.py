"""HTML as our text: what stays, what is told as lost, and that it takes anything."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizcli.formats.html_text import from_html, has_html
from quizcli.formats.markdown_text import from_markdown, to_markdown
from quizcli.formats.plain_text import from_plain
from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import blocks, spans


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One way</p>", "One way"),
        ("<p>One</p>\n<p>two<br/>three</p>", "One\n\ntwo\n\nthree"),
        ("a &lt;b&gt;&nbsp;&amp;amp; c", "a <b> &amp; c"),
        ("a < b, c > d", "a < b, c > d"),
        (
            "<b>bold</b>, <i>thin </i>and <em><strong>both</strong></em>",
            "**bold**, *thin* and **both**",
        ),
        ("H<sub>2</sub>O is x<sup>n+1</sup>", "H$_2$O is x$^{n+1}$"),
        (
            "<ul><li>one<li>two<ol><li>in</li><li>out</li></ol></ul>end",
            "- one\n- two\n  1. in\n  2. out\n\nend",
        ),
        ("<pre>if x:\n\t<b>go</b>()</pre>", "```\nif x:\n    go()\n```"),
        ("<code>a*b*</code> and _c_", "`a*b*` and \\_c\\_"),
        ("<table><tr><th>a<th>b<tr><td>1<td>x|y</table>", "| a | b |\n|---|---|\n| 1 | x\\|y |"),
        (
            "<table><th align=center>a<th>b<tr><td>1<td style='text-align: right'>2</table><table><tr><td>a<td>b<tr><td>c<td style='TEXT-ALIGN:center;'>d</table>",
            "| a | b |\n|---|--:|\n| 1 | 2 |\n\n| a | b |\n|---|:-:|\n| c | d |",
        ),
        ('<a href="https://example.org/a">here</a>', "here (https://example.org/a)"),
        ("<!-- not this -->this", "this"),
        ("\\(x^2\\) and \\[y\\] for $5 or 6$", "$x^2$ and $$y$$ for $5 or 6$"),
    ],
)
def test_what_our_text_has_stays(html: str, text: str) -> None:
    assert from_html(html) == (text, ())


@pytest.mark.parametrize(
    ("html", "text", "lost"),
    [
        ('<img src="a.png" alt="A > B">', "[A > B]", ["picture"]),
        ("see <img src=a>", "see [picture]", ["picture"]),
        ('<a href="javascript:go()">go</a>', "go", ["link"]),
        ("<script>alert('<p>')</script>x", "x", ["script"]),
        ('<p>a<span style="display: none">b<span>c</span></span>d</p>', "ad", ["hidden passage"]),
        ("a<div hidden>b", "a", ["hidden passage"]),
        ('<p style="color:red">red</p>', "red", ["styled passage"]),
        ('<p style="text-align:right">x</p>', "x", ["styled passage"]),
        ("<table><td style='text-align:right; color:red'>x</table>", "x", ["styled passage"]),
        ("mid<b>dle</b>", "middle", ["bold or italic passage"]),
        ("<b>over <p>two</b>", "over\n\ntwo", ["bold or italic passage"]),
        ("<u>under</u>", "under", ["underlined passage"]),
        ("<iframe src=x>y</iframe>z", "z", ["embedded page"]),
        ("<math><mi>x</mi></math>", "x", ["MathML formula"]),
    ],
)
def test_what_it_has_not_is_told(html: str, text: str, lost: list[str]) -> None:
    assert from_html(html) == (text, tuple(lost))


def test_a_text_is_taken_for_html_by_its_tags_and_entities() -> None:
    assert all(map(has_html, ["<p>x", "a<BR/>b", "a &lt; b", "&#39;", "<img src='x'>"]))
    assert not any(map(has_html, ["a < b > c", "R&D; x", "<y> and <z>", "if a<b and c>d", "& so"]))


TAGS = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<li>",
    "<ul>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
]
TAGS += ["<pre>", "</pre>", "<code>", "<!--", "-->", "<a href='http://x.y'>", "</a>", "<p hidden>"]
TAGS += ["<sub>", "</sub>", "<", ">", '"', "'", "&", "&#0;", "$x", "\\(", "\\)", "`", "*", " ", "a"]


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(st.sampled_from(TAGS), max_size=30).map("".join))
def test_any_html_is_read(html: str) -> None:
    text = from_html(html).text
    assert not any("\ufdd0" <= sign <= "\ufdef" for sign in text)


@pytest.mark.parametrize(
    "tag", [*TAGS, "<b>x</b>", "<div>", "<script>", "<i>*</i>", "</b>", "<b></i>"]
)
def test_reading_html_takes_time_in_proportion(tag: str) -> None:
    def seconds(length: int) -> float:
        start = process_time()
        from_html(tag * (length // len(tag)))
        return process_time() - start

    assert seconds(80_000) < 20 * max(seconds(10_000), 0.01)


@settings(max_examples=300)
@example("*`*`")
@given(st.text(st.sampled_from("ab *_`$~\\^{}()1,."), max_size=20))
def test_signs_that_mean_themselves_are_shown(text: str) -> None:
    """What our notation makes of it is the same prose, but where it is a formula."""
    written = from_plain(text)
    if "\\" in text or "$" in text or "~~~" in text or "    " in text:
        return
    assert "".join(span.text for span in spans(written)) == text
    assert len(blocks(written)) == len(blocks(text))


@pytest.mark.parametrize(
    ("plain", "text"),
    [
        (r"the \(n\)th, \(k\)-th", "the $n$th, $k$-th"),
        (r"H\(_2\)O", "H$_2$O"),
        (r"\(\mathbb{R}\)eunion", r"$\mathbb{R}$eunion"),
        (r"a\(b\)c", "a $b$c"),
        (r"\(x\)2", "$x$ 2"),
        (r"\(a+\)b", "$a+$ b"),
    ],
)
def test_a_formula_gets_no_space_that_it_does_not_need(plain: str, text: str) -> None:
    assert from_plain(plain) == text
    assert sum(span.kind is SpanKind.MATH for span in spans(text)) == plain.count("\\(")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("Let $x_1 * x_2 < 3$", "Let \\\\(x\\_1 \\* x\\_2 < 3\\\\)"),
        ("$x\ny$ and", "\\\\(x\ny\\\\) and"),
        ("$$\\frac{a}{b}$$", "\\\\[\\\\frac{a}{b}\\\\]"),
        ("`a<b>` is <b>, R&D &c", "`a<b>` is &lt;b>, R&amp;D &amp;c"),
        ("```\n<p>\\(x\\)\n```\nend", "```\n<p>\\(x\\)\n```\nend"),
    ],
)
def test_our_text_is_markdown_that_others_show_alike(text: str, markdown: str) -> None:
    assert to_markdown(text) == markdown
    assert from_markdown(markdown).text == text


def test_pictures_in_markdown_are_told() -> None:
    assert from_markdown("a ![b](c.png) `![d](e)`") == ("a [b] `![d](e)`", 1)
