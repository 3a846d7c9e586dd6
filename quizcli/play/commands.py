"""What to type to take, review or turn a bank again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.env import Environment
    from quizcli.quiz.model import Bank


def command(env: Environment, bank: Bank, verb: str = "take") -> str:
    """What to type to take a bank again: by its id where it is on the shelf, else by its file."""
    return command_for(env, bank.id, bank.file, verb)


def command_for(env: Environment, bank: str, file: str, verb: str = "take") -> str:
    """The same of a bank's id and the file that it is in."""
    from quizcli.bank.shelf import shipped

    # A file that is gone may have been the shipped one of another installation.
    on_shelf = Path(file).parent in {env.paths.data / "questions", shipped()}
    if on_shelf or not (env.cwd / file).exists():
        return f"quizcli {verb} {bank}"
    from shlex import quote

    return f"quizcli {verb} {quote(file)}"
