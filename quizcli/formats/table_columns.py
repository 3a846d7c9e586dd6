"""What the columns of a table of questions hold: by their headers, or as people lay them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_LETTERS = re.compile(r"[\W_]+")
_NAMES = {
    "id": "id key guid nummer nr no",
    "kind": "kind type questiontype art",
    "title": "title name",
    "question": "question prompt text stem questiontext frage item",
    "front": "front term word vocabulary begriff",
    "answer": "answer correct correctanswer rightanswer key solution right antwort lösung richtig "
    "correctoption answerkey",
    "back": "back definition meaning translation",
    "tolerance": "tolerance margin",
    "explanation": "explanation feedback rationale reason comment why erklärung generalfeedback",
    "tags": "tags tag category topic section chapter thema",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split()}
_OPTION = re.compile(
    r"(?:(?:option|choice|answer|antwort|distractor|wahl|opt|ans)?([a-z]|[0-9]{1,2}))\Z"
)
_WRONG = re.compile(
    r"(?:wrong|incorrect|distractor|falsch)(?:answer|option)?(?:[a-z]|[0-9]{1,2})?\Z"
)
_FEEDBACK = re.compile(r"(?:feedback|comment|explanation)([a-z]|[0-9]{1,2})\Z")


class Columns(NamedTuple):
    """The places of what is known: roles by name, options and what is said of them in order.
    ``wrong`` are options of which the right one stands under "answer". ``other`` are the headers of
    columns that are not read."""

    roles: dict[str, int]
    options: tuple[int, ...] = ()
    feedback: tuple[int, ...] = ()
    wrong: tuple[int, ...] = ()
    other: tuple[str, ...] = ()


def headed(cells: Sequence[str]) -> Columns | None:
    """What the columns under these headers are; None where they are no headers."""
    roles: dict[str, int] = {}
    options: dict[str, int] = {}
    feedback: dict[str, int] = {}
    wrong: list[int] = []
    other: list[str] = []
    for place, cell in enumerate(cells):
        name = _NOT_LETTERS.sub("", cell.casefold())
        role = _ROLES.get(name)
        if role and role not in roles:
            roles[role] = place
        elif name and (match := _FEEDBACK.match(name)):
            feedback[match[1]] = place
        elif name and (match := _OPTION.match(name)):
            options[match[1]] = place
        elif name and _WRONG.match(name):
            wrong.append(place)
        elif name:
            other.append(cell)
    if "front" in roles and "back" in roles:
        roles["question"], roles["answer"] = roles.pop("front"), roles.pop("back")
        roles.setdefault("card", roles["question"])
    if "question" not in roles or not ({"answer", "kind"} & roles.keys() or options):
        return None
    order = sorted(options, key=lambda name: (len(name), name))
    said = tuple(feedback.get(name, -1) for name in order)
    return Columns(roles, tuple(options[n] for n in order), said, tuple(wrong), tuple(other))


def guessed_columns(cells: Sequence[str]) -> Columns | None:
    """The columns of a table without headers, by its first row: a question, its options and the
    letter or the text of the right one; or a question and its answer."""
    filled = len(cells)
    while filled and not cells[filled - 1]:
        filled -= 1
    if filled == 2:
        return Columns({"question": 0, "answer": 1})
    if filled >= 4 and right_places(cells[filled - 1], cells[1 : filled - 1]):
        return Columns({"question": 0, "answer": filled - 1}, tuple(range(1, filled - 1)))
    return None


def right_places(answer: str, options: Sequence[str]) -> tuple[int, ...]:
    """Which options an answer names: by their texts, letters or numbers; none where it names one
    that is not there."""
    for parts in ([answer], re.split(r"\s*[,;/&|]\s*|\s+and\s+", answer)):
        places = [_place(part.strip(), options) for part in parts if part.strip()]
        if places and all(place is not None for place in places):
            return tuple(sorted({place for place in places if place is not None}))
    if answer.isupper() and answer.isalpha() and 1 < len(answer) <= len(options):  # "AC"
        return right_places(",".join(answer), options)
    return ()


def _place(part: str, options: Sequence[str]) -> int | None:
    folded = " ".join(part.split()).casefold()
    texts = [" ".join(option.split()).casefold() for option in options]
    if folded and folded in texts:
        return texts.index(folded)
    match = re.match(r"\(?(?:option|choice)?\s*([a-z]|[0-9]{1,2})(?:[.):].*)?\Z", folded, re.DOTALL)
    if not match:
        return None
    place = int(match[1]) - 1 if match[1].isdigit() else ord(match[1]) - ord("a")
    return place if 0 <= place < len(options) and texts[place] else None
