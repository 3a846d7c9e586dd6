"""An act of the journal's owner taken back, or let count again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.env import timestamp
from quizcli.journal.acts import Act, ActKind, ActTable
from quizcli.report.times import day

if TYPE_CHECKING:
    from datetime import tzinfo

    from quizcli.review.card_states import CardStates


def take_back(card_states: CardStates, *, redo: bool = False) -> Act | None:
    """Take the latest act back, or with ``redo`` restore the one that was taken back last; None
    where there is none. The states of the cards follow. Raises JournalError."""
    log, env = card_states.log, card_states.env
    acts = ActTable(log.journal)

    def write() -> Act | None:
        candidates = acts.taken_back() if redo else acts.standing()
        if not candidates:
            return None
        target = candidates[0]
        act = acts.act(target.target or 0) if redo else target
        uid, at = env.random.uid(), timestamp(env.clock.now())
        acts.insert(Act(uid, ActKind.UNDO, at, target=target.id))
        if act is not None:
            log.mark_stale(acts.cards_of(act.id))
        return act

    act = log.journal.in_one(write)
    card_states.refresh()
    return act


def said_act(act: Act, zone: tzinfo | None) -> str:
    """What an act was, in words."""
    on = day(act.at, zone)
    if act.did is ActKind.REGRADE:
        return f"the regrade of attempt {act.attempt} on {on}"
    return f"the {act.did} of {act.reason or 'a file'} on {on}"
