"""Forms on paper and their key, as pages to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.pages.page import PageSection, page
from quizcli.pages.sheets import PaperForm, sheets
from quizcli.quiz.drawing import titled
from quizcli.report.codes import UserError
from quizcli.report.result import Columns, Commands, Paragraph
from quizcli.report.words import listed
from quizcli.scores.printed_forms import PrintedForm
from quizcli.scores.rows import plain_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Bank, Question
    from quizcli.quiz.steps import Item


def printed_forms(bank: Bank, count: int, first: int) -> list[PrintedForm]:
    """So many forms, from the seed ``first`` on. Raises UserError for a bank that has no key or
    nothing to ask."""
    if bank.keyless:
        raise UserError(f"{bank.id} is a handout — name the bank it was made from")
    return [PrintedForm(bank, first + n) for n in range(count)]


def alike(forms: Sequence[PrintedForm]) -> list[str]:
    """A word on forms that came out the same."""
    by_order: dict[object, list[str]] = {}
    for form in forms:
        by_order.setdefault(form.order, []).append(form.code)
    same = [codes for codes in by_order.values() if len(codes) > 1]
    why = "a bank with few questions, or with 'shuffle: false', has few orders"
    return [f"forms {listed(codes)} are the same: {why}" for codes in same]


def forms_page(forms: Sequence[PrintedForm]) -> str:
    """The forms."""
    bank = forms[0].bank
    papers = [
        PaperForm(form.code, form.items, [_worth(item.question) for item in form.items])
        for form in forms
    ]
    return sheets(bank.title, papers, bank.language)


def _worth(question: Question) -> str:
    most = plain_number(question.points)
    return "1 point" if most == 1 else f"{most} points"


def key_page(forms: Sequence[PrintedForm], called: str) -> str:
    """What is right on each form, and how the answers come back to the bank, which is ``called``
    so."""
    bank = forms[0].bank
    how = Paragraph(
        "Type the answers into a table with one row per student and the columns student, form, "
        f"and 1 to {max(len(form.items) for form in forms)} for the numbers on paper; each cell "
        "holds the letters marked on that form, or what was written."
    )
    command = Commands(((f"quizcli class grade {called} --responses answers.csv", "grades them"),))
    sections = [PageSection("", (how, command))]
    for form in forms:
        rows = tuple(
            (str(n), _right(item), titled(item.question), _worth(item.question))
            for n, item in enumerate(form.items, 1)
        )
        table = Columns(("No.", "Right", "Question", "Worth"), rows)
        sections.append(PageSection(f"Form {form.code}", (table,)))
    return page(f"Key: {bank.title}", sections)


def _right(item: Item) -> str:
    """The key as it stands on the paper: letters, or words."""
    if not item.kind.graded:
        return "marked by hand"
    return item.kind.line(item.question, item.shown, item.key)
