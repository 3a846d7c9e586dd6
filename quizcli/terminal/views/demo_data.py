"""What the screens of an experiment show, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.report.intervals import share_text

if TYPE_CHECKING:
    from quizcli.demos.evidence import Finding
    from quizcli.report.pictures import Picture
    from quizcli.terminal.notation import Form


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of the matter: its letter, its words, what was found, how far that is from what was
    ``expected`` of it, and in how many of how many seeds the verdict was the same ``so_far``."""

    letter: str
    text: str
    finding: Finding
    figure: str
    expected: str = ""
    so_far: tuple[int, int] = (1, 1)

    @property
    def seeds(self) -> str:
        """In how many seeds the verdict was the same, with the interval; "" where there was one."""
        return share_text(*self.so_far) if self.so_far[1] > 1 else ""


@dataclass(frozen=True, slots=True)
class ExperimentView:
    """What the screens of an experiment show. ``chosen`` are letters a learner stands by;
    ``pictures`` those to be drawn; ``note`` what is special about this run (the null control, a
    break), ``brief`` the same in few words; ``no_null`` why there is no null control, if so;
    ``side`` is what a side of the matter is called."""

    title: str
    asks: str
    setting: str
    rows: tuple[SideView, ...]
    pictures: tuple[Picture, ...]
    rule: str
    form: Form
    chosen: frozenset[str] = frozenset()
    assumption: str = ""
    definitional: bool = False
    note: str = ""
    brief: str = ""
    no_null: str = ""
    side: str = "option"
