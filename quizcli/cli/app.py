"""The program: its verbs, and what stands before them.

Rich help is off (``rich_markup_mode=None``): it would double the time of ``--help``.
"""

from typing import Annotated

import typer

from quizcli.cli.lazy import SETTINGS, LazyGroup


class Verbs(LazyGroup):
    """All verbs, grouped by who needs them."""

    verbs = {
        "take": "Take a quiz; each answer is explained.",
        "review": "Review the cards you are about to forget.",
        "cards": "Study cards as self-rated flashcards.",
        "demo": "Watch an experiment test an answer.",
        "history": "List attempts, or walk through one again.",
        "score": "Show or export the score of an attempt.",
        "stats": "Show retention, common mistakes and upcoming reviews.",
        "bank": "List, show, check and prove question banks.",
        "class": "Hand out questions and grade the answers.",
        "journal": "Export, import, merge or rebuild your history.",
        "config": "Show and change settings.",
        "doctor": "Show where files are, and check the journal.",
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
    plain: Annotated[
        bool, typer.Option("--plain", help="Print plain text; also an option of most commands.")
    ] = False,
) -> None:
    typed.obj.asked_plain = plain
    if typed.invoked_subcommand is None:
        from quizcli.cli.verbs.home import home

        home(typed)
