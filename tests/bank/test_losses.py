"""Notes on what a text loses between the file and the screen."""

from __future__ import annotations

import pytest

from quizcli.bank.template import new_bank
from tests.support.bank_files import faults_of, small, told

BLOCK = "|\n      Which planet\n\n      {}\n    title: One"


def asked(text: str) -> str:
    """The small bank with another prompt."""
    return small(**{"Which planet is ours?": text})


def block(*lines: str) -> str:
    """The same, with these lines in a block."""
    return asked(BLOCK.format("\n      ".join(lines)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which is written in C # Microsofts language?", "7:35 remark"),
        ("Who is #1 of the planets?", "7:20 remark"),
        ("Which planet is\n      #ff0000 on a screen?", ""),
        ("Which planet\n      is ours # in this\n    title: One", ""),
        ("Is F # over G", "7:18 remark"),
        ("#1 is\n      which planet", "7:13 remark"),
        ("# ask Anna\n      Which planet", ""),
        ("Which colour has #include", "7:30 remark"),
        ("The key # is right", "7:21 remark"),
        ("Which planet # or moon", "7:26 remark"),
    ],
)
def test_a_rest_that_is_read_as_a_remark(text: str, expected: str) -> None:
    """Where it seems to belong to the text, and at its place."""
    assert [told(note) for note in faults_of(asked(text))] == ([expected] if expected else [])


@pytest.mark.parametrize(
    "text",
    [
        "Which planet is ours?  # C is not it.",
        "Which planet is ours? # ask Anna!",
        "Which planet is ours # TODO: what of the moon?",
        "Which planet is ours # NOTE for the second week.",
        "Which planet is ours # from the lecture",
        "Which planet is ours? # is this too easy",
        "Which planet is ours  # is it too easy",
        "Which planet is ours # island",
        "'Which planet is # ours?'  # said so",
        '"Which planet is C # Microsofts?"',
        "Which planet is C# and ours?",
        "|  # A block.\n      Which planet is C # Microsofts?",
    ],
)
def test_remarks_are_no_loss(text: str) -> None:
    """What an author writes beside a text, and a sign that belongs to it."""
    assert faults_of(asked(text)) == []


def test_remarks_beside_ids_and_in_a_new_bank() -> None:
    """Those of a bank to begin with are none."""
    assert faults_of(new_bank("mine", "Mine", "mine.yaml")) == []
    beside = small(
        **{"single-choice": "single-choice # One is right.", "id: one": "id: one # why?"}
    )
    assert faults_of(beside) == []


def test_a_remark_in_a_list_and_its_words() -> None:
    """The words that are lost, and both ways out."""
    hints = "Which planet?\n    hints:\n      - Not #4 of them\n      - Look down"
    [note] = faults_of(asked(hints))
    assert str(note) == (
        "bank.yaml:9:13: note: the rest of the line, '#4 of them', is a comment, not part of the "
        "text — put the text in quotes, or two spaces before a comment"
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("```python", "print()"), "10:7 fence"),
        (("~~~", "print()", "```"), "10:7 fence"),
        (("```", "print()", "```", "", "````", "x", "```"), "14:7 fence"),
        (("| a | b |", "| 1 | 2 |"), "10:7 table"),
        (("these are", "| a | b |", "| 1 | 2 |", "it says"), "11:7 table"),
        (("| a | b |", "|---|", "| 1 | 2 |", "| 3 | 4 |"), "12:7 table"),
        (("a | b", "1 | 2"), "10:7 table"),
        (("these are", "a | b | c", "1 | `2|3` | 4"), "11:7 table"),
        (("| a | b |", "|---|---|", "| 1 | 2 |", "| 3 | 4 | 5 |"), "13:7 cells"),
        (("a | b", "--|--", "1 | 2 | 3", "", "so it is"), "12:7 cells"),
    ],
)
def test_code_without_an_end_and_a_table_without_its_dashes(
    lines: tuple[str, ...], expected: str
) -> None:
    """At the line where it begins."""
    assert [told(note) for note in faults_of(block(*lines))] == [expected]


@pytest.mark.parametrize(
    "lines",
    [
        ("```", "print()", "```"),
        ("```", "| a | b |", "| 1 | 2 |", "```"),
        ("| a | b |", "|---|---|", "| 1 | 2 |", "| 3 | 4 |"),
        ("|x| is less", "|y| is more"),
        ("a | b", "--|--", "1 | 2", "3"),
        ("| a | b |", "|---|---|", r"| 1 \| 2 | `3|4` |", "| $|x|$ | |"),
        ("the chance of P(a | b)", "is that of P(b | a)"),
        ("Unix has the pipe a | b", "and C the or"),
        ("  a | b", "  1 | 2"),
        ("    | a | b |", "    | 1 | 2 |"),
        ("$|a|b|$ and",),
    ],
)
def test_blocks_that_are_whole(lines: tuple[str, ...]) -> None:
    """Nothing is said of them."""
    assert faults_of(block(*lines)) == []


def test_what_makes_it_a_table() -> None:
    """A line with as many columns."""
    [note] = faults_of(block("| a | b | c |", "| 1 | 2 | 3 |"))
    assert str(note).endswith("read as one line — write '|---|---|---|' under the first one")


def test_a_drawing_is_shown_as_it_is() -> None:
    """Its bars are no table."""
    figure = "figure:\n      alt: bars\n      text: |\n        | a | b |\n        | c | d |\n"
    assert faults_of(small(**{"    options:": f"    {figure}    options:"})) == []


def test_how_many_columns_the_line_of_dashes_has() -> None:
    [note] = faults_of(block("a | b", "1 | 2"))
    assert str(note).endswith("write '|---|---|' under the first one")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">\n      Which planet\n      has $x^{$ of\n      them?", "9:11 formula"),
        ("Which planet\n      has $x^{$ of them?", "8:11 formula"),
        ("Which planet has $x^{$ of them?", "7:30 formula"),
        ("'It''s $x^{$, is it?'", "7:20 formula"),
        ('"It is $x^{$, is it?"', "7:20 formula"),
        ('"It\\x20is $x^{$, is it?"', "7:13 formula"),
        ("|\n      Which\n\n      has $x^{$?", "10:11 formula"),
        (">\n      Which\n\n      ```\n      has?", "10:7 fence"),
        ("'Which\n\n      ```\n\n      has?'", "9:7 fence"),
    ],
)
def test_a_note_stands_where_what_it_tells_of_begins(text: str, expected: str) -> None:
    """In whichever way YAML has the text written: only behind an escape where it begins."""
    assert [told(note) for note in faults_of(asked(text + "\n    title: One"))] == [expected]


FENCED = "```python\n      a = 1\n      b = 2\n      ```"
DASHED = "| a | b |\n      |---|---|\n      | 1 | 2 |"


@pytest.mark.parametrize(
    "text",
    [
        f"Which planet?\n\n      {FENCED}",
        f">\n      Which planet?\n\n      {FENCED}",
        f'"Which planet?\n\n      {FENCED}"',
        f"'Which planet?\n\n      {FENCED}'",
        f"Which planet?\n\n      {DASHED}",
        f"\n      Which planet?\n\n      {DASHED.replace('| a', 'a').replace('b |', 'b')}",
        f">-\n      {DASHED}",
        f"Which planet?\n\n      {FENCED.replace('```', '~~~')}",
        "Which?\n\n      - Earth\n      - Mars",
        "Which?\n\n      1. Earth\n      2. Mars",
        f"\n      Which planet?\n\n      {FENCED}  # Mine",
    ],
)
def test_code_a_table_or_a_list_that_is_folded_into_one_line(text: str) -> None:
    """Where the text begins, with what to write there."""
    [note] = faults_of(asked(text))
    assert told(note) == ("8:7 folded" if text[0].isspace() else "7:13 folded")
    assert note.fix == "write '|' after 'prompt:', and the whole text on the lines below it"


@pytest.mark.parametrize(
    "text",
    [
        "Which planet is\n      - as it seems -\n      ours?",
        ">\n      Which planet\n      is ours?\n\n      So it is.",
        f"|\n      Which planet?\n\n      {FENCED}",
        "Which `planet` is\n      ours?\n\n      - Earth\n\n      - Mars",
        '"Which planet?\\n\\n- Earth\\n- Mars"',
        ">\n      Which?\n\n        ```\n        a\n        ```",
    ],
)
def test_a_text_that_may_be_folded(text: str) -> None:
    """Prose, a block whose lines stay, and lines that folding keeps apart."""
    assert [told(note) for note in faults_of(asked(text)) if note.code == "folded"] == []


def test_a_hint_that_is_folded_has_no_key_of_its_own() -> None:
    fenced = FENCED.replace("\n", "\n  ")
    [note] = faults_of(asked(f"Which?\n    hints:\n      - Not\n\n        {fenced}"))
    assert str(note) == (
        "bank.yaml:9:9: note: these lines are read as one, so that code, a table or a list is lost "
        "— write '|' after the dash, and the whole text on the lines below it"
    )
