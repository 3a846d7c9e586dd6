"""An item of QTI 2.1 or 3.0 as a question: choices, orders and what is typed."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from quizcli.formats.losses import Loss
from quizcli.formats.numerals import numeral
from quizcli.formats.qti1_items import QtiSlip
from quizcli.formats.sources import (
    GAP,
    SourceAnswer,
    SourceKind,
    SourceNumber,
    SourceQuestion,
    SourceText,
)
from quizcli.formats.xml_reader import XmlElement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_READ = ("choiceInteraction", "textEntryInteraction", "extendedTextInteraction", "orderInteraction")
_HIDDEN = {"feedbackBlock", "feedbackInline", "rubricBlock", "prompt"}
# A place for an answer that no sentence goes around.
_ALONE = re.compile(rf"<(p|div)(?: [^>]*)?>\s*{GAP}\s*</\1>")
_HYPHEN = re.compile(r"-([a-z])")
_EXPLAINS = "explanation"


class _Response(NamedTuple):
    """What is declared of an answer: the right values, what each is worth, and its type."""

    correct: list[str]
    worth: dict[str, float]
    several: bool
    type: str

    @property
    def right(self) -> list[str]:
        """Each value that is right: those declared so, and those that are worth as much."""
        most = max(self.worth.values(), default=0)
        others = [value for value, points in self.worth.items() if 0 < points == most]
        return list(dict.fromkeys([*self.correct, *others]))


def question_of_assessment_item(element: XmlElement) -> SourceQuestion:
    """The question. Raises QtiSlip."""
    item = _renamed(element)
    body = item.first("itemBody") or XmlElement("itemBody", {}, item.line)
    interactions = list(body.within(*_interactions(body)))
    id = item.attributes.get("identifier", "").lstrip("_")
    title = item.attributes.get("title", "").strip()
    kind = SourceKind.DESCRIPTION
    fields: dict[str, Any] = {}
    if len(interactions) > 1:
        raise QtiSlip("it asks for more than one answer", "make each a question of its own")
    if interactions:
        kind, fields = _answered(item, interactions[0])
    prompt = _ALONE.sub("", _html(body))
    for each in body.within("prompt"):
        prompt += f"<p>{_html(each)}</p>" if "<p" not in _html(each) else _html(each)
    feedback, losses = _feedback(item)
    return SourceQuestion(
        element.line,
        kind,
        SourceText(prompt.strip(), "html"),
        id,
        title="" if title == id else title,
        gap=GAP in prompt and kind is not SourceKind.CHOICE,
        feedback=feedback,
        points=_points(item),
        dropped=tuple(losses),
        **fields,
    )


def _renamed(element: XmlElement) -> XmlElement:
    """An element of QTI 3 given the names of QTI 2, with all in it: ``qti-item-body`` is
    ``itemBody``."""
    if not element.name.startswith("qti-"):
        return element
    for each in (element, *element.all_within()):
        if each.name.startswith("qti-"):
            each.name = _camel(each.name.removeprefix("qti-"))
            each.attributes = {_camel(key): said for key, said in each.attributes.items()}
    return element


@lru_cache(1024)
def _camel(name: str) -> str:
    return _HYPHEN.sub(lambda match: match[1].upper(), name)


def _interactions(body: XmlElement) -> set[str]:
    """The names of all that asks for an answer."""
    return {each.name for each in body.all_within() if each.name.endswith("Interaction")}


def _answered(item: XmlElement, asks: XmlElement) -> tuple[SourceKind, dict[str, Any]]:
    """The kind, and the fields that the answers fill. Raises QtiSlip."""
    if asks.name not in _READ:
        raise QtiSlip(f"there is no place for {asks.name}", "write it as a choice")
    if asks.name == "extendedTextInteraction":
        return SourceKind.ESSAY, {}
    response = _response(item, asks.attributes.get("responseIdentifier", ""))
    if not response.right:
        raise QtiSlip("no answer is marked as right", "write a correctResponse")
    if asks.name == "choiceInteraction":
        return _choice(asks, response)
    if asks.name == "orderInteraction":
        return SourceKind.ORDERING, {"answers": _ordered(asks, response)}
    if response.type in {"float", "integer"}:
        return SourceKind.NUMBER, {"answers": tuple(_numbers(item, asks, response))}
    answers = (
        SourceAnswer(asks.line, True, SourceText(text.replace("*", "\\*"), "plain"))
        for text in response.right
    )
    return SourceKind.SHORT, {"answers": tuple(answers)}


def _response(item: XmlElement, id: str) -> _Response:
    for each in item.all("responseDeclaration"):
        if each.attributes.get("identifier") == id:
            correct, mapping = each.first("correctResponse"), each.first("mapping")
            values = [value.text.strip() for value in correct.all("value")] if correct else []
            worth: dict[str, float] = {}
            for entry in mapping.all("mapEntry") if mapping else ():
                try:
                    points = float(entry.attributes.get("mappedValue", "0"))
                except ValueError:
                    continue
                worth[entry.attributes.get("mapKey", "")] = points
            several = each.attributes.get("cardinality") == "multiple"
            return _Response(values, worth, several, each.attributes.get("baseType", ""))
    return _Response([], {}, several=False, type="")


def _choice(asks: XmlElement, response: _Response) -> tuple[SourceKind, dict[str, Any]]:
    rights = set(response.right)
    if response.several:
        rights |= {value for value, points in response.worth.items() if points > 0}
    options = {}
    for option in asks.within("simpleChoice"):
        id = option.attributes.get("identifier", "")
        said = next(option.within("feedbackBlock", "feedbackInline"), None)
        feedback = SourceText(_html(said), "html") if said is not None else None
        text = SourceText(_html(option).strip(), "html")
        options[id] = SourceAnswer(option.line, id in rights, text, feedback=feedback)
    if options.keys() == {"true", "false"}:
        right = "true" if options["true"].right else "false"
        wrong = "false" if right == "true" else "true"
        said_of = {"if_right": options[right].feedback, "if_wrong": options[wrong].feedback}
        return SourceKind.TRUTH, {"truth": right == "true", **said_of}
    fixed = asks.attributes.get("shuffle") == "false"
    answers = tuple(options.values())
    return SourceKind.CHOICE, {"answers": answers, "several": response.several, "fixed": fixed}


def _ordered(asks: XmlElement, response: _Response) -> tuple[SourceAnswer, ...]:
    """The items in their right order. Raises QtiSlip."""
    items = {
        each.attributes.get("identifier", ""): SourceAnswer(
            each.line, True, SourceText(_html(each).strip(), "html")
        )
        for each in asks.within("simpleChoice")
    }
    if sorted(items) != sorted(response.correct):
        what = "its right order does not name each item once"
        raise QtiSlip(what, "write a value for each in its correctResponse")
    return tuple(items[id] for id in response.correct)


def _numbers(item: XmlElement, asks: XmlElement, response: _Response) -> Iterator[SourceAnswer]:
    equal = next(item.within("equal"), None)
    mode = equal.attributes.get("toleranceMode", "") if equal is not None else ""
    reach = (equal.attributes.get("tolerance", "").split() or ["0"])[0] if equal is not None else ""
    for text in response.right:
        for part in (text, reach or "0"):
            if not numeral(part):
                raise QtiSlip(f"'{part[:40]}' is not a number", "write digits, such as 3.14")
        tolerance = numeral(reach) if mode == "absolute" else ""
        if mode == "relative":
            share = Fraction(numeral(reach or "0")) / 100
            tolerance = str(abs(Fraction(numeral(text))) * share)
        number = SourceNumber(numeral(text), tolerance)
        yield SourceAnswer(asks.line, True, SourceText("", "plain"), number=number)


def _html(element: XmlElement) -> str:
    """What an element holds as HTML, with a gap where an answer is typed."""
    parts: list[str] = []
    for part in element.parts:
        if isinstance(part, str):
            parts.append(escape(part))
        elif part.name == "textEntryInteraction":
            parts.append(GAP)
        elif part.name == "contentBody":
            parts.append(_html(part))
        elif part.name not in _HIDDEN and not part.name.endswith("Interaction"):
            named = "".join(f" {name}={quoteattr(said)}" for name, said in part.attributes.items())
            parts.append(f"<{part.name}{named}>{_html(part)}</{part.name}>")
    return "".join(parts)


def _feedback(item: XmlElement) -> tuple[SourceText | None, list[Loss]]:
    """The explanation, and a loss for all else that is said."""
    explanation = None
    losses: list[Loss] = []
    for each in item.all("modalFeedback"):
        if explanation is None and each.attributes.get("identifier") == _EXPLAINS:
            explanation = SourceText(_html(each).strip(), "html")
        else:
            losses.append(Loss(each.line, "feedback", "feedback texts"))
    losses += [Loss(each.line, "note") for each in item.within("rubricBlock")]
    return explanation, losses


def _points(item: XmlElement) -> str:
    for each in item.all("outcomeDeclaration"):
        if each.attributes.get("identifier") == "SCORE":
            most = each.attributes.get("normalMaximum", "")
            return most.rstrip("0").rstrip(".") if "." in most else most
    return ""
