"""Forms of a quiz on paper: the orders and numbers of one seed each, under a code.

The code is the seed and two letters that follow from what stands on the paper, so that answers from
paper are never read by a bank that has other questions or other options by now.
"""

from __future__ import annotations

import re
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

from quizcli.quiz.session import Session
from quizcli.quiz.shuffle import MAX_SEED
from quizcli.quiz.steps import EXAM

if TYPE_CHECKING:
    from quizcli.quiz.model import Bank
    from quizcli.quiz.steps import Item

_CODE = re.compile(r"\s*([0-9]{1,19})\s*-?\s*([a-zA-Z]{2})?\s*\Z")
_LETTERS = "CDFHJKMNPRTVWXYZ"  # none of which is taken for another, or for a digit


class NoForm(ValueError):
    """A code that no form of this bank has, in words for people."""


class PrintedForm:
    """A bank as it is printed under a seed."""

    def __init__(self, bank: Bank, seed: int) -> None:
        session = Session(bank, seed, EXAM, sections=bank.draw, vary=True)
        self.bank, self.seed, self.items = bank, seed, session.items
        self._plan = session.plan
        self._places = {item.question.id: n for n, item in enumerate(self.items, 1)}

    @cached_property
    def code(self) -> str:
        """``3-KT``."""
        drawn = [sorted(item.variables.items()) for item in self.items]
        digest = blake2b(repr((self._plan, drawn)).encode(), digest_size=1).digest()[0]
        return f"{self.seed}-{_LETTERS[digest >> 4]}{_LETTERS[digest & 15]}"

    @property
    def order(self) -> tuple[object, ...]:
        """What tells it from another: orders and numbers."""
        return (self._plan, *(tuple(item.variables.items()) for item in self.items))

    def number(self, question: str) -> int | None:
        """The number of a question on the paper; None where it is not asked."""
        return self._places.get(question)

    def item(self, number: int) -> Item:
        """The question of a number, from 1."""
        return self.items[number - 1]


def form_seed(code: str) -> tuple[int, str]:
    """The seed in a code, and its letters, "" where they were left out. Raises NoForm."""
    found = _CODE.match(code)
    if not found or int(found[1]) > MAX_SEED:
        said = f"'{code.strip()[:40]}' is not a form code" if code.strip() else "has no form code"
        raise NoForm(f"{said} — it is at the top of each page, such as 1-KT")
    return int(found[1]), (found[2] or "").upper()


def form_of(bank: Bank, code: str, known: dict[int, PrintedForm]) -> PrintedForm:
    """The form of a code; those that are ``known`` by their seed are made once. Raises NoForm."""
    seed, letters = form_seed(code)
    if seed not in known:
        known[seed] = PrintedForm(bank, seed)
    form = known[seed]
    if letters and form.code != f"{seed}-{letters}":
        raise NoForm(
            f"form {seed}-{letters} was printed from another version of the bank, since this one "
            f"makes {form.code} — grade with the bank that was printed"
        )
    return form
