"""Experiments of other packages: found through their entry point, run in this process, contained."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizcli.demos import registry
from quizcli.demos.evidence import Break, DemoError, Knob, Verdict
from quizcli.demos.plugins import passed_over
from quizcli.proof.honesty import honesty
from quizcli.proof.subject import of_experiment
from tests.support.fakes import environment, invoke, printed, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quizcli.demos.evidence import Claim, Evidence, Parameters

PACKAGE = '''
"""A package that registers experiments, good and bad."""
import numpy as np
from dataclasses import replace
from quizcli.demos.evidence import Break, ClaimField, Evidence, Experiment, Finding, Knob, Measurement, Verdict
from quizcli.report.pictures import AlignedRow, AlignedRows, Bar, Bars, HeatMap, SeriesLine, Series, TextTable

def judge(claims, seed, parameters):
    findings = tuple(
        Finding(claim, "size as claimed", Measurement(float(parameters["size"]), "cm", "size"),
                Verdict.HOLDS if claim["size"] == parameters["size"] else Verdict.REFUTED, "so")
        for claim in claims)
    return Evidence("toy", seed, parameters, findings, "equal", (Bars("t", (Bar("a", 1.0),), "cm", "one."),))

def make(name, run, **more):
    return Experiment(**{"name": name, "title": "Toy", "asks": "How big?", "claim": {"size": ClaimField("cm", low=0, high=9, integer=True)},
        "knobs": (Knob("size", 3, "cm", low=0, high=9),), "null": {}, "null_help": "", "run": run,
        "claims": ({"size": 3}, {"size": 4}), **more})

def changed(**more):
    return lambda claims, seed, parameters: replace(judge(claims, seed, parameters), **more)

def figure(value, **more):
    def run(claims, seed, parameters):
        found = judge(claims, seed, parameters)
        return replace(found, findings=tuple(replace(f, figure=replace(f.figure, value=value), **more) for f in found.findings))
    return run

def raises(claims, seed, parameters):
    raise RuntimeError("out of order")

def fewer(claims, seed, parameters):
    return replace(judge(claims, seed, parameters), findings=())

def others(claims, seed, parameters):
    found = judge(claims, seed, parameters)
    return replace(found, findings=tuple(replace(f, claim={"size": 9}) for f in found.findings))

good = make("toy-good", judge)
scalars = make("toy-scalars", figure(np.float32(2.5)))
whole = make("toy-whole", changed(pictures=(HeatMap("h", ("r",), ("c",), ((np.int64(1),),), "", "one."),), parameters={"size": np.int64(3), "on": np.bool_(True)}), knobs=(Knob("size", 3, "cm"), Knob("on", True, "")))
bad_raises = make("toy-raises", raises)
bad_others = make("toy-others", others)
bad_fewer = make("toy-fewer", fewer)
bad_nothing = make("toy-nothing", lambda c, s, p: 7)
bad_verdict = make("toy-verdict", figure(1.0, verdict="holds"))
bad_text = make("toy-text", figure("big"))
bad_none = make("toy-none-figure", figure(None))
bad_bars = make("toy-bars", changed(pictures=(Bars("t", (), "cm", "none."),)))
bad_heat = make("toy-heat", changed(pictures=(HeatMap("h", ("r", "s"), ("c", "d"), ((1.0, 2.0), (1.0,)), "", ""),)))
bad_table = make("toy-table", changed(pictures=(TextTable("t", ("a", "b"), (("1",),), ""),)))
bad_series = make("toy-series", changed(pictures=(Series("t", (SeriesLine("l", ()),), "x", "y", ""),)))
bad_rows = make("toy-rows", changed(pictures=(TextTable("t", "ab", ("xy",), ""),)))
bad_unit = make("toy-unit", changed(pictures=(Bars("t", (Bar("a", 1.0),), None, ""),)))
bad_colour = make("toy-colour", changed(pictures=(Bars("t", (Bar("a", 1.0, verdict="right"),), "", ""),)))
bad_parameters = make("toy-parameters", changed(parameters=None))
bad_parameter = make("toy-parameter", changed(parameters={"size": (1, 2)}))
bad_seed = make("toy-seed", changed(seed="x"))
other_seed = make("toy-other-seed", changed(seed=7))
other_knobs = make("toy-other-knobs", changed(parameters={}))
bad_marks = make("toy-marks", changed(pictures=(AlignedRows("t", (AlignedRow("a", ("x",), (0.5,)),), ""),)))
bad_lines = make("toy-lines", changed(pictures=(Series("t", (("a", (1, 2)),), "x", "y", ""),)))
numbers = make("toy-numbers", changed(pictures=(
    TextTable(7, ("a", np.int64(2)), ((0.123456, float("nan")),), ""), Bars(3, (Bar(4, 1.0),), "", ""),
    HeatMap("h", ("r",), ("c",), np.ones((1, 1)), "", ""))))
misnamed = make("toy-misnomer", judge)
bad_width = make("toy-width", changed(pictures=(HeatMap("h", ("r",), ("c", "d", "e"), ((1.0, 2.0),), "", ""),)))
bad_empty = make("toy-empty", changed(pictures=(HeatMap("h", ("r",), (), ((),), "", ""),)))
bad_null = make("toy-null", judge, null={"length": 1})
bad_no_null = make("toy-no-null", judge, null=None)
bad_breaks = make("toy-breaks", judge, breaks=(Break("b", {}, ""), Break("b", {"length": 1}, "")))
bad_sets = make("toy-sets", judge, knobs=(Knob("size", 3, "cm", low=0, high=9, sets={"siez": lambda claim, knobs: 1}),))
not_one = 12
'''
NAMES = {
    "toy-good": "good", "toy-scalars": "scalars", "toy-whole": "whole", "toy-raises": "bad_raises",
    "toy-others": "bad_others", "toy-fewer": "bad_fewer", "toy-nothing": "bad_nothing",
    "toy-verdict": "bad_verdict", "toy-text": "bad_text", "toy-none-figure": "bad_none",
    "toy-bars": "bad_bars", "toy-heat": "bad_heat", "toy-table": "bad_table",
    "toy-width": "bad_width", "toy-empty": "bad_empty", "toy-rows": "bad_rows", "toy-unit": "bad_unit", "toy-colour": "bad_colour",
    "toy-parameters": "bad_parameters", "toy-parameter": "bad_parameter", "toy-seed": "bad_seed",
    "toy-other-seed": "other_seed", "toy-other-knobs": "other_knobs",
    "toy-marks": "bad_marks", "toy-lines": "bad_lines", "toy-numbers": "numbers",
    "toy-misnamed": "misnamed", "gate-width": "good", "toy-series": "bad_series", "toy-null": "bad_null", "toy-none": "not_one",
    "toy-no-null": "bad_no_null", "toy-breaks": "bad_breaks", "toy-sets": "bad_sets",
}  # fmt: skip
BANK = """
format: 1
id: toys
title: Toys
questions:
  - id: size
    kind: single-choice
    prompt: How big?
    demo: NAME
    options:
      - {id: three, text: Three, correct: true, claim: {size: 3}}
      - {id: four, text: Four, claim: {size: 4}}
"""


@pytest.fixture(autouse=True)
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package on the path of this process."""
    site = tmp_path / "site"
    info = site / "toylab-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "toylab.py").write_text(textwrap.dedent(PACKAGE))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toylab\nVersion: 1.0\n")
    points = [f"{name} = toylab:{attribute}" for name, attribute in NAMES.items()]
    points.append("toy-missing = nowhere:none")
    (info / "entry_points.txt").write_text("\n".join(["[quizcli.demos]", *points, ""]))
    monkeypatch.syspath_prepend(site)


def test_an_experiment_is_found_and_run() -> None:
    assert "toy-good" in registry.names()
    subject = of_experiment("toy-good")
    assert [knob.name for knob in subject.experiment.knobs] == ["size"]
    evidence = subject.measure(1)
    findings = evidence.findings
    assert [finding.verdict for finding in findings] == [Verdict.HOLDS, Verdict.REFUTED]
    assert evidence.pictures[0].says == "one."
    assert evidence.experiment == "toy-good"  # as it is registered, and not as it calls itself
    assert subject.measure(1, {"size": "4"}).findings[1].verdict is Verdict.HOLDS


def test_the_scalars_of_numpy_become_numbers() -> None:
    """They are written as JSON like any other number."""
    figures = [finding.figure.value for finding in of_experiment("toy-scalars").measure(1).findings]
    assert figures == [2.5, 2.5]
    assert {type(figure) for figure in figures} == {float}
    evidence = of_experiment("toy-whole").measure(1)
    assert json.dumps(evidence.parameters) == '{"size": 3, "on": true}'
    assert type(evidence.pictures[0].cells[0][0]) is int  # type: ignore[union-attr]


def test_numbers_among_the_words_of_a_picture_are_written_out(tmp_path: Path) -> None:
    table, bars, heat = of_experiment("toy-numbers").measure(1).pictures
    assert table.title == "7"
    assert table.columns == ("a", "2")  # type: ignore[union-attr]
    assert table.rows == (("0.123", "–"),)  # type: ignore[union-attr]
    assert bars.bars[0].label == "4"  # type: ignore[union-attr]
    assert heat.cells == ((1.0,),)  # type: ignore[union-attr]
    env = environment(tmp_path)
    assert invoke(env, "demo", "toy-numbers") == 0
    assert "0.123" in printed(env)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("toy-raises", "failed: RuntimeError: out of order (toylab.py:"),
        ("toy-raises", ") — quizcli demo toy-raises --seed 1"),
        ("toy-no-null", "write the knobs that remove the effect, null={'noise': 0}, or"),
        ("toy-no-null", "write a sentence, null_help='"),
        ("toy-others", "its findings are for other claims"),
        ("toy-fewer", "0 findings for 2 claims"),
        ("toy-nothing", "it returned a int, not Evidence"),
        ("toy-verdict", "findings[0].verdict: 'holds' is not one of holds, refuted, undetermined"),
        ("toy-text", "findings[0].figure.value: 'big' is not a number"),
        ("toy-none-figure", "findings[0].figure.value: None is not a number"),
        ("toy-bars", "pictures[0].bars: it is empty"),
        ("toy-heat", "pictures[0].cells: row 2 has 1 cells and not 2"),
        ("toy-table", "pictures[0].rows: row 1 has 1 cells and not 2"),
        ("toy-series", "pictures[0].lines[0].values: it is empty"),
        ("toy-width", "pictures[0].cells: row 1 has 2 cells and not 3"),
        ("toy-empty", "pictures[0].columns: it is empty"),
        ("toy-rows", "pictures[0].columns: 'ab' is not a tuple"),
        ("toy-unit", "pictures[0].unit: None is not text"),
        (
            "toy-colour",
            "pictures[0].bars[0].verdict: 'right' is not one of holds, refuted, undetermined, nor",
        ),
        ("toy-parameters", "parameters: None is not a dictionary — give the parameters of the run"),
        ("toy-parameter", "parameters: size is (1, 2), which is neither a number nor a text"),
        ("toy-seed", "seed: 'x' is not a whole number"),
        ("toy-other-seed", "seed: it is 7 and not 1 — give the seed of the run"),
        ("toy-other-knobs", "parameters: size is not 3 — give the parameters of the run"),
        ("toy-marks", "pictures[0].rows[0].marks[0]: 0.5 is not a whole number"),
        ("toy-lines", "pictures[0].lines[0]: a tuple is not a SeriesLine"),
        (
            "toy-misnamed",
            "name: 'toy-misnomer' is not how it is registered — write name='toy-misnamed'",
        ),
        ("toy-null", "is declared wrongly: toy-null has no knob 'length'"),
        ("toy-no-null", "null: only what is definitional may do without a null control"),
        ("toy-no-null", "why there is no null control — write a"),
        ("toy-breaks", "the break 'b': it sets no knob; the break 'b': toy-breaks has no knob"),
        ("toy-breaks", "two breaks are called 'b'"),
        ("toy-sets", "'size' sets 'siez', which no claim has — did you mean 'size'?"),
        ("toy-none", "is not an experiment but int"),
        ("toy-missing", "cannot be loaded: ModuleNotFoundError: No module named 'nowhere'"),
    ],
)
def test_one_that_goes_wrong_is_told_with_its_package(name: str, words: str) -> None:
    with pytest.raises(DemoError) as error:
        of_experiment(name).measure(1)
    assert f"the experiment '{name}' of the package 'toylab' " in str(error.value)
    assert words in str(error.value)


def test_a_bank_is_proved_by_it(tmp_path: Path) -> None:
    """And one that fails is told in the table, the others' proofs beside it."""
    file = tmp_path / "toys.yaml"
    file.write_text(BANK.replace("NAME", "toy-good"))
    env = environment(tmp_path)
    assert invoke(env, "bank", "prove", str(file), "--quick", "--seeds", "100") == 0
    assert "the key under 100 of 100 seeds" in printed(env)
    file.write_text(BANK.replace("NAME", "toy-raises"))
    env = environment(tmp_path)
    assert invoke(env, "bank", "prove", str(file)) == 1
    assert "package 'toylab' failed: RuntimeError: out of order" in " ".join(printed(env).split())


def test_the_list_of_experiments_survives_those_that_cannot_be_loaded(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert invoke(env, "demo") == 0
    assert "toy-good" in printed(env)
    assert "gate-width" in printed(env)
    assert "toy-missing" not in printed(env)
    assert "'toy-missing' of the package 'toylab' cannot be loaded" in told(env)
    assert "'toy-none' of the package 'toylab' is not an experiment" in told(env)
    assert (
        "'gate-width' of the package 'toylab' is skipped: quizcli already has one of that name — "
        "register it under another" in told(env)
    )


def test_of_two_packages_with_one_name_the_second_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "second" / "otherlab-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: otherlab\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[quizcli.demos]\ntoy-good = toylab:zzz\n")
    monkeypatch.syspath_prepend(tmp_path / "second")
    (told_of,) = [words for words in passed_over(registry.OURS) if "toy-good" in words]
    assert "of the package 'otherlab' is skipped: the package 'toylab' already has one" in told_of


def test_a_hundred_seeds_cost_the_experiment_and_nothing_else() -> None:
    """A process of its own for each run would take ten seconds."""
    subject = of_experiment("toy-good")
    begun = time.perf_counter()
    for seed in range(100):
        subject.measure(seed)
    assert time.perf_counter() - begun < 2


def test_a_run_that_fails_is_told_with_the_command_that_repeats_it() -> None:
    with pytest.raises(DemoError, match=r"— quizcli demo toy-raises --set size=5 --seed 33$"):
        of_experiment("toy-raises").measure(33, {"size": 5})


def test_what_an_experiment_prints_is_none_of_our_data(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def chatty(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
        print("nearly there")
        return toy.experiment.run(claims, seed, parameters)

    toy = of_experiment("toy-good")
    replace(toy, experiment=replace(toy.experiment, run=chatty)).measure(1)
    assert capfd.readouterr() == ("", "nearly there\n")


SLIPS = {
    "exits": ('make("slip", lambda c, s, p: sys.exit(3))', "failed: SystemExit: 3 (slips.py:"),
    "a line of the author's": ('make("slip", raises)', "RuntimeError: out of order (slips.py:"),
    "a fault while it is loaded": ('1 / 0', "ZeroDivisionError: division by zero (slips.py:"),
    "an end while it is loaded": ("sys.exit(3)", "SystemExit: 3 (slips.py:"),
    "a slip of the pen": ("(", "SyntaxError: '(' was never closed (slips.py:"),
    "a field forgotten": ('Experiment(name="slip")', "'run' (slips.py:"),
    "claims in no tuple": ('make("slip", judge, claims={"size": 3})', "claims: it is not a tuple of"),
    "a break in no tuple": (
        'make("slip", judge, breaks=Break("b", {"size": 1}, ""))', "breaks: it is not a tuple of Break"
    ),
    "a word that sets": (
        'make("slip", judge, knobs=(Knob("size", 3, "", 0, 9, sets={"size": 2}),))',
        "'size' sets 'size' to 2, which is not a function",
    ),
    "a default out of range": (
        'make("slip", judge, knobs=(Knob("size", 30, "", 0, 9),))',
        "the default of the knob size: 30 is out of range",
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_an_author_are_told_in_a_sentence(
    slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the line of theirs at which it came up; the list of experiments is there all the same."""
    declared, words = SLIPS[slip]
    site = tmp_path / "other"
    info = site / "sliplab-1.0.dist-info"
    info.mkdir(parents=True)
    text = textwrap.dedent(PACKAGE).replace("import numpy as np", "import numpy as np\nimport sys")
    (site / "slips.py").write_text(f"{text}\nslip = {declared}\n")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sliplab\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[quizcli.demos]\nslip = slips:slip\n")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "slips", raising=False)
    with pytest.raises(DemoError) as error:
        of_experiment("slip").measure(1)
    assert words in str(error.value)
    env = environment(tmp_path)
    assert invoke(env, "demo") == 0
    assert "gate-width" in printed(env)


def test_what_a_knob_sets_may_go_wrong_and_is_told() -> None:
    knob = Knob("size", 3, "", 0, 9, sets={"size": lambda claim, knobs: knobs["siez"]})
    toy = of_experiment("toy-good")
    subject = replace(toy, experiment=replace(toy.experiment, knobs=(knob,)))
    found = {check.name: check.faults for check in honesty(subject, range(1, 4), "toy")}
    (fault,) = found["knobs"]
    assert fault.what.startswith(
        "what size sets size to failed: KeyError: 'siez' (test_plugins.py:"
    )


def test_a_break_is_passed_over_where_the_question_stands_in_it_and_told_once() -> None:
    toy = of_experiment("toy-good")
    idle = Break("idle", {"size": 3}, "It changes nothing.")
    experiment = replace(toy.experiment, breaks=(idle, Break("other", {"size": 4}, "")))
    subject = replace(toy, experiment=experiment)
    found = {check.name: check for check in honesty(subject, range(1, 4), "toy")}
    assert "idle (the settings of this question)" in found["breaks"].tried
