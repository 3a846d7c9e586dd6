"""What ``doctor`` finds out, and says."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from shlex import quote
from typing import TYPE_CHECKING, Any

from quizcli.journal.attempts import Journal
from quizcli.journal.backups import backups, folder_of
from quizcli.journal.examining import Examined, examine
from quizcli.journal.file import JournalError
from quizcli.report.codes import ExitCode
from quizcli.report.result import Heading, Line, Paragraph, Result
from quizcli.report.words import counted
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quizcli.cli.context import Context

PACKAGES = ("typer", "rich", "pyyaml", "numpy", "fsrs", "platformdirs")
SHOWN = 20  # rows that cannot be read


# What a person reads in the place of a key of the data.
_CALLED = {"own banks": "your banks", "shipped banks": "included banks"}


def examined(context: Context, *, plain: bool = False) -> Result:
    """All of it; the exit code says whether the journal is whole."""
    places = _places(context)
    terminal = _terminal(context, plain=plain)
    versions = _versions()
    journal, trouble = _journal(context)
    copies = backups(context.journal_path)
    rows = [*map(str, journal.unreadable)] if journal else []
    is_whole = journal is not None and not journal.unreadable and journal.integrity == "ok"
    data = {
        "versions": versions,
        "places": {name: {"path": str(path), "bytes": size} for name, path, size in places},
        "terminal": terminal,
        "journal": {
            "state": trouble or ("whole" if is_whole else "damaged in part"),
            "schema": journal.schema if journal else None,
            "integrity": journal.integrity if journal else None,
            "attempts": journal.attempts if journal else None,
            "reviews": journal.reviews if journal else None,
            "unreadable_rows": rows,
            "states_derived_anew": journal.derived_anew if journal else 0,
        },
        "backups": [{"file": str(copy), "bytes": copy.stat().st_size} for copy in copies],
        "last_backup": _changed(copies[-1]) if copies else None,
    }
    body = [
        Heading("Versions"),
        Paragraph(", ".join(f"{name} {number}" for name, number in versions.items())),
        Heading("Files and folders"),
        *_listed([(_CALLED.get(name, name), _size(size), path) for name, path, size in places]),
        Heading("Terminal"),
        Paragraph(", ".join(f"{name} {_word(value)}" for name, value in terminal.items())),
        Heading("Journal"),
        *_said(journal, trouble, rows),
        Heading("Copies of the journal"),
        *_said_copies(copies, context.journal_path),
    ]
    broken = trouble not in {"", "none yet"} or (journal is not None and not is_whole)
    return Result(
        data=data, body=tuple(body), exit_code=ExitCode.JOURNAL if broken else ExitCode.DONE
    )


def _places(context: Context) -> list[tuple[str, Path, int | None]]:
    paths = context.env.paths
    from quizcli.bank.shelf import own_folder, shipped

    places = [
        ("journal", context.journal_path),
        ("settings", context.config.path),
        ("cache", paths.cache),
        ("own banks", own_folder(paths)),
        ("shipped banks", shipped()),
    ]
    return [(name, path, _bytes(path)) for name, path in places]


def _bytes(path: Path) -> int | None:
    """The size of a file, or of what lies in a folder; None where there is none."""
    try:
        if not path.is_dir():
            return path.stat().st_size
        return sum(each.stat().st_size for each in path.iterdir() if each.is_file())
    except OSError:
        return None


def _terminal(context: Context, *, plain: bool) -> dict[str, Any]:
    style = context.style(plain=plain)
    return {
        "interactive": context.env.interactive,
        "columns": style.width,
        "rows": style.height,
        "colour": bool(style.colour),
        "unicode": style.unicode,
        "plain": style.plain,
    }


def _versions() -> dict[str, str]:
    import sqlite3

    found = {"quizcli": __version__, "Python": platform.python_version()}
    found["SQLite"] = sqlite3.sqlite_version
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
    return found


def _journal(context: Context) -> tuple[Examined | None, str]:
    """What the journal holds, or why it cannot be read."""
    if not context.journal_path.exists():
        return None, "none yet"
    from quizcli.scheduling.memory import checked_parameters

    try:
        journal: Journal = context.journal
        found = examine(journal, context.card_states, checked_parameters)
    except JournalError as error:
        return None, str(error)
    journal.unreadable.clear()  # they are told here, all of them
    return found, ""


def _said(journal: Examined | None, trouble: str, rows: list[str]) -> list[Paragraph | Line]:
    if journal is None:
        return [Paragraph("None yet." if trouble == "none yet" else trouble)]
    said: list[Paragraph | Line] = []
    whole = "intact" if journal.integrity == "ok" else f"not intact: {journal.integrity}"
    said.append(
        Paragraph(
            f"The file is {whole}. {counted(journal.attempts, 'attempt')}, "
            f"{counted(journal.reviews, 'review')}, schema {journal.schema}."
        )
    )
    if journal.derived_anew:
        cards = counted(journal.derived_anew, "card")
        said.append(Paragraph(f"The state of {cards} was invalid and has been recomputed."))
    if rows:
        first = counted(len(rows), "row")
        said.append(Paragraph(f"{first} that are invalid and left out everywhere:"))
        said += [Line(f"  {row}") for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            said.append(Line(f"  and {len(rows) - SHOWN} more (--json lists all)"))
    return said


def _said_copies(copies: list[Path], journal: Path) -> list[Paragraph | Line]:
    if not copies:
        return [Paragraph("None yet. One a day is saved in:"), Line(f"  {folder_of(journal)}")]
    return [
        *_listed([(_changed(copy), _size(copy.stat().st_size), copy) for copy in copies]),
        Line(""),
        Paragraph("To restore one:"),
        Line(f"  quizcli doctor --restore {quote(str(copies[-1]))}", accent=True),
    ]


def _listed(rows: Sequence[tuple[str, str, Path]]) -> list[Line]:
    """What it is, its size and its path, which stands last and is never broken: it is there to be
    copied, and may hold spaces."""
    first, second = (max(map(len, texts)) for texts in zip(*(row[:2] for row in rows), strict=True))
    return [Line(f"  {what:<{first}}  {of:>{second}}  {path}") for what, of, path in rows]


def _changed(path: Path) -> str:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _size(size: int | None) -> str:
    if size is None:
        return "–"
    for unit, of in (("MB", 1_000_000), ("kB", 1000)):
        if size >= of:
            return f"{size / of:.1f} {unit}"
    return f"{size} B"


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
