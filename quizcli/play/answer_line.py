"""A line that a learner types where an answer is awaited: a command, or an answer.

A colon begins a command. ``:guess`` in front of an answer says that it was a guess. Where an answer
is taken as it is typed, a backslash in front of a colon, or of a question mark alone, is no part of
it, and says that what follows is an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from quizcli.quiz.responses import Response
    from quizcli.quiz.steps import Item

GUESS = ":guess"
_GUESSED = re.compile(rf"{GUESS}(?!\S)\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\+(:|\?$)")


def is_command(line: str) -> bool:
    """Whether a line asks for something, and answers nothing."""
    return line.startswith(":") and not _GUESSED.match(line)


def response_of(item: Item, line: str) -> Response:
    """The answer that a line is. Raises BadResponse with what is wrong."""
    answer = _GUESSED.sub("", line, count=1) if _GUESSED.match(line) else line
    guess = answer != line
    if guess and not item.kind.guesses:
        raise BadResponse(
            f"This question is not graded, so {GUESS} does not apply: type just the answer."
        )
    if item.kind.literal and _ESCAPED.match(answer):
        answer = answer[1:]
    response = item.parse(answer)
    return response._replace(guess=response.guess or guess)


def said_as_answer(item: Item | None, line: str) -> list[str]:
    """How to give as an answer a line that is no command, where it may be one."""
    if item is None or not item.kind.literal:
        return []
    return [f"To give it as an answer: \\{line[:40]}"]
