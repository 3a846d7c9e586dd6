"""Free answers: an essay, a proof, a sketch in words, shown with a model answer and never graded by
the program. A person marks it, and until then it is outside the score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds.base import RECORDED, Given, Kind
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.kinds.base import Misread
    from quizcli.quiz.model import Option, Question, Rational

LONGEST = 10_000  # characters of an answer


class Free(Kind):
    """The kind of a question that a person marks."""

    name = "free"
    ask = "Write the answer in your own words; a person will mark it."
    graded = False
    guesses = False
    literal = True
    rules = (RECORDED,)
    blanks = frozenset({""})
    takes = ("points", "model")

    def fields(self) -> tuple[Field, ...]:
        """An answer to compare with."""
        return (Field("model", Type.TEXT, "a model answer, shown after a free answer"),)

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        """One text, of as many paragraphs as it has."""
        return super().read(question, ["\n\n".join(parts)] if parts else [])

    def check(self, question: Question, given: Given) -> None:
        """One text that is not too long."""
        if len(given) > 1:
            raise BadResponse(f"'{question.id}' takes one text, not {len(given)}")
        if given and len(given[0]) > LONGEST:
            raise BadResponse("That is too long", f"{LONGEST:,} characters at most")
        if given and not given[0].strip():
            raise BadResponse("Type an answer; an empty line skips, :help explains.")

    def credit(self, _question: Question, _given: Given, _rule: str) -> Rational:
        """Nothing, as long as nobody marked it."""
        return 0

    def key(self, _question: Question) -> Given:
        """There is none."""
        return ()

    def mistakes(self, _question: Question, _given: Given) -> tuple[str, ...]:
        """Whether it is one the program cannot say."""
        return ()

    def sides(self, _question: Question, _given: Given = ()) -> tuple[Option, ...]:
        """It claims nothing."""
        return ()

    def gaps(self, question: Question) -> tuple[str, ...]:
        """It can be learned where there is something to compare with."""
        return ("",) if self.back(question, "") else ()

    def back(self, question: Question, _gap: str) -> str:
        """The model answer."""
        model: str = question.own.get("model", "")
        return model


KIND = Free()
