"""A file whose name says another kind than what is written is refused, whatever the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path

WRONG = [
    (["score", "-o", "s.html"], ".json, .csv, .md, .markdown or .txt"),
    (["score", "-o", "s.XLSX"], "such as s.json"),
    (["score", "--format", "csv", "-o", "s.tsv"], ".csv"),
    (["score", "--svg", "s.png"], "ends in .svg, such as s.svg"),
    (["history", "--svg", "s.pdf"], "s.pdf cannot be saved as PDF"),
    (["history", "1", "--html", "s.pdf"], "ends in .html or .htm, such as s.html"),
    (["stats", "--svg", "s.html"], ".svg"),
    (["bank", "list", "--svg", "s.jpg"], ".svg"),
    (["bank", "show", "sample", "--svg", "s.md"], ".svg"),
    (["bank", "prove", "sample", "--html", "s.md"], ".html"),
    (["demo", "rnn/nan", "--html", "s.svg"], ".html"),
    (["journal", "export", "-o", "s.json"], ".csv or .txt, such as s.csv"),
    (["class", "handout", "sample", "-o", "s.json"], ".yaml or .yml, such as s.yaml"),
    (["class", "print", "sample", "-o", "s.pdf"], ".html or .htm"),
    (["class", "print", "sample", "-o", "t.html", "--key", "s.docx"], ".html or .htm"),
    (["class", "grade", "sample", "in", "--format", "md", "-o", "s.html"], ".md, .markdown"),
    (["class", "grade", "sample", "in", "--format", "canvas", "-o", "s.xlsx"], ".csv or .txt"),
    (["class", "regrade", "sample", "in", "--without", "gate", "-o", "s.csv"], ".yaml, .yml"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which a quiz was finished."""
    home = Home(tmp_path_factory.mktemp("home"))
    home.quiz()
    return home


@pytest.mark.parametrize(("arguments", "said"), WRONG, ids=str)
def test_another_ending(
    home: Home,
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = home(*arguments)
    assert ran.code == 2
    told = " ".join([ran.told, *capsys.readouterr().err.split()])
    assert "cannot be saved as" in told
    assert said in told
    assert not list(tmp_path.iterdir())
    assert not [file for file in home.root.iterdir() if file.stem in {"s", "t"}]


@pytest.mark.parametrize("name", ["week.2", "plain", ".hidden", "S.CSV", "s.csv"])
def test_a_name_that_says_nothing_else(home: Home, name: str, tmp_path: Path) -> None:
    assert home("score", "-o", str(tmp_path / name)).code == 0
    assert (tmp_path / name).is_file()
