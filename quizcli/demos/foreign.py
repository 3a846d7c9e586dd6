"""Experiments of other packages, each run in a child process with a time limit.

The rule: whatever such an experiment does (raise, hang, print, return nonsense), it is named and
contained, and the quiz goes on. Even its declaration is asked of the child, since importing a
module is running it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from quizcli.demos.evidence import DemoError, Experiment, Field, Knob
from quizcli.demos.plain import from_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.demos.evidence import Claim, Evidence, Parameters

SECONDS = 10.0


def described(name: str, seconds: float = SECONDS) -> Experiment:
    """The declaration of the experiment registered as ``name``; its ``run`` is contained.

    Raises DemoError when the child fails or says nothing usable.
    """
    plain = _ordered(name, {"do": "describe", "name": name}, seconds)
    try:
        return Experiment(
            name=name,
            title=str(plain["title"]),
            asks=str(plain["asks"]),
            claim={key: Field(**_tuples(field)) for key, field in plain["claim"].items()},
            knobs=tuple(Knob(**_tuples(knob)) for knob in plain["knobs"]),
            null=dict(plain["null"]),
            null_help=str(plain["null_help"]),
            run=partial(_run, name, seconds),
            claims=tuple(plain["claims"]),
            breaks=dict(plain["breaks"]),
            breaks_help=str(plain["breaks_help"]),
            assumption=str(plain["assumption"]),
            definitional=bool(plain["definitional"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DemoError(f"the experiment '{name}' does not say what it is ({error!r})") from None


def declared(experiment: Experiment) -> dict[str, Any]:
    """What :func:`described` reads: everything of a declaration but the function."""
    from dataclasses import fields, is_dataclass

    def plain(value: Any) -> Any:
        if is_dataclass(value):
            return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value

    return {
        field.name: plain(getattr(experiment, field.name))
        for field in fields(experiment)
        if field.name != "run"
    }


def _run(
    name: str, seconds: float, claims: Sequence[Claim], seed: int, parameters: Parameters
) -> Evidence:
    order = {
        "do": "run",
        "name": name,
        "claims": [dict(claim) for claim in claims],
        "seed": seed,
        "parameters": dict(parameters),
    }
    plain = _ordered(name, order, seconds)
    try:
        return from_plain(plain)
    except DemoError as error:
        raise DemoError(f"the experiment '{name}' returned nothing usable: {error}") from None


def _ordered(name: str, order: Mapping[str, Any], seconds: float) -> Any:
    """Have the child carry out an order, and return the JSON it answers with."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "quizcli.demos.child"],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DemoError(
            f"the experiment '{name}' was stopped: it took longer than {seconds:g} seconds"
        ) from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise DemoError(f"the experiment '{name}' failed: {last[:200]}")
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise DemoError(f"the experiment '{name}' returned nothing usable") from None


def _tuples(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(v) if isinstance(v, list) else v for key, v in plain.items()}
