"""Which network can tag a word whose tag is told by a word that comes later.

In each sentence one word is to be given one of two tags, and which one it is follows from the word
``lag`` places later. All words are drawn alike, so that neither the word itself nor those
before it say anything. The networks are random and fixed; a readout is fitted to their states at
the place where the tag is given, and fresh sentences judge it. A network that reads in both
directions has no more units than one that reads forwards: half of them for each direction.

Two controls. A reader that is handed the word that tells must be right, or there is nothing to
find. And each network is fitted once more to sentences whose later words come from another
sentence, the placebo: what is gained over it was read in later words, and is not owed to units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

FITTED, FRESH = 160, 100  # sentences, to fit a readout and to judge it
LONGEST_LAG = 4
LENGTH = 3 * LONGEST_LAG  # words, so that the tagged one has room on both sides
WORDS = 4
FAINTEST = 1e-12  # share of all that is seen, below which the readout looks at nothing
RIGHT, WRONG = 0.9, 0.7  # shares of fresh sentences; 0.5 is chance

READERS = {
    "forward": "reads forwards",
    "wide": "reads forwards with twice as many units",
    "delayed": "reads forwards and answers once the deciding word has come",
    "backward": "reads backwards",
    "both": "reads in both directions",
}

RULE = (
    f"A network can tag if it is right in at least {RIGHT:.0%} of fresh sentences, and cannot if "
    f"it is right in at most {WRONG:.0%}. No verdict is given unless a reader that is given the "
    f"deciding word is right in at least {RIGHT:.0%}."
)


class Tagging(NamedTuple):
    """Shares of fresh sentences that are tagged right: as they are, with the later words of
    another sentence, and by a reader that is handed the word that tells."""

    true: Mapping[str, float]
    placebo: Mapping[str, float]
    told: float


def decide(share: float, told: float) -> Verdict:
    """The rule, for shares of fresh sentences."""
    if told < RIGHT:
        return Verdict.UNDETERMINED
    if share >= RIGHT:
        return Verdict.HOLDS
    return Verdict.REFUTED if share <= WRONG else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{reads}``."""
    found = _tagging(np.random.default_rng(seed), parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found) for claim in claims),
        rule=RULE,
        pictures=_pictures(found),
        assumption=EXPERIMENT.assumption,
    )


def _tagging(rng: np.random.Generator, parameters: Parameters) -> Tagging:
    B, H, lag = FITTED + FRESH, int(parameters["units"]), int(parameters["lag"])
    words = rng.integers(WORDS, size=(LENGTH, B))
    place = rng.integers(LONGEST_LAG, LENGTH - LONGEST_LAG, size=B)
    everyone = np.arange(B)
    tells = words[place + (lag if parameters["clue"] == "later" else -lag), everyone]
    tags = np.where(tells % 2, 1.0, -1.0)
    lost = rng.random(B) < 1 - float(parameters["strength"])
    tags[lost] = rng.choice([-1.0, 1.0], size=int(lost.sum()))
    later = np.arange(LENGTH)[:, None] > place
    other = np.where(later, np.roll(words, 1, axis=1), words)
    cells = {units: _network(rng, units) for units in (H // 2, H, 2 * H)}
    backward = {units: _network(rng, units) for units in (H // 2, H)}

    def shares(words: NDArray[np.int64]) -> dict[str, float]:
        states = {units: cell.forward(words).states for units, cell in cells.items()}
        back = {units: cell.forward(words[::-1]).states[::-1] for units, cell in backward.items()}
        seen = {
            "forward": states[H][place, everyone],
            "wide": states[2 * H][place, everyone],
            "delayed": states[H][place + lag, everyone],
            "backward": back[H][place, everyone],
            "both": np.hstack([half[H // 2][place, everyone] for half in (states, back)]),
        }
        return {reads: _share(state, tags) for reads, state in seen.items()}

    return Tagging(shares(words), shares(other), _share(np.eye(WORDS)[tells], tags))


def _network(rng: np.random.Generator, units: int) -> RNN:
    """Its inputs are weak, so that tanh is nearly straight and a line can read what is kept."""
    return RNN.random(rng, WORDS, units, input_gain=0.05, gain=0.9)


def _share(states: Array, tags: Array) -> float:
    """Of fresh sentences, those whose tag (B,) the best line from the states (B, H) gets right."""
    S = np.hstack([states, np.ones((len(states), 1))])
    X = S[:FITTED]
    gram = X.T @ X  # solved so in a tenth of the time of the singular values, and as right
    line = np.linalg.solve(
        gram + FAINTEST * np.trace(gram) * np.eye(len(gram)), X.T @ tags[:FITTED]
    )
    return float(np.mean((S[FITTED:] @ line > 0) == (tags[FITTED:] > 0)))


def _finding(claim: Claim, found: Tagging) -> Finding:
    reads = str(claim["reads"])
    share, placebo = found.true[reads], found.placebo[reads]
    if found.told < RIGHT:
        reason = (
            f"A reader that is given the deciding word is right in {found.told:.0%}: in these "
            "sentences the tag depends on no word."
        )
    else:
        reason = (
            f"It was right in {share:.0%} of fresh sentences, and in {placebo:.0%} with the later "
            "words of another sentence."
        )
    return Finding(
        claim=claim,
        predicts=f"A network that {READERS[reads]} tags nearly all fresh sentences right.",
        figure=Measurement(100 * share, "%", "fresh sentences tagged right"),
        verdict=decide(share, found.told),
        reason=reason,
    )


def _pictures(found: Tagging) -> tuple[Bars, TextTable]:
    rows = tuple(
        (label(reads), f"{share:.0%}", f"{found.placebo[reads]:.0%}")
        for reads, share in found.true.items()
    )
    return (
        Bars(
            title="Fresh sentences tagged right",
            bars=tuple(Bar(label(reads), 100 * share) for reads, share in found.true.items()),
            unit="%",
            says="; ".join(f"{name}: {share}" for name, share, _ in rows) + "; by chance 50%.",
            mark=50.0,
            mark_label="chance",
        ),
        TextTable(
            title="The same with the later words of another sentence",
            columns=("network", "right", "placebo"),
            rows=rows,
            says="; ".join(f"{name}: {share}, placebo {placebo}" for name, share, placebo in rows)
            + ".",
        ),
    )


def label(reads: str) -> str:
    """What the pictures call a network."""
    return {"wide": "forward, 2× units", "delayed": "forward, answers late"}.get(reads, reads)


EXPERIMENT = Experiment(
    name="later-words",
    title="Tags that later words decide",
    asks="Which network can tag a word when a later word decides the tag?",
    claim={"reads": ClaimField("how the network reads the sentence", tuple(READERS))},
    knobs=(
        Knob("lag", 2, "words between the tagged word and the deciding one", 1, LONGEST_LAG),
        Knob("units", 48, "units of the network", low=48, high=96, step=8),
        Knob("clue", "later", "where the deciding word stands", choices=("later", "earlier")),
        Knob("strength", 1.0, "share of the tags that follow from it", low=0, high=1, step=0.25),
    ),
    null={"strength": 0.0},
    null_help="Tags that are drawn at random follow from no word, so no network can give them.",
    run=run,
    label=lambda claim: label(str(claim["reads"])),
    claims=tuple({"reads": reads} for reads in READERS),
    breaks=(
        Break(
            "clue-before",
            {"clue": "earlier"},
            "Where an earlier word decides, a network that reads forwards has all it needs.",
        ),
    ),
    assumption="Nothing but the one later word says anything about the tag.",
)
