"""What questions make of variables: of their own, and of those of a scenario that they share."""

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


@pytest.mark.parametrize(
    ("asked", "unused"),
    [
        ("prompt: 'With $K_m = {Km}$?', variables: {K: {choices: [3, 4]}}, answer: 1", ["K"]),
        ("prompt: With {K}?, variables: {K: {choices: [3, 4]}}, answer: 1", []),
        ("prompt: 'With $K_m = {K}$?', variables: {K: {choices: [3, 4]}}, answer: 1", []),
        ("prompt: P, variables: {K: {choices: [3, 4]}}, answer: '{K}'", []),
        ("prompt: P, variables: {K: {choices: [3, 4]}, L: '= 2 * K'}, answer: '{L}'", []),
        ("prompt: P, variables: {K: {choices: [3, 4]}, L: '= 2 * K'}, answer: '{K}'", ["L"]),
        ("prompt: P, variables: {K: {choices: [3, 4]}, L: '= 2 * K'}, answer: 1", ["K", "L"]),
        (
            (
                "prompt: 'Of {L}?', variables: {K: {choices: [3, 4]}, L: {choices: [3, 4]}},"
                " where: [K != L], answer: 1"
            ),
            [],
        ),
        ("prompt: P, scenario: net, variables: {H: {choices: [3, 4]}}, answer: 1", []),
    ],
)
def test_a_variable_that_nothing_uses_is_noted(asked: str, unused: list[str]) -> None:
    """Where it is declared: its name is misspelt where it is meant to be shown."""
    bank = "format: 1\nid: b\ntitle: T\nscenarios: [{id: net, text: 'Of {H}.'}]\nquestions:\n"
    bank += f"  - {{id: q, kind: number, {asked}}}\n"
    notes = [each for each in faults_of(bank) if each.code == "unused"]
    assert all(each.level is Level.NOTE for each in notes)
    assert [each.what for each in notes] == [f"nothing uses the variable '{n}'" for n in unused]
    line = bank.splitlines()[5]
    assert [line[each.place.column - 1] for each in notes] == unused


def test_a_variable_of_an_experiment_is_used() -> None:
    """Its numbers are a question's too."""
    bank = (
        "format: 1\nid: b\ntitle: T\nquestions:\n"
        "  - {id: q, kind: number, prompt: P, variables: {K: {choices: [3, 4]}}, answer: 1,\n"
        "     demo: {name: n, parameters: {units: '{K}'}}}\n"
    )
    assert not [each for each in faults_of(bank) if each.code == "unused"]
