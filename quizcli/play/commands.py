"""What to type to take, review or turn a bank again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.env import Environment
    from quizcli.quiz.model import Bank


def bank_name(env: Environment, bank: str, file: str) -> str:
    """How a bank is named in a command: by its id where that means this very file, else by the
    file."""
    place = env.cwd / file
    # A file that is gone may have been the shipped one of another installation.
    if is_shelved(env, bank, file) or not place.exists():
        return bank
    if (packages := _packages(place)) and is_shelved(env, bank, file, packages):
        return bank
    from shlex import quote

    from quizcli.bank.addresses import file_name

    return quote(file_name(file))


def is_shelved(env: Environment, bank: str, file: str, packages: Sequence[Path] = ()) -> bool:
    """Whether the id of a bank means this file, on the shelf or in the folders of ``packages``:
    another one may be used for it."""
    from quizcli.bank.shelf import NoSuchBankError, real_path, shelf_of

    shelf = shelf_of(env.paths, installed=lambda: packages).with_installed()
    place = real_path(env.cwd / file)
    if place.parent not in map(real_path, shelf.folders):
        return False
    try:
        return real_path(shelf.file(bank)) == place
    except NoSuchBankError:
        return False


def _packages(file: Path) -> Sequence[Path]:
    """The folders of installed packages that bring banks. To look through what is installed takes
    longer than a start, so it is done for a file that lies among it."""
    import sys

    from quizcli.bank.installed import installed
    from quizcli.bank.shelf import real_path

    parents = real_path(file).parents
    is_among = any(real_path(Path(path)) in parents for path in sys.path if path)
    return installed(tuple(sys.path)).folders if is_among else ()


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again."""
    return f"quizcli {verb} {bank_name(env, bank.id, bank.file)}"
