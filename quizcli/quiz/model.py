"""What a bank holds. The rule: frozen facts, no behaviour beyond looking things up.

They are named tuples, as are the other records that every start needs: a frozen dataclass takes
six times as long to define, and a start defines twenty of them before the first question.

Texts are kept exactly as the author wrote them (maths as ``$…$`` source); how they look is the
terminal's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.named_tuple import NamedTuple
from quizcli.quiz.on_demand import OnDemand

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    Rational = int | Fraction
    Value = str | int | float | bool

NO_VALUES: Mapping[str, Value] = {}
NO_FIELDS: Mapping[str, Any] = {}


class Place(NamedTuple):
    """Where something stands in its source: lines and columns count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0)


class Option(NamedTuple):
    """One answer that a question offers.

    ``feedback`` is shown when it was chosen, ``missed`` when it was right and not chosen.
    ``claim`` is what the option asserts, as data for an experiment; ``last`` keeps it below
    the others when options are shuffled.
    """

    id: str
    text: str
    correct: bool = False
    feedback: str = ""
    missed: str = ""
    claim: Mapping[str, Value] | None = None
    last: bool = False
    place: Place = NOWHERE

    def reason(self, *, chosen: bool) -> str:
        """Why it is right or wrong, for who chose it or did not; "" where the bank does not say."""
        return self.missed or self.feedback if self.correct and not chosen else self.feedback


class Figure(NamedTuple):
    """A drawing of at most 38 columns, and the same said in words."""

    text: str
    alt: str


class Demo(NamedTuple):
    """The registered experiment behind a question, and the numbers it is run with."""

    name: str
    parameters: Mapping[str, Value] = NO_VALUES


class Question(NamedTuple):
    """One question. Its address is ``BANK/QUESTION``; ``id`` is its identity for ever.

    A flashcard is a question too: its ``prompt`` is the front, or the text with gaps, and ``back``
    the other side; it has no options. ``formerly`` are ids it had before it was renamed.

    ``points`` is an exact rational (an int where it is whole). ``asked`` digests what a learner
    saw (kind, prompt, figure, option texts), ``digest`` everything, the key included: two
    questions with the same id and another digest are one question, edited. ``own`` is what the
    fields of its kind's own hold: texts, tuples and mappings of them. ``usual`` is the question
    with the defaults of its variables, and these, where it has any: a start need not work them out.
    ``time`` are the seconds for which it may be thought about in an exam.
    A ``keyless`` one stands in a handout: its answers are recorded and graded elsewhere.
    """

    id: str
    kind: str
    prompt: str
    options: tuple[Option, ...] = ()
    title: str = ""
    hints: tuple[str, ...] = ()
    explanation: str = ""
    figure: Figure | None = None
    tags: tuple[str, ...] = ()
    points: Rational = 1
    difficulty: str = ""
    references: tuple[str, ...] = ()
    demo: Demo | None = None
    credit: str | None = None
    shuffle: bool | None = None
    back: str = ""
    formerly: tuple[str, ...] = ()
    asked: str = ""
    digest: str = ""
    place: Place = NOWHERE
    own: Mapping[str, Any] = NO_FIELDS
    usual: Usual | None = None
    keyless: bool = False
    time: int | None = None

    @property
    def may_fail(self) -> bool:
        """Whether there may be seeds under which it cannot be asked: it has variables, and no
        usual numbers to fall back on."""
        return "variables" in self.own and self.usual is None

    @property
    def key(self) -> frozenset[str]:
        """The ids of the correct options; what is right of any kind is an item's key."""
        return frozenset(option.id for option in self.options if option.correct)

    @property
    def texts(self) -> tuple[str, ...]:
        """All its texts but those of its kind's own."""
        of_options = [t for o in self.options for t in (o.text, o.feedback, o.missed)]
        own = (self.title, self.prompt, self.back, self.explanation)
        return (*own, *self.hints, *of_options)

    def option(self, id: str) -> Option:
        """The option with this id. Raises KeyError where there is none."""
        for option in self.options:
            if option.id == id:
                return option
        raise KeyError(id)


class QuestionHeading(NamedTuple):
    """What of a question says whether it is asked, in which place, and which cards it is; ``gaps``
    are theirs."""

    id: str
    kind: str
    tags: tuple[str, ...]
    keyless: bool
    may_fail: bool
    formerly: tuple[str, ...]
    gaps: tuple[str, ...]


class CompiledQuestions(OnDemand[Question]):
    """The questions of a bank whose ``headings`` are known; each is read when it is asked for."""

    def __init__(
        self, headings: Sequence[QuestionHeading], read: Callable[[int], Question]
    ) -> None:
        super().__init__(len(headings), read)
        self.headings = headings


class Section(NamedTuple):
    """A part of an exam: so many questions with a tag."""

    tag: str
    size: int


class Usual(NamedTuple):
    """A question under the defaults of its variables, and these."""

    question: Question
    values: Mapping[str, str]


class Bank(NamedTuple):
    """A set of questions with one id. ``digest`` changes when anything a grade depends on does.

    ``retention`` is the recall that reviews aim at, and ``new_per_day`` so many of its cards are
    started a day at most, None where the bank leaves it to the learner; ``formerly`` are ids that
    the bank had before it was renamed; ``language`` the one it is written in, "" for no word of it;
    ``draw`` the sections that a quiz has, none for all questions. A
    ``keyless`` one is a handout, whose answers are recorded and graded by its ``parent``, the bank
    of which this is the digest. ``includes`` are the files and
    folders that it includes, each with a digest of what it holds.
    """

    id: str
    title: str
    questions: Sequence[Question]
    description: str = ""
    credit: str = "net-correct"
    shuffle: bool = True
    digest: str = ""
    file: str = ""
    retention: float | None = None
    new_per_day: int | None = None
    formerly: tuple[str, ...] = ()
    language: str = ""
    draw: tuple[Section, ...] = ()
    keyless: bool = False
    parent: str = ""
    includes: tuple[tuple[str, str], ...] = ()

    @property
    def headings(self) -> Sequence[QuestionHeading | Question]:
        """What says which of its questions are asked, at no more than that costs."""
        questions = self.questions
        return questions.headings if isinstance(questions, CompiledQuestions) else questions

    def question(self, id: str) -> Question:
        """The question with this id. Raises KeyError where there is none."""
        for at, heading in enumerate(self.headings):
            if heading.id == id:
                return self.questions[at]
        raise KeyError(id)
