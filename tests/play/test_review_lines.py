"""A review in lines: what each line does, what it leaves in the journal, and what is read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quizcli.journal.facts import LEECH
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import Mode, QueueOptions
from quizcli.scheduling.memory import Rating
from tests.support.review_seat import ReviewSeat

if TYPE_CHECKING:
    from pathlib import Path

NO_NEW = QueueOptions(new=0)


@pytest.fixture
def seat(tmp_path: Path) -> ReviewSeat:
    """A seat over the sample bank, in which nothing was reviewed yet."""
    return ReviewSeat(tmp_path)


@pytest.fixture
def due(seat: ReviewSeat) -> ReviewSeat:
    """A seat at which the question on the gate is due, and nothing is new."""
    return seat.learned("gate")


def one_line(text: str) -> str:
    """Words without the line breaks between them."""
    return " ".join(text.split())


def test_a_session_from_its_seed_to_its_end(due: ReviewSeat) -> None:
    """An answer line, a rating line; an empty rating accepts."""
    said = due.lines("b", "", wanted=NO_NEW)
    lines = said.splitlines()
    assert lines[:3] == [
        "",
        "A sample of everything, the last one.",
        "Recall today 77% likely; last seen yesterday; stability 0.2 days.",
    ]
    assert "Right. 1 of 1 point." in lines
    assert "Good: it comes back in 2 days." in lines
    assert "Rating (1 again 1 day, 2 hard 1 day, 3 good 2 days, 4 easy 4 days; empty: 3): " in lines
    assert lines[-2:] == ["1 review, 1 rated hard or better, in 0 s.", "Next: 1 card in 2 days."]
    assert said.isascii()
    assert due.finished
    assert due.ratings() == {"gate": 3}


@pytest.mark.parametrize(
    ("line", "rating", "guess"),
    [("b", 3, False), ("b?", 1, True), ("a", 1, False), ("B", 1, True)],
)
def test_answers(due: ReviewSeat, line: str, rating: int, guess: bool) -> None:
    """A question mark behind it marks a guess, which counts as again even when it was lucky."""
    said = due.lines(line, "", "b", wanted=NO_NEW)
    assert (due.ratings()["gate"], due.facts[-1].guess) == (rating, guess)
    assert ("Again: it comes back tomorrow. You marked it as a guess." in said) == (
        line in {"b?", "B"}
    )


def test_several(seat: ReviewSeat) -> None:
    """Letters with commas between them."""
    seat.learned("tasks").lines("a,b", "", wanted=NO_NEW)
    assert seat.ratings() == {"tasks": 3}
    assert seat.facts[-1].chosen == ("sentiment", "voice")


@pytest.mark.parametrize("rating", Rating)
def test_another_rating_is_confirmed(due: ReviewSeat, rating: Rating) -> None:
    """Except the one that was proposed, of which all was said."""
    said = due.lines("b", str(int(rating)), "b", wanted=NO_NEW)
    assert due.ratings() == {"gate": int(rating)}
    name = rating.name.capitalize()
    assert said.count(f"{name}: it comes back") == 1
    assert due.did[-1][1] == ("review" if rating is Rating.GOOD else "rate")


@pytest.mark.parametrize("line", ["5", "0", "yes", "11"])
def test_a_rating_out_of_range(due: ReviewSeat, line: str) -> None:
    """Asked again; nothing is written for it."""
    said = due.lines("b", line, "4", wanted=NO_NEW)
    assert "Type a number from 1 to 4, or an empty line; :help explains." in said
    assert due.ratings() == {"gate": 4}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("z", "'z' is not an option here: answer with a to c."),
        ("a,b", "One option can be chosen here: answer with a single letter."),
        (":udno", "':udno' is not a command: did you mean ':undo'?"),
        (
            ":xyz",
            "':xyz' is not a command: the commands are :bury, :guess, :help, :quit, :redo, :suspend, :undo and :why",
        ),
        (":why", "The reasons come with the answer."),
        (":help", ":suspend suspends a card until you bring it back."),
        ("?", "Hint: What is the gate multiplied by?"),
    ],
)
def test_lines_that_answer_nothing(due: ReviewSeat, line: str, words: str) -> None:
    """Each says what is possible, and the question waits."""
    said = due.lines(line, "b", "", wanted=NO_NEW)
    assert words in one_line(said)
    assert due.ratings() == {"gate": 3}
    assert due.finished


def test_hints_end(due: ReviewSeat) -> None:
    """And say so."""
    assert "There are no more hints." in due.lines("?", "?", "?", "b", "", wanted=NO_NEW)


def test_an_empty_line_leaves_a_card_out(due: ReviewSeat) -> None:
    """Of this session; it is due still."""
    said = due.lines("", wanted=NO_NEW)
    assert "Skipped for this session; it is still due." in said
    assert "1 card still due: quizcli review" in said
    assert len(due.facts) == 1


def test_the_reasons_after_an_answer(due: ReviewSeat) -> None:
    """:why at the rating gives those that the answer did not touch."""
    reason = "b. 100: right. Each unit of the memory cell needs a value of its own."
    said = due.lines("a", ":why", "", "b", wanted=NO_NEW)
    assert reason in said
    assert reason not in due.lines(wanted=NO_NEW)


@pytest.mark.parametrize("where", ["before", "after"])
@pytest.mark.parametrize(("line", "did"), [(":bury", "bury"), (":suspend", "suspend")])
def test_put_aside(due: ReviewSeat, line: str, did: str, where: str) -> None:
    """Before an answer, and in place of a rating; the answer is kept, and not asked once more."""
    said = due.lines(*(["a"] if where == "after" else []), line, wanted=NO_NEW)
    assert due.finished
    assert due.did[-1] == ("gate", did)
    assert len(due.facts) == (3 if where == "after" else 2)
    if did == "suspend":
        assert "\n  quizcli review --resume sample/gate\n" in said
    else:
        assert "Buried until tomorrow: sample/gate." in said


def test_undo_in_place_of_a_rating(due: ReviewSeat) -> None:
    """The question is asked again, and its new answer counts."""
    said = due.lines("a", ":undo", "b", "", wanted=NO_NEW)
    assert "Undone; here it is again." in said
    assert due.ratings() == {"gate": 3}
    assert "1 review, 1 rated hard or better" in said
    assert said.count("How many entries has") == 2


def test_undo_before_an_answer_reaches_back(due: ReviewSeat) -> None:
    """To yesterday's review, and no further."""
    said = due.lines(":undo", ":undo", wanted=NO_NEW)
    assert due.facts == []
    assert "New: asked for the first time." in said
    assert "There is nothing to undo." in due.lines(":undo")


def test_a_failed_card_comes_once_more(due: ReviewSeat) -> None:
    """At the end, without a rating line."""
    said = due.lines("a", "", "b", wanted=NO_NEW)
    assert "A sample of everything, the last one.\nOnce more; not recorded.\n" in said
    assert said.count("Rating (") == 1
    assert "1 card practised, not recorded." in said
    assert len(due.facts) == 2


def test_what_is_left_is_said(seat: ReviewSeat) -> None:
    """Due ones, then new ones."""
    said = seat.learned("gate", "tasks").lines("", "")
    assert "A sample of everything, 1 more due." in said
    assert "A sample of everything, 2 more new." in said


def test_leaving(due: ReviewSeat) -> None:
    """:quit is no accident, an input that ends may be one; both keep what was answered, and the
    rating that was proposed stands."""
    said = due.lines("b", ":quit", wanted=NO_NEW)
    assert (due.finished, due.line_review.left) == (False, True)
    assert "1 review, 1 rated hard or better" in said
    due.ledger.undo()
    said = due.lines("b", wanted=NO_NEW)
    assert (due.finished, due.line_review.left) == (False, False)
    assert due.ratings() == {"gate": 3}
    assert "1 review, 1 rated hard or better" in said


@pytest.mark.parametrize("mode", [Mode.AHEAD, Mode.CRAM])
def test_practice(seat: ReviewSeat, mode: Mode) -> None:
    """No rating line, nothing written."""
    seat.learned("gate", rating=Rating.EASY)
    said = seat.lines("b", wanted=QueueOptions(mode, limit=1))
    assert "not recorded." in said
    assert "Rating" not in said
    assert len(seat.facts) == 1


def test_a_review_in_another_window(due: ReviewSeat) -> None:
    """The answer here is practice, and that is said."""
    record = due.ledger.record

    def late(*arguments: object) -> object:
        due.ledger.record = record  # type: ignore[method-assign]
        record(due.ledger.row("sample/gate"), ReviewInput(Rating.EASY), 0.9)
        return record(*arguments)  # type: ignore[arg-type]

    due.ledger.record = late  # type: ignore[method-assign,assignment]
    said = due.lines("a", wanted=NO_NEW)
    assert (
        "This card was reviewed in another window; that review counts, not this one."
        in " ".join(said.split())
    )
    assert "Rating (" not in said
    assert [fact.rating for fact in due.facts] == [1, 4]


def test_a_leech(due: ReviewSeat) -> None:
    """Told with what is mistaken for the answer, and with the command on a line of its own."""
    for _ in range(LEECH):
        said = due.lines("a", "", "b", wanted=NO_NEW)
        due.days(1)
    assert "Failed 8 times in 9 reviews, and suspended. 8 of 8 wrong answers were: 1." in one_line(
        said
    )
    assert "\n  quizcli review --resume sample/gate\n" in said
    assert "it comes back" not in said.partition("Rating (")[2]


def test_a_leech_is_told_before_the_input_ends(due: ReviewSeat) -> None:
    """With the verdict: it may be the last line that is read. That it comes back is not said."""
    for _ in range(LEECH - 1):
        due.lines("a", "", "b", wanted=NO_NEW)
        due.days(1)
    said = due.lines("a", wanted=NO_NEW).partition("The right answer")[2]
    assert "Failed 8 times in 9 reviews, and suspended." in one_line(said)
    assert "it comes back" not in said
    assert said.count("and suspended") == 1


def test_a_leech_that_is_rated_better_is_none(due: ReviewSeat) -> None:
    for _ in range(LEECH - 1):
        due.lines("a", "", "b", wanted=NO_NEW)
        due.days(1)
    said = due.lines("a", "3", wanted=NO_NEW).partition("Rating (")[2]
    assert "Good: it comes back" in said
    assert "suspended" not in said


def test_40_columns(seat: ReviewSeat) -> None:
    """No line of ours is wider, prompts aside: these end where the answer begins."""
    said = seat.learned().lines("a", "", ":help", "a,b", "", "", "", "", width=40)
    for line in said.splitlines():
        assert len(line) <= 40 or line.startswith(("Answer (", "Rating (")), line


def test_hostile_words_stay_harmless(tmp_path: Path) -> None:
    """In the question, in the leech's confusion, and in what is typed."""
    bank = ReviewSeat(tmp_path).bank
    gate, *rest = bank.questions
    evil = "\x1b[31m[bold]x[/bold] \u202eabc\x07"
    gate = gate._replace(options=(gate.options[0]._replace(text=evil), *gate.options[1:]))
    seat = ReviewSeat(tmp_path, bank._replace(title=evil, questions=(gate, *rest)))
    seat.learned("gate")
    said = ""
    for _ in range(LEECH):
        said += seat.lines("a", "", "b", wanted=NO_NEW)
        seat.days(1)
    said += seat.lines(f":{evil}", f"{evil}", "")
    assert "and suspended" in said
    assert not {"\x1b", "\u202e", "\x07"} & set(said)
    assert "[bold]x[/bold]" in said


# What comes behind a card that was taken back ---------------------------------------------------


def headings(out: str) -> list[str]:
    """What is said to follow, card by card."""
    return [line.split(", ", 1)[1] for line in out.splitlines() if line.startswith("A sample of ")]


def test_a_new_card_that_was_interrupted_by_an_undo_follows(tmp_path: Path) -> None:
    """Within a limit of new cards or of all cards, and when it is taken back twice."""
    two = QueueOptions(new=2)
    seat = ReviewSeat(tmp_path / "new")
    assert headings(seat.lines("b", "", ":undo", wanted=two)) == [
        "1 more new.", "the last one.", "1 more new.",
    ]  # fmt: skip
    seat = ReviewSeat(tmp_path / "limit")
    out = seat.lines("b", "", ":undo", "b", "", wanted=QueueOptions(limit=2))
    assert headings(out) == ["1 more new.", "the last one.", "1 more new.", "the last one."]
    seat = ReviewSeat(tmp_path / "both")
    out = seat.lines("b", "", "a,b", "", ":undo", ":undo", wanted=QueueOptions(new=3))
    assert headings(out)[-2:] == ["1 more new.", "2 more new."]


def test_so_does_a_card_that_is_due(tmp_path: Path) -> None:
    """A limit does not hide it."""
    seat = ReviewSeat(tmp_path).learned()
    told = headings(seat.lines("a", "3", ":undo", "a", "3", wanted=QueueOptions(limit=2)))
    assert told == ["1 more due.", "the last one.", "1 more due.", "the last one."]
