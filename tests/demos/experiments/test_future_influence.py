"""Question 10: one direction or two, for a mood that follows the weather."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments.future_influence import EXPERIMENT, PREDICTS, decide
from quizcli.demos.worlds import dog_mood
from quizcli.demos.worlds.dog_mood import REACH, DogWorld, Figures
from quizcli.numeric import np
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
ONE = {"direction": "unidirectional", "because": "past-and-present"}
BOTH = {"direction": "bidirectional", "because": "more-information"}
PRESENT = {"direction": "unidirectional", "because": "present-only"}

# What an ordinary run finds, in round numbers.
FOUND = Figures(
    one=0.1, both=0.11, placebo=0.11, present=0.36, spread=0.7, saved=(0.001, -0.005, 0.007),
    inexact=(1e-10, 1e-10), later=(0.0, 0.0, 0.1), strips=((0.4,) * 15,) * 3,
)  # fmt: skip
STILL = ((0.0,) * 15,) * 3  # no earlier day moves the mood
HELPS, PERHAPS = (0.1, 0.07, 0.13), (0.02, 0.01, 0.03)  # what the true future saves


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_the_weather_does_not_act_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.slow
def test_noisy_readings_truly_make_both_directions_win_in_99_of_100_seeds() -> None:
    """The knob that breaks the key's assumption turns the verdicts round, as it should."""
    wrong = [
        seed
        for seed in lab.HUNDRED
        if lab.verdicts(EXPERIMENT, [BOTH, ONE], seed, **EXPERIMENT.breaks[0].knobs)
        != [Verdict.HOLDS, Verdict.REFUTED]
    ]
    assert len(wrong) <= 1


def test_noisy_readings_make_both_directions_win() -> None:
    verdicts = lab.verdicts(EXPERIMENT, [BOTH, ONE], 0, **EXPERIMENT.breaks[0].knobs)
    assert verdicts == [Verdict.HOLDS, Verdict.REFUTED]


def test_if_only_the_present_acts_on_the_mood_that_reason_holds() -> None:
    verdicts = lab.verdicts(EXPERIMENT, [PRESENT, ONE], 0, past=0)
    assert verdicts == [Verdict.HOLDS, Verdict.REFUTED]


@pytest.mark.parametrize("seed", lab.FEW)
def test_later_days_change_mood_and_forward_answer_by_exactly_nothing(seed: int) -> None:
    """Not nearly nothing: the same bits. The bidirectional answer does change."""
    found = dog_mood.measure(DogWorld(), np.random.default_rng(seed))
    mood, one, both = found.strips
    assert found.later[:2] == (0.0, 0.0)
    assert set(mood[REACH + 1 :]) == set(one[REACH + 1 :]) == {0.0}
    assert set(mood[: REACH - 4]) == {0.0}  # nor do days further back than the kernel
    assert min(mood[REACH - 4 : REACH + 1]) > 0.01
    assert found.later[2] > 0.01
    assert min(both[REACH + 1 :]) > 0


def test_networks_are_fitted_on_one_record_and_judged_on_the_others() -> None:
    """A mood that is 0 in the first record teaches to answer 0, whatever the others hold."""
    rng = np.random.default_rng(4)
    halves = list(rng.standard_normal((2, 60, 3, 5)))
    mood = rng.standard_normal((60, 3))
    mood[:, 0] = 0
    error = dog_mood._fresh_errors(halves, mood)[0]
    assert error == pytest.approx(np.mean(mood[:, 1:] ** 2), rel=1e-12)


def test_the_false_future_is_that_of_another_record_after_the_same_weather() -> None:
    rng = np.random.default_rng(8)
    seen = rng.standard_normal((200, 5))
    partners = dog_mood._same_weather(seen)
    days, records = np.divmod(partners, 5)
    assert (records != np.arange(5)).all()
    assert np.median(abs(seen[days, records] - seen)) < 0.01


def test_the_placebo_knows_nothing_of_the_true_future_and_all_of_its_today() -> None:
    """A mood that is tomorrow's weather: only the true future tells it. One that is today's: both
    networks tell it."""
    rng = np.random.default_rng(9)
    seen = rng.standard_normal((300, 5))
    cells = [dog_mood.RNN.random(rng, 1, 16, input_gain=0.6, radius=0.8) for _ in range(2)]
    tomorrow = np.zeros_like(seen)
    tomorrow[:-1] = seen[1:]
    partners = dog_mood._same_weather(seen)
    _, both, placebo, _ = dog_mood._errors(*cells, seen, tomorrow, partners).mean(axis=1)
    assert both < 0.1 < 0.9 < placebo
    assert dog_mood._errors(*cells, seen, seen, partners).max() < 0.02


def test_where_the_past_acts_but_tells_little_beyond_today_nothing_is_said_of_it() -> None:
    """Weather that hardly changes: today tells nearly all, and yet yesterday moves the mood."""
    slow = lab.verdicts(EXPERIMENT, [ONE, PRESENT], 1, persistence=0.98)
    assert slow == [Verdict.UNDETERMINED, Verdict.UNDETERMINED]


@pytest.mark.slow
@pytest.mark.parametrize("noise", [1.0, 1.5, 2.0])
def test_noise_makes_no_verdict_on_the_past_turn_round(noise: float) -> None:
    for seed in range(30):
        found = lab.verdicts(EXPERIMENT, [PRESENT, ONE], seed, noise=noise)
        assert found[0] is not Verdict.HOLDS
        assert found[1] is not Verdict.REFUTED


def test_both_gradients_are_exact_and_a_wrong_one_would_be_noticed() -> None:
    """The check can fail: a backward pass whose result is 1 % too large is caught by it."""
    found = dog_mood.measure(DogWorld(), np.random.default_rng(1))
    assert max(found.inexact) < 1e-8

    class Careless(dog_mood.RNN):
        def backward(self, trace, **options):  # type: ignore[no-untyped-def]
            right = super().backward(trace, **options)
            return replace(right, dU=1.01 * right.dU)

    rng = np.random.default_rng(2)
    cell = Careless.random(rng, 1, 5)
    X, mood = rng.standard_normal((2, 12, 1))
    wrong = dog_mood._gradient_error(rng, ((cell, 1), (cell, -1)), np.ones(11), X, mood)
    assert 0.005 < wrong < 0.02


def test_every_claim_of_the_schema_gets_a_verdict_and_only_one_holds() -> None:
    """Also the four combinations that no bank has, such as one direction for more information."""
    claims = [
        {"direction": direction, "because": because}
        for direction, because in product(("unidirectional", "bidirectional"), PREDICTS)
    ]
    for claim, verdict in zip(claims, lab.verdicts(EXPERIMENT, claims, 3), strict=True):
        assert verdict is (Verdict.HOLDS if claim == ONE else Verdict.REFUTED)


@pytest.mark.parametrize(
    ("claim", "changes", "verdict"),
    [
        (ONE, {}, Verdict.HOLDS),
        (ONE, {"present": 0.18}, Verdict.UNDETERMINED),  # today tells nearly all
        (ONE, {"present": 0.18, "strips": STILL}, Verdict.UNDETERMINED),
        (ONE, {"present": 0.1, "strips": STILL}, Verdict.REFUTED),
        (ONE, {"present": 0.1}, Verdict.UNDETERMINED),  # yet yesterday moves the mood
        (ONE, {"saved": HELPS}, Verdict.REFUTED),
        (ONE, {"saved": PERHAPS}, Verdict.UNDETERMINED),
        (ONE, {"later": (1e-9, 0.0, 0.1)}, Verdict.UNDETERMINED),  # exactly 0 or not at all
        (BOTH, {}, Verdict.REFUTED),
        (BOTH, {"both": 0.09}, Verdict.REFUTED),  # nothing is read off the sizes of errors
        (BOTH, {"saved": HELPS}, Verdict.HOLDS),
        (BOTH, {"saved": PERHAPS}, Verdict.UNDETERMINED),
        (PRESENT, {"present": 0.1, "strips": STILL}, Verdict.HOLDS),
        # The right reason for the wrong network.
        (PRESENT, {"present": 0.1, "strips": STILL, "saved": HELPS}, Verdict.REFUTED),
        ({**BOTH, "because": "accurate-gradients"}, {"saved": HELPS}, Verdict.REFUTED),
        (
            {**BOTH, "because": "accurate-gradients"},
            {"saved": HELPS, "inexact": (0.1, 1e-9)},
            Verdict.HOLDS,
        ),
        (
            {**BOTH, "because": "accurate-gradients"},
            {"saved": HELPS, "inexact": (1e-4, 1e-4)},
            Verdict.UNDETERMINED,
        ),
        (ONE, {"spread": 0.105}, Verdict.UNDETERMINED),  # the weather explains nothing
        (BOTH, {"spread": 0.105}, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(claim: lab.Claim, changes: dict[str, object], verdict: Verdict) -> None:
    """Direction and reason must both hold, each by its own number and margin."""
    found = replace(FOUND, **changes)  # type: ignore[arg-type]
    assert decide(str(claim["direction"]), str(claim["because"]), found) is verdict


def test_what_follows_the_weather_is_called_as_the_knob_says_and_measured_alike() -> None:
    mood, appetite = (
        lab.measure(EXPERIMENT, EXPERIMENT.claims, 3, quantity=name)
        for name in ("mood", "appetite")
    )
    assert "mood" in repr(mood.pictures)
    assert "mood" not in f"{appetite.findings}{appetite.rule}{appetite.pictures}"
    as_mood = repr(appetite.findings).replace("appetite", "mood")
    assert as_mood == repr(mood.findings)


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"days": 100}, EXPERIMENT.null, EXPERIMENT.breaks[0].knobs])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EXPERIMENT.claims, 7, **knobs))
