"""A journal that is newer, foreign or cannot be written is refused; an older one is migrated."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizcli.journal import opening
from quizcli.journal.attempts import Journal
from quizcli.journal.connection import JournalFile
from quizcli.journal.file import JournalError, transaction
from quizcli.journal.opening import open_file
from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.steps import EXAM, StepKind
from tests.fuzz.__main__ import CORPORA
from tests.support.damage import kept, run, with_log
from tests.support.fakes import environment
from tests.support.samples import SAMPLE, session


def test_a_newer_journal_is_refused_even_with_a_log(full: Path, tmp_path: Path) -> None:
    """Version 99 stands in the log that a killed process left: refused, and neither the file
    nor the log is changed, which an ordinary opening would do on closing."""
    path = tmp_path / "newer.sqlite3"
    shutil.copy(full, path)
    with_log(path)
    before = kept(path)
    with pytest.raises(JournalError, match=r"newer quizcli \(schema 99.*pip install --upgrade"):
        Journal(path)
    after = kept(path)
    for name in (path.name, f"{path.name}-wal"):
        assert after[name] == before[name]


def test_a_newer_journal_is_refused(full: Path, tmp_path: Path) -> None:
    """A newer program's file: exit code 4, how to upgrade, nothing touched."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = kept(path)
    code, said = run(path, "take", str(SAMPLE))
    assert code == 4
    assert "written by a newer quizcli" in said
    assert kept(path) == before


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """Somebody else's tables: exit code 4, nothing touched."""
    path = tmp_path / "journal.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = kept(path)
    code, said = run(path, "take", str(SAMPLE))
    assert code == 4
    assert "a database of another program" in said
    assert kept(path) == before


def test_a_definition_larger_than_memory_is_damage(tmp_path: Path) -> None:
    """SQLite says of a file whose first page is damaged that there is too little memory."""
    data = (CORPORA / "anki" / "a-definition-larger-than-memory").read_bytes()
    path = tmp_path / "journal.sqlite3"
    path.write_bytes(data)
    before = kept(path)
    code, said = run(path, "take", str(SAMPLE))
    assert (code, "is damaged" in said) == (4, True), said
    assert kept(path) == before


def test_a_row_larger_than_memory_is_told(tmp_path: Path) -> None:
    """SQLite's word for it is no error of SQLite in Python."""
    file = JournalFile(tmp_path / "journal.sqlite3")
    said = "more memory than there is, or it is damaged"
    with pytest.raises(JournalError, match=said), file.said():
        raise MemoryError
    file.close()


def test_a_journal_that_lacks_a_column_is_refused_before_a_byte_is_written(
    full: Path, tmp_path: Path
) -> None:
    """As damage to the definition of a table leaves it."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE answers RENAME COLUMN rule TO rvle")
    connection.close()
    before = kept(path)
    code, said = run(path, "take", str(SAMPLE), "--missed")
    assert (code, "no such column: rule" in said) == (4, True), said
    assert kept(path) == before


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """QUIZCLI_HOME under a file, in a folder of the kernel, or the journal a folder itself."""
    (tmp_path / "file").write_text("")
    (tmp_path / "journal.sqlite3").mkdir()
    places = [tmp_path / "file" / "journal.sqlite3", tmp_path / "journal.sqlite3"]
    if sys.platform == "linux":
        places.append(Path("/proc/quizcli/journal.sqlite3"))
    for place in places:
        with pytest.raises(JournalError, match=r"cannot be written .* QUIZCLI_HOME"):
            Journal(place).check_writable()
    code, said = run(places[0], "take", str(SAMPLE))
    assert code == 4
    assert "cannot be written" in said


def test_a_file_that_may_only_be_read(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found before the first question, not at the first answer. (A superuser may write to any
    file, so SQLite is asked to refuse.)"""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    journal = Journal(path)
    journal.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError, match=r"cannot be written \(attempt to write a readonly"):
        journal.check_writable()
    journal.close()


def test_a_full_disk_says_so_and_keeps_what_there_is(full: Path, tmp_path: Path) -> None:
    """The answer that does not fit is refused, those before it stay, and after making room the
    same answer can be saved."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    journal = Journal(path)
    (pages,) = journal.connection.execute("PRAGMA page_count").fetchone()
    journal.connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    over = session(EXAM)
    env = environment(tmp_path)
    recorder = Recorder(journal, env, over)

    def fill() -> None:
        while True:
            over.answer("units")
            recorder.save()
            over.back()

    with pytest.raises(JournalError, match="the disk is full"):
        fill()
    written = len(journal.entries(31))
    journal.connection.execute("PRAGMA max_page_count = 1000000")
    recorder.save()
    assert len(journal.entries(31)) == len(over.log) > written
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_refuses_to_write(full: Path, tmp_path: Path) -> None:
    """A real write that fails in the middle of a quiz: exit code 4 and a sentence; the journal
    is whole, and holds the answers that were acknowledged."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    limit = 60_000  # bytes that any file may have: the log takes a few answers and no more

    def limited() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ended = subprocess.run(
        [sys.executable, "-m", "quizcli", "take", str(SAMPLE), "--exam"],
        env={**os.environ, "QUIZCLI_HOME": str(tmp_path)},
        input="b\n:back\n" * 40,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=limited,
    )
    assert ended.returncode == 4, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "cannot be written" in ended.stderr or "disk is full" in ended.stderr
    acknowledged = ended.stdout.count("Noted.")
    journal = Journal(path)
    answers = [entry for entry in journal.entries(31) if entry.step.did is StepKind.ANSWER]
    assert len(answers) == acknowledged > 0
    journal.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_migration_from_every_older_version(tmp_path: Path, version: int) -> None:
    """A file of each older version becomes what a new one is."""
    path, fresh = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    if version:
        with sqlite3.connect(path) as connection:
            for script in MIGRATIONS[:version]:
                connection.executescript(script)
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.close()
    shapes = []
    for place in (path, fresh):
        connection = open_file(place).connection
        shapes.append(
            (
                connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall(),
                connection.execute("PRAGMA user_version").fetchone(),
                connection.execute("PRAGMA application_id").fetchone(),
            )
        )
        connection.close()
    assert shapes[0] == shapes[1]
    assert shapes[0][1] == (len(MIGRATIONS),)


def test_a_migration_that_fails_leaves_the_older_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a migration or nothing: the file stays what the older program can read."""
    path = tmp_path / "journal.sqlite3"
    Journal(path).close()
    before = path.read_bytes()
    broken = (*MIGRATIONS, "CREATE TABLE reviews (id INTEGER); CREATE TABLE attempts (id INTEGER)")
    monkeypatch.setattr(opening, "MIGRATIONS", broken)
    with pytest.raises(JournalError):
        Journal(path)
    assert path.read_bytes() == before


def test_a_commit_is_on_the_disk(full: Path, tmp_path: Path) -> None:
    """A committed answer outlives a crash of the machine: write-ahead log, synchronised on each
    commit, foreign keys checked."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    connection = open_file(path).connection
    asked = ["journal_mode", "synchronous", "foreign_keys"]
    assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == ["wal", 2, 1]
    connection.close()


def test_a_signal_as_soon_as_a_transaction_has_begun_ends_it(tmp_path: Path) -> None:
    """One that stayed open kept the journal locked, and the end of the program waited for it."""

    class Interrupted(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            done = super().execute(sql, *values)
            if sql.startswith("BEGIN"):
                raise KeyboardInterrupt
            return done

    path = tmp_path / "a.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None, factory=Interrupted)
    with pytest.raises(KeyboardInterrupt), transaction(connection):
        pass
    assert not connection.in_transaction
    connection.close()
