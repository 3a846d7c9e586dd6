"""What to type to take, review or turn a bank again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.quiz.model import Bank


def bank_name(env: Environment, bank: str, file: str) -> str:
    """How a bank is named in a command: by its id where it is on the shelf, else by its file."""
    from quizcli.bank.shelf import shipped

    shelf = {env.paths.data / "questions", shipped()}
    place = env.cwd / file
    # A file that is gone may have been the shipped one of another installation.
    if place.parent in shelf or not place.exists():
        return bank
    from shlex import quote

    return quote(file)


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again."""
    return f"quizcli {verb} {bank_name(env, bank.id, bank.file)}"
