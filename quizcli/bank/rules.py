"""What must hold within a question and among questions, beyond the form of each field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from quizcli.bank.nodes import Node
from quizcli.bank.shapes import MAX_FIGURE_COLUMNS
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Option, Question

if TYPE_CHECKING:
    from quizcli.bank.fields import Object, Reader

MAX_OPTIONS = 26  # as many as there are letters to answer with

Options = Sequence[tuple[Option, Node]]


def check_unique(reader: Reader, named: Sequence[tuple[str, Node]], what: str) -> None:
    """Every id once."""
    first: dict[str, Node] = {}
    for id, node in named:
        if id and id in first:
            fix = f"line {first[id].line} has it already; give each {what} its own id"
            reader.fault(node, f"duplicate-{what}", f"{what} '{id}' appears twice", fix)
        elif id:
            first[id] = node


def check_question(
    reader: Reader, question: Question, fields: Object, options: Options, node: Node
) -> None:
    """Faults of one question, each at the line it is about."""
    at = _position(fields, node)
    if "figure" in fields:
        _check_figure(reader, question, at("figure"))
    if "options" not in fields:
        return
    check_unique(reader, [(option.id, _id_node(n)) for option, n in options], "option")
    kind = KINDS.get(question.kind)
    _check_number(reader, options, at("options"))
    _check_texts(reader, options)
    _check_pins(reader, options)
    if options and not any(option.correct for option, _ in options):
        fix = "add 'correct: true' to the right option"
        reader.fault(at("options"), "no-key", "no option is marked correct", fix)
    if kind is None:
        return
    for what, fix in kind.complaints([option for option, _ in options]):
        reader.fault(at("options"), "key", what, fix)
    for option, option_node in options:
        if kind.ids and option.id and option.id not in kind.ids:
            fix = f"a {kind.name} question has the options {' and '.join(kind.ids)}"
            reader.fault(_id_node(option_node), "option-id", f"option '{option.id}'", fix)


def _position(fields: Object, node: Node) -> Callable[[str], Node]:
    return lambda name: fields[name][1] if name in fields else node


def _id_node(option: Node) -> Node:
    """The node of an option's id, where it has one."""
    pairs = option.items or []
    for key, value in zip(pairs[::2], pairs[1::2], strict=False):
        if key.text == "id":
            return value
    return option


def _check_number(reader: Reader, options: Options, node: Node) -> None:
    if len(options) == 1:
        fix = "add a wrong one that somebody might believe"
        reader.fault(node, "one-option", "there is a single option", fix)
    elif len(options) > MAX_OPTIONS:
        what = f"{len(options)} options are more than there are letters"
        reader.fault(node, "many-options", what, f"keep {MAX_OPTIONS} at most")


def _check_texts(reader: Reader, options: Options) -> None:
    seen: dict[str, Option] = {}
    for option, option_node in options:
        if not option.text:
            fix = "add 'text: …', or a 'claim' that says it all"
            reader.fault(option_node, "missing-key", f"option '{option.id}' has no text", fix)
            continue
        alike = normal(option.text)
        if alike in seen and option.id:
            first = seen[alike]
            what = f"options '{first.id}' and '{option.id}' say the same: '{option.text[:60]}'"
            reader.fault(_id_node(option_node), "alike", what, "make them differ, or drop one")
        seen.setdefault(alike, option)


def _check_pins(reader: Reader, options: Options) -> None:
    pinned = False
    for option, option_node in options:
        if pinned and not option.last:
            fix = "move the option with 'pin: last' below all others"
            what = f"option '{option.id}' stands below an option with 'pin: last'"
            reader.fault(_id_node(option_node), "pin", what, fix)
            return
        pinned = pinned or option.last


def _check_figure(reader: Reader, question: Question, node: Node) -> None:
    if question.figure is None:
        return
    for number, line in enumerate(question.figure.text.splitlines(), 1):
        width = columns(line)
        if width > MAX_FIGURE_COLUMNS:
            what = f"line {number} of the figure is {width} columns wide"
            fix = f"keep figures within {MAX_FIGURE_COLUMNS} columns, so that they fit everywhere"
            reader.fault(node, "figure", what, fix)
            return


def normal(text: str) -> str:
    """What two texts have in common when a reader would call them the same."""
    from unicodedata import normalize

    return " ".join(normalize("NFKC", text).casefold().replace("$", "").split()).rstrip(".")


def columns(line: str) -> int:
    """Columns of a line in a terminal: wide characters count twice, combining ones not at all."""
    if line.isascii():
        return len(line)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(c) in {"Mn", "Me", "Cf"} else 1 + (east_asian_width(c) in "WF") for c in line
    )
