"""Flashcards, with keys and in lines: Enter turns, the learner rates, siblings wait."""

from __future__ import annotations

from pathlib import Path
from string import ascii_letters, digits
from typing import TYPE_CHECKING

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.journal.facts import LEECH
from quizcli.play.review.words import ELSEWHERE
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import Mode, QueueOptions
from quizcli.scheduling.memory import Rating
from tests.support.fakes import Then
from tests.support.review_seat import ReviewSeat

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank

EVERYTHING = Path(__file__).parent.parent / "bank" / "good" / "everything.yaml"
BANK = load_bank(EVERYTHING)


def only(*ids: str) -> Bank:
    """The bank with these questions alone."""
    return BANK._replace(questions=tuple(q for q in BANK.questions if q.id in ids))


def seat(root: Path, *ids: str, **window: int) -> ReviewSeat:
    """A seat over these questions of the bank."""
    return ReviewSeat(root, only(*ids), **window)


def test_the_front_hides_the_back(tmp_path: Path) -> None:
    """What is asked, and every key that is valid; no word of the answer."""
    front = seat(tmp_path, "update").until(turned=True)
    assert "Every field of the format · cards the last one" in front.window
    assert "What does Γᵤ decide?" in front.window
    assert "How much of the candidate" not in front.said
    assert "Enter show answer ? hint Tab skip - bury @ suspend Esc leave" in front.window
    assert front.facts == []


@pytest.mark.parametrize("key", [" ", "enter", "right", "down"])
def test_what_turns(tmp_path: Path, key: str) -> None:
    """Nothing is written by turning; the back says what each rating leads to."""
    back = seat(tmp_path, "update").until(key, turned=True)
    assert "✓ How much of the candidate enters the memory:" in back.window
    assert "1 Again (1 d) 2 Hard (2 d) 3 Good (5 d) 4 Easy" in back.window
    assert "Enter Good" in back.window
    assert back.facts == []


@pytest.mark.parametrize(
    ("key", "rating"), [("1", 1), ("2", 2), ("3", 3), ("4", 4), ("enter", 3), (" ", 3)]
)
def test_the_learner_rates(tmp_path: Path, key: str, rating: int) -> None:
    """Enter is good. The rating stays to be read, the time is that of thinking."""
    again = (" ", "enter") if rating == 1 else ()
    card = seat(tmp_path, "update").keys(" ", key, *again, "enter", turned=True)
    fact = card.facts[-1]
    assert (fact.rating, fact.origin, fact.milliseconds) == (rating, "cards", 1000)
    name = Rating(rating).name.capitalize()
    assert f"{name}: it comes back" in card.said
    recalled = 0 if rating == 1 else 1
    assert f"1 review, {recalled} rated hard or better" in card.said


def test_a_key_that_rates_nothing_waits(tmp_path: Path) -> None:
    """On the back, keys without a meaning do nothing."""
    assert seat(tmp_path, "update").until(" ", "x", "9", "?", turned=True).facts == []


def test_options_only_when_asked_for(tmp_path: Path) -> None:
    """o shows those of a choice; the key is offered until then."""
    card = seat(tmp_path, "gates").until(turned=True)
    assert "A single number" not in card.said
    assert "o options" in card.window
    card.until("o", turned=True)
    assert "A single number" in card.said
    assert "o options" not in card.screen.window[-2]


def test_no_letter_turns_a_card_or_puts_it_aside(tmp_path: Path) -> None:
    """Of letters and digits the front says that they do nothing; the back is not left by a letter
    that was pressed twice."""
    front = seat(tmp_path, "update").until(*ascii_letters, *digits, turned=True)
    assert "✓" not in front.said
    assert "'9' does nothing here." in front.window
    assert front.facts == []
    assert seat(tmp_path / "back", "update").until(" ", *ascii_letters, turned=True).facts == []


def test_hints(tmp_path: Path) -> None:
    """One by one, and ? never turns the card."""
    card = seat(tmp_path, "gates").until("?", turned=True)
    assert "Hint: What is it multiplied with?" in card.said
    card.until("?", "?", "?", turned=True)
    assert "Hint: How long is that?" in card.said
    assert "✓" not in card.said


def test_the_reasons_of_a_long_back(tmp_path: Path) -> None:
    """Where the back is more than a screen, e gives the rest."""
    card = seat(tmp_path, "gates", width=40, height=12).until(" ", turned=True)
    assert "e all reasons" in card.window
    assert "It would open or close all units" not in card.said
    card.until(" ", "e", turned=True)
    assert "It would open or close all units" in card.said


@pytest.mark.parametrize(("key", "did"), [("-", "bury"), ("@", "suspend")])
@pytest.mark.parametrize("turned", [(), (" ",)])
def test_put_aside(tmp_path: Path, key: str, did: str, turned: tuple[str, ...]) -> None:
    """From the front and from the back; nothing was reviewed by it."""
    card = seat(tmp_path, "update").keys(*turned, key, turned=True)
    assert card.did == [("update", did)]
    assert "practised" not in card.said


@pytest.mark.parametrize("turned", [(), (" ",)])
def test_left_out(tmp_path: Path, turned: tuple[str, ...]) -> None:
    """Tab leaves it new, from either side."""
    card = seat(tmp_path, "update").keys(*turned, "tab", turned=True)
    assert card.facts == []
    assert "Skipped for this session" in card.said
    assert "1 new card to start: quizcli cards" in card.said


def test_undo(tmp_path: Path) -> None:
    """u on the back and Backspace on the front take the card before back, which is asked again,
    and then the one that was on the screen."""
    for keys in ((" ", "3", " ", "u"), (" ", "3", "backspace")):
        card = seat(tmp_path / str(len(keys)), "update", "gates")
        card.until(*keys, turned=True)
        assert card.facts == []
        assert "Undone; here it is again." in card.said
        assert "How wide is" in card.window
    card.until(" ", "3", "backspace", " ", "2", turned=True)
    assert card.ratings() == {"gates": 2}
    assert "What does Γᵤ decide?" in card.window


def test_leaving(tmp_path: Path) -> None:
    """Before and after it was turned: unrated, nothing is written."""
    card = seat(tmp_path, "update").keys("esc", turned=True)
    card.keys(" ", "esc", turned=True)
    assert card.facts == []


def test_siblings_wait_for_tomorrow(tmp_path: Path) -> None:
    """Of the gaps of one text one is asked a day, in a new session and at home too; and it is not
    said that another is due."""
    card = seat(tmp_path, "two-gates").keys(" ", "1", " ", "enter", "enter", turned=True)
    assert "[which?]" in card.said
    assert [fact.card for fact in card.facts] == ["everything/two-gates#u"]
    assert "Next: 1 card tomorrow." in card.said
    card.keys(turned=True)
    card.days(1).until(turned=True)
    assert card.hand is not None
    assert "the last one" in card.said.rpartition("· cards")[2]


def test_due_siblings_are_counted_once(tmp_path: Path) -> None:
    """Two gaps are due on the same day: one is asked, and the session ends."""
    card = seat(tmp_path, "two-gates")
    for gap in ("u", "f"):
        card.learned(f"two-gates#{gap}")
    card.until(turned=True, wanted=QueueOptions(new=0))
    assert "the last one" in card.window
    card.keys(" ", "3", "enter", turned=True, wanted=QueueOptions(new=0))
    assert "still due" not in card.said


def test_pure_cards_come_in_a_review_too(tmp_path: Path) -> None:
    """A review turns what it cannot grade, and grades what it can."""
    card = seat(tmp_path, "7-true", "update")
    card.until("a")
    assert "Right: a" in card.window
    card.ledger.undo()
    card.keys("a", "enter", " ", "4", "enter")
    assert card.ratings() == {"7-true": 3, "update": 4}
    assert {fact.origin for fact in card.facts if fact.rating} == {"review"}


@pytest.mark.parametrize("mode", [Mode.AHEAD, Mode.CRAM])
def test_practice_is_not_rated(tmp_path: Path, mode: Mode) -> None:
    """Enter alone goes on, and nothing is written."""
    card = seat(tmp_path, "update").learned("update", rating=Rating.EASY)
    card.until(" ", turned=True, wanted=QueueOptions(mode))
    assert "Enter next" in card.window
    assert "again" not in card.window
    card.keys(" ", "enter", "enter", turned=True, wanted=QueueOptions(mode))
    assert len(card.facts) == 1
    assert "1 card practised, not recorded." in card.said


def test_a_card_turned_in_two_windows(tmp_path: Path) -> None:
    """The rating given here is practice, with keys and in lines; the other one counts."""
    card = seat(tmp_path, "update").learned("update")

    def elsewhere() -> None:
        card.ledger.record(card.ledger.row("everything/update"), ReviewInput(Rating.EASY), 0.9)

    card.keys(" ", Then(elsewhere), "1", "enter", turned=True, wanted=QueueOptions(new=0))
    assert ELSEWHERE in card.said
    assert card.ratings() == {"update": 4}
    card.ledger.undo()
    record = card.ledger.record

    def late(*arguments: object) -> object:
        card.ledger.record = record  # type: ignore[method-assign]
        elsewhere()
        return record(*arguments)  # type: ignore[arg-type]

    card.ledger.record = late  # type: ignore[method-assign,assignment]
    said = card.lines("", "1", turned=True, wanted=QueueOptions(new=0))
    assert ELSEWHERE in " ".join(said.split())
    assert "Again: it comes back" not in said
    assert card.ratings() == {"update": 4}


def test_a_leech_among_cards(tmp_path: Path) -> None:
    """No option was mistaken for it; how to bring it back is said."""
    card = seat(tmp_path, "update").learned("update")
    for _ in range(LEECH - 1):
        card.keys(" ", "1", " ", "enter", "enter", turned=True, wanted=QueueOptions(new=0)).days(1)
    card.keys(" ", "1", "enter", turned=True, wanted=QueueOptions(new=0))
    assert "Failed 8 times in 9 reviews, and suspended. To bring it back:" in card.said
    assert "wrong answers were" not in card.said


def test_a_resize_in_the_middle(tmp_path: Path) -> None:
    """The keys are all in sight."""
    card = seat(tmp_path, "update")
    card.until(" ", Then(lambda: card.screen.resize(40, 12)), "resize", "x", turned=True)
    assert "Esc leave" in card.window
    assert "4 Easy" in card.window


def test_in_lines(tmp_path: Path) -> None:
    """A line turns it, a line rates it; an empty one is good."""
    card = seat(tmp_path, "update")
    said = card.lines("?", "?", "", "", turned=True)
    assert "Every field of the format, the last one." in said
    assert "Enter shows the answer, ? hint (:help): " in said
    assert "Hint: It multiplies the candidate." in said
    assert "There are no more hints." in said
    assert "Answer: How much of the candidate enters the memory:" in said
    assert "Good: it comes back in 5 days." in said
    assert card.ratings() == {"update": 3}


def test_in_lines_with_options(tmp_path: Path) -> None:
    """:options shows them, other commands work as in a review, and any other line turns it."""
    card = seat(tmp_path, "gates")
    said = card.lines(":options", ":why", ":help", "turn", "7", "4", turned=True)
    assert "b. A single number" in said
    assert "The reasons come with the answer." in said
    assert "a number from 1 to 4," in said
    assert card.ratings() == {"gates": 4}
    assert ":options shows" in said


@pytest.mark.parametrize(
    ("lines", "did"),
    [
        ((":bury",), [("update", "bury")]),
        ((":suspend",), [("update", "suspend")]),
        (("", ":suspend"), [("update", "suspend")]),
        (("", "3", ":undo"), []),
        (("", ":quit"), []),
        ((":quit",), []),
        (("",), []),
    ],
)
def test_commands_in_lines(
    tmp_path: Path, lines: tuple[str, ...], did: list[tuple[str, str]]
) -> None:
    """Also in place of the rating; a card that was turned and not rated was not reviewed."""
    card = seat(tmp_path, "update", *(["gates"] if ":undo" in lines else []))
    if ":undo" in lines:
        lines = ("", "3", ":undo")
    card.lines(*lines, turned=True)
    assert card.did == did
