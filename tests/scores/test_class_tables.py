"""Rosters, decisions and other tables, as spreadsheets and grade books write them."""

from __future__ import annotations

import re
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.report.codes import UserError
from quizcli.scores.hand_in_head import Student
from quizcli.scores.overrides import Override, read_overrides
from quizcli.scores.roster import Roster, read_roster
from quizcli.scores.tables import read_table
from tests.support.handing_in import the_bank

if TYPE_CHECKING:
    from pathlib import Path

QUESTIONS = {question.id: question for question in the_bank().questions}
ADA = Student("007", "Lovelace, Ada", "b")


def roster(tmp_path: Path, data: bytes | str) -> tuple[Student, ...]:
    path = tmp_path / "roster.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_roster(path, "roster.csv").students


PLAIN = 'id,name,section\r\n007,"Lovelace, Ada",b\r\n008,Zoë,b\r\n'


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.encode(), PLAIN.encode("utf-8-sig"), PLAIN.encode("utf-16"), PLAIN.encode("cp1252"),
        PLAIN.replace("\r\n", "\n").encode(), PLAIN.replace("\r\n", "\r").encode(),
        'ID;Name;Section;;\n007;"Lovelace, Ada";b;;\n;;;;\n008;Zoë;b;;\n\n'.encode(),
        'sep=;\nid;name;section\n007;Lovelace, Ada;b\n008;Zoë;b\n'.encode(),
        'Section\tStudent ID\tFull name\nb\t007\tLovelace, Ada\nb\t008\tZoë\n'.encode(),
        '\n\nid,"name",section\n007,"Lovelace,\nAda",b\n008,Zoë,b'.encode(),
    ],
)  # fmt: skip
def test_a_roster_however_it_was_written(tmp_path: Path, data: bytes) -> None:
    assert roster(tmp_path, data) == (ADA, Student("008", "Zoë", "b"))


def test_rosters_of_four_systems(tmp_path: Path) -> None:
    canvas = ('Student,ID,SIS User ID,SIS Login ID,Section\n'
              '    Points Possible,,,,\n"Lovelace, Ada",12,007,ada,b\n')  # fmt: skip
    assert roster(tmp_path, canvas) == (ADA._replace(username="ada"),)
    moodle = "First name,Last name,ID number,Email address\nAda,Lovelace,007,ada@x.org\n"
    assert roster(tmp_path, moodle) == (Student("007", "Ada Lovelace", email="ada@x.org"),)
    blackboard = '"Last Name","First Name","Username"\n"Lovelace","Ada","ada"\n'
    assert roster(tmp_path, blackboard) == (Student("ada", "Ada Lovelace", username="ada"),)
    brightspace = "OrgDefinedId,Username\n#007,#ada\n"
    assert roster(tmp_path, brightspace) == (Student("007", username="ada"),)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "roster.csv is empty"),
        ("\n\n", "roster.csv is empty"),
        ("id,name\n", "has no students in it"),
        ("shoe,hat\n1,2\n", "none of the columns id, name, username and email — it has shoe and hat"),
        ("id,name\n1,A\n1,B\n,\n,C\n", "line 3: '1' is on line 2 already"),
        ("id\n1.2E+5\n1,x\n", "line 2: '1.2E+5' was an id before a spreadsheet took it"),
        ("id\n1.2E+5\n1,x\n", "line 3: has 2 cells under 1 headers"),
        ("id;name\n1,2E+5;A\n", "'1,2E+5' was an id before"),
        ("id,name\n1,A,x\n", "line 2: has 3 cells under 2 headers"),
        (b"PK\x03\x04", "roster.csv is a spreadsheet — save the sheet as CSV"),
        ("id,name\n1," + "x" * 200_000, "roster.csv is not a table: field larger"),
    ],
)  # fmt: skip
def test_rosters_that_are_none(tmp_path: Path, data: str, said: str) -> None:
    with pytest.raises(UserError, match=re.escape(said)):
        roster(tmp_path, data)


def test_a_line_is_told_as_an_editor_counts_it(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="line 6: 'x' is on line 4 already"):
        roster(tmp_path, '\nid,name\n\nx,"two\nlines"\nx,b\n')


@given(data=st.binary(max_size=60))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(data)
    try:
        table = read_table(path, "t.csv")
        assert all(len(row.cells) == len(table.headers) for row in table.rows)
        table.faults.tell()
    except UserError as bad:
        assert "t.csv" in str(bad)  # noqa: PT017


def test_who_is_found_in_a_roster() -> None:
    """By what is one's own; a name only where nobody else has it."""
    here = Roster(
        [ADA._replace(username="Ada1", email="Ada@x.org"), Student("7", "Bob"), Student("8", "Bob")]
    )
    assert [here.find(id).id for id in ("007", "ada1", "ADA@X.ORG", "7")] == ["007"] * 3 + ["7"]
    assert here.find("", "lovelace, ada").id == "007"
    assert here.find("", "Bob") is None
    assert here.find("9", "Lovelace, Ada") is None  # an id that is another's
    assert here.find("", "") is None
    assert (here.like("07"), here.like("0"), here.like("70")) == ("007", "", "")


def decisions(tmp_path: Path, text: str) -> list[Override]:
    (tmp_path / "o.csv").write_text(text)
    return read_overrides(tmp_path / "o.csv", "o.csv", QUESTIONS)


def test_decisions(tmp_path: Path) -> None:
    found = decisions(
        tmp_path,
        "Student,Question,Mark,Excused,Extra time,Reason\n"
        "007,gate,1/2,,,half right\n007,tasks,,yes,,was not taught\n"
        "8,,,EX,,ill\n9,,,,90 min,reader\n9,,4.5,no,,oral\n",
    )
    zero = timedelta(0)
    assert found == [
        Override(2, "007", "gate", Fraction(1, 2), False, zero, "half right"),
        Override(3, "007", "tasks", None, True, zero, "was not taught"),
        Override(4, "8", "", None, True, zero, "ill"),
        Override(5, "9", "", None, False, timedelta(minutes=90), "reader"),
        Override(6, "9", "", Fraction(9, 2), False, zero, "oral"),
    ]


def test_all_that_is_wrong_with_decisions_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError) as bad:
        decisions(
            tmp_path,
            "student,question,mark,excused,extra,reason\n"
            ",gate,1,,,r\n1,gate,1,,,\n1,gat,1,,,r\n1,gate,2,,,r\n1,gate,-1,,,r\n1,gate,١,,,r\n"
            "1,,,maybe,,r\n1,,,,soon,r\n1,,,,,r\n1,gate,1,yes,,r\n1,gate,,,1 h,r\n1.2E+5,,1,,,r\n"
            "2,gate,1,,,r\n2,gate,0,,,r\n",
        )
    told = str(bad.value)
    for said in (
        "line 2: has no student", "line 3: has no reason",
        "line 4: the bank has no question 'gat' — did you mean 'gate'?",
        "line 5: 2 is more than 'gate' is worth, 1", "line 6: '-1' is not a mark",
        "line 7: '١' is not a mark", "line 8: 'maybe' is neither yes nor no",
        "line 9: 'soon' is not a time", "line 10: must have exactly one", "line 11: must have exactly one",
        "line 12: gives extra time for one question", "line 13: '1.2E+5' was an id",
        "line 15: repeats a decision for '2' from",
    ):  # fmt: skip
        assert said in told
    with pytest.raises(
        UserError, match="no column 'reason' \\(why\\) — it has 'student' and 'mark'"
    ):
        decisions(tmp_path, "student,mark\n1,2\n")
