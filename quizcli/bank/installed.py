"""Banks that other packages bring: folders named by the entry-point group ``quizcli.banks``.

A folder is found by where its package lies, and nothing of the package is run. To look through what
is installed takes longer than a start, so it is done for a bank that is nowhere else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.faults import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.metadata import EntryPoint

GROUP = "quizcli.banks"


class Installed(NamedTuple):
    """The folders with banks of other packages, and a sentence for each registration that leads to
    none."""

    folders: tuple[Path, ...]
    faults: tuple[str, ...]


@cache
def installed(_path: tuple[str, ...]) -> Installed:
    """What the packages on a path of imports have registered."""
    from importlib.metadata import entry_points

    folders: list[Path] = []
    faults: list[str] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        package = point.dist.name if point.dist else "unknown"
        found = [folder for folder in _places(point) if _has_banks(folder)]
        folders += [folder for folder in found if folder not in folders]
        if not found:
            faults.append(
                f"the package '{package}' names '{point.value}' as a folder of banks, but there "
                f"is none — its '{GROUP}' entry point must name a package with .yaml files"
            )
    return Installed(tuple(folders), tuple(faults))


def _places(point: EntryPoint) -> Iterator[Path]:
    """Where the package ``one.two`` of a registration lies; only ``one`` is looked for, since to
    look for ``one.two`` would run it."""
    from importlib.util import find_spec

    top, *below = point.value.partition(":")[0].strip().split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError, AttributeError):
        return
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place).joinpath(*below)


def _has_banks(folder: Path) -> bool:
    try:
        return any(file.suffix in SUFFIXES for file in folder.iterdir())
    except OSError:
        return False
