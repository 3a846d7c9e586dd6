"""A word or a few are typed: right where they are one of those accepted.

Case, spaces, accents, width and the form of quotation marks and dashes make no difference unless
the question says so (``exact``, where ``width`` names the last two). An answer within ``near``
edits of an accepted one is asked once more where that does no harm. Patterns are regular
expressions that must not backtrack for long: a few repeats, each of what has one form, and answers
of 200 characters at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.quiz.fields import Field, Type
from quizcli.quiz.kinds.base import Given, Kind, OwnFault
from quizcli.quiz.kinds.folding import EXACT, folded
from quizcli.quiz.kinds.foreseen import CLAIM, EXPECT, SHAPES, Foreseen, foreseen
from quizcli.quiz.kinds.patterns import LONGEST, compiled, unsafe
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.model import Option, Question, Rational

MAX_NEAR = 3


class Text(Kind):
    """The kind of a question whose answer is typed in words."""

    name = "text"
    ask = "Type the answer."
    literal = True
    begins = frozenset({"-", "@"})  # -r, @property: as commands they would put the card aside
    blanks = frozenset({""})  # null may be the answer
    handed = ("exact",)
    needs = ("prompt", "answers")
    takes = ("points", "demo", "near", "exact", "patterns", "expect", "claim")

    def fields(self) -> tuple[Field, ...]:
        """What is accepted, and how narrowly; foreseen answers."""
        return (
            Field(
                "answers",
                Type.TEXTS,
                "accepted answers; the first is the one shown (required for a text)",
            ),
            Field("patterns", Type.TEXTS, "regular expressions that are also accepted"),
            Field(
                "near",
                Type.COUNT,
                "allow one correction if an answer is off by up to this many letters (3 at most)",
            ),
            Field("exact", Type.TEXTS, "differences that count: case, spaces, accents, width"),
            EXPECT,
            CLAIM,
        )

    def shapes(self) -> Mapping[str, tuple[Field, ...]]:
        """That of a foreseen answer."""
        return SHAPES

    def faults(self, question: Question) -> list[OwnFault]:
        """Words that are none, patterns that may take for ever, a foreseen answer that is right."""
        own = question.own
        found = [
            OwnFault("exact", f"'{word[:40]}' is not a valid value of 'exact'", f"write {EXACT}", n)
            for n, word in enumerate(own.get("exact", ()))
            if word not in EXACT
        ]
        if own.get("near", 0) > MAX_NEAR:
            found.append(OwnFault("near", f"'near' is {own['near']}", f"write {MAX_NEAR} or less"))
        for field in ("answers", "expect"):
            texts = own["answers"] if field == "answers" else [e.answer for e in foreseen(question)]
            found += [
                OwnFault(
                    field, f"the answer '{text[:20]}…' is too long", f"{LONGEST} letters at most", n
                )
                for n, text in enumerate(texts)
                if self._is_long(question, text)
            ]
        found += [
            OwnFault("patterns", f"the pattern '{pattern[:40]}' {wrong[0]}", wrong[1], n)
            for n, pattern in enumerate(own.get("patterns", ()))
            if (wrong := unsafe(pattern, own.get("exact", ())))
        ]
        if not found:
            found += [
                OwnFault(
                    "expect", f"the anticipated answer '{each.answer}' is right", "remove it", n
                )
                for n, each in enumerate(foreseen(question))
                if _is_right(question, each.answer)
            ]
        return found

    def asked(self, question: Question) -> Any:
        """What makes a difference is part of the question."""
        return list(question.own.get("exact", ())) or None

    def check(self, question: Question, given: Given) -> None:
        """One text that is not too long."""
        if len(given) > 1:
            raise BadResponse(f"'{question.id}' takes one text, not {len(given)}")
        if given and self._is_long(question, given[0]):
            raise BadResponse("That is too long", f"{LONGEST} characters at most")
        if given and not folded_answer(question, given[0]):
            raise BadResponse("Type an answer; an empty line skips, :help explains.")

    def _is_long(self, question: Question, text: str) -> bool:
        """A letter may be folded to eighteen: what is compared is bounded too."""
        return max(len(text), len(folded_answer(question, text))) > LONGEST

    def credit(self, question: Question, given: Given, _rule: str) -> Rational:
        """All where it is accepted, else nothing."""
        return int(any(_is_right(question, text) for text in given))

    def key(self, question: Question) -> Given:
        """The first that is accepted."""
        return tuple(question.own["answers"][:1])

    def near(self, question: Question, given: Given) -> bool:
        """Whether a wrong answer is so near a right one that it may be a slip."""
        edits = question.own.get("near", 0)
        if not edits or not given or _is_right(question, given[0]):
            return False
        if self._foreseen(question, given):  # no slip, but what somebody believes
            return False
        text = folded_answer(question, given[0])
        return any(
            within(text, folded_answer(question, right), edits) for right in question.own["answers"]
        )

    def reason(self, question: Question, given: Given) -> str:
        """The feedback of the wrong answer that was foreseen."""
        found = self._foreseen(question, given)
        return found.feedback if found else ""

    def _foreseen(self, question: Question, given: Given) -> Foreseen | None:
        text = folded_answer(question, given[0]) if given else ""
        found = (e for e in foreseen(question) if folded_answer(question, e.answer) == text)
        return next(found, None)

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The text without what makes no difference."""
        return tuple(
            folded_answer(question, text) for text in given if not _is_right(question, text)
        )

    def sides(self, question: Question, _given: Given = ()) -> tuple[Option, ...]:
        """The right answer and those foreseen, where they claim something; what else is typed
        claims nothing."""
        from quizcli.quiz.model import Option

        answer, claim = question.own["answers"][0], question.own.get("claim")
        right = Option(answer, answer, correct=True, claim=claim)
        wrong = (Option(each.answer, each.answer, claim=each.claim) for each in foreseen(question))
        return tuple(side for side in (right, *wrong) if side.claim is not None)

    def sided(self, question: Question, given: Given) -> frozenset[str]:
        """The side of the right answer, however it was put, or that of a foreseen one."""
        texts = {folded_answer(question, each.answer): each.answer for each in foreseen(question)}
        return frozenset(
            question.own["answers"][0]
            if _is_right(question, text)
            else texts.get(folded_answer(question, text), text)
            for text in given
        )


def _is_right(question: Question, text: str) -> bool:
    text = folded_answer(question, text)
    if any(text == folded_answer(question, answer) for answer in question.own["answers"]):
        return True
    exact = question.own.get("exact", ())
    return len(text) <= LONGEST and any(
        compiled(pattern, exact).fullmatch(text) for pattern in question.own.get("patterns", ())
    )


def folded_answer(question: Question, text: str) -> str:
    """A text without what makes no difference to this question, as far as it is looked at."""
    return folded(text[: LONGEST + 1], question.own.get("exact", ()))[: LONGEST + 1]


def within(one: str, other: str, edits: int) -> bool:
    """Whether so many insertions, deletions, replacements and swaps of neighbours, or fewer, make
    one text the other (optimal string alignment)."""
    if abs(len(one) - len(other)) > edits:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, another in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (sign != another))
            if i > 1 and j > 1 and sign == other[j - 2] and one[i - 2] == another:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1] <= edits


KIND = Text()
