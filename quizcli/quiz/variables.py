"""A question's variables: which values each may have, and one draw of all of them.

A draw belongs to a seed and to names, as orders do (:mod:`quizcli.quiz.shuffle`): a variable that
is added moves no other. Where the constraints (``where``) are not met, the next draw of the same
seed is tried. A draw is a mapping of names to texts, so that it can be written down and read.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction
from hashlib import blake2b
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.quiz.arithmetic import (
    FUNCTIONS,
    ArithmeticFault,
    Expression,
    Value,
    expression,
    read,
    written,
)
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST = 10_000  # values of one variable
TRIES = 1000
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,30}\Z")
GIVEN = "given"  # what a learner typed, in claims


def _chance(*names: object) -> int:
    """A number below 2**64 that belongs to these names. The separator can stand in no name."""
    text = "\x1f".join(map(str, names))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


class NoDraw(ValueError):
    """No draw meets the constraints; says how many were tried."""


class Slip(NamedTuple):
    """What is wrong with a variable, or with a constraint in ``where``, and how to mend it."""

    name: str
    what: str
    fix: str
    constraint: int | None = None


class Variable(NamedTuple):
    """A variable with the values it may have, or with the ``derived`` one it has."""

    name: str
    values: Sequence[Value] = ()
    default: str | None = None
    derived: Expression | None = None


class Variables:
    """The variables of one question, those that depend on others behind these."""

    def __init__(self, declared: Sequence[Variable], where: Sequence[Expression]) -> None:
        self.declared = declared
        self.where = where

    @property
    def free(self) -> list[Variable]:
        """Those that are drawn, and do not follow from others."""
        return [each for each in self.declared if each.derived is None]

    def draw(self, seed: int, *names: str) -> dict[str, str]:
        """The values under a seed. Raises NoDraw, ArithmeticFault."""
        for attempt in range(TRIES):
            chances = (_chance(seed, *names, each.name, str(attempt)) for each in self.free)
            chosen = [
                each.values[at * len(each.values) >> 64]
                for each, at in zip(self.free, chances, strict=True)
            ]
            if (found := self._whole(chosen)) is not None:
                return found
        # A few among many may be all that there are; what no constraint is about stays as it is.
        tied = self._tied()
        values = [each.values if each.name in tied else [own]
                  for each, own in zip(self.free, chosen, strict=True)]  # fmt: skip
        if every := self._every(values, MOST):
            return every[_chance(seed, *names, "all") * len(every) >> 64]
        raise NoDraw(f"none of {TRIES} draws satisfies 'where'")

    def defaults(self) -> dict[str, str] | None:
        """The values that it has by itself; None where a variable has none, or where together they
        cannot be. Raises ArithmeticFault."""
        chosen = [read(each.default) for each in self.free if each.default is not None]
        return self._whole(chosen) if len(chosen) == len(self.free) else None

    def every(self, most: int = MOST) -> list[dict[str, str]]:
        """Every draw that meets the constraints; none where more than so many would have to be
        tried. Raises ArithmeticFault."""
        return self._every([each.values for each in self.free], most)

    def _every(self, values: Sequence[Sequence[Value]], most: int) -> list[dict[str, str]]:
        if math.prod(map(len, values)) > most:
            return []
        return [found for each in product(*values) if (found := self._whole(each)) is not None]

    def _tied(self) -> set[str]:
        """The variables that the constraints are about, directly or through others."""
        tied = set().union(*(each.names for each in self.where))
        for each in reversed(self.declared):
            if each.derived and each.name in tied:
                tied |= each.derived.names
        return tied

    def _whole(self, chosen: Sequence[Value]) -> dict[str, str] | None:
        """What is drawn with what follows from it, as it is written; None where the constraints are
        not met."""
        drawn, values = iter(chosen), dict[str, Value]()
        for each in self.declared:
            values[each.name] = each.derived.value(values) if each.derived else next(drawn)
        if not all(each.value(values) for each in self.where):
            return None
        return {name: written(value) for name, value in values.items()}


def declared(
    variables: Mapping[str, Any], where: Sequence[str] = ()
) -> tuple[Variables, list[Slip]]:
    """The variables that a bank writes, and all that is wrong with them."""
    slips: list[Slip] = []
    read_ = [_variable(name, said, slips) for name, said in variables.items()]
    found = [each for each in read_ if each is not None]
    known = set(variables)
    for each in found:
        slips += _unknown(each.name, each.derived, known)
    constraints = []
    for number, text in enumerate(where):
        try:
            constraint = expression(text)
        except ArithmeticFault as fault:
            slips.append(Slip("where", str(fault), "write a comparison, such as H < V", number))
            continue
        if not constraint.is_condition:
            what = f"'{text[:40]}' is not a comparison"
            slips.append(Slip("where", what, "write a comparison, such as H < V", number))
        slips += _unknown("where", constraint, known, number)
        constraints.append(constraint)
    ordered = _ordered(found, slips)
    return Variables(ordered, constraints), slips


def _unknown(
    where: str, expression: Expression | None, known: set[str], constraint: int | None = None
) -> list[Slip]:
    """Names of an expression that no variable has."""
    names = sorted(expression.names - known) if expression else []
    hints = [did_you_mean(name, sorted(known), "the variables are") for name in names]
    return [
        Slip(where, f"'{name}' is not a variable", hint, constraint)
        for name, hint in zip(names, hints, strict=True)
    ]


def _ordered(found: list[Variable], slips: list[Slip]) -> list[Variable]:
    """Each behind those that it is derived from."""
    placed: dict[str, Variable] = {}
    names = {each.name for each in found}
    rest = list(found)
    while rest:
        ready = [v for v in rest if not v.derived or v.derived.names & names <= placed.keys()]
        if not ready:
            circle = ", ".join(v.name for v in rest)
            slips.append(
                Slip(rest[0].name, f"{circle}: derived from each other", "break the cycle")
            )
            break
        placed |= {v.name: v for v in ready}
        rest = [v for v in rest if v.name not in placed]
    return list(placed.values())


def _variable(name: str, said: Any, slips: list[Slip]) -> Variable | None:
    if (
        not _NAME.match(name)
        or name in FUNCTIONS
        or name in {GIVEN, "and", "or", "not", "if", "else"}
    ):
        slips.append(
            Slip(name, f"'{name[:40]}' is not a valid variable name", "use letters and digits")
        )
        return None
    try:
        if isinstance(said, str):
            if not said.startswith("="):
                raise ArithmeticFault("a derived value begins with '='")
            return Variable(name, derived=expression(said[1:]))
        values = list(_values(said))
    except ArithmeticFault as fault:
        fix = "write {choices: [1, 2]}, {from: 1, to: 9}, {real: [0, 1], step: 0.1} or '= 2 * H'"
        slips.append(Slip(name, str(fault), fix))
        return None
    if len(set(values)) < len(values):
        slips.append(Slip(name, f"a value of '{name}' is listed twice", "keep one"))
    default = said.get("default")
    if default is not None and read(default) not in values:
        slips.append(
            Slip(name, f"the default '{default[:40]}' is not one of its values", "choose one")
        )
    return Variable(name, values, default)


def _values(said: Mapping[str, Any]) -> Iterator[Value]:
    unknown = set(said) - {"choices", "from", "to", "step", "real", "default"}
    if unknown:
        raise ArithmeticFault(f"'{min(unknown)}' is not part of a variable")
    if "choices" in said:
        if not isinstance(said["choices"], tuple) or not said["choices"]:
            raise ArithmeticFault("'choices' is a list of one value or more")
        yield from map(read, said["choices"])
        return
    bounds = said["real"] if "real" in said else (said.get("from", ""), said.get("to", ""))
    if not isinstance(bounds, tuple) or len(bounds) != 2:
        raise ArithmeticFault("'real' is a list of two numbers")
    low, high = (_rational(bound) for bound in bounds)
    step = _rational(said.get("step", "" if "real" in said else "1"))
    if step <= 0 or high < low:
        raise ArithmeticFault("the range must go up, in steps above 0")
    if "real" not in said and Fraction(low).denominator * Fraction(step).denominator != 1:
        raise ArithmeticFault("'from', 'to' and 'step' are whole numbers")
    if (high - low) / step >= MOST:
        raise ArithmeticFault(f"it has more than {MOST} values")
    for n in range(int((high - low) / step) + 1):
        value = low + n * step
        yield value.numerator if value.denominator == 1 else value


def _rational(text: object) -> Fraction:
    value = read(text) if isinstance(text, str) else ""
    if isinstance(value, str):
        raise ArithmeticFault(f"'{str(text)[:40]}' is not a number")
    return Fraction(value)
