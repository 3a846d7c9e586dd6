"""The program: its verbs, and what stands before them.

Rich help is off (``rich_markup_mode=None``): it would double the time of ``--help``.
"""

from typing import Annotated

import typer

from quizcli import __version__
from quizcli.cli.guard import guarded
from quizcli.cli.lazy import SETTINGS, LazyGroup


class Verbs(LazyGroup):
    """All verbs, grouped by who needs them."""

    verbs = {
        "take": ("quizcli.cli.take", "take", "Take a quiz: one key answers, the reason follows."),
        "review": ("quizcli.cli.review", "review", "Review what is about to be forgotten."),
        "cards": ("quizcli.cli.cards", "cards", "Turn the same cards as flashcards."),
        "demo": ("quizcli.cli.demo", "demo", "See an answer measured."),
        "history": ("quizcli.cli.history", "history", "List attempts, or walk through one again."),
        "score": ("quizcli.cli.score", "score", "Show or export the score of an attempt."),
        "stats": ("quizcli.cli.stats", "stats", "How well is it remembered, and what comes."),
        "bank": ("quizcli.cli.bank", "app", "List, show, check and prove question banks."),
        "journal": ("quizcli.cli.journal", "app", "Export, import, rebuild, learn from it."),
        "config": ("quizcli.cli.config", "app", "Show and change settings."),
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
        typer.echo(f"quizcli {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
@guarded
def start(
    context: typer.Context,
    version: Annotated[
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
