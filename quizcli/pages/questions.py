"""A question in a page: what is asked, what was answered, what is right, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizcli.pages.elements import Html, element, escaped
from quizcli.pages.wording import wording
from quizcli.quiz.responses import Response
from quizcli.terminal import plain, plain_grade
from quizcli.terminal.right_answer import key_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.pages.wording import Wording
    from quizcli.quiz.grading import Grade
    from quizcli.quiz.model import Figure, Option
    from quizcli.quiz.steps import Item


class AnsweredQuestion(NamedTuple):
    """A question as it is shown: with what was answered, if anything; ``reasons`` gives that of
    every option and the explanation; ``language`` is the bank's, "" for no word of it."""

    item: Item
    response: Response = Response(())
    grade: Grade | None = None
    hints: Sequence[str] = ()
    reasons: bool = True
    language: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """What decides together how its formulas are written."""
        return self.item.question.texts

    def html(self, words: Wording | None = None) -> Html:
        """All of it."""
        words = words or wording(self.texts)
        item = self.item
        parts = [words.blocks(item.question.prompt)]
        if item.question.figure:
            parts.append(drawn_figure(item.question.figure))
        if ask := item.kind.instruction(item.question):
            parts.append(element("p", ask, class_="quiet"))
        parts += [words.blocks(hint, "Hint:") for hint in self.hints]
        if item.kind.form == "pairs":
            lefts = item.kind.lefts(item.question)
            rows = [element("li", words.blocks(left.text)) for left in lefts]
            parts.append(element("ol", *rows))
        if item.options:
            rows = [self._option(option, words) for option in item.options]
            parts.append(element("ul", *rows, class_="options"))
        parts += self._answer(words)
        if self.reasons:
            parts += _why(item, words)
        language = {"lang": self.language} if self.language else {}
        return element("div", *parts, class_="question", **language)

    def _option(self, option: Option, words: Wording) -> Html:
        chosen = self.item.kind.chooses and option.id in self.response.chosen
        sign, kind = ("✓", "good") if option.correct else ("✗", "bad")
        reason = option.reason(chosen=chosen)
        parts = [
            element("span", self.item.letter(option.id), class_="letter"),
            element("span", sign, " ", element("span", "right" if option.correct else "wrong",
                    class_="aloud"), class_=f"sign {kind}") if self.item.judged else escaped(""),
            element("div", words.blocks(option.text),
                    element("p", "Your answer", class_="chosen") if chosen else escaped(""),
                    element("div", words.blocks(reason), class_="reason")
                    if reason and self.reasons else escaped("")),
        ]  # fmt: skip
        return element("li", *parts, **({"class_": "picked"} if chosen else {}))

    def _answer(self, words: Wording) -> list[Html]:
        """What was answered and what it earned; what is right, where no option shows it."""
        item, parts = self.item, []
        if self.grade is not None:
            guess = " You marked it as a guess." if self.response.guess else ""
            if self.response.given and item.kind.form == "typed":
                said = ", ".join(item.kind.describe(item.question, self.response.given))
                parts.append(words.blocks(said, "Your answer:"))
            elif self.response.given and not (item.kind.chooses or item.kind.graded):
                said = plain.letters(item, self.response.given)  # no place tells it below
                parts.append(words.blocks(said, "Your answer:"))
            earned = plain_grade.earned(self.grade)
            parts.append(element("p", f"{earned[:1].upper()}{earned[1:]}.{guess}", class_="earned"))
        if item.kind.form in {"pairs", "order"}:
            parts.append(self._places(words))
        elif not item.kind.chooses and item.kind.graded:
            parts.append(words.blocks(key_words(item), "The answer:"))
        if reason := self.reasons and item.kind.reason(item.question, self.response.given):
            parts.append(words.blocks(reason))
        return parts

    def _places(self, words: Wording) -> Html:
        """What was put where, and what belongs there: below a wrong pair, or the whole order."""
        item = self.item
        given = self.response.given or item.key
        places, is_order = item.kind.placed(item.question, given), item.kind.form == "order"
        rows = []
        for place in places:
            wrong = ("✗", "bad") if place.given else ("–", "none")
            sign, kind = ("✓", "good") if place.is_right else wrong
            shown = element("span", sign, class_=f"sign {kind}")
            told = [words.line(place.given)] if place.given else []
            if not place.is_right and not is_order:
                told.append(words.blocks(place.right, "Right:"))
            if place.reason:
                told.append(words.blocks(place.reason))
            rows.append(element("li", shown, " ", words.line(place.label), "\N{EM SPACE}", *told))
        parts = [element("ul", *rows, class_="places")]
        if is_order and any(place.given != place.right for place in places):
            right = [element("li", words.blocks(place.right)) for place in places]
            parts += [element("p", "In the right order:"), element("ol", *right)]
        return element("div", *parts)


def drawn_figure(figure: Figure) -> Html:
    """A figure in letters, with what it shows in words."""
    drawn = element("pre", figure.text, role="img", aria_label=figure.alt)
    return element("figure", drawn, element("figcaption", figure.alt, class_="says"))


def _why(item: Item, words: Wording) -> list[Html]:
    """What to compare an answer with that no program grades, and why the key is right."""
    compared, said = plain_grade.model(item), item.question.explanation
    parts = [words.blocks(compared, plain_grade.MODEL)] if compared else []
    return parts + ([words.blocks(said, "Why:")] if said else [])
