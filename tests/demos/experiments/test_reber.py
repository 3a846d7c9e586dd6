"""The embedded Reber grammar: gated networks learn to carry a letter, a plain one mostly not."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Verdict
from quizcli.demos.experiments import reber
from quizcli.demos.experiments.reber import EXPERIMENT, decide
from quizcli.demos.worlds import reber_strings
from quizcli.demos.worlds.reber_strings import ARROWS, END, LETTERS
from quizcli.numeric import np
from tests.support import laboratory as lab

ALL = list(EXPERIMENT.claims)
LSTM, GRU, RNN = ALL
TEN = range(10)


def _words(strings: reber_strings.Strings) -> list[str]:
    return [
        "".join(LETTERS[k] for k in strings.letters[:length, n])
        for n, length in enumerate(strings.lengths)
    ]


def _reads(inner: str) -> list[set[str]]:
    """An independent reader of the grammar: the letters it would have taken at each place."""
    node, offers = 0, []
    for letter in inner:
        arrows = dict(ARROWS[node])
        offers.append(set(arrows))
        node = arrows[letter]
    assert node == END
    return offers


def test_every_string_is_in_the_grammar_and_every_legal_letter_is_marked() -> None:
    strings = reber_strings.draw(np.random.default_rng(0), 300)
    words = _words(strings)
    assert len(set(words)) > 50
    for n, word in enumerate(words):
        outer, inner = word[1], word[3:-3]
        assert word == f"B{outer}B{inner}E{outer}E"
        wanted = [{"T", "P"}, {"B"}, *_reads(inner), {"E"}, {outer}, {"E"}]
        marked = [
            {LETTERS[k] for k in np.flatnonzero(row)} for row in strings.legal[: len(word) - 1, n]
        ]
        assert marked == wanted
        assert not strings.legal[len(word) - 1 :, n].any()


@pytest.mark.parametrize("inner", ["TSSXXTVV", "PVV", "TXXVPS", "PVPXVPXVPXVV", "TSXXVPS"])
def test_the_grammar_takes_the_strings_that_the_literature_gives_as_examples(inner: str) -> None:
    _reads(inner)


@pytest.mark.parametrize("inner", ["TSXV", "PTVPV", "TXXS", "PVPT", "TT"])
def test_the_grammar_refuses_strings_with_a_letter_out_of_place(inner: str) -> None:
    with pytest.raises((KeyError, AssertionError, IndexError)):
        _reads(inner)


def test_the_outer_letters_are_balanced_and_unlinked_ones_are_both_legal() -> None:
    """Half of the strings have T outside, so that always saying T is right in half of them."""
    linked = reber_strings.draw(np.random.default_rng(1), 400)
    assert sum(word[1] == "T" for word in _words(linked)) == 200
    loose = reber_strings.draw(np.random.default_rng(1), 400, linked=False)
    agree = [word[1] == word[-2] for word in _words(loose)]
    assert 150 < sum(agree) < 250
    assert {int(loose.legal[length - 3, n].sum()) for n, length in enumerate(loose.lengths)} == {2}


def test_a_part_of_the_strings_is_as_long_as_the_longest_of_them() -> None:
    strings = reber_strings.draw(np.random.default_rng(2), 60)
    part = strings.part(20, 30)
    assert _words(part) == _words(strings)[20:30]
    assert len(part.letters) == part.lengths.max() == len(part.legal) + 1


def test_judging_knows_a_perfect_answer_from_one_that_forgot_the_letter() -> None:
    """The exam can be passed, and failing it only at the end is seen as just that."""
    strings = reber_strings.draw(np.random.default_rng(3), 100)

    class Oracle:
        def __init__(self, remembers: bool) -> None:
            self.remembers = remembers

        def scores(self, letters: object) -> object:
            scores = strings.legal.astype(float)
            if not self.remembers:
                ends = (strings.lengths - 3, np.arange(100))
                scores[(*ends, reber_strings.T)] = 1.0
                scores[(*ends, reber_strings.P)] = 0.5
            return scores

    assert reber._judge(Oracle(True), strings) == (1.0, 1.0)  # type: ignore[arg-type]
    assert reber._judge(Oracle(False), strings) == (0.5, 0.5)  # type: ignore[arg-type]


def test_the_lstm_learns_it() -> None:
    finding = lab.measure(EXPERIMENT, [LSTM], 0).findings[0]
    assert finding.verdict is Verdict.HOLDS
    assert finding.figure.value >= 98


def test_its_words_call_networks_by_their_names() -> None:
    few = {"sequences": 1200, "units": 32}
    said = {f.claim["cell"]: f.reason for f in lab.measure(EXPERIMENT, ALL, 0, **few).findings}
    assert " LSTMs, each with weights" in said["lstm"]
    assert " plain RNNs, each with weights" in said["rnn"]
    assert " a LSTM" not in said["lstm"]


def test_where_nothing_has_to_be_carried_nothing_is_decided() -> None:
    verdicts = lab.verdicts(EXPERIMENT, ALL, 0, **EXPERIMENT.null)
    assert set(verdicts) == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_gated_networks_learn_it_and_a_plain_one_does_not_in_99_of_100_seeds() -> None:
    wanted = [Verdict.HOLDS, Verdict.HOLDS, Verdict.REFUTED]
    assert sum(lab.verdicts(EXPERIMENT, ALL, seed) != wanted for seed in lab.HUNDRED) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("knobs", [{"sequences": 1200}, {"sequences": 9600}, {"units": 48}])
def test_no_number_of_strings_or_units_turns_a_verdict_round(knobs: dict[str, int]) -> None:
    """From many more strings a plain network may learn it: that decides nothing."""
    for seed in TEN:
        lstm, gru, rnn = lab.verdicts(EXPERIMENT, ALL, seed, **knobs)
        assert Verdict.REFUTED not in {lstm, gru}
        assert rnn is not Verdict.HOLDS


def test_a_third_network_is_asked_only_where_two_do_not_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rights = iter([1.0, 1.0, 0.5, 1.0, 0.4, 1.0, 0.95, 0.95])

    def trained(learner: reber.Learner, *_: object) -> reber.Outcome:
        return reber.Outcome(next(rights), 1.0, 480, (1.0,), learner)

    monkeypatch.setattr(reber, "_train", trained)
    strings = (reber_strings.draw(np.random.default_rng(0), 4),) * 3
    asked = [reber._train_some(np.random.default_rng(0), "gru", 4, strings) for _ in range(3)]
    assert [len(outcomes) for outcomes in asked] == [2, 3, 3]
    units = [outcome.learner.V for outcome in asked[1]]
    assert not np.array_equal(units[0], units[1])


@pytest.mark.parametrize(
    ("found", "linked", "verdict"),
    [
        ([(1.0, 480), (0.98, 1500)], 1.0, Verdict.HOLDS),
        ([(1.0, 480), (0.5, 1600), (1.0, 480)], 1.0, Verdict.HOLDS),
        ([(1.0, 480), (0.5, 1600), (0.9, 1600)], 1.0, Verdict.REFUTED),
        ([(1.0, 480), (0.5, 1600), (0.95, 1600)], 1.0, Verdict.UNDETERMINED),
        ([(0.95, 1600)] * 3, 1.0, Verdict.UNDETERMINED),
        ([(1.0, 480)], 1.0, Verdict.UNDETERMINED),  # one network may be lucky
        ([(1.0, 1501)] * 3, 1.0, Verdict.UNDETERMINED),  # learned, but not from few
        ([(0.9, 9600)] * 2, 1.0, Verdict.REFUTED),
        ([(0.5, 1200)] * 3, 1.0, Verdict.UNDETERMINED),  # failed, but had fewer to learn from
        ([(1.0, 480)] * 2, 0.5, Verdict.UNDETERMINED),
    ],
)
def test_the_rule(found: list[tuple[float, int]], linked: float, verdict: Verdict) -> None:
    assert decide(found, linked) is verdict


def test_findings_follow_their_claims_and_repeat() -> None:
    """With few strings, to be quick: here it is the order that counts, not the learning."""
    few = {"sequences": 1200, "units": 32}
    found = {f.claim["cell"]: f for f in lab.measure(EXPERIMENT, ALL, 1, **few).findings}
    for claims in ([RNN, LSTM], [GRU]):
        for finding in lab.measure(EXPERIMENT, claims, 1, **few).findings:
            assert finding == found[finding.claim["cell"]]
    before = np.geterr()
    evidence = lab.measure(EXPERIMENT, [RNN], 2, **few)
    # The learners within hold arrays, but nothing of them is in what is returned.
    assert repr(lab.measure(EXPERIMENT, [RNN], 2, **few)) == repr(evidence)
    assert np.geterr() == before


def test_the_pictures_fit_a_small_terminal() -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, ALL, 3))
