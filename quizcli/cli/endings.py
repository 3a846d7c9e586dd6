"""What the name of a file says that it is: a file of another kind is not written under it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable

# Endings that say what a file holds. Any other is a part of a name, as in ``week.2``.
_SAYING = frozenset((
    ".csv", ".tsv", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".md", ".markdown", ".txt",
    ".html", ".htm", ".xml", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tiff",
    ".pdf", ".eps", ".ps", ".tex", ".rtf", ".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods",
    ".ppt", ".pptx", ".zip", ".gz", ".db", ".sqlite", ".sqlite3", ".parquet", ".apkg",
))  # fmt: skip


def another_kind(path: Path, *endings: str) -> str:
    """What is wrong where the name of a file says another kind than these ``endings`` do; "" where
    nothing is."""
    found = path.suffix.lower()
    if found in endings or found not in _SAYING:
        return ""
    example = f"{path.name[: -len(found)]}{endings[0]}"
    return (
        f"{path} cannot be saved as {found[1:].upper()} — use a name that ends in "
        f"{listed(endings, 'or')}, such as {example}"
    )


def ending_in(*endings: str) -> Callable[[Path | None], Path | None]:
    """The callback of an option that names a file to be written."""

    def checked(path: Path | None) -> Path | None:
        if path is not None and (wrong := another_kind(path, *endings)):
            raise typer.BadParameter(wrong)
        return path

    return checked
