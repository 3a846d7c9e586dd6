r"""One formula, read and written in a single pass.

The rule: whatever is not understood is kept as it stands. This file knows what every character
does; what a command does is in `commands`, and handed in.

One thing goes beyond TeX, because people type it and nobody means what TeX makes of it: after
``^`` and ``_`` a bracket without braces takes everything up to its partner (``x^(i)<j>``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from quizcli.terminal.maths import Form, symbols
from quizcli.terminal.maths.reader import CLOSES, SCRIPTS, Malformed, NoUnicode, TokenReader
from quizcli.terminal.maths.spacing import MathLine

# Nobody reads a formula nested this deep; it bounds the recursion.
DEEPEST = 32


@cache
def _names() -> dict[str, str]:
    """Symbol → the command that writes it, for plain mode where Γ was typed as Γ."""
    tables = (symbols.BIG, symbols.OPERATORS, symbols.LETTERS)
    return {
        pair[0]: name
        for table in tables
        for name, pair in reversed(table.items())
        if not pair[0].isascii()
    }


def _bracketed(inner: MathLine) -> MathLine:
    outer = MathLine(inner.tight)
    outer.open("(")
    outer.atom(inner.text)
    outer.close(")")
    return outer


def _bare(text: str) -> bool:
    """Whether ``text`` can stand behind ^ or _ in linear form without brackets of its own: one
    word, number, sign or command, a number with its sign, or brackets, as in ``x^(i)<j>``."""
    core = text.rstrip("′'")
    if len(text) == 1 or "".join(c for c in core if not _combines(c)).isalnum():
        return True
    if core[:1] in ("+", "−", "-"):
        return core[1:].isdigit()
    if core[:1] == "\\":
        return core[1:].isalpha()
    while core:
        inner, closing, core = core[1:].partition(CLOSES.get(core[0], "\0"))
        if not closing or any(c in "()<>[]" for c in inner):
            return False
    return True


def _combines(character: str) -> bool:
    return "\u0300" <= character <= "\u036f" or character == "\u20d7"


class Setter(TokenReader):
    """Writes what it reads in one form."""

    def __init__(self, source: str, form: Form, command: Callable[[str], Do]) -> None:
        super().__init__(source)
        self.command = command
        self.form = form
        self.plain = form is Form.SPOKEN
        self.depth = 0
        self.sets = 0  # how many set braces \{ are open
        self.environments: list[str] = []

    def pick(self, pair: tuple[str, str]) -> str:
        """A symbol, or what plain mode writes for it."""
        return pair[self.plain]

    def _deeper(self, by: int) -> None:
        self.depth += by
        if self.depth > DEEPEST:
            raise Malformed("nested too deep")

    def line(self, stop: int, *, tight: bool) -> MathLine:
        """Everything up to ``stop``."""
        self._deeper(1)
        outer, self.stop = self.stop, stop
        line = MathLine(tight)
        while self.at < stop:
            self.step(line)
        self.stop = outer
        self._deeper(-1)
        return line

    def argument(self, *, tight: bool) -> MathLine:
        """What a command acts on: braces, or one sign and whatever that needs."""
        if self.take() == "{":
            end = self.partners[self.at - 1]
            line = self.line(end, tight=tight)
            self.at = end + 1
            return line
        self.at -= 1
        self._deeper(1)
        line = MathLine(tight)
        self.step(line)
        self._deeper(-1)
        return line

    def step(self, line: MathLine) -> None:
        """Write the next sign, and whatever belongs to it."""
        sign = self.tokens[self.at]
        self.at += 1
        if sign in _TOKENS:
            _TOKENS[sign](self, line, sign)
        elif sign[0] == "\\":
            self.command(sign[1:])(self, line, sign[1:])
        elif sign.isspace():
            line.space()
        elif sign.isdigit() or sign == ".":
            line.digit(sign)
        elif self.plain and sign in _names():
            self.command(_names()[sign])(self, line, _names()[sign])
        elif sign.isalpha():
            line.atom(sign)
        else:
            line.mark(sign)

    def braces(self, line: MathLine, _: str) -> None:
        """``{a + b}^2`` raises all of it, so it needs brackets that can be seen."""
        self.at -= 1
        inner = self.argument(tight=line.tight)
        line.group(_bracketed(inner) if self.peek() in SCRIPTS and not inner.single else inner)

    def minus(self, line: MathLine, _: str) -> None:
        line.mark(self.pick(("−", "-")))

    def prime(self, line: MathLine, _: str) -> None:
        line.tail(self.pick(("′", "'")))

    def tie(self, line: MathLine, _: str) -> None:
        line.space()

    def opening(self, line: MathLine, sign: str) -> None:
        self.sets += sign == "\\{"
        left, _, spoken, _ = symbols.DELIMITERS[symbols.OPENING[sign]]
        line.open(self.pick((left, spoken)))

    def closing(self, line: MathLine, sign: str) -> None:
        self.sets -= sign == "\\}"
        _, right, _, spoken = symbols.DELIMITERS[symbols.CLOSING[sign]]
        line.close(self.pick((right, spoken)))

    def bar(self, line: MathLine, sign: str, side: str = "") -> None:
        """A bar opens where nothing stands before it; plain mode names a pair of them."""
        left, right, opens, closes = symbols.DELIMITERS[symbols.BARS[sign]]
        if sign == "|" and not side:  # alone it may be a condition: P(a | b)
            opens, closes = left, right
        if side == "left" or not (side or line.operand):
            line.bars[left] = line.bars.get(left, 0) + 1
            line.open(self.pick((left, opens)))
        elif line.bars.get(left):
            line.bars[left] -= 1
            line.close(self.pick((right, closes)))
        else:
            line.mark(self.pick((left, left.replace("‖", "||"))))

    def cell(self, line: MathLine, sign: str) -> None:
        r"""``&`` parts cells and ``\\`` parts rows; outside an environment both are text."""
        if not self.environments:
            line.mark(sign)
        elif sign == "&":
            between = symbols.ENVIRONMENTS[self.environments[-1]][1]
            if between.strip():
                line.separator(between)
            elif between:
                line.space()
        else:
            line.separator(";")

    def script(self, line: MathLine, sign: str) -> None:
        """Raised or lowered: ``^`` and ``_`` with what they act on."""
        self.hang(line, sign, self.scripted())

    def scripted(self) -> str:
        """What ``^`` or ``_`` raises or lowers, written."""
        end = self.brackets()
        body = self.line(end, tight=True) if end > self.at else self.argument(tight=True)
        return body.text

    def hang(self, line: MathLine, sign: str, text: str) -> None:
        """``text`` raised or lowered behind what stands already."""
        if text == self.pick(symbols.OPERATORS["circ"]):
            line.tail(self.pick(("°", " degrees")), word=True)
        elif not text.strip("′'"):
            line.tail(text)
        elif self.form is Form.UNICODE:
            table = symbols.SUPERSCRIPTS if sign == "^" else symbols.SUBSCRIPTS
            if not all(letter in table for letter in text):
                raise NoUnicode(text)
            line.tail("".join(table[letter] for letter in text))
        else:
            text = "T" if text == "⊤" else text
            shown = text if _bare(text) else f"({text})"
            line.tail(sign + shown, word=shown[-1].isalnum())


# What a sign or a command does: it gets the setter, the line that is written, and its own name.
Do = Callable[[Setter, MathLine, str], None]
_TOKENS: dict[str, Do] = {
    **dict.fromkeys(SCRIPTS, Setter.script),
    **dict.fromkeys(("&", "\\\\"), Setter.cell),
    **dict.fromkeys(symbols.OPENING, Setter.opening),
    **dict.fromkeys(symbols.CLOSING, Setter.closing),
    **dict.fromkeys(symbols.BARS, Setter.bar),
    "{": Setter.braces,
    "-": Setter.minus,
    "−": Setter.minus,
    "'": Setter.prime,
    "~": Setter.tie,
}
