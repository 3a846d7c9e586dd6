"""TeX-like source as tokens, and the ways to walk through them.

The rule: nothing is judged here but braces. Where one has no partner, or an argument is missing,
:class:`Malformed` is raised, and the source is then shown as it is.
"""

from __future__ import annotations

import re

# How far the partner of a bracket after ^ or _ is looked for: it keeps the time linear.
_REACH = 40

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
CLOSES = {"(": ")", "<": ">", "[": "]"}


SCRIPTS = ("^", "_")


class Malformed(ValueError):
    """This is no formula: braces without a partner, a missing argument, nested too deep."""


class NoUnicode(ValueError):
    """Something of this formula cannot be written in raised or lowered letters."""


def _partners(tokens: list[str]) -> dict[int, int]:
    """Opening brace → its closing brace, by position."""
    partners, opened = {}, []
    for place, sign in enumerate(tokens):
        if sign == "{":
            opened.append(place)
        elif sign == "}":
            if not opened:
                raise Malformed("a closing brace has no opening one")
            partners[opened.pop()] = place
    if opened:
        raise Malformed("an opening brace has no closing one")
    return partners


class TokenReader:
    """The tokens of one formula; ``at`` is the next, ``stop`` the end of the innermost braces."""

    def __init__(self, source: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(source)
        self.partners = _partners(self.tokens)
        self.at = 0
        self.stop = len(self.tokens)

    def here(self, ahead: int = 0) -> str:
        """The next sign, or the one ``ahead`` of it; empty past the end."""
        return self.tokens[self.at + ahead] if self.at + ahead < self.stop else ""

    def peek(self) -> str:
        """The next sign that is no space, without taking it; empty past the end."""
        for at in range(self.at, self.stop):
            if not self.tokens[at].isspace():
                return self.tokens[at]
        return ""

    def take(self) -> str:
        """The next sign that is no space. Raises Malformed past the end."""
        while self.at < self.stop:
            self.at += 1
            sign = self.tokens[self.at - 1]
            if not sign.isspace():
                return sign
        raise Malformed("an argument is missing")

    def raw(self) -> str:
        """The source of an argument: what stands in braces, or one sign."""
        sign = self.take()
        if sign != "{":
            return sign
        start, end = self.at, self.partners[self.at - 1]
        self.at = end + 1
        return "".join(self.tokens[start:end])

    def brackets(self) -> int:
        """Where the brackets that start here end, as in ``^(i)<j>``; here, without any."""
        end = self.at
        while end < self.stop and self.tokens[end] in CLOSES:
            after = self.after_partner(end)
            if after is None:
                break
            end = after
        return end

    def after_partner(self, at: int) -> int | None:
        """The place after the partner of the bracket ``( < [`` at ``at``; None without one."""
        opening, closing, depth = self.tokens[at], CLOSES[self.tokens[at]], 0
        for _ in range(_REACH):
            if at >= self.stop:
                break
            sign = self.tokens[at]
            depth += (sign == opening) - (sign == closing)
            at = self.partners[at] + 1 if sign == "{" else at + 1
            if depth == 0:
                return at
        return None
