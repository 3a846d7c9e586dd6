"""The program: its verbs, and what stands before them.

Rich help is off (``rich_markup_mode=None``): it would double the time of ``--help``.
"""

from typing import Annotated

import typer

from quizcli.cli.lazy import SETTINGS, LazyGroup


class Verbs(LazyGroup):
    """All verbs, grouped by who needs them."""

    verbs = {
        "take": "Take a quiz: one key answers, the reason follows.",
        "review": "Review what is about to be forgotten.",
        "cards": "Turn the same cards as flashcards.",
        "demo": "See an answer measured.",
        "history": "List attempts, or walk through one again.",
        "score": "Show or export the score of an attempt.",
        "stats": "How well is it remembered, and what comes.",
        "bank": "List, show, check and prove question banks.",
        "class": "Hand out questions, grade what comes back.",
        "journal": "Export, import, rebuild, learn from it.",
        "config": "Show and change settings.",
        "doctor": "Where things lie, and whether the journal is whole.",
    }


app = typer.Typer(
    name="quizcli",
    cls=Verbs,
    help="Quizzes in the terminal whose answers can be shown to be right.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=SETTINGS,
)


def _version(wanted: bool) -> None:
    if wanted:
        from quizcli.version import __version__

        typer.echo(f"quizcli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    typed: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    if typed.invoked_subcommand is None:
        from quizcli.cli.verbs.home import home

        home(typed)
