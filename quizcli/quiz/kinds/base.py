"""What a kind of question decides: how it is written, asked, answered, graded and described.

The rule: a kind owns its answer. Whoever asks, stores, grades or shows a question goes through the
methods below, and knows of an answer only that it is a tuple of words.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.responses import BadResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizcli.quiz.credit import CreditRule
    from quizcli.quiz.fields import Field
    from quizcli.quiz.model import Option, Question, Rational

# What is wrong with the options, and how to mend it.
Complaint = tuple[str, str]
# The same of a prompt, with the letter of it, counted from 0, at which it is wrong.
Slip = tuple[int, str, str]
Given = tuple[str, ...]
# The rule of answers that are written down, and that the program does not grade.
RECORDED = "recorded"


class OwnFault(NamedTuple):
    """What is wrong with a field of a kind's own, and how to mend it; of a list, with which
    ``part``."""

    field: str
    what: str
    fix: str
    part: int | None = None


class Misread(NamedTuple):
    """What is wrong with an answer in a file: with the part at ``place``, or with all of it."""

    place: int | None
    code: str
    what: str
    fix: str


class Placed(NamedTuple):
    """A place of an answer: its ``label``, the texts of what was ``given`` for it ("" for nothing)
    and of what is ``right``, whether what was given counts, and a word on what does not."""

    label: str
    given: str
    right: str
    is_right: bool
    feedback: str = ""

    @property
    def reason(self) -> str:
        """Why what was given is wrong; "" where nothing was, or it counts."""
        return self.feedback if self.given and not self.is_right else ""


@cache
def credit_rules() -> Mapping[str, CreditRule]:
    """The rules of credit by name, imported at the first grade: no question needs rational numbers
    before. (An import within a function is looked up at each call, which a class has a million of.)
    """
    from quizcli.quiz.credit import RULES

    return RULES


def repeated(parts: Sequence[Mapping[str, Any]], field: str) -> list[tuple[str, int]]:
    """What several parts have in a field, with the place of the last one that has it."""
    values = [part.get(field, "").strip() for part in parts]
    last = {value: at for at, value in enumerate(values) if value}
    return [(value, at) for value, at in sorted(last.items()) if values.count(value) > 1]


def opaque(text: str) -> str:
    """An id that says nothing of the place or the partner of a text: eight digits of its digest."""
    from hashlib import blake2b

    return blake2b(text.strip().encode(), digest_size=4).hexdigest()


class Kind:
    """A question that is answered by typing: the defaults of every kind.

    ``ask``: the instruction that a learner reads under the prompt (may be empty).
    ``form``: how it is answered: "typed", a "choice" of options, "pairs" or an "order" of parts.
    ``rules``: names of the credit rules that it knows, the one that holds by itself first; of a
    kind where ``several`` options may be ticked they are those of all such kinds.
    ``several``: more than one option may be ticked, and a credit rule applies.
    ``shuffles``: its options may stand in any order.
    ``texts``: option texts that need not be written, by option id.
    ``ids``: the only option ids it allows (empty: any).
    ``graded``: the program can tell right from wrong; else, as a card, a learner says how it went.
    ``quizzed``: a quiz asks it; else it is turned like a card.
    ``begins``: signs with which a typed answer may well begin, so that they are no commands.
    ``blanks``: what in a file stands for no answer.
    ``guesses``: an answer may be called a guess. ``literal``: what is typed is the answer, sign by
    sign; else a question mark behind it calls it a guess, and is no part of it.
    ``speaks``: its answers are read as the bank's language writes numbers.
    ``handed``: fields of its own that a learner sees before answering. They alone stand in a
    handout, so that a kind that names none gives nothing away.
    ``needs``: fields of the bank format that it must have beside ``id`` and ``kind``; the first
    of them is the prompt. ``takes``: fields it may have that not every kind may.
    """

    name: str
    ask: str = ""
    form: str = "typed"
    rules: tuple[str, ...] = ("all-or-nothing",)
    several: bool = False
    shuffles: bool = False
    texts: Mapping[str, str] = {}
    ids: tuple[str, ...] = ()
    graded: bool = True
    quizzed: bool = True
    guesses: bool = True
    literal: bool = False
    speaks: bool = False
    begins: frozenset[str] = frozenset()
    blanks: frozenset[str] = frozenset({"", "null", "~"})
    handed: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("prompt",)
    takes: tuple[str, ...] = ("points", "demo")

    @property
    def chooses(self) -> bool:
        """Whether it is answered by choosing among the question's options."""
        return self.form == "choice"

    # How it is written ----------------------------------------------------------------------

    def fields(self) -> tuple[Field, ...]:
        """Fields that only this kind has; what they hold is in ``question.own``."""
        return ()

    def shapes(self) -> Mapping[str, tuple[Field, ...]]:
        """Mappings within the fields of its own, by name."""
        return {}

    def written_options(self, _own: Mapping[str, Any]) -> tuple[Option, ...]:
        """Options that follow from the fields of its own, where none are written."""
        return ()

    def complaints(self, _options: Sequence[Option]) -> list[Complaint]:
        """What is wrong with a set of options, beyond what holds for every kind."""
        return []

    def unsound(self, _prompt: str) -> list[Slip]:
        """What is wrong with a prompt."""
        return []

    def faults(self, _question: Question) -> list[OwnFault]:
        """What is wrong with the fields of its own, beyond their form."""
        return []

    def telling(self, _question: Question) -> list[Complaint]:
        """What in the fields of its own gives the key away to who sees the ids of its parts."""
        return []

    def without_key(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of its own that stand in a handout, in an order that says nothing."""
        return {name: own[name] for name in self.handed if name in own}

    def asked(self, _question: Question) -> Any:
        """What a learner saw of the fields of its own, for a digest; None for nothing."""
        return None

    # How it is answered ---------------------------------------------------------------------

    def parts(self, question: Question) -> tuple[Option, ...]:
        """What is shown under letters, in an order that gives nothing away."""
        return question.options

    def lefts(self, _question: Question) -> tuple[Option, ...]:
        """What is shown under numbers, to be given a letter each."""
        return ()

    def example(self, _question: Question, _shown: Given) -> str:
        """A whole answer as it is typed, for who has not seen one; "" where it is but a text."""
        return ""

    def line(self, question: Question, _shown: Given, given: Given) -> str:
        """The line that would be typed for an answer."""
        return ", ".join(self.describe(question, given))

    def instruction(self, _question: Question) -> str:
        """How to answer, for a learner."""
        return self.ask

    def near(self, _question: Question, _given: Given) -> bool:
        """Whether a wrong answer is so near a right one that it is asked once more where that does
        no harm: before its reasons are shown, and not in an exam."""
        return False

    def parse(self, question: Question, _shown: Given, line: str) -> Response:
        """The response that a typed line is. Raises BadResponse with what is wrong."""
        word = (line if self.literal else line.rstrip("? ")).strip()
        if not word:
            raise BadResponse("Type an answer; an empty line skips, :help explains.")
        self.check(question, (word,))
        return Response((word,), not self.literal and line.rstrip().endswith("?"))

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        """The answer that stands in a file, as its texts; and what is wrong with it."""
        given = tuple(part.strip() for part in parts if part.strip() not in self.blanks)
        try:
            self.check(question, given)
        except BadResponse as bad:
            fix = bad.fix or "fix it, or leave the question out"
            return (), [Misread(None if len(parts) > 1 else 0, self.name, bad.what, fix)]
        return given, []

    def check(self, _question: Question, _given: Given) -> None:
        """Raises BadResponse for what cannot be an answer to the question."""

    def ordered(self, _question: Question, _shown: Given, given: Given) -> Given:
        """An answer in the order in which it is kept."""
        return given

    def kept(self, _question: Question, given: Given) -> Given:
        """An answer as a journal keeps it: an edit of a text must leave it readable."""
        return given

    def then(self, kept: Given) -> Given:
        """A kept answer in the words in which it was given."""
        return kept

    def today(self, _question: Question, _shown: Given, kept: Given) -> Given:
        """A kept answer in the words of the question as it is now."""
        return kept

    # What it is worth -----------------------------------------------------------------------

    def credit(self, _question: Question, _given: Given, _rule: str) -> Rational:
        """The share of its points that an answer earns, from 0 to 1, exact."""
        raise NotImplementedError

    def key(self, _question: Question) -> Given:
        """The answer that earns all."""
        return ()

    # How it is described --------------------------------------------------------------------

    def describe(self, _question: Question, given: Given) -> tuple[str, ...]:
        """An answer by the ids of its parts, as a file of answers has it."""
        return given

    def in_words(self, question: Question, given: Given) -> tuple[str, ...]:
        """An answer as a person reads it: the texts of its parts."""
        return self.describe(question, given)

    def placed(self, _question: Question, _given: Given) -> tuple[Placed, ...]:
        """The places of an answer in pairs or in an order."""
        return ()

    def tally(self, _question: Question, _given: Given) -> str:
        """What of a partly right answer its points count; "" where its places show it."""
        return ""

    def reason(self, _question: Question, _given: Given) -> str:
        """Why an answer is right or wrong, as bank text; "" where the bank does not say."""
        return ""

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The words of a wrong answer that are mistakes, for statistics."""
        return () if set(given) == set(self.key(question)) else given

    def mistake_text(self, _question: Question, word: str) -> str:
        """What a mistake says."""
        return word

    def sides(self, question: Question, _given: Given = ()) -> tuple[Option, ...]:
        """What an experiment may judge, right and wrong; ``given`` too, where any may be."""
        return question.options

    def sided(self, _question: Question, given: Given) -> frozenset[str]:
        """The ids of the sides that an answer takes."""
        return frozenset(given)

    # As a flashcard -------------------------------------------------------------------------

    def gaps(self, _question: Question) -> tuple[str, ...]:
        """The ids of its gaps, one flashcard each; ``("",)`` where it is one card as a whole."""
        return ("",)

    def front(self, question: Question, _gap: str) -> str:
        """The side that asks."""
        return question.prompt

    def back(self, question: Question, _gap: str) -> str:
        """The side that answers."""
        return "\n\n".join(self.describe(question, self.key(question)))
