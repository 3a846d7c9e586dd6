"""One formula, read and typeset in a single pass.

The rule: this file knows what every character does; what a command does is handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element
from quizcli.terminal.maths import symbols
from quizcli.terminal.maths.reader import SCRIPTS, Malformed, TokenReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    # What a command does: it reads what it acts on, and gives what is shown.
    Typeset = Callable[["MathTypesetter", str], Html]

DEEPEST = 32  # as in the terminal: it bounds the recursion
LIMITS = {"lim", "max", "min", "sup", "inf", "argmax", "argmin", "liminf", "limsup"}
_FENCES = "()[]{}|‖⟨⟩⌊⌋⌈⌉"


def math_sign(text: str, **more: str | bool) -> Html:
    """An operator; a bracket is as high as a letter unless it is told to stretch."""
    if text in _FENCES and "stretchy" not in more:
        more["stretchy"] = "false"
    return element("mo", text, **more)


def math_row(nodes: Iterable[Html]) -> Html:
    """Several pieces as one, without those that leave no trace."""
    nodes = [node for node in nodes if node]
    return nodes[0] if len(nodes) == 1 else element("mrow", *nodes)


def math_space(width: str) -> Html:
    """A gap of a width."""
    return element("mspace", width=width)


def _tight(script: Html) -> Html:
    """What is raised or lowered, with the brackets of a step, ``<t>``, close to what they hold."""
    for sign in ("&lt;", "&gt;"):
        script = Html(script.replace(f"<mo>{sign}<", f'<mo lspace="0" rspace="0">{sign}<'))
    return script


class MathTypesetter(TokenReader):
    """Typesets what it reads."""

    def __init__(self, source: str, command: Callable[[str], Typeset]) -> None:
        super().__init__(source)
        self._command = command
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
        return math_row(nodes)

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
        return math_row(nodes)

    def _step(self, nodes: list[Html]) -> None:
        sign = self.take()
        if sign in SCRIPTS or sign in {"'", "\\prime"}:
            self.at -= 1
            nodes.append(self._scripts(nodes.pop() if nodes else element("mrow"), under=False))
        elif sign[0] == "\\" and len(sign) > 1:
            name = sign[1:]
            shown = self._command(name)(self, name)
            under = name in symbols.BIG or name in LIMITS
            if under and "int" not in name and self._script_follows():
                shown = self._scripts(shown, under=True)
            if shown:
                nodes.append(shown)
            applied = self.peek().isalnum() or self.peek()[:1] == "\\"
            if name in symbols.FUNCTIONS and applied:
                nodes.append(math_space("0.17em"))
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
            return math_space("0.33em")
        if sign.isalpha():
            return element("mi", sign)
        return math_sign("−" if sign == "-" else sign)

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
                hung["^"].append(math_sign("′"))
                continue
            if sign in seen:  # a second one hangs on all that stands before it
                self.at -= 1
                break
            seen.add(sign)
            end = self.brackets()
            hung[sign].append(_tight(self.row(end) if end > self.at else self.argument()))
        low, high = hung["_"], hung["^"]
        names = ("munder", "mover", "munderover") if under else ("msub", "msup", "msubsup")
        if low and high:
            return element(names[2], base, math_row(low), math_row(high))
        return element(names[0] if low else names[1], base, math_row(low or high))

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
        return math_sign(shown, stretchy="true")

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
                 for row in rows if row != [math_row(())]]  # fmt: skip
        placed = {"class_": name.rstrip("*")} if name.startswith(("cases", "align")) else {}
        body = element("mtable", *lines, **placed)
        fences = [
            math_sign(sign, stretchy="true") if sign else Html("") for sign in (opening, closing)
        ]
        return element("mrow", fences[0], body, fences[1]) if any(fences) else body
