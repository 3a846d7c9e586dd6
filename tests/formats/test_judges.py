"""Our exports, read by the programs that they are for (extra ``judges``; else skipped)."""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from quizcli.bank.read import read_bank
from quizcli.bank.shelf import load_bank
from quizcli.cli.bank_formats import bank_format
from quizcli.formats.format import ExportOptions, ExportSource
from quizcli.quiz.cards import cards_of
from tests.support.bank_files import EVERYTHING, RNN
from tests.support.plain_banks import plain_bank

if TYPE_CHECKING:
    from pathlib import Path

    from quizcli.quiz.model import Bank

# Where a schema lies, which the converter adds.
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"


def exported(bank: Bank, format: str, changed: int = 0) -> Any:
    write = bank_format(format).write
    assert write
    return write(ExportSource(bank, plain_bank(bank), ExportOptions(), changed)).content


@pytest.mark.parametrize("path", [RNN, EVERYTHING], ids=lambda path: path.stem)
def test_text2qti_reads_its_markdown(path: Path) -> None:
    """As many questions as were written, with the same options right."""
    quiz = pytest.importorskip("text2qti.quiz", reason="needs the extra judges")
    config = pytest.importorskip("text2qti.config").Config()
    bank = load_bank(path)
    text = exported(bank, "text2qti")
    read = quiz.Quiz(text, config=config).questions_and_delims
    questions = [each for each in read if isinstance(each, quiz.Question)]
    rights = [
        [choice.correct for choice in each.choices]
        for each in questions
        if re.match("multiple|true", each.type)
    ]
    expected = [[option.correct for option in q.options] for q in bank.questions if q.options]
    assert rights == expected
    assert len(questions) >= len(expected) > 0


def test_anki_updates_a_package_that_it_imports_again(tmp_path: Path) -> None:
    """And has no card twice; what was edited is taken over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        collection = pytest.importorskip("anki.collection", reason="needs the extra judges")
    pytest.importorskip("genanki")
    bank = load_bank(RNN)
    text = RNN.read_text(encoding="utf-8")
    assert "training set is made" in text
    edited = read_bank(text.replace("training set is made", "edited set is made").encode(), "rnn")
    opened = collection.Collection(str(tmp_path / "collection.anki2"))
    try:
        for version, changed in ((bank, 1_700_000_000), (edited, 1_700_100_000)):
            package = tmp_path / f"{changed}.apkg"
            package.write_bytes(exported(version, "anki", changed))
            opened.import_anki_package(
                collection.ImportAnkiPackageRequest(
                    package_path=str(package), options=collection.ImportAnkiPackageOptions()
                )
            )
            assert opened.note_count() == len(bank.questions)
            assert opened.card_count() == len(cards_of(bank))
        assert len(opened.find_notes('"edited set"')) == 1
    finally:
        opened.close()


def items(files: dict[str, bytes]) -> dict[str, str]:
    """The items of a package by their names, white space and the place of a schema aside."""
    found = {}
    for name, content in files.items():
        if name.startswith("items/"):
            root = ET.fromstring(content)
            root.attrib.pop(SCHEMA, None)
            found[name] = ET.canonicalize(ET.tostring(root), strip_text=True)
    return found


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("path", [RNN, EVERYTHING], ids=lambda path: path.stem)
def test_a_converter_makes_of_each_qti_2_1_our_qti_3_0_and_back(path: Path) -> None:
    """Item by item, without a warning."""
    judge = pytest.importorskip("qti_convert", reason="needs the extra judges")
    bank = load_bank(path)
    older, newer = (unpacked(exported(bank, format)) for format in ("qti-2.1", "qti-3.0"))
    upgraded = judge.upgrade_package_files(older, item_transforms=[])
    assert items(upgraded.files) == items(newer)
    downgraded = judge.downgrade_package_files(newer, inject_shared_vocabulary_stylesheet=False)
    assert downgraded.warnings == []
    assert items(downgraded.files) == items(older)
    assert len(items(older)) > 5
