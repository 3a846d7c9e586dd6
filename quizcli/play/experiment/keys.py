"""An experiment with a person in front of it: predict, run, explain; turn the knobs, draw other
seeds, remove the effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos.evidence import DemoError
from quizcli.play.experiment.expecting import expected_with_keys
from quizcli.play.experiment.flow import LOOKED, SEEDS
from quizcli.play.experiment.knobs import distribution
from quizcli.play.experiment.shown import form_of, shown
from quizcli.proof.results import told
from quizcli.quiz.kinds.choice import option_index
from quizcli.quiz.steps import letter
from quizcli.terminal.layout import cells
from quizcli.terminal.views import demo as views
from quizcli.terminal.views.lines import Page, with_styles

if TYPE_CHECKING:
    from quizcli.demos.evidence import Finding
    from quizcli.play.console import KeyConsole
    from quizcli.play.experiment.flow import ExperimentRun
    from quizcli.proof.dosing import DosePoint
    from quizcli.proof.inquiry import Check
    from quizcli.report.pictures import Picture
    from quizcli.terminal.views.demo_data import ExperimentView
    from quizcli.terminal.views.lines import Lines

NAMED = 30  # cells of the longest option that the table of many seeds has room for
LOW = 20  # lines of a window in which the keys are described shortly
LOW_KEYS = 2  # lines that they may have there


class ExperimentScreen:
    """One run at a console."""

    def __init__(self, console: KeyConsole, run: ExperimentRun) -> None:
        self.console = console
        self.experiment = run
        self.everything = False

    def run(self, *, predict: bool = True) -> None:
        """Until the person goes back. ``predict`` asks for a prediction first, where anything is
        claimed."""
        if predict and self.experiment.subject.sides and not self._predict():
            return
        self._show()
        while True:
            key = self._next()
            if key == "resize":
                self.console.settle()
                self._show()
            elif key in {"enter", "esc", "eof", "q", "backspace"}:
                self.console.canvas.live([])
                return
            elif self._pressed(key):
                self._show()

    def _predict(self) -> bool:
        """Show the predictions and take one; False where the person goes back."""
        self.console.keyboard.drop()
        self.console.canvas.say(views.predictions(self._view(), self.console.canvas.look))
        sides = len(self.experiment.subject.sides)
        number = [] if option_index("p", sides) is not None else [("p", "predict a number")]
        keys = [(f"a–{letter(sides - 1)}", "predict"), *number]
        while True:
            key = self.console.offer(
                [*keys, ("Enter", "run"), ("Esc", "back")], ticking=False, above=self._awaited
            )
            if key == "enter":
                break
            if key in {"esc", "eof"}:
                self.console.canvas.live([])
                return False
            if number and key in {"p", "P"}:
                self._number()
            side = option_index(key, sides)
            if side is not None:
                self.experiment.predict(side)
                break
        self.console.canvas.live([])
        return True

    def _awaited(self) -> Lines:
        """What is expected of the figures that appear next."""
        page, expected = self._page(), self.experiment.expected
        if expected is not None:
            page.say(page.own(expected.words), "title")
        return page.lines

    def _number(self) -> None:
        """Take what is expected of the figures that appear next, in place of what was."""
        try:
            self.experiment.expected = expected_with_keys(self.console, self.experiment)
        except DemoError as error:
            self._refused(error)

    def _pressed(self, key: str) -> bool:
        """Carry out a key; True when the screen is to be drawn again."""
        experiment = self.experiment.subject.experiment
        match key:
            case "n":
                self.experiment.new_seed()
            case "N" if self.experiment.subject.sides:
                self._many()
                return False
            case "0" if experiment.null is not None:
                self.experiment.switch_null()
            case "b" | "B" if experiment.breaks:
                self.experiment.next_break()
            case "h" | "H":
                self._look_into()
                return False
            case "c" | "C" if experiment.dose:
                self.dose()
                self._keys()
                return False
            case "p" | "P" if self.experiment.subject.sides:
                self._number()
                self._keys()
                return False
            case "e" | "E":
                self.everything = not self.everything
            case "up" | "down" if self.experiment.knobs:
                self.experiment.select(-1 if key == "up" else 1)
                self._keys()
                return False
            case "left" | "right" if self.experiment.knobs:
                self.experiment.turn(1 if key == "right" else -1)
            case _:
                return False
        return True

    def _view(self) -> ExperimentView:
        return shown(self.experiment, self.experiment.measure(), self.console.canvas.look)

    def _revealed(self) -> ExperimentView:
        return shown(self.experiment, self.experiment.reveal(), self.console.canvas.look)

    def _show(self) -> None:
        """Measure and draw; what cannot be measured is said, and the screen stays."""
        self.console.canvas.live([])
        try:
            view, look = self._revealed(), self.console.canvas.look
        except DemoError as error:
            self._refused(error)
        else:
            if self.everything:
                self.console.canvas.say(views.measured(view, look, everything=True))
            else:  # the last line of a window belongs to the cursor
                room = look.height - 1 - len(self._key_lines())
                self.console.canvas.say(views.fitted(view, look, room))
        if self.experiment.unkept:
            self.console.tell(f"Your prediction is not saved: {self.experiment.unkept}.")
            self.experiment.unkept = ""
        self._keys()

    def _refused(self, error: DemoError) -> None:
        page = self._page()
        page.say(page.text(f"{str(error)[0].upper()}{str(error)[1:]}."), "wrong")
        page.blank()
        self.console.canvas.say(page.lines)

    def _keys(self) -> None:
        self.console.canvas.live([*self._awaited(), *self._key_lines()])

    def _key_lines(self) -> Lines:
        page, short = self._page(), self.console.canvas.look.height < LOW
        keys = []
        knob = self.experiment.knob
        if knob is not None:
            turn = f"{knob.name} {told(self.experiment.value(knob))}"
            others = len(self.experiment.knobs) > 1
            if short:
                keys.append(("← → ↑ ↓" if others else "← →", turn))
            else:
                keys += [("← →", f"turn: {turn}"), *[("↑ ↓", "other knob")] * others]
        many = bool(self.experiment.subject.sides)
        if short:
            keys.append(("n N", "seeds") if many else ("n", "seed"))
        else:
            keys += [("n", "new seed"), *[("N", f"{SEEDS} seeds")] * many]
        if self.experiment.subject.experiment.null is not None:
            back = "effect" if self.experiment.null else "control"
            keys.append(("0", "null" if short else back))
        if self.experiment.subject.experiment.breaks:
            keys.append(("b", self._break_key(short=short)))
        if many:
            keys.append(("p", "guess" if short else "predict"))
        if not short:
            keys += [("c", "dose curve")] if self.experiment.subject.experiment.dose else []
            keys.append(("h", "honest?"))
        keys.append(("e", "less" if self.everything else "all" if short else "everything"))
        page.keys([*keys, ("Enter", "back")])
        if short and len(page.lines) > LOW_KEYS:  # the reason for what was chosen has more need
            page = self._page()
            page.keys([*(key for key in keys if key[0] != "p"), ("Enter", "back")])
        return page.lines

    def _break_key(self, *, short: bool) -> str:
        if not self.experiment.broken:
            return "break"
        if self.experiment.breaks_next is None:
            return "restore"
        return "next" if short else "next break"

    def _many(self) -> None:
        """The same under many seeds, with the distribution of verdicts and figures."""
        runs: list[tuple[Finding, ...]] = []
        seeds = self.experiment.over_seeds()
        while len(runs) < SEEDS and self._goes_on(len(runs), SEEDS, f"of {SEEDS} seeds"):
            try:
                runs.append(next(seeds))
            except DemoError as error:
                self._refused(error)
                break
        self.console.canvas.live([])
        if runs:
            self._distribution(runs)
        self._keys()

    def _look_into(self) -> None:
        """Whether the experiment measures, in a line and what speaks against it."""
        from quizcli.proof.honesty import CHECKS

        checks: list[Check] = []
        looking, many = self.experiment.looked_into(), len(CHECKS)
        while len(checks) < many and self._goes_on(len(checks), many, f"of {many} checks"):
            checks.append(next(looking))
        self.console.canvas.live([])
        if checks:
            page = self._page()
            marks = ", ".join(f"{check.name} {check.mark}" for check in checks)
            page.say(page.text(f"Honesty checks under {LOOKED} seeds: {marks}"))
            if len(checks) < many:  # a row of marks looks whole, however few they are
                page.say(page.text(f"Stopped: {many - len(checks)} of {many} checks were not run."))
            for check in checks:
                for fault in check.faults:
                    page.say(page.text(f"{check.name}: {fault}"), "wrong")
            page.blank()
            self.console.canvas.say(page.lines)
        self._keys()

    def dose(self) -> None:
        """How much of the knob that matters makes how much of the effect, drawn as it is measured.
        What was drawn when it is stopped stays."""
        from quizcli.proof.dosing import dose_of, dose_picture, doses

        points: list[DosePoint] = []
        picture: Lines = []
        run = self.experiment
        of = len(dose_of(run.subject).points)
        coming = doses(run.subject, run.seed, run.knobs_set)
        try:
            while len(points) < of and self._goes_on(len(points), of, f"of {of} points", picture):
                points.append(next(coming))
                picture = self._drawn(dose_picture(run.subject, run.seed, points))
        except DemoError as error:
            self._refused(error)
        self.console.canvas.live([])
        self.console.canvas.say(picture)

    def _goes_on(self, n: int, of: int, told: str, above: Lines | None = None) -> bool:
        """Show how much is done, below what there is already; False where the person stops it."""
        page = self._page()
        page.lines += above or []
        page.progress(n / of, page.own(f"{n} {told}"))
        page.keys([("Esc", "stop")])
        self.console.canvas.live(page.lines)
        while key := self.console.keyboard.key(0):
            if key == "resize":
                self.console.settle()
            elif key in {"esc", "eof"}:
                self.console.keyboard.drop()  # pressed in impatience, it would leave the experiment
                return False
        return True

    def _distribution(self, runs: list[tuple[Finding, ...]]) -> None:
        page, subject = self._page(), self.experiment.subject
        texts = [page.text(side.text) for side in subject.sides]
        named = max(map(cells, texts)) <= NAMED and page.width > 2 * NAMED
        self.console.canvas.say(self._drawn(distribution(subject, runs, named=named)))

    def _drawn(self, picture: Picture) -> Lines:
        from quizcli.terminal.pictures import draw

        page = self._page()
        page.lines += map(with_styles, draw(picture, self.console.canvas.look, page.form))
        page.blank()
        return page.lines

    def _page(self) -> Page:
        look = self.console.canvas.look
        return Page(look, form_of(self.experiment.subject, look))

    def _next(self) -> str:
        while (key := self.console.key(ticking=False)) == "":
            pass
        return key
