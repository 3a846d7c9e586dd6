"""An attempt keeps the marks it was given until it is regraded, and a regrade can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

KEY = "      - {id: candidate, text: the candidate"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which an exam over a bank of its own was taken: half of it right."""
    home = Home(tmp_path / "home", sample=False)
    write(home, right="b")
    home("take", "own", "--exam", "--no-shuffle", "--name", "Ada", text="b\na\n\n")
    return home


def write(home: Home, right: str, *, questions: tuple[str, ...] = ("first", "second")) -> None:
    """The bank, with this key for its first question."""
    path = home.root / "questions" / "own.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["format: 1", "id: own", "title: My own", "questions:"]
    for id in questions:
        key = right if id == "first" else "b"
        lines += [
            f"  - id: {id}", "    kind: single-choice", f"    prompt: What of {id}?",
            "    options:",
            *(f"      - {{id: {o}, text: Option {o}, correct: {str(o == key).lower()}}}"
              for o in "abc"),
        ]  # fmt: skip
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def percent(home: Home) -> float:
    return float(home("score", "1", "--format", "json").data["attempt"]["percent"])


def test_an_edited_bank_changes_no_score_by_itself(home: Home) -> None:
    """Another key, a question that is gone, a bank that is gone: the marks are those of then, and
    what would be others is told."""
    assert percent(home) == 50
    write(home, right="a")
    ran = home("score", "1")
    assert percent(home) == 50
    assert "the bank has been edited since, and would give 0% today (first)" in ran.told
    assert "quizcli score 1 --regrade" in ran.told
    assert "50%*" in home("history").out
    write(home, right="b", questions=("first",))
    assert percent(home) == 50
    assert "no longer in the bank, with their original marks: second" in home("score", "1").told
    (home.root / "questions" / "own.yaml").unlink()
    assert percent(home) == 50
    assert "its texts are missing" in home("score", "1").told
    assert "50%" in home("history").out


def test_a_regrade_is_an_act_with_a_reason_and_can_be_undone(home: Home) -> None:
    """Shown as what it changes; from then on it counts, everywhere; undone, it does not, and
    redone it does."""
    write(home, right="a")
    ran = home("score", "1", "--regrade", "--reason", "the key was wrong")
    assert ran.code == 0
    assert "Attempt 1 was regraded: 50% before, 0% now." in ran.words
    assert "first" in ran.words
    assert "1 of 1 0 of 1" in ran.words
    assert percent(home) == 0
    assert "regraded on 19 November 2026: the key was wrong" in home("score", "1").told
    assert " 0% " in home("history").words
    again = home("score", "1", "--regrade")
    assert again.code != 0
    assert "there is nothing to regrade" in again.told
    undone = home("journal", "undo")
    assert "the regrade of attempt 1" in undone.words
    assert percent(home) == 50
    assert "the regrade of attempt 1" in home("journal", "undo", "--redo").words
    assert percent(home) == 0
    write(home, right="b")
    home("score", "1", "--regrade")
    assert percent(home) == 50
    home("journal", "undo")
    assert percent(home) == 0


def test_a_regrade_that_changes_nothing_is_none(home: Home) -> None:
    """The same bank gives the same marks."""
    ran = home("score", "1", "--regrade")
    assert (ran.code, ran.out) == (1, "") or ran.code == 2
    assert "there is nothing to regrade" in ran.told


def test_who_took_it_when_and_how(home: Home) -> None:
    """The name that was kept, an exam, and the local time with its offset; another name may be
    shown, and the key left out."""
    ran = home("score", "1")
    assert "Ada · Score 1 of 2 · 50% · exam · attempt 1" in ran.words
    assert "2026-11-19 14:05 +00:00" in ran.words
    assert "exam" in home("history").words
    assert "Countess" in home("score", "1", "--name", "Countess").words
    data = home("score", "1", "--format", "json").data
    assert (data["attempt"]["student"]["name"], data["attempt"]["policy"]["exam"]) == ("Ada", True)
    assert data["answers"][0]["correct"] == ["b"]
    assert home("score", "1", "--format", "json", "--no-key").data["answers"][0]["correct"] == []
    rows = home("score", "1", "--format", "csv", "--no-key").out.splitlines()
    assert rows[1].split(",")[12] == ""


def test_a_question_that_was_renamed_is_regraded_once(home: Home) -> None:
    """Its marks count under the name of then, of today, and of later; and without the bank."""
    path = home.root / "questions" / "own.yaml"
    write(home, right="a")
    path.write_text(path.read_text().replace("id: first", "id: new\n    formerly: [first]"))
    assert "50% before, 0% now" in home("score", "1", "--regrade").words
    assert percent(home) == 0
    assert "today" not in home("score", "1").told
    assert "there is nothing to regrade" in home("score", "1", "--regrade").told
    assert "0 of 1" in home("history", "1").words
    path.write_text(
        path.read_text().replace("id: new", "id: newest").replace("[first]", "[first, new]")
    )
    assert percent(home) == 0
    assert home("score", "1", "--name", "Bo", "--format", "json").data["attempt"]["percent"] == 0
    path.unlink()
    assert percent(home) == 0


def test_what_would_be_is_written_as_what_is(tmp_path: Path) -> None:
    """With one decimal, as all shares are."""
    home = Home(tmp_path / "other", sample=False)
    three = ("first", "second", "third")
    write(home, right="a", questions=three)
    home("take", "own", "--no-shuffle", text="b\nb\na\n")
    write(home, right="b", questions=three)
    assert "would give 66.7% today (first)" in home("score", "1").told
