"""What a learner expects of a figure: as it is typed, and how far from what was measured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from quizcli.quiz.kinds.choice import option_index
from quizcli.quiz.quantities import NotNumber, factor, quantity
from quizcli.quiz.steps import letter
from quizcli.report.words import figure_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Finding
    from quizcli.journal.predictions import Prediction

LARGEST = 1e308
ALIKE = 0.002  # decades by which figures differ that are alike in the digits that are shown
_LED = re.compile(r"([A-Za-z])[\s:=)]+(.*)", re.DOTALL)


class Expectation(NamedTuple):
    """A number expected of the figure, in some ``unit``, of the side with this index."""

    side: int
    value: float
    unit: str = ""

    @property
    def words(self) -> str:
        """The expectation in a sentence."""
        return f"You expect {figure_text(self.value, self.unit)} of {letter(self.side)}."


def expectation(text: str, side: int, findings: Sequence[Finding]) -> Expectation:
    """What was typed: a number, of the figure of ``side`` or of the one whose letter leads it.
    Raises NotNumber."""
    led = _LED.fullmatch(text.strip())
    if led:
        index = option_index(led[1].lower(), len(findings))
        if index is None:
            last = letter(len(findings) - 1)
            raise NotNumber(f"There is no {led[1]} here", f"the letters are a to {last}")
        side, text = index, led[2]
    value, unit = quantity(text)
    wanted = findings[side].figure.unit
    times = factor(unit or wanted, wanted)
    if times is None:
        measured = f"in {wanted}" if wanted else "a number without a unit"
        raise NotNumber(f"'{unit}' does not fit", f"this figure is {measured}")
    if abs(value * times) > LARGEST:
        raise NotNumber("That is out of range", "powers of ten up to 308")
    return Expectation(side, float(value * times), wanted)


def distance_text(prediction: Prediction, unit: str = "") -> str:
    """How far a prediction was from what was measured, in words: the ratio, the sign apart."""
    expected = f"You expected {figure_text(prediction.predicted, unit)}"
    decades = prediction.decades
    if decades is not None:
        if abs(decades) < ALIKE:
            return f"{expected}: correct."
        return f"{expected}: the measured value is {_power(decades)} times that."
    if prediction.measured == 0:
        return f"{expected}: it is 0."
    if prediction.predicted == 0:
        return f"{expected}: it is not 0."
    sizes = prediction._replace(predicted=-prediction.predicted).decades
    return f"{expected}: the sign is the opposite; the size is {_power(sizes or 0)} times that."


def _power(decades: float) -> str:
    """A power of ten as a number for people, be it beyond what a float holds."""
    whole = int(decades) if abs(decades) > 300 else 0
    text = figure_text(10 ** (decades - whole), "")
    return f"{text}e{whole}" if whole else text
