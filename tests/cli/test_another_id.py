"""A bank with another id now: what was taken under those that it had counts."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.acts import ActTable
from quizcli.journal.attempts import Journal
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path / "home")


def rename(home: Home, *former: str, file: str = "sample.yaml") -> None:
    """Give the bank another id, and put it into a file of that name."""
    old = home.root / "questions" / file
    text = old.read_text()
    head, _, rest = text.partition("\nid: ")
    rest = rest.partition("\n")[2]
    new = f"{head}\nid: example\nformerly: [{', '.join(former)}]\n{rest}"
    (home.root / "questions" / "example.yaml").write_text(new)
    old.unlink()


def test_a_quiz_that_was_left_goes_on(home: Home) -> None:
    """Home offers it, --resume takes it, bare take is told of it and takes that bank."""
    home("take", "sample", "--no-shuffle", text="b\n")
    rename(home, "ancient", "sample")
    assert "quizcli take example --resume" in home().out
    assert "taking the bank example" in home("take").told
    assert "attempt 1 was interrupted" in home("take", "example").told
    ran = home("take", "example", "--resume", text="a\nb\nb\n")
    assert "resuming attempt 1: 1 of 4" in ran.told
    assert ran.code == 0
    assert "unfinished" not in home("history").out


def test_what_was_missed_and_what_it_scored(home: Home) -> None:
    """The sheet has its words, and --missed asks what was wrong under the old id."""
    home.quiz("b\na\nb\nb\n")
    rename(home, "sample")
    ran = home("score")
    assert "words are missing" not in ran.told
    assert home("history", "1").code == 0
    missed = home("take", "example", "--missed", "--no-shuffle", text="a,d\n:quit\n")
    assert "question 1 of 3" in missed.words
    assert "Last score" in home().out


def test_another_bank_that_took_the_id_is_not_it(home: Home) -> None:
    """An id means the bank that has it before one that had it."""
    home.quiz("b\na\nb\nb\n")
    text = (home.root / "questions" / "sample.yaml").read_text()
    rename(home, "sample")
    (home.root / "questions" / "sample.yaml").write_text(text.replace("\ntitle: ", "\ntitle: New "))
    assert home("score").out.startswith("New ")


def test_one_that_is_not_on_the_shelf(home: Home, tmp_path: Path) -> None:
    """It is found where it was opened last."""
    rename(home, "sample")
    inside, apart = home.root / "questions" / "example.yaml", tmp_path / "apart.yaml"
    inside.rename(apart)
    apart.write_text(apart.read_text().replace("id: example\nformerly: [sample]", "id: sample"))
    home("take", str(apart), "--no-shuffle", text="b\n")
    apart.write_text(apart.read_text().replace("\nid: sample", "\nid: fresh\nformerly: [sample]"))
    apart = apart.rename(tmp_path / "moved.yaml")
    home("review", str(apart), text=":quit\n")
    assert f"quizcli take {apart} --resume" in home().words
    assert "resuming attempt 1" in home("take", str(apart), "--resume").told


@pytest.mark.parametrize(
    "verb",
    [("take", "sample"), ("review", "sample", "--queue"), ("stats", "sample"), ("cards", "sample"),
     ("bank", "show", "sample"), ("class", "handout", "sample"),
     ("bank", "prove", "sample"), ("bank", "export", "sample", "--to", "gift"),
     ("demo", "sample/gate"), ("bank", "check", "sample"), ("bank", "preview", "sample/gate"),
     ("bank", "edit", "sample/gate")],
    ids=" ".join,
)  # fmt: skip
def test_a_bank_is_found_by_the_name_that_it_had(tmp_path: Path, verb: tuple[str, ...]) -> None:
    """And what it is called now is told; another name is no bank all the same."""
    home = Home(tmp_path)
    path = tmp_path / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace("id: sample\n", "id: fresh\nformerly: [sample]\n", 1))
    path.rename(path.with_name("fresh.yaml"))
    ran = home(*verb)
    assert "sample is now called fresh" in ran.told
    assert "no bank" not in ran.told
    verb = tuple(word.replace("sample", "simple") for word in verb)
    assert "no bank is called 'simple'" in home(*verb).told


def test_what_is_answered_after_a_question_was_renamed_stands_where_the_bank_is_gone(
    home: Home,
) -> None:
    """A renamed question has one id in one attempt, that of its beginning: the sheet needs no bank
    to know which question an answer is one to."""
    home("take", "sample", "--no-shuffle", text="b\n")
    path = home.root / "questions" / "sample.yaml"
    text = path.read_text()
    path.write_text(text.replace("- id: tasks\n", "- id: labels\n    formerly: [tasks]\n", 1))
    assert "formerly" in path.read_text()
    assert home("take", "sample", "--resume", text="a,d\nb\nb\n").code == 0
    before = home("score", "--format", "json").data
    path.unlink()
    after = home("score", "--format", "json").data
    marks = [[(row["mark"], row["points"]) for row in each["answers"]] for each in (before, after)]
    assert marks[0] == marks[1]
    assert [mark for mark, _ in marks[1]].count("unanswered") == 0


def test_a_page_of_an_attempt_has_the_answers_to_renamed_questions(home: Home) -> None:
    """As on the screen; and a regrade of it is written under the ids that they had then."""
    home.quiz()
    path = home.root / "questions" / "sample.yaml"
    path.write_text(
        path.read_text().replace("- id: tasks\n", "- id: labels\n    formerly: [tasks]\n", 1)
    )
    page = home.root / "page.html"
    assert home("history", "1", "--html", str(page)).code == 0
    assert "ot answered" not in home("history", "1").out
    assert "ot answered" not in page.read_text()
    assert home("score", "1", "--mark", "labels=1/2", "--reason", "oral").code == 0
    rows = {row["question"]: row for row in home("score", "--format", "json").data["answers"]}
    assert rows["labels"]["points"] in {"1/2", 0.5}
    with closing(Journal(home.root / "journal.sqlite3")) as journal:
        ((marked, _),) = ActTable(journal).regrades(1)[0].marks
    assert marked == "tasks"


@pytest.mark.parametrize(
    "verb",
    [("bank", "preview", "sample/then"), ("bank", "edit", "sample/then"), ("demo", "sample/then"),
     ("bank", "prove", "sample", "-q", "then"), ("take", "sample", "--answers", "a.yaml")],
    ids=" ".join,
)  # fmt: skip
def test_a_question_is_found_by_the_name_that_it_had(home: Home, verb: tuple[str, ...]) -> None:
    path = home.root / "questions" / "sample.yaml"
    text = path.read_text()
    (home.root / "a.yaml").write_text("then: units\n")
    verb = tuple(str(home.root / word) if word == "a.yaml" else word for word in verb)
    assert "no question 'then'" in home(*verb).told
    path.write_text(text.replace("- id: gate\n", "- id: gate\n    formerly: [then]\n", 1))
    ran = home(*verb, EDITOR="true")
    assert "no question" not in ran.told


@pytest.mark.parametrize(
    "verb", [("class", "items", "sample", "h.json", "-q"), ("score", "--reason", "oral", "--mark")],
    ids=" ".join,
)  # fmt: skip
def test_an_answered_question_is_found_by_the_name_that_it_had(
    home: Home, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    monkeypatch.chdir(home.root)
    home.quiz()
    path = home.root / "questions" / "sample.yaml"
    path.write_text(
        path.read_text().replace("- id: tasks\n", "- id: labels\n    formerly: [tasks]\n")
    )
    home("score", "--name", "Ada", "-o", "h.json")
    points = "=1/2" if verb[0] == "score" else ""
    was, now = (home(*verb, f"{id}{points}") for id in ("tasks", "labels"))
    assert "no question" not in was.told
    assert was.code == now.code == 0
    assert "labels" in was.words or "Many-to-one tasks" in was.words
