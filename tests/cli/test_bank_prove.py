"""``bank prove``: the key, the seeds that fail it, and beside it whether anything was measured."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from quizcli import load_bank
from quizcli.cli import processes, proving
from quizcli.cli.spreading import spread
from quizcli.demos import registry
from quizcli.proof.honesty import CHECKS
from quizcli.proof.proving import prove, prove_honestly
from tests.support import urns
from tests.support.fakes import environment, invoke, printed, told
from tests.support.program import ROOT, quizcli

if TYPE_CHECKING:
    from pathlib import Path

RNN = load_bank(ROOT / "questions" / "rnn.yaml")
BANK = """
format: 1
id: urns
title: Urns
questions:
  - id: most
    kind: single-choice
    prompt: Which letter?
    demo: urn
    options:
      - {id: a, text: A, claim: {letter: a}}
      - {id: b, text: B, correct: true, claim: {letter: b}}
      - {id: c, text: C, claim: {letter: c}}
"""


class Urns:
    """A shelf with one bank on one experiment."""

    def __init__(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = home
        self.patch = monkeypatch
        self.lines: list[str] = []
        (home / "urns.yaml").write_text(BANK)
        monkeypatch.chdir(home)

    def prove(self, experiment, *arguments: str, name: str = "urns.yaml") -> tuple[int, str]:
        self.patch.setattr(registry, "get", lambda name: experiment)
        env = environment(self.home)
        code = invoke(env, "bank", "prove", name, *arguments)
        self.lines = printed(env).splitlines()
        return code, " ".join(f"{printed(env)} {told(env)}".split())

    def data(self, experiment, *arguments: str) -> dict:
        code, text = self.prove(experiment, "--json", *arguments)
        data = json.loads(text)
        assert code == (not data["agrees"] or bool(data["suspect"]))
        return data


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Urns:
    return Urns(tmp_path, monkeypatch)


def wrong_under(*seeds: int):
    def run(claims, seed, knobs):
        return urns.run(claims, seed, {**knobs, "favoured": "a"} if seed in seeds else knobs)

    return urns.cheat(run)


def test_seeds_begin_where_they_are_asked_for_and_those_that_fail_are_named(desk: Urns) -> None:
    code, text = desk.prove(wrong_under(5003, 5011), "--seeds", "20", "--from", "5000")
    assert code == 1
    assert "the key under 18 of 20 seeds 70–97% not under seeds 5003 and 5011" in text
    assert "The key differs from what was measured: most." in text
    question = desk.data(wrong_under(5003), "--seeds", "20", "--from", "5000")["questions"][0]
    assert question["failing"] == [5003]
    assert question["interval"] == [0.7639, 0.9911]
    assert desk.data(wrong_under(4999, 5020), "--seeds", "20", "--from", "5000")["agrees"]


@pytest.mark.parametrize(
    ("seeds", "wrong", "agrees"), [(99, 1, False), (100, 1, True), (100, 2, False), (200, 2, True)]
)
def test_a_key_is_proved_by_99_of_100_and_with_fewer_by_all(
    desk: Urns, seeds: int, wrong: int, agrees: bool
) -> None:
    experiment = wrong_under(*range(7, 7 + wrong))
    data = desk.data(experiment, "--quick", "--seeds", str(seeds))
    assert data["agrees"] == agrees


def test_of_many_seeds_that_fail_the_first_are_named(desk: Urns) -> None:
    text = desk.prove(wrong_under(*range(100)), "--seeds", "30")[1]
    assert "not under seeds 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 20 more" in text


def test_what_the_checks_found_stands_beside_the_key_and_is_not_the_key(desk: Urns) -> None:
    """A key that is right is not worth much where nothing was measured."""
    code, text = desk.prove(urns.TABLE)
    assert code == 1
    assert "1 question: 1 proved." in text
    assert "most ✗ ✓ ✓ ✓ ✓ – ✓" in text
    assert (
        "1 experiment: 0 passed all checks. most, null: without the effect, under seeds 1, 2 and 3:"
        in text
    )
    assert text.endswith("quizcli bank prove urns.yaml -q most")
    assert desk.data(urns.TABLE)["suspect"] == ["most"]
    assert "most ✓ ✓ ✓ ✓ ✓ ✓ ✓" in desk.prove(urns.URN)[1]
    assert desk.data(urns.URN)["suspect"] == []


def test_the_command_that_shows_a_fault_is_a_line_that_can_be_copied(desk: Urns) -> None:
    """Broken at the width of the window it would be two commands."""
    desk.prove(urns.TABLE)
    assert "  quizcli demo urns.yaml/most --null --seed 1" in desk.lines


def beside_three(claims, seed, knobs):
    """Nothing is said of any claim where there are more than the question's three."""
    moved = knobs if len(claims) <= 3 else {**knobs, "weight": 0}
    return urns.evidence(claims, seed, knobs, urns.shares(seed, moved))


@pytest.mark.parametrize("name", ["a — quizcli b.yaml", "{c}.yaml"])
def test_whatever_a_bank_is_called_the_command_that_shows_a_fault_is_whole(
    desk: Urns, name: str
) -> None:
    (desk.home / "urns.yaml").rename(desk.home / name)
    for cheat, command in (
        (urns.TABLE, f"  quizcli demo '{name}/most' --null --seed 1"),
        (urns.cheat(beside_three), f"  quizcli bank prove '{name}' -q most --seeds 1 --from 1"),
    ):
        desk.prove(cheat, name=name)
        assert command in desk.lines


def test_one_question_alone_is_told_with_what_was_tried(desk: Urns) -> None:
    text = desk.prove(urns.URN, "-q", "most")[1]
    assert "✓ null 4 claims without the effect, under 3 seeds: all undetermined" in text
    assert "✓ breaks second (b is refuted)" in text
    none = replace(urns.SEEDLESS, definitional=True, null=None, null_help="It is a word")
    assert "– null there is no null control: It is a word" in desk.prove(none, "-q", "most")[1]


def test_the_last_line_is_for_the_question_that_failed(desk: Urns) -> None:
    """And experiments are counted, not the questions that they stand behind."""
    asked = BANK[BANK.index("  - id: most") :]
    wrong = asked.replace("most", "least").replace("b}}", "c}}").replace("{letter: c", "{letter: b")
    (desk.home / "urns.yaml").write_text(BANK + wrong.replace("text: C", "text: D"))
    text = desk.prove(urns.URN)[1]
    assert "2 questions: 1 proved." in text
    assert "1 experiment: 1 passed all checks." in text
    last = "What went wrong with least, check by check: quizcli bank prove urns.yaml -q least"
    assert text.endswith(last)


def test_quick_is_the_key_alone(desk: Urns) -> None:
    code, text = desk.prove(urns.TABLE, "--quick")
    assert code == 0
    assert text.endswith("1 question: 1 proved.")
    assert desk.data(urns.TABLE, "--quick")["questions"][0]["honesty"] == []


@pytest.mark.parametrize(("seconds", "told"), [(0.09, False), (0.2, True)])
def test_an_experiment_that_takes_long_is_told_and_is_no_failure(
    desk: Urns, seconds: float, told: bool
) -> None:
    """Its second run at the least, since the first loads what it needs."""
    times = iter([0, 9, 10, 10 + 2 * seconds, 20, 20 + seconds])
    desk.patch.setattr(proving, "process_time", lambda: next(times))
    code, text = desk.prove(urns.URN)
    assert code == 0
    note = "quizcli: a run takes longer than 0.1 s of processor time: most 0.2 s"
    assert (note in text) == told
    assert ("takes longer" in text) == told


def test_one_that_waits_is_told_by_the_clock_on_the_wall(desk: Urns) -> None:
    """Asleep, or waiting for another program, it takes none of the processor's time."""
    desk.patch.setattr(proving, "process_time", lambda: 0.0)
    times = iter([0, 9, 10, 10.7, 20, 20.6])
    desk.patch.setattr(proving, "perf_counter", lambda: next(times))
    text = desk.prove(urns.URN)[1]
    assert "a run takes longer than 0.1 s by the clock and spends most of it waiting" in text
    assert "another program: most 0.6 s" in text


def test_of_one_run_it_is_not_told_how_long_it_took(desk: Urns) -> None:
    times = iter([0, 9])
    desk.patch.setattr(proving, "process_time", lambda: next(times))
    assert "takes longer" not in desk.prove(urns.URN, "--seeds", "1")[1]


def test_seeds_beyond_the_largest_are_refused_in_words(desk: Urns) -> None:
    code, text = desk.prove(urns.URN, "--from", str(2**63 - 2), "--seeds", "3")
    assert code == 2
    assert f"the largest seed is {2**63 - 1} — give --from {2**63 - 3}" in text
    assert desk.prove(urns.URN, "--from", str(2**63 - 3), "--seeds", "3")[0] == 0
    assert desk.prove(urns.URN, "--from", "-1")[0] == 2


def test_an_experiment_that_fails_is_not_looked_into(desk: Urns) -> None:
    def run(claims, seed, knobs):
        raise RuntimeError("out of order")

    code, text = desk.prove(urns.cheat(run))
    assert code == 1
    assert "the experiment 'urn' failed: RuntimeError: out of order" in text
    assert "Honesty check" not in text


THREE = [RNN.question(id) for id in ("gate-roles", "sampling", "gate-width")]


def test_proofs_are_the_same_over_two_cores_and_keep_their_order() -> None:
    work = partial(prove, seeds=range(1, 3), bank="rnn")
    two = spread(work, THREE, 2, None, print)
    assert repr(two) == repr(spread(work, THREE, 1, None, print))  # NaN is equal to nothing
    assert [proof.question for proof in two if proof] == [question.id for question in THREE]


@pytest.mark.parametrize("cores", [1, 2])
def test_progress_is_told_run_by_run(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of processes it is looked for now and then: here so often that none is too fast for it."""
    monkeypatch.setattr(processes, "LOOK", 0.001)
    told: list[str] = []
    seeds = range(1, 7) if cores == 1 else range(1, 61)
    spread(partial(prove, seeds=seeds), THREE, cores, told.append, print)
    lines = [line.partition("K")[2] for line in told]
    run = "" if cores == 1 else r"(: key, run \d+)?"  # a process may be ahead of the first look
    assert re.fullmatch(rf"0 of 3 proved, now gate-roles{run} …", lines[0])
    assert any(
        re.fullmatch(r"0 of 3 proved, now gate-roles: key, run \d+ …", line) for line in lines
    )
    assert lines[-1] == ""  # nothing of it stays on the screen
    if cores == 1:
        assert len(lines) == 3 * (1 + 6) + 1
        assert lines[-2] == "2 of 3 proved, now gate-width: key, run 6 …"


def test_progress_tells_which_check_is_made(desk: Urns) -> None:
    told: list[str] = []
    desk.patch.setattr(registry, "get", lambda name: urns.URN)
    prove_honestly(load_bank(desk.home / "urns.yaml").question("most"), range(1, 4), "urns", "urns",
                   told.append)  # fmt: skip
    assert told[:3] == ["key"] * 3
    assert list(dict.fromkeys(told)) == ["key", *CHECKS][:-1]  # the last one looks at the others


def ended(question, tell, *, times: Path):
    """A proof whose process the system ends while it is made, as often as ``times`` has bytes."""
    tell("key")
    if question.id == "sampling" and (left := times.read_bytes()):
        times.write_bytes(left[1:])
        os.kill(os.getpid(), signal.SIGKILL)
    return prove(question, [1], tell=tell)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no way to end a process so")
@pytest.mark.parametrize("times", [1, 2])
def test_a_process_that_the_system_ends_takes_its_question_alone(
    tmp_path: Path, times: int
) -> None:
    """Nobody waits for it; what it left is proved once more, and what ends again is told."""
    file, notices = tmp_path / "times", []
    file.write_bytes(b"x" * times)
    found = spread(partial(ended, times=file), THREE, 2, None, notices.append)
    proved = [proof and proof.question for proof in found]
    assert proved == ["gate-roles", "sampling" if times == 1 else None, "gate-width"]
    assert notices == ["the system stopped a process — its questions are proved again, one by one"]


def test_a_question_whose_process_was_ended_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "spread", lambda work, questions, *_: [None] * len(questions))
    env = environment(tmp_path)
    assert invoke(env, "bank", "prove", "rnn", "-q", "sampling", "--quick") == 1
    text = " ".join(printed(env).split())
    assert "sampling the system stopped the process that ran its experiment" in text
    assert "1 question: 0 proved. Could not be measured: sampling." in text


def test_without_what_processes_share_the_proofs_are_made_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "quizcli.cli.processes", None)
    assert all(spread(partial(prove, seeds=[1]), THREE, 2, None, print))


def test_data_are_told_without_progress(tmp_path: Path) -> None:
    arguments = ("bank", "prove", "rnn", "--quick", "--seeds", "1")
    assert quizcli(*arguments, home=tmp_path).stderr == ""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes")
def test_ctrl_c_ends_all_processes_without_a_word(tmp_path: Path) -> None:
    """It goes to the whole group, as at a terminal."""
    running = subprocess.Popen(
        [sys.executable, "-m", "quizcli", "bank", "prove", "rnn", "--seeds", "5000"],
        env={**os.environ, "QUIZCLI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(2)
    assert running.poll() is None
    begun = time.monotonic()
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert time.monotonic() - begun < 5
    assert running.returncode == 130
    assert out == b""
    assert b"Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
