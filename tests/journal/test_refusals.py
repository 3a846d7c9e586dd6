"""A file that cannot be trusted or written is refused with a sentence, and left as it is."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.journal import file as journal_file
from quizcli.journal.file import JournalError, connect
from quizcli.journal.schema import APPLICATION_ID, MIGRATIONS
from quizcli.journal.store import Journal
from quizcli.play.recorder import Recorder
from quizcli.quiz.session import EXAM, Did, Session
from tests.fakes import environment, invoke, told
from tests.samples import SAMPLE, sample_bank, session

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with 30 attempts, closed in good order."""
    path = tmp_path_factory.mktemp("full") / "journal.sqlite3"
    journal, env = Journal(path), environment(path.parent)
    for seed in range(30):
        over = Session(sample_bank(), seed, EXAM)
        recorder = Recorder(journal, env, over)
        for _ in range(6):
            over.answer("units", 1.5)
            over.back()
        over.finish()
        recorder.save()
    journal.close()
    return path


def run(path: Path, *arguments: str) -> tuple[int, str]:
    """The program with its journal in the folder of ``path``: exit code and stderr."""
    env = environment(path.parent, "b\n")
    return invoke(env, *arguments), told(env)


def kept(path: Path) -> dict[str, bytes]:
    """Every file beside the journal, and the journal."""
    return {
        found.name: found.read_bytes()
        for found in path.parent.iterdir()
        if found.name.startswith(path.name)
    }


def page(path: Path, kind: int) -> int:
    """The offset of a b-tree page of this kind (13: leaf of a table, 10: leaf of an index)."""
    data = path.read_bytes()
    return max(start for start in range(4096, len(data), 4096) if data[start] == kind)


def garbage(path: Path) -> None:
    """Not a database."""
    path.write_bytes(b"My answers\n" * 1000)


def truncated(path: Path) -> None:
    """The second half is gone."""
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2 // 4096 * 4096])


def cut(path: Path) -> None:
    """Cut within a page."""
    path.write_bytes(path.read_bytes()[:-1000])


def flipped_table(path: Path) -> None:
    """Every bit of one page of a table is the other way round."""
    start = page(path, 13)
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = bytes(255 - byte for byte in data[start : start + 4096])
    path.write_bytes(data)


def flipped_index(path: Path) -> None:
    """The same with one page of an index, which reading alone might never touch."""
    start = page(path, 10)
    data = bytearray(path.read_bytes())
    data[start : start + 4096] = bytes(255 - byte for byte in data[start : start + 4096])
    path.write_bytes(data)


def no_header(path: Path) -> None:
    """The first bytes are zeros."""
    data = path.read_bytes()
    path.write_bytes(bytes(100) + data[100:])


DAMAGES = [garbage, truncated, cut, flipped_table, flipped_index, no_header]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_journal_is_refused_and_not_touched(
    full: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Opening it raises, with a command that mends; no byte changes and no file is added."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    damage(path)
    before = kept(path)
    with pytest.raises(JournalError, match="is damaged") as raised:
        Journal(path)
    assert kept(path) == before
    command = re.search(r"mv (\S+) (\S+)$", str(raised.value))
    assert command
    assert command.groups() == (str(path), f"{path}.damaged")


@pytest.mark.parametrize("verb", [["take", str(SAMPLE)], ["history"], ["score"], []])
def test_the_program_ends_with_4_and_a_sentence(
    full: Path, tmp_path: Path, verb: list[str]
) -> None:
    """Whatever is asked of it: exit code 4, one sentence on stderr, the file as it was."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    flipped_table(path)
    before = kept(path)
    code, said = run(path, *verb)
    assert code == 4
    assert said.startswith("quizcli: the journal ")
    assert kept(path) == before


def test_the_command_in_the_message_mends(full: Path, tmp_path: Path) -> None:
    """Typing what the message says makes room for a new journal and keeps the old one, with
    the log of a killed process, in which its last answers may be."""
    home = tmp_path / "a folder, isn't it"
    home.mkdir()
    path = home / "journal.sqlite3"
    shutil.copy(full, path)
    with_log(path)
    garbage(path)
    with pytest.raises(JournalError, match="is damaged") as raised:
        Journal(path)
    command = str(raised.value).rpartition("new one: ")[2]
    subprocess.run(["sh", "-c", command], check=True)
    Journal(path).close()
    assert (home / "journal.sqlite3.damaged").read_bytes().startswith(b"My answers")
    assert (home / "journal.sqlite3.damaged-wal").stat().st_size > 0


def with_log(path: Path) -> None:
    """Leave what a killed process leaves: committed pages in the log, not in the file."""
    writer = (
        "import os, sys; from pathlib import Path; from quizcli.journal.store import Journal; "
        "journal = Journal(Path(sys.argv[1])); "
        "journal._connection.execute('UPDATE attempts SET program = 9'); "
        "exec(sys.argv[2]); os._exit(9)"
    )
    extra = (
        "journal._connection.execute('PRAGMA user_version = 99')" if "newer" in path.name else ""
    )
    subprocess.run([sys.executable, "-c", writer, str(path), extra], check=False)
    assert path.with_name(f"{path.name}-wal").stat().st_size > 0


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


def test_a_log_of_a_killed_process_is_read(full: Path, tmp_path: Path) -> None:
    """What was committed before the process was killed is there for the next one."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with_log(path)
    journal = Journal(path)
    assert {attempt.program for attempt in journal.attempts()} == {"9"}
    journal.close()
    assert set(kept(path)) == {path.name}


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


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE answers SET chosen = 'not json'",
        "UPDATE answers SET points = '1/0'",
        "UPDATE answers SET points = 'many'",
        "UPDATE steps SET did = 'danced'",
        "UPDATE attempts SET policy = '[]'",
        "UPDATE attempts SET plan = '{}x'",
        "UPDATE attempts SET plan = '[1]'",
        "UPDATE attempts SET title = CAST(x'ff' AS TEXT)",
    ],
)
def test_values_that_nobody_wrote_are_damage(full: Path, tmp_path: Path, change: str) -> None:
    """A row that makes no sense is refused like a damaged file, not with a traceback."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute(change)
    connection.close()
    journal = Journal(path)
    with pytest.raises(JournalError, match="is damaged"):
        [journal.entries(attempt.id) for attempt in journal.attempts()]
    journal.close()


@pytest.mark.parametrize(
    "statement",
    ["DROP TABLE steps", "ALTER TABLE answers DROP COLUMN hints"],
)
def test_a_journal_without_its_tables_is_refused(
    full: Path, tmp_path: Path, statement: str
) -> None:
    """A file that has our name and version and not our tables."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    journal = Journal(path)
    with pytest.raises(JournalError, match="is not what it says it is"):
        journal.entries(1)
    journal.close()


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    """QUIZCLI_HOME under a file, in a folder of the kernel, or the journal a folder itself."""
    (tmp_path / "file").write_text("")
    (tmp_path / "journal.sqlite3").mkdir()
    places = [tmp_path / "file" / "journal.sqlite3", tmp_path / "journal.sqlite3"]
    if sys.platform == "linux":
        places.append(Path("/proc/quizcli/journal.sqlite3"))
    for place in places:
        with pytest.raises(JournalError, match=r"cannot be written .* QUIZCLI_HOME"):
            Journal(place)
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
    journal._connection.execute("PRAGMA query_only = 1")
    with pytest.raises(JournalError, match=r"cannot be written \(attempt to write a readonly"):
        journal.check_writable()
    journal.close()


def test_a_full_disk_says_so_and_keeps_what_there_is(full: Path, tmp_path: Path) -> None:
    """The answer that does not fit is refused, those before it stay, and after making room the
    same answer can be saved."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    journal = Journal(path)
    (pages,) = journal._connection.execute("PRAGMA page_count").fetchone()
    journal._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
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
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    recorder.save()
    assert len(journal.entries(31)) == len(over.log) > written
    journal.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits of this kind")
def test_a_disk_that_refuses_to_write(full: Path, tmp_path: Path) -> None:
    """A real write that fails in the middle of a quiz: exit code 4 and a sentence; the journal
    is whole, and holds the answers that were acknowledged."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    limit = 200_000  # bytes that any file may have: the log takes a few answers and no more

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
    answers = [entry for entry in journal.entries(31) if entry.step.did is Did.ANSWER]
    assert len(answers) == acknowledged > 0
    journal.close()


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_migration_from_every_older_version(tmp_path: Path, version: int) -> None:
    """A file of each older version becomes what a new one is; a file without anything in it is
    the oldest."""
    path, fresh = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    path.touch()
    if version:
        with sqlite3.connect(path) as connection:
            for script in MIGRATIONS[:version]:
                connection.executescript(script)
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.close()
    shapes = []
    for place in (path, fresh):
        connection = connect(place)
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
    monkeypatch.setattr(journal_file, "MIGRATIONS", broken)
    with pytest.raises(JournalError):
        Journal(path)
    assert path.read_bytes() == before


def test_a_commit_is_on_the_disk(full: Path, tmp_path: Path) -> None:
    """A committed answer outlives a crash of the machine: write-ahead log, synchronised on each
    commit, foreign keys checked."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    connection = connect(path)
    asked = ["journal_mode", "synchronous", "foreign_keys"]
    assert [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == ["wal", 2, 1]
    connection.close()
