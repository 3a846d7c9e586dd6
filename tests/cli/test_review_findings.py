"""Plausible use that once went wrong: each told as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.home import Home

CAP = "format: 1\nid: cap\ntitle: Caps\nquestions:\n"


@pytest.fixture
def due(tmp_path: Path) -> Home:
    """A home on the day after a quiz in which nothing was right."""
    home = Home(tmp_path)
    home.quiz()
    return home.days()


def shelve(home: Home, *cards: str, extra: str = "") -> None:
    """A bank of flashcards on the learner's shelf; ``id`` or ``id, formerly: [old]``."""
    folder = home.root / "questions"
    folder.mkdir(exist_ok=True)
    body = "".join(f"  - {{id: {card}, kind: card, front: What?, back: That.}}\n" for card in cards)
    text = CAP.replace("questions:\n", f"{extra}questions:\n") + body
    (folder / "cap.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "time", ["9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z", "2062-11-18T00:00:00Z"]
)
def test_a_time_that_cannot_be_is_refused_and_harms_nothing(due: Home, time: str) -> None:
    """With its line; the journal works as before."""
    before = due("journal", "export").out
    (due.root / "far.csv").write_text(f"card,rating,time\nsample/gate,4,{time}\n", encoding="utf-8")
    ran = due("journal", "import", str(due.root / "far.csv"))
    assert ran.code == 1
    assert "far.csv:2: time" in ran.err
    assert due("journal", "export").out == before
    assert due("stats").code == 0


def test_an_id_that_is_taken_again_is_that_card(tmp_path) -> None:
    """Renamed, and back: what is answered counts, and for the card that was asked."""
    home = Home(tmp_path)
    shelve(home, "one")
    assert home("review", "cap", text="\n3\n").code == 0
    shelve(home, "uno, formerly: [one]")
    assert home.queue("cap")["cap/uno"]["reviews"] == 1
    home.days(9)
    shelve(home, "one")
    ran = home("review", "cap", text="\n3\n")
    assert "another window" not in ran.out
    assert home.queue("cap")["cap/one"]["reviews"] == 2


def test_an_undo_in_practice_takes_no_review_back(due: Home) -> None:
    """The look at the answer is taken back, and the card is asked again."""
    before = due("journal", "export").out
    ran = due(
        "review", "sample", "--cram", "--limit", "1", "--no-shuffle", text=":undo\nb\n:undo\n"
    )
    assert "There is nothing to undo." in ran.out
    assert due("journal", "export").out == before


def test_a_long_thought_can_be_exported_and_imported(due: Home) -> None:
    """A terminal that was left open for days: the log says a day, and the file is accepted."""
    from quizcli.journal.attempts import Journal

    journal = Journal(due.root / "journal.sqlite3")
    journal.connection.execute("UPDATE main.card_log SET milliseconds = 100000000")
    journal.close()
    text = due("journal", "export").out
    assert ",86400000," in text
    (due.root / "log.csv").write_text(text, encoding="utf-8", newline="")
    assert due("journal", "import", str(due.root / "log.csv")).code == 0
    assert "4 due today" in due().out
    assert "(about 20 min)" in due().out  # five minutes each at the most


def test_an_import_heeds_the_retention_of_its_bank(tmp_path) -> None:
    """Due on the day on which the journal that was exported has it."""
    home, other = Home(tmp_path / "one"), Home(tmp_path / "two")
    for each in (home, other):
        each.root.mkdir(exist_ok=True)
        shelve(each, "one", "two", extra="defaults: {retention: 0.75}\n")
        each("config", "set", "fuzz", "false")
    home("review", "cap", text="\n3\n\n4\n")
    home.days(8)
    home("review", "cap", text="\n3\n\n3\n")
    other.days(8)
    (tmp_path / "log.csv").write_text(home("journal", "export").out, encoding="utf-8", newline="")
    assert other("journal", "import", str(tmp_path / "log.csv")).code == 0
    assert other.queue("cap") == home.queue("cap")
    assert home("stats", "cap", "--json").data["retention"]["desired"] == 0.75


def test_statistics_know_a_new_name_at_once(tmp_path) -> None:
    """The first time after the bank says so, and not the second."""
    home = Home(tmp_path)
    shelve(home, "one")
    home("review", "cap", text="\n3\n")
    bank = home.root / "questions" / "cap.yaml"
    text = bank.read_text(encoding="utf-8").replace("id: cap\n", "id: hat\nformerly: [cap]\n")
    bank.write_text(text, encoding="utf-8")
    assert home("stats", "hat", "--json").data["reviews"] == 1


def test_what_was_left_of_a_bank_that_is_gone_is_not_offered(tmp_path) -> None:
    """Home leads to no command that fails."""
    home = Home(tmp_path)
    shelve(home, "one")
    bank = home.root / "questions" / "extra.yaml"
    bank.write_text(
        "format: 1\nid: extra\ntitle: Extra\nquestions:\n  - id: q\n    kind: true-false\n"
        "    prompt: So?\n    options: [{id: 'true', correct: true}, {id: 'false'}]\n"
        "  - id: r\n    kind: true-false\n    prompt: And?\n"
        "    options: [{id: 'true', correct: true}, {id: 'false'}]\n", encoding="utf-8",
    )  # fmt: skip
    home("take", "extra", text="a\n")
    assert "quizcli take extra --resume" in home().out
    bank.unlink()
    ran = home()
    assert (ran.code, ran.err) == (0, "")
    assert "quizcli take" in ran.out
    assert "--resume" not in ran.out


def test_an_undo_names_a_card_that_this_session_cannot_ask(due: Home) -> None:
    """The review of another bank is taken back, and the next card is not said to be that one."""
    due("review", "rnn", "--limit", "1", "--no-shuffle", text="c\n\n")
    ran = due("review", "sample", "--no-shuffle", text=":undo\n:undo\n:quit\n")
    assert "Undone: the review of rnn/" in ran.out
    assert "here it is again" not in ran.out


def test_new_cards_that_are_offered_can_be_started(tmp_path) -> None:
    """Beyond the daily limit nothing more is offered; within it the command does what it says."""
    home = Home(tmp_path)
    shelve(home, *(f"c{n}" for n in range(30)))
    ran = home("cards", "cap", "--new", "22", text="\n3\n" * 22)
    assert ran.code == 0
    assert "to start" not in ran.out
    home.days()
    ran = home("cards", "cap", "--new", "3", text="\n3\n" * 9)
    assert "5 new cards to start: quizcli cards cap" in ran.out


def test_more_cards_are_due_than_are_looked_up(tmp_path) -> None:
    """A tag that few of them have is counted all the same, and all of them without it."""
    home = Home(tmp_path)
    shelve(home, *(f"c{n}, tags: [{'odd' if n > 1050 else 'even'}]" for n in range(1060)))
    rows = "".join(f"cap/c{n},1,2026-11-01T10:00:00Z\n" for n in range(1060))
    (tmp_path / "log.csv").write_text(f"card,rating,time\n{rows}", encoding="utf-8")
    assert home("journal", "import", str(tmp_path / "log.csv")).code == 0
    ran = home("cards", "cap", "--new", "0", text=":quit\n")
    assert "1,060 cards still due: quizcli cards cap\n" in ran.out
    ran = home("cards", "cap", "--new", "0", "--tag", "odd", text=":quit\n")
    assert "9 cards still due: quizcli cards cap --tag odd\n" in ran.out


def test_what_is_still_due_leaves_out_questions_that_are_gone(due: Home) -> None:
    """The bank is open, so it is known, whichever of them would come next."""
    cards = [f"c{n}" for n in range(6)]
    shelve(due, *cards)
    due("review", "cap", "--new", "6", text="\n3\n" * 6)
    shelve(due, *cards[:3])
    said = due.days(40)("review", "cap", "--new", "0", text=":quit\n").words
    assert "2 more due" in said
