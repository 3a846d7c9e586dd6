"""A flashcard with keys: the front, any key turns it, the learner rates what they knew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.experiment.behind import see_measured
from quizcli.play.review.words import ELSEWHERE, WISHES, said_undone
from quizcli.scheduling.memory import Rating
from quizcli.terminal.recall import done
from quizcli.terminal.views import card as sides
from quizcli.terminal.views import review as screens

if TYPE_CHECKING:
    from quizcli.play.review.keys import KeyReview
    from quizcli.terminal.recall import About
    from quizcli.terminal.views.lines import Lines


class TurnedCard:
    """One card of a session."""

    def __init__(self, review: KeyReview, about: About) -> None:
        self.review = review
        self.table = review.table
        self.reviewing = review.reviewing
        self.about = about
        self.state = self.reviewing.turning
        self._hints = 0

    def show(self) -> None:
        """The front until it is turned, then the back until it is rated."""
        at = self.table.env.clock.ticks()
        if self._front():
            seconds = self.table.env.clock.ticks() - at
            self._back(round(seconds, 3))

    def _front(self) -> bool:
        """True when it was turned."""
        table = self.table
        table.keyboard.drop()
        table.canvas.say(self._heading())
        table.canvas.say(sides.asked(self.state, table.canvas.look))
        options = bool(self.state.item.options)
        while True:
            key = table.offer(self._front_keys(options=options), above=self._done)
            if key in WISHES:
                table.canvas.live([])
                self.review.instead(WISHES[key])
                return False
            if key in {"esc", "eof"}:
                table.leave()
            elif key == "?" and self._hints < len(self.state.card.question.hints):
                hint = self.state.card.question.hints[self._hints]
                self._hints += 1
                table.canvas.say(sides.hint(hint, self.state, table.canvas.look))
            elif key in {"o", "O"} and options:
                table.canvas.say(sides.options(self.state, table.canvas.look))
                options = False
            elif key != "?":
                table.canvas.live([])
                self.reviewing.turn()
                return True

    def _front_keys(self, *, options: bool) -> list[tuple[str, str]]:
        keys = [("any key", "turn")]
        if options:
            keys.append(("o", "options"))
        if self._hints < len(self.state.card.question.hints):
            keys.append(("?", "hint"))
        return [*keys, *screens.aside(can_undo=self.about.can_undo)]

    def _back(self, seconds: float) -> None:
        """The answer, and the learner's rating of what they knew."""
        table, question = self.table, self.state.card.question
        look = table.canvas.look
        table.canvas.say(sides.back(self.state, look))
        table.keyboard.drop()
        while True:
            key = table.offer(self._back_keys(), above=[Text("")])
            if key in {"enter", " ", "tab", "right", "down"}:
                rating = Rating.GOOD
            elif key in {"1", "2", "3", "4"}:
                rating = Rating(int(key))
            elif key in {"d", "D"} and question.demo:
                see_measured(table, self.state.item, frozenset())
                continue
            elif key in {"e", "E"} and sides.shortened(self.state, look):
                table.canvas.say(sides.reasons(self.state, look))
                continue
            elif key in {"u", "U", "backspace", "delete"}:
                table.canvas.live([])
                table.tell(said_undone(self.reviewing.undo()))
                return
            elif key in {"-", "b", "B", "@", "s", "S"}:
                table.canvas.live([])
                self.review.instead("bury" if key in {"-", "b", "B"} else "suspend")
                return
            elif key in {"esc", "eof"}:
                table.leave()
                continue
            else:
                continue
            self.reviewing.rate(rating, seconds)
            self.review.goes_on()
            if self.reviewing.elsewhere:
                table.tell(ELSEWHERE)
            return

    def _back_keys(self) -> list[tuple[str, str]]:
        if self.reviewing.practice:
            keys = [("Enter", "next")]
        else:
            keys = [*screens.rating_keys(None, self.review.outlook()), ("Enter", "good")]
        if self.state.card.question.demo:
            keys.append(("d", "see it measured"))
        if sides.shortened(self.state, self.table.canvas.look):
            keys.append(("e", "all reasons"))
        undo = [("u", "undo")] if self.about.can_undo else []
        return [*keys, *undo, ("s", "suspend"), ("Esc", "leave")]

    def _heading(self) -> Lines:
        page = self.table.page()
        screens.heading(page, self.about)
        return page.lines

    def _done(self) -> Lines:
        page = self.table.page()
        page.lines.append(Text(""))
        page.say(page.own(done(self.about)), "quiet")
        return page.lines
