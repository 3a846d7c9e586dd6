"""QTI, the exchange format of learning platforms: one file, or a package of them in a zip.

`read` never raises: what cannot be read is a remark with its line, and the next question is read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from quizcli.formats.decoding import read_as
from quizcli.formats.format import BankFormat
from quizcli.formats.qti1_items import QtiSlip, question_of_item
from quizcli.formats.qti1_writer import written
from quizcli.formats.qti2_items import question_of_assessment_item
from quizcli.formats.qti2_writer import QTI_21, QTI_30, written_in
from quizcli.formats.sources import Remark, SourceFile, SourceQuestion, SourceTitle
from quizcli.formats.xml_reader import XmlFault, elements, said_by_tags, xml_text
from quizcli.formats.zip_files import ZipFault, beginning, is_zip, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.formats.sources import SourceItem
    from quizcli.formats.xml_reader import XmlElement

# Elements that hold a question, by their names, and what reads them.
_ITEMS: dict[str, Callable[[XmlElement], SourceQuestion]] = {
    "item": question_of_item,
    "assessmentItem": question_of_assessment_item,
    "qti-assessment-item": question_of_assessment_item,
}
_ONE = re.compile(r"<(?:\w+:)?questestinterop\b|imsqti_xmlv1p[12]")
_TWO = re.compile(r"<(?:\w+:)?assessmentItem\b|imsqti_item_xmlv2p[0-2]")
_THREE = re.compile(r"<qti-assessment-item\b|imsqti_item_xmlv3p0")
# Of a package, where its other files have questions: those of the manifest are only their names.
_MANIFEST = "imsmanifest.xml"
_WHOLE = ("assessment", "assessmentTest", "qti-assessment-test")  # what has the title of all


def read(data: bytes) -> SourceFile:
    """The questions of a file or a package, and what is to be said of it."""
    remarks: list[Remark] = []
    return SourceFile(_all_questions(data, remarks), remarks)


def _all_questions(data: bytes, remarks: list[Remark]) -> Iterator[SourceItem]:
    is_empty = True
    try:
        for name, content in _files(data):
            if name.endswith(_MANIFEST):
                yield from _package_title(content)
                continue
            for item in _questions(name, content, remarks):
                is_empty = is_empty and not isinstance(item, SourceQuestion)
                yield item
    except ZipFault as fault:
        remarks.append(Remark(1, str(fault), fault.fix, lost=True))
    if is_empty and not remarks:
        remarks.append(Remark(1, "there is no question in it", "export it as QTI", lost=True))


def _files(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of XML, each with the name that a remark begins with."""
    if is_zip(data):
        yield from unpacked(data, ".xml")
    else:
        yield "", data


def _package_title(manifest: bytes) -> Iterator[SourceTitle]:
    """What a package says of itself."""
    with suppress(XmlFault):
        for general in elements(xml_text(manifest).text, {"general"}):
            title = general.first("title")
            names = [" ".join(each.text.split()) for each in title.children] if title else []
            if any(names):
                yield SourceTitle(general.line, (next(filter(None, names)),))
                return


def _questions(name: str, data: bytes, remarks: list[Remark]) -> Iterator[SourceItem]:
    place = f"{name}: " if name else ""
    text, encoding = xml_text(data)
    if encoding == "cp1252":
        remarks.append(read_as(encoding, place))
    for line, title in said_by_tags(text, _WHOLE, "title"):
        yield SourceTitle(line, (title,))
    try:
        for element in elements(text, _ITEMS):
            try:
                yield _ITEMS[element.name](element)
            except QtiSlip as slip:
                named = (element.attributes.get(name) for name in ("title", "ident", "identifier"))
                title = " ".join(next(filter(None, named), "").split())
                what = f"{place}'{title[:40]}' is left out: {slip}"
                remarks.append(Remark(element.line, what, slip.fix, lost=True))
    except XmlFault as fault:
        remarks.append(Remark(fault.line, f"{place}{fault.what}", fault.fix, lost=True))


def _looks(head: bytes, version: re.Pattern[str]) -> bool:
    """Whether a file has a version's items, or a package says that it has."""
    text = beginning(head, _MANIFEST) if is_zip(head) else head
    return version.search(xml_text(text).text) is not None


FORMAT = BankFormat(
    "qti-1.2",
    "QTI 1.2, as used by Canvas and Common Cartridge",
    (".zip", ".imscc", ".xml"),
    partial(_looks, version=_ONE),
    read,
    written,
)
FORMAT_21 = BankFormat(
    "qti-2.1",
    "QTI 2.1",
    (".zip", ".xml"),
    partial(_looks, version=_TWO),
    read,
    partial(written_in, version=QTI_21),
)
FORMAT_30 = BankFormat(
    "qti-3.0",
    "QTI 3.0",
    (".zip", ".xml"),
    partial(_looks, version=_THREE),
    read,
    partial(written_in, version=QTI_30),
)
