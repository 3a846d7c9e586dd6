"""Does a gradient survive a long way back in a GRU without its update or its relevance gate?

One network is without its update gate (Γ_u = 1), one without its relevance gate (Γ_r = 1). A claim
names that gate (``removed``) and where the other one stands (``other``, a number from 0 to 1). It
is put there by its bias, and all else is random. Then the exact one-step Jacobians
∂c⟨t⟩/∂c⟨t-1⟩ are multiplied over the whole run: the length of the product, relative to that of
the identity, is what becomes of a gradient.

"The largest gradient wins" would be a wrong rule: with strong recurrent weights a plain RNN's
gradient explodes, and it would win. Passing with little decay means that the length stays near 1.
And one network proves little: at some strength of the recurrent weights a plain RNN happens to be
balanced. So many networks are drawn, each with weights and a strength of its own (the spectral
radius of the candidate's recurrent matrix), and what counts is the share of them that pass. "More
likely to escape" is this share. With both gates at 1 the same networks are plain RNNs; unless at
least half of these fail, there is nothing to escape.
"""

from __future__ import annotations

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
from quizcli.demos.worlds.gru_flows import (
    INPUTS,
    LITTLE,
    LITTLE_A_STEP,
    Flow,
    measure_flows,
    random_network,
    refuse_too_large,
)
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


RADII = (0.5, 3.0)  # from which each network's is drawn, evenly
MOSTLY, AT_MOST_HALF = 0.9, 0.5  # shares of networks
NEAR = 0.1  # how far the gate's mean may be from where the claim puts it
CUT = 10  # powers of ten that are drawn: one line that falls by 200 would hide all others

RULE = (
    "A network keeps the gradient's length if that changes by at most "
    f"{LITTLE_A_STEP:g} powers of ten a step (or by {LITTLE:g} in all, in short runs). A claim "
    f"holds if {MOSTLY:.0%} of the networks keep it, and is refuted if at most "
    f"{AT_MOST_HALF:.0%} do. No verdict is given if more than {AT_MOST_HALF:.0%} of them keep it "
    f"as plain RNNs, or unless the gate's mean is within {NEAR:g} of where the claim puts it."
)


def decide(wanted: float, gate: float, kept: float, plain: float) -> Verdict:
    """The rule, for a gate claimed to stand at ``wanted`` and found at ``gate``.

    ``kept`` and ``plain`` are the shares of networks that keep the gradient's length, as the claim
    has them and as plain RNNs.
    """
    if plain > AT_MOST_HALF or not abs(gate - wanted) <= NEAR:
        return Verdict.UNDETERMINED
    if kept >= MOSTLY:
        return Verdict.HOLDS
    return Verdict.REFUTED if kept <= AT_MOST_HALF else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{removed, other}``."""
    T, H = int(parameters["steps"]), int(parameters["units"])
    asked = sorted({(str(claim["removed"]), float(claim["other"])) for claim in claims})
    refuse_too_large(T, H, len(asked) + 1)
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((T, 1, INPUTS))
    radii = [float(parameters["radius"]), *rng.uniform(*RADII, int(parameters["networks"]))]
    networks = [random_network(rng, H, float(parameters["drive"]), radius) for radius in radii]
    *found, plain = measure_flows(networks, X, asked, float(parameters["bias"]))
    flows = dict(zip(asked, found, strict=True))
    shown = EXPERIMENT.in_order(claims)
    ordered = [flows[str(c["removed"]), float(c["other"])] for c in claims]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(
            _finding(claim, flow, plain) for claim, flow in zip(claims, ordered, strict=True)
        ),
        rule=RULE,
        pictures=_pictures([claims[i] for i in shown], [ordered[i] for i in shown], plain, radii),
        assumption=EXPERIMENT.assumption,
    )


def _finding(claim: Claim, flow: Flow, plain: Flow) -> Finding:
    count, steps = len(flow.ends), len(flow.path)
    shares = flow.kept / count, plain.kept / count
    verdict = decide(float(claim["other"]), flow.gate, *shares)
    return Finding(
        claim=claim,
        predicts=(
            f"With {_who(claim)} a gradient sent back {steps} steps keeps its length, whatever the "
            "weights."
        ),
        figure=Measurement(
            100 * shares[0], "%", f"of {count} networks, those that keep the gradient's length"
        ),
        verdict=verdict,
        reason=_reason(verdict, claim, flow, plain),
    )


def _reason(verdict: Verdict, claim: Claim, flow: Flow, plain: Flow) -> str:
    gate = r"$\Gamma_r$" if claim["removed"] == "update" else r"$\Gamma_u$"
    count, steps = len(flow.ends), len(flow.path)
    if plain.kept > AT_MOST_HALF * count:
        return (
            f"As plain RNNs {plain.kept} of the {count} networks keep a gradient's length over "
            f"{counted(steps, 'step')}, so there is nothing to escape."
        )
    if not abs(flow.gate - float(claim["other"])) <= NEAR:
        return (
            f"{gate} was {flow.gate:.2f} on average, not near {claim['other']:g}, so this run "
            "does not test the claim."
        )
    way = "shrinks" if flow.typical < 0 else "grows"
    told = (
        f"Over {steps} steps {flow.kept} of {count} networks kept the gradient's length; at the "
        f"median it {way} by {abs(flow.typical):.1f} powers of ten."
    )
    return told if verdict is Verdict.UNDETERMINED else f"{_mechanism(claim)} {told}"


def _mechanism(claim: Claim) -> str:
    """Why, from the equations: what is left of them with this gate there."""
    other = float(claim["other"])
    if claim["removed"] == "update":
        if other > 0.9:
            return (
                r"With $\Gamma_u = 1$ nothing is copied, and with $\Gamma_r$ near 1 a plain RNN is "
                "left: every step runs through tanh and the weights."
            )
        return (
            r"With $\Gamma_u = 1$ the old memory reaches the new one only through $\Gamma_r$, "
            + ("and a closed gate cuts that path." if other < 0.1 else "tanh and the weights.")
        )
    if other > 0.9:
        return (
            r"With $\Gamma_u$ near 1 the candidate overwrites the memory, as in a plain RNN: every "
            "step runs through tanh and the weights."
        )
    if other < 0.1:
        return r"With $\Gamma_u$ near 0 every step copies the old memory almost as it is."
    return rf"With $\Gamma_u$ near {other:g} every step overwrites that share of the memory."


def _who(claim: Claim) -> str:
    if claim["removed"] == "update":
        return rf"$\Gamma_u = 1$ and $\Gamma_r$ near {claim['other']:g}"
    return rf"$\Gamma_r = 1$ and $\Gamma_u$ near {claim['other']:g}"


def _label(claim: Claim) -> str:
    held, left = (r"\Gamma_u", r"\Gamma_r")
    if claim["removed"] == "relevance":
        held, left = left, held
    return f"${left}$ near {claim['other']:g} (${held} = 1$)"


def _pictures(
    claims: Sequence[Claim], flows: Sequence[Flow], plain: Flow, radii: Sequence[float]
) -> tuple[Series | TextTable, ...]:
    T, count = len(plain.path), len(plain.ends)
    every = -(-T // 50)
    labels = [_label(claim) for claim in claims]
    ends = "; ".join(f"{k}: {_signed(f.path[-1])}" for k, f in zip(labels, flows, strict=True))
    rows = [
        (
            label,
            f"{flow.kept}",
            _signed(min(flow.ends)),
            _signed(flow.typical),
            _signed(max(flow.ends)),
        )
        for label, flow in zip([*labels, "plain RNN"], [*flows, plain], strict=True)
    ]
    kept = "; ".join(f"{label}: {kept}" for label, kept, *_ in rows)
    return (
        Series(
            title=(
                f"Length of the gradient in powers of ten, cut off at ±{CUT}; radius {radii[0]:g}"
            ),
            lines=tuple(
                SeriesLine(label, tuple(np.clip(flow.path[every - 1 :: every], -CUT, CUT).tolist()))
                for label, flow in zip(labels, flows, strict=True)
            ),
            x="steps back",
            y="powers of ten",
            first=every,
            step=every,
            says=f"After {T} steps: {ends}.{_same_network(dict(zip(labels, claims, strict=True)))}",
        ),
        TextTable(
            title=(
                f"Of {count} networks, radius {min(radii[1:]):.1f} to {max(radii[1:]):.1f}: those "
                "that keep the length; its change in powers of ten"
            ),
            columns=("", "keep it", "min", "median", "max"),
            rows=tuple(rows),
            says=f"Of {count} networks, this many keep the gradient's length: {kept}.",
        ),
    )


def _signed(change: float) -> str:
    return f"{round(change, 1) + 0.0:.1f}"  # adding 0 turns -0.0 into 0.0


def _same_network(labels: Mapping[str, Claim]) -> str:
    """With the gate that is left near 1, both have the same network: say so."""
    open_ones = {k: claim for k, claim in labels.items() if float(claim["other"]) >= 0.95}
    if len({claim["removed"] for claim in open_ones.values()}) < 2:
        return ""
    return f" With the gate near 1, {' and '.join(open_ones)} are almost the same plain RNN."


EXPERIMENT = Experiment(
    name="simplified-gru",
    title="Gradients in a simplified GRU",
    asks="Which gate lets a gradient pass many steps back with little decay, and at which value?",
    claim={
        "removed": ClaimField("the gate that is fixed at 1", ("update", "relevance")),
        "other": ClaimField("where the remaining gate stands", low=0, high=1),
    },
    knobs=(
        Knob("steps", 100, "length of the run", low=1, high=1_000_000, step=2, factor=True),
        Knob(
            "radius",
            1.0,
            "spectral radius of the network that is plotted",
            low=0.1,
            high=4,
            step=0.1,
        ),
        Knob(
            "bias", 5.0, "how firmly a gate is held: 5 is 0.007 or 0.993, 0 is 0.5", low=0, high=12
        ),
        Knob("drive", 1.0, "strength of the inputs", low=0, high=4, step=0.2),
        Knob("units", 12, "units of each network", low=2, high=32, step=4),
        Knob("networks", 10, "random networks that are counted", low=4, high=60, step=4),
    ),
    null={"steps": 1},
    null_help="Over a single step even a plain RNN keeps the gradient: there is nothing to escape.",
    run=run,
    label=_label,
    claims=(
        {"removed": "update", "other": 0},
        {"removed": "update", "other": 1},
        {"removed": "relevance", "other": 0},
        {"removed": "relevance", "other": 1},
        {"removed": "relevance", "other": 0.5},
    ),
    breaks=(
        Break(
            "strong-inputs",
            {"drive": 3.0},
            (
                "Inputs this strong push the gate open now and then, though it is near 0 on "
                "average: at these steps the memory is overwritten, and the gradient lost."
            ),
        ),
    ),
    assumption=(
        "The weights are random, not trained, and the gates stand where the claims put them: this "
        "shows what such gates make possible, not that training would find them."
    ),
)
