"""A bank as plain data: mappings, lists and texts, as its YAML has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.bank.nodes import Shape
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.kinds.foreseen import foreseen
from quizcli.quiz.kinds.number import amount, tolerance
from quizcli.quiz.quantities import as_written

if TYPE_CHECKING:
    from quizcli.bank.nodes import Node
    from quizcli.quiz.model import Bank, Option, Question


def plain_node(node: Node) -> Any:
    """What stands in a tree, as it was written: every value is a text."""
    items = node.items or []
    if node.shape is Shape.TEXT:
        return node.text
    if node.is_map:
        pairs = zip(items[::2], items[1::2], strict=True)
        return {key.text: plain_node(value) for key, value in pairs}
    return [plain_node(item) for item in items]


def plain_bank(bank: Bank) -> dict[str, Any]:
    """A bank for other programs: prompts with what they share, options with the texts that they
    leave to their claims, and variables at their usual numbers, of which the names are kept.
    Every value is a text, but the numbers of a question, which are exact and in its unit, and its
    points."""
    defaults = {
        "credit": bank.credit if bank.credit != "net-correct" else None,
        "shuffle": None if bank.shuffle else "false",
        "retention": bank.retention,
        "new_per_day": bank.new_per_day,
    }
    return {
        "format": "1",
        "id": bank.id,
        "title": bank.title,
        **_said(
            {
                "formerly": list(bank.formerly),
                "description": bank.description,
                "language": bank.language,
                "defaults": _said(defaults),
                "draw": [{"tag": tag, "count": str(count)} for tag, count in bank.draw],
            }
        ),
        "questions": [_question(question) for question in bank.questions],
    }


def _question(written: Question) -> dict[str, Any]:
    question = usual(written)
    figure, demo = question.figure, question.demo
    own = {name: said for name, said in written.own.items() if name in {"scenario", "variables"}}
    kind = KINDS[question.kind]
    elsewhere = {"scenario", "variables", "where", "language"}
    elsewhere |= {"answer"} if kind.chooses else set()  # its options say which is right
    own |= {name: said for name, said in question.own.items() if name not in elsewhere}
    fields = {
        "id": question.id,
        "formerly": question.formerly,
        "title": question.title,
        "kind": question.kind,
        kind.needs[0]: question.prompt,
        "back": question.back,
        "figure": {"text": figure.text, "alt": figure.alt} if figure else None,
        "options": [_option(option) for option in question.options],
        **own,
        "hints": question.hints,
        "explanation": question.explanation,
        "tags": question.tags,
        "points": None if question.points == 1 else question.points,
        "difficulty": question.difficulty,
        "references": question.references,
        "credit": question.credit,
        "shuffle": question.shuffle,
        "time": question.time,
        "demo": {"name": demo.name} if demo else None,
    }
    exact = {"points": question.points} | (_numbers(question) if question.kind == "number" else {})
    return {name: exact.get(name, said) for name, said in plain_texts(_said(fields)).items()}


def _numbers(question: Question) -> dict[str, Any]:
    """The numbers of a question for a reader that knows neither its unit nor its language: ``5 ms``
    of an answer in s is 1/200, and a tolerance of 5% is what that comes to."""
    own = question.own
    found: dict[str, Any] = {"answer": as_written(amount(question, own["answer"]), own["answer"])}
    if "tolerance" in own:
        found["tolerance"] = tolerance(question)
    if expected := own.get("expect"):
        pairs = zip(plain_texts(expected), foreseen(question), strict=True)
        found["expect"] = [
            said | {"answer": as_written(amount(question, e.answer), e.answer)} for said, e in pairs
        ]
    return found


def _option(option: Option) -> dict[str, Any]:
    fields = {
        "id": option.id,
        "text": option.text,
        "correct": option.correct or None,
        "feedback": option.feedback,
        "missed": option.missed,
        "pin": "last" if option.last else "",
        "claim": option.claim,
    }
    return _said(fields)


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that hold something."""
    return {name: said for name, said in fields.items() if said not in (None, "", (), [], {})}


def plain_texts(said: Any) -> Any:
    """Plain data in which every value is a text."""
    if isinstance(said, bool):
        return "true" if said else "false"
    if isinstance(said, (list, tuple)):
        return [plain_texts(each) for each in said]
    if hasattr(said, "items"):
        return {name: plain_texts(each) for name, each in said.items()}
    return str(said)
