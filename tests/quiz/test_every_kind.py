"""What holds of every kind that a quiz asks: no answer is lost on the way, and none earns more
or less for how it was shown."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.bank.shelf import load_bank
from quizcli.quiz.grading import Mark, grade
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.responses import BadResponse
from quizcli.quiz.session import Session
from quizcli.quiz.steps import EXAM
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from quizcli.quiz.steps import Item

FIXTURES = Path(__file__).parent.parent / "fixtures"
# Of a kind without a place in the bank of kinds there is one of its own.
PLAIN = [
    load_bank(path)
    for path in (SAMPLE, FIXTURES / "kinds.yaml", *sorted(FIXTURES.glob("kind-*.yaml")))
]
BANKS = [*PLAIN, load_bank(FIXTURES / "varied.yaml")]
KIND_OF = {(bank.id, q.id): q.kind for bank in BANKS for q in bank.questions}
SPACED = st.sampled_from([":", ": ", " : "])
QUIZZED = [name for name, kind in KINDS.items() if kind.quizzed]


def test_every_kind_is_here() -> None:
    assert set(KIND_OF.values()) >= set(QUIZZED)


def some_answer(item: Item, data: st.DataObject) -> tuple[str, ...]:
    """Any answer that can be given."""
    kind = item.kind
    match kind.form:
        case "choice":
            ids = data.draw(st.lists(st.sampled_from(item.shown), min_size=1, unique=True))
            return kind.ordered(item.question, item.shown, tuple(ids if kind.several else ids[:1]))
        case "order":
            return tuple(data.draw(st.permutations(item.shown)))
        case "pairs":
            lefts = [word.partition(": ")[0] for word in kind.key(item.question)]
            return tuple(f"{left}: {data.draw(st.sampled_from(item.shown))}" for left in lefts)
    number = data.draw(st.integers(-(10**6), 10**6))
    texts = (
        data.draw(st.from_regex(r"[a-z][a-z ]{0,20}[a-z]", fullmatch=True)),
        f"{number} {item.question.own.get('unit', '')}".strip(),
        f"{abs(number)}",
    )
    return next((text,) for text in texts if can_be_typed(item, text))


def can_be_typed(item: Item, text: str) -> bool:
    """Whether a text can be an answer at all, as letters cannot where a number is wanted."""
    with contextlib.suppress(BadResponse):
        item.kind.check(item.question, (text,))
        return True
    return False


@pytest.mark.parametrize("name", QUIZZED)
@given(seed=st.integers(0, 2**62), data=st.data())
def test_no_answer_is_lost(name: str, seed: int, data: st.DataObject) -> None:
    """The line that stands for it is read as it, and so is its description in a file."""
    for bank in BANKS:
        for item in Session(bank, seed, vary=True).items:
            if item.question.kind != name:
                continue
            kind, asked = item.kind, item.question
            answer = some_answer(item, data)
            line = kind.line(asked, item.shown, answer)
            assert kind.parse(asked, item.shown, line).given == answer
            again, misread = kind.read(asked, kind.describe(asked, answer))
            assert not misread
            assert grade(asked, again).credit == grade(asked, answer).credit
            assert set(again) == set(answer)
            assert 0 <= grade(asked, answer).credit <= 1
            if kind.graded:
                assert grade(asked, kind.key(asked)).credit == 1
            assert not kind.mistakes(asked, kind.key(asked))


@pytest.mark.parametrize("name", QUIZZED)
@given(seed=st.integers(0, 2**62), data=st.data())
def test_an_answer_earns_the_same_however_it_is_put(
    name: str, seed: int, data: st.DataObject
) -> None:
    """Graded alone or in a session: what is named twice is named once, and no space counts."""
    for bank in PLAIN:
        for item in Session(bank, seed).items:
            if item.question.kind != name:
                continue
            answer = some_answer(item, data)
            if item.kind.form == "choice":
                answer = (*answer, *data.draw(st.lists(st.sampled_from(answer), max_size=3)))
            elif item.kind.form == "pairs":
                answer = tuple(word.replace(": ", data.draw(SPACED)) for word in answer)
            session = Session(bank, seed, only=[item.question.id])
            rule = session.rule(item.question)
            assert grade(item.question, answer, rule) == session.answer(answer)


@given(seed=st.integers(0, 2**62), other=st.integers(0, 2**62), data=st.data())
def test_shuffling_changes_no_mark(seed: int, other: int, data: st.DataObject) -> None:
    """Nor does it whether the quiz was left and gone on with."""
    for bank in PLAIN:  # of the other the numbers are the seed's
        one, two = Session(bank, seed, EXAM), Session(bank, other, EXAM)
        answers = {item.question.id: some_answer(item, data) for item in one.items}
        for session in (one, two):
            for item in session.items:
                session.answer(answers[item.question.id])
        assert one.score() == two.score()
        again = Session(bank, seed, EXAM, plan=one.plan, draws=one.draws)
        half = len(one.log) // 2
        again.replay(one.log[:half])
        for item in again.items[again.position :]:
            again.answer(answers[item.question.id])
        assert again.score() == one.score()


def test_a_kind_is_found_under_its_name() -> None:
    assert [kind.name for kind in KINDS.values()] == list(KINDS)


def test_the_key_of_an_item_is_right_whatever_its_kind() -> None:
    """It is what the front page answers with; of what a person marks there is none."""
    for bank in BANKS:
        session = Session(bank, 1)
        while item := session.current:
            session.answer(item.key)
            right = session.outcome(item)[1].mark is Mark.RIGHT
            assert right is item.kind.graded, item.question.id
