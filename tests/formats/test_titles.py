"""What a source calls all of its questions is the title of their bank."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest

from quizcli.bank.plain import plain_bank
from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import bank_format, names
from quizcli.formats.format import ExportSource
from quizcli.formats.ids import IdGiver
from quizcli.formats.source_bank import CarriedFile
from quizcli.formats.xml_reader import said_by_tags
from tests.formats.test_anki import package

# These hold questions and nothing else.
WITHOUT_TITLE = {"aiken", "csv", "tsv", "quizlet"}
BOTH_WAYS = {*names(read=True)} & {*names(written=True)}

BANK = """\
format: 1
id: own
title: >-
  Rivers & "seas": $\\Gamma_u$ of [x] <b> {y} ~ a = -- b]] 5 \\$ or 6 %
questions:
  - {id: one, kind: true-false, prompt: So?, answer: true}
  - {id: two, kind: card, front: The front, back: The back}
"""


def title_of(format: str, data: bytes) -> str:
    read = bank_format(format).read
    assert read
    carried = CarriedFile(read(data), IdGiver())
    assert list(carried)
    return carried.title


@pytest.mark.parametrize("format", sorted(BOTH_WAYS - WITHOUT_TITLE))
def test_an_export_has_the_title_of_its_bank(tmp_path: Path, format: str) -> None:
    """It was named after the file that it was imported into."""
    if format == "anki":
        pytest.importorskip("genanki")
    path = tmp_path / "own.yaml"
    path.write_text(BANK)
    bank, write = load_bank(path), bank_format(format).write
    assert write
    content = write(ExportSource(bank, plain_bank(bank))).content
    data = content.encode() if isinstance(content, str) else content
    assert title_of(format, data).replace("\\$", "$") == bank.title.replace("\\$", "$")


ONE = (
    '<question type="truefalse"><questiontext><text>So?</text></questiontext>'
    '<answer fraction="100"><text>true</text></answer></question>'
)
ITEM = (
    '<item ident="a"><presentation><material><mattext>Why?</mattext></material>'
    '<response_str ident="r"><render_fib/></response_str></presentation></item>'
)


def category(path: str) -> str:
    return f'<question type="category"><category><text>{path}</text></category></question>'


def qti(before: str, behind: str) -> str:
    return f"<questestinterop>{before}{ITEM}{behind}</questestinterop>"


@pytest.mark.parametrize(
    ("format", "source", "title"),
    [
        ("gift", "$CATEGORY: $course$/top/Maths/Sets\n\nSo?{T}\n\nWhy?{}", "Sets"),
        ("gift", "$CATEGORY: $course$/top/Default for Maths 1\n\nSo?{T}", "Maths 1"),
        ("gift", "$CATEGORY: a/b//c\n\nSo?{T}", "b/c"),
        ("gift", "$CATEGORY: Maths/Sets\n\nSo?{T}\n\n$CATEGORY: Maths/Maps\n\nWhy?{}", "Maths"),
        ("gift", "$CATEGORY: Maths\n\nSo?{T}\n\n$CATEGORY: Music\n\nWhy?{}", ""),
        ("gift", "So?{T}\n\n$CATEGORY: Maths\n\nWhy?{}", ""),
        ("gift", "$CATEGORY: Empty\n\n$CATEGORY: Maths\n\nWhy?{}", "Maths"),
        ("gift", "// By a teacher, 2019\nSo?{T}", ""),
        ("moodle-xml", f"<quiz>{category('top/Sets &amp;amp; maps')}{ONE}</quiz>", "Sets &amp; maps"),
        ("moodle-xml", f"<quiz>{ONE}</quiz>", ""),
        ("qti-1.2", qti("<assessment ident='q' title='Sets &amp;&#10;maps'>", "</assessment>"), "Sets & maps"),
        ("qti-1.2", qti("<assessment title='A'>", "</assessment><assessment title='B'/>"), ""),
        ("qti-1.2", qti("", ""), ""),
        ("anki-text", "#deck:Maths::Sets\nfront\tback", "Sets"),
        ("anki-text", "#deck:Default\nfront\tback", ""),
        ("anki-text", "#deck column:1\nMaths::Sets\ta\tb\nMaths::Maps\tc\td", "Maths"),
        ("markdown", "# Sets & `maps`\n\n## 1. So?\n\n- [x] a\n- [ ] b", "Sets & `maps`"),
        ("markdown", "# So?\n\n- [x] a\n- [ ] b", ""),
        ("markdown", "# One\n\n## So?\n\n- [x] a\n- [ ] b\n\n# Two\n\n## Why?\n\n- [x] a\n- [ ] b", ""),
        ("text2qti", "Quiz title: Sets\n\n1. So?\n*a) x\nb) y", "Sets"),
        ("text2qti", "Quiz title:\n\n1. So?\n*a) x\nb) y", ""),
    ],
)  # fmt: skip
def test_a_title_is_what_a_source_calls_all_of_its_questions(
    format: str, source: str, title: str
) -> None:
    """Not what it calls some of them, nor a remark in it."""
    assert title_of(format, source.encode()) == title


@pytest.mark.parametrize(
    "decks", ["", "[]", "{}", "[" * 100_000, '{"1": null}', '{"x": {"name": 1}}']
)
def test_a_collection_without_decks_is_read(decks: str) -> None:
    assert title_of("anki", package(**{"collection.anki21": collection(decks)})) == ""


@pytest.mark.parametrize("newer", [False, True])
def test_a_deck_that_holds_all_cards_is_the_title(newer: bool) -> None:
    """In newer collections decks have a table of their own; a deck without cards is none."""
    data = collection('{"1": {"name": "Default"}, "7": {"name": "Maths::Sets"}}', newer=newer)
    assert title_of("anki", package(**{"collection.anki21": data})) == "Sets"


def collection(decks: str, *, newer: bool = False) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE notes (id, guid, flds, tags); CREATE TABLE col (decks);"
            "CREATE TABLE cards (id, nid, did, odid); INSERT INTO cards VALUES (1, 1, 7, 0);"
        )
        connection.execute("INSERT INTO notes VALUES (1, 'g', 'front' || char(31) || 'back', '')")
        connection.execute("INSERT INTO col VALUES (?)", ("" if newer else decks,))
        if newer:
            connection.execute("CREATE TABLE decks (id, name)")
            connection.execute("INSERT INTO decks VALUES (7, 'Maths' || char(31) || 'Sets')")
        return connection.serialize()


@pytest.mark.parametrize("part", ["a", 'a="b" ', "<quiz ", '<quiz title="b">\n'])
def test_reading_a_title_takes_time_in_proportion(part: str) -> None:
    """A long word in a tag took a minute."""
    began = monotonic()
    list(said_by_tags(f"<quiz {part * 80_000}>", ["quiz"], "title"))
    assert monotonic() - began < 5
