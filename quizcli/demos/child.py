"""The child process in which an experiment of another package runs: an order comes in as JSON,
the outcome goes out as JSON, and what the experiment itself prints goes nowhere near it."""

from __future__ import annotations

import contextlib
import json
import sys

from quizcli.demos.foreign import declared
from quizcli.demos.plain import to_plain
from quizcli.demos.registry import load_foreign


def main() -> None:
    """Carry out one order."""
    order = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        experiment = load_foreign(order["name"])
        if order["do"] == "describe":
            text = json.dumps(declared(experiment))
        else:
            evidence = experiment.run(order["claims"], order["seed"], order["parameters"])
            text = json.dumps(to_plain(evidence))
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
