"""An experiment with a person in front of it: predict, run, explain; turn the knobs, draw other
seeds, remove the effect."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from quizcli.demos.evidence import DemoError
from quizcli.play.console import held_still
from quizcli.play.experiment.knobs import distribution, told, turned
from quizcli.proof.results import of_figure
from quizcli.quiz.session import letter
from quizcli.terminal.layout import cells
from quizcli.terminal.notation import Form, fits_unicode
from quizcli.terminal.views import demo as views
from quizcli.terminal.views.lines import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quizcli.demos.evidence import Evidence, Finding, Knob, Value
    from quizcli.env import Keyboard
    from quizcli.proof.subject import Subject
    from quizcli.terminal.canvas import Canvas
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

    Outcome = tuple[Evidence, tuple[Finding, ...]]

SEEDS = 100
NAMED = 30  # cells of the longest option that the table of many seeds has room for
LOW = 20  # lines of a window in which the keys are described shortly


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands on the bench: knobs laid over the question's, the seed, the null control."""

    seed: int
    turned: dict[str, Value] = field(default_factory=dict)
    null: bool = False


def form_of(subject: Subject, look: OutputStyle) -> Form:
    """How the formulas of an experiment are written: all in Unicode, or none."""
    if look.plain or not look.unicode:
        return Form.SPOKEN
    texts = [subject.experiment.title, subject.experiment.asks, *subject.texts]
    texts += [side.text for side in subject.sides]
    return Form.UNICODE if fits_unicode(texts) else Form.LINEAR


def shown(
    subject: Subject,
    evidence: Evidence,
    findings: Sequence[Finding],
    look: OutputStyle,
    chosen: frozenset[str] = frozenset(),
    setting: Setting | None = None,
) -> views.Shown:
    """What the screens show of one run."""
    experiment = subject.experiment
    null = setting is not None and setting.null
    return views.Shown(
        title=experiment.title,
        asks=experiment.asks,
        setting=f"seed {evidence.seed}",
        rows=tuple(
            views.Row(letter(i), side.text, finding, of_figure(finding.figure))
            for i, (side, finding) in enumerate(zip(subject.sides, findings, strict=True))
        ),
        pictures=evidence.pictures,
        rule=evidence.rule,
        form=form_of(subject, look),
        chosen=chosen,
        assumption=evidence.assumption,
        definitional=experiment.definitional,
        note=f"Null control: {experiment.null_help}" if null else _turned(setting),
    )


def _turned(setting: Setting | None) -> str:
    if setting is None or not setting.turned:
        return ""
    return "Turned: " + ", ".join(f"{name} {told(value)}" for name, value in setting.turned.items())


class ExperimentScreen:
    """One subject on the bench. ``chosen`` is the letter that a learner stands by, if any."""

    def __init__(
        self,
        subject: Subject,
        setting: Setting,
        keyboard: Keyboard,
        canvas: Canvas,
        draw_seed: Callable[[], int],
        look: Callable[[], OutputStyle],
        chosen: frozenset[str] = frozenset(),
    ) -> None:
        self.subject = subject
        self.setting = setting
        self.keyboard = keyboard
        self.canvas = canvas
        self.draw_seed = draw_seed
        self.look = look
        self.chosen = chosen
        self.knob = 0
        self.everything = False
        self._kept = ""  # a key pressed while a window was resized
        self._measured: tuple[object, Outcome] | None = None

    @property
    def knobs(self) -> tuple[Knob, ...]:
        """The knobs of the experiment."""
        return self.subject.experiment.knobs

    def run(self, *, predict: bool = True) -> None:
        """Until the person goes back. ``predict`` asks for a prediction first."""
        if predict and not self._predict():
            return
        self._show()
        while True:
            key = self._next()
            if key == "resize":
                self._settle()
                self._show()
            elif key in {"enter", "esc", "eof", "q", "backspace"}:
                self.canvas.live([])
                return
            elif self._pressed(key):
                self._show()

    def _predict(self) -> bool:
        """Show the predictions and take one; False where the person goes back."""
        evidence, findings = self._measure()
        self.canvas.say(views.predictions(self._shown(evidence, findings), self.canvas.look))
        last = letter(len(self.subject.sides) - 1)
        while True:
            page = self._page()
            page.keys([(f"a–{last}", "your prediction"), ("Enter", "run"), ("Esc", "back")])
            self.canvas.live(page.lines)
            key = self._next()
            if key == "resize":
                self._settle()
            if key == "enter":
                break
            if key in {"esc", "eof"}:
                self.canvas.live([])
                return False
            if len(key) == 1 and "a" <= key.lower() <= last:
                self.chosen = frozenset({key.lower()})
                break
        self.canvas.live([])
        return True

    def _pressed(self, key: str) -> bool:
        """Carry out a key; True when the screen is to be drawn again."""
        match key:
            case "n":
                self.setting = replace(self.setting, seed=self.draw_seed())
            case "N":
                self._many()
                return False
            case "0":
                self.setting = replace(self.setting, null=not self.setting.null)
            case "e" | "E":
                self.everything = not self.everything
            case "up" | "down" if self.knobs:
                step = -1 if key == "up" else 1
                self.knob = (self.knob + step) % len(self.knobs)
                self._keys()
                return False
            case "left" | "right" if self.knobs:
                return self._turn(1 if key == "right" else -1)
            case _:
                return False
        return True

    def _turn(self, direction: int) -> bool:
        knob = self.knobs[self.knob]
        value = turned(knob, self._value(knob), direction)
        before = self.setting
        self.setting = replace(self.setting, turned={**before.turned, knob.name: value})
        return True

    def _value(self, knob: Knob) -> Value:
        given = self.subject.given
        return self.setting.turned.get(knob.name, given.get(knob.name, knob.default))

    def _measure(self, seed: int | None = None) -> Outcome:
        """A run; the last one is kept, since a screen is drawn more often than it changes."""
        turned = dict(self.setting.turned)
        if self.setting.null:
            turned.update(self.subject.experiment.null)
        seed = self.setting.seed if seed is None else seed
        of = (seed, tuple(turned.items()))
        if self._measured is None or self._measured[0] != of:
            self._measured = (of, self.subject.measure(seed, turned))
        return self._measured[1]

    def _shown(self, evidence: Evidence, findings: Sequence[Finding]) -> views.Shown:
        look = self.canvas.look
        return shown(self.subject, evidence, findings, look, self.chosen, self.setting)

    def _show(self) -> None:
        """Measure and draw; what cannot be measured is said, and the bench stays."""
        self.canvas.live([])
        try:
            evidence, findings = self._measure()
        except DemoError as error:
            self._refused(error)
        else:
            what, look = self._shown(evidence, findings), self.canvas.look
            if self.everything:
                self.canvas.say(views.measured(what, look, everything=True))
            else:  # the last line of a window belongs to the cursor
                room = look.height - 1 - len(self._key_lines())
                self.canvas.say(views.fitted(what, look, room))
        self._keys()

    def _refused(self, error: DemoError) -> None:
        page = self._page()
        page.say(page.text(f"{str(error)[0].upper()}{str(error)[1:]}."), "wrong")
        page.blank()
        self.canvas.say(page.lines)

    def _keys(self) -> None:
        self.canvas.live(self._key_lines())

    def _key_lines(self) -> Lines:
        page, short = self._page(), self.canvas.look.height < LOW
        keys = []
        if self.knobs:
            knob = self.knobs[self.knob]
            turn = f"{knob.name} {told(self._value(knob))}"
            keys.append(("← →", turn if short else f"turn: {turn}"))
        if len(self.knobs) > 1:
            keys.append(("↑ ↓", "other" if short else "other knob"))
        keys.append(("n", "new" if short else "new seed"))
        keys.append(("N", f"{SEEDS}" if short else f"{SEEDS} seeds"))
        keys.append(("0", "effect" if self.setting.null else "control"))
        keys.append(("e", "less" if self.everything else "all" if short else "everything"))
        page.keys([*keys, ("Enter", "back")])
        return page.lines

    def _many(self) -> None:
        """The same under many seeds, with the distribution of verdicts and figures."""
        runs: list[tuple[Finding, ...]] = []
        for n in range(SEEDS):
            page = self._page()
            done = round(30 * n / SEEDS)
            bar = page.own("━" * done + "─" * (30 - done))
            page.keys([("Esc", "stop"), (bar, f"{n} of {SEEDS} seeds")])
            self.canvas.live(page.lines)
            key = self.keyboard.key(0)
            if key == "resize":
                self._settle()
            elif key in {"esc", "eof"}:
                break
            try:
                runs.append(self._measure(n + 1)[1])
            except DemoError as error:
                self._refused(error)
                break
        self.canvas.live([])
        if runs:
            page = self._page()
            from rich.text import Text

            from quizcli.terminal.pictures import draw

            texts = [page.text(side.text) for side in self.subject.sides]
            named = max(map(cells, texts)) <= NAMED and page.width > 2 * NAMED
            picture = distribution(self.subject, runs, named=named)
            page.lines += [Text(line) for line in draw(picture, self.canvas.look, page.form)]
            page.blank()
            self.canvas.say(page.lines)
        self._keys()

    def _page(self) -> Page:
        return Page(self.canvas.look, form_of(self.subject, self.canvas.look))

    def _next(self) -> str:
        if self._kept:
            key, self._kept = self._kept, ""
            return key
        while (key := self.keyboard.key()) == "":
            pass
        return key

    def _settle(self) -> None:
        """After a resize: wait until the window holds still, and take its new size.

        A key that was pressed meanwhile is the next one.
        """
        self._kept = held_still(self.keyboard)
        self.canvas.look = self.look()
        self.canvas.live([])
