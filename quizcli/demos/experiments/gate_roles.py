"""Which quantities of a GRU play the parts of an LSTM's update and forget gate.

An LSTM's new memory is ``Γ_u * c̃ + Γ_f * c⟨t-1⟩``: the update gate is the weight of what is new,
the forget gate the weight of what is kept. Two independent measurements look for these two
weights in a GRU.

*By intervention.* In a GRU with all its gates at work, the candidate c̃ is set by hand to +1 and
to -1 while everything else is held: half the change of c⟨t⟩ is the weight of what is new. Then
the same with c⟨t-1⟩, whose other effects (on the gates and on c̃) are cancelled from outside: half
the change is the weight of what is kept. c⟨t⟩ is linear in both, so this is exact, not a small
difference. Each named quantity is compared with the weight whose part it is said to play.

*By substitution.* An LSTM is given the named quantities as its gates, the GRU's candidate, and
Γ_o = 1; the GRU gets Γ_r = 1, because an LSTM's candidate has no relevance gate. Both read the
same inputs. If the parts are named rightly, both compute the same memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import GRU
from quizcli.demos.evidence import (
    Break,
    Claim,
    ClaimField,
    DemoError,
    Evidence,
    Experiment,
    Finding,
    Formula,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.gru_as_lstm import as_lstm, missed_weights
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.cells.shared import Array

UPDATE, RELEVANCE = ("u", "z", "i"), ("r", "s", "q")  # letters that the GRU's gates may have
QUANTITIES = tuple(q for u in (*UPDATE, *RELEVANCE, "f") for q in (u, f"1-{u}"))
SAME = 1e-9  # equal but for rounding, which is some 1e-15 here
APART = 0.1  # of gate values, which lie between 0 and 1, and of memories of about that size
INPUTS = 8

RULE = (
    "A pair holds if its two weights and the LSTM's memory agree with the GRU's to a billionth; "
    f"it is refuted if both differ by more than {APART:g}. No verdict is given unless every pair "
    f"but one misses the GRU's weights by more than {APART:g}."
)


@dataclass(frozen=True, slots=True)
class Errors:
    """What was measured of one pair: the largest differences over all steps and units.

    ``write`` and ``keep`` compare its two quantities with the weights read in the GRU, ``memory``
    the memory of an LSTM that has the pair as its gates with the memory of the GRU.
    """

    write: float
    keep: float
    memory: float


def decide(errors: Errors, runner_up: float) -> Verdict:
    """The rule. ``runner_up`` is how far the second best of all pairs misses the weights."""
    weights = max(errors.write, errors.keep)
    if runner_up <= APART:
        return Verdict.UNDETERMINED
    if weights < SAME and errors.memory < SAME:
        return Verdict.HOLDS
    if weights > APART and errors.memory > APART:
        return Verdict.REFUTED
    return Verdict.UNDETERMINED


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure pairs ``{update, forget}`` of gate quantities. Raises DemoError for one of a gate
    that has another letter."""
    T, H = int(parameters["steps"]), int(parameters["units"])
    scale = float(parameters["scale"])
    rng = np.random.default_rng(seed)
    gru = GRU.random(rng, INPUTS, H, input_gain=scale, gain=scale, bias=scale / 2)
    stranger = GRU.random(rng, INPUTS, H, input_gain=scale, gain=scale, bias=scale / 2)
    X = rng.standard_normal((T, 1, INPUTS))

    letters = str(parameters["update"]), str(parameters["relevance"]), "f"
    blocks = gru.gate("Γ_u"), gru.gate("Γ_r"), stranger.gate("Γ_u")
    gates = dict(zip(letters, blocks, strict=True))
    gates |= {f"1-{name}": gate.complement() for name, gate in gates.items()}
    for named in (str(value) for claim in claims for value in claim.values()):
        if named not in gates:
            raise DemoError(f"there is no gate {named[-1]} — the gates are {listed(letters)}")
    write, keep = missed_weights(gru, gates, X)
    held = gru.pinned(Γ_r=1).forward(X).c[1:, 0]
    memories = [
        as_lstm(gru, gates, claim, tanh_output=bool(parameters["tanh_output"])).forward(X).c[1:, 0]
        for claim in claims
    ]
    runner_up = sorted(max(w, k) for w in write.values() for k in keep.values())[1]
    measured = [
        Errors(write[str(c["update"])], keep[str(c["forget"])], float(abs(m - held).max()))
        for c, m in zip(claims, memories, strict=True)
    ]
    order = EXPERIMENT.in_order(claims)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(
            _finding(claim, errors, runner_up, T)
            for claim, errors in zip(claims, measured, strict=True)
        ),
        rule=RULE,
        pictures=_pictures(
            [claims[i] for i in order],
            [measured[i] for i in order],
            held,
            [memories[i] for i in order],
        ),
    )


def _finding(claim: Claim, errors: Errors, runner_up: float, T: int) -> Finding:
    verdict = decide(errors, runner_up)
    update, forget = _tex(claim["update"]), _tex(claim["forget"])
    return Finding(
        claim=claim,
        predicts=(
            f"The GRU weighs its candidate by {update} and its old memory by {forget}; an LSTM "
            "with these two gates computes the same memory."
        ),
        figure=Measurement(
            errors.memory,
            "",
            f"largest difference between the memories of LSTM and GRU in {T} steps",
            "" if errors.memory >= 1e-12 else "< 1e-12",
        ),
        verdict=verdict,
        reason=_reason(verdict, claim, errors, runner_up),
    )


def _reason(verdict: Verdict, claim: Claim, errors: Errors, runner_up: float) -> str:
    update, forget = _tex(claim["update"]), _tex(claim["forget"])
    end = f"An LSTM with these gates ends up as far as {_number(errors.memory)} from the GRU."
    if runner_up <= APART:
        return (
            "The quantities are too much alike here to tell which plays which part: another pair "
            f"misses the weights by {'' if runner_up < 1e-12 else 'only '}{_number(runner_up)}."
        )
    if verdict is Verdict.HOLDS:
        return (
            f"Moved by hand, the candidate has the weight {update} and the old memory {forget}, at "
            "every step and in every unit. An LSTM with these gates computes the GRU's memory up "
            "to rounding."
        )
    if max(errors.write, errors.keep) < SAME:
        return f"The two weights are right, but the networks differ elsewhere. {end}"
    misses = []
    if errors.write >= SAME:
        misses.append(f"the candidate is not weighed by {update} (off by up to {errors.write:.2f})")
    if errors.keep >= SAME:
        misses.append(f"the old memory is not weighed by {forget} (off by up to {errors.keep:.2f})")
    stranger = "f" in f"{claim['update']}{claim['forget']}"
    aside = r" Its $\Gamma_f$ is a gate that the GRU does not have." if stranger else ""
    return f"In the GRU, {', and '.join(misses)}.{aside} {end}"


def _pictures(
    claims: Sequence[Claim], measured: Sequence[Errors], gru: Array, memories: Sequence[Array]
) -> tuple[Series | Bars, ...]:
    """The memory of one unit in all networks, and how far each pair misses the two weights."""
    gaps = sum((abs(memory - gru).max(0) for memory in memories), np.zeros(gru.shape[1]))
    unit = int(gaps.argmax())
    every = -(-len(gru) // 60)  # at most 60 values a line
    lines = [SeriesLine("GRU", tuple(gru[::every, unit].tolist()))]
    bars, memory_says, weight_says = [], [], []
    for claim, errors, memory in zip(claims, measured, memories, strict=True):
        label = _pair(claim)
        weights = max(errors.write, errors.keep)
        lines.append(SeriesLine(label, tuple(memory[::every, unit].tolist())))
        seen = weights >= 1e-12  # what is less is rounding, and differs from machine to machine
        bars.append(Bar(label, weights if seen else 0.0, "" if seen else "but for rounding"))
        memory_says.append(f"{label}: {_number(errors.memory)}")
        weight_says.append(f"{label}: {_number(weights)}")
    return (
        Series(
            title=f"Memory of unit {unit + 1}: the GRU, and LSTMs with each pair as gates",
            lines=tuple(lines),
            x="step",
            y="memory",
            says=f"Largest difference from the GRU, all units: {'; '.join(memory_says)}.",
            first=1,
            step=every,
        ),
        Bars(
            title="How far each pair misses the GRU's two weights",
            bars=tuple(bars),
            unit="",
            says=f"Largest miss of the weights set by hand: {'; '.join(weight_says)}.",
            mark=APART,
            mark_label="margin",
        ),
    )


def _pair(claim: Claim) -> str:
    return f"{_tex(claim['update'])} and {_tex(claim['forget'])}"


def _tex(quantity: object) -> str:
    name = f"{quantity}"
    return f"${'1 - ' if name.startswith('1-') else ''}\\Gamma_{name[-1]}$"


def _number(value: float) -> str:
    return "less than 1e-12" if value < 1e-12 else f"{value:.2g}"


RIGHT: dict[str, Formula] = {
    "update": lambda _, knobs: knobs["update"],
    "forget": lambda _, knobs: f"1-{knobs['update']}",
}
EXPERIMENT = Experiment(
    name="gate-roles",
    title="The parts that gates play",
    asks="Which two quantities of a GRU play the parts of an LSTM's update and forget gate?",
    claim={
        "update": ClaimField(
            "what plays the update gate's part; f is a gate with weights of its own", QUANTITIES
        ),
        "forget": ClaimField(
            "what plays the forget gate's part; f is a gate with weights of its own", QUANTITIES
        ),
    },
    knobs=(
        Knob("update", "u", "letter of the GRU's update gate", choices=UPDATE, sets=RIGHT),
        Knob("relevance", "r", "letter of its relevance gate", choices=RELEVANCE, sets=RIGHT),
        Knob("steps", 30, "length of the run", low=2, high=240, step=10),
        Knob("units", 16, "units of each network", low=2, high=64, step=4),
        Knob("scale", 1.0, "size of the weights; 0 makes all gates alike", low=0, high=2, step=0.1),
        Knob("tanh_output", False, "give the LSTM the usual output, the gate times tanh(c)"),
    ),
    null={"scale": 0.0},
    null_help="With all weights 0 every gate stands at 0.5, and the parts cannot be told apart.",
    run=run,
    label=_pair,
    claims=(
        {"update": "u", "forget": "1-u"},
        {"update": "u", "forget": "r"},
        {"update": "1-u", "forget": "u"},
        {"update": "r", "forget": "u"},
        {"update": "f", "forget": "1-f"},
    ),
    breaks=(
        Break(
            "tanh-output",
            {"tanh_output": True},
            (
                "With the usual output the gates play the same parts, but the two networks no "
                "longer compute the same."
            ),
        ),
    ),
    assumption=(
        "The two networks can compute the same only with the relevance gate and the output gate "
        "held at 1, and with an output that is the output gate times c, without a tanh."
    ),
)
