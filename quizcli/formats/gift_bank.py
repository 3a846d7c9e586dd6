"""The questions of a GIFT file as a bank: the mapping that a bank's YAML is, and what was lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from quizcli.formats import gift_choices, gift_typed
from quizcli.formats.gift_carrier import Carrier, UnfitQuestion
from quizcli.formats.gift_records import GAP, GiftKind, GiftRemark
from quizcli.formats.gift_texts import cleaned
from quizcli.formats.ids import IdGiver, slug
from quizcli.formats.losses import Loss
from quizcli.formats.plain_text import from_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from quizcli.formats.gift_records import GiftFile, GiftQuestion

_WORDS = 40  # letters of a prompt that its id is made of
_LONGEST_TITLE = 100
# A gap behind a sentence that is complete without it: "What is it? _____."
_IDLE_GAP = re.compile(rf"([.?!:][\"')\]]*)\s*{GAP}\s*[.,;:!?]?\s*\Z")
_CONTEXT = re.compile(r"\$[^$]*\$\Z")


# How each kind is carried; an essay has nothing but what is asked.
_KINDS: dict[GiftKind, Callable[[Carrier], dict[str, Any]]] = {
    GiftKind.TRUTH: gift_choices.truth,
    GiftKind.CHOICE: gift_choices.choice,
    GiftKind.MATCHING: gift_choices.matching,
    GiftKind.SHORT: gift_typed.short,
    GiftKind.NUMBER: gift_typed.number,
    GiftKind.ESSAY: lambda _: {"kind": "free"},
}


class BankDraft(NamedTuple):
    """A bank as plain data. ``lines`` are those of its questions in the source, by their ids;
    ``remarks`` say what was read otherwise than it was written, and which questions are not in."""

    bank: dict[str, Any]
    lines: Mapping[str, int]
    losses: tuple[Loss, ...]
    remarks: tuple[GiftRemark, ...]


def to_bank(gift: GiftFile, id: str, title: str) -> BankDraft:
    """The bank that a GIFT file is."""
    giver = IdGiver()
    questions: list[dict[str, Any]] = []
    lines: dict[str, int] = {}
    losses: list[Loss] = []
    remarks = list(gift.remarks)
    waiting = list(reversed(gift.questions))
    del gift  # so that a record whose caller keeps none is gone once its question is in the bank
    while waiting:
        question = waiting.pop()
        if question.kind is GiftKind.DESCRIPTION:
            losses.append(Loss(question.line, "description"))
            continue
        carrier = Carrier(question)
        try:
            fields = _question(carrier, giver)
        except UnfitQuestion as unfit:
            what = f"'{_short(question)}' is left out: {unfit}"
            remarks.append(GiftRemark(question.line, what, unfit.fix, lost=True))
            continue
        questions.append(fields)
        lines[fields["id"]] = question.line
        losses += carrier.losses
        remarks += carrier.remarks
    bank = {"format": 1, "id": id, "title": title, "questions": questions}
    return BankDraft(bank, lines, tuple(losses), tuple(sorted(remarks)))


def _question(carrier: Carrier, giver: IdGiver) -> dict[str, Any]:
    question = carrier.question
    prompt = question.prompt
    if question.gap:
        prompt = prompt._replace(text=_IDLE_GAP.sub(r"\1", prompt.text))
    asked = carrier.text(prompt, question.line)
    title = cleaned(question.title, question.line, carrier.losses)
    if not (asked or title):
        raise UnfitQuestion("there is no text that asks", "write it before the answers")
    own = _KINDS[question.kind](carrier)
    explanation = carrier.text(question.feedback, question.line)
    tags = list(dict.fromkeys([*question.tags, *_category(question.category)]))
    base = question.id or title or asked
    fields: dict[str, Any] = {"id": giver.give(slug(base, 56 if base is not asked else _WORDS))}
    if title and asked:
        fields["title"] = from_plain(title[:_LONGEST_TITLE])
    fields |= {"kind": own.pop("kind"), "prompt": asked or from_plain(title)} | own
    if explanation:
        fields["explanation"] = explanation
    tags = [tag for tag in (cleaned(tag, question.line, carrier.losses) for tag in tags) if tag]
    return fields | ({"tags": tags} if tags else {})


def _category(path: str) -> list[str]:
    """The category as a tag, without the course it was in."""
    names = [name.strip() for name in path.split("/")]
    kept = [name for name in names if name and name != "top" and not _CONTEXT.match(name)]
    return ["/".join(kept)] if kept else []


def _short(question: GiftQuestion) -> str:
    text = " ".join((question.title or question.prompt.text).split())
    return text if len(text) <= 40 else f"{text[:40]}…"
