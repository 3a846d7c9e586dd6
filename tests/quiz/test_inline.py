"""One paragraph as spans: which dollars are formulas, what is code, what is emphasis."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.quiz.inline import SpanKind, inline

# Every text is shown with its formulas in ⟦ ⟧, its code in ⟨ ⟩, its emphasis in { }.
DOLLARS = [
    ("cost 5 $ and now costs 6 $", "cost 5 $ and now costs 6 $"),
    ("df$x and df$y", "df$x and df$y"),
    ("^a$|^b$", "^a$|^b$"),
    ("$HOME:$PATH", "$HOME:$PATH"),
    ("${A}:${B}, $A_x-$B", "${A}:${B}, $A_x-$B"),
    ("$599, now $799", "$599, now $799"),
    ("$5 to $6, US$7 and US$8", "$5 to $6, US$7 and US$8"),
    ("5 $, 6 $; df$x", "5 $, 6 $; df$x"),
    ("3 $/kg, 4$/kg", "3 $/kg, 4$/kg"),
    ("'$' and \"$\" and (US$)", "'$' and \"$\" and (US$)"),
    ("echo $((1+2)), awk '{print $1, $2}'", "echo $((1+2)), awk '{print $1, $2}'"),
    ("R$ 5,00 e R$ 6,00; s/^$/x$/", "R$ 5,00 e R$ 6,00; s/^$/x$/"),
    ("it cost $5, then $x$ was", "it cost $5, then ⟦x⟧ was"),
    ("$ x $ and $y$", "$ x $ and ⟦y⟧"),
    ("$x$5", "$x$5"),
    ("$$ x $$", "⟦ x ⟧"),
    ("$a$$b$", "⟦a⟧⟦b⟧"),
    ("the $n$th, $k$-th, ($x$), $x$s", "the ⟦n⟧th, ⟦k⟧-th, (⟦x⟧), ⟦x⟧s"),
    ("H$_2$O, 10$^{-3}$, O$(n)$, 90$^\\circ$", "H⟦_2⟧O, 10⟦^{-3}⟧, O⟦(n)⟧, 90⟦^\\circ⟧"),
    ("it is $5 to 6$, not $x$", "it is $5 to 6$, not ⟦x⟧"),
    ("$5 and 10$, $5M or 6M$ or 7", "$5 and 10$, $5M or 6M$ or 7"),
    ("$8k/$7k; HK$, $10 or 20 US$", "$8k/$7k; HK$, $10 or 20 US$"),
    ("US$5 or $6, df$x and df$y", "US$5 or $6, df$x and df$y"),
    ("$3 für 4$, then $n$th of $k$", "$3 für 4$, then ⟦n⟧th of ⟦k⟧"),
    ("$5x+3$ and $100$, $2 AB$, $10 mod 3$", "⟦5x+3⟧ and ⟦100⟧, ⟦2 AB⟧, ⟦10 mod 3⟧"),
    ("$2 \\text{ to } 3$, $1, 2, 3$, $5-10$", "⟦2 \\text{ to } 3⟧, ⟦1, 2, 3⟧, ⟦5-10⟧"),
    ("$2 = two + 0$, $0.5$, $2n$, $3/4$", "⟦2 = two + 0⟧, ⟦0.5⟧, ⟦2n⟧, ⟦3/4⟧"),
    (r"\$5 and $x$ and \$6", "$5 and ⟦x⟧ and $6"),
    (r"$p = \$5$", r"⟦p = \$5⟧"),
    ("`$HOME:$PATH` and $x$", "⟨$HOME:$PATH⟩ and ⟦x⟧"),
    ("$5 for `a$b` and $6", "$5 for ⟨a$b⟩ and $6"),
    ("``a ` b`` ` c", "⟨a ` b⟩ ` c"),
    ("`` `x` ``", "⟨`x`⟩"),
    ("a ` alone, x and `` two", "a ` alone, x and `` two"),
    ("a lone backslash: `\\`", "a lone backslash: ⟨\\⟩"),
]
EMPHASIS = [
    ("is *not* so", "is {not} so"),
    ("_one_ and **two** and ***three***", "{one} and {two} and {three}"),
    ("*the $x$ of `f`*", "{the ⟦x⟧ of ⟨f⟩}"),
    ("snake_case_name, __init__, 2 * 3 * 4, a*b*c", "snake_case_name, __init__, 2 * 3 * 4, a*b*c"),
    ("(*) and (*), y* or z*, *args", "(*) and (*), y* or z*, *args"),
    (r"\*not\* and \_so\_", "*not* and _so_"),
    ("$x^*$ and $y^*$", "⟦x^*⟧ and ⟦y^*⟧"),
    ("(*yes*), *no*.", "({yes}), {no}."),
    ("* a* and *b *", "* a* and *b *"),
    ("*a _b* c_", "{a _b} c_"),
]


def drawn(text: str) -> str:
    signs = {SpanKind.TEXT: "{}", SpanKind.MATH: "⟦{}⟧", SpanKind.CODE: "⟨{}⟩"}
    out, inside = "", False
    for span in inline(text):
        if span.kind is SpanKind.MARK:
            inside = not inside
            out += "{" if inside else "}"
        else:
            assert span.emphasis is inside
            out += signs[span.kind].format(span.text)
    return out


@pytest.mark.parametrize(("text", "shown"), DOLLARS + EMPHASIS)
def test_a_paragraph_reads_as_it_was_meant(text: str, shown: str) -> None:
    """Prices, shell variables, data frames and patterns keep their dollars."""
    assert drawn(text) == shown


PARAGRAPHS = st.text(st.sampled_from(list("$`*_\\ab1 (){}|^\n:.,")), max_size=40)


@given(PARAGRAPHS)
def test_the_sources_together_are_the_paragraph(text: str) -> None:
    """Nothing is lost, whatever is typed, and no letter of it vanishes from what is shown."""
    spans = inline(text)
    assert "".join(span.source for span in spans) == text
    letters = [c for span in spans for c in span.text if c.isalnum()]
    assert letters == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("unit", ["$", "`", "*", "_", "$a", "`a``", "*a ", "a* ", "\\", "$a`"])
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    """100 000 characters of anything take a second or two."""
    start = time.process_time()
    inline(unit * (100_000 // len(unit)))
    inline("".join("`" * n + " " for n in range(1, 440)))
    assert time.process_time() - start < 5
