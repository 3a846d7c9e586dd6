"""A verb that is given the file of another verb says what it is, and names that verb."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.home import Home

SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample.yaml"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after a quiz, with a file of each sort beside it."""
    root = tmp_path_factory.mktemp("files")
    home = Home(root / "home")
    home.quiz()
    folder = home.root
    (folder / "a journal.sqlite3").write_bytes((folder / "journal.sqlite3").read_bytes())
    home("score", "-o", str(folder / "score.csv"))
    home("score", "-o", str(folder / "score.json"))
    home("journal", "export", "-o", str(folder / "log.csv"))
    (folder / "bank.yaml").write_bytes(SAMPLE.read_bytes())
    with closing(sqlite3.connect(folder / "other.sqlite3")) as other:
        other.execute("CREATE TABLE t (x)")
    with zipfile.ZipFile(folder / "deck.apkg", "w") as deck:
        deck.writestr("collection.anki21", b"")
    with zipfile.ZipFile(folder / "banks.zip", "w") as archive:
        archive.writestr("bank.yaml", SAMPLE.read_bytes())
    return home


TOLD = {
    "a journal.sqlite3": ("a journal", "quizcli journal merge '{}'"),
    "score.csv": ("a score sheet", "quizcli score -o FILE.json"),
    "score.json": ("a hand-in", "quizcli class grade BANK {}"),
    "log.csv": ("a review log", "quizcli journal import {}"),
    "bank.yaml": ("a bank", "quizcli take {}"),
    "other.sqlite3": ("a database of another program", "export it as text"),
    "deck.apkg": ("an Anki package", "quizcli bank import"),
    "banks.zip": ("an archive", "unpack it"),
}
VERBS = {
    ("journal", "import"): "a review log",
    ("journal", "merge"): "a journal",
    ("doctor", "--restore"): "a journal",
    ("take",): "a bank",
    ("bank", "show"): "a bank",
    ("bank", "check"): "a bank",
    ("review",): "a bank",
    ("take", "sample", "--answers"): "a file of answers",
}


@pytest.mark.parametrize("name", list(TOLD))
@pytest.mark.parametrize("verb", list(VERBS), ids=" ".join)
def test_the_right_verb_is_named(home: Home, verb: tuple[str, ...], name: str) -> None:
    wanted, (what, fix) = VERBS[verb], TOLD[name]
    if what == wanted:
        return
    path = home.root / name
    ran = home(*verb, str(path))
    assert ran.code != 0
    said = " ".join((ran.out + ran.err).split())
    assert f"this is {what}, not {wanted}" in said
    assert fix.format(path) in said
    assert "Traceback" not in said
    assert len(ran.err.splitlines()) <= 2


@pytest.mark.parametrize("name", ["score.csv", "log.csv", "bank.yaml"])
def test_a_hand_in_that_is_something_else(home: Home, name: str) -> None:
    said = home("class", "grade", "sample", str(home.root / name), "--json").out
    assert f"this is {TOLD[name][0]}, not a hand-in" in said
    assert "quizcli score --format json -o hand-in.json" in said


def test_a_bank_and_a_hand_in_in_the_wrong_order(home: Home) -> None:
    ran = home("class", "grade", str(home.root / "score.json"), str(home.root / "bank.yaml"))
    assert "this is a hand-in, not a bank" in " ".join(ran.err.split())
