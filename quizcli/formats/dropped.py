"""What of a bank has no place in another format: by the names of its fields, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quizcli.formats.losses import Loss

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# What is counted of a field, its plural where that is more than an s, and what becomes of it where
# it is not dropped.
_QUESTION_FIELDS = {
    "title": ("title", "", ""),
    "explanation": ("explanation", "", ""),
    "tags": ("tag", "", ""),
    "hints": ("hint", "", ""),
    "references": ("reference", "", ""),
    "demo": ("experiment", "", ""),
    "figure": ("figure", "", ""),
    "points": ("number of points", "numbers of points", ""),
    "difficulty": ("difficulty", "difficulties", ""),
    "time": ("time limit", "", ""),
    "shuffle": ("shuffle setting", "", ""),
    "formerly": ("former id", "", ""),
    "credit": ("credit rule", "", ""),
    "patterns": ("pattern", "", ""),
    "tolerance": ("tolerance", "", ""),
    "unit": ("unit", "", ""),
    "expect": ("anticipated answer", "", ""),
    "distractors": ("distractor", "distractors", ""),
    "near": ("setting for near misses", "settings for near misses", ""),
    "exact": ("setting for exactness", "settings for exactness", ""),
    "unit_required": ("required unit", "", ""),
    "claim": ("claim", "", ""),
    "model": ("model answer", "", ""),
    "reversed": ("reversed card", "", ""),
    "scenario": ("shared text", "", "written into each question"),
    "variables": ("question with variables", "questions with variables",
                  "written with their usual numbers"),
}  # fmt: skip
_BANK_FIELDS = {
    "description": ("description of the bank", "descriptions of the bank", ""),
    "draw": ("exam section", "", ""),
    "defaults": ("default setting", "", ""),
    "formerly": ("former id of the bank", "former ids of the bank", ""),
    "language": ("language of the bank", "languages of the bank", ""),
}
_OPTION_FIELDS = {
    "feedback": ("feedback", "feedback texts", ""),
    "missed": ("feedback for a missed option", "feedback texts for missed options", ""),
    "claim": ("claim", "", ""),
    "pin": ("pinned option", "", ""),
}
_PAIR_FIELDS = {
    "feedback": ("feedback of a pair", "feedback texts of pairs", ""),
    "claim": ("claim", "", ""),
}
# Kinds, where a format has no place for one.
_KINDS = {
    "card": ("flashcard", ""),
    "cloze": ("text with gaps", "texts with gaps"),
    "free": ("question with a free answer", "questions with a free answer"),
}
_SEVERAL = {"hints", "references", "tags", "formerly", "patterns", "expect", "distractors", "draw",
            "defaults"}  # fmt: skip
_HEAD = {"format", "id", "title", "questions"}


class NoPlaceError(Exception):
    """A format has no place for a question; ``what`` it is called, and ``many`` of it."""

    def __init__(self, what: str, many: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.many = many

    def loss(self, question: Mapping[str, Any]) -> Loss:
        """That the question is not there, by its id."""
        return Loss(0, self.what, self.many, question=str(question["id"]))


def called(kind: str) -> tuple[str, str]:
    """What a question of a kind is called in a loss report, and many of them."""
    return _KINDS.get(kind, (f"{kind} question", ""))


def bank_losses(bank: Mapping[str, Any], defaults: Collection[str] = ()) -> list[Loss]:
    """The fields of a bank itself that are dropped; ``defaults`` are not."""
    left = {name: said for name, said in bank.get("defaults", {}).items() if name not in defaults}
    return _count({**bank, "defaults": left}, _BANK_FIELDS, _HEAD)


def question_losses(question: Mapping[str, Any], carried: Collection[str]) -> list[Loss]:
    """The fields of a question that are dropped: all but those that are carried."""
    return _count(question, _QUESTION_FIELDS, carried)


def option_losses(question: Mapping[str, Any], carried: Collection[str] = ()) -> list[Loss]:
    """The fields of its options that are dropped."""
    named = {"id", "text", "correct", *carried}
    return [
        loss
        for option in question.get("options", ())
        for loss in _count(option, _OPTION_FIELDS, named)
    ]


def pair_losses(question: Mapping[str, Any], carried: Collection[str] = ()) -> list[Loss]:
    """The fields of its pairs that are dropped."""
    named = {"id", "left", "right", *carried}
    return [
        loss for pair in question.get("pairs", ()) for loss in _count(pair, _PAIR_FIELDS, named)
    ]


def _count(
    fields: Mapping[str, Any], nouns: Mapping[str, tuple[str, str, str]], carried: Collection[str]
) -> list[Loss]:
    """A loss for each field that is dropped, or for each of its entries."""
    losses = []
    for name, said in fields.items():
        if name not in carried:
            what, many, changed = nouns.get(name, (f"field '{name}'", f"fields '{name}'", ""))
            number = len(said) if name in _SEVERAL else 1
            losses += [Loss(0, what, many, changed)] * number
    return losses
