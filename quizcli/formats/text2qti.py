"""text2qti's Markdown, from which quizzes of Canvas are made: what a line is, its first signs say,
and lines that are indented below it belong to it."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.decoding import decoded, decoded_source
from quizcli.formats.format import BankFormat
from quizcli.formats.sources import (
    BadQuestion,
    Remark,
    SourceAnswer,
    SourceFile,
    SourceKind,
    SourceNumber,
    SourceQuestion,
    SourceTitle,
)
from quizcli.formats.sources import SourceText as Text
from quizcli.formats.text2qti_writer import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

_NUMBER = r"[-+]?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,3})?"
_LINE = re.compile(
    r"(?P<question>[0-9]{1,6}\.(?:\s+|\Z))|(?P<title>Title:\s*)|(?P<points>Points:\s*)"
    r"|(?P<quiz>(?:Quiz (?:title|description)|Text(?: title)?|[A-Za-z' -]{3,30}):\s*)"
    r"|(?P<said>\.\.\.\s+)|(?P<right>\+\s+)|(?P<wrong>-\s+)|(?P<solution>!\s+)"
    r"|(?P<choice>\*?[A-Za-z]\)\s+)|(?P<tick>\[[ *]?\]\s+)|(?P<number>=\s+)|(?P<short>\*\s+)"
    r"|(?P<essay>_{3,}\s*\Z)|(?P<upload>\^{3,}\s*\Z)|(?P<group>(?:END_)?GROUP\b)|(?P<comment>%)"
)
_ID = re.compile(r"\[id:([^\]]+)\]")
_TAG = re.compile(r"\[tag:([^\]]+)\]")
_EXACT = re.compile(rf"({_NUMBER})(?:\s*\+-\s*({_NUMBER})(%?))?\Z")
_RANGE = re.compile(rf"\[\s*({_NUMBER})\s*,\s*({_NUMBER})\s*\]\Z")
_LOOKS = re.compile(
    r"^[0-9]+\.\s.*\n(?:.*\n){0,30}?(?:\*[a-zA-Z]\)|\[\*\]|=|\*|____)\s", re.MULTILINE
)
_TITLE = re.compile(r"^Quiz title:[^\S\n]*(\S.*)", re.MULTILINE)
_ANSWERS = {"choice", "tick", "number", "short", "essay", "upload"}


class _Piece(NamedTuple):
    """A line with what is indented below it: what it is, its sign, its text."""

    line: int
    what: str
    sign: str
    text: str


def read(data: bytes) -> SourceFile:
    """The questions of a file, and what is to be said of it."""
    text, remarks = decoded_source(data)
    found = (
        _question(before, pieces, remarks) for before, pieces in _drafts(_pieces(text, remarks))
    )
    titles = (SourceTitle(1, (said,), "markdown") for said in _TITLE.findall(text))
    return SourceFile(chain(titles, filter(None, found)), remarks)


def _pieces(text: str, remarks: list[Remark]) -> Iterator[_Piece]:
    """The pieces of a file, without those within COMMENT and END_COMMENT."""
    current: tuple[int, str, str, list[str]] | None = None
    hidden = False
    for number, line in enumerate(chain(text.expandtabs(4).split("\n"), ["%"]), 1):
        if line.startswith(("COMMENT", "END_COMMENT")):
            hidden = not line.startswith("END")
            continue
        if hidden and line != "%":
            continue
        if current and (line.startswith("  ") or not line.strip()):
            width = min(len(line) - len(line.lstrip()), len(current[2]))
            current[3].append(line[width:].rstrip())
            continue
        if current:
            yield _Piece(*current[:3], "\n".join(current[3]).strip("\n"))
        current = None
        if match := _LINE.match(line):
            current = (number, match.lastgroup or "", match[0], [line[match.end() :].rstrip()])
        elif line.strip():
            what = f"'{line[:40]}' is not read"
            remarks.append(Remark(number, what, "indent it if it belongs to the line above"))


def _drafts(pieces: Iterable[_Piece]) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """For each question what stands before it and is its own, and its pieces."""
    before: list[_Piece] = []
    own: list[_Piece] = []
    for piece in pieces:
        if piece.what in {"question", "title", "points", "comment", "quiz", "group"} and own:
            yield before, own
            before, own = [], []
        if piece.what == "question" or own:
            own.append(piece)
        elif piece.what in {"title", "points", "comment"}:
            before.append(piece)
        elif piece.what in {"quiz", "group"}:
            before = []
    if own:
        yield before, own


def _question(
    before: list[_Piece], pieces: list[_Piece], remarks: list[Remark]
) -> SourceQuestion | None:
    first, *others = pieces
    comments = "\n".join(piece.text for piece in before if piece.what == "comment")
    ids = _ID.findall(comments)
    head = {piece.what: piece.text for piece in before}
    try:
        fields = _fields(others)
    except BadQuestion as bad:
        what = f"'{' '.join(first.text.split())[:40]}' is left out: {bad}"
        remarks.append(Remark(first.line, what, bad.fix, lost=True))
        return None
    for piece in others:
        if piece.what in {"right", "wrong", "solution"}:
            called = {"right": "right answers", "wrong": "wrong answers", "solution": "a solution"}
            what = f"the text for {called[piece.what]} is not read"
            remarks.append(Remark(piece.line, what, "write it after ... for all answers"))
    return SourceQuestion(
        first.line,
        fields.pop("kind"),
        Text(first.text, "markdown"),
        id=ids[-1] if ids else "",
        tags=tuple(_TAG.findall(comments)),
        title=head.get("title", ""),
        points=head.get("points", ""),
        **fields,
    )


def _fields(pieces: list[_Piece]) -> dict[str, Any]:
    """The kind and its fields. Raises BadQuestion where the answers make no sense."""
    general: Text | None = None
    answers: list[tuple[_Piece, Text | None]] = []
    for piece in pieces:
        if piece.what == "said" and answers:
            answers[-1] = (answers[-1][0], Text(piece.text, "markdown"))
        elif piece.what == "said":
            general = Text(piece.text, "markdown")
        elif piece.what in _ANSWERS:
            answers.append((piece, None))
    kinds = {piece.what for piece, _ in answers}
    if len(kinds) != 1:
        mixed = "answers of two kinds" if kinds else "no answers"
        raise BadQuestion(f"it has {mixed}", "write a), *b) or [ ], [*] or = or * before each")
    return {**_KINDS[kinds.pop()](answers), "feedback": general}


def _choice(answers: list[tuple[_Piece, Text | None]]) -> dict[str, Any]:
    found = [
        SourceAnswer(piece.line, "*" in piece.sign, Text(piece.text, "markdown"), None, said)
        for piece, said in answers
    ]
    if not any(answer.right for answer in found):
        what = "no answer is marked as right"
        raise BadQuestion(what, "write * before the right one, as in *a) or [*]")
    texts = [answer.text.text.strip().lower() for answer in found]
    several = answers[0][0].what == "tick"
    if texts == ["true", "false"] and not several and found[0].right != found[1].right:
        right, wrong = sorted(found, key=lambda answer: not answer.right)
        said = {"if_right": right.feedback, "if_wrong": wrong.feedback}
        return {"kind": SourceKind.TRUTH, "truth": found[0].right, **said}
    return {"kind": SourceKind.CHOICE, "answers": tuple(found), "several": several}


def _short(answers: list[tuple[_Piece, Text | None]]) -> dict[str, Any]:
    found = [  # a star stands for itself here
        SourceAnswer(piece.line, True, Text(piece.text.replace("*", "\\*"), "plain"))
        for piece, _ in answers
    ]
    return {"kind": SourceKind.SHORT, "answers": tuple(found)}


def _number(answers: list[tuple[_Piece, Text | None]]) -> dict[str, Any]:
    piece, said = answers[0]
    text = piece.text.strip().replace("\N{MINUS SIGN}", "-")
    if match := _EXACT.match(text):
        tolerance = match[2] or ""
        if match[3]:
            from fractions import Fraction

            from quizcli.quiz.quantities import written as digits

            tolerance = digits(abs(Fraction(match[1])) * Fraction(tolerance) / 100)
        number = SourceNumber(match[1], tolerance)
    elif match := _RANGE.match(text):
        number = SourceNumber(low=match[1], high=match[2])
    else:
        what = f"'{text[:40]}' is not a number"
        raise BadQuestion(what, "write = 3.14 +- 0.01, or = [3.1, 3.2]")
    answer = SourceAnswer(piece.line, True, Text(""), None, said, number)
    return {"kind": SourceKind.NUMBER, "answers": (answer,)}


def _upload(_answers: list[tuple[_Piece, Text | None]]) -> dict[str, Any]:
    raise BadQuestion("a file is to be handed in", "ask for a text instead: ____")


_KINDS: dict[str, Callable[[list[tuple[_Piece, Text | None]]], dict[str, Any]]] = {
    "choice": _choice,
    "tick": _choice,
    "short": _short,
    "number": _number,
    "essay": lambda _: {"kind": SourceKind.ESSAY},
    "upload": _upload,
}

FORMAT = BankFormat(
    "text2qti",
    "text2qti's Markdown",
    (".text2qti", ".txt", ".md"),
    lambda head: _LOOKS.search(decoded(head).text[:20_000]) is not None,
    read,
    written,
)
