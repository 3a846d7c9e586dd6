"""The language that is known completely: its sums, against brute force over a list of sentences."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from quizcli.demos.evidence import DemoError
from quizcli.demos.worlds.language import (
    GIVEN,
    OF,
    Language,
    all_readings,
    conditional,
    occurrences,
    random_language,
    refuse_long_lists,
    rows,
    softmax,
)

V, T = 3, 4
SENTENCES = list(product(range(V), repeat=T))


@pytest.fixture
def language() -> Language:
    p = np.random.default_rng(7).dirichlet(np.ones(V**T))
    return Language(V, T, p)


def probability(language: Language, event) -> float:
    """The probability that a sentence satisfies ``event``, by going through all of them."""
    return sum(language.p[k] for k, sentence in enumerate(SENTENCES) if event(sentence))


def test_a_sentence_is_the_number_whose_digits_are_its_words(language: Language) -> None:
    for number, sentence in enumerate(SENTENCES):
        assert language.spelt(number) == "".join("abc"[word] for word in sentence)
    assert rows(V, T).T.tolist() == [list(sentence) for sentence in SENTENCES]


def test_joint_adds_up_the_sentences_that_begin_alike(language: Language) -> None:
    for t in range(T):
        for k, prefix in enumerate(product(range(V), repeat=t)):
            for word in range(V):
                wanted = probability(language, lambda s, w=(*prefix, word): s[: len(w)] == w)
                assert language.joint(t)[k, word] == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("L", [T - 1, T])
def test_readings_are_the_probabilities_that_they_name(language: Language, L: int) -> None:
    """All eight, at every step, row and value of y<t>, against the definition of each."""
    words = rows(V, L)
    readings = all_readings(language, words)
    assert list(readings) == [(of, given) for of in OF for given in GIVEN]
    for (of, given), numbers in readings.items():
        full = np.broadcast_to(numbers, (T, V**L, V, V))
        for t, b, y, v in product(range(T), range(0, V**L, 5), range(V), range(V)):
            prefix = tuple(words[:t, b])

            def condition(s, t=t, y=y, prefix=prefix, given=given) -> bool:
                return {
                    "nothing": True,
                    "last-word": t == 0 or s[t - 1] == prefix[-1],
                    "past": s[:t] == prefix,
                    "past-and-present": s[:t] == prefix and s[t] == y,
                }[given]

            def event(s, t=t, v=v, prefix=prefix, of=of) -> bool:
                return s[t] == v if of == "word" else s[:t] == prefix

            both = probability(language, lambda s: condition(s) and event(s))
            wanted = both / probability(language, condition)
            assert full[t, b, y, v] == pytest.approx(wanted, abs=1e-12), (of, given, t)


@pytest.mark.parametrize("L", [T - 1, T])
def test_occurrences_are_the_shares_of_the_sentences(language: Language, L: int) -> None:
    words = rows(V, L)
    met = occurrences(language.p, words, V)
    assert met.sum(axis=(1, 2)) == pytest.approx(np.ones(T))
    for t, b, v in product(range(T), range(V**L), range(V)):
        row = tuple(words[:, b])
        wanted = probability(language, lambda s, r=row, t=t, v=v: s[:L] == r and s[t] == v)
        assert met[t, b, v] == pytest.approx(wanted, abs=1e-15)


def test_a_source_looks_back_as_far_as_its_order_and_no_further() -> None:
    """Given the last two words, the word before them makes no difference; the second does."""
    language = random_language(np.random.default_rng(0), V, T, order=2, concentration=0.5)
    assert language.p.sum() == pytest.approx(1, abs=1e-12)
    by_past = conditional(language.joint(3)).reshape(V, V, V, V)
    assert np.ptp(by_past, axis=0).max() < 1e-12
    assert np.ptp(by_past, axis=1).max() > 0.1


def test_drawn_sentences_come_as_often_as_they_should(language: Language) -> None:
    """The distance of N honest draws falls as 1/√N; sentences of another language stay away."""
    rng = np.random.default_rng(1)
    near, nearer = (language.distance(language.draw(rng, N)) for N in (10_000, 1_000_000))
    assert nearer < near / 5
    assert language.distance(rng.integers(V**T, size=1_000_000)) > 20 * nearer


def test_surprise_of_the_languages_own_sentences_is_its_entropy(language: Language) -> None:
    entropy = -(language.p * np.log2(language.p)).sum()
    drawn = language.draw(np.random.default_rng(2), 200_000)
    assert language.surprise(drawn) == pytest.approx(entropy, rel=0.01)


def test_softmax_neither_overflows_nor_underflows_as_a_whole() -> None:
    z = np.array([[1e4, 1e4, -1e4], [0.0, np.log(2), np.log(5)]])
    assert softmax(z) == pytest.approx(np.array([[0.5, 0.5, 0], [1 / 8, 2 / 8, 5 / 8]]))


def test_a_context_that_never_occurs_has_no_next_word_and_no_warning() -> None:
    assert conditional(np.array([[0.0, 0.0], [0.25, 0.75]])).tolist() == [[0, 0], [0.25, 0.75]]
    assert conditional(np.array([[0.1, 0.3]])) == pytest.approx(np.array([[0.25, 0.75]]))


@pytest.mark.usefixtures("little_memory")
def test_too_many_sentences_are_refused_with_the_memory_and_a_length_that_works() -> None:
    refuse_long_lists(4, 8, 4**8, 8)
    with pytest.raises(DemoError, match=r"5e\+02 GB .* give 8 or less"):
        refuse_long_lists(4, 18, 4**8, 8)
    with pytest.raises(DemoError, match=r"10\^602052 GB .* give 8 or less"):
        refuse_long_lists(4, 10**6, 4**8, 8)
