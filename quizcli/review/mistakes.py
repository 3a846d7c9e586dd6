"""What was wrong with an old answer: judged by the bank as it is, under the numbers of then."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.drawing import drawn
from quizcli.quiz.grading import Mark, grade
from quizcli.quiz.kinds import kind_of
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Question


# A wrong option chosen twice is a misconception, once it may be a slip.
LEAST_CHOSEN = 2
# Of a text that differs from draw to draw, so many are told, those chosen last: numbers and
# symbols, which take no more signs than this. Of sentences, which differ in a word, the last one.
MOST_TEXTS, SHORT = 3, 80


class Misconception(NamedTuple):
    """A wrong option, how often it was chosen, of how many answers to its question."""

    card: str
    option: str
    text: str
    times: int
    answers: int


class Mistakes:
    """Answers graded by the ``questions`` of cards as they are, and what was wrong with them;
    ``wrong`` are how many of a card's had a mistake, and ``unjudged`` how many answers had a
    question or a part that is in no bank now."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions
        self._answers: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.unjudged = 0
        self._chosen: Counter[tuple[str, str]] = Counter()
        self._texts: dict[tuple[str, str], dict[str, None]] = {}

    def graded(
        self,
        card: str,
        chosen: Sequence[str],
        shown: Sequence[str],
        variables: Mapping[str, str],
    ) -> bool | None:
        """Whether an answer, as the journal keeps it, is right; None where that cannot be said."""
        question = self._questions.get(card)
        if question is None or not chosen:
            self.unjudged += bool(chosen)
            return None
        right, mistakes = judged(asked_then(question, variables), chosen, shown)
        self.unjudged += right is None and kind_of(question).graded
        self._answers[card] += 1
        self.wrong[card] += bool(mistakes)
        for word, text in mistakes:
            self._chosen[card, word] += 1
            texts = self._texts.setdefault((card, word), {})
            texts.pop(text, None)  # so that the latest stands last
            texts[text] = None
            if len(texts) > MOST_TEXTS + 1:
                del texts[next(iter(texts))]
        return right

    def repeated(self) -> tuple[Misconception, ...]:
        """Wrong options that were chosen more than once, the most frequent first. One that read
        otherwise under other values is told as it was read then."""
        return tuple(
            Misconception(
                card,
                word,
                _one_text([*self._texts[card, word]]),
                times,
                self._answers[card],
            )
            for (card, word), times in self._chosen.most_common()
            if times >= LEAST_CHOSEN
        )


def _one_text(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    latest = texts[-MOST_TEXTS:]
    every = listed([*latest, "another"] if len(texts) > len(latest) else latest, "or")
    return every if len(every) <= SHORT else f"{texts[-1].removesuffix('.')} (when last chosen)"


def asked_then(question: Question, variables: Mapping[str, str]) -> Question | None:
    """The question with the values that its variables had; None where these are not known, or are
    no values of it any more."""
    if "variables" not in question.own:
        return question
    try:
        return drawn(question, variables) if variables else None
    except ValueError:
        return None


def judged(
    question: Question | None, chosen: Sequence[str], shown: Sequence[str]
) -> tuple[bool | None, list[tuple[str, str]]]:
    """Whether an answer is right, None where nothing was answered, nothing that can be one, or what
    only a person can mark; and its mistakes, each as a word that stands for it and as a text. Of
    one of whose parts some are not in the question any more, those of the others. ``shown`` are the
    parts that were shown then: they tell which of today's an edited one is."""
    if question is None or not chosen:
        return None, []
    kind, right = kind_of(question), None
    given = kind.today(question, tuple(shown), tuple(chosen))
    with suppress(ValueError):  # the bank was edited
        found = grade(question, given)
        right = found.mark is Mark.RIGHT if found.counts else None
    if right:
        return right, []
    if right is None:
        given = tuple(word for word in given if _fits(question, word))
    words = kind.mistakes(question, given) if given else ()
    return right, [(word, kind.mistake_text(question, word)) for word in words]


def _fits(question: Question, word: str) -> bool:
    """Whether a part of an answer may still be given."""
    try:
        kind_of(question).check(question, (word,))
    except ValueError:
        return False
    return True
