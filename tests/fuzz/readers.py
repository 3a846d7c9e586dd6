"""What is fuzzed: each reader of other people's bytes with what it is held to, and where to begin.

A reader gives faults, or something that can be used; whatever else it raises is a finding, and so is
what breaks the promise that stands beside it here.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from defusedxml.ElementTree import fromstring

from quizcli import settings
from quizcli.bank.accepting import accepted
from quizcli.bank.answers import read_answers
from quizcli.bank.check import check_bank
from quizcli.bank.faults import BankError, Level
from quizcli.bank.read import read_bank
from quizcli.bank.yaml_text import whole_text
from quizcli.cli.anki_log import anki_log
from quizcli.cli.bank_formats import bank_format, guessed
from quizcli.pages.mathml import mathml
from quizcli.proof.proving import demo_faults
from quizcli.quiz.kinds import KINDS
from quizcli.quiz.kinds.cloze import CLOSE, OPEN, filled, gaps
from quizcli.quiz.markup import formulas
from quizcli.report.codes import UserError
from quizcli.review.banks import Banks
from quizcli.review.csv_log import BadLog, read_csv
from quizcli.terminal.notation import Form, complaints, fits_unicode, render
from quizcli.terminal.safe import neutral
from quizcli.terminal.sequences import KeyParser
from tests.fuzz import class_readers, seeds
from tests.fuzz.class_readers import written
from tests.support.bank_files import BROKEN, GOOD, NOTATION, RNN
from tests.support.drafts import to_bank
from tests.support.review_logs import as_csv
from tests.support.samples import sample_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from quizcli.bank.faults import Fault


class Reader(NamedTuple):
    """A reader by ``read``, which raises where a promise is broken; ``seeds`` are files to begin
    with; ``rooms`` is which modules of ours it runs through, by how their names begin."""

    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    rooms: tuple[str, ...]


def _check(data: bytes) -> list[Fault]:
    return check_bank(data, "bank.yaml", demo_faults, NOTATION)


def bank(data: bytes) -> None:
    """Every fault has a place in the file and is one line; without one it is a bank, with which
    every kind can be asked."""
    faults = _check(data)
    lines = data.decode("utf-8", "replace").splitlines()
    for fault in faults:
        assert 1 <= fault.place.line <= len(lines) + 1, fault
        assert fault.place.column >= 1, fault
        assert "\n" not in str(fault), fault
    refused = any(fault.level is Level.FAULT for fault in faults)
    try:
        read = read_bank(data, "bank.yaml")
    except BankError:
        assert refused
        return
    for question in read.questions:
        render(question.prompt, Form.LINEAR)


def answers(data: bytes) -> None:
    """Answers are all of the bank's own questions."""
    known = {question.id for question in sample_bank().questions}
    with suppress(UserError):
        assert set(read_answers(written(data), sample_bank())) <= known


def log(data: bytes) -> None:
    """A log that is read is written and read the same."""
    try:
        read = read_csv(data.decode("utf-8", "replace"))
    except BadLog:
        return
    # Whether it tells answers at all is of the file: ours has the column.
    assert read_csv(as_csv(read)) == tuple(each._replace(chosen=each.chosen or ()) for each in read)


def settings_file(data: bytes) -> None:
    """What holds is written and read the same, and what is not known is kept."""
    read = settings.read(data.decode("utf-8", "replace"))
    try:
        text = settings.whole_file(read.values, read.kept)
    except settings.BadSetting:
        return
    again = settings.read(text)
    assert again.values == read.values
    assert again.kept.keys() == read.kept.keys()


def maths(data: bytes) -> None:
    """Spoken is ASCII where the text is; MathML is well-formed XML."""
    text = data.decode("utf-8", "replace")
    for form in Form:
        shown = render(text, form)
        assert form is not Form.SPOKEN or not text.isascii() or shown.isascii()
    fits_unicode([text])
    for formula in formulas(text):
        complaints(formula)
        typeset = mathml(formula)
        if typeset is not None and formula.isprintable():
            fromstring(str(typeset))


def cloze(data: bytes) -> None:
    """Where nothing is unsound, each gap can be asked, and is not in what it asks."""
    text = data.decode("utf-8", "replace")
    faults = KINDS["cloze"].unsound(text)
    found = gaps(text)
    filled(text)
    for gap in found:
        filled(text, hidden=gap.id)
        filled(text, marked=gap.id)
    if not faults:
        assert found
        assert len({gap.id for gap in found}) == len(found)
        assert all(OPEN not in gap.id and CLOSE not in gap.id for gap in found)


def keys(data: bytes) -> None:
    """The same keys in whatever pieces they come; none of them acts on a terminal."""

    def pressed(*pieces: str) -> list[str]:
        parser, found = KeyParser(), []
        for piece in pieces:
            parser.feed(piece)
            while (key := parser.next()) is not None:
                found.append(key)
        while (key := parser.next(final=True)) is not None:
            found.append(key)
        return found

    text = data.decode("utf-8", "replace")
    at_once = pressed(text)
    assert pressed(*text) == at_once
    assert all(key.isprintable() for key in at_once)


def anki_reviews(data: bytes) -> None:
    """What was reviewed in Anki is a list of reviews, or a sentence."""
    data = data if data.startswith(b"PK") else seeds.anki_package(data)
    with suppress(UserError):
        anki_log(data, "deck.apkg", Banks(given=[sample_bank()]), lambda _review: "")


def imported(data: bytes, name: str, packed: Callable[[bytes], bytes] | None = None) -> None:
    """What the bank format takes of a file is a bank as a whole, and every remark is told. ``packed``
    puts what is no package into one, so that what is within is fuzzed and not its checksums."""
    data = packed(data) if packed and not data.startswith(b"PK") else data
    format = bank_format(name)
    format.looks(data)
    with suppress(UserError):
        guessed(f"file{format.suffixes[0]}", data)
    assert format.read
    draft = to_bank(format.read(data), "fuzz", "Fuzz")
    for remark in draft.remarks:
        neutral(f"{remark.line}: {remark.what} — {remark.fix}")
    json.dumps([remark._asdict() for remark in draft.remarks])
    head = {name: said for name, said in draft.bank.items() if name != "questions"}
    questions = [each.text for each in accepted(head, draft.bank["questions"], _check, [])]
    if questions:
        read = read_bank(whole_text(head, questions).encode(), "bank.yaml")
        assert len(read.questions) == len(questions)


def _format(name: str, packed: Callable[[bytes], bytes] | None = None) -> Reader:
    module = bank_format(name).read.__module__  # type: ignore[union-attr]
    rooms = (
        module, "quizcli.formats.source", "quizcli.formats.carrier", "quizcli.formats.plain_text",
        *(f"quizcli.formats.{part}" for part in seeds.ROOMS.get(name, ())),
    )  # fmt: skip
    read = partial(imported, name=name, packed=packed)
    return Reader(read, partial(seeds.of_format, name), rooms)


def _texts(*found: str) -> Callable[[], Iterable[bytes]]:
    return lambda: [text.encode() for text in found]


READERS = {
    "bank": Reader(
        bank,
        lambda: [path.read_bytes() for path in (*GOOD, *BROKEN, RNN)],
        ("quizcli.bank.", "quizcli.quiz.kinds", "quizcli.quiz.arithmetic", "quizcli.quiz.variables"),
    ),
    "answers": Reader(answers, _texts(*seeds.ANSWERS), ("quizcli.bank.answers", "quizcli.bank.nodes")),
    "log": Reader(log, seeds.logs, ("quizcli.review.csv_log", "quizcli.review.log_cells")),
    "settings": Reader(settings_file, _texts(*seeds.SETTINGS), ("quizcli.settings",)),
    "maths": Reader(
        maths, _texts(*seeds.MATHS), ("quizcli.terminal.maths", "quizcli.terminal.notation",
                                      "quizcli.quiz.inline", "quizcli.quiz.markup", "quizcli.pages.math")
    ),
    "cloze": Reader(cloze, _texts(*seeds.CLOZE), ("quizcli.quiz.kinds.cloze",)),
    "keys": Reader(keys, _texts(*seeds.KEYS), ("quizcli.terminal.sequences",)),
    "hand-in": Reader(class_readers.hand_in, seeds.hand_ins, ("quizcli.scores.hand_in",)),
    "repair": Reader(class_readers.repair, _texts(*seeds.REPAIRS), ("quizcli.scores.repair_files", "quizcli.scores.repairs")),
    "overrides": Reader(class_readers.overrides, _texts(*seeds.OVERRIDES), ("quizcli.scores.overrides", "quizcli.scores.tables")
    ),
    "marks": Reader(class_readers.marks, _texts(*seeds.MARKS), ("quizcli.scores.marks_table", "quizcli.scores.tables")),
    "responses": Reader(class_readers.responses, _texts(*seeds.RESPONSES),
        ("quizcli.scores.responses", "quizcli.scores.answer_cells", "quizcli.scores.tables"),
    ),
    "anki-reviews": Reader(
        anki_reviews, seeds.anki_reviews, ("quizcli.cli.anki_log", "quizcli.formats.anki_collection")
    ),
    "roster": Reader(class_readers.roster, _texts(*seeds.ROSTERS), ("quizcli.scores.roster", "quizcli.scores.tables")),
    **{
        name: _format(name)
        for name in ("gift", "aiken", "moodle-xml", "csv", "tsv", "markdown", "text2qti", "quizlet",
                     "anki-text")
    },
    "qti-1.2": _format("qti-1.2", seeds.zipped),
    "qti-2.1": _format("qti-2.1", seeds.zipped),
    "qti-3.0": _format("qti-3.0", seeds.zipped),
    "anki": _format("anki", seeds.anki_package),
    "xlsx": _format("xlsx", seeds.workbook),
}  # fmt: skip
