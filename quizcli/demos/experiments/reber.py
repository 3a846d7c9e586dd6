"""Which networks learn to carry one letter through a string: the embedded Reber grammar.

The benchmark of S. Hochreiter and J. Schmidhuber (1997). A network reads a string and predicts each
next letter; where the grammar allows two letters, both must get more than all others. The inner
letters need only the one or two before them. The last but one needs the second, carried through the
whole inner string. Who has learned both gets every string right.

All networks read the same strings, each once, and are trained by Adam, each with the learning rate
that suited its kind best of 0.01, 0.02 and 0.05. Training stops once 200 strings that serve as a
watch are all right; 500 fresh ones then judge. One network may be lucky, so two of each kind are
trained, and a third where these do not agree: real training, which takes about a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizcli.demos.cells import GRU, LSTM, RNN, Adam
from quizcli.demos.evidence import (
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
from quizcli.demos.worlds import reber_strings
from quizcli.numeric import np
from quizcli.report.pictures import AlignedRow, AlignedRows, Series, SeriesLine
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array
    from quizcli.demos.worlds.reber_strings import Strings

BATCH, CHECK = 16, 160  # strings a step of training, and between two looks at the watch
WATCH, FRESH = 200, 500
CLIP = 1.0

LEARNED, NOT_LEARNED = 0.98, 0.9  # shares of fresh strings that are right from end to end
LINKED = 0.95  # share of strings whose outer letters must agree
NAMES = {"lstm": "LSTM", "gru": "GRU", "rnn": "plain RNN"}
RATES = {"lstm": 0.05, "gru": 0.05, "rnn": 0.02}

FEW = 1500  # strings; who learns it from more, or fails with less, is neither good at it nor unable
AGREE = 2  # networks that decide, of the up to three that are trained

RULE = (
    f"A network has learned the grammar if from {FEW:,} strings or fewer it gets {LEARNED:.0%} of "
    f"fresh ones right from end to end, and has not if from that many it gets {NOT_LEARNED:.0%} or "
    f"less, as from fewer it had no fair chance; {AGREE} of 3 "
    "networks, each with weights of its own, decide. No verdict is given unless the outer letters "
    f"agree in {LINKED:.0%} of the strings: otherwise there is nothing to carry."
)


@dataclass(frozen=True, slots=True)
class Learner:
    """A network with its readout; ``V`` is (H, 7) and ``v`` (7,)."""

    cell: RNN | GRU | LSTM
    V: Array
    v: Array

    def scores(self, letters: NDArray[np.int64]) -> Array:
        """(T, N, 7): how much each letter is expected next, before the softmax."""
        return np.asarray(self.cell.forward(letters).states @ self.V + self.v)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured of one network.

    ``right`` and ``carried`` are shares of the fresh strings: right from end to end, and with the
    right outer letter preferred at the end. ``read`` counts the strings of the training; ``curve``
    has the share of carried letters in the watch at every look.
    """

    right: float
    carried: float
    read: int
    curve: tuple[float, ...]
    learner: Learner


def decide(found: Sequence[tuple[float, int]], linked: float) -> Verdict:
    """The rule: of each network the share of strings right from end to end, and how many it had
    read; and the share of strings whose letters agree."""
    if linked < LINKED:
        return Verdict.UNDETERMINED
    if sum(right >= LEARNED and read <= FEW for right, read in found) >= AGREE:
        return Verdict.HOLDS
    failed = sum(right <= NOT_LEARNED and read >= FEW for right, read in found) >= AGREE
    return Verdict.REFUTED if failed else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{cell}``: this network learns the grammar from so many strings."""
    count, H = int(parameters["sequences"]), int(parameters["units"])
    rng = np.random.default_rng(seed)
    training, watch, fresh = (
        reber_strings.draw(rng, n, linked=bool(parameters["linked"])) for n in (count, WATCH, FRESH)
    )
    second, last = fresh.letters[1], fresh.letters[fresh.lengths - 2, np.arange(FRESH)]
    linked = float(np.mean(second == last))
    outcomes = {}
    for number, kind in enumerate(NAMES):  # each from a seed of its own: no claim moves another
        if any(claim["cell"] == kind for claim in claims):
            kind_rng = np.random.default_rng([seed, number])
            outcomes[kind] = _train_some(kind_rng, kind, H, (training, watch, fresh))
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(
            _finding(claim, outcomes[str(claim["cell"])], linked, count) for claim in claims
        ),
        rule=RULE,
        pictures=_pictures({kind: some[0] for kind, some in outcomes.items()}, fresh),
        assumption=EXPERIMENT.assumption,
    )


def _found(outcomes: Sequence[Outcome]) -> list[tuple[float, int]]:
    return [(outcome.right, outcome.read) for outcome in outcomes]


def _train_some(
    rng: np.random.Generator, kind: str, H: int, strings: tuple[Strings, Strings, Strings]
) -> list[Outcome]:
    """As many networks as it takes until two agree, or three."""
    outcomes: list[Outcome] = []
    for learner_rng in rng.spawn(3):
        outcomes.append(_train(_learner(learner_rng, kind, H), RATES[kind], *strings))
        if decide(_found(outcomes), linked=1) is not Verdict.UNDETERMINED:
            break
    return outcomes


def _learner(rng: np.random.Generator, kind: str, H: int) -> Learner:
    """Fresh weights. Gates are biased to keep: without that, LSTM and GRU learn later or never."""
    D = len(reber_strings.LETTERS)
    cell: RNN | GRU | LSTM
    if kind == "lstm":
        cell = LSTM.random(rng, D, H, gain=0.5, tanh_output=True).biased(Γ_f=2)
    elif kind == "gru":
        cell = GRU.random(rng, D, H, gain=0.5).biased(Γ_u=-2)
    else:
        cell = RNN.random(rng, D, H, radius=0.9)
    return Learner(cell, 0.1 * rng.standard_normal((H, D)), np.zeros(D))


def _train(
    learner: Learner, rate: float, training: Strings, watch: Strings, fresh: Strings
) -> Outcome:
    """Read the training strings once, in batches, until all of the watch are right."""
    weights = learner.cell.parameters() | {"V": learner.V, "v": learner.v}
    adam, curve, read = Adam(weights, rate=rate), [], 0
    count = len(training.lengths)
    while read < count:
        _step(learner, adam, training.part(read, read + BATCH))
        read = min(read + BATCH, count)
        if read % CHECK == 0 or read == count:
            right, carried = _judge(learner, watch)
            curve.append(carried)
            if right == 1:
                break
    right, carried = _judge(learner, fresh)
    return Outcome(right, carried, read, tuple(curve), learner)


def _step(learner: Learner, adam: Adam, strings: Strings) -> None:
    """One step down the cross-entropy of the next letters, averaged over all places."""
    X, wanted = strings.letters[:-1], strings.letters[1:, :, None]
    cell: Any = learner.cell  # each kind takes back the trace that it left
    trace = cell.forward(X)
    scores = trace.states @ learner.V + learner.v
    d = np.exp(scores - scores.max(axis=2, keepdims=True))
    d /= d.sum(axis=2, keepdims=True)
    np.put_along_axis(d, wanted, np.take_along_axis(d, wanted, 2) - 1, 2)
    places = np.arange(len(X))[:, None] < strings.lengths - 1
    d *= places[..., None] / places.sum()
    gradients = cell.backward(trace, dstates=d @ learner.V.T).clipped(CLIP)
    flat = trace.states.reshape(-1, len(learner.V))
    adam.step(
        gradients.parameters() | {"V": flat.T @ d.reshape(flat.shape[0], -1), "v": d.sum((0, 1))}
    )


def _judge(learner: Learner, strings: Strings) -> tuple[float, float]:
    """Shares of strings right from end to end, and of those with the right outer letter ahead."""
    scores = learner.scores(strings.letters[:-1])
    least_legal = np.where(strings.legal, scores, np.inf).min(axis=2)
    best_illegal = np.where(strings.legal, -np.inf, scores).max(axis=2)
    ended = np.arange(len(scores))[:, None] >= strings.lengths - 1
    right = ((least_legal > best_illegal) | ended).all(axis=0)
    everyone = np.arange(len(strings.lengths))
    at_end = scores[strings.lengths - 3, everyone]
    ahead = at_end[:, reber_strings.T] > at_end[:, reber_strings.P]
    was_T = strings.letters[strings.lengths - 2, everyone] == reber_strings.T
    return float(right.mean()), float((ahead == was_T).mean())


def _finding(claim: Claim, outcomes: Sequence[Outcome], linked: float, count: int) -> Finding:
    name, rights = NAMES[str(claim["cell"])], [outcome.right for outcome in outcomes]
    if linked < LINKED:
        reason = (
            f"The outer letters agree in only {linked:.0%} of strings: nothing is to be carried."
        )
    else:
        each = listed([f"{right:.1%}" for right in rights])
        carried = listed([f"{outcome.carried:.1%}" for outcome in outcomes])
        read = max(outcome.read for outcome in outcomes)
        reason = (
            f"After at most {read:,} strings, {len(rights)} {name}s, each with weights of its own, "
            f"got {each} of fresh strings right from end to end, and the carried letter in "
            f"{carried}; a coin toss gets 50%."
        )
    return Finding(
        claim=claim,
        predicts=f"Having read at most {count:,} strings, the {name} gets all fresh ones right.",
        figure=Measurement(
            100 * float(np.median(rights)),
            "%",
            "fresh strings predicted right from end to end, by the network in the middle",
        ),
        verdict=decide(_found(outcomes), linked),
        reason=reason,
    )


def _pictures(outcomes: Mapping[str, Outcome], fresh: Strings) -> tuple[Series, AlignedRows]:
    """Learning curves of the first network of each kind, and its guesses along one string."""
    longest = max((len(outcome.curve) for outcome in outcomes.values()), default=0)
    every = -(-longest // 60) or 1
    lines = [
        SeriesLine(NAMES[kind], (o.curve + o.curve[-1:] * (longest - len(o.curve)))[::every])
        for kind, o in outcomes.items()
    ]
    ends = "; ".join(
        f"{NAMES[kind]}: {o.carried:.1%} after {o.read}" for kind, o in outcomes.items()
    )
    shown = int(np.argmax(np.where(fresh.lengths <= 20, fresh.lengths, 0)))
    one = fresh.part(shown, shown + 1)
    rows = [AlignedRow("next letter", _spelled(one.letters[1:, 0]))]
    wrong = {}
    for kind, outcome in outcomes.items():
        guess = outcome.learner.scores(one.letters[:-1])[:, 0].argmax(axis=1)
        marks = np.flatnonzero(~one.legal[np.arange(len(guess)), 0, guess])
        rows.append(AlignedRow(NAMES[kind], _spelled(guess), tuple(marks.tolist())))
        wrong[NAMES[kind]] = len(marks)
    return (
        Series(
            title="Share of strings whose outer letter was carried to the end",
            lines=tuple(lines),
            x=f"strings read, a value every {CHECK * every}",
            y="share",
            says=f"On fresh strings: {ends}. A coin toss gets 50%.",
            first=CHECK,
            step=CHECK * every,
        ),
        AlignedRows(
            title="One fresh string, and the letter each network expects most",
            rows=tuple(rows),
            says="Letters that the grammar does not allow there: "
            + "; ".join(f"{name}: {n}" for name, n in wrong.items())
            + ".",
        ),
    )


def _spelled(letters: NDArray[np.int64]) -> tuple[str, ...]:
    return tuple(reber_strings.LETTERS[letter] for letter in letters.tolist())


EXPERIMENT = Experiment(
    name="reber",
    title="The embedded Reber grammar",
    asks="Which networks learn to carry a letter through a whole string? (Takes about a second.)",
    claim={"cell": ClaimField("the network that learns it", tuple(NAMES))},
    knobs=(
        Knob("sequences", 1500, "strings to learn from", low=1200, high=19200, step=2, factor=True),
        Knob("units", 40, "units of each network", low=32, high=48, step=4),
        Knob("linked", True, "whether the two outer letters agree"),
    ),
    null={"linked": False},
    null_help="With outer letters that do not agree there is nothing to carry.",
    run=run,
    claims=tuple({"cell": kind} for kind in NAMES),
    assumption="Few strings, of about 12 letters: from many more a plain RNN may learn it too.",
)
