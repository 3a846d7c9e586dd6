"""Anki: its text in and out, its packages in (old and new ones), and out where genanki is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats import anki, anki_collection, anki_text
from quizcli.formats.html_writer import html_of
from quizcli.formats.losses import summary
from quizcli.report.codes import UserError
from tests.support.any_bank import texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written

needs_genanki = pytest.mark.skipif(not find_spec("genanki"), reason="needs genanki")
needs_zstd = pytest.mark.skipif(
    not (find_spec("backports") and find_spec("backports.zstd")), reason="needs backports-zstd"
)


def bank(source: Any) -> Any:
    return to_bank(source, "seas", "Seas")


def collection(*notes: tuple[str, str, str]) -> bytes:
    """A database with notes: guid, fields, tags. Its pages are small, so that it is."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
        connection.execute(
            "CREATE TABLE notes (id integer primary key, guid text, mid integer, tags text, flds text)"
        )
        connection.execute("CREATE TABLE tags (tag text collate unicase primary key) without rowid")
        for guid, fields, tags in notes:
            connection.execute(
                "INSERT INTO notes (guid, mid, tags, flds) VALUES (?, 1, ?, ?)",
                (guid, tags, fields),
            )
        connection.commit()
        return connection.serialize()


def package(**files: bytes) -> bytes:
    """A package with these files, whose names have a dot for each __."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return packed.getvalue()


NOTES = (
    ("gA1", "the <b>sea</b>\x1fdas Meer<br>so", " deep salt "),
    ("gB2", "A {{c1::sea}} is {{c2::salty::taste}}, {{c1::so}}\x1fMore", ""),
    ("gC3", "one side\x1f<br>", ""),
    ("gD4", "<img src=x.png>a\x1f[sound:a.mp3]b\x1fc", ""),
)


@pytest.mark.parametrize("name", ["collection__anki2", "collection__anki21"])
def test_a_package_is_read(name: str) -> None:
    found = bank(anki.read(package(**{name: collection(*NOTES), "media": b"{}"})))
    first, second, last = found.bank["questions"]
    assert first == {
        "id": "ga1", "kind": "card", "front": "the **sea**", "back": "das Meer\n\nso",
        "tags": ["deep", "salt"],
    }  # fmt: skip
    assert (second["kind"], second["text"], second["explanation"]) == (
        "cloze", "A [[c1::sea]] is [[c2|taste::salty]], [[c1-2::so]]", "More",
    )  # fmt: skip
    assert (last["front"], last["back"]) == ("[picture] a", "b\n\nc")
    assert [(remark.line, remark.what) for remark in found.remarks] == [
        (3, "'one side' is left out: it has one side"),
        (4, "1 sound file not read"),
    ]
    assert summary(found.losses) == ("1 picture dropped (line 4)",)


DUMMY = collection(("x", "Please update to the latest Anki version\x1f", ""))


@needs_zstd
def test_a_new_package_is_read_and_its_dummy_never() -> None:
    from backports import zstd

    data = package(collection__anki2=DUMMY, collection__anki21b=zstd.compress(collection(NOTES[0])))
    assert [each["id"] for each in bank(anki.read(data)).bank["questions"]] == ["ga1"]


def test_without_zstd_the_dummy_is_not_read_either(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(anki_collection, "import_module", none)
    found = anki.read(package(collection__anki2=DUMMY, collection__anki21b=b"("))
    assert found.questions == ()
    assert "pip install 'quizcli[anki]'" in found.remarks[0].fix


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "it is not a complete archive"),
        (b"PK\x03\x04 collection.anki2", "it is not a complete archive"),
        (package(other=b"x"), "it is not an Anki package"),
        (package(**{"../collection__anki2": b"x"}), "it is not an Anki package"),
        (package(collection__anki2=b"x" * 200), "its collection is not a database"),
        (package(collection__anki2=b"SQLite format 3\0" + b"x" * 4096), "its collection cannot be read"),
        (package(collection__anki2=bytes(MOST := 2_000_000)), "its collection has more than 1 MB"),
    ],
)  # fmt: skip
def test_what_is_no_package_is_told(
    data: bytes, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anki_collection, "MOST_BYTES", 1_000_000)
    found = anki.read(data)
    assert (found.questions, what in found.remarks[0].what) == ((), True), found.remarks


def test_a_view_of_notes_is_not_run() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
            "SELECT id, 'g' guid, 'a' flds, '' tags FROM n"
        )
        data = connection.serialize()
    found = anki.read(package(collection__anki2=data))
    assert "has no notes" in found.remarks[0].what


OPTIONS = [{"id": "x", "text": "a < b", "correct": "true"}, {"id": "y", "text": "*c*"}]
SOURCE = {"format": "1", "id": "seas", "title": "The seas", "questions": [
    {"id": "a", "kind": "single-choice", "prompt": "Which $x$?", "options": OPTIONS,
     "explanation": "So", "tags": ["deep sea"], "hints": ["h"]},
    {"id": "b", "kind": "cloze", "text": "A [[m::sea]] is [[s::salty]]"},
]}  # fmt: skip


def test_the_text_is_as_anki_reads_it() -> None:
    file = written(anki_text.FORMAT, SOURCE)
    assert file.content == (
        "#separator:tab\n#html:true\n#guid column:1\n#notetype:Basic\n#deck:The seas\n#tags column:4\n"
        "seas/a\t<p>Which \\(x\\)?</p><ul><li>a &lt; b</li><li><em>c</em></li></ul>\t"
        "<p>a &lt; b</p><p>So</p>\tdeep_sea\n"
        "seas/b#m\tA […] is salty\tA [sea] is salty\t\n"
        "seas/b#s\tA sea is […]\tA sea is [salty]\t\n"
    )
    assert summary(file.losses) == ("1 hint dropped", "2 questions written in flashcard form")


def test_what_no_side_of_a_card_shows_is_told() -> None:
    questions = [
        {"id": "why", "kind": "free", "prompt": "Why?"},
        {"id": "deep", "kind": "number", "prompt": "How deep?", "answer": "11", "tolerance": "1",
         "expect": [{"answer": "1", "feedback": "Deeper"}]},
        {"id": "match", "kind": "matching", "prompt": "Match", "distractors": ["z"],
         "pairs": [{"id": "a", "left": "A", "right": "x", "feedback": "No"},
                   {"id": "b", "left": "B", "right": "y"}]},
    ]  # fmt: skip
    file = written(anki_text.FORMAT, SOURCE | {"questions": questions})
    assert summary(file.losses) == (
        "1 question with a free answer dropped (why)",
        "1 tolerance dropped",
        "1 anticipated answer dropped",
        "2 questions written in flashcard form",
        "1 feedback of a pair dropped",
    )


def test_a_text_of_anki_is_read_by_its_headers() -> None:
    found = bank(anki_text.read(
        b"#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
        b"#tags column:6\ng1\tBasic\tSeas\tsea\t<b>Meer</b>\tdeep\ng2\tBasic\tSeas\tlake\t\t\n"
    ))  # fmt: skip
    (card,) = found.bank["questions"]
    assert card == {
        "id": "g1",
        "kind": "card",
        "front": "sea",
        "back": "**Meer**",
        "tags": ["deep"],
    }
    assert found.remarks[0].line == 8


@settings(max_examples=60)
@given(st.lists(st.tuples(texts(), texts()), min_size=1, max_size=4, unique=True))
def test_any_card_comes_back(found: list[tuple[str, str]]) -> None:
    cards = [
        {"id": f"q{n}", "kind": "card", "front": front, "back": back}
        for n, (front, back) in enumerate(found)
    ]
    file = written(anki_text.FORMAT, SOURCE | {"questions": cards})
    if file.losses:
        return
    back = bank(anki_text.read(str(file.content).encode()))
    assert (back.losses, back.remarks) == ((), ())
    # As it is shown: the sign before an item may be another one.
    assert [(html_of(each["front"]), html_of(each["back"])) for each in back.bank["questions"]] == [
        (html_of(front), html_of(back)) for front, back in found
    ]


@needs_genanki
def test_a_package_is_the_same_each_time_and_comes_back() -> None:
    file = written(anki.FORMAT, SOURCE)
    assert file == written(anki.FORMAT, SOURCE)
    assert isinstance(file.content, bytes)
    found = bank(anki.read(file.content))
    assert [each["id"] for each in found.bank["questions"]] == ["seas-a", "seas-b-m", "seas-b-s"]
    assert found.bank["questions"][1]["back"] == "A [sea] is salty"


def test_without_genanki_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(anki, "import_module", none)
    with pytest.raises(UserError, match="--to anki-text"):
        written(anki.FORMAT, SOURCE)


def test_a_collection_that_kept_a_log_beside_it_is_read() -> None:
    """As Anki exports it now: by two bytes of its head, SQLite would look for the log."""
    data = collection(("guid", "front\x1fback", ""))
    logged = data[:18] + b"\x02\x02" + data[20:]
    for name in ("collection__anki2", "collection__anki21"):
        notes, _ = anki_collection.notes_in(package(**{name: logged}))
        assert [note.guid for note in notes] == ["guid"]
