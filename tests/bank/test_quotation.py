"""Quotation marks: one that is not closed, or closes too early, is told where it stands."""

from __future__ import annotations

import pytest

from quizcli.bank.check import check_bank

BANK = """\
format: 1
id: four
title: Four
questions:
  - id: one
    kind: single-choice
    prompt: Which planet is ours?
    options:
      - {id: a, text: Earth, correct: true}
      - {id: b, text: Mars, feedback: "Not, yet: no"}
    explanation: |
      It "is" ours: 'yes'
  - id: two
    kind: text
    prompt: What's it?
    answers: [New Delhi, Delhi]
  - id: three
    kind: number
    prompt: "How much is it?"
    answer: 12
    hints: [One, Two]
  - id: four
    kind: ordering
    prompt: From cheap to dear.
    items:
      - {id: p, text: Pen}
      - {id: q, text: "`Quill`"}
    explanation: So.
"""


def told(old: str, new: str) -> tuple[int, int, str]:
    """What is told of the bank with one slip in it, and where."""
    assert BANK.count(old) == 1
    [fault] = check_bank(BANK.replace(old, new).encode(), "b.yaml", lambda *_: [])
    said = (
        str(fault)
        .removesuffix(" (nothing else in this file has been checked yet)")
        .split(": ", 1)[1]
    )
    return fault.place.line, fault.place.column, said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: four\n", 'id: "four\n'), ("title: Four", "title: 'Four"), ("text: Earth", 'text: "Earth'),
        ("text: Earth", "text: 'Earth"), ('yet: no"', "yet: no"), ("New Delhi,", '"New Delhi,'),
        (" Delhi]", ' "Delhi]'), ("One,", "'One\","), ('is it?"', "is it?"), ("text: Pen", 'text: "`Pen`'),
        ("explanation: So.", "explanation: 'So."), ("prompt: From", 'prompt: "From'),
    ],
)  # fmt: skip
def test_one_that_is_not_closed_is_told_where_it_stands(old: str, new: str) -> None:
    if old == "id: four\n":
        old, new = f"{old}title", f"{new}title"
    lines = BANK.replace(old, new).split("\n")
    slip = next(n for n, (a, b) in enumerate(zip(lines, BANK.split("\n"), strict=True)) if a != b)
    line, _, said = told(old, new)
    what = f"the quotation mark on line {slip + 1} is not closed"
    assert (line, said) == (slip + 1, f"{what} — write another one where the text ends")


def test_the_column_is_that_of_the_mark() -> None:
    assert told("text: Earth", 'text: "Earth')[:2] == (9, 23)
    assert told("One, Two", "One, 'Two")[:2] == (21, 18)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("What's it?", "'What's it?'", (15, 18, ("the ' before 's' ends the text — put other "
         'quotation marks around it: "What\'s it?"'))),
        ("text: Pen}", "text: 'I'm', correct: true}", (26, 25, ("the ' before 'm' ends the text — put "
         'other quotation marks around it: "I\'m"'))),
        ('"How much is it?"', '"How "much" is it?"  # so', (19, 18, ("the \" before 'm' ends the text — put "
         "other quotation marks around it: 'How \"much\" is it?'"))),
        ('"How much is it?"', '"How "much" isn\'t it?"', (19, 18, ("the \" before 'm' ends the text — put "
         "the other quotation marks around the whole of it"))),
    ],
)  # fmt: skip
def test_one_that_closes_too_early(old: str, new: str, expected: tuple[int, int, str]) -> None:
    assert told(old, new) == expected


def test_a_text_over_several_lines_is_not_to_blame_for_another_fault() -> None:
    spread = '"How much\n      is: it?"\n   answer'
    assert told('"How much is it?"\n    answer', spread)[:2] == (21, 4)
