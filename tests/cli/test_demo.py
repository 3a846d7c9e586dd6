"""``quizcli demo`` as a process: the same bytes for the same seed, refusals in words, pictures."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from quizcli import load_bank
from tests.support.home import Home
from tests.support.program import ROOT, quizcli

QUESTIONS = [f"rnn/{q.id}" for q in load_bank(ROOT / "questions" / "rnn.yaml").questions]
# All ten in one process, which costs what two do apart.
ALL = """
import sys
from quizcli.__main__ import main
for question in sys.argv[1:]:
    for how in ("--json", "--plain"):
        sys.argv = ["quizcli", "demo", question, "--seed", "8131", how]
        try:
            main()
        except SystemExit as end:
            assert not end.code, (question, end.code)
"""


def _all_ten(home: Path, hash_seed: str) -> bytes:
    """What all ten experiments print, as data and as text."""
    variables = {"PYTHONHASHSEED": hash_seed, "QUIZCLI_HOME": str(home), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", ALL, *QUESTIONS],
        capture_output=True,
        env={**os.environ, **variables},
        check=True,
    )
    assert done.stderr == b""
    return done.stdout


def test_the_same_seed_prints_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    """Sets and names are hashed differently in each process: no order may hang on that."""
    first = _all_ten(tmp_path / "one", "1")
    assert first.count(b'"format_version": 1') == len(QUESTIONS) == 10
    assert first == _all_ten(tmp_path / "two", "2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "units=-3", "--set", "gate_gian=2"], "units: -3 is out of range"),
        (["--set", "units=-3", "--set", "gate_gian=2"], "did you mean 'gate_gain'?"),
        (["--set", "units=" + "9" * 400], "units: such a number is out of range"),
        (["--set", "gate_gain=1e400"], "gate_gain: inf is out of range"),
        (["--set", "gate_gain=nan"], "gate_gain: nan is out of range"),
        (["--set", "units=512", "--set", "vocabulary=100000"], "MB"),
        (["--set", "\x1b[31munits=1"], "has no knob"),
        (["--seed", str(2**63)], "is too large: the largest is 9,223,372,036,854,775,807."),
        (["--seed", str(-(2**63))], "is out of range: use 0 or more."),
        (["--seed", "-1"], "-1 is out of range: use 0 or more."),
    ],
)
def test_what_cannot_be_run_is_refused_in_words(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = quizcli("demo", "gate-width", *arguments, home=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
    assert "\x1b" not in done.stderr


def test_a_picture_keeps_its_indents(tmp_path: Path) -> None:
    """Some renderers of SVG trim a text at its ends, so that an indent is a place, not spaces."""
    path = tmp_path / "mood.svg"
    assert quizcli("demo", "rnn/dog-mood", "--svg", path, home=tmp_path).returncode == 0
    drawing = ET.fromstring(path.read_text("utf-8"))
    found = [
        ("".join(text.itertext()), float(text.get("x", "nan")))
        for text in drawing.iter("{http://www.w3.org/2000/svg}text")
    ]
    assert not any(text.startswith("\xa0") for text, _ in found if text.strip())
    title = next(x for text, x in found if "·\xa0seed" in text)
    option = next(x for text, x in found if text == "a")
    assert option - title == pytest.approx(2 * 12.2, abs=0.2)


def test_the_data_of_a_run(tmp_path: Path) -> None:
    done = quizcli("demo", "rnn/gate-width", "--seed", "1", "--json", home=tmp_path)
    data = json.loads(done.stdout)
    assert {"question", "demo", "parameters", "seed", "options"} <= set(data)
    for option in data["options"]:
        assert {"id", "verdict", "figure", "unit", "reason"} <= set(option)


def test_a_broken_world_is_told_as_such_with_why(tmp_path: Path) -> None:
    """The key, which holds without it, does not hold in it."""
    arguments = ("demo", "rnn/many-to-one", "--seed", "1", "--break", "image-by-rows")
    done = quizcli(*arguments, home=tmp_path)
    assert done.returncode == 0
    told = " ".join(done.stdout.split())
    assert "Broken: image-by-rows (image rows). Fed row by row an image becomes a sequence" in told
    data = json.loads(quizcli(*arguments, "--json", home=tmp_path).stdout)
    assert data["break"]["name"] == "image-by-rows"
    assert data["break"]["why"].startswith("Fed row by row")
    assert data["parameters"]["image"] == "rows"
    verdicts = {option["id"]: option["verdict"] for option in data["options"]}
    assert verdicts["image-classification"] == "holds"
    usual = quizcli("demo", "rnn/many-to-one", "--seed", "1", "--json", home=tmp_path)
    assert json.loads(usual.stdout)["break"] is None


@pytest.mark.parametrize(
    ("experiment", "arguments", "words"),
    [
        ("sampling", ["--break", "sharpend"], "no break 'sharpend' — did you mean 'sharpened'?"),
        ("sampling", ["--break", "x"], "its breaks are sharpened and flattened"),
        ("gate-width", ["--break", "x"], "gate-width declares no break"),
        ("sampling", ["--break", "sharpened", "--null"], "--null or --break"),
    ],
)
def test_a_break_that_is_not_there_is_refused_with_those_that_are(
    experiment: str, arguments: list[str], words: str, tmp_path: Path
) -> None:
    done = quizcli("demo", experiment, *arguments, home=tmp_path)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.split())


def test_an_experiment_that_is_not_there_is_told_in_a_line(tmp_path: Path) -> None:
    """With the nearest name, or else where all of them are listed."""
    done = quizcli("demo", "gatewidth", home=tmp_path)
    assert "no experiment is registered as 'gatewidth' — did you mean 'gate-width'?" in done.stderr
    done = quizcli("demo", "zzz", home=tmp_path)
    assert "no experiment is registered as 'zzz' — list them: quizcli demo\n" in done.stderr


@pytest.mark.parametrize("knob", ["--set temperature=1", "--set gain=2"])
def test_a_break_is_laid_over_knobs_that_were_turned(knob: str, tmp_path: Path) -> None:
    done = quizcli("demo", "sampling", *knob.split(), "--break", "sharpened", "--json",
                   home=tmp_path)  # fmt: skip
    assert json.loads(done.stdout)["parameters"]["temperature"] == 0.5


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("./rnn.yaml", 2, "./rnn.yaml is a bank — name one of its questions: quizcli demo ./rnn.yaml/"),
        ("rnn.yaml", 2, "rnn.yaml is a bank — name one of its questions: quizcli demo rnn.yaml/"),
        ("rnn", 2, "rnn is a bank — name one of its questions: quizcli demo rnn/indexing"),
        ("rnn/", 2, "rnn is a bank — name one of its questions: quizcli demo rnn/indexing"),
        ("sample", 2, "no question of sample has an experiment — list them: quizcli demo"),
        ("./none.yaml", 3, "none.yaml:1:1: no such file or directory"),
    ],
)  # fmt: skip
def test_a_bank_alone_is_told_with_a_question_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, said: str
) -> None:
    home = Home(tmp_path)
    shutil.copy(ROOT / "questions" / "rnn.yaml", tmp_path / "rnn.yaml")
    monkeypatch.chdir(tmp_path)
    ran = home("demo", name)
    assert ran.code == code
    assert said in ran.told
