"""Patterns of a text as the script of a page reads them.

The rule: the tree that an answer is compared with in the terminal is written out, so that nothing
depends on what two languages make of one source.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from quizcli.quiz.kinds.patterns import parsed_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_WORD = r"\p{L}\p{N}_"
_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_CLASSES = {
    "DIGIT": r"\p{Nd}",
    "NOT_DIGIT": r"\P{Nd}",
    "SPACE": _SPACE,
    "NOT_SPACE": r"\x00-\x08\x0e-\x1b\x21-\x84\x86-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027"
    r"\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\u{10ffff}",
    "WORD": _WORD,
    "NOT_WORD": r"\p{M}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}‿⁀⁔︳︴﹍﹎﹏＿\p{S}\p{Z}\p{C}",
}
_EDGE = f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_AT = {
    "AT_BEGINNING": "^", "AT_BEGINNING_STRING": "^", "AT_END": "$", "AT_END_STRING": "$",
    "AT_BOUNDARY": _EDGE, "AT_NON_BOUNDARY": f"(?!{_EDGE})",
}  # fmt: skip


def script_pattern(pattern: str, exact: Collection[str]) -> str:
    """The source of a pattern for a script, to be read with its flag ``u``."""
    return _written(parsed_pattern(pattern, exact), count())


def _written(parsed: Any, names: Iterator[int]) -> str:
    return "".join(_node(str(operation), argument, names) for operation, argument in parsed)


def _node(operation: str, argument: Any, names: Iterator[int]) -> str:
    match operation:
        case "LITERAL":
            return _sign(argument)
        case "NOT_LITERAL":
            return f"[^{_sign(argument)}]"
        case "ANY":
            return r"[^\n]"
        case "AT":
            return _AT[str(argument)]
        case "IN":
            return _one_of(argument)
        case "BRANCH":
            return f"(?:{'|'.join(_written(each, names) for each in argument[1])})"
        case "SUBPATTERN":
            return f"(?:{_written(argument[-1], names)})"
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            low, high, inner = argument
            most = "" if str(high) == "MAXREPEAT" else int(high)
            lazy = "?" if operation == "MIN_REPEAT" else ""
            repeated = f"(?:{_written(inner, names)}){{{low},{most}}}{lazy}"
            if operation != "POSSESSIVE_REPEAT":
                return repeated
            name = f"taken{next(names)}"  # what was taken is not given back
            return rf"(?=(?<{name}>{repeated}))\k<{name}>"
    raise AssertionError(operation)


def _one_of(members: Any) -> str:
    """A letter out of several."""
    inner, negated = "", ""
    for operation, argument in members:
        match str(operation):
            case "NEGATE":
                negated = "^"
            case "LITERAL":
                inner += _sign(argument)
            case "RANGE":
                inner += f"{_sign(argument[0])}-{_sign(argument[1])}"
            case "CATEGORY":
                inner += _CLASSES[str(argument).removeprefix("CATEGORY_")]
    return f"[{negated}{inner}]"


def _sign(code: int) -> str:
    return chr(code) if chr(code).isalnum() else f"\\u{{{code:x}}}"
