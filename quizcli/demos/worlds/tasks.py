"""Small stand-ins for tasks that recurrent networks are given. The rule: data only, no network.

Each task draws B items: the inputs of an item, one after another, and the labels wanted for it,
in order. What is one input and what is one label is decided here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """Inputs ``X``, (T, B) words or (T, B, D) frames, and labels ``Y`` (B, n), whole numbers.

    ``D`` is the number of different words, or the width of a frame; ``K`` that of labels.
    """

    X: NDArray[Any]
    Y: Whole
    D: int
    K: int


@dataclass(frozen=True, slots=True)
class TaskWorld:
    """The numbers of a run that shape its tasks.

    ``length`` in inputs; ``negations``: the share of opinions with "not" before them; ``pitch_gap``
    in Hz, between the voices; ``rows``: images are handed over row by row.
    """

    length: int
    negations: float
    pitch_gap: float
    rows: bool


NOT, NEUTRAL, VOCABULARY = 4, 5, 10  # words 0, 1 are bad, 2, 3 are good, from 5 on neutral


def sentiment(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """A text with one opinion in it, and "not" before some of them; its verdict, bad or good."""
    T, every = world.length, np.arange(B)
    verdict = rng.integers(2, size=B)
    words = rng.integers(NEUTRAL, VOCABULARY, size=(T, B))
    place = rng.integers(min(1, T - 1), T, size=B)
    negated = (rng.random(B) < world.negations) & (place > 0)
    words[place, every] = 2 * (verdict ^ negated) + rng.integers(2, size=B)
    words[place[negated] - 1, every[negated]] = NOT
    return Items(words, verdict[:, None], VOCABULARY, 2)


def voice(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Samples of a voice's keynote, about 120 Hz or higher by the gap, at 600 Hz; which of the two.

    It starts at any phase, so that no single sample says anything.
    """
    higher = rng.integers(2, size=B)
    pitch = 120 + world.pitch_gap * higher + 15 * rng.standard_normal(B)
    turns = pitch * np.arange(world.length)[:, None] / 600 + rng.random(B)
    sound = np.sin(2 * np.pi * turns) + 0.2 * rng.standard_normal(turns.shape)
    return Items(sound[:, :, None], higher[:, None], 1, 2)


def _each(world: TaskWorld) -> int:
    """Inputs for each label: two, unless that would leave a single label of the sequence."""
    return 2 if world.length >= 4 else 1


def speech(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Phonemes of two frames each, six different ones; what was said, phoneme by phoneme."""
    frames = _each(world)
    said = rng.integers(6, size=(B, world.length // frames))
    sounds = rng.standard_normal((6, 8))
    heard = sounds[np.repeat(said, frames, axis=1).T]
    return Items(heard + 0.3 * rng.standard_normal(heard.shape), said, 8, 6)


def image(rng: np.random.Generator, world: TaskWorld, B: int, kinds: int = 8) -> Items:
    """Noisy pictures of 6 x 6 pixels, as one input each or as six rows; which of the kinds."""
    shown = rng.integers(kinds, size=B)
    pixels = rng.standard_normal((kinds, 36))[shown] + rng.standard_normal((B, 36))
    steps = 6 if world.rows else 1
    return Items(pixels.reshape(B, steps, -1).swapaxes(0, 1), shown[:, None], 36 // steps, kinds)


def gesture(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Points of a circle drawn from anywhere on it; whether it was drawn clockwise."""
    clockwise = rng.integers(2, size=B)
    steps = np.arange(world.length)[:, None] * np.where(clockwise, -1, 1)
    angle = 0.9 * steps + 2 * np.pi * rng.random(B)
    points = np.stack([np.cos(angle), np.sin(angle)], axis=2)
    return Items(points + 0.2 * rng.standard_normal(points.shape), clockwise[:, None], 2, 2)


def names(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Words, two of them titles; for each, whether it is a name: a title makes two others one."""
    words = rng.integers(8, size=(world.length, B))
    after_title = np.zeros(words.shape, bool)
    after_title[1:] = words[:-1] < 2
    is_name = (words == 2) | (np.isin(words, (3, 4)) & after_title)
    return Items(words, is_name.T.astype(int), 8, 2)


def language(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Letters of a text; which of two languages it is in. Both have the same letters as often, but
    in the one a letter is mostly followed by the next of six, in the other by the one before."""
    spoken = rng.integers(2, size=B)
    letters = rng.integers(6, size=(world.length, B))
    usual = rng.random(letters.shape) < 0.8
    for t in range(1, world.length):
        following = (letters[t - 1] + np.where(spoken, 1, -1)) % 6
        letters[t] = np.where(usual[t], following, letters[t])
    return Items(letters, spoken[:, None], 6, 2)


def translation(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """Nouns, an article before each; the nouns in a language that has no articles."""
    step = _each(world)
    said = rng.integers(5, size=(B, world.length // step))
    words = np.full((world.length, B), 5)
    words[step - 1 :: step] = said.T
    return Items(words, rng.permutation(5)[said], 6, 5)


def music(rng: np.random.Generator, world: TaskWorld, B: int) -> Items:
    """A style, one of four; the notes of the melody that belongs to it."""
    style = rng.integers(4, size=(1, B))
    melodies = rng.integers(5, size=(4, world.length))
    return Items(style, melodies[style[0]], 4, 5)


@dataclass(frozen=True, slots=True)
class Task:
    """How to draw B items; ``wanted`` and ``inputs`` say in words what comes out and goes in."""

    draw: Callable[[np.random.Generator, TaskWorld, int], Items]
    wanted: str
    inputs: str


TASKS: Mapping[str, Task] = {
    "speech-recognition": Task(speech, "every phoneme spoken", "frames of sound"),
    "sentiment-classification": Task(sentiment, "the sentiment of a text", "words"),
    "image-classification": Task(image, "what an image shows", "parts of it"),
    "gender-recognition": Task(voice, "which kind of voice it is", "samples of sound"),
    "gesture-recognition": Task(gesture, "which way a circle was drawn", "points of it"),
    "name-tagging": Task(names, "which of the words are names", "words"),
    "music-generation": Task(music, "every note of a melody", "words for its style"),
    "machine-translation": Task(translation, "every word of the other language", "words"),
    "language-identification": Task(language, "the language of a text", "letters"),
    "digit-recognition": Task(
        partial(image, kinds=10), "which digit an image shows", "parts of it"
    ),
}
