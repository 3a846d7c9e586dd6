"""What to type to take, review or turn a bank again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.quiz.model import Bank


def bank_name(env: Environment, bank: str, file: str) -> str:
    """How a bank is named in a command: by its id where that means this very file, else by the
    file."""
    # A file that is gone may have been the shipped one of another installation.
    if is_shelved(env, bank, file) or not (env.cwd / file).exists():
        return bank
    from shlex import quote

    return quote(file)


def is_shelved(env: Environment, bank: str, file: str) -> bool:
    """Whether the id of a bank means this file: another one on the shelf may be used for it."""
    from quizcli.bank.shelf import NoSuchBankError, real_path, shelf_of

    shelf, place = shelf_of(env.paths), real_path(env.cwd / file)
    if place.parent not in map(real_path, shelf.folders):
        return False
    try:
        return real_path(shelf.file(bank)) == place
    except NoSuchBankError:
        return False


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again."""
    return f"quizcli {verb} {bank_name(env, bank.id, bank.file)}"
