"""A quiz that was left goes on, whatever became of its rows and its bank meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.cli.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with the sample bank, in which nothing happened."""
    return Home(tmp_path / "home")


def change(home: Home, sql: str) -> None:
    """Something that this program never writes, in the journal."""
    with closing(sqlite3.connect(home.root / "journal.sqlite3")) as connection, connection:
        connection.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE answers SET chosen = '5' WHERE n = 1",
        "UPDATE answers SET points = 'many' WHERE n = 0",
        "UPDATE steps SET did = 'sang' WHERE n = 2",
        "UPDATE answers SET seconds = -1",
        "DELETE FROM answers WHERE n = 0",
    ],
)
def test_a_row_of_it_makes_no_sense(home: Home, sql: str) -> None:
    """It is left out, and what is answered from now on is saved."""
    home("take", "sample", "--no-shuffle", text="b\na\n:flag\n:quit\n")
    change(home, sql)
    ran = home("take", "sample", "--resume", text="b\nb\nb\nb\n" * 2)
    assert "another window" not in ran.told
    assert "Score" in ran.out
    assert ran.code == 0
    assert "unfinished" not in home("history").out
