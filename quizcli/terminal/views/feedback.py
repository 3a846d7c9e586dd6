"""The screen after an answer: what was right, what was wrong, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.terminal import plain
from quizcli.terminal.views.lines import Lines, Page, form_for

if TYPE_CHECKING:
    from quizcli.quiz.grading import Grade, Response
    from quizcli.quiz.model import Option
    from quizcli.quiz.session import Item
    from quizcli.terminal.look import Look

SIGNS = {Mark.RIGHT: "✓", Mark.PARTLY: "◐", Mark.WRONG: "✗", Mark.BLANK: "–"}
STYLES = {Mark.RIGHT: "right", Mark.PARTLY: "partly", Mark.WRONG: "wrong", Mark.BLANK: "quiet"}


def feedback(item: Item, response: Response, grade: Grade, look: Look) -> Lines:
    """The verdict, the reason for each option chosen or missed, and the explanation."""
    page = Page(look, form_for(item.question, look))
    page.blank()
    _headline(page, item, response, grade)
    page.blank()
    for option in item.options:
        if option.id in response.chosen or option.correct:
            _reason(page, item, option, chosen=option.id in response.chosen)
    if item.question.explanation:
        page.blank()
        page.say("Why: " + page.text(item.question.explanation))
    page.blank()
    return page.lines


def headline(item: Item, response: Response, grade: Grade, look: Look) -> Lines:
    """The verdict alone."""
    page = Page(look, form_for(item.question, look))
    _headline(page, item, response, grade)
    return page.lines


def every_reason(item: Item, look: Look, chosen: frozenset[str] = frozenset()) -> Lines:
    """Each option with its sign and its reason."""
    page = Page(look, form_for(item.question, look))
    page.blank()
    for option in item.options:
        _reason(page, item, option, chosen=option.id in chosen)
    page.blank()
    return page.lines


def _headline(page: Page, item: Item, response: Response, grade: Grade) -> None:
    sign, style = SIGNS[grade.mark], STYLES[grade.mark]
    key = _named(page, item, [option for option in item.options if option.correct])
    chosen = _named(page, item, [o for o in item.options if o.id in response.chosen])
    points = plain.points(grade.points, grade.maximum)
    if grade.mark is Mark.RIGHT:
        words = f"Right: {chosen}."
    elif grade.mark is Mark.BLANK:
        words = f"Not answered. The answer is {key}."
    elif grade.mark is Mark.PARTLY:
        words = f"Partly right, {points}: you ticked {chosen}. The answer is {key}."
    else:
        words = f"Wrong: you chose {chosen}. The answer is {key}."
    if response.guess:
        words += " (A guess.)"
    page.entry([(f" {sign} ", style)], words, style)


def _named(page: Page, item: Item, options: list[Option]) -> str:
    """``b, 100``: letters with their texts where these are short, else letters alone."""
    texts = [" ".join(page.text(option.text).split()) for option in options]
    if sum(map(len, texts)) > 32:
        return " and ".join(item.letter(option.id) for option in options)
    return " and ".join(
        f"{item.letter(option.id)}, {text}" for option, text in zip(options, texts, strict=True)
    )


def _reason(page: Page, item: Item, option: Option, *, chosen: bool) -> None:
    sign, style = ("✓", "right") if option.correct else ("✗", "wrong")
    pointer = "▸" if chosen else " "
    text = " ".join(page.text(option.text).split())
    lead = [(f" {pointer} {item.letter(option.id)}  ", "accent")]
    reason = option.feedback
    if option.correct and not chosen:
        reason = option.missed or option.feedback
    if len(text) <= min(14, page.width // 4):
        lead += [(f"{text:<6} ", ""), (f"{sign} ", style)]
        page.entry(lead, page.text(reason))
        return
    page.entry([*lead, (f"{sign} ", style)], text)
    if reason:
        page.say(page.text(reason), "quiet", indent="        ")
