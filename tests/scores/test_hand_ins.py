"""Hand-ins: what was answered counts, and nothing that a file claims beside it."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizcli.bank.read import read_bank
from quizcli.report.codes import UserError
from quizcli.scores.hand_in_files import MOST_BYTES, BadHandIn, found_files, read_object
from quizcli.scores.hand_ins import HandInReader
from tests.support.handing_in import (
    ALL_RIGHT,
    FIXTURES,
    Student,
    graded,
    handed_in,
    handed_out,
    old,
    the_bank,
)

if TYPE_CHECKING:
    from pathlib import Path

VARIED = FIXTURES / "varied.yaml"


def points(data: dict[str, Any], **own: Any) -> list[Any]:
    return [answer.grade.points for answer in graded(data, **own).answers]


def refused(data: dict[str, Any], **own: Any) -> str:
    with pytest.raises(BadHandIn) as bad:
        graded(data, **own)
    return str(bad.value)


def with_row(row: int = 0, **own: Any) -> dict[str, Any]:
    """A hand-in of which one row says something else."""
    data = handed_in(ALL_RIGHT)
    data["answers"][row] |= own
    return data


def test_a_handout_is_graded_by_its_bank() -> None:
    read = graded(handed_in(ALL_RIGHT | {"gate": ["words"]}, Student("007", "Bond, J.", "b")))
    assert [answer.grade.points for answer in read.answers] == [0, 1, 2, 1]
    assert read.student == Student("007", "Bond, J.", "b")
    assert (read.remarks, read.seed, read.exam) == ((), 1, True)
    assert read.finished == "2026-11-20T09:05:00.000Z"
    assert read.answers[0].shown == ("one", "units", "words")


def test_format_version_1_is_read_by_its_words() -> None:
    """It has neither ids as given nor what was asked, so the bank must be that of then."""
    data = old(handed_in(ALL_RIGHT, with_key=True))
    read = graded(data)
    assert [answer.grade.points for answer in read.answers] == [1, 1, 2, 1]
    assert (read.student.id, read.student.name) == ("s1", "Ada")
    data["attempt"]["bank_digest"] = "0" * 16
    assert "another version of the bank" in refused(data)
    data = old(handed_in({}, path=VARIED, with_key=True))
    assert "has numbers, which format_version 1 does not record" in refused(data, path=VARIED)


def test_marks_and_rules_of_a_hand_in_do_not_count() -> None:
    data = handed_in({"tasks": ["sentiment"]}, with_key=True)
    data["attempt"]["policy"]["credit"] = "every-decision"
    data["attempt"] |= {"points": 99, "percent": 100}
    data["answers"][0] |= {"points": 1, "mark": "right"}
    read = graded(data)
    assert [answer.grade.points for answer in read.answers] == [0, 0.5, 0, 0]
    assert read.remarks == (
        "claims a mark of 1 for 'gate', which earns 0",
        "claims 99 points in all, but its answers earn 0.5",
    )
    lenient = HandInReader(the_bank(), "every-decision").graded(data, "a")
    assert lenient.answers[1].grade.points == 0.75


def test_marks_in_a_hand_in_of_a_handout_are_told() -> None:
    """A handout gives none, so that whoever reads them there has them from an edit."""
    assert graded(handed_in(ALL_RIGHT)).remarks == ()
    data = handed_in({"tasks": ["sentiment"]})
    data["answers"][0] |= {"points": 1, "mark": "right"}
    data["answers"][3] |= {"points": 2, "credit": "net-correct"}
    data["attempt"] |= {"points": 4, "percent": 100}
    (said,) = graded(data).remarks
    ids = [data["answers"][place]["question"] for place in (0, 3)]
    assert (
        said == f"claims 4 points in all, and points for {' and '.join(ids)}: a handout gives none"
    )
    data = handed_in({}) | {}
    data["attempt"]["points"] = 4
    assert graded(data).remarks == ("claims 4 points in all: a handout gives none",)


def test_what_was_not_asked_is_blank() -> None:
    """Else who asks for one easy question has everything right."""
    data = handed_in(ALL_RIGHT, only=["decay"])
    read = graded(data)
    assert read.asked == ("gate", "tasks", "decay", "unrolled")
    assert read.remarks[0].startswith("was asked 1 of 4 questions, and the others count as blank")
    alone = HandInReader(the_bank(), as_asked=True).graded(data, "a")
    assert (alone.asked, alone.remarks) == (("decay",), ())


def drawing(path: Path) -> Path:
    """A bank of which a quiz asks two of five questions, and one of three that are worth more."""
    questions = [
        f"  - {{id: q{n}, kind: true-false, answer: true, prompt: Is it {n}?, "
        f"tags: [{'x' if n < 5 else 'y'}], points: {1 if n < 5 else 3}}}"
        for n in range(8)
    ]
    draw = "draw: [{tag: x, count: 2}, {tag: y, count: 1}]"
    path.write_text(f"format: 1\nid: d\ntitle: D\n{draw}\nquestions:\n" + "\n".join(questions))
    return path


def test_of_a_bank_that_draws_the_seed_says_what_is_due(tmp_path: Path) -> None:
    """Who asks for other questions has blanks, and what was asked beside does not count."""
    path = drawing(tmp_path / "d.yaml")
    reader = HandInReader(the_bank(path))
    right = {f"q{n}": ["true"] for n in range(8)}
    for seed in range(4):
        due = reader.graded(handed_in(right, path=path, seed=seed), "a").asked
        assert len(due) == 3
        read = reader.graded(handed_in(right, path=path, seed=seed, only=due), "a")
        assert (read.remarks, sum(answer.grade.points for answer in read.answers)) == ((), 5)
        others = sorted({*right} - {*due})[:3]
        read = reader.graded(handed_in(right, path=path, seed=seed, only=others), "a")
        assert read.answers == ()
        assert "was asked 0 of 3 questions" in read.remarks[0]
        assert "which the seed does not draw: not counted" in read.remarks[1]


@given(seed=st.integers(0, 2**63 - 1), vary=st.booleans())
def test_numbers_are_drawn_again(seed: int, vary: bool) -> None:
    """A hand-in under any seed is graded under its numbers, and under no others."""
    data = handed_in({}, path=VARIED, seed=seed, vary=vary)
    values = graded(data, path=VARIED).answers[0].values
    assert values.items() >= data["answers"][0]["variables"].items()
    data["answers"][0]["variables"] = {"H": "51", "V": "5000"}
    assert f"numbers that the seed {seed} does not draw" in refused(data, path=VARIED)


def renamed() -> Any:
    """The sample bank, after it and a question of it got other ids."""
    bank = the_bank()
    first = bank.questions[0]._replace(id="wide", formerly=("gate",))
    return bank._replace(
        id="other", formerly=("sample",), digest="new", questions=(first, *bank.questions[1:])
    )


def test_what_was_renamed_is_found() -> None:
    read = HandInReader(renamed()).graded(handed_in(ALL_RIGHT), "a")
    assert read.answers[0].question == "wide"
    assert sum(answer.grade.points for answer in read.answers) == 5
    assert read.remarks == ("for another version of the bank, with the same questions",)


def test_draws_of_a_renamed_question_are_those_of_its_former_name() -> None:
    bank = the_bank(VARIED)
    first = bank.questions[1]._replace(id="other", formerly=("layer",))
    now = bank._replace(id="new", formerly=("varied",), questions=(first,))
    data = handed_in({"layer": ["product"]}, path=VARIED, vary=True, only=["layer"])
    assert HandInReader(now).graded(data, "a").answers[0].grade.points == 1


EDITED = {
    "another bank": (lambda d: d["attempt"].update(bank="gru"), "for another bank, 'gru'"),
    "no list": (lambda d: d.update(answers={}), "JSON, but not a hand-in"),
    "no answers": (lambda d: d.update(answers=[]), "contains no answers"),
    "newer": (lambda d: d.update(format_version=3), "has format_version 3, but this program"),
    "true": (lambda d: d.update(format_version=True), "has format_version True"),
    "no uid": (lambda d: d["attempt"].update(uid=None), "has no uid"),
    "a long name": (lambda d: d["attempt"]["student"].update(name="x" * 201), "'name' is not a text"),
    "a seed": (lambda d: d["attempt"].update(seed=-1), "has the seed -1"),
    "a late start": (
        lambda d: d["attempt"].update(started="2026-11-21T00:00:00Z"),
        "but it has answers outside of that, to gate, tasks, decay and unrolled"),
    "no time": (lambda d: d["attempt"].update(started="soon"), "began at 'soon', which is not a time"),
    "no zone": (lambda d: d["attempt"].update(started="2026-11-20T09:00:00"), "is not a time"),
    "two rows": (lambda d: d["answers"].append(d["answers"][0]), "answers 'gate' twice"),
    "a row": (lambda d: d["answers"].append(7), "asks nothing, which the bank does not have"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITED)
def test_what_cannot_be_is_refused(name: str) -> None:
    edit, said = EDITED[name]
    data = handed_in(ALL_RIGHT)
    edit(data)
    assert said in refused(data)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"question": "gone"}, "asks 'gone', which the bank does not have"),
        ({"question": ["gate"]}, "asks ['gate'], which the bank does not have"),
        ({"given": ["all"]}, "'gate' was answered with 'all', which was never shown"),
        ({"given": ["units", "units"]}, "the same option twice"),
        ({"given": ["units", "one"]}, "takes one option, not 2"),
        ({"given": "units"}, "has 'given' that is not a list of texts"),
        ({"given": [1]}, "has 'given' that is not a list of texts"),
        ({"shown": ["units", "one"]}, "with options that the bank does not have ('words')"),
        ({"shown": ["one", "words", "x"], "given": ["units"]}, "'units', which was never shown"),
        ({"asked": "0" * 16}, "'gate' was worded differently from the bank as it is now"),
        ({"asked": None}, "'gate' was worded"),
        ({"seconds": -1}, "'gate' took -1 seconds"),
        ({"seconds": float("nan")}, "'gate' took nan seconds"),
        ({"seconds": True}, "'gate' took True seconds"),
        ({"hints": 9}, "'gate' claims 9 hints"),
        (
            {"at": "2026-11-20T08:59:00Z"},
            "the times do not fit: the attempt ran from 2026-11-20T09:00:00.000Z to",
        ),
        ({"at": "2027-01-01T00:00:00Z"}, "times do not fit"),
        ({"at": 5}, "'gate' was answered at 5, which is not a time"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(own: dict[str, Any], said: str) -> None:
    assert said in refused(with_row(**own))


def test_all_faults_are_told_at_once() -> None:
    data = with_row(0, given=["all"])
    data["answers"][2] |= {"seconds": -1}
    told = refused(data)
    assert "never shown" in told
    assert "took -1 seconds" in told


def test_a_handout_grades_nothing() -> None:
    with pytest.raises(UserError, match="has no key — name the bank it was made from"):
        HandInReader(handed_out())
    cards = "format: 1\nid: c\ntitle: C\nquestions: [{id: q, kind: card, front: F, back: B}]\n"
    with pytest.raises(UserError, match="only flashcards"):
        HandInReader(read_bank(cards.encode(), "c.yaml"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=8), each, max_size=3),
    max_leaves=8,
)  # fmt: skip
PLACES = (
    *(("attempt", n) for n in ("uid", "bank", "seed", "student", "policy", "started", "finished",
                               "bank_digest", "parent_digest", "regraded")),
    *((None, n) for n in ("format_version", "attempt", "answers")),
    *(("answers", n) for n in ("question", "given", "shown", "variables", "asked", "seconds",
                               "hints", "guess", "at", "points", "credit")),
)  # fmt: skip


@given(place=st.sampled_from(PLACES), said=JSON, given=st.sampled_from([ALL_RIGHT, {}]))
@example(place=("answers", "asked"), said=[], given={})
def test_whatever_stands_in_a_field_is_read_or_refused(
    place: Any, said: Any, given: dict[str, list[str]]
) -> None:
    """Never another error, of an answer or of a blank."""
    data = handed_in(given, with_key=True)
    where, name = place
    inner = data if where is None else data[where] if where == "attempt" else data[where][0]
    inner[name] = said
    with suppress(BadHandIn):
        assert sum(answer.grade.points for answer in graded(data).answers) <= 5


# Files ------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of hand-ins, in which are two sound ones and what else lies in such folders."""
    inside = tmp_path / "in"
    (inside / "sub").mkdir(parents=True)
    sound = json.dumps(handed_in(ALL_RIGHT))
    (tmp_path / "outside.json").write_text(sound)
    for name, data in {
        "a.json": sound.encode(), "sub/b.json": sound.encode("utf-8-sig"),
        "cut.json": sound[:700].encode(), "inside-a-word.json": sound[:708].encode(),
        "empty.json": b"", "blank.json": b" \n",
        "sheet.json": b"PK\x03\x04", "old.xls": b"\xd0\xcf\x11\xe0\xa1", "page.html": b"<html>",
        "bank.yaml": b"format: 1\n", "list.json": b"[1, 2]", "deep.json": b"[" * 100_000,
        "words.json": b"Dear all,", "latin.json": b'{"a": "\xe4\xf6"}',
        "digits.json": b'{"a": ' + b"9" * 5000 + b"}", ".hidden.json": b"x",
    }.items():  # fmt: skip
        (inside / name).write_bytes(data)
    with (inside / "huge.json").open("wb") as stream:
        stream.truncate(2**30)
    (inside / "out.json").symlink_to("../outside.json")
    (inside / "loop.json").symlink_to("loop.json")
    (inside / "up").symlink_to("..")
    (inside / "same.json").symlink_to("a.json")
    os.mkfifo(inside / "pipe.json")
    return tmp_path


def test_each_bad_file_has_its_line_and_the_others_are_read(folder: Path) -> None:
    told = {}
    for file in found_files(folder, ["in"]):
        try:
            told[file.name] = "" if read_object(file)["attempt"] else "?"
        except BadHandIn as bad:
            told[file.name] = str(bad).partition(" — ")[0]
    assert told == {
        "in/a.json": "", "in/sub/b.json": "", "in/same.json": "",
        "in/cut.json": "cut off on line 1", "in/inside-a-word.json": "cut off on line 1",
        "in/empty.json": "empty", "in/blank.json": "empty",
        "in/sheet.json": "a spreadsheet or another archive, whatever its name says",
        "in/old.xls": "a spreadsheet or an Office document, whatever its name says",
        "in/page.html": "an HTML page, whatever its name says",
        "in/bank.yaml": "a bank, whatever its name says",
        "in/list.json": "JSON, but not a hand-in",
        "in/deep.json": "nested far more deeply than any hand-in",
        "in/words.json": "not valid JSON (line 1, column 1)",
        "in/latin.json": "not JSON", "in/digits.json": "not JSON",
        "in/huge.json": f"1,024 MB, and a hand-in may have at most {MOST_BYTES >> 20} MB",
        "in/out.json": "a link that leads out of the folder",
        "in/loop.json": "a link that leads nowhere",
        "in/up": "a link that leads out of the folder", "in/pipe.json": "not a file",
    }  # fmt: skip


def test_what_is_named_is_read_wherever_it_lies(folder: Path) -> None:
    """Whoever names a link means it; a name that is not there has its reason, too. What is named
    in two ways is read once."""
    twice = list(found_files(folder, ["in/sub", "in/sub/", "in/sub/b.json", "./in/sub"]))
    assert [file.name for file in twice] == ["in/sub/b.json"]
    names = ["in/out.json", "in/a.json", "in/a.json", "no.json"]
    files = list(found_files(folder, names))
    assert [file.name for file in files] == ["in/out.json", "in/a.json", "no.json"]
    assert read_object(files[0])
    with pytest.raises(BadHandIn, match="cannot be read: no such file or directory"):
        read_object(files[2])
