"""The first start says three things, once, to a person."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.cli.context import Context
from quizcli.cli.welcome import IN_LINES, LINES, welcome
from tests.support.fakes import environment, printed

if TYPE_CHECKING:
    from pathlib import Path


def said(home: Path, *, interactive: bool = True, plain: bool = False, **variables: str) -> str:
    """What a start says."""
    env = environment(home, variables=variables)._replace(interactive=interactive)
    welcome(Context(lambda: env), plain=plain)
    return printed(env)


def test_once(tmp_path: Path) -> None:
    """Three lines, and nothing the second time; whoever is no person is not told and not counted."""
    assert said(tmp_path, interactive=False) == ""
    assert said(tmp_path).split("\n") == ["", *(f" {line}" for line in LINES), ""]
    assert len(LINES) == 3
    assert said(tmp_path) == ""


def test_in_lines_it_names_no_keys_and_no_plain_mode(tmp_path: Path) -> None:
    """Whoever has asked for lines need not be told how to, and ends an answer with Enter."""
    lines = ["", *(f" {line}" for line in IN_LINES), ""]
    assert said(tmp_path / "option", plain=True).split("\n") == lines
    assert said(tmp_path / "terminal", TERM="dumb").split("\n") == lines
    assert "--plain" not in " ".join(lines)
    assert "one key" not in " ".join(lines)


def test_at_forty_columns(tmp_path: Path) -> None:
    text = said(tmp_path, COLUMNS="40")
    assert max(map(len, text.splitlines())) < 40
    assert " ".join(text.split()) == " ".join(LINES)


def test_every_line_fits_a_window(tmp_path: Path) -> None:
    assert max(map(len, said(tmp_path, COLUMNS="80").splitlines())) < 80


@pytest.mark.parametrize("kind", ["a file in its place", "a closed folder"])
def test_where_nothing_can_be_remembered(tmp_path: Path, kind: str) -> None:
    """It is said again, and stops nothing."""
    home = tmp_path / "home"
    if kind == "a file in its place":
        home.write_text("")
    elif sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("here everything may be written")
    else:
        home.mkdir(mode=0o500)
    assert said(home) == said(home) != ""
