"""The kinds of question: one file each, and one line here."""

from quizcli.quiz.kinds import (
    card,
    cloze,
    matching,
    multiple,
    number,
    ordering,
    single,
    text,
    truth,
)
from quizcli.quiz.kinds.base import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        single.KIND,
        multiple.KIND,
        truth.KIND,
        number.KIND,
        text.KIND,
        matching.KIND,
        ordering.KIND,
        card.KIND,
        cloze.KIND,
    )
}

__all__ = ["KINDS", "Kind"]
