"""The bench of an experiment under a fake keyboard: predict, run, turn, reseed, remove the effect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizcli import load_bank
from quizcli.demos.evidence import Claim, ClaimField, Evidence, Knob, Value
from quizcli.play.console import KeyConsole
from quizcli.play.experiment.flow import ExperimentRun
from quizcli.play.experiment.keys import ExperimentScreen
from quizcli.play.experiment.knobs import turned_by
from quizcli.play.experiment.shown import form_of, shown
from quizcli.proof.subject import Subject, of_question, side_of
from quizcli.quiz.model import Question
from quizcli.terminal.layout import cells
from quizcli.terminal.views.lines import Page
from tests.support import urns
from tests.support.fakes import FakeClock, FakeKeyboard, FakeScreen, environment
from tests.support.program import ROOT

QUESTION = load_bank(ROOT / "questions" / "rnn.yaml").question("gate-width")


def bench(
    keys: list[str],
    *,
    size: tuple[int, int] = (80, 24),
    seed: int = 8131,
    turned: dict[str, Value] | None = None,
    chosen: str = "",
    subject: Subject | None = None,
    seconds: float = 1,
) -> ExperimentScreen:
    """The screen of an experiment with these keys to come."""
    screen, clock = FakeScreen(*size), FakeClock()
    seeds = iter(range(100, 200))
    asked = subject or of_question(QUESTION)
    run = ExperimentRun(
        asked,
        seed,
        turned,
        chosen=frozenset(asked.sides[ord(letter) - ord("a")].id for letter in chosen),
        draw_seed=lambda: next(seeds),
    )
    env = environment(Path(), clock=clock)
    keyboard = FakeKeyboard(keys, clock, seconds)
    return ExperimentScreen(KeyConsole(env, keyboard, screen, screen.look), run)


def played(
    *keys: str,
    predict: bool = True,
    width: int = 80,
    seed: int = 8131,
    turned: dict[str, Value] | None = None,
    seconds: float = 1,
) -> str:
    """Everything on the screen after these keys, the last of which must lead back."""
    screen = bench(list(keys), size=(width, 24), seed=seed, turned=turned, seconds=seconds)
    screen.run(predict=predict)
    assert screen.console.keyboard.played  # type: ignore[attr-defined]
    return screen.console.canvas.screen.text  # type: ignore[attr-defined]


def test_first_the_prediction_then_the_measurement_then_why() -> None:
    text = played("a", "enter")
    asked, measured = text.index("predicts:"), text.index("Measured:")
    assert asked < measured < text.index("a  fails:") < text.index("b  holds:")
    assert "c  fails:" not in text  # not chosen, not right: one key away
    assert "c  fails:" in played("a", "e", "enter")


def test_leaving_before_the_run_measures_nothing() -> None:
    assert "Measured:" not in played("esc")


def test_a_knob_is_turned_and_the_screen_follows() -> None:
    text = played("enter", "right", "enter")
    assert "cannot multiply: 100 against 110" in text
    assert "Turned: units 110" in text


def test_a_new_seed_is_another_run() -> None:
    text = played("enter", "n", "enter")
    assert "seed 8131" in text
    assert "seed 100" in text


def test_the_control_is_undetermined_and_goes_away_again() -> None:
    text = played("0", "0", "enter", predict=False)
    first, control, again = text.split("Measured:")[1:]
    assert "undetermined" not in first
    assert control.count("? undetermined") == 4
    assert "Null control:" in text
    assert "undetermined" not in again


def test_the_effect_comes_back_where_the_control_was_asked_for_first() -> None:
    """``--null`` removes it by the flag alone, so that ``0`` brings it back."""
    subject = of_question(QUESTION)
    run = ExperimentRun(subject, 1, subject.turned([]), null=True, draw_seed=lambda: 1)
    assert {str(finding.verdict) for finding in run.measure().findings} == {"undetermined"}
    run.switch_null()
    assert "holds" in {str(finding.verdict) for finding in run.measure().findings}


def test_the_control_shows_the_knobs_that_are_measured() -> None:
    """Also where it has put one of them somewhere."""
    run = ExperimentRun(of_question(QUESTION), 1, null=True, draw_seed=lambda: 1)
    assert {knob.name: run.value(knob) for knob in run.knobs} == dict(run.measure().parameters)
    before = {knob.name: run.value(knob) for knob in run.knobs}
    run.switch_null()
    assert {knob.name: run.value(knob) for knob in run.knobs} != before


def test_a_knob_that_is_turned_under_the_control_is_told_beside_it() -> None:
    text = " ".join(played("0", "right", "enter", predict=False).split())
    assert "one value would do. Turned: units 110" in text


SAMPLING = load_bank(ROOT / "questions" / "rnn.yaml").question("sampling")


def broken(*keys: str, size: tuple[int, int] = (80, 24), subject: Subject | None = None) -> str:
    """What stands on a screen of the question on sampling after these keys."""
    asked = subject or of_question(SAMPLING)
    screen = bench([*keys, "enter"], size=size, subject=asked, seed=1, seconds=0)
    screen.run(predict=False)
    return " ".join(screen.console.canvas.screen.text.split())  # type: ignore[attr-defined]


def test_an_assumption_is_broken_then_the_next_and_then_mended() -> None:
    """The key is seen not to be right, and why; in the end it is again."""
    text = broken("b", "b", "b")
    first, sharpened, flattened, mended = text.split("Sampling a sentence · seed 1")[1:]
    assert "Broken" not in first
    assert (
        "Broken: sharpened (temperature 0.5). At temperature 0.5 the draws are sharpened"
        in sharpened
    )
    assert "Broken: flattened (temperature 2). At temperature 2 unlikely words" in flattened
    assert "✓ holds" in first
    assert "✓ holds" not in sharpened
    assert "✓ holds" not in flattened
    assert "Broken" not in mended
    assert "✓ holds" in mended


def test_the_key_that_breaks_says_what_it_does_next() -> None:
    asked = bench([], subject=of_question(SAMPLING), seed=1)
    said = []
    for _ in range(4):
        said.append(" ".join(str(line) for line in asked._key_lines()).partition(" b ")[2][:10])
        asked._pressed("b")
    assert [each.strip().split("   ")[0] for each in said] == [
        "break",
        "next break",
        "restore",
        "break",
    ]


def test_a_break_ends_the_control_and_the_control_a_break() -> None:
    run = ExperimentRun(of_question(SAMPLING), 1, null=True, draw_seed=lambda: 1)
    run.next_break()
    assert (run.null, run.broken and run.broken.name) == (False, "sharpened")
    run.switch_null()
    assert (run.null, run.broken) == (True, None)


def test_a_knob_that_a_break_has_put_somewhere_is_turned_from_there() -> None:
    """The others of that world stay where they are: it is left one knob at a time."""
    run = ExperimentRun(of_question(BANK.question("dog-mood")), 1, draw_seed=lambda: 1)
    names = [knob.name for knob in run.knobs]
    run.next_break()
    assert run.broken
    before = dict(run.broken.knobs)
    run.select(names.index("noise"))
    run.turn(1)
    assert run.broken
    run.select(names.index("sensor") - names.index("noise"))
    run.turn(1)
    assert run.broken is None
    assert run.turned == {**before, "noise": 0.4, "sensor": float(before["sensor"]) + 0.5}


def test_where_nothing_can_be_broken_or_removed_no_key_does_it() -> None:
    definition = replace(of_question(QUESTION).experiment, null=None, null_help="It is a word.")
    subject = replace(of_question(QUESTION), experiment=definition)
    text = broken("b", "0", "e", subject=subject)
    assert "Broken" not in text
    assert "Null control" not in text
    assert " break" not in text
    assert "control e" not in text
    assert "No null control: It is a word." in text


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (40, 12), (120, 40)], ids=str)
@pytest.mark.parametrize("question", load_bank(ROOT / "questions" / "rnn.yaml").questions,
                         ids=lambda question: question.id)  # fmt: skip
def test_a_broken_world_has_room_on_a_screen(question: Question, size: tuple[int, int]) -> None:
    for each in of_question(question).experiment.breaks:
        asked = bench([], size=size, seed=1, chosen="a", subject=of_question(question))
        asked.experiment.broken = each
        asked._show()
        seen = asked.console.canvas.screen.text.rstrip("\n").split("\n")  # type: ignore[attr-defined]
        assert len(seen) < size[1]
        assert f"Broken: {each.name}" in " ".join(seen)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    for line in played("e", "enter", predict=False, width=width).splitlines():
        assert len(line) <= width


def test_knobs_stay_within_their_range() -> None:
    whole = Knob("n", 10, "", low=1, high=100, step=2, factor=True)
    assert [turned_by(whole, v, d) for v, d in ((10, 1), (10, -1), (1, -1), (80, 1))] == [
        20,
        5,
        1,
        100,
    ]
    real = Knob("r", 0.5, "", low=0.0, high=1.0, step=0.25)
    assert [turned_by(real, v, d) for v, d in ((0.5, 1), (1.0, 1), (0.1, -1))] == [0.75, 1.0, 0.0]
    word = Knob("w", "a", "", choices=("a", "b"))
    assert turned_by(word, "b", 1) == "a"
    assert turned_by(Knob("s", False, ""), False, 1) is True
    slow = Knob("m", 3, "", low=1, high=9, step=1.1, factor=True)
    assert turned_by(slow, 3, 1) == 4


BANK = load_bank(ROOT / "questions" / "rnn.yaml")


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (40, 12), (120, 40)], ids=str)
@pytest.mark.parametrize("question", BANK.questions, ids=lambda question: question.id)
def test_the_essential_is_on_one_screen(question: Question, size: tuple[int, int]) -> None:
    """Whatever was chosen: its figure, its verdict and its whole reason above the keys."""
    subject = of_question(question)
    for chosen in "abcd":
        asked = bench([], size=size, seed=1, chosen=chosen, subject=subject)
        asked._show()
        look = asked.console.canvas.look
        seen = asked.console.canvas.screen.text.rstrip("\n").split("\n")  # type: ignore[attr-defined]
        assert len(seen) < size[1]
        assert all(cells(line) < size[0] for line in seen)
        row = next(line for line in seen if f"▸ {chosen}  " in line)
        text = " ".join(" ".join(seen).split())
        finding = subject.measure(1).findings["abcd".index(chosen)]
        assert str(finding.verdict) in (row if size != (40, 24) else text)
        page = Page(look, form_of(subject, look))
        assert " ".join(page.text(finding.reason).split()) in text
        assert "Enter back" in text
        if size[1] >= 24 and size[0] >= 80:
            pictures = subject.measure(1).pictures
            assert any(" ".join(page.text(picture.title).split()) in text for picture in pictures)


def test_a_key_pressed_while_the_window_is_resized_is_not_lost() -> None:
    assert "c  fails:" in played("resize", "resize", "e", "enter", predict=False, seconds=0)
    assert "▸ b" in played("resize", "b", "enter", seconds=0)


def test_a_hundred_seeds_are_counted_and_stop_on_demand() -> None:
    text = played("N", "esc", "enter", predict=False, seconds=0)
    assert "Over" not in text  # stopped before the first
    assert "Over 100 seeds" in played("N", *[""] * 100, "enter", predict=False, seconds=0)


def test_a_knob_that_cannot_be_afforded_is_said_and_the_bench_stays() -> None:
    turned: dict[str, Value] = {"vocabulary": 10**5, "units": 512}
    text = played("e", "N", "", "0", "enter", predict=False, seed=1, turned=turned, seconds=0)
    assert text.count("MB is the most") == 4
    assert "Traceback" not in text


@pytest.mark.parametrize(
    ("value", "told"), [(10.0, "10"), (0.25, "0.25"), (True, "on"), (False, "off"), ("x", "x")]
)
def test_a_knob_is_told_as_people_write_it(value: Value, told: str) -> None:
    run = ExperimentRun(of_question(QUESTION), 1, draw_seed=lambda: 1)
    measured = run.measure()
    run.turned = {"gate_gain": value}
    assert f"Turned: gate_gain {told}" in shown(run, measured, FakeScreen().look()).note


def test_a_redrawn_screen_measures_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes a second to measure must not take two to be asked about first."""
    runs: list[int] = []
    measure = Subject.measure

    def counted(self: Subject, seed: int, turned: dict[str, Value] | None = None) -> Any:
        runs.append(seed)
        return measure(self, seed, turned)

    monkeypatch.setattr(Subject, "measure", counted)
    played("a", "e", "resize", "e", "enter", seconds=0)
    assert runs == [8131]
    played("enter", "n", "right", "left", "0", "enter")
    assert runs[1:] == [8131, 100, 100, 100, 100]


def test_an_experiment_that_claims_nothing() -> None:
    """It is measured at once: nothing is to be foreseen, and nothing judged over many seeds."""
    subject = Subject(of_question(QUESTION).experiment, (), {})
    for size in ((80, 24), (40, 12)):
        screen = bench(["N", "e", "right", "0", "enter"], size=size, subject=subject)
        screen.run()
        text = screen.console.canvas.screen.text  # type: ignore[attr-defined]
        assert "prediction" not in text
        assert "100 seeds" not in text
        assert screen.console.keyboard.played  # type: ignore[attr-defined]


def test_many_seeds_leave_the_run_on_the_screen() -> None:
    """It is not measured again."""
    subject = of_question(QUESTION)
    run = ExperimentRun(subject, 8131, draw_seed=lambda: 1)
    shown_first = run.measure()
    next(run.over_seeds())
    assert run.measure() is shown_first


def test_whether_it_is_measured_is_told_in_a_line() -> None:
    subject = of_question(BANK.question("gate-roles"))
    text = broken("h", *[""] * 7, subject=subject)
    assert "Honesty checks under 3 seeds: null ✓, claims ✓, order ✓, seeds ✓, knobs ✓" in text
    assert "Stopped" not in text
    stopped = broken("h", "", "", "esc", subject=subject)
    assert "Stopped: 5 of 7 checks were not run." in stopped
    assert "Honesty checks under 3 seeds: null ✓, claims ✓" in stopped
    assert "order" not in stopped.partition("Honesty checks")[2]
    assert "Honesty checks" not in broken("h", "esc", subject=subject)


def test_what_speaks_against_an_experiment_is_told_at_the_bench() -> None:
    subject = Subject(urns.TABLE, tuple(map(side_of, urns.TABLE.claims)), {})
    text = broken("h", *[""] * 7, subject=subject)
    assert "null ✗, claims ✓" in text
    assert "null: without the effect, under seeds 1, 2 and 3: a is refuted" in text


def test_what_speaks_against_it_is_told_to_its_end() -> None:
    """Whatever signs a claim has; and with nothing to type, since the experiment is on the
    screen."""
    words = tuple(f"{letter} — rather" for letter in urns.LETTERS)

    def rather(claims: Sequence[Claim], seed: int, knobs: dict[str, Value]) -> Evidence:
        asked = [{"letter": str(claim["letter"])[0]} for claim in claims]
        found = urns.TABLE.run(asked, seed, knobs)
        pairs = zip(found.findings, claims, strict=True)
        return replace(found, findings=tuple(replace(one, claim=claim) for one, claim in pairs))

    experiment = replace(urns.TABLE, run=rather, claim={"letter": ClaimField("one", words)})
    claims = tuple({"letter": word} for word in words[:3])
    text = broken("h", *[""] * 7, subject=Subject(experiment, tuple(map(side_of, claims)), {}))
    assert "without the effect, under seeds 1, 2 and 3: a — rather is refuted" in text
    assert "quizcli demo" not in text
