"""Beside each verdict: in how many of the seeds measured so far it came out so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quizcli.demos.evidence import Evidence, Verdict
from quizcli.play.experiment.flow import SEEDS, ExperimentRun
from quizcli.proof.subject import Subject, of_question
from quizcli.terminal.layout import cells
from tests.play.test_bench import QUESTION, bench, played

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizcli.demos.evidence import Claim, Parameters


def swaying() -> Subject:
    """A width of 1 is always refuted; each other one holds under odd seeds alone."""
    subject = of_question(QUESTION)
    findings = {each.claim["width"]: each for each in subject.measure(1).findings}

    def run(claims: Sequence[Claim], seed: int, parameters: Parameters) -> Evidence:
        holds = Verdict.HOLDS if seed % 2 else Verdict.REFUTED
        found = tuple(
            replace(
                findings[claim["width"]],
                claim=claim,
                verdict=Verdict.REFUTED if claim["width"] == 1 else holds,
            )
            for claim in claims
        )
        return Evidence("gate-width", seed, parameters, found, "A rule.", ())

    return replace(subject, experiment=replace(subject.experiment, run=run))


def test_the_share_is_of_the_seeds_under_these_knobs() -> None:
    """Those of many count, a seed counts once, and another world is counted by itself."""
    seeds = iter([3, 4, 4, 501])
    run = ExperimentRun(swaying(), 1, draw_seed=lambda: next(seeds))
    assert share(run, 1) == (1, 1)
    for wanted in ((2, 2), (1, 3), (1, 3)):
        run.new_seed()
        assert share(run, 1) == wanted
    assert len(list(run.over_seeds())) == SEEDS
    assert share(run, 1) == (SEEDS // 2, SEEDS)
    assert share(run, 0) == (SEEDS, SEEDS)
    run.new_seed()
    assert share(run, 1) == (SEEDS // 2 + 1, SEEDS + 1)
    run.turn(1)
    assert share(run, 1) == (1, 1)
    run.turn(-1)
    assert share(run, 1) == (SEEDS // 2 + 1, SEEDS + 1)


def share(run: ExperimentRun, side: int) -> tuple[int, int]:
    return run.so_far(run.measure(), side)


def seen(*keys: str, size: tuple[int, int]) -> str:
    screen = bench([*keys, "enter"], size=size, subject=swaying(), seed=1)
    screen.run(predict=False)
    text = screen.console.canvas.screen.text  # type: ignore[attr-defined]
    assert all(cells(line) < size[0] for line in text.splitlines())
    return " ".join(text.split())


def test_it_stands_beside_the_verdict_with_its_interval() -> None:
    first, second, third = seen("n", "n", size=(80, 24)).split("Measured:")[1:]
    assert "of 1 (" not in first
    assert second.count("✗ refuted 2 of 2 (34–100%)") == 1
    assert second.count("✗ refuted 1 of 2 (9–91%)") == 3
    assert third.count("✓ holds 2 of 3 (21–94%)") == 3


def test_where_there_is_no_room_it_stands_below() -> None:
    text = seen("n", "n", size=(40, 24))
    assert "Seeds with this verdict: a 2 of 2 (34–100%), b 1 of 2 (9–91%), c 1 of 2" in text


def test_in_the_lowest_window_the_reason_goes_before() -> None:
    assert "✗ refuted" in seen("n", "n", size=(40, 8))


@pytest.mark.parametrize(("seeds", "interval"), [(100, "96–100%"), (3, "44–100%")])
def test_many_seeds_have_their_interval(seeds: int, interval: str) -> None:
    stopped = ["esc"] if seeds < SEEDS else []
    text = played("N", *[""] * seeds, *stopped, "enter", predict=False, seconds=0)
    assert f"holds {seeds} ({interval})" in text
