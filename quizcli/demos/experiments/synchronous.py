"""For which lengths of input and output a network with one output at every step is fit.

For every claimed relation between T_x and T_y there is a task with symbols that has just these
lengths. Where they are equal, each symbol is to be tagged: ``y⟨t⟩ = x⟨t⟩ + x⟨t-1⟩ mod K``. Where
they differ, it is enough to repeat: y⟨t⟩ is the symbol that stands as far into the input as t into
the output, the easiest task that such lengths allow.

The network is a random one whose readout, shared by all steps, is fitted by ridge regression. It
gives one output when it has read a symbol, and none otherwise. As a control, the same network gives
all T_y outputs after the last input, as an encoder does: if that works where the first way fails,
the task could be learnt, and it was the wiring that did not fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from quizcli.demos.worlds.readout import ridge, with_constant
from quizcli.numeric import np
from quizcli.report.pictures import AlignedRow, AlignedRows, Bar, Bars, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    Symbols = NDArray[np.integer[Any]]  # (steps, sequences), whole numbers from 0

# (T_x, T_y) with the claimed relation, for n steps. Where nothing more is said than that one is
# longer, it is longer by a single step: the case that comes nearest to fitting.
RELATIONS: Mapping[str, Callable[[int], tuple[int, int]]] = {
    "T_x = T_y": lambda n: (n, n),
    "T_x < T_y": lambda n: (n, n + 1),
    "T_x > T_y": lambda n: (n + 1, n),
    "T_x = 1": lambda n: (1, n),
    "T_y = 1": lambda n: (n, 1),
    "T_x = 2 T_y": lambda n: (2 * max(1, n // 2), max(1, n // 2)),
    "T_y = 2 T_x": lambda n: (max(1, n // 2), 2 * max(1, n // 2)),
    "T_x = 3 T_y": lambda n: (3 * max(1, n // 3), max(1, n // 3)),
    "T_y = 3 T_x": lambda n: (max(1, n // 3), 3 * max(1, n // 3)),
}
TRAINED, TESTED = 300, 200  # sequences
RIDGE = 1e-3
FITS, FAILS, LEARNABLE, GUESSED = 0.9, 0.5, 0.9, 0.75
MEMORY = 128 * 2**20  # bytes, for the states of one task
ALPHABET = "abcdefghijklmnop"
RULE = (
    f"A relation holds if at least {FITS:.0%} of the sequences are right in every place. It is "
    f"refuted if at most {FAILS:.0%} are, while the control gets at least {LEARNABLE:.0%} of the "
    f"outputs right. No verdict is given where guessing would get {GUESSED:.0%} of them right."
)


@dataclass(frozen=True, slots=True)
class SequenceScores:
    """Shares over the test sequences of one task.

    ``exact``: sequences with every output right and none missing or left over. ``right``: right
    outputs among max(T_x, T_y). ``control``: right outputs of the encoder; ``guess``: the same when
    its outputs are held against those wanted for another sequence. ``given`` and ``wanted`` are
    the first test sequence's symbols.
    """

    T_x: int
    T_y: int
    exact: float
    right: float
    control: float
    guess: float
    given: tuple[int, ...]
    wanted: tuple[int, ...]


def decide(exact: float, control: float, guess: float) -> Verdict:
    """The rule; see :class:`SequenceScores` for the three shares."""
    if guess >= GUESSED:
        return Verdict.UNDETERMINED
    if exact >= FITS:
        return Verdict.HOLDS
    if exact <= FAILS and control >= LEARNABLE:
        return Verdict.REFUTED
    return Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure relations ``{relation}``. Raises DemoError if the states would not fit in memory."""
    n, K, H = (int(parameters[name]) for name in ("steps", "symbols", "units"))
    relations = [str(claim["relation"]) for claim in claims]
    T = max((max(RELATIONS[name](n)) for name in relations), default=1)
    states = 8 * T * (TRAINED + TESTED) * H
    afford(states, MEMORY, f"the states of {T} steps and {H} units", "choose fewer of either")
    rnn = RNN.random(
        np.random.default_rng(seed),
        K,
        H,
        radius=float(parameters["radius"]),
        input_gain=float(parameters["input_gain"]) * K**0.5,  # each symbol is one row of W
        bias=0.2,
    )
    # Each task has its own stream of random numbers, so that no claim depends on its company.
    measured = [
        _measure(rnn, np.random.default_rng([seed, T_x, T_y]), T_x, T_y)
        for T_x, T_y in (RELATIONS[name](n) for name in relations)
    ]
    order = EXPERIMENT.in_order(claims)
    names, sorted_ = [relations[i] for i in order], [measured[i] for i in order]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(c, m) for c, m in zip(claims, measured, strict=True)),
        rule=RULE,
        pictures=(_rows(names, sorted_), _bars(names, sorted_), _table(names, sorted_)),
    )


def _task(rng: np.random.Generator, T_x: int, T_y: int, K: int) -> tuple[Symbols, Symbols]:
    """Inputs (T_x, B) and wanted outputs (T_y, B), training and test sequences together."""
    x = rng.integers(K, size=(T_x, TRAINED + TESTED))
    if T_x == T_y:
        before = np.zeros_like(x)
        before[1:] = x[:-1]
        return x, (x + before) % K
    as_far = -(-np.arange(1, T_y + 1) * T_x // T_y)  # rounded up, counted from 1
    return x, x[as_far - 1]


def _measure(rnn: RNN, rng: np.random.Generator, T_x: int, T_y: int) -> SequenceScores:
    K = len(rnn.W)
    x, y = _task(rng, T_x, T_y, K)
    states = rnn.forward(x).states
    one_hot, wanted, both = np.eye(K)[y], y[:, TRAINED:], min(T_x, T_y)
    train, test = states[:, :TRAINED], states[:, TRAINED:]

    given = _fit(train[:both], one_hot[:both, :TRAINED])(test).argmax(axis=2)
    right = given[:both] == wanted[:both]
    whole = max(len(given), len(wanted))  # an output too many spoils a sequence like one too few

    at_the_end = one_hot[:, :TRAINED].swapaxes(0, 1).reshape(TRAINED, T_y * K)
    encoder = _fit(train[-1], at_the_end)(test[-1]).reshape(TESTED, T_y, K).argmax(axis=2).T
    return SequenceScores(
        T_x,
        T_y,
        exact=float((right.sum(axis=0) == whole).mean()),
        right=float(right.sum()) / (whole * TESTED),
        control=float((encoder == wanted).mean()),
        guess=float((encoder == np.roll(wanted, 1, axis=1)).mean()),
        given=tuple(given[:, 0].tolist()),
        wanted=tuple(wanted[:, 0].tolist()),
    )


def _fit(states: Array, targets: Array) -> Callable[[Array], Array]:
    """Ridge regression of ``targets`` (…, n) on ``states`` (…, H) and a constant, as a function."""
    F = with_constant(states).reshape(-1, states.shape[-1] + 1)
    Y = targets.reshape(-1, targets.shape[-1])
    readout = ridge(F, Y, RIDGE)
    return lambda states: with_constant(states) @ readout


def _finding(claim: Claim, m: SequenceScores) -> Finding:
    verdict = decide(m.exact, m.control, m.guess)
    return Finding(
        claim=claim,
        predicts=(
            f"With {counted(m.T_x, 'input')} and {counted(m.T_y, 'output')} wanted, whole "
            "sequences come out right."
        ),
        figure=Measurement(
            m.exact, "", "share of sequences with every output right and none missing"
        ),
        verdict=verdict,
        reason=_reason(verdict, m),
    )


def _reason(verdict: Verdict, m: SequenceScores) -> str:
    if m.guess >= GUESSED:
        return (
            f"Even outputs meant for another sequence are {m.guess:.0%} right here, so a right "
            "answer shows nothing."
        )
    if verdict is Verdict.HOLDS:
        return (
            f"{counted(m.T_x, 'input')}, {counted(m.T_x, 'output')}, each on time: "
            f"{100 * m.exact:.3g}% of the sequences are right in every place."
        )
    if verdict is Verdict.UNDETERMINED:
        return (
            f"{m.exact:.0%} of the sequences are right in every place, and the control gets "
            f"{m.control:.0%} of the outputs right: too little to tell whether the wiring fits."
        )
    end = (
        f"Given all at the end, {m.control:.0%} are right: the task can be learned, but not with "
        "this wiring."
    )
    if m.T_x < m.T_y:
        return f"After {counted(m.T_x, 'output')} it stops, but {m.T_y} are wanted. {end}"
    if m.T_x > m.T_y:
        share = m.right * m.T_x / m.T_y
        return (
            f"It gives {m.T_x} outputs where {m.T_y} {'is' if m.T_y == 1 else 'are'} wanted, and "
            f"only {share:.0%} of these are right: the others come before the symbol they need has "
            f"been read. {end}"
        )
    return f"Only {m.exact:.0%} of the sequences are right in every place. {end}"


def _rows(relations: Sequence[str], measured: Sequence[SequenceScores]) -> AlignedRows:
    """The first test sequence of up to four tasks: what was given, and what was wanted."""
    rows, says = [], []
    for name, m in zip(relations[:4], measured[:4], strict=True):
        given, wanted = ([ALPHABET[k] for k in s[:30]] for s in (m.given, m.wanted))
        wrong = tuple(t for t in range(len(given)) if given[t : t + 1] != wanted[t : t + 1])
        rows.append(AlignedRow(f"${name}$", tuple(given), wrong))
        rows.append(AlignedRow("wanted", tuple(wanted)))
        says.append(f"${name}$ gives {' '.join(given)}, wanted: {' '.join(wanted)}")
    return AlignedRows(
        title="One sequence of each task, with wrong outputs in brackets",
        rows=tuple(rows),
        says=f"{'; '.join(says)}.",
    )


def _bars(relations: Sequence[str], measured: Sequence[SequenceScores]) -> Bars:
    return Bars(
        title="Right outputs among all that are given or wanted",
        bars=tuple(Bar(f"${name}$", m.right) for name, m in zip(relations, measured, strict=True)),
        unit="",
        says="; ".join(f"${n}$: {m.right:.0%}" for n, m in zip(relations, measured, strict=True))
        + ".",
    )


def _table(relations: Sequence[str], measured: Sequence[SequenceScores]) -> TextTable:
    pairs = list(zip(relations, measured, strict=True))
    return TextTable(
        title="Outputs given and wanted, whole sequences right, and the control",
        columns=("task", "given", "wanted", "exact", "control"),
        rows=tuple(
            (f"${name}$", f"{m.T_x}", f"{m.T_y}", f"{m.exact:.0%}", f"{m.control:.0%}")
            for name, m in pairs
        ),
        says=" ".join(
            f"${name}$: {m.T_x} given, {m.T_y} wanted, {m.exact:.0%} of the sequences right; with "
            f"all outputs at the end {m.control:.0%} of the outputs right."
            for name, m in pairs
        ),
    )


EXPERIMENT = Experiment(
    name="synchronous",
    title="One output at every step",
    asks="For which lengths is a network with one output at every step appropriate?",
    claim={
        "relation": ClaimField(
            "how the lengths T_x and T_y of the tasks are related", tuple(RELATIONS)
        )
    },
    knobs=(
        Knob("steps", 6, "length of the sequences", low=1, high=1_000_000),
        Knob("symbols", 3, "different symbols, K", low=1, high=len(ALPHABET)),
        Knob("units", 80, "units of the network", low=2, high=200, step=10),
        Knob("radius", 0.9, "spectral radius of the recurrent weights", low=0, high=2, step=0.1),
        Knob("input_gain", 0.6, "size of the input weights", low=0, high=3, step=0.1),
    ),
    null={"steps": 1, "symbols": 1},
    null_help="With one step and one symbol there is only one answer, and every guess is right.",
    run=run,
    label=lambda claim: f"${claim['relation']}$",
    claims=tuple({"relation": name} for name in tuple(RELATIONS)[:4]),
    breaks=(
        Break(
            "one-step",
            {"steps": 1},
            "Sequences of a single step are of equal length too: then one input suits it as well.",
        ),
    ),
    definitional=True,
)
