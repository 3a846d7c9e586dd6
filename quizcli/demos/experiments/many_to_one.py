"""Which tasks suit a many-to-one network: many inputs, one after another, and one answer for all.

For each task a recurrent network reads the inputs of an item and may then say one label. Three
things are measured. *Is one answer enough?* The share of the wanted labels that the right answers
cover. *Is there anything to read one after another?* The largest entry of dL/dU, the gradient that
reaches the recurrent weights: with a single input, and a⟨0⟩ = 0, it is exactly 0. *Does it take
all inputs?* The gain over the same network when it gets the last input only.

The networks are random ones with a readout fitted by ridge regression. Only the one that reads
opinions is trained throughout: "not" reverses what follows, which random weights do not capture.
A control reads as many frames of noise: it tells whether the gradient can say anything at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.demos.cells import RNN, Adam, sigmoid
from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Evidence,
    Experiment,
    Finding,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.tasks import TASKS, VOCABULARY, Items, TaskWorld, sentiment
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells import RNNTrace
    from quizcli.demos.cells.shared import Array

TRAINED, TESTED = 300, 200  # items
UNITS, RIDGE = 60, 1e-2
BATCH, READER_UNITS = 64, 16  # of the network that learns to read opinions
ENOUGH, TOO_FEW, GAIN = 0.75, 0.5, 0.1
MEMORY = 128 * 2**20  # bytes, for the states of one task
RULE = (
    f"A task fits if one answer covers at least {ENOUGH:.0%} of the wanted labels, recurrent "
    f"weights receive a gradient, and all inputs together gain at least {GAIN:.0%} over the last. "
    f"It does not if the answer is right but covers at most {TOO_FEW:.0%}, or if the gradient is "
    "exactly 0. Nothing is decided unless the control receives a gradient."
)
ASSUMPTION = "An image counts as one input, handed over as a whole."


@dataclass(frozen=True, slots=True)
class TaskScores:
    """One task: ``inputs`` and ``labels`` per item, and what was measured on the test items.

    ``right``: share of answers that are right; ``covered``: right answers among all wanted labels;
    ``gradient``: largest entry of dL/dU; ``gain``: ``right``, less the same from the last input.
    """

    inputs: int
    labels: int
    right: float
    covered: float
    gradient: float
    gain: float


def decide(m: TaskScores, control: float) -> Verdict:
    """The rule. ``control`` is the largest entry of dL/dU in the network that reads noise."""
    if control == 0:
        return Verdict.UNDETERMINED
    if m.gradient == 0 or (m.right >= ENOUGH and m.covered <= TOO_FEW):
        return Verdict.REFUTED
    if m.covered >= ENOUGH and m.gain >= GAIN:
        return Verdict.HOLDS
    return Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure tasks ``{task}``. Raises DemoError if the states would not fit in memory."""
    world = TaskWorld(
        length=int(parameters["length"]),
        negations=float(parameters["negations"]),
        pitch_gap=float(parameters["pitch_gap"]),
        rows=parameters["image"] == "rows",
    )
    _afford(world.length)
    names = [str(claim["task"]) for claim in claims]
    shown = EXPERIMENT.in_order(claims)
    control = _control(np.random.default_rng(seed), world.length)
    # Each task has its own stream of random numbers, so that no claim depends on its company.
    tasks = list(TASKS)
    measured = [
        _measure(
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


def _afford(T: int) -> None:
    need = 8 * T * (TRAINED + TESTED) * UNITS
    if need > MEMORY:
        raise DemoError(
            f"the states of {T} steps need {need / 2**20:.0f} MB — choose a smaller length: "
            f"{MEMORY / 2**20:.0f} MB is the most"
        )


def _measure(rng: np.random.Generator, name: str, world: TaskWorld, training: int) -> TaskScores:
    draw = TASKS[name].draw
    rnn = _reader(rng, world, training) if draw is sentiment else None
    items = draw(rng, world, TRAINED + TESTED)
    return _judge(rnn or _random(rng, items), items)


def _random(rng: np.random.Generator, items: Items) -> RNN:
    one_hot = items.D**0.5 if items.X.ndim == 2 else 1.0  # each word is a single row of W
    return RNN.random(rng, items.D, UNITS, gain=0.9, input_gain=0.5 * one_hot, bias=0.2)


def _reader(rng: np.random.Generator, world: TaskWorld, training: int) -> RNN:
    """A network trained to tell bad texts from good ones, by the log loss of its last output.

    It starts from a recurrent matrix near the identity, which keeps what was read from the
    beginning (Le, Jaitly and Hinton 2015), and therefore learns in few steps.
    """
    H = READER_UNITS
    drawn = RNN.random(rng, VOCABULARY, H, input_gain=VOCABULARY**0.5, gain=0.1)
    rnn = RNN(drawn.W, drawn.U + 0.9 * np.eye(H), drawn.b)
    V = rng.standard_normal((H, 1)) / H**0.5
    adam = Adam(rnn.parameters() | {"V": V}, rate=0.03)
    items = sentiment(rng, world, training * BATCH)
    for start in range(0, training * BATCH, BATCH):
        batch = slice(start, start + BATCH)
        trace = rnn.forward(items.X[:, batch])
        dz = (sigmoid(trace.last @ V) - items.Y[batch]) / BATCH
        gradients = rnn.backward(trace, dlast=dz @ V.T)
        adam.step(gradients.parameters() | {"V": trace.last.T @ dz})
    return rnn


def _judge(rnn: RNN, items: Items) -> TaskScores:
    """Fit a readout of the last state to the last label, and measure on the other items.

    The last label is the one for which everything has been read.
    """
    X, labels = items.X, items.Y.shape[1]
    one_hot = np.eye(items.K)[items.Y[:, -1]]
    trace, output, readout = _read_out(rnn, X, one_hot)
    _, from_last, _ = _read_out(rnn, X[-1:], one_hot)
    wanted = one_hot[TRAINED:]
    # L is half the mean squared error of the outputs.
    dU = rnn.backward(trace, dlast=(output - wanted) @ readout[:-1].T / TESTED).dU
    right = _share_right(output, wanted)
    return TaskScores(
        inputs=len(X),
        labels=labels,
        right=right,
        covered=right / labels,
        gradient=float(abs(dU).max()),
        gain=right - _share_right(from_last, wanted),
    )


def _read_out(rnn: RNN, X: NDArray[Any], one_hot: Array) -> tuple[RNNTrace, Array, Array]:
    """Ridge regression of ``one_hot`` (B, K) on the last state and a constant.

    Fitted on the first items; for the others the trace and the outputs (TESTED, K) are returned,
    and the weights (H+1, K).
    """
    F = _with_constant(rnn.forward(X[:, :TRAINED]).last)
    readout = np.linalg.solve(F.T @ F + RIDGE * np.eye(F.shape[1]), F.T @ one_hot[:TRAINED])
    trace = rnn.forward(X[:, TRAINED:])
    return trace, _with_constant(trace.last) @ readout, readout


def _with_constant(states: Array) -> Array:
    return np.concatenate([states, np.ones((len(states), 1))], axis=1)


def _share_right(output: Array, wanted: Array) -> float:
    return float((output.argmax(axis=1) == wanted.argmax(axis=1)).mean())


def _control(rng: np.random.Generator, T: int) -> float:
    """The largest entry of dL/dU where T frames of noise are read, for any error at the end."""
    rnn = RNN.random(rng, 1, UNITS)
    trace = rnn.forward(rng.standard_normal((T, 1, 1)))
    return float(abs(rnn.backward(trace, dlast=rng.standard_normal((1, UNITS))).dU).max())


def _finding(claim: Claim, m: TaskScores, control: float) -> Finding:
    verdict, task = decide(m, control), TASKS[str(claim["task"])]
    figure = Measurement(m.covered, "", "share of the wanted labels that one right answer covers")
    if m.gradient == 0 and m.covered > TOO_FEW:
        figure = Measurement(0.0, "", "largest gradient of a recurrent weight", "exactly 0")
    return Finding(
        claim=claim,
        predicts=(
            f"One answer tells {task.wanted}, and it takes many {task.inputs}, one after another, "
            "to find it."
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
            f"One answer after {m.inputs} inputs is right for {m.right:.0%}, {100 * m.gain:.0f} "
            "points more than from the last alone. The recurrent weights get a gradient of up to "
            f"{m.gradient:.2g}."
        )
    if verdict is Verdict.UNDETERMINED:
        return (
            f"The answer is right for only {m.right:.0%} of the items, or hardly more often than "
            f"from the last input alone ({100 * m.gain:+.0f} points): too little to tell."
        )
    if m.covered <= TOO_FEW:
        return (
            f"The one answer is right for {m.right:.0%} of the items, but {m.labels} labels are "
            f"wanted for each: it covers {m.covered:.0%} of them."
        )
    return (
        f"There is {counted(m.inputs, 'input')}, nothing before it: the gradient of the recurrent "
        f"weights is exactly 0. They are no help, and {m.right:.0%} of the answers are right."
    )


def _pictures(pairs: Sequence[tuple[str, TaskScores]]) -> tuple[TextTable, Bars]:
    return _table(pairs), _bars(pairs)


def _bars(pairs: Sequence[tuple[str, TaskScores]]) -> Bars:
    return Bars(
        title="Wanted labels that one answer covers",
        bars=tuple(Bar(name, m.covered) for name, m in pairs),
        unit="",
        says="; ".join(
            f"{name}: {m.covered:.0%} of {counted(m.labels, 'label')}" for name, m in pairs
        )
        + ".",
        mark=ENOUGH,
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
            "negations", 0.3, "share of opinions with a not before them", low=0, high=0.5, step=0.1
        ),
        Knob("pitch_gap", 90.0, "Hz between the two sorts of voices", low=0, high=150, step=15),
        Knob("training", 80, "training steps of the network that reads", low=0, high=400, step=20),
    ),
    null={"length": 1},
    null_help="With sequences of one step there are no many inputs, and no recurrence to notice.",
    run=run,
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
