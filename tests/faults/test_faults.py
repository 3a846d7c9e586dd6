"""Whatever happens: no acknowledged answer is lost, no traceback, no raw terminal, nothing hangs.

A thousand faults: pytest -m slow -s tests/faults, or python -m tests.faults. The seed is printed,
and FAULTS_SEED=… replays it, where it does not depend on the moment.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.faults import damage
from tests.faults.campaign import KINDS, faults, seed_of_run, table, whole
from tests.faults.damage import damaged
from tests.faults.outcome import lost
from tests.faults.processes import crowd, quiz, run
from tests.support.program import ROOT

if TYPE_CHECKING:
    from pathlib import Path

WAYS = (damage.bytes_changed, damage.pages_changed, damage.rows_changed, damage.schema_changed)


def test_one_of_each() -> None:
    """The kinds of fault that there are, each once."""
    seed = seed_of_run()
    found = list(faults(seed, len(KINDS), 1))
    assert not any(each.problems for each in found), table(seed, found)


@pytest.mark.slow
def test_a_thousand_faults(capsys: pytest.CaptureFixture[str]) -> None:
    """And signals do reach the program: most that were sent ended it with their code."""
    seed = seed_of_run()
    found = list(faults(seed, 1000, os.cpu_count() or 1))
    with capsys.disabled():
        print(f"\n{table(seed, found)}")
    assert not any(each.problems for each in found), table(seed, found)
    assert sum(each.acknowledged for each in found) > 1000
    if sys.platform != "win32":
        sent = [each for each in found if each.kind in {"signal", "terminal"}]
        assert sum((each.code or 0) > 128 for each in sent) > len(sent) / 2


def damage_many(folder: Path, count: int) -> None:
    """Each a copy of the journal with damage of its own."""
    wrong = []
    for n in range(count):
        chance = random.Random(f"damage/{n}")
        found = damaged(chance, folder / "home", whole(), WAYS[n % len(WAYS)], verbs=1)
        if found.problems:
            wrong.append(f"{n}: {found.what}: {found.problems}")
        shutil.rmtree(folder / "home")
    assert not wrong, "\n".join(wrong)


def test_damaged_journals(tmp_path: Path) -> None:
    """A sentence or right work; where the journal is refused, not a changed byte."""
    damage_many(tmp_path, 12)


@pytest.mark.slow
def test_two_thousand_damaged_journals(tmp_path: Path) -> None:
    damage_many(tmp_path, 2000)


@pytest.mark.slow
@pytest.mark.parametrize("size", [2, 8])
def test_processes_side_by_side_for_a_minute(tmp_path: Path, size: int) -> None:
    """Over one journal, which stays whole; some are killed."""
    end, chance, number = time.monotonic() + 60, random.Random(size), 0
    while time.monotonic() < end:
        found = crowd(chance, tmp_path, size)
        assert found.problems == ()
        number += 1
    assert number > 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_signals_are_heard_in_the_background() -> None:
    """A shell has its jobs there ignore Ctrl-C, and what they start inherits that."""
    told = "import signal as s; print([s.getsignal(n) == s.SIG_IGN for n in (s.SIGINT, s.SIGHUP)])"
    script = (
        "import signal, subprocess, sys\n"
        "for n in (signal.SIGINT, signal.SIGHUP): signal.signal(n, signal.SIG_IGN)\n"
        "from tests.faults import campaign\n"
        f"def one(chance, home): subprocess.run([sys.executable, '-c', {told!r}])\n"
        "campaign.KINDS['one'] = (1, one)\n"
        "campaign.fault(1, 0, 'one')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.stdout == "[False, False]\n", ran.stderr


def test_what_is_lost_is_noticed(tmp_path: Path) -> None:
    """The check itself: an answer more than there is, another one, a mode, a torn file."""
    one = quiz(random.Random(1), tmp_path)
    ran = run(one.home, one.command, one.text)
    assert (ran.code, lost(tmp_path, one.seed, 6, one.letters)) == (0, [])
    path = tmp_path / "journal.sqlite3"
    assert lost(tmp_path, one.seed, 7, one.letters)[0].startswith("lost: 7 of")
    turned = one.letters.translate({97: "b", 98: "a"})
    assert lost(tmp_path, one.seed, 6, turned)[0].startswith("lost: 6 of")
    path.chmod(0o644)
    assert lost(tmp_path, one.seed, 6, one.letters) == ["mode: the journal is 644"]
    path.unlink()
    assert lost(tmp_path, one.seed, 6, one.letters) == ["lost: 6 acknowledged, and no journal"]
