"""``quizcli review`` as a command: its options, its refusals, its queue, undo and putting aside."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.support.fakes import FakeRandom
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path)


@pytest.fixture
def due(home: Home) -> Home:
    """A home on the day after a quiz in which nothing was right."""
    home.quiz()
    return home.days()


# The queue ---------------------------------------------------------------------------------------


def test_the_queue_as_data(due: Home) -> None:
    """Each card with what a review knows of it; a new one's is null."""
    data = due("review", "--queue", "--json").data
    assert data["format_version"] == 1
    assert data["today"] == "2026-11-20"
    cards = {card["card"]: card for card in data["cards"]}
    assert list(cards["sample/gate"]) == [
        "card", "due", "stability", "difficulty", "recall", "lapses", "reviews", "state",
    ]  # fmt: skip
    gate = cards["sample/gate"]
    assert (gate["due"], gate["lapses"], gate["reviews"]) == ("2026-11-20", 0, 1)
    assert (round(gate["stability"], 3), round(gate["difficulty"], 4)) == (0.212, 6.4133)
    assert round(gate["recall"], 4) == 0.7662
    assert gate["state"] == "due"
    assert cards["rnn/nan"] == {
        "card": "rnn/nan", "due": None, "stability": None, "difficulty": None, "recall": None,
        "lapses": None, "reviews": 0, "state": "new",
    }  # fmt: skip
    assert [card["state"] for card in data["cards"]] == ["due"] * 4 + ["new"] * 35


def test_the_queue_lists_cards_that_are_equally_faded_alike_each_time(
    due: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session draws its order; a list that is compared with another is to stay as it is."""
    seeds = count(1)
    monkeypatch.setattr(FakeRandom, "seed", lambda _: next(seeds))
    first, *others = [due("review", "--queue", "--json").out for _ in range(4)]
    assert others == [first] * 3


def test_the_states_of_the_queue(due: Home) -> None:
    """Due, put off, suspended; a day later what was put off is due again; reviewed, it is later."""
    due("review", "--suspend", "sample/tasks")
    due("review", "sample", "--limit", "1", "--seed", "3", text=":bury\n")
    states = [card["state"] for card in due.queue("sample").values()]
    assert sorted(states) == ["buried", "due", "due", "suspended"]
    states = [card["state"] for card in due.days().queue("sample").values()]
    assert sorted(states) == ["due", "due", "due", "suspended"]
    due("review", "sample", "--limit", "1", text="a\n4\n")
    states = [card["state"] for card in due.queue("sample").values()]
    assert sorted(states) == ["due", "due", "later", "suspended"]


def test_the_queue_as_a_table(due: Home) -> None:
    """How many are asked now, and when each comes; as a list where a table has no room."""
    wide = due("review", "sample", "--queue")
    assert wide.out.startswith("4 due, 0 later, 4 questions in total.\n")
    assert "sample/gate      now      0.2 d         6.4     77%       0" in wide.out
    narrow = due("review", "sample", "--queue", COLUMNS="40").out
    assert "\n  Due: now\n  Stability: 0.2 d\n" in narrow
    assert max(map(len, narrow.splitlines())) <= 40


def test_the_queue_has_the_order_of_the_session(due: Home) -> None:
    """With the same seed, card by card."""
    queue = list(due.queue("sample", "--seed", "9"))
    said = due("review", "sample", "--seed", "9", text="\n" * 4).out
    prompts = {
        "gate": "An LSTM",
        "tasks": "Which tasks",
        "decay": "A gradient",
        "unrolled": "drawn",
    }
    places = [said.find(prompts[card.partition("/")[2]]) for card in queue]
    assert places == sorted(places)
    assert -1 not in places


def test_a_limit_and_a_tag_narrow_the_queue(due: Home) -> None:
    """What is not asked now is named behind it."""
    said = due("review", "sample", "--queue", "--limit", "3").words
    assert said.startswith("3 due, 1 later,")
    said = due("review", "rnn", "--queue", "--tag", "gates").words
    assert said[:1].isdigit()
    assert " new, " in said


# Undo, aside, back ---------------------------------------------------------------------------------


def test_undo_after_a_session_and_any_number_of_steps(due: Home) -> None:
    """Each step says what it took back, and restores the state before it."""
    before = due.queue()
    due("review", "sample", "--limit", "1", "--no-shuffle", text="a\n4\n")
    due("review", "--suspend", "sample/decay")
    after = due("review", "--undo")
    assert (after.code, after.out) == (0, "No longer suspended: sample/decay.\n")
    said = due("review", "--undo").out
    assert said.startswith("Undone: the review of sample/")
    assert said.endswith(" on 20 November.\n")
    assert due.queue() == before
    for _ in range(4):
        said = due("review", "--undo").out  # of the day before, which it says
        assert said.startswith("Undone: the review of sample/")
        assert said.endswith(" on 19 November.\n")
    nothing = due("review", "--undo")
    assert (nothing.code, nothing.out) == (1, "There is nothing to undo.\n")
    assert {card["state"] for card in due.queue("sample").values()} == {"new"}


@pytest.mark.parametrize("arguments", [(), ("--json",)])
@pytest.mark.parametrize("verb", [("review", "--undo"), ("review", "--redo"), ("journal", "undo")])
def test_a_script_can_tell_that_nothing_was_undone(
    home: Home, verb: tuple[str, ...], arguments: tuple[str, ...]
) -> None:
    """By its exit code, which is the same wherever something is undone."""
    assert home(*verb, *arguments).code == 1


def test_undo_as_data(due: Home) -> None:
    """What was undone, and the card as it is now."""
    data = due("review", "--undo", "--json").data
    assert (data["format_version"], data["undone"]) == (1, "review")
    assert data["card"]["card"] == "sample/unrolled"
    assert data["card"]["state"] == "new"
    for _ in range(3):
        due("review", "--undo")
    assert due("review", "--undo", "--json").data == {
        "format_version": 1, "undone": None, "card": None,
    }  # fmt: skip


def test_suspended_and_brought_back(due: Home) -> None:
    """Not asked meanwhile; doing it twice changes nothing, and says so."""
    said = due("review", "--suspend", "sample/gate")
    assert said.out == ("Suspended. To bring it back:\n  quizcli review --resume sample/gate\n")
    assert due.queue()["sample/gate"]["state"] == "suspended"
    assert "3 due, 35 later, 1 suspended, 39 questions in total." in due("review", "--queue").out
    again = due("review", "--suspend", "sample/gate").words
    assert again == "sample/gate is already suspended; nothing was changed."
    assert due("review", "--resume", "sample/gate").out == "Brought back: sample/gate.\n"
    assert due.queue()["sample/gate"]["state"] == "due"
    again = due("review", "--resume", "sample/gate").words
    assert again == "sample/gate is not suspended; nothing was changed."
    assert due("review", "--undo").out == "Suspended again: sample/gate.\n"


def test_a_new_card_can_be_suspended(home: Home) -> None:
    """Before it was ever asked."""
    assert home("review", "--suspend", "rnn/nan").code == 0
    assert home.queue()["rnn/nan"]["state"] == "suspended"


def test_put_off_is_brought_back_too(due: Home) -> None:
    """--resume takes both."""
    due("review", "sample", "--limit", "1", text=":bury\n")
    (card,) = [name for name, card in due.queue("sample").items() if card["state"] == "buried"]
    assert "buried" in due("review", "sample", "--queue").out
    assert due("review", "--resume", card).code == 0
    assert due.queue("sample")[card]["state"] == "due"


# Options -------------------------------------------------------------------------------------------


def test_a_session_in_lines(due: Home) -> None:
    """Answer and rating lines; exit code 0 at its end."""
    ran = due("review", "sample", "--limit", "1", "--no-shuffle", "--seed", "3", text="a\n3\n")
    assert (ran.code, ran.err) == (0, "")
    assert "Good: it comes back" in ran.out
    assert (
        "1 review, 1 rated hard or better, in 0 s.\n3 cards still due: quizcli review sample\n"
        in ran.out
    )


def test_an_input_that_ends_keeps_what_was_answered(due: Home) -> None:
    """Exit code 1, and a sentence; leaving on purpose is 0."""
    ran = due("review", "sample", "--no-shuffle", text="a\n")
    assert ran.code == 1
    assert ran.err == "quizcli: the input ended; 1 review saved\n"
    assert sum(card["reviews"] for card in due.queue("sample").values()) == 5
    assert due("review", "sample", text=":quit\n").code == 0
    ran = due("review", "sample", text="")
    assert (ran.code, ran.err) == (1, "quizcli: the input ended before an answer\n")


def test_nothing_is_due(home: Home) -> None:
    """Said with what comes, and what can be typed; nothing is asked."""
    home.quiz("b\na,b\na\na\n")
    ran = home("review", "sample", "--new", "0")
    assert ran.code == 0
    assert "Nothing is due. Next: 4 cards in 2 days." in ran.words
    assert "Practise before that: quizcli review sample --ahead" in ran.words


@pytest.mark.parametrize("option", ["--ahead", "--cram"])
def test_practice_changes_nothing(due: Home, option: str) -> None:
    """The queue is what it was."""
    due("review", "sample", "--new", "0", "--no-shuffle", text="b\n4\na,b\n4\na\n4\na\n4\n" * 2)
    before = due.queue()
    ran = due("review", "sample", option, "--no-shuffle", text="a\n" * 12)
    assert "not recorded" in ran.out
    assert "Rating (" not in ran.out
    assert due.queue() == before


def test_new_cards_by_the_setting_and_by_the_option(home: Home) -> None:
    """A setting is for every day, an option for this session."""
    home("config", "set", "new-per-day", "2")
    assert home("review", "rnn", "--queue").words.startswith("2 new, 8 later,")
    assert home("review", "rnn", "--queue", "--new", "5").words.startswith("5 new, ")
    assert home("review", "rnn", "--queue", "--new", "0").words.startswith("0 due, 10 later,")


def test_minutes(due: Home) -> None:
    """Zero-length answers do not end it; the option is heard."""
    assert due("review", "sample", "--minutes", "0.1", text=":quit\n").code == 0
    assert due("review", "sample", "--minutes", "0", text=":quit\n").code == 2


def test_the_seed_replays_a_session(due: Home) -> None:
    """Card for card and option for option; undone in between, for a review changes what is due."""
    said = [due("review", "rnn", "--seed", "4", text="\n" * 10).out for _ in range(2)]
    assert said[0] == said[1]
    assert said[0] != due("review", "rnn", "--seed", "5", text="\n" * 10).out


def test_a_bank_by_its_file(tmp_path: Path) -> None:
    """What is told to be typed names the file."""
    home = Home(tmp_path / "home", sample=False)
    (tmp_path / "home").mkdir()
    from tests.support.samples import SAMPLE

    home("take", str(SAMPLE), "--no-shuffle", text="a\na\nb\nb\n")
    ran = home.days()("review", str(SAMPLE), "--limit", "1", "--no-shuffle", text="a\n\n")
    assert f"3 cards still due: quizcli review {SAMPLE}" in ran.words


# Refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ["--json"],
            2,
            "--json goes with --queue, --undo or --redo — after a review: quizcli stats --json",
        ),
        (["--ahead", "--cram"], 2, "--ahead and --cram exclude each other — leave out one of them"),
        (["nnr"], 3, "no bank is called 'nnr' — did you mean 'rnn'?"),
        (["nowhere.yaml"], 3, "nowhere.yaml:1:1: no such file or directory"),
        (["rnn", "--tag", "gate"], 2, "no card has the tag 'gate' — did you mean 'gates'?"),
        (["rnn", "--queue", "--tag", "gate"], 2, "did you mean 'gates'?"),
        (["--suspend", "rnn/nann"], 2, "there is no card 'rnn/nann' — did you mean 'rnn/nan'?"),
        (["--resume", "nan"], 2, "there is no card 'nan' — did you mean 'rnn/nan'?"),
        (["--suspend", "gaet"], 2, "there is no card 'gaet' — did you mean 'sample/gate'?"),
        (["--resume", "zzz"], 2, "there is no card 'zzz' — see quizcli review --queue"),
        (["--resume", "\x1b[31mx"], 2, "there is no card "),
        (["--limit", "0"], 2, "--limit"),
        (["--limit", "two"], 2, "'--limit': 'two' is not a valid whole number"),
        (["--minutes", "two"], 2, "'--minutes': 'two' is not a valid number"),
        (["--new", "-1"], 2, "--new"),
        (["--minutes", "0"], 2, "--minutes"),
        (["--seed", "-1"], 2, "--seed"),
        (["--udno"], 2, "--udno"),
    ],
)
def test_refusals_are_sentences(
    home: Home, arguments: list[str], code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, how to mend it, nothing changed."""
    ran = home("review", *arguments)
    assert ran.code == code
    said = ran.told + capsys.readouterr().err  # the parser of options writes by itself
    assert words in said
    assert "Traceback" not in said
    assert "\x1b" not in said
    assert ran.out == ""


def test_redo(due: Home) -> None:
    """What was taken back counts again; the file is as it was but for two facts."""
    before = due.queue("sample")
    taken = due("review", "--undo")
    assert "Undone: the review of sample/" in taken.out
    again = due("review", "--redo", "--json")
    assert again.code == 0
    assert '"redone": "review"' in again.out
    assert due.queue("sample") == before
    assert "There is nothing to redo" in due("review", "--redo").out
