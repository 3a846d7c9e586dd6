"""A review with keys, by scripts of keys over several days: what each key does, and what it leaves
in the journal."""

from __future__ import annotations

from datetime import timedelta
from string import ascii_letters
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.facts import LEECH, FactKind
from quizcli.review.facts import ReviewInput
from quizcli.review.queue import Mode, Queue, QueueOptions
from quizcli.scheduling.memory import Rating
from quizcli.terminal.canvas import WRAP
from tests.support.fakes import Burst, Then, Wait
from tests.support.review_seat import ReviewSeat

if TYPE_CHECKING:
    from pathlib import Path

# What is due after `learned()`: the deck's own order under SEED, all four with equal recall.
ALL = ("gate", "tasks", "decay", "unrolled")


@pytest.fixture
def seat(tmp_path: Path) -> ReviewSeat:
    """A seat over the sample bank, in which nothing was reviewed yet."""
    return ReviewSeat(tmp_path)


@pytest.fixture
def due(seat: ReviewSeat) -> ReviewSeat:
    """A seat at which the question on the gate is due, and nothing is new."""
    return seat.learned("gate")


NO_NEW = QueueOptions(new=0)
# What ends a session of one card: one that was failed is asked once more before.
AFTER = {rating: ("enter",) if rating > 1 else ("b", "enter", "enter") for rating in Rating}


# Before an answer ------------------------------------------------------------------------------


def test_the_first_screen_says_why_and_what_to_press(due: ReviewSeat) -> None:
    """Which bank, why this card today, the question, and every key that is valid."""
    due.until(wanted=NO_NEW)
    assert "A sample of everything · review the last one" in due.window
    assert "Recall today 77% likely; last seen yesterday; stability 0.2 days." in due.window
    assert (
        "None reviewed yet a–c answer A–C guess ? hint Tab skip ⌫ undo - bury @ suspend "
        "Esc leave" in due.window
    )


def test_a_new_card_says_so(seat: ReviewSeat) -> None:
    """New cards come in the bank's order, with how many follow; there is nothing to undo."""
    seat.until()
    assert "3 more new" in seat.window
    assert "New: asked for the first time." in seat.window
    assert "⌫" not in seat.window


@pytest.mark.parametrize(
    ("key", "rating", "guess"), [("b", 3, False), ("2", 3, False), ("B", 1, True), ("a", 1, False)]
)
def test_an_answer_proposes_its_rating(due: ReviewSeat, key: str, rating: int, guess: bool) -> None:
    """Right is good; wrong is again; a guess is again even when it was lucky. Enter accepts."""
    due.until(key, "enter", wanted=NO_NEW)
    fact = due.facts[-1]
    assert (fact.rating, fact.guess, fact.milliseconds) == (rating, guess, 1000)
    assert fact.chosen == (("one",) if key == "a" else ("units",))
    assert fact.shown == ("one", "units", "words")
    assert due.did == [("gate", "review")] * 2


def test_the_rating_is_written_before_it_is_accepted(due: ReviewSeat) -> None:
    """The answer is in the journal when its feedback is drawn."""
    due.until("b", wanted=NO_NEW)
    assert due.did == [("gate", "review")] * 2
    assert "Good: it comes back in 2 days." in due.window
    each = "1 Again (1 d) 2 Hard (1 d) 3 Good (2 d) 4 Easy (4 d)"
    outlook = due.run.outlook(due.hand)
    assert [outlook[rating] for rating in Rating] == [1, 1, 2, 4]
    assert f"Enter accept {each} e all reasons ⌫ undo - bury @ suspend Esc leave" in due.window


@pytest.mark.parametrize(("key", "said"), [("B", True), ("b", False), ("A", False)])
def test_a_lucky_guess_says_why_it_is_again(due: ReviewSeat, key: str, said: bool) -> None:
    """Right, and yet it comes back tomorrow: that needs a reason, and nothing else does."""
    due.until(key, wanted=NO_NEW)
    assert ("Again: it comes back tomorrow. You marked it as a guess." in due.window) == said


def test_several_are_ticked_and_a_guess_is_marked(seat: ReviewSeat) -> None:
    """~ marks the whole answer; a second one takes it back."""
    seat.learned("tasks").until("a", "b", "~", wanted=NO_NEW)
    assert "~ sure" in seat.window
    seat.until("a", "b", "~", "enter", wanted=NO_NEW)
    assert (seat.facts[-1].guess, seat.facts[-1].rating) == (True, 1)


def test_partly_right_is_again(seat: ReviewSeat) -> None:
    """One of two."""
    seat.learned("tasks").until("a", "enter", wanted=NO_NEW)
    assert "Partly right" in seat.window
    assert seat.facts[-1].rating == 1


def test_hints_come_one_by_one(due: ReviewSeat) -> None:
    """The key goes when there is none left, and then says so."""
    due.until("?", wanted=NO_NEW)
    assert "Hint: What is the gate multiplied by?" in due.said
    assert "element by element" not in due.said
    assert "? hint" in due.window
    due.until("?", "?", wanted=NO_NEW)
    assert "? hint" not in due.window.rpartition("None reviewed")[2]
    due.until("?", "?", "?", wanted=NO_NEW)
    assert "There are no more hints." in due.window


def test_a_key_that_does_nothing_says_so(due: ReviewSeat) -> None:
    """Not one that a hand may have meant: nothing is lost by it."""
    due.until("x", wanted=NO_NEW)
    assert "'x' does nothing here." in due.window
    assert len(due.facts) == 1


def test_skipped_cards_are_due_still(due: ReviewSeat) -> None:
    """Tab leaves a card out of this session alone."""
    due.keys("tab", wanted=NO_NEW)
    assert "Skipped for this session; it is still due." in due.said
    assert "Nothing was reviewed. 1 card still due: quizcli review" in due.said
    assert due.did == [("gate", "review")]


def test_what_skipping_means(seat: ReviewSeat) -> None:
    """A new card stays new; a card that is asked once more is not due."""
    seat.until("tab")
    assert "Skipped for this session; it is still new." in seat.said
    seat.learned("gate").keys("a", "enter", "tab", "enter", wanted=NO_NEW)
    assert "Skipped. 1 review, 0 rated hard or better" in seat.said


def test_what_is_left_is_counted_down(seat: ReviewSeat) -> None:
    """A skipped card does not come any more, nor is it counted; a failed one comes once more."""
    seat.learned()
    for skipped, words in enumerate(("3 more due", "2 more due", "1 more due", "the last one")):
        seat.screen.reset()
        seat.until(*["tab"] * skipped)
        assert words in seat.said.rpartition("A sample of everything")[2]


@pytest.mark.parametrize(
    ("key", "did", "said"),
    [
        ("-", "bury", "Buried until tomorrow: sample/gate."),
        ("@", "suspend", "Suspended. To bring it back: quizcli review --resume sample/gate"),
    ],
)
def test_put_aside(due: ReviewSeat, key: str, did: str, said: str) -> None:
    """- until tomorrow, @ until it is brought back; each says so, and is not asked today."""
    due.keys(key, wanted=NO_NEW)
    assert said in due.said
    assert due.did[-1] == ("gate", did)
    assert ("Next: 1 card tomorrow." in due.said) == (did == "bury")
    due.keys(wanted=NO_NEW).days(1)
    if did == "bury":
        due.until(wanted=NO_NEW)
    else:
        due.keys(wanted=NO_NEW)


@pytest.mark.parametrize("key", ["-", "@"])
def test_put_aside_and_taken_back(seat: ReviewSeat, key: str) -> None:
    """The card is asked after all, and then the one that was on the screen."""
    seat.learned("gate", "decay").until(wanted=NO_NEW)
    first = seat.hand.address
    seat.until(key, "backspace", wanted=NO_NEW)
    assert seat.hand.address == first
    assert "No longer" in seat.window
    assert "1 more due" in seat.said.rpartition("A sample of everything")[2]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (["-"], "Buried until tomorrow: sample/"),
        (["@"], "Suspended. To bring it back: quizcli review --resume sample/"),
        (["tab"], "Skipped for this session"),
        (["-", "backspace"], "No longer buried: sample/"),
        (["-", "backspace", "U"], "Redone: the burying of sample/"),
        (["a", "enter", "u"], "Undone; here it is again."),
        (["a", "enter", "-"], "Buried until tomorrow: sample/"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_what_became_of_a_card_is_seen_beside_a_long_one(
    tmp_path: Path, keys: list[str], words: str, *, turned: bool
) -> None:
    """It stood above the next card alone, which may push it out of the window."""
    seat = ReviewSeat(tmp_path, width=40, height=12).learned()
    if turned:
        keys = [{"a": "enter", "enter": "3"}.get(key, key) for key in keys]
    seat.until(*keys, wanted=NO_NEW, turned=turned)
    assert words in seat.window


def test_undo_at_a_failed_card_leaves_it_practice(seat: ReviewSeat) -> None:
    """One failed, the other right; at the failed one, once more, the other is taken back: it is
    asked again, and then the failed one once more, which still writes nothing."""
    seat.learned("decay", "unrolled")
    seat.keys(
        "b", "enter", "a", "enter", "backspace", "a", "enter", "a", "enter", "enter", wanted=NO_NEW
    )  # fmt: skip
    assert len(seat.facts) == 4
    assert "2 reviews, 1 rated hard or better" in seat.said
    assert "1 card practised, not recorded." in seat.said


def test_suspended_after_an_answer_and_taken_back(due: ReviewSeat) -> None:
    """The answer stands: the card is not asked a second time."""
    due.keys("b", "@", "u", "enter", wanted=NO_NEW)
    assert due.did == [("gate", "review")] * 2
    assert "No longer suspended: sample/gate." in due.said
    assert due.said.count("1 review, 1 rated hard or better") == 2


def test_a_command_to_copy_has_a_line_of_its_own(tmp_path: Path) -> None:
    """Also in a narrow window."""
    seat = ReviewSeat(tmp_path, width=40, height=12).learned("gate").keys("@", wanted=NO_NEW)
    assert "   quizcli review --resume sample/gate" in seat.screen.text.split("\n")


def test_a_card_put_aside_after_an_undo_was_not_practised(due: ReviewSeat) -> None:
    """The answer was taken back, so there was none."""
    due.keys("a", "u", "@", "enter", wanted=NO_NEW)
    assert due.run.tally == (0, 0, 0, 1)
    assert "practised" not in due.said


# After an answer --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["enter", " ", "right", "down"])
def test_going_on_accepts(due: ReviewSeat, key: str) -> None:
    """Each of the keys that a hand may lie on; the rating stays to be read."""
    due.keys("b", key, "enter", wanted=NO_NEW)
    assert due.did == [("gate", "review")] * 2
    assert due.said.count("Good: it comes back in 2 days.") == 1
    assert "1 review, 1 rated hard or better, in 2 s." in due.said


def test_what_leaves_a_card_out_does_not_rate_it(due: ReviewSeat) -> None:
    """Tab behind an answer says which keys do, until another one is pressed."""
    due.until("b", "tab", "tab", wanted=NO_NEW)
    assert "Already answered: Enter accepts the rating, 1 to 4 change it." in due.window
    assert "Enter accept" in due.window


def test_a_card_can_be_rated_where_tab_did_not(due: ReviewSeat) -> None:
    due.keys("b", "tab", "2", "enter", wanted=NO_NEW)
    assert due.ratings()["gate"] == 2


@pytest.mark.parametrize(
    ("key", "name"), [("1", "Again"), ("2", "Hard"), ("3", "Good"), ("4", "Easy")]
)
def test_digits_override(seat: ReviewSeat, key: str, name: str) -> None:
    """The rating counts that the learner gave; where it is another one than was proposed, the next
    screen says what it came to, until a key is pressed."""
    seat.learned("decay", "unrolled").until("a", key, wanted=NO_NEW)
    (first,) = {fact.card for fact in seat.facts[2:]}
    assert seat.ratings()[first.partition("/")[2]] == int(key)
    said = f"{name}: it comes back"
    recalled = "0 rated hard or better" if key == "1" else "1 rated hard or better"
    assert (f"1 reviewed · {recalled}") in seat.window
    last = seat.screen.window[-5:]
    assert any(said in line for line in last) == (key != "3")
    seat.ledger.undo()
    seat.until("a", key, "x", wanted=NO_NEW)
    assert not any(said in line for line in seat.screen.window[-5:])
    assert said in seat.said


@pytest.mark.parametrize("rating", Rating)
def test_the_days_promised_are_the_days_kept(due: ReviewSeat, rating: Rating) -> None:
    """After each rating the card is due on the very day that was said."""
    due.until("b", wanted=NO_NEW)
    promised = due.run.outlook(due.hand)[rating]
    assert f"{int(rating)} {rating.name.capitalize()} ({promised} d)" in due.window
    due.ledger.undo()
    due.keys("b", str(int(rating)), *AFTER[rating], wanted=NO_NEW)
    assert due.ledger.row("sample/gate").due == due.ledger.today + promised


def test_undo_after_an_answer_asks_it_again(due: ReviewSeat) -> None:
    """u takes the review back, as if it had not been."""
    before = due.row("gate")
    due.until("a", "u", wanted=NO_NEW)
    assert "Undone; here it is again." in due.said
    assert due.row("gate") == before
    assert "How many entries has" in due.window
    due.keys("b", "enter", "enter", wanted=NO_NEW)
    assert "1 review, 1 rated hard or better" in due.said


def test_undo_before_an_answer_goes_back_a_card(seat: ReviewSeat) -> None:
    """Backspace: the card before is asked again, and then the one that was on the screen."""
    seat.learned("gate", "decay", rating=Rating.AGAIN)
    seat.until(wanted=NO_NEW)
    first = seat.hand.address
    right = {"sample/gate": "b", "sample/decay": "a"}
    second = next(card for card in right if card != first)
    seat.until(right[first], "4", "backspace", wanted=NO_NEW)
    assert seat.hand.address == first  # type: ignore[union-attr]
    assert "1 more due" in seat.window
    assert "None reviewed yet" in seat.window
    seat.until(right[first], "4", "backspace", right[first], "3", wanted=NO_NEW)
    assert seat.hand.address == second  # type: ignore[union-attr]


def test_undo_reaches_into_earlier_sessions(due: ReviewSeat) -> None:
    """The first review was yesterday, in another session; then nothing is left, and the key does
    nothing but say so."""
    due.until("backspace", "y", wanted=NO_NEW)
    assert due.facts == []
    assert "New: asked for the first time." in due.said
    assert "⌫" not in due.screen.window[-2]
    due.until("backspace")
    assert "There is nothing to undo." in due.window
    assert due.run._number == 1  # it stays with the card


def test_undo_from_the_finished_screen(due: ReviewSeat) -> None:
    """The session goes on with the card; its end is said anew."""
    before = due.row("gate")
    due.until("b", "enter", "u", wanted=NO_NEW)
    assert "Undone; here it is again." in due.window
    due.screen.reset()
    due.keys("b", "enter", "u", "b", "4", "enter", wanted=NO_NEW)
    assert due.ratings()["gate"] == 4
    assert due.said.count("1 review, 1 rated hard or better") == 2
    due.ledger.undo()
    assert due.row("gate") == before


def test_step_by_step_back_across_a_restart(seat: ReviewSeat) -> None:
    """Four reviews with other ratings, a card put off, one suspended: each undo restores the
    states before its step, in whatever session."""
    seat.learned()

    def states() -> list[object]:
        return [seat.row(name) for name in ALL]

    before = [states()]
    for _ in range(2):
        seat.until()
        several = seat.hand.question.id == "tasks"
        seat.until(*(("a", "enter", "4") if several else ("a", "4")))
        before.append(states())
    seat.until("-")
    before.append(states())
    seat.keys("@")
    before.append(states())
    for state in reversed(before[:-1]):
        assert seat.ledger.undo() is not None
        assert states() == state


@pytest.mark.parametrize("key", ["e", "E"])
def test_all_reasons(due: ReviewSeat, key: str) -> None:
    """e shows those that the answer did not touch."""
    reason = "The vocabulary fixes the width of the input, not of the gate."
    due.until("b", wanted=NO_NEW)
    assert reason not in due.said
    due.ledger.undo()
    due.until("b", key, wanted=NO_NEW)
    assert reason in due.said


@pytest.mark.parametrize(
    ("key", "did"), [("@", "suspend"), ("ctrl-x", "suspend"), ("-", "bury"), ("ctrl-p", "bury")]
)
def test_put_aside_after_an_answer(due: ReviewSeat, key: str, did: str) -> None:
    """The review is kept, the card put aside; it is not asked once more."""
    due.keys("a", key, "enter", wanted=NO_NEW)
    assert due.did[-2:] == [("gate", "review"), ("gate", did)]
    assert "1 review, 0 rated hard or better" in due.said


def test_no_letter_suspends_after_an_answer(due: ReviewSeat) -> None:
    """A letter that meant an option a moment ago puts no card aside."""
    letters = sorted(set(ascii_letters) - set("uU"))
    assert due.until("b", *letters, wanted=NO_NEW).did == [("gate", "review")] * 2


def test_a_failed_card_comes_once_more_and_is_not_written(due: ReviewSeat) -> None:
    """At the end, as practice: it says so, offers no rating, and changes nothing."""
    due.until("a", "enter", wanted=NO_NEW)
    assert "the last one Once more; not recorded. An LSTM" in due.said
    row = due.row("gate")
    due.ledger.undo()
    due.until("a", "enter", "b", "4", wanted=NO_NEW)
    assert "Enter next e all reasons" in due.window
    assert "accept" not in due.screen.window[-2]
    assert due.row("gate") == row


def test_the_whole_of_a_failed_card(due: ReviewSeat) -> None:
    """Answered wrong, then once more: one review, one practised, back tomorrow."""
    due.keys("a", "enter", "b", "enter", "enter", wanted=NO_NEW)
    assert "1 review, 0 rated hard or better, in 4 s. 1 card practised, not recorded." in due.said
    assert "Next: 1 card tomorrow." in due.said
    assert len(due.facts) == 2


def test_typed_ahead_is_dropped_at_feedback(due: ReviewSeat) -> None:
    """A digit pressed twice chooses; it does not rate as well."""
    due.until(Burst(("2", "2")), wanted=NO_NEW)
    assert due.ratings()["gate"] == 3


# Leaving -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["esc", "eof"])
def test_leaving_keeps_what_was_answered(due: ReviewSeat, key: str) -> None:
    """Before an answer and after it."""
    due.keys(key, wanted=NO_NEW)
    assert "Nothing was reviewed. 1 card still due: quizcli review" in due.said
    due.keys("b", key, wanted=NO_NEW)
    assert due.ratings() == {"gate": 3}
    assert "1 review, 1 rated hard or better" in due.said
    assert due.said.count("Good: it comes back") == 1


def test_leaving_may_be_asked(due: ReviewSeat) -> None:
    """With confirm-leave: Enter stays, Esc leaves; nothing is said twice for it."""
    due.keys("b", "esc", "enter", "esc", "esc", wanted=NO_NEW, confirm=True)
    assert due.said.count("Good: it comes back") == 1


def test_a_session_without_a_card_ends_at_once(seat: ReviewSeat) -> None:
    """Nothing is pressed to leave what was empty; what to type next is said."""
    seat.learned("gate", rating=Rating.EASY).keys(wanted=NO_NEW)
    assert "Nothing is due." in seat.said
    assert "Practise before that: quizcli review --ahead" in seat.said


def test_the_first_session_of_all(seat: ReviewSeat) -> None:
    """No card, no history: the way in is named."""
    seat.keys(wanted=NO_NEW)
    assert "Nothing is due." in seat.said
    assert "Start some now: quizcli review --new 3" in seat.said


def test_new_cards_that_wait_are_named(seat: ReviewSeat) -> None:
    """Leaving before they are started."""
    seat.keys("b", "enter", "esc")
    assert "1 review, 1 rated hard or better" in seat.said
    assert "3 new cards to start: quizcli review" in seat.said


# What is asked -------------------------------------------------------------------------------------


def test_new_cards_within_the_daily_limit(tmp_path: Path) -> None:
    """Two a day, however many sessions there are; --new overrides it."""
    seat = ReviewSeat(tmp_path, new_per_day=2)
    seat.until()
    assert "1 more new" in seat.said
    seat.keys("b", "enter", "esc")
    assert "1 new card to start" in seat.said
    seat.until()
    assert "the last one" in seat.said
    seat.keys("a", "b", "enter", "enter", "enter")
    seat.keys()
    seat.until(wanted=QueueOptions(new=1))


def test_a_limit_counts_cards(seat: ReviewSeat) -> None:
    """And says how many of them are left."""
    seat.learned()
    seat.until(wanted=QueueOptions(limit=2))
    assert "1 more due" in seat.window
    seat.keys("tab", "tab", wanted=QueueOptions(limit=2))


def test_minutes_end_a_session(seat: ReviewSeat) -> None:
    """A card begun is finished; no other is asked."""
    seat.learned("gate", "decay")
    seat.keys("?", "a", "enter", "enter", wanted=NO_NEW, minutes=0.02)
    assert "1 review" in seat.said
    assert seat.said.count("Recall today") == 1


@pytest.mark.parametrize("mode", [Mode.AHEAD, Mode.CRAM])
def test_practice_writes_nothing(seat: ReviewSeat, mode: Mode) -> None:
    """Neither an answer nor a rating; there is none to give."""
    seat.learned("gate", rating=Rating.EASY)
    words = {Mode.AHEAD: "Practice before it is due; not recorded.",
             Mode.CRAM: "Practice; not recorded."}  # fmt: skip
    wanted = QueueOptions(mode, limit=1)
    seat.until(wanted=wanted)
    assert words[mode] in seat.window
    several = seat.hand.question.id == "tasks"
    answer = ("a", "enter") if several else ("a",)
    seat.until(*answer, "1", "2", wanted=wanted)
    assert "again" not in seat.window
    assert "Enter next" in seat.window
    seat.keys(*answer, "enter", "enter", wanted=wanted)
    assert "1 card practised, not recorded." in seat.said
    assert len(seat.facts) == 1


def test_a_review_in_another_window_counts_once(due: ReviewSeat) -> None:
    """What was answered here is told to be practice; the log has the other one alone."""

    def elsewhere() -> None:
        due.ledger.record(due.ledger.row("sample/gate"), ReviewInput(Rating.EASY), 0.9)

    due.until(Then(elsewhere), "a", "1", wanted=NO_NEW)
    said = "This card was reviewed in another window; that review counts, not this one."
    assert said in due.window
    assert "Enter next" in due.window
    assert [fact.rating for fact in due.facts] == [1, 4]


def test_what_another_window_did_is_undone_only_where_that_is_wanted(seat: ReviewSeat) -> None:
    """It was taken back without a word, since it was no older than this session."""

    def elsewhere() -> None:
        seat.ledger.record(seat.ledger.row("sample/decay"), ReviewInput(Rating.EASY), 0.9)

    seat.learned().until(Then(elsewhere), "backspace", wanted=NO_NEW)
    assert "Undo the review of sample/decay" in seat.window
    seat.until("-", Then(elsewhere), "backspace", wanted=NO_NEW)
    assert "Undo the review of sample/decay" in seat.window
    seat.until("-", "backspace", wanted=NO_NEW)
    assert "No longer buried" in seat.window


# Leeches -------------------------------------------------------------------------------------------


def test_a_leech_is_told_with_its_confusion(due: ReviewSeat) -> None:
    """On the eighth lapse: how often, which wrong option it was each time, how to bring it back."""
    for _ in range(LEECH - 1):
        due.keys("a", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    assert "and suspended" not in due.said
    due.keys("c", "enter", "enter", wanted=NO_NEW)
    assert "Failed 8 times in 9 reviews, and suspended." in due.said
    assert "7 of 8 wrong answers were: 1." in due.said
    assert "To bring it back: quizcli review --resume sample/gate" in due.said
    assert due.row("gate").suspended
    due.ledger.undo()
    assert not due.row("gate").suspended


def test_a_leech_is_told_in_its_feedback(due: ReviewSeat) -> None:
    """Before the rating is accepted, in the place of the day on which it would come back; another
    rating may still be given."""
    for _ in range(LEECH - 1):
        due.keys("a", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    due.until("a", wanted=NO_NEW)
    assert "Failed 8 times in 9 reviews, and suspended." in due.window
    assert "it comes back" not in due.window
    assert "Enter accept" in due.window


def test_a_leech_by_another_rating(due: ReviewSeat) -> None:
    """Right, and rated again by the learner: the confusion is what was chosen before."""
    for _ in range(LEECH - 1):
        due.keys("c", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    due.keys("b", "1", "enter", wanted=NO_NEW)
    assert "Failed 8 times in 9 reviews, and suspended." in due.said
    assert "7 of 7 wrong answers were: 10" in due.said


def test_a_slip_is_no_confusion(due: ReviewSeat) -> None:
    """A wrong option that was chosen once is not named."""
    for _ in range(LEECH - 1):
        due.keys("B", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    due.keys("a", "enter", "enter", wanted=NO_NEW)
    assert "and suspended. To bring it back:" in due.said


def test_hostile_words_stay_harmless(tmp_path: Path) -> None:
    """A leech quotes an option of its bank: neither escapes nor markup come through."""
    from tests.support.samples import sample_bank

    bank = sample_bank()
    gate = bank.questions[0]
    evil = "\x1b[31m[bold]x[/bold] \u202eabc\x07"
    options = (gate.options[0]._replace(text=evil), *gate.options[1:])
    gate = gate._replace(options=options, title=evil)
    seat = ReviewSeat(tmp_path, bank._replace(title=evil, questions=(gate, *bank.questions[1:])))
    seat.learned("gate")
    for _ in range(LEECH - 1):
        seat.keys("a", "enter", "b", "enter", "enter", wanted=NO_NEW).days(1)
    seat.keys("a", "enter", "enter", wanted=NO_NEW)
    assert "and suspended" in seat.said
    assert "\x1b[31m" not in seat.screen.written
    assert "\u202e" not in seat.screen.written
    assert "\x07" not in seat.screen.written
    assert "[bold]x[/bold]" in seat.said


# The window ----------------------------------------------------------------------------------------


def test_a_resize_before_an_answer(due: ReviewSeat) -> None:
    """All of the keys are there."""
    due.until(Then(lambda: due.screen.resize(40, 12)), "resize", "x", wanted=NO_NEW)
    assert "Esc leave" in due.window


def test_a_window_made_lower_after_an_answer(due: ReviewSeat) -> None:
    """No key is pressed: the resize alone brings the verdict into sight. A real terminal wraps its
    lines anew, which this one does not, so what is written is looked at."""
    due.until("b", Then(lambda: due.screen.resize(40, 12)), "resize", Wait(0.2), wanted=NO_NEW)
    assert due.screen.written.removesuffix(WRAP).endswith(
        " ✓ Right: b, 100.\n Good: it comes back in 2 days.\n Enter accept   1 Again (1 d)\n"
        " 2 Hard (1 d)   3 Good (2 d)\n 4 Easy (4 d)   e all reasons   ⌫ undo\n - bury   @ suspend   Esc leave\n"
    )


@pytest.mark.parametrize("answer", [("a",), ("b",)])
def test_the_verdict_is_in_sight_in_a_low_window(tmp_path: Path, answer: tuple[str, ...]) -> None:
    """40 × 12: the verdict, the rating and all keys, however long the reasons."""
    seat = ReviewSeat(tmp_path, width=40, height=12).learned("gate")
    seat.until(*answer, wanted=NO_NEW)
    verdict = "✗ Wrong: you chose a, 1." if answer == ("a",) else "✓ Right: b, 100."
    assert verdict in seat.window
    assert "it comes back" in seat.window
    assert "Enter accept" in seat.window
    assert "Esc leave" in seat.window


def test_an_undo_after_the_last_minute_asks_again(due: ReviewSeat) -> None:
    """What was promised comes, however late it is."""
    due.until("b", "u", wanted=NO_NEW, minutes=0.01)
    assert "here it is again" in due.said
    assert "a–c answer" in due.window


def test_what_another_window_put_off_is_not_asked(tmp_path: Path) -> None:
    """Due or new, while the list is walked that was made before."""
    for due in (False, True):
        root = tmp_path / str(due)
        root.mkdir()
        seat = ReviewSeat(root)
        if due:
            for question in seat.bank.questions:
                row = seat.ledger.row(f"{seat.bank.id}/{question.id}")
                seat.ledger.record(row, ReviewInput(Rating.GOOD), 0.9)
            seat.clock.start += timedelta(days=30)
        queue = Queue(seat.ledger, seat.run.queue.banks)
        first = queue.next()
        assert first is not None
        rest = [f"{seat.bank.id}/{q.id}" for q in seat.bank.questions]
        for card in rest:
            if card != first.card.address:
                seat.ledger.mark(card, FactKind.BURY)
        assert queue.next() is None, due


def test_the_end_counts_ratings(tmp_path: Path) -> None:
    """And says so: a wrong answer that was rated good is one of them, a right one rated again is
    none."""
    seat = ReviewSeat(tmp_path).learned("gate", "decay")
    seat.keys("a", "3", "a", "1", "esc", wanted=NO_NEW)
    assert "2 reviews, 1 rated hard or better" in seat.said
