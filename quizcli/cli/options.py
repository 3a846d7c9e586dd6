"""The options that verbs share, each written once."""

import math
from pathlib import Path
from typing import Annotated, Any

import typer

from quizcli.cli import completing
from quizcli.cli.endings import ending_in


def finite(value: float | None) -> float | None:
    """A number that is one: no range of numbers leaves out NaN."""
    if value is not None and math.isnan(value):
        raise typer.BadParameter("nan is not a number")
    return value


def check_rule(name: str) -> None:
    """Raises UserError for a credit rule that there is not, with the nearest name."""
    from quizcli.quiz.credit import RULES
    from quizcli.report.codes import UserError
    from quizcli.report.words import did_you_mean

    if name not in RULES:
        hint = did_you_mean(name[:80], tuple(RULES), "the rules are")
        raise UserError(f"no credit rule is called '{name[:80]}' — {hint}")


BankArgument = Annotated[
    str,
    typer.Argument(help="A bank's id, or the path of its file.", autocompletion=completing.banks),
]
BanksArgument = Annotated[
    list[str] | None,
    typer.Argument(
        autocompletion=completing.banks,
        help="Banks, by id or by file. [default: all banks]",
        show_default=False,
    ),
]
QuestionOption = Annotated[
    str | None,
    typer.Option(
        "--question",
        "-q",
        help="The question, where a bank alone is given.",
        autocompletion=completing.questions_of_bank,
    ),
]
LimitOption = Annotated[int | None, typer.Option(min=1, help="Show at most this many cards.")]
MinutesOption = Annotated[
    float | None,
    typer.Option(min=0.1, callback=finite, help="Stop after this many minutes."),
]
CardTagOption = Annotated[
    list[str] | None,
    typer.Option(
        "--tag",
        help="Show only cards with this tag (may be repeated).",
        autocompletion=completing.tags,
    ),
]
NewOption = Annotated[
    int | None, typer.Option(min=0, help="New cards to start now, whatever the daily limit.")
]
AheadOption = Annotated[
    bool, typer.Option("--ahead", help="Practise the cards due next; nothing is recorded.")
]
CramOption = Annotated[
    bool, typer.Option("--cram", help="Practise every card; nothing is recorded.")
]
SeedOption = Annotated[
    int | None, typer.Option(min=0, max=2**63 - 1, help="Replay the session with this seed.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
# Of what is asked, and of what is printed.
LinesOption = Annotated[bool, typer.Option("--plain", help="Print lines instead of screens.")]
PlainOption = Annotated[
    bool, typer.Option("--plain", help="Print plain text: maths in words, no colours, no pictures.")
]


def output_option(*endings: str) -> Any:
    """``-o`` of a verb whose file ends in one of these; in whatever it may where none is named."""
    return typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to this file.",
        callback=ending_in(*endings) if endings else None,
    )


WatchOption = Annotated[
    bool, typer.Option("--watch", help="Repeat each time the file is saved, until Ctrl-C.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]
SvgOption = Annotated[
    Path | None,
    typer.Option(
        "--svg",
        metavar="FILE",
        help="Save the screen as a picture.",
        show_default=False,
        callback=ending_in(".svg"),
    ),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        help="Save a page for a browser.",
        show_default=False,
        callback=ending_in(".html", ".htm"),
    ),
]
