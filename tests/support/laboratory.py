"""What the tests of the experiments share: running one as the program does, and counting seeds.

Keys are read from the bank here, in the tests, and nowhere else: an experiment never sees one.
"""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

from quizcli.bank.shelf import load_bank
from quizcli.demos.declared import claim_faults, resolve
from quizcli.demos.evidence import Claim, Evidence, Experiment, Value, Verdict
from quizcli.quiz.drawing import usual

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizcli.quiz.model import Question

BANK = Path(__file__).parents[2] / "questions" / "rnn.yaml"
FEW = (0, 8131, 2**63 - 1)  # the fast suite; the last one is the largest seed there is
HUNDRED = range(100)  # the slow suite


@cache
def _questions() -> dict[str, Question]:
    """The bank's questions with their usual numbers, by their experiments."""
    questions = map(usual, load_bank(BANK).questions)
    return {question.demo.name: question for question in questions if question.demo}


def bank_claims(experiment: Experiment) -> list[Claim]:
    """The claims of the bank's question on this experiment, in the order of its options."""
    return [dict(option.claim or {}) for option in _questions()[experiment.name].options]


def bank_verdicts(experiment: Experiment) -> list[Verdict]:
    """What the bank's key says of those claims: HOLDS for each right option, else REFUTED."""
    return [
        Verdict.HOLDS if option.correct else Verdict.REFUTED
        for option in _questions()[experiment.name].options
    ]


def bank_knobs(experiment: Experiment) -> dict[str, Value]:
    """The knobs that the bank's question sets."""
    demo = _questions()[experiment.name].demo
    return dict(demo.parameters) if demo else {}


def measure(experiment: Experiment, claims: Sequence[Claim], seed: int, **knobs: Value) -> Evidence:
    """One run, as the program makes it: claims and knobs checked first, the promises after."""
    for claim in claims:
        assert claim_faults(experiment, claim) == []
    evidence = experiment.run(claims, seed, resolve(experiment, knobs))
    assert evidence.experiment == experiment.name
    assert evidence.seed == seed
    assert [finding.claim for finding in evidence.findings] == list(claims)
    return evidence


def verdicts(
    experiment: Experiment, claims: Sequence[Claim], seed: int, **knobs: Value
) -> list[Verdict]:
    """The verdicts of one run, in the order of the claims."""
    return [f.verdict for f in measure(experiment, claims, seed, **knobs).findings]


def verdict(experiment: Experiment, claim: Claim, seed: int, **knobs: Value) -> Verdict:
    """The verdict on a claim that is measured alone."""
    return verdicts(experiment, [claim], seed, **knobs)[0]


def seeds_not_derived(experiment: Experiment, seeds: Iterable[int], **knobs: Value) -> list[int]:
    """The seeds in which the verdicts on the bank's claims differ from the bank's key."""
    claims, key = bank_claims(experiment), bank_verdicts(experiment)
    knobs = bank_knobs(experiment) | knobs
    return [seed for seed in seeds if verdicts(experiment, claims, seed, **knobs) != key]


def seeds_not_undetermined(experiment: Experiment, seeds: Iterable[int]) -> list[int]:
    """The seeds in which the null control still says HOLDS or REFUTED of some claim."""
    claims, knobs = bank_claims(experiment), bank_knobs(experiment) | dict(experiment.null)
    return [
        seed
        for seed in seeds
        if set(verdicts(experiment, claims, seed, **knobs)) != {Verdict.UNDETERMINED}
    ]


def assert_permutes(experiment: Experiment, claims: Sequence[Claim], seed: int) -> None:
    """Permuting claims permutes findings, whole, and changes nothing else, pictures included."""
    first = measure(experiment, claims, seed)
    reference = {repr(f.claim): f for f in first.findings}
    orders = list(permutations(claims))
    for order in orders[1 :: max(1, len(orders) // 6)]:
        evidence = measure(experiment, order, seed)
        assert repr(evidence.pictures) == repr(first.pictures)
        for finding in evidence.findings:
            assert repr(finding) == repr(reference[repr(finding.claim)])  # as NaN != NaN


def assert_lonely(experiment: Experiment, claims: Sequence[Claim], seed: int) -> None:
    """A claim measured alone gets the verdict that it gets in company."""
    for claim, together in zip(claims, verdicts(experiment, claims, seed), strict=True):
        assert verdict(experiment, claim, seed) is together


def assert_repeats(experiment: Experiment, claims: Sequence[Claim], seed: int) -> None:
    """Same seed, same bytes; another seed, other bytes. NumPy's error state stays as it was."""
    from quizcli.numeric import np

    before = np.geterr()
    first = measure(experiment, claims, seed)
    assert repr(measure(experiment, claims, seed)) == repr(first)
    assert repr(measure(experiment, claims, seed + 1)) != repr(first)
    assert np.geterr() == before


def assert_fits(evidence: Evidence) -> None:
    """The pictures fit a small terminal, every one says its numbers, every finding its reason."""
    from quizcli.report.pictures import AlignedRows, Bars, HeatMap, Series, TextTable
    from quizcli.terminal.notation import Form, render

    assert 1 <= len(evidence.pictures) <= 3
    assert evidence.rule
    for finding in evidence.findings:
        assert finding.predicts
        assert finding.reason
    for picture in evidence.pictures:
        assert picture.says
        if isinstance(picture, HeatMap):
            assert len(picture.rows) == len(picture.cells) <= 8
            assert {len(row) for row in picture.cells} == {len(picture.columns)}
            assert len(picture.columns) <= 30
        elif isinstance(picture, Bars):
            assert all(len(render(bar.label, Form.LINEAR)) <= 24 for bar in picture.bars)
        elif isinstance(picture, Series):
            assert all(len(line.values) <= 60 for line in picture.lines)
        elif isinstance(picture, TextTable):
            assert all(len(row) == len(picture.columns) for row in picture.rows)
        elif isinstance(picture, AlignedRows):
            assert all(len(row.symbols) <= 30 for row in picture.rows)
