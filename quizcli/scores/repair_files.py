"""A repair as a file, YAML or JSON: what a class is graded by once more, or without."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

from quizcli.bank.faults import BankError
from quizcli.bank.nodes import Node, Shape, read_tree
from quizcli.bank.shelf import read_bytes
from quizcli.quiz.cards import bank_ids
from quizcli.report.codes import UserError
from quizcli.report.json_text import json_text, shown_json
from quizcli.report.words import did_you_mean
from quizcli.scores.repairs import (
    CREDIT_ALL,
    KEY,
    WITHOUT,
    WITHOUT_OPTION,
    Repair,
    Wish,
    checked_repair,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from quizcli.quiz.model import Bank, Question

_BANK, _REASON, _NEVER_LOWER = "bank", "reason", "never-lower"
_FIELDS = (_BANK, _REASON, _NEVER_LOWER, KEY, WITHOUT, CREDIT_ALL, WITHOUT_OPTION)


def repair_said(repair: Repair) -> str:
    """What is mended, and why."""
    return f"{repair.words} — {repair.reason}"


def repair_data(repair: Repair) -> dict[str, Any]:
    """A repair as an object."""
    return {
        _BANK: repair.bank,
        _REASON: repair.reason,
        _NEVER_LOWER: repair.never_lower,
        KEY: {id: list(ids) for id, ids in repair.keys.items()},
        WITHOUT: list(repair.dropped),
        CREDIT_ALL: list(repair.credited),
        WITHOUT_OPTION: {id: list(ids) for id, ids in repair.disregarded.items()},
    }


def repair_text(repair: Repair, *, as_json: bool) -> str:
    """The text of a file; values in YAML are written as JSON writes them, which YAML reads."""
    data = repair_data(repair)
    if as_json:
        return json_text(data)
    lines = (f"{n}: {shown_json(json.dumps(v, ensure_ascii=False))}\n" for n, v in data.items())
    return "# A repair of marks: quizcli class grade BANK PATH --repair THIS-FILE\n" + "".join(
        lines
    )


def read_repair(path: Path, name: str, bank: Bank, questions: Mapping[str, Question]) -> Repair:
    """The repair in a file. Raises UserError with all that is wrong with it."""
    try:
        root = read_tree(read_bytes(path), name)
    except BankError as error:
        said = "\n".join(f"{fault.place}: {fault.what}" for fault in error.faults)
        raise UserError(f"{name} is not a readable repair:\n{said}") from None
    faults: list[str] = []
    fields: dict[str, Node] = {}
    if root.shape is not Shape.MAP:
        faults.append(
            f"it is {root.shape.value} — write it with: quizcli class regrade -o {quote(str(name))}"
        )
    for key, value in _pairs(root):
        if key.text not in _FIELDS:
            hint = did_you_mean(key.text[:80], _FIELDS, "the fields are")
            faults.append(f"line {key.line}: there is no '{key.text[:80]}' — {hint}")
        elif key.text in fields:
            faults.append(f"line {key.line}: '{key.text}' appears twice — keep one")
        fields[key.text] = value
    of = fields[_BANK].text if _BANK in fields else bank.id
    if of not in bank_ids(bank):
        faults.append(f"it is for another bank, '{of[:80]}'; this one is '{bank.id}'")
    lower = fields[_NEVER_LOWER].text if _NEVER_LOWER in fields else "false"
    if lower not in {"true", "false"}:
        faults.append(f"'{_NEVER_LOWER}' is '{lower[:40]}' — write true or false")
    wishes = [wish for what in (KEY, WITHOUT, CREDIT_ALL, WITHOUT_OPTION) if what in fields
              for wish in _wishes(what, fields[what], faults)]  # fmt: skip
    if faults:
        raise UserError(f"{name} cannot be used:\n" + "\n".join(faults))
    reason = fields[_REASON].text if _REASON in fields else ""
    try:
        return checked_repair(wishes, bank, questions, reason, never_lower=lower == "true")
    except UserError as error:
        raise UserError(f"{name} cannot be used:\n{error}") from None


def _pairs(node: Node) -> Iterator[tuple[Node, Node]]:
    items = (node.items or []) if node.shape is Shape.MAP else []
    return zip(items[::2], items[1::2], strict=True)


def _wishes(what: str, node: Node, faults: list[str]) -> list[Wish]:
    """What a field wishes: a list of questions, or a mapping of them to options."""
    takes_options = what in {KEY, WITHOUT_OPTION}
    if takes_options and node.shape is Shape.MAP:
        wishes = []
        for question, options in _pairs(node):
            texts = _texts(options)
            if not texts:
                faults.append(f"line {question.line}: '{what}' is not an option of "
                              f"'{question.text[:80]}' — write [option, option]")  # fmt: skip
            wishes.append(Wish(what, question.text, tuple(texts or ())))
        return wishes
    if not takes_options and (questions := _texts(node)) is not None:
        return [Wish(what, id) for id in questions]
    shape = "{question: [option]}" if takes_options else "[question]"
    faults.append(f"line {node.line}: '{what}' is {node.shape.value} — write {shape}")
    return []


def _texts(node: Node) -> list[str] | None:
    """A text, or a list of them; None for anything else."""
    nodes = node.items or [] if node.shape is Shape.LIST else [node]
    return None if any(one.shape is not Shape.TEXT for one in nodes) else [n.text for n in nodes]
