"""Any bank in any format: a file and what is lost, or a sentence."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from quizcli.bank.plain import plain_bank
from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import bank_format, names
from quizcli.formats.format import ExportSource
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
