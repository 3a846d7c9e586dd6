"""A journal that is replaced, moved, deleted or emptied under a session, and what is kept then."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.journal.file import JournalError
from quizcli.play.quiz.recorder import Recorder
from quizcli.quiz.steps import EXAM, Answer
from tests.support.damage import kept, run
from tests.support.fakes import environment, invoke, printed, told
from tests.support.samples import SAMPLE, session

if TYPE_CHECKING:
    from collections.abc import Callable


def replaced(path: Path, backup: Path) -> None:
    shutil.copy(backup, path.with_name("restored"))
    path.with_name("restored").replace(path)


def moved(path: Path, _: Path) -> None:
    path.rename(path.with_name("elsewhere.sqlite3"))


def deleted(path: Path, _: Path) -> None:
    path.unlink()


def deleted_with_its_log(path: Path, _: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
@pytest.mark.parametrize("displace", [replaced, moved, deleted, deleted_with_its_log])
def test_nothing_more_is_written_and_all_is_kept_beside(
    full: Path, tmp_path: Path, displace: Callable[[Path, Path], None]
) -> None:
    """The session stops with a sentence; the answers, the last one too, are in the file that it
    names; what lies in the journal's place is left as it is."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    journal, over = Journal(path), session(EXAM)
    recorder = Recorder(journal, environment(tmp_path), over)
    over.answer("units")
    recorder.save()
    displace(path, full)
    before = path.read_bytes() if path.exists() else None
    over.back()
    over.answer("units")
    with pytest.raises(JournalError, match=r"was replaced, moved or deleted") as raised:
        recorder.save()
    with pytest.raises(JournalError, match=r"was replaced, moved or deleted"):
        journal.check_writable()
    journal.close()
    assert (path.read_bytes() if path.exists() else None) == before
    named = re.search(r"quizcli journal merge (\S+)$", str(raised.value))
    assert named
    copy = Journal(Path(named[1]))
    assert len(copy.attempts()) == 31
    answers = [e.step for e in copy.entries(31) if isinstance(e.step, Answer)]
    assert [answer.response.given for answer in answers] == [("units",), ("units",)]
    assert stat.S_IMODE(Path(named[1]).stat().st_mode) == 0o600
    copy.close()


def test_no_log_is_left_to_be_replayed_over_another_file(full: Path, tmp_path: Path) -> None:
    """A process that is killed after an answer leaves a log of no bytes: over a file that is put
    in place of the journal then, nothing is replayed."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    script = (
        "import os, sys; from pathlib import Path; from quizcli.journal.attempts import Journal; "
        "from quizcli.play.quiz.recorder import Recorder; from tests.support.fakes import environment; "
        "from tests.support.samples import session; from quizcli.quiz.steps import EXAM; "
        "path = Path(sys.argv[1]); journal, over = Journal(path), session(EXAM); "
        "over.answer('units'); Recorder(journal, environment(path.parent), over).save(); "
        "os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert ended.returncode == 9
    assert path.with_name(f"{path.name}-wal").stat().st_size == 0
    shutil.copy(full, path)
    journal = Journal(path)
    assert len(journal.attempts()) == 30
    journal.close()


@pytest.mark.parametrize("content", ["an older copy", "garbage"])
def test_other_content_in_the_very_file(full: Path, tmp_path: Path, content: str) -> None:
    """``cp`` of a backup keeps the file and changes what is in it: nothing is written over it, and
    nothing is promised that is not kept."""
    path, copy = tmp_path / "journal.sqlite3", tmp_path / "copy"
    shutil.copy(full, path)
    copy.write_bytes(full.read_bytes() if content == "an older copy" else b"garbage" * 30_000)
    journal, over = Journal(path), session(EXAM)
    recorder = Recorder(journal, environment(tmp_path), over)
    over.answer("units")
    recorder.save()
    with path.open("r+b") as stream:
        stream.truncate()
        stream.write(copy.read_bytes())
    os.utime(path, ns=(1, 1))
    over.back()
    over.answer("units")
    with pytest.raises(JournalError, match=r"during this session"):
        recorder.save()
    with suppress(JournalError):
        journal.close()
    assert path.read_bytes() == copy.read_bytes()


def test_another_window_that_writes_is_no_displacement(full: Path, tmp_path: Path) -> None:
    """Two sessions take turns, each after the other has changed the file."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    recorders = []
    for _ in range(2):
        over = session(EXAM)
        recorders.append((Recorder(Journal(path), environment(tmp_path), over), over))
    for _ in range(3):
        for recorder, over in recorders:
            over.answer("units")
            over.back()
            recorder.save()
    assert len(recorders[0][0].journal.attempts()) == 32
    for recorder, _ in recorders:
        recorder.journal.close()


def test_a_journal_that_is_emptied_under_a_session(full: Path, tmp_path: Path) -> None:
    """Nothing is left to be kept, and nothing is promised."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    journal, over = Journal(path), session(EXAM)
    recorder = Recorder(journal, environment(tmp_path), over)
    over.answer("units")
    recorder.save()
    os.truncate(path, 0)
    over.back()
    over.answer("units")
    with pytest.raises(JournalError, match=r"the last answer is not stored"):
        recorder.save()
    journal.close()
    assert path.stat().st_size == 0
    assert not list(tmp_path.glob("*.kept-*"))


def test_an_emptied_journal_is_not_begun_anew(tmp_path: Path) -> None:
    """Of no bytes: refused, and left as it is."""
    path = tmp_path / "journal.sqlite3"
    path.touch()
    code, said = run(path, "take", str(SAMPLE))
    assert code == 4
    assert "is empty (0 bytes)" in said
    assert kept(path) == {path.name: b""}


def test_a_log_without_its_journal_is_told(full: Path, tmp_path: Path) -> None:
    """A new journal would be overwritten by what stands in the log of the one that is gone."""
    path = tmp_path / "journal.sqlite3"
    path.with_name(f"{path.name}-wal").write_bytes(b"frames")
    code, said = run(path, "take", str(SAMPLE))
    assert code == 4
    assert "is missing, but its log journal.sqlite3-wal is still there" in said


def test_a_new_journal_is_in_its_place_whole(tmp_path: Path) -> None:
    """Nothing but the journal lies there afterwards, for its owner only; and so does its folder."""
    home = tmp_path / "new"
    Journal(home / "journal.sqlite3").close()
    assert [each.name for each in home.iterdir()] == ["journal.sqlite3"]
    assert stat.S_IMODE((home / "journal.sqlite3").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_an_older_file_is_made_its_owners_only(full: Path, tmp_path: Path) -> None:
    """Readable by all until now; the folder, which may hold other things, keeps its rights."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    path.chmod(0o644)
    mode = tmp_path.stat().st_mode
    Journal(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert tmp_path.stat().st_mode == mode


@pytest.mark.parametrize("number", [10**23, 2**63, 2**63 - 1, -1])
def test_a_number_that_no_attempt_has(full: Path, tmp_path: Path, number: int) -> None:
    """However large, it is no damage of the journal."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    for verb in (["history", "--", str(number)], ["score", "--", str(number)]):
        code, said = run(path, *verb)
        assert code in {1, 2}
        assert "there is no attempt" in said
        assert "damaged" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="paths of any bytes")
def test_a_bank_whose_path_is_no_text(tmp_path: Path) -> None:
    """Any path can be stored, and found again."""
    bank = os.fsdecode(bytes(tmp_path) + b"/b\xe4nk-\xff.yaml")
    shutil.copy(SAMPLE, bank)
    env = environment(tmp_path, "b\n:quit\n")
    assert invoke(env, "take", bank) == 0, told(env)
    journal = Journal(tmp_path / "journal.sqlite3")
    (attempt,) = journal.attempts()
    assert attempt.bank_file == bank
    journal.close()
    env = environment(tmp_path)
    assert invoke(env, "score", "1") == 0, told(env)
    assert "sample" in printed(env).lower()


def read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing below its folder may be written. (A superuser may write anywhere.)"""
    may = os.access
    monkeypatch.setattr(os, "access", lambda at, mode: mode != os.W_OK and may(at, mode))


def test_a_journal_that_cannot_be_written_can_be_read(
    full: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads goes on; what would write says at once that it cannot; no byte changes."""
    path = tmp_path / "journal.sqlite3"
    shutil.copy(full, path)
    before = kept(path)
    read_only(path, monkeypatch)
    journal = Journal(path)
    assert len(journal.attempts()) == 30
    with pytest.raises(JournalError, match="cannot be written"):
        journal.check_writable()
    journal.close()
    for verb in (["history"], ["score", "1"], ["stats"], [], ["journal", "export"]):
        code, said = run(path, *verb)
        assert code in {0, 1}, (verb, said)
        assert "cannot be written" not in said
    code, said = run(path, "take", str(SAMPLE))
    assert code == 4
    assert "cannot be written" in said
    assert kept(path) == before
