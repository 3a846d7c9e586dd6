"""What a review says beside its questions, on a screen and in lines alike."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from quizcli.journal.facts import FactKind
from quizcli.play.commands import bank_name
from quizcli.quiz.grading import Mark
from quizcli.report.words import counted, ended
from quizcli.review import changes
from quizcli.review.changes import resuming
from quizcli.review.counts import QueueCounts, QueueOptions
from quizcli.review.mistakes import Mistakes
from quizcli.review.queue import Mode
from quizcli.scheduling.memory import Rating
from quizcli.terminal.recall import About, SessionSummary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.journal.card_states import CardRow
    from quizcli.journal.facts import Fact
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand, Undone
    from quizcli.review.card_states import CardStates
    from quizcli.review.queue import Queue

PRACTICE = {
    Mode.AHEAD: "Practice before it is due; not recorded.",
    Mode.CRAM: "Practice; not recorded.",
    Mode.DUE: "Once more; not recorded.",
}
ANSWERED = "Already answered: Enter accepts the rating, 1 to 4 change it."
ELSEWHERE = "This card was reviewed in another window; that review counts, not this one."


def rating_of(text: str) -> Rating | None:
    """The rating that a key or a line stands for."""
    return Rating(int(text)) if text in {"1", "2", "3", "4"} else None


def about_card(run: ReviewRun, card: CardInHand) -> About:
    """Why this card is asked, and what was done so far."""
    card_states, row, mode = run.card_states, card.queued.row, run.queue.options.mode
    return About(
        title=card.queued.bank.title,
        left=said_remaining(run.queue),
        reviewed=run.tally.reviewed,
        recalled=run.tally.recalled,
        recall=card_states.recall(row),
        ago=max(0, card_states.today - (row.day or 0)),
        stability=row.stability or 0.0,
        practice=PRACTICE[mode] if card.queued.practice else "",
        more=card.queued.again and mode is Mode.DUE,
        can_undo=run.can_undo,
        can_redo=run.can_redo,
        verb=run.verb,
    )


def said_remaining(queue: Queue) -> str:
    """What comes behind the card that was handed out last, the nearest first."""
    remaining = queue.remaining()
    if remaining is None:
        return ""
    if remaining.due:
        return f"{remaining.due} more due"
    if remaining.new:
        return f"{remaining.new} more new"
    return f"{remaining.again} to repeat" if remaining.again else "the last one"


def said_undone(undone: Undone | None, card_states: CardStates) -> str:
    """What an undo came to."""
    if undone is None:
        return changes.NO_UNDO
    fact, here = undone
    if fact is None or (fact.did is FactKind.REVIEW and here):
        return "Undone; here it is again."
    return changes.said_undone(fact, card_states)


def said_guessed(mark: Mark, *, guess: bool) -> str:
    """Why a right answer is asked again soon; "" where that is not so."""
    return "You marked it as a guess." if mark is Mark.RIGHT and guess else ""


def said_unsaved(run: ReviewRun) -> str:
    """The reviews of a session that are not in the journal; "" where all are."""
    saved, written = run.saved()
    lost, path = written - saved, run.card_states.log.journal.path
    verb = "is" if lost == 1 else "are"
    return f"Not saved: {counted(lost, 'review')} {verb} missing from {path}." if lost else ""


def said_broken_off(run: ReviewRun) -> str:
    """What is saved of a session that the journal's trouble ended: all but the last step, unless
    the file is gone; "" where the error says which other file holds it."""
    if run.card_states.log.journal.kept:
        return ""
    saved, _ = run.saved()
    return f"Saved: {counted(saved, 'review')} from this session. Not saved: what you did last."


def asked_earlier(fact: Fact, card_states: CardStates) -> str:
    """Asks whether something of an earlier session is to be taken back."""
    return f"Undo {changes.named(fact, card_states)}?"


def said_skipped(card: CardInHand) -> str:
    """What leaving a card out means for it."""
    if card.is_practice:
        return "Skipped."
    state = "new" if card.queued.new else "due"
    return f"Skipped for this session; it is still {state}."


def said_leech(run: ReviewRun, card: CardInHand, row: CardRow) -> str:
    """A card that was failed too often, with what is mistaken for its answer."""
    failed = f"Failed {counted(row.lapses, 'time')} in {counted(row.reviews, 'review')}"
    words = [f"{failed}, and suspended."]
    mistakes = mistakes_made(run.card_states, card)
    for most in mistakes.repeated()[:1]:
        of = f"{most.times} of {mistakes.wrong[card.address]} wrong answers were"
        words.append(ended(f"{of}: {most.text}"))
    return f"{' '.join(words)} To bring it back:\n{resuming(row.card)}"


def mistakes_made(card_states: CardStates, card: CardInHand) -> Mistakes:
    """What was wrong with the answers to a card so far."""
    # The question as it is written: what was asked then may have had other numbers.
    mistakes = Mistakes({card.address: card.queued.card.question})
    for fact in card_states.log.facts(card.address):
        mistakes.graded(card.address, fact.chosen, fact.shown, fact.variables)
    return mistakes


def summary(run: ReviewRun) -> SessionSummary:
    """What a session came to, and when the next card is due."""
    tally, queue = run.tally, run.queue
    today = queue.due_today()
    given = [bank for id in queue.banks.only if (bank := queue.banks.bank(id))]
    called = [bank_name(run.env, bank.id, bank.file) for bank in given]
    tags = [f"--tag {quote(tag)}" for tag in queue.options.tags]
    # What is told to be typed next has no --new.
    plain = QueueCounts(run.card_states, queue.banks, QueueOptions(tags=queue.options.tags))
    return SessionSummary(
        tally.reviewed,
        tally.recalled,
        tally.practised,
        run.seconds(),
        left=len(today.asked),
        new=0 if queue.options.new == 0 else plain.new(today),
        new_put_off=queue.new_put_off(today),
        suspended=queue.suspended(),
        coming=queue.forecast().next,
        taken_back=tally.taken_back,
        put_off=today.put_off,
        verb=" ".join([run.verb, *called, *tags]),
        elsewhere=tuple(_elsewhere(run)) if queue.options.new != 0 else (),
    )


def _elsewhere(run: ReviewRun) -> Iterator[tuple[str, str, int]]:
    """The banks whose new cards are not mixed in unasked."""
    for id, new in run.queue.new_elsewhere():
        bank = run.queue.banks.bank(id)
        if bank is not None:
            yield id, f"{run.verb} {bank_name(run.env, id, bank.file)}", new
