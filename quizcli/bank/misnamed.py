"""Advice where a name is that of no bank: by what lies there, or beside it."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

from quizcli.bank.faults import SUFFIXES
from quizcli.report.words import nearest


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder; one that no file can have is of none."""
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def what_lies_here(name: str) -> str:
    """What lies under a name that is the id of no bank, and what may be meant; "" for nothing."""
    if is_folder(name):
        return f"'{name}' is a folder — {_bank_within(Path(name))}"
    file = _with_suffix(Path(name), _banks(Path(name).parent))
    return f"no bank is called '{name}' — did you mean '{file}'?" if file else ""


def advice(path: Path) -> str:
    """What to do about a file that cannot be read."""
    if is_folder(str(path)):
        return _bank_within(path)
    try:
        is_there = path.exists() or path.is_symlink()  # a link may lead nowhere, or to itself
    except OSError:
        is_there = False
    there = [] if is_there else _banks(path.parent)
    close = _with_suffix(path, there) or nearest(path.name, there)
    if close:
        return f"did you mean '{path.with_name(close).as_posix()}'?"
    if len(path.parts) == 2 and not (path.suffix or path.parent.exists()):
        return f"a question cannot be named here, only its bank: {path.parent}"
    return "check the name, or list what there is: quizcli bank list"


def _with_suffix(path: Path, names: list[str]) -> str:
    return next((name for name in names if name in {path.name + end for end in SUFFIXES}), "")


def _bank_within(folder: Path) -> str:
    names = [name for name in _banks(folder) if not name.startswith(".")]
    if not names:
        return "there is no bank in it"
    return f"name a bank in it, such as {quote((folder / names[0]).as_posix())}"


def _banks(folder: Path) -> list[str]:
    try:
        return sorted(file.name for file in folder.iterdir() if file.name.endswith(SUFFIXES))
    except (OSError, ValueError):
        return []
