"""The banks whose cards are reviewed, found wherever they lie; and what cannot be found is told."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.bank.shelf import ShelfIndex
    from quizcli.cli.context import Context
    from quizcli.journal.bank_files import BankFiles
    from quizcli.quiz.model import Bank
    from quizcli.review.banks import Banks
    from quizcli.review.card_states import CardStates
    from quizcli.review.counts import QueueOptions
    from quizcli.review.queue import Queue


def card_banks(context: Context, card_states: CardStates, names: Sequence[str] = ()) -> Banks:
    """The banks named, or those of the shelf and those that were opened by a path before, each
    opened when it is needed. What hides a bank is told."""
    from quizcli.quiz.cards import addresses, renamed
    from quizcli.review.banks import Banks

    def opened(bank: Bank) -> None:
        card_states.renamed(renamed(bank), addresses(bank))

    if names:
        given = _named(context, names)
        for bank in given:
            remember(context, bank)
        return Banks(given=given, opened=opened)
    index, elsewhere = context.shelf.index(), context.elsewhere.files_now
    tell_of_files(context, index, elsewhere)
    apart = context.elsewhere.files_beside(index.used)
    open_bank = partial(_bank_or_why, context, index, elsewhere)
    return Banks(open_bank, [*index.used, *apart], opened=opened, read=index.used)


def _named(context: Context, names: Sequence[str]) -> list[Bank]:
    """The banks that were named. Of two files with one id the first is used, which is told."""
    from quizcli.bank.addresses import real_path

    given: dict[str, Bank] = {}
    for bank in map(context.named_bank, names):
        used, file = Path(given.setdefault(bank.id, bank).file), Path(bank.file)
        if real_path(used) != real_path(file):
            _tell_hidden(context, bank.id, file, used)
    return [*given.values()]


def _bank_or_why(
    context: Context, index: ShelfIndex, elsewhere: Mapping[str, Path], id: str
) -> Bank | str:
    """The bank with this id, or why there is none that can be used, with what helps."""
    from shlex import quote

    from quizcli.bank.faults import BankError
    from quizcli.cli.elsewhere import gone

    file = elsewhere.get(id)
    # The shelf was looked through once: of a hundred banks that are gone none is looked for.
    if id in index.used:
        with suppress(BankError):  # it may have become another meanwhile
            return context.shelf.load(index.used[id])
    for faulty in index.faulty if not file else ():
        if faulty.stem == id:
            return f"it has faults — quizcli bank check {quote(str(faulty))}"
    if not file:
        where = context.shelf.folders[0]
        return (
            f"no bank has that id — put its file into {where}, or type: quizcli review FILE; if "
            f"the bank has a new id now, add 'formerly: [{id}]' to it"
        )
    try:
        bank = context.shelf.load(file)
    except BankError:
        cannot = f"{file} cannot be read — quizcli bank check {quote(str(file))}"
        return cannot if file.exists() else gone(file)
    if bank.id == id:
        return bank
    now = f"{file} now contains the bank '{bank.id}'"
    return f"{now}; if that is the same one, add 'formerly: [{id}]' to it"


def remember(context: Context, bank: Bank, *, learned: bool = True) -> None:
    """Keep in mind where a bank lies that is not on the shelf, so that it and its cards are found
    by its id. One of which nothing is ``learned`` now, such as of an exam, takes the id from none
    on the shelf and from none that has cards."""
    from quizcli.journal.bank_files import BankFiles

    file = context.env.cwd / bank.file
    if context.shelf.means(bank.id, file):
        return
    files = BankFiles(context.journal)
    if learned or not _is_taken(context, files, bank.id):
        from quizcli.env import timestamp

        now = timestamp(context.env.clock.now())
        files.remember(bank.id, file.as_posix(), now)


def _is_taken(context: Context, files: BankFiles, id: str) -> bool:
    """Whether an id means a bank on the shelf, or one that is remembered and has cards."""
    from quizcli.journal.card_states import StateTable

    has_cards = id in files.files() and StateTable(context.journal).has_any(id)
    return has_cards or id in context.shelf.ids()


def tell_of_files(context: Context, index: ShelfIndex, elsewhere: Mapping[str, Path]) -> None:
    """Files of the learner's own that cannot be used, or that another one hides."""
    from quizcli.bank.addresses import real_path

    own = context.shelf.folders[0]
    for file in index.faulty:
        context.left_out(file)
    hidden = [(id, file, used) for id, file, used in index.hidden if file.parent == own]
    for id, file in elsewhere.items():  # a quiz asks such a file by its path; its cards are lost
        used = index.used.get(id)
        if used is None or real_path(used) == real_path(file):
            continue
        # Of one that was copied to the shelf nothing is lost, as long as both say the same.
        if _contains(context, file, id) and not _are_alike(used, file):
            hidden.append((id, file, used))
    for id, file, used in hidden:
        _tell_hidden(context, id, file, used)


def _tell_hidden(context: Context, id: str, file: Path, used: Path) -> None:
    context.notice(
        f"two files contain the bank '{id}': {used} is used, and {file} is not — delete one of "
        "them, or give it another id"
    )


def _are_alike(one: Path, other: Path) -> bool:
    from filecmp import cmp

    with suppress(OSError):
        return cmp(one, other, shallow=False)
    return False


def _contains(context: Context, file: Path, id: str) -> bool:
    """Whether a file is there, and has the bank with this id still."""
    from quizcli.bank.faults import BankError

    with suppress(BankError):
        return file.is_file() and context.shelf.id_in(file) == id
    return False


def card_queue(
    context: Context, card_states: CardStates, banks: Banks, options: QueueOptions | None = None
) -> Queue:
    """What there is to be asked; cards that are due and cannot be asked are told."""
    from quizcli.quiz.cards import question_and_gap
    from quizcli.report.words import counted, first_of
    from quizcli.review.queue import Queue

    queue = Queue(card_states, banks, options)
    missing = queue.unreachable()
    if missing:
        total = sum(each.due for each in missing)
        are = "is" if total == 1 else "are"
        banks_ = "; ".join(f"{each.bank} ({each.due}): {each.why}" for each in missing[:5])
        more = f"; and {len(missing) - 5} more" if len(missing) > 5 else ""
        context.notice(
            f"{counted(total, 'card')} {are} due, but the bank cannot be read: {banks_}{more}"
        )
    strayed = queue.strayed()
    gaps = [card for card in strayed if "#" in card and _has_question(banks, card)]
    if gaps:
        are = "is" if len(gaps) == 1 else "are"
        context.notice(
            f"{counted(len(gaps), 'card')} {are} due, but the gap is no longer in the text: "
            f"{first_of(gaps, 5)} — if it has a new id, give it its old one back; to "
            f"suspend it: quizcli review --suspend '{gaps[0]}'"
        )
    strayed = [card for card in strayed if card not in gaps]
    if strayed:
        are = "is" if len(strayed) == 1 else "are"
        it, its = ("it has", "its") if len(strayed) == 1 else ("one has", "their")
        old = question_and_gap(strayed[0])[0]
        context.notice(
            f"{counted(len(strayed), 'card')} {are} due, but the question is no longer in {its} "
            f"bank: {first_of(strayed, 5)} — if {it} a new id now, add 'formerly: [{old}]' "
            f"to it; to suspend it: quizcli review --suspend {strayed[0]}"
        )
    return queue


def _has_question(banks: Banks, card: str) -> bool:
    """Whether the bank of a card has its question still."""
    from quizcli.quiz.cards import bank_of, note

    return any(note(each) == note(card) for each in banks.cards(bank_of(card)))
