"""Surroundings as they should not be: a folder that was removed, a home of nobody, an odd zone."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.program import ROOT, quizcli

if sys.platform == "win32":
    pytest.skip("folders in use cannot be removed on Windows", allow_module_level=True)


def standing_nowhere(home: Path, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run the program in a folder that was removed: the code, and what it said, on one line."""
    gone = home / "gone"
    gone.mkdir(parents=True)
    done = subprocess.run(
        ["sh", "-c", 'cd "$0" && rmdir "$0" && exec env "$@"', gone, *(f"{name}={value}" for name, value in variables.items()), sys.executable, "-m", "quizcli", *arguments],
        input="", capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "QUIZCLI_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.returncode, " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("verb", "code"),
    [
        ("", 0), ("history", 0), ("stats", 0), ("bank list", 0), ("bank check", 0),
        ("review --queue", 0), ("take rnn", 1), ("take x.yaml", 3), ("bank check x.yaml", 1),
        ("journal import x.csv", 2), ("take rnn --answers x.yaml", 2), ("stats --svg x.svg", 1),
    ],
)  # fmt: skip
def test_a_working_folder_that_was_removed(tmp_path: Path, verb: str, code: int) -> None:
    """It is told, and what needs no file of it works; what does finds none, and writes none."""
    for variables in ({}, {"PWD": ""}, {"PWD": str(tmp_path)}):
        found, said = standing_nowhere(tmp_path, *verb.split(), **variables)
        assert found == code, variables
        assert said.startswith("quizcli: the working folder was removed")
    assert not list(tmp_path.rglob("x.svg"))
    assert not Path("/x.svg").exists()


@pytest.mark.parametrize(
    "verb", ["take rnn", "bank list", "bank new mine", "config set width 70", "review"]
)
def test_the_folder_is_its_owners_only_whatever_is_made_first(tmp_path: Path, verb: str) -> None:
    """The cache, the settings or a bank may come before the journal, and the folder with them."""
    home = tmp_path / "new" / "home"
    quizcli(*verb.split(), home=home)
    folders = (home, home.parent, *(each for each in home.iterdir() if each.is_dir()))
    assert {stat.S_IMODE(each.stat().st_mode) for each in folders} == {0o700}


@pytest.mark.parametrize("named", ["~nosuchuser/x", "~nosuchuser", "~no such user"])
@pytest.mark.parametrize("verb", ["", "history", "take rnn", "config path", "bank list", "review"])
def test_the_home_of_nobody(tmp_path: Path, named: str, verb: str) -> None:
    """A sentence and 2: it is how the program was called that is wrong."""
    ran = quizcli(*verb.split(), home=tmp_path, QUIZCLI_HOME=named)
    assert ran.returncode == 2
    assert ran.stderr.startswith(
        f"quizcli: QUIZCLI_HOME is {named}, and this system has no such user"
    )
    assert ran.stderr.count("\n") == 1
    assert quizcli("--help", home=tmp_path, QUIZCLI_HOME=named).returncode == 0


@pytest.mark.parametrize("zone", ["XXX-24", "XXX+24:30", "AAA-1BBB-24,M3.2.0,M11.1.0"])
@pytest.mark.parametrize(("verb", "code"), [("", 0), ("review --queue", 0), ("take rnn", 1)])
def test_a_zone_that_no_date_can_be_in(tmp_path: Path, zone: str, verb: str, code: int) -> None:
    """POSIX allows for it, Python's dates do not: it is told, and times are in UTC."""
    ran = quizcli(*verb.split(), home=tmp_path, TZ=zone)
    assert ran.returncode == code
    assert ran.stderr.startswith(f"quizcli: TZ is {zone}, a day or more from UTC")
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("zone", ["XXX-23:59:59", ":/nonexistent", "", "Europe/Berlin"])
def test_any_other_zone_is_used(tmp_path: Path, zone: str) -> None:
    ran = quizcli("review", "--queue", home=tmp_path, TZ=zone)
    assert (ran.returncode, ran.stderr) == (0, "")
