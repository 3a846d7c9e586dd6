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
ENOUGH, TOO_FEW, GAIN, FALLS_SHORT = 0.75, 0.5, 0.1, 0.25
MEMORY = 128 * 2**20  # bytes, for the states of one task
RULE = (
    f"A task fits if one label is wanted and right for at least {ENOUGH:.0%} of the items, "
    f"recurrent weights receive a gradient, and all inputs together gain at least {GAIN:.0%} over "
    "the last. It does not if the gradient is exactly 0; or if several labels are wanted, and one "
    f"answer for all of them is right for at most {TOO_FEW:.0%} of the items, and at least "
    f"{100 * FALLS_SHORT:.0f} points less often than a label at a time. No verdict is given unless "
    "the control receives a gradient."
)
ASSUMPTION = "An image counts as one input, handed over as a whole."


@dataclass(frozen=True, slots=True)
class TaskScores:
    """One task: ``inputs`` and ``labels`` per item, and what was measured on the test items.

    ``right``: share of items for which one answer for all that is wanted is right; ``singly``: the
    same if the labels are given one at a time; ``gradient``: largest entry of dL/dU; ``gain``:
    ``right``, less the same from the last input.
    """

    inputs: int
    labels: int
    right: float
    singly: float
    gradient: float
    gain: float


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
    """Fit a readout of the last state to all that is wanted, and measure on the other items."""
    X, labels = items.X, items.Y.shape[1]
    met = {tuple(y): place for place, y in enumerate(np.unique(items.Y[:TRAINED], axis=0))}
    # What was not met in training is no possible answer, and nothing that is said is right.
    whole = np.array([met.get(tuple(y), len(met)) for y in items.Y])
    one_hot = np.eye(len(met) + 1)[whole, :-1]
    trace, output, readout = _read_out(rnn, X, one_hot)
    _, from_last, _ = _read_out(rnn, X[-1:], one_hot)
    wanted = one_hot[TRAINED:]
    # L is half the mean squared error of the outputs.
    dU = rnn.backward(trace, dlast=(output - wanted) @ readout[:-1].T / TESTED).dU
    right = _share_right(output, whole[TRAINED:])
    return TaskScores(
        inputs=len(X),
        labels=labels,
        right=right,
        singly=_singly(rnn, items) if 1 < labels <= len(X) else right,
        gradient=float(abs(dU).max()),
        gain=right - _share_right(from_last, whole[TRAINED:]),
    )


def _singly(rnn: RNN, items: Items) -> float:
    """The share of items whose labels are all right, each from the state in which its inputs have
    been read; one readout serves all labels."""
    every = len(items.X) // items.Y.shape[1]  # so many inputs go before the first label
    F = _with_constant(rnn.forward(items.X).states[every - 1 :: every][: items.Y.shape[1]])
    known, fresh = F[:, :TRAINED].reshape(-1, F.shape[2]), F[:, TRAINED:]
    readout = _ridge(known, np.eye(items.K)[items.Y[:TRAINED].T.reshape(-1)])
    said = (fresh @ readout).argmax(axis=2)
    return float((said == items.Y[TRAINED:].T).all(axis=0).mean())


def _read_out(rnn: RNN, X: NDArray[Any], one_hot: Array) -> tuple[RNNTrace, Array, Array]:
    """Ridge regression of ``one_hot`` (B, K) on the last state and a constant.

    Fitted on the first items; for the others the trace and the outputs (TESTED, K) are returned,
    and the weights (H+1, K).
    """
    readout = _ridge(_with_constant(rnn.forward(X[:, :TRAINED]).last), one_hot[:TRAINED])
    trace = rnn.forward(X[:, TRAINED:])
    return trace, _with_constant(trace.last) @ readout, readout


def _ridge(F: Array, wanted: Array) -> Array:
    """The weights by which F (N, H+1) is nearest to ``wanted`` (N, K)."""
    return np.linalg.solve(F.T @ F + RIDGE * np.eye(F.shape[1]), F.T @ wanted)


def _with_constant(states: Array) -> Array:
    return np.concatenate([states, np.ones_like(states[..., :1])], axis=-1)


def _share_right(output: Array, wanted: NDArray[Any]) -> float:
    return float((output.argmax(axis=1) == wanted).mean())


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
    if m.gradient == 0:
        return (
            f"There is {counted(m.inputs, 'input')}, nothing before it: the gradient of the "
            f"recurrent weights is exactly 0. They are no help, and {m.right:.0%} of the answers "
            "are right."
        )
    if m.labels > 1:
        told = (
            f"{m.labels} labels are wanted for each item. One answer for all of them is right for "
            f"{m.right:.0%} of the items, a label at a time for {m.singly:.0%}"
        )
        return f"{told}." if verdict is Verdict.REFUTED else f"{told}: too little apart to tell."
    return (
        f"The answer is right for only {m.right:.0%} of the items, or hardly more often than "
        f"from the last input alone ({100 * m.gain:+.0f} points): too little to tell."
    )


def _pictures(pairs: Sequence[tuple[str, TaskScores]]) -> tuple[TextTable, Bars]:
    return _table(pairs), _bars(pairs)


def _bars(pairs: Sequence[tuple[str, TaskScores]]) -> Bars:
    return Bars(
        title="Items for which one answer for all is right",
        bars=tuple(Bar(name, 100 * m.right) for name, m in pairs),
        unit="%",
        says="; ".join(
            f"{name}: {m.right:.0%} of items with {counted(m.labels, 'label')}"
            + (f", a label at a time {m.singly:.0%}" if m.labels > 1 else "")
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
            "negations", 0.3, "share of opinions with a not before them", low=0, high=0.5, step=0.1
        ),
        Knob("pitch_gap", 90.0, "Hz between the two kinds of voices", low=0, high=150, step=15),
        Knob("training", 80, "training steps of the network that reads", low=0, high=400, step=20),
    ),
    null={"length": 1},
    null_help="With sequences of one step there are no many inputs, and no recurrence to notice.",
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
