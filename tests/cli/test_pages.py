"""Pages to keep: whole, the same for the same seed, and never over a file that is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import quizcli
from tests.pages.parsed import ParsedPage, parsed

SEED = ("--seed", "1")


def page_of(file: Path) -> ParsedPage:
    """A page that was written, with nothing wrong with it."""
    found = parsed(file.read_text(encoding="utf-8"))
    assert found.faults == []
    return found


def test_a_measured_answer_is_a_page(tmp_path: Path) -> None:
    """What is claimed and found, the rule, other seeds, other worlds, the checks, the command."""
    file = tmp_path / "one.html"
    done = quizcli("demo", "rnn/nan", *SEED, "--html", file, home=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"quizcli: written to {file}\n"
    words = " ".join(page_of(file).words.split())
    for said in (
        "Exploding gradients", "Rule: Each world is run", "Assumed:", "Measured under seed 1",
        "c, holds: 20 of 20 seeds, 84–100%", "Null control (radius 0.5, z 1):",
        "Break: large-relu", "Is it measured?", "with the effect removed", "What can be turned",
        "quizcli demo rnn/nan --seed 1 --html nan.html", "NumPy", "bank rnn, digest",
    ):  # fmt: skip
        assert said in words, said


def test_the_command_on_a_page_makes_it_again(tmp_path: Path) -> None:
    """Turned knobs, a break and an experiment without a question included."""
    typed = ["demo", "gate-roles", "--set", "units=8", "--break", "tanh-output", *SEED]
    quizcli(*typed, "--html", "gate-roles.html", home=tmp_path, cwd=tmp_path)
    file = tmp_path / "gate-roles.html"
    found = page_of(file)
    command = next(line for line in found.words.split("\n") if "quizcli demo" in line)
    command = command[command.index("quizcli demo") : command.index("gate-roles.html") + 15]
    kept = file.read_bytes()
    file.unlink()
    done = quizcli(*command.split()[1:], home=tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert file.read_bytes() == kept
    assert "An assumption is broken, tanh-output:" in found.words


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    """And nothing is measured for it."""
    file = tmp_path / "kept.html"
    file.write_text("mine")
    done = quizcli("demo", "gate-roles", *SEED, "--html", file, home=tmp_path)
    assert (done.returncode, file.read_text()) == (2, "mine")
    assert "--force" in done.stderr
    done = quizcli("demo", "gate-roles", *SEED, "--html", file, "--force", home=tmp_path)
    assert done.returncode == 0
    page_of(file)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["demo", "gate-roles", "--html", "a.html", "--json"], "--json or --html"),
        (["demo", "gate-roles", "--html", "a.html", "--svg", "a.svg"], "--svg or --html"),
        (["demo", "--html", "a.html"], "which experiment?"),
        (["demo", "gate-role", "--html", "a.html"], "did you mean 'gate-roles'?"),
        (["demo", "gate-roles", "--html", "no/where/a.html"], "cannot be written"),
        (["demo", "gate-roles", "--html", "."], "cannot be written"),
    ],
)
def test_what_cannot_be_is_told_and_leaves_no_file(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = quizcli(*arguments, home=tmp_path, cwd=tmp_path)
    assert done.returncode in {1, 2}
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.html"))
