"""Experiments of other packages: found through their entry points, loaded in this process.

Whoever installs a package trusts it, as with plug-ins everywhere; what goes wrong with one is told
with its name, and costs nobody else anything.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizcli.demos.evidence import DemoError, Experiment

if TYPE_CHECKING:
    from collections.abc import Collection

GROUP = "quizcli.demos"


class Plugin(NamedTuple):
    """A registration: ``value`` is 'module:attribute', ``package`` who made it."""

    name: str
    value: str
    package: str

    def __str__(self) -> str:
        return f"the experiment '{self.name}' of the package '{self.package}'"


@cache
def plugins(_path: tuple[str, ...]) -> tuple[Plugin, ...]:
    """What the packages on a path of imports have registered, sorted by name; of several with one
    name the first is used."""
    from importlib.metadata import entry_points

    return tuple(
        sorted(
            {
                Plugin(point.name, point.value, point.dist.name if point.dist else "unknown")
                for point in entry_points(group=GROUP)
                if not point.value.startswith("quizcli.")
            }
        )
    )


def passed_over(ours: Collection[str]) -> list[str]:
    """A sentence for each registration whose name is one of ``ours``, or another package's."""
    first: dict[str, str] = {}
    faults = []
    for plugin in plugins(tuple(sys.path)):
        package = first.setdefault(plugin.name, plugin.package)
        whose = "quizcli" if plugin.name in ours else f"the package '{package}'"
        if plugin.name in ours or package != plugin.package:
            told_of = f"{plugin} is skipped: {whose} already has one of that name"
            faults.append(f"{told_of} — register it under another")
    return faults


def load(plugin: Plugin) -> Experiment:
    """The declaration that a package registered. Raises DemoError where it is none."""
    module, _, attribute = plugin.value.partition(":")
    try:
        with redirect_stdout(sys.stderr):  # what it prints is none of our data
            experiment = getattr(import_module(module), attribute or "EXPERIMENT")
    except (Exception, SystemExit) as error:
        raise DemoError(f"{plugin} cannot be loaded: {told(error)}") from error
    if not isinstance(experiment, Experiment):
        raise DemoError(f"{plugin} is not an experiment but {type(experiment).__name__}")
    return experiment


def told(error: BaseException) -> str:
    """An exception in a line, with the line of the experiment at which it came up."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"SyntaxError: {error.msg} ({Path(error.filename).name}:{error.lineno})"
    words = " ".join(str(error).split())[:200]
    said = f"{type(error).__name__}: {words}" if words else type(error).__name__
    frames, package = [], Path(__file__).parents[1]
    trace = error.__traceback__
    while trace is not None:
        frames.append((Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno))
        trace = trace.tb_next
    experiments = package / "demos" / "experiments"
    theirs = next(
        (
            file
            for file, _ in frames
            if file.parent == experiments
            or not (
                package in file.parents
                or "importlib" in {file.parent.name, *file.name.split()}
                or file.name.startswith("<frozen")
            )
        ),
        None,
    )
    lines = [line for file, line in frames if file == theirs]
    return f"{said} ({theirs.name}:{lines[-1]})" if theirs else said
