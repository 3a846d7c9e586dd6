"""A question as its author wrote it: with its key, all that is accepted, and every setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quizcli.quiz.cards import back, cards_in, front
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.kinds.foreseen import foreseen
from quizcli.report.result import Columns, Drawing, Heading, Line, Markup, Paragraph
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.quiz.model import Option, Question

Body = list[Heading | Paragraph | Markup | Line | Drawing | Columns]
# Fields that have lines of their own; what else a kind has is a setting.
_IN_LINES = {"answer", "answers", "patterns", "expect", "pairs", "distractors", "rights", "items",
             "model", "language"}  # fmt: skip
_BELOW = " " * 6  # what is said of a line above


def shown_question(number: int, question: Question, bank: str) -> Body:
    """The ``number``-th question of a bank."""
    own, now = kind_of(question), usual(question)
    body: Body = [
        Heading(f"{number}. {now.title or question.id}"),
        Paragraph(" · ".join(_facts(question)), quiet=True),
    ]
    body += [Markup(now.prompt)] if own.quizzed else _sides(now, bank)
    if now.figure:
        body.append(Drawing(now.figure.text))
        body.append(Paragraph(f"Figure: {now.figure.alt}", quiet=True))
    key = [line for option in now.options for line in _option(option, keyless=question.keyless)]
    if own.quizzed and not now.options:
        key = list(_answers(now))
    body += [Line(""), *key] if key or now.hints else []
    for place, hint in enumerate(now.hints, 1):
        body.append(Markup(hint, f"Hint {place}: "))
    if now.explanation:
        body += [Line(""), Markup(now.explanation, "Why: ")]
    body += [Paragraph(f"See: {reference}", quiet=True) for reference in now.references]
    body += [Paragraph(f"{name}: {said}", quiet=True) for name, said in _settings(question)]
    return body


def _facts(question: Question) -> list[str]:
    facts = [question.id, question.kind]
    if kind_of(question).quizzed:
        facts.append("1 point" if question.points == 1 else f"{question.points} points")
    facts += [f"{question.time} s in an exam"] if question.time else []
    facts += [question.difficulty] if question.difficulty else []
    facts += [f"credit {question.credit}"] if question.credit else []
    if question.shuffle is not None:
        facts.append("shuffled" if question.shuffle else "not shuffled")
    facts += [f"formerly {listed(question.formerly)}"] if question.formerly else []
    return facts


def _sides(question: Question, bank: str) -> Body:
    """The front and the back of each card."""
    body: Body = []
    for card in cards_in(bank, question):
        body += [Line("")] if body else []
        body.append(Markup(front(card), f"{card.gap}: " if card.gap else ""))
        body.append(Markup(back(card), "✓ "))
    return body


def _option(option: Option, *, keyless: bool) -> Body:
    sign = "" if keyless else "✓ " if option.correct else "✗ "
    body: Body = [Markup(option.text, f"{sign}{option.id}: ")]
    body += [Markup(text, "  ", _BELOW) for text in (option.feedback, option.missed) if text]
    told = [f"claims {_said(option.claim)}"] if option.claim is not None else []
    told += ["stays last"] if option.last else []
    return [*body, *([Line(f"  {' · '.join(told)}")] if told else [])]


def _answers(question: Question) -> Iterator[Any]:
    """All that is right and what is foreseen, by the form in which it is answered."""
    own, kind = question.own, kind_of(question)
    if question.keyless:
        yield from (Markup(left.text, f"{left.id}: ") for left in kind.lefts(question))
        yield from (Markup(part.text, f"{part.id}: ") for part in kind.parts(question))
    elif kind.form == "pairs":
        for pair in own["pairs"]:
            right = f" ({pair['right_id']})" if "right_id" in pair else ""
            yield Markup(f"{pair['left']}: {pair['right']}", f"✓ {pair['id']}{right}: ")
            yield from _feedback(pair)
        for text in own.get("distractors", ()):
            yield Markup(text, "✗ ")
    elif kind.form == "order":
        for place, item in enumerate(own["items"], 1):
            yield Markup(item["text"], f"✓ {place}. {item['id']}: ")
    elif "answers" in own or "answer" in own:
        yield from (Line(f"✓ {text}") for text in own.get("answers") or kind.key(question))
        yield from (Line(f"✓ /{pattern}/") for pattern in own.get("patterns", ()))
    elif said := kind.back(question, ""):
        yield Markup(said, "✓ ")
    for each in foreseen(question):
        yield Markup(f"{each.answer}: {each.feedback}", "✗ ")
        if each.claim is not None:
            yield Line(f"  claims {_said(each.claim)}")


def _feedback(part: Mapping[str, str]) -> Body:
    return [Markup(part["feedback"], "  ", _BELOW)] if part.get("feedback") else []


def _settings(question: Question) -> Iterator[tuple[str, str]]:
    """What else is written, as it is written: under variables, and not under their values."""
    if question.tags:
        yield "tags", _said(question.tags)
    if question.demo:
        numbers = f" with {_said(question.demo.parameters)}" if question.demo.parameters else ""
        yield "demo", f"{question.demo.name}{numbers}"
    for name, said in question.own.items():
        if name == "variables":
            yield from ((variable, _said(drawn)) for variable, drawn in said.items())
        elif name not in _IN_LINES:
            yield name.replace("_", " "), _said(said)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {_said(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_said, value))
    return str(value)
