"""Experiments of other packages: found through their entry point, run in a child, contained."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest

from quizcli.demos import foreign, registry
from quizcli.demos.evidence import DemoError, Verdict
from quizcli.proof.subject import of_experiment

PACKAGE = '''
"""A package that registers experiments, good and bad."""
import sys, time
from quizcli.demos.evidence import Evidence, Experiment, Field, Figure, Finding, Knob, Verdict
from quizcli.report.pictures import Bar, Bars

def judge(claims, seed, parameters, others=False):
    print("noise on stdout")
    findings = tuple(
        Finding({**claim, **({"size": 9} if others else {})}, "size as claimed",
                Figure(float(parameters["size"]), "cm", "size"),
                Verdict.HOLDS if claim["size"] == parameters["size"] else Verdict.REFUTED, "so")
        for claim in claims)
    return Evidence("toy", seed, parameters, findings, "equal", (Bars("t", (Bar("a", 1.0),), "cm", "one."),))

def make(name, run):
    return Experiment(name=name, title="Toy", asks="How big?", claim={"size": Field("cm", low=0, high=9, integer=True)},
        knobs=(Knob("size", 3, "cm", low=0, high=9),), null={}, null_help="", run=run,
        claims=({"size": 3}, {"size": 4}))

def raises(claims, seed, parameters):
    raise RuntimeError("out of order")

def hangs(claims, seed, parameters):
    time.sleep(60)

good = make("toy-good", judge)
bad_raises = make("toy-raises", raises)
bad_hangs = make("toy-hangs", hangs)
bad_others = make("toy-others", lambda c, s, p: judge(c, s, p, True))
bad_nothing = make("toy-nothing", lambda c, s, p: 7)
not_one = 12
'''
POINTS = """
[quizcli.demos]
toy-good = toylab:good
toy-raises = toylab:bad_raises
toy-hangs = toylab:bad_hangs
toy-others = toylab:bad_others
toy-nothing = toylab:bad_nothing
toy-none = toylab:not_one
toy-missing = nowhere:none
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package on the path of this process and of its children."""
    (tmp_path / "toylab.py").write_text(textwrap.dedent(PACKAGE))
    info = tmp_path / "toylab-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toylab\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    monkeypatch.setenv("PYTHONPATH", path)


@pytest.mark.usefixtures("installed")
def test_a_foreign_experiment_is_found_described_and_run() -> None:
    assert "toy-good" in registry.names()
    subject = of_experiment("toy-good")
    assert [knob.name for knob in subject.experiment.knobs] == ["size"]
    evidence, findings = subject.measure(1)
    assert [f.verdict for f in findings] == [Verdict.HOLDS, Verdict.REFUTED]
    assert evidence.pictures[0].says == "one."
    assert subject.measure(1, {"size": "4"})[1][1].verdict is Verdict.HOLDS


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("toy-raises", "'toy-raises' failed: RuntimeError: out of order"),
        ("toy-others", "'toy-others' returned findings for other claims"),
        ("toy-nothing", "'toy-nothing' failed"),
        ("toy-none", "'toy-none' is registered but is no experiment"),
        ("toy-missing", "'toy-missing' failed: ModuleNotFoundError"),
    ],
)
def test_one_that_goes_wrong_is_named_and_contained(name: str, words: str) -> None:
    with pytest.raises(DemoError, match=words):
        of_experiment(name).measure(1)


@pytest.mark.usefixtures("installed")
def test_one_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    subject = of_experiment("toy-hangs")
    hasty = foreign.described("toy-hangs", seconds=10).run
    monkeypatch.setattr(foreign.subprocess, "run", _hasty(foreign.subprocess.run))
    with pytest.raises(DemoError, match="'toy-hangs' was stopped: it took longer than 10 seconds"):
        subject.measure(1)
    assert hasty


def _hasty(run):
    """The same call with a tenth of the patience, so that the test does not take it all."""

    def wrapped(*args, timeout: float, **kwargs):
        assert timeout == foreign.SECONDS
        return run(*args, timeout=2, **kwargs)

    return wrapped
