"""The program: its verbs, and what stands before them.

Rich help is off (``rich_markup_mode=None``): it would double the time of ``--help``.
"""

from __future__ import annotations

from typing import Annotated

import typer

from quizcli import __version__
from quizcli.cli import bank, demo, history, score, take
from quizcli.cli.guard import guarded

app = typer.Typer(
    name="quizcli",
    help="Quizzes in the terminal whose answers can be shown to be right.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("take")(take.take)
app.command("demo")(demo.demo)
app.command("score")(score.score)
app.command("history")(history.history)
app.add_typer(bank.app, name="bank")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quizcli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
@guarded
def start(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Quizzes in the terminal whose answers can be shown to be right."""
    if context.invoked_subcommand is None:
        from quizcli.cli.home import home

        home()


def main() -> None:
    """Run the program with the arguments of this process."""
    app(prog_name="quizcli")
