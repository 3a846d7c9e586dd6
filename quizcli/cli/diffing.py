"""``bank diff``: what learners notice of an edit, and whose history it touches."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Any

from quizcli.bank.diff import Aspect, QuestionFate, bank_diff
from quizcli.quiz.cards import bank_ids, bank_of, contents
from quizcli.report.result import Columns, Heading, Line, Paragraph, Result
from quizcli.report.words import counted, listed
from quizcli.scores.bank_history import bank_history

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quizcli.bank.diff import BankDiff, FieldChange, QuestionDiff
    from quizcli.cli.context import Context
    from quizcli.report.result import Block
    from quizcli.scores.bank_history import BankHistory, LostCard


def diffed(context: Context, old: str, new: str | None) -> Result:
    """What is different between two banks, and what the edited one does to the journal; of one
    bank alone the latter."""
    banks = [context.named_bank(name) for name in (old, new) if name is not None]
    difference = bank_diff(*banks) if new is not None else None
    bank = banks[-1]
    reviewed = context.card_states().log.reviewed()
    history = bank_history(context.journal, reviewed, bank, bank_ids(banks[0]))
    body: list[Block] = [Heading(bank.title)]
    body += _shown(difference) if difference else ()
    body += _history(history)
    data = {
        "old": _file(banks[0]) if difference else None,
        "new": _file(bank),
        "head": [change._asdict() for change in difference.head] if difference else [],
        "questions": list(map(_data, difference.questions)) if difference else [],
        "history": {
            "attempts": history.attempts,
            "marks": [marks._asdict() for marks in history.marks],
            "lost": [lost._asdict() for lost in history.lost],
        },
    }
    return Result(data=data, body=tuple(body))


def _file(bank: Any) -> dict[str, str]:
    return {"id": bank.id, "file": bank.file, "digest": bank.digest}


def _data(question: QuestionDiff) -> dict[str, Any]:
    changes = [change._asdict() for change in question.changes]
    return {**question._asdict(), "changes": changes, "noticed": question.noticed}


_SAID = {QuestionFate.NEW: "added", QuestionFate.GONE: "removed"}  # in words, beside the data's


def _shown(difference: BankDiff) -> Iterator[Block]:
    fates = [question.fate for question in difference.questions]
    counts = [
        f"{fates.count(fate)} {_SAID.get(fate, fate)}" for fate in QuestionFate if fate in fates
    ]
    of = contents(difference.new)
    yield Paragraph(f"{', '.join(counts)}; {of} now" if counts else f"{of}, unchanged")
    if difference.head:
        yield Heading("The bank")
        yield from _fields(difference.head)
    brief = [each for each in difference.questions if not (each.changes or each.gaps_gone)]
    if brief:
        yield Line("")
        yield from (Paragraph(_called(question)) for question in brief)
    for question in difference.questions:
        if question in brief:
            continue
        yield Heading(_called(question))
        yield from _fields(question.changes)
        yield from (
            Line(f"  the gap '{gap}' was removed, and with it its card and learning history")
            for gap in question.gaps_gone
        )


def _called(question: QuestionDiff) -> str:
    match question.fate:
        case QuestionFate.NEW:
            return f"{question.id} was added"
        case QuestionFate.GONE if question.like:
            return (
                f"{question.id} was removed, and {question.like} asks the same: was it renamed? — "
                f"add 'formerly: [{question.was}]' to that one to keep its history"
            )
        case QuestionFate.GONE:
            return f"{question.id} was removed"
    noticed = question.noticed
    what = f": {listed(noticed)}" if noticed else ": nothing that learners will notice"
    renamed = f", formerly {question.was}" if question.fate is QuestionFate.RENAMED else ""
    return f"{question.id}{renamed}{what if question.changes else ''}"


def _fields(changes: tuple[FieldChange, ...]) -> Iterator[Line]:
    for change in sorted(changes, key=lambda change: list(Aspect).index(change.aspect)):
        old, new = change.before.splitlines(), change.after.splitlines()
        if len(old) < 2 and len(new) < 2:
            yield Line(f"  {change.name}: {change.before or '—'} → {change.after or '—'}")
            continue
        yield Line(f"  {change.name}:")
        lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
        yield from (Line(f"    {line[0]} {line[1:]}") for line in lines if line[0] != "@")


def _history(history: BankHistory) -> Iterator[Block]:
    yield Heading("Your history")
    if not history.marks and not history.lost:
        yield Paragraph(f"None of it is affected ({counted(history.attempts, 'attempt')}).")
        return
    if history.marks:
        yield Paragraph("Recorded answers that would now be graded differently; each keeps its "
                        "mark until 'quizcli score N --regrade':")  # fmt: skip
        rows = tuple(tuple(map(str, marks)) for marks in history.marks)
        yield Columns(("Question", "Higher", "Lower", "New maximum"), rows, (1, 2, 3))
    if strays := [card for card in history.lost if card.by_bank]:
        was = ", ".join(sorted({bank_of(card.address) for card in strays}))
        yield Paragraph(f"Recorded under another id of the bank; add 'formerly: [{was}]' to the "
                        "bank to keep this history:")  # fmt: skip
        yield _lost(strays)
    if gone := [card for card in history.lost if not card.by_bank]:
        yield Paragraph("No longer in the bank; add 'formerly: [OLD]' to a renamed question to "
                        "keep its history:")  # fmt: skip
        yield _lost(gone)


def _lost(cards: Sequence[LostCard]) -> Columns:
    rows = tuple((card.address, str(card.answers), str(card.reviews)) for card in cards)
    return Columns(("Question", "Answers", "Reviews"), rows, (1, 2))
