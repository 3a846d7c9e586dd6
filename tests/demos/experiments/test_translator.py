"""The decoder that is searched, and the search: against every sentence there is, one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest

from quizcli.demos.worlds.translator import (
    END,
    Decoder,
    beam_search,
    decoder,
    log_probability,
    sample,
)

V, T, M = 4, 4, 6


@pytest.fixture
def fixed() -> Decoder:
    """All its sentences have T words."""
    return decoder(np.random.default_rng(3), V, 8, M, gain=2.5)


@pytest.fixture
def ending(fixed: Decoder) -> Decoder:
    """Its sentences may end."""
    return replace(fixed, lengths=np.linspace(1, 4, M), sureness=1.0)


def of_sentence(model: Decoder, source: int, words: tuple[int, ...]) -> float:
    """log P of one sentence, word by word; behind the end nothing costs anything."""
    a, total = model.sources[source], 0.0
    for t, word in enumerate(words):
        one = replace(
            model,
            sources=model.sources[[source]],
            lengths=None if model.lengths is None else model.lengths[[source]],
        )
        total += float(one.log_probabilities(a[None, None], t)[0, 0, word])
        if model.lengths is not None and word == END:
            break
        a = model.cell.step([word], a[None])[0]
    return total


def every(model: Decoder, source: int) -> dict[tuple[int, ...], float]:
    """Each sentence of at most T words with its log P."""
    ends = model.lengths is not None
    return {
        words: of_sentence(model, source, words)
        for words in product(range(V), repeat=T)
        if not ends or all(b == END for a, b in pairwise(words) if a == END)
    }


@pytest.mark.parametrize("kind", ["fixed", "ending"])
def test_the_widest_beam_finds_the_best_of_all(kind: str, request) -> None:
    model = request.getfixturevalue(kind)
    found = beam_search(model, V**T, T)
    for source in range(M):
        wanted = every(model, source)
        best = max(wanted, key=wanted.__getitem__)
        assert tuple(found.words[source]) == best
        assert found.log_p[source] == pytest.approx(wanted[best])


def test_the_probabilities_of_all_sentences_add_up(fixed: Decoder) -> None:
    assert sum(map(np.exp, every(fixed, 2).values())) == pytest.approx(1)


def test_width_1_takes_the_likeliest_word_at_each_step(fixed: Decoder) -> None:
    found = beam_search(fixed, 1, T)
    a = fixed.sources
    for t in range(T):
        words = (a @ fixed.W_ya).argmax(axis=1)
        assert (found.words[:, t] == words).all()
        a = fixed.cell.step(words, a)
    assert (found.updates, found.kept) == (T - 1, 1)


def test_the_mean_of_the_logarithms_is_found_as_well(ending: Decoder) -> None:
    found = beam_search(ending, V**T, T, alpha=1.0)
    for source in range(M):
        scores = {
            words: log_p / min(T, 1 + sum(word != END for word in words))
            for words, log_p in every(ending, source).items()
        }
        assert tuple(found.words[source]) == max(scores, key=scores.__getitem__)


@pytest.mark.parametrize("alpha", [0.0, 1.0])
@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_narrow_beam_keeps_what_a_search_by_hand_keeps(
    ending: Decoder, width: int, alpha: float
) -> None:
    found = beam_search(ending, width, T, alpha)
    for source in range(M):
        beam: list[tuple[int, ...]] = [()]

        def score(words: tuple[int, ...], source: int = source) -> float:
            length = words.index(END) + 1 if END in words else len(words)
            return of_sentence(ending, source, words) / length**alpha

        for _ in range(T):
            longer = [(*b, w) for b in beam for w in range(V) if not (b and b[-1] == END and w)]
            beam = sorted(longer, key=score, reverse=True)[:width]
        assert tuple(found.words[source]) == max(beam, key=score)


def test_a_sentence_is_drawn_as_often_as_it_is_likely(ending: Decoder) -> None:
    drawn = sample(ending, np.random.default_rng(0), T, 20_000).reshape(M, -1, T)
    for source in (0, M - 1):
        for words, log_p in every(ending, source).items():
            share = (drawn[source] == words).all(axis=1).mean()
            assert share == pytest.approx(np.exp(log_p), abs=0.012)


def test_the_probability_of_given_sentences_is_that_of_the_search(fixed: Decoder) -> None:
    found = beam_search(fixed, 3, T)
    assert log_probability(fixed, found.words) == pytest.approx(found.log_p)


def test_without_memory_greedy_search_is_right_already() -> None:
    model = decoder(np.random.default_rng(1), V, 8, M, gain=2.5, memory=0.0)
    assert (beam_search(model, 1, T).words == beam_search(model, V**T, T).words).all()
