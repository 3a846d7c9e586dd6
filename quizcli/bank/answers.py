"""A file of answers: question id to option ids, YAML or JSON, checked against a bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.faults import BankError, Fault
from quizcli.bank.nodes import Node, Shape, read_tree
from quizcli.bank.shelf import read_bytes
from quizcli.quiz.cards import id_now, quizzed
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.model import Place
from quizcli.report.codes import UserError
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.quiz.model import Bank, Question

Answers = dict[str, tuple[str, ...]]

_WRITE = "write 'question-id: [option-id]' lines"
# How an answer is written, by the form that its kind has.
_FORMS = {
    "typed": "write text, in quotes if it begins with a bracket or a brace",
    "choice": "write ids of options",
    "pairs": "write 'left: right' lines",
    "order": "write ids in their order",
}
# Where reading gives advice that is about banks.
_FIXES = {
    "unreadable": "check the name",
    "empty": _WRITE,
    "too-big": "name the file of answers",
    "too-deep": _WRITE,
    "documents": "keep one",
}


def read_answers(path: Path, bank: Bank) -> Answers:
    """The answers in a file.

    Raises UserError with all faults: unknown questions and options, several options for one.
    """
    file = path.as_posix()
    faults: list[Fault] = []
    try:
        root = read_tree(read_bytes(path), file, "a file of answers")
        answers = _answers(root, file, bank, faults)
    except BankError as error:
        faults = [fault._replace(fix=_FIXES.get(fault.code, fault.fix)) for fault in error.faults]
    if faults:
        raise UserError("the answers cannot be used:\n" + "\n".join(map(str, faults)))
    return answers


def _answers(root: Node, file: str, bank: Bank, faults: list[Fault]) -> Answers:
    answers: Answers = {}
    if root.shape is not Shape.MAP or root.items is None:
        what = f"the answers are {root.shape.value}"
        faults.append(Fault(Place(file, root.line, root.column), "answers", what, _WRITE))
        return answers
    known = {question.id: question for question in quizzed(bank)}
    cards = {question.id for question in bank.questions}.difference(known)
    for key, value in zip(root.items[::2], root.items[1::2], strict=True):
        place = Place(file, key.line, key.column)
        id = id_now(bank, key.text)
        if key.shape is not Shape.TEXT:
            faults.append(Fault(place, "question", f"a question is {key.shape.value}", _WRITE))
        elif id in cards:
            what = f"'{key.text}' is a flashcard, which cannot be graded"
            faults.append(Fault(place, "card", what, "leave it out"))
        elif id not in known:
            hint = did_you_mean(key.text[:80], tuple(known), "use")
            what = f"{bank.id} has no question '{key.text[:80]}'"
            faults.append(Fault(place, "question", what, hint))
        elif id in answers:
            what = f"question '{key.text}' is answered twice"
            faults.append(Fault(place, "twice", what, "keep one"))
        else:
            answers[id] = _given(known[id], value, file, faults)
    return answers


def _given(question: Question, node: Node, file: str, faults: list[Fault]) -> tuple[str, ...]:
    """The answer to one question, as its kind reads it."""
    items, kind = node.items or [], kind_of(question)
    if node.shape is Shape.MAP and kind.form == "pairs":
        texts, nodes = items, items[1::2]
        parts = [f"{k.text}: {v.text}" for k, v in zip(items[::2], nodes, strict=True)]
    else:
        texts = nodes = items if node.shape is Shape.LIST else [node]
        parts = [each.text for each in nodes]
    misshapen = [each for each in texts if each.shape is not Shape.TEXT]
    for each in misshapen:
        part = "the answer" if each is node else "a part of the answer"
        what = f"{part} to '{question.id}' is {each.shape.value}"
        place = Place(file, each.line, each.column)
        faults.append(Fault(place, "not-a-text", what, _FORMS[kind.form]))
    if misshapen:
        return ()
    given, misread = kind.read(question, parts)
    for index, code, what, fix in misread:
        at = node if index is None else nodes[index]
        faults.append(Fault(Place(file, at.line, at.column), code, what, fix))
    return given
