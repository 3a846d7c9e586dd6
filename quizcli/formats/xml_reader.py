"""XML read element by element, however large the file; entities and deep nesting are refused."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from xml.sax import SAXParseException

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from quizcli.formats.decoding import DecodedText, decoded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
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
_ATTRIBUTE = re.compile(r"""(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
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
        self.children: Sequence[XmlElement] = ()  # most have none, and a list takes its time
        self.parts: list[str | XmlElement] = []

    def add(self, element: XmlElement) -> None:
        """Take in an element behind all others."""
        if isinstance(self.children, list):
            self.children.append(element)
        else:
            self.children = [element]
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
        return (each for each in self.all_within() if each.name in names)

    def all_within(self) -> Iterator[XmlElement]:
        """All elements in it, however deep, in their order."""
        waiting = [*reversed(self.children)]
        while waiting:
            child = waiting.pop()
            yield child
            if child.children:
                waiting += reversed(child.children)


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
    parser = _Parser(frozenset(names))
    try:
        for at in range(0, len(text), _CHUNK):
            try:
                parser.feed(text[at : at + _CHUNK])
            finally:
                ready, parser.ready = parser.ready, []
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


def said_by_tags(text: str, names: Collection[str], attribute: str) -> Iterator[tuple[int, str]]:
    """What the elements of these names say in an attribute, each with its line, wherever there is
    something."""
    tag = re.compile(rf"<(?:[\w.-]+:)?(?:{'|'.join(names)})(?=\s)([^<>]*)>")
    line, at = 1, 0
    for match in tag.finditer(text):
        line, at = line + text.count("\n", at, match.start()), match.start()
        for name, double, single in _ATTRIBUTE.findall(match[1]):
            if name == attribute and (said := unescape(double or single).strip()):
                yield line, said


class _Parser(DefusedExpatParser):
    """Puts elements together, and lays those that are complete into ``ready``.

    Expat calls its handlers straight away: by way of SAX a file takes twice the time. What is
    refused of entities stays with the parser that this one is.
    """

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.ready: list[XmlElement] = []
        self._names = names

    def reset(self) -> None:
        """Begin a document."""
        super().reset()
        expat: Any = vars(self)["_parser"]  # which its types do not know
        names = self._names
        open_: list[XmlElement] = []
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > DEEPEST:
                what = f"elements are nested more than {DEEPEST} deep here"
                fix = "no quiz needs that: export it again"
                raise XmlFault(expat.CurrentLineNumber, what, fix)
            name = name.rpartition(":")[2]
            if open_:
                parts = open_[-1].parts
                if parts and parts[-1].__class__ is str:
                    _unindent(parts)
            elif name not in names:
                return
            open_.append(XmlElement(name, attributes, expat.CurrentLineNumber))

        def text(content: str) -> None:
            if open_:
                open_[-1].parts.append(content)

        def end(_name: str) -> None:
            nonlocal depth
            depth -= 1
            if not open_:
                return
            element = open_.pop()
            parts = element.parts
            if element.children and parts[-1].__class__ is str:
                _unindent(parts)
            if open_:
                open_[-1].add(element)
            else:
                self.ready.append(element)

        expat.StartElementHandler = start
        expat.CharacterDataHandler = text
        expat.EndElementHandler = end


def _unindent(parts: list[str | XmlElement]) -> None:
    """Leave out an end of a line that only parts two elements."""
    last = parts[-1] if parts else None
    alone = len(parts) < 2 or not isinstance(parts[-2], str)
    if alone and isinstance(last, str) and "\n" in last and last.isspace():
        parts.pop()
