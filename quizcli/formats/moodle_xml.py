"""Moodle XML: what Moodle itself writes of a question bank, with all that it knows of a question.

`read` never raises: what cannot be read is a remark with its line, and the next question is read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.formats.decoding import read_as
from quizcli.formats.format import BankFormat
from quizcli.formats.losses import Loss
from quizcli.formats.moodle_cloze import with_gaps
from quizcli.formats.moodle_xml_writer import written
from quizcli.formats.numerals import numeral
from quizcli.formats.sources import (
    BadQuestion,
    Remark,
    SourceAnswer,
    SourceCategory,
    SourceFile,
    SourceKind,
    SourceNumber,
    SourcePair,
    SourceQuestion,
    SourceText,
    SourceTitle,
)
from quizcli.formats.xml_reader import XmlFault, elements, said_by_tags, xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quizcli.formats.sources import SourceItem
    from quizcli.formats.xml_reader import XmlElement

_LOOKS = re.compile(r"<quiz\b[^>]*>\s*(?:<!--.*?-->\s*)*(?:<question\b|</quiz>)", re.DOTALL)
_MARKUPS = {
    "html": "html",
    "markdown": "markdown",
    "plain_text": "plain",
    "moodle_auto_format": "moodle",
}
_TRUE = {"1", "true"}
_HEAD = 4096  # letters at the beginning, where the whole has its title
_OVERALL = {
    "correctfeedback": "feedback for a right answer",
    "partiallycorrectfeedback": "feedback for an answer that is partly right",
    "incorrectfeedback": "feedback for a wrong answer",
}
# What Moodle writes where nobody wrote anything.
_USUAL = re.compile(r"(?:<p>)?\s*Your answer is (?:partially )?(?:in)?correct\.\s*(?:</p>)?\s*\Z")


def read(data: bytes) -> SourceFile:
    """The questions and categories of a file, and what is to be said of it."""
    text, encoding = xml_text(data)
    remarks: list[Remark] = []
    if encoding == "cp1252":
        remarks.append(read_as(encoding))
    del data
    return SourceFile(_items(text, remarks), remarks)


def _items(text: str, remarks: list[Remark]) -> Iterator[SourceItem]:
    for line, title in said_by_tags(text[:_HEAD], ["quiz"], "title"):
        yield SourceTitle(line, (title,))
    category = ""
    try:
        for element in elements(text, {"question"}):
            type = element.attributes.get("type", "")
            if type == "category":
                category = _text(element.first("category")).text.strip()
                yield SourceCategory(element.line, category)
                continue
            try:
                yield _question(element, type, category)
            except BadQuestion as slip:
                name = " ".join(
                    (_title(element) or _text(element.first("questiontext")).text).split()
                )
                what = f"'{name[:40]}' is left out: {slip}"
                remarks.append(Remark(element.line, what, slip.fix, lost=True))
    except XmlFault as fault:
        remarks.append(Remark(fault.line, fault.what, fault.fix, lost=True))


def _question(element: XmlElement, type: str, category: str) -> SourceQuestion:
    """One question. Raises BadQuestion."""
    if type not in _KINDS:
        raise BadQuestion(f"the type '{type[:40]}' is not supported", "use another question type")
    kind, reader = _KINDS[type]
    losses = list(_dropped(element))
    prompt = _text(element.first("questiontext"))
    fields = reader(element, losses)
    if type == "cloze":
        prompt = with_gaps(prompt, element.line, losses)
    feedback = _text(element.first("generalfeedback"))
    tags = element.first("tags")
    return SourceQuestion(
        element.line,
        kind,
        prompt,
        element.said("idnumber"),
        tuple(_text(tag).text.strip() for tag in tags.all("tag")) if tags else (),
        _title(element),
        category,
        feedback=feedback if feedback.text else None,
        points=_points(element.said("defaultgrade")),
        hints=tuple(hint for each in element.all("hint") if (hint := _text(each)).text.strip()),
        dropped=tuple(losses),
        **fields,
    )


def _called(element: XmlElement) -> str:
    """The beginning of what names a question."""
    asked = _text(element.first("questiontext")).text
    return (_title(element) or " ".join(asked.split()))[:40]


def _title(element: XmlElement) -> str:
    title = " ".join(_text(element.first("name")).text.split())
    return title if title != element.said("idnumber") else ""


def _text(element: XmlElement | None, markup: str = "html") -> SourceText:
    """The text of an element, which stands in one of its own, and how it is marked up."""
    if element is None:
        return SourceText("", markup)
    named = _MARKUPS.get(element.attributes.get("format", ""), markup)
    inner = element.first("text")
    return SourceText((inner or element).text.strip(), named)


def _points(grade: str) -> str:
    """``1.0000000`` as ``1``."""
    return grade.rstrip("0").rstrip(".") if "." in grade else grade


def _dropped(element: XmlElement) -> Iterator[Loss]:
    """What there is no place for, whatever the type."""
    for file in element.within("file"):
        name = file.attributes.get("name", "")[:60]
        yield Loss(file.line, f"file '{name}'", f"files '{name}'")
    if element.said("penalty").strip("0.") and element.attributes.get("type") != "description":
        yield Loss(element.line, "penalty for another try", "penalties for another try")
    for name, what in _OVERALL.items():
        text = _text(element.first(name)).text
        if text and not _USUAL.match(text):
            yield Loss(element.line, what, what.replace("feedback", "feedback texts"))
    for name, what, many in (
        ("graderinfo", "note for graders", "notes for graders"),
        ("responsetemplate", "template of an answer", "templates of answers"),
    ):
        if (found := element.first(name)) and _text(found).text:
            yield Loss(found.line, what, many)


def _weighed(element: XmlElement) -> Iterator[tuple[XmlElement, float]]:
    """The answers with what they are worth."""
    for answer in element.all("answer"):
        source = answer.attributes.get("fraction") or answer.said("fraction") or "0"
        try:
            weight = float(source.replace(",", "."))
        except ValueError:
            raise BadQuestion(f"'{source[:20]}' is not a fraction", "write 100, 50 or 0") from None
        if not -100 <= weight <= 100:  # nor is it what is no number
            raise BadQuestion(f"the fraction is {source[:20]}", "write -100 to 100")
        yield answer, weight


def _answers(element: XmlElement, markup: str) -> Iterator[SourceAnswer]:
    for answer, weight in _weighed(element):
        said = _text(answer.first("feedback"))
        yield SourceAnswer(
            answer.line, weight > 0, _text(answer, markup), weight, said if said.text else None
        )


def _choice(element: XmlElement, _losses: list[Loss]) -> dict[str, Any]:
    """Of one, where it says so; else of any number, by weights."""
    answers = tuple(_answers(element, "html"))
    if element.said("single").lower() in {*_TRUE, ""}:
        # One earns all: what earns a part of the points is told as counted wrong.
        full = [each.weight == 100 for each in answers]
        answers = tuple(
            each._replace(right=right, weight=None if right or not each.weight else each.weight)
            for each, right in zip(answers, full, strict=True)
        )
    else:
        answers = tuple(each._replace(right=False) for each in answers)
    return {"answers": answers, "fixed": element.said("shuffleanswers").lower() in {"0", "false"}}


def _truth(element: XmlElement, _losses: list[Loss]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for answer in _answers(element, "html"):
        fields["if_right" if answer.right else "if_wrong"] = answer.feedback
        if answer.right:
            fields["truth"] = answer.text.text.lower() == "true"
    if "truth" not in fields:
        raise BadQuestion("no answer is marked as right", 'write fraction="100"')
    return fields


def _short(element: XmlElement, losses: list[Loss]) -> dict[str, Any]:
    if element.said("usecase") in _TRUE:
        what = "setting for capital letters"
        losses.append(Loss(element.line, what, what.replace("setting", "settings")))
    answers = _answers(element, "plain")
    return {"answers": tuple(_named_right(each) for each in answers)}


def _named_right(answer: SourceAnswer) -> SourceAnswer:
    """An answer of a typed question: what is worth nothing was foreseen."""
    return answer._replace(right=True, weight=answer.weight or 0)


def _numbers(element: XmlElement, losses: list[Loss]) -> dict[str, Any]:
    found = []
    for each, (answer, _) in zip(_answers(element, "plain"), _weighed(element), strict=True):
        text = each.text.text.strip()
        if text == "*":
            found.append(_named_right(each))
            continue
        tolerance = answer.said("tolerance") or "0"
        for part in (text, tolerance):
            if not numeral(part):
                raise BadQuestion(f"'{part[:40]}' is not a number", "write digits, such as 3.14")
        number = SourceNumber(numeral(text), numeral(tolerance))
        found.append(_named_right(each)._replace(number=number))
    return {"answers": tuple(found), "unit": _unit(element, losses)}


def _unit(element: XmlElement, losses: list[Loss]) -> str:
    """The unit that the numbers are written in; what the others are is a prefix of it here."""
    units = element.first("units")
    unit = ""
    for each in units.all("unit") if units else ():
        if not unit and _points(each.said("multiplier")) in {"1", ""}:
            unit = each.said("unit_name")
        else:
            losses.append(Loss(each.line, "further unit"))
    return unit


def _pairs(element: XmlElement, _losses: list[Loss]) -> dict[str, Any]:
    pairs = tuple(
        SourcePair(each.line, _text(each), _text(each.first("answer")).text)
        for each in element.all("subquestion")
    )
    return {"pairs": pairs, "fixed": element.said("shuffleanswers").lower() in {"0", "false"}}


def _order(element: XmlElement, _losses: list[Loss]) -> dict[str, Any]:
    """Things by their places, where these are written; else as they stand."""
    answers = [
        SourceAnswer(answer.line, True, _text(answer), place) for answer, place in _weighed(element)
    ]
    return {"answers": tuple(sorted(answers, key=lambda each: each.weight or 0))}


def _nothing(_element: XmlElement, _losses: list[Loss]) -> dict[str, Any]:
    return {}


# How the answers of each type are read.
_KINDS: dict[str, tuple[SourceKind, Callable[[XmlElement, list[Loss]], dict[str, Any]]]] = {
    "multichoice": (SourceKind.CHOICE, _choice),
    "truefalse": (SourceKind.TRUTH, _truth),
    "shortanswer": (SourceKind.SHORT, _short),
    "numerical": (SourceKind.NUMBER, _numbers),
    "matching": (SourceKind.MATCHING, _pairs),
    "ordering": (SourceKind.ORDERING, _order),
    "cloze": (SourceKind.CLOZE, _nothing),
    "essay": (SourceKind.ESSAY, _nothing),
    "description": (SourceKind.DESCRIPTION, _nothing),
}


def _looks(head: bytes) -> bool:
    return _LOOKS.search(xml_text(head).text) is not None


FORMAT = BankFormat("moodle-xml", "Moodle XML", (".xml",), _looks, read, written)
