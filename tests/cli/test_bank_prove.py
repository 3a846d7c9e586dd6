"""``bank prove``: the key, the seeds that fail it, and beside it whether anything was measured."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest

from quizcli import load_bank
from quizcli.cli.proving import spread
from quizcli.demos import registry
from quizcli.proof.proving import prove
from tests.cli.program import ROOT, quizcli
from tests.fakes import environment, invoke, printed, told
from tests.proof import urns

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
        (home / "urns.yaml").write_text(BANK)
        monkeypatch.chdir(home)

    def prove(self, experiment, *arguments: str) -> tuple[int, str]:
        self.patch.setattr(registry, "get", lambda name: experiment)
        env = environment(self.home)
        code = invoke(env, "bank", "prove", "urns.yaml", *arguments)
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
    assert "The key is not what was measured: most." in text
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
    assert "1 experiment: 0 clean. most, null: under seeds 1, 2 and 3, with the effect" in text
    assert text.endswith("quizcli bank prove urns.yaml -q most")
    assert desk.data(urns.TABLE)["suspect"] == ["most"]
    assert "most ✓ ✓ ✓ ✓ ✓ ✓ ✓" in desk.prove(urns.URN)[1]
    assert desk.data(urns.URN)["suspect"] == []


def test_one_question_alone_is_told_with_what_was_tried(desk: Urns) -> None:
    text = desk.prove(urns.URN, "-q", "most")[1]
    assert "✓ null with the effect removed, 4 claims under 3 seeds: undetermined" in text
    assert "✓ breaks second (b is refuted)" in text
    none = replace(urns.SEEDLESS, definitional=True, null=None, null_help="It is a word")
    assert "– null there is no null control: It is a word" in desk.prove(none, "-q", "most")[1]


def test_quick_is_the_key_alone(desk: Urns) -> None:
    code, text = desk.prove(urns.TABLE, "--quick")
    assert code == 0
    assert text.endswith("1 question: 1 proved.")
    assert desk.data(urns.TABLE, "--quick")["questions"][0]["honesty"] == []


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
    assert "Is it measured?" not in text


def test_proofs_are_the_same_over_two_cores_and_keep_their_order() -> None:
    questions = [RNN.question(id) for id in ("gate-roles", "sampling", "gate-width")]
    work = partial(prove, seeds=range(1, 3), bank="rnn")
    told: list[str] = []
    two = spread(work, questions, 2, told.append)
    assert repr(two) == repr(spread(work, questions, 1, None))  # NaN is equal to nothing
    assert [proof.question for proof in two] == [question.id for question in questions]
    assert [line.partition("K")[2] for line in told] == [
        "0 of 3 proved, now gate-roles …",
        "1 of 3 proved, now sampling …",
        "2 of 3 proved, now gate-width …",
        "",
    ]


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
