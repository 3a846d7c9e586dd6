"""A bank as a package of QTI 2.1 or 3.0: an item a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    question_losses,
)
from quizcli.formats.format import ExportFile
from quizcli.formats.html_writer import to_html
from quizcli.formats.losses import Loss
from quizcli.formats.moodle_answers import digits, is_right, right_number
from quizcli.formats.plain_writer import to_plain
from quizcli.formats.xml_writing import HEAD, element, leaf
from quizcli.formats.zip_files import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.format import ExportSource

_CARRIED = {
    "id", "title", "kind", "prompt", "options", "answer", "answers", "tolerance", "items",
    "explanation", "points", "shuffle",
}  # fmt: skip
_CAPITAL = re.compile(r"[A-Z]")
_LOM = "http://ltsc.ieee.org/xsd/LOM"
_RESPONSE, _CHOSEN, _SAID = "RESPONSE", "CHOSEN", "FEEDBACK"


class QtiVersion(NamedTuple):
    """How a version writes its names, and what a package says of it."""

    space: str
    package: str
    resource: str
    hyphens: bool = False

    def element(self, name: str, *parts: str, **attributes: str) -> str:
        """An element of QTI."""
        return element(self._name(name), *parts, **self._attributes(attributes))

    def leaf(self, name: str, text: str, **attributes: str) -> str:
        """An element of QTI that holds a text."""
        return leaf(self._name(name), text, **self._attributes(attributes))

    def content(self, html: str) -> str:
        """What is said by a feedback."""
        return self.element("contentBody", html) if self.hyphens else html

    def _name(self, name: str) -> str:
        return f"qti-{_hyphened(name)}" if self.hyphens else name

    def _attributes(self, named: dict[str, str]) -> dict[str, str]:
        return {_hyphened(name): said for name, said in named.items()} if self.hyphens else named


def _hyphened(name: str) -> str:
    return _CAPITAL.sub(lambda match: f"-{match[0].lower()}", name)


QTI_21 = QtiVersion(
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "imsqti_item_xmlv2p1",
)
QTI_30 = QtiVersion(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "imsqti_item_xmlv3p0",
    hyphens=True,
)


class _Answers(NamedTuple):
    """How an item is answered: what declares it, what asks, and what an answer has to pass."""

    declared: str
    asks: str
    test: str


class _ItemWriter:
    """Writes one item; ``losses`` are what it has no place for."""

    def __init__(self, question: Mapping[str, Any], version: QtiVersion, shuffle: str) -> None:
        self.question = question
        self.version = version
        self.shuffle = str(question.get("shuffle", shuffle)).lower()
        self.losses: list[Loss] = []
        self.says_of_options = any("feedback" in each for each in question.get("options", ()))

    def html(self, text: str) -> str:
        """A text within an item."""
        return to_html(text, self.losses)

    def declared(self, values: list[str], *more: str, cardinality: str, type: str) -> str:
        """The declaration of the answer, with its right values."""
        v = self.version
        right = v.element("correctResponse", *(v.leaf("value", value) for value in values))
        return v.element(
            "responseDeclaration", right if values else "", *more,
            identifier=_RESPONSE, cardinality=cardinality, baseType=type,
        )  # fmt: skip

    def correct(self) -> str:
        """The test for the declared values."""
        v = self.version
        given = v.leaf("variable", "", identifier=_RESPONSE)
        return v.element("match", given, v.leaf("correct", "", identifier=_RESPONSE))


def written_in(source: ExportSource, version: QtiVersion) -> ExportFile:
    """A bank as a package of items."""
    fields = source.fields
    losses = bank_losses(fields, {"shuffle"})
    shuffle = "true" if source.bank.shuffle else "false"
    items: dict[str, str] = {}
    resources = []
    for question in fields["questions"]:
        writer = _ItemWriter(question, version, shuffle)
        try:
            item = _item(writer)
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        file = f"items/{question['id']}.xml"
        items[file] = f"{HEAD}{item}\n"
        named = {"identifier": _identifier(question["id"]), "type": version.resource, "href": file}
        resources.append(element("resource", leaf("file", "", href=file), **named))
        losses += [*question_losses(question, _CARRIED), *writer.losses]
    title = to_plain(fields["title"], losses, one_line=True)
    parts = (_metadata(title), "<organizations/>", element("resources", *resources))
    name = f"{_identifier(fields['id'])}-package"
    manifest = element("manifest", *parts, identifier=name, xmlns=version.package)
    return ExportFile(packed({"imsmanifest.xml": f"{HEAD}{manifest}\n", **items}), tuple(losses))


def _metadata(title: str) -> str:
    """What a package is called."""
    general = element("general", element("title", leaf("string", title)))
    return element("metadata", element("lom", general, xmlns=_LOM))


def _identifier(id: str) -> str:
    """An id as names of XML are: none begins with a digit."""
    return f"_{id}" if id[0].isdigit() else id


def _item(writer: _ItemWriter) -> str:
    """One question. Raises NoPlaceError."""
    question, v = writer.question, writer.version
    if question["kind"] not in _KINDS:
        raise NoPlaceError(*called(question["kind"]))
    answers = _KINDS[question["kind"]](writer)
    title = to_plain(str(question.get("title", "")), writer.losses, one_line=True)
    points = digits(question.get("points", 1), writer.losses)
    number = {"cardinality": "single", "baseType": "float", "normalMaximum": points}
    explanation = question.get("explanation", "")
    several = "multiple" if question["kind"] == "multiple-choice" else "single"
    named = {"cardinality": "single", "baseType": "identifier"}
    asked = writer.html(question["prompt"])
    if not asked.startswith(("<p>", "<ul>", "<ol>", "<pre>", "<table>")):
        asked = f"<p>{asked}</p>"  # a body holds blocks alone
    said = v.content(writer.html(explanation)) if explanation else ""
    return v.element(
        "assessmentItem",
        answers.declared,
        v.leaf("outcomeDeclaration", "", identifier="SCORE", **number),
        v.leaf("outcomeDeclaration", "", identifier=_CHOSEN, **named | {"cardinality": several})
        if writer.says_of_options
        else "",
        v.leaf("outcomeDeclaration", "", identifier=_SAID, **named) if said else "",
        v.element("itemBody", asked, answers.asks),
        _processing(writer, answers.test, points, explained=bool(said)),
        v.element(
            "modalFeedback", said,
            outcomeIdentifier=_SAID, identifier="explanation", showHide="show",
        ) if said else "",
        xmlns=v.space, identifier=_identifier(question["id"]), title=title or question["id"],
        adaptive="false", timeDependent="false",
    )  # fmt: skip


def _processing(writer: _ItemWriter, test: str, points: str, *, explained: bool) -> str:
    """What becomes of an answer: its points, and what is said."""
    v = writer.version
    does = []
    if test:
        score = v.leaf("baseValue", points, baseType="float")
        passed = v.element("setOutcomeValue", score, identifier="SCORE")
        does.append(v.element("responseCondition", v.element("responseIf", test, passed)))
    if writer.says_of_options:
        chosen = v.leaf("variable", "", identifier=_RESPONSE)
        does.append(v.element("setOutcomeValue", chosen, identifier=_CHOSEN))
    if explained:
        said = v.leaf("baseValue", "explanation", baseType="identifier")
        does.append(v.element("setOutcomeValue", said, identifier=_SAID))
    return v.element("responseProcessing", *does) if does else ""


def _choice(writer: _ItemWriter) -> _Answers:
    question, v = writer.question, writer.version
    options = question["options"]
    writer.losses += option_losses(question, {"feedback"})
    several = question["kind"] == "multiple-choice"
    rights = [_identifier(option["id"]) for option in options if is_right(option)]
    many = "multiple" if several else "single"
    choices = [_simple_choice(writer, option) for option in options]
    asks = v.element(
        "choiceInteraction", *choices,
        responseIdentifier=_RESPONSE, shuffle=writer.shuffle, maxChoices="0" if several else "1",
    )  # fmt: skip
    declared = writer.declared(rights, cardinality=many, type="identifier")
    return _Answers(declared, asks, writer.correct())


def _simple_choice(writer: _ItemWriter, option: Mapping[str, Any]) -> str:
    v = writer.version
    id = _identifier(option["id"])
    said = option.get("feedback", "")
    feedback = v.element(
        "feedbackBlock", v.content(writer.html(said)),
        outcomeIdentifier=_CHOSEN, identifier=id, showHide="show",
    ) if said else ""  # fmt: skip
    return v.element("simpleChoice", writer.html(option["text"]), feedback, identifier=id)


def _entry(writer: _ItemWriter) -> str:
    inner = writer.version.leaf("textEntryInteraction", "", responseIdentifier=_RESPONSE)
    return f"<p>{inner}</p>"


def _text(writer: _ItemWriter) -> _Answers:
    v = writer.version
    answers = [" ".join(str(answer).split()) for answer in writer.question["answers"]]
    entries = (
        v.leaf("mapEntry", "", mapKey=answer, mappedValue="1", caseSensitive="false")
        for answer in answers
    )
    mapping = v.element("mapping", *entries, defaultValue="0")
    declared = writer.declared(answers[:1], mapping, cardinality="single", type="string")
    mapped = v.leaf("mapResponse", "", identifier=_RESPONSE)
    test = v.element("gt", mapped, v.leaf("baseValue", "0", baseType="float"))
    return _Answers(declared, _entry(writer), test)


def _number(writer: _ItemWriter) -> _Answers:
    v = writer.version
    answer, tolerance = right_number(writer.question, writer.losses)
    given = v.leaf("variable", "", identifier=_RESPONSE)
    right = v.leaf("correct", "", identifier=_RESPONSE)
    within = {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
    test = v.element("equal", given, right, **within)
    declared = writer.declared([answer], cardinality="single", type="float")
    return _Answers(declared, _entry(writer), test)


def _ordering(writer: _ItemWriter) -> _Answers:
    v = writer.version
    if writer.question.get("credit"):
        writer.losses.append(Loss(0, "credit rule"))
    items = writer.question["items"]
    choices = (
        v.element("simpleChoice", writer.html(item["text"]), identifier=_identifier(item["id"]))
        for item in items
    )
    asks = v.element("orderInteraction", *choices, responseIdentifier=_RESPONSE, shuffle="true")
    ids = [_identifier(item["id"]) for item in items]
    declared = writer.declared(ids, cardinality="ordered", type="identifier")
    return _Answers(declared, asks, writer.correct())


def _essay(writer: _ItemWriter) -> _Answers:
    asks = writer.version.leaf("extendedTextInteraction", "", responseIdentifier=_RESPONSE)
    return _Answers(writer.declared([], cardinality="single", type="string"), asks, "")


# How the answers of each kind are written.
_KINDS: dict[str, Callable[[_ItemWriter], _Answers]] = {
    "single-choice": _choice,
    "multiple-choice": _choice,
    "true-false": _choice,
    "text": _text,
    "number": _number,
    "ordering": _ordering,
    "free": _essay,
}
