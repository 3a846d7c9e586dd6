"""What questions make of the variables of a scenario that they share."""

from __future__ import annotations

import pytest

from quizcli.bank.faults import Level
from tests.support.bank_files import faults_of

DRAWN = "variables: {H: {from: 2, to: 9}}, answer: '{H}'"


def found(text: str, *questions: str) -> list[tuple[bool, str]]:
    """Whether it is a fault, and what is said, of a bank whose questions share this text."""
    asked = "\n".join(
        f"  - {{id: q{n}, kind: number, scenario: net, prompt: How many?, {each}}}"
        for n, each in enumerate(questions, 1)
    )
    bank = f"format: 1\nid: b\ntitle: T\nscenarios:\n  - {text}\nquestions:\n{asked}\n"
    faults = [each for each in faults_of(bank) if each.code == "scenario"]
    return [(each.level is Level.FAULT, f"{each.place.line} {each.what}") for each in faults]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{id: net, text: 'A net of {H} units.'}", "{H}"),
        ("{id: net, text: 'A net of {2 * H:,} units.'}", "{H}"),
        ("{id: net, text: 'A net $W_{H}$.'}", "{H}"),
        ("{id: net, text: A net., figure: {text: '-{H}-', alt: A line.}}", "{H}"),
    ],
)
def test_names_of_variables_are_not_shown_to_anybody(text: str, names: str) -> None:
    said = f"8 its scenario 'net' shows {names}, and 'q2' has no variables"
    assert found(text, DRAWN, "answer: 1") == [(True, said)]


def test_two_that_draw_for_themselves_are_noted() -> None:
    said = "8 'q2' draws its own H, so its scenario 'net' shows other numbers here than before 'q1'"
    assert found("{id: net, text: 'Of {H} units.'}", DRAWN, DRAWN) == [(False, said)]


@pytest.mark.parametrize("second", ["answer: 1", DRAWN])
def test_a_scenario_without_variables_says_nothing(second: str) -> None:
    """Whose braces are letters, as in a program or a formula."""
    assert not found("{id: net, text: 'A set {{1, 2}}, $W_{x}$.'}", DRAWN, second)
    assert not found("{id: net, text: 'Code {H}.'}", "answer: 1", "answer: 2")
