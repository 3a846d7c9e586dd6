"""What every experiment shows is words and formulas: nothing of its code, one look for a symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from quizcli.demos.registry import get, names
from quizcli.play.experiment.flow import ExperimentRun
from quizcli.play.experiment.shown import shown
from quizcli.proof.subject import of_experiment, side_of
from quizcli.terminal.views.demo import measured, predictions
from tests.support.fakes import FakeScreen

# A letter with a lowered one, in either way of writing it.
LINEAR, UNICODE = re.compile(r"\b[A-Za-zΓ]_[a-z]\b"), re.compile("[A-Za-zΓ][ᵣᵤₓₜ]")


def screens(name: str) -> str:
    """Both screens of an experiment by itself, with all that it can say."""
    subject, look = of_experiment(name), FakeScreen().look()
    run = ExperimentRun(subject, 1, draw_seed=lambda: 1)
    view = shown(run, run.measure(), look)
    lines: Sequence[object] = [*predictions(view, look), *measured(view, look, everything=True)]
    return "\n".join(map(str, lines))


@pytest.mark.parametrize("name", names())
def test_a_screen_shows_words_and_one_look_for_a_symbol(name: str) -> None:
    text = screens(name)
    assert re.findall(r".*\{.*", text) == []
    fields = "|".join(get(name).claim)
    assert re.findall(rf".*\b(?:{fields})=.*", text) == []
    assert re.findall(r".*\d\.\d{9}.*", text) == []
    assert not (LINEAR.search(text) and UNICODE.search(text))


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"of": "word", "given": "last-word"}, "of = word, given = last word"),
        ({"update": "u", "forget": "1-u"}, "update = u, forget = 1-u"),
        ({"width": 10_000}, "10,000"),
        ({"precision": 2 / 7}, "0.2857"),
        ({"divisor": "sqrt-d"}, "sqrt-d"),
    ],
)
def test_a_claim_without_an_option_is_said_in_words(claim: dict[str, str], words: str) -> None:
    assert side_of(claim).text == words
