"""The end of a quiz: the score, one line a question, what to type next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.quiz.question_list import called
from quizcli.report.words import duration, flagged_title, out_of, percent, thinking_time
from quizcli.terminal import plain_summary
from quizcli.terminal.layout import cells
from quizcli.terminal.style import TEXT_WIDTH
from quizcli.terminal.views.feedback import SIGNS, STYLES
from quizcli.terminal.views.lines import THEME, Lines, Page, form_for_titles

if TYPE_CHECKING:
    from quizcli.quiz.came_to import CameTo
    from quizcli.quiz.grading import Mark
    from quizcli.quiz.session import Session
    from quizcli.terminal.style import OutputStyle


def summary(session: Session, end: CameTo, look: OutputStyle) -> Lines:
    """Score, duration and marks."""
    titles = [called(session, item) for item in session.items]
    page = Page(look, form_for_titles([session.bank.title, *titles], look))
    score = end.score
    page.lines.append(Text(""))  # what comes is new, as a question is
    said = "Recorded, and not graded"
    if score.maximum:
        points = out_of(score.points, score.maximum)
        said = f"Score {points} · {percent(float(score.percent))}%"
    page.sides(said, duration(end.seconds), "title")
    if waiting := plain_summary.unmarked(score):
        page.say(page.own(waiting))
    page.blank()
    for place, item in enumerate(session.items, 1):
        id = item.question.id
        grade = end.grades[id]
        # One that is blank must not indent what follows.
        title = " ".join(page.text(titles[place - 1]).split())
        title = flagged_title(title, is_flagged=id in session.flags)
        got = out_of(grade.points if grade.counts else None, grade.maximum)
        time = thinking_time(session.seconds(id), answered=id in session.answers)
        _row(page, grade.mark, place, title, got, time)
    if lacking := plain_summary.gone(session, end):
        page.say(page.own(lacking))
    page.blank()
    return page.lines


def _row(page: Page, mark: Mark, place: int, title: str, got: str, time: str) -> None:
    lead = [("   ", ""), (SIGNS[mark], f"sign {STYLES[mark]}"), (f" {place:>2}  ", "quiet")]
    title, time = page.own(title), page.own(time)
    room = min(page.width, TEXT_WIDTH - 8) - 10 - 10 - 8
    if room < cells(title):
        page.entry(lead, title)
        page.say(page.own(f"{got} · {time}"), indent="         ")
        return
    line = Text()
    for words, style in lead:
        line.append(page.own(words), THEME[style])
    line.append(f"{title}{' ' * (room - cells(title))}{got:>10}{time:>8}")
    page.lines.append(line)
