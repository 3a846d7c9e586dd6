"""Cards that are due and cannot be asked: told wherever something is counted, with what helps."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import read_bytes
from tests.support.big import big_journal
from tests.support.home import Home
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

COUNTING = [
    (),
    ("review", "--new", "0"),
    ("stats",),
    ("stats", "--forecast"),
    ("review", "--queue"),
]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home a week after a quiz over the sample bank, whose four cards are due."""
    home = Home(tmp_path / "home")
    home.quiz()
    return home.days(7)


@pytest.mark.parametrize("verb", COUNTING, ids=" ".join)
def test_a_bank_that_is_gone(home: Home, verb: tuple[str, ...]) -> None:
    (home.root / "questions" / "sample.yaml").unlink()
    ran = home(*verb)
    assert ran.code == 0
    assert (
        "4 cards are due, but the bank cannot be read: sample (4): no bank has that id" in ran.told
    )
    assert f"put its file into {home.root / 'questions'}" in ran.told


def test_a_question_with_another_id(home: Home) -> None:
    """Its history waits under the old one, which the statistics name until the question does."""
    path = home.root / "questions" / "sample.yaml"
    written = path.read_text()
    assert "no bank has" not in home("stats").out
    path.write_text(written.replace("- id: gate\n", "- id: gates\n"))
    said = home("stats").words
    assert (
        "1 question that you learned was removed from all banks: sample/gate. If it has a new id"
        in said
    )
    assert "add 'formerly: [gate]' to it" in said
    assert home("stats", "sample", "--json").data["gone"] == ["sample/gate"]
    path.write_text(written.replace("- id: gate\n", "- id: gates\n    formerly: [gate]\n"))
    assert "no bank has" not in home("stats").out
    assert home("stats", "--json").data["gone"] == []


@pytest.mark.parametrize("verb", COUNTING, ids=" ".join)
def test_a_due_card_whose_question_is_gone(home: Home, verb: tuple[str, ...]) -> None:
    """Told wherever due cards are counted, until its new id is known or it is put aside."""
    path = home.root / "questions" / "sample.yaml"
    written = path.read_text()
    path.write_text(written.replace("- id: gate\n", "- id: gates\n"))
    told = home(*verb).told
    assert "1 card is due, but the question is no longer in its bank: sample/gate — if it" in told
    assert "add 'formerly: [gate]' to it" in told
    path.write_text(written.replace("- id: gate\n", "- id: gates\n    formerly: [gate]\n"))
    assert "any more" not in home(*verb).err


def test_due_cards_whose_questions_are_put_aside(home: Home) -> None:
    """What was taken out of a bank for good is told no more once it is put aside."""
    path = home.root / "questions" / "sample.yaml"
    path.write_text(
        path.read_text().replace("- id: ga", "- id: new-ga").replace("- id: ta", "- id: new-ta")
    )
    told = home("stats", "sample").told
    assert "2 cards are due, but the question is no longer in their bank: sample/" in told
    for card in ("sample/gate", "sample/tasks"):
        assert f"--suspend {card}" in home().told
        home("review", "--suspend", card)
    assert home().err == ""


def test_a_due_card_whose_gap_is_gone(home: Home) -> None:
    """The other gaps of the text are asked; that one is told until it has its id again, or rests."""
    (home.root / "questions" / "sample.yaml").unlink()
    (home.root / "journal.sqlite3").unlink()
    path = home.root / "questions" / "two.yaml"
    gaps = "One, [[x::two]] and [[y::three]]."
    head = "format: 1\nid: two\ntitle: Two\nquestions:\n"
    path.write_text(f"{head}  - {{id: one, kind: cloze, text: '{gaps}'}}\n")
    for _ in range(2):  # of siblings one is asked a day
        home("review", "two", text="\n3\n" * 4)
        home.days()
    home.days(30)
    assert {"two/one#x", "two/one#y"} <= home.queue().keys()
    assert "any more" not in home("stats").err
    path.write_text(path.read_text().replace("[[x::", "[[z::"))
    told = home("stats").told
    assert "1 card is due, but the gap is no longer in the text: two/one#x — if it has" in told
    assert "whose question" not in told
    home("review", "--suspend", "two/one#x")
    assert "any more" not in home("stats").err
    path.write_text(f"{head}  - {{id: other, kind: cloze, text: '{gaps}'}}\n")
    assert "1 card is due, but the question is no longer in its bank: two/one#y" in home().told


def test_many_questions_that_are_gone(home: Home) -> None:
    """A few are named."""
    path = home.root / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace("  - id: ", "  - id: new-"))
    assert (
        "4 questions that you learned were removed from all banks: sample/" in home("stats").words
    )
    assert "and 1 more. If one has a new id now" in home("stats").words


def test_a_bank_with_another_id(home: Home) -> None:
    path = home.root / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace("id: sample\n", "id: samples\n", 1))
    assert "if the bank has a new id now, add 'formerly: [sample]' to it" in home().told
    path.write_text(path.read_text().replace("id: samples\n", "id: samples\nformerly: [sample]\n"))
    assert "formerly" not in home().told
    assert home("stats", "--json").data["gone"] == []


@pytest.mark.parametrize("verb", COUNTING, ids=" ".join)
def test_a_bank_with_faults(home: Home, verb: tuple[str, ...]) -> None:
    path = home.root / "questions" / "sample.yaml"
    path.write_text(path.read_text().replace("correct: true", "correct: perhaps"))
    ran = home(*verb)
    assert "4 cards are due, but the bank cannot be read: sample (4): it has faults" in ran.told
    assert f"quizcli bank check {path}" in ran.told


def test_a_bank_that_was_opened_by_a_path_is_remembered(tmp_path: Path) -> None:
    """Its cards are counted and asked like those of the shelf; moved away, it is told."""
    home = Home(tmp_path / "another", sample=False)
    apart = tmp_path / "apart.yaml"
    shutil.copy(SAMPLE, apart)
    home("take", str(apart), "--no-shuffle", text="a\na\nb\nb\n")
    home.days(7)
    assert "4 due today" in home().words
    assert "A sample of everything 0%" in home().words
    assert set(home.queue("--new", "0")) >= {"sample/gate", "sample/tasks"}
    apart.rename(tmp_path / "moved.yaml")
    ran = home("stats")
    assert "sample (4)" in ran.told
    assert (
        f"{apart} is gone — put it back, or if it was moved, type: quizcli review FILE" in ran.told
    )
    home("review", str(tmp_path / "moved.yaml"), "--new", "0", text="")
    assert home("stats").err == ""
    other = SAMPLE.read_text().replace("id: sample", "id: another", 1)
    (tmp_path / "moved.yaml").write_text(other)
    told = home("stats").told
    assert "moved.yaml now contains the bank 'another'" in told
    assert "if that is the same one, add 'formerly: [sample]' to it" in told
    other = other.replace("id: another\n", "id: another\nformerly: [sample]\n", 1)
    (tmp_path / "moved.yaml").write_text(other)
    ran = home()
    assert ran.err == ""
    assert "4 due today" in ran.words
    assert set(home.queue("--new", "0")) >= {"another/gate", "another/tasks"}


def test_a_faulty_file_beside_is_told(home: Home) -> None:
    """Also where no card of it is known: it may be the learner's own of a shipped bank."""
    (home.root / "questions" / "mine.yaml").write_text("format: 1\nid: rnn\n")
    for verb in COUNTING:
        assert "mine.yaml has faults and is left out — quizcli bank check" in home(*verb).told


def test_two_files_with_one_id(home: Home) -> None:
    """Which is used is told, until one of them has another id."""
    twin = home.root / "questions" / "twin.yaml"
    shutil.copy(SAMPLE, twin)
    for verb in COUNTING:
        told = home(*verb).told
        assert (
            f"two files contain the bank 'sample': {home.root / 'questions' / 'sample.yaml'}"
            in told
        )
        assert "twin.yaml is not — delete one of them, or give it another id" in told
    twin.write_text(twin.read_text().replace("id: sample", "id: twin", 1))
    assert home().err == ""


@pytest.mark.parametrize("verb", [(), ("take",)], ids=["home", "take"])
def test_before_anything_was_answered_it_is_told_too(tmp_path: Path, verb: tuple[str, ...]) -> None:
    """Where a bank is listed or chosen, one that is left out is missed."""
    fresh = Home(tmp_path / "fresh")
    shutil.copy(SAMPLE, fresh.root / "questions" / "twin.yaml")
    (fresh.root / "questions" / "mine.yaml").write_text("format: 1\nid: mine\n")
    told = fresh(*verb).told
    assert "mine.yaml has faults and is left out — quizcli bank check" in told
    assert "two files contain the bank 'sample'" in told


def test_two_files_with_one_id_that_are_named(home: Home, tmp_path: Path) -> None:
    """The first is used, and that the other is not is told; the same file twice is one."""
    sample = home.root / "questions" / "sample.yaml"
    twin = tmp_path / "twin.yaml"
    twin.write_text(sample.read_text().replace("id: gate", "id: another", 1))
    named = ("review", str(sample), str(twin), "--queue")
    ran = home(*named)
    assert (
        f"{sample} is used, and {twin} is not — delete one of them, or give it another id"
        in ran.told
    )
    assert "sample/gate" in ran.out
    assert home("review", "sample", str(sample), "--queue").err == ""


def test_a_file_that_another_bank_took_hides_none(home: Home, tmp_path: Path) -> None:
    """The bank was moved to the shelf, and where it was opened by its path lies another one."""
    shelved = home.root / "questions" / "sample.yaml"
    apart = tmp_path / "apart.yaml"
    text = shelved.read_text()
    shelved.rename(apart)
    home("take", str(apart), text="a\n")
    apart.write_text(text.replace("\nid: sample", "\nid: other"))
    shelved.write_text(text)
    ran = home()
    assert "quizcli take sample" in ran.out
    assert "two files" not in ran.told


def test_nothing_is_told_where_nothing_is_missing(home: Home) -> None:
    for verb in COUNTING:
        assert "cannot be read" not in home(*verb).err
    assert "sample" not in home("review", "rnn", "--queue", "--new", "0").err


def test_banks_that_are_gone_are_not_looked_for_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shelf is looked through once, however many banks have cards and are gone."""
    looked: list[Path] = []

    def counting(path: Path) -> bytes:
        looked.append(path)
        return read_bytes(path)

    monkeypatch.setattr("quizcli.bank.shelf.read_bytes", counting)
    times = []
    for gone in (1, 30):
        home = Home(tmp_path / f"gone-{gone}")
        big_journal(home.root, [f"gone{n}/q" for n in range(gone)], gone).close()
        looked.clear()
        assert "due, but the bank cannot be read: gone0" in home("review", "--queue").told
        times.append(len(looked))
    assert times[0] == times[1]
