"""A bank as it is compiled: plain JSON, in lines.

The first line has check sums of the second and of the rest, so damage cannot pass for a bank, nor
can what another version of this program compiled. The second holds the bank, the third what heads
its questions, by which they are chosen and ordered. Each question is read when it is asked for: to
show one of ten thousand is to read one.
"""

from __future__ import annotations

import json
from contextlib import suppress
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from zlib import crc32

from quizcli.bank.faults import BankError, Fault
from quizcli.quiz.cards import heading_of
from quizcli.quiz.model import (
    NOWHERE,
    Bank,
    CompiledQuestions,
    Demo,
    Figure,
    Option,
    Place,
    Question,
    QuestionHeading,
    Section,
    Usual,
)
from quizcli.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from quizcli.quiz.model import Rational

# What reading something else than an entry comes to.
NO_ENTRY = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip
LAYOUT = 8  # to be raised whenever what is written below, or what reading makes of YAML, changes


def program() -> bytes:
    """What compiles: only it can read what it wrote."""
    return f"{__version__}/{LAYOUT}".encode()


def compiled(bank: Bank, file: str) -> bytes:
    """A bank that was read from a file, as one line for it, one for headings, and questions."""
    files = {name: n for n, name in enumerate((file, *(name for name, _ in bank.includes)))}
    questions = [_written(_plain_question(question, files)) for question in bank.questions]
    headings = _written(_plain_headings(bank.questions, [*map(len, questions)]))
    head, rest = _written(_plain(bank)) + b"\n", b"".join([headings, b"\n", *questions])
    return b"".join([_seal(head), _seal(rest), b"\n", head, rest])


def compiled_id(path: Path) -> str | None:
    """The id of the bank that was compiled to a file; None where that says something else. No more
    is read than says it."""
    with path.open("rb") as lines:
        seal, bank = lines.readline(), lines.readline()
        return str(json.loads(bank)[0]) if seal.startswith(_seal(bank)) else None


def _seal(text: bytes | memoryview) -> bytes:
    # It finds damage; who may write here can write a whole entry, whatever the digest.
    return b"%08x" % crc32(text, crc32(program()))


def _written(plain: object) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _plain_headings(questions: Sequence[Question], lengths: list[int]) -> list[Any]:
    """Columns, and all that questions have in common once: rows would take three times as long to
    read."""
    shared: dict[tuple[Any, ...], int] = {}
    headings = [heading_of(question) for question in questions]
    numbers = [shared.setdefault(heading[1:], len(shared)) for heading in headings]
    return [[heading.id for heading in headings], list(shared), numbers, lengths]


def _plain(bank: Bank) -> list[Any]:
    return [
        bank.id,
        bank.title,
        bank.description,
        bank.credit,
        bank.shuffle,
        bank.digest,
        bank.retention,
        bank.new_per_day,
        bank.formerly,
        bank.language,
        bank.draw,
        bank.keyless,
        bank.parent,
        bank.includes,
    ]


def _plain_question(question: Question, files: Mapping[str, int]) -> list[Any]:
    figure, demo, place = question.figure, question.demo, question.place
    points = question.points
    return [
        question.id,
        question.kind,
        question.prompt,
        [
            [o.id, o.text, o.correct, o.feedback, o.missed, o.claim, o.last,
             o.place.line, o.place.column]
            for o in question.options
        ],
        question.title,
        question.hints,
        question.explanation,
        [figure.text, figure.alt] if figure else None,
        question.tags,
        points if isinstance(points, int) else str(points),
        question.difficulty,
        question.references,
        [demo.name, dict(demo.parameters)] if demo else None,
        question.credit,
        question.shuffle,
        question.back,
        question.formerly,
        question.asked,
        question.digest,
        [files.get(place.file, 0), place.line, place.column],
        question.own,
        [_plain_question(question.usual.question, files), question.usual.values]
        if question.usual
        else None,
        question.keyless,
        question.time,
    ]  # fmt: skip


def compiled_bank(path: Path, file: str) -> Bank | None:
    """The bank that was compiled from a file to this path; None where its check sum is that of
    another, or what it includes is no longer what it was."""
    entry = path.read_bytes()
    lines = BytesIO(entry)
    seal, head = lines.readline(), lines.readline()
    if seal != _seal(head) + _seal(memoryview(entry)[lines.tell() :]) + b"\n":
        return None
    (id, title, description, credit, shuffle, digest, retention, new_per_day, formerly,
     language, draw, keyless, parent, includes) = json.loads(head)  # fmt: skip
    files = (file, *(name for name, _ in includes))
    if includes and not _holds(includes):
        return None
    ids, shared, numbers, lengths = json.loads(lines.readline())
    starts = list(accumulate(lengths, initial=lines.tell()))
    shared = [_tuples(each) for each in shared]
    headings = [
        QuestionHeading(id, *shared[number]) for id, number in zip(ids, numbers, strict=True)
    ]

    def read(at: int) -> Question:
        with suppress(*NO_ENTRY):
            question = _question(json.loads(entry[starts[at] : starts[at + 1]]), files)
            if question.id == ids[at]:
                return question
        what = f"this program did not compile this from {file}"
        raise BankError([Fault(Place(path.as_posix(), 1, 1), "forged", what, "delete it")])

    return Bank(
        id,
        title,
        CompiledQuestions(headings, read),
        description,
        credit,
        shuffle,
        digest,
        file,
        retention,
        new_per_day,
        tuple(formerly),
        language,
        tuple(Section(*each) for each in draw),
        keyless,
        parent,
        tuple((name, stamp) for name, stamp in includes),
    )


def _holds(includes: Sequence[tuple[str, str]]) -> bool:
    """Whether what a bank includes is what it was when it was compiled."""
    from pathlib import Path

    from quizcli.bank.including import stamp

    return all(stamp(Path(name)) == was for name, was in includes)


def _question(plain: list[Any], files: Sequence[str]) -> Question:
    (id, kind, prompt, options, title, hints, explanation, figure, tags, points, difficulty,
     references, demo, credit, shuffle, back, formerly, asked, digest, place,
     own, usual, keyless, time) = plain  # fmt: skip
    at, line, column = place
    file = files[at]
    return Question(
        id,
        kind,
        prompt,
        tuple(_option(option, file) for option in options),
        title,
        tuple(hints),
        explanation,
        Figure(*figure) if figure else None,
        tuple(tags),
        _points(points),
        difficulty,
        tuple(references),
        Demo(*demo) if demo else None,
        credit,
        shuffle,
        back,
        tuple(formerly),
        asked,
        digest,
        Place(file, line, column),
        {name: _tuples(value) for name, value in own.items()},
        Usual(_question(usual[0], files), usual[1]) if usual else None,
        keyless,
        time,
    )


def _tuples(value: Any) -> Any:
    """JSON has lists, where reading makes tuples."""
    if isinstance(value, dict):
        return {name: _tuples(inner) for name, inner in value.items()}
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _option(plain: list[Any], file: str) -> Option:
    id, text, correct, feedback, missed, claim, last, line, column = plain
    place = Place(file, line, column) if line else NOWHERE
    return Option(id, text, correct, feedback, missed, claim, last, place)


def _points(plain: int | str) -> Rational:
    if isinstance(plain, int):
        return plain
    from fractions import Fraction

    return Fraction(plain)
