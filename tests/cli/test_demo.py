"""``quizcli demo`` as a process: the same bytes for the same seed, refusals in words, pictures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from quizcli import load_bank
from tests.cli.program import ROOT, quizcli

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
        (["--seed", str(2**63)], "not in the range"),
        (["--seed", "-1"], "not in the range"),
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
