"""What ``class`` verbs read and write: hand-ins, tables of answers, grade books."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quizcli.cli.options import check_rule
from quizcli.cli.output import write_whole
from quizcli.cli.progress import ProgressLine
from quizcli.quiz.cards import id_now, new_ids
from quizcli.report.codes import ExitCode, UserError
from quizcli.report.result import Result
from quizcli.report.words import counted, did_you_mean
from quizcli.scores.class_grading import graded_class, read_files
from quizcli.scores.class_results import (
    class_notices,
    exit_code,
    file_notices,
    graded_said,
    refusals,
)
from quizcli.scores.formats import BOOKS, written_book
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.hand_in_files import found_files
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.policies import read_rules
from quizcli.scores.tries import TryPile
from quizcli.uncollected import uncollected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quizcli.cli.context import Context
    from quizcli.scores.item_report import ClassReport
    from quizcli.scores.repairs import Repair, Wish
    from quizcli.scores.tables import CsvTable

_BOM = "\ufeff"
_SHOWN = 10


class Class:
    """The hand-ins of a class: ``paths`` are files and folders, ``responses`` tables."""

    def __init__(
        self,
        context: Context,
        bank: str,
        paths: Sequence[str],
        responses: Sequence[str],
        *,
        credit: str | None = None,
        as_asked: bool = False,
    ) -> None:
        if not paths and not responses:
            raise UserError(
                "name hand-ins, or a folder of them: quizcli class grade BANK hand-ins/ — or a "
                "table of answers: --responses FILE.csv"
            )
        if credit is not None:
            check_rule(credit)
        folder = context.env.cwd
        missing = [path for path in (*paths, *responses) if not _is_there(folder, path)]
        if missing:
            raise UserError(
                "\n".join(f"{path} does not exist — check the name" for path in missing)
            )
        self._context, self._paths, self._responses = context, paths, responses
        self._reader = HandInReader(context.named_bank(bank), credit, as_asked=as_asked)
        self.notices: list[str] = []

    def repair(self, wishes: Sequence[Wish], reason: str, *, never_lower: bool) -> Repair:
        """The repair of the bank that is wished for."""
        from quizcli.scores.repairs import checked_repair

        bank, questions = self._reader.bank, self._reader.questions
        return checked_repair(wishes, bank, questions, reason, never_lower=never_lower)

    def repair_in(self, file: str) -> Repair:
        """The repair in a file."""
        from quizcli.scores.repair_files import read_repair

        path = self._context.env.cwd / file
        return read_repair(path, file, self._reader.bank, self._reader.questions)

    @uncollected()
    def graded(
        self,
        policy: str = "best",
        late: str | None = None,
        due: str | None = None,
        roster: str | None = None,
        overrides: str | None = None,
        column: str | None = None,
        repair: Repair | None = None,
    ) -> GradeBook:
        """The marks of the class."""
        from quizcli.scores.overrides import read_overrides
        from quizcli.scores.responses import read_responses
        from quizcli.scores.roster import read_roster

        context, reader, folder = self._context, self._reader, self._context.env.cwd
        rules = read_rules(policy, late, due, context.env.zone)
        if rules.by_try and reader.bank.draw:
            raise UserError(
                f"{reader.bank.id} draws different questions for each try — choose --policy "
                "best, last, first or mean"
            )
        known = read_roster(folder / roster, roster) if roster else None
        pile = TryPile(HandInStore(reader.earned), known)
        decided = []
        if overrides:
            names = new_ids(reader.bank)
            decided = read_overrides(folder / overrides, overrides, reader.questions, names)
        count = sum(1 for _ in found_files(folder, self._paths))
        if self._paths and not count:
            raise UserError(f"there is no file in {', '.join(self._paths)}")
        with ProgressLine(context.env, "read", count) as line:
            read_files(found_files(folder, self._paths), reader, pile, line.step)
        for table in self._responses:
            self.notices += read_responses(folder / table, table, reader, pile)
        grades, notes = graded_class(pile, reader, rules, decided, overrides or "", repair)
        for text in self.notices:
            context.notice(text)
        title = " ".join((column or reader.bank.title).split())
        questions = reader.questions
        if repair is not None:
            from quizcli.scores.repaired_marks import repaired

            questions = {id: repaired(question, repair) for id, question in questions.items()}
        return GradeBook(reader.bank, questions, grades, notes, rules.words, title, repair)


class AnalysedClass(NamedTuple):
    """An item analysis and what it was made of: a ``book``, or a table of marks; and the questions
    ``chosen``, the answers to which are shown."""

    title: str
    report: ClassReport
    book: GradeBook | None
    chosen: Sequence[str]

    def result(self) -> Result:
        """It at a terminal."""
        from quizcli.scores.item_results import report_result

        found = report_result(self.report, self.title, self.chosen)
        if self.book is None:
            return found
        notes = self.book.notes
        return replace(found, notices=tuple(refusals(notes)), exit_code=exit_code(notes))


def analysed(
    context: Context,
    bank: str | None,
    paths: Sequence[str],
    responses: Sequence[str],
    marks: str | None,
    chosen: Sequence[str],
    *,
    priors: bool,
    credit: str | None,
    repair: str | None,
    as_asked: bool,
) -> AnalysedClass:
    """The item analysis of hand-ins, or of a table of ``marks`` without a bank."""
    from quizcli.scores.item_report import class_report
    from quizcli.scores.marks_table import read_marks

    if marks is not None:
        if bank is not None or paths or responses or repair:
            raise UserError("--marks takes no bank, no hand-ins and no repair — leave these out")
        found = read_marks(context.env.cwd / marks, marks)
        _refuse_unknown(chosen, found.questions)
        return AnalysedClass(marks, class_report(found, {}, priors=priors), None, chosen)
    if bank is None:
        raise UserError("name the bank and hand-ins, or a table of marks: --marks FILE.csv")
    hand_ins = Class(context, bank, paths, responses, credit=credit, as_asked=as_asked)
    book = hand_ins.graded(repair=None if repair is None else hand_ins.repair_in(repair))
    report = report_of(book, priors=priors)
    if report is None:
        said = refusals(book.notes)
        more = [f"and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
        raise UserError("\n".join(["nothing could be graded:", *said[:_SHOWN], *more]))
    chosen = [id_now(book.bank, id) for id in chosen]
    _refuse_unknown(chosen, [item.question for item in report.items])
    return AnalysedClass(book.bank.title, report, book, chosen)


@uncollected()
def report_of(book: GradeBook, *, priors: bool = True) -> ClassReport | None:
    """The item analysis of a graded class; None where nobody was graded."""
    from quizcli.scores.class_answers import class_answers
    from quizcli.scores.item_report import class_report

    found = class_answers(book.grades, book.questions)
    return class_report(found, book.questions, priors=priors) if len(found.marks) else None


def _refuse_unknown(chosen: Sequence[str], questions: Sequence[str]) -> None:
    """Raises UserError for a question that is to be shown and is not there."""
    for id in chosen:
        if id not in questions:
            hint = did_you_mean(id[:80], questions, "its questions are")
            raise UserError(f"there is no question '{id[:80]}' — {hint}")


def _is_there(folder: Path, path: str) -> bool:
    try:
        return (folder / path).exists() or (folder / path).is_symlink()
    except (OSError, ValueError):
        return False


def written_feedback(context: Context, book: GradeBook, folder: Path, *, force: bool) -> str:
    """Write a page for each student into a folder. Returns what was done; raises UserError, before
    anything is written, where a page is there already."""
    from quizcli.scores.feedback_pages import feedback_names, feedback_pages

    whole = context.env.cwd / folder
    names = list(feedback_names(book))
    try:
        whole.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise UserError(f"{folder} cannot be created: {reason}", ExitCode.FAILED) from None
    there = [name for name in names if (whole / name).exists()]
    if there and not force:
        raise UserError(f"{folder / there[0]} already exists — overwrite it with --force")
    with ProgressLine(context.env, "wrote", len(names)) as line:
        for name, text in feedback_pages(book):
            write_whole(context, folder / name, text, force=True)
            line.step()
    return f"{counted(len(names), 'page')} of feedback written to {folder}"


@uncollected()
def written_books(
    context: Context,
    book: GradeBook,
    wanted: Sequence[tuple[str, Path | None]],
    template: CsvTable | None,
    *,
    bom: bool,
    force: bool,
) -> Result:
    """Write each format to its file, or return the one that has none; with what their systems will
    do, and what is to be said of files."""
    notices = [*file_notices(book.notes), *class_notices(book.grades)]
    code, raw = exit_code(book.notes), ""
    files = [written_book(name, book, template) for name, _ in wanted]
    for (name, output), file in zip(wanted, files, strict=True):
        notices += [f"{name}: {text}" for text in file.notices]
        code = ExitCode.FAILED if file.unplaced else code
        mark = (_BOM,) if bom and BOOKS[name].spreadsheet else ()
        if output is None:
            raw = "".join((*mark, file.text))
        else:
            write_whole(context, output, chain(mark, file.parts), force=force)
            notices.append(f"written to {output}: {graded_said(book)}")
    return Result(raw=raw, notices=tuple(notices), exit_code=code)
