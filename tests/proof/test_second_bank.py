"""The keys of the second bank are what is measured, under two seeds and their draws."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from quizcli import load_bank
from quizcli.demos.evidence import Verdict
from quizcli.demos.running import run
from quizcli.proof import subject
from quizcli.proof.proving import prove
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from tests.support.program import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Experiment, Finding, Parameters

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


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """Each set of claims is measured once for each seed: moving a key moves no measurement."""
    found: dict[str, tuple[Evidence, dict[str, Finding]]] = {}

    def remembering(
        experiment: Experiment, claims: Sequence[Claim], seed: int, given: Parameters
    ) -> Evidence:
        called = [json.dumps(dict(claim), sort_keys=True) for claim in claims]
        place = f"{experiment.name} {seed} {dict(given)} {sorted(called)}"
        if place not in found:
            evidence = run(experiment, claims, seed, given)
            found[place] = evidence, dict(zip(called, evidence.findings, strict=True))
        evidence, by_claim = found[place]
        return replace(evidence, findings=tuple(by_claim[claim] for claim in called))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subject, "run", remembering)
        yield


SWAPPED = [
    pytest.param(q.id, marks=[pytest.mark.slow] * (q.id in LONG)) for q in PROVED if q.options
]


@pytest.mark.parametrize("id", SWAPPED)
def test_a_right_option_that_changes_places_with_a_wrong_one_is_noticed(
    id: str, remembered: None
) -> None:
    """In the key, and in what they claim."""
    question = usual(BANK.question(id))
    pairs = [(a, b) for a in question.options for b in question.options if a.correct > b.correct]
    assert pairs
    for right, wrong in pairs:
        for field in ("correct", "claim"):
            other = {right.id: getattr(wrong, field), wrong.id: getattr(right, field)}
            options = tuple(
                o._replace(**{field: other.get(o.id, getattr(o, field))}) for o in question.options
            )
            proof = prove(question._replace(options=options), (0, 8131))
            assert not proof.agrees, f"{field} of {right.id} and {wrong.id}"
            assert set(proof.mismatch) == {right.id, wrong.id}


MATCHED = [q.id for q in PROVED if q.kind == "matching"]
TYPED = [q.id for q in PROVED if "expect" in q.own]


@pytest.mark.parametrize("id", MATCHED)
def test_two_pairs_that_exchange_what_they_claim_are_noticed(id: str) -> None:
    """A claim says of what it is (the left side) and what is so: it is the latter that moves."""
    question = usual(BANK.question(id))
    pairs = question.own["pairs"]
    for one, other in combinations(pairs, 2):
        of = next(iter(one["claim"]))
        changed = {
            one["id"]: {**other["claim"], of: one["claim"][of]},
            other["id"]: {**one["claim"], of: other["claim"][of]},
        }
        moved = tuple({**pair, "claim": changed.get(pair["id"], pair["claim"])} for pair in pairs)
        proof = prove(question._replace(own={**question.own, "pairs": moved}), (0, 8131))
        assert set(proof.mismatch) == {one["id"], other["id"]}


@pytest.mark.parametrize("id", TYPED)
def test_a_foreseen_answer_in_the_place_of_the_right_one_is_noticed(id: str) -> None:
    """Where it is measured what an answer claims, one that people believe does not pass as the key."""
    question = usual(BANK.question(id))
    expected = question.own["expect"]
    tried = 0
    for wrong in expected:
        if question.kind == "number":
            own = {**question.own, "answer": wrong["answer"], "expect": ()}
        elif "claim" in wrong:
            own = {**question.own, "claim": wrong["claim"], "expect": ()}
        else:  # "error" claims no shape
            continue
        assert not prove(question._replace(own=own), (0, 8131)).agrees, wrong["answer"]
        tried += 1
    assert tried >= 3


def test_a_number_of_0_can_be_measured() -> None:
    """It is what people type who do not know: the experiment opens at it, and refutes it."""
    for question in PROVED:
        if question.kind == "number":
            verdicts = [
                f.verdict for f in subject.of_question(question, (), ("0",)).measure(1).findings
            ]
            assert verdicts[-1] is Verdict.REFUTED, question.id
