"""Code, tables and lists in the parts of an answer stay what they are on a card."""

from __future__ import annotations

from typing import Any

import pytest

from quizcli.formats.anki_text import FORMAT
from quizcli.formats.losses import summary
from quizcli.formats.markdown_quiz import FORMAT as MARKDOWN
from quizcli.quiz.markup import Code, MarkupTable, blocks
from tests.support.drafts import to_bank
from tests.support.plain_banks import written

CODE = "```\nx = 1\n  y\n```"
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


def asked(kind: str, text: str) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "single-choice": {"options": [{"id": "a", "text": "say `x`"},
                                      {"id": "b", "text": text, "correct": "true"},
                                      {"id": "c", "text": "nothing"}]},
        "ordering": {"items": [{"id": "a", "text": "one"}, {"id": "b", "text": text},
                               {"id": "c", "text": "three"}]},
        "matching": {"pairs": [{"id": "a", "left": "one", "right": text},
                               {"id": "b", "left": f"{text}\n\ntoo", "right": "two"},
                               {"id": "c", "left": "three", "right": "four"}]},
    }  # fmt: skip
    return {"id": "q", "kind": kind, "prompt": "Which?", **parts[kind]}


@pytest.mark.parametrize("kind", ["single-choice", "ordering", "matching"])
@pytest.mark.parametrize(("text", "block"), [(CODE, Code), (TABLE, MarkupTable)])
def test_a_part_of_an_answer_is_the_block_that_it_is(kind: str, text: str, block: type) -> None:
    source = {"format": "1", "id": "x", "title": "X", "questions": [asked(kind, text)]}
    assert FORMAT.read
    (card,) = to_bank(FORMAT.read(str(written(FORMAT, source).content).encode()), "x", "X").bank[
        "questions"
    ]
    for side in ("front", "back"):
        found = [isinstance(each, block) for each in blocks(card[side])]
        assert found.count(True) == (2 if kind == "matching" else 1), card[side]
        assert "`\\" not in card[side]


def test_a_front_shows_all_that_an_answer_is_made_of() -> None:
    """What is to be matched, distractors too, or ordered, in an order that is not the answer."""
    pairs = {"pairs": [{"id": "a", "left": "one", "right": "eins"},
                       {"id": "b", "left": "two", "right": "zwei"}], "distractors": ["drei"]}  # fmt: skip
    for id in "abcdef":
        questions = [
            {"id": id, "kind": "matching", "prompt": "Match", **pairs},
            asked("ordering", "two") | {"id": f"{id}-order"},
        ]
        source = {"format": "1", "id": "x", "title": "X", "questions": questions}
        file = written(FORMAT, source)
        assert {loss.changed for loss in file.losses} == {"written in flashcard form"}
        assert FORMAT.read
        back = to_bank(FORMAT.read(str(file.content).encode()), "x", "X").bank["questions"]
        matched, ordered = (card["front"].splitlines() for card in back)
        assert {"1. one", "2. two", "- eins", "- zwei", "- drei"} <= set(matched)
        items = [line.removeprefix("- ") for line in ordered if line.startswith("- ")]
        assert sorted(items) == ["one", "three", "two"]
        assert items != ["one", "two", "three"]


def test_a_title_has_no_place_and_a_question_becomes_a_card() -> None:
    """A flashcard of the bank itself stays one."""
    card = {"id": "c", "kind": "card", "title": "Heads", "front": "Why?", "back": "So."}
    questions = [asked("ordering", "two") | {"title": "Numbers"}, card]
    source = {"format": "1", "id": "x", "title": "X", "questions": questions}
    assert summary(written(FORMAT, source).losses) == (
        "2 titles dropped",
        "1 question written in flashcard form",
    )


def test_marks_have_no_place_on_a_card_or_on_paper() -> None:
    """Each is counted, so that ``--strict`` writes nothing."""
    question = asked("ordering", "two") | {"points": "2", "credit": "pairs-in-order",
                                           "difficulty": "hard", "time": "90"}  # fmt: skip
    source = {"format": "1", "id": "x", "title": "X", "questions": [question]}
    lost = {"number of points", "credit rule", "difficulty", "time limit"}
    for format in (FORMAT, MARKDOWN):
        assert lost <= {loss.what for loss in written(format, source).losses}
