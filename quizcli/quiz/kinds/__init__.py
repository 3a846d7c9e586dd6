"""The kinds of question: one file each, and one line here: its name, and its file."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.quiz.kinds.base import Kind
    from quizcli.quiz.model import Question, QuestionHeading


class Kinds(MutableMapping[str, "Kind"]):
    """Each kind by its name, its file imported when it is first asked for: most banks need few."""

    def __init__(self, files: dict[str, str]) -> None:
        self._kinds: dict[str, Kind | str] = dict(files)

    def __getitem__(self, name: str) -> Kind:
        kind = self._kinds[name]
        if isinstance(kind, str):
            found: Kind = import_module(f"{__name__}.{kind}").KIND
            self._kinds[name] = kind = found
        return kind

    def __setitem__(self, name: str, kind: Kind) -> None:
        self._kinds[name] = kind

    def __delitem__(self, name: str) -> None:
        del self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def __contains__(self, name: object) -> bool:
        return name in self._kinds


KINDS = Kinds(
    {
        "single-choice": "single",
        "multiple-choice": "multiple",
        "true-false": "truth",
        "number": "number",
        "text": "text",
        "matching": "matching",
        "ordering": "ordering",
        "free": "free",
        "card": "card",
        "cloze": "cloze",
    }
)


def kind_of(question: Question | QuestionHeading) -> Kind:
    """The kind that owns the answer to a question; without its key in a handout."""
    kind = KINDS[question.kind]
    if not question.keyless:
        return kind
    from quizcli.quiz.kinds.withheld import withheld

    return withheld(kind)


__all__ = ["KINDS", "Kinds", "kind_of"]
