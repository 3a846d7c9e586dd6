"""Does a gradient survive a long way back in a GRU without its update or its relevance gate?

One network is without its update gate (Γ_u = 1), one without its relevance gate (Γ_r = 1). A claim
names that gate (``removed``) and where the other one stands (``other``, a number from 0 to 1). It
is put there by its bias, and all else is random. Then the exact one-step Jacobians
∂c⟨t⟩/∂c⟨t-1⟩ are multiplied over the whole run: the length of the product, relative to that of
the identity, is what becomes of a gradient.

"The largest gradient wins" would be a wrong rule: with strong recurrent weights a plain RNN's
gradient explodes, and it would win. Passing with little decay means that the length stays near 1.
And one network proves little: at some strength of the recurrent weights a plain RNN happens to be
balanced. So the strength (the spectral radius of the candidate's recurrent matrix) is swept, and
the worst case counts: the largest distance from 1, in powers of ten.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import GRU, decades
from quizcli.demos.evidence import (
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
from quizcli.numeric import np
from quizcli.report.pictures import Series, SeriesLine, TextTable
from quizcli.report.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from quizcli.demos.cells.shared import Array

RADII = (0.5, 1.0, 1.5, 2.0, 3.0)
LITTLE = 0.02  # powers of ten a step: a change of 5% a step
MUCH = 0.05  # powers of ten a step: a change of 11% a step
NEAR = 0.1  # how far the gate's mean may be from where the claim puts it
INPUTS = 8
CUT = 10  # powers of ten that are drawn: one line that falls by 200 would hide all others
MEMORY = 512 * 2**20  # bytes for the Jacobians; about as much as takes a few seconds

RULE = (
    f"A claim holds if the gradient's length changes by at most {LITTLE:g} powers of ten a step "
    f"in the worst of the networks, and is refuted if it changes by {MUCH:g} or more. Nothing is "
    f"decided unless the gate's mean is within {NEAR:g} of where the claim puts it."
)


@dataclass(frozen=True, slots=True)
class Flow:
    """What was measured of one claim.

    ``gate`` is the remaining gate's mean over units, steps and networks; ``ends`` has, for each
    radius, the powers of ten by which the gradient's length has changed after all steps (negative:
    shrunk); ``path`` the same after each step, in the network that is drawn.
    """

    gate: float
    ends: tuple[float, ...]
    path: tuple[float, ...]

    @property
    def worst(self) -> float:
        """The end farthest from 0, with its sign."""
        return max(self.ends, key=abs)


def decide(wanted: float, gate: float, worst: float, steps: int) -> Verdict:
    """The rule, for a gate claimed to stand at ``wanted`` and found at ``gate``."""
    if not abs(gate - wanted) <= NEAR:
        return Verdict.UNDETERMINED
    rate = abs(worst) / steps
    if rate <= LITTLE:
        return Verdict.HOLDS
    return Verdict.REFUTED if rate >= MUCH else Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{removed, other}``."""
    T, H = int(parameters["steps"]), int(parameters["units"])
    drawn = float(parameters["radius"])
    radii = tuple(sorted({*RADII, drawn}))
    wanted = {
        removed: sorted({float(c["other"]) for c in claims if c["removed"] == removed})
        for removed in ("update", "relevance")
    }
    _refuse_too_large(T, H, len(radii) * sum(map(len, wanted.values())))

    rng = np.random.default_rng(seed)
    gru = GRU.random(rng, INPUTS, H, input_gain=float(parameters["drive"]), radius=1.0)
    X = rng.standard_normal((T, 1, INPUTS))
    networks = [_with_radius(gru, radius) for radius in radii]
    flows: dict[tuple[str, float], Flow] = {}
    for removed, others in wanted.items():
        biases = [_logit(other, float(parameters["bias"])) for other in others]
        found = _flows(networks, X, removed, biases, radii.index(drawn))
        flows |= {(removed, other): flow for other, flow in zip(others, found, strict=True)}
    shown = EXPERIMENT.in_order(claims)
    ordered = [flows[str(c["removed"]), float(c["other"])] for c in claims]
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(
            _finding(claim, flow, radii, T) for claim, flow in zip(claims, ordered, strict=True)
        ),
        rule=RULE,
        pictures=_pictures([claims[i] for i in shown], [ordered[i] for i in shown], radii, drawn),
    )


def _refuse_too_large(T: int, H: int, networks: int) -> None:
    """Raises DemoError before anything is computed; each step has an H × H Jacobian."""
    needed = 8 * T * H * H * networks
    if needed > MEMORY:
        raise DemoError(
            f"{T:,} steps of {counted(networks, 'network')} with {H} units would need "
            f"{needed / 2**30:,.1f} GB of memory — the limit is {MEMORY / 2**30:g} GB; take fewer "
            "steps or units"
        )


def _with_radius(gru: GRU, radius: float) -> GRU:
    """``gru``, whose blocks have spectral radius 1, with the candidate's set to ``radius``.

    The gates keep their weights, so that a gate stays about where its bias puts it.
    """
    c_tilde = gru.gate("c_tilde")
    blocks = {"Γ_u": gru.gate("Γ_u"), "Γ_r": gru.gate("Γ_r")}
    return GRU.of(blocks={**blocks, "c_tilde": c_tilde._replace(U=c_tilde.U * radius)})


def _flows(
    networks: Sequence[GRU], X: Array, removed: str, biases: Sequence[float], drawn: int
) -> list[Flow]:
    """One flow for each bias of the gate that is left; ``networks[drawn]`` is the one drawn.

    The biases come to a network as nudges, so that all of them run through it in one batch.
    """
    if not biases:
        return []
    fixed, left = ("Γ_u", "Γ_r") if removed == "update" else ("Γ_r", "Γ_u")
    nudges: dict[str, ArrayLike] = {left: np.array(biases)[:, None]}
    gates, jacobians = [], []
    for gru in networks:
        cell = gru.pinned(**{fixed: 1})
        trace = cell.forward(np.repeat(X, len(biases), axis=1), nudges=nudges)
        gates.append((trace.Γ_r if left == "Γ_r" else trace.Γ_u).mean(axis=(0, 2)))
        jacobians.append(cell.jacobian(trace))
    # One pass over time serves all networks and biases: they are a batch of products. The
    # identity's length √H counts as 1.
    change = decades(np.concatenate(jacobians, axis=1)) - math.log10(len(networks[0].U)) / 2
    change = change.reshape(len(X), len(networks), len(biases))
    return [
        Flow(
            gate=float(np.mean(gates, axis=0)[k]),
            ends=tuple(change[-1, :, k].tolist()),
            path=tuple(change[:, drawn, k].tolist()),
        )
        for k in range(len(biases))
    ]


def _logit(gate: float, limit: float) -> float:
    """The bias that puts σ at ``gate``, held to ± ``limit``: 0 and 1 would need an infinite one."""
    if gate in (0, 1):
        return limit if gate else -limit
    return max(-limit, min(limit, math.log(gate) - math.log1p(-gate)))


def _finding(claim: Claim, flow: Flow, radii: Sequence[float], T: int) -> Finding:
    wanted = float(claim["other"])
    verdict = decide(wanted, flow.gate, flow.worst, T)
    return Finding(
        claim=claim,
        predicts=(
            f"With {_who(claim)} a gradient sent back {T} steps keeps its length, however strong "
            "the recurrent weights are."
        ),
        figure=Measurement(
            abs(flow.worst),
            "powers of ten",
            f"change of the gradient's length in {T} steps, worst of {len(radii)} networks",
        ),
        verdict=verdict,
        reason=_reason(verdict, claim, flow, radii, T),
    )


def _reason(verdict: Verdict, claim: Claim, flow: Flow, radii: Sequence[float], steps: int) -> str:
    gate = r"$\Gamma_r$" if claim["removed"] == "update" else r"$\Gamma_u$"
    if not abs(flow.gate - float(claim["other"])) <= NEAR:
        return (
            f"{gate} was {flow.gate:.2f} on average, not near {claim['other']:g}, so this run "
            "does not test the claim."
        )
    radius = radii[flow.ends.index(flow.worst)]
    way = "shrank" if flow.worst < 0 else "grew"
    change = f"In {steps} steps the gradient {way} by {abs(flow.worst):.3g} powers of ten"
    if verdict is Verdict.HOLDS:
        return f"{_mechanism(claim)} {change} at most, in the worst of {len(radii)} networks."
    if verdict is Verdict.REFUTED:
        return f"{_mechanism(claim)} {change} where the recurrent weights have radius {radius:g}."
    return f"{change} in the worst network: neither little nor much."


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
    held, left = ("Γ_u", "Γ_r") if claim["removed"] == "update" else ("Γ_r", "Γ_u")
    return f"{left} near {claim['other']:g} ({held} = 1)"


def _pictures(
    claims: Sequence[Claim], flows: Sequence[Flow], radii: Sequence[float], drawn: float
) -> tuple[Series | TextTable, ...]:
    T = len(flows[0].path) if flows else 0
    every = -(-T // 50)
    labels = [_label(claim) for claim in claims]
    ends = "; ".join(f"{k}: {_signed(f.path[-1])}" for k, f in zip(labels, flows, strict=True))
    worst = "; ".join(f"{k}: {_signed(f.worst)}" for k, f in zip(labels, flows, strict=True))
    return (
        Series(
            title=(f"Length of the gradient in powers of ten, cut off at ±{CUT}; radius {drawn:g}"),
            lines=tuple(
                SeriesLine(label, tuple(np.clip(flow.path[every - 1 :: every], -CUT, CUT).tolist()))
                for label, flow in zip(labels, flows, strict=True)
            ),
            x="steps gone back",
            y="powers of ten",
            says=f"After {T} steps: {ends}.{_same_network(dict(zip(labels, claims, strict=True)))}",
        ),
        TextTable(
            title=f"Change of its length in {T} steps, powers of ten, by radius",
            columns=("", *(f"{radius:g}" for radius in radii)),
            rows=tuple(
                (label, *(_signed(end) for end in flow.ends))
                for label, flow in zip(labels, flows, strict=True)
            ),
            says=f"Farthest from 0: {worst}.",
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
        "other": ClaimField("where the gate that is left stands", low=0, high=1),
    },
    knobs=(
        Knob("steps", 100, "length of the run", low=10, high=1_000_000, step=2, factor=True),
        Knob(
            "radius", 1.0, "spectral radius of the network that is drawn", low=0.1, high=4, step=0.1
        ),
        Knob(
            "bias", 5.0, "how firmly a gate is held: 5 is 0.007 or 0.993, 0 is 0.5", low=0, high=12
        ),
        Knob("drive", 1.0, "strength of the inputs", low=0, high=4, step=0.2),
        Knob("units", 24, "units of each network", low=2, high=96, step=4),
    ),
    null={"bias": 0.0},
    null_help="With bias 0 every gate stands near one half, so no claim's condition is met.",
    run=run,
    claims=(
        {"removed": "update", "other": 0},
        {"removed": "update", "other": 1},
        {"removed": "relevance", "other": 0},
        {"removed": "relevance", "other": 1},
        {"removed": "relevance", "other": 0.5},
    ),
)
