"""``quizcli config``, and that quizzes and screens do as it says."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from quizcli.journal.attempts import Journal
from quizcli.settings import SETTINGS
from tests.support.fakes import environment, invoke, printed, told
from tests.support.home import Home
from tests.support.program import quizcli
from tests.support.samples import SAMPLE
from tests.test_startup import loaded

if TYPE_CHECKING:
    from pathlib import Path


def run(home: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    """(exit code, stdout, stderr) of a run in this process."""
    env = environment(home, variables=variables)
    code = invoke(env, *arguments)
    return code, printed(env), told(env)


def written(home: Path, text: str) -> Path:
    """A file of settings."""
    file = home / "config" / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def test_set_get_unset(tmp_path: Path) -> None:
    """There and back, and the file holds what was set and nothing more."""
    assert run(tmp_path, "config", "get", "width") == (0, "auto\n", "")
    assert run(tmp_path, "config", "set", "width", "72") == (0, "width is 72 (file)\n", "")
    assert run(tmp_path, "config", "get", "width") == (0, "72\n", "")
    assert run(tmp_path, "config", "set", "plain", "yes")[1] == "plain is true (file)\n"
    _, where, _ = run(tmp_path, "config", "path")
    assert where == f"{tmp_path / 'config' / 'config.toml'}\n"
    assert "width = 72" in (tmp_path / "config" / "config.toml").read_text()
    assert run(tmp_path, "config", "unset", "width")[1] == "width is auto (default)\n"
    text = (tmp_path / "config" / "config.toml").read_text()
    assert "plain = true" in text
    assert "width" not in text
    assert [file.name for file in (tmp_path / "config").iterdir()] == ["config.toml"]


def test_the_list_has_every_setting_with_its_source(tmp_path: Path) -> None:
    written(tmp_path, "width = 72\n")
    _, text, _ = run(tmp_path, "config", "list", NO_COLOR="1")
    for one in SETTINGS:
        assert f"{one.name}: {one.what}." in " ".join(text.split())
    _, as_json, _ = run(tmp_path, "config", "list", "--json", NO_COLOR="1")
    data = json.loads(as_json)
    assert data["format_version"] == 1
    found = {each["name"]: each for each in data["settings"]}
    assert list(found) == [one.name for one in SETTINGS]
    assert found["colour"]["source"] == "environment"
    assert found["colour"]["variable"] == "NO_COLOR"
    assert (found["width"]["value"], found["width"]["source"]) == (72, "file")
    assert (found["plain"]["value"], found["plain"]["source"]) == (False, "default")
    _, one, _ = run(tmp_path, "config", "get", "width", "--json")
    assert json.loads(one)["setting"] == found["width"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("set", "color", "never"), "no setting is called 'color' — did you mean 'colour'?"),
        (("get", "zzz"), "settings are colour, plain"),
        (("unset", "widht"), "did you mean 'width'?"),
        (("set", "colour", "alwys"), "did you mean 'always'?"),
        (("set", "width", "5"), "width cannot be"),
    ],
)
def test_what_is_refused(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    code, out, err = run(tmp_path, "config", *arguments)
    assert (code, out) == (2, "")
    assert says in err
    assert not (tmp_path / "config").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("width = 72\nplain = tru\n", "config.toml:2: invalid TOML: "),
        ("width = 72\n\nwidht = 3\n", "config.toml:3: no setting is called 'widht' — did you"),
        ("width = 5\r\n", "config.toml:1: width cannot be 5 — use auto or a whole number"),
        ("[plain]\nx = 1\n", "config.toml:1: plain cannot be a table"),
    ],
)
def test_a_broken_file_is_told_and_stops_no_quiz(tmp_path: Path, text: str, says: str) -> None:
    """With its line, once, on stderr; what is right in it holds."""
    written(tmp_path, text)
    done = quizcli("take", str(SAMPLE), "--seed", "7", home=tmp_path, text="b\na,b\na\na\n")
    assert done.returncode == 0
    assert "Score 5 of 5" in done.stdout
    assert done.stderr.count(says) == 1
    assert "Traceback" not in done.stderr


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    written(tmp_path, "").write_bytes(b"width = 72\n# caf\xe9\n")
    _, out, err = run(tmp_path, "config", "get", "width")
    assert out == "auto\n"
    assert "config.toml:2: not valid UTF-8 — save the file in that encoding" in err
    written(tmp_path, "").write_bytes(b"\xef\xbb\xbfwidth = 72\n")  # as editors of Windows write it
    assert run(tmp_path, "config", "get", "width") == (0, "72\n", "")


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "config" / "config.toml").mkdir(parents=True)
    code, out, err = run(tmp_path, "config", "get", "width")
    assert (code, out) == (0, "auto\n")
    assert "config.toml: cannot be read" in err
    assert run(tmp_path, "config", "set", "width", "72")[0] == 1


@pytest.mark.parametrize("text", ["width = = 3\n", "[review]\nnew = 3\n"])
def test_a_file_that_cannot_be_written_again_is_left_alone(tmp_path: Path, text: str) -> None:
    """No TOML, or more than we can write: nothing of it is lost."""
    file = written(tmp_path, text)
    code, out, err = run(tmp_path, "config", "set", "plain", "true")
    assert (code, out) == (1, "")
    assert "config.toml" in err
    assert " — " in err
    assert file.read_text() == text


def test_what_a_later_version_wrote_is_kept(tmp_path: Path) -> None:
    file = written(tmp_path, 'retain = 0.9\ncolour = "neon"\n')
    run(tmp_path, "config", "set", "width", "72")
    assert "retain = 0.9" in file.read_text()
    assert 'colour = "neon"' in file.read_text()
    run(tmp_path, "config", "set", "colour", "never")
    assert "neon" not in file.read_text()


@pytest.mark.parametrize("fault", ['widht = "72"', "widht = [1]", "[widht]\na = 1"])
def test_what_is_no_setting_is_taken_out(tmp_path: Path, fault: str) -> None:
    """It is warned about, and may be anything; what is not there is told with the nearest."""
    file = written(tmp_path, f"plain = true\n{fault}\n")
    code, out, _ = run(tmp_path, "config", "unset", "widht")
    assert (code, out) == (0, "widht was removed.\n")
    assert "widht" not in file.read_text()
    assert "plain = true" in file.read_text()
    code, _, err = run(tmp_path, "config", "unset", "widht")
    assert code == 2
    assert "did you mean 'width'?" in err


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_stays_one(tmp_path: Path) -> None:
    """Collections of such files link to them."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("plain = true\n")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").symlink_to(real)
    assert run(tmp_path, "config", "set", "width", "72")[0] == 0
    assert (tmp_path / "config" / "config.toml").is_symlink()
    assert "width = 72" in real.read_text()
    assert "plain = true" in real.read_text()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_is_closed(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(mode=0o500)
    code, _, err = run(tmp_path, "config", "set", "width", "72")
    assert code == 1
    assert "cannot be written" in err


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("")
    code, _, err = run(tmp_path, "config", "set", "width", "72")
    assert code == 1
    assert "cannot be created" in err


def test_set_says_what_decides_before_it(tmp_path: Path) -> None:
    code, out, err = run(tmp_path, "config", "set", "colour", "always", NO_COLOR="1")
    assert (code, out) == (0, "colour is never (environment, NO_COLOR)\n")
    assert "NO_COLOR in the environment overrides the file" in err


def test_output_follows_the_settings(tmp_path: Path) -> None:
    """Colour and width of what any verb prints; the environment and options come first."""
    written(tmp_path, 'colour = "always"\nwidth = 30\n')
    _, out, _ = run(tmp_path, "bank", "list")
    assert "\x1b[" in out
    plain = run(tmp_path, "bank", "list", NO_COLOR="1")[1]
    assert "\x1b[" not in plain
    assert max(map(len, plain.splitlines())) <= 30
    assert max(map(len, run(tmp_path, "bank", "list", COLUMNS="80")[1].splitlines())) > 30
    assert "\x1b[" not in run(tmp_path, "bank", "list", "--plain")[1]
    written(tmp_path, 'colour = "always"\nplain = true\n')
    assert "\x1b[" not in run(tmp_path, "bank", "list")[1]
    assert "\x1b[" in run(tmp_path, "bank", "list", QUIZCLI_PLAIN="0")[1]


def policy(home: Path, *options: str) -> tuple[object, object]:
    """(shuffle, credit) of a quiz taken with these options."""
    done = quizcli("take", str(SAMPLE), *options, home=home, text="a\na\na\na\n")
    assert done.returncode == 0, done.stderr
    journal = Journal(home / "journal.sqlite3")
    found = journal.attempts()[-1].policy
    journal.close()
    return found.shuffle, found.credit


def test_a_quiz_follows_the_settings(tmp_path: Path) -> None:
    """Shuffle and credit; options come first, and ``bank`` leaves it to the bank."""
    assert policy(tmp_path) == (None, None)
    written(tmp_path, 'shuffle = true\ncredit = "false2"\n')
    assert policy(tmp_path) == (True, "false2")
    assert policy(tmp_path, "--no-shuffle", "--credit", "coverage") == (False, "coverage")
    written(tmp_path, 'shuffle = "bank"\ncredit = "bank"\n')
    assert policy(tmp_path) == (None, None)


def test_a_setting_does_not_hide_an_interrupted_quiz(tmp_path: Path) -> None:
    """It asks for nothing particular: the attempt that was left is still told."""
    written(tmp_path, 'credit = "false2"\n')
    quizcli("take", str(SAMPLE), home=tmp_path, text="a\n")
    again = quizcli("take", str(SAMPLE), home=tmp_path, text="")
    assert "attempt 1 was interrupted and is saved" in again.stderr


def test_without_a_file_no_reader_is_loaded(tmp_path: Path) -> None:
    loaded(["take", "rnn"], tmp_path)
    assert loaded(["take", "rnn"], tmp_path, ("tomllib",), "a\n") == ""
    written(tmp_path, "plain = true\n")
    assert loaded(["take", "rnn"], tmp_path, ("tomllib",), "a\n") == "tomllib"


def test_a_review_hears_what_a_quiz_hears(tmp_path: Path) -> None:
    """Options are shuffled or not, and an answer is graded, as the settings say; what is asked for
    wins."""
    home = Home(tmp_path)
    home.quiz()
    home.days(3)

    def orders(*arguments: str) -> set[str]:
        ran = [
            home("review", "sample", "--cram", "--seed", str(seed), *arguments, text=":quit\n")
            for seed in range(1, 7)
        ]
        return {line for each in ran for line in each.out.splitlines() if line.startswith("a. ")}

    home("config", "set", "shuffle", "false")
    assert orders() == orders("--no-shuffle") != orders("--shuffle")
    home("config", "set", "shuffle", "true")
    assert orders() == orders("--shuffle")
    half = ("review", "sample", "--cram", "--no-shuffle", "--seed", "2")
    text = "a\n\n" * 4
    assert "Partly right" in home(*half, text=text).out
    home("config", "set", "credit", "all-or-nothing")
    assert "Partly right" not in home(*half, text=text).out
