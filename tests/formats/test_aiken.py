"""Aiken: what people write, what they slip on, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from quizcli.formats.aiken import FORMAT, read
from quizcli.formats.losses import summary
from tests.support.any_bank import choices, come_back, questions, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written


def bank(text: str) -> Any:
    return to_bank(read(text.encode()), "seas", "Seas")


def test_a_file_as_people_write_it() -> None:
    found = bank(
        "\ufeffWhich sea is salty?\r\nA) The Dead Sea\r\nb. Lake Constance,\r\n  in Europe\r\nanswer: a\r\n"
        "FEEDBACK: Very.\r\n\r\n\r\nA. Einstein was?\nA. a man\n\nB. a sea\nC. a $5 note\nANSWER: A, C\n"
        "Next one?\nA. yes\nB. no\nANSWER: B"
    )
    assert (found.remarks, found.losses) == ((), ())
    first, second, third = found.bank["questions"]
    assert first["kind"] == "single-choice"
    assert [(o["text"], o.get("correct")) for o in first["options"]] == [
        ("The Dead Sea", True),
        ("Lake Constance, in Europe", None),
    ]
    assert first["explanation"] == "Very."
    assert (second["kind"], second["prompt"]) == ("multiple-choice", "A. Einstein was?")
    assert third["prompt"] == "Next one?"


def test_numbers_are_taken_away_and_an_option_is_named_by_its_text() -> None:
    found = bank(
        "1. Salt?\nA. True\nB. False\nANSWER: TRUE\n\n2) Sea?\nA. yes\nB. no\nAnswer : b.\n"
    )
    assert found.remarks == ()
    first, second = found.bank["questions"]
    assert (first["prompt"], second["prompt"]) == ("Salt?", "Sea?")
    assert [each.get("correct") for each in first["options"]] == [True, None]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Odd?\nA. a\nANSWER: A", "'Odd?': it has fewer than two options"),
        ("Odd?\nA. a\nB. b", "'Odd?': the question has no answer"),
        ("Odd?\nA. a\nB. b\nANSWER: C", "'Odd?': 'C' is not an option"),
        ("Odd?\nA. a\nB. b\nANSWER: yes, b", "'Odd?': 'yes, b' is not an option"),
        ("Just a line", "'Just a line': it has fewer than two options"),
    ],
)
def test_a_slip_is_told_at_its_question_and_the_next_is_read(text: str, what: str) -> None:
    good = "Good?\nA. yes\nB. no\nANSWER: A\n"
    found = bank(f"{good}\n{text}\n\n{good if 'ANSWER' in text or 'B.' in text else ''}")
    (remark,) = found.remarks
    assert (remark.line, remark.what, remark.lost) == (6, what, True)
    assert remark.fix
    assert {each["prompt"] for each in found.bank["questions"]} == {"Good?"}


def test_what_has_no_place_is_told() -> None:
    options = [
        {"id": "a", "text": "*so*", "correct": "true", "feedback": "Yes"},
        {"id": "b", "text": "b\n\nc"},
    ]
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "single-choice", "prompt": "Which?", "options": options, "hints": ["One"]},
        {"id": "b", "kind": "true-false", "prompt": "Salt $x$?", "answer": "false"},
        {"id": "c", "kind": "number", "prompt": "How many?", "answer": "3"},
    ]}  # fmt: skip
    file = written(FORMAT, source)
    assert file.content == (
        "Which?\nA. so\nB. b c\nANSWER: A\n\nSalt \\(x\\)?\nA. True\nB. False\nANSWER: B\n"
    )
    assert summary(file.losses) == (
        "1 hint dropped",
        "1 feedback dropped",
        "1 formatted text written without formatting",
        "1 text of several lines put on one line",
        "1 number question dropped (c)",
    )


@settings(max_examples=60)
@given(questions(choices(texts()), texts()))
def test_any_choice_comes_back(found: list[dict[str, Any]]) -> None:
    come_back(FORMAT, found)


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfeA\x00", b"\x00" * 50, b"A. " * 5000, b"ANSWER: A\n" * 3000, "é".encode("latin-1")],
)
def test_anything_is_read(data: bytes) -> None:
    assert read(data).questions == ()
