"""From values to places on an axis, in percent of its length, and where its ticks stand."""

from __future__ import annotations

import math
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_TICKS = 5
TICK = 12  # digits of a tick, which is round: of a fine axis each is to have its own number
LARGEST = sys.float_info.max


class Scale(NamedTuple):
    """An axis from ``low`` to ``high``; on a logarithmic one these are powers of ten. One of
    ``whole`` numbers, such as counts, has no ticks between them."""

    low: float
    high: float
    log: bool = False
    whole: bool = False

    def place(self, value: float) -> float:
        """Where a value stands, from 0 to 100; what lies beyond an end stands at it."""
        if self.log:
            value = math.log10(value) if value > 0 else self.low
        # Halved, since a difference may overflow.
        part = (value / 2 - self.low / 2) / ((self.high / 2 - self.low / 2) or 1.0)
        return round(100 * min(1.0, max(0.0, part)), 2)

    def ticks(self) -> list[float]:
        """Round values on the axis."""
        step = self.high / MOST_TICKS - self.low / MOST_TICKS
        step = _whole_step(step) if self.log or self.whole else _round_step(step)
        if not step or not math.isfinite(step):
            return [self.low]
        first = math.ceil(self.low / step - 1e-9)
        last = math.floor(self.high / step + 1e-9)
        found = [float(f"{n * step:.{TICK}g}") for n in range(first, min(last, first + 20) + 1)]
        return [10.0**power for power in found] if self.log else found


def _round_step(wanted: float) -> float:
    """The round number that is ``wanted`` or the next greater one."""
    if wanted <= 0:
        return 0.0
    power = math.floor(math.log10(wanted))
    if power < -300:
        return wanted
    unit = float(f"1e{power}")
    return next((n * unit for n in (1, 2, 2.5, 5) if n * unit >= wanted * 0.999), 10 * unit)


def _whole_step(wanted: float) -> float:
    """The same among whole numbers."""
    step = _round_step(max(1.0, wanted))
    return step if step % 1 == 0 else 2 * step


def linear(values: Iterable[float]) -> Scale:
    """An axis that holds all finite ones of the values, a single one in its middle, but zero at
    its foot."""
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=1.0)
    whole = all(value % 1 == 0 for value in finite)
    if low == high == 0:
        return Scale(0.0, 1.0, whole=whole)  # such as shares that nobody has
    if low == high:
        reach = abs(low) / 2
        low, high = max(low - reach, -LARGEST), min(high + reach, LARGEST)
    return Scale(low, high, whole=whole)


def from_zero(values: Iterable[float]) -> Scale:
    """An axis for bars, which begin at zero."""
    finite = [0.0, *(value for value in values if math.isfinite(value))]
    low, high = min(finite), max(finite)
    whole = all(value % 1 == 0 for value in finite)
    return Scale(low, high if low < high else 1.0, whole=whole)


def powers(values: Iterable[float]) -> Scale:
    """A logarithmic axis for bars, which begin at a power of ten below the smallest value."""
    logs = [math.log10(value) for value in values if value > 0 and math.isfinite(value)]
    return Scale(math.floor(min(logs, default=0.0) - 0.3), max(logs, default=1.0), log=True)


def number(value: float, digits: int = 3) -> str:
    """A number beside a mark: so many digits, powers of ten as such, words for what is none."""
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if value == 0:
        return "0"
    size = abs(value)
    if 1e-3 <= size < 1e5:
        text = f"{size:,.0f}" if size >= 1000 and digits < TICK else f"{size:,.{digits}g}"
    else:
        mantissa, _, power = f"{size:.{digits - 2}e}".partition("e")
        raised = str(int(power)).translate(_RAISED)
        mantissa = mantissa.rstrip("0").removesuffix(".")
        text = f"10{raised}" if mantissa == "1" else f"{mantissa} × 10{raised}"
    return f"−{text}" if value < 0 else text


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
