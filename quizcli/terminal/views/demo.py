"""The screens of an experiment: what each option predicts, then what was measured, then why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.demos.evidence import Verdict
from quizcli.terminal.layout import cells
from quizcli.terminal.look import TEXT_WIDTH
from quizcli.terminal.pictures import cut, draw
from quizcli.terminal.views.lines import THEME, Lines, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Finding
    from quizcli.report.pictures import Picture
    from quizcli.terminal.look import Look
    from quizcli.terminal.notation import Form

STYLES = {Verdict.HOLDS: "right", Verdict.REFUTED: "wrong", Verdict.UNDETERMINED: "partly"}
SIGNS = {Verdict.HOLDS: "✓", Verdict.REFUTED: "✗", Verdict.UNDETERMINED: "?"}

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
    listed of which no reason is given, and whether a line under each names what was measured."""

    pictures: int | None = None
    sentences: bool = True
    options: bool = True
    reasons: Reasons = Reasons.ASKED
    airy: bool = True
    others: bool = True
    named: bool = True


WHOLE = Parts()
# What is left out in turn, until the rest has room.
BY_ROOM = (
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
)


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
    _title(page, shown)
    page.blank()
    page.say(page.text(shown.asks))
    page.blank()
    options = [" ".join(page.text(row.text).split()) for row in shown.rows]
    predicted = {row.finding.predicts for row in shown.rows}
    if len(predicted) == 1 and len(shown.rows) > 1:  # said once, where all foresee the same
        for row, option in zip(shown.rows, options, strict=True):
            page.entry(_lead(row, shown), option)
        page.blank()
        page.say(page.text(f"If an option is right, this will be measured: {predicted.pop()}"))
        page.blank()
        return page.lines
    page.say("If an option is right, this is what will be measured:")
    widest = max(map(cells, options))
    for row, option in zip(shown.rows, options, strict=True):
        text = page.text(row.finding.predicts)
        if widest <= BESIDE:
            beside = option + " " * (widest - cells(option) + 2)
            page.entry([*_lead(row, shown), (beside, "")], text, "quiet")
        else:
            page.entry(_lead(row, shown), option)
            page.say(text, "quiet", indent="      ")
    page.blank()
    return page.lines


def measured(
    shown: Shown, look: Look, *, everything: bool = False, titled: bool = True, parts: Parts = WHOLE
) -> Lines:
    """After the run: figures and verdicts, pictures, and why.

    ``everything`` gives the reason of each option, not only of the chosen and the right ones;
    ``parts`` says what is left out where there is little room.
    """
    page = Page(look, shown.form)
    if parts.airy:
        _head(page, shown, titled=titled)
    elif shown.note:
        page.say(page.text(shown.note), "partly")
    if parts.options:
        _table(page, shown)
    else:
        _short_table(page, shown, parts)
    for picture in shown.pictures[: None if everything else parts.pictures]:
        page.blank()
        said = picture if parts.sentences else replace(picture, says="")
        page.lines += [Text(line) for line in draw(said, look, shown.form)]
    if parts.airy:
        page.blank()
    for row in shown.rows:
        if everything or _due(row, shown, parts):
            page.entry([(f" {row.letter}  ", "accent")], page.text(_why(row)))
    _foot(page, shown, everything=everything, parts=parts)
    return page.lines


def _title(page: Page, shown: Shown) -> None:
    between = ", " if page.look.plain else " · "
    page.say(page.text(f"{shown.title}{between}{shown.setting}"), "title")


def _head(page: Page, shown: Shown, *, titled: bool) -> None:
    if titled:
        _title(page, shown)
    if shown.note:
        page.say(page.text(shown.note), "partly")
    page.blank()
    # One heading, where all options are measured alike; else each row says what its figure is.
    if len({row.finding.figure.what for row in shown.rows}) == 1:
        page.say(page.text(f"Measured: {shown.rows[0].finding.figure.what}"))


def _foot(page: Page, shown: Shown, *, everything: bool, parts: Parts) -> None:
    if everything:
        page.blank()
        page.say(page.text(f"Rule: {shown.rule}"), "quiet")
    if everything and shown.definitional:
        page.say("This is a definition; the experiment shows what follows from it.", "quiet")
    if shown.assumption and (everything or parts.sentences):
        page.say(page.text(f"Assumed: {shown.assumption}"), "quiet")
    if parts.airy:
        page.blank()


def fitted(shown: Shown, look: Look, room: int) -> Lines:
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


def _due(row: Row, shown: Shown, parts: Parts) -> bool:
    """Whether the reason of a row is given where not all are."""
    holds = row.finding.verdict is Verdict.HOLDS
    if parts.reasons is Reasons.CHOSEN and shown.chosen:
        return row.letter in shown.chosen
    if parts.reasons is Reasons.ASKED and not shown.chosen:
        return True
    nothing_holds = all(one.finding.verdict is not Verdict.HOLDS for one in shown.rows)
    first = nothing_holds and not shown.chosen and row is shown.rows[0]
    return holds or first or row.letter in shown.chosen


def _why(row: Row) -> str:
    verb = {
        Verdict.HOLDS: "holds",
        Verdict.REFUTED: "fails",
        Verdict.UNDETERMINED: "is undetermined",
    }[row.finding.verdict]
    return f"{verb}: {row.finding.reason}"


def _lead(row: Row, shown: Shown) -> list[tuple[str, str]]:
    pointer = "▸" if row.letter in shown.chosen else " "
    return [(f" {pointer} {row.letter}  ", "accent")]


def _table(page: Page, shown: Shown) -> None:
    """One line an option where there is room, else the verdict before the option's words."""
    if page.look.plain:
        _spoken_table(page, shown)
        return
    options = [" ".join(page.text(row.text).split()) for row in shown.rows]
    figures = [page.own(page.text(row.figure)) for row in shown.rows]
    verdicts = [_verdict(page, row.finding.verdict) for row in shown.rows]
    widest, figure = max(map(cells, options)), max(map(cells, figures))
    most = max(map(cells, verdicts))
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    fits = 6 + widest + 2 + figure + 2 + most < min(page.width, 80)
    for row, option, measured, verdict in zip(shown.rows, options, figures, verdicts, strict=True):
        style = STYLES[row.finding.verdict]
        lead = _lead(row, shown)
        if fits:
            line = Text(page.own(lead[0][0]), THEME["accent"])
            line.append(option + " " * (widest - cells(option) + 2), "default")
            line.append(measured + " " * (figure - cells(measured) + 2), "default")
            page.lines.append(line.append(verdict, THEME[style]))
        else:
            before = [(verdict + " " * (most - cells(verdict) + 2), style)]
            before.append((measured + " " * (figure - cells(measured) + 2), ""))
            if 6 + most + 2 + figure + 2 < page.width // 2:
                page.entry([*lead, *before], option)
            else:  # a figure in words, or a narrow screen
                page.entry(lead, option)
                page.say(f"{verdict}, {measured}", style, indent="      ")
        if differ:
            page.say(page.text(row.finding.figure.what), "quiet", indent="      ")


def _spoken_table(page: Page, shown: Shown) -> None:
    """A sentence an option: nothing is said by its place or by a sign."""
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    for row in shown.rows:
        said = f"{row.text}: {row.finding.verdict}, {row.figure}"
        what = f", {row.finding.figure.what}" if differ else ""
        page.entry([(f" {row.letter}  ", "accent")], page.text(f"{said}{what}."))


def _short_table(page: Page, shown: Shown, parts: Parts) -> None:
    """One line an option, which ends in ``…`` where it has no more room; where the options are
    measured differently, a second line says what the figure is, if there is air for it."""
    verdicts = [_verdict(page, row.finding.verdict) for row in shown.rows]
    figures = [page.own(page.text(row.figure)) for row in shown.rows]
    most, figure = max(map(cells, verdicts)), max(map(cells, figures))
    differ = len({row.finding.figure.what for row in shown.rows}) > 1
    room = min(page.width, TEXT_WIDTH) - 1
    options = [" ".join(page.text(row.text).split()).split(" ") for row in shown.rows]
    shared = _shared_ending(options)
    for row, words_, verdict, measured in zip(shown.rows, options, verdicts, figures, strict=True):
        if not (parts.others or _due(row, shown, replace(parts, reasons=Reasons.RIGHT))):
            continue
        line = Text()
        for words, style in _lead(row, shown):
            line.append(page.own(words), THEME[style])
        line.append(verdict + " " * (most - cells(verdict) + 2), THEME[STYLES[row.finding.verdict]])
        if figure <= room // 3:
            line.append(measured + " " * (figure - cells(measured) + 2), "default")
            line.append(_cut_option(words_, shared, room - line.cell_len, page), "default")
        else:  # a figure in words
            left = max(8, room - line.cell_len - 2 - figure)
            line.append(cut(" ".join(words_), left, page.own("…")), "default")
            line.append(cut(f"  {measured}", room - line.cell_len, page.own("…")), "default")
        page.lines.append(line)
        if differ and parts.airy and parts.named:
            page.say(page.text(row.finding.figure.what), "quiet", indent="      ")


def _shared_ending(options: Sequence[Sequence[str]]) -> int:
    """How many words all options have at their end, where these tell none from another."""
    shared = 0
    while len(options) > 1 and len({tuple(words[-shared - 1 :]) for words in options}) == 1:
        shared += 1
    return min(shared, *(len(words) - 1 for words in options)) if shared else 0


def _cut_option(words: Sequence[str], shared: int, room: int, page: Page) -> str:
    """An option in one line: first goes what all have in common, then what is in its middle."""
    mark = page.own("…")
    whole = " ".join(words)
    if cells(whole) <= room or not shared:
        return cut(whole, room, mark, ending=True)
    own = cut(" ".join(words[:-shared]), room - cells(mark), mark, ending=True)
    return own.removesuffix(mark) + mark


def _verdict(page: Page, verdict: Verdict) -> str:
    return page.own(f"{SIGNS[verdict]} {verdict}")


def listing(entries: Sequence[tuple[str, str, str]], look: Look, form: Form) -> Lines:
    """Experiments by name: (name, title, the question it stands behind)."""
    page = Page(look, form)
    for name, title, question in entries:
        behind = f" · {question}" if question else ""
        page.entry([(f" {name:<18} ", "accent")], page.text(title) + behind)
    return page.lines
