"""Matching: each thing on the left has one partner on the right, where some may have none.

A response says ``left: right`` for each pair, the right side by an id of its own (``right_id``),
which is a digest of its text where the author gives none: whoever sees the ids learns nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from quizcli.quiz.kinds.base import Given, Misread, Placed, opaque
from quizcli.quiz.kinds.keeping import kept_part, name_of_gone, part_then, part_today
from quizcli.quiz.kinds.written_pairs import WrittenPairs, right_id
from quizcli.quiz.listing import paired
from quizcli.quiz.responses import BadResponse, Response, pair_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.quiz.model import Option, Question, Rational

_PAIR = re.compile(r"([0-9]{1,3})\s*[=:\-.]?\s*([a-z])(?![a-z])[\s,;]*")
PER_PAIR, WHOLE = "per-pair", "all-or-nothing"


class Matching(WrittenPairs):
    """The kind of pairs."""

    name = "matching"
    form = "pairs"
    shuffles = True
    ask = "Match each item with its partner."
    handed = ("pairs", "rights")
    needs = ("prompt", "pairs")
    takes = ("points", "credit", "demo", "distractors", "rights")
    rules = (PER_PAIR, WHOLE)

    def asked(self, question: Question) -> Any:
        """Both sides, the right one in an order that says nothing."""
        lefts = [[pair["id"], pair["left"]] for pair in question.own["pairs"]]
        return [lefts, sorted([side.id, side.text] for side in self.parts(question))]

    def parts(self, question: Question) -> tuple[Option, ...]:
        """The right sides by digests of their texts: neither they nor ids that an author gives give
        the pairs away."""
        from quizcli.quiz.model import Option

        sides = question.own.get("rights", question.own["pairs"])
        texts = {right_id(side): side["right"] for side in sides}
        texts |= {opaque(text): text for text in question.own.get("distractors", ())}
        sides = sorted(texts.items(), key=lambda side: (opaque(side[1]), side[0]))
        return tuple(Option(id, text) for id, text in sides)

    def lefts(self, question: Question) -> tuple[Option, ...]:
        """The left sides."""
        from quizcli.quiz.model import Option

        return tuple(Option(pair["id"], pair["left"]) for pair in question.own["pairs"])

    def example(self, question: Question, shown: Given) -> str:
        """``1b 2c 3a``: every number."""
        numbers = range(1, len(question.own["pairs"]) + 1)
        return " ".join(f"{n}{chr(97 + n % len(shown))}" for n in numbers)

    def parse(self, question: Question, shown: Given, line: str) -> Response:
        """``1c 2a 3b``, with or without commas."""
        body = line.rstrip("? ").lower()
        found, rest = _PAIR.findall(body), _PAIR.sub("", body).strip(" \t,;")
        pairs = question.own["pairs"]
        if rest or not found:
            example = self.example(question, shown)
            raise BadResponse(f"Answer with a number and a letter for each, such as {example}.")
        given: dict[str, str] = {}
        for number, sign in found:
            index, place = int(number), ord(sign) - ord("a")
            if not 1 <= index <= len(pairs) or place >= len(shown):
                last = f"numbers 1 to {len(pairs)}, letters a to {chr(96 + len(shown))}"
                raise BadResponse(f"'{number}{sign}' is not possible here: {last}.")
            if given.setdefault(pairs[index - 1]["id"], shown[place]) != shown[place]:
                raise BadResponse(f"{number} can be matched only once.")
        missing = [str(n) for n, pair in enumerate(pairs, 1) if pair["id"] not in given]
        if missing:
            raise BadResponse(f"Not matched yet: {', '.join(missing)}.")
        response = tuple(f"{left}: {right}" for left, right in given.items())
        return Response(self.ordered(question, shown, response), line.rstrip().endswith("?"))

    def line(self, question: Question, shown: Given, given: Given) -> str:
        """``1c 2a 3b``."""
        chosen, pairs = dict(map(pair_of, given)), question.own["pairs"]
        return " ".join(
            f"{number}{chr(97 + shown.index(chosen[pair['id']]))}"
            for number, pair in enumerate(pairs, 1)
            if chosen.get(pair["id"]) in shown
        )

    def read(self, question: Question, parts: Sequence[str]) -> tuple[Given, list[Misread]]:
        """``left: right`` each, the right side by its id, that of its pair, or its text."""
        from quizcli.report.words import did_you_mean

        pairs = question.own["pairs"]
        lefts = tuple(pair["id"] for pair in pairs)
        by_name = {_in_a_line(side.text): side.id for side in self.parts(question)}
        by_name |= {name: id for id, name in _names(question).items()}
        by_name |= {pair["id"]: right_id(pair) for pair in pairs if "right" in pair}
        known = {side.id for side in self.parts(question)}
        given, misread = {}, []
        for index, part in enumerate(parts):
            if part in self.blanks:
                continue
            left, right = pair_of(part)
            right = by_name.get(right, right)
            if left not in lefts:
                what = f"'{question.id}' has no pair '{left[:60]}'"
                misread.append(Misread(index, "pair", what, did_you_mean(left[:60], lefts, "use")))
            elif right not in known:
                what = f"'{question.id}' has no right side '{right[:60]}'"
                names = tuple(_names(question).values()) or tuple(by_name)
                fix = did_you_mean(right[:60], names, "use")
                misread.append(Misread(index, "right", what, fix))
            elif left in given:
                what = f"'{question.id}' pairs '{left}' twice"
                misread.append(Misread(index, "twice", what, "keep one"))
            given[left] = right
        words = tuple(f"{left}: {right}" for left, right in given.items())
        return ((), misread) if misread else (self.ordered(question, (), words), [])

    def check(self, question: Question, given: Given) -> None:
        """Pairs that there can be, each left side once."""
        lefts = {pair["id"] for pair in question.own["pairs"]}
        rights = {side.id for side in self.parts(question)}
        pairs = [pair_of(word) for word in given]
        for left, right in pairs:
            if left not in lefts or right not in rights:
                raise BadResponse(f"'{question.id}' has no pair '{left[:40]}: {right[:40]}'")
        if len({left for left, _ in pairs}) < len(pairs):
            raise BadResponse(f"'{question.id}' has one partner for each left side")

    def ordered(self, question: Question, _shown: Given, given: Given) -> Given:
        """As the left sides stand in the bank."""
        chosen = dict(map(pair_of, given))
        lefts = [pair["id"] for pair in question.own["pairs"] if pair["id"] in chosen]
        return tuple(f"{left}: {chosen[left]}" for left in lefts)

    def kept(self, question: Question, given: Given) -> Given:
        """Each right side with a name, its own pair's where that has the same text."""
        names, own = _kept_names(question), _own_rights(question)
        return tuple(
            f"{left}: {kept_part(right, left if own.get(left) == right else names.get(right, ''))}"
            for left, right in map(pair_of, given)
        )

    def then(self, kept: Given) -> Given:
        """Without the names."""
        return tuple(f"{left}: {part_then(right)}" for left, right in map(pair_of, kept))

    def today(self, question: Question, shown: Given, kept: Given) -> Given:
        """Right sides whose text was edited by their new digests."""
        names = _kept_names(question)
        return tuple(
            f"{left}: {part_today(right, shown, names)}" for left, right in map(pair_of, kept)
        )

    def credit(self, question: Question, given: Given, rule: str) -> Rational:
        """The share of pairs that are right, or all or nothing."""
        from fractions import Fraction

        right = len({*self.ordered(question, (), given)} & {*self.key(question)})
        share = Fraction(right, len(question.own["pairs"]))
        return share if rule == PER_PAIR else int(share == 1)

    def key(self, question: Question) -> Given:
        """Each pair."""
        return tuple(f"{pair['id']}: {right_id(pair)}" for pair in question.own["pairs"])

    def describe(self, question: Question, given: Given) -> tuple[str, ...]:
        """Right sides by the ids of their pairs, or by their texts, where they have none."""
        names, known = _names(question), {side.id: side.id for side in self.parts(question)}
        return tuple(
            f"{left}: {names.get(right) or known.get(right) or name_of_gone(right)}"
            for left, right in map(pair_of, given)
        )

    def in_words(self, question: Question, given: Given) -> tuple[str, ...]:
        """Both texts of each pair."""
        return tuple(self.mistake_text(question, word) for word in given)

    def placed(self, question: Question, given: Given) -> tuple[Placed, ...]:
        """Each left side with the partner it was given, and the right one."""
        chosen, texts = dict(map(pair_of, given)), {s.id: s.text for s in self.parts(question)}
        return tuple(
            Placed(
                pair["left"],
                texts.get(chosen.get(pair["id"], ""), ""),
                pair["right"],
                chosen.get(pair["id"]) == right_id(pair),
                pair.get("feedback", ""),
            )
            for pair in question.own["pairs"]
        )

    def mistakes(self, question: Question, given: Given) -> tuple[str, ...]:
        """The pairs that are wrong."""
        return tuple(word for word in given if word not in self.key(question))

    def mistake_text(self, question: Question, word: str) -> str:
        """The texts of a pair."""
        left, right = pair_of(word)
        lefts = {pair["id"]: pair["left"] for pair in question.own["pairs"]}
        texts = {side.id: side.text for side in self.parts(question)}
        return f"{lefts.get(left, left)}: {texts.get(right) or name_of_gone(right)}"

    def back(self, question: Question, _gap: str) -> str:
        """All pairs."""
        return "\n\n".join(paired(pair["left"], pair["right"]) for pair in question.own["pairs"])

    def sides(self, question: Question, given: Given = ()) -> tuple[Option, ...]:
        """The right pairs, and the wrong ones that were ``given``, where both sides claim a part.
        The first field of a claim is the left side's, and all others are what the right side says
        of it."""
        from quizcli.quiz.model import Option

        key, claims = self.key(question), _claims(question)
        partner = {right_id(pair): pair["id"] for pair in question.own["pairs"] if "right" in pair}
        sides = []
        for pair in key if claims else ():
            left, _ = pair_of(pair)
            text = self.mistake_text(question, pair)
            sides.append(Option(left, text, correct=True, claim=claims.get(left)))
        for pair in self.mistakes(question, given):
            left, right = pair_of(pair)
            if left in claims and partner.get(right) in claims:
                first, *_ = claims[left]
                claim = {**claims[partner[right]], first: claims[left][first]}
                sides.append(Option(pair, self.mistake_text(question, pair), claim=claim))
        return tuple(sides)

    def sided(self, question: Question, given: Given) -> frozenset[str]:
        """A right pair is called as its left side."""
        key = self.key(question)
        return frozenset(pair_of(word)[0] if word in key else word for word in given)


def _in_a_line(text: str) -> str:
    return " ".join(text.split())


def _names(question: Question) -> dict[str, str]:
    """What a person calls each right side: the id of its pair, or its text in a line."""
    texts = map(str.strip, question.own.get("distractors", ()))
    ids = {pair["id"] for pair in question.own["pairs"]}
    named = {opaque(text): name for text in texts if (name := _in_a_line(text)) not in ids}
    return named | _partners(question)


def _claims(question: Question) -> dict[str, Any]:
    """What each pair claims by its id, where it claims anything."""
    return {pair["id"]: pair["claim"] for pair in question.own["pairs"] if "claim" in pair}


def _own_rights(question: Question) -> dict[str, str]:
    """The right side of each pair by the id of its left one; of a handout nobody knows."""
    return {pair["id"]: right_id(pair) for pair in question.own["pairs"] if "right" in pair}


def _kept_names(question: Question) -> dict[str, str]:
    """The names under which right sides are kept; of a handout there are none."""
    own = question.own
    sides = own.get("rights", [pair for pair in own["pairs"] if "right" in pair])
    places = enumerate(own.get("distractors", ()), 1)
    names = {opaque(text): f"+{place}" for place, text in places}
    return names | {right_id(side): side.get("id", "") for side in sides}


def _partners(question: Question) -> dict[str, str]:
    """The id of the pair that each right side belongs to; of a handout nobody knows."""
    return {right: left for left, right in _own_rights(question).items()}


KIND = Matching()
