"""``quizcli bank preview``: which question is meant, and with which answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.shelf import NoSuchBankError
from quizcli.quiz.session import Session
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean
from quizcli.terminal.preview import Preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.quiz.grading import Response
    from quizcli.quiz.model import Bank
    from quizcli.quiz.session import Item


def previewed(
    open_bank: Callable[[str], Bank],
    address: str,
    answer: str | None,
    seed: int,
    *,
    every: bool,
    hints: bool,
) -> Preview:
    """What a preview shows of BANK/QUESTION. Raises UserError, BankError, NoSuchBankError."""
    session, item = _asked(open_bank, address, seed)
    response = None if answer is None else _response(item, answer.strip())
    return Preview(session, item, response, every, hints)


def _asked(open_bank: Callable[[str], Bank], address: str, seed: int) -> tuple[Session, Item]:
    """The question of an address in a session over its bank; the first of a bank alone."""
    name, slash, id = address.rpartition("/")
    if not slash or address.endswith((".yaml", ".yml")):
        name, id = address, ""
    try:
        session = Session(open_bank(name), seed)
    except NoSuchBankError:
        if slash:
            raise
        raise UserError(f"'{address}' names no question — write BANK/QUESTION") from None
    if not id:
        return session, session.items[0]
    for item in session.items:
        if item.question.id == id:
            return session, item
    hint = did_you_mean(id, [each.id for each in session.bank.questions], "questions are")
    raise UserError(f"{session.bank.id} has no question '{id}' — {hint}")


def _response(item: Item, answer: str) -> Response:
    from quizcli.quiz.grading import BadResponse, Response

    if not answer:
        return Response.of()
    try:
        return item.parse(answer)
    except BadResponse as bad:
        raise UserError(str(bad)) from None
