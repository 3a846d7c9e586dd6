"""Question 1: which symbol names word j of example i."""

from __future__ import annotations

from itertools import permutations

import pytest

from quizcli.demos.evidence import DemoError, Verdict
from quizcli.demos.experiments.indexing import EXPERIMENT, LETTERS, NOTATIONS, decide, notations
from quizcli.demos.worlds.tracing import begins, follow
from quizcli.numeric import np
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
RIGHT = {"notation": "(i)<j>"}


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_a_single_word_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


def test_with_a_single_word_no_notation_is_decided_whatever_its_letters() -> None:
    claims = [{"notation": notation} for notation in NOTATIONS]
    found = lab.measure(EXPERIMENT, claims, 1, **EXPERIMENT.null)
    assert {finding.verdict for finding in found.findings} == {Verdict.UNDETERMINED}


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize("letters", list(permutations(LETTERS, 2)), ids="".join)
def test_of_all_notations_only_one_holds_whatever_the_letters(letters: tuple[str, str]) -> None:
    """Among them four that no bank asks for, with one kind of bracket twice, and those of letters
    that count nothing."""
    claims = [{"notation": notation} for notation in NOTATIONS]
    knobs = dict(zip(("example", "word"), letters, strict=True))
    found = lab.verdicts(EXPERIMENT, claims, 1, **knobs)
    right = "({})<{}>".format(*letters)
    for claim, verdict in zip(claims, found, strict=True):
        assert verdict is (Verdict.HOLDS if claim["notation"] == right else Verdict.REFUTED), claim


def test_what_is_said_of_other_letters_is_the_same_but_for_them() -> None:
    """And both indices have a letter of their own."""
    letters = str.maketrans("ij", "kn")
    said, other = (
        lab.measure(EXPERIMENT, [{"notation": name} for name in notations(*pair)], 3, **knobs)
        for pair, knobs in (("ij", {}), ("kn", {"example": "k", "word": "n"}))
    )
    assert other.rule.count("sentence k at step n") == 1
    for one, two in zip(said.findings, other.findings, strict=True):
        assert one.claim["notation"].translate(letters) == two.claim["notation"]
        assert (one.figure, one.verdict) == (two.figure, two.verdict)
        assert " i " not in two.predicts
    with pytest.raises(DemoError, match="give two letters"):
        lab.measure(EXPERIMENT, [], 3, example="j")


def test_the_right_notation_finds_every_word_exactly() -> None:
    assert lab.measure(EXPERIMENT, [RIGHT], 2).findings[0].figure.value == 1.0


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_sentences_are_equally_long_the_order_of_reading_cannot_be_told(seed: int) -> None:
    """Swapped brackets and swapped indices are wrong even then, and are refuted."""
    order = [RIGHT, {"notation": "<j>(i)"}]
    others = [claim for claim in BANK if claim not in order]
    equal = {"shortest": 8, "longest": 8}
    assert lab.verdicts(EXPERIMENT, order, seed, **equal) == [Verdict.UNDETERMINED] * 2
    assert lab.verdicts(EXPERIMENT, others, seed, **equal) == [Verdict.REFUTED] * 2


@pytest.mark.parametrize("seed", lab.FEW)
def test_where_columns_are_padded_the_order_of_reading_cannot_be_told(seed: int) -> None:
    """The break: the key is no longer the only one that finds every word."""
    order = [RIGHT, {"notation": "<j>(i)"}]
    others = [claim for claim in BANK if claim not in order]
    findings = lab.measure(EXPERIMENT, order, seed, **EXPERIMENT.breaks[0].knobs).findings
    assert [f.figure.value for f in findings] == [1.0, 1.0]
    assert [f.verdict for f in findings] == [Verdict.UNDETERMINED] * 2
    assert (
        lab.verdicts(EXPERIMENT, others, seed, **EXPERIMENT.breaks[0].knobs)
        == [Verdict.REFUTED] * 2
    )


def test_a_padded_column_has_a_place_for_every_sentence_and_blanks_name_no_word() -> None:
    lengths, values = (2, 5, 3), {"i": 2, "j": 3}
    assert follow("<j>(i)", values, lengths, padded=True) == (2, 3)
    assert follow("<j>(i)", {"i": 1, "j": 3}, lengths, padded=True) is None
    assert follow("<j>(i)", {"i": 4, "j": 3}, lengths, padded=True) is None


@pytest.mark.parametrize(
    ("notation", "place"),
    [
        ("(i)<j>", (2, 3)),
        ("<j>(i)", (3, 3)),  # sentence 1 has no word 3, so number 2 of those that have is 3
        ("(j)<i>", (3, 2)),
        ("<i>(j)", (3, 2)),
        ("(i)(j)", None),
        ("<i><j>", None),
    ],
)
def test_a_notation_is_read_from_left_to_right(
    notation: str, place: tuple[int, int] | None
) -> None:
    assert follow(notation, {"i": 2, "j": 3}, lengths=(2, 5, 3)) == place


def test_a_notation_may_lead_to_no_word() -> None:
    assert follow("(j)<i>", {"i": 2, "j": 3}, lengths=(4, 4)) is None  # there is no sentence 3
    # Only one sentence has a word 4, and k counts nothing.
    assert follow("<j>(i)", {"i": 2, "j": 4}, lengths=(3, 4)) is None
    assert follow("(i)<k>", {"i": 2, "j": 4}, lengths=(3, 4)) is None


@pytest.mark.parametrize(
    ("rate", "rival", "verdict"),
    [
        (1.0, 0.9, Verdict.HOLDS),
        (1.0, 1.0, Verdict.UNDETERMINED),  # another notation finds every word, too
        (1.0, 0.985, Verdict.UNDETERMINED),
        (0.99, 0.5, Verdict.UNDETERMINED),  # nearly all is not all
        (0.97, 1.0, Verdict.REFUTED),
        (0.0, 0.0, Verdict.REFUTED),
    ],
)
def test_the_rule(rate: float, rival: float, verdict: Verdict) -> None:
    """It asks for every word, and for every other notation to be away."""
    assert decide(rate, rival, words=2) is verdict
    assert decide(rate, rival, words=1) is Verdict.UNDETERMINED


def test_a_change_in_two_sentences_or_none_counts_for_neither() -> None:
    """Steps by words replaced by sentences: one sentence from step 2 on; two; none."""
    change = np.zeros((3, 3, 2))
    change[1:, 0, 1] = 0.5
    change[0, 1, :] = 0.5
    assert begins(change) == [(2, 2), None, None]


def test_every_notation_makes_a_prediction_of_its_own() -> None:
    claims = [{"notation": notation} for notation in notations("i", "j")]
    findings = lab.measure(EXPERIMENT, claims, 4).findings
    assert len({finding.predicts for finding in findings}) == len(claims)


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, BANK, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize(
    "knobs", [{}, {"sentences": 24, "longest": 24}, {"sentences": 2}, EXPERIMENT.null]
)
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    claims = [{"notation": notation} for notation in notations("i", "j")]
    lab.assert_fits(lab.measure(EXPERIMENT, claims, 7, **knobs))


def test_lengths_that_leave_no_sentence_are_refused() -> None:
    with pytest.raises(DemoError, match="make shortest smaller or longest larger"):
        lab.measure(EXPERIMENT, BANK, 8, shortest=9, longest=8)
