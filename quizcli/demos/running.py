"""Running an experiment, whoever wrote it.

The rule: what is handed in was checked, and what is returned has one finding for each claim, in
the order of the claims, or it is not returned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.demos import registry
from quizcli.demos.checking import BadEvidence, checked
from quizcli.demos.evidence import DemoError, ExperimentFault
from quizcli.demos.plugins import told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Experiment, Value

MAX_SEED = 2**63 - 1


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
        for _, sentence in registry.claim_faults(experiment, claim):
            raise DemoError(sentence)
    parameters = registry.resolve(experiment, given)
    try:
        return checked(experiment.run(claims, seed, parameters), claims)
    except DemoError:
        raise  # ours, in words for the person who asked
    except BadEvidence as bad:
        told_of = f"{registry.called(experiment)} returned nothing usable: {bad}"
        raise ExperimentFault(told_of) from None
    except (Exception, SystemExit) as error:
        failed = f"{registry.called(experiment)} failed: {told(error)}"
        raise ExperimentFault(failed) from error


def dose_figure(experiment: Experiment, seed: int, given: Mapping[str, Value]) -> float:
    """What the dose of an experiment measures by itself under these knobs. Raises DemoError as
    :func:`run` does."""
    _check_seed(seed)
    assert experiment.dose is not None
    assert experiment.dose.measure is not None
    parameters = registry.resolve(experiment, given)
    try:
        return float(experiment.dose.measure(seed, parameters))
    except DemoError:
        raise
    except (Exception, SystemExit) as error:
        failed = f"{registry.called(experiment)} failed: {told(error)}"
        raise ExperimentFault(failed) from error


def _check_seed(seed: int) -> None:
    if not 0 <= seed <= MAX_SEED:
        raise DemoError(f"a seed is a whole number from 0 to {MAX_SEED}")
