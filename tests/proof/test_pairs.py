"""A matching is proved pair by pair, and a wrong pair is measured where it was given."""

from __future__ import annotations

from quizcli.bank.read import read_bank
from quizcli.demos.evidence import Verdict
from quizcli.proof.proving import prove
from quizcli.proof.subject import of_question
from quizcli.quiz.kinds import kind_of

PAIRS = """\
format: 1
id: pairs
title: Pairs
questions:
  - id: parts
    kind: matching
    prompt: Which words does it see?
    demo: who-sees-what
    pairs:
      - {id: encoder, left: E, right: all, claim: {part: encoder, source: all, target: none}}
      - {id: decoder, left: D, right: past, claim: {part: decoder, source: none, target: up-to}}
"""


def test_the_pairs_of_a_matching_are_proved_and_what_was_given_is_measured_beside_them() -> None:
    asked = read_bank(PAIRS.encode(), "pairs.yaml").questions[0]
    proof = prove(asked, [0, 1])
    assert proof.agrees
    assert [option.id for option in proof.options] == ["encoder", "decoder"]
    swapped = PAIRS.replace("target: none", "target: x").replace("target: up-to", "target: none")
    wrong = read_bank(swapped.replace("target: x", "target: up-to").encode(), "pairs.yaml")
    assert prove(wrong.questions[0], [0, 1]).mismatch == ("encoder", "decoder")

    kind = kind_of(asked)
    shown = kind.parts(asked)  # what a device shows: it claims nothing by itself
    (given,) = (f"encoder: {side.id}" for side in shown if side.text == "past")
    found = of_question(asked, shown, (given,)).measure(1).findings
    assert [finding.verdict for finding in found] == [
        Verdict.HOLDS,
        Verdict.HOLDS,
        Verdict.REFUTED,
    ]
