"""The compiled cache: a bank as plain JSON, so that a warm start reads no YAML.

The rule: an entry is found only by the digest of the bank's bytes, the program's version and the
layout of this file, so it cannot be stale; its first line is the digest of the rest, so damage
cannot pass for a bank; and whatever goes wrong with it, the bank is read from its source instead.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from quizcli.quiz.model import NOWHERE, Bank, Demo, Figure, Option, Place, Question, Section, Usual
from quizcli.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.quiz.model import Rational

LAYOUT = 6  # to be raised whenever what is written below, or what reading makes of YAML, changes


class BankCache:
    """Compiled banks in one folder, which may be deleted at any time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _entry(self, data: bytes, file: str) -> Path:
        # One entry per source file: the first part finds its predecessors, to delete them.
        of = blake2b(file.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
        key = blake2b(f"{__version__}/{LAYOUT}\0".encode() + data, digest_size=12).hexdigest()
        return self.folder / f"{of}-{key}.bank"

    def get(self, data: bytes, file: str) -> Bank | None:
        """The bank compiled from exactly these bytes, or None."""
        try:
            seal, _, text = self._entry(data, file).read_bytes().partition(b"\n")
            return _bank(json.loads(text), file) if seal == _seal(text) else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
                RecursionError):  # fmt: skip
            return None

    def id_of(self, data: bytes, file: str) -> str | None:
        """The id of the bank compiled from exactly these bytes, or None; nothing else is read out
        of its entry, which is where the time goes."""
        try:
            seal, _, text = self._entry(data, file).read_bytes().partition(b"\n")
            if seal != _seal(text):
                return None
            # The entry is a list, and the id its first element.
            id, _ = json.JSONDecoder().raw_decode(text.decode(), 1)
            return str(id)
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, data: bytes, file: str, bank: Bank) -> None:
        """Keep a bank; where that fails, the next start is slower and nothing else."""
        entry = self._entry(data, file)
        text = json.dumps(_plain(bank), ensure_ascii=False, separators=(",", ":")).encode()
        temporary = entry.with_name(f"{entry.name}.{os.getpid()}")
        with suppress(OSError):
            # Whoever may write here decides what the answers are: its owner only.
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.folder.stat().st_mode & 0o077:
                self.folder.chmod(0o700)
            try:
                temporary.write_bytes(_seal(text) + b"\n" + text)
                temporary.replace(entry)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            for old in self.folder.glob(f"{entry.name.partition('-')[0]}-*"):
                if old != entry:
                    old.unlink(missing_ok=True)


def _seal(text: bytes) -> bytes:
    return blake2b(text, digest_size=12).hexdigest().encode()


def _plain(bank: Bank) -> list[Any]:
    return [
        bank.id,
        bank.title,
        [_plain_question(question) for question in bank.questions],
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
    ]


def _plain_question(question: Question) -> list[Any]:
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
        [place.line, place.column],
        question.own,
        [_plain_question(question.usual.question), question.usual.values]
        if question.usual
        else None,
        question.keyless,
        question.time,
    ]  # fmt: skip


def _bank(plain: list[Any], file: str) -> Bank:
    (id, title, questions, description, credit, shuffle, digest, retention, new_per_day, formerly,
     language, draw, keyless, parent) = plain  # fmt: skip
    return Bank(
        id,
        title,
        tuple(_question(question, file) for question in questions),
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
    )


def _question(plain: list[Any], file: str) -> Question:
    (id, kind, prompt, options, title, hints, explanation, figure, tags, points, difficulty,
     references, demo, credit, shuffle, back, formerly, asked, digest, place,
     own, usual, keyless, time) = plain  # fmt: skip
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
        Place(file, *place),
        {name: _tuples(value) for name, value in own.items()},
        Usual(_question(usual[0], file), usual[1]) if usual else None,
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
