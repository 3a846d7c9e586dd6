"""``quizcli bank``: what is on the shelf, what is wrong with it, how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded
from quizcli.cli.lazy import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

app = typer.Typer(
    help="List, show, check and prove question banks.",
    rich_markup_mode=None,
    add_completion=False,
    no_args_is_help=True,
    context_settings=SETTINGS,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Plain = Annotated[bool, typer.Option("--plain", help="Maths in letters, no escapes.")]


@app.command("list")
@guarded
def list_banks(json: Json = False, plain: Plain = False) -> None:
    """List the banks on the shelf."""
    from quizcli.bank.results import shelf_result
    from quizcli.cli.desk import shelf, show

    show(shelf_result(shelf().banks()), as_json=json, plain=plain)


@app.command("show")
@guarded
def show_bank(
    bank: Annotated[str, typer.Argument(help="A bank's id, or the path of its file.")],
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Print a whole bank, the key included."""
    from quizcli.bank.results import bank_result
    from quizcli.cli.desk import shelf, show

    show(bank_result(shelf().open(bank)), as_json=json, plain=plain)


@app.command("check")
@guarded
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; the whole shelf if not said.", show_default=False),
    ] = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Report every fault of banks as file:line:column, with what to do about it."""
    from quizcli.bank.check import check_files
    from quizcli.bank.results import check_result
    from quizcli.cli.desk import shelf, show

    files = check_files(paths or shelf().files(), _demo_check)
    show(check_result(files), as_json=json, plain=plain)


def _demo_check(
    name: str, parameters: Mapping[str, object], claims: Mapping[str, object]
) -> list[tuple[str, str]]:
    from quizcli.proof.proving import demo_faults

    return demo_faults(name, parameters, claims)


@app.command("prove")
@guarded
def prove(
    bank: Annotated[str, typer.Argument(help="A bank's id, or the path of its file.")],
    question: Annotated[
        str | None, typer.Option("--question", "-q", help="Prove this question alone.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=10_000, help="How many seeds to run under.")] = 3,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Run the experiment behind each question, and compare what it measures with the key."""
    from quizcli.cli.desk import shelf, show
    from quizcli.proof.proving import prove as prove_question
    from quizcli.proof.results import prove_result
    from quizcli.quiz.cards import graded
    from quizcli.report.codes import Refusal
    from quizcli.report.words import did_you_mean

    found = shelf().open(bank)
    ids = [each.id for each in found.questions]
    if question is not None and question not in ids:
        hint = did_you_mean(question, ids, "questions are")
        raise Refusal(f"{found.id} has no question '{question}' — {hint}")
    chosen = [each for each in graded(found) if question in {None, each.id}]
    if not chosen:
        what = "holds flashcards only" if question is None else f"'{question}' is a flashcard"
        raise Refusal(f"{found.id}: {what} — flashcards make no claim that could be measured")
    proofs = [prove_question(each, range(1, seeds + 1)) for each in chosen if each.demo]
    without = [each.id for each in chosen if each.demo is None]
    show(prove_result(found, proofs, without), as_json=json, plain=plain)


@app.command("schema")
@guarded
def schema() -> None:
    """Print the JSON Schema of the bank format, for editors."""
    import json

    from quizcli.bank.schema import schema as bank_schema

    env().stdout.write(json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n")
