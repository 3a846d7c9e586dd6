"""The checks that are not tests: style, types, the arrows between rooms, the journal of changes."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
VERSION = re.compile(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d")
KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.mark.lint
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


def test_the_changelog_has_the_form_that_it_says_it_has() -> None:
    """Versions with their days, the newest first; in each the kinds of change, of which none is empty
    or there twice."""
    sections = (ROOT / "CHANGELOG.md").read_text().split("\n## ")[1:]
    heads = [section.partition("\n")[0] for section in sections]
    assert heads[0] == "[Unreleased]"
    assert [head for head in heads[1:] if not VERSION.fullmatch(head)] == []
    assert heads[1:] == sorted(heads[1:], key=lambda head: head[-10:], reverse=True)
    for section in sections:
        kinds = [each.partition("\n") for each in section.split("\n### ")[1:]]
        assert {kind for kind, _, _ in kinds} <= KINDS
        assert len({kind for kind, _, _ in kinds}) == len(kinds)
        assert [kind for kind, _, text in kinds if not text.strip().startswith("- ")] == []
