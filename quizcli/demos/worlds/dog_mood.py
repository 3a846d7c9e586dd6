"""A dog's mood and the weather: the world and the networks that ``future_influence`` compares.

The world: weather that persists from day to day, and a mood that is tanh of a weighted sum of the
last days' weather, plus noise. Networks are fitted on each record in turn and judged on all others,
where learning the record's noise by heart earns nothing.

Whether later days help is asked with a placebo. A bidirectional network has a half that reads
backwards. In the placebo this half reads today as it is and before that, in place of the days that
followed, those that followed a day of another record with the same weather. The two networks have
the same weights, the same size and inputs of the same kind, and differ in nothing but whether the
future is the true one. (Against two halves that read forwards, a half that reads backwards would
lose for that alone: it gives up units that the past could use.) The difference comes with an
interval, from the records on which the networks were fitted.

The states are random and only the readout is fitted, in closed form; several networks are averaged,
since a single one may be lucky. The network of one direction has two halves that read forwards, and
the one that sees the present alone has the same weights again, but every day comes to it as a
sequence of its own, so that there is no state to carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizcli.demos.cells import RNN
from quizcli.numeric import np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from quizcli.demos.cells.shared import Array

    # The halves of a network: a cell, and 1 if it reads forwards or -1 if backwards.
    Network = tuple[tuple[RNN, int], ...]

KERNEL = (0.9, 0.7, 0.5, 0.3, 0.15)  # today's weight in the mood, yesterday's, and so on
NETWORKS, HALF = 2, 16  # how many are averaged; units of each half
DAYS, FEWEST = 6000, 7  # in all, so that short records tell as much as long ones; records
WINDOWS = 4  # records in which the weather is changed
IN_ERRORS = 1.7  # half of a 90% interval, in standard errors
RIDGE = 1.0
REACH = 7  # days to either side of t in the strips of influence
WINDOW = 41  # days; t is the middle one


@dataclass(frozen=True, slots=True)
class DogWorld:
    """``days`` of weather that keeps the share ``persistence`` overnight, read with an error of
    standard deviation ``sensor``; a mood on which today and ``past`` earlier days act with
    ``strength``, and ``noise`` besides."""

    days: int = 365
    persistence: float = 0.5
    sensor: float = 0.0
    past: int = 4
    strength: float = 1.0
    noise: float = 0.3


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured. Errors are mean squares on fresh records.

    ``one``, ``both``, ``placebo`` and ``present`` are the errors of the one-directional and the
    bidirectional network, of that with a false future, and of the present-only network; ``spread``
    is the mood's variance. ``saved`` is what the true future saves of the placebo's error, with an
    interval: (mean, low, high). ``inexact`` are the relative errors of the gradient of the
    one-directional and the bidirectional network. ``later`` are the mean changes of day t's mood,
    of the one-directional and of the bidirectional answer when all weather after day t is replaced;
    ``strips`` has these three for one more unit of weather on each single day from t-7 to t+7.
    """

    one: float
    both: float
    placebo: float
    present: float
    spread: float
    saved: tuple[float, float, float]
    inexact: tuple[float, float]
    later: tuple[float, float, float]
    strips: tuple[tuple[float, ...], ...]

    @property
    def today(self) -> float:
        """Of the variance that reading in one direction explains, the share that today explains."""
        return (self.spread - self.present) / (self.spread - self.one)

    @property
    def earlier(self) -> float:
        """The largest change of day t's mood by one more unit of weather on an earlier day."""
        return max(self.strips[0][:REACH])

    @property
    def explained(self) -> float:
        """The share of the mood's variance that the one-directional network explains."""
        return 1 - self.one / self.spread


def measure(world: DogWorld, rng: np.random.Generator) -> Figures:
    """Draw the world's records and networks, fit them and intervene."""
    kernel = world.strength * np.array(KERNEL[: world.past + 1])
    years = max(FEWEST, round(DAYS / world.days))
    weather = _weather(rng, world.days, years, world.persistence)
    mood = _mood(weather, kernel) + world.noise * rng.standard_normal(weather.shape)
    seen = weather + world.sensor * rng.standard_normal(weather.shape)

    other = _same_weather(seen)
    errors = np.empty((NETWORKS, 4, years))
    for error in errors:
        first, second = (
            RNN.random(rng, 1, HALF, input_gain=0.6, radius=0.8, bias=0.3) for _ in range(2)
        )
        error[:] = _errors(first, second, seen, mood, other)
    # The last of the networks serves the interventions, too.
    one, both = ((first, 1), (second, 1)), ((first, 1), (second, -1))
    w_one, w_both = (
        _readout(_states(network, seen[:, :1]), mood[:, :1]) for network in (one, both)
    )
    some = seen[:, :WINDOWS]
    changes = (
        _influence(lambda X: _mood(X, kernel), some),
        _influence(lambda X: _states(one, X) @ w_one, some),
        _influence(lambda X: _states(both, X) @ w_both, some),
    )
    month = seen[:30, :1], mood[:30, :1]
    means = errors.mean(axis=0)
    one_error, both_error, placebo, present = map(float, means.mean(axis=1))
    return Figures(
        one=one_error,
        both=both_error,
        placebo=placebo,
        present=present,
        spread=float(mood.var()),
        saved=_saved(means[1], means[2]),
        inexact=(
            _gradient_error(rng, one, w_one, *month),
            _gradient_error(rng, both, w_both, *month),
        ),
        later=(changes[0][0], changes[1][0], changes[2][0]),
        strips=tuple(strip for _, strip in changes),
    )


def _weather(rng: np.random.Generator, days: int, years: int, persistence: float) -> Array:
    """(days, years) of an autoregressive process with mean 0 and variance 1."""
    x: Array = rng.standard_normal((days, years))
    x[1:] *= (1 - persistence**2) ** 0.5
    for t in range(1, days):
        x[t] += persistence * x[t - 1]
    return x


def _mood(weather: Array, kernel: Array) -> Array:
    """tanh(Σₖ kernel[k] x⟨t-k⟩), (days, B); before the record the weather counts as 0."""
    total = np.zeros_like(weather)
    for lag, weight in enumerate(kernel):
        total[lag:] += weight * weather[: len(weather) - lag]
    return np.tanh(total)


def _same_weather(seen: Array) -> NDArray[np.intp]:
    """Of each day of ``seen`` (T, B), the day of another record whose weather is the nearest: its
    place in ``seen`` laid flat."""
    years, flat = seen.shape[1], seen.reshape(-1)
    partners = np.empty(seen.shape, np.intp)
    by_weather = np.argsort(flat, kind="stable")
    for year in range(years):
        others = by_weather[by_weather % years != year]
        today = seen[:, year]
        found = np.searchsorted(flat[others], today).clip(1, len(others) - 1)
        below, above = others[found - 1], others[found]
        nearer = abs(flat[above] - today) < abs(flat[below] - today)
        partners[:, year] = np.where(nearer, above, below)
    return partners


def _saved(true: Array, false: Array) -> tuple[float, float, float]:
    """(mean, low, high): what the true future saves of the error with a false one, with the 90%
    interval of the mean over the records, whose errors are (records,)."""
    apart, error = false - true, float(false.mean())
    half = IN_ERRORS * float(apart.std(ddof=1)) / len(apart) ** 0.5
    mean = float(apart.mean())
    return mean / error, (mean - half) / error, (mean + half) / error


def _errors(first: RNN, second: RNN, seen: Array, mood: Array, other: NDArray[np.intp]) -> Array:
    """(4, records): errors of one network by the record it was fitted on: one-directional,
    bidirectional, with a false future, present-only."""
    ahead, too, back = _read(first, seen), _read(second, seen), _read(second, seen, -1)
    later = np.zeros_like(back)
    later[:-1] = back[1:]  # what the backward half knows before it reads today
    today = seen.reshape(1, -1, 1)
    false = second.forward(today, later.reshape(-1, HALF)[other.reshape(-1)]).last
    alone = [cell.forward(today).last.reshape(ahead.shape) for cell in (first, second)]
    halves = [ahead, too], [ahead, back], [ahead, false.reshape(ahead.shape)], alone
    return np.array([_fresh_errors(pair, mood) for pair in halves])


def _read(cell: RNN, X: Array, way: int = 1) -> Array:
    """(T, B, HALF): the cell's states over X (T, B), read forwards, or backwards if way is -1."""
    return cell.forward(X[::way, :, None]).states[::way]


def _joined(halves: Sequence[Array]) -> Array:
    """The states of both halves side by side, and a 1 for the intercept."""
    return np.concatenate([*halves, np.ones_like(halves[0][..., :1])], axis=2)


def _states(network: Network, X: Array) -> Array:
    return _joined([_read(cell, X, way) for cell, way in network])


def _readout(states: Array, mood: Array) -> Array:
    """The weights that fit ``mood`` (T, B) best, by ridge regression."""
    S, y = states.reshape(-1, states.shape[-1]), mood.reshape(-1)
    return np.linalg.solve(S.T @ S + RIDGE * np.eye(S.shape[1]), S.T @ y)


def _fresh_errors(halves: Sequence[Array], mood: Array) -> Array:
    """(records,): fitted on each in turn, the mean squared error on all the others."""
    states = _joined(halves).swapaxes(0, 1)
    fits = np.stack([_readout(year, y) for year, y in zip(states, mood.T, strict=True)])
    misses = states @ fits.T - mood.T[..., None]
    errors = (misses**2).mean(axis=1)  # judged x fitted
    others: Array = (errors.sum(axis=0) - errors.diagonal()) / (len(errors) - 1)
    return others


def _influence(
    answers: Callable[[Array], Array], weather: Array
) -> tuple[float, tuple[float, ...]]:
    """By intervention, in many windows at once: what changes on day t if the weather does.

    First the mean change when all later days are replaced by those of another window; then that
    for one more unit of weather on each single day from t-7 to t+7.
    """
    t, count = WINDOW // 2, len(weather) // WINDOW
    windows = weather[: count * WINDOW].reshape(count, WINDOW, -1)
    X = windows.swapaxes(0, 1).reshape(WINDOW, -1)
    before = answers(X)
    replaced, warmer = X.copy(), X.copy()
    replaced[t + 1 :] = np.roll(X[t + 1 :], 1, axis=1)
    warmer[t] += 1
    later = abs(answers(replaced) - before)[t].mean()
    # A warmer day t moves the answer of day t-k: that is the influence of day t+k on day t.
    strip = abs(answers(warmer) - before)[t - REACH : t + REACH + 1].mean(axis=1)[::-1]
    return float(later), tuple(strip.tolist())


def _gradient_error(
    rng: np.random.Generator, network: Network, readout: Array, X: Array, mood: Array
) -> float:
    """Relative error of back-propagation through time against central differences.

    The loss is the mean squared error over X (T, B), a function of the recurrent weights U of both
    halves. Its slope is taken along the gradient with a random direction added: the gradient keeps
    the slope away from 0, the random part sees an error that is orthogonal to it.
    """

    def miss(moved: Network) -> Array:
        return _states(moved, X) @ readout - mood

    def gradient(cell: RNN, way: int, w: Array) -> Array:
        dstates = (2 / mood.size) * miss(network)[..., None] * w
        return cell.backward(cell.forward(X[::way, :, None]), dstates=dstates[::way]).dU

    def loss(step: float) -> float:
        moved = [
            (RNN(c.W, c.U + step * d, c.b), way) for (c, way), d in zip(network, v, strict=True)
        ]
        return float(np.mean(miss(tuple(moved)) ** 2))

    shares = np.split(readout[:-1], len(network))
    g = np.array([gradient(*half, w) for half, w in zip(network, shares, strict=True)])
    u = rng.standard_normal(g.shape)
    v = g / np.linalg.norm(g) + u / np.linalg.norm(u)
    step = 1e-5
    difference = (loss(step) - loss(-step)) / (2 * step)
    return float(abs(np.sum(g * v) - difference) / abs(difference))
