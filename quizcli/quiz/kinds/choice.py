"""Choices: an answer is a set of the question's options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.quiz.kinds.base import Complaint, Given, Kind, Misread, credit_rules
from quizcli.quiz.responses import BadResponse, Response
from quizcli.report.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.model import Option, Question, Rational


class Choice(Kind):
    """A kind of choice."""

    form = "choice"
    needs: tuple[str, ...] = ("prompt", "options")
    takes: tuple[str, ...] = ("points", "credit", "shuffle", "demo")

    def __init__(
        self,
        name: str,
        *,
        ask: str = "",
        several: bool = False,
        shuffles: bool = False,
        texts: Mapping[str, str] | None = None,
        ids: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.ask = ask
        self.several = several
        self.shuffles = shuffles
        self.texts = texts or {}
        self.ids = ids

    def complaints(self, options: Sequence[Option]) -> list[Complaint]:
        """Exactly one right option, where one can be chosen."""
        keys = [option.id for option in options if option.correct]
        if self.several or len(keys) < 2:
            return []
        ids = ", ".join(f"'{id}'" for id in keys)
        return [
            (
                f"{len(keys)} options are marked correct ({ids}), but only one can be chosen",
                "mark one, or make the question 'kind: multiple-choice'",
            )
        ]

    def parse(self, _question: Question, shown: Given, line: str) -> Response:
        """Letters with or without commas, a trailing ``?`` or a capital for a guess."""
        guess = line.endswith("?")
        body = line.rstrip("? ")
        picks = [pick for pick in body.replace(",", " ").split() if pick]
        if len(picks) == 1 and len(picks[0]) > 1 and not picks[0].isdecimal():
            picks = list(picks[0])  # "ac" for "a,c"
        chosen = set()
        for pick in picks:
            guess = guess or is_guess(pick)
            index = option_index(pick, len(shown))
            if index is None:
                last = chr(96 + len(shown))
                raise BadResponse(f"'{pick[:20]}' is not an option here: answer with a to {last}.")
            chosen.add(shown[index])
        if not chosen:
            raise BadResponse("Answer with a letter; an empty line skips, :help explains.")
        if len(chosen) > 1 and not self.several:
            raise BadResponse("One option can be chosen here: answer with a single letter.")
        return Response(tuple(id for id in shown if id in chosen), guess)

    def example(self, _question: Question, shown: Given) -> str:
        """``a``, or ``a,d`` where there may be several."""
        return f"a,{chr(96 + len(shown))}" if self.several else "a"

    def line(self, _question: Question, shown: Given, given: Given) -> str:
        """``a,c``."""
        return ",".join(sorted(chr(97 + shown.index(id)) for id in given))

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        """Option ids."""
        from quizcli.report.words import did_you_mean

        ids = tuple(option.id for option in question.options)
        misread = [
            Misread(
                index,
                "option",
                f"'{question.id}' has no option '{part[:80]}'",
                (self.several and _as_list(part, ids)) or did_you_mean(part[:80], ids, "use"),
            )
            for index, part in enumerate(parts)
            if part not in ids and part not in self.blanks
        ]
        given = tuple(id for id in ids if id in parts)
        if len(given) > 1 and not self.several:
            what = f"'{question.id}' takes one option, not {len(given)}"
            misread.append(Misread(None, "several", what, "keep one"))
        return given, misread

    def check(self, question: Question, given: Given) -> None:
        """Options that there are, and one where one can be chosen."""
        unknown = set(given).difference([option.id for option in question.options])
        if unknown:
            raise BadResponse(f"'{question.id}' has no option '{min(unknown)}'")
        if len(given) > 1 and len(set(given)) > 1 and not self.several:
            raise BadResponse(f"'{question.id}' takes one option, not {len(set(given))}")

    def ordered(self, _question: Question, shown: Given, given: Given) -> Given:
        """As the options were shown."""
        if len(given) < 2:
            return given
        return tuple(id for id in shown if id in given)

    def credit(self, question: Question, given: Given, rule: str) -> Rational:
        """By the credit rule, an option that is named twice being chosen once. One pass over the
        options: a class has hundreds of thousands of responses."""
        keys = hits = 0
        for option in question.options:
            if option.correct:
                keys += 1
                hits += option.id in given
        return credit_rules()[rule].credit(len(question.options), keys, hits, len({*given}) - hits)

    def key(self, question: Question) -> Given:
        """The right options."""
        return tuple(option.id for option in question.options if option.correct)

    def describe(self, question: Question, given: Given) -> tuple[str, ...]:
        """The option ids in the bank's order, those that it has no more behind them."""
        ids = [option.id for option in question.options]
        return (*(id for id in ids if id in given), *(id for id in given if id not in ids))

    def in_words(self, question: Question, given: Given) -> tuple[str, ...]:
        """The texts of the options."""
        texts = {option.id: option.text for option in question.options}
        return tuple(texts.get(id, id) for id in self.describe(question, given))

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The wrong options that were chosen."""
        known = {option.id for option in question.options if not option.correct}
        return tuple(id for id in given if id in known)

    def mistake_text(self, question: Question, word: str) -> str:
        """The text of an option."""
        return question.option(word).text

    def back(self, question: Question, _gap: str) -> str:
        """The texts of the right options."""
        return "\n\n".join(option.text for option in question.options if option.correct)


def is_guess(pick: str) -> bool:
    """Whether a letter calls the answer a guess: a capital does."""
    return pick.isupper()


def option_index(pick: str, n: int) -> int | None:
    """The index of the option, of ``n``, that a letter or a number names."""
    number = whole(pick, 1, 999)
    if number is not None:
        index = number - 1
    elif pick.isascii() and pick.isalpha() and len(pick) == 1:
        index = ord(pick.lower()) - ord("a")
    else:
        return None
    return index if 0 <= index < n else None


def _as_list(part: str, ids: Sequence[str]) -> str:
    """How to write several ids that stand in one text; "" where they are none."""
    found = [id.strip() for id in part.split(",")]
    return f"write a list: [{', '.join(found)}]" if len(found) > 1 and {*found} <= {*ids} else ""
