"""The screens of an experiment: what each option predicts, then what was measured, then why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.demos.evidence import Verdict
from quizcli.terminal.layout import cells
from quizcli.terminal.pictures import draw
from quizcli.terminal.views.lines import THEME, Lines, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Finding
    from quizcli.report.pictures import Picture
    from quizcli.terminal.look import Look
    from quizcli.terminal.notation import Form

STYLES = {Verdict.HOLDS: "right", Verdict.REFUTED: "wrong", Verdict.UNDETERMINED: "partly"}
SIGNS = {Verdict.HOLDS: "✓", Verdict.REFUTED: "✗", Verdict.UNDETERMINED: "?"}


@dataclass(frozen=True, slots=True)
class Row:
    """One side of the matter: its letter, its words, what was found."""

    letter: str
    text: str
    finding: Finding
    figure: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screens of an experiment show. ``chosen`` are letters a learner stands by;
    ``pictures`` those to be drawn; ``note`` a sentence about this run (the null control)."""

    title: str
    asks: str
    setting: str
    rows: tuple[Row, ...]
    pictures: tuple[Picture, ...]
    rule: str
    form: Form
    chosen: frozenset[str] = frozenset()
    assumption: str = ""
    definitional: bool = False
    note: str = ""


def predictions(shown: Shown, look: Look) -> Lines:
    """Before the run: the question put to the machine, and what each option says of it."""
    page = Page(look, shown.form)
    page.blank()
    page.say(page.text(f"{shown.title} · {shown.setting}"), "title")
    page.blank()
    page.say(page.text(shown.asks))
    page.blank()
    page.say("If an option is right, this is what will be measured:")
    for row in shown.rows:
        _lead(page, row, shown, row.finding.predicts)
    page.blank()
    return page.lines


def measured(shown: Shown, look: Look, *, everything: bool = False) -> Lines:
    """After the run: figures and verdicts, pictures, and why.

    ``everything`` gives the reason of each option, not only of the chosen and the right ones.
    """
    page = Page(look, shown.form)
    page.blank()
    page.say(page.text(f"{shown.title} · {shown.setting}"), "title")
    if shown.note:
        page.say(page.text(shown.note), "partly")
    page.blank()
    # One heading, where all options are measured alike; else each row says what its figure is.
    if len({row.finding.figure.what for row in shown.rows}) == 1:
        page.say(page.text(f"Measured: {shown.rows[0].finding.figure.what}"))
    _table(page, shown)
    for picture in shown.pictures:
        page.blank()
        page.lines += [Text(line) for line in draw(picture, look, shown.form)]
    page.blank()
    for row in shown.rows:
        holds = row.finding.verdict is Verdict.HOLDS
        if everything or holds or row.letter in shown.chosen or not shown.chosen:
            page.entry([(f" {row.letter}  ", "accent")], page.text(_why(row)))
    if everything:
        page.blank()
        page.say(page.text(f"Rule: {shown.rule}"), "quiet")
    if everything and shown.definitional:
        page.say("This is a definition; the experiment shows what follows from it.", "quiet")
    if shown.assumption and (everything or not look.plain):
        page.say(page.text(f"Assumed: {shown.assumption}"), "quiet")
    page.blank()
    return page.lines


def _why(row: Row) -> str:
    verb = {
        Verdict.HOLDS: "holds",
        Verdict.REFUTED: "fails",
        Verdict.UNDETERMINED: "is undetermined",
    }[row.finding.verdict]
    return f"{verb}: {row.finding.reason}"


def _lead(page: Page, row: Row, shown: Shown, text: str) -> None:
    pointer = "▸" if row.letter in shown.chosen else " "
    option = " ".join(page.text(row.text).split())
    lead = [(f" {pointer} {row.letter}  ", "accent")]
    if cells(option) <= 14:
        page.entry([*lead, (f"{option}  ", "")], page.text(text), "quiet")
        return
    page.entry(lead, option)
    page.say(page.text(text), "quiet", indent="      ")


def _table(page: Page, shown: Shown) -> None:
    """One line an option where there is room, else the verdict before the option's words."""
    options = [" ".join(page.text(row.text).split()) for row in shown.rows]
    figures = [page.own(page.text(row.figure)) for row in shown.rows]
    verdicts = [_verdict(page, row.finding.verdict) for row in shown.rows]
    widest, figure = max(map(cells, options)), max(map(cells, figures))
    most = max(map(cells, verdicts))
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    fits = 6 + widest + 2 + figure + 2 + most < min(page.width, 80)
    for row, option, measured, verdict in zip(shown.rows, options, figures, verdicts, strict=True):
        pointer = "▸" if row.letter in shown.chosen else " "
        style = STYLES[row.finding.verdict]
        lead = [(f" {pointer} {row.letter}  ", "accent")]
        if fits:
            line = Text(f" {page.own(pointer)} {row.letter}  ", THEME["accent"])
            line.append(option + " " * (widest - cells(option) + 2), "default")
            line.append(measured + " " * (figure - cells(measured) + 2), "default")
            page.lines.append(line.append(verdict, THEME[style]))
        else:
            before = [(verdict + " " * (most - cells(verdict) + 2), style)]
            before.append((measured + " " * (figure - cells(measured) + 2), ""))
            if 6 + most + 2 + figure + 2 < page.width:
                page.entry([*lead, *before], option)
            else:  # a figure in words, on a narrow screen
                page.entry(lead, option)
                page.say(f"{verdict}, {measured}", style, indent="      ")
        if differ:
            page.say(page.text(row.finding.figure.what), "quiet", indent="      ")


def _verdict(page: Page, verdict: Verdict) -> str:
    return page.own(f"{SIGNS[verdict]} {verdict}")


def listing(entries: Sequence[tuple[str, str, str]], look: Look, form: Form) -> Lines:
    """Experiments by name: (name, title, the question it stands behind)."""
    page = Page(look, form)
    for name, title, question in entries:
        behind = f" · {question}" if question else ""
        page.entry([(f" {name:<18} ", "accent")], page.text(title) + behind)
    return page.lines
