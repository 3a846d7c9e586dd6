"""Grade books byte for byte, and as their systems take them."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizcli.report.codes import UserError
from quizcli.scores.class_grading import graded_class
from quizcli.scores.formats import BOOKS, written_book
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.hand_in_head import Student
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.overrides import Override
from quizcli.scores.policies import GradingRules, read_rules
from quizcli.scores.roster import Roster
from quizcli.scores.tables import read_table
from quizcli.scores.tries import TryPile
from quizcli.terminal.safe import neutral
from tests.support import importers
from tests.support.handing_in import ALL_RIGHT, CSV_BOOKS, FIXTURES, graded, handed_in, the_bank

GOLDEN = Path(__file__).parent / "golden"
NAMES = ('Lovelace, "Ada"', "=cmd()|' /C calc'!A0", "Grace <script>\nHopper", "\u202eeman", "Zoë")
ADA, EVE, GRACE, EMA, ZOE = (
    Student(f"00{n}", " ".join(name.split()), "b" if n > 2 else "a", f"u{n}", f"U{n}@x.org")
    for n, name in enumerate(NAMES, 1)
)
AWAY, ILL = Student("006", "Away", "b"), Student("007", "Ill", "b")


def the_class(*, roster: bool = True, column: str = "Sample quiz", **rules: Any) -> GradeBook:
    """Seven students: two tries and a late one, one who is away and one excused."""
    known = Roster((ADA, EVE, GRACE, EMA, ZOE, AWAY, ILL)) if roster else None
    reader = HandInReader(the_bank())
    pile = TryPile(HandInStore(reader.earned), known)
    given = [
        (ADA, {"gate": ["one"]}, 20), (ADA, ALL_RIGHT, 21), (EVE, {"tasks": ["sentiment"]}, 20),
        (GRACE, ALL_RIGHT | {"gate": ["words"]}, 21), (EMA, {"decay": ["true"]}, 20), (ZOE, {}, 20),
    ]  # fmt: skip
    for number, (who, answers, day) in enumerate(given):
        pile.add(graded(handed_in(answers, who, day=day, seed=number), file=f"in/{number}.json"))
    pile.refuse("in/broken, =x.json", ["cut off on line 1"])
    none = {"mark": None, "excused": False, "reason": "was not there"}
    zero = read_rules("best", None, None, None).unit * 0
    decided = [
        Override(2, "007", "", extra=zero, **(none | {"excused": True})),
        Override(3, "004", "gate", extra=zero, **(none | {"mark": Fraction(1, 3), "reason": "-oral"})),
    ]  # fmt: skip
    by = read_rules("best", "10%/day", "2026-11-21T00:00Z", None)
    grades, notes = graded_class(pile, reader, by, decided if roster else [], "overrides.csv")
    return GradeBook(the_bank(), reader.questions, grades, notes, by.words, column)


# 4.5 of 5 for Ada, whose second try came a day late.
POINTS = {"001": 4.5, "002": 0.5, "003": 3.6, "004": 2.3333, "005": 0, "006": None, "007": None}


@pytest.mark.parametrize("format", BOOKS)
def test_bytes(format: str, request: pytest.FixtureRequest) -> None:
    """The same input gives the same bytes."""
    file = written_book(format, the_class())
    path = GOLDEN / f"class-{format}{BOOKS[format].endings[0]}"
    if request.config.getoption("--update-golden"):
        path.write_bytes(file.text.encode())
    assert path.read_bytes() == file.text.encode()


@pytest.mark.parametrize("format", CSV_BOOKS)
def test_every_table_is_one_and_holds_no_formula(format: str) -> None:
    text = written_book(format, the_class()).text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert "\u202e" not in text
    assert text.endswith("\r\n")


def table(format: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written_book(format, the_class()).text, newline="")))


def test_the_row_of_a_student() -> None:
    rows = {row["student"]: row for row in table("students")}
    assert {id: row["points"] for id, row in rows.items()} == {
        id: "" if points is None else f"{points}" for id, points in POINTS.items()
    }
    ada = rows["001"]
    assert (ada["tries"], ada["counted"], ada["late"], ada["percent"]) == ("2", "2", "1", "90")
    assert (ada["files"], ada["seconds"]) == ("in/0.json in/1.json", "122")
    assert [rows[id]["status"] for id in ("006", "007")] == ["not handed in", "excused"]


def test_the_rows_of_answers_add_up_to_those_of_students() -> None:
    of: dict[str, float] = {}
    for row in table("items"):
        of[row["student"]] = of.get(row["student"], 0) + float(row["points"])
    assert {id: round(points, 3) for id, points in of.items()} == {
        id: round(points, 3) for id, points in POINTS.items() if points is not None
    }
    first = table("items")[0]
    assert (first["response"], first["correct"], first["try"], first["tries"]) == (
        "units", "units", "2", "2",
    )  # fmt: skip
    assert (first["position"], first["shown"], first["credit"]) == (
        "1", "one units words", "all-or-nothing",
    )  # fmt: skip
    assert next(row for row in table("items") if row["note"])["note"] == "by hand: -oral"


def test_a_question_with_numbers_is_called_by_its_usual_ones() -> None:
    path = FIXTURES / "varied.yaml"
    reader = HandInReader(the_bank(path))
    pile = TryPile(HandInStore(reader.earned))
    pile.add(graded(handed_in({}, ADA, path=path, vary=True), path=path))
    grades, notes = graded_class(pile, reader, GradingRules(), [], "")
    book = GradeBook(the_bank(path), reader.questions, grades, notes, "best try", "Varied")
    rows = csv.DictReader(io.StringIO(written_book("items", book).text, newline=""))
    titles = [row["title"] for row in rows]
    assert titles[1].startswith("From ")
    assert "{" not in "".join(titles)


def test_events_are_all_tries_in_the_order_of_time() -> None:
    rows = [row for row in table("events") if row["student"] == "001"]
    assert [row["event"] for row in rows] == [
        "began", "answered", "handed in", "began", *["answered"] * 4, "handed in",
    ]  # fmt: skip
    assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)


def test_json_is_the_class() -> None:
    data = json.loads(written_book("json", the_class()).text)
    assert (data["format_version"], data["bank"], data["max_points"]) == (1, "sample", 5)
    points = {each["student"]["id"]: each["points"] for each in data["students"]}
    assert points == POINTS
    assert data["report"] == [{"file": "in/broken, =x.json", "fate": "not graded",
                               "reasons": ["cut off on line 1"]}]  # fmt: skip


# Each system -------------------------------------------------------------------------------------


def test_canvas_without_a_download() -> None:
    file = written_book("canvas", the_class())
    (item,) = importers.canvas(file.text)
    assert (item.title, item.id, item.points) == ("Sample quiz", None, 5)
    assert item.grades == POINTS | {"007": "EX"}
    assert any("Canvas will create a new assignment" in notice for notice in file.notices)
    assert any("fill in a download" in notice for notice in file.notices)


CANVAS = '''Student,ID,SIS User ID,SIS Login ID,Section,Old quiz (11),Sample quiz (77),Final Score
    Points Possible,,,,,3,10,(read only)
"Lovelace, ""Ada""",12,001,u1,Math-A,2,8.5,90
=cmd()|' /C calc'!A0,13,002,u2,Math-A,,,
Grace,14,003,U3,Math-A,3,1,
"Zoë",5,,,Math-A,1,,
"Student, Test",99,,abc,Math-A,,,
Away,16,006,u6,Math-A,1,7,
Ill,17,007,u7,Math-A,1,,
'''


def filled(tmp_path: Path, system: str, text: str | bytes, **own: Any) -> Any:
    path = tmp_path / "download.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return written_book(system, the_class(**own), read_table(path, "download.csv"))


def test_a_download_of_canvas_is_filled_in(tmp_path: Path) -> None:
    """Identities to the letter, one column, scaled to the points that it has there; who has no
    mark keeps the old one, and Zoë is found by her name."""
    file = filled(tmp_path, "canvas", CANVAS)
    (item,) = importers.canvas(file.text)
    assert (item.title, item.id, item.points) == ("Sample quiz", 77, 10)
    assert item.grades == {
        "001": 9, "002": 1, "003": 7.2, "Zoë": 0, "abc": None, "006": 7, "007": "EX",
    }  # fmt: skip
    assert "\r\n=cmd()|' /C calc'!A0,13,002" in file.text
    assert file.unplaced == 1
    assert file.notices == (
        "Canvas has 10 points for this quiz, but the bank has 5: scaled to 10",
        "1 student has no row in the download, so no grade is written: '004'",
        "1 matched by name only: 'Zoë'",
        "1 student keeps the score in the download",
        "1 student in the download has no score",
    )


def test_titles_that_canvas_takes_for_something_else(tmp_path: Path) -> None:
    said = written_book("canvas", the_class(column="Quiz (2)")).notices
    assert "Canvas would take 'Quiz (2)' for the assignment 2 — use --column TITLE" in said
    said = written_book("canvas", the_class(column="My final score")).notices
    assert any("ignores a column with 'final score'" in each for each in said)
    read_only = CANVAS.replace(",3,10,", ",3,(read only),")
    assert any("read-only and will skip it" in each for each in
               filled(tmp_path, "canvas", read_only).notices)  # fmt: skip
    file = filled(tmp_path, "canvas", CANVAS.replace("Sample quiz (77)", "Other (77)"))
    assert importers.canvas(file.text)[0][:3] == ("Sample quiz", None, 5)


def test_a_number_of_canvas_is_no_id_of_the_school(tmp_path: Path) -> None:
    """Zoë's number there is 5, and 005 is another's; a download without SIS ids goes by it."""
    text = "Student,ID,SIS Login ID,Section,Sample quiz (77)\nX,001,,a,\nY,2,,a,\n"
    assert importers.canvas(filled(tmp_path, "canvas", text).text)[0].grades == {
        "X": 4.5,
        "Y": None,
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("001,u1", "1.2E+5,u1", "line 3: '1.2E\\+5' was an id before a spreadsheet"),
        (
            "Old quiz (11)",
            "Sample quiz (78)",
            "2 columns with that name, 'Sample quiz \\(78\\)' and",
        ),
        (CANVAS, "a,b\n1,2\n", "not a download from Canvas"),
        ("002,u2", "002,u1", "^$"),
    ],
)
def test_downloads_that_are_none(tmp_path: Path, old: str, new: str, said: str) -> None:
    if said == "^$":  # two logins that are the same find nobody, and ids still do
        file = filled(tmp_path, "canvas", CANVAS.replace(old, new))
        assert importers.canvas(file.text)[0].grades["002"] == 1
        return
    with pytest.raises(UserError, match=said):
        filled(tmp_path, "canvas", CANVAS.replace(old, new))


def test_students_who_share_a_name_and_have_no_id() -> None:
    reader = HandInReader(the_bank())
    pile = TryPile(HandInStore(reader.earned))
    for seed in (1, 2):
        pile.add(graded(handed_in({}, Student("", f"Bob{' ' * seed}"), seed=seed), file=f"{seed}"))
    grades, notes = graded_class(pile, reader, RULES, [], "")
    grades = list(grades)
    assert len(grades) == 1  # one name is one student, who has two tries
    twins = [grade._replace(student=Student("", "Bob")) for grade in grades * 2]
    book = GradeBook(the_bank(), reader.questions, twins, notes, "", "Quiz")
    said = "2 students share the name 'Bob' and have no id"
    for system in ("canvas", "moodle"):
        assert said in written_book(system, book).notices


USERS = {student.id: student.id for student in (ADA, EVE, GRACE, EMA, ZOE, AWAY, ILL)}


def test_moodle_takes_it() -> None:
    file = written_book("moodle", the_class())
    item = importers.moodle(file.text, USERS, "ID number", "Sample quiz", 5)
    assert item.grades == {id: points for id, points in POINTS.items() if points is not None}
    mails = {f"u{n}@X.ORG": f"00{n}" for n in range(1, 6)}
    assert (
        importers.moodle(file.text, mails, "Email address", "Sample quiz", 5).grades == item.grades
    )
    assert file.notices == (
        "Moodle creates grade items worth 100 points: create one worth 5 first, and map the column to it",
    )


MOODLE = """\ufeffFirst name,Last name,ID number,Institution,Email address,Quiz: Sample quiz (Real),Total
Ada,L,001,,u1@x.org,"1,50","3,50"
Eve,E,,,U2@X.org,-,-
Grace,H,003,,,-,-
Z,Z,008,,z@x.org,-,-
"""


def test_a_download_of_moodle_is_filled_in(tmp_path: Path) -> None:
    """With commas where the site writes commas; a row of each user, of one length."""
    file = filled(tmp_path, "moodle", MOODLE)
    column = "Quiz: Sample quiz (Real)"
    users = {"u1@x.org": "Ada", "u2@x.org": "Eve", "": "Grace", "z@x.org": "Z"}
    item = importers.moodle(file.text, users, "Email address", column, 5)
    assert item.grades == {"Ada": 4.5, "Eve": 0.5, "Grace": 3.6, "Z": None}
    assert '"4,5"' in file.text
    assert file.notices == (
        "3 students have no row in the download, so no grade is written: '004', '005' and '007'",
        "1 student in the download has no score",
    )


def test_moodle_refuses_what_is_above_the_maximum() -> None:
    book = the_class()
    grades = [g._replace(points=Fraction(6)) if g.student == ADA else g for g in book.grades]
    above = GradeBook(book.bank, book.questions, grades, book.notes, "", "Sample quiz")
    file = written_book("moodle", above)
    with pytest.raises(importers.Rejected, match="above the maximum"):
        importers.moodle(file.text, USERS, "ID number", "Sample quiz", 5)
    assert "above the maximum, so that Moodle would reject the whole file: '001'" in file.notices
    assert (
        "Brightspace caps 1 grade above the maximum" in written_book("brightspace", above).notices
    )
    assert importers.brightspace(written_book("brightspace", above).text, 5).grades["001"] == 5


BLACKBOARD = (
    '\ufeff"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Sample quiz [Total Pts: 10 Score] |128"'
    '\n"L"\t"Ada"\t"u1"\t"001"\t"4"\n"E"\t"Eve"\t"U2"\t"002"\t""\n"A"\t"Away"\t"u6"\t"006"\t"3"\n'
)


def test_blackboard_takes_it(tmp_path: Path) -> None:
    new = written_book("blackboard", the_class())
    (item,) = importers.blackboard(new.text)
    assert (item.title, item.id) == ("Sample quiz", None)
    assert item.grades == {f"u{n}": POINTS[f"00{n}"] for n in range(1, 6)}
    assert "Blackboard creates a new column" in new.notices[0]
    file = filled(tmp_path, "blackboard", BLACKBOARD)
    (item,) = importers.blackboard(file.text)
    assert item == importers.Imported("Sample quiz", 128, 10, {"u1": 9, "U2": 1, "u6": 3})
    assert file.text.startswith('\ufeff"Last Name"\t"First Name"')
    utf16 = filled(tmp_path, "blackboard", BLACKBOARD.removeprefix("\ufeff").encode("utf-16"))
    assert utf16.text == file.text


def test_blackboard_finds_nobody_without_username() -> None:
    reader = HandInReader(the_bank())
    pile = TryPile(HandInStore(reader.earned))
    pile.add(graded(handed_in({}, Student("", "Bob"))))
    grades, notes = graded_class(pile, reader, RULES, [], "")
    book = GradeBook(the_bank(), reader.questions, grades, notes, "", "Quiz")
    for system in ("blackboard", "brightspace"):
        file = written_book(system, book)
        assert file.unplaced == 1
        assert any("left out" in notice for notice in file.notices)


BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,Email,Sample quiz Points Grade <Numeric MaxPoints:20 Weight:10>,"
    "End-of-Line Indicator\n#001,#u1,L,a@x.org,3,#\n#003,#u3,H,g@x.org,,#\n#9,#u9,N,n@x.org,4,#\n"
)


def test_brightspace_takes_it(tmp_path: Path) -> None:
    new = importers.brightspace(written_book("brightspace", the_class()).text, 5)
    assert new.title == "Sample quiz"
    assert new.grades == {id: points for id, points in POINTS.items() if points is not None}
    file = filled(tmp_path, "brightspace", BRIGHTSPACE)
    assert importers.brightspace(file.text, 20).grades == {"001": 18, "003": 14.4, "9": 4}
    assert (
        "Brightspace has 20 points for this quiz, but the bank has 5: scaled to 20" in file.notices
    )


def test_a_name_is_shown_and_does_nothing() -> None:
    md = written_book("md", the_class()).text
    assert "<script>" not in md
    assert "&lt;script&gt;" in md
    assert neutral(EMA.name) in md.replace("&lt;", "<").replace("&gt;", ">")


RULES = read_rules("best", None, None, None)
WHO = {
    "canvas": "Student,ID,SIS User ID,Section,Sample quiz (7)\n{name},1,00023,a,{old}\n",
    "moodle": "Full name,ID number,Quiz: Sample quiz (Real)\n{name},00023,{old}\n",
    "blackboard": "Last Name,First Name,Username,Sample quiz [Total Pts: 5] |1\n,{name},00023,{old}\n",
    "brightspace": "OrgDefinedId,Last Name,First Name,Sample quiz Points Grade\n#00023,,{name},{old}\n",
}


@pytest.mark.parametrize("system", WHO)
@pytest.mark.parametrize(("name", "mine"), [("Wim Jong", False), ("Roth", True)])
def test_a_number_of_somebody_else_in_a_download(
    tmp_path: Path, system: str, name: str, mine: bool
) -> None:
    """Without a roster, the mark of who is called otherwise there is left out, unless by hand."""
    reader = HandInReader(the_bank())
    who = Student("00023", "Dora Roth")
    (tmp_path / "d.csv").write_text(WHO[system].format(name=name, old=3))

    def written(*decided: Override) -> Any:
        pile = TryPile(HandInStore(reader.earned))
        pile.add(graded(handed_in(ALL_RIGHT, who), file="u023.json"))
        grades, notes = graded_class(pile, reader, RULES, decided, "o.csv")
        book = GradeBook(reader.bank, reader.questions, grades, notes, "best try", "Sample quiz")
        return written_book(system, book, read_table(tmp_path / "d.csv", "d.csv"))

    file = written()
    said = [text for text in file.notices if "'00023' is" in text or "keeps" in text]
    assert file.unplaced == (0 if mine else 1)
    last = next(csv.reader([file.text.splitlines()[-1]]))
    assert ("5" in last, "3" in last) == (mine, not mine)
    if not mine:
        assert "Wim Jong's number in the download (line 2), but the hand-in says Dora" in said[0]
        assert said[1] == "1 student keeps the score in the download"
        by_hand = Override(2, "00023", "", Fraction(4), False, timedelta(0), "it was her")
        assert "4" in next(csv.reader([written(by_hand).text.splitlines()[-1]]))


@pytest.mark.parametrize(("dora", "points"), [(ALL_RIGHT, ""), ({}, "0.5")])
def test_a_better_try_of_another_under_the_same_number(
    tmp_path: Path, dora: Any, points: str
) -> None:
    """Of two names under one number the try that counts decides whether the row gets it."""
    reader = HandInReader(the_bank())
    (tmp_path / "d.csv").write_text('Student,ID,SIS User ID,Sample quiz (7)\n"Jong, Wim",1,23,\n')
    pile = TryPile(HandInStore(reader.earned))
    for day, name, answers in ((20, "Wim Jong", {"tasks": ["sentiment"]}), (21, "Dora", dora)):
        pile.add(graded(handed_in(answers, Student("23", name), day=day), file=name))
    grades, notes = graded_class(pile, reader, RULES, [], "")
    book = GradeBook(reader.bank, reader.questions, grades, notes, "best try", "Sample quiz")
    file = written_book("canvas", book, read_table(tmp_path / "d.csv", "d.csv"))
    assert file.text.splitlines()[-1].endswith(f",23,{points}")
    assert file.unplaced == (not points)
