"""The screens of an experiment: what each option predicts, then what was measured, then why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from quizcli.demos.evidence import Verdict
from quizcli.terminal.layout import cells
from quizcli.terminal.pictures import draw
from quizcli.terminal.views import demo_options as options
from quizcli.terminal.views.lines import Lines, Page, with_styles

if TYPE_CHECKING:
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.demo_data import ExperimentView, SideView


BESIDE = 14  # cells of the longest option that has its prediction beside it


class Reasons(Enum):
    """Whose reasons are given: all where nothing was chosen, else the chosen and the right ones;
    those two in any case; the chosen one's alone."""

    ASKED = auto()
    RIGHT = auto()
    CHOSEN = auto()


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a run is shown: how many pictures, whether each has its sentence, the options'
    words whole, whose reasons, whether there is air (blank lines, a title), whether options are
    listed of which no reason is given, whether a line under each names what was measured,
    whether in how many ``seeds`` the verdicts were the same has room below them, and whether
    curves are ``tall``."""

    pictures: int | None = None
    sentences: bool = True
    options: bool = True
    reasons: Reasons = Reasons.ASKED
    airy: bool = True
    others: bool = True
    named: bool = True
    seeds: bool = True
    tall: bool = False


WHOLE = Parts(tall=True)
NEEDED = Parts(reasons=Reasons.RIGHT)
# What is left out in turn, until the rest has room.
BY_ROOM = (
    Parts(1, tall=True),
    Parts(1),
    Parts(1, sentences=False),
    Parts(1, sentences=False, options=False),
    Parts(1, sentences=False, reasons=Reasons.RIGHT),
    Parts(1, sentences=False, options=False, reasons=Reasons.RIGHT),
    Parts(1, sentences=False, options=False, reasons=Reasons.CHOSEN),
    Parts(1, sentences=False, options=False, reasons=Reasons.CHOSEN, named=False),
    Parts(0),
    Parts(0, sentences=False),
    Parts(0, sentences=False, options=False),
    Parts(0, sentences=False, options=False, reasons=Reasons.RIGHT),
    Parts(0, sentences=False, options=False, reasons=Reasons.CHOSEN),
    Parts(0, sentences=False, options=False, reasons=Reasons.CHOSEN, airy=False),
    Parts(0, sentences=False, options=False, reasons=Reasons.CHOSEN, airy=False, others=False),
    Parts(0, False, False, Reasons.CHOSEN, airy=False, others=False, seeds=False),
)


def predictions(shown: ExperimentView, look: OutputStyle) -> Lines:
    """Before the run: the question put to the machine, and what each option says of it."""
    page = Page(look, shown.form)
    _title(page, shown)
    page.blank()
    page.say(page.text(shown.asks))
    page.blank()
    if not shown.rows:
        return page.lines
    texts = [" ".join(page.text(row.text).split()) for row in shown.rows]
    predicted = {row.finding.predicts for row in shown.rows}
    if len(predicted) == 1 and len(shown.rows) > 1:  # said once, where all foresee the same
        for row, option in zip(shown.rows, texts, strict=True):
            page.entry(options.lead(row, shown), option)
        page.blank()
        page.say(page.text(f"Every {shown.side} predicts: {predicted.pop()}"))
        page.blank()
        return page.lines
    page.say(f"What each {shown.side} predicts:")
    widest = max(map(cells, texts))
    for row, option in zip(shown.rows, texts, strict=True):
        text = page.text(row.finding.predicts)
        if widest <= BESIDE:
            beside = option + " " * (widest - cells(option) + 2)
            page.entry([*options.lead(row, shown), (beside, "")], text, "quiet")
        else:
            page.entry(options.lead(row, shown), option)
            page.say(text, "quiet", indent="      ")
    page.blank()
    return page.lines


def measured(
    shown: ExperimentView,
    look: OutputStyle,
    *,
    everything: bool = False,
    titled: bool = True,
    parts: Parts = WHOLE,
) -> Lines:
    """After the run: figures and verdicts, pictures, and why.

    ``everything`` gives the reason of each option, not only of the chosen and the right ones;
    ``parts`` says what is left out where there is little room.
    """
    page = Page(look, shown.form)
    if parts.airy:
        _head(page, shown, titled=titled)
    elif shown.brief:
        page.say(page.text(shown.brief), "partly")
    if parts.options:
        options.table(page, shown)
    else:
        rows = [
            row for row in shown.rows if parts.others or row.expected or _due(row, shown, NEEDED)
        ]
        options.short_table(page, shown, rows, named=parts.airy and parts.named)
        if parts.seeds:
            options.so_far(page, rows)
    for picture in shown.pictures[: None if everything else parts.pictures]:
        page.blank()
        said = picture if parts.sentences else replace(picture, says="")
        page.lines += map(with_styles, draw(said, look, shown.form, tall=parts.tall))
    if parts.airy:
        page.blank()
    for row in shown.rows:
        if everything or _due(row, shown, parts):
            page.entry([(f" {row.letter}  ", "accent")], page.text(_why(row)))
    _foot(page, shown, everything=everything, parts=parts)
    return page.lines


def _title(page: Page, shown: ExperimentView) -> None:
    between = ", " if page.look.plain else " · "
    page.say(page.text(f"{shown.title}{between}{shown.setting}"), "title")


def _head(page: Page, shown: ExperimentView, *, titled: bool) -> None:
    if titled:
        _title(page, shown)
    if shown.note:
        page.say(page.text(shown.note), "partly")
    page.blank()
    # One heading, where all options are measured alike; else each row says what its figure is.
    if len({row.finding.figure.what for row in shown.rows}) == 1:
        page.say(page.text(f"Measured: {shown.rows[0].finding.figure.what}"))


def _foot(page: Page, shown: ExperimentView, *, everything: bool, parts: Parts) -> None:
    if everything:
        page.blank()
        page.say(page.text(f"Rule: {shown.rule}"), "quiet")
    if everything and shown.definitional:
        page.say("This is a definition; the experiment shows what follows from it.", "quiet")
    if everything and shown.no_null:
        page.say(page.text(f"No null control: {shown.no_null}"), "quiet")
    if shown.assumption and (everything or parts.sentences):
        page.say(page.text(f"Assumed: {shown.assumption}"), "quiet")
    if parts.airy:
        page.blank()


def fitted(shown: ExperimentView, look: OutputStyle, room: int) -> Lines:
    """After the run, in ``room`` lines: what matters least is left out first, and the figures,
    the verdicts and the reason for what was chosen never."""
    drawn = [parts for parts in BY_ROOM if parts.pictures]
    lines: Lines = []
    for picture in shown.pictures:
        one = replace(shown, pictures=(picture,))
        for parts in drawn:
            lines = measured(one, look, parts=parts)
            if len(lines) <= room:
                return lines
    for parts in BY_ROOM[len(drawn) :]:
        lines = measured(shown, look, parts=parts)
        if len(lines) <= room:
            break
    return lines


def _due(row: SideView, shown: ExperimentView, parts: Parts) -> bool:
    """Whether the reason of a row is given where not all are."""
    holds = row.finding.verdict is Verdict.HOLDS
    if parts.reasons is Reasons.CHOSEN and shown.chosen:
        return row.letter in shown.chosen
    if parts.reasons is Reasons.ASKED and not shown.chosen:
        return True
    nothing_holds = all(one.finding.verdict is not Verdict.HOLDS for one in shown.rows)
    first = nothing_holds and not shown.chosen and row is shown.rows[0]
    return holds or first or row.letter in shown.chosen


def _why(row: SideView) -> str:
    verb = {
        Verdict.HOLDS: "holds",
        Verdict.REFUTED: "fails",
        Verdict.UNDETERMINED: "is undetermined",
    }[row.finding.verdict]
    return f"{verb}: {row.finding.reason}"
