"""Running an experiment, whoever wrote it.

The rule: what is handed in was checked, and what is returned is of this seed and these knobs and
has one finding for each claim, in the order of the claims, or it is not returned.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from quizcli.demos import declared, registry
from quizcli.demos.checking import BadEvidence, checked
from quizcli.demos.evidence import DemoError, ExperimentFault
from quizcli.demos.plugins import told
from quizcli.report.pictures import Bar, Bars, Series, SeriesLine
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Experiment, Value
    from quizcli.report.pictures import Picture

MAX_SEED = 2**63 - 1
Mark = TypeVar("Mark", Bar, SeriesLine)


def run(
    experiment: Experiment,
    claims: Sequence[Claim],
    seed: int,
    given: Mapping[str, Value],
) -> Evidence:
    """The evidence for ``claims``; knobs not ``given`` stand at their defaults.

    Raises DemoError for claims and knobs that the experiment does not understand and for a seed
    out of range; ExperimentFault for an experiment that goes wrong.
    """
    _check_seed(seed)
    for claim in claims:
        for problem in declared.claim_faults(experiment, claim):
            raise DemoError(*problem)
    parameters = declared.resolve(experiment, given)
    with _contained(experiment, claims, seed, parameters):
        evidence = checked(experiment.run(claims, seed, parameters), claims, seed, parameters)
        # Whatever the run calls itself: one function may stand behind several experiments.
        return _judged(experiment, replace(evidence, experiment=experiment.name))


@contextmanager
def _contained(
    experiment: Experiment, claims: Sequence[Claim], seed: int, parameters: Mapping[str, Value]
) -> Iterator[None]:
    """While an experiment runs: what it prints goes to stderr, out of the way of our data, and what
    goes wrong is an ExperimentFault, with the command that repeats it."""
    try:
        with redirect_stdout(sys.stderr):
            yield
    except DemoError:
        raise  # ours, in words for the person who asked
    except (Exception, SystemExit) as error:
        went = (
            f"returned nothing usable: {error}"
            if isinstance(error, BadEvidence)
            else f"failed: {told(error)}"
        )
        under, command = _again(experiment, claims, seed, parameters)
        raise ExperimentFault(f"{registry.called(experiment)} {went}{under}", command) from error


def _again(
    experiment: Experiment, claims: Sequence[Claim], seed: int, parameters: Mapping[str, Value]
) -> tuple[str, str]:
    """The command that repeats it where the claims are its own; else under what it went wrong."""
    usual = {knob.name: knob.default for knob in experiment.knobs}
    turned = [f"{name}={value}" for name, value in parameters.items() if value != usual[name]]
    if all(claim in experiment.claims for claim in claims):
        knobs = "".join(f" --set {each}" for each in turned)
        return "", f"quizcli demo {experiment.name}{knobs} --seed {seed}"
    return f", under {listed([f'seed {seed}', *turned])}", ""


def _judged(experiment: Experiment, evidence: Evidence) -> Evidence:
    """The evidence, with the verdict on each bar and line that is a claim's."""
    if experiment.label is None:
        return evidence
    verdicts: dict[str, str] = {}
    for finding in evidence.findings:
        label = experiment.label(finding.claim)
        # Claims that share a label and not a verdict give it none.
        same = verdicts.get(label, finding.verdict) == finding.verdict
        verdicts[label] = finding.verdict.value if same else ""

    def judged(mark: Mark) -> Mark:
        return replace(mark, verdict=verdicts.get(mark.label, ""))

    pictures: list[Picture] = []
    for picture in evidence.pictures:
        match picture:
            case Bars():
                pictures.append(replace(picture, bars=tuple(map(judged, picture.bars))))
            case Series():
                pictures.append(replace(picture, lines=tuple(map(judged, picture.lines))))
            case _:
                pictures.append(picture)
    return replace(evidence, pictures=tuple(pictures))


def dose_figure(experiment: Experiment, seed: int, given: Mapping[str, Value]) -> float:
    """What the dose of an experiment measures by itself under these knobs. Raises DemoError as
    :func:`run` does."""
    _check_seed(seed)
    assert experiment.dose is not None
    assert experiment.dose.measure is not None
    parameters = declared.resolve(experiment, given)
    with _contained(experiment, (), seed, parameters):
        return float(experiment.dose.measure(seed, parameters))


def _check_seed(seed: int) -> None:
    if not 0 <= seed <= MAX_SEED:
        raise DemoError(f"a seed is a whole number from 0 to {MAX_SEED}")
