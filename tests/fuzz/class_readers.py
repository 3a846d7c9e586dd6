"""Readers of what a class hands in and of the tables beside it, with what each is held to."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from functools import cache
from math import isinf
from pathlib import Path

from quizcli.report.codes import UserError
from quizcli.scores.hand_in_files import BadHandIn, FoundFile, read_object
from quizcli.scores.hand_in_store import HandInStore
from quizcli.scores.hand_ins import HandInReader
from quizcli.scores.marks_table import read_marks
from quizcli.scores.overrides import read_overrides
from quizcli.scores.repair_files import read_repair
from quizcli.scores.responses import read_responses
from quizcli.scores.roster import read_roster
from quizcli.scores.tries import TryPile
from tests.support.samples import sample_bank


@cache
def _file() -> Path:
    """A file for readers that open one themselves."""
    folder = tempfile.mkdtemp(prefix="quizcli-fuzz-")
    return Path(folder) / "file.json"


def written(data: bytes) -> Path:
    """These bytes as a file."""
    _file().write_bytes(data)
    return _file()


def hand_in(data: bytes) -> None:
    """What is graded has marks within those of its questions."""
    with suppress(BadHandIn):
        read = HandInReader(sample_bank()).graded(
            read_object(FoundFile("a.json", written(data))), "a"
        )
        for answer in read.answers:
            assert 0 <= answer.grade.points <= answer.grade.maximum


def repair(data: bytes) -> None:
    """A sentence, or a repair."""
    known = {question.id: question for question in sample_bank().questions}
    with suppress(UserError):
        read_repair(written(data), "repair.yaml", sample_bank(), known)


def roster(data: bytes) -> None:
    """Each student is found by their own id."""
    with suppress(UserError):
        read = read_roster(written(data), "class.csv")
        assert all(read.find(one.id) for one in read.students if one.id)


def overrides(data: bytes) -> None:
    """Each decision has a student and a reason."""
    known = {question.id: question for question in sample_bank().questions}
    with suppress(UserError):
        read = read_overrides(written(data), "overrides.csv", known)
        assert all(one.student and one.reason for one in read)


def marks(data: bytes) -> None:
    """As many marks as items, and none of them infinite."""
    with suppress(UserError):
        read = read_marks(written(data), "marks.csv")
        assert read.marks.shape[1] == len(read.questions) == len(read.maxima)
        assert not any(map(isinf, read.marks.flat))  # what was not asked is no number


def responses(data: bytes) -> None:
    """What is put into the pile has marks within those of its questions."""
    reader = HandInReader(sample_bank())
    store = HandInStore(reader.earned)
    with suppress(UserError):
        read_responses(written(data), "answers.csv", reader, TryPile(store))
    for one in store._kept:
        for answer in one.answers:
            assert 0 <= answer.grade.points <= answer.grade.maximum
