"""``bank show`` shows all that an author wrote, of every kind, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.read import read_bank
from tests.support.home import Home

if TYPE_CHECKING:
    from quizcli.quiz.model import Question

WHOLE = r"""
format: 1
id: whole
title: Whole
language: en
defaults: {shuffle: false}
draw: [{tag: first, count: 1}]
questions:
  - id: choice
    kind: multiple-choice
    prompt: Choose.
    credit: coverage
    shuffle: true
    tags: [first, second tag]
    demo: {name: gate-width, set: {units: 64}}
    options:
      - {id: a, text: One, correct: true, feedback: Chosen well., missed: Missed it.}
      - {id: b, text: Two, feedback: No.}
      - {id: c, text: None of these, pin: last}
  - id: number
    kind: number
    prompt: How many?
    answer: 12
    unit: ms
    tolerance: 5%
    unit_required: true
    expect: [{answer: 21 ms, feedback: Turned round.}]
    demo: gate-width
    claim: {width: "{given}"}
  - id: text
    kind: text
    prompt: Which?
    answers: [colour, color]
    patterns: ["hue|tint"]
    near: 2
    exact: [case]
    expect: [{answer: shade, feedback: Darker.}]
  - id: pairs
    kind: matching
    prompt: Match.
    credit: all-or-nothing
    pairs:
      - {id: u, left: Update, right: enters, feedback: It lets in.}
      - {id: f, left: Forget, right: stays, right_id: r7}
    distractors: [how wide, how deep]
  - {id: order, kind: ordering, prompt: Order., items: [{id: x, text: first thing}, {id: y, text: last thing}]}
  - {id: free, kind: free, prompt: Say., model: A model answer.}
  - {id: truth, kind: true-false, prompt: So?, answer: false}
  - {id: card, kind: card, front: Front side, back: Back side, reversed: true}
  - {id: gaps, kind: cloze, text: 'A [[g1::gate]] and a [[g2::cell]].'}
  - id: varied
    kind: number
    variables: {H: {from: 50, to: 200, step: 50, default: 100}, K: "= H * H"}
    where: [H != 150]
    prompt: What is {H} times {H}?
    answer: "{K}"
"""


def leaves(value: object) -> Iterator[str]:
    """All texts and numbers in a field."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from leaves(inner)
    elif not isinstance(value, bool):
        yield str(value)


def written(question: Question) -> Iterator[str]:
    """What was written of a question that has texts of its own."""
    yield from leaves(question.own)
    yield from leaves([question.tags, question.hints, question.credit])
    yield from (question.demo.name, *leaves(question.demo.parameters)) if question.demo else ()
    for option in question.options:
        yield from (option.id, option.text, option.feedback, option.missed)


def shown(tmp_path: Path, *more: str) -> Home:
    home = Home(tmp_path / "home")
    (tmp_path / "whole.yaml").write_text(WHOLE, encoding="utf-8")
    return home("bank", "show", str(tmp_path / "whole.yaml"), *more)


def test_all_that_was_written_is_in_the_text(tmp_path: Path) -> None:
    ran = shown(tmp_path, "--plain")
    bank = read_bank(WHOLE.encode(), "whole.yaml")
    drawn = {"{H}", "{K}"}  # shown as they usually are
    missing = {
        (question.id, text)
        for question in bank.questions
        for text in written(question)
        if text not in ran.out and text not in drawn
    }
    assert missing == set()
    for told in ("unit required: yes", "stays last", "not shuffled", "10000", "draws 1 of first"):
        assert told in ran.words, told


def test_each_right_part_has_its_sign(tmp_path: Path) -> None:
    lines = [line.strip() for line in shown(tmp_path).out.splitlines()]
    for told in (
        "✓ u: Update: enters", "✓ f (r7): Forget: stays", "✗ how wide", "✗ how deep",
        "✓ 1. x: first thing", "✓ 2. y: last thing", "✓ colour", "✓ color", "✓ /hue|tint/",
        "✓ 12 ms", "✗ 21 ms: Turned round.", "✓ A model answer.",
    ):  # fmt: skip
        assert told in lines, told


def test_all_that_was_written_is_in_the_json(tmp_path: Path) -> None:
    data = shown(tmp_path, "--json").data
    said = set(leaves(data))
    bank = read_bank(WHOLE.encode(), "whole.yaml")
    assert {text for question in bank.questions for text in written(question) if text} <= said
    assert data["bank"]["keyless"] is False
    assert data["bank"]["draw"] == [{"tag": "first", "count": 1}]
