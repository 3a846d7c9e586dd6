"""Formulas as terminal text: the three forms, what is no formula, and that nothing is lost."""

from __future__ import annotations

import re
import string
import subprocess
import sys
import time
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizcli.bank.read import read_bank
from quizcli.quiz.drawing import draw, drawn, texts_of, usual
from quizcli.terminal.maths.commands import COMMANDS
from quizcli.terminal.maths.symbols import BARS, CLOSING, OPENING, SUBSCRIPTS, SUPERSCRIPTS
from quizcli.terminal.notation import Form, complaints, fits_unicode, render, render_math
from quizcli.terminal.safe import ascii_only

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("formulas.txt")

# source, Unicode, linear, spoken; None where Unicode has no form of its own
FORMS = [
    # sequences
    (r"x^{(i)<j>}", "x⁽ⁱ⁾‹ʲ›", "x^(i)<j>", "x^(i)<j>"),
    (r"x^{< i >(j)}", "x‹ⁱ›⁽ʲ⁾", "x^<i>(j)", "x^<i>(j)"),
    (r"\Gamma_u", "Γᵤ", "Γ_u", "Gamma_u"),
    (r"\tilde{c}^{<t-1>}", "c̃‹ᵗ⁻¹›", "c̃^<t−1>", "c_tilde^<t-1>"),
    (r"\hat{y}^{<t>}", "ŷ‹ᵗ›", "ŷ^<t>", "y_hat^<t>"),
    (r"T_x = T_y", None, "T_x = T_y", "T_x = T_y"),
    (r"T_x", "Tₓ", "T_x", "T_x"),
    (r"\Gamma_f * c^{<t-1>}", None, "Γ_f * c^<t−1>", "Gamma_f * c^<t-1>"),
    (r"a^{[l]<t>}", None, "a^[l]<t>", "a^[l]<t>"),
    (
        r"W_c [\Gamma_r * c^{<t-1>}, x^{<t>}] + b_c",
        None,
        "W_c [Γ_r * c^<t−1>, x^<t>] + b_c",
        "W_c [Gamma_r * c^<t-1>, x^<t>] + b_c",
    ),
    (r"(1 - \Gamma_u) * c", "(1 − Γᵤ) * c", "(1 − Γ_u) * c", "(1 - Gamma_u) * c"),
    (
        r"P(y^{<t>} \mid y^{<1>}, \ldots, y^{<t-1>})",
        "P(y‹ᵗ› | y‹¹›, …, y‹ᵗ⁻¹›)",
        "P(y^<t> | y^<1>, …, y^<t−1>)",
        "P(y^<t> given y^<1>, ..., y^<t-1>)",
    ),
    (r"P(x_t \mid x_{<t})", None, "P(x_t | x_(<t))", "P(x_t given x_(<t))"),
    (r"10\,000", "10 000", "10 000", "10 000"),
    (r"10{,}000", "10,000", "10,000", "10,000"),
    # raised and lowered
    (r"h_{t-1}", "hₜ₋₁", "h_(t−1)", "h_(t-1)"),
    (r"a_{i, j}", "aᵢ,ⱼ", "a_(i,j)", "a_(i,j)"),
    (r"e^{-x}", "e⁻ˣ", "e^(−x)", "e^(-x)"),
    (r"10^{-6}", "10⁻⁶", "10^−6", "10^-6"),
    (r"x_i^2", "xᵢ²", "x_i^2", "x_i^2"),
    (r"x^{y^2}", None, "x^(y^2)", "x^(y^2)"),
    (r"W_ax", "Wₐx", "W_a x", "W_a x"),
    (r"x^10", "x¹0", "x^1 0", "x^1 0"),
    (r"{a+b}^2", "(a+b)²", "(a+b)^2", "(a+b)^2"),
    (r"x^(i)<j>", "x⁽ⁱ⁾‹ʲ›", "x^(i)<j>", "x^(i)<j>"),
    (r"W^T x^\top", "Wᵀ xᵀ", "W^T x^T", "W^T x^T"),
    (r"f'(x) + g''", "f′(x) + g′′", "f′(x) + g′′", "f'(x) + g''"),
    (r"h^\prime", "h′", "h′", "h'"),
    (r"\theta^*", "θ*", "θ^*", "theta^*"),
    (r"90^\circ", "90°", "90°", "90 degrees"),
    (r"i^{\text{th}}", "iᵗʰ", "i^th", "i^th"),
    (r"L_{\text{total loss}}", None, "L_(total loss)", "L_(total loss)"),
    # letters and accents
    (r"\alpha x + \beta\gamma", "αx + βγ", "αx + βγ", "alpha x + beta gamma"),
    (
        r"\partial \theta + \alpha \log x",
        "∂θ + α log x",
        "∂θ + α log x",
        "partial theta + alpha log x",
    ),
    (r"\partial L", "∂L", "∂L", "partial L"),
    (r"\varepsilon\vartheta\varphi", "εϑφ", "εϑφ", "epsilon theta phi"),
    (r"2\pi r", "2πr", "2πr", "2 pi r"),
    (r"\bar{x} \vec v \dot{x}", "x̄ v⃗ ẋ", "x̄ v⃗ ẋ", "x_bar v_vec x_dot"),
    (r"\widehat x \widetilde x", "x̂ x̃", "x̂ x̃", "x_hat x_tilde"),
    (r"\hat\theta", "θ̂", "θ̂", "theta_hat"),
    (r"\tilde{\mathbf{c}}", "c̃", "c̃", "c_tilde"),
    (r"\overline{AB}", None, "bar(AB)", "bar(AB)"),
    (r"x \in \mathbb{R}^{n \times d}", None, "x ∈ ℝ^(n×d)", "x in R^(n times d)"),
    (r"\mathbb{E}[\mathcal{L}]", "𝔼[ℒ]", "𝔼[ℒ]", "E[L]"),
    (r"\mathbf{W}_{hh} \boldsymbol\Gamma", "Wₕₕ Γ", "W_hh Γ", "W_hh Gamma"),
    # words
    (r"\tanh(\sigma(z))", "tanh(σ(z))", "tanh(σ(z))", "tanh(sigma(z))"),
    (r"2\log x", "2 log x", "2 log x", "2 log x"),
    (r"\log\sigma(x)", "log σ(x)", "log σ(x)", "log sigma(x)"),
    (r"\log_2 x", "log₂ x", "log_2 x", "log_2 x"),
    (r"\arg\max_i p_i", "arg maxᵢ pᵢ", "arg max_i p_i", "arg max_i p_i"),
    (r"\operatorname*{argmax}_k z_k", "argmaxₖ zₖ", "argmax_k z_k", "argmax_k z_k"),
    (r"a\operatorname{softmax}(z)", "a softmax(z)", "a softmax(z)", "a softmax(z)"),
    (r"x \text{ if well-formed}", "x if well-formed", "x if well-formed", "x if well-formed"),
    # operators
    (r"a\cdot b", "a · b", "a · b", "a times b"),
    (r"9.5 \cdot 10^{-7}", "9.5 · 10⁻⁷", "9.5 · 10^−7", "9.5 times 10^-7"),
    (r"x = \pm1", "x = ±1", "x = ±1", "x = plus or minus 1"),
    (r"g(\cdot)", "g(·)", "g(·)", "g(dot)"),
    (r"a \odot b", "a ⊙ b", "a ⊙ b", "a elementwise times b"),
    (r"\Gamma_u \approx 0", "Γᵤ ≈ 0", "Γ_u ≈ 0", "Gamma_u is about 0"),
    (r"a \leq b \neq c", "a ≤ b ≠ c", "a ≤ b ≠ c", "a <= b != c"),
    (r"f\colon A \to B", "f: A → B", "f: A → B", "f: A -> B"),
    (r"x \to \infty", "x → ∞", "x → ∞", "x -> infinity"),
    (r"\{x \mid x > 0\}", "{x | x > 0}", "{x | x > 0}", "{x such that x > 0}"),
    (r"P(a | b)", "P(a | b)", "P(a | b)", "P(a | b)"),
    # fractions and roots
    (r"\frac{a}{b}", "a/b", "a/b", "a/b"),
    (r"\frac{a + b}{c}", "(a + b)/c", "(a + b)/c", "(a + b)/c"),
    (r"\frac{1}{2\pi}", "1/(2π)", "1/(2π)", "1/(2 pi)"),
    (r"\frac{x}{2d}", "x/(2d)", "x/(2d)", "x/(2d)"),
    (r"\frac{dy}{dx}", "dy/dx", "dy/dx", "dy/dx"),
    (
        r"\frac{\partial L}{\partial W_{aa}}",
        "∂L/∂Wₐₐ",
        "∂L/∂W_aa",
        "(partial L)/(partial W_aa)",
    ),
    (r"\frac{f(x)}{g(x)}", "f(x)/g(x)", "f(x)/g(x)", "f(x)/g(x)"),
    (r"\frac12 x", "(1/2) x", "(1/2) x", "(1/2) x"),
    (r"a\frac{b}{c}", "a (b/c)", "a (b/c)", "a (b/c)"),
    (r"\frac{a}{b}^2", "(a/b)²", "(a/b)^2", "(a/b)^2"),
    (r"\frac{1}{3.14}", "1/3.14", "1/3.14", "1/3.14"),
    (r"\frac{\|x\|}{n}", "‖x‖/n", "‖x‖/n", "norm(x)/n"),
    (r"\sqrt{d_k}", "√dₖ", "√d_k", "sqrt(d_k)"),
    (r"\sqrt{x + 1}", "√(x + 1)", "√(x + 1)", "sqrt(x + 1)"),
    (r"\sqrt[3]{x}", "∛x", "∛x", "root_3(x)"),
    (r"\sqrt[n]{x}", None, "root_n(x)", "root_n(x)"),
    (r"\binom{n}{k}", "(n choose k)", "(n choose k)", "(n choose k)"),
    # sums
    (
        r"\sum_{t=1}^{T} x_t",
        "∑ₜ₌₁ᵀ xₜ",
        "∑[t=1…T] x_t",
        "sum from t=1 to T of x_t",
    ),
    (r"\int_0^{T_y} f", None, "∫_0^(T_y) f", "integral from 0 to T_y of f"),
    (r"\prod_{t=1}^{T_y}P", None, "∏[t=1…T_y] P", "product from t=1 to T_y of P"),
    (r"\sum^n_{i=1} i", "∑ⁿᵢ₌₁ i", "∑[i=1…n] i", "sum from i=1 to n of i"),
    (r"\prod\limits_t p_t", "∏ₜ pₜ", "∏_t p_t", "product over t of p_t"),
    (
        r"-\frac{1}{N}\sum_{i} \log \hat{y}",
        "−(1/N) ∑ᵢ log ŷ",
        "−(1/N) ∑_i log ŷ",
        "-(1/N) sum over i of log y_hat",
    ),
    # brackets
    (r"\|W\|_2", "‖W‖₂", "‖W‖_2", "norm(W)_2"),
    (r"\left\| x \right\|^2", "‖x‖²", "‖x‖^2", "norm(x)^2"),
    (r"|x| + |y|", "|x| + |y|", "|x| + |y|", "|x| + |y|"),
    (r"\lvert x \rvert", "|x|", "|x|", "abs(x)"),
    (r"\left( \frac{a}{b} \right)", "(a/b)", "(a/b)", "(a/b)"),
    (r"\lfloor x \rfloor", "⌊x⌋", "⌊x⌋", "floor(x)"),
    (
        r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}",
        "[a, b; c, d]",
        "[a, b; c, d]",
        "[a, b; c, d]",
    ),
    # spaces, and what is not known
    (r"a   +  b", "a + b", "a + b", "a + b"),
    (r"a \quad b\;c~d", "a  b c d", "a  b c d", "a  b c d"),
    (r"\foo{\bar{x}} + \baz", r"\foo{\bar{x}} + \baz", r"\foo{\bar{x}} + \baz", None),
    (r"50\%", "50%", "50%", "50%"),
]


@pytest.mark.parametrize(("source", "raised", "linear", "spoken"), FORMS)
def test_a_formula_in_its_three_forms(
    source: str, raised: str | None, linear: str, spoken: str | None
) -> None:
    """Each form reads as the table says, and where Unicode has none, linear stands in."""
    assert render_math(source, Form.UNICODE) == (raised or linear)
    assert render_math(source, Form.LINEAR) == linear
    assert render_math(source, Form.SPOKEN) == (spoken or linear)
    assert fits_unicode([f"${source}$"]) is (raised is not None)


def test_plain_mode_spells_symbols_that_were_typed_as_such() -> None:
    """Γ reads like \\Gamma, and ≈ like \\approx."""
    assert render_math("Γ_u ≈ 0 → ∞", Form.SPOKEN) == "Gamma_u is about 0 -> infinity"
    assert render_math(r"D(p \| q) \Vert", Form.SPOKEN) == "D(p || q) ||"  # a lone one


def test_unicode_is_all_or_nothing_over_the_texts_of_a_question() -> None:
    """One gate f anywhere, and every gate is written in linear form."""
    fine = [r"The gate $\Gamma_u$", "no formula", r"costs \$5"]
    assert fits_unicode(fine)
    assert fits_unicode([])
    assert not fits_unicode([*fine, r"and $\Gamma_f$"])
    assert fits_unicode([r"malformed ones are shown as they are: $\Gamma_f}$"])


TEXTS = [
    ("no formula at all, \\not even one", None),
    (r"$\Gamma_u$ and $c$", "Γᵤ and c"),
    (r"word $j$-th, ($x$)", "word j-th, (x)"),
    (r"\$5 or \$6", "$5 or $6"),
    (r"\$5 and $x$", "$5 and x"),
    ("$5 or $6", None),
    ("$5-$6", None),
    ("5$ or 6$", None),
    ("it cost $5, then $x$ was", "it cost $5, then x was"),
    ("one $ alone", None),
    ("two paragraphs $a\n\nb$ apart", None),
    ("one formula $a +\n  b$ over two lines", "one formula a + b over two lines"),
    ("$ x $", None),
    ("$$ x^2 $$", "x²"),
    ("$a$$b$", "ab"),
    ("$$", None),
    ("$ $", None),
    ("", None),
    (r"a price in maths: $p = \$5$", "a price in maths: p = $5"),
    (r"a backslash \\ and $x$", r"a backslash \\ and x"),
    ("  $x_1$\n  $x_2$\n", "  x₁\n  x₂\n"),
    ("broken $x^{$ stays, $y$ does not", "broken $x^{$ stays, y does not"),
]


@pytest.mark.parametrize(("text", "shown"), TEXTS)
def test_dollars_that_are_maths_and_dollars_that_are_not(text: str, shown: str | None) -> None:
    """Formulas are replaced, everything else stays character for character."""
    assert render(text, Form.UNICODE) == (text if shown is None else shown)


MALFORMED = ["x^{", "}{", "x^", "_", r"\frac{a}", r"\hat", r"\sqrt[3", r"\left", r"\end{cases}",
             r"\begin{cases} a", "{" * 10_000 + "}" * 10_000, r"\hat" * 10_000 + "x",
             "^" * 10_000, "_{" * 5000 + "}" * 5000, r"\sqrt" * 10_000, r"\frac" * 10_000]  # fmt: skip


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("source", MALFORMED, ids=lambda s: s[:12])
def test_what_is_no_formula_stays_as_it_was_written(source: str, form: Form) -> None:
    """Braces that do not match, missing arguments, nesting beyond reading: the source, whole."""
    assert render_math(source, form) == source
    assert render(f"a ${source}$ b", form) == f"a ${source}$ b"


@pytest.mark.parametrize("unit", ["^(", "x_<", r"\|a|b", "{}", "$", "$$", r"\foo{a}", "  \n ", "1"])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    """100 000 characters of anything take seconds at most; quadratic work would take hours."""
    source = unit * (100_000 // len(unit))
    start = time.process_time()
    render_math(source, Form.UNICODE)
    render(f"${source}$ {source}", Form.LINEAR)
    assert time.process_time() - start < 10


# Nothing is lost

KNOWN = {*COMMANDS, *(name[1:] for name in (*OPENING, *CLOSING, *BARS))}
UNKNOWN = ["foo", "baz", "widetext", "Q", "zzz"]
assert not KNOWN.intersection(UNKNOWN)


def _nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Braces, scripts, brackets and unknown commands around what is there."""
    return st.one_of(
        st.lists(inner, max_size=4).map("".join),
        inner.map(lambda s: f"{{{s}}}"),
        st.tuples(inner, st.sampled_from("^_"), inner).map(lambda p: f"{p[0]}{p[1]}{{{p[2]}}}"),
        st.tuples(st.sampled_from(UNKNOWN), inner).map(lambda p: rf"\{p[0]}{{{p[1]}}}"),
        inner.map(lambda s: rf"\frac{{{s}}}{{{s}}}"),
    )


ASCII_FORMULAS = st.recursive(
    st.text(string.ascii_letters + string.digits + " +-*/=<>()[]|,.;:!'&~", max_size=6), _nested
)
ANY_FORMULAS = st.recursive(st.text(max_size=6), _nested)


def letters(text: str) -> str:
    """The letters and digits of ``text``, raised and lowered ones brought back to the line."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if c.isalnum())


def without_known_commands(source: str) -> str:
    return re.sub(
        r"\\(?:begin|end)\{\w+\*?\}|\\([A-Za-z]+)|\\(.)",
        lambda found: found[0] if (found[1] or found[2] or "end") not in KNOWN else "",
        source,
        flags=re.DOTALL,
    )


def is_subsequence(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(c in rest for c in part)


@given(ASCII_FORMULAS, st.sampled_from(Form))
def test_every_letter_and_digit_of_a_formula_is_still_there_in_order(
    source: str, form: Form
) -> None:
    """No letter vanishes or moves, whatever was raised, lowered, divided or not understood."""
    shown = without_known_commands(render_math(source, form))  # some stand in unknown ones' braces
    assert letters(shown) == letters(without_known_commands(source))


@given(ANY_FORMULAS, st.sampled_from([Form.UNICODE, Form.LINEAR]))
def test_any_characters_survive(source: str, form: Form) -> None:
    """The same for text of any script, except that a sign may add letters (⊤ is read as T)."""
    assert is_subsequence(
        letters(without_known_commands(source)), letters(render_math(source, form))
    )


SCRAPS = [*"\\{}^_$<>()[]|&~' ab1Γ\n-", r"\frac", r"\hat", r"\left", r"\sqrt", r"\text",
          r"\sum", r"\begin{cases}", r"\end{cases}", r"\mid", r"\right", r"\middle",
          r"\operatorname", r"\circ", r"\mathbb", r"\binom", r"\limits", r"\|"]  # fmt: skip


@given(st.lists(st.sampled_from(SCRAPS)).map("".join), st.sampled_from(Form))
def test_no_nonsense_raises(source: str, form: Form) -> None:
    """Whatever is typed between dollars, there is an answer, and it is one for the text too."""
    render_math(source, form)
    render(source, form)
    fits_unicode([source])


# No digits behind a formula; no letters beside it, which are a rule of their own; no fences of
# code.
OUTSIDE = st.text(st.characters(exclude_characters="$\\`~\t ", exclude_categories=["L", "N"]))


@given(st.lists(st.tuples(OUTSIDE, st.sampled_from(FORMS))), OUTSIDE, st.sampled_from(Form))
def test_text_outside_formulas_is_untouched(
    pieces: list[tuple[str, tuple[str, ...]]], end: str, form: Form
) -> None:
    """A text is its outer parts, character for character, around its formulas."""
    text = "".join(f"{outside} ${formula[0]}$" for outside, formula in pieces) + end
    shown = "".join(f"{outside} {render_math(formula[0], form)}" for outside, formula in pieces)
    assert render(text, form) == shown + end


PLAIN = st.text().filter(lambda s: not re.search(r"\$|\\[*_`]", s))


@given(PLAIN, st.sampled_from(Form))
@example("\\{x} \\frac", Form.UNICODE)
def test_text_without_a_dollar_is_returned_as_it_is(text: str, form: Form) -> None:
    """Backslashes, braces and everything else mean nothing outside of formulas, but where a sign of
    emphasis or of code is written as itself."""
    assert render(text, form) == text


@pytest.mark.parametrize("sign", "*_`")
@pytest.mark.parametrize("form", Form)
def test_a_sign_of_emphasis_with_a_backslash_is_itself(sign: str, form: Form) -> None:
    assert render(f"a\\{sign}b", form) == f"a{sign}b"


# Tables and cost


@pytest.mark.parametrize("table", [SUPERSCRIPTS, SUBSCRIPTS], ids=["raised", "lowered"])
def test_raised_and_lowered_letters_are_the_letters_they_stand_for(table: dict[str, str]) -> None:
    """Unicode's own decomposition confirms the tables; the signs it knows nothing of are few."""
    by_eye = {"<": "‹", ">": "›", "*": "*", "⋆": "⋆", "′": "′", "†": "†", ",": ",",
              "…": "…", "⊤": "ᵀ"}  # fmt: skip
    for plain, shown in table.items():
        wanted = by_eye.get(plain) or unicodedata.normalize("NFKD", plain)
        assert (shown if plain in by_eye else unicodedata.normalize("NFKD", shown)) == wanted


def test_importing_it_loads_nothing_heavy_and_a_text_without_maths_loads_no_tables() -> None:
    """A start pays for formulas only when one is shown."""
    code = """
import sys
from quizcli.terminal import notation
notation.render("no maths", notation.Form.UNICODE)
print(*sorted({"rich", "yaml", "unicodedata", "quizcli.terminal.maths.setter"} & set(sys.modules)))
"""
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert loaded.stdout.split() == []


# Every formula of the banks


@cache
def bank_formulas() -> list[str]:
    """The formulas in all texts of ``questions/``, with the usual values of what varies and with
    those of some draws."""
    found: dict[str, None] = {}
    for path in sorted((ROOT / "questions").glob("*.yaml")):
        bank = read_bank(path.read_bytes(), str(path))
        for written in bank.questions:
            draws = [drawn(written, draw(written, seed, bank.id)) for seed in range(5)]
            for question in [usual(written), *draws]:
                for text in texts_of(question):
                    for formula in re.findall(r"\$([^$]+)\$", text):
                        found[" ".join(formula.split())] = None
    return list(found)


def snapshot() -> str:
    """Each formula of the banks, and under it its three forms."""
    blocks = (
        "\n".join([source, *(f"  {form:8}{render_math(source, form)}" for form in Form)])
        for source in bank_formulas()
    )
    return "\n".join(blocks) + "\n"


def test_every_formula_of_the_banks_reads_as_it_was_read_by_eye(
    golden: Callable[[Path, str], None],
) -> None:
    """A change in how any formula is shown has to be looked at."""
    golden(GOLDEN, snapshot())


def test_every_formula_of_the_banks_is_understood() -> None:
    """No command is left over, no brace, no dollar; plain mode is ASCII."""
    assert bank_formulas()
    for source in bank_formulas():
        for form in Form:
            assert not set(render_math(source, form)) & set("\\{}$"), source
        assert render_math(source, Form.SPOKEN).isascii(), source


# Authors' slips


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (r"\fraq{1}{2}", [(r"'\fraq' is not a known command", r"did you mean '\frac'?")]),
        (r"\Gama_u + \Gama_f", [(r"'\Gama' is not a known command", r"did you mean '\Gamma'?")]),
        (r"\lamda", [(r"'\lamda' is not a known command", r"did you mean '\lambda'?")]),
        (r"\qqqq", [(r"'\qqqq' is not a known command", "it is shown as it was written")]),
        (r"\begin{matirx} 1 \end{matirx}",
         [("'matirx' is not a known environment", "did you mean 'matrix'?")]),
        ("x^{", [("the formula 'x^{' is malformed",
                  "fix its braces and arguments, or write dollars as \\$")]),
        (r"\frac{1}{2} \left( \alpha \right)", []),
        (r"\text{50\% of all}", []),
    ],
)  # fmt: skip
def test_what_is_told_of_a_formula(source: str, told: list[tuple[str, str]]) -> None:
    """What would be shown raw is told, with the nearest command there is."""
    assert complaints(source) == told


def test_no_raised_or_lowered_letter_is_one_that_common_fonts_lack() -> None:
    """DejaVu Sans Mono, which Debian's terminals use, has none of these."""
    lacking = set("˂˃˟ᵝᵞᵟᵠᵡᵦᵧᵨᵩᵪ")
    assert not lacking & {*SUPERSCRIPTS.values(), *SUBSCRIPTS.values()}


def test_quotation_marks_are_no_raised_letters() -> None:
    """On a terminal without Unicode ‹ and › are spelled as such, but beside raised letters."""
    assert ascii_only("‹so› x⁽ⁱ⁾‹ʲ› x˂ʲ˃") == "<so> x^(i)<j> x^<j>"
