"""``quizcli take``: a quiz, with keys, in lines, or from a file of answers.

No postponed annotations here: typer would evaluate each of them anew at every start.
"""

from pathlib import Path
from typing import Annotated

import typer

from quizcli.cli import completing
from quizcli.cli.context import Context
from quizcli.cli.guard import verb
from quizcli.cli.options import LinesOption, SeedOption, finite

MAX_MINUTES = 24 * 60


@verb
def take(
    context: Context,
    bank: Annotated[
        str | None,
        typer.Argument(help="A bank's id, or the path of its file.",
                       autocompletion=completing.banks),
    ] = None,
    seed: SeedOption = None,
    questions: Annotated[
        int | None, typer.Option(min=1, help="Ask this many questions.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        typer.Option(help="Ask only questions with this tag (may be repeated).",
                     autocompletion=completing.tags),
    ] = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Ask only what was wrong or blank last time.")
    ] = False,
    shuffle: Annotated[
        bool | None,
        typer.Option("--shuffle/--no-shuffle", help="Shuffle questions and options, or keep the "
                     "bank's order. [default: the bank's own]", show_default=False),
    ] = None,
    draw: Annotated[
        list[str] | None,
        typer.Option(metavar="TAG=N", help="Draw this many questions with a tag, section by "
                     "section; 'all' for the whole bank.", autocompletion=completing.sections),
    ] = None,
    vary: Annotated[
        bool | None,
        typer.Option("--vary/--no-vary", help="Draw new numbers in questions with variables.",
                     show_default=False),
    ] = None,
    exam: Annotated[
        bool, typer.Option("--exam", help="Take it as an exam: no hints, no feedback until "
                     "the end; answers can be changed.")
    ] = False,
    time: Annotated[
        float | None,
        typer.Option(min=0.1, max=MAX_MINUTES, callback=finite, metavar="MINUTES",
                     help="Hand in after this many minutes (exams only)."),
    ] = None,
    credit: Annotated[
        str | None,
        typer.Option(metavar="RULE", autocompletion=completing.credit_rules,
                     help="Credit rule for questions where several options can be ticked: "
                     "all-or-nothing, net-correct, coverage, every-decision, proportional, "
                     "false2."),
    ] = None,
    resume: Annotated[
        bool | None,
        typer.Option("--resume/--restart", help="Resume an interrupted attempt, or start over.",
                     show_default=False),
    ] = None,
    review: Annotated[
        bool,
        typer.Option("--review/--no-review", help="In a practice quiz, count each answer as a "
                     "review of that question, or keep the quiz out of the schedule."),
    ] = True,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read the answers from a YAML or JSON file that maps "
                     "question ids to lists of option ids."),
    ] = None,
    plain: LinesOption = False,
    json: Annotated[
        bool, typer.Option("--json", help="With --answers: print the graded attempt as JSON.")
    ] = False,
    fail_under: Annotated[
        float | None,
        typer.Option(min=0, max=100, callback=finite, metavar="PCT",
                     help="Exit with code 1 below this percentage."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Your name, to appear on what you hand in. [setting: name]")
    ] = None,
    student: Annotated[
        str | None, typer.Option(metavar="ID", help="Your number or login in a course.")
    ] = None,
    section: Annotated[
        str | None, typer.Option(help="Your section or group in a course.")
    ] = None,
) -> None:  # fmt: skip
    from quizcli.cli import taking
    from quizcli.play.quiz.options import QuizOptions
    from quizcli.play.quiz.sections import sections_of

    taking.check(credit, time, exam=exam, json=json, from_file=answers is not None)
    usual = taking.usual_quiz(context)
    policy = context.usual_policy(shuffle)._replace(
        exam=exam, limit=round(time * 60) if time else None, credit=credit or usual.policy.credit
    )
    said = {"name": name, "student": student, "section": section}
    learner = usual.learner._replace(**{each: as_ for each, as_ in said.items() if as_ is not None})
    options = QuizOptions(seed, policy, questions, tuple(tag or ()), missed, resume, learner,
                          usual.vary if vary is None else vary, sections_of(draw),
                          usual)  # fmt: skip
    opened = taking.opened(context, bank, plain=plain, resume=bool(resume),
                           ask=answers is None)  # fmt: skip
    if opened is None:
        return
    taking.check_graded(opened, fail_under)
    context.journal.check_writable()
    if answers is not None:
        percent: float | None = taking.from_file(context, opened, options, answers, as_json=json)
    else:
        percent = taking.asked(context, opened, options, plain=plain, review=review)
    if fail_under is not None and percent is not None and percent < fail_under:
        context.notice(f"{percent:.4g}% is below {fail_under:g}%")
        raise typer.Exit(1)
