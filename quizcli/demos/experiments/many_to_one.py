"""Which tasks suit a many-to-one network: many inputs, one after another, and one answer for all.

For each task a recurrent network reads the inputs of an item and may then give one answer: all that
is wanted for the item, a whole transcript if need be, as one of the outputs met in training. Three
things are measured. *Is one answer enough?* The share of items for which it is right; where several
labels are wanted, against the same network giving a label as soon as it has read enough for it.
*Is there anything to read one after another?* The largest entry of dL/dU, the gradient that
reaches the recurrent weights: with a single input, and a⟨0⟩ = 0, it is exactly 0. *Does it take
all inputs?* The gain over the same network when it gets the last input only.

The networks are random ones with a readout fitted by ridge regression. Only the one that reads
opinions is trained throughout: "not" reverses what follows, which random weights do not capture.
A control reads as many frames of noise: it tells whether the gradient can say anything at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
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
from quizcli.demos.worlds.memory import afford
from quizcli.demos.worlds.readers import (
    TESTED,
    TRAINED,
    UNITS,
    TaskScores,
    measure,
)
from quizcli.demos.worlds.tasks import TASKS, TaskWorld
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable
from quizcli.report.words import counted, in_percent

if TYPE_CHECKING:
    from collections.abc import Sequence


ENOUGH, TOO_FEW, GAIN, FALLS_SHORT = 0.75, 0.5, 0.1, 0.25
MEMORY = 128 * 2**20  # bytes, for the states of one task
RULE = (
    f"A task fits if one label is wanted and right for at least {ENOUGH:.0%} of the items, "
    f"recurrent weights receive a gradient, and all inputs together gain at least {GAIN:.0%} over "
    "the last. It does not if the gradient is exactly 0; or if several labels are wanted, and one "
    f"answer for all of them is right for at most {TOO_FEW:.0%} of the items, and at least "
    f"{100 * FALLS_SHORT:.0f} points less often than one label at a time. No verdict is given "
    "unless the control receives a gradient."
)
ASSUMPTION = "An image counts as one input, handed over as a whole."


def decide(m: TaskScores, control: float) -> Verdict:
    """The rule. ``control`` is the largest entry of dL/dU in the network that reads noise."""
    if control == 0:
        return Verdict.UNDETERMINED
    if m.gradient == 0:
        return Verdict.REFUTED
    if m.labels > 1:  # the few outputs of a short sequence can be told as wholes: no fit for that
        short = m.right <= TOO_FEW and m.singly - m.right >= FALLS_SHORT
        return Verdict.REFUTED if short else Verdict.UNDETERMINED
    fits = m.right >= ENOUGH and m.gain >= GAIN
    return Verdict.HOLDS if fits else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure tasks ``{task}``. Raises DemoError if the states would not fit in memory."""
    world = TaskWorld(
        length=int(parameters["length"]),
        negations=float(parameters["negations"]),
        pitch_gap=float(parameters["pitch_gap"]),
        rows=parameters["image"] == "rows",
    )
    states = 8 * world.length * (TRAINED + TESTED) * UNITS
    afford(states, MEMORY, f"the states of {world.length} steps", "choose a smaller length")
    names = [str(claim["task"]) for claim in claims]
    shown = EXPERIMENT.in_order(claims)
    control = _control(np.random.default_rng(seed), world.length)
    # Each task has its own stream of random numbers, so that no claim depends on its company.
    tasks = list(TASKS)
    measured = [
        measure(
            np.random.default_rng([seed, tasks.index(name)]),
            name,
            world,
            int(parameters["training"]),
        )
        for name in names
    ]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(c, m, control) for c, m in zip(claims, measured, strict=True)),
        rule=RULE,
        pictures=_pictures([(names[i].replace("-", " "), measured[i]) for i in shown]),
        assumption=ASSUMPTION,
    )


def _control(rng: np.random.Generator, T: int) -> float:
    """The largest entry of dL/dU where T frames of noise are read, for any error at the end."""
    rnn = RNN.random(rng, 1, UNITS)
    trace = rnn.forward(rng.standard_normal((T, 1, 1)))
    return float(abs(rnn.backward(trace, dlast=rng.standard_normal((1, UNITS))).dU).max())


def _finding(claim: Claim, m: TaskScores, control: float) -> Finding:
    verdict, task = decide(m, control), TASKS[str(claim["task"])]
    figure = Measurement(100 * m.right, "%", "items for which one answer for all is right")
    if m.gradient == 0:
        figure = Measurement(0.0, "", "largest gradient of a recurrent weight", "exactly 0")
    return Finding(
        claim=claim,
        predicts=(
            f"One answer is enough to tell {task.wanted}, and it takes many {task.inputs}, one "
            "after another, to find it."
        ),
        figure=figure,
        verdict=verdict,
        reason=_reason(verdict, m, control),
    )


def _reason(verdict: Verdict, m: TaskScores, control: float) -> str:
    if control == 0:
        return (
            "With sequences of one step even the control's recurrent weights receive a gradient of "
            "exactly 0: many inputs cannot be told from one."
        )
    if verdict is Verdict.HOLDS:
        return (
            f"One answer after {m.inputs} inputs is right for {in_percent(m.right)}, "
            f"{100 * m.gain:.0f} points more than from the last alone. The recurrent weights get a "
            f"gradient of up to {m.gradient:.2g}."
        )
    if m.gradient == 0:
        return (
            f"There is {counted(m.inputs, 'input')} and nothing before it: the gradient of the "
            "recurrent weights is exactly 0. Without their help, "
            f"{in_percent(m.right)} of the answers are right."
        )
    if m.labels > 1:
        told = (
            f"{m.labels} labels are wanted for each item. One answer for all of them is right for "
            f"{in_percent(m.right)} of the items, one label at a time for {in_percent(m.singly)}"
        )
        return f"{told}." if verdict is Verdict.REFUTED else f"{told}: too little apart to tell."
    return (
        f"The answer is right for only {in_percent(m.right)} of the items, or hardly more often "
        f"than from the last input alone ({100 * m.gain:+.0f} points): too little to tell."
    )


def _pictures(pairs: Sequence[tuple[str, TaskScores]]) -> tuple[TextTable, Bars]:
    return _table(pairs), _bars(pairs)


def _bars(pairs: Sequence[tuple[str, TaskScores]]) -> Bars:
    return Bars(
        title="Items for which one answer for all is right",
        bars=tuple(Bar(name, 100 * m.right) for name, m in pairs),
        unit="%",
        says="; ".join(
            f"{name}: {in_percent(m.right)} of items with {counted(m.labels, 'label')}"
            + (f", one label at a time {in_percent(m.singly)}" if m.labels > 1 else "")
            for name, m in pairs
        )
        + ".",
        mark=100 * ENOUGH,
        mark_label="enough",
    )


def _table(pairs: Sequence[tuple[str, TaskScores]]) -> TextTable:
    rows = [
        (
            name,
            f"{m.inputs}",
            f"{m.labels}",
            f"{100 * m.gain:+.0f} points",
            "exactly 0" if m.gradient == 0 else f"{m.gradient:.2g}",
        )
        for name, m in pairs
    ]
    return TextTable(
        title="For each item; gain over the last input alone; gradient of recurrent weights",
        columns=("task", "inputs", "labels", "gain", "gradient"),
        rows=tuple(rows),
        says=" ".join(
            f"{name}: inputs {inputs}, labels {labels}, gain {gain}, gradient {gradient}."
            for name, inputs, labels, gain, gradient in rows
        ),
    )


EXPERIMENT = Experiment(
    name="many-to-one",
    title="Many inputs, one answer",
    asks="For which tasks is a many-to-one network a natural choice?",
    claim={"task": ClaimField("what goes in and what comes out", tuple(TASKS))},
    knobs=(
        Knob("length", 8, "inputs of a sequence, wherever there are many", low=1, high=1_000_000),
        Knob("image", "whole", "how an image is handed over", choices=("whole", "rows")),
        Knob(
            "negations",
            0.3,
            "share of opinions with a 'not' before them",
            low=0,
            high=0.5,
            step=0.1,
        ),
        Knob("pitch_gap", 90.0, "Hz between the two kinds of voice", low=0, high=150, step=15),
        Knob("training", 80, "training steps of the network that reads", low=0, high=400, step=20),
    ),
    null={"length": 1},
    null_help="With sequences of one step there is only one input, and no recurrence to notice.",
    run=run,
    label=lambda claim: str(claim["task"]).replace("-", " "),
    claims=tuple({"task": name} for name in tuple(TASKS)[:4]),
    breaks=(
        Break(
            "image-by-rows",
            {"image": "rows"},
            "Fed row by row an image becomes a sequence, and a many-to-one network fits.",
        ),
    ),
    assumption=ASSUMPTION,
)
