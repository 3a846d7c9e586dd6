"""What becomes of long sentences in one vector of fixed size, and under attention.

An encoder with random weights reads sentences of random words, and every word is to be named again.
Both decoders are linear and fitted in the same way, by ridge regression on other sentences. One has
the last state of the encoder alone. The other has all of them, and at each step a sum that is
weighted by attention, whose queries and keys are given: it looks where the word stands that is to
be named, as a trained one has learned to.

Attention also holds more numbers in all, and so there is a control with as many: the same states,
with weights that look at another place. If having them were enough, it would do as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from quizcli.demos.worlds.language import softmax
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    Spelled = NDArray[np.int64]

VOCABULARY = 4
SHORTEST, LENGTHS = 4, 3  # words, and how many lengths from the shortest to the longest
FITTED, FRESH = 250, 100  # sentences
LEAK, NOISE, RIDGE = 0.9, 0.03, 0.1
GOES = ("down", "same", "up")
SAME, APART = 0.05, 0.15  # of shares of words
KNOWN, LUCK = 0.9, 0.5  # shares of words
DECODERS = {
    "fixed": "the last state alone",
    "attention": "attention to all states",
    "elsewhere": "attention to the wrong states",
}
RULE = (
    f"From the shortest sentences to the longest, recall goes down if it loses {APART:g} or more, "
    f"up if it gains as much, and is the same within {SAME:g}. No verdict is given unless both "
    f"decoders name at least {KNOWN:.0%} of the words of the shortest sentences, and attention to "
    f"the wrong states at most {LUCK:.0%} of the longest."
)


class Recall(NamedTuple):
    """Of each length the share of words that each decoder names."""

    lengths: tuple[int, ...]
    shares: Mapping[str, tuple[float, ...]]

    def change(self, decoder: str) -> float:
        """From the shortest sentences to the longest."""
        return self.shares[decoder][-1] - self.shares[decoder][0]

    @property
    def control(self) -> bool:
        """Whether short sentences are known, and looking at wrong states is no way to know long
        ones."""
        known = all(self.shares[decoder][0] >= KNOWN for decoder in ("fixed", "attention"))
        return known and self.shares["elsewhere"][-1] <= LUCK


def decide(goes: Sequence[str], changes: Sequence[float], control: bool) -> Verdict:
    """The rule, for as many decoders as are claimed of."""
    trends = [_trend(change) for change in changes]
    if not control or "" in trends:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if trends == list(goes) else Verdict.REFUTED


def _trend(change: float) -> str:
    if abs(change) <= SAME:
        return "same"
    if abs(change) < APART:
        return ""
    return "down" if change < 0 else "up"


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{fixed, attention}``."""
    recall = _recall(np.random.default_rng(seed), parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, recall) for claim in claims),
        rule=RULE,
        pictures=(_lines(recall),),
        assumption=EXPERIMENT.assumption,
    )


def _recall(rng: np.random.Generator, parameters: Parameters) -> Recall:
    H, longest = int(parameters["units"]), int(parameters["longest"])
    lengths = tuple(int(T) for T in np.linspace(SHORTEST, longest, LENGTHS).round())
    U = LEAK * np.linalg.qr(rng.standard_normal((H, H)))[0]
    W = float(parameters["input"]) * rng.standard_normal((VOCABULARY, H))
    shares: dict[str, list[float]] = {decoder: [] for decoder in DECODERS}
    for T in lengths:
        words = rng.integers(VOCABULARY, size=(FITTED + FRESH, T))
        states = _states(rng, words, U, W)
        shares["fixed"].append(_named(states[:, -1:], words))
        shares["attention"].append(_named(_attended(rng, states, 0), words))
        shares["elsewhere"].append(_named(_attended(rng, states, T // 2), words))
    return Recall(lengths, {decoder: tuple(each) for decoder, each in shares.items()})


def _states(rng: np.random.Generator, words: Spelled, U: Array, W: Array) -> Array:
    """(N, T, H): the states of the encoder over words (N, T), with some noise."""
    a = np.zeros((len(words), len(U)))
    states = np.empty((*words.shape, len(U)))
    for t in range(words.shape[1]):
        a = a @ U + W[words[:, t]] + NOISE * rng.standard_normal(a.shape)
        states[:, t] = a
    return states


def _attended(rng: np.random.Generator, states: Array, beside: int) -> Array:
    """(N, T, H): at each step a sum of the states, weighted by a softmax of queries times keys.
    The keys are a random vector for each place, the query is that of the place to look at, which is
    so many places ``beside`` the wanted one."""
    T, d = states.shape[1], 32
    keys = rng.standard_normal((T, d))
    queries = np.roll(keys, -beside, axis=0)
    return np.asarray(softmax(queries @ keys.T) @ states)


def _named(seen: Array, words: Spelled) -> float:
    """The share of fresh words (N, T) that a linear decoder names, fitted for each place by itself
    to what is ``seen`` there (N, T, H), or at all places alike (N, 1, H)."""
    X = np.concatenate([seen, np.ones((*seen.shape[:2], 1))], axis=2).swapaxes(0, 1)
    fitted, fresh = X[:, :FITTED], X[:, FITTED:]
    onehot = np.eye(VOCABULARY)[words[:FITTED]].swapaxes(0, 1)
    gram = fitted.swapaxes(1, 2) @ fitted + RIDGE * np.eye(X.shape[2])
    weights = np.linalg.inv(gram) @ (fitted.swapaxes(1, 2) @ onehot)
    return float((words[FITTED:] == (fresh @ weights).argmax(axis=2).T).mean())


def _finding(claim: Claim, recall: Recall) -> Finding:
    goes = [str(claim["fixed"]), str(claim["attention"])]
    changes = [recall.change(decoder) for decoder in ("fixed", "attention")]
    verdict = decide(goes, changes, recall.control)
    first, last = recall.lengths[0], recall.lengths[-1]
    fixed, attention, elsewhere = (recall.shares[decoder] for decoder in DECODERS)
    if not recall.control:
        reason = (
            f"The controls fail: of sentences of {first} words the last state gives "
            f"{fixed[0]:.0%} and attention {attention[0]:.0%}; attention to the wrong states gives "
            f"{elsewhere[-1]:.0%} of those of {last}."
        )
    else:
        reason = (
            f"From {first} words to {last} the last state alone goes from {fixed[0]:.0%} to "
            f"{fixed[-1]:.0%} of the words, attention from {attention[0]:.0%} to "
            f"{attention[-1]:.0%}. With its weights on the wrong states, it names "
            f"{elsewhere[-1]:.0%}: what helps is looking in the right place."
        )
    words = {"down": "goes down", "same": "stays the same", "up": "goes up"}
    return Finding(
        claim=claim,
        predicts=(
            f"From {first} words to {last}, recall {words[goes[0]]} from a fixed vector and "
            f"{words[goes[1]]} with attention."
        ),
        figure=Measurement(
            100 * changes[0],
            "points",
            "change of recall from a fixed vector, and with attention",
            f"{100 * changes[0]:+.0f} and {100 * changes[1]:+.0f} points",
        ),
        verdict=verdict,
        reason=reason,
    )


def _lines(recall: Recall) -> Series:
    return Series(
        title="Share of words recalled, by sentence length",
        lines=tuple(SeriesLine(DECODERS[name], each) for name, each in recall.shares.items()),
        x="words",
        y="share",
        says="; ".join(
            f"{DECODERS[name]}: {', '.join(f'{share:.0%}' for share in each)}"
            for name, each in recall.shares.items()
        )
        + f", at {', '.join(map(str, recall.lengths))} words.",
        first=recall.lengths[0],
        step=(recall.lengths[-1] - recall.lengths[0]) / (LENGTHS - 1),
    )


EXPERIMENT = Experiment(
    name="fixed-vector",
    title="A fixed vector and attention",
    asks="What happens to longer sentences in one vector, and with attention?",
    claim={
        "fixed": ClaimField("how recall from one vector changes", GOES),
        "attention": ClaimField("how recall with attention changes", GOES),
    },
    knobs=(
        Knob("longest", 30, "words of the longest sentences", low=20, high=40, step=5),
        Knob("units", 24, "numbers in a state of the encoder", low=16, high=128, step=8),
        Knob("input", 1.0, "how strongly words act on the encoder", low=0, high=2, step=0.25),
    ),
    null={"input": 0.0},
    null_help="No word acts on the encoder, so none of its states holds any.",
    run=run,
    claims=tuple(
        {"fixed": fixed, "attention": attention}
        for fixed, attention in (
            ("down", "same"),
            ("down", "down"),
            ("same", "same"),
            ("same", "up"),
        )
    ),
    breaks=(
        Break(
            "room",
            {"units": 128},
            "A vector with room for the whole of the longest sentence loses little of it.",
        ),
    ),
    assumption=(
        "The vector is small for the longest sentences. With hundreds of numbers it would take "
        "longer ones to fill it."
    ),
)
