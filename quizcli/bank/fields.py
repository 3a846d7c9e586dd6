"""A tree of nodes to plain values, field by field, collecting every fault on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.bank.empty import empty
from quizcli.bank.faults import BankError, Fault
from quizcli.bank.lists import slips
from quizcli.bank.nodes import Node, Shape, control_name, text_of
from quizcli.bank.scalars import BadScalar, number_or_text, scalar
from quizcli.bank.unknown import advice
from quizcli.quiz.fields import Field, Type, spoken
from quizcli.quiz.model import Place
from quizcli.report.words import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizcli.quiz.model import Value

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

_LISTED = {"question", "option", "pair", "item", "section", "scenario", "foreseen", "side"}
MAX_FAULTS = 1000  # more would take minutes, and nobody reads them


class Object(dict[str, tuple[Any, Node]]):
    """A mapping that was read: field name -> (value, the node it came from).

    ``lost`` are the fields that were meant and could not be read: that they are missing then is
    due to a fault that was told already, and not worth one of its own. ``is_two``: a '- ' is
    missing, with which another one would begin.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.lost: set[str | None] = set()
        self.is_two = False

    def value(self, name: str, default: Any) -> Any:
        """A field's value."""
        return self[name][0] if name in self else default

    def at(self, name: str) -> Node:
        """A field's node, or that of the mapping, where it has no such field."""
        return self[name][1] if name in self else self.node


@dataclass(slots=True)
class Reader:
    """Reads nodes of one file by the shapes of the format; ``faults`` grows as it reads. ``data``
    is what the file holds."""

    file: str
    shapes: Mapping[str, Mapping[str, Field]]
    data: bytes
    faults: list[Fault]
    _lines: list[str] | None = None

    def place(self, node: Node) -> Place:
        """Where a node stands."""
        return Place(self.file, node.line, node.column)

    @property
    def lines(self) -> list[str]:
        """The lines of the file."""
        self._lines = self._lines or text_of(self.data, self.file).splitlines()
        return self._lines

    def fault(self, node: Node, code: str, what: str, fix: str) -> None:
        """Note a fault at a node. Raises BankError where there are too many to go on."""
        self.faults.append(Fault(self.place(node), code, what, fix))
        if len(self.faults) >= MAX_FAULTS:
            what = f"there are more than {MAX_FAULTS} faults, and reading stops here"
            self.faults.append(Fault(self.place(node), "too-many", what, "fix the first ones"))
            raise BankError(self.faults)

    def retract(self, node: Node) -> None:
        """Take back what was said of a node and of all in it."""
        places = {self.place(each) for each in node.all()}
        self.faults[:] = [fault for fault in self.faults if fault.place not in places]

    def object(self, node: Node, shape: str) -> Object:
        """The fields of a mapping that could be read; faults for the others."""
        fields = self.shapes[shape]
        found = Object(node)
        lines: dict[str, int] = {}
        whole = _CALLED.get(shape, f"the {spoken(shape)}")
        for key, value in self._pairs(node, whole):
            name = key.text
            if name not in fields:
                fix, meant = advice(node, key, self.shapes, shape, self.lines[key.line - 1])
                found.lost.add(meant)
                if fix:
                    what = f"unknown key '{name[:80]}' in {whole}"
                    self.fault(key, "unknown-key", what, fix)
            elif name in lines and name == next(iter(lines)) and shape in _LISTED:
                fix = f"each {spoken(shape)} begins with one: - {name}: …"
                self.fault(key, "duplicate-key", f"a '- ' is missing before '{name}'", fix)
                found.is_two = True
                found.lost.update(fields)
                break
            elif name in lines:
                fix = f"it is already on line {lines[name]}; keep one"
                self.fault(key, "duplicate-key", f"key '{name}' appears twice in {whole}", fix)
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
                said = field.words[0] if len(field.words) == 1 else "…"
                fix = f"add '{name}: {said}', {field.help}"
                fix += f" ({listed(field.words, 'or')})" if len(field.words) > 1 else ""
                self.fault(node, "missing-key", f"{whole} has no '{name}'", fix)
        return found

    def _pairs(self, node: Node, what: str) -> Iterator[tuple[Node, Node]]:
        if node.shape is not Shape.MAP or node.items is None:
            whole = "begin with 'format: 1', and write the questions under 'questions:'"
            fix = whole if what == "the bank" else "write 'key: value' lines"
            self._misshapen(node, "not-a-mapping", what, fix)
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
            self._empty(node, what.strip("'"))
        else:
            self.fault(node, code, f"{what} is {node.shape.value}", fix)

    def _empty(self, node: Node, name: str) -> None:
        self.fault(node, "empty", *empty(node, name, self.shapes, self.lines[node.line - 1]))

    def _value(self, node: Node, field: Field) -> Any:
        match field.type:
            case Type.OBJECT:
                if field.name == "demo" and node.shape is Shape.TEXT:
                    return self._named(node, field)
                return self.object(node, field.of or field.name)
            case Type.OBJECTS:
                return [self.object(item, field.of) for item in self._whole(node, field)]
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

    def _whole(self, node: Node, field: Field) -> list[Node]:
        """The items of a list of mappings but those at which the list itself is wrong."""
        wrong = slips(node, field.name, field.of, self.shapes[field.of])
        for slip in wrong:
            self.fault(slip.node, "not-a-list", slip.what, slip.fix)
        if node.shape is Shape.MAP:
            return []
        if not wrong:
            return self._items(node, field)
        unread = {id(item) for slip in wrong for item in slip.unread}
        return [item for item in self._items(node, field) if id(item) not in unread]

    def _items(self, node: Node, field: Field) -> list[Node]:
        if node.shape is not Shape.LIST or node.items is None:
            fix = "write one '- …' line for each"
            self._misshapen(node, "not-a-list", f"'{field.name}'", fix)
            return []
        if not node.items:
            self._empty(node, field.name)
        return node.items

    def _text(self, node: Node, name: str) -> str | None:
        if node.shape is not Shape.TEXT:
            fix = "write text; if it starts with '[' or '{', put it in quotes"
            key = node.items[0] if node.is_map and node.items else None
            # Without braces it was a text whose colon made a key of its beginning.
            if key and (key.line, key.column) == (node.line, node.column):
                fix = "put the text in quotes, or in a block after '|': it contains ': '"
            self.fault(node, "not-a-text", f"'{name}' is {node.shape.value}", fix)
            return None
        text = node.text.rstrip("\n ")
        if not text.strip():
            self._empty(node, name)
            return None
        found = _CONTROL.search(text)
        if found:
            fix = "remove it"
            if node.style == '"' and found[0] in _EATEN:
                fix = _QUOTED.format(_EATEN[found[0]])
            what = f"'{name}' contains a control character, {control_name(found[0])}"
            self.fault(node, "control-character", what, fix)
            return None
        if node.style == '"' and _EATEN_N.search(text):
            what = f"'{name}' contains a newline within a formula"
            self.fault(node, "control-character", what, _QUOTED.format("n"))
            return None
        return text

    def _word_like(self, node: Node, field: Field) -> Any:
        text = self._text(node, field.name)
        if text is None:
            return None
        if field.type is Type.WORD:
            return self._word(node, field, text)
        try:
            return scalar(field, text)
        except BadScalar as bad:
            self.fault(node, bad.code, bad.what, bad.fix)
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
            elif value.shape is Shape.LIST:
                fix = f"write {key.text}: {{choices: […]}}"
                self.fault(value, "variables", f"'{key.text}' is a list", fix)
                found[key.text] = {"choices": value.said}
            else:
                parts = self._pairs(value, f"'{key.text}'")
                found[key.text] = {part.text: each.said for part, each in parts}
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
