"""Questions found by words of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from quizcli.quiz.drawing import texts_of, usual
from quizcli.quiz.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.quiz.model import Bank, Question


def search(banks: Iterable[Bank], words: Sequence[str]) -> Iterator[tuple[Bank, Question]]:
    """The questions that hold all of these words, whatever their case and accents."""
    wanted = [folded(word) for word in words]
    for bank in banks:
        for question in bank.questions:
            text = folded(" ".join(_said(usual(question))))
            if all(word in text for word in wanted):
                yield bank, question


def _said(question: Question) -> Iterator[str]:
    """All that a question says: its id and tags, the answers of every kind."""
    yield from (question.id, *question.tags, *question.references)
    yield kind_of(question).front(question, "")  # a text whose gaps are filled
    yield from question.own.get("patterns", ())
    yield from texts_of(question)


def folded(text: str) -> str:
    """Without case and accents."""
    return "".join(sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
