"""Start-up is a feature: what must not be imported, is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numpy", "yaml", "fsrs", "pydantic", "importlib.metadata", "rich.markdown", "textual")
SCRIPT = """
import sys
sys.argv = ["quizcli", *{arguments}]
from quizcli.cli.main import main
try:
    main()
except SystemExit:
    pass
print("LOADED", *sorted(name for name in {names} if name in sys.modules), file=sys.stderr)
"""


def loaded(arguments: list[str], home: Path, names: tuple[str, ...] = HEAVY, text: str = "") -> str:
    """The names among ``names`` that a run of the program has imported."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(arguments=arguments, names=names)],
        input=text,
        capture_output=True,
        text=True,
        env={**os.environ, "QUIZCLI_HOME": str(home)},
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("LOADED"), done.stderr
    return last.removeprefix("LOADED").strip()


@pytest.mark.parametrize("arguments", [["--help"], ["take", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert loaded(arguments, tmp_path) == ""


def test_help_loads_neither_rich_nor_sqlite(tmp_path: Path) -> None:
    assert loaded(["--help"], tmp_path, ("rich.console", "sqlite3")) == ""


def test_a_warm_quiz_loads_no_yaml_and_no_numpy(tmp_path: Path) -> None:
    assert loaded(["take", "rnn"], tmp_path) == "yaml"  # the first time it has to be read
    assert loaded(["take", "rnn"], tmp_path, text="a\nb\n") == ""


def test_the_first_question_needs_no_rational_numbers(tmp_path: Path) -> None:
    """They are for grades, and cost a third of what Python itself does."""
    loaded(["take", "rnn"], tmp_path)
    assert loaded(["take", "rnn"], tmp_path, ("fractions", "tomllib")) == ""


def test_plain_mode_draws_without_the_drawing_library(tmp_path: Path) -> None:
    loaded(["take", "rnn"], tmp_path)
    assert loaded(["take", "rnn", "--plain"], tmp_path, ("rich.console",), "a\n") == ""


def test_checking_a_bank_loads_no_numpy(tmp_path: Path) -> None:
    assert loaded(["bank", "check"], tmp_path, ("numpy",)) == ""


def test_the_package_itself_is_empty_until_asked() -> None:
    code = "import sys, quizcli; print([m for m in sys.modules if m.startswith('quizcli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
