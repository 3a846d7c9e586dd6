"""The right answer of a question in words, as every view says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.markup import running
from quizcli.report.words import ended, listed
from quizcli.terminal import plain
from quizcli.terminal.layout import cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.quiz.model import Option
    from quizcli.quiz.steps import Item

ANY_LENGTH = 10**6


def right_answer(
    item: Item, text: Callable[[str], str], longest: int = ANY_LENGTH, *, the: str = "The"
) -> str:
    """A sentence: ``The answer is b, 100.`` or ``The answers are a and c.``; ``text`` writes bank
    text, ``longest`` is how many cells of an option's text stand within it, and ``the`` is how it
    begins."""
    right = [option for option in item.options if option.correct] if item.kind.chooses else []
    if item.kind.form in {"pairs", "order"}:
        words = plain.letters(item, item.key)
    elif item.kind.chooses:
        words = named(item, right, text, longest)
    else:
        words = text(key_words(item))
    return ended(f"{the} {'answers are' if len(right) > 1 else 'answer is'} {words}")


def named(
    item: Item, options: Sequence[Option], text: Callable[[str], str], longest: int = ANY_LENGTH
) -> str:
    """``b, 100``: one option with its text where that is short, else letters alone: texts were said
    with the question, and would make one long sentence."""
    if len(options) == 1 and running(options[0].text):
        said = " ".join(text(options[0].text).split())
        if cells(said) <= longest:
            return f"{item.letter(options[0].id)}, {said}"
    return listed([item.letter(option.id) for option in options])


def key_words(item: Item) -> str:
    """The right answer of a question that is answered by typing."""
    return ", ".join(item.kind.describe(item.question, item.key))
