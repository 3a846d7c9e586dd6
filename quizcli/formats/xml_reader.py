"""XML read element by element, however large the file; entities and deep nesting are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from quizcli.formats.decoding import DecodedText, decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import Any

DEEPEST = 200  # elements within elements
_CHUNK = 65_536
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
# Declared in files of teachers: all have one meaning for each byte, or few bytes for a letter.
_KNOWN = re.compile(
    r"(?:iso-8859-(?:[2-9]|1[0-6])|windows-125[013-8]|cp125[013-8]|koi8-[ru]|shift_jis|euc-(?:jp|kr)"
    r"|gb2312|gbk|gb18030|big5|macintosh)\Z",
    re.IGNORECASE,
)
_WIDE = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}  # without a mark at the beginning


class XmlFault(Exception):
    """Why a file is read no further: the line, what is wrong there, and how to mend it."""

    def __init__(self, line: int, what: str, fix: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what
        self.fix = fix


class XmlElement:
    """An element: its name without a prefix, its attributes, the line it begins at, the elements
    in it as ``children``, and in ``parts`` the same with the texts between them."""

    __slots__ = ("attributes", "children", "line", "name", "parts")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.children: list[XmlElement] = []
        self.parts: list[str | XmlElement] = []

    def add(self, element: XmlElement) -> None:
        """Take in an element behind all others."""
        self.children.append(element)
        self.parts.append(element)

    @property
    def text(self) -> str:
        """The texts that stand directly in it."""
        return "".join([part for part in self.parts if isinstance(part, str)])

    def all(self, name: str) -> list[XmlElement]:
        """The elements of this name that stand directly in it."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> XmlElement | None:
        """The first of them."""
        for child in self.children:
            if child.name == name:
                return child
        return None

    def said(self, name: str) -> str:
        """The text of the first of them, without spaces around it; "" where there is none."""
        found = self.first(name)
        return found.text.strip() if found else ""

    def within(self, *names: str) -> Iterator[XmlElement]:
        """The elements of these names, however deep, in their order."""
        for child in self.children:
            if child.name in names:
                yield child
            if child.children:
                yield from child.within(*names)


def xml_text(data: bytes) -> DecodedText:
    """The text of a file of XML, by its mark, or what it declares where that is no UTF-8."""
    if wide := _WIDE.get(data[:2]):
        return DecodedText(data.decode(wide, "replace"), wide)
    found = decoded(data)
    declared = _DECLARED.match(data)
    name = declared[1].decode() if declared else ""
    if found.encoding == "cp1252" and _KNOWN.match(name):
        return DecodedText(data.decode(name, "replace"), name)
    return found


def elements(text: str, names: Collection[str]) -> Iterator[XmlElement]:
    """The outermost elements of these names, one after the other; the others are gone when the
    next is read. Raises XmlFault at the line from which nothing more can be read."""
    if not text.strip():
        raise XmlFault(1, "the file is empty", "export it again")
    parser: Any = make_parser()
    collector = _Collector(frozenset(names), parser.getLineNumber)
    parser.setContentHandler(collector)
    try:
        for at in range(0, len(text), _CHUNK):
            try:
                parser.feed(text[at : at + _CHUNK])
            finally:
                ready, collector.ready = collector.ready, []
                # What stood before a fault is read.
                yield from ready
        parser.close()
    except DefusedXmlException:
        line = parser.getLineNumber() or 1
        fix = "remove the <!ENTITY …> from its head"
        raise XmlFault(line, "the file defines entities of its own", fix) from None
    except SAXParseException as error:
        what = f"the XML breaks off here: {error.getMessage()}"
        raise XmlFault(error.getLineNumber() or 1, what, "export it again") from None


class _Collector(ContentHandler):
    """Puts elements together, and lays those that are complete into ``ready``."""

    def __init__(self, names: frozenset[str], line: Callable[[], int]) -> None:
        super().__init__()
        self.ready: list[XmlElement] = []
        self._names = names
        self._line = line
        self._open: list[XmlElement] = []
        self._depth = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802  (the library's name)
        """An element begins."""
        self._depth += 1
        if self._depth > DEEPEST:
            what = f"elements are nested more than {DEEPEST} deep here"
            raise XmlFault(self._line(), what, "no quiz needs that: export it again")
        if ":" in name:
            name = name.rpartition(":")[2]
        if self._open or name in self._names:
            if self._open:
                _unindent(self._open[-1].parts)
            self._open.append(XmlElement(name, dict(attrs.items()) if attrs else {}, self._line()))

    def characters(self, content: str) -> None:
        """A piece of a text."""
        if self._open:
            self._open[-1].parts.append(content)

    def endElement(self, name: str) -> None:  # noqa: ARG002, N802
        """The last element ends."""
        self._depth -= 1
        if self._open:
            element = self._open.pop()
            if element.children:
                _unindent(element.parts)
            if self._open:
                self._open[-1].add(element)
            else:
                self.ready.append(element)


def _unindent(parts: list[str | XmlElement]) -> None:
    """Leave out an end of a line that only parts two elements."""
    last = parts[-1] if parts else None
    alone = len(parts) < 2 or not isinstance(parts[-2], str)
    if alone and isinstance(last, str) and "\n" in last and last.isspace():
        parts.pop()
