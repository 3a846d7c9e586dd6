"""A flashcard with keys: the front, any key turns it, the learner rates what they knew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quizcli.play.experiment.behind import see_measured
from quizcli.play.review.aside import BACK, INSTEAD, REDO, do_instead, taken_back
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


class TurnedCard:
    """One card of a session."""

    def __init__(self, console: KeyConsole, run: ReviewRun, card: CardInHand, about: About) -> None:
        self.console = console
        self.review = run
        self.card = card
        self.about = about

    def show(self) -> None:
        """The front until it is turned, then the back until it is rated."""
        self.review.drawn()
        if self._front():
            self._back()

    def _front(self) -> bool:
        """True when it was turned."""
        console, turning = self.console, self.card.turning
        console.keyboard.drop()
        console.canvas.say(self._heading())
        console.canvas.say(sides.asked(turning, console.canvas.look))
        has_options = bool(turning.item.options)
        while True:
            key = console.offer(self._front_keys(options=has_options), above=self._done)
            if key in BACK and (key not in REDO or self.about.can_redo):
                if taken_back(key, console, self.review):
                    return False
                continue
            if key in INSTEAD:
                console.canvas.live([])
                do_instead(INSTEAD[key], console, self.review, self.card)
                return False
            if key in {"esc", "eof"}:
                console.leave()
            elif key == "?":
                if hint := self.card.hint():
                    console.canvas.say(sides.hint(hint, turning, console.canvas.look))
            elif key in {"o", "O"} and has_options:
                console.canvas.say(sides.options(turning, console.canvas.look))
                has_options = False
            else:
                console.canvas.live([])
                self.review.turn(self.card)
                return True

    def _front_keys(self, *, options: bool) -> list[tuple[str, str]]:
        keys = [("any key", "show answer")]
        if options:
            keys.append(("o", "options"))
        if self.card.has_hint:
            keys.append(("?", "hint"))
        return [*keys, *screens.aside(self.about)]

    def _back(self) -> None:
        """The answer, and the learner's rating of what they knew."""
        console, turning = self.console, self.card.turning
        look = console.canvas.look
        console.canvas.say(sides.back(turning, look))
        console.keyboard.drop()
        while True:
            key = console.offer(self._back_keys(), above=[Text("")])
            accepted = key in {"enter", " ", "tab", "right", "down"}
            rating = self.card.rating if accepted else rating_of(key)
            if rating is not None:
                self._rated(rating)
                return
            if key in {"d", "D"} and self.card.question.demo:
                see_measured(
                    console, self.review.card_states.log.journal, self.card.seed, turning.item
                )
            elif key in {"e", "E"} and sides.shortened(turning, look):
                console.canvas.say(sides.reasons(turning, look))
            elif key in {"u", *BACK} and taken_back(key, console, self.review):
                return
            elif key in {"-", "b", "B", "@", "s", "S"}:
                console.canvas.live([])
                what = "bury" if key in {"-", "b", "B"} else "suspend"
                do_instead(what, console, self.review, self.card)
                return
            elif key in {"esc", "eof"}:
                console.leave()

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
        undo = [("u", "undo")] if self.about.can_undo else []
        return [*keys, *undo, ("s", "suspend"), ("Esc", "leave")]

    def _heading(self) -> Lines:
        page = self.console.page()
        screens.heading(page, self.about)
        return page.lines

    def _done(self) -> Lines:
        page = self.console.page()
        page.lines.append(Text(""))
        page.say(page.own(done(self.about)), "quiet")
        return page.lines
