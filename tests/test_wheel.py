"""The wheel, in an empty environment, away from the checkout: it lists and asks its banks."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from shutil import which

import pytest

ROOT = Path(__file__).parent.parent
# README's environment holds no pip of its own; the interpreter that made it has one.
OUTER_PIP = (getattr(sys, "_base_executable", sys.executable), "-m", "pip")


def run(*command: str | Path, cwd: Path, text: str = "", home: Path | None = None):
    variables = {k: v for k, v in os.environ.items() if k not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    if home:
        variables["QUIZCLI_HOME"] = str(home)
    return subprocess.run(
        command, cwd=cwd, env=variables, input=text, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("quizcli-*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_the_banks_and_the_marker_of_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "quizcli/questions/rnn.yaml" in names
    assert "quizcli/questions/sequence-models.yaml" in names
    assert "quizcli/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.slow
def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=away)
    python = tmp_path / "venv" / "bin" / "python"
    installed = run(*OUTER_PIP, "--python", python, "install", "--quiet", wheel, cwd=away)
    assert installed.returncode == 0, installed.stderr
    program = python.with_name("quizcli")
    listed = run(program, "bank", "list", cwd=away, home=tmp_path / "home")
    assert "rnn" in listed.stdout, listed.stderr
    assert "sequence-models" in listed.stdout
    asked = run(
        program, "take", "rnn", "--no-shuffle", cwd=away, text="c\n", home=tmp_path / "home"
    )
    assert "question 1 of 10" in asked.stdout
    assert "Right. 1 of 1 point." in asked.stdout
    assert asked.returncode == 1  # the input ended before the quiz did
    proved = run(program, "bank", "prove", "rnn", "-q", "gate-width", cwd=away, home=tmp_path)
    assert proved.returncode == 0, proved.stdout + proved.stderr


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["twine", "check-wheel-contents"])
def test_what_is_published_is_whole(tool: str, wheel: Path, tmp_path: Path) -> None:
    """By those who judge packages: what says what it is, and a wheel that holds the package alone."""
    program = Path(sys.executable).with_name(tool)
    if not program.exists():
        pytest.skip(f"{tool} is not installed: pip install -e '.[publish]'")
    if tool == "twine":
        run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)
        [sdist] = tmp_path.glob("*.tar.gz")
        checked = run(program, "check", "--strict", wheel, sdist, cwd=tmp_path)
    else:
        checked = run(program, "--toplevel", "quizcli", wheel, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def interpreter(name: str) -> str | None:
    """Where a Python is; pyenv knows more than it has in the path."""
    if which(name) is None:
        return None
    variables = {**os.environ, "PYENV_VERSION": name.removeprefix("python")}
    for env in (None, variables):
        found = subprocess.run(
            [name, "-c", "import sys; print(sys.executable)"],
            env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if found.returncode == 0:
            return found.stdout.strip()
    return None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["python3.12", "python3.13", "python3.14"])
def test_the_wheel_works_on_other_pythons(name: str, wheel: Path, tmp_path: Path) -> None:
    """Installed, it asks a quiz and measures an answer, on each that there is beside this one."""
    if (other := interpreter(name)) is None:
        pytest.skip(f"{name} is not to be had here")
    run(other, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    installed = run(*OUTER_PIP, "--python", python, "install", "--quiet", wheel, cwd=tmp_path)
    assert installed.returncode == 0, installed.stderr
    program = python.with_name("quizcli")
    asked = run(program, "take", "rnn", "--no-shuffle", cwd=tmp_path, text="c\n", home=tmp_path)
    assert (asked.returncode, "Right. 1 of 1 point." in asked.stdout) == (1, True), asked.stderr
    shown = run(program, "demo", "gate-width", "--plain", cwd=tmp_path, home=tmp_path)
    assert shown.returncode == 0, shown.stderr
