"""What a review says beside its questions, on a screen and in lines alike."""

from __future__ import annotations

from collections import Counter
from shlex import quote
from typing import TYPE_CHECKING

from quizcli.journal.reviews import FactKind
from quizcli.play.quiz.start import command
from quizcli.review.queue import Mode, coming
from quizcli.terminal.recall import About, Ended

if TYPE_CHECKING:
    from quizcli.play.review.flow import Reviewing, Undone
    from quizcli.review.card_states import CardStates
    from quizcli.review.queue import Queue, QueuedCard

# Keys that do something else with a card than answering it.
WISHES = {
    "backspace": "undo",
    "delete": "undo",
    "tab": "skip",
    "-": "bury",
    "@": "suspend",
}
PRACTICE = {
    Mode.AHEAD: "Practice ahead of its day, not written down.",
    Mode.CRAM: "Practice, not written down.",
    Mode.DUE: "Once more, not written down.",
}

ELSEWHERE = "This card was reviewed in another window meanwhile; that review counts, not this one."

GUESSED = "You called it a guess."


def about_card(reviewing: Reviewing, drawn: QueuedCard) -> About:
    """Why this card is asked, and what was done so far."""
    ledger, row = reviewing.ledger, drawn.row
    return About(
        title=drawn.bank.title,
        seed=ledger.seed,
        left=left(reviewing.deck),
        reviewed=reviewing.tally.reviewed,
        recalled=reviewing.tally.recalled,
        recall=ledger.recall(row),
        ago=max(0, ledger.today - (row.day or 0)),
        stability=row.stability or 0.0,
        practice=PRACTICE[reviewing.deck.wanted.mode] if drawn.practice else "",
        more=drawn.again and reviewing.deck.wanted.mode is Mode.DUE,
        can_undo=reviewing.can_undo,
        verb="review" if reviewing.origin == "review" else "cards",
    )


def left(deck: Queue) -> str:
    """What comes behind the card that was dealt last, the nearest first."""
    behind = deck.behind()
    if behind is None:
        return ""
    if behind.due:
        return f"{behind.due} more due"
    if behind.new:
        return f"{behind.new} more new"
    return f"{behind.again} to repeat" if behind.again else "the last one"


def said_undone(undone: Undone | None) -> str:
    """What an undo came to."""
    if undone is None:
        return "There is nothing to take back."
    back = "Taken back; here it is again." if undone.here else f"Taken back: {undone.card}."
    return {
        FactKind.REVIEW: back,
        FactKind.SUSPEND: f"No longer suspended: {undone.card}.",
        FactKind.BURY: f"No longer put off: {undone.card}.",
        FactKind.RESUME: f"Put aside again: {undone.card}.",
    }[undone.did]


def said_skipped(reviewing: Reviewing) -> str:
    """What leaving a card out means for it."""
    if reviewing.practice or reviewing.drawn is None:
        return "Left out."
    state = "is new" if reviewing.drawn.new else "is due"
    return f"Left out of this session; it {state} still."


def said_aside(did: FactKind, card: str) -> str:
    """What putting a card aside means, and how it comes back."""
    if did is FactKind.BURY:
        return f"Put off until tomorrow: {card}."
    return f"Suspended. To bring it back:\n{resuming(card)}"


def resuming(card: str) -> str:
    """The command that brings a card back, on a line of its own: it is to be copied."""
    return f"  quizcli review --resume {card}"


def said_leech(reviewing: Reviewing) -> str:
    """A card that was failed too often, with what is mistaken for its answer."""
    drawn = reviewing.drawn
    assert drawn is not None
    assert reviewing.kept is not None
    row = reviewing.kept.after
    words = [f"Failed {row.lapses} times in {row.reviews} reviews, and put aside."]
    found = confusion(reviewing.ledger, drawn)
    if found is not None:
        option, times, failures = found
        text = drawn.card.question.option(option).text
        words.append(f"{times} of {failures} wrong answers were: {text}.")
    return f"{' '.join(words)} To bring it back:\n{resuming(row.card)}"


def confusion(ledger: CardStates, drawn: QueuedCard) -> tuple[str, int, int] | None:
    """The wrong option that is chosen most, how often, and of how many wrong answers; None where
    no wrong option was chosen twice."""
    question = drawn.card.question
    known = {option.id for option in question.options} - question.key
    chosen: Counter[str] = Counter()
    failures = 0
    for fact in ledger.log.facts(drawn.card.address):
        wrong = [id for id in fact.chosen if id in known]
        failures += bool(wrong)
        chosen.update(wrong)
    if not chosen:
        return None
    option, times = chosen.most_common(1)[0]
    return (option, times, failures) if times > 1 else None


def ended(reviewing: Reviewing) -> Ended:
    """What a session came to, and when the next card is due."""
    tally = reviewing.tally
    verb = "review" if reviewing.origin == "review" else "cards"
    given = [bank for id in reviewing.deck.banks.only if (bank := reviewing.deck.banks.bank(id))]
    called = [command(reviewing.env, bank, verb).removeprefix(f"quizcli {verb} ") for bank in given]
    tags = [f"--tag {quote(tag)}" for tag in reviewing.deck.wanted.tags]
    return Ended(
        tally.reviewed,
        tally.recalled,
        tally.practised,
        reviewing.seconds,
        left=reviewing.deck.left(),
        new=reviewing.deck.fresh(),
        coming=coming(reviewing.ledger, reviewing.deck.banks.ids()),
        verb=" ".join([verb, *called, *tags]),
    )
