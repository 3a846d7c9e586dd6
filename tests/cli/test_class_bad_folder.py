"""Two hundred hand-ins as they come: what is no hand-in has its line, all others are graded."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.handing_in import ALL_RIGHT, CSV_BOOKS, FIXTURES, Student, handed_in
from tests.support.home import Home
from tests.support.parsed import parsed

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Lovelace, Ada", 'Ada "the first"', "two\nlines", "=cmd()|'/C calc'!A0", "+1-1", "@SUM(A1)",
         "<script>alert(1)</script>", "\u202egnirts", "\u200fשלום", "Zoë Müller", "x" * 200,
         "a;b\tc", "NULL", "-", "{{7*7}}")  # fmt: skip
IDS = ("007", "0", "1.2E+5", "12345678901234567890", "a\u200bb")


def data(n: int, name: str = "", id: str = "") -> dict[str, Any]:
    return handed_in(ALL_RIGHT, Student(id or f"{n:04}", name or f"Student {n}"), uid=f"u{n}")


def edited(change: Any) -> bytes:
    one = data(900)
    change(one)
    return json.dumps(one).encode()


def never_shown(one: dict[str, Any]) -> None:
    one["answers"][0]["given"] = ["nothing"]


def backwards(one: dict[str, Any]) -> None:
    one["attempt"]["finished"] = "2026-11-01T00:00:00.000Z"


# Each kind of bad file, by its name, with what is said of it.
BAD: dict[str, tuple[bytes, str]] = {
    "truncated.json": (json.dumps(data(901)).encode()[:900], "cut off on line 1"),
    "another-bank.json": (
        json.dumps(handed_in({}, path=FIXTURES / "kinds.yaml")).encode(), "for another bank, 'kinds'"),
    "another-format.json": (
        edited(lambda one: one.update(format_version=3)), "has format_version 3"),
    "another-version.json": (
        edited(lambda one: one["answers"][0].update(asked="0" * 16)), "worded differently"),
    "never-shown.json": (edited(never_shown), "which was never shown"),
    "backwards.json": (edited(backwards), "was finished at 2026-11-01"),
    "sheet.json": (b"PK\x03\x04" + b"\0" * 90, "a spreadsheet or another archive"),
    "old-sheet.json": (b"\xd0\xcf\x11\xe0" + b"\0" * 90, "a spreadsheet or an Office document"),
    "empty.json": (b"", "empty"),
    "mail.json": (b"Dear all,", "not valid JSON (line 1"),
    "=cmd().json": (b"{", "cut off"),
    "<script>.json": (b"[]", "JSON, but not a hand-in"),
    "a, b \"c\".json": (b"{}", "JSON, but not a hand-in"),
    "\u202ejson.exe": (b"\xff\xfe", "not valid JSON"),
}  # fmt: skip


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("staff"))
    folder = home.root / "in"
    folder.mkdir()
    for name, (text, _) in BAD.items():
        (folder / name).write_bytes(text)
    with (folder / "huge.json").open("wb") as stream:
        stream.truncate(2**30)
    (home.root / "secret.json").write_text(json.dumps(data(902)))
    (folder / "out.json").symlink_to("../secret.json")
    rest = 200 - len(BAD) - 2
    for n in range(rest):
        one = data(
            n,
            NAMES[n] if n < len(NAMES) else "",
            IDS[n - len(NAMES)] if 0 <= n - len(NAMES) < len(IDS) else "",
        )
        (folder / f"{n:03}.json").write_text(json.dumps(one))
    return home


def test_each_bad_file_has_its_line_and_all_others_are_graded(staff: Home) -> None:
    ran = staff("class", "grade", "sample", "in", "--json")
    assert ran.code == 1
    refused = {
        note["file"]: "; ".join(note["reasons"])
        for note in ran.data["report"] if note["fate"] == "not graded"
    }  # fmt: skip
    expected = {f"in/{name}": said for name, (_, said) in BAD.items()}
    expected |= {"in/huge.json": "1,024 MB", "in/out.json": "a link that leads out of the folder"}
    assert refused.keys() == expected.keys()
    for file, said in expected.items():
        assert said in refused[file], file
    assert len(ran.data["students"]) == 200 - len(expected)
    assert {each["points"] for each in ran.data["students"]} == {5}
    ids = {each["student"]["id"] for each in ran.data["students"]}
    assert {"007", "0", "1.2E+5", "12345678901234567890"} <= ids
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("name", CSV_BOOKS)
def test_no_cell_of_a_grade_book_is_run(staff: Home, name: str) -> None:
    """And every row has as many cells as there are headers, whatever names hold."""
    out = staff("class", "grade", "sample", "in", "--format", name).out
    rows = list(csv.reader(io.StringIO(out, newline="")))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "@")), cell
            assert not set(cell) & set("\u202e\u200f\u200b")


def test_the_page_of_it_is_whole(staff: Home) -> None:
    staff("class", "grade", "sample", "in", "--html", "c.html", "--feedback", "back")
    found = parsed((staff.root / "c.html").read_text("utf-8"))
    assert found.faults == []
    assert "script" not in found.tags
    assert "in/<script>.json" in found.words
    pages = list((staff.root / "back").iterdir())
    assert len(pages) == 184


WIDE = "id;name;gate;decay;;\r\n007;Müller;units;true;;\r\n1.2E+5;Ada;units;true;;\r\n;;;;;\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_tables_as_spreadsheets_write_them(tmp_path: Path, encoding: str, sign: str) -> None:
    """Semicolons, a byte order mark, empty columns and rows at the end, Windows-1252; an id that a
    spreadsheet took for a number is told, and the others are graded."""
    home = Home(tmp_path)
    (tmp_path / "r.csv").write_bytes(WIDE.replace(";", sign).encode(encoding))
    ran = home("class", "grade", "sample", "--responses", "r.csv", "--json")
    assert ran.code == 1
    (student,) = ran.data["students"]
    assert (student["student"]["id"], student["student"]["name"]) == ("007", "Müller")
    assert student["points"] == student["max_points"]
    (note,) = ran.data["report"]
    assert "was an id before a spreadsheet took it for a number" in note["reasons"][0]
