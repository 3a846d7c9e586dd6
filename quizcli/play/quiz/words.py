"""What a quiz says beside its questions, on a screen and in lines alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.commands import bank_name, command
from quizcli.play.quiz.same_again import same_again
from quizcli.quiz.grading import Mark, is_known
from quizcli.report.words import counted, duration, listed

if TYPE_CHECKING:
    from quizcli.play.quiz.flow import HandIn, QuizRun

RAN_OUT = "Time ran out. Your answers up to then were handed in."
FIRST = "This is the first question."


def said_over(number: int) -> str:
    """That a question cannot be thought about any more."""
    return f"The time for question {number} is up."


def said_flagged(is_flagged: bool) -> str:
    """What a flag that was set or taken away comes to."""
    return "Flagged." if is_flagged else "No longer flagged."


def said_blank(end: HandIn) -> str:
    """The questions that have no answer; "" where all have one."""
    if not end.blank:
        return ""
    numbers = [str(position + 1) for position in end.blank]
    what = "question" if len(numbers) == 1 else "questions"
    return f"No answer yet to {what} {listed(numbers)}."


def said_unanswered(run: QuizRun) -> str:
    """How many questions had no answer when all was over; "" where each had one."""
    asked = {item.question.id for item in run.session.items}
    blank = sum(
        grade.mark is Mark.BLANK and (id in asked or grade.counts)
        for id, grade in run.came_to.grades.items()
    )
    return f"{counted(blank, 'question')} had no answer." if blank else ""


def said_comes_back(run: QuizRun) -> str:
    """Where what was wrong is asked again; "" where it is not. On which day is the schedule's to
    say, which a quiz does not load."""
    if run.recorder.feed is None:  # the answers are no reviews
        return ""
    grades, answers = run.came_to.grades, run.session.answers
    again = {
        "guessed" if grade.credit == 1 else "got wrong"
        for id, grade in grades.items()
        if id in answers and grade.counts
        if not is_known(grade, guess=answers[id].response.guess)
    }
    if not again:
        return ""
    bank = run.session.bank
    name = bank_name(run.env, bank.id, bank.file)
    review = "quizcli review" if name == bank.id else f"quizcli review {name}"
    return f"Questions you {' or '.join(sorted(again))} come back for review: {review}"


def said_left(run: QuizRun) -> str:
    """What is saved of a quiz that was left or broken off, and how to resume it; "" where the
    journal was displaced, and its error says where the answers are."""
    if run.recorder.journal.kept:
        return ""
    answers, items = run.session.answers, run.session.items
    if not answers and run.recorder.holds_answers():  # to questions that have left the bank
        return "Nothing new was answered. Your earlier answers are still in the journal."
    if not answers and not run.recorder.is_stored():
        return "Nothing was answered, so nothing was saved."
    lost = run.recorder.lost()
    gone = filter(None, map(run.session.item, lost))
    unsaved = said_unsaved(sorted(map(run.session.number, gone)))
    if lost and len(lost) == len(answers):
        return unsaved
    saved = f"Saved: {len(answers) - len(lost)} of {len(items)} answered."
    clock = "The clock of this exam keeps running." if run.clock.deadline else said_running(run)
    resume = f"Resume with: {command(run.env, run.session.bank)} --resume"
    return " ".join(part for part in (saved, unsaved, clock, resume) if part)


def said_running(run: QuizRun) -> str:
    """That the time of a question runs on; "" where none does."""
    running = run.clock.running
    if running is None:
        return ""
    return f"The time for question {run.session.number(running)} keeps running."


def said_unsaved(numbers: list[int]) -> str:
    """The questions whose answers are not in the journal; "" where all are."""
    if not numbers:
        return ""
    what = "the answer to question" if len(numbers) == 1 else "the answers to questions"
    return f"Not saved: {what} {listed(list(map(str, numbers)))}."


def said_seed(run: QuizRun) -> str:
    """The seed of a session, and how to have the same again."""
    session = run.session
    again = same_again(session, run.options)
    if again is None:
        return f"Seed {session.seed}: with the same options it asks the same questions again."
    typed = f"{command(run.env, session.bank)} {again}"
    return f"Seed {session.seed}. The same questions in the same order: {typed}"


def said_export(run: QuizRun) -> str:
    """How to hand in what was done."""
    of_handout = "json -o hand-in.json" if run.session.bank.keyless else "csv -o score.csv"
    return f"Export your score: quizcli score --format {of_handout}"


def said_remaining(remaining: float) -> str:
    """What the clock of an interrupted exam says: it runs on, as in an exam room."""
    if remaining <= 0:
        return "Its time is up; resuming hands in what you answered."
    return f"Its clock kept running: {duration(remaining)} left."
