"""What padding does to the last state of a network that reads sentences of different lengths.

Each sentence is read by itself first; that is what ought to come out. Then all are filled up to one
length and read together, in each of the ways in which that is done, and the largest difference of
any entry is measured. A mask is carried out step by step, as frameworks do: where a column is
padding, the state of the step before goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos.cells import GRU, RNN
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
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    Lengths = NDArray[np.int64]

INPUTS = 6
SHORTEST = 3  # words of a sentence
SAME, APART = 1e-12, 0.01  # entries of a state lie between -1 and 1

WAYS = {
    "zeros-after": "zeros after each sentence, and the state of the last column",
    "zeros-before": "zeros before each sentence, and the state of the last column",
    "own-vector": "a vector for padding after each sentence, and the state of the last column",
    "last-word": "anything after each sentence, and the state at its last word",
    "mask": "anything after each sentence, and a mask that holds the state there",
}
LABELS = {
    "zeros-after": "zeros after",
    "zeros-before": "zeros before",
    "own-vector": "own vector after",
    "last-word": "read at last word",
    "mask": "mask",
}

RULE = (
    f"A way of padding holds if no entry of a state differs by more than {SAME:g}, which is "
    f"rounding, from reading each sentence by itself; it is refuted at {APART:g} or more. No "
    "verdict is given where no sentence was padded."
)


def decide(difference: float, padded: int) -> Verdict:
    """The rule; ``padded`` columns were filled up in all."""
    if not padded:
        return Verdict.UNDETERMINED
    if difference <= SAME:
        return Verdict.HOLDS
    return Verdict.REFUTED if difference >= APART else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{way}``."""
    rng = np.random.default_rng(seed)
    T, B, H = (int(parameters[name]) for name in ("longest", "sentences", "units"))
    draw = RNN.random if parameters["cell"] == "RNN" else GRU.random
    cell: RNN | GRU = draw(rng, INPUTS, H, bias=float(parameters["bias"]))
    lengths = rng.integers(SHORTEST, T + 1, size=B)
    lengths[:2] = SHORTEST, T  # one that is filled up, and one that is not
    if not parameters["different"]:
        lengths[:] = T
    X = rng.standard_normal((T, B, INPUTS))
    alone = np.vstack(
        [cell.forward(X[:n, [b]]).last for b, n in enumerate(lengths)]  # each by itself
    )
    filler = rng.standard_normal(INPUTS)
    states = _padded(cell, X, lengths, filler)
    differences = {way: float(abs(state - alone).max()) for way, state in states.items()}
    padded = int((T - lengths).sum())
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, differences, padded) for claim in claims),
        rule=RULE,
        pictures=(_bars(differences), _drift(cell, X)),
        assumption=EXPERIMENT.assumption,
    )


def _padded(cell: RNN | GRU, X: Array, lengths: Lengths, filler: Array) -> Mapping[str, Array]:
    """The states (B, H) that each way of padding gives for the sentences in X (T, B, D)."""
    T, B = X.shape[:2]
    word = np.arange(T)[:, None] < lengths  # (T, B): what is no padding
    zeros = np.where(word[..., None], X, 0.0)
    vectors = np.where(word[..., None], X, filler)
    before = np.zeros_like(X)
    for b, n in enumerate(lengths):
        before[T - n :, b] = X[:n, b]
    read = cell.forward(vectors)
    held = np.zeros_like(read.last)
    for x, at in zip(vectors, word, strict=True):
        held = np.where(at[:, None], cell.step(x, held), held)
    return {
        "zeros-after": cell.forward(zeros).last,
        "zeros-before": cell.forward(before).last,
        "own-vector": read.last,
        "last-word": read.states[lengths - 1, np.arange(B)],
        "mask": held,
    }


def _finding(claim: Claim, differences: Mapping[str, float], padded: int) -> Finding:
    way = str(claim["way"])
    difference = differences[way]
    if not padded:
        reason = "All sentences are equally long here, so nothing was padded."
    elif difference <= SAME:
        reason = "Every state was that of its sentence read by itself, but for rounding."
    else:
        reason = (
            f"A state came out up to {difference:.2g} away from that of its sentence by itself: "
            "the network read the padding as it reads words."
        )
    return Finding(
        claim=claim,
        predicts=f"With {WAYS[way]}, each sentence comes out as if read by itself.",
        figure=Measurement(
            difference,
            "",
            "largest difference from reading each sentence by itself",
            "exactly 0" if difference == 0 else "",
        ),
        verdict=decide(difference, padded),
        reason=reason,
    )


def _bars(differences: Mapping[str, float]) -> Bars:
    told = "; ".join(f"{LABELS[way]}: {each:.2g}" for way, each in differences.items())
    return Bars(
        title="Largest difference from reading each sentence by itself",
        bars=tuple(Bar(LABELS[way], each) for way, each in differences.items()),
        unit="",
        says=f"{told}.",
    )


def _drift(cell: RNN | GRU, X: Array) -> Series:
    """How far the state of one sentence goes while zeros are read after it."""
    T = len(X)
    drift = [0.0]
    if T > SHORTEST:
        zeros = np.concatenate([X[:SHORTEST, :1], np.zeros((T - SHORTEST, 1, X.shape[2]))])
        states = cell.forward(zeros).states[SHORTEST - 1 :, 0]
        drift = abs(states - states[0]).max(axis=1).tolist()
    return Series(
        title="The state after the last word, while zeros are read",
        lines=(SeriesLine("largest change", tuple(drift[:60])),),
        x="zeros read",
        y="change",
        says=f"After {len(drift) - 1} zeros an entry had moved by {drift[-1]:.2g}.",
        first=0,
    )


EXPERIMENT = Experiment(
    name="padding",
    title="Padding and the last state",
    asks="Which ways of padding leave the state that stands for a sentence unchanged?",
    claim={"way": ClaimField("how sentences are padded and read", tuple(WAYS))},
    knobs=(
        Knob("longest", 12, "columns, the words of the longest sentence", low=4, high=100, step=4),
        Knob("sentences", 16, "sentences read together", low=2, high=200, step=2, factor=True),
        Knob("units", 16, "units of the network", low=2, high=128, step=2, factor=True),
        Knob("bias", 0.5, "size of the biases", low=0, high=2, step=0.1),
        Knob("cell", "RNN", "the kind of network", choices=("RNN", "GRU")),
        Knob("different", True, "whether sentences differ in length"),
    ),
    null={"different": False},
    null_help="Where all sentences are equally long, nothing is padded.",
    run=run,
    label=lambda claim: LABELS[str(claim["way"])],
    claims=tuple({"way": way} for way in WAYS),
    breaks=(
        Break(
            "no-bias",
            {"bias": 0.0},
            (
                "Without biases a network that starts from 0 stays there while it reads zeros: "
                "before a sentence they do nothing."
            ),
        ),
    ),
    assumption="The network has biases, as most networks do.",
)
