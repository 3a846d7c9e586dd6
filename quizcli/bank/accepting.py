"""Which questions of another program's file make a bank, and why the others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.faults import Level
from quizcli.bank.yaml_text import bank_text, question_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.bank.faults import Fault

    Check = Callable[[bytes], list[Fault]]

_AT_ONCE = 200  # questions; a bank of all of them would take many times the memory


class RefusedQuestion(NamedTuple):
    """A question that the bank format does not take, and how to mend it."""

    id: str
    what: str
    fix: str


def accepted(
    bank: Mapping[str, Any], check: Check
) -> tuple[list[dict[str, Any]], list[RefusedQuestion]]:
    """The questions with which a bank has no fault, and the others."""
    head = {name: said for name, said in bank.items() if name != "questions"}
    good: list[dict[str, Any]] = []
    refused: list[RefusedQuestion] = []
    waiting = bank["questions"]
    for start in range(0, len(waiting), _AT_ONCE):
        part = waiting[start : start + _AT_ONCE]
        # A bank with a fault is not looked at any further: again without those that have one.
        while part and (faulty := _faulty(head, part, check)):
            refused += faulty.values()
            part = [question for question in part if question["id"] not in faulty]
        good += part
    return good, refused


def _faulty(
    head: Mapping[str, Any], questions: Sequence[dict[str, Any]], check: Check
) -> dict[str, RefusedQuestion]:
    parts = [bank_text({**head, "questions": []})]
    line = parts[0].count("\n")
    ids: dict[int, str] = {}
    for question in questions:
        parts.append(question_text(question, "  "))
        ids |= dict.fromkeys(range(line + 1, line + 1 + parts[-1].count("\n")), question["id"])
        line += parts[-1].count("\n")
    found: dict[str, RefusedQuestion] = {}
    for fault in check("".join(parts).encode()):
        if fault.level is Level.FAULT:
            id = ids.get(fault.place.line) or questions[0]["id"]
            found.setdefault(id, RefusedQuestion(id, fault.what, fault.fix))
    return found
