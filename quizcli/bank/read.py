"""A bank's bytes to a :class:`~quizcli.quiz.model.Bank`, or all that is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.digest import stamped
from quizcli.bank.fields import Object, Reader, all_or_raise
from quizcli.bank.nodes import Node, read_tree
from quizcli.bank.rules import check_question, check_unique
from quizcli.bank.shapes import shapes
from quizcli.quiz.credit import RULES
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Bank, Demo, Figure, Option, Question

if TYPE_CHECKING:
    from collections.abc import Iterator


def read_bank(data: bytes, file: str) -> Bank:
    """The bank that ``data`` holds; ``file`` is the name to be used in messages.

    Raises BankError with every fault found.
    """
    reader = Reader(file, shapes(tuple(KINDS), tuple(RULES)), [])
    root = read_tree(data, file)
    top = reader.object(root, "bank")
    questions = list(_questions(reader, top))
    check_unique(reader, [(question.id, node) for question, node in questions], "question")
    all_or_raise(reader.faults)
    defaults = _value(top, "defaults", {})
    bank = Bank(
        id=_value(top, "id", ""),
        title=_value(top, "title", ""),
        questions=tuple(question for question, _ in questions),
        description=_value(top, "description", ""),
        credit=_value(defaults, "credit", "net-correct"),
        shuffle=_value(defaults, "shuffle", True),
        file=file,
    )
    return stamped(bank)


def _value(fields: Object, name: str, default: Any) -> Any:
    return fields[name][0] if name in fields else default


def _questions(reader: Reader, top: Object) -> Iterator[tuple[Question, Node]]:
    for fields, node in _value(top, "questions", []):
        options = [
            (_option(reader, option, at, fields), at)
            for option, at in _value(fields, "options", [])
        ]
        at = fields["id"][1] if "id" in fields else node
        question = Question(
            id=_value(fields, "id", ""),
            kind=_value(fields, "kind", ""),
            prompt=_value(fields, "prompt", ""),
            options=tuple(option for option, _ in options),
            title=_value(fields, "title", ""),
            hints=_value(fields, "hints", ()),
            explanation=_value(fields, "explanation", ""),
            figure=_figure(fields),
            tags=_value(fields, "tags", ()),
            points=_value(fields, "points", 1),
            difficulty=_value(fields, "difficulty", ""),
            references=_value(fields, "references", ()),
            demo=_demo(fields),
            credit=_value(fields, "credit", None),
            shuffle=_value(fields, "shuffle", None),
            place=reader.place(at),
        )
        check_question(reader, question, fields, options, node)
        yield question, at


def _option(reader: Reader, fields: Object, node: Node, question: Object) -> Option:
    id = _value(fields, "id", "")
    claim = _value(fields, "claim", None)
    kind = KINDS.get(_value(question, "kind", ""))
    text = _value(fields, "text", "") or (kind.texts.get(id, "") if kind else "")
    return Option(
        id=id,
        text=text or claim_text(claim),
        correct=_value(fields, "correct", False),
        feedback=_value(fields, "feedback", ""),
        missed=_value(fields, "missed", ""),
        claim=claim,
        last="pin" in fields,
        place=reader.place(fields["id"][1] if "id" in fields else node),
    )


def claim_text(claim: Any) -> str:
    """The text of an option that leaves it to its claim: the value, or 'name value' pairs."""
    if not claim:
        return ""
    if len(claim) == 1:
        return str(next(iter(claim.values())))
    return ", ".join(f"{name} {value}" for name, value in claim.items())


def _figure(fields: Object) -> Figure | None:
    figure = _value(fields, "figure", None)
    return Figure(_value(figure, "text", ""), _value(figure, "alt", "")) if figure else None


def _demo(fields: Object) -> Demo | None:
    demo = _value(fields, "demo", None)
    return Demo(_value(demo, "name", ""), _value(demo, "set", {})) if demo else None
