"""Is an experiment a measurement, or a table that knows the key? Each check is one way to tell.

The rule: every check says what it tried, and a fault ends with the command that shows it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quizcli.demos import declared
from quizcli.demos.evidence import DemoError, ExperimentFault, Problem, Verdict
from quizcli.demos.running import MAX_SEED
from quizcli.proof.inquiry import (
    DECIDED,
    NEEDED,
    Check,
    Inquiry,
    same,
    seeds_text,
    verdict_text,
)
from quizcli.proof.knobs_moved import knobs_moved
from quizcli.proof.subject import claim_named
from quizcli.report.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quizcli.demos.evidence import Finding
    from quizcli.proof.subject import Subject


def honesty(subject: Subject, seeds: Sequence[int], called: str = "") -> Iterator[Check]:
    """One check after another. What goes wrong in one is its fault, with the command that shows it
    where the subject is ``called`` by a name that can be typed."""
    inquiry = Inquiry(subject, seeds, called)
    for name, check in CHECKS.items():
        try:
            yield check(inquiry)
        except DemoError as error:
            has_command = isinstance(error, ExperimentFault)
            told = error.problem if has_command else Problem(str(error))
            yield Check(name, "the check could not be carried out", (told,))


def null_control(inquiry: Inquiry) -> Check:
    """With the effect removed nothing may be determined, whatever is claimed."""
    experiment = inquiry.experiment
    if experiment.null is None:
        return Check("null", f"there is no null control: {experiment.null_help}", idle=True)
    claims = inquiry.others(experiment.null)
    failing, first = [], None
    for seed in inquiry.seeds:
        findings = inquiry.found(seed, experiment.null, claims)
        decided = [i for i, f in enumerate(findings) if f.verdict in DECIDED]
        if decided:
            failing.append(seed)
            asked = decided[0] < len(inquiry.subject.sides)
            command = inquiry.demo(seed, more=" --null") if asked else inquiry.again(seed)
            first = first or Problem(_said(findings[decided[0]]), command)
    enough = len(inquiry.seeds) - len(failing) >= NEEDED * len(inquiry.seeds)
    told = counted(len(inquiry.subject.sides) + len(claims), "claim")
    tried = f"{told} without the effect, under {counted(len(inquiry.seeds), 'seed')}"
    if first is None or enough:
        return Check("null", f"{tried}: all undetermined")
    few = f"without the effect, under {seeds_text(failing)}: {first.what}"
    return Check("null", tried, (first._replace(what=few),))


def other_claims(inquiry: Inquiry) -> Check:
    """A claim of no bank gets a verdict, the same one under each seed, and moves no other's."""
    claims = inquiry.others()
    if not claims:
        return Check("claims", "the question makes every possible claim itself", idle=True)
    faults: list[Problem] = []
    verdicts: list[set[Verdict]] = [set() for _ in claims]
    for seed in inquiry.few:
        findings = inquiry.found(seed, None, claims)
        usual = inquiry.found(seed)
        changed = found_otherwise(usual, findings, "alongside other claims")
        faults += _under(inquiry, seed, changed)
        for seen, finding in zip(verdicts, findings[-len(claims) :], strict=True):
            seen.add(finding.verdict)
    faults += [
        Problem(
            f"{claim_named(claim)}: it holds and is refuted, under {seeds_text(inquiry.few)}",
            inquiry.again(inquiry.few[0]),
        )
        for claim, seen in zip(claims, verdicts, strict=True)
        if seen >= DECIDED
    ]
    decided = sum(bool(seen & DECIDED) for seen in verdicts)
    told = counted(len(claims), "claim")
    tried = f"{told} that the question does not make; {decided} got a verdict"
    return Check("claims", tried, tuple(faults))


def order_and_number(inquiry: Inquiry) -> Check:
    """The order and the number of claims are no evidence."""
    seed, sides = inquiry.seeds[0], inquiry.subject.sides
    usual, found = inquiry.found(seed), []
    doubled = replace(inquiry.subject, sides=(*sides, *reversed(sides))).measure(seed).findings
    found += found_otherwise(usual, doubled, "made twice")
    found += found_otherwise(usual, doubled[::-1], "made twice, in reverse order")
    for side, finding in zip(sides, usual, strict=True):
        alone = replace(inquiry.subject, sides=(side,)).measure(seed).findings
        found += found_otherwise([finding], alone, "made alone")
    tried = "each claim alone, then all of them twice in different orders"
    return Check("order", tried, tuple(_under(inquiry, seed, found)))


def _under(inquiry: Inquiry, seed: int, found: Sequence[str]) -> list[Problem]:
    return [Problem(f"{each}, under seed {seed}", inquiry.again(seed)) for each in found]


def seeds_matter(inquiry: Inquiry) -> Check:
    """Another seed is another world, the same seed the same; a definition needs no seed."""
    seed, subject = inquiry.seeds[0], inquiry.subject

    def seen(seed: int) -> str:
        evidence = subject.measure(seed)
        return repr((evidence.findings, evidence.pictures))

    first, faults = seen(seed), []
    if seen(seed) != first:
        said = f"seed {seed} gives different results each time"
        faults.append(Problem(said, inquiry.demo(seed)))
    others = [(seed + step) % (MAX_SEED + 1) for step in (1, 2)]
    alike = all(seen(other) == first for other in others)
    if alike and not inquiry.experiment.definitional:
        told = seeds_text([seed, *others])
        said = f"it ignores the seed: {told} give the same result"
        faults.append(Problem(said, inquiry.demo(others[0])))
    found = "agree, as they may for a definition" if alike else "differ"
    return Check("seeds", f"one seed twice; results of three seeds {found}", tuple(faults))


def figures_measured(inquiry: Inquiry) -> Check:
    """Figures that no knob moves come from the claims alone."""
    tried = "moving the knobs"
    if inquiry.moved:
        return Check("figures", f"{tried} moves the figures")
    said = "no knob moves any figure, so nothing was measured"
    return Check("figures", tried, (Problem(said, inquiry.demo(inquiry.seeds[0])),))


def breaks_break(inquiry: Inquiry) -> Check:
    """In a world in which the assumption is false the key is not right."""
    faults, told, tried = [], [], False
    standing = declared.resolve(inquiry.experiment, inquiry.subject.given)
    for each in inquiry.experiment.breaks:
        if all(standing[name] == value for name, value in each.knobs.items()):
            told.append(f"{each.name} (the settings of this question)")
            continue
        tried = True
        for seed in inquiry.few:
            changed = [
                _said(new)
                for old, new in zip(inquiry.found(seed), inquiry.found(seed, each.knobs),
                                    strict=True)
                if (old.verdict is Verdict.HOLDS) is not (new.verdict is Verdict.HOLDS)
            ]  # fmt: skip
            if not changed:
                command = inquiry.demo(seed, more=f" --break {each.name}")
                said = f"'{each.name}' changes no verdict under seed {seed}"
                faults.append(Problem(said, command))
                break
            if seed == inquiry.few[0]:
                told.append(f"{each.name} ({changed[0]})")
    if not inquiry.experiment.breaks:
        return Check("breaks", "none declared", idle=True)
    idle = not faults and not tried
    return Check("breaks", listed(told) or "every break", tuple(faults), idle=idle)


CHECKS: dict[str, Callable[[Inquiry], Check]] = {
    "null": null_control,
    "claims": other_claims,
    "order": order_and_number,
    "seeds": seeds_matter,
    "knobs": knobs_moved,
    "breaks": breaks_break,
    "figures": figures_measured,  # last: it looks at what the others measured
}


def _said(finding: Finding) -> str:
    return f"{claim_named(finding.claim)} {verdict_text(finding)}"


def found_otherwise(usual: Sequence[Finding], others: Sequence[Finding], how: str) -> list[str]:
    """What is found otherwise of a claim that is made ``how``."""
    return [
        f"{claim_named(old.claim)}, {how}, {verdict_text(new)} ({new.figure.value:g}), not "
        f"{old.verdict} ({old.figure.value:g})"
        for old, new in zip(usual, others, strict=False)
        if old.verdict is not new.verdict or not same(old, new)
    ]
