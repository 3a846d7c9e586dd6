"""What a shell offers behind Tab, and the examples at the foot of each help."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from quizcli.bank.shelf import shipped
from quizcli.cli.app import app
from quizcli.cli.examples import EXAMPLES
from quizcli.quiz.credit import RULES
from quizcli.settings import SETTINGS
from tests.support.handing_in import handed_in
from tests.support.home import Home

ROOT = Path(__file__).parent.parent.parent
OFFERED = [
    ("quizcli ta", ["take"]), ("quizcli take r", ["rnn"]), ("quizcli review sa", ["sample"]),
    ("quizcli bank check", ["check"]), ("quizcli bank show s", ["sample", "sequence-models"]),
    ("quizcli bank preview rn", ["rnn/"]), ("quizcli bank preview rnn/gate", ["rnn/gate-width", "rnn/gate-roles"]),
    ("quizcli bank edit sample/un", ["sample/unrolled"]),
    ("quizcli take ap", ["apart"]), ("quizcli bank preview apart/si", ["apart/simplified-gru"]),
    ("quizcli bank preview away/si", ["away/simplified-gru"]), ("quizcli take --tag only", ["only-apart"]),
    ("quizcli demo apart/si", ["apart/simplified-gru"]), ("quizcli demo apart/gate-width --set vo", ["vocabulary="]),
    ("quizcli bank preview faulty/", []),
    ("quizcli demo gate", ["gate-width", "gate-roles"]), ("quizcli demo rnn/nan", ["rnn/nan"]),
    ("quizcli demo gate-width --set vo", ["vocabulary="]), ("quizcli demo sampling --break f", ["flattened"]), ("quizcli take rnn --tag no", ["notation"]),
    ("quizcli cards --tag no", ["notation"]),
    ("quizcli take rnn --credit ", list(RULES)), ("quizcli config set co", ["colour", "confirm-leave"]),
    ("quizcli config get ", [one.name for one in SETTINGS]),
    ("quizcli config set colour ", ["auto", "always", "never"]),
    ("quizcli config set plain f", ["false"]),
    ("quizcli review --suspend sample/un", ["sample/unrolled"]), ("quizcli review --resume rn", ["rnn/"]),
    ("quizcli review --suspend gaps/memory", ["gaps/memory#u", "gaps/memory#f"]),
    ("quizcli bank preview rnn -q na", ["nan"]), ("quizcli bank edit sample --question un", ["unrolled"]),
    ("quizcli bank prove rnn -q na", ["nan"]), ("quizcli take rnn --draw no", ["notation="]),
    ("quizcli take nothing-like-it", []), ("quizcli demo none --set ", []),
    ("quizcli bank preview ../x/", []), ("quizcli config set nothing ", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with a bank of one's own beside the shipped one, one with faults, and one that was
    opened by its path."""
    home = Home(tmp_path_factory.mktemp("completion"))
    apart = tmp_path_factory.mktemp("apart") / "apart.yaml"
    text = (shipped() / "rnn.yaml").read_text().replace("id: rnn", "id: apart\nformerly: [away]", 1)
    apart.write_text(text.replace("tags: [", "tags: [only-apart, ", 1))
    home("take", str(apart), "--no-shuffle", text="b\n:quit\n")
    (home.root / "questions" / "gaps.yaml").write_text(
        "format: 1\nid: gaps\ntitle: Gaps\nquestions:\n"
        "  - {id: memory, kind: cloze, text: '[[u::One]] and [[f::two]]'}\n"
    )
    (home.root / "questions" / "faulty.yaml").write_text("format: 1\nid: [\n")
    return home


def variables(home: Home) -> dict[str, str]:
    return {**os.environ, "QUIZCLI_HOME": str(home.root), "PYTHONPATH": str(ROOT)}


def ask(home: Home, shell: str, line: str) -> list[str]:
    """What the program offers a shell for a line."""
    words = line.split(" ")
    asked = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    code = "import sys; sys.argv[0] = 'quizcli'; from quizcli.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**variables(home), "_QUIZCLI_COMPLETE": f"complete_{shell}", **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    if shell == "zsh":
        inner = done.stdout.partition("((")[2].rpartition("))")[0]
        return [word.strip('"').partition('":"')[0] for word in shlex.split(inner, posix=False)]
    return [each.split("\t")[0] for each in done.stdout.split()]


@pytest.mark.parametrize(("line", "words"), OFFERED, ids=[line for line, _ in OFFERED])
def test_what_is_offered(shelf: Home, line: str, words: list[str]) -> None:
    """Names that there are; nothing, and no error, where there are none."""
    offered = ask(shelf, "bash", line)
    assert offered == words or set(words) == set(offered)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize("line", ["quizcli take r", "quizcli config set co", "quizcli demo gate"])
def test_in_other_shells(shelf: Home, shell: str, line: str) -> None:
    words = dict(OFFERED)[line]
    assert [word.split(":")[0] for word in ask(shelf, shell, line)] == words


def test_a_home_that_is_broken_offers_nothing_of_it(tmp_path: Path) -> None:
    home = Home(tmp_path / "broken", sample=False)
    (tmp_path / "broken").write_text("a file")
    assert ask(home, "bash", "quizcli take s") == ["sequence-models"]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_tab_in_bash(shelf: Home, tmp_path: Path) -> None:
    """Pressed in a real shell."""
    pexpect = pytest.importorskip("pexpect")
    script = tmp_path / "quizcli"
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -m quizcli "$@"\n')
    script.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    env = {**variables(shelf), "PATH": path, "PS1": "$ ", "TERM": "dumb"}
    shown = subprocess.run(
        [str(script), "--show-completion", "bash"], env={**env, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "complete" in shown.stdout, shown.stderr
    (tmp_path / "completion").write_text(shown.stdout)
    child = pexpect.spawn("bash", ["--norc", "--noprofile"], env=env, encoding="utf-8", timeout=30)
    child.sendline(f"PS1='$ '; bind 'set enable-bracketed-paste off'; . {tmp_path}/completion")
    child.send("echo quizcli\n")
    child.expect("quizcli\r\n")
    child.send("quizcli take sa\t")
    child.expect("sample")
    child.close(force=True)


def commands() -> list[tuple[str, object]]:
    """Every command with its parts."""
    group = typer.main.get_command(app)
    found: list[tuple[str, object]] = [("", group)]
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        found.append((name, command))
        found += [(f"{name} {each}", c) for each, c in getattr(command, "commands", {}).items()]
    return found


def test_each_help_ends_with_examples() -> None:
    """Of each command and of no other."""
    assert {name for name, _ in commands()} == set(EXAMPLES)
    for name, command in commands():
        assert "Examples:" in command.epilog, name


@pytest.mark.parametrize("example", sorted({line for each in EXAMPLES.values() for line in each}))
def test_an_example_can_be_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, example: str
) -> None:
    """With a finished attempt, a bank of one's own, another journal, a log and a class in place."""
    home = Home(tmp_path / "example")
    home.quiz()
    home.days()
    home("bank", "new", "my-bank")
    work = home.root
    monkeypatch.chdir(work)
    for name in ("my-bank.yaml", "old.yaml"):
        shutil.copy(work / "questions" / "my-bank.yaml", work / name)
    shutil.copy(work / "journal.sqlite3", work / "other.sqlite3")
    home("journal", "export", "-o", str(work / "log.csv"))
    (work / "hand-ins").mkdir()
    handed = handed_in({"gate-width": ["one-per-unit"]}, path=shipped() / "rnn.yaml")
    (work / "hand-ins" / "1.json").write_text(json.dumps(handed))
    (work / "answers.csv").write_text("student,gate-width,nan\ns1,a,b\n")
    (work / "download.csv").write_text("Student,ID,SIS User ID,SIS Login ID,Section\nA,1,s1,a,b\n")
    (work / "questions.gift").write_text("Salt?{T}\n")
    (work / "marks.csv").write_text("student,q1,q2\ns1,1,0\ns2,1,1\n")
    words = shlex.split(example.partition(" > ")[0])[1:]
    ran = home(*words, text="a\n" * 12, EDITOR="true")
    assert ran.code in {0, 1}, ran.err
    assert "Traceback" not in ran.err


def test_no_help_shows_a_placeholder_or_is_cut() -> None:
    """What typer makes of a number's range and of a long sentence is no English."""
    for name, command in commands():
        with typer.main.get_command(app).make_context("quizcli", [], resilient_parsing=True) as ctx:
            text = command.get_help(type(ctx)(command, info_name=f"quizcli {name}"))
        for bad in ("<int", "<float", "<str", "9223372036854775807", "x<=", "<=x", "x>="):
            assert bad not in text, (name, bad)
        cut = [line for line in text.splitlines()[1:] if line.endswith("...")]
        assert cut == [], name
