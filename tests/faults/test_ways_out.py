"""Hostile text on every way out, opened by what opens it: a browser, a CSV parser, a zip, an XML parser.

A bank's author and a student may write whatever they like: nothing of it runs, is fetched, hides what
stands beside it, leads out of an archive or is a formula.
"""

from __future__ import annotations

import csv
import json
import re
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from markdown_it import MarkdownIt

from quizcli.bank.shelf import load_bank
from tests.cli.home import Home
from tests.pages.browser import CHROMIUM, browser
from tests.scores.handing_in import Student, handed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTACKS = (
    "<script>window.pwned=1;alert(1)</script>",
    '<img src=x onerror="window.pwned=1">',
    "</script></style></textarea></title></svg><svg onload=window.pwned=1>",
    "[x](javascript:window.pwned=1) ![y](http://evil.example/p.png) <http://evil.example>",
    '=HYPERLINK("http://evil.example","x")', "@SUM(1)", "+1+cmd|' /C calc'!A0", "-2+3",
    "]]><!--<![CDATA[ --> &lt;script&gt; <?php",
    "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}} <%= 1 %>",
    "<style>*{display:none}</style><base href=http://evil.example><meta http-equiv=refresh content=0>",
    "\u202eevil\u2066 a\u200bb", "../../etc/passwd", "a\tb | c | d",
)  # fmt: skip
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
HEAD = "<!doctype html><meta charset=utf-8><title>x</title><body>"
BOOKS = ("students", "items", "events", "canvas", "moodle", "blackboard", "brightspace")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file that can be written of a hostile bank and a class of hostile names."""
    home = Home(tmp_path_factory.mktemp("hostile"), sample=False)
    asked = [
        {
            "id": f"q{n}", "kind": "single-choice", "title": f"{attack[:90]}", "prompt": attack,
            "explanation": attack, "hints": [attack], "tags": ["t"],
            "options": [{"id": "a", "text": attack, "correct": True, "feedback": attack},
                        {"id": "b", "text": f"{attack} b", "feedback": attack}],
        }
        for n, attack in enumerate(attack.replace("\t", " ") for attack in ATTACKS)  # a bank holds no tab
    ]  # fmt: skip
    bank = home.root / "questions" / "evil.yaml"
    bank.parent.mkdir()
    bank.write_text(
        json.dumps({"format": 1, "id": "evil", "title": ATTACKS[0], "questions": asked})
    )
    (home.root / "in").mkdir()
    for n, attack in enumerate(ATTACKS):
        student = Student(f"{attack[:60]}{n}", attack, attack[:20])
        given = {f"q{i}": ["ab"[(i + n) % 2]] for i in range(len(ATTACKS))}
        data = handed_in(given, student, path=bank, seed=n)
        (home.root / "in" / f"{n}.json").write_text(json.dumps(data))
    grades = [part for book in BOOKS for part in ("--format", book, "-o", f"{book}.csv")]
    home("class", "grade", "evil", "in", *grades, "--html", "grades.html")
    home(
        "class",
        "grade",
        "evil",
        "in",
        "--format",
        "md",
        "-o",
        "grades.md",
        "--feedback",
        "feedback",
    )
    home("class", "items", "evil", "in", "--html", "items.html")
    home("class", "print", "evil", "-o", "print.html")
    for name in ("html", "markdown", "jupyterquiz", "csv", "anki-text", "anki", "qti-1.2", "qti-2.1",
                 "qti-3.0", "moodle-xml"):  # fmt: skip
        home("bank", "export", "evil", "--to", name, "-o", f"bank.{name}")
    home("take", "evil", "--name", ATTACKS[1], "--no-shuffle", text="a\nb\n" * 7)
    for name in ("csv", "md"):
        home("score", "1", "--format", name, "-o", f"score.{name}")
    for verb in (("score", "1"), ("history", "1"), ("bank", "show", "evil"), ("bank", "list")):
        home(*verb, "--svg", f"{verb[0]}-{verb[-1][:4]}.svg")
    return home.root


def test_everything_was_written(written: Path) -> None:
    names = {path.name for path in written.iterdir()}
    assert {f"{book}.csv" for book in BOOKS} <= names
    assert {"grades.html", "items.html", "print.html", "grades.md", "feedback"} <= names
    assert len([name for name in names if name.endswith(".svg")]) == 4
    assert len([name for name in names if name.startswith("bank.")]) >= 9
    assert len(list((written / "feedback").iterdir())) == len(ATTACKS)


def _pages(written: Path) -> Iterator[tuple[str, str]]:
    """Pages as they are, Markdown as it is rendered with HTML let through, cells of a notebook and
    cards as what shows them puts them into a page."""
    for path in sorted(written.rglob("*")):
        name = path.name
        if name.endswith((".html", ".svg")):
            yield name, path.read_text("utf-8")
        elif name.endswith((".md", ".markdown")):
            yield (
                name,
                MarkdownIt("commonmark", {"html": True})
                .enable("table")
                .render(path.read_text("utf-8")),
            )
        elif name.endswith("jupyterquiz"):
            cells = json.loads(path.read_text("utf-8"))
            texts = [cell["question"] for cell in cells]
            texts += [
                a[key] for cell in cells for a in cell["answers"] for key in ("answer", "feedback")
            ]
            yield name, "<p>" + "<p>".join(texts)
        elif name.endswith("anki-text"):
            rows = csv.reader(StringIO(path.read_text("utf-8")), delimiter="\t")
            yield name, "<p>".join(cell for row in rows if len(row) > 1 for cell in row)
    from quizcli.notebook import bank_html

    yield "notebook", bank_html(load_bank(written / "questions" / "evil.yaml"))


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_nothing_runs_and_nothing_is_fetched_in_a_browser(written: Path, tmp_path: Path) -> None:
    """No script but that of the quiz in one file, no request, no handler, nothing hidden."""
    with browser(tmp_path / "profile") as tab:
        for number, (name, text) in enumerate(_pages(written)):
            page = tmp_path / f"{number}{'.svg' if name.endswith('.svg') else '.html'}"
            is_page = text.lstrip().lower().startswith(("<!doctype", "<svg", "<?xml"))
            page.write_text(text if is_page else f"{HEAD}{text}", "utf-8")
            tab.requests.clear()
            tab.open(page, 800)
            for _ in range(3 * len(ATTACKS) if name == "bank.html" else 0):  # asked to its end
                tab.js("document.querySelectorAll('input, button').forEach(each => each.click())")
            assert tab.js("window.pwned") is None, name
            fetched = [url for url in tab.requests if not url.startswith(("file:", "data:"))]
            assert fetched == [], name
            found = tab.js(
                "JSON.stringify({tags: [...document.querySelectorAll('*')].map(e => e.localName),"
                " on: [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                ".filter(a => /^on/i.test(a.name)).length,"
                " links: [...document.querySelectorAll('[href],[src]')]"
                ".map(e => e.getAttribute('href') ?? e.getAttribute('src'))})"
            )
            seen = json.loads(found)
            scripts = seen["tags"].count("script")
            assert scripts == (2 if name == "bank.html" else 0), name
            assert not {"img", "iframe", "object", "embed", "base"} & {*seen["tags"]}, name
            assert seen["on"] == 0, name
            acting = [link for link in seen["links"] if not re.match(r"#|data:|https?://", link)]
            assert acting == [], name
            if name.endswith(".html") and name != "bank.html":
                assert tab.js("document.body.innerText.includes('display:none')"), name


def test_no_cell_of_a_table_is_a_formula(written: Path) -> None:
    """As a spreadsheet reads it; whatever is a number is one."""
    tables = [
        *(written / f"{book}.csv" for book in BOOKS),
        written / "score.csv",
        written / "bank.csv",
    ]
    for path in tables:
        rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        if path.stem == "blackboard" and len(rows[0]) == 1:
            rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig")), delimiter="\t"))
        assert len(rows) > len(ATTACKS), path.name
        assert len({len(row) for row in rows}) == 1, path.name
        for cell in (cell for row in rows for cell in row):
            if cell.startswith(FORMULAS):
                float(cell)


def test_archives_hold_what_they_say(written: Path) -> None:
    """No name leads out of one, none is a link, and each XML is one without a DTD."""
    for path in sorted(written.glob("bank.*")):
        if not path.read_bytes().startswith(b"PK"):
            continue
        with ZipFile(BytesIO(path.read_bytes())) as archive:
            assert archive.testzip() is None
            for info in archive.infolist():
                assert not info.filename.startswith(("/", "\\"))
                assert ".." not in info.filename.replace("\\", "/").split("/")
                assert (info.external_attr >> 16) & 0o170000 in {0, 0o100000}
                if info.filename.endswith(".xml"):
                    text = archive.read(info)
                    ET.fromstring(text)
                    assert b"<!DOCTYPE" not in text
    text = (written / "bank.moodle-xml").read_bytes()
    assert b"<!DOCTYPE" not in text
    scripts = [e for e in ET.fromstring(text).iter() if e.tag in {"script", "img", "style", "svg"}]
    assert scripts == []


def test_drawings_are_xml_without_a_script(written: Path) -> None:
    for path in written.glob("*.svg"):
        tags = {
            element.tag.rpartition("}")[2] for element in ET.fromstring(path.read_bytes()).iter()
        }
        assert not {"script", "foreignObject", "image", "a", "use"} & tags, path.name
