"""A fault is told where it stands: in a long question the first line of it would not be enough."""

from __future__ import annotations

import pytest

from quizcli.bank.check import check_bank
from quizcli.proof.proving import demo_faults

HEAD = "format: 1\nid: b\ntitle: B\nquestions:\n"
NUMBER = """\
  - id: q
    kind: number
    scenario: shop
    variables:
      n: {from: 2, to: 9, default: 3}
      p: {choices: [15, 25], default: 25}
    prompt: |
      You buy tea.

      It is {n} cups at {p} each.
    answer: "{n * p}"
    where: [n < p, n > 0]
    hints:
      - First {n}
      - Then {p}
    expect:
      - answer: "{n + p}"
        feedback: You added.
      - answer: "{n - p}"
        feedback: You took {p} away.
"""
TEXT = """\
  - id: q
    kind: text
    prompt: What?
    answers: [tea, chai]
    patterns:
      - te+a
      - ch+ai
    exact:
      - case
      - accents
    expect:
      - answer: milk
        feedback: No.
      - answer: water
        feedback: No.
"""
PLAIN = """\
  - id: q
    kind: number
    prompt: How many?
    answer: 5
    expect:
      - answer: 6
        feedback: One less.
      - answer: 7
        feedback: Two less.
"""
PAIRS = """\
  - id: q
    kind: matching
    prompt: Which?
    pairs:
      - id: one
        left: L1
        right: R1
      - id: two
        left: L2
        right: R2
      - id: three
        left: L3
        right: R3
    distractors:
      - R4
      - R5
"""
ITEMS = """\
  - id: q
    kind: ordering
    prompt: Order.
    items:
      - id: one
        text: A
      - id: two
        text: B
      - id: three
        text: C
"""
SLIPS = {
    "a name in the prompt": (NUMBER, "It is {n}", "It is {m}", "'m' is not a variable"),
    "a name in a hint": (NUMBER, "Then {p}", "Then {z}", "'z' is not a variable"),
    "a name in a feedback": (NUMBER, "took {p}", "took {z}", "'z' is not a variable"),
    "a name in an answer": (NUMBER, '"{n - p}"', '"{n - z}"', "'z' is not a variable"),
    "a brace": (NUMBER, "Then {p}", "Then {p", "a brace '{' has no partner"),
    "a format": (NUMBER, "Then {p}", "Then {p:q}", "'q' is not a format"),
    "a default": (NUMBER, "default: 25", "default: 30", "the default '30' is not one"),
    "a range": (NUMBER, "to: 9", "to: 1", "the range must go up"),
    "a derived value": (NUMBER, "{choices: [15, 25], default: 25}", "= 2 * k", "'k' is not a"),
    "a constraint": (
        NUMBER.replace("[n < p, n > 0]", "\n      - n < p\n      - n > 0"),
        "n > 0",
        "n > w",
        "'w' is not a variable",
    ),
    "no comparison": (
        NUMBER.replace("[n < p, n > 0]", "\n      - n < p\n      - n > 0"),
        "n > 0",
        "n + 1",
        "'n + 1' is not a comparison",
    ),
    "a foreseen number": (PLAIN, "answer: 7", "answer: 5.0", "'5.0' is right"),
    "a foreseen number that is none": (PLAIN, "answer: 7", "answer: x", "'x' is not a number"),
    "a number foreseen twice": (PLAIN, "answer: 7", "answer: 6.0", "is anticipated twice"),
    "a foreseen text": (TEXT, "answer: water", "answer: chai", "'chai' is right"),
    "a pattern": (TEXT, "- ch+ai", "- (ch+ai", "the pattern '(ch+ai'"),
    "a difference": (TEXT, "- accents", "- accent", "'accent' is not a valid value"),
    "a long text": (TEXT, "answer: water", "answer: " + 5000 * "w", "is too long"),
    "a pair without its right side": (PAIRS, "left: L2\n        right: R2", "left: L2", "'two'"),
    "a left side twice": (PAIRS, "left: L3", "left: L1", "the left 'L1' appears in two pairs"),
    "a distractor of a pair": (PAIRS, "- R5", "- R2", "'R2' belongs to a pair"),
    "right sides alike": (PAIRS, "- R5", "- R 5\n      - 'R  5'", "look the same"),
    "an item twice": (ITEMS, "text: C", "text: B", "the text 'B' appears in two items"),
    "items alike": (
        ITEMS,
        "text: C",
        "text: C c\n      - id: four\n        text: 'C  c'",
        "look the same",
    ),
}
# A part is told where it begins; of two that look the same, the second.
OFF = {
    "a pair without its right side": -1,
    "a left side twice": -1,
    "an item twice": -1,
    "right sides alike": 1,
    "items alike": 2,
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_fault_is_told_at_its_line(name: str) -> None:
    whole, right, wrong, what = SLIPS[name]
    scenario = "scenarios:\n  - {id: shop, text: A shop.}\n" if "scenario" in whole else ""
    head = HEAD.replace("questions", f"{scenario}questions")
    assert whole.count(right) == 1
    text = head + whole.replace(right, wrong)
    faults = check_bank(text.encode(), "b.yaml", demo_faults)
    line = (head + whole)[: (head + whole).index(right)].count("\n") + 1 + OFF.get(name, 0)
    assert [fault.place.line for fault in faults if what in fault.what] == [line]
