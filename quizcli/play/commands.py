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
    from shlex import quote

    from quizcli.bank.addresses import file_name
    from quizcli.bank.shelf import shelf_of

    place = env.cwd / file
    shelf = shelf_of(env.paths, installed=lambda: _packages(place))
    # A file that is gone may have been the shipped one of another installation.
    if shelf.means(bank, place) or not place.exists() or shelf.with_installed().means(bank, place):
        return bank
    return quote(file_name(file))


def _packages(file: Path) -> Sequence[Path]:
    """The folders of installed packages that bring banks. To look through what is installed takes
    longer than a start, so it is done for a file that lies among it."""
    import sys

    from quizcli.bank.addresses import real_path
    from quizcli.bank.installed import installed

    parents = real_path(file).parents
    is_among = any(real_path(Path(path)) in parents for path in sys.path if path)
    return installed(tuple(sys.path)).folders if is_among else ()


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again."""
    return f"quizcli {verb} {bank_name(env, bank.id, bank.file)}"
