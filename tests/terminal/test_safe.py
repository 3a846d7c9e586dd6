"""Text from outside on its way to a screen: harmless, complete, and in ASCII where it must be."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizcli.terminal.maths.symbols import BIG, LETTERS, OPERATORS, SUBSCRIPTS, SUPERSCRIPTS
from quizcli.terminal.safe import MARKS_PER_BASE, ascii_only, neutral

ROOT = Path(__file__).parents[2]
FAMILY = "👨\u200d👩\u200d👧\u200d👦"
PERSIAN = "می\u200cخواهم"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
HINDI = "क\u094d\u200dष"

SHOWN = [
    # controls
    ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
    ("\x1b]8;;http://evil\x07link\x1b]8;;\x07", "␛]8;;http://evil␇link␛]8;;␇"),
    ("\x9b31m", r"\x9b31m"),
    ("nul\0 bell\a back\b del\x7f", "nul␀ bell␇ back␈ del␡"),
    ("vt\v ff\f", "vt␋ ff␌"),
    ("a\tb", "a    b"),
    ("one\r\ntwo", "one\ntwo"),
    ("over\rwritten", "over␍written"),
    ("\r\r\n", "␍\n"),
    ("nel\x85ls\u2028ps\u2029.", "nel\nls\nps\n."),
    # bidi and what cannot be seen
    ("abc\u202edef", "abc<U+202E>def"),
    ("\u2066x\u2069 \u200e\u200f\u061c", "<U+2066>x<U+2069> <U+200E><U+200F><U+061C>"),
    ("zero\u200bwidth \ufeffbom sh\xady", "zero<U+200B>width <U+FEFF>bom sh<U+00AD>y"),
    ("tag\U000e0041\U000e007f", "tag<U+E0041><U+E007F>"),
    (ENGLAND, ENGLAND),
    (f"{ENGLAND}{SCOTLAND} x", f"{ENGLAND}{SCOTLAND} x"),
    ("\U0001f3f4\U000e0067", "\U0001f3f4<U+E0067>"),
    ("\U0001f3f4" + "\U000e0061" * 9 + "\U000e007f", "\U0001f3f4" + "<U+E0061>" * 9 + "<U+E007F>"),
    ("filler\u3164\u115f\uffa0", "filler<U+3164><U+115F><U+FFA0>"),
    ("no character\uffff", "no character<U+FFFF>"),
    ("half a pair \ud83d", "half a pair \ufffd"),
    # joiners and selectors
    (FAMILY, FAMILY),
    ("❤\ufe0f 1\ufe0f\u20e3 👍🏽 ▶\ufe0e", "❤\ufe0f 1\ufe0f\u20e3 👍🏽 ▶\ufe0e"),
    (PERSIAN, PERSIAN),
    (HINDI, HINDI),
    ("葛\U000e0100", "葛\U000e0100"),
    ("a\u200db \u200c", "a<U+200D>b <U+200C>"),
    ("x\u200cم م\u200cx م\u200c\u0660", "x<U+200C>م م<U+200C>x م<U+200C>\u0660"),
    ("❤\ufe0f\ufe0f\ufe0f", "❤\ufe0f<U+FE0F><U+FE0F>"),
    ("x\ufe0f", "x<U+FE0F>"),
    ("👨\u200d" * 6, "👨\u200d" * 4 + "👨<U+200D>👨<U+200D>"),
    # marks
    ("c\u0303 q\u0323\u0307", "c\u0303 q\u0323\u0307"),
    ("z" + "\u0301" * 100 + "q", "z" + "\u0301" * 4 + "<+96 marks>q"),
    ("z" + "\u0301" * 5, "z" + "\u0301" * 4 + "<U+0301>"),
    ("a" + "\u0488" * 6, "a" + "\u0488" * 4 + "<+2 marks>"),
    ("\u0301x", "<U+0301>x"),
    ("x\n\u0301\u0302", "x\n<+2 marks>"),
    ("e\u034f\u0301", "e<U+034F>\u0301"),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_what_could_act_hide_or_reorder_is_shown(text: str, shown: str) -> None:
    """Each kind of harm becomes something to read, and each legitimate use stays."""
    assert neutral(text) == shown


ORDINARY = [
    "",
    "plain text, two\nlines",
    "Γᵤ * c̃‹ᵗ⁻¹› + (1 − Γᵤ) ≈ 0 → ℝⁿ˟ᵈ",
    "━━━── █▓▒░ ▁▂▃ ✓ ✗ ◐ ▸ ┌─┐ ⌫",
    "Zoë Černocký, 10\xa0000 “words” – naïve…",
    "日本語 한국어 שלום مرحبا Ελληνικά Привет हिन्दी ไทย 😀🇬🇧",
    "[bold]markup[/bold] :100: <t> & $x$ \\x9b",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_of_any_language_is_returned_as_it_is(text: str) -> None:
    """Nothing that can be read is touched."""
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["plain\ntext", "Γᵤ ≈ 0\n━━ █ “ŷ” 日本"])
def test_text_without_marks_costs_no_copy(text: str) -> None:
    """Most text goes the fast way, line breaks and mathematics included."""
    assert neutral(text) is text


# All of Unicode, weighted towards what does harm and what stands beside it.
HARMFUL = [*map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010)]),
           *map(chr, [*range(0x2028, 0x202F), *range(0x2060, 0x2070), 0xAD, 0x34F, 0x61C, 0xFEFF]),
           *map(chr, [0xFE0E, 0xFE0F, 0x115F, 0x3164, 0xE0001, 0xE0041, 0xE0100, 0x1F3FD, 0x20E3]),
           *map(chr, [0xFFF9, 0xFFFE, 0xFDD0, 0xD800, 0xDC00, 0x6DD, 0x8E2, 0x180E, 0x1BCA0]),
           *"a1#\r\n\u0301\u0302\u0303\u0488 👨❤葛كمقष\u094d\u0bcdก\u0e31"]  # fmt: skip
TEXT = st.lists(
    st.sampled_from(HARMFUL)
    | st.characters(exclude_categories=[])
    | st.integers(1, 9).map(lambda n: "\u0301" * n)
).map("".join)


@given(TEXT)
@example("\r\r\n" + FAMILY)
def test_neutral_twice_is_neutral_once(text: str) -> None:
    """What is harmless already passes unchanged, so it may be applied anywhere."""
    once = neutral(text)
    assert neutral(once) == once


@given(TEXT)
def test_nothing_that_acts_or_hides_comes_out(text: str) -> None:
    """By Unicode's own categories: no control, no format character, no half of a pair; joiners
    and selectors only beside what they belong to; few marks on any base."""
    shown = neutral(text)
    before, marks = "\n", 0
    for position, character in enumerate(shown):
        kind = unicodedata.category(character)
        after = shown[position + 1 : position + 2]
        if character == "\u200d" and unicodedata.category(before) in ("So", "Sk", "Sm", "Mn", "Cn"):
            assert after, "a joiner joins"
        elif character in "\u200c\u200d":
            assert unicodedata.category(before) in ("Lo", "Mn", "Mc", "Nd", "Lm"), shown
            assert unicodedata.category(after)[0] == "L", shown
        else:
            assert character == "\n" or kind not in ("Cc", "Cf", "Cs", "Zl", "Zp"), shown
        if kind in ("Mn", "Me"):
            marks += 1
            assert before != "\n", "a mark stands on something"
            assert marks <= MARKS_PER_BASE + 2, shown  # a keycap and a selector are marks as well
        elif character not in "\u200c\u200d":
            marks = 0
        before = character
    for one, two in pairwise(shown):
        assert not (is_selector(one) and is_selector(two)), "one selector a sign"


def is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@given(TEXT)
def test_every_letter_and_digit_survives_in_order(text: str) -> None:
    """Nothing that can be read is lost; fillers count as letters but have no shape."""
    fillers = "\u115f\u1160\u3164\uffa0"
    rest = iter(neutral(text))
    assert all(c in rest for c in text if c.isalnum() and c not in fillers)


@pytest.mark.parametrize("plane", [0, 1, 14])
def test_every_single_character_is_judged_by_its_category(plane: int) -> None:
    """Against Unicode's database, in every plane that has more than ideographs: what passes between
    two letters has a shape, and what does not is a control, a format character or has none."""
    shapeless = {*range(0x115F, 0x1161), 0x34F, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065,
                 0x3164, *range(0xFE00, 0xFE10), 0xFFA0, *range(0xFFF0, 0xFFF9),
                 *range(0xE0000, 0xE1000), *range(0xFDD0, 0xFDF0)}  # fmt: skip
    for code in range(plane << 16, (plane + 1) << 16):
        acts = unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs", "Zl", "Zp") and code != 0x0A
        hides = code in shapeless or code & 0xFFFE == 0xFFFE
        passed = neutral(f"a{chr(code)}b") == f"a{chr(code)}b"
        assert passed is not (acts or hides), f"U+{code:04X}"


# ASCII

SPELLED = [
    ("x⁽ⁱ⁾‹ʲ›, Γᵤ * c̃‹ᵗ⁻¹›", "x^(i)<j>, Gamma_u * c_tilde^<t-1>"),
    ("ŷ ≤ ℝⁿ˟ᵈ, hₜ₋₁, e⁻ˣ", "y_hat <= R^(nxd), h_(t-1), e^(-x)"),
    ("2πr, αβ, θ̂, σ(z)", "2pi r, alpha beta, theta_hat, sigma(z)"),
    ("✓ Right · ✗ Wrong ◐ ▸ –−… → ≈ × ≥", "+ Right - x Wrong ~ > --... -> ~= x >="),
    ("“word” ‘it’s’ «a»", "\"word\" 'it's' <<a>>"),
    ("━━━──── ┌─┐│ ▓█░", "===---- +-+| %#."),
    ("Zoë Černocký, naïve Straße, Łódź, œuvre", "Zoe Cernocky, naive Strasse, Lodz, oeuvre"),
    ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
    ("10\xa0000 ﬁne ① ½ 90° 5 €", "10 000 fine 1 1/2 90deg 5 EUR"),
    ("␛[31m", r"\x1b[31m"),
    ("aq\u0323\u0307b", "aqb"),
    ("日本 й 😀", "\\u65e5\\u672c \\u0439 \\U0001f600"),
    ("⌫ back", "Backspace back"),
    ("\ud800", "\\ud800"),
]


@pytest.mark.parametrize(("text", "spelled"), SPELLED)
def test_text_for_a_terminal_without_utf_8(text: str, spelled: str) -> None:
    """Our own signs, formulas and names stay readable; the rest is an escape."""
    assert ascii_only(text) == spelled


@given(st.text() | TEXT)
def test_ascii_only_is_ascii_and_adds_no_question_mark(text: str) -> None:
    """ASCII for every text; what is ASCII already is untouched."""
    shown = ascii_only(text)
    assert shown.isascii()
    if "?" not in unicodedata.normalize("NFKD", text) and "¿" not in text:
        assert "?" not in shown
    assert ascii_only(shown) is shown
    assert ascii_only(shown, columns=True) is shown


def test_every_symbol_that_formulas_are_written_with_has_a_spelling() -> None:
    """No escape in a formula: raised letters, Greek, and the signs of every command."""
    symbols = [pair[0] for table in (LETTERS, OPERATORS, BIG) for pair in table.values()]
    others = [*SUPERSCRIPTS.values(), *SUBSCRIPTS.values(), *"√∛∜‖⟨⟩ℝ𝔼ℒ𝒩′"]
    for character in [*symbols, *others]:
        assert ascii_only(character), character
        assert "\\u" not in ascii_only(character).lower(), character


FIGURE = """\
output  ŷ<1>─╮  ŷ<T_x>
         ↑   │     ↑
       ┌───┐ │   ┌───┐
a<0> ─→│RNN│─│…─→│RNN│
       └───┘ │   └───┘
input   x<1> ╰…→x<T_x>"""
IN_ASCII = """\
output  y<1>-+  y<T_x>
         ^   |     ^
       +---+ |   +---+
a<0> ->|RNN|-|.->|RNN|
       +---+ |   +---+
input   x<1> +.>x<T_x>"""


def test_a_drawing_keeps_its_columns() -> None:
    """Sign for sign in as many cells, so that arrows still meet their boxes."""
    assert ascii_only(FIGURE, columns=True) == IN_ASCII
    assert ascii_only("日本|Γᵤ|c̃|😀|", columns=True) == "****|Gu|c|**|"


@given(st.text(st.characters(exclude_categories=["Mn", "Me", "Cf", "Cs", "Cn", "Co"])))
def test_a_drawing_of_anything_keeps_its_columns(text: str) -> None:
    """By East Asian Width: two for wide signs, one for the others."""
    cells = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
    shown = ascii_only(text, columns=True)
    assert len(shown) == (cells if not text.isascii() else len(text))
    assert shown.isascii()


def test_importing_it_loads_nothing_and_ascii_text_needs_no_tables() -> None:
    """Plain English costs no look at Unicode's database."""
    code = """
import sys
from quizcli.terminal.safe import ascii_only, neutral
ascii_only(neutral("plain text\\n"))
heavy = {"rich", "unicodedata", "quizcli.terminal.spelling", "quizcli.terminal.maths.symbols"}
print(*sorted(heavy & set(sys.modules)))
"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert loaded.stdout.split() == []
