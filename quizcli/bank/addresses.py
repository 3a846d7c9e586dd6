"""What a name is where a bank is named: a file, an id, or an address of the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.faults import SUFFIXES

if TYPE_CHECKING:
    from pathlib import Path


def is_file(name: str) -> bool:
    """Whether a name is that of a file; else it is the id of a bank."""
    return "/" in name or "\\" in name or name.endswith(SUFFIXES)


def file_name(file: str | Path) -> str:
    """The name of a file that is not taken for the id of a bank: ``./quiz``."""
    return str(file) if is_file(str(file)) else f"./{file}"


def refuse_address(name: str, verb: str = "take") -> None:
    """Raises UserError for an address, with what to type instead."""
    if "://" not in name:
        return
    from pathlib import PurePosixPath
    from shlex import quote
    from urllib.parse import urlsplit

    from quizcli.report.codes import UserError

    try:
        file = PurePosixPath(urlsplit(name).path).name or "FILE"
    except ValueError:  # brackets that hold no address of a host
        file = "FILE"
    raise UserError(
        f"{name} is a web address, and quizcli downloads nothing: read what strangers wrote before "
        f"you use it — curl -LO {quote(name)}, then: quizcli {verb} {quote(file)}"
    )


def real_path(path: Path) -> Path:
    """The file or folder behind all links, by which two ways to write one are known; itself for a
    link to itself, or where the working folder was removed: that it cannot be read is told of it
    like of any other."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
