"""Aiken: a question, its options under letters, ``ANSWER: B``. Of a question with one right option
there is no shorter way to write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.dropped import (
    NoPlaceError,
    bank_losses,
    called,
    option_losses,
    question_losses,
)
from quizcli.formats.format import BankFormat, ExportFile
from quizcli.formats.moodle_answers import is_right
from quizcli.formats.plain_writer import to_plain
from quizcli.formats.sources import Remark, SourceAnswer, SourceFile, SourceKind, SourceQuestion
from quizcli.formats.sources import SourceText as Text
from quizcli.formats.table_columns import right_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from quizcli.formats.format import ExportSource
    from quizcli.formats.losses import Loss

_OPTION = re.compile(r"\s*([A-Za-z])\s*[.)]\s+(.*\S)")
_ANSWER = re.compile(r"\s*ANSWERS?\s*[:=]\s*(.*?)[.\s]*\Z", re.IGNORECASE)
_FEEDBACK = re.compile(r"\s*(?:FEEDBACK|EXPLANATION)\s*:\s*(.*\S)", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Z]+\Z|[A-Za-z](?:(?:\s*[,;&]\s*|\s+and\s+|\s+)[A-Za-z])*\Z")
_NUMBER = re.compile(r"([0-9]{1,4})[.)]\s+(?=\S)")
_LOOKS = re.compile(r"^\s*ANSWERS?\s*:\s*[A-Z]\b", re.MULTILINE)
_CARRIED = {"id", "kind", "prompt", "options", "answer"}
_NO_ANSWER = "the question has no answer"


class _Draft:
    """A question while its lines are read."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.prompt: list[str] = []
        self.options: list[tuple[int, list[str]]] = []
        self.answer = ""
        self.answer_line = 0
        self.feedback = ""


def read(data: bytes) -> SourceFile:
    """The questions of a file, and what is to be said of it."""
    text, remarks = decoded_source(data)
    drafts = list(_drafts(text))
    _without_numbers(drafts)
    found = (_question(draft, remarks) for draft in drafts)
    return SourceFile(filter(None, found), remarks)


def _drafts(text: str) -> Iterator[_Draft]:
    draft: _Draft | None = None
    empty = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            empty = True
            continue
        if draft and draft.answer_line and (said := _FEEDBACK.match(line)):
            draft.feedback = said[1]
            continue
        if draft and _ends(draft, line, behind_empty=empty):
            yield draft
            draft = None
        draft = draft or _Draft(number)
        empty = False
        _add(draft, number, line)
    if draft:
        yield draft


def _without_numbers(drafts: Sequence[_Draft]) -> None:
    """Take away the numbers of questions, where all have one and they count up."""
    numbers = [_NUMBER.match(draft.prompt[0]) for draft in drafts]
    counted = [int(number[1]) for number in numbers if number]
    if len(drafts) > 1 and counted == [*range(1, len(drafts) + 1)]:
        for draft, number in zip(drafts, numbers, strict=True):
            draft.prompt[0] = draft.prompt[0][number.end() :] if number else draft.prompt[0]


def _ends(draft: _Draft, line: str, *, behind_empty: bool) -> bool:
    """Whether a line begins the next question: behind an answer, or an empty line behind options
    that go on neither with an option nor with the answer."""
    if draft.answer_line:
        return True
    goes_on = _is_next(draft, line) or _ANSWER.match(line)
    return behind_empty and bool(draft.options) and not goes_on


def _is_next(draft: _Draft, line: str) -> re.Match[str] | None:
    """The next option, by its letter; a question may begin with a letter of its own."""
    match = _OPTION.match(line)
    letter = chr(ord("A") + len(draft.options))
    return match if match and draft.prompt and match[1].upper() == letter else None


def _add(draft: _Draft, number: int, line: str) -> None:
    if draft.prompt and (answer := _ANSWER.match(line)):
        draft.answer, draft.answer_line = answer[1], number
    elif option := _is_next(draft, line):
        draft.options.append((number, [option[2]]))
    elif draft.options:
        draft.options[-1][1].append(line.strip())
    else:
        draft.prompt.append(line.strip())


def _question(draft: _Draft, remarks: list[Remark]) -> SourceQuestion | None:
    if fault := _fault(draft):
        name = draft.prompt[0][:40]
        remarks.append(Remark(draft.line, f"'{name}': {fault[0]}", fault[1], lost=True))
        return None
    rights = _rights(draft)
    answers = tuple(
        SourceAnswer(line, n in rights, Text(" ".join(lines), "plain"))
        for n, (line, lines) in enumerate(draft.options)
    )
    return SourceQuestion(
        draft.line,
        SourceKind.CHOICE,
        Text("\n".join(draft.prompt), "plain"),
        several=len(rights) > 1,
        answers=answers,
        feedback=Text(draft.feedback, "plain") if draft.feedback else None,
    )


def _fault(draft: _Draft) -> tuple[str, str] | None:
    """Why a question cannot be read, and how to mend it."""
    if len(draft.options) < 2:
        return "it has fewer than two options", "write each on a line of its own: A. and its text"
    if not draft.answer_line:
        return _NO_ANSWER, "write ANSWER: and a letter after its options"
    if not _rights(draft):
        last = chr(ord("A") + len(draft.options) - 1)
        return f"'{draft.answer[:40]}' is not an option", f"write a letter from A to {last}"
    return None


def _rights(draft: _Draft) -> tuple[int, ...]:
    """Which options are right: ``AC``, ``a, c`` and ``a and c`` are the same; an option may also be
    named by its text. None where one is named that is not there."""
    answer = draft.answer
    if not _LETTERS.match(answer) or (len(answer) > len(draft.options) and answer.isalpha()):
        return right_places(answer, [" ".join(lines) for _, lines in draft.options])
    letters = (
        answer if answer.isupper() and answer.isalpha() else re.findall(r"\b[A-Za-z]\b", answer)
    )
    places = {ord(letter.upper()) - ord("A") for letter in letters}
    return tuple(sorted(places)) if max(places) < len(draft.options) else ()


def written(source: ExportSource) -> ExportFile:
    """A bank in Aiken."""
    losses = bank_losses(source.fields)
    parts: list[str] = []
    for question in source.fields["questions"]:
        own: list[Loss] = []
        try:
            parts.append(_written(question, own))
        except NoPlaceError as error:
            losses.append(error.loss(question))
            continue
        losses += [*question_losses(question, _CARRIED), *option_losses(question), *own]
    return ExportFile("\n".join(parts), tuple(losses))


def _written(question: Mapping[str, Any], losses: list[Loss]) -> str:
    """The lines of a question. Raises NoPlaceError."""
    if question["kind"] not in {"single-choice", "true-false"}:
        raise NoPlaceError(*called(question["kind"]))
    lines = [to_plain(question["prompt"], losses, one_line=True)]
    right = ""
    for n, option in enumerate(question["options"]):
        letter = chr(ord("A") + n)
        text = to_plain(option["text"], losses, one_line=True)
        lines.append(f"{letter}. {text}")
        right = letter if is_right(option) else right
    return "\n".join([*lines, f"ANSWER: {right}", ""])


FORMAT = BankFormat(
    "aiken",
    "Aiken, multiple choice in plain text",
    (".aiken", ".txt"),
    lambda head: _LOOKS.search(decoded(head).text) is not None,
    read,
    written,
)
