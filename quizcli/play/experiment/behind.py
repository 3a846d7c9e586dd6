"""From a question to its experiment and back, at the option that was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizcli.journal.attempts import Journal
    from quizcli.play.console import KeyConsole
    from quizcli.quiz.steps import Item


def see_measured(
    console: KeyConsole, journal: Journal, seed: int, item: Item, given: tuple[str, ...] = ()
) -> None:
    """Open the experiment of a question under this seed, at what was ``given``; an experiment that
    cannot be run is said, and what was left for it goes on. What is expected of it is kept."""
    # Only here: a quiz whose evidence nobody asks for never loads the laboratory.
    from quizcli.demos.evidence import DemoError
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.play.experiment.keeping import keeper
    from quizcli.play.experiment.keys import ExperimentScreen
    from quizcli.proof.subject import of_question

    console.canvas.live([])
    try:
        subject = of_question(item.question, item.options, given)
        chosen = item.kind.sided(item.question, given)
        run = ExperimentRun(
            subject,
            seed,
            chosen=chosen,
            draw_seed=console.env.random.seed,
            keep=keeper(console.env, lambda: journal),
        )
        ExperimentScreen(console, run).run(predict=False)
    except DemoError as error:
        console.tell(f"This cannot be measured: {error}.")
