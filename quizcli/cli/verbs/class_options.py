"""The options that verbs of ``class`` share, each written once."""

from typing import Annotated

import typer

from quizcli.cli import completing

BankOfClass = Annotated[
    str, typer.Argument(help="A bank's id, or its file.", autocompletion=completing.banks)
]
PathsArgument = Annotated[
    list[str] | None, typer.Argument(help="Hand-ins, or folders of them.", show_default=False)
]
ResponsesOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="FILE",
        help="Answers in a table, one row per student or per answer; may be repeated.",
    ),
]
CreditOption = Annotated[
    str | None,
    typer.Option(
        metavar="RULE",
        help="The credit rule for all questions. [default: the bank's]",
        autocompletion=completing.credit_rules,
    ),
]
AsAskedOption = Annotated[
    bool,
    typer.Option(
        "--as-asked", help="Score each student out of what they were asked, not out of the bank."
    ),
]
PolicyOption = Annotated[
    str,
    typer.Option(
        help="Which try counts: best, last, first or mean; or points by try, such as 10,7,5."
    ),
]
LateOption = Annotated[
    str | None,
    typer.Option(help="The penalty for each day or hour late, such as 10%/day or 1%/hour."),
]
DueOption = Annotated[
    str | None, typer.Option(metavar="TIME", help="The due time, such as 2026-11-30T18:00.")
]
RosterOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="A table of the class: id, name, email, section."),
]
OverridesOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="A table of decisions: student, question, mark, excused, extra, reason.",
    ),
]
RepairOption = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Grade with a repair written by 'class regrade -o'."),
]
