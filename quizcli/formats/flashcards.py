"""The cards of a bank as two sides, for programs that know flashcards alone: a question is asked
with its options, and its key stands on the back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    pair_losses,
    question_losses,
)
from quizcli.formats.losses import Loss
from quizcli.quiz.cards import address, cards_in
from quizcli.quiz.cards import back as back_of
from quizcli.quiz.cards import front as front_of
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.listing import listed
from quizcli.quiz.shuffle import option_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.formats.format import ExportSource
    from quizcli.quiz.model import Question

# What a card has no side for.
_DROPPED = {
    "title", "hints", "references", "demo", "figure", "variables", "scenario", "patterns",
    "tolerance", "expect", "near", "exact", "unit_required", "points", "credit", "difficulty",
    "time",
}  # fmt: skip


class TwoSides(NamedTuple):
    """A card: the address by which it is known, both sides as our texts, and its tags."""

    address: str
    front: str
    back: str
    tags: tuple[str, ...] = ()


def two_sided(source: ExportSource, losses: list[Loss]) -> Iterator[TwoSides]:
    """All cards of a bank, in its order."""
    bank = source.bank
    losses += bank_losses(source.fields, source.fields.get("defaults", ()))  # of quizzes alone
    for written, fields in zip(bank.questions, source.fields["questions"], strict=True):
        question = usual(written)
        cards = cards_in(bank.id, question)
        if not cards:  # there is nothing to compare an answer with
            losses.append(NoPlaceError(*called(question.kind)).loss(fields))
            continue
        losses += question_losses({n: fields[n] for n in fields if n in _DROPPED}, ())
        losses += option_losses(fields)
        losses += pair_losses(fields)
        if question.kind != "card":
            losses.append(Loss(0, "question", "", "written in flashcard form"))
        losses += [Loss(0, "further answer")] * (len(fields.get("answers", ())) - 1)
        for card in cards:
            front = "\n\n".join((front_of(card), *_parts(question, bank.id)))
            why = f"\n\n{question.explanation}" if question.explanation else ""
            at = address(bank.id, question.id, card.gap)
            yield TwoSides(at, front, f"{back_of(card)}{why}".strip(), question.tags)


def _parts(question: Question, bank: str) -> Iterator[str]:
    """What an answer is made of, beside its prompt: options, or what is to be matched or ordered,
    which stands in an order that does not tell the answer."""
    if question.options:
        yield listed(("-", option.text) for option in question.options)
        return
    kind = kind_of(question)
    if lefts := kind.lefts(question):
        yield listed((f"{n}.", left.text) for n, left in enumerate(lefts, 1))
    if parts := option_order(question, bank, 1, shuffle=True):
        if tuple(part.id for part in parts) == kind.key(question):  # by chance
            parts = parts[::-1]
        yield listed(("-", part.text) for part in parts)
