"""One attempt has one score, wherever it is said: at the end of the quiz, to ``--fail-under``, by
home, history and ``score``."""

from __future__ import annotations

import re
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from quizcli import load_bank
from quizcli.journal.attempts import Journal
from quizcli.scores import sheet as sheets
from quizcli.scores.sheet import sheet
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

BANK = """\
format: 1
id: edited
title: Edited
defaults: {shuffle: false}
questions:
"""
QUESTION = """\
  - id: {id}
    kind: single-choice
    prompt: Which?
    options: [{{id: {right}, text: One, correct: true}}, {{id: wrong, text: Two}}]
"""


def bank(home: Home, **rights: str) -> None:
    """Put a bank with these questions on the shelf, each with the id of its right option."""
    text = BANK + "".join(QUESTION.format(id=id, right=right) for id, right in rights.items())
    (home.root / "questions" / "edited.yaml").write_text(text)


@pytest.mark.parametrize(
    ("rights", "rest", "percent"),
    [
        ({"two": "b", "three": "c"}, "b\nb\n", 33),  # the first is gone, and was right
        ({"one": "other", "two": "b", "three": "c"}, "\nb\nb\n\n", 33),  # its option is gone
        ({"one": "other", "two": "b", "three": "c"}, "b\nb\nb\n", 0),  # and is answered anew
        ({"two": "b"}, "b\n", 50),  # two are gone, one of which was never answered
        ({"one": "a", "two": "b", "three": "c", "four": "d"}, "a\nb\n", 67),  # one came
    ],
)
def test_of_a_quiz_that_was_resumed_over_an_edited_bank(
    tmp_path: Path, rights: dict[str, str], rest: str, percent: int
) -> None:
    """What is gone from the bank counts as it was marked."""
    home = Home(tmp_path)
    bank(home, one="a", two="b", three="c")
    home("take", "edited", text="a\n")
    bank(home, **rights)
    end = home("take", "edited", "--resume", "--fail-under", str(percent + 1), text=rest)
    assert end.code == 1
    kept = home("score", "--format", "json").data["attempt"]["percent"]
    assert round(kept) == percent
    said = {
        *re.findall(r"Score .*?, ([\d.]+) percent", end.words),
        *re.findall(r"Last score: ([\d.]+)%", home().words),
        *re.findall(r" ([\d.]+)% ", home("history").words),
        *re.findall(r"([\d.]+)% is below", end.told),
    }
    assert {round(float(each), 1) for each in said} == {round(kept, 1)}, (said, end)
    if "one" not in rights:
        assert "No longer in the bank, with their original marks: one (right, 1 of 1 " in end.words
    if "three" not in rights:
        never = "before you answered, so not counted: three"
        assert f"Removed from the bank {never}." in end.words
        assert "had no answer" not in end.words
        assert never in home("score").told
        assert "Score 1 of 2" in home("score").words


def test_a_question_that_comes_back_counts_once_it_was_asked(tmp_path: Path) -> None:
    """And an exam that was handed in with blanks keeps its maximum, whatever becomes of its bank."""
    home = Home(tmp_path)
    bank(home, one="a", two="b", three="c")
    home("take", "edited", text="a\n")
    bank(home, two="b")
    home("take", "edited", "--resume", text="a\n")
    assert "Score 2 of 2" in home("score").words
    home("take", "edited", text="a\n")
    bank(home, one="a", two="b")
    home("take", "edited", "--exam", "--seed", "1", text="a\n\nsubmit\n")
    bank(home, one="a")
    assert "Score 1 of 2" in home("score").words


def test_the_end_reads_its_sheet_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it tells of it: of a thousand questions each time takes a while."""
    read: list[int] = []
    kept = sheets.kept_replay
    monkeypatch.setattr(sheets, "kept_replay", lambda *args: read.append(1) or kept(*args))
    home = Home(tmp_path / "home")
    bank(home, one="a", two="b")
    said = home("take", "edited", "--fail-under", "10", text="a\nb\n").words
    assert "Score 1 of 2" in said
    assert "Questions you got wrong come back for review" in said
    assert len(read) == 1


def test_an_attempt_is_gone_through_once_to_walk_through_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once as it counts, and once as today's bank would grade it."""
    home = Home(tmp_path / "home")
    bank(home, one="a", two="b")
    home("take", "edited", text="a\nb\n")
    read: list[bool] = []
    once = sheets.rebuilt

    def counted(*args: Any, regrade: bool = False) -> Any:
        read.append(regrade)
        return once(*args, regrade=regrade)

    monkeypatch.setattr(sheets, "rebuilt", counted)
    assert "Score 1 of 2" in home("history", "1").words
    assert read == [False, True]


def test_a_sheet_grows_with_its_questions_and_no_faster(tmp_path: Path) -> None:
    """Eight times the questions take some eight times as long; the square would take 64 times."""

    def time_of(n: int) -> float:
        home = Home(tmp_path / f"home-{n}")
        bank(home, **{f"q{i}": "a" for i in range(n)})
        answers = tmp_path / f"{n}.yaml"
        answers.write_text("".join(f"q{i}: a\n" for i in range(n)))
        home("take", "edited", "--answers", str(answers))
        with closing(Journal(home.root / "journal.sqlite3")) as journal:
            attempt = journal.attempts()[0]
            entries, asked = journal.entries(1), load_bank(home.root / "questions" / "edited.yaml")
        seconds = []
        for _ in range(3):  # the least of them is free of what else the machine does
            begun = time.process_time()
            assert sheet(attempt, entries, asked).points == n
            seconds.append(time.process_time() - begun)
        return min(seconds)

    assert time_of(1600) < 24 * max(time_of(200), 0.005)
