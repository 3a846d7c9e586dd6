"""A group of verbs that imports a verb when it is used.

typer builds every command to print one list of names, which is half of the time of ``--help``.
Here the list is a table, and a verb's file is imported when the verb is typed.
"""

from __future__ import annotations

from functools import partial
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from quizcli.cli.examples import foot

if TYPE_CHECKING:
    from collections.abc import Mapping

METAVARS = {
    "integer": "N", "integer range": "N", "float": "N", "float range": "N", "text": "TEXT",
    "int": "N", "int range": "N", "str": "TEXT", "whole number": "N", "number": "N",
}  # fmt: skip
# What a value that is none is said not to be.
NAMES = {
    "integer": "whole number", "integer range": "whole number", "int": "whole number",
    "int range": "whole number", "float": "number", "float range": "number",
}  # fmt: skip
SETTINGS = {"help_option_names": ["-h", "--help"]}


class LazyGroup(TyperGroup):
    """A group over a table of verbs, name -> what it does, the one text of its help.

    A verb stands in the file of its name in ``quizcli.cli.verbs``: as a function of that name, or
    as ``app``, a group of its own.
    """

    verbs: Mapping[str, str] = {}

    def __init__(self, **own: Any) -> None:
        super().__init__(**own)
        self.epilog = foot("")
        # Suggestions for a mistyped name look in here; None is never asked for more.
        self.commands = dict.fromkeys(self.verbs)  # type: ignore[assignment]

    def invoke(self, ctx: Any) -> Any:
        """What the command line asks for; what is wrong with it is told in lines that fit."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if hasattr(error, "format_message"):
                from quizcli.cli.usage import fit

                fit(error)
            raise

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the table."""
        return list(self.verbs)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, imported now; None for a name that is none."""
        if cmd_name not in self.verbs:
            return None
        file = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"quizcli.cli.verbs.{file}")
        verb = getattr(module, "app", None)
        if verb is None:
            verb = typer.Typer(
                rich_markup_mode=None, add_completion=False, context_settings=SETTINGS
            )
            verb.command(cmd_name, help=self.verbs[cmd_name])(getattr(module, cmd_name))
        command = typer.main.get_command(verb)
        command.name = cmd_name
        command.help = self.verbs[cmd_name]
        command.epilog = foot(cmd_name)
        in_words(command)
        for name, each in getattr(command, "commands", {}).items():
            each.epilog = foot(f"{cmd_name} {name}")
            each.short_help = each.help  # whole, where a list of commands would cut it
            in_words(each)
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The table, as help prints it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.verbs.items()))


def in_words(command: Any) -> None:
    """Have the values of a command described in words: numbers as N from 1 to 10, not as
    ``<int range>`` and ``1<=x<=10``; and what is none as no valid whole number."""
    for option in command.params:
        kind = option.type
        takes_value = option.param_type_name == "option" and not option.is_flag
        if option.metavar is None and takes_value:
            option.metavar = METAVARS.get(kind.name)
        kind.name = NAMES.get(kind.name, kind.name)
        if hasattr(kind, "_describe_range"):
            kind._describe_range = partial(_range, kind.min, kind.max)


def _range(least: float | None, most: float | None) -> str:
    if most is None or most >= 2**62:
        return f"{least:g} or more"
    return f"{least or 0:g} to {most:,.12g}"


def subgroup() -> typer.Typer:
    """A group of verbs within a verb; its help is in the table."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        no_args_is_help=True,
        context_settings=SETTINGS,
    )
