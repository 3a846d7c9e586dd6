"""Sixty days of one learner through the program, against the package that publishes the schedule.

The package is handed the same synthetic times, noon in UTC of each learning day; whatever the
learner's wall clock did, the cards that the program asks are those that the package says are due.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from fsrs import Card

from quizcli.scheduling.schedule import fuzz_range
from tests.scheduling.test_days import zone
from tests.support.fakes import FakeClock, environment
from tests.support.histories import new_card, noon, oracle, rated
from tests.support.learner import Reply, bank_text, run, shelve, sit_down

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

DAYS = 60
NEW = 3
CARDS = [f"q{i:02}" for i in range(20)]
SEVERAL = "q03 q11"


def moment(day: int, where: ZoneInfo, chance: Random) -> datetime:
    """When a session of this learning day begins: in the morning, in the evening, or past midnight
    before the day is over at four, also within the hour that daylight saving repeats."""
    hour = chance.choice((4, 9, 20, 20, 23, 24, 25, 26, 27))
    on = date.fromordinal(day + hour // 24)
    minute = chance.randint(0, 50)
    wall = datetime.combine(on, time(hour % 24, minute, fold=chance.randint(0, 1)), where)
    return wall.astimezone(UTC)


# A leech is told in the feedback, with the command that brings it back; it is none any more where
# another rating was given than the one proposed.
RATED_ANEW = re.compile(r"quizcli review --resume \S+\nRating \([^\n]*\): \d?\n\w+: it comes back")


class Simulation:
    """A learner, the program, and the package beside it. ``due`` is the first and the last day on
    which a card may be due by the package's interval."""

    def __init__(self, root: Path, where: ZoneInfo, first: date, *, fuzz: bool, seed: int) -> None:
        self.root, self.zone, self.fuzz = root, where, fuzz
        self.chance = Random(seed)
        self.first = first.toordinal()
        self.peer = oracle()
        self.cards: dict[str, Card] = {}
        self.due: dict[str, tuple[int, int]] = {}
        self.shown: dict[str, int] = {}  # the due days that the program tells
        self.happened: Counter[str] = Counter()
        self.lapses: Counter[str] = Counter()
        shelve(root, bank_text(CARDS, several=SEVERAL))
        for name, value in (("new-per-day", str(NEW)), ("fuzz", "on" if fuzz else "off")):
            run(environment(root), "config", "set", name, value)

    def decide(self, card: str) -> Reply:
        """Right, wrong, half right, a lucky guess, another rating than the one proposed."""
        right = "a,b" if card in SEVERAL.split() else "a"
        what = self.chance.choices(
            ["right", "wrong", "half", "guess", "overridden"], [60, 15, 5, 8, 12]
        )[0]
        self.happened[what] += 1
        match what:
            case "wrong":
                return Reply("c")
            case "half":
                return Reply("a" if card in SEVERAL.split() else "d")
            case "guess":
                return Reply(f"{right}?")
            case "overridden":
                return Reply(self.chance.choice((right, "d")), self.chance.choice("1234"))
        return Reply(right)

    def day(self, day: int) -> None:
        """One session, and what the package says of it."""
        clock = FakeClock(moment(day, self.zone, self.chance))
        if self.fuzz:
            due = {card for card, on in self.shown.items() if on <= day}
        else:
            due = {card for card, (on, _) in self.due.items() if on <= day}
        fresh = [card for card in CARDS if card not in self.cards][:NEW]
        learner = sit_down(self.root, clock, self.decide, zone=self.zone)
        asked = [(each.card, each.rating) for each in learner.reviewed if not each.practice]
        again = [each.card for each in learner.reviewed if each.practice]
        assert sorted(card for card, _ in asked) == sorted(due | set(fresh)), date.fromordinal(day)
        assert [card for card, _ in asked][len(due) :] == fresh
        # What failed is asked once more at the end, and that is no review.
        leeches = self.leeches(asked)
        failed = [card for card, rating in asked if rating == 1]
        assert again == [card for card in failed if card not in leeches]
        said = learner.out.getvalue()
        told = said.count("and suspended.") - len(RATED_ANEW.findall(said))
        assert told == len(leeches)
        assert [each.practice for each in learner.reviewed] == sorted(
            each.practice for each in learner.reviewed
        )
        for card, rating in asked:
            self.cards[card] = rated(self.peer, self.cards.get(card, new_card()), rating, noon(day))
            interval = (self.cards[card].due - noon(day)).days
            low, high = fuzz_range(interval) if self.fuzz else (interval, interval)
            self.due[card] = day + low, day + high
        self.compare(clock, leeches)

    def leeches(self, asked: list[tuple[str, int]]) -> set[str]:
        """The cards that this session failed for the eighth, twelfth, sixteenth time."""
        failed = [card for card, rating in asked if rating == 1 and card in self.cards]
        self.lapses.update(failed)
        return {card for card in failed if self.lapses[card] in {8, 12, 16, 20, 24}}

    def compare(self, clock: FakeClock, leeches: set[str]) -> None:
        """The states that the program lists are the package's; leeches are brought back."""
        env = environment(self.root, clock=clock)._replace(zone=self.zone)
        queue = json.loads(run(env, "review", "b", "--queue", "--json"))["cards"]
        known = {each["card"].removeprefix("b/"): each for each in queue if each["reviews"]}
        assert known.keys() == self.cards.keys()
        for card, each in known.items():
            state = self.cards[card]
            assert each["stability"] == pytest.approx(state.stability, rel=1e-9)
            assert each["difficulty"] == pytest.approx(state.difficulty, rel=1e-9)
            low, high = self.due[card]
            self.shown[card] = date.fromisoformat(each["due"]).toordinal()
            assert low <= self.shown[card] <= high
            assert each["lapses"] == self.lapses[card]
            assert (each["state"] == "leech") == (card in leeches)
        for card in leeches:
            resumed = environment(self.root, clock=clock)._replace(zone=self.zone)
            run(resumed, "review", "--resume", f"b/{card}")

    def live(self) -> None:
        """Sixty days, one in six of them without a session."""
        for day in range(self.first, self.first + DAYS):
            if self.chance.random() < 1 / 6:
                continue
            self.day(day)
        assert len(self.cards) == len(CARDS)
        assert min(self.happened.values()) > 3
        assert len(self.happened) == 5

    def rebuilt(self) -> None:
        """Deriving everything anew finds every state as it was."""
        env = environment(self.root)._replace(zone=self.zone)
        found = json.loads(run(env, "journal", "rebuild", "--json"))
        assert (found["equal"], found["differed"], found["cards"]) == (True, [], len(CARDS))


# The sixty days hold the change to or from daylight saving; Lord Howe's is of half an hour.
SPANS = [
    ("Europe/Berlin", date(2026, 9, 1)),
    ("America/New_York", date(2026, 2, 1)),
    ("Australia/Lord_Howe", date(2026, 8, 30)),
]


@pytest.mark.parametrize(("name", "first"), SPANS)
def test_cards_come_on_the_days_that_the_package_predicts(
    tmp_path: Path, name: str, first: date
) -> None:
    """Fuzz off: exactly on the day, or on the next day on which there was a session."""
    where = zone(name)
    begun, ended = (
        datetime.combine(day, time(12), where).utcoffset()
        for day in (first, first + timedelta(days=DAYS))
    )
    assert begun != ended
    simulation = Simulation(tmp_path, where, first, fuzz=False, seed=len(name))
    simulation.live()
    simulation.rebuilt()


def test_fuzz_keeps_within_its_range(tmp_path: Path) -> None:
    """Fuzz on: within the published range around the package's interval, and not always on it."""
    simulation = Simulation(tmp_path, zone(SPANS[0][0]), SPANS[0][1], fuzz=True, seed=5)
    simulation.live()
    simulation.rebuilt()
    assert any(
        simulation.shown[card] != (simulation.cards[card].due.date().toordinal()) for card in CARDS
    )


def test_a_second_session_of_the_day_has_nothing_left(tmp_path: Path) -> None:
    """Past midnight it is still the evening, and at four it is tomorrow."""
    where = zone("Europe/Berlin")
    shelve(tmp_path, bank_text(CARDS[:2]))
    begun = datetime(2026, 10, 24, 20, tzinfo=where)
    good = Reply("a")
    assert len(sit_down(tmp_path, FakeClock(begun), lambda _: good, zone=where).reviewed) == 2
    # To 4:00 on the 26th these are 33 hours, since the clock goes back in between.
    for hours, due in ((7.9, 0), (24, 0), (32.98, 0), (33.1, 2)):
        at = FakeClock(begun.astimezone(UTC) + timedelta(hours=hours))
        assert len(sit_down(tmp_path, at, lambda _: good, zone=where).reviewed) == due
