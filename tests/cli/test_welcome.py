"""The first start says three things, once, to a person."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.cli.context import Context
from quizcli.cli.welcome import LINES, welcome
from tests.support.fakes import environment, printed

if TYPE_CHECKING:
    from pathlib import Path


def said(home: Path, *, interactive: bool = True, **variables: str) -> str:
    """What a start says."""
    env = environment(home, variables=variables)._replace(interactive=interactive)
    welcome(Context(lambda: env))
    return printed(env)


def test_once(tmp_path: Path) -> None:
    """Three lines, and nothing the second time; whoever is no person is not told and not counted."""
    assert said(tmp_path, interactive=False) == ""
    assert said(tmp_path).split("\n") == ["", *(f" {line}" for line in LINES), ""]
    assert len(LINES) == 3
    assert said(tmp_path) == ""


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
