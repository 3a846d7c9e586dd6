"""Ordering: things to be put in order.

A response names each thing once, by an id that is a digest of its text: the author's ids, which may
be 1, 2, 3, would give the order away.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

from quizcli.quiz.fields import Field, Type, own_id
from quizcli.quiz.kinds.base import Given, Kind, Misread, OwnFault, Placed, opaque, repeated
from quizcli.quiz.kinds.keeping import kept_part, name_of_gone, part_then, part_today
from quizcli.quiz.listing import listed
from quizcli.quiz.responses import BadResponse, Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from quizcli.quiz.model import Option, Question, Rational

MOST = 26  # as many as there are letters
RUN, IN_ORDER, WHOLE = "longest-run", "pairs-in-order", "all-or-nothing"
# Of what stands in its place, and does not count.
APART = {RUN: "In the right place, but apart from its neighbours.",
         IN_ORDER: "In the right place, but not in order with all the others."}  # fmt: skip


class Ordering(Kind):
    """The kind of an order."""

    name = "ordering"
    form = "order"
    shuffles = True
    ask = "Put these in order, first to last."
    handed = ("items",)
    needs = ("prompt", "items")
    takes = ("points", "credit")
    rules = (RUN, IN_ORDER, WHOLE)

    def fields(self) -> tuple[Field, ...]:
        """What is to be put in order."""
        what = "the items to put in order, in the right order (required for an ordering)"
        return (Field("items", Type.OBJECTS, what, of="item"),)

    def shapes(self) -> Mapping[str, tuple[Field, ...]]:
        """That of a thing."""
        return {
            "item": (
                own_id("item"),
                Field("text", Type.TEXT, "what it says", required=True),
            )
        }

    def faults(self, question: Question) -> list[OwnFault]:
        """Too few things or too many, ids and texts that are there twice."""
        from quizcli.report.words import counted

        items, found = question.own["items"], []
        if not 2 <= len(items) <= MOST:
            what = f"there {'is' if len(items) == 1 else 'are'} {counted(len(items), 'item')}"
            found.append(OwnFault("items", what, f"write 2 to {MOST}"))
        for field in ("id", "text"):
            for value, part in repeated(items, field):
                what = f"the {field} '{value[:60]}' appears in two items"
                found.append(OwnFault("items", what, "make them differ", part))
        return found

    def without_key(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """The things under their opaque ids, and in the order of these."""
        texts = {opaque(item["text"]): item["text"] for item in own["items"]}
        items = tuple({"id": id, "text": text} for id, text in sorted(texts.items()))
        return {"items": items}

    def asked(self, question: Question) -> Any:
        """The things, in an order that says nothing."""
        return [[item.id, item.text] for item in self.parts(question)]

    def parts(self, question: Question) -> tuple[Option, ...]:
        """The things by their opaque ids."""
        from quizcli.quiz.model import Option

        texts = {opaque(item["text"]): item["text"] for item in question.own["items"]}
        return tuple(Option(id, text) for id, text in sorted(texts.items()))

    def example(self, _question: Question, shown: Given) -> str:
        """``c,a,b``: every letter."""
        letters = [chr(97 + place) for place in range(len(shown))]
        return ",".join([*letters[-1:], *letters[:-1]])

    def parse(self, question: Question, shown: Given, line: str) -> Response:
        """``c,a,b`` or ``cab``."""
        letters = [sign for sign in line.rstrip("? ").lower() if sign not in ", ;>"]
        last = chr(96 + len(shown))
        if any(not "a" <= sign <= last for sign in letters) or not letters:
            example = self.example(question, shown)
            raise BadResponse(f"Answer with the letters a to {last} in order, such as {example}.")
        if len(set(letters)) < len(letters):
            twice = next(sign for sign in letters if letters.count(sign) > 1)
            raise BadResponse(f"'{twice}' appears twice.")
        if len(letters) < len(shown):
            missing = [chr(97 + i) for i in range(len(shown)) if chr(97 + i) not in letters]
            raise BadResponse(f"Not placed yet: {', '.join(missing)}.")
        given = tuple(shown[ord(sign) - ord("a")] for sign in letters)
        return Response(given, line.rstrip().endswith("?"))

    def line(self, _question: Question, shown: Given, given: Given) -> str:
        """``c,a,b``."""
        return ",".join(chr(97 + shown.index(id)) for id in given if id in shown)

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        """Ids in order, the author's or the opaque ones, or texts."""
        from quizcli.report.words import did_you_mean

        items = question.own["items"]
        ids = {item["id"]: opaque(item["text"]) for item in items}
        texts = {" ".join(item["text"].split()): opaque(item["text"]) for item in items}
        known = texts | ids
        # In a handout ids are digests, which nobody types.
        names = tuple(ids if ids.keys() != set(ids.values()) else texts)
        given = [known.get(part, part) for part in parts if part not in self.blanks]
        misread = [
            Misread(
                index,
                "item",
                f"'{question.id}' has no item '{part[:60]}'",
                did_you_mean(part[:60], names, "use"),
            )
            for index, part in enumerate(parts)
            if known.get(part, part) not in known.values() and part not in self.blanks
        ]
        if given and not misread and sorted(given) != sorted(ids.values()):
            what = f"'{question.id}' has {len(ids)} items, each to be named once"
            misread.append(Misread(None, "items", what, f"name all of {', '.join(names)}"))
        return ((), misread) if misread else (tuple(given), [])

    def check(self, question: Question, given: Given) -> None:
        """Each thing once."""
        if given and sorted(given) != [item.id for item in self.parts(question)]:
            raise BadResponse(f"'{question.id}' takes each of its items once")

    def kept(self, question: Question, given: Given) -> Given:
        """Each thing with the author's id."""
        ids = _ids(question)
        return tuple(kept_part(id, ids.get(id, "")) for id in given)

    def then(self, kept: Given) -> Given:
        """Without the author's ids."""
        return tuple(map(part_then, kept))

    def today(self, question: Question, shown: Given, kept: Given) -> Given:
        """Things whose text was edited by their new digests."""
        ids = _ids(question)
        return tuple(part_today(part, shown, ids) for part in kept)

    def credit(self, question: Question, given: Given, rule: str) -> Rational:
        """By the longest run of neighbours, by the pairs that stand in order, or all or nothing."""
        places = [self.key(question).index(id) for id in given]
        n = len(places)
        if rule == RUN:
            return credit_of_run(len(_longest_run(places)), n)
        if rule == IN_ORDER:
            return credit_of_pairs(_in_order(places), n)
        return int(places == list(range(n)))

    def key(self, question: Question) -> Given:
        """The order in which the bank has them."""
        return tuple(opaque(item["text"]) for item in question.own["items"])

    def describe(self, question: Question, given: Given) -> tuple[str, ...]:
        """The author's ids in the order given."""
        ids = _ids(question)
        return tuple(ids.get(id) or name_of_gone(id) for id in given)

    def in_words(self, question: Question, given: Given) -> tuple[str, ...]:
        """The texts in the order given."""
        texts = {item.id: item.text for item in self.parts(question)}
        return tuple(texts.get(id) or name_of_gone(id) for id in given)

    def placed(self, question: Question, given: Given) -> tuple[Placed, ...]:
        """Each place with what was put there, which is right where it is part of what the points
        count, and what belongs there."""
        texts = {item.id: item.text for item in self.parts(question)}
        key, apart = self.key(question), APART.get(question.credit or RUN, "")
        counting = self._counting(question, given)
        return tuple(
            Placed(f"{n + 1}.", texts.get(given[n], "") if given else "", texts[id],
                   bool(given) and given[n] in counting, apart if given and given[n] == id else "")
            for n, id in enumerate(key)
        )  # fmt: skip

    def _counting(self, question: Question, given: Given) -> set[str]:
        """What the rule counts: the longest run, what stands in order with all others, or what
        stands in its place."""
        key, rule = self.key(question), question.credit
        places = [key.index(id) for id in given]
        if rule == WHOLE:
            return {id for id, right in zip(given, key, strict=False) if id == right}
        if rule == IN_ORDER:
            pairs = combinations(places, 2)
            out = {place for one, other in pairs if one > other for place in (one, other)}
            return {key[place] for place in places if place not in out}
        run = _longest_run(places)
        return {key[place] for place in run} if len(run) > 1 else set()

    def tally(self, question: Question, given: Given) -> str:
        """How many are in a row, or how many pairs in order."""
        places = [self.key(question).index(id) for id in given]
        if question.credit == IN_ORDER:
            n = len(places)
            return f"{_in_order(places)} of {comb(n, 2)} pairs in order"
        return f"{len(_longest_run(places))} of {len(places)} in a row"

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The order as a whole."""
        return () if given == self.key(question) else (", ".join(self.describe(question, given)),)

    def back(self, question: Question, _gap: str) -> str:
        """The things in order."""
        return listed((f"{n}.", i["text"]) for n, i in enumerate(question.own["items"], 1))

    def sides(self, _question: Question, _given: Given = ()) -> tuple[Option, ...]:
        """An order claims nothing."""
        return ()


def _ids(question: Question) -> dict[str, str]:
    """The author's ids by the opaque ones."""
    return {opaque(item["text"]): item["id"] for item in question.own["items"]}


def credit_of_run(longest: int, n: int) -> Fraction:
    """What the longest run of so many neighbours earns of ``n`` things."""
    from fractions import Fraction

    return Fraction(longest - 1, n - 1)


def credit_of_pairs(in_order: int, n: int) -> Fraction:
    """What so many pairs in order earn, of all that ``n`` things make."""
    from fractions import Fraction

    pairs = comb(n, 2)
    return max(Fraction(0), Fraction(2 * in_order - pairs, pairs))


def _in_order(places: Sequence[int]) -> int:
    """How many pairs stand in order."""
    return sum(one < other for one, other in combinations(places, 2))


def _longest_run(places: Sequence[int]) -> Sequence[int]:
    """The first of the longest runs of neighbours."""
    longest = first = 0
    run: Sequence[int] = ()
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            if at - first > longest:
                longest, run = at - first, places[first:at]
            first = at
    return run


KIND = Ordering()
