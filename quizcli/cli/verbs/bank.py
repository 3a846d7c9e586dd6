"""``quizcli bank``: what is on the shelf, what is wrong with it, how it is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizcli.cli.guard import env, guarded
from quizcli.cli.lazy import SETTINGS
from quizcli.cli.output import Svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.quiz.grading import Response
    from quizcli.quiz.session import Item, Session

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
def list_banks(json: Json = False, plain: Plain = False, svg: Svg = None) -> None:
    """List the banks on the shelf."""
    from quizcli.bank.results import shelf_result
    from quizcli.cli.context import shelf, show

    show(shelf_result(shelf().banks()), as_json=json, plain=plain, svg=svg, title="Banks")


@app.command("show")
@guarded
def show_bank(
    bank: Annotated[str, typer.Argument(help="A bank's id, or the path of its file.")],
    json: Json = False,
    plain: Plain = False,
    svg: Svg = None,
) -> None:
    """Print a whole bank, the key included."""
    from quizcli.bank.results import bank_result
    from quizcli.cli.context import shelf, show

    found = shelf().open(bank)
    show(bank_result(found), as_json=json, plain=plain, svg=svg, title=found.title)


@app.command("check")
@guarded
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders; the whole shelf if not said.", show_default=False),
    ] = None,
    json: Json = False,
    plain: Plain = False,
    svg: Svg = None,
) -> None:
    """Report every fault of banks as file:line:column, with what to do about it."""
    from quizcli.bank.check import check_files
    from quizcli.bank.results import check_result
    from quizcli.bank.texts import Notation
    from quizcli.cli.context import shelf, show
    from quizcli.terminal.notation import Form, complaints, render

    notation = Notation(complaints, lambda text: render(text, Form.UNICODE))
    files = check_files(paths or shelf().files(), _demo_check, notation)
    show(check_result(files), as_json=json, plain=plain, svg=svg, title="quizcli bank check")


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
    svg: Svg = None,
) -> None:
    """Run the experiment behind each question, and compare what it measures with the key."""
    from quizcli.cli.context import shelf, show
    from quizcli.proof.proving import prove as prove_question
    from quizcli.proof.results import prove_result
    from quizcli.quiz.cards import graded
    from quizcli.report.codes import UserError
    from quizcli.report.words import did_you_mean

    found = shelf().open(bank)
    ids = [each.id for each in found.questions]
    if question is not None and question not in ids:
        hint = did_you_mean(question, ids, "questions are")
        raise UserError(f"{found.id} has no question '{question}' — {hint}")
    chosen = [each for each in graded(found) if question in {None, each.id}]
    if not chosen:
        what = "holds flashcards only" if question is None else f"'{question}' is a flashcard"
        raise UserError(f"{found.id}: {what} — flashcards make no claim that could be measured")
    proofs = [prove_question(each, range(1, seeds + 1)) for each in chosen if each.demo]
    without = [each.id for each in chosen if each.demo is None]
    proved = prove_result(found, proofs, without)
    show(proved, as_json=json, plain=plain, svg=svg, title=found.title)


@app.command("preview")
@guarded
def preview(
    question: Annotated[str, typer.Argument(metavar="BANK/QUESTION", help="What to show.")],
    answer: Annotated[
        str | None,
        typer.Option(metavar="LETTERS", help="Show the feedback on this answer: a, or a,c."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Show the reason of every option.")] = False,
    hints: Annotated[bool, typer.Option("--hints", help="Show the hints.")] = False,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Shuffle as this seed does.")] = 1,
    plain: Plain = False,
    svg: Svg = None,
) -> None:
    """Show a question as a learner sees it, before and after an answer."""
    from quizcli.cli.context import look
    from quizcli.cli.output import drawn, write_svg
    from quizcli.terminal.preview import Shown, in_lines, on_screen

    session, item = _asked(question, seed)
    response = None if answer is None else _response(item, answer)
    shown = Shown(session, item, response, every, hints)
    how = look(plain=plain)
    if svg is not None:
        write_svg(svg, on_screen(shown, drawn()), session.bank.title)
    elif how.plain:
        env().stdout.write("".join(f"{line}\n" for line in in_lines(shown, min(how.width, 80))))
    else:
        from quizcli.terminal.canvas import ansi

        env().stdout.write(ansi(on_screen(shown, how), how))


def _asked(name: str, seed: int) -> tuple[Session, Item]:
    """The question of an address in a session over its bank; the first of a bank alone."""
    from quizcli.bank.shelf import NoSuchBankError
    from quizcli.cli.context import shelf
    from quizcli.quiz.session import Session
    from quizcli.report.codes import UserError
    from quizcli.report.words import did_you_mean

    bank_name, slash, wanted = name.rpartition("/")
    if not slash or name.endswith((".yaml", ".yml")):
        bank_name, wanted = name, ""
    try:
        session = Session(shelf().open(bank_name), seed)
    except NoSuchBankError:
        if slash:
            raise
        raise UserError(f"'{name}' names no question — write BANK/QUESTION") from None
    if not wanted:
        return session, session.items[0]
    for item in session.items:
        if item.question.id == wanted:
            return session, item
    hint = did_you_mean(wanted, [each.id for each in session.bank.questions], "questions are")
    raise UserError(f"{session.bank.id} has no question '{wanted}' — {hint}")


def _response(item: Item, letters: str) -> Response:
    from quizcli.play.quiz.lines import parse_answer
    from quizcli.quiz.grading import Response
    from quizcli.report.codes import UserError

    if not letters.strip():
        return Response(frozenset())
    response, complaint = parse_answer(item, letters.strip())
    if response is None:
        raise UserError(complaint)
    return response


@app.command("schema")
@guarded
def schema() -> None:
    """Print the JSON Schema of the bank format, for editors."""
    import json

    from quizcli.bank.schema import schema as bank_schema

    env().stdout.write(json.dumps(bank_schema(), indent=2, ensure_ascii=False) + "\n")
