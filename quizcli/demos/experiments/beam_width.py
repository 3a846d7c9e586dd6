"""What a wider beam brings, and what it costs.

A random decoder translates M sources, each twice: by a narrow beam and by a wide one. For each
source it is counted how often the cell was updated, how many prefixes were kept at once and how
many words were written, and the probabilities of both results are compared.

The work is counted rather than timed, so that the same seed gives the same figures on every
machine. A decoder that does not hear which words it has written is the control: there every step
stands alone, greedy search is right already, and no width finds anything that another has missed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import (
    Claim,
    ClaimField,
    DemoError,
    Dose,
    Evidence,
    Experiment,
    Finding,
    Knob,
    Measurement,
    Parameters,
    Verdict,
)
from quizcli.demos.worlds.translator import Decoder, Translations, beam_search, decoder
from quizcli.demos.worlds.trends import TRENDS, Margins, decide
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARGINS = Margins(same=math.log(1.001), apart=math.log(1.05))  # of a logarithm of a ratio
CONTROL = 0.1  # share of the sources that must be translated otherwise
QUANTITIES = {
    "probability": "probability of the sentence found",
    "time": "number of cell updates",
    "memory": "number of prefixes kept at once",
    "steps": "number of steps",
}
MOST = 4_000_000  # states times their units, of a step
RULE = (
    "A quantity goes up if it is at least 1.05 times as large with the wide beam (averaging the "
    "logarithms over all sources), down if it is at most 1/1.05 times as large, and the same "
    "within 0.1%. No verdict is given unless the wide beam ends with a different sentence for at "
    f"least {CONTROL:.0%} of the sources."
)
ASSUMPTION = (
    "Time is counted in updates of the cell. A processor that updates many prefixes at once hides "
    "part of the cost, as long as it has room for them."
)


class Comparison(NamedTuple):
    """Both searches over the same sources, and the logarithm of wide over narrow for each of the
    quantities. ``changed`` and ``worse`` are shares of the sources."""

    narrow: Translations
    wide: Translations
    logs: Mapping[str, float]
    changed: float
    worse: float


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{quantity, goes}``. Raises DemoError for a beam that is no wider."""
    narrow, wide, T = (int(parameters[name]) for name in ("narrow", "wide", "words"))
    if wide <= narrow:
        raise DemoError(f"wide: {wide} is no wider than narrow, {narrow} — give more of it")
    model = _model(seed, parameters)
    found = compare(model, narrow, wide, T)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, found, narrow, wide) for claim in claims),
        rule=RULE,
        pictures=(_bars(found, narrow, wide), _widths(model, narrow, wide, T)),
        assumption=ASSUMPTION,
    )


def _model(seed: int, parameters: Parameters) -> Decoder:
    V, H, M = (int(parameters[name]) for name in ("vocabulary", "units", "sources"))
    most = MOST // (M * max(H, V))
    if int(parameters["wide"]) > most:
        raise DemoError(
            f"wide: {parameters['wide']} prefixes of {M} sources take too much memory — give "
            f"{most} or less"
        )
    return decoder(
        np.random.default_rng(seed), V, H, M,
        gain=float(parameters["gain"]), memory=float(parameters["memory"]),
    )  # fmt: skip


def compare(model: Decoder, narrow: int, wide: int, T: int) -> Comparison:
    """Search with both beams for sentences of T words."""
    few, many = beam_search(model, narrow, T), beam_search(model, wide, T)
    gained = many.log_p - few.log_p
    logs = {
        "probability": float(gained.mean()),
        "time": math.log((many.updates or 1) / (few.updates or 1)),
        "memory": math.log(many.kept / few.kept),
        "steps": math.log(many.words.shape[1] / few.words.shape[1]),
    }
    other = (few.words != many.words).any(axis=1)
    return Comparison(few, many, logs, float(other.mean()), float((gained < -1e-9).mean()))


def _finding(claim: Claim, found: Comparison, narrow: int, wide: int) -> Finding:
    quantity, goes = str(claim["quantity"]), str(claim["goes"])
    ratio = math.exp(found.logs[quantity])
    control = found.changed >= CONTROL
    verdict = decide(goes, MARGINS.trend(found.logs[quantity]), control=control)
    where = {"up": "is larger", "down": "is smaller", "same": "is the same"}[goes]
    shown = QUANTITIES[quantity]
    if not control:
        reason = (
            f"The control failed: the wide beam ends with another sentence for {found.changed:.0%} "
            "of the sources, so the width does not visibly matter."
        )
    elif verdict is Verdict.UNDETERMINED:
        reason = f"The ratio is {ratio:.3g}: neither the same nor clearly different."
    else:
        times = "the same as" if f"{ratio:.3g}" == "1" else f"{ratio:.3g} times"
        reason = f"At width {wide} the {shown} is {times} that at width {narrow}."
        if quantity == "probability":
            reason += (
                f" It found a different sentence for {found.changed:.0%} of the sources; for "
                f"{found.worse:.0%} it was a less probable one."
            )
    return Finding(
        claim=claim,
        predicts=f"With the wide beam the {shown} {where}.",
        figure=Measurement(ratio, "", f"width {wide} over width {narrow}"),
        verdict=verdict,
        reason=reason,
    )


def _bars(found: Comparison, narrow: int, wide: int) -> Bars:
    ratios = {name: math.exp(log) for name, log in found.logs.items()}
    told = "; ".join(f"{QUANTITIES[name]} × {ratio:.3g}" for name, ratio in ratios.items())
    return Bars(
        title=f"Width {wide} over width {narrow}",
        bars=tuple(Bar(name, ratio) for name, ratio in ratios.items()),
        unit="",
        says=f"Width {wide} over width {narrow}: {told}.",
        mark=1.0,
        mark_label="no change",
    )


def _widths(model: Decoder, narrow: int, wide: int, T: int) -> TextTable:
    """What each width finds and takes: 1, both beams, and one between."""
    widths = sorted({1, narrow, round(math.sqrt(narrow * wide)), wide})
    found = [beam_search(model, width, T) for width in widths]
    best = np.max([each.log_p for each in found], axis=0)
    rows = tuple(
        (
            str(width),
            f"{float(each.log_p.mean()):.2f}",
            f"{float((each.log_p >= best - 1e-9).mean()):.0%}",
            str(each.updates),
            str(each.kept),
        )
        for width, each in zip(widths, found, strict=True)
    )
    return TextTable(
        title=f"Sentences of {T} words, by beam width",
        columns=("width", "mean log P", "best of these", "updates", "kept"),
        rows=rows,
        says=" ".join(
            f"Width {w}: mean log P {p}, best of these for {b}, {u} updates, {k} kept."
            for w, p, b, u, k in rows
        ),
    )


def _probability_ratio(seed: int, parameters: Parameters) -> float:
    """How many times as probable the sentences of the wide beam are, for the dose."""
    narrow, wide, T = (int(parameters[name]) for name in ("narrow", "wide", "words"))
    return math.exp(compare(_model(seed, parameters), narrow, wide, T).logs["probability"])


EXPERIMENT = Experiment(
    name="beam-width",
    title="A wider beam",
    asks="What changes when a beam search keeps more prefixes?",
    claim={
        "quantity": ClaimField("what is compared", tuple(QUANTITIES)),
        "goes": ClaimField("which way it goes with a wider beam", TRENDS),
    },
    knobs=(
        Knob("narrow", 2, "width of the narrow beam", low=1, high=100),
        Knob("wide", 10, "width of the wide beam", low=2, high=1000, step=2, factor=True),
        Knob("words", 10, "words of a sentence", low=1, high=40),
        Knob("vocabulary", 20, "words to choose from", low=5, high=1000, step=2, factor=True),
        Knob("units", 16, "hidden units of the decoder", low=4, high=128, step=2, factor=True),
        Knob("sources", 40, "sentences to be translated", low=10, high=500, step=10),
        Knob("gain", 2.5, "how sure the decoder is of its words", low=0, high=10, step=0.5),
        Knob("memory", 1.0, "how much it depends on the words it wrote", low=0, high=3, step=0.25),
    ),
    null={"memory": 0.0},
    null_help=(
        "If the decoder does not depend on its own words, there is nothing for a wider beam to "
        "find."
    ),
    run=run,
    label=lambda claim: str(claim["quantity"]),
    claims=tuple(
        {"quantity": quantity, "goes": goes}
        for quantity, goes in zip(QUANTITIES, ("up", "up", "up", "down"), strict=True)
    ),
    assumption=ASSUMPTION,
    dose=Dose("wide", (4, 6, 9, 14, 20, 30), "probability, times that of the narrow beam",
              _probability_ratio),
)  # fmt: skip
