"""A tree of nodes to plain values, field by field, collecting every fault on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.bank.faults import BankError, Fault
from quizcli.bank.nodes import Node, Shape, control_name
from quizcli.bank.scalars import number_or_text, rational, sanitised
from quizcli.bank.shapes import MAX_COUNT, MAX_RETENTION, MIN_RETENTION
from quizcli.bank.unknown import advice
from quizcli.quiz.fields import Field, Type
from quizcli.quiz.model import Place
from quizcli.report.numbers import whole
from quizcli.report.words import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizcli.quiz.model import Rational, Value

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_POINTS = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9}|/[0-9]{1,9})?\Z")
_TIME = re.compile(r"([1-9][0-9]{0,4}) ?(s|min)?\Z")
_SHARE = re.compile(r"0?\.[0-9]{1,9}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")  # BCP 47, its usual part
# The separators U+2028 and U+2029 break lines, and surrogates cannot be written to any file.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# A double-quoted "\tilde" is read by YAML as TAB, "ilde": what was probably meant.
_EATEN = {"\t": "t", "\b": "b", "\a": "a", "\x1b": "e", "\f": "f", "\v": "v", "\r": "r", "\0": "0"}
_EATEN |= {"\x85": "N", "\u2028": "L", "\u2029": "P"}  # "\Lambda", "\Phi"
# A newline is no fault, unless it is what YAML left of a command: "$\nabla f$", "$\nu$".
_EATEN_N = re.compile(
    r"\$[^$\n]*\n(abla|earrow|eq?|eg|i|leq|geq|mid|ot|otin|sim|u|warrow)(?![a-z])"
)
_QUOTED = "in double quotes YAML reads '\\{}' as one; use single quotes or a block after '|'"

_CALLED = {"defaults": "'defaults'"}

MAX_FAULTS = 1000  # more would take minutes, and nobody reads them


class Object(dict[str, tuple[Any, Node]]):
    """A mapping that was read: field name -> (value, the node it came from).

    ``lost`` are the fields that were meant and could not be read: that they are missing then is
    due to a fault that was told already, and not worth one of its own.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.lost: set[str | None] = set()

    def value(self, name: str, default: Any) -> Any:
        """A field's value."""
        return self[name][0] if name in self else default

    def at(self, name: str) -> Node:
        """A field's node, or that of the mapping, where it has no such field."""
        return self[name][1] if name in self else self.node


@dataclass(slots=True)
class Reader:
    """Reads nodes of one file by the shapes of the format; ``faults`` grows as it reads."""

    file: str
    shapes: Mapping[str, Mapping[str, Field]]
    faults: list[Fault]

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.file, node.line, node.column)

    def fault(self, node: Node, code: str, what: str, fix: str) -> None:
        """Note a fault at a node. Raises BankError where there are too many to go on."""
        self.faults.append(Fault(self.place(node), code, what, fix))
        if len(self.faults) >= MAX_FAULTS:
            what = f"there are more than {MAX_FAULTS} faults, and reading ends here"
            self.faults.append(Fault(self.place(node), "too-many", what, "mend the first ones"))
            raise BankError(self.faults)

    def object(self, node: Node, shape: str) -> Object:
        """The fields of a mapping that could be read; faults for the others."""
        fields = self.shapes[shape]
        found = Object(node)
        lines: dict[str, int] = {}
        for key, value in self._pairs(node, _CALLED.get(shape, f"the {shape}")):
            name = key.text
            if name not in fields:
                fix, meant = advice(node, key, self.shapes, shape)
                found.lost.add(meant)
                if fix:
                    what = f"unknown key '{name[:80]}' in the {shape}"
                    self.fault(key, "unknown-key", what, fix)
            elif name in lines:
                fix = f"it stands in line {lines[name]} already; keep one"
                self.fault(key, "duplicate-key", f"key '{name}' appears twice in the {shape}", fix)
            else:
                lines[name] = key.line
                before = len(self.faults)
                if (read := self._value(value, fields[name])) is not None:
                    found[name] = (read, value)
                if len(self.faults) > before:
                    found.lost.add(name)
        if node.shape is not Shape.MAP:
            found.lost.update(fields)
        for name, field in fields.items():
            if field.required and name not in lines and name not in found.lost:
                fix = f"add '{name}: …', {field.help}"
                self.fault(node, "missing-key", f"the {shape} has no '{name}'", fix)
        return found

    def _pairs(self, node: Node, what: str) -> Iterator[tuple[Node, Node]]:
        if node.shape is not Shape.MAP or node.items is None:
            self._misshapen(node, "not-a-mapping", what, "write 'key: value' lines")
            return
        pairs = iter(node.items)
        for key in pairs:
            value = next(pairs)
            if key.shape is Shape.TEXT:
                yield key, value
            else:
                self.fault(key, "bad-key", f"a key is {key.shape.value}", "keys are words")

    def _misshapen(self, node: Node, code: str, what: str, fix: str) -> None:
        if node.shape is Shape.TEXT and not node.text.strip():
            self.fault(node, "empty", f"{what} is empty", "fill it, or leave the key out")
        else:
            self.fault(node, code, f"{what} is {node.shape.value}", fix)

    def _value(self, node: Node, field: Field) -> Any:
        match field.type:
            case Type.OBJECT:
                if field.name == "demo" and node.shape is Shape.TEXT:
                    return self._named(node, field)
                return self.object(node, field.of or field.name)
            case Type.OBJECTS:
                return [self.object(item, field.of) for item in self._items(node, field)]
            case Type.TEXTS:
                texts = [self._text(item, field.name) for item in self._items(node, field)]
                return tuple(text for text in texts if text is not None)
            case Type.IDS:
                ids = [self._word_like(item, field) for item in self._items(node, field)]
                return tuple(id for id in ids if id is not None)
            case Type.VARIABLES:
                return self._variables(node, field.name)
            case Type.DATA:
                return self._data(node, field.name)
            case Type.TEXT:
                return self._text(node, field.name)
            case _:
                return self._word_like(node, field)

    def _named(self, node: Node, field: Field) -> Object:
        """A mapping of which only the name was written: ``demo: gate-width``."""
        found = Object(node)
        if (name := self._word_like(node, field)) is not None:
            found["name"] = (name, node)
        return found

    def _items(self, node: Node, field: Field) -> list[Node]:
        if node.shape is not Shape.LIST or node.items is None:
            fix = "write one '- …' line for each"
            self._misshapen(node, "not-a-list", f"'{field.name}'", fix)
            return []
        if not node.items:
            fix = "write at least one" if field.required else "fill it, or leave the key out"
            self.fault(node, "empty", f"'{field.name}' is empty", fix)
        return node.items

    def _text(self, node: Node, name: str) -> str | None:
        if node.shape is not Shape.TEXT:
            fix = "write a text; one that starts with '[' or '{' needs quotes"
            self.fault(node, "not-a-text", f"'{name}' is {node.shape.value}", fix)
            return None
        text = node.text.rstrip("\n ")
        if not text.strip():
            self.fault(node, "empty", f"'{name}' is empty", "fill it, or leave the key out")
            return None
        found = _CONTROL.search(text)
        if found:
            fix = "take it out"
            if node.style == '"' and found[0] in _EATEN:
                fix = _QUOTED.format(_EATEN[found[0]])
            what = f"'{name}' holds a control character, {control_name(found[0])}"
            self.fault(node, "control-character", what, fix)
            return None
        if node.style == '"' and _EATEN_N.search(text):
            what = f"'{name}' holds a newline within a formula"
            self.fault(node, "control-character", what, _QUOTED.format("n"))
            return None
        return text

    def _word_like(self, node: Node, field: Field) -> Any:
        text = self._text(node, field.name)
        if text is None:
            return None
        match field.type:
            case Type.BOOLEAN:
                return self._boolean(node, field.name, text)
            case Type.POINTS:
                return self._points(node, text)
            case Type.RETENTION:
                return self._retention(node, text)
            case Type.LANGUAGE if _LANGUAGE.match(text):
                return text
            case Type.LANGUAGE:
                what, fix = f"'{text[:80]}' is no language", f"write {field.type.value}"
                self.fault(node, "bad-language", what, fix)
                return None
            case Type.TIME:
                return self._time(node, text)
            case Type.COUNT:
                return self._count(node, field.name, text)
            case Type.WORD:
                return self._word(node, field, text)
        if _ID.match(text):
            return text
        fix = f"use {sanitised(text)!r}: lower-case letters, digits, '-' and '_', 64 at most"
        self.fault(node, "bad-id", f"'{text[:80]}' is no id", fix)
        return None

    def _boolean(self, node: Node, name: str, text: str) -> bool | None:
        if text in {"true", "false"}:
            return text == "true"
        meant = "true" if text.lower() in {"yes", "y", "on", "1", "true"} else "false"
        what = f"'{name}' is '{text[:80]}', neither true nor false"
        self.fault(node, "not-a-boolean", what, f"write {meant}")
        return None

    def _points(self, node: Node, text: str) -> Rational | None:
        if _POINTS.match(text) and (value := rational(text)):
            return value
        what = f"'points' is '{text[:80]}'"
        self.fault(node, "bad-points", what, f"write {Type.POINTS.value}")
        return None

    def _retention(self, node: Node, text: str) -> float | None:
        if _SHARE.match(text) and MIN_RETENTION <= float(text) <= MAX_RETENTION:
            return float(text)
        what = f"'retention' is '{text[:80]}'"
        fix = f"write {Type.RETENTION.value}, such as 0.9"
        self.fault(node, "bad-retention", what, fix)
        return None

    def _time(self, node: Node, text: str) -> int | None:
        if found := _TIME.match(text):
            seconds = int(found[1]) * (60 if found[2] == "min" else 1)
            if seconds <= 24 * 3600:
                return seconds
        self.fault(node, "bad-time", f"'time' is '{text[:80]}'", f"write {Type.TIME.value}")
        return None

    def _count(self, node: Node, name: str, text: str) -> int | None:
        if (number := whole(text, 0, MAX_COUNT)) is not None:
            return number
        fix = f"write {Type.COUNT.value}"
        self.fault(node, "bad-count", f"'{name}' is '{text[:80]}'", fix)
        return None

    def _word(self, node: Node, field: Field, text: str) -> str | None:
        if text in field.words:
            return text
        if field.name == "format":
            what = f"'format' is '{text[:80]}', and this program reads format {field.words[0]}"
            self.fault(node, "format", what, "write 'format: 1', or upgrade quizcli")
            return None
        fix = did_you_mean(text, field.words, "write")
        self.fault(node, f"bad-{field.name}", f"'{field.name}' is '{text[:80]}'", fix)
        return None

    def _variables(self, node: Node, name: str) -> dict[str, Any]:
        """Names, each with a text, or with a mapping of texts and lists of texts."""
        found: dict[str, Any] = {}
        for key, value in self._pairs(node, f"'{name}'"):
            if key.text in found:
                self.fault(key, "duplicate-key", f"'{key.text}' appears twice", "keep one")
            elif value.shape is Shape.TEXT:
                found[key.text] = self._text(value, key.text) or ""
            else:
                found[key.text] = {
                    part.text: tuple(each.text for each in said.items or ())
                    if said.shape is Shape.LIST
                    else said.text
                    for part, said in self._pairs(value, f"'{key.text}'")
                }
        return found

    def _data(self, node: Node, name: str) -> dict[str, Value]:
        data: dict[str, Value] = {}
        for key, value in self._pairs(node, f"'{name}'"):
            if self._text(key, f"a key of {name}") is None:
                continue
            if key.text in data:
                what = f"'{key.text}' appears twice in '{name}'"
                self.fault(key, "duplicate-key", what, "keep one")
            elif value.shape is not Shape.TEXT:
                what = f"'{key.text}' in '{name}' is {value.shape.value}"
                self.fault(value, "not-a-text", what, "give a number or a word")
            elif (text := self._text(value, key.text)) is not None:
                data[key.text] = number_or_text(text, value.style)
        return data


def all_or_raise(faults: list[Fault]) -> None:
    """Raises BankError with all faults, where there are any."""
    if faults:
        raise BankError(faults)
