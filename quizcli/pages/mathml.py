r"""Formulas as MathML, which browsers typeset and screen readers read out.

The rule: what the terminal reads as a formula is one here, from the same tables; what is malformed,
and a command that is unknown, stays as it was written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element
from quizcli.pages.math_typesetter import MathTypesetter, math_sign, math_space
from quizcli.terminal.maths import symbols
from quizcli.terminal.maths.reader import Malformed

if TYPE_CHECKING:
    from quizcli.pages.math_typesetter import Typeset

_SPACES = {",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "quad": "1em",
           "qquad": "2em"}  # fmt: skip
# Accents as signs of their own: those of the terminal hang on a letter.
_OVER = {
    "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "bar": "¯", "overline": "‾",
    "breve": "˘", "dot": "˙", "ddot": "¨", "mathring": "˚", "check": "ˇ", "vec": "→",
    "acute": "´", "grave": "`",
}  # fmt: skip
_WIDE = {"widehat", "widetilde", "overline", "underline"}
_DRAWN = {"mathbb": symbols.double_struck, "mathcal": symbols.calligraphic,
          "mathscr": symbols.calligraphic}  # fmt: skip
_BOLD = {"mathbf", "boldsymbol", "bm", "pmb"}
_IN_TEXT = r"\\([%&#_$ {}])|[{}]|~|\s+"  # within \text: braces go, what was escaped stays


@lru_cache(maxsize=4096)
def mathml(source: str, *, display: bool = False) -> Html | None:
    """A formula, given without its dollar signs; None for a malformed one. ``display`` sets it in
    a line of its own, with its limits over and under."""
    try:
        typesetter = MathTypesetter(source, lambda name: _commands().get(name, _unknown))
        body = typesetter.row(typesetter.stop)
    except Malformed:
        return None
    block = {"display": "block"} if display else {}
    return element("math", body, **block)


def _unknown(it: MathTypesetter, name: str) -> Html:
    """As it was written, with its braces."""
    text = [f"\\{name}"]
    while it.here() == "{":
        text.append(f"{{{it.raw()}}}")
    return element("mtext", "".join(text))


def _letter(_it: MathTypesetter, name: str) -> Html:
    return element("mi", symbols.LETTERS[name][0])


def _fraction(it: MathTypesetter, _: str) -> Html:
    return element("mfrac", it.argument(), it.argument())


def _binomial(it: MathTypesetter, _: str) -> Html:
    parts = element("mfrac", it.argument(), it.argument(), linethickness="0")
    return element("mrow", math_sign("(", stretchy="true"), parts, math_sign(")", stretchy="true"))


def _root(it: MathTypesetter, _: str) -> Html:
    if it.peek() != "[":
        return element("msqrt", it.argument())
    it.take()
    end = it.after_partner(it.at - 1)
    if end is None:
        raise Malformed("the index of a root has no end")
    index = it.row(end - 1)
    it.at = end
    return element("mroot", it.argument(), index)


def _accent(it: MathTypesetter, name: str) -> Html:
    body, stretchy = it.argument(), "true" if name in _WIDE else "false"
    if name == "underline":
        return element("munder", body, math_sign("_", stretchy="true"))
    return element("mover", body, math_sign(_OVER[name], stretchy=stretchy), accent="true")


def _style(it: MathTypesetter, name: str) -> Html:
    before = it.at
    letters = it.raw()
    if letters.isalnum() and (drawn := _DRAWN.get(name)):
        return element("mi", "".join(map(drawn, letters)))
    upright = name in {"mathrm", "mathsf", "mathtt"} and letters.isalpha()
    if upright:
        return element("mi", letters, mathvariant="normal")
    it.at = before
    body = it.argument()
    return element("mrow", body, class_="bold") if name in _BOLD else body


def _words(it: MathTypesetter, name: str) -> Html:
    if name == "operatorname" and it.peek() == "*":
        it.take()
    text = re.sub(_IN_TEXT, lambda m: m[1] or ("" if m[0] in "{}" else " "), it.raw())
    # A space at the edge of a text is no ink, and would be dropped.
    kept = text.replace(" ", "\N{NO-BREAK SPACE}") if text != text.strip() else text
    return element("mi" if name == "operatorname" else "mtext", kept)


def _left(it: MathTypesetter, _: str) -> Html:
    opening = it.delimiter("left")
    ends = ("\\right", "&", "\\\\", "\\end") if it._in_table else ("\\right",)
    body = it.row(it.stop, ends)
    if it.peek() != "\\right":
        return element("mrow", opening, body)
    it.take()
    return element("mrow", opening, body, it.delimiter("right"))


def _begin(it: MathTypesetter, _: str) -> Html:
    name = it.raw()
    if name not in symbols.ENVIRONMENTS:
        return element("mtext", f"\\begin{{{name}}}")
    return it.table(name)


def _end(it: MathTypesetter, _: str) -> Html:
    name = it.raw()
    if name in symbols.ENVIRONMENTS:
        raise Malformed("an environment ends that did not begin")
    return element("mtext", f"\\end{{{name}}}")


@cache
def _commands() -> dict[str, Typeset]:
    """Each command of the terminal, and what it does here."""
    delimiters = {
        name[1:]: symbols.DELIMITERS[side][at]
        for table, at in ((symbols.OPENING, 0), (symbols.CLOSING, 1), (symbols.BARS, 0))
        for name, side in table.items()
        if name.startswith("\\")
    }
    signs = {name: pair[0] for table in (symbols.OPERATORS, symbols.BIG)
             for name, pair in table.items()} | delimiters  # fmt: skip
    return {
        **dict.fromkeys(signs, lambda _, name: math_sign(signs[name])),
        **dict.fromkeys(symbols.LETTERS, _letter),
        **dict.fromkeys(symbols.FUNCTIONS, lambda _, name: element("mi", name)),
        **dict.fromkeys(symbols.ACCENTS, _accent),
        **dict.fromkeys((*symbols.STYLES, *_DRAWN), _style),
        **dict.fromkeys((*symbols.TEXTS, "operatorname"), _words),
        **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
        **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
        **dict.fromkeys(
            (*symbols.SPACES, *symbols.WIDE_SPACES),
            lambda _, name: math_space(_SPACES.get(name, "0.33em")),
        ),
        **dict.fromkeys(symbols.DROPPED, lambda *_: Html("")),
        **dict.fromkeys(symbols.LITERALS, lambda _, name: element("mi", name)),
        "sqrt": _root,
        "left": _left,
        "right": lambda it, _: it.delimiter("right"),
        "middle": lambda it, _: it.delimiter("middle"),
        "mid": lambda *_: math_sign("|", lspace="0.28em", rspace="0.28em"),
        "colon": lambda *_: math_sign(":", lspace="0"),
        "begin": _begin,
        "end": _end,
    }
