"""One page in one file: whole, harmless, the same bytes, and readable in light and dark."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from itertools import product
from pathlib import Path

import pytest

from quizcli.pages.page import PageSection, page
from quizcli.pages.questions import AnsweredQuestion
from quizcli.pages.style import STYLE
from quizcli.pages.wording import wording
from quizcli.quiz.grading import Response, grade
from quizcli.quiz.model import Figure, Option, Question
from quizcli.quiz.steps import Item
from quizcli.report.intervals import wilson
from quizcli.report.pictures import (
    AlignedRow,
    AlignedRows,
    Bar,
    Bars,
    HeatMap,
    Series,
    SeriesLine,
    TextTable,
)
from quizcli.report.result import Columns, Commands, Drawing, Heading, Line, Markup, Paragraph
from tests.support.browser import CHROMIUM, browser
from tests.support.parsed import invalid, parsed
from tests.terminal.test_contrast import contrast
from tests.terminal.test_hostile import HOSTILE, bank_of

GOLDEN = Path(__file__).parent / "golden"
QUESTION = Question(
    "width", "single-choice", "How wide is $\\Gamma_u$ with `100` units?\n\n- one\n- two",
    (Option("a", "1", feedback="Too *few*."), Option("b", "100", correct=True, feedback="Yes.")),
    explanation="It multiplies element by element.", figure=Figure("[ ]", "A box"),
)  # fmt: skip
PICTURES = (
    Bars("Errors", (Bar("1", 0.44, "shared"), Bar("100", 0.0), Bar("300", float("nan"), "no")),
         "cm", "1 is off by 0.44.", mark=0.05, mark_label="margin"),
    Bars("Seeds", (Bar("rnn", 1.0, interval=wilson(1.0, 20)),), "", "20 of 20."),
    Series("Norms", (SeriesLine("radius 2", (0.0, 1.0, float("inf"))),
                     SeriesLine("radius 1", (0.5, float("nan"), 0.25))), "step", "norm", "Grows."),
    HeatMap("Gates", ("1–2", "3–4"), ("1", "2"), ((0.1, 0.9), (0.0, float("nan"))), "", "Open."),
    TextTable("Sizes", ("units", "gates"), (("100", "100"),), "100 units: 100 gates."),
    AlignedRows("Words", (AlignedRow("given", ("a", "b"), (1,)),), "b is wrong."),
)  # fmt: skip
BODY = (
    Heading("What was found"),
    Paragraph("All of it."),
    Paragraph("Less.", quiet=True),
    Columns(("Claim", "Measured", "Verdict"), (("1", "0.44", "✗ refuted"), ("100", "0", "✓ holds")), (1,)),
    Markup("a `b`", "Rule:"),
    Line("  quizcli demo", accent=True),
    Line("x.yaml:1:2"),
    Drawing("─┬─"),
    Commands((("quizcli take", "take a quiz"),)),
    *PICTURES,
)  # fmt: skip


def asked(question: Question, *given: str) -> AnsweredQuestion:
    """A question that was answered."""
    response = Response(given)
    return AnsweredQuestion(Item(question, question.options), response, grade(question, response))


def small() -> str:
    """A page with a little of everything."""
    return page(
        "A page", [PageSection("One", BODY, asked(QUESTION, "a"))], (Paragraph("quizcli 1"),)
    )


def test_a_page_is_the_same_bytes(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "page.html", small())
    assert small() == small()


def test_a_page_is_balanced_and_every_drawing_is_told() -> None:
    found = parsed(small())
    assert found.faults == []
    outer = [drawing for drawing in found.drawings if "role" in drawing]
    assert len(outer) == 4
    assert all(drawing["role"] == "img" for drawing in outer)
    for said in ("1 is off by 0.44.", "Grows.", "Open.", "b is wrong."):
        assert said in found.words


def test_a_formula_is_typeset_wherever_an_element_may_stand() -> None:
    formula = "$\\Gamma_f$"  # which has no letters of its own
    body = (
        Heading(formula), Paragraph(formula), Markup(formula, "Rule:"),
        Columns(("Claim",), ((formula,), (f"✓ {formula}",), ("*a*",))),
        Bars(formula, (Bar("1", 1.0),), "", formula),
        TextTable("", ("n",), ((formula,),), ""),
    )  # fmt: skip
    section = PageSection(formula, body, asked(QUESTION._replace(prompt=formula)))
    found = parsed(page("A page", [section, PageSection("Another")]))
    written = found.words
    assert "*a*" in written
    assert found.tags.count("math") == 10
    assert written.count("Γ_f") == 3  # in the contents, and in the title and words of a drawing
    assert "$" not in written


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("<p><b></p></b>", "</p> closes nothing"),
        ("<p>", "<p> is never closed"),
        ('<p id="a"></p><p id="a"></p>', "id a twice"),
        ("<svg><rect></rect></svg>", "a drawing does not begin with its title"),
        ('<a href="https://x.example"></a>', "a link to https://x.example"),
        ('<p onload="x"></p>', "<p> has onload"),
    ],
)
def test_the_judge_sees_what_is_wrong(broken: str, fault: str) -> None:
    assert fault in parsed(broken).faults


def test_a_page_fetches_runs_and_sends_nothing() -> None:
    """What is allowed is the style that stands in it, by its digest."""
    text = small()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy[1].replace("&#x27;", "'") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert not {"script", "link", "img", "iframe", "object", "form"} & {*parsed(text).tags}


ATTACKS = {
    **HOSTILE,
    "a script": "<script>alert(1)</script>",
    "an attribute": '" onload="alert(1)" x=\'',
    "a link in words": "javascript:alert(1) [x](javascript:alert(1)) <a href=javascript:x>y</a>",
    "an end of the style": "</style></title></svg><svg onload=alert(1)>",
    "a comment": "<!-- --> <![CDATA[ ]]> &lt;b&gt; &#60;i&#62;",
    "an entity": "&amp;quot;&nbsp",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_text_stays_text_wherever_it_stands(name: str) -> None:
    text = ATTACKS[name]
    bank = bank_of(text)
    pictures = (
        Bars(text, (Bar(text, 1.0, text),), text, text, 0.5, text),
        Series(text, (SeriesLine(text, (0.0, 1.0)),), text, text, text),
        HeatMap(text, (text,), (text,), ((1.0,),), text, text),
        TextTable(text, (text,), ((text,),), text),
        AlignedRows(text, (AlignedRow(text, (text,), (0,)),), text),
    )
    body = (
        Heading(text), Paragraph(text), Markup(text, text), Line(text), Line(text, accent=True),
        Drawing(text), Columns((text, text), ((text, text),)), Commands(((text, text),)), *pictures,
    )  # fmt: skip
    sections = [
        PageSection(text, body, asked(question)._replace(language=text, hints=(text,)), text)
        for question in bank.questions
    ]
    written = page(text, [PageSection(text), *sections * 2], (Paragraph(text),))
    written.encode()
    plain_one = page("a", [
        PageSection("a", BODY[:9] + PICTURES, asked(QUESTION)._replace(hints=("a",)), "a")
    ] * 3, (Paragraph("a"),))  # fmt: skip
    found = parsed(written)
    assert found.faults == []
    allowed = {
        *parsed(plain_one).tags,
        *["h1", "h2", "h3", "ul", "ol", "li", "em", "code", "pre", "b", "table", "thead", "tbody"],
        *["math", "mrow", "mi", "mn", "mo", "mtext"],
    }
    assert {*found.tags} <= allowed
    names = {name for _, name, _ in parsed(plain_one).attributes}
    assert {name for _, name, _ in found.attributes} <= names | {"lang", "data-label"}
    acting = "\x1b\x07\x00\x9b\u202e\u2066\u200f\u200b\ufeff\u00ad\u2028\U000e0041\ud800"
    assert not set(acting) & set(written)


def declared(scheme: str) -> dict[str, str]:
    """The colours of a scheme, by name."""
    light, dark = STYLE.split("@media (prefers-color-scheme:dark)")
    found = dict(re.findall(r"--(\w+):#(\w{6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--(\w+):#(\w{6})", dark.split("*{")[0]))
    if scheme == "print":
        printed = dark.split("@media print")[1]
        found |= {name: code * (6 // len(code))
                  for name, code in re.findall(r"--(\w+):#(\w{3,6})\b", printed)}  # fmt: skip
    return found


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_texts_and_marks_can_be_seen(scheme: str) -> None:
    colours = declared(scheme)
    for ground in ("ground", "raised"):
        for text in ("ink", "quiet", "accent", "good", "bad", "unsure"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for mark in ("edge", "bad", *(f"c{n}" for n in range(6))):
        assert contrast(colours[mark], colours["ground"]) >= 3, mark


def test_an_independent_judge_finds_no_error_and_would_tell_one() -> None:
    """Of every page that a test reads, since :func:`parsed` asks it too."""
    pytest.importorskip("html5lib", reason="html5lib is not installed")
    assert invalid(small()) == []
    assert invalid("<!doctype html><title>x</title><p>a<div>b</p></div>") != []
    assert invalid("<b>a</p></b>") != []


def test_rows_of_symbols_have_one_width() -> None:
    rows = (AlignedRow("short", ("a",)), AlignedRow("long", ("a", "b", "c"), (2,)))
    text = page("A", [PageSection("", (AlignedRows("Words", rows, "c is more."),))])
    assert re.findall(r"<tr>.*?</tr>", text)[0].count("<td>") == 3


# As wide as a phone, as a computer, and on paper; what its policy does not allow is told.
@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")
def test_a_browser_shows_it_at_every_width_and_refuses_nothing_of_it(tmp_path: Path) -> None:
    hostile = bank_of(ATTACKS["an end of the style"] + " " + "w" * 300).questions[0]
    wide = page("Long", [PageSection("w" * 200, BODY, asked(hostile))])
    files = {"page.html": small(), "hostile.html": wide}
    with browser(tmp_path / "browser") as seen:
        for name, text in files.items():
            file = tmp_path / name
            file.write_text(text, encoding="utf-8")
            grounds = set()
            for width, dark in product((390, 1280), (False, True)):
                seen.open(file, width, dark=dark)
                assert seen.js("document.documentElement.scrollWidth") <= width, (name, width)
                assert parsed(seen.js("document.documentElement.outerHTML")).tags
                grounds.add(seen.js("getComputedStyle(document.body).backgroundColor"))
            assert len(grounds) == 2, "dark looks as light does"
            assert b64decode(seen.do("Page.printToPDF")["data"]).startswith(b"%PDF-")
        assert seen.said == []


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH")
def test_the_browser_would_tell(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(small().replace("<main>", '<main><img src="x.png">'), encoding="utf-8")
    with browser(tmp_path / "browser") as seen:
        seen.open(file, 390)
        assert seen.said != []


def test_a_table_keeps_its_alignment_on_a_page() -> None:
    """A centred column was shown as any other."""
    text = "|a|b|c|\n|:-:|--:|---|\n|1|2|3|"
    html = str(wording([text]).blocks(text))
    assert '<td class="centred">1</td><td class="right">2</td><td>3</td>' in html
