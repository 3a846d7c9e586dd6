"""``quizcli journal merge``: the journals of two machines become one, in whatever order."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.reviews import CardLog
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


def machine(root: Path, day: int, *, quiz: str, review: str) -> Home:
    """A machine on which a quiz was taken and, a day later, cards were reviewed."""
    home = Home(root)
    home.clock.tick(day * 86400 + 17)
    home.quiz(quiz)
    home.days()("review", "sample", "--new", "1", "--seed", "3", text=review)
    return home


@pytest.fixture
def two(tmp_path: Path) -> tuple[Home, Home]:
    """A desk and a laptop, used on other days, with undos, ratings, suspensions."""
    desk = machine(
        tmp_path / "desk", 0, quiz="a\na\nb\nb\n", review="a\n4\nb\n:undo\nb\n\n:suspend\n"
    )
    laptop = machine(tmp_path / "laptop", 5, quiz="b\nb\na\na\n", review="c\n\n:bury\na\n2\n")
    desk.clock.start = laptop.clock.start = laptop.days(3).clock.start
    desk.clock.passed = laptop.clock.passed = 10 * 86400
    return desk, laptop


def path(home: Home) -> str:
    return str(home.root / "journal.sqlite3")


def content(home: Home) -> tuple[Any, ...]:
    """Everything that a journal holds, whatever its numbers are."""
    journal = Journal(home.root / "journal.sqlite3")
    attempts = sorted(
        (a.uid, a.seed, a.started, [(e.step, e.at) for e in journal.entries(a.id)])
        for a in journal.attempts()
    )
    facts = CardLog(journal).all_facts()
    names = {fact.id: fact.uid for fact in facts}
    log = sorted(
        (*fact._replace(id=0, act=None, target=None), names.get(fact.target or 0)) for fact in facts
    )
    journal.close()
    return attempts, log, home.queue("sample", "--new", "0")


def test_both_ways_give_the_same_and_nothing_twice(two: tuple[Home, Home], tmp_path: Path) -> None:
    desk, laptop = two
    shutil.copy(path(desk), tmp_path / "desk.sqlite3")
    ran = desk("journal", "merge", path(laptop))
    assert "1 attempt and 5 reviews." in ran.words
    laptop("journal", "merge", str(tmp_path / "desk.sqlite3"))
    assert content(desk) == content(laptop)
    assert len(content(desk)[0]) == 2
    before = content(desk)
    for file in (path(laptop), str(tmp_path / "desk.sqlite3")):
        assert (
            "Nothing to merge: everything in it is already here."
            in desk("journal", "merge", file).words
        )
    assert content(desk) == before
    assert desk("journal", "rebuild", "--json").data["equal"]


def test_it_is_taken_back_and_restored_as_one(two: tuple[Home, Home]) -> None:
    desk, laptop = two
    before = content(desk)
    desk("journal", "merge", path(laptop))
    after = content(desk)
    assert after != before
    assert "the merge of journal.sqlite3" in desk("journal", "undo").words
    assert content(desk) == before
    desk("journal", "undo", "--redo")
    assert content(desk) == after
    desk("journal", "undo")
    ran = desk("journal", "merge", path(laptop))
    assert "1 attempt and 5 reviews." in ran.words
    assert content(desk) == after


def test_what_went_there_in_a_csv_file_is_not_there_twice(
    two: tuple[Home, Home], tmp_path: Path
) -> None:
    """The same reviews under other names."""
    desk, laptop = two
    log = tmp_path / "log.csv"
    laptop("journal", "export", "-o", str(log))
    desk("journal", "import", str(log))
    queue = desk.queue("sample", "--new", "0")
    ran = desk("journal", "merge", path(laptop))
    assert "1 attempt and 0 reviews." in ran.words
    assert desk.queue("sample", "--new", "0") == queue


def rename(home: Home, *ids: str) -> None:
    """Give the first question of the bank these names, one after the other."""
    bank, former = home.root / "questions" / "sample.yaml", ["gate"]
    for id in ids:
        old = f"  - id: {former[-1]}\n"
        text = bank.read_text()
        assert old in text
        text = text.replace(old, f"  - id: {id}\n    formerly: [{', '.join(former)}]\n")
        if len(former) > 1:
            text = text.replace(f"    formerly: [{', '.join(former[:-1])}]\n", "")
        bank.write_text(text)
        former.append(id)
        home("review", "sample", "--queue")


@pytest.mark.parametrize("there", [(), ("gate-2",), ("gate-2", "gate-3")], ids=" ".join)
@pytest.mark.parametrize("late", [(), ("gate-2",), ("gate-2", "gate-3")], ids=" ".join)
def test_a_question_that_was_renamed_in_between_is_not_there_twice(
    two: tuple[Home, Home], tmp_path: Path, there: tuple[str, ...], late: tuple[str, ...]
) -> None:
    """Whether the log has its new name, the journals both names, or one side a newer one."""
    desk, laptop = two
    log = tmp_path / "log.csv"
    rename(laptop, *there)
    laptop("journal", "export", "-o", str(log))
    desk("journal", "import", str(log))
    rename(desk, *late)
    ran = desk("journal", "merge", path(laptop))
    assert "1 attempt and 0 reviews." in ran.words
    assert "0 reviews" in desk("journal", "import", str(log)).words


def test_an_import_that_adds_nothing_offers_nothing_to_take_back(
    two: tuple[Home, Home], tmp_path: Path
) -> None:
    """The undo would take back something else."""
    desk, _ = two
    log = tmp_path / "log.csv"
    log.write_text("card,rating,time\nsample/gone,3,2026-01-01T00:00:00Z\n")
    assert "quizcli journal undo" in desk("journal", "import", str(log)).told
    again = desk("journal", "import", str(log)).told
    assert "1 card in the file is not in any bank: sample/gone" in again
    assert "undo" not in again


def test_an_attempt_that_went_on_there_is_told(two: tuple[Home, Home], tmp_path: Path) -> None:
    desk, _ = two
    desk("take", "sample", "--exam", "--seed", "5", text="a\n:quit\n")
    other = Home(tmp_path / "copy", sample=False)
    shutil.copytree(desk.root, other.root, dirs_exist_ok=True)
    other("take", "sample", "--resume", text="b\n:quit\n")
    ran = desk("journal", "merge", path(other))
    assert "attempt 2 was continued in journal.sqlite3; here it is left unchanged" in ran.told


def test_what_is_no_journal_is_refused(two: tuple[Home, Home], tmp_path: Path) -> None:
    desk, _ = two
    before = content(desk)
    (tmp_path / "text").write_text("no journal" * 1000)
    (tmp_path / "empty").touch()
    for name in ("text", "empty", "missing", "."):
        ran = desk("journal", "merge", str(tmp_path / name))
        assert ran.code == 4, (name, ran)
        # Of the file that was named, and not as of the learner's own journal.
        wanted = "there is no journal" if name == "missing" else "is not a readable journal"
        assert wanted in ran.told, (name, ran)
    assert not (tmp_path / "missing").exists()
    assert content(desk) == before


def test_an_older_journal_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    """Of a version before: what it holds comes, and no byte of it changes."""
    from tests.journal.test_before import HERE

    old = tmp_path / "old.sqlite3"
    shutil.copy(HERE / "before.sqlite3", old)
    whole = old.read_bytes()
    home = Home(tmp_path / "new")
    ran = home("journal", "merge", str(old))
    assert ran.code == 0, ran.err
    assert ran.words.startswith(("Merged: 2 attempts", "Merged: 3 attempts"))
    assert old.read_bytes() == whole


def test_an_older_journal_hides_nothing_that_is_newer(tmp_path: Path) -> None:
    """The quiz that was left, the last score, and what goes on are those that were begun last."""
    old, new = Home(tmp_path / "old"), Home(tmp_path / "new")
    old.quiz()
    new.days(9).quiz("b\na,d\na\na\n")
    new("take", "sample", "--no-shuffle", text="b\n")
    before = new().out
    assert "resume where you stopped, question 2" in before
    new("journal", "merge", path(old))
    for line in before.splitlines():
        if "Last score" in line or "resume where" in line:
            assert line in new().out
    assert [row.split()[0] for row in new("history").out.splitlines()[1:4]] == ["3", "1", "2"]
    assert "resuming attempt 2: 1 of 4" in new("take", "sample", "--resume").told


def test_undo_and_redo_leave_what_came_to_the_undo_of_the_merge(two: tuple[Home, Home]) -> None:
    """What was taken back there is not restored here; what was taken back here still can be."""
    desk, laptop = two
    laptop("review", "--undo")
    assert desk("journal", "merge", path(laptop)).code == 0
    before = content(desk)
    assert "There is nothing to redo" in desk("review", "--redo").words
    desk("review", "--undo")
    assert desk("review", "--redo", "--json").data["redone"] is not None
    assert "There is nothing to redo" in desk("review", "--redo").words
    assert content(desk)[2] == before[2]


def test_what_was_taken_back_before_a_merge_can_be_restored_after_it(
    two: tuple[Home, Home],
) -> None:
    desk, laptop = two
    taken = desk("review", "--undo", "--json").data
    desk("journal", "merge", path(laptop))
    redone = desk("review", "--redo", "--json").data
    assert redone["redone"] == taken["undone"]
    assert redone["card"]["card"] == taken["card"]["card"]
    assert "nothing to redo" in desk("review", "--redo").words


# Regrades -------------------------------------------------------------------------------------------


def marked(home: Home, mark: str) -> None:
    """Give an answer of the first attempt a mark by hand, a second later than whatever was."""
    home.clock.tick(1)
    assert home("score", "1", "--mark", mark, "--reason", "seen").code == 0


def scores(home: Home) -> list[Any]:
    """What each attempt is worth, by its name and as it counts."""
    journal = Journal(home.root / "journal.sqlite3")
    uids = {attempt.uid: attempt.id for attempt in journal.attempts()}
    journal.close()
    return [
        (uid, home("score", str(number), "--format", "json").data["attempt"]["points"])
        for uid, number in sorted(uids.items())
    ]


def test_a_merge_that_brought_a_regrade_is_taken_back_as_one(two: tuple[Home, Home]) -> None:
    desk, laptop = two
    marked(laptop, "gate=1")
    before = content(desk)
    desk("journal", "merge", path(laptop))
    after = scores(desk)
    assert "the merge of journal.sqlite3" in desk("journal", "undo").words
    assert content(desk) == before
    assert desk("journal", "undo").code == 1
    desk("journal", "undo", "--redo")
    assert scores(desk) == after


def test_marks_of_an_attempt_that_both_have_are_the_same_afterwards(
    two: tuple[Home, Home], tmp_path: Path
) -> None:
    """Whatever file is merged first; and they go with the merge, and come back with another."""
    desk, laptop = two
    desk("journal", "merge", path(laptop))
    shutil.copytree(desk.root, tmp_path / "copy")
    copy = Home(tmp_path / "copy", sample=False)
    copy.clock = desk.clock
    for home, mark in ((desk, "gate=1"), (copy, "gate=0.5"), (copy, "decay=1"), (desk, "tasks=0")):
        marked(home, mark)
    before = scores(desk)
    shutil.copy(path(desk), tmp_path / "desk.sqlite3")
    ran = desk("journal", "merge", path(copy))
    assert "0 attempts, 0 reviews and 2 regrades." in ran.words
    assert "quizcli journal undo" in ran.words
    after = scores(desk)
    assert after != before
    copy("journal", "merge", str(tmp_path / "desk.sqlite3"))
    assert scores(copy) == after
    assert (
        "Nothing to merge: everything in it is already here."
        in desk("journal", "merge", path(copy)).words
    )
    desk("journal", "undo")
    assert scores(desk) == before
    assert "2 regrades." in desk("journal", "merge", path(copy)).words
    assert scores(desk) == after


# Values that no column has of itself.
UNUSUAL = {
    "attempts": {"draws": '{"gate": {"x": "1"}}', "name": "Ada", "student": "7", "section": "B"},
    "card_log": {
        "leech": 5,
        "variables": '{"x": "1"}',
        "fuzz": 0,
        "retention": 0.85,
        "maximum": 99,
    },
}


def test_every_column_of_a_row_comes_with_it(two: tuple[Home, Home]) -> None:
    """But its numbers, which are of its own journal."""
    desk, laptop = two
    for table, values in UNUSUAL.items():
        with closing(sqlite3.connect(laptop.root / "journal.sqlite3")) as journal, journal:
            changed = ", ".join(f"{name} = ?" for name in values)
            journal.execute(f"UPDATE {table} SET {changed}", tuple(values.values()))
    assert desk("journal", "merge", path(laptop)).code == 0

    def rows(home: Home, table: str) -> dict[str, dict[str, Any]]:
        with closing(sqlite3.connect(home.root / "journal.sqlite3")) as journal:
            journal.row_factory = sqlite3.Row
            found = [dict(row) for row in journal.execute(f"SELECT * FROM {table}")]
        own = {"id", "act", "target"}
        return {row["uid"]: {k: v for k, v in row.items() if k not in own} for row in found}

    for table, values in UNUSUAL.items():
        came, here = rows(laptop, table), rows(desk, table)
        assert came
        assert {uid: here[uid] for uid in came} == came
        assert all(values.items() <= row.items() for row in came.values())
