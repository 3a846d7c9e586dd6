"""The end of a quiz in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.grading import Mark
from quizcli.quiz.question_list import called
from quizcli.report.words import counted, duration, out_of, percent
from quizcli.terminal.plain import lines
from quizcli.terminal.plain_grade import earned

if TYPE_CHECKING:
    from quizcli.quiz.came_to import CameTo
    from quizcli.quiz.session import Session
    from quizcli.quiz.steps import Score


def unmarked(score: Score) -> str:
    """How many answers are still outside the score; "" where all are in it, or none."""
    recorded = score.marks[Mark.RECORDED]
    if not recorded or not score.maximum:
        return ""
    verb = "is" if recorded == 1 else "are"
    return f"{counted(recorded, 'answer')} {verb} not marked yet."


def summary(session: Session, end: CameTo, width: int) -> list[str]:
    """The score, the duration and one line a question."""
    score = end.score
    if score.maximum:
        share = percent(float(score.percent))
        points = out_of(score.points, score.maximum)
        out = [f"Score {points}, {share} percent, in {duration(end.seconds)}."]
    else:
        out = [f"Recorded, and not graded, in {duration(end.seconds)}."]
    if waiting := unmarked(score):
        out.append(waiting)
    for place, item in enumerate(session.items, 1):
        got = earned(end.grades[item.question.id])
        flag = ", flagged" if item.question.id in session.flags else ""
        out += lines(f"{place}. {called(session, item)}: {got}{flag}.", width, "", "   ")
    if lacking := gone(session, end):
        out += lines(lacking, width, "", "   ")
    return out


def gone(session: Session, end: CameTo) -> str:
    """The questions that the score counts and the bank has no more; "" where it has all."""
    ids = {item.question.id for item in session.items}
    lost = {id: grade for id, grade in end.grades.items() if id not in ids}
    never = [id for id, grade in lost.items() if grade.mark is Mark.BLANK and not grade.counts]
    then = [f"{id} ({earned(grade)})" for id, grade in lost.items() if id not in never]
    said = [f"No longer in the bank, with their original marks: {', '.join(then)}."] if then else []
    if never:
        said.append(
            f"Removed from the bank before you answered, so not counted: {', '.join(never)}."
        )
    return " ".join(said)
