"""What ``class`` verbs read and write: hand-ins, tables of answers, grade books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.cli.output import write_whole
from quizcli.cli.progress import ProgressLine
from quizcli.report.codes import ExitCode, UserError
from quizcli.report.result import Result
from quizcli.report.words import did_you_mean
from quizcli.scores.class_grading import graded_class, read_files
from quizcli.scores.class_results import class_notices, exit_code, refusals
from quizcli.scores.gradebooks.book import GradeBook
from quizcli.scores.gradebooks.formats import writer
from quizcli.scores.hand_in_files import found_files
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.policies import read_rules
from quizcli.scores.tries import TryPile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quizcli.cli.context import Context
    from quizcli.scores.tables import CsvTable

_BOM = "\ufeff"


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
        from quizcli.quiz.credit import RULES

        if not paths and not responses:
            raise UserError(
                "name hand-ins, or a folder of them: quizcli class grade BANK hand-ins/ — or a "
                "table of answers: --responses FILE.csv"
            )
        if credit is not None and credit not in RULES:
            hint = did_you_mean(credit[:80], tuple(RULES), "there are")
            raise UserError(f"no credit rule is called '{credit[:80]}' — {hint}")
        folder = context.env.cwd
        missing = [path for path in (*paths, *responses) if not _is_there(folder, path)]
        if missing:
            raise UserError("\n".join(f"{path} is not there — check the name" for path in missing))
        self._context, self._paths, self._responses = context, paths, responses
        self._reader = HandInReader(context.shelf.open(bank), credit, as_asked=as_asked)
        self.notices: list[str] = []

    def graded(
        self,
        policy: str = "best",
        late: str | None = None,
        due: str | None = None,
        roster: str | None = None,
        overrides: str | None = None,
        column: str | None = None,
    ) -> GradeBook:
        """The marks of the class."""
        from quizcli.scores.overrides import read_overrides
        from quizcli.scores.responses import read_responses
        from quizcli.scores.roster import read_roster

        context, reader, folder = self._context, self._reader, self._context.env.cwd
        rules = read_rules(policy, late, due, context.env.zone)
        if rules.by_try and reader.bank.draw:
            raise UserError(
                f"{reader.bank.id} draws other questions for each try — say --policy best, last, "
                "first or mean"
            )
        pile = TryPile(read_roster(folder / roster, roster) if roster else None)
        decided = (
            read_overrides(folder / overrides, overrides, reader.questions) if overrides else []
        )
        files = list(found_files(folder, self._paths))
        if self._paths and not files:
            raise UserError(f"there is no file in {', '.join(self._paths)}")
        with ProgressLine(context.env, "read", len(files)) as line:
            read_files(files, reader, pile, line.step)
        for table in self._responses:
            self.notices += read_responses(folder / table, table, reader, pile)
        grades, notes = graded_class(pile, reader, rules, decided, overrides or "")
        for text in self.notices:
            context.notice(text)
        title = " ".join((column or reader.bank.title).split())
        return GradeBook(reader.bank, reader.questions, grades, notes, rules.words, title)


def _is_there(folder: Path, path: str) -> bool:
    try:
        return (folder / path).exists() or (folder / path).is_symlink()
    except (OSError, ValueError):
        return False


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
    do, and the files that were not graded."""
    notices = [*refusals(book.notes), *class_notices(list(book.grades))]
    code, raw = exit_code(book.notes), ""
    files = [writer(name, template)(book) for name, _ in wanted]
    for (name, output), file in zip(wanted, files, strict=True):
        notices += [f"{name}: {text}" for text in file.notices]
        code = ExitCode.FAILED if file.unplaced else code
        text = _BOM + file.text if bom and name in {"students", "items", "events"} else file.text
        if output is None:
            raw = text
        else:
            write_whole(context, output, text, force=force)
            notices.append(f"written to {output}")
    return Result(raw=raw, notices=tuple(notices), exit_code=code)
