"""An experiment in lines: what is expected, then what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.play.experiment.expected import expectation
from quizcli.play.experiment.expecting import first_side
from quizcli.play.experiment.shown import shown
from quizcli.quiz.quantities import NotNumber
from quizcli.report.words import did_you_mean
from quizcli.terminal.safe import neutral
from quizcli.terminal.views import demo as views

if TYPE_CHECKING:
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.play.line_console import LineConsole
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

COMMANDS = (":help", ":predict", ":quit")
HELP = [
    "Enter runs the experiment.",
    ":predict 0.3 predicts the figure of the first option,",
    ":predict b 0.3 that of option b.",
    ":quit leaves.",
]


class LineExperiment:
    """One run over lines."""

    def __init__(self, console: LineConsole, run: ExperimentRun, style: OutputStyle) -> None:
        self.console = console
        self.experiment = run
        self.style = style

    def run(self) -> None:
        """Say what is claimed, take what is expected, measure. Raises DemoError."""
        experiment = self.experiment
        before = shown(experiment, experiment.measure(), self.style)
        self._say(views.predictions(before, self.style))
        if experiment.subject.sides and not self._awaited():
            return
        view = shown(experiment, experiment.reveal(), self.style)
        self._say(views.measured(view, self.style, everything=True, titled=False))
        if experiment.unkept:
            self.console.say([f"Your prediction is not saved: {experiment.unkept}."])

    def _awaited(self) -> bool:
        """One line after another until it is to be measured; False where the learner leaves."""
        while line := self.console.line("Enter measures (:predict NUMBER, :help, :quit): "):
            command, _, rest = line.partition(" ")
            match command.lower():
                case ":quit":
                    return False
                case ":predict":
                    self._expect(rest)
                case ":help":
                    self.console.say(HELP)
                case other:
                    hint = did_you_mean(other, COMMANDS, "the commands are")
                    self.console.say([neutral(f"'{line}' does nothing here — {hint}")])
        return True

    def _expect(self, text: str) -> None:
        run = self.experiment
        try:
            run.expected = expectation(text, first_side(run), run.measure().findings)
        except NotNumber as error:
            self.console.say([neutral(str(error))])
        else:
            self.console.say([run.expected.words])

    def _say(self, lines: Lines) -> None:
        self.console.say([line.plain for line in lines])
