"""Patterns of a text: folded as answers are, and refused where they could backtrack for long."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quizcli.quiz.kinds.folding import folded_signs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST = 200  # characters of an answer
MAX_WAYS = 10_000_000  # of laying a pattern over an answer: about what a second holds
_SPACE = ord(" ")
_LONG_RANGE = 1000  # letters that nobody lists

# What Python says of a pattern that cannot be read, what that means, and how to mend it where the
# sign itself is not meant; "{}" is the sign there.
_UNREADABLE = {
    "unterminated subpattern": ("'{}' is not closed", "write ')' where it ends"),
    "unbalanced parenthesis": ("'{}' closes nothing", "remove it"),
    "unterminated character set": ("'{}' is not closed", "write ']' where it ends"),
    "nothing to repeat": ("'{}' has nothing to repeat", "put something before it"),
    "multiple repeat": ("'{}' repeats what is already repeated", "remove it"),
    "bad escape": ("'{}' begins an unknown escape", "remove it"),
}


def unsafe(pattern: str, exact: Collection[str]) -> tuple[str, str] | None:
    """Why a pattern is not to be used, and how to mend it; None where it is safe: it may be no
    pattern, one that can be tried in too many ways, or one that nothing typed can match."""
    if len(pattern) > LONGEST:
        return f"has {len(pattern)} characters", f"{LONGEST} at most"
    try:
        parsed = parsed_pattern(pattern, exact)
    except (re.error, RecursionError, OverflowError) as error:
        return _unreadable(pattern, error)
    if "(?" in pattern.replace("(?:", "") or re.search(r"\\[1-9]", pattern):
        return "uses lookaround or a backreference", "write a simpler one"
    if _ways(parsed) > MAX_WAYS:
        return "may take too long to match", "write a simpler one"
    if _has_space(parsed, 0) or _has_space(parsed, -1):
        return "matches nothing: no answer begins or ends with a space", "remove the space"
    return None


def _unreadable(pattern: str, error: Exception) -> tuple[str, str]:
    message, place = getattr(error, "msg", str(error)), getattr(error, "pos", None)
    for reason, (what, fix) in _UNREADABLE.items():
        if reason in message and place is not None:
            sign = pattern[place]
            itself = f"or write '\\{sign}' for the character itself"
            said = f"is not valid: {what.format(sign)} (character {place + 1})"
            return said, f"{fix}, {itself}"
    return f"is not valid: {message}", "write a simpler one"


@lru_cache(maxsize=256)
def compiled(pattern: str, exact: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern whose letters are folded as those of answers are."""
    from re import _compiler  # type: ignore[attr-defined]  # what re.compile does with a tree

    flags = 0 if "case" in exact else re.IGNORECASE
    found: re.Pattern[str] = _compiler.compile(parsed_pattern(pattern, exact), flags)
    return found


def parsed_pattern(pattern: str, exact: Collection[str]) -> Any:
    """The tree of a pattern, whose letters are folded as those of answers are."""
    from re import _parser  # type: ignore[attr-defined]  # how re itself reads a pattern
    from unicodedata import normalize

    return _folded(_parser.parse(normalize("NFC", pattern)), exact)


def _folded(parsed: Any, exact: Collection[str], *, turns: bool = False) -> Any:
    """The tree of a pattern, in which each letter is what it is folded to: none, one or more.
    ``turns``: it is repeated."""
    found: list[Any] = []
    for operation, argument in parsed:
        match str(operation):
            case "LITERAL":
                for code in _signs(argument, exact):
                    if code != _SPACE or "spaces" in exact or found[-1:] != [(operation, _SPACE)]:
                        found.append((operation, code))
            case "NOT_LITERAL":
                signs = _signs(argument, exact)
                found.append((operation, signs[0] if len(signs) == 1 else argument))
            case "IN":
                found.append(_one_of(parsed, (operation, argument), exact, turns=turns))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                low, high, inner = argument
                within = _folded(inner, exact, turns=turns or int(high) > 1)
                found.append((operation, (low, high, within)))
            case "SUBPATTERN":
                inner = _folded(argument[-1], exact, turns=turns)
                found.append((operation, (*argument[:-1], inner)))
            case "BRANCH":
                branches = [_folded(each, exact, turns=turns) for each in argument[1]]
                found.append((operation, (argument[0], branches)))
            case _:
                found.append((operation, argument))
    return parsed.__class__(parsed.state, found)


def _signs(code: int, exact: Collection[str]) -> list[int]:
    """What a letter of a pattern is folded to."""
    sign = chr(code)
    if "spaces" not in exact and sign.isspace():
        return [_SPACE]
    return list(map(ord, folded_signs(sign, exact)))


def _one_of(parsed: Any, node: Any, exact: Collection[str], *, turns: bool) -> Any:
    """A letter out of several; where one is folded to two, these stand beside the class. In what is
    repeated they are members of it, since alternatives there would multiply at each turn."""
    from re import _constants  # type: ignore[attr-defined]

    operation, members = node
    forms = dict.fromkeys(
        tuple(_signs(code, exact)) for member in members for code in _codes(member)
    )
    longer = [] if turns else [form for form in forms if len(form) > 1]
    codes = [code for form in forms if form not in longer for code in form]
    letters = [(_constants.LITERAL, code) for code in dict.fromkeys(codes)]
    one = (operation, [*members, *letters])
    if not longer or str(members[0][0]) == "NEGATE":
        return one
    ways = [[one], *([(_constants.LITERAL, code) for code in form] for form in longer)]
    trees = [parsed.__class__(parsed.state, way) for way in ways]
    return (_constants.BRANCH, (None, trees))


def _codes(member: tuple[Any, Any]) -> Iterable[int]:
    """The letters that a member of a class names, of a long range its ends."""
    operation, argument = member
    match str(operation):
        case "LITERAL":
            return (argument,)
        case "RANGE":
            low, high = map(int, argument)
            return range(low, high + 1) if high - low < _LONG_RANGE else (low, high)
    return ()


def _has_space(parsed: Any, end: int) -> bool:
    """Whether all that a pattern matches has a space at its beginning (0) or end (-1)."""
    if not len(parsed):
        return False
    operation, argument = parsed[end]
    match str(operation):
        case "LITERAL":
            return chr(argument).isspace()
        case "IN":
            return all(str(said) == "CATEGORY_SPACE" or said == _SPACE for _, said in argument)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return argument[0] > 0 and _has_space(argument[2], end)
        case "SUBPATTERN":
            return _has_space(argument[-1], end)
        case "BRANCH":
            return all(_has_space(each, end) for each in argument[1])
    return False


def _ways(parsed: Any) -> int:
    """In how many ways a pattern may be laid over an answer, at most: what repeats may do so as
    often as its bounds say, alternatives are as many as they are, and all of these multiply. What
    repeats must itself have one way, or they would multiply at each turn."""
    ways = 1
    for operation, argument in parsed:
        match str(operation):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                low, high, inner = argument
                turns = min(int(high), LONGEST) - int(low) + 1
                within = _ways(inner)
                ways *= turns * within if within == 1 or int(high) == 1 else MAX_WAYS + 1
            case "SUBPATTERN":
                ways *= _ways(argument[-1])
            case "BRANCH":
                ways *= sum(map(_ways, argument[1]))
    return ways
