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
        "take": (
            "take",
            "take",
            "Take a quiz: one key answers, the reason follows.",
        ),
        "review": ("review", "review", "Review what is about to be forgotten."),
        "cards": ("cards", "cards", "Turn the same cards as flashcards."),
        "demo": ("demo", "demo", "See an answer measured."),
        "history": (
            "history",
            "history",
            "List attempts, or walk through one again.",
        ),
        "score": ("score", "score", "Show or export the score of an attempt."),
        "stats": ("stats", "stats", "How well is it remembered, and what comes."),
        "bank": ("bank", "app", "List, show, check and prove question banks."),
        "journal": ("journal", "app", "Export, import, rebuild, learn from it."),
        "config": ("config", "app", "Show and change settings."),
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
        from quizcli.cli.verbs.home import home

        home()


def main() -> None:
    """Run the program with the arguments of this process."""
    app(prog_name="quizcli")
