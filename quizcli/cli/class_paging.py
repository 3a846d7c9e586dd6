"""A class as a page to keep: its marks, and what its items are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.grading import report_of
from quizcli.cli.paging import asked_question, made_with
from quizcli.pages.page import PageSection, page
from quizcli.report.result import Paragraph
from quizcli.report.words import counted, listed, percent
from quizcli.scores.class_results import class_blocks
from quizcli.scores.item_pictures import facility_map, score_spread
from quizcli.scores.item_results import (
    flag_blocks,
    is_flagged,
    item_blocks,
    item_table,
    model_blocks,
    option_meanings,
    quiz_table,
    short_flag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quizcli.cli.grading import AnalysedClass
    from quizcli.quiz.model import Bank, Question
    from quizcli.scores.gradebooks.book import GradeBook
    from quizcli.scores.item_report import ClassReport, ItemReport


def graded_page(book: GradeBook, again: Sequence[str]) -> str:
    """The marks of a class, its items, its students, and what is to be said of files. ``again`` is
    the command that makes the page."""
    parts, report = class_blocks(book), report_of(book)
    flags = flag_blocks(report.items) if report else []
    sections = [PageSection("", (*parts.facts, *flags, *parts.spread))]
    if parts.files:
        sections.append(PageSection("Files", tuple(parts.files)))
    if report:
        sections += _analysis(report, book.bank, book.questions)
    sections.append(PageSection("Students", (parts.students,)))
    return page(book.bank.title, sections, made_with(again, book.bank))


def analysed_page(found: AnalysedClass, again: Sequence[str]) -> str:
    """The item analysis of a class, with every item. ``again`` is the command that makes it."""
    report, book = found.report, found.book
    said = f"{counted(report.quiz.n, 'student')}, {counted(len(report.items), 'item')}"
    opening = Paragraph(f"{said}, {report.maximum:g} points.")
    flags = flag_blocks(report.items)
    sections = [PageSection("", (opening, *flags, *score_spread(report.totals)))]
    bank, questions = (book.bank, book.questions) if book else (None, {})
    sections += _analysis(report, bank, questions)
    if book and (files := class_blocks(book, 0).files):
        sections.append(PageSection("Files", tuple(files)))
    return page(found.title, sections, made_with(again, bank))


def _analysis(
    report: ClassReport, bank: Bank | None, questions: Mapping[str, Question]
) -> Iterator[PageSection]:
    yield PageSection("The quiz", (_FIRST_TRIES, *quiz_table(report)))
    wrong = [item.question for item in report.items if is_flagged(item)]
    note = f"✗ {listed(wrong)}" if wrong else ""
    answers = [option_meanings()] if any(item.options for item in report.items) else []
    body = (*item_table(report.items), *facility_map(report.items), *answers)
    yield PageSection("The items", body, note=note)
    for item in report.items:
        body = (*flag_blocks([item]), *item_blocks(item, figures=True))
        question = questions.get(item.question)
        asked = asked_question(bank, question) if bank and question else None
        yield PageSection(item.title, body, asked, _note(item))
    if model := model_blocks(report):
        yield PageSection("What the items say about ability", tuple(model))


_FIRST_TRIES = Paragraph(
    "Based on each student's first try, as the bank grades it, without late penalties or manual "
    "marks.",
    quiet=True,
)


def _note(item: ItemReport) -> str:
    facility = item.figures.facility
    solved = "" if facility is None else f"{percent(100 * facility)}% of its points"
    return " · ".join(filter(None, (solved, short_flag(item))))


def typed(
    verb: str, names: Sequence[str], **options: str | Sequence[str] | bool | None
) -> list[str]:
    """The words of a command of ``class``: ``as_asked=True`` is ``--as-asked``."""
    words = ["quizcli", "class", verb, *names]
    for name, said in options.items():
        option = f"--{name.replace('_', '-')}"
        if said is True:
            words.append(option)
        elif said:
            values = [said] if isinstance(said, str) else said
            words += [word for value in values for word in (option, value)]
    return words
