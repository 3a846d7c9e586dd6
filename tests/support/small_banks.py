"""Small banks for tests of the engine, and strategies that make them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Bank, Option, Question

IDS = "abcdefghijklmnopqrstuvwxyz"


def choice(
    id: str, n: int = 4, key: tuple[int, ...] = (0,), *, kind: str = "single-choice", **own
) -> Question:
    """A question with ``n`` options, of which those at the indices in ``key`` are right."""
    options = tuple(Option(IDS[i], f"option {i}", correct=i in key) for i in range(n))
    return Question(id=id, kind=kind, prompt=f"What of {id}?", options=options, **own)


def bank(*questions: Question, **own) -> Bank:
    """A bank called ``b``."""
    return Bank(id="b", title="A bank", questions=questions, **own)


@st.composite
def questions(draw: st.DrawFn, id: str) -> Question:
    """Any question of the choice kinds."""
    kind = draw(st.sampled_from(["single-choice", "multiple-choice"]))
    n = draw(st.integers(2, 7))
    if KINDS[kind].several:
        key = tuple(draw(st.sets(st.integers(0, n - 1), min_size=1)))
    else:
        key = (draw(st.integers(0, n - 1)),)
    points = draw(st.sampled_from([1, 2, Fraction(1, 3), Fraction(5, 2)]))
    pinned = draw(st.booleans())
    made = choice(id, n, key, kind=kind, points=points, hints=("one", "two"))
    if not pinned:
        return made
    last = made.options[-1]
    options = (*made.options[:-1], Option(last.id, last.text, last.correct, last=True))
    return Question(
        id=id, kind=kind, prompt=made.prompt, options=options, points=points, hints=made.hints
    )


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    """Any bank of one to six questions."""
    n = draw(st.integers(1, 6))
    rule = draw(st.sampled_from(["net-correct", "coverage", "every-decision", "false2"]))
    return Bank(
        id="b",
        title="A bank",
        questions=tuple(draw(questions(f"q{i}")) for i in range(n)),
        credit=rule,
        shuffle=draw(st.booleans()),
    )
