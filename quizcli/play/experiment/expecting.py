"""Typing what is expected of a figure, before it appears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.experiment.expected import Expectation, expectation
from quizcli.play.experiment.shown import form_of
from quizcli.play.line_editor import EditedLine
from quizcli.quiz.quantities import NotNumber
from quizcli.quiz.steps import letter
from quizcli.terminal.layout import cut
from quizcli.terminal.views.lines import Page
from quizcli.terminal.views.question import with_cursor

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.terminal.views.lines import Lines


def first_side(run: ExperimentRun) -> int:
    """The side whose figure is asked for, unless another is named: the one that is stood by."""
    ids = [side.id for side in run.subject.sides]
    return next((i for i, id in enumerate(ids) if id in run.chosen), 0)


def expected_with_keys(console: KeyConsole, run: ExperimentRun) -> Expectation | None:
    """What is typed; None where nothing is, or the person goes back. Raises DemoError."""
    evidence, sides = run.measure(), run.subject.sides
    findings = evidence.findings
    side, line, message = first_side(run), EditedLine(), ""

    def above() -> Lines:
        look = console.canvas.look
        page = Page(look, form_of(run.subject, look, evidence))
        option, figure = " ".join(page.text(sides[side].text).split()), findings[side].figure
        unit = f", in {figure.unit}" if figure.unit else ""
        page.say(page.text(f"What will be measured: {figure.what}{unit}"))
        page.say(cut(f"{letter(side)}  {option}", page.width - 2, page.own("…")), "accent")
        if message:
            page.say(page.own(message), "partly")
        page.entry([(" ▸ ", "here")], page.own(with_cursor(line.text, line.at)))
        return page.lines

    while True:
        keys = [("Enter", "predict it" if line.text.strip() else "skip"), ("Esc", "back")]
        other = [("↑ ↓", "another option")] if len(sides) > 1 else []
        key = console.offer([*keys, *other], ticking=False, above=above)
        edited, message = line.pressed(key), ""
        if edited is not None:
            line = edited
        elif key in {"up", "down"}:
            side = (side + (1 if key == "down" else -1)) % len(sides)
        elif key in {"esc", "eof"} or (key == "enter" and not line.text.strip()):
            return None
        elif key == "enter":
            try:
                return expectation(line.text, side, findings)
            except NotNumber as error:
                message = str(error)
