"""Flashcards in plain mode: both sides as lines of text, for pipes and screen readers.

A gap is called by a word, since a screen reader passes over brackets and dots.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz import cards
from quizcli.quiz.steps import letter
from quizcli.terminal import plain, plain_grade
from quizcli.terminal.right_answer import right_answer
from quizcli.terminal.turning import instruction

if TYPE_CHECKING:
    from quizcli.terminal.turning import Turning


def front(state: Turning, title: str, number: int, total: int, width: int) -> list[str]:
    """The title of its bank, its number among how many, and what is asked; no options."""
    return plain.lines(f"{title}, card {number} of {total}.", width) + asked(state, width)


def asked(state: Turning, width: int) -> list[str]:
    """What is asked, with its figure, below a title; no options."""
    question = state.card.question
    out = plain.prose(cards.front(state.card).replace("[…]", "[blank]"), width)
    if question.figure:
        out += plain.prose(question.figure.alt, width, "Figure: ")
    asks = instruction(state.card)
    return [*out, *plain.lines(asks, width)] if asks else out


def options(state: Turning, width: int) -> list[str]:
    """The options with their letters, where the card has any."""
    out: list[str] = []
    for index, option in enumerate(state.item.options):
        out += plain.prose(option.text, width, f"{letter(index)}. ", "   ")
    return out


def hint(words: str, width: int) -> list[str]:
    """One of the question's hints."""
    return plain.hint(words, width)


def back(state: Turning, width: int) -> list[str]:
    """The answer, the reason for each option, the explanation, where to read on."""
    question, item = state.card.question, state.item
    if question.options:
        out = plain.lines(right_answer(item, str), width) + plain_grade.reasons(item, width)
    else:
        out = plain.prose(cards.back(state.card), width, "Answer: ")
    if question.explanation:
        out += plain.prose(question.explanation, width, "Why: ")
    for reference in question.references:
        out += plain.lines(f"See: {reference}", width)
    return out
