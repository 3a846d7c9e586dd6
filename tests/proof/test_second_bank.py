"""The keys of the second bank are what is measured, under two seeds and their draws."""

from __future__ import annotations

import pytest

from quizcli import load_bank
from quizcli.proof.proving import prove
from quizcli.quiz.kinds import kind_of
from tests.support.program import ROOT

BANK = load_bank(ROOT / "questions" / "sequence-models.yaml")
PROVED = [question for question in BANK.questions if question.demo]
LONG = {"reber"}  # a second a run


@pytest.mark.parametrize(
    "id", [pytest.param(q.id, marks=[pytest.mark.slow] * (q.id in LONG)) for q in PROVED]
)
def test_the_key_is_measured(id: str) -> None:
    proof = prove(BANK.question(id), (0, 8131), BANK.id)
    assert proof.agrees, (proof.error, proof.failing)


def test_behind_every_question_that_is_graded_stands_an_experiment() -> None:
    assert [q.id for q in BANK.questions if not q.demo and kind_of(q).graded] == []


def test_each_question_teaches() -> None:
    """A title, hints, a reason, where to read on, and a topic to select it by."""
    for question in BANK.questions:
        assert question.title
        assert len(question.hints) >= 2, question.id
        assert question.explanation
        assert question.references, question.id
        assert question.tags, question.id
