"""Any bank in any format: a file and what is lost, or a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from quizcli.bank.plain import plain_bank
from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import bank_format, names
from quizcli.formats.format import ExportSource
from quizcli.formats.sources import SourceNumber
from quizcli.quiz.model import Bank
from quizcli.report.codes import UserError
from tests.support.bank_files import GOOD, HANDOUT, ROOT

# A handout is not exported.
BANKS = [path for path in GOOD if path != HANDOUT]
BANKS += sorted((ROOT / "tests" / "fixtures").glob("*.yaml"))


@pytest.mark.parametrize("name", names(written=True))
@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_any_bank_is_written(path: Path, name: str) -> None:
    bank, write = load_bank(path), bank_format(name).write
    assert write
    with suppress(UserError):
        assert isinstance(write(ExportSource(bank, plain_bank(bank))).content, str | bytes)


def test_points_whose_digits_do_not_end_are_rounded_and_told(tmp_path: Path) -> None:
    """A third of a point stopped an export to text2qti."""
    path = tmp_path / "b.yaml"
    path.write_text(
        "format: 1\nid: b\ntitle: B\nquestions:\n"
        "  - {id: a, kind: free, prompt: Why?, points: 1/3}\n"
    )
    bank = load_bank(path)
    write = bank_format("moodle-xml").write
    assert write
    file = write(ExportSource(bank, plain_bank(bank)))
    assert "0.3333" in str(file.content)
    assert [loss.changed for loss in file.losses] == ["rounded"]


# The same numbers: as an author may write them, and as every program reads them.
NUMBERS = [
    ("unit: s, answer: 5 ms, tolerance: 2 ms, expect: [{answer: 3 s}, {answer: 90 ms}]",
     "unit: s, answer: 0.005, tolerance: 0.002, expect: [{answer: 3}, {answer: 0.09}]"),
    ("unit: $, answer: $7, tolerance: $1", "unit: $, answer: 7, tolerance: 1"),
    ('answer: "1,5", tolerance: "0,5%"', 'answer: "1.5", tolerance: "0.5%"'),
    ('answer: "1.250"', 'answer: "1250"'),
]  # fmt: skip
# The others show a number as its author wrote it, to people.
GRADED = {"csv", "gift", "jupyterquiz", "moodle-xml", "qti-1.2", "qti-2.1", "qti-3.0", "text2qti"}


def _number_bank(path: Path, own: str) -> Bank:
    path.write_text(
        "format: 1\nid: b\ntitle: B\nlanguage: de\nquestions:\n"
        f"  - {{id: a, kind: number, prompt: So?, {own}}}\n"
    )
    return load_bank(path)


@pytest.mark.parametrize("name", sorted(GRADED))
@pytest.mark.parametrize(("written", "plain"), NUMBERS)
def test_a_number_is_one_however_it_is_written(
    tmp_path: Path, name: str, written: str, plain: str
) -> None:
    """5 ms of an answer in seconds was written as 5 seconds, and 1.250 of a German bank as 1.25."""
    write, files = bank_format(name).write, []
    assert write
    for own in (written, plain):
        bank = _number_bank(tmp_path / "b.yaml", own)
        files.append(write(ExportSource(bank, plain_bank(bank))))
    assert files[0] == files[1]


@pytest.mark.parametrize("name", sorted(GRADED - {"text2qti"}))
@pytest.mark.parametrize("answer", ["1e-60 m", "1234567890123456789012345678901234567890123/7 Qm"])
def test_a_number_of_many_letters_is_one(tmp_path: Path, name: str, answer: str) -> None:
    """What is graded is exported, though its digits would fill a line; rounded at most once told."""
    write = bank_format(name).write
    assert write
    bank = _number_bank(tmp_path / "b.yaml", f"answer: {answer}, unit: m")
    losses = write(ExportSource(bank, plain_bank(bank))).losses
    rounded = [loss for loss in losses if loss.what == "number"]
    assert [loss.changed for loss in rounded] == ["rounded"] * (name != "jupyterquiz")
    assert not [loss for loss in losses if "notation" in loss.what]


def test_a_table_holds_numbers_that_its_import_reads(tmp_path: Path) -> None:
    """A tolerance of 1%, or an answer of 1/3, made the import leave the question out."""
    format = bank_format("csv")
    assert format.write
    assert format.read
    bank = _number_bank(tmp_path / "b.yaml", "answer: 1/4, tolerance: 1%")
    content = format.write(ExportSource(bank, plain_bank(bank))).content
    (question,) = format.read(str(content).encode()).questions
    assert question.answers[0].number == SourceNumber("0.25", "0.0025")


@pytest.mark.parametrize("name", names(written=True))
def test_a_true_or_false_is_one_however_it_is_written(tmp_path: Path, name: str) -> None:
    """``answer: false`` says what two options do."""
    head = "format: 1\nid: b\ntitle: B\nquestions:\n  - {id: a, kind: true-false, prompt: So?, "
    options = "options: [{id: 'true'}, {id: 'false', correct: true}]"
    path, write, files = tmp_path / "b.yaml", bank_format(name).write, []
    assert write
    for answer in ("answer: false", options):
        path.write_text(f"{head}{answer}}}\n")
        bank = load_bank(path)
        found = plain_bank(bank)
        assert [each.get("correct") for each in found["questions"][0]["options"]] == [None, "true"]
        with suppress(UserError):
            files.append(write(ExportSource(bank, found)))
    assert files == files[:1] * len(files)
