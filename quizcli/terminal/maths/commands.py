r"""What each TeX command does with what follows it: one function a family, and the table.

The rule: a function gets the setter (which reads), the line (which is written) and the command's
name. A command that is not in the table stays as it was written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.terminal.maths import Form, symbols
from quizcli.terminal.maths.reader import SCRIPTS, Malformed, NoUnicode

if TYPE_CHECKING:
    from quizcli.terminal.maths.setter import Do, Setter
    from quizcli.terminal.maths.spacing import MathLine

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
# Within \text: braces go, a command that only escapes its character leaves the character.
_IN_TEXT = r"\\([%&#_$ {}])|[{}]|~|\s+"


def letter(setter: Setter, line: MathLine, name: str) -> None:
    text = setter.pick(symbols.LETTERS[name])
    reads = text[0].isalpha() or text in "∂∇"
    line.atom(text, word=setter.plain and reads and len(text) > 1)
    # The space of "\alpha x" only ends the command; in plain mode words need one anyway.
    if reads and not setter.plain and setter.here().isspace():
        after = setter.here(1)
        setter.at += after.isalpha() or after[1:] in _OPERANDS


def operator(setter: Setter, line: MathLine, name: str) -> None:
    line.operator(setter.pick(symbols.OPERATORS[name]))


def centred_dot(setter: Setter, line: MathLine, _: str) -> None:
    r"""``a \cdot b`` is a product; with nothing before it, ``g(\cdot)``, the dot holds a place."""
    line.operator(setter.pick(("·", "times" if line.operand else "dot")))


def given(setter: Setter, line: MathLine, _: str) -> None:
    r"""``P(y \mid x)`` is a condition; within set braces the same bar says "such that"."""
    line.operator(setter.pick(("|", "such that" if setter.sets > 0 else "given")))


def function(_setter: Setter, line: MathLine, name: str) -> None:
    line.atom(name, word=True)


def big(setter: Setter, line: MathLine, name: str) -> None:
    """∑ and its like. Plain mode reads the limits out: "sum from t=1 to T of". Where they cannot be
    raised and lowered, those of a count stand in one pair of brackets: ∑[t=1…T]."""
    line.atom(setter.pick(symbols.BIG[name]), word=True)
    if setter.form is Form.UNICODE:
        return
    limits = {}
    while (sign := setter.peek()) in SCRIPTS or sign[1:] in ("limits", "nolimits"):
        setter.take()
        if sign in SCRIPTS:
            limits[sign] = setter.scripted()
    low, high = limits.get("_", ""), limits.get("^", "")
    if setter.plain:
        start = f" {'from' if high else 'over'} {low}" if low else ""
        line.tail(start + (f" to {high}" if high else "") + " of")
        line.space()
    elif high and "=" in low:
        line.tail(f"[{low}…{high}]", word=True)
    else:
        for sign, limit in limits.items():
            setter.hang(line, sign, limit)


def fraction(setter: Setter, line: MathLine, _: str) -> None:
    above, below = setter.argument(tight=line.tight), setter.argument(tight=line.tight)
    top = f"({above.text})" if above.loose else above.text
    bottom = below.text if below.single else f"({below.text})"
    if line.operand or _operand_follows(setter):
        line.atom(f"({top}/{bottom})", word=True)
    else:
        line.atom(f"{top}/{bottom}")
        line.loosen()


def _operand_follows(setter: Setter) -> bool:
    """Whether what comes next would be taken for a part of the denominator."""
    sign = setter.peek()
    if sign[:1] == "\\" and len(sign) > 1:
        return sign[1:] in _OPERANDS or sign in symbols.OPENING or sign == "\\left"
    return sign.isalnum() or sign in ("{", "(", "[", *SCRIPTS)


def binomial(setter: Setter, line: MathLine, _: str) -> None:
    above, below = setter.argument(tight=line.tight), setter.argument(tight=line.tight)
    line.atom(f"({above.text} choose {below.text})", word=True)


def root(setter: Setter, line: MathLine, _: str) -> None:
    index = ""
    if setter.peek() == "[":
        setter.take()
        end = setter.after_partner(setter.at - 1)
        if end is None:
            raise Malformed("the index of a root has no end")
        index = setter.line(end - 1, tight=True).text
        setter.at = end
    body = setter.argument(tight=line.tight)
    if index in _ROOTS and not setter.plain:
        line.atom(_ROOTS[index] + (body.text if body.single else f"({body.text})"))
    elif setter.form is Form.UNICODE:
        raise NoUnicode(index)
    else:
        name = "sqrt" if index in ("", "2") else f"root_{index}"
        line.atom(f"{name}({body.text})", word=True)


def accent(setter: Setter, line: MathLine, name: str) -> None:
    """A hat over one letter is drawn; over more, and in plain mode, it is a word."""
    combining, word = symbols.ACCENTS[name]
    body = setter.argument(tight=line.tight)
    text = body.text
    if not text:
        return
    if setter.plain and body.single and text.isalnum():
        line.atom(f"{text}_{word}", word=True)
    elif len(text) == 1 and not setter.plain:
        from unicodedata import normalize

        line.atom(normalize("NFC", text + combining))
    elif setter.form is Form.UNICODE:
        raise NoUnicode(text)
    else:
        line.atom(f"{word}({text})", word=True)


def style(setter: Setter, line: MathLine, name: str) -> None:
    """Bold and upright letters stand as they are; a word in them is one thing."""
    body = setter.argument(tight=line.tight)
    drawn = _DRAWN.get(name)
    if drawn and not setter.plain:
        body.parts = [drawn(character) for part in body.parts for character in part]
        line.group(body)
    elif body.text.isalpha():
        line.atom(body.text)
    else:
        line.group(body)


def words(setter: Setter, line: MathLine, name: str) -> None:
    """Text within a formula, and names of functions that TeX has no command for."""
    named = name == "operatorname"
    if named and setter.peek() == "*":
        setter.take()
    text = re.sub(_IN_TEXT, _in_text, setter.raw())
    if text.startswith(" "):
        line.space()
    line.atom(" ".join(text.split()), word=named)
    if " " in text:
        line.loosen()
    if text.endswith(" "):
        line.space()


def _in_text(found: re.Match[str]) -> str:
    return found[1] or ("" if found[0] in "{}" else " ")


def thin(_setter: Setter, line: MathLine, _: str) -> None:
    line.space()


def wide(_setter: Setter, line: MathLine, _: str) -> None:
    line.space(2)


def drop(_setter: Setter, _line: MathLine, _: str) -> None:
    """What only places or sizes its neighbours leaves no trace."""


def literal(_setter: Setter, line: MathLine, name: str) -> None:
    line.atom(name)


def colon(_setter: Setter, line: MathLine, _: str) -> None:
    line.separator(":")


def prime(setter: Setter, line: MathLine, _: str) -> None:
    line.tail(setter.pick(("′", "'")))


def sided(setter: Setter, line: MathLine, name: str) -> None:
    r"""``\left(``, ``\right.``, ``\middle|``: the size is dropped, the delimiter stays."""
    sign = setter.take()
    if sign == ".":
        return
    if name == "middle" and sign == "|":
        given(setter, line, name)
    elif name != "middle" and sign in symbols.BARS:
        setter.bar(line, sign, side=name)
    elif name == "left" and sign == "<":
        setter.opening(line, "\\langle")
    elif name == "right" and sign == ">":
        setter.closing(line, "\\rangle")
    else:
        setter.at -= 1  # a bracket, or no delimiter at all: it stands for itself


def begin(setter: Setter, line: MathLine, _: str) -> None:
    name = setter.raw()
    if name in symbols.ENVIRONMENTS:
        setter.environments.append(name)
        line.open(symbols.ENVIRONMENTS[name][0])
    else:
        line.atom(f"\\begin{{{name}}}")


def end(setter: Setter, line: MathLine, _: str) -> None:
    name = setter.raw()
    if name not in symbols.ENVIRONMENTS:
        line.atom(f"\\end{{{name}}}")
        return
    if not setter.environments or setter.environments.pop() != name:
        raise Malformed("an environment ends that did not begin")
    line.close(symbols.ENVIRONMENTS[name][2])


def unknown(setter: Setter, line: MathLine, name: str) -> None:
    """A command that we do not know stays as it was written, with its braces."""
    text = ["\\", name]
    while setter.here() == "{":
        text += ["{", setter.raw(), "}"]
    line.atom("".join(text))


_DRAWN = {
    "mathbb": symbols.double_struck,
    "mathcal": symbols.calligraphic,
    "mathscr": symbols.calligraphic,
}
# Commands that something can be multiplied by.
_OPERANDS: dict[str, Do] = {
    **dict.fromkeys(symbols.LETTERS, letter),
    **dict.fromkeys(symbols.FUNCTIONS, function),
    **dict.fromkeys(symbols.BIG, big),
    **dict.fromkeys(symbols.ACCENTS, accent),
    **dict.fromkeys((*symbols.STYLES, *_DRAWN), style),
    **dict.fromkeys((*symbols.TEXTS, "operatorname"), words),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "cfrac"), fraction),
    **dict.fromkeys(("binom", "dbinom", "tbinom"), binomial),
    "sqrt": root,
}
COMMANDS: dict[str, Do] = {
    **_OPERANDS,
    **dict.fromkeys(symbols.OPERATORS, operator),
    **dict.fromkeys(symbols.SPACES, thin),
    **dict.fromkeys(symbols.WIDE_SPACES, wide),
    **dict.fromkeys(symbols.DROPPED, drop),
    **dict.fromkeys(symbols.LITERALS, literal),
    **dict.fromkeys(("left", "right", "middle"), sided),
    "cdot": centred_dot,
    "mid": given,
    "colon": colon,
    "prime": prime,
    "begin": begin,
    "end": end,
}
