"""text2qti's Markdown: as its own documentation has it, with slips, and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.losses import summary
from quizcli.formats.text2qti import FORMAT, read
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written

QUIZ = """\
Quiz title: Seas
Quiz description: On salt,
  and water.
shuffle answers: true

% a remark
Title: Salt
Points: 2
1.  Which sea
    is **salty**, $x^2$?

    Think.
... In general, salty.
a)  Lake Constance
... No.
*b) The Dead Sea
... Yes.

COMMENT
2. hidden
END_COMMENT

2.  Which are lakes?
[*] Constance
[ ] Dead Sea
[*] Ness

GROUP
pick: 1
3.  How much?
=   1.4142 +- 0.0001
END_GROUP

4.  How much?
=   [1.5, 2.5]

5.  How much?
=   200 +- 1%

6.  Who?
*   Ada
*   A* Byron

7.  Why?
____

8.  Salt?
*a) True
b)  False
"""


def bank(text: str) -> Any:
    return to_bank(read(text.encode()), "seas", "Seas")


def test_a_quiz_as_it_is_documented() -> None:
    found = bank(QUIZ)
    assert (found.remarks, found.losses) == ((), ())
    first, second, *others = found.bank["questions"]
    assert first == {
        "id": "salt",
        "title": "Salt",
        "kind": "single-choice",
        "prompt": "Which sea\nis **salty**, $x^2$?\n\nThink.",
        "options": [
            {"id": "lake-constance", "text": "Lake Constance", "feedback": "No."},
            {"id": "the-dead-sea", "text": "The Dead Sea", "correct": True, "feedback": "Yes."},
        ],
        "explanation": "In general, salty.",
        "points": "2",
    }
    assert (second["kind"], [o.get("correct") for o in second["options"]]) == (
        "multiple-choice",
        [True, None, True],
    )
    keys = [{n: q[n] for n in q if n not in {"id", "prompt"}} for q in others]
    assert keys == [
        {"kind": "number", "answer": "1.4142", "tolerance": "0.0001"},
        {"kind": "number", "answer": "2", "tolerance": "0.5"},
        {"kind": "number", "answer": "200", "tolerance": "2"},
        {"kind": "text", "answers": ["Ada", "A* Byron"]},
        {"kind": "free"},
        {"kind": "true-false", "answer": "true"},
    ]


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        ("a) x\nb) y", "no answer is marked as right"),
        ("", "it has no answers"),
        ("*a) x\n[ ] y", "it has answers of two kinds"),
        ("= about 3", "'about 3' is not a number"),
        ("= 3 — 4", "'3 — 4' is not a number"),
        ("^^^^", "a file is to be handed in"),
    ],
)
def test_a_slip_is_told_at_its_question_and_the_next_is_read(answers: str, what: str) -> None:
    found = bank(f"1. Odd?\n{answers}\n\n2. Next?\n*a) x\nb) y\n")
    (remark,) = found.remarks
    assert (remark.line, remark.lost, f"'Odd?' is left out: {what}" in remark.what) == (
        1,
        True,
        True,
    )
    assert [each["prompt"] for each in found.bank["questions"]] == ["Next?"]


def test_what_is_not_read_is_told() -> None:
    found = bank("1. Odd?\nnot indented\n- wrong\n*a) x\nb) y\n! so\n")
    assert [(remark.line, remark.what) for remark in found.remarks] == [
        (2, "'not indented' is not read"),
        (3, "the text for wrong answers is not read"),
        (6, "the text for a solution is not read"),
    ]


def test_what_has_no_place_is_told() -> None:
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "number", "prompt": "Half?", "answer": "1/3", "hints": ["x"]},
        {"id": "b", "kind": "number", "prompt": "How long?", "answer": "20", "unit": "ms", "tolerance": "5%"},
    ]}  # fmt: skip
    file = written(FORMAT, source)
    assert file.content == "Quiz title: Seas\n\n% [id:b]\n1.  How long?\n=   20 +- 1\n"
    assert summary(file.losses) == ("1 number in another notation dropped (a)", "1 unit dropped")


def test_a_long_quiz_comes_back() -> None:
    """Numbers of three digits have a space behind them as well."""
    asked = [{"id": f"q{n}", "kind": "free", "prompt": f"Why {n}?"} for n in range(120)]
    file = written(FORMAT, {"format": "1", "id": "seas", "title": "Seas", "questions": asked})
    assert bank(str(file.content)).bank["questions"] == asked


rich = texts(marked=True, lines=True)
kinds = st.one_of(
    choices(rich, feedback=True),
    choices(rich, several=True, feedback=True),
    st.builds(lambda answer: {"kind": "true-false", "answer": answer}, st.sampled_from(["true", "false"])),
    st.just({"kind": "number", "answer": "-3.5", "tolerance": "0.1"}),
    st.just({"kind": "free"}),
    st.builds(lambda found: {"kind": "text", "answers": found}, st.lists(texts(), min_size=1, max_size=3, unique=True)),
)  # fmt: skip


@settings(max_examples=60)
@given(questions(kinds, rich, explanation=rich, tags=st.just(["sea"]), points=st.just("2.5")))
def test_any_question_comes_back(found: list[dict[str, Any]]) -> None:
    come_back(FORMAT, found, ids=("id",))


@pytest.mark.parametrize(
    "data", [b"\x00", b"1. " * 9999, b"a) x\n" * 5000, b"1. x\n  " + b"\n" * 9999, b"\xff\xfe1"]
)
def test_anything_is_read(data: bytes) -> None:
    read(data)


@pytest.mark.parametrize(
    ("points", "said"), [("2", "2"), ("3/2", "1.5"), ("1/3", ""), ("0.25", "")]
)
def test_points_are_halves_or_a_loss(points: str, said: str) -> None:
    """Their program takes no other parts; the question is written all the same."""
    bank = {
        "format": "1", "id": "seas", "title": "Seas", "questions": [
            {"id": "q", "kind": "number", "prompt": "How much?", "answer": "2", "points": points}
        ]}  # fmt: skip
    file = written(FORMAT, bank)
    assert ("Points: " + said in file.content) is bool(said)
    assert "How much?" in file.content
    assert summary(file.losses) == (() if said else ("1 number of points dropped",))
