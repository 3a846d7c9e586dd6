"""Files that are written: never over another, never to a place that is none, and nothing in them
that acts on whoever opens them."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

WRITING = [
    ("score", "1", "-o"), ("score", "1", "--svg"), ("journal", "export", "-o"),
    ("history", "--svg"), ("history", "1", "--svg"), ("stats", "--svg"), ("bank", "list", "--svg"),
    ("bank", "show", "sample", "--svg"), ("bank", "check", "--svg"),
    ("bank", "preview", "sample/gate", "--svg"), ("demo", "rnn/gate-width", "--svg"),
]  # fmt: skip
# Turns text round, is not seen, is no character of XML, stands on nothing, acts on a terminal.
NASTY = (
    "\u202eevil\u2066 a\u200bb\ufffe\uffff" + "a" + "\u0301" * 50 + "\x1b[31m\x9b \ufeff\U000e0041"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home after a quiz."""
    home = Home(tmp_path / "home")
    home.quiz()
    return home


@pytest.mark.parametrize("verb", WRITING, ids=" ".join)
def test_no_file_is_written_over_without_force(
    home: Home, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    path = tmp_path / "there"
    path.write_text("mine")
    path.chmod(0o640)
    ran = home(*verb, str(path))
    assert (ran.code, path.read_text()) == (2, "mine")
    assert "already exists — overwrite it with --force" in ran.told
    assert home(*verb, str(path), "--force").code == 0
    assert path.read_text() != "mine"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    new = tmp_path / "new"
    home(*verb, str(new))
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert {each.name for each in tmp_path.iterdir()} == {"there", "new", "home"}


@pytest.mark.parametrize("verb", WRITING, ids=" ".join)
def test_a_place_that_is_none(home: Home, tmp_path: Path, verb: tuple[str, ...]) -> None:
    """The root, a folder, below a file, a folder that is not there, a name that is too long, a
    loop of links: a sentence, and nothing is left behind."""
    (tmp_path / "file").write_text("")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    before = sorted(tmp_path.iterdir())
    ending = ".svg" if verb[-1] == "--svg" else ".txt"
    for place in ("/", str(tmp_path), f"{tmp_path}/file/x", f"{tmp_path}/none/x",
                  f"{tmp_path}/{'x' * 250}{ending}", f"{tmp_path}/{'x' * 300}", f"{loop}/x",
                  "/proc/none"):  # fmt: skip
        ran = home(*verb, place)
        if len(os.path.basename(place)) in range(250, 256):  # noqa: PTH119
            assert ran.code == 0
            (tmp_path / os.path.basename(place)).unlink()  # noqa: PTH119
            continue
        assert ran.code in {1, 2}, (place, ran)
        assert "cannot be written" in ran.told, (place, ran.told)
    assert sorted(tmp_path.iterdir()) == before


def test_a_link_that_leads_nowhere_is_there_already(home: Home, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "nowhere")
    assert home("score", "1", "-o", str(link)).code == 2
    assert link.is_symlink()


def test_two_files_are_not_written_at_once(home: Home, tmp_path: Path) -> None:
    ran = home("score", "1", "-o", str(tmp_path / "a.json"), "--svg", str(tmp_path / "b.svg"))
    assert ran.code == 2
    assert "leave out one of them" in ran.told


def test_the_name_of_a_file_says_what_it_is_to_be(home: Home, tmp_path: Path) -> None:
    for name, begins in (("a.json", "{"), ("b.CSV", "attempt,"), ("c.md", "# "), ("d.txt", "A sa"),
                         ("e", "A sa"), ("f.dat", "A sa")):  # fmt: skip
        assert home("score", "1", "-o", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_text().startswith(begins), name
    ran = home("score", "1", "-o", str(tmp_path / "g.json"), "--format", "csv")
    assert ran.code == 2
    assert "would be json, and --format says csv" in ran.told
    assert not (tmp_path / "g.json").exists()
    assert home("score", "1", "-o", str(tmp_path / "h.dat"), "--format", "csv").code == 0
    assert (tmp_path / "h.dat").read_text().startswith("attempt,")


@pytest.fixture
def nasty(tmp_path: Path) -> Home:
    """A quiz over a bank whose title and texts hold what acts on whoever shows it."""
    home = Home(tmp_path / "nasty", sample=False)
    (home.root / "questions").mkdir(parents=True)
    bank = {
        "format": 1, "id": "nasty", "title": f"Title {NASTY[:30]}",
        "questions": [
            {"id": "q", "kind": "single-choice", "title": NASTY[:40], "prompt": f"P {NASTY}",
             "options": [{"id": "a", "text": f"A {NASTY}", "correct": True},
                         {"id": "b", "text": "B"}]},
        ],
    }  # fmt: skip
    text = json.dumps(bank, ensure_ascii=False)
    for bad in ("\\u001b", "\x9b", "\ufffe", "\uffff", "\ufeff"):  # no bank can hold them
        text = text.replace(bad, "")
    (home.root / "questions" / "nasty.yaml").write_text(text)
    assert home("take", "nasty", "--name", NASTY[:60], text="b\n").code == 0
    return home


@pytest.mark.parametrize(
    "verb",
    [("score", "1"), ("score", "1", "--format", "json"), ("score", "1", "--format", "csv"),
     ("score", "1", "--format", "md"), ("history",), ("history", "--json"), ("history", "1"),
     ("bank", "show", "nasty"), ("bank", "show", "nasty", "--json"), ("bank", "list"),
     ("stats", "--json"), ("journal", "export"), ()],
    ids=" ".join,
)  # fmt: skip
def test_nothing_invisible_comes_out(nasty: Home, verb: tuple[str, ...]) -> None:
    """In JSON it is escaped, which is the same data; elsewhere it is shown."""
    ran = nasty(*verb)
    assert ran.code == 0, ran.err
    for character in "\u202e\u2066\u200b\x1b\x9b\ufffe\ufeff\U000e0041":
        assert character not in ran.out, (verb, hex(ord(character)))
    if "--json" in verb or "json" in verb:
        json.loads(ran.out)


def test_json_is_the_same_data(nasty: Home) -> None:
    data = nasty("score", "1", "--format", "json").data
    assert "\u202e" in data["attempt"]["student"]["name"]


@pytest.mark.parametrize("verb", [("score", "1"), ("history", "1"), ("bank", "show", "nasty")])
def test_a_picture_is_well_formed(nasty: Home, tmp_path: Path, verb: tuple[str, ...]) -> None:
    path = tmp_path / "a.svg"
    assert nasty(*verb, "--svg", str(path)).code == 0
    text = path.read_text()
    ET.fromstring(text)
    assert "\u202e" not in text


def test_the_path_of_the_settings(tmp_path: Path) -> None:
    home = Home(tmp_path / "a\x1b[31m\u202eb")
    assert "\x1b" not in home("config", "path").out
    assert "\u202e" not in home("config", "path").out
