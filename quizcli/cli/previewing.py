"""``quizcli bank preview``: which question is meant, and with which answer."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from quizcli.bank.faults import BankError
from quizcli.bank.shelf import NoSuchBankError, shipped
from quizcli.cli.naming import Named, bank_of, named_question
from quizcli.play.slips import NEARLY
from quizcli.quiz.cards import cards_in
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.model import Place
from quizcli.quiz.session import Session
from quizcli.quiz.steps import Item
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean
from quizcli.terminal.preview import CardPreview, Preview
from quizcli.terminal.turning import Turning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.cli.context import Context
    from quizcli.quiz.grading import Response
    from quizcli.quiz.model import Bank, Question
    from quizcli.quiz.steps import Policy


def previewed(
    open_bank: Callable[[str], Bank],
    name: Named,
    answer: str | None,
    seed: int | None,
    policy: Policy,
    *,
    every: bool,
    hints: bool,
) -> Preview | CardPreview:
    """What a preview shows of a question, of a flashcard both sides; of a bank alone its first
    question, as a quiz under this policy does. Raises UserError, BankError, NoSuchBankError."""
    (bank, question), gap = _found(open_bank, name), name.gap
    if not kind_of(question).quizzed:
        if answer is not None:
            raise UserError(f"'{question.id}' is a flashcard: it is rated, not answered")
        return CardPreview(tuple(_turned(bank, question, gap)), bank.title, hints)
    if gap:
        raise UserError(f"'{question.id}' has no gaps — leave out #{gap}")
    # Without a seed the usual numbers, in an order that is always the same.
    session = Session(bank, 1 if seed is None else seed, policy, vary=seed is not None)
    item = session.item(question.id)
    assert item is not None
    response = None if answer is None else _response(item, answer.strip())
    nearly = response is not None and item.kind.near(item.question, response.given)
    told = f"{NEARLY} If the same answer is given again:" if nearly else ""
    return Preview(session, item, response, every, hints, told)


def _found(open_bank: Callable[[str], Bank], name: Named) -> tuple[Bank, Question]:
    """The bank, and the question or its first one."""
    try:
        bank = bank_of(name, open_bank)
    except NoSuchBankError as error:
        if name.question or error.here:
            raise
        raise UserError(f"{error}; write it as BANK/QUESTION") from None
    return bank, named_question(bank, name.question) if name.question else bank.questions[0]


def _turned(bank: Bank, question: Question, gap: str) -> Iterator[Turning]:
    """The cards of a question, or the one of a gap."""
    cards = cards_in(bank.id, question)
    chosen = [card for card in cards if gap in {"", card.gap}]
    if not chosen:
        gaps = [card.gap for card in cards if card.gap]
        if not gaps:
            raise UserError(f"'{question.id}' has no gaps — leave out #{gap}")
        hint = did_you_mean(gap, gaps, "the gaps are")
        raise UserError(f"'{question.id}' has no gap '{gap}' — {hint}")
    for card in chosen:
        yield Turning(card, Item(question, question.options))


def _response(item: Item, answer: str) -> Response:
    from quizcli.quiz.grading import BadResponse, Response

    if not answer:
        return Response.of()
    try:
        return item.parse(answer)
    except BadResponse as bad:
        raise UserError(str(bad)) from None


def place_of(context: Context, name: Named) -> Place:
    """Where a question stands, or where a bank begins; found also where the file
    has faults. Raises UserError, for a bank that comes with the program too."""
    shelf, file = context.shelf, context.locate(name.bank)
    if file.parent == shipped():
        own = shelf.folders[0] / file.name
        raise UserError(
            f"{file} comes with the program — copy it, and your copy is used instead: "
            f"cp {quote(str(file))} {quote(str(own))}"
        )
    try:
        bank, question = _found(lambda _: shelf.load(file), name)
    except BankError as error:
        return error.faults[0].place
    return question.place if name.question else Place(bank.file, 1, 1)
