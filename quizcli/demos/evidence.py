"""What an experiment is given and what it returns. The rule: standard library and pictures only.

An experiment receives *claims*, the assertions that the options of a question make, as plain
data: shuffled, without identifiers, without a key. It measures, applies a stated rule with a
stated margin to the measured numbers, and returns one :class:`Finding` per claim, in the order
of the claims. Who was right is decided elsewhere, by comparing verdicts with a key.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from quizcli.report.pictures import Picture

Value = str | int | float | bool
Claim = Mapping[str, Value]
Parameters = Mapping[str, Value]
Formula = Callable[[Claim, Parameters], Value]


class Verdict(StrEnum):
    """What the measured number says of a claim."""

    HOLDS = "holds"
    REFUTED = "refuted"
    UNDETERMINED = "undetermined"

    @property
    def sign(self) -> str:
        """The verdict in one character."""
        return {"holds": "✓", "refuted": "✗"}.get(self, "?")


@dataclass(frozen=True, slots=True)
class Measurement:
    """The one number that decides a claim.

    ``value`` may be NaN where nothing could be measured (shapes that cannot be multiplied);
    ``shown`` is then the words to print instead. ``what`` says what was measured, in words that
    follow "measured:", and ``unit`` is empty for pure numbers.
    """

    value: float
    unit: str
    what: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim, measured.

    ``predicts`` is what would have to be seen if the claim were true, said before the run;
    ``reason`` is one or two sentences with the number in them, said after it.
    """

    claim: Claim
    predicts: str
    figure: Measurement
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The outcome of one run of one experiment; the same bytes for the same seed and numbers.

    ``rule`` states, in one sentence with its margin, how numbers became verdicts.
    ``assumption`` names what the outcome leans on, where it does (empty otherwise).
    """

    experiment: str
    seed: int
    parameters: Parameters
    findings: tuple[Finding, ...]
    rule: str
    pictures: tuple[Picture, ...]
    assumption: str = ""


class Problem(NamedTuple):
    """What is wrong, and how to mend it or the command that shows it, "" where there is none."""

    what: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.what} — {self.fix}" if self.fix else self.what


class DemoError(Exception):
    """A refusal in words for the person who asked: a knob out of range, a claim not understood."""

    def __init__(self, what: str, fix: str = "") -> None:
        self.problem = Problem(what, fix)
        super().__init__(str(self.problem))


class ExperimentFault(DemoError):
    """Not a refusal: the experiment failed, or what it returned is no evidence. ``fix`` is then the
    command that repeats it."""


class RunFunction(Protocol):
    """The one function of an experiment: ``run(claims, seed, parameters) -> Evidence``."""

    def __call__(self, claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence: ...


@dataclass(frozen=True, slots=True)
class ClaimField:
    """One field of a claim: a choice among words, or a number within bounds.

    ``choices`` empty means a number; ``integer`` then says whether it must be whole.
    """

    help: str
    choices: tuple[str, ...] = ()
    low: float = float("-inf")
    high: float = float("inf")
    integer: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Knob:
    """A number (or word, or switch) of an experiment that a person may turn.

    The type of ``default`` is the type of the knob. ``step`` is what one key press adds; with
    ``factor`` true it multiplies instead. A knob that moves the truth says so: ``sets`` maps a
    field of a right claim to what this claim and all the knobs make of it.
    """

    name: str
    default: Value
    help: str
    low: float = float("-inf")
    high: float = float("inf")
    choices: tuple[str, ...] = ()
    step: float = 1
    factor: bool = False
    sets: Mapping[str, Formula] = field(default_factory=dict)


class Break(NamedTuple):
    """A world in which the assumption behind a key is false: the settings of the knobs that make
    it, and ``why`` the key is not right in it."""

    name: str
    knobs: Parameters
    why: str


class Dose(NamedTuple):
    """The knob that matters, and the ``points`` to which it is put one after another, in equal
    steps of it or of its logarithm. ``what`` is measured there: the figure of each claim, or the
    one number that ``measure`` makes of a seed and all knobs; on a ``log`` scale if so drawn."""

    knob: str
    points: tuple[int | float, ...]
    what: str
    measure: Callable[[int, Parameters], float] | None = None
    log: bool = False


@dataclass(frozen=True, slots=True)
class Experiment:
    """The declaration of an experiment, readable without running it.

    ``claim`` maps the names of a claim's fields to their schema. ``null`` are the knob settings
    that remove the effect: with them every claim must be *undetermined*, which is what makes
    the ordinary verdicts worth something. ``definitional`` says that the experiment shows
    consequences of a definition; such a one may ignore the seed, and may have no ``null`` (None),
    for the reason that ``null_help`` then gives. ``breaks`` are the worlds in which the key's
    assumption is false and the outcome truly differs. ``dose`` is the knob of which it is shown
    how much makes how much of the effect. ``label`` says how the pictures call the bar or the line
    of a claim, which then has the colour of its verdict.
    """

    name: str
    title: str
    asks: str
    claim: Mapping[str, ClaimField]
    knobs: tuple[Knob, ...]
    run: RunFunction
    null: Parameters | None = None
    null_help: str = ""
    claims: tuple[Claim, ...] = ()
    breaks: tuple[Break, ...] = ()
    assumption: str = ""
    definitional: bool = False
    dose: Dose | None = None
    label: Callable[[Claim], str] | None = None

    def in_order(self, claims: Sequence[Claim]) -> list[int]:
        """The places of ``claims``, sorted by what they say: words as the schema lists them,
        numbers by size. Pictures keep to this order in whatever order the claims come, so that
        another seed moves no row."""

        def rank(place: int) -> list[float]:
            ranks = []
            for name, schema in self.claim.items():
                value = claims[place].get(name, math.inf)
                words = schema.choices
                ranks.append(words.index(value) if value in words else float(value))
            return ranks

        return sorted(range(len(claims)), key=rank)
