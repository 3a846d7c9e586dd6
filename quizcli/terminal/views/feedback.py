"""The screen after an answer: what was right, what was wrong, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.quiz.markup import running
from quizcli.quiz.responses import Response
from quizcli.report.words import ended
from quizcli.terminal import plain, plain_grade
from quizcli.terminal.layout import cells
from quizcli.terminal.right_answer import named, right_answer
from quizcli.terminal.views.arranging import outcome
from quizcli.terminal.views.lines import Lines, Page, form_for

if TYPE_CHECKING:
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Option
    from quizcli.quiz.steps import Item
    from quizcli.terminal.style import OutputStyle

SIGNS = {Mark.RIGHT: "✓", Mark.PARTLY: "◐", Mark.WRONG: "✗", Mark.BLANK: "–", Mark.RECORDED: "•"}
SHORT_NAME = 32  # cells of an option's text that can be named within a sentence
STYLES = {
    Mark.RIGHT: "right",
    Mark.PARTLY: "partly",
    Mark.WRONG: "wrong",
    Mark.BLANK: "quiet",
    Mark.RECORDED: "quiet",
}


def feedback(
    item: Item, response: Response, grade: Grade, look: OutputStyle, *, every: bool = False
) -> Lines:
    """The verdict, the reason for each option chosen or missed (of all after no answer, or of
    ``every`` one), and the explanation."""
    page = Page(look, form_for(item.question, look))
    page.blank()
    _headline(page, item, response, grade)
    page.blank()
    outcome(page, item, response)
    for option in item.judged if every else item.explained(response.given):
        _reason(page, item, option, chosen=option.id in response.chosen)
    if reason := item.kind.reason(item.question, response.given):
        page.say(page.text(reason))
    page.blank()
    page.lines += explanation(item, look)
    return page.lines


def has_more_reasons(item: Item, response: Response) -> bool:
    """Whether there are reasons that the feedback of an answer left out."""
    told = item.explained(response.given)
    return any(each.reason(chosen=False) for each in item.judged if each not in told)


def headline(item: Item, response: Response, grade: Grade, look: OutputStyle) -> Lines:
    """The verdict alone."""
    page = Page(look, form_for(item.question, look))
    _headline(page, item, response, grade)
    return page.lines


def every_reason(
    item: Item,
    look: OutputStyle,
    response: Response | None = None,
    *,
    right_alone: bool = False,
) -> Lines:
    """Each option with its sign and its reason, or the right ones alone; the places of an answer
    as the ``response`` has them, or else as they are right."""
    page = Page(look, form_for(item.question, look))
    page.blank()
    if item.kind.form == "typed" and item.kind.graded:
        page.say(right_answer(item, page.text))
    outcome(page, item, response or Response(item.key))
    chosen = response.chosen if response else frozenset[str]()
    for option in item.judged:
        if option.correct or not right_alone:
            _reason(page, item, option, chosen=option.id in chosen)
    page.blank()
    return page.lines


def explanation(item: Item, look: OutputStyle) -> Lines:
    """What to compare an answer with that no program grades, and why the key is right."""
    page = Page(look, form_for(item.question, look))
    if model := plain_grade.model(item):
        page.prose(model, lead=f"{plain_grade.MODEL} ")
        page.blank()
    if item.question.explanation:
        page.prose(item.question.explanation, lead="Why: ")
        page.blank()
    return page.lines


def _headline(page: Page, item: Item, response: Response, grade: Grade) -> None:
    sign, style = SIGNS[grade.mark], STYLES[grade.mark]
    key, chosen = right_answer(item, page.text, SHORT_NAME), _chosen(page, item, response)
    given = page.own(plain.as_typed(item, chosen, "\u201c\u201d"))
    points = plain_grade.points(grade.points, grade.maximum)
    if not item.kind.graded:
        words = plain_grade.not_graded(item, grade)
    elif item.kind.form in {"pairs", "order"}:  # what belongs where stands below
        tally = plain_grade.tally(item, response, grade)
        words = {Mark.RIGHT: "Right.", Mark.PARTLY: f"Partly right, {points}{tally}.",
                 Mark.WRONG: "Wrong."}.get(grade.mark, "Not answered.")  # fmt: skip
    elif grade.mark is Mark.RIGHT:
        words = ended(f"Right: {chosen}")
    elif grade.mark is Mark.BLANK:
        words = f"Not answered. {key}"
    else:
        how = f"Partly right, {points}" if grade.mark is Mark.PARTLY else "Wrong"
        did = "chose" if item.kind.chooses else "answered"
        words = f"{ended(f'{how}: you {did} {given}')} {key}"
    if response.guess:
        words += " (A guess.)"
    page.entry([(" ", ""), (sign, f"sign {style}"), (" ", "")], words, style)


def _chosen(page: Page, item: Item, response: Response) -> str:
    """What was answered."""
    if not item.kind.chooses:
        return page.text(", ".join(item.kind.describe(item.question, response.given)))
    options = [option for option in item.options if option.id in response.chosen]
    return named(item, options, page.text, SHORT_NAME)


def _short(page: Page, option: Option) -> str:
    return " ".join(page.text(option.text).split())


def _column(page: Page, item: Item) -> int | None:
    """How wide a column for the texts of all options is; None where one has no place in it."""
    if not all(running(option.text) for option in item.options):
        return None
    widest = max(cells(page.own(_short(page, option))) for option in item.options)
    return widest if widest <= min(14, page.width // 4) else None


def _reason(page: Page, item: Item, option: Option, *, chosen: bool) -> None:
    sign, style = ("✓", "sign right") if option.correct else ("✗", "sign wrong")
    pointer = "▸" if chosen else " "
    text = _short(page, option)
    lead = [(f" {pointer} {item.letter(option.id)}  ", "accent")]
    reason = option.reason(chosen=chosen)
    column = _column(page, item)
    if column is not None:
        gap = " " * (column - cells(text) + 2)
        marked = [(f"{text}{gap}", ""), (sign, style), (" ", "")]
        page.entry_prose([*lead, *marked], reason)
        return
    page.entry_prose([*lead, (sign, style), (" ", "")], option.text, "title")
    if reason:  # further out than the option's own text, so that they are two without colour too
        page.prose(reason, indent="      ")
