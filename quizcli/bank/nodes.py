"""YAML text to a tree of nodes, every one with its place.

The rule: text stays text. YAML's guesses (``no`` is false, ``0.10`` is a tenth, ``012`` is ten)
are never made, because a bank says itself what is a number and what is not. The tree is built
from the parser's events rather than by the library's own composer: that is faster, and depth,
aliases and tags are refused where they stand, before they can cost anything.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from quizcli.bank.faults import MAX_BYTES, BankError, Fault
from quizcli.bank.syntax import syntax_fault
from quizcli.quiz.model import Place
from quizcli.report.other_files import other_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 32  # a bank needs 7
_STANDARD_TAG = "tag:yaml.org,2002:"

# What YAML itself refuses to hold unescaped: said here for all places at once, with a line.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


class Shape(Enum):
    """What a node is."""

    TEXT = "plain text"
    LIST = "a list"
    MAP = "a mapping"


@dataclass(slots=True)
class Node:
    """A node: ``text`` for TEXT, ``items`` for LIST (for MAP: key, value, key, value …).

    ``style`` is None or empty for plain text, else the quote or block character; ``indent`` are
    the spaces before each line of a block.
    """

    shape: Shape
    line: int
    column: int
    text: str = ""
    style: str | None = None
    items: list[Node] | None = None
    indent: int = 0

    @property
    def said(self) -> str | tuple[str, ...]:
        """Its text, or those of a list."""
        if self.shape is Shape.LIST:
            return tuple(each.text for each in self.items or ())
        return self.text

    @property
    def is_map(self) -> bool:
        """Whether its items are keys and values."""
        return self.shape is Shape.MAP

    def child(self, name: str) -> Node:
        """The value under a key of a mapping. Raises KeyError where there is none."""
        items = self.items or []
        for key, value in zip(items[::2], items[1::2], strict=True):
            if key.text == name:
                return value
        raise KeyError(name)

    def listed(self, name: str) -> list[Node]:
        """The items of the list under a key of a mapping; none where there is no such key."""
        items = self.items or []
        pairs = zip(items[::2], items[1::2], strict=True)
        return next((value.items or [] for key, value in pairs if key.text == name), [])

    def at(self, place: int) -> tuple[int, int]:
        """Line and column of a letter, as far as they can be known: in a block after '|', whose
        lines are those of the file, or else where the text begins."""
        if self.style != "|":
            return self.line, self.column
        column = place - (self.text.rfind("\n", 0, place) + 1) + 1
        return self.line + 1 + self.text.count("\n", 0, place), self.indent + column

    def texts(self) -> Iterator[Node]:
        """All texts in and under this node, in the order of the file."""
        return (node for node in self.all() if node.items is None)

    def all(self) -> Iterator[Node]:
        """This node and all in it, in the order of the file."""
        yield self
        for item in self.items or ():
            yield from item.all()


def read_tree(data: bytes, file: str, wanted: str = "a bank") -> Node:
    """The tree of a YAML document, which is to be what is ``wanted``.

    Raises BankError for what is not UTF-8, too big or too deep, empty, not YAML, or uses
    aliases, tags or several documents.
    """
    if other := other_file(data, file, wanted):
        raise BankError([Fault(Place(file, 1, 1), "another-file", *other)])
    text = text_of(data, file)
    faults = [
        Fault(
            _place_at(text, found.start(), file),
            "control-character",
            f"there is a control character here, {control_name(found[0])}",
            "remove it",
        )
        for found in islice(_FORBIDDEN.finditer(text), 100)
    ]
    if faults:
        raise BankError(faults)
    try:
        root = _Composer(file).compose(text)
    except yaml.MarkedYAMLError as error:
        _refuse_depth(error, text, file)
        raise BankError([syntax_fault(error, text, file)]) from None
    except (yaml.YAMLError, ValueError) as error:  # the Python parser lets "\UFFFFFFFF" through
        raise BankError([Fault(Place(file, 1, 1), "syntax", str(error), "fix the YAML")]) from None
    if root is None or (root.shape is Shape.TEXT and not root.text):
        fix = "start with 'format: 1', or type: quizcli bank schema"
        raise BankError([Fault(Place(file, 1, 1), "empty", "the file is empty", fix)])
    return root


def _refuse_depth(error: yaml.MarkedYAMLError, text: str, file: str) -> None:
    """Newer versions of the C parser give up on a deep file before they tell of its beginning; the
    Python one, which is slower, still tells where it became too deep."""
    if "nesting depth" in (error.problem or "") and error.problem_mark is not None:
        _Composer(file).compose(text[: error.problem_mark.index + 1], yaml.SafeLoader)


def control_name(character: str) -> str:
    """``U+001B ESC``: a control character in letters that can be printed."""
    short = {0: "NUL", 7: "BEL", 8: "backspace", 9: "TAB", 10: "newline", 11: "VT", 12: "FF"}
    short |= {13: "carriage return", 27: "ESC", 127: "DEL"}
    code = ord(character)
    return f"U+{code:04X} {short[code]}" if code in short else f"U+{code:04X}"


def text_of(data: bytes, file: str) -> str:
    """The letters of a file. Raises BankError for what is too big, or not UTF-8."""
    if len(data) > MAX_BYTES:
        what = f"the file has more than the {MAX_BYTES / 1e6:.0f} MB that a bank may have"
        raise BankError([Fault(Place(file, 1, 1), "too-big", what, "split the bank")])
    try:
        return data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        read = error.object[: error.start].decode()
        what = f"byte 0x{error.object[error.start]:02X} is not UTF-8"
        place = _place_at(read, len(read), file)
        raise BankError([Fault(place, "encoding", what, "save the file as UTF-8")]) from None


def _place_at(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


class _Composer:
    def __init__(self, file: str) -> None:
        self.file = file
        self.stack: list[list[Node]] = []
        self.lines: list[str] = []

    def compose(self, text: str, parser_of: Any = _Parser) -> Node | None:
        parser = parser_of(text)
        self.lines = text.split("\n")
        try:
            return self._tree(parser.get_event)
        finally:
            parser.dispose()

    def _tree(self, get_event: Callable[[], Any]) -> Node | None:
        top: list[Node] = []
        current = top
        while True:
            event = get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                mark = event.start_mark
                if event.tag is not None:
                    self._check_tag(event)
                node = Node(Shape.TEXT, mark.line + 1, mark.column + 1, event.value, event.style)
                if event.style == "|":
                    node.indent = self._indent(mark.line + 1)
                current.append(node)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                current = self._open(event, current)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                current = self.stack.pop()
            elif kind is AliasEvent:
                fix = f"write out what '*{event.anchor}' stands for, or put the text in quotes"
                self._refuse(event, "alias", "YAML aliases are not supported", fix)
            elif kind is DocumentStartEvent and top:
                self._refuse(
                    event, "documents", "a second document starts here", "write one bank per file"
                )
            elif kind is StreamEndEvent:
                return top[0] if top else None

    def _indent(self, first: int) -> int:
        """By how much a block is indented whose lines begin at this one, counted from 0."""
        for at in range(first, len(self.lines)):
            if bare := self.lines[at].lstrip(" "):
                return len(self.lines[at]) - len(bare)
        return 0

    def _open(self, event: Any, current: list[Node]) -> list[Node]:
        if event.tag is not None:
            self._check_tag(event)
        if len(self.stack) >= MAX_DEPTH:
            what = f"lists and mappings are nested more than {MAX_DEPTH} deep"
            self._refuse(event, "too-deep", what, "a bank needs at most 7 levels")
        shape = Shape.MAP if event.__class__ is MappingStartEvent else Shape.LIST
        mark = event.start_mark
        items: list[Node] = []
        current.append(Node(shape, mark.line + 1, mark.column + 1, items=items))
        self.stack.append(current)
        return items

    def _check_tag(self, event: Any) -> None:
        # The tags that say what is so anyway do no harm; "!" says "do not guess", and we never do.
        if event.tag not in {"!", *(f"{_STANDARD_TAG}{kind}" for kind in ("str", "seq", "map"))}:
            tag = event.tag.replace(_STANDARD_TAG, "!!")
            fix = "leave the tag out, or put the text in quotes"
            self._refuse(event, "tag", f"the YAML tag {tag} is not supported", fix)

    def _refuse(self, event: Any, code: str, what: str, fix: str) -> None:
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1)
        raise BankError([Fault(place, code, what, fix)])
