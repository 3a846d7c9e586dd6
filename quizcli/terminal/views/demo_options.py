"""The options of an experiment with what was measured of each: a table, one line an option where
there is little room, sentences in plain mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.demos.evidence import Verdict
from quizcli.report.intervals import share_text
from quizcli.terminal.layout import cells, cut
from quizcli.terminal.style import TEXT_WIDTH
from quizcli.terminal.views.lines import THEME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.terminal.views.demo_data import ExperimentView, SideView
    from quizcli.terminal.views.lines import Page

STYLES = {Verdict.HOLDS: "right", Verdict.REFUTED: "wrong", Verdict.UNDETERMINED: "partly"}


def lead(row: SideView, shown: ExperimentView) -> list[tuple[str, str]]:
    """The letter of an option, with a pointer at what was chosen."""
    pointer = "▸" if row.letter in shown.chosen else " "
    return [(f" {pointer} {row.letter}  ", "accent")]


def table(page: Page, shown: ExperimentView) -> None:
    """One line an option where there is room, else the verdict before the option's words."""
    if page.look.plain:
        spoken_table(page, shown)
        return
    options = [" ".join(page.text(row.text).split()) for row in shown.rows]
    figures = [page.own(page.text(row.figure)) for row in shown.rows]
    verdicts = [_verdict(page, row.finding.verdict) for row in shown.rows]
    widest, figure = max(map(cells, options), default=0), max(map(cells, figures), default=0)
    most = max(map(cells, verdicts), default=0)
    seeds = max((cells(page.own(row.seeds)) + 2 for row in shown.rows if row.seeds), default=0)
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    room = min(page.width, 80) - (6 + widest + 2 + figure + 2 + most)
    fits, beside = room > 0, room > seeds > 0
    for row, option, measured, verdict in zip(shown.rows, options, figures, verdicts, strict=True):
        style = STYLES[row.finding.verdict]
        before = lead(row, shown)
        if fits:
            line = Text(page.own(before[0][0]), THEME["accent"])
            line.append(option + " " * (widest - cells(option) + 2), "default")
            line.append(measured + " " * (figure - cells(measured) + 2), "default")
            line.append(verdict, THEME[style])
            if beside:
                pad = " " * (most - cells(verdict) + 2)
                line.append(pad + page.own(row.seeds), THEME["quiet"])
            page.lines.append(_signed(line, verdict, style))
        else:
            found = [(verdict + " " * (most - cells(verdict) + 2), style)]
            found.append((measured + " " * (figure - cells(measured) + 2), ""))
            if 6 + most + 2 + figure + 2 < page.width // 2:
                first = len(page.lines)
                page.entry([*before, *found], option)
            else:  # a figure in words, or a narrow screen
                page.entry(before, option)
                first = len(page.lines)
                page.say(f"{verdict}, {measured}", style, indent="      ")
            _signed(page.lines[first], verdict, style)
        if differ:
            page.say(page.text(row.finding.figure.what), "quiet", indent="      ")
        _expected(page, row)
    if seeds and not beside:
        so_far(page, shown.rows)


def so_far(page: Page, rows: Sequence[SideView]) -> None:
    """In how many seeds each verdict was the same, below the options."""
    shares = {row.so_far for row in rows}
    if len(shares) == 1 and rows[0].seeds:
        page.say(page.own(f"Each verdict in {share_text(*rows[0].so_far, 'seeds')}."), "quiet")
    elif len(shares) > 1:
        each = ", ".join(f"{row.letter} {row.seeds}" for row in rows)
        page.say(page.own(f"Seeds with this verdict: {each}."), "quiet")


def spoken_table(page: Page, shown: ExperimentView) -> None:
    """A sentence an option: nothing is said by its place or by a sign."""
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    for row in shown.rows:
        said = f"{row.text}: {row.finding.verdict}, {row.figure}"
        what = f", {row.finding.figure.what}" if differ else ""
        expected = f" {row.expected}" if row.expected else ""
        if row.seeds:
            expected += f" This verdict in {share_text(*row.so_far, 'seeds')}."
        page.entry([(f" {row.letter}  ", "accent")], page.text(f"{said}{what}.{expected}"))


def short_table(
    page: Page, shown: ExperimentView, rows: Sequence[SideView], *, named: bool
) -> None:
    """One line an option, which ends in ``…`` where it has no more room; where the options are
    measured differently and ``named``, a second line says what the figure is."""
    verdicts = [_verdict(page, row.finding.verdict) for row in rows]
    figures = [page.own(page.text(row.figure)) for row in rows]
    most, figure = max(map(cells, verdicts), default=0), max(map(cells, figures), default=0)
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    room = min(page.width, TEXT_WIDTH) - 1
    options = [" ".join(page.text(row.text).split()).split(" ") for row in rows]
    shared = _shared_ending(options)
    for row, words_, verdict, measured in zip(rows, options, verdicts, figures, strict=True):
        line = Text()
        for words, style in lead(row, shown):
            line.append(page.own(words), THEME[style])
        line.append(verdict + " " * (most - cells(verdict) + 2), THEME[STYLES[row.finding.verdict]])
        if figure <= room // 3:
            line.append(measured + " " * (figure - cells(measured) + 2), "default")
            line.append(_cut_option(words_, shared, room - line.cell_len, page), "default")
        else:  # a figure in words
            left = max(8, room - line.cell_len - 2 - figure)
            line.append(cut(" ".join(words_), left, page.own("…")), "default")
            line.append(cut(f"  {measured}", room - line.cell_len, page.own("…")), "default")
        page.lines.append(_signed(line, verdict, STYLES[row.finding.verdict]))
        if differ and named:
            page.say(page.text(row.finding.figure.what), "quiet", indent="      ")
        _expected(page, row)


def _expected(page: Page, row: SideView) -> None:
    if row.expected:
        page.say(page.own(row.expected), "title", indent="      ")


def _shared_ending(options: Sequence[Sequence[str]]) -> int:
    """How many words all options have at their end, where these tell none from another."""
    shared = 0
    if len(options) > 1:
        for ends in zip(*(reversed(words[1:]) for words in options), strict=False):
            if len(set(ends)) > 1:
                break
            shared += 1
    return shared


def _cut_option(words: Sequence[str], shared: int, room: int, page: Page) -> str:
    """An option in one line: first goes what all have in common, then what is in its middle."""
    mark = page.own("…")
    whole = " ".join(words)
    if cells(whole) <= room or not shared:
        return cut(whole, room, mark, ending=True)
    own = cut(" ".join(words[:-shared]), room - cells(mark), mark, ending=True)
    return own.removesuffix(mark) + mark


def _verdict(page: Page, verdict: Verdict) -> str:
    return page.own(f"{verdict.sign} {verdict}")


def _signed(line: Text, verdict: str, style: str) -> Text:
    """The line with colour laid under the sign of its verdict, as after an answer."""
    place = line.plain.find(verdict)
    if place >= 0:
        line.stylize(THEME[f"sign {style}"], place, place + 1)
    return line
