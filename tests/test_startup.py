"""Start-up is a feature: what must not be imported, is not."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quizcli.cli.app import Verbs
from quizcli.scores.formats import BOOKS, SHEETS
from tests.support.fakes import FakeClock, environment, invoke

HEAVY = ("numpy", "yaml", "fsrs", "pydantic", "importlib.metadata", "rich.markdown", "textual")
SCRIPT = """
import sys
sys.argv = ["quizcli", *{arguments}]
from quizcli.__main__ import main
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


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert loaded(arguments, tmp_path) == ""


def test_help_loads_neither_rich_nor_sqlite(tmp_path: Path) -> None:
    assert loaded(["--help"], tmp_path, ("rich.console", "sqlite3")) == ""


def test_a_warm_quiz_loads_no_yaml_and_no_numpy(tmp_path: Path) -> None:
    assert loaded(["take", "rnn"], tmp_path) == "yaml"  # the first time it has to be read
    assert loaded(["take", "rnn"], tmp_path, text="a\nb\n") == ""


def test_a_quiz_loads_the_kinds_it_asks_and_no_other(tmp_path: Path) -> None:
    loaded(["take", "rnn"], tmp_path)
    kinds = tuple(f"quizcli.quiz.kinds.{kind}" for kind in ("choice", "cloze", "matching", "text"))
    assert loaded(["take", "rnn"], tmp_path, kinds) == "quizcli.quiz.kinds.choice"


def test_the_first_question_needs_no_rational_numbers(tmp_path: Path) -> None:
    """They are for grades, and cost a third of what Python itself does."""
    loaded(["take", "rnn"], tmp_path)
    assert loaded(["take", "rnn"], tmp_path, ("fractions", "tomllib")) == ""


def test_plain_mode_draws_without_the_drawing_library(tmp_path: Path) -> None:
    loaded(["take", "rnn"], tmp_path)
    assert loaded(["take", "rnn", "--plain"], tmp_path, ("rich.console", "rich.text"), "a\n") == ""


def test_checking_a_bank_loads_no_numpy(tmp_path: Path) -> None:
    assert loaded(["bank", "check"], tmp_path, ("numpy",)) == ""


def test_the_package_itself_is_empty_until_asked() -> None:
    code = "import sys, quizcli; print([m for m in sys.modules if m.startswith('quizcli.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("arguments", [["class", "grade", "--help"], ["score", "--help"]])
def test_help_knows_the_formats_of_scores_and_loads_none(
    arguments: list[str], tmp_path: Path
) -> None:
    files = {
        f"quizcli.scores.{format.writer.partition(':')[0]}"
        for format in (*SHEETS.values(), *BOOKS.values())
    }
    assert loaded(arguments, tmp_path, tuple(files)) == ""


LONG_AGO = datetime(2020, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def due(tmp_path: Path) -> Path:
    """A home whose cards are due, and whose banks are compiled."""
    invoke(environment(tmp_path), "bank", "list")
    invoke(environment(tmp_path, "c\n\nd\n\n", clock=FakeClock(LONG_AGO)), "review", "rnn")
    return tmp_path


@pytest.mark.parametrize("verb", ["review", "cards"])
@pytest.mark.parametrize("new", [False, True])
def test_a_first_card_loads_nothing_heavy(due: Path, verb: str, new: bool) -> None:
    """Neither the schedule's package nor NumPy, YAML or the drawing library, before the answer."""
    names = (*HEAVY, "rich.console", "rich.text", "zoneinfo")
    arguments = [verb, "rnn", "--plain", *(["--new", "3"] if new else [])]
    assert loaded(arguments, due, names) == ""
    if new:
        assert loaded(arguments, due / "fresh", ("fsrs", "numpy", "rich.console")) == ""


def test_an_answer_loads_the_schedule_and_nothing_else(due: Path) -> None:
    assert loaded(["review", "rnn", "--plain"], due, text="a\n\n") == "fsrs"
    assert loaded(["review", "rnn", "--plain"], due, ("rich.console",), "a\n\n") == ""


@pytest.mark.parametrize("verb", Verbs.verbs)
def test_help_of_a_verb_loads_nothing_heavy(verb: str, tmp_path: Path) -> None:
    assert loaded([verb, "--help"], tmp_path, (*HEAVY, "rich.console", "sqlite3")) == ""


def test_the_queue_and_home_load_no_numpy(due: Path) -> None:
    assert loaded(["review", "rnn", "--queue", "--json"], due) == ""
    assert loaded(["review", "--undo"], due, ("numpy", "yaml")) == ""
    assert loaded([], due) == ""
