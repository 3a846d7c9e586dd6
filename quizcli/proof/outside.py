"""Claims that no bank makes, drawn from the schema of an experiment.

The rule: the same ones each time, so that what was found can be looked at again.
"""

from __future__ import annotations

import math
from itertools import islice, pairwise, product
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.demos.evidence import Claim, ClaimField, Experiment, Value

MOST = 24  # claims that are drawn
ALL = 200_000  # combinations, of which they are drawn as they are listed; of more, each field apart


def key_of(claim: Claim) -> frozenset[tuple[str, Value]]:
    """A claim in the form in which equal ones are equal: 1 and 1.0 claim the same."""
    return frozenset(claim.items())


def outside(experiment: Experiment, known: Sequence[Claim]) -> list[Claim]:
    """Claims that the schema allows and nobody of ``known`` makes: all of them, or a draw."""
    rng = Random(experiment.name)
    fields = {
        name: _values(schema, [claim[name] for claim in known if name in claim])
        for name, schema in experiment.claim.items()
    }
    if math.prod(map(len, fields.values())) <= ALL:
        every = list(product(*fields.values()))
        rows: Iterable[tuple[Value | None, ...]] = rng.sample(every, len(every))
    else:
        rows = (tuple(map(rng.choice, fields.values())) for _ in range(10 * MOST))
    seen = {key_of(claim) for claim in known}
    claims = []
    for row in rows:
        claim = {name: value for name, value in zip(fields, row, strict=True) if value is not None}
        if key_of(claim) not in seen:
            seen.add(key_of(claim))
            claims.append(claim)
    return list(islice(claims, MOST))


def _values(schema: ClaimField, known: Sequence[Value]) -> list[Value | None]:
    """What a field may be claimed to be; None is left out. Numbers are the ends of their range,
    and what lies beside and between those that are known."""
    values: list[Value | None] = [None] if schema.optional else []
    if schema.choices:
        return [*values, *schema.choices]
    numbers = sorted({float(value) for value in known if not isinstance(value, str)})
    ends = [end for end in (schema.low, schema.high) if math.isfinite(end)]
    beside = [number * factor for number in numbers for factor in (0.5, 1, 2)]
    beside += [number + step for number in numbers for step in (-1, 1)]
    beside += [(a + b) / 2 for a, b in pairwise(numbers)]
    found = {
        round(x) if schema.integer else x for x in (*ends, *beside, *([0.0, 1.0] * (not ends)))
    }
    return [*values, *sorted(x for x in found if schema.low <= x <= schema.high)]
