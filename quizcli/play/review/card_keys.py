"""A flashcard with keys: the front, Enter or Space turns it, the learner rates what they knew.

A key does the same on both sides, or nothing on one of them: what is pressed twice, or a moment
too early, must not put a card aside."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.experiment.behind import see_measured
from quizcli.play.review.aside import BACK_BY_LETTERS, INSTEAD, REDO, do_instead, taken_back
from quizcli.play.review.closing import closing
from quizcli.play.review.words import ELSEWHERE, rating_of
from quizcli.terminal.recall import done
from quizcli.terminal.views import card as sides
from quizcli.terminal.views import review as screens

if TYPE_CHECKING:
    from quizcli.play.console import KeyConsole
    from quizcli.play.review.flow import ReviewRun
    from quizcli.play.review.hand import CardInHand
    from quizcli.scheduling.memory import Rating
    from quizcli.terminal.recall import About
    from quizcli.terminal.views.lines import Lines

ON = frozenset(
    {"enter", " ", "right", "down"}
)  # what shows the answer, and then accepts it as known


class TurnedCard:
    """One card of a session; ``note`` is what is to be known of the card before."""

    def __init__(
        self, console: KeyConsole, run: ReviewRun, card: CardInHand, about: About, note: str = ""
    ) -> None:
        self.console = console
        self.review = run
        self.card = card
        self.about = about
        self._before = note
        self._note = ""

    def show(self) -> str:
        """The front until it is turned, then the back until it is rated; what is to be said of it
        beside the next card."""
        self.review.drawn()
        if self._front():
            self._back()
        return self._note

    def _front(self) -> bool:
        """True when it was turned."""
        console, turning = self.console, self.card.turning
        console.keyboard.drop()
        console.canvas.say(self._heading())
        console.canvas.say(sides.asked(turning, console.canvas.look))
        has_options = bool(turning.item.options)
        message = self._before
        while True:
            keys = self._front_keys(options=has_options)
            key = console.offer(keys, above=partial(self._done, message))
            message = ""
            if key in ON:
                console.canvas.live([])
                self.review.turn(self.card)
                return True
            if self._left(key):
                return False
            if key == "?":
                if hint := self.card.hint():
                    console.canvas.say(sides.hint(hint, turning, console.canvas.look))
            elif key in {"o", "O"} and has_options:
                console.canvas.say(sides.options(turning, console.canvas.look))
                has_options = False
            elif len(key) == 1 and key not in BACK_BY_LETTERS:
                message = f"'{key}' does nothing here."

    def _left(self, key: str) -> bool:
        """Carry out what may be done in place of going on; True where the card is left."""
        if key in {"esc", "eof"}:
            self.console.leave()
        if key in BACK_BY_LETTERS and (key not in REDO or self.about.can_redo):
            words = taken_back(key, self.console, self.review)
            self._note = words or ""
            return words is not None
        if key in INSTEAD:
            self.console.canvas.live([])
            self._note = do_instead(INSTEAD[key], self.review, self.card)
            return True
        return False

    def _front_keys(self, *, options: bool) -> list[tuple[str, str]]:
        keys = [("Enter", "show answer")]
        if options:
            keys.append(("o", "options"))
        if self.card.has_hint:
            keys.append(("?", "hint"))
        return [*keys, *screens.aside(self.about)]

    def _back(self) -> None:
        """The answer, and the learner's rating of what they knew."""
        console, turning = self.console, self.card.turning
        look = console.canvas.look
        console.keyboard.drop()
        console.canvas.say(sides.back(turning, look))
        while True:
            key = console.offer(self._back_keys(), above=[Text("")])
            rating = self.card.rating if key in ON else rating_of(key)
            if rating is not None:
                self._rated(rating)
                return
            if key in {"d", "D"} and self.card.question.demo:
                see_measured(
                    console, self.review.card_states.log.journal, self.card.seed, turning.item
                )
            elif key in {"e", "E"} and sides.shortened(turning, look):
                console.canvas.say(sides.reasons(turning, look))
            elif self._left(key):
                return

    def _rated(self, rating: Rating) -> None:
        self.review.rate(self.card, rating)
        self.console.canvas.live([])
        self.console.canvas.say(closing(self.console, self.review, self.card))
        if self.card.is_reviewed_elsewhere:
            self.console.tell(ELSEWHERE)

    def _back_keys(self) -> list[tuple[str, str]]:
        if self.card.is_practice:
            keys = [("Enter", "next")]
        else:
            days = self.review.outlook(self.card)
            keys = [*screens.rating_keys(None, days), ("Enter", "Good")]
        if self.card.question.demo:
            keys.append(("d", "run experiment"))
        if sides.shortened(self.card.turning, self.console.canvas.look):
            keys.append(("e", "all reasons"))
        return [*keys, *screens.aside(self.about)]

    def _heading(self) -> Lines:
        page = self.console.page()
        screens.heading(page, self.about)
        return page.lines

    def _done(self, message: str) -> Lines:
        page = self.console.page()
        page.lines.append(Text(""))
        if message:
            page.say(page.own(message), "partly")
        page.say(page.own(done(self.about)), "quiet")
        return page.lines
