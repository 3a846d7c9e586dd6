"""Questions found by words of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from quizcli.quiz.drawing import usual

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.quiz.model import Bank, Question


def search(banks: Iterable[Bank], words: Sequence[str]) -> Iterator[tuple[Bank, Question]]:
    """The questions that hold all of these words, whatever their case and accents."""
    wanted = [folded(word) for word in words]
    for bank in banks:
        for question in bank.questions:
            text = folded(" ".join(texts_of(usual(question))))
            if all(word in text for word in wanted):
                yield bank, question


def texts_of(question: Question) -> list[str]:
    """All that a question says, its id and tags too."""
    texts = [question.id, question.title, question.prompt, question.back, question.explanation]
    for option in question.options:
        texts += [option.text, option.feedback, option.missed]
    return [*texts, *question.hints, *question.tags]


def folded(text: str) -> str:
    """Without case and accents."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
