"""Whose fault a poor translation is: that of the model, or that of the search.

Two decoders stand side by side. One is the truth: the best sentence under it is what a person would
have written, y*. The other is a model of it whose output weights are a little off. It translates M
sources by a narrow beam, and where its output ŷ differs from y* there is an error. Each error is
sorted by what the model itself says of both sentences, and then mended in two ways, apart:

    search    the same model with a wide beam
    model     the true model with the same narrow beam

Who is to blame is seen by which of the two makes y* come out. Either remedy is the control of the
other: it is tried on the very same errors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

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
from quizcli.demos.worlds.translator import beam_search, decoder, log_probability
from quizcli.numeric import np
from quizcli.report.pictures import Bar, Bars, TextTable
from quizcli.report.words import figure_text, in_percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Which = NDArray[Any]  # of booleans

APART = 0.15  # by which one remedy must mend more than the other, of these errors
ENOUGH = 6  # errors, for a share of them
AHEAD = 3  # errors that one remedy must mend more than the other: one or two may be chance
WIDER = 4  # times the beam that is used: what else would be no remedy
MOST = 4_000_000  # states times their units, of a step
CASES = {"reference": "P(y*) > P(ŷ)", "output": "P(y*) < P(ŷ)"}
BLAMES = {"search": "a wide beam", "model": "the true model"}
RULE = (
    "The remedy shows where the fault lies: a claim holds if its remedy fixes at least "
    f"{APART:.0%} more of the errors of its case than the other remedy does, and is refuted if it "
    f"fixes {APART:.0%} fewer. No verdict is given on fewer than {ENOUGH} such errors, or if one "
    f"remedy fixes fewer than {AHEAD} more than the other."
)


@dataclass(frozen=True, slots=True, eq=False)
class SearchErrors:
    """Of M sources, which are errors of each ``case``, and which come out right by each remedy."""

    cases: Mapping[str, Which]
    mended: Mapping[str, Which]

    def share(self, case: str, blame: str) -> float:
        """Of the errors of a case, the share that is mended; NaN if there are none."""
        mended = self.mended[blame][self.cases[case]]
        return float(mended.mean()) if len(mended) else float("nan")

    def count(self, case: str) -> int:
        """The errors of a case."""
        return int(self.cases[case].sum())


def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
    """Measure claims ``{likelier, blame}``. Raises DemoError for a beam that is not wide."""
    errors = _errors(seed, parameters)
    return Evidence(
        experiment=EXPERIMENT.name,
        seed=seed,
        parameters=parameters,
        findings=tuple(_finding(claim, errors) for claim in claims),
        rule=RULE,
        pictures=(_bars(errors), _table(errors)),
        assumption=EXPERIMENT.assumption,
    )


def _errors(seed: int, parameters: Parameters) -> SearchErrors:
    V, H, M, T, width, wide = (
        int(parameters[name])
        for name in ("vocabulary", "units", "sources", "words", "width", "wide")
    )
    if wide < WIDER * width:
        raise DemoError(f"wide: {wide} is no remedy for width {width} — give {WIDER * width}")
    if wide > (most := MOST // (M * max(H, V))):
        raise DemoError(f"wide: {wide} prefixes take too much memory — give {most} or less")
    rng = np.random.default_rng(seed)
    true = decoder(rng, V, H, M, gain=float(parameters["gain"]))
    off = float(parameters["fault"]) * true.W_ya.std() * rng.standard_normal(true.W_ya.shape)
    model = replace(true, W_ya=true.W_ya + off)
    reference = beam_search(true, wide, T).words
    output = beam_search(model, width, T)
    likelier = log_probability(model, reference) > output.log_p

    def right(words: NDArray[Any]) -> Which:
        return np.asarray((words == reference).all(axis=1))

    wrong = ~right(output.words)
    return SearchErrors(
        {"reference": wrong & likelier, "output": wrong & ~likelier},
        {
            "search": right(beam_search(model, wide, T).words),
            "model": right(beam_search(true, width, T).words),
        },
    )


def decide(own: float, other: float, count: int) -> Verdict:
    """The rule: the shares that the blamed remedy mends and the other one, of so many errors."""
    ahead = abs(own - other)
    if count < ENOUGH or ahead < APART or round(ahead * count) < AHEAD:
        return Verdict.UNDETERMINED
    return Verdict.HOLDS if own > other else Verdict.REFUTED


def _finding(claim: Claim, errors: SearchErrors) -> Finding:
    case, blame = str(claim["likelier"]), str(claim["blame"])
    other = next(name for name in BLAMES if name != blame)
    own, rival, count = errors.share(case, blame), errors.share(case, other), errors.count(case)
    verdict = decide(own, rival, count)
    if count < ENOUGH:
        reason = f"There are {count} errors with {CASES[case]}: too few to tell."
    else:
        reason = (
            f"Of {count} errors with {CASES[case]}, {BLAMES[blame]} fixes {in_percent(own)}, and "
            f"{BLAMES[other]} {in_percent(rival)}."
        )
        if verdict is Verdict.UNDETERMINED:
            reason += " That is not far enough apart."
    return Finding(
        claim=claim,
        predicts=f"Errors with {CASES[case]} are fixed by {BLAMES[blame]} rather than "
        f"{BLAMES[other]}.",
        figure=Measurement(
            100 * own,
            "%",
            "errors of this case that the remedy fixes",
            "" if count else "no errors",
        ),
        verdict=verdict,
        reason=reason,
    )


def _bars(errors: SearchErrors) -> Bars:
    shares = {
        f"{case}: {remedy.split(' ', 1)[1]}": 100 * errors.share(case, blame)
        for case in CASES
        for blame, remedy in BLAMES.items()
    }
    return Bars(
        title="Errors fixed, by which sentence the model finds likelier",
        bars=tuple(Bar(label, value) for label, value in shares.items()),
        unit="%",
        says="Fixed: "
        + "; ".join(f"{k} {figure_text(value, '%')}" for k, value in shares.items())
        + ".",
    )


def _table(errors: SearchErrors) -> TextTable:
    rows = tuple(
        (
            CASES[case],
            str(errors.count(case)),
            *(str(int((errors.mended[blame] & errors.cases[case]).sum())) for blame in BLAMES),
        )
        for case in CASES
    )
    return TextTable(
        title=f"Errors among {len(errors.mended['model'])} translations, and what fixes them",
        columns=("case", "errors", *BLAMES.values()),
        rows=rows,
        says=" ".join(
            f"{case}: {n} errors; a wide beam fixes {wide}, the true model {true}."
            for case, n, wide, true in rows
        ),
    )


EXPERIMENT = Experiment(
    name="error-analysis",
    title="The model or the search",
    asks="What is to blame for a poor translation, the model or the search?",
    claim={
        "likelier": ClaimField("what the model finds likelier", tuple(CASES)),
        "blame": ClaimField("what is at fault", tuple(BLAMES)),
    },
    knobs=(
        Knob("width", 2, "width of the beam that is used", low=1, high=100),
        Knob(
            "wide",
            24,
            "width of the beam that should fix the errors",
            low=2,
            high=500,
            step=2,
            factor=True,
        ),
        Knob("fault", 0.08, "how far the model's weights are off", low=0, high=1, step=0.02),
        Knob("gain", 3.0, "how sure the true model is of its words", low=0.5, high=8, step=0.5),
        Knob("words", 6, "words of a sentence", low=2, high=12),
        Knob("vocabulary", 12, "words to choose from", low=4, high=100, step=2, factor=True),
        Knob("units", 16, "hidden units of the decoders", low=4, high=64, step=2, factor=True),
        Knob("sources", 300, "sentences to be translated", low=50, high=500, step=50),
    ),
    null={"fault": 0.0, "width": 24, "wide": 96},
    null_help="A perfect model and a search that misses almost nothing make no errors.",
    run=run,
    claims=tuple({"likelier": case, "blame": blame} for case in CASES for blame in BLAMES),
    assumption=(
        "The sentence that a person would have written is the best one under the true model, and "
        "the wide beam finds it."
    ),
)
