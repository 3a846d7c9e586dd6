"""Which questions of another program's file make a bank, and why the others do not."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.faults import Level
from quizcli.bank.updating import origin_note
from quizcli.bank.yaml_text import question_text, whole_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from quizcli.bank.faults import Fault

    Check = Callable[[bytes], list[Fault]]

_AT_ONCE = 200  # questions; a bank of all of them would take many times the memory


class RefusedQuestion(NamedTuple):
    """A question that the bank format does not take, and how to mend it."""

    id: str
    what: str
    fix: str


class AcceptedQuestion(NamedTuple):
    """A question that a bank takes, and its YAML as an item of a list."""

    fields: dict[str, Any]
    text: str

    @property
    def id(self) -> str:
        """What it is called."""
        return str(self.fields["id"])


def accepted(
    head: Mapping[str, Any],
    questions: Iterable[dict[str, Any]],
    check: Check,
    refused: list[RefusedQuestion],
) -> Iterator[AcceptedQuestion]:
    """The questions with which a bank has no fault; the others go to ``refused``. Few of them are
    in memory at a time."""
    waiting = iter(questions)
    while batch := list(islice(waiting, _AT_ONCE)):
        part = [AcceptedQuestion(each, _written(each)) for each in batch]
        # A bank with a fault is not looked at any further: again without those that have one.
        while part and (faulty := _faulty(head, part, check)):
            refused += faulty.values()
            part = [question for question in part if question.id not in faulty]
        yield from part


def _written(question: Mapping[str, Any]) -> str:
    return question_text(question, "  ", origin_note(str(question["id"]), question))


def _faulty(
    head: Mapping[str, Any], questions: Sequence[AcceptedQuestion], check: Check
) -> dict[str, RefusedQuestion]:
    line = whole_text(head, []).count("\n")
    ids: dict[int, str] = {}
    for question in questions:
        end = line + 1 + question.text.count("\n")  # an empty line stands above each
        ids |= dict.fromkeys(range(line + 1, end + 1), question.id)
        line = end
    found: dict[str, RefusedQuestion] = {}
    for fault in check(whole_text(head, [question.text for question in questions]).encode()):
        if fault.level is Level.FAULT:
            id = ids.get(fault.place.line) or questions[0].id
            found.setdefault(id, RefusedQuestion(id, fault.what, fault.fix))
    return found
