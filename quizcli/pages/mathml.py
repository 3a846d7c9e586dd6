r"""Formulas as MathML, which browsers typeset and screen readers read out.

The rule: what the terminal reads as a formula is one here, from the same tables; what is malformed
there is malformed here; and an unknown command stays as it was written.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element
from quizcli.terminal.maths import symbols
from quizcli.terminal.maths.reader import SCRIPTS, Malformed, TokenReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    # What a command does: it reads what it acts on, and gives what is shown.
    Typeset = Callable[["MathTypesetter", str], Html]

DEEPEST = 32  # as in the terminal: it bounds the recursion
_SPACES = {",": "0.17em", ":": "0.22em", ">": "0.22em", ";": "0.28em", "quad": "1em",
           "qquad": "2em"}  # fmt: skip
# Accents as signs of their own: those of the terminal hang on a letter.
_OVER = {
    "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "bar": "¯", "overline": "‾",
    "breve": "˘", "dot": "˙", "ddot": "¨", "mathring": "˚", "check": "ˇ", "vec": "→",
    "acute": "´", "grave": "`",
}  # fmt: skip
_WIDE = {"widehat", "widetilde", "overline", "underline"}
_LIMITS = {"lim", "max", "min", "sup", "inf", "argmax", "argmin", "liminf", "limsup"}
_DRAWN = {"mathbb": symbols.double_struck, "mathcal": symbols.calligraphic,
          "mathscr": symbols.calligraphic}  # fmt: skip
_BOLD = {"mathbf", "boldsymbol", "bm", "pmb"}
_IN_TEXT = r"\\([%&#_$ {}])|[{}]|~|\s+"  # within \text: braces go, what was escaped stays
_FENCES = "()[]{}|‖⟨⟩⌊⌋⌈⌉"


@lru_cache(maxsize=4096)
def mathml(source: str, *, display: bool = False) -> Html | None:
    """A formula, given without its dollar signs; None for a malformed one. ``display`` sets it in
    a line of its own, with its limits over and under."""
    try:
        typesetter = MathTypesetter(source)
        body = typesetter.row(typesetter.stop)
    except Malformed:
        return None
    block = {"display": "block"} if display else {}
    return element("math", body, **block)


def _sign(text: str, **more: str | bool) -> Html:
    """An operator; a bracket is as high as a letter unless it is told to stretch."""
    if text in _FENCES and "stretchy" not in more:
        more["stretchy"] = "false"
    return element("mo", text, **more)


def _row(nodes: Iterable[Html]) -> Html:
    """Several pieces as one, without those that leave no trace."""
    nodes = [node for node in nodes if node]
    return nodes[0] if len(nodes) == 1 else element("mrow", *nodes)


def _space(width: str) -> Html:
    return element("mspace", width=width)


class MathTypesetter(TokenReader):
    """Typesets what it reads."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._depth = 0
        self._in_table = 0

    def row(self, stop: int, ends: tuple[str, ...] = ()) -> Html:
        """Everything up to ``stop``, or up to one of the signs that end it."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("nested too deep")
        outer, self.stop = self.stop, stop
        nodes: list[Html] = []
        while self.peek() and self.peek() not in ends:
            self._step(nodes)
        self.stop = outer
        if not ends:
            self.at = stop
        self._depth -= 1
        return _row(nodes)

    def argument(self) -> Html:
        """What a command acts on: braces, or one sign and whatever that needs."""
        sign = self.take()
        if sign.isdigit():
            return element("mn", sign)
        if sign == "{":
            end = self.partners[self.at - 1]
            body = self.row(end)
            self.at = end + 1
            return body
        self.at -= 1
        self._depth += 1
        if self._depth > DEEPEST:
            raise Malformed("nested too deep")
        nodes: list[Html] = []
        self._step(nodes)
        self._depth -= 1
        return _row(nodes)

    def _step(self, nodes: list[Html]) -> None:
        sign = self.take()
        if sign in SCRIPTS or sign in {"'", "\\prime"}:
            self.at -= 1
            nodes.append(self._scripts(nodes.pop() if nodes else element("mrow"), under=False))
        elif sign[0] == "\\" and len(sign) > 1:
            name = sign[1:]
            shown = _commands().get(name, _unknown)(self, name)
            under = name in symbols.BIG or name in _LIMITS
            if under and "int" not in name and self._script_follows():
                shown = self._scripts(shown, under=True)
            if shown:
                nodes.append(shown)
            applied = self.peek().isalnum() or self.peek()[:1] == "\\"
            if name in symbols.FUNCTIONS and applied:
                nodes.append(_space("0.17em"))
        else:
            nodes.append(self._sign(sign))

    def _sign(self, sign: str) -> Html:
        if sign == "{":
            self.at -= 1
            return self.argument()
        if sign.isdigit() or (sign == "." and self.here().isdigit()):
            digits = [sign]
            while self.here().isdigit() or (self.here() == "." and self.here(1).isdigit()):
                digits.append(self.here())
                self.at += 1
            return element("mn", "".join(digits))
        if sign == "~":
            return _space("0.33em")
        if sign.isalpha():
            return element("mi", sign)
        return _sign("−" if sign == "-" else sign)

    def _script_follows(self) -> bool:
        while self.peek() in {"\\limits", "\\nolimits"}:
            self.take()
        return self.peek() in SCRIPTS

    def _scripts(self, base: Html, *, under: bool) -> Html:
        """What hangs on the ``base``: raised and lowered, or over and under it."""
        hung: dict[str, list[Html]] = {"_": [], "^": []}
        seen: set[str] = set()
        while (sign := self.peek()) in (*SCRIPTS, "'", "\\prime"):
            self.take()
            if sign not in SCRIPTS:
                hung["^"].append(_sign("′"))
                continue
            if sign in seen:  # a second one hangs on all that stands before it
                self.at -= 1
                break
            seen.add(sign)
            end = self.brackets()
            hung[sign].append(self.row(end) if end > self.at else self.argument())
        low, high = hung["_"], hung["^"]
        names = ("munder", "mover", "munderover") if under else ("msub", "msup", "msubsup")
        if low and high:
            return element(names[2], base, _row(low), _row(high))
        return element(names[0] if low else names[1], base, _row(low or high))

    def delimiter(self, side: str) -> Html:
        """The sign behind ``\\left`` or ``\\right``, which stretches; nothing for a point."""
        sign = self.take()
        if sign == ".":
            return Html("")
        table = {"left": (symbols.OPENING, 0), "right": (symbols.CLOSING, 1)}
        known, at = table.get(side, (symbols.BARS, 0))
        name = known.get(sign) or symbols.BARS.get(sign)
        plain = {"<": "⟨", ">": "⟩"}.get(sign, sign)
        shown = symbols.DELIMITERS[name][at] if name else plain
        return _sign(shown, stretchy="true")

    def table(self, name: str) -> Html:
        """The rows of an environment, up to its end."""
        opening, _, closing = symbols.ENVIRONMENTS[name]
        if name == "cases":
            closing = ""  # the terminal needs one, since its cases stand in a line
        self._in_table += 1
        rows: list[list[Html]] = [[]]
        while True:
            rows[-1].append(self.row(self.stop, ("&", "\\\\", "\\end")))
            sign = self.take()
            if sign == "\\\\":
                rows.append([])
            elif sign == "\\end":
                break
        if self.raw() != name:
            raise Malformed("an environment ends that did not begin")
        self._in_table -= 1
        lines = [element("mtr", *(element("mtd", cell) for cell in row))
                 for row in rows if row != [_row(())]]  # fmt: skip
        placed = {"class_": name.rstrip("*")} if name.startswith(("cases", "align")) else {}
        body = element("mtable", *lines, **placed)
        fences = [_sign(sign, stretchy="true") if sign else Html("") for sign in (opening, closing)]
        return element("mrow", fences[0], body, fences[1]) if any(fences) else body


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
    return element("mrow", _sign("(", stretchy="true"), parts, _sign(")", stretchy="true"))


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
        return element("munder", body, _sign("_", stretchy="true"))
    return element("mover", body, _sign(_OVER[name], stretchy=stretchy), accent="true")


def _style(it: MathTypesetter, name: str) -> Html:
    before = it.at
    letters = it.raw()
    if drawn := _DRAWN.get(name):
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
        **dict.fromkeys(signs, lambda _, name: _sign(signs[name])),
        **dict.fromkeys(symbols.LETTERS, _letter),
        **dict.fromkeys(symbols.FUNCTIONS, lambda _, name: element("mi", name)),
        **dict.fromkeys(symbols.ACCENTS, _accent),
        **dict.fromkeys((*symbols.STYLES, *_DRAWN), _style),
        **dict.fromkeys((*symbols.TEXTS, "operatorname"), _words),
        **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), _fraction),
        **dict.fromkeys(("binom", "dbinom", "tbinom"), _binomial),
        **dict.fromkeys(
            (*symbols.SPACES, *symbols.WIDE_SPACES),
            lambda _, name: _space(_SPACES.get(name, "0.33em")),
        ),
        **dict.fromkeys(symbols.DROPPED, lambda *_: Html("")),
        **dict.fromkeys(symbols.LITERALS, lambda _, name: element("mi", name)),
        "sqrt": _root,
        "left": _left,
        "right": lambda it, _: it.delimiter("right"),
        "middle": lambda it, _: it.delimiter("middle"),
        "mid": lambda *_: _sign("|", lspace="0.28em", rspace="0.28em"),
        "colon": lambda *_: _sign(":", lspace="0"),
        "begin": _begin,
        "end": _end,
    }
