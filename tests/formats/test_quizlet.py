"""Quizlet's text: cards in, whatever parts their sides, and cards out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.formats.losses import summary
from quizcli.formats.quizlet import FORMAT, read
from tests.support.any_bank import come_back, texts
from tests.support.drafts import to_bank
from tests.support.plain_banks import written


def bank(text: str) -> Any:
    return to_bank(read(text.encode()), "seas", "Seas")


@pytest.mark.parametrize("sign", ["\t", " - ", ";", ": "])
def test_cards_are_read_whatever_parts_their_sides(sign: str) -> None:
    found = bank(
        f"\ufeffTerm{sign}Definition\r\nsea{sign}das Meer\r\n\r\nlake{sign}der See\r\nriver\r\nwell{sign}$5 each\r\n"
    )
    assert [(each["front"], each["back"]) for each in found.bank["questions"]] == [
        ("sea", "das Meer"),
        ("lake", "der See"),
        ("well", "$5 each"),
    ]
    (remark,) = found.remarks
    assert (remark.line, remark.what, remark.lost) == (5, "'river' has no two sides", True)


def test_questions_are_cards_with_their_options() -> None:
    options = [
        {"id": "a", "text": "yes", "correct": "true", "feedback": "So"},
        {"id": "b", "text": "no"},
    ]
    source = {"format": "1", "id": "seas", "title": "Seas", "questions": [
        {"id": "a", "kind": "single-choice", "prompt": "Salt?", "options": options, "hints": ["x", "y"]},
        {"id": "b", "kind": "cloze", "text": "A [[m::sea]] is [[s::salty]]"},
    ]}  # fmt: skip
    file = written(FORMAT, source)
    assert file.content == (
        "Salt? - yes - no\tyes\nA […] is salty\tA [sea] is salty\nA sea is […]\tA sea is [salty]\n"
    )
    assert summary(file.losses) == (
        "2 hints dropped",
        "1 feedback dropped",
        "2 questions written in flashcard form",
        "1 text of several lines put on one line",
    )


@settings(max_examples=60)
@given(st.lists(st.tuples(texts(), texts()), min_size=1, max_size=4, unique=True))
def test_any_card_comes_back(found: list[tuple[str, str]]) -> None:
    come_back(FORMAT, [
        {"id": f"q{n}", "kind": "card", "front": front, "back": back}
        for n, (front, back) in enumerate(found)
    ])  # fmt: skip


@pytest.mark.parametrize("data", [b"", b"\x00\t\x00", b"\t\n" * 999, b"\xff\xfea\x00"])
def test_anything_is_read(data: bytes) -> None:
    read(data)
