"""One run of a formula while it is being written: what touches what, and where a space goes.

The rule: spaces stand as they were typed, except that an operator given as a command stands
between two, none stand just inside brackets, and two words never touch. A *tight* run (a raised
or lowered one) has only the spaces between words.

Beside its text a run knows whether it could be misread without brackets of its own, which is
what fractions, roots and raised groups ask.
"""

from __future__ import annotations

# Symbols that are no letters but are read like one: a word before them needs its space.
_READ_AS_LETTERS = "√∛∜∂∇∑∏∫∞"
# Before another letter these are a part of it: ∂L, dx and Δt are single things.
_PREFIXES = frozenset("∂∇Δd")


class MathLine:
    """A run of symbols; ``text`` is what it reads so far.

    ``operand``: the last thing is one that an operator or a raised letter can belong to.
    ``loose``: an operator, a comma or a space stands outside all brackets.
    ``atoms``: how many things are multiplied by standing side by side.
    """

    __slots__ = (
        *("atoms", "bars", "depth", "gap", "loose", "number"),
        *("opened", "operand", "parts", "tight", "word"),
    )

    def __init__(self, tight: bool = False) -> None:
        self.tight = tight
        self.parts: list[str] = []
        self.gap = ""  # a space that is written only when something follows
        self.word = False  # the last thing is a word, which a letter must not touch
        self.number = False  # the last thing is a number, which a digit continues
        self.operand = False
        self.loose = False
        self.atoms = 0
        self.depth = 0
        self.bars: dict[str, int] = {}  # how many bars | and ‖ are open
        self.opened = False  # nothing stands behind the last bracket yet

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def single(self) -> bool:
        """Whether this is one thing, which cannot be misread beside others."""
        return not self.loose and self.atoms <= 1

    def _write(self, text: str) -> None:
        if self.gap and self.parts:
            self.parts.append(self.gap)
            self.loosen()
        self.parts.append(text)
        self.gap = ""
        self.number = self.opened = False

    def loosen(self) -> None:
        """Something stands here that needs brackets in a fraction."""
        if self.depth == 0:
            self.loose = True

    def space(self, width: int = 1) -> None:
        """A space as typed; several make one, and those at the ends none."""
        if not self.tight and not self.opened:
            self.gap = max(self.gap, " " * width)

    def digit(self, text: str) -> None:
        """A digit, or the point within a number."""
        if self.number and not self.gap:
            self.parts.append(text)
        elif text == ".":
            self.mark(text)
        else:
            self.atom(text)
            self.number = True

    def atom(self, text: str, *, word: bool = False) -> None:
        """A letter, a number or (``word``) a word that may touch neither letters nor words."""
        if not text:
            return
        reads_on = text[0].isalnum() or text[0] in _READ_AS_LETTERS
        if not self.gap and self.parts and ((self.word and reads_on) or (word and self.operand)):
            self.gap = " "
        prefix = text in _PREFIXES and not self.parts
        self._write(text)
        if self.depth == 0 and not prefix:
            self.atoms += 1
        self.operand, self.word = True, word

    def operator(self, text: str) -> None:
        """An operator given as a command; without something before it, it is a sign."""
        word = text[0].isalpha()
        spaced = word or not self.tight
        if self.operand and spaced:
            self.gap = self.gap or " "
        after = spaced and (self.operand or word)
        self._write(text)
        self.loosen()
        self.operand, self.word = False, False
        self.gap = " " if after else ""

    def mark(self, text: str) -> None:
        """An operator or a point as typed."""
        self._write(text)
        self.loosen()
        self.operand, self.word = False, False

    def separator(self, text: str) -> None:
        """A comma or a semicolon, whatever space was typed around it."""
        self.gap = ""
        self.mark(text)
        self.space()

    def open(self, text: str) -> None:
        """An opening bracket; right after a letter or a word it belongs to that: ``f(x)``."""
        applied = self.operand and not self.gap and self.parts[-1][-1:].isalpha()
        if text[:1].isalpha() and self.operand:
            self.gap = self.gap or " "
        self._write(text)
        if self.depth == 0 and not applied:
            self.atoms += 1
        self.depth += 1
        self.opened = True
        self.operand, self.word = False, False

    def close(self, text: str) -> None:
        """A closing bracket, with no space before it."""
        self.gap = ""
        self._write(text)
        self.depth = max(0, self.depth - 1)
        self.operand, self.word = True, False

    def tail(self, text: str, *, word: bool = False) -> None:
        """What hangs on the thing before it: raised and lowered letters, primes."""
        if self.operand:
            self.gap = ""
        self._write(text)
        self.operand = True
        self.word = self.word or word

    def group(self, inner: MathLine) -> None:
        """What stood in braces, as if it had been typed here."""
        text = inner.text
        if not text:
            return
        if inner.operand or inner.atoms:
            self.atom(text, word=inner.word)
            self.operand = inner.operand
            self.atoms += max(0, inner.atoms - 1) if self.depth == 0 else 0
        else:
            self._write(text)
            self.operand = False
        if inner.loose:
            self.loosen()
