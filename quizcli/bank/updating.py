"""A bank that was imported, brought up to date with its edited source: what changed there is taken
over, what was added here stays, and every other question is left as its author wrote it.

Behind the id of an imported question stands what it was called by its source, and a digest of what
came from there: ``# from nile 3f2a9c01``.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.faults import BankError
from quizcli.bank.nodes import read_tree, text_of
from quizcli.bank.plain import plain_node, plain_texts
from quizcli.bank.question_matching import OldQuestion, free_id, matched
from quizcli.bank.question_merging import conflicts, held_in, merged, with_own_numbers, without_unit
from quizcli.bank.yaml_text import bank_text, question_text
from quizcli.quiz.kinds.base import opaque
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from quizcli.bank.nodes import Node

_NOTE = re.compile(r"#\s*from ([a-z0-9][a-z0-9_-]*) ([0-9a-f]{8})\s*$")


class QuestionChange(NamedTuple):
    """What became of a question."""

    id: str
    what: str


class BankUpdate(NamedTuple):
    """The text of a bank, what changed in it; whether something of it was ``written``, and whether
    all of it was written anew."""

    text: str
    changes: tuple[QuestionChange, ...]
    written: bool = True
    rewritten: bool = False


class ExportedQuestions(NamedTuple):
    """What an export of the bank says, read again, and the ids that it gives itself; ``of`` is what
    an export of one question alone says, by its id."""

    questions: list[dict[str, Any]]
    named: Set[str]
    of: Callable[[str], list[dict[str, Any]]]


class _Edit(NamedTuple):
    """A question as it is to be, and what stands behind its id, "" where its lines are left as they
    are; ``place`` is where it stands in the bank, -1 for a new one."""

    question: dict[str, Any]
    note: str = ""
    place: int = -1


def origin_note(id: str, question: Mapping[str, Any]) -> str:
    """What stands behind the id of an imported question."""
    return f"from {id} {_digest(question)}"


def updated(
    data: bytes,
    file: str,
    source: Sequence[Mapping[str, Any]],
    named: Set[str],
    exports: Sequence[ExportedQuestions] = (),
) -> BankUpdate:
    """A bank's file with the questions of its edited source; ``named`` are the ids that the source
    gave itself. A question that says what one of the bank's own ``exports`` says was not edited
    there, however much the format could not hold of it. Raises BankError."""
    root = read_tree(data, file)
    text = text_of(data, file)
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    nodes = root.listed("questions")
    olds = [_old(node, lines) for node in nodes]
    news = [plain_texts(question) for question in source]
    exported = _exported(olds, exports)
    pairs = matched(olds, news, named, exported)
    changes: list[QuestionChange] = []
    language = _plain(root).get("language", "")
    edits = _edits(olds, news, pairs, changes, language, exported)
    if not any(edit.note for edit in edits):
        return BankUpdate(text, tuple(changes), written=False)
    whole = _plain(root) | {"questions": [edit.question for edit in edits]}
    spliced = _spliced(lines, nodes, edits)
    if spliced and _reads_as(spliced, whole):
        return BankUpdate(spliced.replace("\n", end), tuple(changes))
    notes = {old.question["id"]: f"from {old.key} {old.digest}" for old in olds if old.key}
    notes |= {edit.question["id"]: edit.note for edit in edits if edit.note}
    return BankUpdate(bank_text(whole, notes), tuple(changes), rewritten=True)


def _exported(
    olds: Sequence[OldQuestion], exports: Sequence[ExportedQuestions]
) -> dict[int, list[dict[str, Any]]]:
    """What each export says of a question, by its place in the bank."""
    found: dict[int, list[dict[str, Any]]] = {}
    for export in exports:
        said = [plain_texts(question) for question in export.questions]
        pairs = matched(olds, said, export.named)
        for n, place in pairs.items():
            found.setdefault(place, []).append(said[n])
        left = len(said) - len(pairs)
        # Which these are is not known by an id or their words, so each question is written alone:
        # first those of which nothing is known, then those that may have become several.
        paired = {*pairs.values()}
        for place in sorted(range(len(olds)), key=lambda at: at in paired):
            if left <= 0:
                break
            alone = map(plain_texts, export.of(olds[place].question["id"]))
            known = {*map(_digest, found.get(place, ()))}
            if new := [each for each in alone if _digest(each) not in known]:
                found.setdefault(place, []).extend(new)
                left -= len(new)
    return found


def _with_own_words(
    old: Mapping[str, Any], new: dict[str, Any], exported: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """A question of the source with the words of the bank wherever it says what an export does."""
    return {
        name: old[name] if name in old and said in [each.get(name) for each in exported] else said
        for name, said in new.items()
    }


def _plain(node: Node) -> Any:
    """What stands in a tree, without the line ends and spaces behind a text: no bank has them once
    it is read, and no source says them, so a text in a block is the same as one on its line."""
    return _bare(plain_node(node))


def _bare(said: Any) -> Any:
    if isinstance(said, str):
        return said.rstrip("\n ")
    if isinstance(said, list):
        return [_bare(each) for each in said]
    return {name: _bare(each) for name, each in said.items()}


def _old(node: Node, lines: Sequence[str]) -> OldQuestion:
    note = _NOTE.search(lines[node.child("id").line - 1])
    return OldQuestion(_plain(node), note[1] if note else "", note[2] if note else "")


def _edits(
    olds: Sequence[OldQuestion],
    news: Sequence[dict[str, Any]],
    pairs: Mapping[int, int],
    changes: list[QuestionChange],
    language: str,
    exported: Mapping[int, Sequence[dict[str, Any]]],
) -> list[_Edit]:
    """All questions in the order of the bank, each new one behind the one that stands before it in
    the source."""
    edits = {place: _Edit(old.question, place=place) for place, old in enumerate(olds)}
    behind: dict[int, list[_Edit]] = {}
    taken = {id for old in olds for id in (old.question["id"], *old.question.get("formerly", ()))}
    place, held = -1, held_in(news)
    for n, new in enumerate(news):
        if n in pairs:
            place = pairs[n]
            old, ours = olds[place].question, exported.get(place, ())
            if _digest(new) in {olds[place].digest, *map(_digest, ours)}:
                continue
            if new["kind"] == "card" != old["kind"] and ours:
                change = QuestionChange(old["id"], _of_its_card(new, ours))
                changes += [change] if change not in changes else []
                continue
            own = _with_own_words(old, without_unit(old, new), ours)
            own = with_own_numbers(old, own, language)
            edits[place] = _edit(olds[place], own, place, changes, held)
            continue
        id = free_id(new["id"], taken)
        behind.setdefault(place, []).append(_Edit(new | {"id": id}, origin_note(new["id"], new)))
        changes.append(QuestionChange(id, "new"))
    # Of those alone that an export would have.
    expected = {*exported} or {*range(len(olds))}
    gone = [olds[place].question["id"] for place in sorted(expected - {*pairs.values()})]
    changes += [QuestionChange(id, "no longer in the source; kept") for id in gone]
    if gone:  # one of these may be what a new one was before it was edited
        what = "new: it matches no question here"
        changes[:] = [each._replace(what=what) if each.what == "new" else each for each in changes]
    order = behind.get(-1, [])
    for place in range(len(olds)):
        order += [edits[place], *behind.get(place, ())]
    return order


def _of_its_card(new: Mapping[str, Any], exported: Sequence[Mapping[str, Any]]) -> str:
    """What is told of a question whose flashcard was edited: that has two sides, and no place for
    what else the question holds."""
    known = [[each.get(name) for each in exported] for name in new]
    edited = [name for name, said in zip(new, known, strict=True) if new[name] not in said]
    fields = listed([name for name in edited if name != "id"] or ["front and back"])
    return f"{fields} of its flashcard changed; edit the question here"


def _edit(
    old: OldQuestion,
    new: dict[str, Any],
    place: int,
    changes: list[QuestionChange],
    held: Set[str],
) -> _Edit:
    """What becomes of a question of which the source says something."""
    digest = _digest(new)
    if old.digest == digest:
        return _Edit(old.question, place=place)
    question = merged(old.question, new, held)
    names = dict.fromkeys((*question, *old.question))
    fields = [name for name in names if question.get(name) != old.question.get(name)]
    if fields:
        both = old.digest and conflicts(old.question, old.digest, _digest, held)
        more = "; it was edited here as well, and the source's version was used" if both else ""
        changes.append(QuestionChange(question["id"], f"{listed(fields)} changed{more}"))
    # One that was written here, and is the same, needs no note.
    return _Edit(question, origin_note(new["id"], new) if fields or old.key else "", place)


def _spliced(lines: Sequence[str], nodes: Sequence[Node], edits: Sequence[_Edit]) -> str:
    """The file with the lines of those questions alone replaced that changed; "" where questions do
    not stand on lines of their own."""
    starts = [node.line - 1 for node in nodes]
    firsts = [lines[start] for start in starts]
    if not nodes or any(not re.match(r" *- +[a-z_]+:", first) for first in firsts):
        return ""
    indent = firsts[0][: len(firsts[0]) - len(firsts[0].lstrip())]
    ends = [_end(lines, a, b, len(indent)) for a, b in pairwise([*starts, len(lines)])]
    written = list(lines[: starts[0]])
    for n, edit in enumerate(edits):
        own = question_text(edit.question, indent, edit.note).rstrip("\n") if edit.note else ""
        if edit.place < 0:
            written += [own, ""] if n == 0 else ["", own]
            continue
        if edit.place:
            written += lines[ends[edit.place - 1] : starts[edit.place]]
        written += [own] if own else lines[starts[edit.place] : ends[edit.place]]
    return "\n".join([*written, *lines[ends[-1] :]])


def _end(lines: Sequence[str], start: int, stop: int, indent: int) -> int:
    """Where the lines of a question end: before what stands less deep, and before the remarks and
    empty lines that belong to what follows."""
    for at in range(start + 1, stop):
        line = lines[at]
        bare = line.lstrip()
        if bare and not bare.startswith("#") and len(line) - len(bare) <= indent:
            stop = at
            break
    while stop > start + 1:
        line = lines[stop - 1]
        bare = line.lstrip()
        if bare and not (bare.startswith("#") and len(line) - len(bare) <= indent):
            break
        stop -= 1
    return stop


def _reads_as(text: str, whole: Mapping[str, Any]) -> bool:
    try:
        return bool(_plain(read_tree(text.encode(), "bank")) == whole)
    except BankError:
        return False


def _digest(question: Mapping[str, Any]) -> str:
    fields = {name: said for name, said in plain_texts(question).items() if name != "id"}
    return opaque(json.dumps(fields, ensure_ascii=False))
