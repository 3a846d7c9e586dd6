"""From handouts that were taken to grade books, at the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from quizcli.cli.progress import ProgressLine
from tests.support import importers
from tests.support.fakes import FakeClock, environment
from tests.support.handing_in import ALL_RIGHT, EVERY_KIND, FIXTURES, Student, handed_in
from tests.support.home import Home
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def staff(tmp_path: Path) -> Home:
    """Staff with the sample bank, three hand-ins and a truncated one in ``in``."""
    home = Home(tmp_path / "staff")
    (home.root / "in" / "sub").mkdir(parents=True)
    for name, who, answers in (
        ("ada", Student("001", "Ada", "b"), ALL_RIGHT),
        ("sub/bob", Student("002", "Bob", "a"), {"gate": ["one"], "tasks": ["voice"]}),
        ("zoe", Student("003", "Zoë", "a"), {"decay": ["true"]}),
    ):
        text = json.dumps(handed_in(answers, who))
        (home.root / "in" / f"{name}.json").write_text(text)
    (home.root / "in" / "cut.json").write_text('{"attempt": {')
    return home


def test_from_a_handout_to_a_grade_book(tmp_path: Path) -> None:
    """Students take what staff hand out, by file; staff grade what comes back."""
    staff = Home(tmp_path / "staff")
    handout, folder = tmp_path / "handout.yaml", tmp_path / "in"
    folder.mkdir()
    staff("class", "handout", "sample", "-o", str(handout))
    for number, gate in enumerate(["units", "one"]):
        desk = Home(tmp_path / f"desk{number}", sample=False)
        (tmp_path / "a.yaml").write_text(f"gate: [{gate}]\ndecay: ['true']\n")
        desk("take", str(handout), "--answers", str(tmp_path / "a.yaml"), "--student", f"00{number}",
             "--name", "Bo")  # fmt: skip
        desk("score", "--format", "json", "-o", str(folder / f"{number}.json"))
    data = staff("class", "grade", "sample", str(folder), "--json").data
    assert [each["points"] for each in data["students"]] == [3, 2]
    assert [each["student"]["id"] for each in data["students"]] == ["000", "001"]


def test_the_marks_and_what_was_not_graded(staff: Home) -> None:
    ran = staff("class", "grade", "sample", "in")
    assert ran.code == 1
    assert "3 students graded · mean 50% · median 40% · 5 points · best try" in ran.words
    assert "in/cut.json not graded cut off on line 1 — ask for the file again" in ran.words
    for row in ("001 Ada 5 100 1", "002 Bob 0.5 10 1", "003 Zoë 2 40 1"):
        assert row in ran.words
    assert "Students: 1 from 10 to 20%, 1 from 40 to 50% and 1 from 90 to 100%." in ran.words
    assert "10–20% 1 student █" in ran.words
    assert "0–10% 0 students" in ran.words
    (staff.root / "in" / "cut.json").unlink()
    assert staff("class", "grade", "sample", "in").code == 0


def test_a_repeatable_format_each_with_its_file(staff: Home) -> None:
    ran = staff("class", "grade", "sample", "in", "--format", "canvas", "-o", "c.csv",
                "--format", "students", "-o", "s.csv", "--bom", "--column", "Quiz 1")  # fmt: skip
    assert ran.code == 1
    assert ran.out == ""
    assert "in/cut.json: not graded: cut off on line 1" in ran.told
    assert "canvas: without a column id Canvas will create a new assignment, 'Quiz 1'" in ran.told
    (item,) = importers.canvas((staff.root / "c.csv").read_text("utf-8"))
    assert item.grades == {"001": 5, "002": 0.5, "003": 2}
    assert (staff.root / "s.csv").read_bytes().startswith(b"\xef\xbb\xbfstudent,name")
    again = staff("class", "grade", "sample", "in", "--format", "canvas", "-o", "c.csv")
    assert "c.csv already exists" in again.told


def test_one_format_is_printed(staff: Home) -> None:
    out = staff("class", "grade", "sample", "in", "--format", "items").out
    assert len(list(csv.DictReader(io.StringIO(out, newline="")))) == 12


def test_a_download_is_filled_in(staff: Home) -> None:
    (staff.root / "d.csv").write_text("Student,ID,SIS User ID,SIS Login ID,Section,Q (5)\n"
                                      "Ada,1,001,a,x,\nBob,2,002,b,x,\n")  # fmt: skip
    ran = staff("class", "grade", "sample", "in", "--format", "canvas", "--template", "d.csv",
                "--column", "Q", "-o", "o.csv")  # fmt: skip
    (item,) = importers.canvas((staff.root / "o.csv").read_text("utf-8"))
    assert (item.id, item.grades) == (5, {"001": 5, "002": 0.5})
    assert "canvas: 1 student has no row in the download, so no grade is written: '003'" in ran.told
    assert ran.code == 1


def test_rosters_and_decisions(staff: Home) -> None:
    (staff.root / "r.csv").write_text("id,name\n001,Ada\n002,Bob\n003,Zoë\n004,Cy\n")
    (staff.root / "o.csv").write_text(
        "student,question,mark,excused,extra,reason\n002,gate,1,,,was unclear\n004,,,yes,,ill\n"
        "9,,,,1 d,moved\n"
    )
    ran = staff("class", "grade", "sample", "in", "--roster", "r.csv", "--overrides", "o.csv",
                "--due", "2026-11-19T00:00", "--late", "10%/day")  # fmt: skip
    assert "004 Cy excused 0 excused: ill" in ran.words
    assert "002 Bob 1.4 28 1 2 gate by hand: was unclear" in ran.words
    assert "o.csv line 4 not graded there is no student '9'" in ran.words


WIDE = "Student;Name;gate;tasks;decay;remark\n1;Ada;units;sentiment,voice;true;x\n2;Bob;A;b, a;b;\n"
LONG = ("student,question,response\n1,gate,100\n1,tasks,voice\n2,gate,words\n2,gate,one\n"
        "3,gat,one\n4,gate,z\n")  # fmt: skip


def test_a_table_of_answers_wide(staff: Home) -> None:
    (staff.root / "w.csv").write_text(WIDE)
    ran = staff("class", "grade", "sample", "--responses", "w.csv", "--json")
    data = ran.data
    assert [(each["points"], each["max_points"]) for each in data["students"]] == [(4, 4), (1, 4)]
    assert "columns of w.csv that are not questions, ignored: remark" in ran.told
    assert "w.csv has no answers to unrolled, so these do not count" in ran.told


def test_a_table_of_answers_long(staff: Home) -> None:
    (staff.root / "l.csv").write_text(LONG)
    data = staff("class", "grade", "sample", "--responses", "l.csv", "--json").data
    assert [(each["student"]["id"], each["points"]) for each in data["students"]] == [("1", 1.5)]
    assert [note["reasons"] for note in data["report"]] == [
        ["line 5: 'gate' is answered twice"],
        ["line 6: the bank has no question 'gat'"],
        ["'gate' was answered with 'z': 'z' is not an option here: answer with a to c"],
    ]


@pytest.mark.parametrize("cell", ["100", "١٠٠", "۱۰۰", "१००", "１００", "١٠٠٫٠"])
def test_a_number_in_the_digits_of_any_script(tmp_path: Path, cell: str) -> None:
    staff = Home(tmp_path)
    (tmp_path / "w.csv").write_text(f"student,width\n1,{cell}\n", "utf-8")
    data = staff(
        "class", "grade", str(FIXTURES / "kinds.yaml"), "--responses", "w.csv", "--json"
    ).data
    (student,) = data["students"]
    assert 0 < student["points"] == student["max_points"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name hand-ins, or a folder of them"),
        (["no.json"], "no.json does not exist — check the name"),
        (["in", "--credit", "coverag"], "did you mean 'coverage'?"),
        (["in", "--policy", "worst"], "'worst' is not a policy"),
        (["in", "--late", "5%/day"], "needs a due time"),
        (["in", "--format", "canvas", "--format", "md"], "each format needs its file"),
        (["in", "--format", "md", "-o", "x", "-o", "y"], "each format needs its file"),
        (["in", "-o", "x"], "each format needs its file"),
        (["in", "--format", "md", "-o", "x", "--format", "json", "-o", "x"], "each its own file"),
        (["in", "--format", "md", "--template", "in/cut.json"], "name that system: --format canvas"),
        (["in", "--template", "in/cut.json"], "name that system: --format canvas"),
        (["in", "--format", "md", "--json"], "leave out one of them"),
        (["in", "--roster", "in"], "in cannot be read: is a directory"),
        (["in", "--roster", "in/cut.json"], "has none of the columns id, name"),
        (["--responses", "in/cut.json"], "has no column named after a question"),
        (["empty"], "there is no file in empty"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_what_can(staff: Home, arguments: list[str], said: str) -> None:
    (staff.root / "empty").mkdir()
    ran = staff("class", "grade", "sample", *arguments)
    assert ran.code == 2
    assert said in ran.told


def test_a_free_answer_is_told_to_wait(staff: Home, tmp_path: Path) -> None:
    path = FIXTURES / "kind-free.yaml"
    (tmp_path / "f.json").write_text(json.dumps(handed_in({"gate": ["A door."]}, path=path)))
    ran = staff("class", "grade", str(path), str(tmp_path / "f.json"))
    assert "1 free answer needs a mark and counts as 0 until then: --overrides" in ran.told


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_work_says_how_far_it_is(tmp_path: Path) -> None:
    """After half a second, at a terminal, and it leaves nothing there."""
    clock, stderr = FakeClock(), Terminal()
    env = environment(tmp_path, clock=clock)._replace(stderr=stderr)
    with ProgressLine(env, "read", 4) as line:
        line.step()
        assert stderr.getvalue() == ""
        clock.tick(1)
        line.step()
        assert stderr.getvalue() == f"\r[{'#' * 15}{'.' * 15}] read 2 of 4"
    assert stderr.getvalue().endswith(" \r")
    quiet = io.StringIO()
    with ProgressLine(env._replace(stderr=quiet), "read", 4) as line:
        clock.tick(1)
        line.step()
    assert quiet.getvalue() == ""


def test_feedback_goes_into_a_folder(staff: Home) -> None:
    """Beside the marks or grade books; nothing that is there is written over unasked."""
    ran = staff("class", "grade", "sample", "in", "--feedback", "back/all")
    assert "3 pages of feedback written to back/all" in ran.told
    assert "3 students graded" in ran.words
    assert sorted(path.name for path in (staff.root / "back" / "all").iterdir()) == [
        "001.md", "002.md", "003.md",
    ]  # fmt: skip
    page = (staff.root / "back" / "all" / "001.md").read_text("utf-8")
    assert page.startswith("# A sample of everything\n\nAda · 001 · **5 of 5 points** (100%)")
    again = staff("class", "grade", "sample", "in", "--feedback", "back/all")
    assert "back/all/002.md already exists — overwrite it with --force" in again.told
    ran = staff("class", "grade", "sample", "in", "--feedback", "back/all", "--force",
                "--format", "md", "-o", "m.md")  # fmt: skip
    assert "3 pages" in ran.told
    assert "cannot be created" in staff("class", "grade", "sample", "in", "--feedback", "m.md").told


@pytest.mark.parametrize("bank", ["kinds", "sample"])
def test_the_table_of_items_comes_back_as_answers(tmp_path: Path, bank: str) -> None:
    """What was written of any kind of question is read, and earns the same."""
    path = SAMPLE if bank == "sample" else FIXTURES / "kinds.yaml"
    home = Home(tmp_path / "staff", sample=False)
    text = json.dumps(handed_in(ALL_RIGHT if bank == "sample" else EVERY_KIND, path=path))
    (home.root).mkdir()
    (home.root / "a.json").write_text(text)
    home("class", "grade", str(path), "a.json", "--format", "items", "-o", "i.csv")
    marks = home("class", "grade", str(path), "a.json", "--json").data["students"][0]["answers"]
    again = home("class", "grade", str(path), "--responses", "i.csv", "--json").data
    assert again["report"] == []
    back = again["students"][0]["answers"]
    assert [(a["given"], a["points"]) for a in back] == [(a["given"], a["points"]) for a in marks]
    assert sum(each["points"] for each in back) > 3


@pytest.mark.parametrize(
    ("question", "cell", "given"),
    [
        ("decay", "TRUE", ["true"]), ("decay", "a", ["true"]), ("gate", "100", ["units"]),
        ("gate", "B", ["units"]), ("gate", "2", ["units"]), ("gate", "Units ", ["units"]),
        ("tasks", "ab", ["sentiment", "voice"]), ("tasks", "1;2", ["sentiment", "voice"]),
        ("tasks", "VOICE sentiment", ["sentiment", "voice"]), ("gate", "", []),
        ("gate", "units one", "takes one option, not 2"), ("gate", "units zzz", "no option 'zzz'"),
        ("gate", "=cmd()", "is not an option here"), ("tasks", "abz", "'z' is not an option here"),
    ],
)  # fmt: skip
def test_cells_of_a_choice(staff: Home, question: str, cell: str, given: list[str] | str) -> None:
    """Ids, letters, numbers or texts, as forms and spreadsheets write them."""
    (staff.root / "r.csv").write_text(f'id,{question}\n1,"{cell}"\n')
    data = staff("class", "grade", "sample", "--responses", "r.csv", "--json").data
    if isinstance(given, list):
        assert data["students"][0]["answers"][0]["given"] == given
    else:
        assert given in data["report"][0]["reasons"][0]


def test_a_format_tells_remarks_as_well_those_of_a_kind_in_one_line(staff: Home) -> None:
    for n in range(4):
        text = json.dumps(handed_in({}, Student("", f"New {n}"), seed=n, finish=n == 0))
        (staff.root / "in" / f"new{n}.json").write_text(text)
    (staff.root / "r.csv").write_text("id,name\n001,Ada\n7,New 0\n8,New 1\n9,New 2\n10,New 3\n")
    told = staff("class", "grade", "sample", "in", "--roster", "r.csv",
                 "--format", "students", "-o", "s.csv").told  # fmt: skip
    assert "in/cut.json: not graded: cut off" in told
    names = "in/new0.json, in/new1.json, in/new2.json"
    assert f"4 files ({names}, …): graded: matched by name only" in told
    assert "3 files (in/new1.json, in/new2.json, in/new3.json): graded: was not finished" in told
    assert "in/zoe.json: graded: '003' is not in the roster" in told
    graded = json.loads(staff("class", "grade", "sample", "in", "--roster", "r.csv", "--json").out)
    count = sum(student["status"] == "graded" for student in graded["students"])
    assert f"written to s.csv: {count} students graded, 1 file not" in told


def test_what_a_format_tells_of_one_file_is_one_line(staff: Home) -> None:
    data = handed_in({"gate": ["one"], "decay": ["false"]}, Student("7", "Kim"), with_key=True)
    for row in data["answers"]:
        row["points"] = 1.5
    (staff.root / "in" / "kim.json").write_text(json.dumps(data))
    told = staff("class", "grade", "sample", "in", "--format", "md", "-o", "m.md").told
    (line,) = [line for line in told.split("quizcli: ") if "kim.json" in line]
    assert "claims a mark of 1.5 for 'gate', which earns 0; claims a mark of 1.5 for" in line


@pytest.mark.parametrize("name", ["d.csv", "sub/../d.csv", "link.csv"])
def test_a_download_is_not_written_over(staff: Home, name: str) -> None:
    (staff.root / "sub").mkdir()
    text = "Student,ID,SIS User ID,Sample quiz (7)\nAda,1,001,\n"
    (staff.root / "d.csv").write_text(text)
    (staff.root / "link.csv").symlink_to("d.csv")
    ran = staff("class", "grade", "sample", "in", "--format", "canvas", "--template", "d.csv",
                "-o", name, "--force")  # fmt: skip
    assert ran.code == 2
    assert (
        "d.csv is an input and would be overwritten — choose another name for the output"
        in ran.told
    )
    assert (staff.root / "d.csv").read_text() == text
    ran = staff("class", "grade", "sample", "in", "--roster", "d.csv", "--html", name, "--force")
    assert ran.code == 2
    assert (staff.root / "d.csv").read_text() == text
    ran = staff("class", "regrade", "sample", "in", "--without", "gate", "--reason", "r",
                "--roster", "d.csv", "-o", name, "--force")  # fmt: skip
    assert ran.code == 2
    assert (staff.root / "d.csv").read_text() == text
    (staff.root / "d.csv").write_bytes(SAMPLE.read_bytes())
    assert staff("class", "handout", "d.csv", "-o", name, "--force").code == 2
    assert (staff.root / "d.csv").read_bytes() == SAMPLE.read_bytes()


def test_who_handed_in_what_is_not_graded_did_hand_in(staff: Home) -> None:
    """A number outside of the bank, two that contradict each other, a row that makes no sense, a
    number of somebody else: with a roster the students have a status of their own."""
    bad = handed_in({"gate": ["one"]}, Student("7", "Kim"))
    (staff.root / "in" / "seed.json").write_text(
        json.dumps({**bad, "attempt": {**bad["attempt"], "seed": "x"}})
    )
    for n, answers in enumerate(({"gate": ["one"]}, {"gate": ["units"]})):
        text = json.dumps(handed_in(answers, Student("8", "Lou"), uid="twice"))
        (staff.root / "in" / f"twice{n}.json").write_text(text)
    (staff.root / "in" / "typo.json").write_text(
        json.dumps(handed_in({}, Student("9", "Max"), seed=5))
    )
    (staff.root / "t.csv").write_text("id,gate\n11,nonsense\n")
    (staff.root / "r.csv").write_text(
        "id,name\n001,Ada\n7,Kim\n8,Lou\n9,Ned\n10,Max\n11,Ova\n12,Away\n"
    )
    ran = staff(
        "class", "grade", "sample", "in", "--responses", "t.csv", "--roster", "r.csv", "--json"
    )
    status = {each["student"]["id"]: each["status"] for each in ran.data["students"]}
    unclear = dict.fromkeys(["7", "8", "9", "10", "11"], "handed in, not graded")
    assert status == {"001": "graded", "12": "not handed in", **unclear,
                      "002": "graded", "003": "graded"}  # fmt: skip
    ran = staff("class", "grade", "sample", "in", "--responses", "t.csv", "--roster", "r.csv")
    assert "3 students graded · 1 not handed in · 5 handed in, not graded" in ran.words


def test_all_that_a_class_hands_over_may_name_questions_as_they_were(staff: Home) -> None:
    """Hand-ins and decisions alike, after a question was renamed."""
    path = staff.root / "questions" / "sample.yaml"
    text = path.read_text()
    path.write_text(text.replace("- id: gate\n", "- id: width\n    formerly: [gate]\n", 1))
    (staff.root / "o.csv").write_text("student,question,mark,reason\n002,gate,1/2,half right\n")
    ran = staff("class", "grade", "sample", "in", "--overrides", "o.csv", "--json")
    assert "no question" not in ran.told
    marks = {
        (each["student"]["id"], mark["question"]): mark
        for each in ran.data["students"]
        for mark in each["answers"]
    }
    assert marks["002", "width"]["points"] == 0.5
    assert marks["001", "width"]["mark"] == "right"
