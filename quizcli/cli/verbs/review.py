"""``quizcli review``: each question again on the day on which it is about to be forgotten."""

from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded, notice
from quizcli.cli.options import (
    AheadOption,
    BanksOption,
    CramOption,
    LimitOption,
    MinutesOption,
    NewOption,
    PlainOption,
    SeedOption,
    TagOption,
)

if TYPE_CHECKING:
    from quizcli.play.review.flow import Reviewing
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates
    from quizcli.review.queue import QueueOptions


@guarded
def review(
    bank: BanksOption = None,
    limit: LimitOption = None,
    minutes: MinutesOption = None,
    tag: TagOption = None,
    new: NewOption = None,
    ahead: AheadOption = False,
    cram: CramOption = False,
    queue: Annotated[
        bool, typer.Option("--queue", help="List the cards and when each is due.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take the latest review back, or what put a card aside.")
    ] = False,
    suspend: Annotated[
        str | None, typer.Option(metavar="CARD", help="Put a card aside.")
    ] = None,
    resume: Annotated[
        str | None, typer.Option(metavar="CARD", help="Bring a card back that was put aside.")
    ] = None,
    shuffle: Annotated[
        bool | None,
        typer.Option("--shuffle/--no-shuffle", help="Shuffle the options, or keep the bank's "
                     "order. [default: the bank's own]", show_default=False),
    ] = None,
    seed: SeedOption = None,
    plain: PlainOption = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --queue or --undo: print JSON.")
    ] = False,
) -> None:  # fmt: skip
    """Review what is due: one key answers, and the day on which it comes back follows."""
    from quizcli.cli.context import journal as open_journal
    from quizcli.cli.memory import ledger_of, mode_of, shelf_banks
    from quizcli.report.codes import UserError
    from quizcli.review.queue import QueueOptions

    if json and not (queue or undo):
        raise UserError("--json goes with --queue or --undo — after a review: quizcli stats --json")
    wanted = QueueOptions(mode_of(ahead=ahead, cram=cram), tuple(tag or ()), new, limit)
    journal = open_journal()
    try:
        ledger = ledger_of(journal, env().random.seed() if seed is None else seed)
        if undo:
            _undo(ledger, as_json=json)
            return
        for card, did in ((suspend, "suspend"), (resume, "resume")):
            if card is not None:
                _aside(ledger, card, did)
        if suspend or resume:
            return
        banks = shelf_banks(ledger, bank or [])
        if queue:
            _list(ledger, banks, wanted, as_json=json, plain=plain)
            return
        journal.check_writable()
        ask(ledger, banks, wanted, shuffle=shuffle, minutes=minutes, plain=plain)
    finally:
        journal.close()


def ask(
    ledger: "CardStates",
    banks: "Banks",
    wanted: "QueueOptions",
    *,
    shuffle: bool | None = None,
    minutes: float | None = None,
    plain: bool = False,
    turned: bool = False,
) -> None:
    """A session at the terminal or in lines. ``turned``: as flashcards."""
    from quizcli.cli.context import look, plain_wanted
    from quizcli.cli.memory import check_tags
    from quizcli.play.review.flow import Reviewing
    from quizcli.review.queue import Queue

    check_tags(banks, wanted.tags)
    deck = Queue(ledger, banks, wanted)
    origin = "cards" if turned else "review"
    reviewing = Reviewing(
        env(), ledger, deck, shuffle=shuffle, minutes=minutes, origin=origin, turned=turned
    )
    if env().interactive and not plain_wanted(plain):
        _with_keys(reviewing)
        return
    from quizcli.play.review.lines import LineReview

    lines = LineReview(env(), reviewing, min(look(plain=True).width, 80))
    if not lines.run() and not lines.left:
        kept = reviewing.tally.reviewed > 0
        notice(f"the input ended{'; what was answered is kept' if kept else ' before an answer'}")
        raise typer.Exit(1)


def _with_keys(reviewing: "Reviewing") -> None:
    from contextlib import suppress

    from quizcli.cli.config_values import chosen
    from quizcli.cli.context import look
    from quizcli.cli.screen import StreamScreen, keyboard
    from quizcli.play.review.keys import KeyReview, ReviewConsole

    with keyboard() as keys:
        screen = StreamScreen()
        # What was typed before this point has been echoed.
        screen.write("\r\x1b[K")
        try:
            leave = bool(chosen("confirm-leave"))
            KeyReview(ReviewConsole(reviewing, keys, screen, look, confirm_leave=leave)).run()
        finally:
            with suppress(OSError):  # the terminal may be gone
                screen.write("\x1b[?25h")


def _list(
    ledger: "CardStates", banks: "Banks", wanted: "QueueOptions", *, as_json: bool, plain: bool
) -> None:
    from quizcli.cli.context import show
    from quizcli.cli.memory import check_tags
    from quizcli.review.queue import Queue
    from quizcli.review.queue_view import queue_result

    check_tags(banks, wanted.tags)
    show(queue_result(ledger, banks, Queue(ledger, banks, wanted)), as_json=as_json, plain=plain)


def _undo(ledger: "CardStates", *, as_json: bool) -> None:
    from quizcli.cli.context import show
    from quizcli.journal.reviews import FactKind
    from quizcli.play.review.flow import Undone
    from quizcli.play.review.words import said_undone
    from quizcli.report.result import Paragraph, Result
    from quizcli.review.queue_view import card_data

    fact = ledger.undo()
    undone = None if fact is None else Undone(fact.card, fact.did)
    data = {
        "undone": None if fact is None else str(fact.did),
        "card": None if fact is None else card_data(ledger.row(fact.card), ledger),
    }
    said = said_undone(undone)
    if fact is not None and fact.did is FactKind.REVIEW:
        said = f"Taken back: the review of {fact.card}."
    show(Result(data=data, body=(Paragraph(said),)), as_json=as_json)


def _aside(ledger: "CardStates", card: str, did: str) -> None:
    from quizcli.cli.context import show
    from quizcli.cli.memory import known_card
    from quizcli.journal.reviews import FactKind
    from quizcli.play.review.words import said_aside
    from quizcli.report.result import Paragraph, Result

    address = known_card(ledger, card)
    row = ledger.row(address)
    away = row.suspended if did == "suspend" else row.suspended or row.buried >= ledger.today
    if did == "suspend" and away:
        said = f"{address} is suspended already; nothing was changed."
    elif did == "resume" and not away:
        said = f"{address} is not put aside; nothing was changed."
    else:
        ledger.mark(address, FactKind(did))
        said = (
            f"Brought back: {address}."
            if did == "resume"
            else said_aside(FactKind.SUSPEND, address)
        )
    show(Result(body=(Paragraph(said),)))
