"""A quiz in one file, as a format that banks are exported to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.handout import handout
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.losses import Loss
from quizcli.pages.quiz_page import QuizContent, quiz_page
from quizcli.quiz.blueprint import TooFewError
from quizcli.quiz.cards import pure, quizzed
from quizcli.quiz.session import Session
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.quiz.variables import NoDraw
from quizcli.report.codes import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.formats.format import ExportSource
    from quizcli.quiz.model import Bank
    from quizcli.quiz.steps import Item
    from quizcli.report.pictures import Picture
    from quizcli.report.result import Block


def written(source: ExportSource) -> ExportFile:
    """The page of a bank. Without a seed its questions have their usual numbers, as a preview has.
    Raises UserError."""
    bank, (keyless, seed, variants, evidence) = source.bank, source.options
    if keyless and evidence:
        raise UserError("the evidence gives the key away — leave out --evidence or --keyless")
    asked = handout(bank).bank if keyless else bank
    first = 1 if seed is None else seed
    seeds = range(first, first + (variants or 1))
    if seeds[-1] > MAX_SEED:
        raise UserError(f"the last seed would be {seeds[-1]}, above {MAX_SEED} — start lower")
    vary = seed is not None or variants is not None
    try:
        sessions = [
            Session(asked, one, vary=vary, sections=asked.draw) for one in seeds if quizzed(asked)
        ]
    except (TooFewError, NoDraw) as error:
        raise UserError(str(error)) from None
    content = QuizContent(asked, sessions, seeds, pure(asked))
    page = quiz_page(content, _measured) if evidence else quiz_page(content)
    return ExportFile(page, tuple(_losses(bank, keyless=keyless, evidence=evidence)))


def _measured(item: Item, seed: int) -> Sequence[Block | Picture]:
    """What was measured of a question, if it has an experiment."""
    from quizcli.cli.paging import measured

    return tuple(measured(item, seed)) if item.question.demo else ()


def _losses(bank: Bank, *, keyless: bool, evidence: bool) -> Iterator[Loss]:
    """What of a bank is not in its page; that a page without the key has none is no loss."""
    if keyless:
        yield from [Loss(0, "flashcard")] * len(pure(bank))
    elif not evidence:
        yield from (Loss(0, "experiment") for question in bank.questions if question.demo)


FORMAT = BankFormat(
    "html", "a quiz in one file, for a browser", (".html", ".htm"), write=written,
    options=("keyless", "seed", "variants", "evidence"),
)  # fmt: skip
