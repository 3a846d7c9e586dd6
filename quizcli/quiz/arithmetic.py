"""The small arithmetic of a bank's variables: exact, bounded, and harmless.

Numbers are whole or rational, so that ``0.1 + 0.2 == 0.3``; what a root, a logarithm or an
exponential makes inexact is a float. There are operators, comparisons, a condition and a few
functions, and nothing else: no attributes, no other calls. The rule: whatever the text, the only
thing that is raised is :class:`ArithmeticFault`, and it is raised soon.
"""

from __future__ import annotations

import ast
import math
import warnings
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Number = int | Fraction | float
Value = Number | str | bool

LONGEST = 500  # characters of an expression
_BITS = 512  # of a number, about 150 digits
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "≤": "<=", "≥": ">=", "≠": "!=",
                        **dict.fromkeys("\n\r\t\f", " ")})  # fmt: skip


class ArithmeticFault(ValueError):
    """What is wrong with an expression, in a sentence."""


class Expression:
    """A text that was understood; ``names`` are those that it needs values for, and a condition is
    a comparison, or several."""

    def __init__(self, text: str) -> None:
        self.text = text.translate(_SIGNS).strip()  # of one line, as places in it are counted
        if len(text) > LONGEST:
            raise ArithmeticFault(f"an expression has {len(text)} characters, {LONGEST} at most")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # what Python only doubts is no expression
                tree = ast.parse(self.text, mode="eval") if self.text.isascii() else None
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            tree = None
        if tree is None:
            raise ArithmeticFault(f"'{text[:40]}' is not an expression")
        self._body = tree.body
        self.is_condition = isinstance(self._body, ast.Compare | ast.BoolOp) or (
            isinstance(self._body, ast.UnaryOp) and isinstance(self._body.op, ast.Not)
        )
        self.names = frozenset(_names(self._body, self.text))

    def value(self, values: Mapping[str, Value]) -> Value:
        """What it comes to under these values. Raises ArithmeticFault."""
        try:
            return _evaluated(self._body, values, self.text)
        except ArithmeticFault:
            raise
        except (OverflowError, ZeroDivisionError, RecursionError, ValueError):
            raise ArithmeticFault(f"'{self.text[:40]}' cannot be computed") from None


# One bank draws from the same few texts, a hundred times where it is checked or proved.
expression = lru_cache(maxsize=4096)(Expression)


def _names(node: ast.AST, text: str) -> set[str]:
    """The names of an expression; raises ArithmeticFault for what does not belong in one."""
    found: set[str] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            name = each.func.id if isinstance(each.func, ast.Name) else "this"
            if name not in FUNCTIONS or each.keywords:
                known = ", ".join(sorted(FUNCTIONS))
                raise ArithmeticFault(f"there is no function '{name}': the functions are {known}")
        elif isinstance(each, ast.Constant):
            _constant(each, text)
        elif isinstance(each, ast.Name):
            found.add(each.id)
        elif not isinstance(each, _ALLOWED):
            raise ArithmeticFault(f"'{text[:40]}' is more than arithmetic")
    called = {c.func.id for c in ast.walk(node) if isinstance(c, ast.Call)
              and isinstance(c.func, ast.Name)}  # fmt: skip
    return found - called


_ALLOWED = (
    ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.operator, ast.unaryop,
    ast.cmpop, ast.boolop, ast.Load,
)  # fmt: skip


def _constant(node: ast.Constant, text: str) -> Value:
    if isinstance(node.value, str):
        return node.value
    written = text[node.col_offset : node.end_col_offset]
    plain = written.replace(".", "", 1).lower()
    if isinstance(node.value, bool) or not isinstance(node.value, int | float):
        raise ArithmeticFault(f"'{written[:40]}' is not a number")
    mantissa, _, power = plain.partition("e")
    digits = mantissa.isdigit() and (power.lstrip("+-").isdigit() or not power)
    if not digits or len(written) > 60 or abs(int(power or 0)) > 100:
        raise ArithmeticFault(f"'{written[:40]}' is not a number")
    return _whole(Fraction(written))


def _evaluated(node: ast.AST, values: Mapping[str, Value], text: str) -> Value:
    def of(part: ast.AST) -> Value:
        return _evaluated(part, values, text)

    match node:
        case ast.Constant():
            return _constant(node, text)
        case ast.Name():
            if node.id not in values:
                raise ArithmeticFault(f"'{node.id}' is not a variable here")
            return values[node.id]
        case ast.UnaryOp(op=ast.Not()):
            return not of(node.operand)
        case ast.BoolOp():
            every = isinstance(node.op, ast.And)
            return all(map(of, node.values)) if every else any(map(of, node.values))
        case ast.IfExp():
            return of(node.body) if of(node.test) else of(node.orelse)
        case ast.Compare():
            return _compared(node, of)
        case ast.Call(func=ast.Name(id=name)):
            return _called(name, [_number(of(part)) for part in node.args])
    return _operated(node, of, text)


def _operated(node: ast.AST, of: Callable[[ast.AST], Value], text: str) -> Number:
    if isinstance(node, ast.UnaryOp):
        number = _number(of(node.operand))
        return -number if isinstance(node.op, ast.USub) else number
    operation = _OPERATIONS.get(type(node.op)) if isinstance(node, ast.BinOp) else None
    if operation is None or not isinstance(node, ast.BinOp):
        raise ArithmeticFault(f"'{text[:40]}' is more than arithmetic")
    return _bounded(operation(_number(of(node.left)), _number(of(node.right))))


def _called(name: str, numbers: list[Number]) -> Number:
    try:
        return _bounded(FUNCTIONS[name](*numbers))
    except (TypeError, ValueError) as error:
        if isinstance(error, ArithmeticFault):
            raise
        raise ArithmeticFault(f"'{name}' cannot be computed from these") from None


def _compared(node: ast.Compare, of: Callable[[ast.AST], Value]) -> bool:
    left = of(node.left)
    for operator, part in zip(node.ops, node.comparators, strict=True):
        right = of(part)
        if isinstance(operator, ast.Eq | ast.NotEq):
            holds = (left == right) == isinstance(operator, ast.Eq)
        else:
            compare = _COMPARISONS.get(type(operator))
            if compare is None:
                raise ArithmeticFault("numbers are compared with <, <=, >, >=, == and !=")
            holds = compare(_number(left), _number(right))
        if not holds:
            return False
        left = right
    return True


def _number(value: Value) -> Number:
    if isinstance(value, bool | str):
        raise ArithmeticFault(f"'{str(value)[:40]}' is not a number")
    return value


def _whole(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _bounded(value: Any) -> Number:
    """A result that is finite and not too long."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ArithmeticFault("a result is not finite")
        return value
    value = Fraction(value)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _BITS:
        raise ArithmeticFault("a result has more digits than can be shown")
    return _whole(value)


def _divided(one: Number, other: Number) -> Number:
    if other == 0:
        raise ArithmeticFault("there is a division by 0")
    return (
        one / other if isinstance(one, float) or isinstance(other, float) else Fraction(one) / other
    )


def _floored(one: Number, other: Number) -> Number:
    return math.floor(_divided(one, other))


def _rest(one: Number, other: Number) -> Number:
    return one - other * _floored(one, other)


def _raised(base: Number, power: Number) -> Number:
    if isinstance(base, float) or isinstance(power, float) or Fraction(power).denominator != 1:
        if base < 0:
            raise ArithmeticFault("a negative number has no real root")
        if base == 0 and power < 0:
            raise ArithmeticFault("there is a division by 0")
        return math.pow(float(base), float(power))
    base, exponent = Fraction(base), int(power)
    bits = max(base.numerator.bit_length(), base.denominator.bit_length(), 1)
    if bits * abs(exponent) > 2 * _BITS and abs(base) != 1:
        raise ArithmeticFault("a power has more digits than can be shown")
    if base == 0 and exponent < 0:
        raise ArithmeticFault("there is a division by 0")
    return base ** (exponent if abs(base) != 1 else exponent % 2)


def _root(value: Number) -> Number:
    if value < 0:
        raise ArithmeticFault("a negative number has no real root")
    if not isinstance(value, float):
        exact = Fraction(value)
        root = Fraction(math.isqrt(exact.numerator), math.isqrt(exact.denominator))
        if root * root == exact:
            return root
    return math.sqrt(value)


def _rounded(value: Number, places: Number = 0) -> Number:
    """Halves away from zero, as at school."""
    if not isinstance(places, int) or abs(places) > 20:
        raise ArithmeticFault("round takes a number of places up to 20")
    scaled = abs(Fraction(value)) * Fraction(10) ** places
    whole = math.floor(scaled + Fraction(1, 2))
    return (whole if value >= 0 else -whole) / Fraction(10) ** places


def _logarithm(of: Callable[[float], float]) -> Callable[[Number], float]:
    def log(value: Number) -> float:
        if value <= 0:
            raise ArithmeticFault("there is no logarithm of 0 or less")
        return of(float(value))

    return log


FUNCTIONS: Mapping[str, Callable[..., Number]] = {
    "min": lambda *numbers: min(numbers), "max": lambda *numbers: max(numbers), "round": _rounded,
    "floor": math.floor, "ceil": math.ceil, "abs": abs, "sqrt": _root, "log": _logarithm(math.log),
    "log2": _logarithm(math.log2), "log10": _logarithm(math.log10), "exp": math.exp,
    "gcd": math.gcd,
}  # fmt: skip
_OPERATIONS: Mapping[type[ast.operator], Callable[[Number, Number], Number]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: _divided, ast.FloorDiv: _floored, ast.Mod: _rest, ast.Pow: _raised,
}  # fmt: skip
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Number, Number], bool]] = {
    ast.Lt: lambda a, b: a < b, ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b, ast.GtE: lambda a, b: a >= b,
}  # fmt: skip


def written(value: Value, *, comma: bool = False) -> str:
    """A value as it is shown: whole, with its decimals where these end, else as a fraction; with a
    ``comma`` as the decimal mark where the language writes so."""
    text = _written(value)
    return text.replace(".", ",") if comma and not isinstance(value, str) else text


def _written(value: Value) -> str:
    from quizcli.quiz.quantities import written as number_text

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    return value if isinstance(value, str) else number_text(Fraction(value))


def read(text: str) -> Value:
    """The number that a text is, or the text itself."""
    import re

    if re.fullmatch(r"-?\d{1,160}(\.\d{1,50}|/[1-9]\d{0,160})?(e[+-]\d{1,3})?", text, re.ASCII):
        return _whole(Fraction(text))
    return text
