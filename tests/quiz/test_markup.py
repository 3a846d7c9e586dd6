"""Texts as blocks: what keeps its lines, and what is wrapped anew."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.inline import SpanKind
from quizcli.quiz.markup import (
    Code,
    ListItem,
    MarkupTable,
    MarkupText,
    PlacedLine,
    blocks,
    formulas,
    running,
    spans,
)

EMPTY = PlacedLine("")
BLOCKS = {
    "paragraphs": ("one\ntwo\n\nthree", [MarkupText("one two"), EMPTY, MarkupText("three")]),
    "fence": (
        "What?\n```python\ndef f(x):\n\n    return x\n```\nThen?",
        [MarkupText("What?"), Code(("def f(x):", "", "    return x")), MarkupText("Then?")],
    ),
    "tildes-around-backticks": ("~~~\n```\n~~~", [Code(("```",))]),
    "longer-fence": ("````\n```\n````", [Code(("```",))]),
    "fence-without-end": ("a\n```\nb\n", [MarkupText("a"), Code(("b", ""))]),
    "indented-fence": ("  ```\n  a\n    b\n  ```", [Code(("a", "  b"))]),
    "backticks-in-a-line": ("``` x ``` y", [MarkupText("``` x ``` y")]),
    "indented-code": (
        "Run:\n\n    PATH=$HOME:$PATH\n\n      next\n\nDone.",
        [MarkupText("Run:"), EMPTY, Code(("PATH=$HOME:$PATH", "", "  next")), EMPTY,
         MarkupText("Done.")],
    ),
    "code-alone": ("    return x", [Code(("return x",))]),
    "tabs": ("Run:\n\n\tmake", [MarkupText("Run:"), EMPTY, Code(("make",))]),
    "equations": (
        "So:\n\n    $a = b$,\n    $c$.",
        [MarkupText("So:"), EMPTY, PlacedLine("    $a = b$,"), PlacedLine("    $c$.")],
    ),
    "placed": ("a\n  b\nc", [MarkupText("a"), PlacedLine("  b"), MarkupText("c")]),
    "not-behind-an-empty-line": ("a\n    b", [MarkupText("a"), PlacedLine("    b")]),
    "formula-over-lines": ("a $x +\n  y$ b", [MarkupText("a $x + y$ b")]),
    "list": (
        "Which?\n- one\n  and more\n* two\n+ three\nSay.",
        [MarkupText("Which?"), ListItem(0, "-", "one and more"), ListItem(0, "*", "two"),
         ListItem(0, "+", "three"), MarkupText("Say.")],
    ),
    "numbers": ("1. a\n2) b", [ListItem(0, "1.", "a"), ListItem(0, "2)", "b")]),
    "a-year-is-no-list": ("born in\n1987. He", [MarkupText("born in 1987. He")]),
    "nested": ("- a\n  - b", [ListItem(0, "-", "a"), ListItem(2, "-", "b")]),
    "paragraph-of-an-item": (
        "- a\n\n    b", [ListItem(0, "-", "a"), EMPTY, PlacedLine("    b")],
    ),
    "minus": ("a -b\n-5", [MarkupText("a -b -5")]),
    "table": (
        "| a | b |\n|:--|--:|\n| 1 | 2 |\n| $P(x|y)$ | `p|q` |\nend",
        [MarkupTable(("a", "b"), (("1", "2"), ("$P(x|y)$", "`p|q`")), (1,)), MarkupText("end")],
    ),
    "table-without-edges": ("a | b\n--- | ---\n1 | 2", [MarkupTable(("a", "b"), (("1", "2"),))]),
    "table-with-all-alignments": (
        "a|b|c|d\n:-|:-:|-:|-\n1|2|3|4",
        [MarkupTable(("a", "b", "c", "d"), (("1", "2", "3", "4"),), (2,), (1,))],
    ),
    "ragged": (
        "|a|b|\n|-|-|\n|1|\n|1|2|3|\n|x\\|y||",
        [MarkupTable(("a", "b"), (("1", ""), ("1", "2 | 3"), ("x|y", "")))],
    ),
    "bars-are-no-table": ("p | q\nr | s", [MarkupText("p | q r | s")]),
    "dashes-are-no-table": ("a\n---", [MarkupText("a ---")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_text_in_its_blocks(name: str) -> None:
    """Code keeps its lines and its indentation, tables their cells, items their lines."""
    text, expected = BLOCKS[name]
    assert blocks(text) == expected


def test_only_what_is_one_paragraph_can_stand_within_a_sentence() -> None:
    assert running("one\ntwo")
    assert running("")
    assert not any(map(running, ("```\na\n```", "- a", "  a", "a\n\nb", "|a|b|\n|-|-|\n|1|2|")[:3]))
    assert not running("|a|b|\n|-|-|\n|1|2|")


def test_formulas_are_those_outside_of_code() -> None:
    """Fenced, indented or within backticks: no formula; and none spans paragraphs."""
    assert formulas("$a$\n\n    $b:$c d\n\n```\n$e$\n```\n`$f$` $g$") == ["a", "g"]
    assert formulas("costs $5\n\nand 6$") == []
    assert formulas("  $x_1$\n    $x_2$") == ["x_1", "x_2"]


TEXTS = st.text(st.sampled_from(list("$`*_~\\ab12 -+.)(|\n\t:")), max_size=60)
LINES = st.lists(
    st.sampled_from(["", "```", "~~~", "    x", "- a", "  - b", "1. c", "|a|b|", "|-|-|", "$x", "y$",
                     "  z", "`q", "text", "\tt"]), max_size=12,
).map("\n".join)  # fmt: skip


@given(TEXTS | LINES)
def test_the_sources_together_are_the_text(text: str) -> None:
    """Whatever is typed; and no letter of it is lost in the blocks, but the language of a fence."""
    assert "".join(span.source for span in spans(text)) == text
    if "```" in text or "~~~" in text:
        return
    shown = "".join("".join(c for c in str(tuple(block)) if c.isalnum()) for block in blocks(text))
    for letter in "ab":
        assert shown.count(letter) >= text.replace("\t", " ").count(letter)


@pytest.mark.parametrize(
    "unit",
    ["```\n", "~~~x\n", "    $x$\n\n", "    x\n\n", "- a\n", "|a|b|\n|-|-|\n", "|\n", "$x\n", "`\n\n",
     "1. a\n\n", "  x\n", "\t\n", "a|b\n-|-\n\n"],
)  # fmt: skip
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    start = time.process_time()
    text = unit * (100_000 // len(unit))
    blocks(text)
    assert any(span.kind in SpanKind for span in spans(text))
    assert time.process_time() - start < 8
