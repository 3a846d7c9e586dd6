"""Which reasons the feedback of an answer gives: on a screen, in lines and on a student's page."""

from __future__ import annotations

import pytest

from quizcli.quiz.grading import grade
from quizcli.quiz.kinds.base import Placed
from quizcli.quiz.responses import Response
from quizcli.quiz.steps import Item
from quizcli.scores.hand_in_head import Student
from quizcli.terminal import plain_grade
from quizcli.terminal.style import OutputStyle
from quizcli.terminal.views.feedback import feedback, has_more_reasons
from tests.scores.test_feedback_pages import pages
from tests.support.samples import sample_bank

TASKS = sample_bank().question("tasks")
REASONS = {option.id: option.feedback.split(",")[0] for option in TASKS.options}
SENTIMENT, VIDEO, IMAGE, SPEECH = REASONS


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), (SENTIMENT, VIDEO, IMAGE, SPEECH)),
        ((SENTIMENT, VIDEO), (SENTIMENT, VIDEO)),
        ((IMAGE,), (SENTIMENT, VIDEO, IMAGE)),
    ],
    ids=["all of a blank", "those of the right ones", "those of what was chosen and missed"],
)
def test_the_same_reasons_on_every_device(given: tuple[str, ...], told: tuple[str, ...]) -> None:
    item, response = Item(TASKS, TASKS.options), Response(given)
    marks = grade(TASKS, given)
    on_screen = " ".join(line.plain for line in feedback(item, response, marks, OutputStyle()))
    in_lines = " ".join(plain_grade.verdict(item, response, marks, 80))
    page = pages((Student("1"), {"tasks": given}))["1.md"]
    for said in (on_screen, in_lines, page):
        words = " ".join(said.split())
        assert [id for id, reason in REASONS.items() if reason in words] == list(told)
    assert has_more_reasons(item, response) == (len(told) < len(REASONS))


def test_of_a_place_that_was_left_blank_nothing_is_said_to_be_wrong() -> None:
    places = [Placed("a", given, "A", given == "A", "It is the first.") for given in ("", "B", "A")]
    assert [place.reason for place in places] == ["", "It is the first.", ""]
