"""The checks of a question that varies: what is wrong under some draw, and what gives its key away
under every one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from quizcli.bank.alike import alike
from quizcli.bank.faults import Fault, Level
from quizcli.bank.figures import columns
from quizcli.bank.shapes import MAX_FIGURE_COLUMNS
from quizcli.quiz.drawing import drawn, variables_of
from quizcli.quiz.kinds import kind_of
from quizcli.report.numbers import real

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from quizcli.quiz.model import Bank, Option, Question, Value

    Values = Mapping[str, Value]
    # experiment name, parameters, claims by option id -> (option id or "", what, fix)
    DemoCheck = Callable[[str, Values, Mapping[str, Values]], list[tuple[str, str, str]]]

# Draws of a question that are checked; where there are no more, all of them.
DRAWS = 100


class Wrong(NamedTuple):
    """What is wrong under a draw. The same about the same parts is told once a question."""

    what: str
    fix: str
    about: tuple[str, ...] = ()


def draw_faults(bank: Bank, demo: DemoCheck) -> Iterator[Fault]:
    """What is wrong with a question under some of its draws, told with the first of them; where
    nothing is, notes on what its draws have in common."""
    for question in bank.questions:
        variables = variables_of(question)
        if variables is None:
            continue
        told: set[tuple[str, ...]] = set()
        draws: list[Question] = []
        every: list[dict[str, str]] = []
        with suppress(ValueError):  # what cannot be reckoned is told of its draw
            every = variables.every(DRAWS)
        for number in range(len(every) or DRAWS):
            values: dict[str, str] = {}
            try:
                values = every[number] if every else variables.draw(number, bank.id, question.id)
                draws.append(drawn(question, values))
                wrong = list(_wrong(draws[-1], demo))
            except ValueError as error:
                wrong = [Wrong(str(error), "change the variables, or the texts that use them")]
            under = ", ".join(f"{name} = {value}" for name, value in values.items())
            for each in wrong:
                if (each.fix, *each.about) not in told:
                    told.add((each.fix, *each.about))
                    said = f"with {under}: {each.what}" if under else each.what
                    yield Fault(question.place, "draw", said, each.fix)
        if not told:
            yield from _telling(question, draws)


def _wrong(question: Question, demo: DemoCheck) -> Iterator[Wrong]:
    kind = kind_of(question)
    for fault in () if question.keyless else kind.faults(question):
        yield Wrong(fault.what, fault.fix)
    for first, part in alike(kind.parts(question)):
        what = f"'{first.id}' and '{part.id}' look the same: '{part.text[:60]}'"
        yield Wrong(what, "rule that out with 'where'", (first.id, part.id))
    if question.figure:
        widest = max(map(columns, question.figure.text.splitlines()), default=0)
        if widest > MAX_FIGURE_COLUMNS:
            yield Wrong(
                f"the figure is {widest} columns wide", f"keep it within {MAX_FIGURE_COLUMNS}"
            )
    claims = {side.id: side.claim for side in kind.sides(question) if side.claim}
    if question.demo:
        for side, what, fix in demo(question.demo.name, question.demo.parameters, claims):
            yield Wrong(what, fix, (side,))


def _telling(written: Question, draws: list[Question]) -> Iterator[Fault]:
    """What gives the key of a single choice away whatever is drawn: that it is the longest option,
    or that its number has always the same rank."""
    kind = kind_of(written)
    if not kind.chooses or kind.several or not kind.shuffles or written.keyless:
        return
    keys = [next(option for option in each.options if option.correct) for each in draws]
    if len({key.text for key in keys}) == 1:
        return
    pairs = list(zip(keys, draws, strict=True))
    ranks = {_rank(key, each) for key, each in pairs}
    if None in ranks:  # words: their length tells
        if all(_is_longest(key, each) for key, each in pairs):
            what = f"the key is the longest option in each of {len(draws)} draws"
            yield note_on(written, "longest-key", what, "make some wrong options just as long")
    elif len(ranks) == 1:
        (rank,), n = ranks, len(written.options)
        named = {1: "the smallest", n: "the largest"}.get(rank or 0, f"number {rank} by size")
        what = f"of the {n} numbers to choose from, the key is {named} in every draw"
        yield note_on(written, "same-rank", what, "draw wrong options on both sides of it")


def _is_longest(key: Option, question: Question) -> bool:
    return all(len(each.text) < len(key.text) for each in question.options if each is not key)


def _rank(key: Option, question: Question) -> int | None:
    """The place of the key by size, from 1; None where not every option is a number."""
    numbers = {option.id: _number(option.text) for option in question.options}
    own = numbers[key.id]
    known = [number for number in numbers.values() if number is not None]
    if own is None or len(known) < len(numbers):
        return None
    return 1 + sum(number < own for number in known)


def _number(text: str) -> float | None:
    return real(text.replace(",", "").strip("${}"), float("-inf"), float("inf"))


def note_on(question: Question, code: str, what: str, fix: str) -> Fault:
    """A note on a question, where the question begins."""
    return Fault(question.place, code, what, fix, Level.NOTE)
