"""The adding problem: what each marked number that is remembered is worth.

In the version of M. Arjovsky, A. Shah and Y. Bengio (2016); the task itself is of S. Hochreiter and
J. Schmidhuber (1997). A sequence of numbers from 0 to 1, two of them marked, one in each half;
wanted at the end is the sum of the marked two. Always answering 1 has a mean
squared error of 1/6, the variance of a sum of two such numbers, so a network that stays at 0.1667
has learned nothing about the task. Remembering one of the two halves it, to 1/12.

Three LSTMs of one unit show it. Their weights are set by hand and not trained: the update gate
opens at a mark, and the forget gate decides what becomes of the number stored before. Only the
readout is fitted, and fresh sequences judge it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos.cells import LSTM, Gate
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
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.cells.shared import Array

# Sequences, to fit a readout and to judge it: the squares of the sides of two lattices.
FITTED, FRESH = 20**2, 40**2
RIGHT, WRONG = 0.05, 0.15  # distances, as shares of the error of always answering the mean
SMALL = 0.01  # numbers are stored this much smaller, where tanh is a straight line
FIRM = 20.0  # the argument of a gate that is as good as open

KEEPS = {
    "nothing": "always answers the same",
    "last": "remembers only the last marked number",
    "both": "remembers the sum of both marked numbers",
}

RULE = (
    f"An error holds if its distance from the measured one is at most {RIGHT:.0%} of the error of "
    f"always answering the mean, and is refuted at {WRONG:.0%} or more. No verdict is given if "
    "that error is 0."
)


def decide(claimed: float, measured: float, baseline: float) -> Verdict:
    """The rule; ``baseline`` is the error of always answering the mean."""
    if not baseline > 0:
        return Verdict.UNDETERMINED
    off = abs(claimed - measured) / baseline
    if off <= RIGHT:
        return Verdict.HOLDS
    return Verdict.REFUTED if off >= WRONG else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{keeps, error}``."""
    X, wanted = _task(
        np.random.default_rng(seed), int(parameters["steps"]), float(parameters["spread"])
    )
    memories = {keeps: _network(keeps).forward(X).states[..., 0] / SMALL for keeps in KEEPS}
    errors = {keeps: _fresh_error(memory[-1], wanted) for keeps, memory in memories.items()}
    baseline = float(wanted[FITTED:].var())
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, errors, baseline) for claim in claims),
        rule=RULE,
        pictures=_pictures(errors, memories, float(parameters["spread"])),
        assumption=EXPERIMENT.assumption,
    )


def _task(rng: np.random.Generator, T: int, spread: float) -> tuple[Array, Array]:
    """Inputs (T, B, 2), number and mark, and the sum wanted of each sequence, (B,).

    The numbers lie within half of ``spread`` from 0.5. The marked pairs are spread evenly over the
    square of all pairs, so that errors come out to three digits.
    """
    B = FITTED + FRESH
    first, second = np.hstack([_even_pairs(rng, FITTED), _even_pairs(rng, FRESH)])
    numbers, marks = rng.random((T, B)), np.zeros((T, B))
    everyone = np.arange(B)
    for low, high, number in ((0, T // 2, first), (T // 2, T, second)):
        place = rng.integers(low, high, size=B)
        marks[place, everyone] = 1
        numbers[place, everyone] = number
    numbers = 0.5 + spread * (numbers - 0.5)
    return np.stack([numbers, marks], axis=2), np.sum(numbers * marks, axis=0)


def _even_pairs(rng: np.random.Generator, count: int) -> Array:
    """(2, count): random pairs from 0 to 1, one from each cell of a square lattice, shuffled."""
    side = round(count**0.5)
    cells = np.stack(np.divmod(np.arange(count), side))
    pairs: Array = (cells + rng.random((2, count))) / side
    return rng.permutation(pairs, axis=1)


def _network(keeps: str) -> LSTM:
    """One unit. Its gates see the mark, its candidate the number, and nothing sees the output."""

    def block(number: float, mark: float, bias: float) -> Gate:
        return Gate(np.array([[number], [mark]]), np.zeros((1, 1)), np.array([bias]))

    opens_at_mark, shuts_at_mark = block(0, 2 * FIRM, -FIRM), block(0, -2 * FIRM, FIRM)
    network = LSTM.of(
        blocks={
            "Γ_u": opens_at_mark,
            "Γ_f": shuts_at_mark,
            "c_tilde": block(SMALL, 0, 0),
            "Γ_o": opens_at_mark,
        }
    ).pinned(Γ_o=1)
    if keeps == "nothing":
        return network.pinned(Γ_u=0)
    return network.pinned(Γ_f=1) if keeps == "both" else network


def _fresh_error(memory: Array, wanted: Array) -> float:
    """Mean squared error of the best line from the memory (B,), judged on fresh sequences."""
    S = np.stack([memory, np.ones_like(memory)], axis=1)
    line = np.linalg.lstsq(S[:FITTED], wanted[:FITTED], rcond=None)[0]
    return float(np.mean((S[FITTED:] @ line - wanted[FITTED:]) ** 2))


def _finding(claim: Claim, errors: Mapping[str, float], baseline: float) -> Finding:
    keeps, claimed = str(claim["keeps"]), float(claim["error"])
    measured = errors[keeps]
    but = f", not {claimed:.3f}" if decide(claimed, measured, baseline) is Verdict.REFUTED else ""
    if baseline > 0:
        reason = (
            f"A network that {KEEPS[keeps]} had an error of {measured:.3f}{but}. The sums have a "
            f"variance of {baseline:.3f}, and each number remembered takes half of that away."
        )
    else:
        reason = "All sums are the same here, so there is nothing to remember."
    return Finding(
        claim=claim,
        predicts=f"A network that {KEEPS[keeps]} has a mean squared error of {claimed:.3f}.",
        figure=Measurement(
            measured,
            "",
            f"mean squared error of a network that {KEEPS[keeps]}",
            "" if measured >= 1e-12 else "< 1e-12",
        ),
        verdict=decide(claimed, measured, baseline),
        reason=reason,
    )


def _pictures(
    errors: Mapping[str, float], memories: Mapping[str, Array], spread: float
) -> tuple[Bars, Series]:
    sixth = spread**2 / 6  # the variance of the sum of two such numbers
    said = "; ".join(f"keeps {keeps}: {error:.3f}" for keeps, error in errors.items())
    every = -(-len(memories["both"]) // 60)
    first = {keeps: memory[::every, 0] for keeps, memory in memories.items()}
    ends = "; ".join(f"keeps {keeps}: {memory[-1, 0]:.2f}" for keeps, memory in memories.items())
    return (
        Bars(
            title="Mean squared error on fresh sequences",
            bars=tuple(Bar(f"keeps {keeps}", error) for keeps, error in errors.items()),
            unit="",
            says=f"{said}; in theory {sixth:.3f}, {sixth / 2:.3f} and 0.",
            mark=sixth,
            mark_label="always the mean",
        ),
        Series(
            title="What is remembered from one sequence, step by step",
            lines=tuple(
                SeriesLine(f"keeps {k}", tuple(line.tolist())) for k, line in first.items()
            ),
            x="step",
            y="memory",
            says=f"At the end: {ends}.",
        ),
    )


VARIANCES = {"nothing": 1 / 6, "last": 1 / 12, "both": 0.0}  # that are left, of spread 1
EXPERIMENT = Experiment(
    name="adding-problem",
    title="The adding problem",
    asks="How large is the error of a network that remembers none, one or both marked numbers?",
    claim={
        "keeps": ClaimField("what the network remembers of the marked numbers", tuple(KEEPS)),
        "error": ClaimField("its mean squared error", low=0, high=10),
    },
    knobs=(
        Knob("steps", 100, "length of the sequences", low=2, high=500, step=50),
        Knob(
            "spread",
            1.0,
            "range of the numbers; 0 makes all of them 0.5",
            low=0,
            high=1,
            step=0.25,
            sets={
                "error": lambda claim, knobs: (
                    VARIANCES[str(claim["keeps"])] * float(knobs["spread"]) ** 2
                )
            },
        ),
    ),
    null={"spread": 0.0},
    null_help="With all numbers alike the sum is always 1, and there is nothing to remember.",
    run=run,
    claims=(
        {"keeps": "nothing", "error": 0.1667},
        {"keeps": "last", "error": 0.0833},
        {"keeps": "both", "error": 0},
        {"keeps": "nothing", "error": 0.3333},
        {"keeps": "last", "error": 0.1667},
    ),
    assumption=(
        "The weights are set by hand: this shows what remembering is worth, not whether training "
        "would get there. It follows from the definition of the task."
    ),
    definitional=True,
)
