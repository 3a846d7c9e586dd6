"""The bars and lines of a picture that are a claim's know the verdict on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from quizcli.demos.evidence import ClaimField, Evidence, Experiment, Finding, Measurement, Verdict
from quizcli.demos.registry import get, names
from quizcli.demos.running import run
from quizcli.report.pictures import Bar, Bars, Picture, Series, SeriesLine, TextTable

LABELLED = [name for name in names() if get(name).label]


def marks_of(picture: Picture) -> tuple[Bar | SeriesLine, ...]:
    """Its bars or lines."""
    return getattr(picture, "bars", ()) or getattr(picture, "lines", ())


@pytest.mark.parametrize("name", LABELLED)
def test_a_claim_is_found_in_the_pictures_by_its_label(name: str) -> None:
    experiment = get(name)
    assert experiment.label
    evidence = run(experiment, experiment.claims, 8131, {})
    marks = [mark for picture in evidence.pictures for mark in marks_of(picture)]
    for finding in evidence.findings:
        own = [mark for mark in marks if mark.label == experiment.label(finding.claim)]
        assert {mark.verdict for mark in own} == {finding.verdict.value}


def test_claims_that_share_a_label_and_not_a_verdict_give_none() -> None:
    verdicts = (Verdict.HOLDS, Verdict.HOLDS, Verdict.REFUTED, Verdict.REFUTED)
    claims = tuple({"half": half, "of": of} for half, of in zip("aabb", "xyxz", strict=True))
    bars = Bars("", tuple(Bar(name, 1.0) for name in "xyzo"), "", "")
    lines = Series("", (SeriesLine("z", (1.0,)),), "", "", "")
    table = TextTable("", ("x",), (("y",),), "")

    def measure(given, seed, parameters) -> Evidence:
        findings = tuple(
            Finding(claim, "", Measurement(1.0, "", ""), verdict, "")
            for claim, verdict in zip(given, verdicts, strict=True)
        )
        return Evidence("e", seed, parameters, findings, "", (bars, lines, table))

    fields = {"half": ClaimField("", ("a", "b")), "of": ClaimField("", ("x", "y", "z"))}
    bare = Experiment("e", "", "", fields, (), measure)
    shown, curve, same = run(replace(bare, label=lambda c: str(c["of"])), claims, 1, {}).pictures
    assert [bar.verdict for bar in shown.bars] == ["", "holds", "refuted", ""]
    assert curve.lines[0].verdict == "refuted"
    assert same == table
    assert run(bare, claims, 1, {}).pictures == (bars, lines, table)
