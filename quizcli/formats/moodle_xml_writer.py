"""A bank as Moodle XML: the questions that Moodle has a type for, and what it has no place for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    pair_losses,
    question_losses,
)
from quizcli.formats.format import ExportFile
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import to_markdown
from quizcli.formats.moodle_answers import (
    digits,
    is_right,
    option_weights,
    right_number,
    wildcard,
)
from quizcli.formats.plain_writer import to_plain
from quizcli.formats.weights import per_cent
from quizcli.formats.xml_writing import HEAD, element, leaf
from quizcli.quiz.kinds.cloze import gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.format import ExportSource

_CARRIED = {
    "id", "title", "kind", "prompt", "text", "options", "answer", "answers", "patterns",
    "tolerance", "unit", "expect", "pairs", "distractors", "items", "explanation",
    "tags", "credit", "hints", "points", "shuffle", "model",
}  # fmt: skip
_LONGEST_ID = 100  # letters of an id number in Moodle
_BREAKS_GAP = ("}", "~", "#", "/", '"', "\\")


class _QuestionWriter:
    """What the writers of answers know of a question, and what they lose of it."""

    def __init__(self, question: Mapping[str, Any], source: ExportSource) -> None:
        self.question = question
        self.credit = question.get("credit", source.bank.credit)
        shuffled = "true" if source.bank.shuffle else "false"
        self.shuffle = leaf("shuffleanswers", str(question.get("shuffle", shuffled)).lower())
        self.losses: list[Loss] = []
        self.prompt = to_markdown(str(question.get("prompt", question.get("text", ""))))

    def lose(self, what: str, many: str = "", changed: str = "") -> None:
        """Note what has no place."""
        self.losses.append(Loss(0, what, many, changed))

    def foreseen(self, answer: str, each: Mapping[str, Any], *more: str) -> str:
        """A wrong answer that was foreseen."""
        if "claim" in each:
            self.lose("claim")
        return _answer("0", answer, *more, _said(each.get("feedback")))


def written(source: ExportSource) -> ExportFile:
    """A bank in Moodle XML."""
    losses = bank_losses(source.fields, {"credit", "shuffle"})
    # Moodle reads no title of the whole, and skips this one; a category would be one of its own.
    title = to_plain(source.fields["title"], losses, one_line=True)
    parts = [f"{HEAD}<quiz title={quoteattr(title)}>"]
    for question in source.fields["questions"]:
        writer = _QuestionWriter(question, source)
        try:
            parts.append(_question(writer))
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        losses += [*question_losses(question, _CARRIED), *writer.losses]
    return ExportFile("\n\n".join([*parts, "</quiz>\n"]), tuple(losses))


def _question(writer: _QuestionWriter) -> str:
    """One question. Raises NoPlaceError."""
    question = writer.question
    if question["kind"] not in _KINDS:
        raise NoPlaceError(*called(question["kind"]))
    type, reader = _KINDS[question["kind"]]
    answers = reader(writer)
    title = to_plain(str(question.get("title", "")), writer.losses, one_line=True)
    explanation = question.get("explanation", "")
    if len(question["id"]) > _LONGEST_ID:
        writer.lose("id that is too long", "ids that are too long")
    tags = [element("tag", leaf("text", str(tag))) for tag in question.get("tags", ())]
    return element(
        "question",
        element("name", leaf("text", title or question["id"])),
        _rich("questiontext", writer.prompt),
        _rich("generalfeedback", to_markdown(explanation)),
        leaf("defaultgrade", _points(writer)),
        leaf("penalty", "0"),
        leaf("hidden", "0"),
        leaf("idnumber", question["id"][:_LONGEST_ID]),
        *answers,
        *(_rich("hint", to_markdown(hint)) for hint in question.get("hints", ())),
        element("tags", *tags) if tags else "",
        type=type,
    )


def _points(writer: _QuestionWriter) -> str:
    return digits(writer.question.get("points", 1), writer.losses)


def _rich(name: str, markdown: str) -> str:
    return element(name, leaf("text", markdown), format="markdown")


def _said(feedback: str | None) -> str:
    return _rich("feedback", to_markdown(feedback)) if feedback else ""


def _answer(fraction: str, text: str, *more: str, format: str = "moodle_auto_format") -> str:
    return element("answer", leaf("text", text), *more, fraction=fraction, format=format)


def _choice(writer: _QuestionWriter) -> list[str]:
    options = writer.question["options"]
    single = writer.question["kind"] == "single-choice"
    right, wrong = "100", "0"
    if not single:
        shares = option_weights(options, writer.credit, writer.losses)
        right, wrong = map(per_cent, shares)
    writer.losses += option_losses(writer.question, {"feedback"})
    answers = [
        _answer(
            right if is_right(option) else wrong,
            to_markdown(option["text"]),
            _said(option.get("feedback")),
            format="markdown",
        )
        for option in options
    ]
    return [leaf("single", "true" if single else "false"), writer.shuffle, *answers]


def _truth(writer: _QuestionWriter) -> list[str]:
    writer.losses += option_losses(writer.question, {"feedback"})
    return [
        _answer("100" if is_right(option) else "0", option["id"], _said(option.get("feedback")))
        for option in writer.question["options"]
    ]


def _text(writer: _QuestionWriter) -> list[str]:
    question = writer.question
    right = [_typed(answer) for answer in question["answers"]]
    for pattern in question.get("patterns", ()):
        if wild := wildcard(str(pattern)):
            right.append(wild)
        else:
            writer.lose("pattern")
    foreseen = [
        writer.foreseen(_typed(each["answer"]), each) for each in question.get("expect", ())
    ]
    return [leaf("usecase", "0"), *(_answer("100", answer) for answer in right), *foreseen]


def _typed(answer: Any) -> str:
    """A typed answer, in which a star stands for any letters."""
    return " ".join(str(answer).split()).replace("*", "\\*")


def _number(writer: _QuestionWriter) -> list[str]:
    question = writer.question
    answer, tolerance = right_number(question, writer.losses)
    reach = leaf("tolerance", tolerance)
    answers = [_answer("100", answer, reach)]
    for each in question.get("expect", ()):
        number = digits(each["answer"], writer.losses)
        answers.append(writer.foreseen(number, each, reach))
    if unit := question.get("unit"):
        one = element("unit", leaf("multiplier", "1"), leaf("unit_name", unit))
        answers += [element("units", one), leaf("showunits", "0"), leaf("unitgradingtype", "0")]
    return answers


def _matching(writer: _QuestionWriter) -> list[str]:
    if writer.question.get("credit") not in {None, "per-pair"}:
        writer.lose("credit rule", changed="replaced by a part for each pair")
    pairs = [(pair["left"], pair["right"]) for pair in writer.question["pairs"]]
    pairs += [("", right) for right in writer.question.get("distractors", ())]
    writer.losses += pair_losses(writer.question)
    return [
        writer.shuffle,
        *(
            element(
                "subquestion",
                leaf("text", to_markdown(left)),
                element("answer", leaf("text", right)),
                format="markdown",
            )
            for left, right in pairs
        ),
    ]


def _ordering(writer: _QuestionWriter) -> list[str]:
    """Things with their places. Moodle counts a part of the points by where each stands."""
    if writer.question.get("credit"):
        writer.lose("credit rule", changed="replaced by that of Moodle")
    return [
        leaf("layouttype", "VERTICAL"),
        leaf("selecttype", "ALL"),
        leaf("gradingtype", "ABSOLUTE_POSITION"),
        *(
            _answer(str(place), to_markdown(item["text"]), format="markdown")
            for place, item in enumerate(writer.question["items"], 1)
        ),
    ]


def _cloze(writer: _QuestionWriter) -> list[str]:
    """Gaps that are typed. Their ids and hints have no place there."""
    text = writer.question["text"]
    for gap in gaps(text):
        if gap.hint:
            writer.lose("hint of a gap", "hints of gaps")
        answer = "".join(f"\\{sign}" if sign in _BREAKS_GAP else sign for sign in gap.answer)
        head = f"{gap.id}|{gap.hint}" if gap.hint else gap.id
        whole = f"[[{head}::{gap.answer}]]"
        if whole not in text or "$" in gap.answer:
            raise NoPlaceError("gap in another notation", "gaps in another notation")
        text = text.replace(whole, f"{{1:SHORTANSWER:={answer}}}", 1)
    writer.prompt = to_markdown(text)
    return []


def _essay(writer: _QuestionWriter) -> list[str]:
    if model := writer.question.get("model", ""):
        writer.lose("model answer", changed="turned into a note for graders")
    return [leaf("responseformat", "editor"), _rich("graderinfo", to_markdown(model))]


# How the answers of each kind are written, and what Moodle calls it.
_KINDS: dict[str, tuple[str, Callable[[_QuestionWriter], list[str]]]] = {
    "single-choice": ("multichoice", _choice),
    "multiple-choice": ("multichoice", _choice),
    "true-false": ("truefalse", _truth),
    "text": ("shortanswer", _text),
    "number": ("numerical", _number),
    "matching": ("matching", _matching),
    "ordering": ("ordering", _ordering),
    "cloze": ("cloze", _cloze),
    "free": ("essay", _essay),
}
