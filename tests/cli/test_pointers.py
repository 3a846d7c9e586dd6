"""What the program names to go on with is what comes of it: numbers, commands, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def desk(tmp_path: Path) -> Home:
    """A home with the sample bank."""
    return Home(tmp_path / "desk")


@pytest.mark.parametrize("text", ["a\n", "\nb\n", ":3\na\n", "a\n:4\n", "a\n\n\n:back\n:quit\n"])
def test_home_names_the_question_that_is_gone_on_with(desk: Home, text: str) -> None:
    """Whatever was skipped, gone to or gone back to."""
    desk("take", "sample", "--no-shuffle", text=text)
    named = desk().words.partition("resume where you stopped, question ")[2][:1]
    opened = desk("take", "sample", "--resume", text="").words
    assert f"question {named} of 4" in opened.partition("Answer")[0]


def test_the_same_questions_are_promised_where_the_command_gives_them(desk: Home) -> None:
    whole = desk("take", "sample", "--seed", "5", text="a\na\na\na\n").words
    assert "quizcli take sample --seed 5" in whole
    exam = desk("take", "sample", "--exam", "--seed", "5", text="a\na\na\na\n").words
    assert "quizcli take sample --exam --seed 5" in exam
    part = desk("take", "sample", "--questions", "2", "--seed", "5", text="a\na\n").words
    assert "Seed 5: with the same options it asks the same questions again." in part
    assert "--seed 5" not in part


def test_an_attempt_that_was_left_is_resumed_until_a_new_one_has_an_answer(desk: Home) -> None:
    """What the notice says of it holds."""
    desk("take", "sample", text="a\n:quit\n")
    again = desk("take", "sample", text=":quit\n").told
    assert "quit before your first answer and type: quizcli take sample --resume" in again
    assert "resuming attempt 1: 1 of 4" in desk("take", "sample", "--resume", text=":quit\n").told
    desk("take", "sample", text="a\n:quit\n")
    assert "resuming attempt 2: 1 of 4" in desk("take", "sample", "--resume", text=":quit\n").told


def test_no_resume_is_promised_where_a_clock_begins_an_attempt_at_once(desk: Home) -> None:
    exam = ("take", "sample", "--exam", "--time", "60")
    desk(*exam, text="a\n:quit\n")
    told = desk(*exam, text=":quit\n").told
    assert "attempt 1 was interrupted and is saved" in told
    assert "--resume" not in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "there are only 4 questions to ask"),
        (("--answers", "answers.yaml"), "there are only 4 questions to ask"),
    ],
)
def test_a_count_larger_than_the_bank_is_told(
    desk: Home, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], said: str
) -> None:
    (desk.root / "answers.yaml").write_text("gate: [units]\n")
    monkeypatch.chdir(desk.root)
    assert said in desk("take", "sample", "--questions", "50", *more, text=":quit\n").told
    assert "only" not in desk("take", "sample", "--questions", "4", *more, text=":quit\n").told


BANK = """\
format: 1
id: mixed
title: Mixed
draw: [{tag: old, count: 1}, {tag: new, count: 1}]
questions:
  - {id: one, kind: number, prompt: 'What is {a} + 1?', answer: '{a + 1}', tags: [new],
     variables: {a: {from: 1, to: 900, default: 4}}}
  - {id: two, kind: true-false, prompt: Is it?, answer: true, tags: [old]}
  - {id: three, kind: true-false, prompt: Is it not?, answer: true, tags: [old]}
"""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("", ""), ("--no-shuffle", "--no-shuffle"), ("--vary", "--vary"), ("--draw all", "--draw all"),
        ("--draw old=2 --draw new=1", "--draw old=2 --draw new=1"), ("--questions 3", "--draw all"),
        ("--exam --time 90 --credit coverage", "--exam --time 90 --credit coverage"),
        ("--shuffle --draw new=1 --no-vary", "--shuffle --draw new=1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("going_on", [False, True])
def test_the_command_for_the_same_questions_gives_them(
    desk: Home, options: str, said: str, going_on: bool
) -> None:
    """With each option that matters and no other, also at the end of a quiz that was left."""
    (desk.root / "questions" / "mixed.yaml").write_text(BANK)
    rest = "\n" * 9
    if going_on:
        desk("take", "mixed", *options.split(), text="1\n:quit\n")
        ended = desk("take", "mixed", "--resume", text=rest)
    else:
        ended = desk("take", "mixed", *options.split(), text=f"1\n{rest}")
    command = ended.words.partition("in the same order: quizcli ")[2].partition(
        " Export your score"
    )[0]
    if not command:  # sections that were asked for are known in one sitting
        assert going_on
        assert "=" in options
        return
    assert command.partition("take mixed")[2].partition("--seed")[0].strip() == said
    desk(*command.split(), text=f"1\n{rest}")
    journal = Journal(desk.root / "journal.sqlite3")
    first, second = journal.attempts()
    journal.close()
    assert (first.plan, first.draws, first.policy) == (second.plan, second.draws, second.policy)


@pytest.mark.parametrize("verb", [("journal", "merge"), ("doctor", "--restore")], ids=" ".join)
def test_a_file_that_is_no_journal_stays_where_it_is(
    desk: Home, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    desk.quiz()
    log = tmp_path / "my log.csv"
    log.write_text("card,rating,time\n" * 300)
    before = (desk.root / "journal.sqlite3").read_bytes()
    ran = desk(*verb, str(log))
    assert ran.code == 4
    assert "this is a review log, not a journal" in ran.told
    assert f"quizcli journal import '{log}'" in ran.told
    assert "mv " not in ran.told
    assert (desk.root / "journal.sqlite3").read_bytes() == before


def test_the_queue_counts_all_banks_together(desk: Home) -> None:
    head = desk("review", "--queue").words
    assert "39 questions in total." in head
    assert head.count("question") == 1


def test_a_bank_is_checked_by_its_id(desk: Home) -> None:
    ran = desk("bank", "check", "sample")
    assert ran.code == 0
    assert "1 bank checked: 0 faults" in ran.words
    assert "did you mean 'sample'?" in desk("bank", "check", "smaple").err


def test_a_bank_is_checked_by_its_id_beside_a_folder_that_is_called_so(
    desk: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id means its bank to every verb; a path, or a name that no bank has, means the folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("sample", "empty"):
        (tmp_path / name).mkdir()
    ran = desk("bank", "check", "sample")
    assert (ran.code, ran.words) == (0, "1 bank checked: 0 faults")
    for name in ("./sample", "sample/", "empty", str(tmp_path / "empty")):
        ran = desk("bank", "check", name)
        assert ran.code == 1
        assert ":1:1: this folder contains no bank — name a folder that does" in ran.words
        assert "0 banks checked: 1 fault" in ran.words
    assert "1 bank checked: 1 fault" in desk("bank", "check", "empty", "sample").words
    assert "1 bank checked: 0 faults" in desk("bank", "check", "desk/questions").words


FREE = """\
format: 1
id: free
title: Free
questions:
  - {id: why, title: The reason, kind: free, prompt: Why?, model: Because.}
  - {id: two, kind: number, prompt: Two?, answer: 2}
"""


def test_a_score_says_how_to_mark_what_is_not_marked(desk: Home) -> None:
    """By the question's id, which no column shows; and where its answers are in words."""
    (desk.root / "questions" / "free.yaml").write_text(FREE)
    desk("take", "free", "--no-shuffle", text="so\n2\n")
    ran = desk("score")
    assert "quizcli history 1" in ran.words
    command = "quizcli score 1 --mark why=POINTS --reason TEXT"
    assert f"1 answer is not marked yet — {command}" in ran.told
    assert desk(*command.replace("POINTS", "1").split()[1:]).code == 0
    assert "not marked yet" not in desk("score").told


def test_a_score_that_a_file_keeps_has_no_commands(desk: Home) -> None:
    desk.quiz()
    assert "quizcli history" in desk("score").out
    desk("score", "-o", str(desk.root / "score.txt"))
    assert "quizcli history" not in (desk.root / "score.txt").read_text()
