"""A bank as a package of QTI 1.2: a Common Cartridge whose items say in Canvas's words what they
are, so that both kinds of program know them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    pair_losses,
    question_losses,
)
from quizcli.formats.format import ExportFile
from quizcli.formats.html_writer import to_html
from quizcli.formats.losses import Loss
from quizcli.formats.moodle_answers import digits, is_right
from quizcli.formats.plain_writer import to_plain
from quizcli.formats.xml_writing import HEAD, element, leaf
from quizcli.formats.zip_files import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from quizcli.formats.format import ExportSource

_CARRIED = {
    "id", "title", "kind", "prompt", "options", "answer", "answers", "tolerance", "pairs",
    "distractors", "explanation", "points",
}  # fmt: skip
_ONE = "response1"
_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CARTRIDGE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_TYPE = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


class _ItemParts:
    """The elements of an item, as they come together; what is lost of it."""

    def __init__(self, question: Mapping[str, Any]) -> None:
        self.question = question
        self.losses: list[Loss] = []
        self.conditions: list[str] = []
        self.said: list[str] = []

    def html(self, text: str) -> str:
        """A text as material."""
        return element(
            "material", leaf("mattext", to_html(text, self.losses), texttype="text/html")
        )

    def say(self, text: str, id: str, tests: str) -> None:
        """Say a text to an answer that passes the tests."""
        if text:
            shown = leaf("displayfeedback", "", feedbacktype="Response", linkrefid=id)
            self.conditions.append(_condition(tests, shown, goes_on=True))
            self.said.append(
                element("itemfeedback", element("flow_mat", self.html(text)), ident=id)
            )


def written(source: ExportSource) -> ExportFile:
    """A bank as a package of QTI 1.2."""
    fields = source.fields
    losses = bank_losses(fields)
    items: list[str] = []
    for question in fields["questions"]:
        parts = _ItemParts(question)
        try:
            items.append(_item(parts))
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        losses += [*question_losses(question, _CARRIED), *parts.losses]
    section = element("section", *items, ident="root_section")
    title = to_plain(fields["title"], losses, one_line=True)
    assessment = element("assessment", section, ident=fields["id"], title=title)
    quiz = f"{fields['id']}/assessment.xml"
    files = {
        "imsmanifest.xml": _manifest(fields["id"], quiz),
        quiz: f"{HEAD}{element('questestinterop', assessment, xmlns=_NAMESPACE)}\n",
    }
    return ExportFile(packed(files), tuple(losses))


def _manifest(id: str, quiz: str) -> str:
    metadata = element(
        "metadata", leaf("schema", "IMS Common Cartridge"), leaf("schemaversion", "1.1.0")
    )
    file = leaf("file", "", href=quiz)
    resource = element("resource", file, identifier=id, type=_TYPE)
    parts = (metadata, "<organizations/>", element("resources", resource))
    return f"{HEAD}{element('manifest', *parts, identifier=f'{id}-package', xmlns=_CARTRIDGE)}\n"


def _item(parts: _ItemParts) -> str:
    """One question. Raises NoPlaceError."""
    question = parts.question
    if question["kind"] not in _KINDS:
        raise NoPlaceError(*called(question["kind"]))
    type, profile, reader = _KINDS[question["kind"]]
    parts.say(question.get("explanation", ""), "general_fb", "<other/>")
    responses = reader(parts)
    points = digits(question.get("points", 1), parts.losses)
    named = {"question_type": type, "points_possible": points}
    if profile:
        named |= {"cc_profile": f"{profile}.v0p1", "cc_weighting": points}
    metadata = (
        element("qtimetadatafield", leaf("fieldlabel", label), leaf("fieldentry", entry))
        for label, entry in named.items()
    )
    title = to_plain(str(question.get("title", "")), parts.losses, one_line=True)
    score = leaf("decvar", "", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    return element(
        "item",
        element("itemmetadata", element("qtimetadata", *metadata)),
        element("presentation", parts.html(question["prompt"]), *responses),
        element("resprocessing", element("outcomes", score), *parts.conditions),
        *parts.said,
        ident=question["id"],
        title=title or question["id"],
    )


def _condition(tests: str, *does: str, goes_on: bool = False) -> str:
    tests = element("conditionvar", tests)
    return element("respcondition", tests, *does, continue_="Yes" if goes_on else "No")


def _points(share: str = "100", action: str = "Set") -> str:
    return leaf("setvar", share, action=action, varname="SCORE")


def _is(value: str, response: str = _ONE) -> str:
    return leaf("varequal", value, respident=response)


def _label(parts: _ItemParts, id: str, text: str) -> str:
    return element("response_label", parts.html(text), ident=id)


def _chosen(labels: Sequence[str], *before: str, ident: str = _ONE, several: bool = False) -> str:
    choice = element("render_choice", *labels)
    many = "Multiple" if several else "Single"
    return element("response_lid", *before, choice, ident=ident, rcardinality=many)


def _choice(parts: _ItemParts) -> list[str]:
    options = parts.question["options"]
    parts.losses += option_losses(parts.question, {"feedback"})
    several = parts.question["kind"] == "multiple-choice"
    for option in options:
        parts.say(option.get("feedback", ""), f"{option['id']}_fb", _is(option["id"]))
    tests = [
        _is(option["id"]) if is_right(option) else element("not", _is(option["id"]))
        for option in options
        if several or is_right(option)
    ]
    parts.conditions.append(_condition(element("and", *tests) if several else tests[0], _points()))
    labels = [_label(parts, option["id"], option["text"]) for option in options]
    return [_chosen(labels, several=several)]


def _truth(parts: _ItemParts) -> list[str]:
    options = parts.question["options"]
    parts.losses += option_losses(parts.question, {"feedback"})
    for option in options:
        parts.say(option.get("feedback", ""), f"{option['id']}_fb", _is(option["id"]))
    right = next(option["id"] for option in options if is_right(option))
    parts.conditions.append(_condition(_is(right), _points()))
    return [_chosen([_label(parts, id, id.title()) for id in ("true", "false")])]


def _typed(fibtype: str = "") -> list[str]:
    render = leaf("render_fib", "", **({"fibtype": fibtype} if fibtype else {}))
    return [element("response_str", render, ident=_ONE, rcardinality="Single")]


def _text(parts: _ItemParts) -> list[str]:
    answers = [" ".join(str(answer).split()) for answer in parts.question["answers"]]
    parts.conditions.append(_condition("\n".join(map(_is, answers)), _points()))
    return _typed()


def _number(parts: _ItemParts) -> list[str]:
    question = parts.question
    middle, reach = question["answer"], question.get("tolerance", 0)
    rounded: list[Loss] = []
    answer, least, most = (digits(middle + by, rounded) for by in (0, -reach, reach))
    parts.losses += rounded[:1]
    low, high = leaf("vargte", least, respident=_ONE), leaf("varlte", most, respident=_ONE)
    tests = element("or", _is(answer), element("and", low, high))
    parts.conditions.append(_condition(tests, _points()))
    return _typed("Decimal")


def _matching(parts: _ItemParts) -> list[str]:
    question = parts.question
    pairs = question["pairs"]
    if question.get("credit") == "per-pair":
        parts.losses.append(Loss(0, "credit rule", "", "replaced by a part for each pair"))
    rights = [pair["right"] for pair in pairs] + list(question.get("distractors", ()))
    ids = {text: f"right{n}" for n, text in enumerate(dict.fromkeys(rights), 1)}
    labels = [
        element("response_label", element("material", leaf("mattext", text)), ident=id)
        for text, id in ids.items()
    ]
    share = digits(Fraction(100, len(pairs)), [])
    parts.losses += pair_losses(question)
    for pair in pairs:
        test = _is(ids[pair["right"]], f"response_{pair['id']}")
        parts.conditions.append(_condition(test, _points(share, "Add"), goes_on=True))
    return [
        _chosen(labels, parts.html(pair["left"]), ident=f"response_{pair['id']}") for pair in pairs
    ]


def _essay(_parts: _ItemParts) -> list[str]:
    return _typed()


# What each kind is called by Canvas and by Common Cartridge, "" where that has none, and how its
# answers are written.
_KINDS: dict[str, tuple[str, str, Callable[[_ItemParts], list[str]]]] = {
    "single-choice": ("multiple_choice_question", "cc.multiple_choice", _choice),
    "multiple-choice": ("multiple_answers_question", "cc.multiple_response", _choice),
    "true-false": ("true_false_question", "cc.true_false", _truth),
    "text": ("short_answer_question", "cc.fib", _text),
    "number": ("numerical_question", "", _number),
    "matching": ("matching_question", "", _matching),
    "free": ("essay_question", "cc.essay", _essay),
}
