"""Tables of questions, a row each: as spreadsheets hold them, and with the headers that we write.

``kind`` may be left out: a row with options is a choice, one with true or false a statement, one
with a number a number; any other is a flashcard.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from quizcli.formats.csv_rows import delimiter_of, rows
from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.format import BankFormat
from quizcli.formats.question_table_writer import HEADERS, SEPARATOR, written
from quizcli.formats.sources import (
    BadQuestion,
    Remark,
    SourceAnswer,
    SourceFile,
    SourceKind,
    SourceNumber,
    SourcePair,
    SourceQuestion,
)
from quizcli.formats.sources import SourceText as Text
from quizcli.formats.table_columns import QuestionColumns, guessed_columns, headed, right_places

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from quizcli.formats.csv_rows import TableRow

_NUMBER = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?\Z")
_TRUTHS = {"true": True, "false": False, "t": True, "f": False, "wahr": True, "falsch": False,
           "richtig": True, "yes": True, "no": False}  # fmt: skip
# A cell that a spreadsheet would run is written with an apostrophe before it.
_APOSTROPHE = re.compile(r"'(?=[=+\-@\t])")
_KINDS = {
    "single-choice": SourceKind.CHOICE,
    "multiple-choice": SourceKind.CHOICE,
    "true-false": SourceKind.TRUTH,
    "number": SourceKind.NUMBER,
    "text": SourceKind.SHORT,
    "matching": SourceKind.MATCHING,
    "free": SourceKind.ESSAY,
    "card": SourceKind.CARD,
}
_LEAD = 20  # rows within which headers begin: a template says what it is before them
_HELP = f"write headers in the first row: {', '.join(HEADERS)}"


def read(data: bytes) -> SourceFile:
    """The questions of a table, and what is to be said of it."""
    text, remarks = decoded_source(data)
    if match := re.match(r"sep=(.)\n", text):
        delimiter, text = match[1], f"\n{text[match.end() :]}"
    else:
        delimiter = _delimiter(text)
    return questions_in(rows(text, delimiter, remarks), remarks)


def questions_in(found: Iterator[TableRow], remarks: list[Remark]) -> SourceFile:
    """The questions of some rows, whatever file they come from."""
    questions = (
        _RowReader(row, columns, remarks).question() for row, columns in _placed(found, remarks)
    )
    return SourceFile(filter(None, questions), remarks)


def _placed(
    found: Iterator[TableRow], remarks: list[Remark]
) -> Iterator[tuple[TableRow, QuestionColumns]]:
    """The rows that hold questions, with what their columns are."""
    first = list(islice(found, _LEAD))
    heads = ((n, columns) for n, row in enumerate(first) if (columns := headed(row.cells)))
    at, columns = next(heads, (-1, None))
    if columns is not None:
        _tell_other(first[at], columns, remarks)
    elif first and (columns := guessed_columns(first[0].cells)) is not None:
        what = (
            "there are no headers, so each row is read as a question, its options and the right one"
        )
        if not columns.options:
            what = "there are no headers, so each row is read as a question and its answer"
        remarks.append(Remark(first[0].line, what, _HELP))
    elif first:
        remarks.append(Remark(first[0].line, "the columns are not recognised", _HELP, lost=True))
    if columns is not None:
        yield from ((row, columns) for row in chain(first[at + 1 :], found))


def _tell_other(row: TableRow, columns: QuestionColumns, remarks: list[Remark]) -> None:
    for header in columns.other:
        what = f"the column '{header[:40]}' is not read"
        remarks.append(Remark(row.line, what, f"the columns it reads: {', '.join(HEADERS)}"))


class _RowReader:
    """Reads the question of one row."""

    def __init__(self, row: TableRow, columns: QuestionColumns, remarks: list[Remark]) -> None:
        self.line = row.line
        self.cells = row.cells
        self.columns = columns
        self.remarks = remarks
        self.answer = self.cell(columns.roles.get("answer", -1))

    def cell(self, place: int) -> str:
        """What stands in a column; "" where the row ends before it."""
        return _APOSTROPHE.sub("", self.cells[place]) if 0 <= place < len(self.cells) else ""

    def role(self, name: str) -> str:
        """What stands in the column of a role."""
        return self.cell(self.columns.roles.get(name, -1))

    def text(self, source: str) -> Text:
        """A text of the table, in which signs mean themselves."""
        return Text(source, "plain")

    def question(self) -> SourceQuestion | None:
        """The question; None, and told, where it cannot be read."""
        asked = self.role("question")
        options = self._options()
        kind = _KINDS.get(self.role("kind").casefold().replace(" ", "-")) or self._kind(options)
        try:
            fields = self._fields(kind, options)
        except BadQuestion as bad:
            what = f"'{asked[:40] or f'row {self.line}'}' is left out: {bad}"
            self.remarks.append(Remark(self.line, what, bad.fix, lost=True))
            return None
        explanation = self.role("explanation")
        tags = tuple(tag.strip() for tag in re.split("[,;]", self.role("tags")) if tag.strip())
        return SourceQuestion(
            self.line,
            kind,
            self.text(asked),
            id=self.role("id"),
            tags=tags,
            title=self.role("title"),
            feedback=self.text(explanation) if explanation else None,
            **fields,
        )

    def _options(self) -> list[tuple[str, str]]:
        """The options that are filled in, each with what is said of it."""
        feedback = self.columns.feedback or (-1,) * len(self.columns.options)
        found = [
            (self.cell(place), self.cell(said))
            for place, said in zip(self.columns.options, feedback, strict=True)
        ]
        return found if any(text for text, _ in found) else []

    def _kind(self, options: list[tuple[str, str]]) -> SourceKind:
        if options or self.columns.wrong:
            return SourceKind.CHOICE
        if "card" in self.columns.roles:
            return SourceKind.CARD
        if self.answer.casefold() in _TRUTHS:
            return SourceKind.TRUTH
        return SourceKind.NUMBER if _NUMBER.match(self.answer) else SourceKind.CARD

    def _fields(self, kind: SourceKind, options: list[tuple[str, str]]) -> dict[str, Any]:
        """The fields that the kind fills. Raises BadQuestion."""
        if kind is SourceKind.CHOICE:
            return self._choice(options)
        if kind is SourceKind.ESSAY:
            return {}
        if not self.answer:
            raise BadQuestion("the answer is empty", "fill it in")
        if kind is SourceKind.TRUTH:
            if self.answer.casefold() not in _TRUTHS:
                what = f"'{self.answer[:40]}' is neither true nor false"
                raise BadQuestion(what, "write true or false")
            return {"truth": _TRUTHS[self.answer.casefold()]}
        if kind is SourceKind.NUMBER:
            return self._number()
        if kind is SourceKind.MATCHING:
            return self._pairs()
        if kind is SourceKind.SHORT:
            parts = [part.strip() for part in self.answer.split(SEPARATOR.strip())]
            # A star stands for itself here.
            plain = [part.replace("*", "\\*") for part in parts if part]
            return {"answers": tuple(SourceAnswer(self.line, True, Text(p)) for p in plain)}
        return {"back": self.text(self.answer)}

    def _choice(self, options: list[tuple[str, str]]) -> dict[str, Any]:
        if self.columns.wrong and self.answer:
            wrong = [self.cell(place) for place in self.columns.wrong]
            options = [(text, "") for text in (self.answer, *wrong) if text]
            rights: tuple[int, ...] = (0,)
        else:
            rights = self._letters(options)
            rights = rights or right_places(self.answer, [text for text, _ in options])
        if not rights:
            shown = self.answer[:40]
            what = f"'{shown}' is not an option" if shown else "no option is named as right"
            raise BadQuestion(what, "write the letter of the right one, such as A, or A, C")
        several = len(rights) > 1 or self.role("kind").startswith("multiple")
        answers = [
            SourceAnswer(
                self.line,
                n in rights,
                self.text(text),
                None,
                self.text(said) if said else None,
            )
            for n, (text, said) in enumerate(options)
            if text
        ]
        return {"answers": tuple(answers), "several": several}

    def _letters(self, options: list[tuple[str, str]]) -> tuple[int, ...]:
        """The right options of a row that says its kind, whose answer is letters, whatever the
        options say."""
        letters = self.answer.split(", ")
        places = tuple(ord(letter) - ord("A") for letter in letters if len(letter) == 1)
        fit = len(places) == len(letters) and all(0 <= n < len(options) for n in places)
        return places if fit and self.role("kind") else ()

    def _number(self) -> dict[str, Any]:
        if not _NUMBER.match(self.answer):
            what = f"'{self.answer[:40]}' is not a number"
            raise BadQuestion(what, "write digits, such as 3.14")
        tolerance = self.role("tolerance")
        if tolerance and not _NUMBER.match(tolerance):
            what = f"the tolerance '{tolerance[:40]}' is not a number"
            raise BadQuestion(what, "write digits, such as 0.1")
        number = SourceNumber(self.answer, tolerance)
        return {"answers": (SourceAnswer(self.line, True, self.text(""), number=number),)}

    def _pairs(self) -> dict[str, Any]:
        pairs = [part.partition("=") for part in self.answer.split(SEPARATOR.strip())]
        if any(not sign for _, sign, _ in pairs):
            raise BadQuestion("its pairs are not read", "write left = right | left = right")
        found = [
            SourcePair(self.line, self.text(left.strip()), right.strip())
            for left, _, right in pairs
        ]
        return {"pairs": tuple(found)}


def _looks(head: bytes) -> bool:
    """Whether a file has headers of questions."""
    text, _ = decoded(head)
    first = islice(rows(text, _delimiter(text), []), _LEAD)
    return any(headed(row.cells) for row in first)


def _delimiter(text: str) -> str:
    """What parts the cells: that by which headers are some, else what stands most evenly."""
    for sign in "\t;,":
        first = islice(rows("\n".join(text.split("\n")[:_LEAD]), sign, []), _LEAD)
        if any(headed(row.cells) for row in first):
            return sign
    return delimiter_of(text)


CSV = BankFormat(
    "csv", "a comma-separated table", (".csv",), _looks, read, lambda source: written(source, ",")
)
TSV = BankFormat(
    "tsv", "a tab-separated table", (".tsv",), _looks, read, lambda source: written(source, "\t")
)
