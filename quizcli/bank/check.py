"""The static checks of ``bank check``: what reading refuses, and what reading cannot know.

What an experiment understands is handed in, since a bank does not reach into the laboratory.
Notes are about a bank's quality and never fail it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.addresses import real_path
from quizcli.bank.draws import draw_faults, note_on
from quizcli.bank.faults import NO_BANK, SUFFIXES, BankError, Fault, Level
from quizcli.bank.habits import habits
from quizcli.bank.losses import losses
from quizcli.bank.nodes import read_tree, text_of
from quizcli.bank.read import bank_in
from quizcli.bank.scenarios import scenario_faults, unused_notes
from quizcli.bank.shelf import read_bytes
from quizcli.bank.sound import sound_part
from quizcli.bank.texts import option_notes, text_notes
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.model import Place
from quizcli.quiz.shuffle import is_shuffled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quizcli.bank.draws import DemoCheck
    from quizcli.bank.nodes import Node
    from quizcli.bank.texts import Notation
    from quizcli.quiz.model import Bank, Option, Question

# A negation in the sentence that asks; elsewhere in a prompt it is plain information.
_NEGATIVE = re.compile(r"\b(\w+n['’]t|cannot|not|except|never)\b", re.IGNORECASE)
_ALL_OF = re.compile(r"\b(all|none|both|neither) of (the )?(above|these|below)\b", re.IGNORECASE)
UNREAD = " (nothing else in this file has been checked yet)"
# Faults of a file behind which there is nothing to check.
_ALL_TOLD = {"empty", "too-big"}


def check_bank(
    data: bytes, file: str, demo: DemoCheck, notation: Notation | None = None
) -> list[Fault]:
    """Every fault of a bank, or, where there is none, the notes on it; in the file's order."""
    return _checked(data, file, demo, notation)[1]


def _checked(
    data: bytes, file: str, demo: DemoCheck, notation: Notation | None
) -> tuple[Bank | None, list[Fault]]:
    try:
        root = read_tree(data, file)
    except BankError as error:
        *others, last = error.faults
        more = "" if last.code in _ALL_TOLD else UNREAD
        return None, [*others, last._replace(fix=last.fix + more)]
    try:
        bank = bank_in(root, file, data)
    except BankError as error:
        rest = _of_the_sound(root, data, file, demo, error.faults)
        return None, sorted([*error.faults, *rest], key=lambda fault: fault.place)
    # What it includes are banks of their own, each with its own tree.
    own = bank._replace(questions=bank.questions[: len(root.listed("questions"))])
    found = [*_demo_faults(own, root, demo), *draw_faults(own, demo)]
    found += scenario_faults(own, root)
    source = text_of(data, file).split("\n")
    found += [*_notes(own, root, notation, source), *losses(root, file, source)]
    found += unused_notes(own, root)
    return bank, sorted(found, key=lambda fault: (fault.place.line, fault.place.column))


def _of_the_sound(
    root: Node, data: bytes, file: str, demo: DemoCheck, faults: Sequence[Fault]
) -> list[Fault]:
    """What only a bank that was read can be asked, asked of the questions without ``faults``."""
    if not root.is_map:
        return []
    rest = sound_part(root, faults, file)
    try:
        bank = bank_in(rest, file, data)
    except BankError:  # none is sound, or what they share is not
        return []
    found = [*_demo_faults(bank, rest, demo), *draw_faults(bank, demo)]
    found += scenario_faults(bank, rest)
    return [fault for fault in found if fault.level is Level.FAULT]


def bank_files(paths: Iterable[Path]) -> list[Path]:
    """The files among these and in folders among these."""
    return list(_files(paths, set()))


def check_files(
    paths: Iterable[Path], demo: DemoCheck, notation: Notation | None = None
) -> list[tuple[str, list[Fault]]]:
    """(file, faults and notes) for each file, for each bank within each folder, and for what these
    include.

    A bank's id must be its own among the files checked together, and a folder must hold one. A
    fault is told once, also where it is in several banks.
    """
    paths = list(paths)
    checked = [(path.as_posix(), [_no_bank(path)]) for path in paths if _is_without(path)]
    first: dict[str, str] = {}
    former: list[tuple[str, str, list[Fault]]] = []
    seen: set[Path] = set()
    waiting = list(_files(paths, seen))
    for file in waiting:  # which grows by what is included
        name = file.as_posix()
        try:
            data = read_bytes(file)
        except BankError as error:
            checked.append((name, error.faults))
            continue
        bank, faults = _checked(data, name, demo, notation)
        if bank:
            if bank.id in first:
                what = f"the bank id '{bank.id}' is also used in {first[bank.id]}"
                fix = "give each bank its own id"
                faults.insert(0, Fault(Place(name, 1, 1), "duplicate-bank", what, fix))
            first.setdefault(bank.id, name)
            former += [(id, name, faults) for id in bank.formerly]
            included = (Path(name) for name, _ in bank.includes)
            waiting += _files([file for file in included if file.is_file()], seen)
        checked.append((name, faults))
    _check_former(former, first)
    # By a fault's place, code and words: a file that is included was read more than once.
    found: dict[str, dict[tuple[object, ...], Fault]] = {name: {} for name, _ in checked}
    for fault in (fault for _, faults in checked for fault in faults):
        found.setdefault(fault.place.file, {}).setdefault(fault[:3], fault)
    return [(name, list(faults.values())) for name, faults in found.items()]


def _check_former(former: list[tuple[str, str, list[Fault]]], present: dict[str, str]) -> None:
    """A bank's former id is no bank's present one, and was one bank's alone."""
    claimed: dict[str, str] = {}
    for id, name, faults in former:
        if id in present:
            what = f"its former id '{id}' is now the id of {present[id]}"
            fix = "remove it from 'formerly', or give that bank another id"
            faults.insert(0, Fault(Place(name, 1, 1), "formerly", what, fix))
        elif claimed.setdefault(id, name) != name:
            what = f"its former id '{id}' is also listed in {claimed[id]}"
            faults.insert(0, Fault(Place(name, 1, 1), "formerly", what, "keep it in one of them"))


def _is_without(path: Path) -> bool:
    return path.is_dir() and not _banks_under(path)


def _no_bank(folder: Path) -> Fault:
    fix = "name a folder that does, or list all banks: quizcli bank list"
    return Fault(Place(folder.as_posix(), 1, 1), NO_BANK, "this folder contains no bank", fix)


def _files(paths: Iterable[Path], seen: set[Path]) -> Iterator[Path]:
    """Each file once, however often it is named, and none of those ``seen``; within folders none
    that is hidden."""
    for path in paths:
        for file in _banks_under(path) if path.is_dir() else [path]:
            if (real := real_path(file)) not in seen:
                seen.add(real)
                yield file


def _banks_under(folder: Path) -> list[Path]:
    found = []
    for place, folders, names in os.walk(folder):  # a folder that is deleted meanwhile is left out
        folders[:] = [name for name in folders if not name.startswith(".")]
        files = [Path(place, name) for name in names if not name.startswith(".")]
        found += [file for file in files if file.suffix in SUFFIXES]
    return sorted(found)


def _demo_faults(bank: Bank, root: Node, demo: DemoCheck) -> Iterator[Fault]:
    # Only the tree knows where claims and experiments stand.
    for written, node in zip(bank.questions, root.listed("questions"), strict=True):
        if not kind_of(written).graded:
            continue
        question = usual(written)
        sides = kind_of(question).sides(question)
        nodes = zip(sides, _claims(node, sides), strict=True)
        places = {side.id: _at(own, bank) for side, own in nodes}
        claims = {side.id: side.claim for side in sides if side.claim}
        if question.demo is None:
            yield from (_unused(id, places[id]) for id in claims)
            continue
        for side in sides:
            if not side.claim:
                at = side.place if question.options else places[side.id]
                what = f"{_side(question)} '{side.id}' has no claim for the experiment to test"
                fix = "add 'claim: {…}', or remove the question's 'demo'"
                yield Fault(at, "claim", what, fix)
        places[""] = _at(node.child("demo"), bank)
        if not sides:
            fix = "add a 'claim' to one of the anticipated answers, or remove 'demo'"
            yield Fault(places[""], "claim", "no answer has a claim that 'demo' could test", fix)
        for id, what, fix in demo(question.demo.name, question.demo.parameters, claims):
            yield Fault(places[id], "claim" if id else "demo", what, fix)


def _claims(node: Node, sides: Sequence[Option]) -> list[Node]:
    """Where the claim of each side stands: with its option, or with the question."""
    written = sides and sides[0].place.line
    options = _own(node, "options").items or [] if written else []
    return [_own(option, "claim") for option in options] or [_own(node, "claim")] * len(sides)


def _own(node: Node, name: str) -> Node:
    """The value under a key; the mapping itself where it has no such key."""
    items = node.items or []
    pairs = zip(items[::2], items[1::2], strict=True)
    return next((value for key, value in pairs if key.text == name), node)


def _side(question: Question) -> str:
    return "option" if question.options else "the answer"


def _unused(option: str, place: Place) -> Fault:
    what = f"'{option}' has a claim, but the question has no experiment"
    fix = "add 'demo: …' to the question, or remove the claim"
    return Fault(place, "claim-unused", what, fix, Level.NOTE)


def _at(node: Node, bank: Bank) -> Place:
    return Place(bank.file, node.line, node.column)


def _notes(
    bank: Bank, root: Node, notation: Notation | None, source: Sequence[str]
) -> Iterator[Fault]:
    yield from text_notes(bank, root, notation, source)
    for question in bank.questions:
        yield from option_notes(question, notation)
        negative = _NEGATIVE.search(_last_question(question.prompt))
        if negative:
            what = f"the prompt is phrased negatively ('{negative[1]}')"
            yield note_on(question, "negative", what, "ask for what is true, if you can")
        if not question.keyless:
            for what, fix in kind_of(question).telling(question):
                yield note_on(question, "telling-id", what, fix)
        if _stands_solved(question, bank):
            what = "shuffling is off, and the question shows the right order"
            yield note_on(
                question, "solved", what, "turn on shuffling, or write the items in another order"
            )
        for option in question.options:
            if _ALL_OF.search(option.text) and not option.last and is_shuffled(question, bank):
                what = f"option '{option.id}' refers to the others"
                fix = "options are shuffled, so say what this one means by itself"
                yield Fault(option.place, "all-of-the-above", what, fix, Level.NOTE)
    yield from habits(bank)


def _last_question(prompt: str) -> str:
    """The last sentence, where it asks; else nothing. (One pattern for both would look through the
    rest of the prompt at each word.)"""
    prompt = prompt.rstrip()
    if not prompt.endswith(("?", ":")):
        return ""
    return re.split("[.?!]", prompt[:-1])[-1]


def _stands_solved(question: Question, bank: Bank) -> bool:
    """Whether the order in which its parts always stand is the right one, by chance."""
    kind = kind_of(question)
    if kind.form not in {"pairs", "order"} or not kind.graded or is_shuffled(question, bank):
        return False
    shown = tuple(part.id for part in kind.parts(question))
    letters = re.sub("[^a-z]", "", kind.line(question, shown, kind.key(question)))
    return letters == "".join(sorted(set(letters)))
