"""A bank as a quiz in one file, at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcli.bank.shelf import load_bank
from quizcli.quiz.session import Session
from tests.pages.test_quiz_page import data_of
from tests.support.home import Home
from tests.support.parsed import parsed

VARIED = Path(__file__).parents[1] / "fixtures" / "varied.yaml"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path, sample=True)


def test_a_page_is_written_twice_with_the_same_bytes(home: Home, tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    assert home("bank", "export", "sample", "-o", str(one)).code == 0
    assert home("bank", "export", "sample", "--to", "html", "-o", str(two)).code == 0
    assert one.read_bytes() == two.read_bytes()
    assert parsed(one.read_text(encoding="utf-8")).faults == []


def test_seeds_and_variants_are_those_of_the_terminal(home: Home) -> None:
    ran = home("bank", "export", str(VARIED), "--to", "html", "--seed", "5", "--variants", "3")
    variants = data_of(ran.out)["variants"]
    assert [variant["seed"] for variant in variants] == ["5", "6", "7"]
    bank, shown = load_bank(VARIED), [[parts for _, parts in v["plan"]] for v in variants]
    assert shown == [[list(i.shown) for i in Session(bank, s, vary=True).items] for s in (5, 6, 7)]
    usual = home("bank", "export", str(VARIED), "--to", "html").out
    assert "An LSTM with 100 units" in usual


def test_what_was_measured_and_what_is_not_in_the_page_is_told(home: Home, tmp_path: Path) -> None:
    page = tmp_path / "rnn.html"
    ran = home("bank", "export", "rnn", "-o", str(page), "--strict")
    assert (ran.code, page.exists()) == (1, False)
    assert "10 experiments dropped" in ran.told
    ran = home("bank", "export", "rnn", "-o", str(page), "--strict", "--evidence")
    assert ran.code == 0, ran.err
    found = parsed(page.read_text(encoding="utf-8"))
    assert found.faults == []
    assert found.tags.count("svg") >= 10
    assert found.words.count("Measured under seed 1") == 10


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (("--keyless", "--evidence"), "the evidence gives the key away"),
        (("--seed", str(2**63 - 1), "--variants", "2"), "the last seed would be"),
    ],
)
def test_what_cannot_be_is_refused(home: Home, more: tuple[str, ...], told: str) -> None:
    ran = home("bank", "export", "sample", "--to", "html", *more)
    assert ran.code == 2
    assert told in ran.told


@pytest.mark.parametrize("more", [(), ("--keyless",)])
def test_a_question_that_cannot_be_drawn_is_told_where_it_stands(
    home: Home, tmp_path: Path, more: tuple[str, ...]
) -> None:
    """In the bank, also of a page that is made of its handout."""
    path = tmp_path / "v.yaml"
    path.write_text(
        "# of numbers\n\nformat: 1\nid: v\ntitle: V\nquestions:\n\n\n"
        "  - id: q\n    kind: number\n    prompt: What is {12 / n}?\n    answer: 1\n"
        "    variables: {n: {from: 0, to: 1}}\n"
    )
    ran = home("bank", "export", str(path), "--to", "html", "--variants", "20", *more)
    assert ran.code != 0
    assert "v.yaml:9:9: 'q' cannot be asked under seed" in ran.told
