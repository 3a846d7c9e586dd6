"""The checks that are not tests: style, types, the arrows between rooms, the journal of changes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["lint-imports"],
    ],
    ids=" ".join,
)
def test_check_passes(command: list[str]) -> None:
    done = subprocess.run(
        [BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_dependency_that_was_not_asked_for_has_its_reason() -> None:
    """Named packages need none; each other line in the list stands under a comment."""
    text = (ROOT / "pyproject.toml").read_text()
    listed = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    named = {"typer", "rich", "pyyaml", "numpy", "pytest"}
    before = ""
    for line in listed.splitlines()[1:]:
        found = re.match(r'\s+"([A-Za-z0-9-]+)', line)
        if found and found[1] not in named:
            assert before.strip().startswith("#"), f"{found[1]} has no reason beside it"
        before = line


def test_the_version_has_a_place_in_the_changelog() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text()
