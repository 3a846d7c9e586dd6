"""Texts with variables in them: ``{H}``, ``{2 * H:,}``.

In prose a group in braces is replaced, and ``{{`` is a brace. Within a formula, whose own braces
are many, a group is replaced only where it is an expression over the declared variables, and keeps
its braces: ``$W_{H}$`` becomes ``$W_{100}$``, and ``$\\hat{y}$`` stays as it is.
"""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizcli.quiz.arithmetic import ArithmeticFault, Value, expression, read, written
from quizcli.quiz.inline import formulas_in
from quizcli.quiz.variables import GIVEN
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_GROUP = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_WITHIN = re.compile(r"\{([^{}]*)\}")
_FORMAT = re.compile(r"\+?,?(d|(\.(1?[0-9]|20))?[fgeE%]?)\Z")

_MARKS = str.maketrans(",.", ".,")


def filled(text: str, values: Mapping[str, Value], *, comma: bool = False) -> str:
    """The text under these values, with a ``comma`` as the decimal mark where the language writes
    so. Raises ArithmeticFault."""
    if "{" not in text and "}" not in text:
        return text

    names = frozenset(values)

    def in_prose(group: re.Match[str]) -> str:
        if group[0] in {"{{", "}}"}:
            return group[0][0]
        return group[0] if group[1] is None else _shown(group[1], values, comma)

    def in_formula(group: re.Match[str]) -> str:
        if not _is_expression(group[1], names):
            return group[0]
        return f"{{{_shown(group[1], values, comma)}}}"

    return "".join(
        _WITHIN.sub(in_formula, part) if is_formula else _GROUP.sub(in_prose, part)
        for is_formula, part in _parts(text)
    )


@lru_cache(maxsize=64)  # a text is looked at more than once while its question is read
def _parts(text: str) -> tuple[tuple[bool, str], ...]:
    """Prose and formulas in turn."""
    if "$" not in text:
        return ((False, text),)
    parts: list[tuple[bool, str]] = []
    for paragraph in re.split(r"(\n\n+)", text):
        at = 0
        for start, end in formulas_in(paragraph):
            parts += [(False, paragraph[at:start]), (True, paragraph[start:end])]
            at = end
        parts.append((False, paragraph[at:]))
    return tuple(parts)


def _shown(group: str, values: Mapping[str, Value], comma: bool) -> str:
    text, _, form = group.partition(":")
    value = expression(text).value(values)
    if not form:
        return written(value, comma=comma)
    if not _FORMAT.match(form) or isinstance(value, str | bool):
        raise ArithmeticFault(f"'{{{group[:40]}}}' has no format that fits a number")
    if form.endswith("d") and not isinstance(value, int):
        raise ArithmeticFault(f"'{{{group[:40]}}}' is not whole: leave out the d")
    exact = isinstance(value, int) and form[-1:] not in {*"fgeE%"} and "." not in form
    shown = format(value if exact else float(value), form)
    return shown.translate(_MARKS) if comma else shown


@lru_cache(maxsize=4096)
def _is_expression(group: str, names: frozenset[str]) -> bool:
    """Whether a group of a formula is an expression over some of these names."""
    try:
        found = expression(group.partition(":")[0]).names
    except ArithmeticFault:
        return False
    return bool(found) and found <= names


def used(text: str, names: Collection[str]) -> set[str]:
    """Those of some variables that stand in a text."""
    found: set[str] = set()
    for is_formula, part in _parts(text) if "{" in text else ():
        for group in (_WITHIN if is_formula else _GROUP).finditer(part):
            with suppress(ArithmeticFault):
                inner = expression((group[1] or "").partition(":")[0]).names
                found |= inner if inner <= set(names) else set()
    return found


def problems(text: str, names: Collection[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a text, at which of its letters, and how to mend it."""
    before = 0
    for is_formula, part in _parts(text) if "{" in text or "}" in text else ():
        for group in () if is_formula else _GROUP.finditer(part):
            at = before + group.start()
            if group[0] in {"{{", "}}"}:
                continue
            if group[1] is None:
                what = f"a brace '{group[0]}' has no partner"
                partner = "close it with '}'" if group[0] == "{" else "open it with '{'"
                yield at, what, f"{partner}, or write '{group[0] * 2}' for a brace of the text"
                continue
            form = group[1].partition(":")[2]
            try:
                unknown = expression(group[1].partition(":")[0]).names - set(names)
            except ArithmeticFault as fault:
                yield at, str(fault), "write '{{' for a brace of the text"
                continue
            if form and not _FORMAT.match(form):
                yield at, f"'{form[:20]}' is not a format", "write one such as , or .2f or .3g"
            for name in sorted(unknown):
                fix = did_you_mean(name, sorted(names), "the variables are")
                yield at, f"'{name}' is not a variable", fix
        before += len(part)


def filled_data(data: Any, values: Mapping[str, Value]) -> Any:
    """Data with its texts filled; a text that is one group becomes the number that it comes to.
    What a learner will type (``{given}``) is left."""
    if isinstance(data, str):
        if data == f"{{{GIVEN}}}":
            return data
        text = filled(data, values)
        found = read(text) if text != data and re.fullmatch(_WITHIN, data) else text
        return float(found) if isinstance(found, Fraction) else found
    if isinstance(data, dict):
        return {name: filled_data(value, values) for name, value in data.items()}
    return tuple(filled_data(each, values) for each in data) if isinstance(data, tuple) else data
