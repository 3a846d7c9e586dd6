"""Formulas for browsers: each command has a look, and whatever is written is sound MathML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcli.pages.mathml import mathml
from quizcli.terminal.maths import Form, symbols
from quizcli.terminal.maths.commands import COMMANDS
from quizcli.terminal.maths.formula import set_formula
from quizcli.terminal.maths.reader import Malformed

# How many children each of these must have, as MathML Core says.
ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2,
         "munderover": 3}  # fmt: skip
TOKENS = [*"abx12.+-=()[]<>|{}^_&' ", "\\\\", "\\foo", *(f"\\{name}" for name in COMMANDS),
          "\\begin{cases}", "\\end{cases}", "\\left(", "\\right)", "\\frac{a}{b}"]  # fmt: skip


class Judge(HTMLParser):
    """Counts the children of each element, and keeps the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[list[object]] = []
        self.faults: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.open:
            self.open[-1][1] += 1  # type: ignore[operator]
        self.open.append([tag, 0])

    def handle_endtag(self, tag: str) -> None:
        opened, children = self.open.pop()
        if opened != tag or ARITY.get(tag, children) != children:
            self.faults.append(f"{tag} has {children}")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"x^{(i)}_t", "xt(i)"),
        (r"c^(i)<t-1>", "c(i)<t−1>"),
        (r"\frac12 + 0.25x", "12+0.25x"),
        (r"\sum_{t=1}^T \hat{y}_t", "∑t=1Ty^t"),
        (r"\sqrt[3]{x} \geq \log x", "x3≥logx"),
        (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1234)"),
        (r"\begin{cases}a & x>0\\b\end{cases}", "{ax>0b"),
        (r"\left\{x \middle| y\right.", "{x|y"),
        (r"\text{if }x \in \mathbb{R}", "if\xa0x∈ℝ"),
        (r"\foo{a}<b", r"\foo{a}<b"),
        (r"f'^2_3", "f3′2"),
        (r"\mathbb{E}_x \mathcal{\alpha}", "𝔼xα"),
    ],
)
def test_what_a_formula_reads(source: str, words: str) -> None:
    shown = mathml(source)
    assert shown is not None
    assert Judge(shown).words == words
    assert Judge(shown).faults == []


def test_every_command_of_the_terminal_has_a_look() -> None:
    """None stays as it was written but those that act on what is not there."""
    named = {name[1:] for name in (*symbols.OPENING, *symbols.CLOSING, *symbols.BARS)
             if name[0] == "\\"}  # fmt: skip
    for name in (*COMMANDS, *named):
        if name in {"begin", "end"}:
            continue
        shown = mathml(f"a\\{name}{{b}}{{c}}" if name.isalpha() else f"a\\{name} b")
        assert shown is not None
        assert f"<mtext>\\{name}" not in shown


def malformed(source: str) -> bool:
    """Whether the terminal shows it as it was written."""
    try:
        set_formula(source, Form.LINEAR)
    except Malformed:
        return True
    return False


@given(st.lists(st.sampled_from(TOKENS), max_size=14).map("".join))
@settings(max_examples=400)
def test_whatever_is_written_is_sound(source: str) -> None:
    shown = mathml(source)
    if shown is not None:
        assert Judge(shown).faults == []


@pytest.mark.parametrize("source", ["{", "}", "^", r"\frac{a}", r"\sqrt[3", r"\begin{cases}a",
                                    r"\end{cases}", "{" * 40 + "}" * 40])  # fmt: skip
def test_what_is_malformed_in_the_terminal_is_so_here(source: str) -> None:
    assert malformed(source)
    assert mathml(source) is None


def test_the_brackets_of_a_step_are_close_to_it() -> None:
    raised, compared = mathml("c^{<t>}"), mathml("a < b")
    assert raised is not None
    assert compared is not None
    assert raised.count('<mo lspace="0" rspace="0">') == 2
    assert "lspace" not in compared


def test_a_text_cannot_become_an_element() -> None:
    shown = mathml(r"\text{<script>alert(1)</script>}\unknown{<b>}<i>")
    assert shown is not None
    assert "<script" not in shown
    assert "<b>" not in shown
