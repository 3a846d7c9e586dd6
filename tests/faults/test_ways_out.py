"""Hostile text on every way out, opened by what opens it: a browser, a CSV parser, a zip, an XML parser,
a YAML parser, the database of Anki.

A bank's author and a student may write whatever they like: nothing of it runs, is fetched, hides what
stands beside it, leads out of an archive or is a formula.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
import yaml
from markdown_it import MarkdownIt

from quizcli import notebook
from quizcli.bank.shelf import load_bank
from quizcli.proof.subject import of_question
from quizcli.quiz.session import Session
from tests.faults import hostile
from tests.faults.hostile import ATTACKS, COMMANDS, FORMATS, TEXTS
from tests.support.browser import CHROMIUM, browser
from tests.support.handing_in import CSV_BOOKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
HEAD = "<!doctype html><meta charset=utf-8><title>x</title><body>"
QUIZ_PAGES = {"bank.html", "keyless.html", "evidence.html"}  # which have a script of their own


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every file that can be written of a hostile bank and a class of hostile names."""
    return hostile.written(tmp_path_factory.mktemp("hostile"))


def test_every_way_out_is_gone(written: Path) -> None:
    """Each option that names a file to be written is among the commands, and wrote it."""
    assert hostile.that_write() - set().union(*map(hostile.asked_for, COMMANDS)) == set()
    there = {path.name for path in written.iterdir()}
    asked = {word for line in COMMANDS for word in line.split() if re.search(r"^[a-z]+\.\w", word)}
    assert asked - there <= {"bank.anki"}  # which needs a package
    assert len(list((written / "feedback").iterdir())) == len(ATTACKS)


def _rendered(text: str) -> str:
    """Markdown with HTML let through, by a renderer that we did not write."""
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def _notebook(text: str) -> Iterator[str]:
    """What jupyterquiz puts into a page."""
    for cell in json.loads(text):
        yield cell["question"]
        yield from (
            given.get(key, "") for given in cell["answers"] for key in ("answer", "feedback")
        )


def _gift(text: str) -> str:
    """Moodle takes the title for plain text, and the escapes off the rest, which is Markdown."""
    lines = (
        line.strip() for line in re.sub(r"::.*?::", "", text).replace("[markdown]", "").split("\n")
    )
    return _rendered(
        "\n\n".join(re.sub(r"\\(.)", r"\1", line) for line in lines if line[:2] != "//")
    )


def _moodle(data: bytes) -> Iterator[str]:
    """Texts with a format are Markdown or HTML; what has none is plain."""
    for element in ET.fromstring(data).iter():
        if (form := element.get("format")) and (text := element.findtext("text")):
            yield _rendered(text) if form == "markdown" else text


def _qti(data: bytes) -> Iterator[str]:
    """In 1.2 texts are HTML, in 2.1 and 3.0 the elements themselves are."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            root = ET.fromstring(archive.read(name)) if name.endswith(".xml") else None
            for element in root.iter() if root is not None else ():
                element.tag = element.tag.rpartition("}")[2]
                if element.get("texttype") == "text/html":
                    yield element.text or ""
            for bodies in ("itemBody", "modalFeedback", "qti-item-body", "qti-modal-feedback"):
                for element in root.iter(bodies) if root is not None else ():
                    yield ET.tostring(element, "unicode", "html")


def _anki(data: bytes, folder: Path) -> Iterator[str]:
    """The fields of all notes, which Anki shows as HTML."""
    with ZipFile(BytesIO(data)) as archive:
        path = archive.extract("collection.anki2", folder)
    with sqlite3.connect(path) as collection:
        yield from (part for (row,) in collection.execute("SELECT flds FROM notes")
                    for part in row.split("\x1f"))  # fmt: skip
    collection.close()


def _anki_text(text: str) -> Iterator[str]:
    rows = csv.reader(StringIO(text), delimiter="\t")
    return (cell for row in rows if len(row) > 1 for cell in row)


def _text2qti(text: str) -> str:
    """Titles are plain, the rest is Markdown."""
    lines = [line for line in text.splitlines() if not re.match(r"(Quiz t|T)itle: ", line)]
    return _rendered(
        "\n\n".join(re.sub(r"^(\.\.\.|\S{1,3}\)|\d+\.) +", "", line) for line in lines)
    )


def _exported(written: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """What other programs show of exports; formats that are left out are plain text or tables."""
    shown: dict[str, Callable[[bytes], str | Iterator[str]]] = {
        "markdown": lambda data: _rendered(data.decode()),
        "text2qti": lambda data: _text2qti(data.decode()),
        "gift": lambda data: _gift(data.decode()),
        "jupyterquiz": lambda data: _notebook(data.decode()),
        "anki-text": lambda data: _anki_text(data.decode()),
        "anki": lambda data: _anki(data, folder),
        "moodle-xml": _moodle,
        **dict.fromkeys(("qti-1.2", "qti-2.1", "qti-3.0"), _qti),
    }
    assert {*shown, "html", "csv", "tsv", "aiken", "quizlet"} == {*FORMATS}
    for name, show in shown.items():
        if (path := written / f"bank.{name}").exists():
            text = show(path.read_bytes())
            yield name, text if isinstance(text, str) else "<p>".join(text)


def _pages(written: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Pages and drawings as they are, Markdown as it is rendered, exports as what reads them puts
    them into a page, and what a notebook shows of a bank, a quiz and an experiment."""
    for path in sorted(written.rglob("*")):
        if path.name.endswith((".html", ".svg")):
            yield path.name, path.read_text("utf-8")
        elif path.suffix == ".md":
            yield path.name, _rendered(path.read_text("utf-8"))
    yield from _exported(written, folder)
    bank = load_bank(written / "questions" / "evil.yaml")
    session = Session(bank, 1)
    for _ in session.items[1:]:
        session.answer("a")
    yield "notebook, a bank", notebook.bank_html(bank)
    yield "notebook, a quiz", notebook.session_html(session)
    evidence = of_question(bank.question("measured")).measure(1)
    yield "notebook, an experiment", notebook.evidence_html(evidence)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_nothing_runs_and_nothing_is_fetched_in_a_browser(written: Path, tmp_path: Path) -> None:
    """No script but that of the quiz in one file, no request, no handler, nothing hidden."""
    with browser(tmp_path / "profile") as tab:
        for number, (name, text) in enumerate(_pages(written, tmp_path)):
            page = tmp_path / f"{number}{'.svg' if name.endswith('.svg') else '.html'}"
            is_page = text.lstrip().lower().startswith(("<!doctype", "<svg", "<?xml"))
            page.write_text(text if is_page else f"{HEAD}{text}", "utf-8")
            tab.requests.clear()
            tab.open(page, 800)
            for _ in range(3 * len(ATTACKS) if name in QUIZ_PAGES else 0):  # asked to its end
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
            assert scripts == (2 if name in QUIZ_PAGES else 0), name
            assert not {"img", "iframe", "object", "embed", "base"} & {*seen["tags"]}, name
            assert seen["on"] == 0, name
            acting = [link for link in seen["links"] if not re.match(r"#|data:|https?://", link)]
            assert acting == [], name
            if not name.endswith(".svg") and name not in {
                *QUIZ_PAGES,
                "key.html",
                "notebook, an experiment",
            }:
                assert tab.js("document.body.innerText.includes('display:none')"), name


def test_no_cell_of_a_table_is_a_formula(written: Path) -> None:
    """As a spreadsheet reads it; whatever is a number is one."""
    tabs = {"blackboard.csv", "bank.tsv"}
    for name in (
        *(f"{book}.csv" for book in CSV_BOOKS),
        "score.csv",
        "log.csv",
        "bank.csv",
        "bank.tsv",
    ):
        text = (written / name).read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(StringIO(text, newline=""), delimiter="\t" if name in tabs else ","))
        assert len(rows) > len(ATTACKS), name
        assert len({len(row) for row in rows}) == 1, name
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


def test_yaml_and_json_hold_texts_as_they_are(written: Path) -> None:
    """As a parser reads them that we did not write: a text is one, whatever it looks like."""
    banks = [
        yaml.safe_load((written / f"{name}.yaml").read_text()) for name in ("handout", "again")
    ]
    for bank in banks:
        prompts = [" ".join(question["prompt"].split()) for question in bank["questions"]]
        assert prompts[: len(TEXTS)] == [*TEXTS]
    assert yaml.safe_load((written / "repair.yaml").read_text())["reason"] == ATTACKS[4]
    for name in ("score", "grades"):
        assert ATTACKS[1] in str(json.loads((written / f"{name}.json").read_text()))


def test_drawings_are_xml_without_a_script(written: Path) -> None:
    for path in written.glob("*.svg"):
        tags = {
            element.tag.rpartition("}")[2] for element in ET.fromstring(path.read_bytes()).iter()
        }
        assert not {"script", "foreignObject", "image", "a", "use"} & tags, path.name
