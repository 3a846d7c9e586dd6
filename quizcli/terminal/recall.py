"""The words of a review, on a screen and in lines alike: why a card is asked, when it comes back,
what a session came to. Nothing here imports the drawing library."""

from __future__ import annotations

from dataclasses import dataclass

from quizcli.report.words import counted, days, duration

BANKS_TOLD = 3  # of those with new cards that were not begun

RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


@dataclass(frozen=True, slots=True)
class About:
    """What is known of the card that is asked.

    ``recall`` is the probability from 0 to 1 that it is remembered now and ``stability`` in days,
    None for a card that is new; ``ago`` are the days since it was last seen. ``left`` says in
    words what comes behind it; ``reviewed`` and ``recalled`` count this session's. ``practice``
    says that nothing is written down, and why; a card that is asked once ``more`` was failed a
    moment ago. ``can_undo`` says that there is something to take back,
    ``can_redo`` that something was.
    """

    title: str
    left: str = ""
    reviewed: int = 0
    recalled: int = 0
    recall: float | None = None
    ago: int = 0
    stability: float = 0.0
    practice: str = ""
    more: bool = False
    can_undo: bool = False
    can_redo: bool = False
    verb: str = "review"


def why(about: About) -> str:
    """Why this card, why today: one line."""
    if about.more:  # its numbers are those of the answer just given
        return about.practice
    if about.recall is None:
        seen = "New: asked for the first time."
    else:
        seen = (
            f"Recall today {100 * about.recall:.0f}% likely; last seen {days_ago(about.ago)}; "
            f"stability {days(about.stability)}."
        )
    return f"{about.practice} {seen}" if about.practice else seen


def days_ago(n: int) -> str:
    """``today``, ``yesterday``, ``5 days ago``."""
    return {0: "today", 1: "yesterday"}.get(n, f"{n} days ago")


def back(rating: int, n: int) -> str:
    """``Good: it comes back in 5 days.``"""
    when = "tomorrow" if n == 1 else f"in {days(n)}"
    return f"{RATINGS[rating].capitalize()}: it comes back {when}."


def short(n: int) -> str:
    """An interval for the key line: ``5 d``, ``3 mo``, ``1.4 y``."""
    if n < 100:
        return f"{n} d"
    return f"{n / 30.44:.0f} mo" if n < 730 else f"{n / 365.25:.1f} y"


def done(about: About) -> str:
    """``3 reviewed · 2 rated hard or better``: what counts as recalled, whatever was answered."""
    if not about.reviewed:
        return "None reviewed yet"
    return f"{about.reviewed} reviewed · {said_recalled(about.recalled)}"


def said_recalled(n: int) -> str:
    """How many reviews count as recalled, by what the schedule goes by: their ratings."""
    return f"{n} rated hard or better"


def said_put_off(n: int) -> str:
    """That so many due cards wait since the daily limit is reached."""
    wait = "waits" if n == 1 else "wait"
    cards = counted(n, "due card")
    return f"{cards} {wait} for another day: you have reached your limit, reviews-per-day."


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What a session came to. ``coming`` are (days from today, cards) of the next day on which
    something is due; ``left`` are due still, ``new`` could be started. ``verb`` is what is typed
    behind the program's name to go on; ``taken_back`` counts what was undone, and not redone;
    ``put_off`` are due, and wait for another day since the limit of today's is reached, and
    ``new_put_off`` are new and do so; ``suspended`` are put aside. ``elsewhere`` are banks that
    were not begun, each with what is typed behind the program's name to begin it, and how many new
    cards it has.
    """

    reviewed: int
    recalled: int
    practised: int
    seconds: float
    left: int = 0
    new: int = 0
    coming: tuple[int, int] | None = None
    verb: str = "review"
    taken_back: int = 0
    put_off: int = 0
    new_put_off: int = 0
    suspended: int = 0
    elsewhere: tuple[tuple[str, str, int], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was done."""
        return not (self.reviewed or self.practised or self.taken_back)


def ending(summary: SessionSummary) -> list[str]:
    """The end of a session in sentences; the last says what comes, or what to type next."""
    again = f"quizcli {summary.verb}"
    if summary.reviewed:
        what = f"{counted(summary.reviewed, 'review')}, {said_recalled(summary.recalled)}"
        back = f", {summary.taken_back} undone" if summary.taken_back else ""
        lines = [f"{what}{back}, in {duration(summary.seconds)}."]
    elif summary.taken_back:
        lines = [f"{summary.taken_back} undone, and nothing reviewed."]
    elif summary.practised:
        lines = []
    else:
        waiting = summary.left or summary.new or summary.put_off
        lines = ["Nothing was reviewed." if waiting else "Nothing is due."]
    if summary.practised:
        lines.append(f"{counted(summary.practised, 'card')} practised, not recorded.")
    if summary.put_off:
        lines.append(said_put_off(summary.put_off))
    return lines + _what_next(summary, again)


def _what_next(summary: SessionSummary, again: str) -> list[str]:
    if summary.left:
        return [f"{counted(summary.left, 'card')} still due: {again}"]
    if summary.new:
        return [f"{counted(summary.new, 'new card')} to start: {again}"]
    lines = []
    if summary.empty and summary.new_put_off:
        wait = "waits" if summary.new_put_off == 1 else "wait"
        lines = [
            (
                f"{counted(summary.new_put_off, 'new card')} {wait} for another day: you have "
                "reached the limit for new cards (new-per-day, the bank's own, or --new)."
            ),
            f"Start some now: {again} --new {min(3, summary.new_put_off)}",
        ]
    if summary.coming is not None:
        when, n = summary.coming
        day = "tomorrow" if when == 1 else f"in {counted(when, 'day')}"
        lines.append(f"Next: {counted(n, 'card')} {day}.")
        if summary.empty:
            lines.append(f"Practise before that: {again} --ahead")
    elif summary.empty and summary.suspended:
        are = "is" if summary.suspended == 1 else "are"
        list_them = f"{again.replace('cards', 'review', 1)} --queue"
        lines.append(f"{counted(summary.suspended, 'card')} {are} suspended: {list_them}")
    elif summary.empty and not lines and not summary.elsewhere:
        lines.append("Start with a quiz: quizcli take")
    return lines + [
        f"{counted(n, 'new card')} in {bank}: quizcli {verb}"
        for bank, verb, n in summary.elsewhere[:BANKS_TOLD]
    ]
