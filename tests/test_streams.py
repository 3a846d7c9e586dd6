"""Streams as a shell may hand them over: closed, full, one way only, with marks of an encoding."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.support.program import quizcli
from tests.support.samples import SAMPLE

unix = pytest.mark.skipif(sys.platform == "win32", reason="a matter of a Unix shell")
# Each verb, and the code it has where there is no input.
VERBS = {
    "": 0,
    "--help": 0,
    "--version": 0,
    "take rnn": 1,
    "review rnn": 1,
    "cards rnn": 1,
    "demo gate-width": 0,
    "history": 0,
    "score": 2,
    "stats": 0,
    "bank list": 0,
    "bank check": 0,
    "journal export": 0,
    "config list": 0,
    "take nosuch": 3,
    "nosuch": 2,
}
CLOSED = [" ".join(how) for how in product(("", "<&-"), ("", ">&-"), ("", "2>&-")) if any(how)]
COMPLAINTS = ("Traceback", "Exception ignored", "Errno")


def shell(home: Path, words: str, streams: str, cwd: Path | None = None) -> tuple[int, str, str]:
    """Run the program with its streams as a shell sets them: code, stdout, stderr."""
    done = subprocess.run(
        ["sh", "-c", f'exec "$0" -m quizcli {words} {streams}', sys.executable],
        stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False, cwd=cwd,
        # Output that is held back is lost later than output that is not.
        env={**os.environ, "QUIZCLI_HOME": str(home), "PYTHONUNBUFFERED": ""},
    )  # fmt: skip
    assert not any(word in done.stderr for word in COMPLAINTS), done.stderr
    return done.returncode, done.stdout, done.stderr


@unix
@pytest.mark.parametrize("verb", VERBS)
def test_a_closed_stream_is_an_empty_one(tmp_path: Path, verb: str) -> None:
    """In every verb: no input has ended, no output is printed nowhere, and the code stays."""
    everything = CLOSED if verb in {"history", "take rnn"} else ("<&-", ">&-", "<&- >&- 2>&-")
    for streams in everything:
        code, out, err = shell(tmp_path, verb, streams)
        assert code == VERBS[verb], streams
        assert not (out and ">&-" in streams.split())
        assert not (err and "2>&-" in streams)


@unix
@pytest.mark.parametrize("streams", ["0>/dev/null", "1</dev/null", "2</dev/null"])
def test_a_stream_that_goes_the_other_way(tmp_path: Path, streams: str) -> None:
    """Like a closed one."""
    for verb in ("--help", "history", "take rnn", "take nosuch"):
        assert shell(tmp_path, verb, streams)[0] == VERBS[verb]


@unix
def test_the_check_decides_where_nothing_can_be_printed(tmp_path: Path) -> None:
    """A bank with a fault is one, told or not."""
    (tmp_path / "bad.yaml").write_text("format: 1\n")
    for streams in ("", ">&-", "<&- >&- 2>&-"):
        assert shell(tmp_path, f"bank check {tmp_path / 'bad.yaml'}", streams)[0] == 1


@unix
def test_no_file_becomes_stdout(tmp_path: Path) -> None:
    """What is opened after a closed stream must not get its number: the journal would be printed
    into."""
    assert shell(tmp_path, "take rnn", "<&- >&- 2>&-")[0] == 1
    assert shell(tmp_path, "history", "")[0] == 0
    assert shell(tmp_path, "take rnn --answers /nonexistent", "<&- >&- 2>&-")[0] == 2


@unix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize(
    "verb", ["--help", "--version", "take --help", "history", "demo gate-width"]
)
def test_a_full_disk(tmp_path: Path, verb: str) -> None:
    """A sentence and 1, of help and version too, which are printed before any verb begins."""
    code, _, err = shell(tmp_path, verb, ">/dev/full")
    assert code == 1
    assert "the disk is full" in err
    assert shell(tmp_path, verb, ">/dev/full 2>&1")[0] == 1


@unix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("verb", ["nosuch", "take nosuch", "score"])
def test_an_error_that_cannot_be_told_keeps_its_code(tmp_path: Path, verb: str) -> None:
    """stderr is full: the code is all that is left."""
    assert shell(tmp_path, verb, "2>/dev/full")[0] == VERBS[verb]


QUIZ = ("take", SAMPLE, "--no-shuffle", "--plain")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_mark_of_utf_8_is_no_part_of_the_answer(tmp_path: Path, encoding: str) -> None:
    """As editors of Windows write it at the start of a file; at the start of a later line it is
    what it is."""
    names = {"PYTHONIOENCODING": encoding}
    marked = quizcli(*QUIZ, home=tmp_path / "a", text="\ufeffb\na,b\na\na\n", **names)
    plain = quizcli(*QUIZ, home=tmp_path / "b", text="b\na,b\na\na\n", **names)
    assert marked.returncode == plain.returncode == 0
    assert "Score 5 of 5" in plain.stdout
    assert "Score 5 of 5" in marked.stdout


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_utf_16_is_told(tmp_path: Path, encoding: str) -> None:
    """A sentence with its mend, in place of answers that nobody gave."""
    mark = "\ufeff" if encoding.endswith("be") else ""
    done = subprocess.run(
        [sys.executable, "-m", "quizcli", *map(str, QUIZ)],
        input=f"{mark}b\n".encode(encoding), capture_output=True, check=False,
        env={**os.environ, "QUIZCLI_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 2
    assert "the input is in UTF-16" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_bytes_that_are_no_text_are_no_answer(tmp_path: Path) -> None:
    """They are told as an answer that is none, and asked for again; the rest counts."""
    done = subprocess.run(
        [sys.executable, "-m", "quizcli", *map(str, QUIZ)],
        input=b"\xc3\x28\xfe\nb\na,b\na\na\n", capture_output=True, check=False,
        env={**os.environ, "QUIZCLI_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0
    assert b"Score 5 of 5" in done.stdout
