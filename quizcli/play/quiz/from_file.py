"""Answers from a file, taken as a hand-in: all at once, without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.answers import read_answers
from quizcli.play.quiz.starting import QuizStart
from quizcli.quiz.steps import Policy
from quizcli.report.words import counted

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.play.quiz.options import QuizOptions
    from quizcli.quiz.model import Bank


def hand_in(
    env: Environment, journal: Journal, bank: Bank, options: QuizOptions, path: Path
) -> tuple[Attempt, list[str]]:
    """The attempt that a file of answers makes, written to the journal in one, and what to tell.

    Raises UserError with every fault of the file.
    """
    answers = read_answers(path, bank)
    # In bank order under the exam's rules: nobody reads feedback in between.
    policy = Policy(True, None, options.policy.shuffle, options.policy.credit)
    start = QuizStart(env, journal, bank, options._replace(policy=policy), origin="answers")
    run = start.new()
    session = run.session
    while (item := session.current) is not None:
        if given := answers.get(item.question.id):
            session.answer(given)
        else:
            session.skip()
    run.hand_in()
    attempt = run.recorder.attempt
    assert attempt is not None
    notices = [*run.notices]
    if session.unanswered:
        notices.append(f"{counted(len(session.unanswered), 'question')} had no answer")
    unused = sorted(set(answers) - {item.question.id for item in session.items})
    if unused:
        notices.append(f"not asked in this session, and left out: {', '.join(unused)}")
    return attempt, notices
