"""A question meets its experiment: do the measured verdicts equal the key?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from quizcli.demos import registry
from quizcli.demos.evidence import DemoError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizcli.demos.evidence import Claim, Parameters


def demo_faults(
    name: str, parameters: Mapping[str, object], claims: Mapping[str, object]
) -> list[tuple[str, str]]:
    """What the laboratory does not understand of a question: (option id or "", sentence)."""
    try:
        experiment = registry.get(name)
    except DemoError as error:
        return [("", str(error))]
    faults = []
    problem = registry.check_parameters(experiment, cast("Parameters", parameters))
    if problem:
        faults.append(("", problem))
    for option, claim in claims.items():
        faults += [
            (option, sentence)
            for _, sentence in registry.claim_faults(experiment, cast("Claim", claim))
        ]
    return faults
