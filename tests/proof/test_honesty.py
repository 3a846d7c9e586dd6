"""A measurement passes every check, and each way to cheat is caught by the check meant for it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quizcli import load_bank
from quizcli.demos.evidence import Break, ClaimField, Experiment, Knob
from quizcli.proof.honesty import honesty
from quizcli.proof.inquiry import Check
from quizcli.proof.proving import prove_honestly
from quizcli.proof.subject import Subject, of_experiment, side_of
from tests.support import urns
from tests.support.program import ROOT
from tests.support.urns import URN

BANK = load_bank(ROOT / "questions" / "rnn.yaml")
SEEDS = range(1, 6)
ASKED = ({"letter": "a"}, {"letter": "b"}, {"letter": "c"})


def checks(experiment: Experiment, seeds=SEEDS) -> dict[str, Check]:
    subject = Subject(experiment, tuple(map(side_of, ASKED)), {}, "most")
    return {check.name: check for check in honesty(subject, seeds, "urns/most")}


def caught(experiment: Experiment, seeds=SEEDS) -> dict[str, str]:
    """The checks that found something, each with the first of it."""
    return {name: str(c.faults[0]) for name, c in checks(experiment, seeds).items() if c.faults}


def test_a_measurement_is_clean() -> None:
    assert caught(URN) == caught(urns.cheat(urns.run)) == {}
    told = {name: check.tried for name, check in checks(URN).items()}
    assert told == {
        "null": "4 claims without the effect, under 5 seeds: all undetermined",
        "claims": "1 claim that the question does not make; 1 got a verdict",
        "order": "each claim alone, then all of them twice in different orders",
        "seeds": "one seed twice; results of three seeds differ",
        "knobs": "4 knobs moved one at a time, to 10 settings; second reversed a verdict, as its break "
        "does",
        "breaks": "second (b is refuted)",
        "figures": "moving the knobs moves the figures",
    }


@pytest.mark.parametrize(
    ("cheat", "check", "words"),
    [
        (urns.TABLE, "null", "a is refuted — quizcli demo urns/most --null --seed 1"),
        (urns.SEEDLESS, "seeds", "it ignores the seed: seeds 1, 2 and 3 give the same"),
        (urns.COUNTING, "order", "made alone, is undetermined"),
        (urns.FROM_THE_CLAIM, "figures", "no knob moves any figure, so nothing was measured"),
    ],
    ids=["a table of keys", "the seed ignored", "claims counted", "figures from the claim"],
)
def test_each_of_the_four_cheats_is_caught_by_its_check(
    cheat: Experiment, check: str, words: str
) -> None:
    """And by no other: each would be clean without that check."""
    found = caught(cheat)
    assert list(found) == [check]
    assert words in found[check]


def test_the_simplest_cheat_is_caught_thrice() -> None:
    """One that only knows the key has no null control, no use for a seed and none for knobs."""

    def run(claims, seed, knobs):
        found = dict.fromkeys(urns.LETTERS, 0.0) | {"b": 1.0}
        return urns.evidence(claims, seed, knobs, found)

    assert list(caught(urns.cheat(run))) == ["null", "seeds", "figures"]


def test_a_definition_may_ignore_the_seed_and_have_no_null_control() -> None:
    found = checks(replace(urns.SEEDLESS, definitional=True, null=None, null_help="It is a word."))
    assert not any(check.faults for check in found.values())
    assert found["null"] == Check("null", "there is no null control: It is a word.", idle=True)
    assert found["seeds"].tried.endswith("agree, as they may for a definition")
    assert found["breaks"].idle


def test_the_same_seed_gives_the_same() -> None:
    found = caught(urns.unsteady())["seeds"]
    assert found == "seed 1 gives different results each time — quizcli demo urns/most --seed 1"


def test_a_knob_that_turns_a_verdict_round_is_named_with_where_it_does() -> None:
    assert list(found := caught(urns.TURNING)) == ["knobs"]
    assert found["knobs"] == (
        "a holds, not refuted and b is refuted, not holds — "
        "quizcli demo urns/most --set draws=8000 --seed 2"
    )


def test_what_a_knob_sets_must_hold() -> None:
    """A formula that follows nothing, and a knob that moves the truth and does not say so."""
    *others, favoured, second = URN.knobs
    wrong = replace(favoured, sets={"letter": lambda _, knobs: "b"})
    found = caught(replace(URN, knobs=(*others, wrong, second)))
    assert list(found) == ["knobs"]
    assert found["knobs"].startswith("b should hold but is refuted — quizcli demo")
    silent = replace(favoured, sets={})
    assert "a holds, not refuted" in caught(replace(URN, knobs=(*others, silent, second)))["knobs"]


def test_a_break_must_break() -> None:
    idle = Break("more", {"draws": 8000}, "With more draws all is otherwise.")
    found = caught(replace(URN, breaks=(*URN.breaks, idle)))
    assert found == {
        "breaks": "'more' changes no verdict under seed 1 — "
        "quizcli demo urns/most --break more --seed 1"
    }


def test_on_the_way_to_a_break_a_verdict_may_be_as_in_the_break_and_on_the_other_side_not() -> None:
    """Where no break is declared the same is a fault."""
    turns = Break("many", {"draws": 8000}, "With many draws another letter is favoured.")
    assert caught(replace(urns.TURNING, breaks=(turns,))) == {}
    other = Break("few", {"draws": 1000}, "It is not so.")
    assert "knobs" in caught(replace(urns.TURNING, breaks=(other,)))


def test_an_experiment_that_is_lost_beside_other_claims_is_told() -> None:
    found = caught(urns.LOST)
    assert set(found) == {"null", "claims"}
    assert re.fullmatch(
        r"the experiment 'urn' failed: KeyError: 'd' \(urns\.py:\d+\), under seed 1",
        found["claims"],
    )


def test_ends_that_are_refused_are_brought_nearer_until_they_are_measured() -> None:
    from quizcli.demos.evidence import DemoError

    def run(claims, seed, knobs):
        if knobs["draws"] > 100_000:
            raise DemoError("draws: too many")
        return urns.run(claims, seed, knobs)

    asked = []

    def noted(claims, seed, knobs):
        found = run(claims, seed, knobs)
        asked.append(knobs["draws"])
        return found

    wide = Knob("draws", 2000, "letters drawn", low=1000, high=10**9)
    experiment = urns.cheat(noted)
    assert caught(replace(experiment, knobs=(experiment.knobs[0], wide))) == {}
    assert 40_000 < max(asked) <= 100_000
    assert min(asked) == 1000


@pytest.mark.parametrize(("seeds", "suspect"), [(99, True), (100, False)])
def test_one_seed_in_a_hundred_may_be_decided_without_the_effect(seeds: int, suspect: bool) -> None:
    def run(claims, seed, knobs):
        drawn = {**knobs, "weight": 1.0} if seed == 7 else knobs
        return replace(urns.run(claims, seed, drawn), parameters=knobs)

    assert ("null" in caught(urns.cheat(run), range(1, seeds + 1))) == suspect


@pytest.mark.slow
@pytest.mark.parametrize("id", [question.id for question in BANK.questions])
def test_the_experiments_of_the_shipped_bank_measure(id: str) -> None:
    proof = prove_honestly(BANK.question(id), range(1, 21), "rnn", "rnn")
    assert proof.suspect == (), proof.honesty
    assert len(proof.honesty) == 7


@pytest.mark.parametrize("name", ["gate-roles", "gate-width", "iteration-zero", "forget-bias"])
def test_quick_ones_measure(name: str) -> None:
    """The others in the slow suite: each of these takes a second at most."""
    found = [check for check in honesty(of_experiment(name), range(1, 4), name) if check.faults]
    assert found == []


def test_what_other_claims_measure_counts_where_the_question_s_own_figures_cannot_move() -> None:
    """A typed width is off by 0, and a foreseen one cannot be multiplied: whatever is turned."""
    widths = tuple(side_of({"width": width}) for width in (100, 300))
    subject = replace(of_experiment("gate-width"), sides=widths)
    assert [check for check in honesty(subject, range(1, 4), "bank/width") if check.faults] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["error-cliff", "adding-problem", "reber"])
def test_slow_ones_behind_no_question_measure(name: str) -> None:
    test_quick_ones_measure(name)


def test_what_was_not_tried_has_no_tick() -> None:
    """No claim beyond those of the question, no knob to move, no break but where it stands."""
    every = replace(URN, claim={"letter": ClaimField("", urns.LETTERS[:3])})
    assert checks(every)["claims"].mark == "–"
    unmoved = replace(URN, knobs=(), null={}, breaks=(), run=lambda claims, seed, _: URN.run(
        claims, seed, {"weight": 1.0, "draws": 2000, "favoured": "b", "second": False}))  # fmt: skip
    assert checks(unmoved)["knobs"].mark == "–"


def test_a_knob_that_turns_a_verdict_round_as_its_break_does_is_told() -> None:
    assert "second reversed a verdict, as its break does" in checks(URN)["knobs"].tried
