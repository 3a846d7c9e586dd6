"""An item of QTI 1.2 as a question: in Canvas's dialect, and that of Common Cartridge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.losses import Loss
from quizcli.formats.numerals import numeral
from quizcli.formats.sources import (
    SourceAnswer,
    SourceKind,
    SourceNumber,
    SourcePair,
    SourceQuestion,
    SourceText,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from quizcli.formats.xml_reader import XmlElement

_NO_PLACE = {
    "fill_in_multiple_blanks_question": "several blanks",
    "multiple_dropdowns_question": "several menus",
    "calculated_question": "calculated formulas",
    "file_upload_question": "a file that is handed in",
}
_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")
_ANSWERED = {*_RESPONSES, "render_choice", "render_fib", "render_hotspot", "render_slider"}
_GENERAL = "general_fb"
_OVERALL = {
    "correct_fb": "feedback for a right answer",
    "general_incorrect_fb": "feedback for a wrong answer",
}
_TRUTHS = {"true", "false"}
_TAG = re.compile(r"<[^<>]*>")
_DECIMAL = {"decimal", "integer", "scientific"}


class QtiSlip(Exception):
    """Why a question cannot be read, and how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


class _Condition(NamedTuple):
    """What is done with an answer: the tests it has to pass, the points for that, None where none
    are given, and the ids of what is said."""

    tests: XmlElement
    points: float | None
    says: tuple[str, ...]

    def equal(self) -> list[XmlElement]:
        """What an answer has to be, not what it must not be."""
        return list(_asserted(self.tests))


class _Item(NamedTuple):
    """An item in its parts: ``types`` are the names of its type."""

    element: XmlElement
    prompt: SourceText
    types: frozenset[str]
    fields: dict[str, str]
    responses: list[XmlElement]
    conditions: list[_Condition]
    said: dict[str, SourceText]

    def right(self) -> list[tuple[XmlElement, float]]:
        """What earns points, with how many."""
        return [
            (test, condition.points)
            for condition in self.conditions
            if condition.points and condition.points > 0
            for test in condition.equal()
        ]

    def feedback(self, value: str) -> SourceText | None:
        """What is said of one answer."""
        for condition in self.conditions:
            if [test.text.strip() for test in condition.equal()] == [value]:
                for id in condition.says:
                    if id in self.said and id not in _OVERALL and id != _GENERAL:
                        return self.said[id]
        return None


def question_of_item(element: XmlElement) -> SourceQuestion:
    """The question. Raises QtiSlip."""
    item = _item(element)
    for type in item.types & _NO_PLACE.keys():
        raise QtiSlip(f"there is no place for {_NO_PLACE[type]}", "use another question type")
    kind = _kind(item)
    losses = list(_dropped(item))
    answers = _READERS[kind](item) if kind in _READERS else {}
    points = item.fields.get("points_possible") or item.fields.get("cc_weighting", "")
    id, title = element.attributes.get("ident", ""), element.attributes.get("title", "").strip()
    several = item.responses[:1] and item.responses[0].attributes.get("rcardinality") == "Multiple"
    return SourceQuestion(
        element.line,
        kind,
        item.prompt,
        id,
        title="" if title in {id, "Question"} else title,
        several=bool(several) and kind is SourceKind.CHOICE,
        feedback=item.said.get(_GENERAL),
        points=points.rstrip("0").rstrip(".") if "." in points else points,
        dropped=tuple(losses),
        **answers,
    )


def _item(element: XmlElement) -> _Item:
    fields = {
        field.said("fieldlabel"): field.said("fieldentry")
        for field in element.within("qtimetadatafield")
    }
    types = {fields.get("question_type", ""), fields.get("cc_profile", "").rpartition(".v")[0]}
    presentation = element.first("presentation")
    prompt = _material(presentation) if presentation else SourceText("", "html")
    responses = list(presentation.within(*_RESPONSES)) if presentation else []
    said = {
        each.attributes.get("ident", ""): text
        for each in element.all("itemfeedback")
        if (text := _material(each)).text
    }
    conditions = [
        _condition(each)
        for processing in element.all("resprocessing")
        for each in processing.all("respcondition")
    ]
    return _Item(element, prompt, frozenset(types), fields, responses, conditions, said)


def _material(element: XmlElement) -> SourceText:
    """The texts of an element, but for those of its responses."""
    found = list(_texts(element))
    html = any(each.attributes.get("texttype", "").lower() == "text/html" for each in found)
    joined = ("<br/>" if html else "\n").join(each.text.strip() for each in found)
    return SourceText(joined, "html" if html else "plain")


def _texts(element: XmlElement) -> Iterator[XmlElement]:
    for child in element.children:
        if child.name not in _ANSWERED:
            if child.name in {"mattext", "matemtext"}:
                yield child
            yield from _texts(child)


def _condition(element: XmlElement) -> _Condition:
    points = None
    for each in element.all("setvar"):
        try:
            points = float(each.text)
        except ValueError:
            continue
    says = tuple(each.attributes.get("linkrefid", "") for each in element.all("displayfeedback"))
    return _Condition(element.first("conditionvar") or element, points, says)


def _asserted(element: XmlElement) -> Iterator[XmlElement]:
    for child in element.children:
        if child.name in {"varequal", "varsubstring"}:
            yield child
        elif child.name != "not":
            yield from _asserted(child)


def _kind(item: _Item) -> SourceKind:
    """By what it is called, and by what it asks for."""
    if not item.responses or "text_only_question" in item.types:
        return SourceKind.DESCRIPTION
    name = item.responses[0].name
    if name == "response_lid":
        if len(item.responses) > 1 or "matching_question" in item.types:
            return SourceKind.MATCHING
        words = {_word(label) for label in _labels(item.responses[0])}
        return SourceKind.TRUTH if words == _TRUTHS else SourceKind.CHOICE
    if len(item.responses) > 1 or name not in {"response_str", "response_num"}:
        raise QtiSlip("it asks for more than one answer", "make each a question of its own")
    render = next(item.responses[0].within("render_fib"), None)
    type = render.attributes.get("fibtype", "").lower() if render else ""
    if {"essay_question", "cc.essay"} & item.types:
        return SourceKind.ESSAY
    if name == "response_num" or type in _DECIMAL or "numerical_question" in item.types:
        return SourceKind.NUMBER
    return SourceKind.SHORT if item.right() else SourceKind.ESSAY


def _labels(response: XmlElement) -> list[XmlElement]:
    return list(response.within("response_label"))


def _options(item: _Item) -> Iterator[SourceAnswer]:
    worth: dict[str, float] = {}
    for test, points in item.right():
        worth[test.text.strip()] = max(points, worth.get(test.text.strip(), 0))
    most = max(worth.values(), default=0)
    several = item.responses[0].attributes.get("rcardinality") == "Multiple"
    for label in _labels(item.responses[0]):
        id = label.attributes.get("ident", "")
        points = worth.get(id, 0)
        right = points > 0 and (several or points == most)
        weight = 100 * points / most if points and not right else None
        yield SourceAnswer(label.line, right, _material(label), weight, item.feedback(id))


def _word(label: XmlElement) -> str:
    """What an option says, or is called where it says it in another language."""
    id = label.attributes.get("ident", "").lower()
    return id if id in _TRUTHS else _TAG.sub("", _material(label).text).strip().lower()


def _truth(item: _Item) -> dict[str, Any]:
    options = list(_options(item))
    right = [answer for answer in options if answer.right]
    if len(right) != 1:
        raise QtiSlip("no answer is marked as right", "mark one in the program it came from")
    wrong = next((answer.feedback for answer in options if not answer.right), None)
    words = map(_word, _labels(item.responses[0]))
    said = dict(zip(words, options, strict=True))["true"].right
    return {"truth": said, "if_right": right[0].feedback, "if_wrong": wrong}


def _typed(item: _Item) -> Iterator[SourceAnswer]:
    for test, _ in item.right():
        text = test.text.strip()
        # No star stands for other letters here.
        shown = SourceText(text.replace("*", "\\*"), "plain")
        yield SourceAnswer(test.line, True, shown, feedback=item.feedback(text))


def _numbers(item: _Item) -> Iterator[SourceAnswer]:
    for condition in item.conditions:
        if not condition.points or condition.points <= 0:
            continue
        low = next(condition.tests.within("vargte", "vargt"), None)
        high = next(condition.tests.within("varlte", "varlt"), None)
        exact = condition.equal()
        if low is not None and high is not None:
            number = SourceNumber(low=_digits(low), high=_digits(high))
        elif exact:
            number = SourceNumber(_digits(exact[0]))
        else:
            raise QtiSlip("no number is right", "write one in the program it came from")
        yield SourceAnswer(condition.tests.line, True, SourceText("", "plain"), number=number)


def _digits(element: XmlElement) -> str:
    if number := numeral(element.text):
        return number
    raise QtiSlip(f"'{element.text.strip()[:40]}' is not a number", "write digits, such as 3.14")


def _pairs(item: _Item) -> Iterator[SourcePair]:
    belongs = {test.attributes.get("respident", ""): test.text.strip() for test, _ in item.right()}
    rights: dict[str, str] = {}
    for response in item.responses:
        rights |= {
            each.attributes.get("ident", ""): _material(each).text for each in _labels(response)
        }
    for response in item.responses:
        right = rights.get(belongs.get(response.attributes.get("ident", ""), ""), "")
        yield SourcePair(response.line, _material(response), right)
    for id, text in rights.items():
        if id not in belongs.values():
            yield SourcePair(item.element.line, SourceText("", "plain"), text)


def _dropped(item: _Item) -> Iterator[Loss]:
    """What there is no place for."""
    for id, what in _OVERALL.items():
        if id in item.said:
            yield Loss(item.element.line, what, what.replace("feedback", "feedback texts"))
    for each in item.element.within("matimage", "mataudio", "matvideo"):
        name = each.attributes.get("uri", "")[:60]
        yield Loss(each.line, f"file '{name}'", f"files '{name}'")


# The fields that the answers of each kind fill.
_READERS: dict[SourceKind, Callable[[_Item], dict[str, Any]]] = {
    SourceKind.TRUTH: _truth,
    SourceKind.CHOICE: lambda item: {"answers": tuple(_options(item))},
    SourceKind.SHORT: lambda item: {"answers": tuple(_typed(item))},
    SourceKind.NUMBER: lambda item: {"answers": tuple(_numbers(item))},
    SourceKind.MATCHING: lambda item: {"pairs": tuple(_pairs(item))},
}
