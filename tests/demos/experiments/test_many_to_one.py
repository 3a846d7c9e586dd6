"""Question 3: which tasks suit a network with many inputs and one answer."""

from __future__ import annotations

import pytest

from quizcli.demos.evidence import Claim, DemoError, Verdict
from quizcli.demos.experiments.many_to_one import EXPERIMENT, decide
from quizcli.demos.worlds.readers import TESTED, TRAINED, TaskScores, judge_network, random_network
from quizcli.demos.worlds.tasks import NEUTRAL, NOT, TASKS, Items, TaskWorld
from quizcli.numeric import np
from tests.support import laboratory as lab

BANK = lab.bank_claims(EXPERIMENT)
EVERY = [{"task": name} for name in TASKS]
MANY = {
    "sentiment-classification", "gender-recognition", "gesture-recognition",
    "language-identification",
}  # fmt: skip
IMAGE: Claim = {"task": "image-classification"}
SPEECH: Claim = {"task": "speech-recognition"}
WORLD = TaskWorld(length=8, negations=0.3, pitch_gap=90.0, rows=False)


@pytest.mark.parametrize("seed", lab.FEW)
def test_the_measured_numbers_alone_single_out_the_key(seed: int) -> None:
    assert lab.seeds_not_derived(EXPERIMENT, [seed]) == []


@pytest.mark.parametrize("seed", lab.FEW)
def test_with_sequences_of_one_step_nothing_is_decided(seed: int) -> None:
    assert lab.seeds_not_undetermined(EXPERIMENT, [seed]) == []


@pytest.mark.slow
def test_the_key_is_derived_and_the_null_stays_silent_in_99_of_100_seeds() -> None:
    assert len(lab.seeds_not_derived(EXPERIMENT, lab.HUNDRED)) <= 1
    assert len(lab.seeds_not_undetermined(EXPERIMENT, lab.HUNDRED)) <= 1


@pytest.mark.parametrize("seed", lab.FEW)
def test_all_tasks_are_measured_alike(seed: int) -> None:
    """A gesture fits; a tag for every word, and a melody from one word, do not."""
    for claim, verdict in zip(EVERY, lab.verdicts(EXPERIMENT, EVERY, seed), strict=True):
        assert verdict is (Verdict.HOLDS if claim["task"] in MANY else Verdict.REFUTED)


@pytest.mark.parametrize("seed", lab.FEW)
def test_an_image_gives_the_recurrent_weights_a_gradient_of_exactly_zero(seed: int) -> None:
    figure = lab.measure(EXPERIMENT, [IMAGE], seed).findings[0].figure
    assert figure.value == 0.0
    assert figure.shown == "exactly 0"


@pytest.mark.parametrize("seed", lab.FEW)
def test_an_image_fed_row_by_row_breaks_the_assumption_and_fits(seed: int) -> None:
    verdicts = lab.verdicts(EXPERIMENT, BANK, seed, **EXPERIMENT.breaks[0].knobs)
    unlike = [
        claim
        for claim, verdict, key in zip(BANK, verdicts, lab.bank_verdicts(EXPERIMENT), strict=True)
        if verdict is not key
    ]
    assert unlike == [IMAGE]
    assert verdicts[BANK.index(IMAGE)] is Verdict.HOLDS


def test_one_answer_cannot_carry_a_transcript_that_labels_one_at_a_time_get_right() -> None:
    finding = lab.measure(EXPERIMENT, [SPEECH], 2).findings[0]
    assert finding.figure.value < 12
    assert "one label at a time for 100%" in finding.reason or "for 99%" in finding.reason


@pytest.mark.parametrize("task", ["speech-recognition", "name-tagging", "machine-translation"])
@pytest.mark.parametrize("length", [2, 3, 4, 5])
def test_transcripts_so_short_that_they_can_be_told_as_wholes_decide_nothing(
    length: int, task: str
) -> None:
    """A network can have an answer for each of them; that makes no such task fit, nor unfit."""
    assert lab.verdict(EXPERIMENT, {"task": task}, 1, length=length) is not Verdict.HOLDS


def test_an_output_that_was_not_met_in_training_is_never_right() -> None:
    """All outputs differ, so that no test item's is among the answers."""
    rng = np.random.default_rng(5)
    count = TRAINED + TESTED
    outputs = np.arange(count)[:, None] // 3 ** np.arange(7) % 3
    items = Items(rng.standard_normal((7, count, 3)), outputs, 3, 3)
    m = judge_network(random_network(rng, items), items)
    assert m.right == m.gain == 0


def test_labels_one_at_a_time_are_read_off_where_their_inputs_end() -> None:
    """Two inputs a label, of which the second alone tells it."""
    rng = np.random.default_rng(6)
    labels = rng.integers(2, size=(TRAINED + TESTED, 4))
    X = rng.standard_normal((8, TRAINED + TESTED, 1))
    X[1::2, :, 0] = 4 * labels.T - 2
    items = Items(X, labels, 1, 2)
    assert judge_network(random_network(rng, items), items).singly > 0.95


@pytest.mark.parametrize(
    ("knob", "value", "task"),
    [("pitch_gap", 0.0, "gender-recognition"), ("training", 0, "sentiment-classification")],
)
def test_a_task_that_was_not_learned_is_left_undetermined(
    knob: str, value: float, task: str
) -> None:
    """Voices that are alike, a network that was not trained: no reason to say it does not fit."""
    assert lab.verdict(EXPERIMENT, {"task": task}, 3, **{knob: value}) is Verdict.UNDETERMINED


@pytest.mark.parametrize(
    ("right", "labels", "singly", "gradient", "gain", "control", "verdict"),
    [
        (0.9, 1, 0.9, 0.1, 0.3, 0.2, Verdict.HOLDS),
        (0.9, 1, 0.9, 0.1, 0.3, 0.0, Verdict.UNDETERMINED),  # the control sees nothing
        (0.9, 1, 0.9, 0.0, 0.0, 0.0, Verdict.UNDETERMINED),
        (0.9, 1, 0.9, 0.0, 0.0, 0.2, Verdict.REFUTED),  # one input
        (0.9, 1, 0.9, 1e-9, 0.3, 0.2, Verdict.HOLDS),  # small is not zero
        (0.1, 4, 0.9, 0.1, 0.0, 0.2, Verdict.REFUTED),  # one answer cannot carry four labels
        (0.1, 2, 0.36, 0.1, 0.0, 0.2, Verdict.REFUTED),
        (0.1, 2, 0.34, 0.1, 0.0, 0.2, Verdict.UNDETERMINED),  # nor is much right singly
        (0.51, 4, 0.9, 0.1, 0.3, 0.2, Verdict.UNDETERMINED),
        (0.9, 4, 0.9, 0.1, 0.3, 0.2, Verdict.UNDETERMINED),  # told as wholes
        (0.4, 1, 0.4, 0.1, 0.3, 0.2, Verdict.UNDETERMINED),  # not learned
        (0.9, 1, 0.9, 0.1, 0.05, 0.2, Verdict.UNDETERMINED),  # the last input says it all
    ],
)
def test_the_rule(
    right: float,
    labels: int,
    singly: float,
    gradient: float,
    gain: float,
    control: float,
    verdict: Verdict,
) -> None:
    """It tells too much output, too little input and too little learning apart."""
    assert decide(TaskScores(8, labels, right, singly, gradient, gain), control) is verdict


def test_every_task_makes_a_prediction_of_its_own() -> None:
    findings = lab.measure(EXPERIMENT, EVERY, 4).findings
    assert len({finding.predicts for finding in findings}) == len(EVERY)


def test_findings_follow_their_claims_and_do_not_depend_on_company() -> None:
    lab.assert_permutes(EXPERIMENT, BANK, 5)
    lab.assert_lonely(EXPERIMENT, EVERY, 5)


def test_the_same_seed_gives_the_same_bytes_and_numpys_error_state_stays() -> None:
    lab.assert_repeats(EXPERIMENT, BANK, 6)


@pytest.mark.parametrize("knobs", [{}, {"length": 30}, EXPERIMENT.breaks[0].knobs, EXPERIMENT.null])
def test_the_pictures_fit_a_small_terminal(knobs: dict[str, float]) -> None:
    lab.assert_fits(lab.measure(EXPERIMENT, EVERY, 7, **knobs))


@pytest.mark.usefixtures("little_memory")
def test_a_million_steps_are_refused_with_the_memory_they_would_need() -> None:
    with pytest.raises(DemoError, match=r"the states of 1000000 steps need [\d,]+ MB"):
        lab.measure(EXPERIMENT, BANK, 8, length=1_000_000)


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("length", [1, 7, 8])
def test_the_items_of_a_task_have_the_shapes_and_labels_they_promise(
    name: str, length: int
) -> None:
    world = TaskWorld(length, 0.3, 90.0, rows=False)
    items = TASKS[name].draw(np.random.default_rng(0), world, 40)
    assert items.X.shape[1] == len(items.Y) == 40
    assert 0 <= items.Y.min() <= items.Y.max() < items.K
    if items.X.ndim == 2:
        assert 0 <= items.X.min() <= items.X.max() < items.D
    else:
        assert items.X.shape[2] == items.D


def test_a_not_turns_the_opinion_that_follows_it() -> None:
    """The verdict read off the words themselves, one text at a time, is the label."""
    items = TASKS["sentiment-classification"].draw(np.random.default_rng(1), WORLD, 300)
    negated = 0
    for words, (verdict,) in zip(items.X.T.tolist(), items.Y.tolist(), strict=True):
        (place,) = [t for t, word in enumerate(words) if word < NOT]
        turned = NOT in words
        assert words.count(NOT) == turned
        assert not turned or words[place - 1] == NOT
        assert all(word >= NEUTRAL for t, word in enumerate(words) if t != place and word != NOT)
        assert verdict == (words[place] >= 2) ^ turned
        negated += turned
    assert 60 < negated < 120  # three in ten


def test_two_languages_differ_in_what_follows_and_not_in_their_letters() -> None:
    items = TASKS["language-identification"].draw(np.random.default_rng(1), WORLD, 3000)
    spoken = items.Y[:, 0]
    for language, step in enumerate((-1, 1)):
        letters = items.X[:, spoken == language]
        assert np.bincount(letters.ravel(), minlength=6) / letters.size == pytest.approx(
            1 / 6, abs=0.02
        )
        followed = (letters[:-1] + step) % 6 == letters[1:]
        assert followed.mean() == pytest.approx(0.8 + 0.2 / 6, abs=0.02)


def test_a_translation_leaves_the_articles_out_and_has_a_word_for_each_noun() -> None:
    items = TASKS["machine-translation"].draw(np.random.default_rng(1), WORLD, 300)
    assert set(items.X[::2].ravel()) == {5}
    pairs = set(zip(items.X[1::2].T.ravel().tolist(), items.Y.ravel().tolist(), strict=True))
    assert len(pairs) == len({noun for noun, _ in pairs}) == len({word for _, word in pairs}) == 5
