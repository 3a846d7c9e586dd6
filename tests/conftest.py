"""What all tests share: a home of their own, golden files, Hypothesis without a stop-watch."""

from __future__ import annotations

import difflib
import gc
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.program import hear_signals

# Before anything imports NumPy (a plugin may): as the laboratory itself would say it.
for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# A shared machine is slow at times; how long an example takes says nothing about the code.
settings.register_profile("quizcli", deadline=None)
# A change is judged by the same examples each time; whoever works on the code explores new ones.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "quizcli")

# What a developer has set for their own terminal must not decide a test.
SETTINGS = (
    "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLUMNS", "LINES",
    "QUIZCLI_PLAIN", "WT_SESSION",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` writes the golden files anew, to be read by eye before a commit."""
    parser.addoption("--update-golden", action="store_true", help="write golden files anew")


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the files of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUIZCLI_HOME", str(tmp_path_factory.mktemp("home")))
        for name in SETTINGS:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """The program lets garbage lie, since its process ends; a process of tests goes on."""
    threshold = gc.get_threshold()
    yield
    if gc.get_threshold() != threshold or gc.get_freeze_count():
        gc.set_threshold(*threshold)
        gc.unfreeze()
        gc.collect()


@pytest.fixture(scope="session", autouse=True)
def signals() -> None:
    """Our processes are to hear them."""
    hear_signals()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """``golden(path, text)`` fails unless the file at ``path`` holds exactly ``text``."""

    again = f".venv/bin/python -m pytest {request.node.nodeid.partition('[')[0]} --update-golden"

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        if not path.exists():
            pytest.fail(f"{path.name} is missing; write it by: {again}")
        kept = path.read_text(encoding="utf-8")
        if kept != text:
            lines = difflib.unified_diff(
                kept.splitlines(), text.splitlines(), str(path.name), "now", lineterm=""
            )
            pytest.fail("\n".join(lines) + f"\nif this is meant: {again}")

    return compare


@pytest.fixture
def variables() -> dict[str, str]:
    """The environment for a process that a test starts."""
    return {name: value for name, value in os.environ.items() if name not in SETTINGS}
