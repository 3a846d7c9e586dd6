"""A bank as Markdown for people: to be read, printed or kept in a repository. The key stands folded
behind each question, or is left out."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from quizcli.formats.dropped import bank_losses, called, option_losses, pair_losses, question_losses
from quizcli.formats.format import ExportFile
from quizcli.formats.losses import Loss
from quizcli.formats.markdown_text import to_dollars, without_links
from quizcli.formats.plain_writer import to_plain
from quizcli.quiz.cards import cards_in, front
from quizcli.quiz.drawing import usual
from quizcli.quiz.kinds import kind_of
from quizcli.quiz.markup import Code, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizcli.formats.format import ExportSource
    from quizcli.quiz.model import Question

# What makes a line more than text: an option, something folded, the heading of a question.
BOX = re.compile(r"(\s*)(?:[-*+]|[0-9]{1,3}[.)])\s+[\[(]([ xX*✓])[\])](?:\s+(\S.*))?\s*\Z")
FOLD = re.compile(r"\s*</?(?:details|summary)\b[^>]*>", re.IGNORECASE)
OUR_HEADING = re.compile(r"(##)\s+([0-9]+\..*?)\s*\Z")
_FOR_PEOPLE = "written for people to read, and not read back by an import"
_QUOTE = re.compile(r"\s*>")
# What stands in it, or makes no difference on paper.
_CARRIED = {
    "id", "kind", "title", "prompt", "front", "back", "text", "options", "answer", "answers",
    "unit", "pairs", "distractors", "items", "hints", "model", "reversed", "explanation",
    "tags", "figure", "references", "shuffle",
}  # fmt: skip


def written(source: ExportSource) -> ExportFile:
    """A bank as Markdown."""
    losses = bank_losses({n: v for n, v in source.fields.items() if n != "description"})
    parts = [f"# {_line(source.bank.title)}"]
    if source.bank.description:
        parts.append(to_dollars(source.bank.description))
    pairs = zip(source.bank.questions, source.fields["questions"], strict=True)
    for number, (question, fields) in enumerate(pairs, 1):
        losses += question_losses(fields, _CARRIED)
        losses += [*option_losses(fields, {"feedback"}), *pair_losses(fields)]
        # A title may be the answer.
        named = "" if source.options.keyless else usual(question).title
        title = escape(to_plain(named, losses, one_line=True), quote=False)
        parts.append(f"## {number}. {without_links(title)}".rstrip())
        parts += _question(usual(question), keyless=source.options.keyless)
        losses += _misread(question)
        if not question.options and not source.options.keyless:
            losses.append(Loss(0, *called(question.kind), _FOR_PEOPLE))
    return ExportFile("\n\n".join(parts) + "\n", tuple(losses))


def _misread(question: Question) -> list[Loss]:
    """Texts of a choice that would be read as more than texts."""
    if not question.options:
        return []
    lines = [line for text in question.texts for line in text.split("\n")]
    signs = (BOX, OUR_HEADING, _QUOTE)
    odd = sum(any(sign.match(line) for sign in signs) for line in lines)
    return [Loss(0, "line with signs of Markdown", "lines with signs of Markdown",
                 "written unchanged")] * odd  # fmt: skip


def _line(text: str) -> str:
    return " ".join(to_dollars(text).split())


def _question(question: Question, *, keyless: bool) -> Iterator[str]:
    kind = kind_of(question)
    tags = f"; tags: {', '.join(question.tags)}" if question.tags else ""
    yield f"<!-- id: {question.id}; kind: {question.kind}{tags} -->"
    cards = cards_in("", question)
    yield to_dollars(front(cards[0]) if len(cards) == 1 else _gaps(question))
    if question.figure:
        yield f"```text\n{question.figure.text.rstrip()}\n```"
    if question.options:
        yield _options(question, key=False)
    elif kind.form in {"pairs", "order"}:
        yield "\n".join(
            f"{n}. {_line(left.text)}" for n, left in enumerate(kind.lefts(question), 1)
        )
        parts = zip("abcdefghijklmnopqrstuvwxyz", kind.parts(question), strict=False)
        yield "\n".join(f"- {letter}) {_line(part.text)}" for letter, part in parts)
    for hint in question.hints:
        yield from _folded("Hint", to_dollars(hint))
    if not keyless:
        yield from _folded("Answer", *_key(question))


def _gaps(question: Question) -> str:
    """A text with gaps: each card asks for one of them."""
    shown = question.prompt
    for card in cards_in("", question):
        shown = shown if card.gap not in shown else front(card)
    return shown


def _key(question: Question) -> Iterator[str]:
    if question.options:
        yield _options(question, key=True)
    else:
        kind = kind_of(question)
        yield "\n\n".join(to_dollars(kind.back(question, gap)) for gap in kind.gaps(question))
    if question.explanation:
        yield to_dollars(question.explanation)
    yield from (f"See: {_line(reference)}" for reference in question.references)


def _options(question: Question, *, key: bool) -> str:
    lines = []
    for option in question.options:
        sign = "x" if key and option.correct else " "
        lines.append(_item(f"- [{sign}] ", to_dollars(option.text)))
        if key and option.feedback:
            said = to_dollars(option.feedback).split("\n")
            lines.append("\n".join(["", *(f"  > {line}".rstrip() for line in said), ""]))
    return "\n".join(lines).rstrip("\n")


def _item(sign: str, text: str) -> str:
    """A text as an item of a list, its other lines indented below, and all of them if it begins
    with code."""
    first, *others = text.strip("\n").split("\n")
    if isinstance(blocks(text.strip("\n"))[0], Code):
        first, others = "", ["", first, *others]
    return "\n".join([(sign + first).rstrip(), *(f"  {line}" if line else "" for line in others)])


def _folded(title: str, *texts: str) -> Iterator[str]:
    yield f"<details>\n<summary>{title}</summary>"
    yield from filter(None, texts)
    yield "</details>"
