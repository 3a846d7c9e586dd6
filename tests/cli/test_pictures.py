"""``--svg FILE`` of what verbs print, and ``bank preview``."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from typing import TYPE_CHECKING

import pytest
from rich.text import Text

from quizcli.terminal.svg import svg
from tests.support.fakes import environment, invoke, printed, told
from tests.support.samples import SAMPLE

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"
GATE = f"{SAMPLE}/gate"


def run(home: Path, *arguments: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr)."""
    env = environment(home, "b\na,b\na\na\n", variables={"COLUMNS": "80"})
    code = invoke(env, *arguments)
    return code, printed(env), told(env)


def words(file: Path) -> str:
    """The text of a picture."""
    texts = ET.fromstring(file.read_text()).iter("{http://www.w3.org/2000/svg}text")
    return " ".join("".join(text.itertext()).replace("\xa0", " ") for text in texts)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("history",), "Attempt"),
        (("history", "1"), "One value would open or close all cells"),
        (("score",), "The width of a gate"),
        (("bank", "list"), "Recurrent neural networks"),
        (("bank", "show", str(SAMPLE)), "The vocabulary is nowhere"),
        (("bank", "check", str(SAMPLE)), "0 faults"),
        (("bank", "preview", GATE), "guess"),
        (("bank", "preview", GATE, "--answer", "a"), "Wrong: you chose a, 1."),
    ],
    ids=str,
)
def test_a_picture_of_what_is_printed(
    tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    """Valid XML with the words in it, nothing on stdout, no address to fetch from."""
    run(tmp_path, "take", str(SAMPLE), "--seed", "7", "--plain")
    code, out, err = run(tmp_path, *arguments, "--svg", "screen.svg")
    assert (code, out) == (0, "")
    assert "written to screen.svg" in err
    picture = tmp_path / "screen.svg"
    assert says in words(picture)
    assert "url(http" not in picture.read_text()
    before = picture.read_bytes()
    run(tmp_path, *arguments, "--svg", "screen.svg")
    assert picture.read_bytes() == before


@pytest.mark.parametrize(
    ("title", "times"), [("Attempts", 1), ("A title of its own", 1), ("g\ufffe\u202ej", 0)]
)
def test_a_title_stands_once_and_the_last_line_is_whole(title: str, times: int) -> None:
    """Above the lines, unless one of them says it; and below the letters of the last line there is
    room for what hangs under them."""
    picture = svg([Text("Attempts"), Text("jolly good")], 40, title)
    root = ET.fromstring(picture)
    said = unescape(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))
    assert said.replace("\xa0", " ").count(title) == times
    lines = [t for t in root.iter(f"{SVG}text") if t.get("clip-path") and (t.text or "").strip()]
    last = max(float(line.get("y", 0)) for line in lines)
    [clip] = [c for c in root.iter(f"{SVG}clipPath") if "clip-terminal" in c.get("id", "")]
    assert float(clip[0].get("height", 0)) >= last + 0.3 * 20
    clips = {c.get("id") for c in root.iter(f"{SVG}clipPath")}
    used = {line.get("clip-path", "")[5:-1] for line in lines}
    assert used <= clips


def test_a_picture_that_cannot_be_written(tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "bank", "list", "--svg", "no/such/folder.svg")
    assert code == 1
    assert "cannot be written" in err


def test_a_long_line_is_broken_in_a_picture(tmp_path: Path) -> None:
    """A terminal breaks it, a picture would cut it."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(SAMPLE.read_text().replace("kind: true-false", f"kind: {'x' * 100}"))
    run(tmp_path, "bank", "check", str(bad), "--svg", "screen.svg")
    text = (tmp_path / "screen.svg").read_text()
    rows = re.findall(r'textLength="([0-9.]+)"[^>]*>([^<]*)<', text)
    assert max(float(length) for length, _ in rows) <= 80 * 12.3
    _, printed_text, _ = run(tmp_path, "bank", "check", str(bad))
    assert "".join("".join(unescape(row).split()) for _, row in rows) == "".join(
        printed_text.split()
    )


def test_letters_keep_to_their_cells() -> None:
    """A letter with an accent of its own is one cell, a Chinese one two; spaces before a word are
    its place."""
    picture = svg([Text("  c\u0303 中 x")], 40, "T")
    [(x, length, text)] = re.findall(
        r'x="([0-9.]+)" [^>]*textLength="([0-9.]+)"[^>]*>([^<]*中[^<]*)<', picture
    )
    assert float(x) == pytest.approx(2 * 12.2, abs=0.1)
    assert float(length) == pytest.approx(6 * 12.2, abs=0.1)
    assert unescape(text) == "c\u0303\xa0中\xa0x"


def test_preview_before_and_after_an_answer(tmp_path: Path) -> None:
    """As a learner sees it: the keys before an answer, the verdict after one."""
    _, before, _ = run(tmp_path, "bank", "preview", GATE)
    assert "a–c answer" in before
    assert "Right" not in before
    _, after, _ = run(tmp_path, "bank", "preview", GATE, "--answer", "b")
    assert "✓ Right: b, 100." in after
    _, blank, _ = run(tmp_path, "bank", "preview", GATE, "--answer", "")
    assert "– Not answered. The answer is b, 100." in blank
    _, every, _ = run(tmp_path, "bank", "preview", GATE, "--all", "--hints")
    assert every.count("Hint:") == 2
    assert "✗ The vocabulary fixes" in every
    _, plain, _ = run(tmp_path, "bank", "preview", GATE, "--answer", "a", "--plain")
    assert "Wrong. 0 of 1 point." in plain
    assert plain.isascii()


def test_preview_of_a_bank_shows_its_first_question(tmp_path: Path) -> None:
    assert "1 of 4" in run(tmp_path, "bank", "preview", str(SAMPLE))[1]
    assert "4 of 4" in run(tmp_path, "bank", "preview", f"{SAMPLE}/unrolled")[1]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((f"{SAMPLE}/gat",), 2, "has no question 'gat' — did you mean 'gate'?"),
        (("gate",), 2, "write it as BANK/QUESTION"),
        (("nowhere/gate",), 3, "no bank is called 'nowhere'"),
        ((GATE, "--answer", "z"), 2, "'z' is not an option here"),
        ((GATE, "--answer", "a,b"), 2, "One option can be chosen here"),
    ],
)
def test_what_cannot_be_previewed(
    tmp_path: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    found = run(tmp_path, "bank", "preview", *arguments)
    assert found[:2] == (code, "")
    assert says in found[2]
