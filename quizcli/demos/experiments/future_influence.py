"""Does a mood that follows the weather call for reading in one direction, or in both?

``dog_mood`` draws the world and measures; here the numbers meet the claims. A claim is a direction
*and* a reason, and both must hold. A bidirectional network is right if the true future makes it
predict better than a false one. The reasons are measured separately: what the past is worth (the
share that today alone explains, and what changing earlier days does to the mood), what later days
do to the mood (changing them changes nothing, which is the question's own premise), and how
accurate the gradients are (against finite differences).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    Evidence,
    Experiment,
    Finding,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds import dog_mood
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, HeatMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.worlds.dog_mood import Figures

QUANTITIES = ("mood", "appetite", "energy")
PREMISE = 0.1  # share of the mood's variance that the weather must explain
GAIN = 0.02  # share of the squared error that the true future must save to count
PART, ALL = 0.85, 0.95  # of what the weather up to today explains, the share of today alone
EXACT, INACCURATE = 1e-6, 1e-3  # relative errors of a gradient

RULE = (
    "Reading both ways is right if the true future certainly saves more than "
    f"{GAIN:.0%} of the squared error made with another year's, and wrong if it certainly saves "
    "less (the 90% interval lies above or below). The past counts if today alone explains at most "
    f"{PART:.0%} of what the weather up to today explains, and changing an earlier day moves the "
    f"mood; it does not count at {ALL:.0%} or more, if no earlier day moves it. A gradient is "
    "exact to a millionth. A claim holds if its direction and its reason do. No verdict is given "
    f"unless the weather explains {PREMISE:.0%} of the mood's variance."
)

PREDICTS = {
    "more-information": (
        "Reading what truly comes later lowers the error, compared with reading what came in "
        "another year."
    ),
    "accurate-gradients": (
        "The gradient of a one-directional network is inaccurate, that of a bidirectional one less."
    ),
    "past-and-present": (
        "Today alone explains only a part; changing later weather leaves the mood as it was."
    ),
    "present-only": "Today alone explains all that the weather explains.",
}


def decide(direction: str, because: str, found: Figures) -> Verdict:
    """The rule: a direction and a reason, and both must hold."""
    if not found.explained >= PREMISE:
        return Verdict.UNDETERMINED
    judged = {_direction_holds(direction, found), _reason_holds(because, found)}
    if False in judged:
        return Verdict.REFUTED
    return Verdict.UNDETERMINED if None in judged else Verdict.HOLDS


def _direction_holds(direction: str, found: Figures) -> bool | None:
    """Whether this direction is the right one; None if it cannot be told."""
    gains = _future(found)
    return gains if gains is None or direction == "bidirectional" else not gains


def _future(found: Figures) -> bool | None:
    """Whether the true future helps; None if the interval has the margin within it."""
    _, low, high = found.saved
    return True if low > GAIN else False if high < GAIN else None


def _past(found: Figures) -> bool | None:
    """Whether the past counts; None where explained share and intervention do not agree."""
    if found.earlier == 0:
        return False if found.today >= ALL else None
    return True if found.today <= PART else None


def _reason_holds(because: str, found: Figures) -> bool | None:
    """Whether the reason is true, whatever direction it is given for."""
    gains, past = _future(found), _past(found)
    if because == "more-information":
        return gains
    if because == "present-only":
        return None if past is None else not past
    if because == "past-and-present":
        if past is False or gains is True:
            return False
        return True if past and gains is False and found.later[0] == 0 else None
    one, both = found.inexact
    inaccurate = _between(one, EXACT, INACCURATE)
    return both <= one / 10 if inaccurate else inaccurate


def _between(value: float, low: float, high: float) -> bool | None:
    """False up to ``low``, True from ``high``, None between."""
    return False if value <= low else True if value >= high else None


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{direction, because}``."""
    fields = {name: value for name, value in parameters.items() if name != "quantity"}
    world = dog_mood.DogWorld(**fields)  # type: ignore[arg-type]  # the other knobs
    quantity = str(parameters["quantity"])
    found = dog_mood.measure(world, np.random.default_rng(seed))
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found, quantity) for claim in claims),
        rule=RULE.replace("mood", quantity),
        pictures=_pictures(found, world.noise, quantity),
        assumption=EXPERIMENT.assumption,
    )


def _finding(claim: Claim, found: Figures, quantity: str) -> Finding:
    direction, because = str(claim["direction"]), str(claim["because"])
    figure = _figure(direction, because, found)
    return Finding(
        claim=claim,
        predicts=PREDICTS[because].replace("mood", quantity),
        figure=replace(figure, what=figure.what.replace("mood", quantity)),
        verdict=decide(direction, because, found),
        reason=_reason(direction, because, found).replace("mood", quantity),
    )


def _figure(direction: str, because: str, found: Figures) -> Measurement:
    """The number that decided: the reason's own, unless it is the direction that failed."""
    if because == "accurate-gradients":
        one = found.inexact[0]
        what = "relative error of the one-directional network's gradient"
        return Measurement(one, "", what, "< 1e-6" if one < EXACT else "")
    if because == "more-information" or _direction_holds(direction, found) is False:
        what = "squared error saved by the true future, against another year's"
        return Measurement(100 * found.saved[0], "%", what)
    if because == "past-and-present" and _past(found):
        what = "change of the mood when all later weather is replaced"
        return Measurement(found.later[0], "", what, "exactly 0" if found.later[0] == 0 else "")
    what = "of what the weather up to today explains, the share of today alone"
    return Measurement(100 * found.today, "%", what)


def _reason(direction: str, because: str, found: Figures) -> str:
    if not found.explained >= PREMISE:
        return (
            f"The weather explains {max(0.0, found.explained):.0%} of the mood's variance here, so "
            "there is nothing to read in either direction."
        )
    mean, low, high = (f"{100 * part:.1f}" for part in found.saved)
    future = (
        f"Reading what truly comes later saves {mean}% [{low}, {high}] of the squared error, "
        "compared with the later days of another year."
    )
    later = f"Replacing all later weather changes the mood of day t by {_size(found.later[0])}"
    past = (
        f"Today alone explains {found.today:.0%} of what the weather up to today explains, and one "
        f"more unit on an earlier day moves the mood by {_up_to(found.earlier)}."
    )
    if because == "accurate-gradients":
        if max(found.inexact) < EXACT:
            return (
                "Compared with finite differences, both gradients are right to less than a "
                "millionth: neither is the more accurate."
            )
        return "At least one gradient differs from finite differences by more than a millionth."
    if because == "more-information":
        return f"{future} {later}, and the bidirectional answer by {found.later[2]:.2f}."
    right = _direction_holds(direction, found)
    if right is False:
        return future
    own = past
    if because == "past-and-present" and _past(found) is not False:
        own = f"{past} {later}, as the question supposes."
    return own if right else f"{own} {future}"


def _pictures(found: Figures, noise: float, quantity: str) -> tuple[HeatMap, Bars]:
    reach = dog_mood.REACH
    days = range(-reach, reach + 1)
    mood, one, both = found.strips
    names = ("today alone", "one direction", "both directions")
    bars = (*names, "a false future")
    errors = (found.present, found.one, found.both, found.placebo)
    later = [f"{_size(max(strip[reach + 1 :]))}" for strip in found.strips]
    listed = "; ".join(f"{name}: {error:.3f}" for name, error in zip(bars, errors, strict=True))
    return (
        HeatMap(
            title="What one more unit of weather, days from t, changes on day t",
            rows=(f"the {quantity} itself", *names[1:]),
            columns=tuple(f"{day:+d}" if day else "t" for day in days),
            cells=(mood, one, both),
            unit="",
            says=(
                f"Yesterday's weather moves the {quantity} by {mood[reach - 1]:.2f}. The largest "
                f"effect of any later day: {later[0]} on the {quantity}, {later[1]} on the answer "
                f"of one direction, {later[2]} on that of both."
            ),
        ),
        Bars(
            title="Squared error on fresh records, networks of equal size",
            bars=tuple(Bar(name, error) for name, error in zip(bars, errors, strict=True)),
            unit="",
            says=(
                f"{listed}; the {quantity}'s own noise: {noise**2:.3f}. With a false future, both "
                "directions are read, but the later days are those of another year."
            ),
            mark=noise**2,
            mark_label="noise",
        ),
    )


def _up_to(value: float) -> str:
    return "exactly 0" if value == 0 else f"up to {value:.2f}"


def _size(value: float) -> str:
    return "exactly 0" if value == 0 else f"{value:.2f}"


EXPERIMENT = Experiment(
    name="future-influence",
    title="What later days know",
    asks="Is a mood that follows the weather better predicted in one direction or in both?",
    claim={
        "direction": ClaimField("which network is right", ("unidirectional", "bidirectional")),
        "because": ClaimField("the reason given for it", tuple(PREDICTS)),
    },
    knobs=(
        Knob("quantity", "mood", "what follows the weather, by name", choices=QUANTITIES),
        Knob(
            "sensor", 0.0, "error of the readings; the weather itself varies by 1", 0, 4, step=0.5
        ),
        Knob(
            "persistence",
            0.5,
            "share of a day's weather that carries over to the next",
            0,
            0.98,
            step=0.05,
        ),
        Knob("past", 4, "earlier days that act on the mood", low=0, high=len(dog_mood.KERNEL) - 1),
        Knob("noise", 0.3, "size of the mood changes that no weather explains", 0.02, 2, step=0.1),
        Knob("days", 365, "length of a record", low=100, high=2000, step=100),
        Knob("strength", 1.0, "how strongly the weather acts; 0 is not at all", 0, 2, step=0.25),
    ),
    null={"strength": 0.0},
    null_help="With strength 0 the weather does not act on the mood, and there is nothing to read.",
    run=run,
    claims=(
        {"direction": "unidirectional", "because": "past-and-present"},
        {"direction": "bidirectional", "because": "more-information"},
        {"direction": "bidirectional", "because": "accurate-gradients"},
        {"direction": "unidirectional", "because": "present-only"},
    ),
    breaks=(
        Break(
            "noisy-sensor",
            {"sensor": 2.0, "persistence": 0.95},
            (
                "With noisy readings of weather that changes slowly, later readings help to "
                "correct earlier ones, and reading both ways truly wins."
            ),
        ),
        Break(
            "no-past",
            {"past": 0},
            "What follows the weather of the same day alone needs no earlier day.",
        ),
    ),
    assumption=(
        "Later days do not act on the mood: the question says so, and this world is built that "
        "way. The weather is measured exactly, and the answer for day t is needed without waiting "
        "for later days."
    ),
)
