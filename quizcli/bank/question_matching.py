"""Which question of an edited source is which of the bank that was made of it: by the id that the
source gives, by what it asks, by its title, and at last by its place."""

from __future__ import annotations

import json
import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.quiz.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set

    # What exports of the bank say of its questions, by their places.
    Exported = Mapping[int, Sequence[Mapping[str, Any]]]

_ALIKE = 0.6  # of the words: the same question, edited
_IN_A_GAP = 40  # questions beside each other that are compared; of more, too many look alike
# "Q1", "Question 12": a question that is put in before it takes its title over.
_NUMBERED = re.compile(r"\D{0,12}\d+\W*\Z")
_NOTHING: Exported = MappingProxyType({})


class OldQuestion(NamedTuple):
    """A question of the bank; ``key`` is what its source called it and ``digest`` that of what came
    from there, "" for one that was written here."""

    question: dict[str, Any]
    key: str = ""
    digest: str = ""


def matched(
    olds: Sequence[OldQuestion],
    news: Sequence[Mapping[str, Any]],
    named: Set[str],
    exported: Exported = _NOTHING,
) -> dict[int, int]:
    """The places of questions in the bank by their places in the source. A question that asks what
    an export of the bank asks for one of it is that one."""
    pairs: dict[int, int] = {}

    def pair(
        of_new: Callable[[Mapping[str, Any]], Hashable],
        of_old: Callable[[int], Sequence[Hashable]],
        taken: Set[int] = frozenset(),
    ) -> None:
        """Pair what is left and has the same mark, where one alone has it on either side; and with
        places that are ``taken``, one of which may have become several."""
        left = [n for n in range(len(news)) if n not in pairs]
        free = sorted(set(range(len(olds))) - set(pairs.values()) | taken)
        marks = [(mark, n) for n in left if (mark := of_new(news[n])) is not None]
        there = [(mark, n) for n in free for mark in of_old(n)]
        counts = Counter(mark for mark, _ in marks), Counter(mark for mark, _ in there)
        places = dict(there)
        for mark, n in marks:
            if counts[0][mark] == counts[1][mark] == 1:
                pairs[n] = places[mark]

    keys = [_key(old) for old in olds]
    asked = [_asked(old.question) for old in olds]
    pair(lambda new: new["id"] if new["id"] in named else None, lambda at: [keys[at]])
    pair(
        lambda new: new["id"] if new["id"] in named else None,
        lambda at: [*{each["id"] for each in exported.get(at, ())}],
        exported.keys(),
    )
    pair(lambda new: (new["id"], _asked(new)), lambda at: [(keys[at], asked[at])])
    pair(_asked, lambda at: [asked[at]])
    # What an export makes of a question: flashcards, for one, or a text without its formatting.
    pair(_said, lambda at: [*{_said(each) for each in exported.get(at, ())}], exported.keys())
    # That of another kind would make another question of it, if it was edited.
    made = {at: {_asked(each) for each in said} for at, said in exported.items()}
    pair(_asked, lambda at: [each for each in made.get(at, ()) if each[0] == asked[at][0]])
    pairs |= _by_sides(news, pairs, exported)
    pair(lambda new: None if _is_numbered(new) else new["id"], lambda at: [keys[at]])
    return pairs | dict(_by_place(olds, news, pairs))


def free_id(id: str, taken: set[str]) -> str:
    """An id that is not taken yet, as like to the one wanted as can be; it is taken now."""
    base, number = id, 1
    while id in taken:
        number += 1
        id = f"{base}-{number}"
    taken.add(id)
    return id


def _key(old: OldQuestion) -> str:
    return old.key or str(old.question["id"])


def _is_numbered(new: Mapping[str, Any]) -> bool:
    return bool(_NUMBERED.match(str(new.get("title", ""))))


def _said(question: Mapping[str, Any]) -> str:
    """All that a question says."""
    return json.dumps({name: said for name, said in question.items() if name != "id"})


def _asked(question: Mapping[str, Any]) -> tuple[str, str]:
    """The kind, and the words that ask."""
    kind = str(question.get("kind", ""))
    field = KINDS[kind].needs[0] if kind in KINDS else "prompt"
    return kind, " ".join(str(question.get(field, "")).split())


def _by_sides(
    news: Sequence[Mapping[str, Any]], pairs: Mapping[int, int], exported: Exported
) -> dict[int, int]:
    """Flashcards one side of which was edited: the other is that of a card that an export of the
    bank has and the source has no more, and of no other card in either."""
    cards = {
        (place, sides, _said(each))
        for place, said in exported.items()
        for each in said
        if (sides := _sides(each))
    }
    several = {place for place, n in Counter(card[0] for card in cards).items() if n > 1}
    there = {*map(_said, news)}
    taken = {*pairs.values()} - several  # of a text with gaps, others may have been edited
    used = {card for card in cards if card[0] in taken or card[2] in there}
    found: dict[int, int] = {}
    for side in (0, 1):
        ours = Counter(sides[side] for _, sides, _ in cards)
        theirs = Counter(sides[side] for new in news if (sides := _sides(new)))
        by_side = {card[1][side]: card for card in cards}
        for n, new in enumerate(news):
            mark = (
                sides[side] if n not in pairs and n not in found and (sides := _sides(new)) else ""
            )
            card = by_side.get(mark)
            if card and card not in used and ours[mark] == theirs[mark] == 1:
                found[n] = card[0]
                used.add(card)
    return found


def _sides(question: Mapping[str, Any]) -> tuple[str, str] | None:
    """Front and back of a flashcard, None for any other question."""
    if question.get("kind") != "card":
        return None
    front, back = (" ".join(str(question.get(side, "")).split()) for side in ("front", "back"))
    return front, back


def _by_place(
    olds: Sequence[OldQuestion], news: Sequence[Mapping[str, Any]], pairs: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Questions that stand between the same two others, and have most of their words in common."""
    from difflib import SequenceMatcher

    taken = set(pairs.values())
    behind: dict[int, list[int]] = {}
    place = -1
    for n in range(len(news)):
        if n in pairs:
            place = pairs[n]
        else:
            behind.setdefault(place, []).append(n)
    for place, left in behind.items():
        free = []
        at = place + 1
        while at < len(olds) and at not in taken:
            free.append(at)
            at += 1
        if max(len(left), len(free)) > _IN_A_GAP:
            continue
        for n in left:
            kind, words = _asked(news[n])
            ratios = [
                (SequenceMatcher(None, words.split(), other[1].split()).ratio(), -old)
                for old in free
                if (other := _asked(olds[old].question))[0] == kind
            ]
            ratio, old = max(ratios, default=(0.0, 0))
            if ratio >= _ALIKE:
                free.remove(-old)
                yield n, -old
