"""From a question to its experiment and back, at the option that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.quiz.session import Item


def see_measured(desk: KeyConsole, item: Item, chosen: frozenset[str]) -> None:
    """Open the experiment of a question under the session's seed; an experiment that cannot be
    run is said, and the quiz goes on."""
    # Only here: a quiz whose evidence nobody asks for never loads the laboratory.
    from quizcli.demos.evidence import DemoError
    from quizcli.play.experiment.keys import ExperimentScreen, Setting
    from quizcli.proof.subject import of_question

    desk.canvas.live([])
    letters = frozenset(item.letter(option) for option in chosen)
    try:
        bench = ExperimentScreen(
            of_question(item.question, item.options),
            Setting(desk.session.seed),
            desk.keyboard,
            desk.canvas,
            desk.env.random.seed,
            desk.look,
            letters,
        )
        bench.run(predict=False)
    except DemoError as error:
        desk.tell(f"This cannot be measured: {error}.")
