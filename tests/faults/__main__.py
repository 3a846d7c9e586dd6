"""``python -m tests.faults --count N``: that many faults, and a table of them."""

from __future__ import annotations

import argparse

from tests.faults.campaign import fault, faults, kinds, seed_of_run, table


def main() -> int:
    """Run them; 1 where something was lost, printed a traceback, hung or left a terminal raw."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", type=int, help="the fault of this number alone")
    asked = parser.parse_args()
    seed = seed_of_run()
    if asked.only is not None:
        found = [fault(seed, asked.only, kinds(seed, asked.count)[asked.only])]
    else:
        found = list(faults(seed, asked.count, asked.workers))
    print(table(seed, found))
    if asked.only is not None:
        print(found[0].what)
    return 1 if any(each.problems for each in found) else 0


if __name__ == "__main__":
    raise SystemExit(main())
