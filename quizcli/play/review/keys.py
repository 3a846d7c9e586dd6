"""A review with keys. Before an answer letters choose, and ``-``, ``@`` and Backspace put aside
and undo; after feedback, digits rate and letters are commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.journal.reviews import FactKind
from quizcli.play.console import KeyConsole, Left
from quizcli.play.experiment.behind import see_measured
from quizcli.play.quiz.asking import Asking
from quizcli.play.review.words import (
    ELSEWHERE,
    GUESSED,
    WISHES,
    about_card,
    ended,
    said_aside,
    said_leech,
    said_skipped,
    said_undone,
)
from quizcli.quiz.grading import Mark, Response
from quizcli.scheduling.memory import Rating
from quizcli.terminal.recall import About, back, ending
from quizcli.terminal.views import feedback as after
from quizcli.terminal.views import question as views
from quizcli.terminal.views import review as screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.env import Keyboard, Screen
    from quizcli.play.review.flow import Reviewing
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.session import Item
    from quizcli.review.queue import QueuedCard
    from quizcli.terminal.recall import Ended
    from quizcli.terminal.style import OutputStyle
    from quizcli.terminal.views.lines import Lines

DIGITS = {"1", "2", "3", "4"}


class ReviewConsole(KeyConsole):
    """A table at which one card after another is laid."""

    def __init__(
        self,
        reviewing: Reviewing,
        keyboard: Keyboard,
        screen: Screen,
        look: Callable[[], OutputStyle],
        *,
        confirm_leave: bool = False,
    ) -> None:
        super().__init__(reviewing.env, keyboard, screen, look, confirm_leave=confirm_leave)
        self.reviewing = reviewing


class ReviewAsking(Asking):
    """Asks one card. ``wish`` is what the learner wanted instead of answering it."""

    desk: ReviewConsole

    def __init__(self, desk: ReviewConsole, about: About, note: str = "") -> None:
        super().__init__(desk)
        self.reviewing = desk.reviewing
        self.about = about
        self._note = note  # what is to be known of the card before, until a key is pressed
        self.grade: Grade | None = None
        self.wish = ""

    def fresh(self, state: views.Asking) -> views.Asking:
        """The state with the time as it is now; at first with what became of the card before."""
        state = super().fresh(state)
        if self._note:
            state, self._note = replace(state, message=self._note), ""
        return state

    def _head(self, state: views.Asking) -> Lines:
        return screens.head(state, self.about, self.desk.canvas.look)

    def _footer(self, state: views.Asking) -> Lines:
        return screens.footer(state, self.about, self.desk.canvas.look)

    def _answer(
        self, state: views.Asking, chosen: frozenset[str], *, guess: bool
    ) -> tuple[bool, views.Asking]:
        seconds = round(self.desk.env.clock.ticks() - self._thinking, 3)
        self.grade = self.reviewing.answer(Response(chosen, guess), seconds)
        state = replace(state, ticked=chosen)
        self._keep(views.options(state, self.desk.canvas.look, final=True))
        return True, state

    def _command(self, key: str, state: views.Asking) -> tuple[bool | None, views.Asking]:
        if key in {"?", "esc", "eof"}:
            return super()._command(key, state)
        if key in WISHES:
            self.wish = WISHES[key]
            self._keep(views.options(state, self.desk.canvas.look))
            return False, state
        message = f"'{key}' does nothing here." if len(key) == 1 else state.message
        return None, replace(state, message=message)


class KeyReview:
    """A session of review at a table."""

    def __init__(self, table: ReviewConsole) -> None:
        self.table = table
        self.reviewing = table.reviewing
        self._note = ""

    def run(self) -> None:
        """Ask until nothing is due any more or the learner leaves; then say what it came to."""
        while True:
            try:
                while (drawn := self.reviewing.draw()) is not None:
                    self._card(drawn)
            except Left:
                self.reviewing.settle()
                self._say_end()
                break
            if self._say_end().empty or not self._taken_back():
                break
        self.table.canvas.leave()

    def _card(self, drawn: QueuedCard) -> None:
        table, about = self.table, about_card(self.reviewing, drawn)
        if self.reviewing.session is None:
            self._turned(about)
            return
        assert self.reviewing.session is not None
        table.session = self.reviewing.session
        asking = ReviewAsking(table, about, self._note)
        self._note = ""
        if not asking.ask(self.reviewing.item):
            self.instead(asking.wish)
            return
        assert asking.grade is not None
        self._after(asking.grade)

    def _turned(self, about: About) -> None:
        from quizcli.play.review.card_keys import TurnedCard

        TurnedCard(self, about).show()

    def instead(self, wish: str) -> None:
        """What was wanted in place of an answer."""
        if wish == "undo":
            self.table.tell(said_undone(self.reviewing.undo()))
        elif wish == "skip":
            self.table.tell(said_skipped(self.reviewing))
        else:
            self.aside(FactKind.BURY if wish == "bury" else FactKind.SUSPEND)

    def aside(self, did: FactKind) -> None:
        assert self.reviewing.drawn is not None
        card = self.reviewing.drawn.card.address
        self.reviewing.put_aside(did)
        self.table.tell(said_aside(did, card))

    def _after(self, grade: Grade) -> None:
        """Feedback, the rating that it proposes, and keys until the learner goes on."""
        item, table = self.reviewing.item, self.table
        response = table.session.answers[item.question.id].response
        table.canvas.say(after.feedback(item, response, grade, table.canvas.look))
        if self.reviewing.elsewhere:
            table.tell(ELSEWHERE)
        table.keyboard.drop()
        while True:
            key = table.offer(self._keys(item), above=lambda: self._above(item, response, grade))
            if key in {"enter", " ", "tab", "right", "down"}:
                self.goes_on()
                return
            if key in DIGITS and not self.reviewing.practice:
                proposed, rating = self.reviewing.rating, Rating(int(key))
                self.reviewing.rate(rating)
                if rating is not proposed and not self.reviewing.leech:
                    self._note = back(rating, self.outlook()[rating])
                self.goes_on()
                return
            if key in {"e", "E"}:
                table.canvas.say(after.every_reason(item, table.canvas.look, response.chosen))
            elif key in {"d", "D"} and item.question.demo:
                see_measured(table, item, response.chosen)
            elif key in {"u", "U", "backspace", "delete"}:
                table.canvas.live([])
                table.tell(said_undone(self.reviewing.undo()))
                return
            elif key in {"s", "S", "@"}:
                self.aside(FactKind.SUSPEND)
                return
            elif key in {"esc", "eof"}:
                # It is written down already, and leaving accepts its rating.
                table.leave(self._closing())

    def _keys(self, item: Item) -> list[tuple[str, str]]:
        measured = [("d", "see it measured")] if item.question.demo else []
        if self.reviewing.practice:
            rate = [("Enter", "next")]
        else:
            rate = screens.rating_keys(self.reviewing.rating, self.outlook())
        return [
            *rate,
            *measured,
            ("e", "all reasons"),
            ("u", "undo"),
            ("s", "suspend"),
            ("Esc", "leave"),
        ]

    def _above(self, item: Item, response: Response, grade: Grade) -> Lines:
        """What stays in sight over the keys: the verdict where the window is low, the rating."""
        look = self.table.canvas.look
        verdict = after.headline(item, response, grade, look)
        low = len(after.feedback(item, response, grade, look)) + 6 > look.height
        lines = verdict if low else []
        if self.reviewing.practice:
            return lines
        note = GUESSED if grade.mark is Mark.RIGHT and response.guess else ""
        rated = screens.rating(self.reviewing.rating, self.outlook(), look=look, note=note)
        return [*lines, *rated]

    def outlook(self) -> dict[int, int]:
        """Days until the card comes back, by rating."""
        return {int(rating): days for rating, days in self.reviewing.outlook().items()}

    def goes_on(self) -> None:
        """The card is done with: its rating stays to be read, a leech is told of."""
        self.table.canvas.live([])
        self.table.canvas.say(self._closing())

    def _closing(self) -> Lines:
        if self.reviewing.leech:
            page = self.table.page()
            page.say(page.text(said_leech(self.reviewing)))
            return page.lines
        if self.reviewing.kept is None:
            return []
        look = self.table.canvas.look
        said = screens.rating(self.reviewing.rating, self.outlook(), look=look)
        # Feedback ends with an empty line, the back of a flashcard with its last words.
        return said if self.reviewing.session is not None else [Text(""), *said]

    def _say_end(self) -> Ended:
        page = self.table.page()
        came = ended(self.reviewing)
        page.lines.append(Text(""))
        for place, line in enumerate(ending(came)):
            page.say(page.own(line), "" if place else "title")
        if not came.empty:
            page.blank()
        self.table.canvas.say(page.lines)
        return came

    def _taken_back(self) -> bool:
        """The last screen; True where something was taken back and is asked again."""
        table = self.table
        table.keyboard.drop()
        while True:
            undo = [("u", "undo")] if self.reviewing.can_undo else []
            key = table.offer([*undo, ("Enter", "done")])
            if key in {"u", "U", "backspace", "delete"} and undo:
                table.canvas.live([])
                table.tell(said_undone(self.reviewing.undo()))
                return True
            if key in {"enter", "esc", "eof", "q"}:
                return False
