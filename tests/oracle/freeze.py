"""Produce tests/fixtures/cells.npz: run ``python -m tests.oracle.freeze`` with torch and onnx there.

Every case is answered by torch; wherever ONNX defines the operator, its reference implementation
must give the same states before anything is written.
"""

from __future__ import annotations

import sys

import numpy as np

from tests.oracle import onnx_oracle, torch_oracle
from tests.support.frozen import COUNT, FAMILIES, FILE, FORWARD, Case, draw, save

SEED = 20_240


def cases(seed: int = SEED) -> dict[str, list[Case]]:
    """All cases with torch's answers."""
    found: dict[str, list[Case]] = {}
    for k, family in enumerate(FAMILIES):
        rng = np.random.default_rng([seed, k])
        drawn = [draw(family, rng) for _ in range(COUNT[family])]
        found[family] = [Case(family, c.given, torch_oracle.expected(c)) for c in drawn]
    return found


def main() -> int:
    """Write the file, unless torch and ONNX disagree."""
    found = cases()
    for family, members in found.items():
        if family not in onnx_oracle.FAMILIES:
            print(f"{family}: {len(members)} cases from torch; ONNX's reference has no such cell")
            continue
        apart = max(float(abs(onnx_oracle.states(c) - c.expected["states"]).max()) for c in members)
        print(f"{family}: {len(members)} cases; torch and ONNX differ by {apart:.1e} at most")
        if not apart <= FORWARD:
            print("nothing was written: the two oracles disagree", file=sys.stderr)
            return 1
    save(FILE, found)
    print(f"{FILE.name}: {FILE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
