"""``quizcli doctor``, copies of the journal, and the way back from one."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, date
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from quizcli.journal import backups
from quizcli.journal.attempts import Journal
from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS
from tests.support.fakes import environment, invoke, told
from tests.support.home import Home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home after a quiz."""
    home = Home(tmp_path / "home")
    home.quiz()
    return home


def copies(home: Home) -> list[str]:
    return [copy.name for copy in backups.backups(home.root / "journal.sqlite3")]


def test_where_things_lie_and_that_all_is_well(home: Home) -> None:
    ran = home("doctor")
    assert ran.code == 0, ran.err
    for word in ("journal.sqlite3", "config.toml", "SQLite", "columns 80", "The file is intact",
                 "1 attempt, 4 reviews, schema 6", "quizcli doctor --restore"):  # fmt: skip
        assert word in ran.words, word
    data = home("doctor", "--json").data
    assert data["format_version"] == 1
    assert data["journal"]["state"] == "whole"
    assert data["journal"]["unreadable_rows"] == []
    assert data["last_backup"] is not None
    assert data["places"]["journal"]["bytes"] > 0
    assert list(data["places"]) == ["journal", "settings", "cache", "own banks", "shipped banks"]


def test_the_name_of_a_copy_is_not_broken_by_a_long_folder(home: Home) -> None:
    [copy] = copies(home)
    said = home("doctor", COLUMNS="80").out
    assert any(line.endswith(f"  {home.root / 'backups' / copy}") for line in said.splitlines())


def test_a_path_stands_on_one_line_however_long(tmp_path: Path) -> None:
    """To be copied from it, with its spaces."""
    home = Home(
        tmp_path / "Application Support of somebody with a long name" / ("far " * 9 + "home")
    )
    for _ in range(2):
        ran = home("doctor", COLUMNS="80")
        for path in ("journal.sqlite3", "config/config.toml", "questions"):
            assert any(line.endswith(f"  {home.root / path}") for line in ran.out.splitlines()), (
                path
            )
        assert any(f"{home.root / 'backups'}" in line for line in ran.out.splitlines())
        home.quiz()


def test_before_anything_was_written(tmp_path: Path) -> None:
    """Nothing is made by looking."""
    home = Home(tmp_path / "new")
    before = sorted(each.name for each in home.root.iterdir())
    ran = home("doctor")
    assert ran.code == 0
    assert "None yet." in ran.words
    assert sorted(each.name for each in home.root.iterdir()) == before


def test_a_copy_a_day_and_only_of_changes(home: Home) -> None:
    """The first changes of a day make one; looking makes none; all are their owner's only."""
    assert copies(home) == ["journal-2026-11-19.sqlite3"]
    home("history"), home("stats")
    home.quiz()
    home.days()
    home("history"), home("doctor")
    assert copies(home) == ["journal-2026-11-19.sqlite3"]
    home.quiz()
    assert copies(home) == ["journal-2026-11-19.sqlite3", "journal-2026-11-20.sqlite3"]
    folder = home.root / "backups"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert sorted(each.name for each in folder.iterdir()) == copies(home)


def test_seven_are_kept_and_the_newest_always(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(9):
        home.days()
        home.quiz()
    assert len(copies(home)) == 7
    assert copies(home)[-1] == "journal-2026-11-28.sqlite3"
    monkeypatch.setattr(backups, "MOST_BYTES", 10)
    home.days()
    home.quiz()
    assert len(copies(home)) == 1


def test_back_to_an_earlier_day(home: Home) -> None:
    """What was there then is there again, what came after is kept in another copy; a window that
    is open sees the other content, and the file is the same one."""
    home.days()
    home.quiz()
    other = Journal(home.root / "journal.sqlite3")
    assert len(other.attempts()) == 2
    inode = (home.root / "journal.sqlite3").stat().st_ino
    ran = home("doctor", "--restore", str(home.root / "backups" / "journal-2026-11-19.sqlite3"))
    assert (ran.code, "restored from journal-2026-11-19.sqlite3" in ran.words) == (0, True)
    assert len(other.attempts()) == 1
    other.close()
    assert (home.root / "journal.sqlite3").stat().st_ino == inode
    (kept,) = [name for name in copies(home) if "before-restore" in name]
    ran = home("doctor", "--restore", str(home.root / "backups" / kept))
    assert ran.code == 0
    assert len(home("history", "--json").data["attempts"]) == 2


def test_what_was_put_aside_is_there_although_the_clock_ran_ahead_once(home: Home) -> None:
    """Seven copies of later days lie there: the one that was just made is not taken for the
    oldest."""
    for _ in range(8):
        home.days()
        home.quiz()
    ahead = home.root / "backups" / copies(home)[-1]
    home.days(-30)
    assert home("doctor", "--restore", str(ahead)).code == 0
    assert len([name for name in copies(home) if "before-restore" in name]) == 1
    home.quiz()
    assert len(copies(home)) == 7


def test_back_where_the_journal_is_damaged_or_gone(home: Home) -> None:
    """A damaged one is moved aside."""
    path, copy = home.root / "journal.sqlite3", home.root / "backups" / "journal-2026-11-19.sqlite3"
    path.write_bytes(b"My answers" * 1000)
    ran = home("doctor")
    assert ran.code == 4
    assert "is damaged" in ran.words
    ran = home("doctor", "--restore", str(copy))
    assert "journal.sqlite3.damaged" in ran.words.replace(" ", "")
    assert len(home("history", "--json").data["attempts"]) == 1
    path.unlink()
    assert home("doctor", "--restore", str(copy)).code == 0
    path.write_bytes(b"")
    assert home("doctor", "--restore", str(copy)).code == 0
    assert len(home("history", "--json").data["attempts"]) == 1


def test_a_journal_that_was_emptied_is_not_backed_up(home: Home) -> None:
    """One sentence says what happened; that no copy could be made of it is none."""

    class Emptying(StringIO):
        """Empties the journal before the second line is read."""

        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            if self.tell():
                os.truncate(home.root / "journal.sqlite3", 0)
            return super().readline(size)

    stdin = Emptying("a\n" * 5)
    env = environment(home.root, stdin=stdin, clock=home.days().clock)._replace(zone=UTC)
    assert invoke(env, "take", "sample", "--exam", "--no-shuffle") == 4
    assert "the last answer is not stored" in " ".join(told(env).split())
    assert "backed up" not in told(env)


def test_what_is_no_copy_is_refused_and_nothing_changes(home: Home, tmp_path: Path) -> None:
    before = (home.root / "journal.sqlite3").read_bytes()
    (tmp_path / "text").write_text("no journal at all, only text" * 100)
    with sqlite3.connect(tmp_path / "recipes") as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    (tmp_path / "empty").touch()
    for name in ("text", "recipes", "missing", ".", "empty"):
        ran = home("doctor", "--restore", str(tmp_path / name))
        assert ran.code == 4, (name, ran)
        assert "Traceback" not in ran.err
    assert (home.root / "journal.sqlite3").read_bytes() == before


def test_rows_that_make_no_sense_are_listed_and_states_derived_anew(home: Home) -> None:
    queue = home.days(3).queue("sample", "--new", "0")
    with sqlite3.connect(home.root / "journal.sqlite3") as connection:
        connection.execute("UPDATE answers SET seconds = 'soon' WHERE id = 2")
        connection.execute("UPDATE cards SET stability = 'firm' WHERE card = 'sample/gate'")
    connection.close()
    assert home.queue("sample", "--new", "0") != queue
    ran = home("doctor", "--json")
    assert ran.code == 4
    assert ran.data["journal"]["unreadable_rows"] == ["answers 2 (seconds)"]
    assert ran.data["journal"]["states_derived_anew"] == 1
    assert ran.err == ""
    assert home.queue("sample", "--new", "0") == queue


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_copy_is_made_before_a_migration(tmp_path: Path, version: int) -> None:
    """Of the schema that it was, under the day of its last change."""
    path = tmp_path / "journal.sqlite3"
    with sqlite3.connect(path) as connection:
        for script in MIGRATIONS[:version]:
            connection.executescript(script)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.close()
    os.utime(path, (1_790_000_000, 1_790_000_000))
    Journal(path).close()
    (copy,) = backups.backups(path)
    day = date.fromtimestamp(1_790_000_000).isoformat()
    assert copy.name == f"journal-{day}-schema-{version}.sqlite3"
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (version,)
    connection.close()
