"""The pictures of a class: scores, facility against discrimination, who chooses what, and what
items tell of abilities."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from quizcli.report.pictures import Bar, Bars, HeatMap, Series, SeriesLine
from quizcli.report.words import counted, listed, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.report.pictures import Picture
    from quizcli.scores.item_report import ClassReport, ItemReport, ModelReport

_BANDS = ("below 0", "0 to .1", ".1 to .2", ".2 to .3", ".3 to .4", ".4 or more")
_TENTHS = 10


def score_spread(shares: Iterable[float]) -> Iterator[Picture]:
    """How many students have which tenth of the points, from ``shares`` in per cent; nothing of
    fewer than two."""
    tenths = Counter(min(max(int(share // _TENTHS), 0), _TENTHS - 1) for share in shares)
    if tenths.total() < 2:
        return
    bars = tuple(Bar(f"{10 * n}–{10 * n + 10}%", tenths[n]) for n in range(_TENTHS))
    told = [f"{tenths[n]} from {10 * n} to {10 * n + 10}%" for n in range(_TENTHS) if tenths[n]]
    yield Bars("Scores", bars, "students", f"Students: {listed(told)}.", one="student")


def facility_map(items: Sequence[ItemReport]) -> Iterator[Picture]:
    """How many items are how easy, and how well they part the able from the others."""
    cells = [[0.0] * _TENTHS for _ in _BANDS]
    told = []
    for item in items:
        facility, rest = item.figures.facility, item.figures.item_rest
        if facility is None or rest is None or not 0 <= facility <= 1:
            continue
        band = 0 if rest < 0 else min(1 + int(rest * 10), len(_BANDS) - 1)
        cells[band][min(int(facility * _TENTHS), _TENTHS - 1)] += 1
        told.append(f"{item.question} {percent(100 * facility)}% and {rest:.2f}")
    if told:
        yield HeatMap(
            "Facility in tenths (across) against item-rest correlation (down)",
            tuple(reversed(_BANDS)),
            tuple(map(str, range(_TENTHS))),
            tuple(tuple(row) for row in reversed(cells)),
            "item" if max(map(max, cells)) == 1 else "items",
            f"Facility and item-rest correlation: {'; '.join(told)}.",
        )


def option_curves(item: ItemReport) -> Iterator[Picture]:
    """Who chooses what, by thirds of the rest score."""
    known = [
        (each.label, tuple(100 * share for share in each.figures.thirds if share is not None))
        for each in item.options
    ]
    if not known or any(len(values) < 3 for _, values in known):
        return
    keys = {each.label for each in item.options if each.is_key}
    lines = tuple(
        SeriesLine(f"✓ {label}" if label in keys else label, values) for label, values in known
    )
    told = [f"{label} {' → '.join(percent(value) for value in values)}%" for label, values in known]
    says = f"Chosen in the lowest, middle and highest third: {'; '.join(told)}."
    x = "third of the class"
    yield Series("Chosen by thirds of the rest score", lines, x, "%", says)


def information_pictures(report: ClassReport, found: ModelReport) -> Iterator[Picture]:
    """What the quiz tells of abilities, the whole and its kept items, and each item by itself."""
    abilities, kept = found.abilities, set(found.kept)
    whole = tuple(found.told.sum(0).tolist())
    of_kept = [told for item, told in zip(report.items, found.told, strict=True)
               if item.question in kept]  # fmt: skip
    best = max(range(len(whole)), key=whole.__getitem__)
    some = listed([f"{whole[abilities.index(x)]:.2f}" for x in (-2, 0, 2)])
    lines = [SeriesLine("all items", whole)]
    if 0 < len(kept) < len(report.items):
        lines.append(SeriesLine(f"{counted(len(kept), 'item')} kept", tuple(sum(of_kept).tolist())))
    step = abilities[1] - abilities[0]
    yield Series(
        "Information by ability", tuple(lines), "ability", "information",
        f"The quiz tells most about abilities around {abilities[best]:g} (0 is the mean, 1 a "
        f"standard deviation): {whole[best]:.2f}; at -2, 0 and 2 it is {some}.",
        abilities[0], step,
    )  # fmt: skip
    rows = [tuple(told.tolist()) for told in found.told]
    tops = [max(range(len(row)), key=row.__getitem__) for row in rows]
    told = [
        f"{item.question} {row[top]:.2f} at {abilities[top]:g}"
        if row[top]
        else f"{item.question} none"
        for item, row, top in zip(report.items, rows, tops, strict=True)
    ]
    yield HeatMap(
        "Information of each item by ability",
        tuple(item.question for item in report.items), tuple(f"{x:g}" for x in abilities),
        tuple(rows), "", f"Most information of each item, and where: {'; '.join(told)}.",
    )  # fmt: skip
