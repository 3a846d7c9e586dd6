"""A question as a page asks it: what is shown before an answer and, where it has its key, what is
shown after one.

The rule: whatever a learner may come to see stands here as HTML, and the script only shows and
hides it. Orders are those of the page's first variant; the script puts parts in that of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.pages.elements import Html, element, joined
from quizcli.pages.questions import drawn_figure
from quizcli.pages.typesetting import TYPESET
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.kinds.foreseen import foreseen
from quizcli.quiz.markup import formulas
from quizcli.quiz.question_list import title_of
from quizcli.terminal import plain, plain_grade
from quizcli.terminal.right_answer import key_words

if TYPE_CHECKING:
    from quizcli.quiz.cards import Card
    from quizcli.quiz.model import Option, Question
    from quizcli.quiz.steps import Item

_MODEL = plain_grade.MODEL


def asked(name: str, item: Item, evidence: Html, language: str) -> Html:
    """The section of a question, called ``name`` in its page."""
    question = item.question
    parts = [TYPESET.blocks(question.prompt)]
    if question.figure:
        parts.append(drawn_figure(question.figure))
    answer = {"choice": _choice, "pairs": _pairs, "order": _order}.get(item.kind.form, _typed)
    ask = item.kind.instruction(question)
    legend = [element("legend", ask, class_="quiet" if ask else "aloud")] if ask else []
    parts.append(element("fieldset", *legend, answer(name, item)))
    parts += _hints(question)
    if not question.keyless:
        parts.append(element("div", *_after(item), evidence, class_="after", hidden=True))
    return _section(name, parts, question, language)


def turned(name: str, card: Card, language: str) -> Html:
    """The section of a flashcard, whose other side is shown when it is turned."""
    kind = kind_of(card.question)
    parts = [TYPESET.blocks(kind.front(card.question, card.gap))]
    if card.question.figure:
        parts.append(drawn_figure(card.question.figure))
    parts += _hints(card.question)
    back = [TYPESET.blocks(kind.back(card.question, card.gap))]
    if said := card.question.explanation:
        back.append(TYPESET.blocks(said, "Why:"))
    back += _references(card.question)
    parts.append(element("div", *back, class_="after", hidden=True))
    return _section(name, parts, card.question, language)


def _section(name: str, parts: list[Html], question: Question, language: str) -> Html:
    spoken = {"lang": language} if language else {}
    title = TYPESET.plain(title_of(question))
    return joined(
        "\n", element("section", *parts, id=name, hidden=True, data_title=title, **spoken)
    )


def _hints(question: Question) -> list[Html]:
    """The hints, which are read out as they are shown."""
    hints = [
        element("div", TYPESET.blocks(hint, "Hint:"), class_="hint", hidden=True)
        for hint in question.hints
    ]
    return [element("div", *hints, role="status")] if hints else []


def _choice(name: str, item: Item) -> Html:
    several = item.kind.several
    rows = []
    for option in item.options:
        # Not everything that reads a page aloud reads a formula.
        named = {"aria_label": plain.say(option.text)} if formulas(option.text) else {}
        kind = "checkbox" if several else "radio"
        box = element("input", type=kind, name=name, value=option.id, **named)
        label = element("label", box, element("div", TYPESET.blocks(option.text)))
        reasons = [] if item.question.keyless else _reasons(option)
        rows.append(element("li", label, *reasons, data_id=option.id))
    return element("ul", *rows, class_="choices")


def _reasons(option: Option) -> list[Html]:
    """Why an option is right or wrong; of a right one that was not chosen there may be more."""
    missed = option.correct and option.missed
    said = [(option.feedback, "reason if-chosen" if missed else "reason")]
    said += [(option.missed, "reason if-missed")] if missed else []
    return [
        element("div", TYPESET.blocks(text), class_=kind, hidden=True)
        for text, kind in said
        if text
    ]


def _pairs(_name: str, item: Item) -> Html:
    """A list with letters, and one choice of a letter for each thing on the left."""
    rights = [
        element("li", element("b", class_="letter"), element("div", TYPESET.blocks(right.text)),
                data_id=right.id, data_plain=_short(right.text))
        for right in item.options
    ]  # fmt: skip
    lefts = []
    for left in item.kind.lefts(item.question):
        choice = element("select", aria_label=f"Match for: {plain.say(left.text)}")
        row = element("div", TYPESET.blocks(left.text))
        lefts.append(element("li", row, choice, data_id=left.id))
    return joined(
        element("ul", *rights, class_="rights"), element("ol", *lefts, class_="lefts")
    )  # fmt: skip


def _order(_name: str, item: Item) -> Html:
    rows = []
    for part in item.options:
        named = plain.say(part.text)
        buttons = [
            element("button", sign, type="button", data_by=by, aria_label=f"{way}: {named}")
            for sign, by, way in (("▲", "-1", "Up"), ("▼", "1", "Down"))
        ]
        text = element("div", TYPESET.blocks(part.text))
        rows.append(element("li", text, *buttons, data_id=part.id, data_plain=named))
    return element("ol", *rows, class_="order")


def _typed(name: str, item: Item) -> Html:
    off = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}
    if item.question.kind == "free":
        field = element("textarea", name=name, rows="8", aria_label="Your answer")
    else:
        field = element("input", name=name, type="text", aria_label="Your answer", **off)
    return element("div", field, class_="typed")


def _short(text: str) -> str:
    """A text in a line, for a list to choose from and to be read out."""
    line = " ".join(TYPESET.plain(text).split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def _after(item: Item) -> list[Html]:
    """What is right, and why."""
    question, parts = item.question, []
    if item.kind.form == "pairs":
        parts.append(_places(item))
    elif item.kind.form == "order":
        texts = {part.id: part.text for part in item.options}
        right = [element("li", TYPESET.blocks(texts[id])) for id in item.key]
        parts += [element("p", "The right order:"), element("ol", *right)]
    elif item.kind.form == "typed" and item.kind.graded:
        parts.append(TYPESET.blocks(key_words(item), "The answer:"))
        parts += [
            element("div", TYPESET.blocks(each.feedback), class_="foreseen", data_n=str(n),
                    hidden=True)
            for n, each in enumerate(foreseen(question))
            if each.feedback
        ]  # fmt: skip
    if compared := plain_grade.model(item):
        parts.append(TYPESET.blocks(compared, _MODEL))
    if question.explanation:
        parts.append(TYPESET.blocks(question.explanation, "Why:"))
    return [*parts, *_references(question)]


def _references(question: Question) -> list[Html]:
    rows = [element("li", TYPESET.line(text)) for text in question.references]
    if not rows:
        return []
    return [element("p", "Further reading:", class_="quiet"), element("ul", *rows, class_="quiet")]


def _places(item: Item) -> Html:
    """Each thing on the left with its partner: where another one was chosen, the script puts that
    in the partner's place, and shows the right one below, with what is said of it."""
    rows = []
    key = item.key
    for word, place in zip(key, item.kind.placed(item.question, key), strict=True):
        right = TYPESET.line(place.right)
        said = [element("div", "Right: ", right, class_="instead", hidden=True)]
        if place.feedback:
            said.append(
                element("div", TYPESET.blocks(place.feedback), class_="reason", hidden=True)
            )
        pair = element("div", TYPESET.line(place.label), " – ",
                       element("span", right, class_="partner"))  # fmt: skip
        rows.append(element("li", pair, *said, data_id=word))
    return element("ul", *rows, class_="places")
