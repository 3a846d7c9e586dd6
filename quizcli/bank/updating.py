"""A bank that was imported, brought up to date with its edited source: what changed there is taken
over, what was added here stays, and every other question is left as its author wrote it.

Behind the id of an imported question stands what it was called by its source, and a digest of what
came from there: ``# from nile 3f2a9c01``.
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.bank.faults import BankError
from quizcli.bank.nodes import read_tree, text_of
from quizcli.bank.plain import plain_texts
from quizcli.bank.question_matching import OldQuestion, free_id, matched
from quizcli.bank.question_merging import (
    held_in,
    is_as_it_came,
    merged,
    with_own_numbers,
    without_unit,
)
from quizcli.bank.three_way import as_it_came, with_own
from quizcli.bank.yaml_edits import NOTE, QuestionEdit, plain, with_edits
from quizcli.bank.yaml_text import bank_text
from quizcli.quiz.kinds.base import opaque
from quizcli.report.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence, Set

    from quizcli.bank.nodes import Node


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
    language = plain(root).get("language", "")
    edits = _edits(olds, news, pairs, changes, language, exported)
    if not any(edit.note for edit in edits):
        return BankUpdate(text, tuple(changes), written=False)
    whole = plain(root) | {"questions": [edit.question for edit in edits]}
    for keeping in (True, False):
        edited = with_edits(lines, nodes, edits, keeping=keeping)
        if edited and _reads_as(edited, whole):
            return BankUpdate(edited.replace("\n", end), tuple(changes))
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


def _old(node: Node, lines: Sequence[str]) -> OldQuestion:
    note = NOTE.search(lines[node.child("id").line - 1])
    return OldQuestion(plain(node), note[1] if note else "", note[2] if note else "")


def _edits(
    olds: Sequence[OldQuestion],
    news: Sequence[dict[str, Any]],
    pairs: Mapping[int, int],
    changes: list[QuestionChange],
    language: str,
    exported: Mapping[int, Sequence[dict[str, Any]]],
) -> list[QuestionEdit]:
    """All questions in the order of the bank, each new one behind the one that stands before it in
    the source."""
    edits = {place: QuestionEdit(old.question, place=place) for place, old in enumerate(olds)}
    behind: dict[int, list[QuestionEdit]] = {}
    taken = {id for old in olds for id in (old.question["id"], *old.question.get("formerly", ()))}
    place, held = -1, held_in(news)
    for n, new in enumerate(news):
        if n in pairs:
            place = pairs[n]
            old, ours = olds[place].question, exported.get(place, ())
            bare, *came = (without_unit(old, each) for each in (new, *ours))
            is_known = _digest(new) in map(_digest, ours)
            if is_known or any(_is(each, olds[place].digest) for each in (new, bare)):
                continue
            if new["kind"] == "card" != old["kind"] and ours:
                change = QuestionChange(old["id"], _of_its_card(new, ours))
                changes += [change] if change not in changes else []
                continue
            before = _came(olds[place], bare)
            came += before
            own = with_own(old, bare, came) if came else bare
            own = with_own_numbers(old, own, language)
            note = origin_note(new["id"], new)
            edits[place] = _edit(olds[place], own, note, place, changes, held, known=bool(before))
            continue
        id = free_id(new["id"], taken)
        behind.setdefault(place, []).append(
            QuestionEdit(new | {"id": id}, origin_note(new["id"], new))
        )
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
    note: str,
    place: int,
    changes: list[QuestionChange],
    held: Set[str],
    *,
    known: bool,
) -> QuestionEdit:
    """What becomes of a question of which the source says something; ``known`` if what it said
    before is."""
    if _is(new, old.digest):
        return QuestionEdit(old.question, place=place)
    question = merged(old.question, new, held)
    names = dict.fromkeys((*question, *old.question))
    fields = [name for name in names if question.get(name) != old.question.get(name)]
    if fields:
        both = old.digest and not (
            known or is_as_it_came(old.question, held, partial(_is, digest=old.digest))
        )
        more = "; it was edited here as well, and the source's version was used" if both else ""
        changes.append(QuestionChange(question["id"], f"{listed(fields)} changed{more}"))
    # One that was written here, and is the same, needs no note.
    return QuestionEdit(question, note if fields or old.key else "", place)


def _came(old: OldQuestion, new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the source said of an imported question, if that can be known."""
    came = old.digest and as_it_came(old.question, new, partial(_is, digest=old.digest))
    return [came] if came else []


def _reads_as(text: str, whole: Mapping[str, Any]) -> bool:
    try:
        return bool(plain(read_tree(text.encode(), "bank")) == whole)
    except BankError:
        return False


def _digest(question: Mapping[str, Any], *, ordered: bool = False) -> str:
    fields = {name: said for name, said in plain_texts(question).items() if name != "id"}
    return opaque(json.dumps(fields, ensure_ascii=False, sort_keys=not ordered))


def _is(question: Mapping[str, Any], digest: str) -> bool:
    """Whether a question has this digest, which those of older banks have by its fields' order."""
    return digest in {_digest(question), _digest(question, ordered=True)}
