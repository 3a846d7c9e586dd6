"""Repairs at the command line: who gains and loses, the file, and its undoing."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from quizcli.scores.formats import BOOKS
from quizcli.scores.printed_forms import PrintedForm
from tests.support.handing_in import ALL_RIGHT, Student, handed_in, the_bank
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

KEY = ("--key", "gate=one", "--reason", "the key  was\nwrong")


@pytest.fixture
def staff(tmp_path: Path) -> Home:
    """Staff with four hand-ins: all right, one option wrong, some ticks, blank."""
    home = Home(tmp_path)
    (tmp_path / "in").mkdir()
    given = [
        ALL_RIGHT,
        {**ALL_RIGHT, "gate": ["one"]},
        {"tasks": ["sentiment", "image"], "decay": ["true"]},
        {},
    ]
    for n, each in enumerate(given):
        text = json.dumps(handed_in(each, Student(f"s{n}", f"=Ada {n}")))
        (tmp_path / "in" / f"{n}.json").write_text(text)
    return home


def changes(staff: Home, *arguments: str) -> dict[str, list[float]]:
    """By student, the percent before and after."""
    ran = staff("class", "regrade", "sample", "in", *arguments, "--reason", "r", "--json")
    assert ran.code == 0, ran.err
    return {
        change["student"]["id"]: [change[when]["percent"] for when in ("before", "after")]
        for change in ran.data["changes"]
    }


def test_a_corrected_key_shows_who_gains_and_who_loses(staff: Home) -> None:
    ran = staff("class", "regrade", "sample", "in", *KEY)
    assert ran.code == 0
    assert "the key of gate is one — the key was wrong" in ran.words
    assert "4 students · 1 gain · 1 lose · 2 unchanged" in ran.words
    assert "gate 1 → 0" in ran.words
    assert "s2" not in ran.words
    assert changes(staff, "--key", "gate=one") == {"s0": [100, 80], "s1": [80, 100]}


@pytest.mark.parametrize(
    ("repair", "expected"),
    [
        (["--key", "gate=one,units"], {"s1": [80, 100]}),
        (["--key", "gate=one", "--never-lower"], {"s1": [80, 100]}),
        (["--credit-all", "gate"], {"s1": [80, 100], "s2": [40, 60], "s3": [0, 20]}),
        (["--without", "decay"],
         {"s0": [100, 100], "s1": [80, 66.6667], "s2": [40, 0], "s3": [0, 0]}),
        (["--without", "decay", "--never-lower"],
         {"s0": [100, 100], "s3": [0, 0]}),
        (["--without-option", "tasks=image"], {"s2": [40, 50]}),
        (["--without-option", "tasks=image", "--without-option", "tasks=transcript"],
         {"s2": [40, 50]}),
        (["--key", "tasks=image", "--without-option", "tasks=sentiment"],
         {"s0": [100, 80], "s1": [80, 60], "s2": [40, 60]}),
        (["--without-option", "gate=one"], {}),
        (["--without-option", "tasks=sentiment"], {}),
        (["--key", "gate=one", "--key", "decay=false", "--never-lower"], {"s1": [80, 100]}),
        (["--key", "decay=false"], {"s0": [100, 60], "s1": [80, 40], "s2": [40, 0]}),
    ],
)  # fmt: skip
def test_each_repair_changes_the_marks_that_it_says(
    staff: Home, repair: list[str], expected: dict[str, list[float]]
) -> None:
    assert changes(staff, *repair) == expected


def books(staff: Home, root: Path, *more: str) -> dict[str, bytes]:
    """Each grade book by its format."""
    wanted = [word for name in BOOKS for word in ("--format", name, "-o", f"out.{name}")]
    ran = staff("class", "grade", "sample", "in", *wanted, "--force", "--feedback", "fb", *more)
    assert ran.code == 0, ran.err
    pages = {path.name: path.read_bytes() for path in (root / "fb").iterdir()}
    return {name: (root / f"out.{name}").read_bytes() for name in BOOKS} | pages


@pytest.mark.parametrize("file", ["r.yaml", "r.json"])
def test_grade_books_take_the_repair_and_its_undoing_restores_every_byte(
    staff: Home, tmp_path: Path, file: str
) -> None:
    before = books(staff, tmp_path)
    ran = staff("class", "regrade", "sample", "in", *KEY, "-o", file)
    assert f"--repair {file}" in ran.told
    data = staff("class", "regrade", "sample", "in", *KEY, "--json").data
    with_it = books(staff, tmp_path, "--repair", file)
    whole = json.loads(with_it["json"])
    now = {one["student"]["id"]: one["percent"] for one in whole["students"]}
    told = {one["student"]["id"]: one["after"]["percent"] for one in data["changes"]}
    were = {one["student"]["id"]: one["percent"]
            for one in json.loads(before["json"])["students"]}  # fmt: skip
    assert now == were | told
    assert whole["repair"] == data["repair"]
    assert whole["repair"]["reason"] == "the key was wrong"
    for name in ("students", "items", "json", "md", "s0.md"):
        assert b"the key was wrong" in with_it[name]
        assert with_it[name] != before[name]
    assert b"the key was wrong" not in with_it["s2.md"]
    assert (
        "Repaired: the key of gate is one"
        in staff("class", "grade", "sample", "in", "--repair", file).words
    )
    assert books(staff, tmp_path, "--force") == before


def test_all_who_lose_by_a_dropped_question_keep_their_mark(staff: Home, tmp_path: Path) -> None:
    staff("class", "regrade", "sample", "in", "--without", "decay", "--never-lower", "--reason",
          "out", "-o", "r.yaml")  # fmt: skip
    data = json.loads(books(staff, tmp_path, "--repair", "r.yaml")["json"])
    marks = {s["student"]["id"]: (s["points"], s["max_points"]) for s in data["students"]}
    assert marks == {"s0": (3, 3), "s1": (4, 5), "s2": (2, 5), "s3": (0, 3)}


@pytest.mark.parametrize("by", ["credited-to-all", "by-hand"])
def test_a_full_mark_is_called_right_in_every_view(staff: Home, tmp_path: Path, by: str) -> None:
    """Whoever gave it, as in the score of one attempt; the rule says why, and a blank stays one."""
    if by == "by-hand":
        rows = [f"s{n},gate,1,misprint\n" for n in range(4)]
        (tmp_path / "o.csv").write_text("student,question,mark,reason\n" + "".join(rows))
        views = books(staff, tmp_path, "--overrides", "o.csv")
    else:
        staff("class", "regrade", "sample", "in", "--credit-all", "gate", "--reason", "misprint",
              "-o", "r.yaml")  # fmt: skip
        views = books(staff, tmp_path, "--repair", "r.yaml")
    expected = ["right", "right", "not answered", "not answered"]
    of_students = json.loads(views["json"])["students"]
    answers = [next(a for a in one["answers"] if a["question"] == "gate") for one in of_students]
    assert [(a["mark"], a["points"], a["credit"]) for a in answers] == [
        (m, 1, by) for m in expected
    ]
    items = csv.DictReader(views["items"].decode().splitlines())
    assert [row["mark"] for row in items if row["question"] == "gate"] == expected
    events = csv.DictReader(views["events"].decode().splitlines())
    marked = [row["mark"] for row in events if row["question"] == "gate"]
    assert marked == ["right", "right" if by == "credited-to-all" else "wrong"]  # as it was graded


def test_what_was_never_asked_is_credited_too(staff: Home, tmp_path: Path) -> None:
    cut = handed_in({}, Student("s9"), only=["decay"])
    (tmp_path / "in" / "9.json").write_text(json.dumps(cut))
    assert changes(staff, "--credit-all", "gate")["s9"] == [0, 20]


def test_a_person_has_the_last_word(staff: Home, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("student,question,mark,reason\ns0,gate,1,seen\n")
    assert changes(staff, "--key", "gate=one", "--overrides", "o.csv") == {"s1": [80, 100]}


def test_a_repair_that_changes_nothing_says_so(staff: Home) -> None:
    ran = staff("class", "regrade", "sample", "in", "--key", "gate=units", "--reason", "r")
    assert "units is already the key of gate" in ran.told
    assert "the repair changes nobody's mark" in ran.told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "there is nothing to repair — use --key QUESTION=OPTION"),
        (["--key", "gat=one"], "no question 'gat' — did you mean 'gate'?"),
        (["--key", "gate=unit"], "'gate' has no option 'unit' — did you mean 'units'?"),
        (["--without", "nope"], "no question 'nope' — its questions are gate, tasks, decay and"),
        (["--key", "gate"], "'gate' is not an option — write --key QUESTION=OPTION"),
        (["--key", "=one"], "is not an option"),
        (["--key", "gate=,"], "is not an option"),
        (["--key", "gate=one", "--key", "gate=words"], "'gate' is given two keys — keep one"),
        (["--key", "gate=one", "--without", "gate"], "'gate' is repaired in two ways"),
        (["--credit-all", "gate", "--without", "gate"], "(dropped and credited to all)"),
        (["--without-option", "gate=units"], "'gate' has no right option — name one"),
        (["--key", "gate=one", "--without-option", "gate=one"], "is both in the key and left out"),
        ([w for q in ("gate", "tasks", "decay", "unrolled") for w in ("--without", q)],
         "no question is left that counts"),
        (["--key", "gat=one", "--without", "nope"], "'nope'"),
    ],
)  # fmt: skip
def test_what_cannot_be_mended(staff: Home, arguments: list[str], said: str) -> None:
    ran = staff("class", "regrade", "sample", "in", *arguments, "--reason", "r")
    assert ran.code == 2
    assert said in ran.told


def test_a_repair_needs_its_reason(staff: Home) -> None:
    ran = staff("class", "regrade", "sample", "in", "--key", "gate=one", "--reason", " \n")
    assert ran.code == 2
    assert "add --reason" in ran.told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "r.yaml:1:1: the file is empty"),
        ("[a", "r.yaml:1:1: the bracket on line 1 is not closed"),
        ("- a\n", "it is a list"),
        ("bank: other\nreason: r\nwithout: [gate]\n", "for another bank, 'other'"),
        ("reason: r\nkeys: {gate: [one]}\n", "there is no 'keys' — did you mean 'key'?"),
        ("reason: r\nkey: [gate]\n", "'key' is a list — write {question: [option]}"),
        ("reason: r\nkey: {gate: {a: b}}\n", "is not an option of 'gate'"),
        ("reason: r\nkey: {gate: []}\n", "is not an option of 'gate'"),
        ("reason: r\nwithout: {gate: x}\n", "'without' is a mapping — write [question]"),
        ("reason: r\nkey: {gate: [one], gate: [words]}\n", "'gate' is given two keys"),
        ("reason: r\nreason: s\nwithout: [gate]\n", "'reason' appears twice"),
        ("without: [gate]\n", "add --reason"),
        ("reason: r\nwithout: [gate]\nnever-lower: perhaps\n", "write true or false"),
        ("reason: !!python/object:os.system {}\n", "r.yaml:1:"),
    ],
)
def test_a_file_that_is_no_repair(staff: Home, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r.yaml").write_text(text)
    ran = staff("class", "grade", "sample", "in", "--repair", "r.yaml")
    assert ran.code == 2
    assert said in ran.told
    assert "Traceback" not in ran.err


def test_a_reason_of_signs_comes_back_as_it_is(staff: Home, tmp_path: Path) -> None:
    reason = "=cmd() \"q\" 'r': # <script> \u202eשלום {x} \\n"
    ran = staff("class", "regrade", "sample", "in", "--key", "gate=one", "--reason", reason,
                "-o", "r.yaml")  # fmt: skip
    assert ran.code == 0
    whole = json.loads(books(staff, tmp_path, "--repair", "r.yaml")["json"])
    assert whole["repair"]["reason"] == reason


@pytest.mark.parametrize(
    ("repair", "facility"),
    [
        (["--key", "gate=one"], {"gate": 0.25, "tasks": 0.5, "decay": 0.75}),
        (["--without-option", "gate=one"], {"gate": 0.25, "tasks": 0.5, "decay": 0.75}),
        (["--credit-all", "gate"], {"gate": 1, "tasks": 0.5, "decay": 0.75}),
        (["--without", "gate"], {"tasks": 0.5, "decay": 0.75}),
    ],
)
def test_items_are_analysed_as_they_were_mended(
    staff: Home, repair: list[str], facility: dict[str, float]
) -> None:
    """What the repair is worth is seen before any grade book is written."""
    staff("class", "regrade", "sample", "in", *repair, "--reason", "r", "-o", "r.yaml")
    data = staff("class", "items", "sample", "in", "--repair", "r.yaml", "--json").data
    found = {item["question"]: item["facility"] for item in data["items"]}
    assert {id: found[id] for id in found if id != "unrolled"} == facility
    for item in data["items"]:
        assert all(option["option"] != "one" or repair[0] != "--without-option"
                   for option in item["options"])  # fmt: skip


def test_each_of_two_keys_is_one_to_the_analysis(staff: Home, tmp_path: Path) -> None:
    """Better students chose the second: that is no word against the first, since both are right."""
    best = {**ALL_RIGHT, "gate": ["units"]}
    other = {"gate": ["one"]}
    for n in range(24):
        text = json.dumps(handed_in(best if n % 2 else other, Student(f"t{n}", f"Bo {n}")))
        (tmp_path / "in" / f"t{n}.json").write_text(text)
    repair = ("--key", "gate=one,units", "--reason", "either", "-o", "r.yaml")
    assert staff("class", "regrade", "sample", "in", *repair).code == 0
    items = staff("class", "items", "sample", "in", "--repair", "r.yaml", "--json").data["items"]
    gate = next(item for item in items if item["question"] == "gate")
    assert [option["key"] for option in gate["options"]] == [True, True, False]
    assert gate["flags"] == []


def test_answers_from_paper_are_mended_alike(staff: Home, tmp_path: Path) -> None:
    """Whatever their form: what was marked is an option, under every letter."""
    letters = {}
    for seed in (1, 2, 3):
        form = PrintedForm(the_bank(), seed)
        item = form.item(form.number("gate") or 0)
        letters[seed] = {id: item.letter(id) for id in ("one", "units")}
    rows = [f"{seed}{id},{seed},{letters[seed][id]}" for seed in letters for id in ("one", "units")]
    (tmp_path / "p.csv").write_text("student,form,gate\n" + "\n".join(rows) + "\n")
    ran = staff("class", "regrade", "sample", "--responses", "p.csv", *KEY, "--json")
    assert {c["student"]["id"]: c["outcome"] for c in ran.data["changes"]} == {
        f"{seed}{id}": outcome
        for seed in letters for id, outcome in (("one", "gains"), ("units", "loses"))
    }  # fmt: skip


def test_who_changes_fits_a_terminal_of_eighty_columns(staff: Home) -> None:
    """A row a student: points and percent as "before → after", out of what where that changes."""
    lines = staff("class", "regrade", "sample", "in", *KEY).out.splitlines()
    (row,) = [line for line in lines if "s0" in line]
    assert " ".join(row.split()) == "s0 =Ada 0 5 → 4 100 → 80 loses gate 1 → 0"
    assert max(map(len, lines)) <= 80
    words = staff("class", "regrade", "sample", "in", "--without", "gate", "--reason", "r").words
    assert "s1 =Ada 1 4 of 5 → 4 of 4 80 → 100 gains" in words
