"""Answers from a file, taken as a hand-in: all at once, without a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.bank.answers import read_answers
from quizcli.play.quiz.start import start_new
from quizcli.quiz.session import Policy
from quizcli.report.words import counted

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.env import Environment
    from quizcli.journal.attempts import Attempt, Journal
    from quizcli.play.quiz.start import QuizOptions
    from quizcli.quiz.model import Bank


def hand_in(
    env: Environment, journal: Journal, bank: Bank, wish: QuizOptions, path: Path
) -> tuple[Attempt, list[str]]:
    """The attempt that a file of answers makes, written to the journal, and what to tell.

    Raises UserError with every fault of the file.
    """
    from dataclasses import replace

    answers = read_answers(path, bank)
    # In bank order under the exam's rules: nobody reads feedback in between.
    policy = Policy(True, None, wish.policy.shuffle, wish.policy.credit)
    started = start_new(env, journal, bank, replace(wish, policy=policy))
    recorder = started.recorder
    recorder.origin = "answers"
    session = started.session
    while (item := session.current) is not None:
        chosen = answers.get(item.question.id)
        if chosen:
            session.answer(chosen)
        else:
            session.skip()
    session.finish()
    recorder.save()
    assert recorder.attempt is not None
    notices = []
    asked = {item.question.id for item in session.items}
    if session.unanswered:
        notices.append(f"{counted(len(session.unanswered), 'question')} had no answer")
    unused = sorted(set(answers) - asked)
    if unused:
        notices.append(f"not asked in this session, and left out: {', '.join(unused)}")
    return recorder.attempt, notices
