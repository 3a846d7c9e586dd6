"""Settings by the thousand, of thousands of digits, and from several windows at once."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.home import Home

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a folder of settings."""
    home = Home(tmp_path / "home")
    (home.root / "config").mkdir()
    return home


@pytest.mark.parametrize(
    "line",
    [
        "width = " + "9" * 5000, "width = " + "9" * 4000, "width = -" + "9" * 4000,
        "retention = 1e99999", "width = 0x" + "f" * 5000, "rollover = 0x" + "f" * 3000, "colour = '" + "x" * 50_000 + "'",
        "x" * 50_000 + " = 1", "width = [" * 3000, 'name = "a\\u0000b"', 'name = "a\\nb"',
    ],
    ids=lambda line: line[:20],
)  # fmt: skip
def test_a_line_that_is_absurd(home: Home, line: str) -> None:
    """Told with its line, in a sentence, by every verb; none ends in a traceback."""
    (home.root / "config" / "config.toml").write_text(f"plain = false\n{line}\n")
    for verb in ((), ("history",), ("config", "list"), ("take", "sample"), ("stats",)):
        ran = home(*verb)
        assert ran.code in {0, 1}, (verb, ran)
        assert "config.toml" in ran.err, verb
        assert len(ran.err) < 1000, verb


def test_a_number_of_five_thousand_digits_is_kept(home: Home) -> None:
    """Another setting can be set beside it, and the file can still be read."""
    path = home.root / "config" / "config.toml"
    path.write_text("width = 0x" + "f" * 5000 + "\n")
    assert home("config", "set", "rollover", "3").code == 0
    assert home("config", "get", "rollover").out == "3\n"
    assert "f" * 5000 in path.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of this kind")
def test_a_file_of_settings_that_is_no_file(home: Home) -> None:
    """A pipe is not waited for, a folder and a link to itself are told."""
    path = home.root / "config" / "config.toml"
    for make in (os.mkfifo, os.mkdir, lambda at: at.symlink_to(at)):
        make(path)
        for verb in (("history",), ("config", "set", "plain", "true")):
            ran = home(*verb)
            assert ran.code in {0, 1}, (verb, ran)
            assert "config.toml" in ran.err
        path.rmdir() if path.is_dir() else path.unlink()


@pytest.mark.parametrize("value", ["\u0663\u0660", "3_0", "0x20", " ", "1e400"])
def test_a_number_that_is_none(home: Home, value: str) -> None:
    assert home("config", "set", "width", value).code == 2


def test_five_thousand_names_that_are_none(home: Home) -> None:
    """A few are told, and how many more; it takes no time to speak of."""
    lines = [f"setting{n} = {n}" for n in range(4000)]
    (home.root / "config" / "config.toml").write_text("\n".join(lines) + "\n")
    begun = time.process_time()
    ran = home("history")
    assert time.process_time() - begun < 2
    assert ran.err.count("\n") == 6
    assert "and 3995 more faults in that file: quizcli config list" in ran.err
    assert home("config", "set", "width", "70").code == 0
    assert "setting3999 = 3999" in (home.root / "config" / "config.toml").read_text()


def test_a_file_that_is_none_of_settings(home: Home) -> None:
    (home.root / "config" / "config.toml").write_bytes(b"width = 70\n" + b"#" * 10_000_000)
    ran = home("history")
    assert "is larger than 100 kB" in ran.err
    assert home("config", "set", "width", "70").code == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no locks of this kind")
def test_four_at_once_lose_nothing(home: Home) -> None:
    """Each acknowledged setting is in the file."""
    wanted = {"width": "70", "rollover": "3", "retention": "0.85", "new-per-day": "7"}
    for _ in range(3):
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "quizcli", "config", "set", name, value],
                env={**os.environ, "QUIZCLI_HOME": str(home.root), "PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
            )
            for name, value in wanted.items()
        ]
        assert [each.wait(60) for each in running] == [0] * 4
        text = (home.root / "config" / "config.toml").read_text()
        for name, value in wanted.items():
            assert f"{name} = {value}\n" in text
        for name in wanted:
            home("config", "unset", name)
    assert [each.name for each in (home.root / "config").iterdir()] == ["config.toml"]
