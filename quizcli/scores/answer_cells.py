"""What a cell of a table of answers says: typed in by whoever has the bank, or marked on paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.quiz.kinds import kind_of
from quizcli.quiz.responses import BadResponse

if TYPE_CHECKING:
    from quizcli.quiz.model import Question
    from quizcli.quiz.steps import Item

_DASH = re.compile(r"[-–—]+\Z")


def marked(item: Item, cell: str) -> tuple[str, ...]:
    """What was marked on paper: letters as they stand there, else ids or texts; a dash is
    a blank. Raises BadResponse."""
    if not cell or _DASH.match(cell):
        return ()
    try:
        return item.parse(cell).given
    except BadResponse:
        if item.kind.form == "typed":
            raise
        try:
            return typed_in(item.question, cell)
        except BadResponse:
            pass
        raise


def typed_in(question: Question, cell: str) -> tuple[str, ...]:
    """The answer in a cell by ids, texts, or letters in the bank's order. Raises BadResponse."""
    kind = kind_of(question)
    if not cell:
        return ()
    if kind.chooses:
        return _chosen(question, cell)
    typed = kind.form == "typed"
    between = r"[,;\n]" if kind.form == "pairs" else r"[,;\s]"
    parts = [cell] if typed else [part.strip() for part in re.split(between, cell) if part.strip()]
    given, misread = kind.read(question, parts)
    if misread:
        raise BadResponse(misread[0].what)
    return given


def _chosen(question: Question, cell: str) -> tuple[str, ...]:
    """Options by text, by ids or by letters in the order of the bank, whatever the case."""
    kind = kind_of(question)
    texts = {" ".join(option.text.casefold().split()): option.id for option in question.options}
    if whole := texts.get(" ".join(cell.casefold().split())):
        return (whole,)
    ids = {option.id.casefold(): option.id for option in question.options}
    parts = [part.casefold() for part in re.split(r"[,;\s]+", cell) if part]
    if not any(part in ids for part in parts):
        shown = tuple(option.id for option in question.options)
        return kind.parse(question, shown, ",".join(parts)).given
    given, misread = kind.read(question, [ids.get(part, part) for part in parts])
    if misread:
        raise BadResponse(misread[0].what)
    return given
