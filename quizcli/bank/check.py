"""The static checks of ``bank check``: what reading refuses, and what reading cannot know.

What an experiment understands is handed in, since a bank does not reach into the laboratory.
Notes are about a bank's quality and never fail it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from quizcli.bank.faults import BankError, Fault, Level
from quizcli.bank.read import read_bank
from quizcli.bank.shelf import SUFFIXES, read_bytes
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from quizcli.quiz.model import Bank, Question

# experiment name, parameters, claims by option id -> (option id or "", sentence with its mend)
DemoCheck = Callable[[str, Mapping[str, object], Mapping[str, object]], list[tuple[str, str]]]

# A negation in the sentence that asks; elsewhere in a prompt it is plain information.
_NEGATIVE = re.compile(r"\b(not|except|never)\b[^.?!]*\?\s*\Z", re.IGNORECASE)
_ALL_OF = re.compile(r"\b(all|none|both|neither) of (the )?(above|these|below)\b", re.IGNORECASE)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Fewer questions than these show no habit of their author.
_ENOUGH = 4


def check_bank(data: bytes, file: str, demo: DemoCheck) -> list[Fault]:
    """Every fault of a bank, or, where there is none, the notes on it; in the file's order."""
    try:
        bank = read_bank(data, file)
    except BankError as error:
        return error.faults
    found = [*_demo_faults(bank, demo), *_notes(bank)]
    return sorted(found, key=lambda fault: (fault.place.line, fault.place.column))


def check_files(paths: Iterable[Path], demo: DemoCheck) -> list[tuple[str, list[Fault]]]:
    """(file, faults and notes) for each file, and for each bank within each folder.

    A bank's id must be its own among the files checked together.
    """
    checked: list[tuple[str, list[Fault]]] = []
    first: dict[str, str] = {}
    for file in _files(paths):
        name = file.as_posix()
        try:
            data = read_bytes(file)
        except BankError as error:
            checked.append((name, error.faults))
            continue
        faults = check_bank(data, name, demo)
        if not any(fault.level is Level.FAULT for fault in faults):
            id = read_bank(data, name).id
            if id in first:
                what = f"the bank '{id}' is in {first[id]} as well"
                fix = "give each bank its own id"
                faults.insert(0, Fault(Place(name, 1, 1), "duplicate-bank", what, fix))
            first.setdefault(id, name)
        checked.append((name, faults))
    return checked


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES)
        else:
            yield path


def _demo_faults(bank: Bank, demo: DemoCheck) -> Iterator[Fault]:
    for question in bank.questions:
        if question.demo is None:
            for option in question.options:
                if option.claim is not None:
                    what = f"option '{option.id}' has a claim, and the question no experiment"
                    fix = "add 'demo: …' to the question, or drop the claim"
                    yield Fault(option.place, "claim-unused", what, fix, Level.NOTE)
            continue
        claims = {option.id: option.claim for option in question.options if option.claim}
        for option in question.options:
            if not option.claim:
                what = f"option '{option.id}' has no claim for the experiment to test"
                fix = "add 'claim: {…}', or drop the question's 'demo'"
                yield Fault(option.place, "claim", what, fix)
        for id, sentence in demo(question.demo.name, question.demo.parameters, claims):
            what, _, fix = sentence.partition(" — ")
            place = question.option(id).place if id else question.place
            yield Fault(place, "claim" if id else "demo", what, fix or "see quizcli demo")


def _notes(bank: Bank) -> Iterator[Fault]:
    for question in bank.questions:
        negative = _NEGATIVE.search(question.prompt)
        if negative:
            what = f"the prompt asks by negation ('{negative[1]}')"
            yield _note(question, "negative", what, "ask for what is so, where you can")
        for option in question.options:
            if _ALL_OF.search(option.text):
                what = f"option '{option.id}' refers to the others"
                fix = "they are shuffled; say what it asserts"
                yield Fault(option.place, "all-of-the-above", what, fix, Level.NOTE)
        if _BIDI.search(question.prompt + "".join(option.text for option in question.options)):
            what = "a text changes the writing direction with a hidden character"
            yield _note(question, "bidi", what, "take it out, unless you know why it is there")
    yield from _habits(bank)


def _note(question: Question, code: str, what: str, fix: str) -> Fault:
    return Fault(question.place, code, what, fix, Level.NOTE)


def _habits(bank: Bank) -> Iterator[Fault]:
    """What a test-wise learner would notice: the key is the longest, or always in one place."""
    choices = [q for q in bank.questions if KINDS[q.kind].shuffles and len(q.key) == 1]
    if len(choices) < _ENOUGH:
        return
    longest = sum(_key_is_longest(question) for question in choices)
    if longest == len(choices):
        what = f"the key is the longest option in all {longest} single choices"
        yield _note(choices[0], "longest-key", what, "make some wrong options as long")
    places = {
        next(i for i, option in enumerate(question.options) if option.correct)
        for question in choices
    }
    if len(places) == 1:
        what = f"the key is option {places.pop() + 1} in all {len(choices)} single choices"
        yield _note(choices[0], "same-place", what, "move it about: not everybody shuffles")


def _key_is_longest(question: Question) -> bool:
    lengths = sorted((len(option.text), option.correct) for option in question.options)
    return lengths[-1][1] and lengths[-1][0] > lengths[-2][0]
