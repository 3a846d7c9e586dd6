"""Facts and states: whatever happens in whatever order, a state is what its facts amount to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from quizcli.journal.acts import Act, ActKind, ActTable
from quizcli.journal.attempts import Journal
from quizcli.journal.card_states import CardRow
from quizcli.journal.reviews import Fact, FactKind
from quizcli.review.card_states import (
    CardStates,
    ConcurrentReview,
    RecordedReview,
)
from quizcli.review.csv_log import LoggedReview
from quizcli.review.deriving import derived
from quizcli.review.exchange import imported
from quizcli.review.facts import ReviewInput, SchedulerSettings
from quizcli.scheduling.memory import Rating
from quizcli.scheduling.schedule import Schedule
from tests.support.damage import selected
from tests.support.fakes import FakeClock, environment, quick_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGINAL = ("a/q0", "a/q1", "a/t#one", "a/t#two")
RATINGS = st.sampled_from(list(Rating))
WINDOWS = st.integers(0, 1)


class Event(NamedTuple):
    """What happened, as a test remembers it; ``id`` is the number of the fact."""

    id: int
    card: str
    did: FactKind
    at: str
    day: int
    rating: Rating = Rating.GOOD
    imported: bool = False


def window(root: Path, clock: FakeClock, journal: Journal | None = None) -> CardStates:
    """A program with the journal open; fuzz differs from window to window."""
    return CardStates(
        environment(root, clock=clock), journal or quick_journal(root), SchedulerSettings(), seed=7
    )


def table(ledger: CardStates) -> list[tuple]:
    """All facts as they lie in the file."""
    return selected(ledger.log, "SELECT * FROM card_log ORDER BY id")


class Histories(RuleBasedStateMachine):
    """Two windows over one journal, and a plain list of what happened."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        root = Path(self.folder.name)
        self.clock = FakeClock()
        self.windows = [window(root, self.clock), window(root, self.clock)]
        self.events: list[Event] = []
        self.names = {card: card for card in ORIGINAL}
        self.held: list[tuple[CardRow, tuple] | None] = [None, None]
        self.kept: list[tuple[RecordedReview, int] | None] = [None, None]
        self.written: list[tuple] = []

    def teardown(self) -> None:
        for ledger in self.windows:
            ledger.log.journal.close()
        self.folder.cleanup()

    # What the list says -----------------------------------------------------------------------

    def expected(self, card: str) -> CardRow | None:
        """The state of a card, told from the list with nothing but the schedule's steps."""
        mine = [event for event in self.events if event.card == card]
        if any(event.imported for event in mine):
            mine.sort(key=lambda event: (event.at, event.id))
        row, memory = CardRow(card, "a"), None
        for event in mine:
            if event.did is FactKind.REVIEW:
                lapsed = memory is not None and event.rating is Rating.AGAIN
                memory = Schedule(fuzz=False).review(memory, event.rating, event.day)
                lapses = row.lapses + lapsed
                row = row._replace(
                    stability=memory.stability,
                    difficulty=memory.difficulty,
                    day=memory.day,
                    first=event.day if row.first is None else row.first,
                    reviews=row.reviews + 1,
                    lapses=lapses,
                    suspended=row.suspended or (lapsed and lapses >= 8 and lapses % 4 == 0),
                )
            elif event.did is FactKind.BURY:
                row = row._replace(buried=event.day)
            elif event.did is FactKind.SUSPEND:
                row = row._replace(suspended=True)
            else:
                row = row._replace(suspended=False, buried=0)
        return row if mine else None

    def known(self, card: str) -> tuple:
        """What a review depends on."""
        row = self.expected(card) or CardRow(card, "a")
        return row[2:5] + row[6:7]

    def log(
        self, ledger: CardStates, card: str, did: FactKind, rating: Rating = Rating.GOOD, **more
    ) -> int:
        """Remember the fact that was just written."""
        ((id, at),) = selected(ledger.log, "SELECT id, at FROM card_log ORDER BY id DESC LIMIT 1")
        self.events.append(Event(id, card, did, at, ledger.today, rating, **more))
        return id

    # What happens -----------------------------------------------------------------------------

    @rule(hours=st.one_of(st.integers(0, 30), st.integers(24, 2000), st.integers(-50, 0)))
    def time_passes(self, hours: int) -> None:
        """Also backwards, and not at all."""
        self.clock.tick(hours * 3600)

    @rule(w=WINDOWS, card=st.sampled_from(ORIGINAL))
    def draw(self, w: int, card: str) -> None:
        """A window turns to a card; another may do more with it before this one is answered."""
        ledger = self.windows[w]
        ledger.refresh()
        self.held[w] = ledger.row(self.names[card]), self.known(self.names[card])

    @precondition(lambda self: any(self.held))
    @rule(w=WINDOWS, rating=RATINGS)
    def answer(self, w: int, rating: Rating) -> None:
        """Counted, unless the card was reviewed elsewhere since it was drawn."""
        if self.held[w] is None:
            return
        row, known = self.held[w]
        self.held[w] = None
        card = self.windows[w].log.name(row.card)
        try:
            kept = self.windows[w].record(row, ReviewInput(rating), 0.9)
        except ConcurrentReview:
            assert known != self.known(card)
            return
        assert known == self.known(card)
        self.kept[w] = kept, self.log(self.windows[w], card, FactKind.REVIEW, rating)

    @precondition(lambda self: any(self.kept))
    @rule(w=WINDOWS, rating=RATINGS)
    def rate(self, w: int, rating: Rating) -> None:
        """Another rating; of a review that was undone meanwhile it means nothing."""
        if self.kept[w] is None:
            return
        kept, id = self.kept[w]
        self.windows[w].rate(kept, rating)
        self.events = [
            event._replace(rating=rating) if event.id == id else event for event in self.events
        ]

    @rule(w=WINDOWS, card=st.sampled_from(ORIGINAL), rating=RATINGS)
    def fail_or_pass_at_once(self, w: int, card: str, rating: Rating) -> None:
        """Drawn and answered."""
        self.draw(w, card)
        self.answer(w, rating)

    @rule(w=WINDOWS, card=st.sampled_from(ORIGINAL), times=st.integers(6, 13))
    def fail_again_and_again(self, w: int, card: str, times: int) -> None:
        """What makes a leech."""
        for _ in range(times):
            self.clock.tick(86400)
            self.fail_or_pass_at_once(w, card, Rating.AGAIN)

    @rule(
        w=WINDOWS,
        card=st.sampled_from(ORIGINAL),
        did=st.sampled_from([FactKind.SUSPEND, FactKind.RESUME, FactKind.BURY]),
    )
    def put_aside(self, w: int, card: str, did: FactKind) -> None:
        """Suspended, brought back, put off."""
        self.windows[w].mark(self.names[card], did)
        self.log(self.windows[w], self.names[card], did)

    @rule(w=WINDOWS, card=st.sampled_from(ORIGINAL), rating=RATINGS)
    def quiz(self, w: int, card: str, rating: Rating) -> None:
        """A quiz writes facts and leaves the states for later."""
        ledger, name = self.windows[w], self.names[card]
        fact = ledger._fact(name, FactKind.REVIEW, rating=int(rating), origin="take")
        ledger.log.journal.in_one(
            lambda: (ledger.log.insert([fact]), ledger.log.mark_stale([name]))
        )
        self.log(ledger, name, FactKind.REVIEW, rating)

    @rule(w=WINDOWS, times=st.integers(1, 10))
    def undo(self, w: int, times: int) -> None:
        """The latest that can be taken back, and says so."""
        for _ in range(times):
            can = [event for event in self.events if not event.imported]
            undone = self.windows[w].undo()
            if not can:
                assert undone is None
                return
            assert undone is not None
            assert (undone.id, undone.card, undone.did) == (can[-1].id, can[-1].card, can[-1].did)
            self.events.remove(can[-1])

    @rule(w=WINDOWS, card=st.sampled_from(ORIGINAL), n=st.integers(0, 2))
    def rename(self, w: int, card: str, n: int) -> None:
        """A question gets another id, or one that it had before; gaps go with their note."""
        note = card.partition("#")[0]
        new = f"{note}-{n}" if n else note
        former = {f"{note}-1", f"{note}-2", note} - {new}
        self.windows[w].renamed(dict.fromkeys(sorted(former), new))
        for original, name in self.names.items():
            if original.partition("#")[0] == note:
                to = new + original.removeprefix(note)
                self.names[original] = to
                self.events = [e._replace(card=to) if e.card == name else e for e in self.events]
        for w, held in enumerate(self.held):
            # A card that nothing is known of has no former name: it is drawn anew.
            if held is not None and held[0].reviews == 0:
                self.held[w] = None

    @rule(
        w=WINDOWS,
        card=st.sampled_from(ORIGINAL),
        ratings=st.lists(RATINGS, min_size=1, max_size=3),
        hours=st.integers(-200, 50),
    )
    def bring_in(self, w: int, card: str, ratings: list[Rating], hours: int) -> None:
        """A log from elsewhere, under a former name where there is one, also of times to come, also
        of one millisecond; the second time it adds nothing."""
        ledger, name = self.windows[w], self.names[card]
        at = self.clock.now() + timedelta(hours=hours)
        former = next((old for old, new in ledger.log.renames().items() if new == name), name)
        reviews = [LoggedReview(former, rating, at) for rating in ratings]
        has = self.at_a_moment(ledger, name, at)
        found = imported(ledger, reviews)
        assert found.added == max(0, len(ratings) - has)
        rows = selected(ledger.log, "SELECT id, at, day, rating FROM card_log ORDER BY id DESC")
        for id, when, day, rating in reversed(rows[: found.added]):
            self.events.append(Event(id, name, FactKind.REVIEW, when, day, Rating(rating), True))
        assert imported(ledger, reviews).added == 0

    def at_a_moment(self, ledger: CardStates, card: str, at) -> int:
        text = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        rows = selected(
            ledger.log, "SELECT card FROM card_log WHERE did = 'review' AND at = ?", (text,)
        )
        return sum(ledger.log.name(name) == card for (name,) in rows)

    # What always holds ------------------------------------------------------------------------

    @invariant()
    def nothing_is_changed_or_deleted(self) -> None:
        """The log only grows."""
        now = table(self.windows[0])
        assert now[: len(self.written)] == self.written
        self.written = now

    @invariant()
    def states_are_what_the_facts_say(self) -> None:
        """The row kept, the row derived, the row rebuilt, the row told from the list."""
        ledger = self.windows[1]
        ledger.refresh()
        kept = {row.card: row for row in ledger.log.rows()}
        for card in self.names.values():
            expected = self.expected(card)
            assert (card in kept) == (expected is not None)
            if expected is not None:
                row = kept.pop(card)
                facts = ledger.log.facts(card)
                assert row == derived(card, facts)
                assert row._replace(due=None) == expected
        assert kept == {}
        assert ledger.rebuild().differed == ()


Histories.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestHistories = Histories.TestCase


# What the histories above found, told one by one.


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[CardStates]:
    """The cards of an empty journal."""
    made = window(tmp_path, FakeClock())
    yield made
    made.log.journal.close()


def tick(ledger: CardStates, hours: float) -> None:
    """Let time pass, or go back."""
    ledger.env.clock.tick(hours * 3600)  # type: ignore[attr-defined]


def review(ledger: CardStates, card: str, rating: Rating = Rating.GOOD) -> RecordedReview:
    """Drawn and answered."""
    return ledger.record(ledger.row(card), ReviewInput(rating), 0.9)


def sound(ledger: CardStates) -> bool:
    """Whether every state is what its facts say, derived one by one and all at once."""
    ledger.refresh()
    rows = ledger.log.rows()
    return all(row == derived(row.card, ledger.log.facts(row.card)) for row in rows) and (
        ledger.rebuild().differed == ()
    )


def test_a_review_before_one_that_was_imported_takes_its_place(ledger: CardStates) -> None:
    """Another machine's clock ran ahead: in the order of times ours comes before."""
    at = ledger.env.clock.now()
    logged = [
        LoggedReview("a/q0", Rating.AGAIN, at - timedelta(days=9)),
        LoggedReview("a/q0", Rating.EASY, at + timedelta(days=4)),
    ]
    imported(ledger, logged)
    kept = review(ledger, "a/q0", Rating.HARD)
    assert kept.after.day == ledger.today + 4
    assert kept.after.reviews == 3
    assert sound(ledger)


def test_a_clock_set_back_over_an_imported_log(ledger: CardStates) -> None:
    imported(ledger, [LoggedReview("a/q0", Rating.GOOD, ledger.env.clock.now())])
    for hours in (50, -30, 0):
        tick(ledger, hours)
        review(ledger, "a/q0", Rating.AGAIN)
    assert sound(ledger)


def test_renamed_and_renamed_back(ledger: CardStates) -> None:
    """Nothing happened in between, or something did: the history goes along."""
    review(ledger, "a/t#one")
    ledger.renamed({"a/t": "a/s"})
    assert ledger.row("a/s#one").reviews == 1
    assert ledger.log.row("a/t#one") is None
    ledger.renamed({"a/s": "a/t"})
    assert ledger.row("a/t#one").reviews == 1
    ledger.renamed({"a/t": "a/s"})
    review(ledger, "a/s#one")
    ledger.renamed({"a/s": "a/r", "a/t": "a/r"})
    assert ledger.row("a/r#one").reviews == 2
    assert [row.card for row in ledger.log.rows()] == ["a/r#one"]
    assert sound(ledger)


def test_renamed_twice_with_nothing_in_between(ledger: CardStates) -> None:
    """The name in the middle keeps no state."""
    review(ledger, "a/q0")
    ledger.renamed({"a/q0": "a/q1"})
    ledger.renamed({"a/q0": "a/q2", "a/q1": "a/q2"})
    assert [row.card for row in ledger.log.rows()] == ["a/q2"]
    assert sound(ledger)


def test_undone_under_its_new_name(ledger: CardStates) -> None:
    """The fact is older than the name."""
    review(ledger, "a/q0")
    before = ledger.row("a/q0")
    tick(ledger, 60)
    review(ledger, "a/q0", Rating.EASY)
    ledger.renamed({"a/q0": "a/new"})
    undone = ledger.undo()
    assert undone is not None
    assert undone.card == "a/new"
    assert ledger.row("a/new") == before._replace(card="a/new", due=ledger.row("a/new").due)
    assert sound(ledger)
    assert ledger.undo() is not None
    assert ledger.log.rows() == []


def test_a_rating_of_a_review_that_was_undone_elsewhere(ledger: CardStates) -> None:
    """It means nothing, and leaves no state behind."""
    kept = review(ledger, "a/q0")
    ledger.undo()
    assert ledger.rate(kept, Rating.EASY).after.reviews == 0
    assert ledger.log.rows() == []
    assert sound(ledger)


def test_a_card_that_a_quiz_has_asked_meanwhile(ledger: CardStates) -> None:
    """Its state waits to be derived; an answer to the card as it was drawn before is too late."""
    row = ledger.row("a/q0")
    fact = Fact("u", "a/q0", FactKind.REVIEW, "2026-11-19T14:05:00.000Z", ledger.today, rating=1)
    ledger.log.journal.in_one(lambda: (ledger.log.insert([fact]), ledger.log.mark_stale(["a/q0"])))
    with pytest.raises(ConcurrentReview):
        ledger.record(row, ReviewInput(Rating.GOOD), 0.9)
    ledger.refresh()
    assert ledger.row("a/q0").reviews == 1


def test_a_card_suspended_elsewhere_stays_so(ledger: CardStates) -> None:
    """Its answer counts."""
    row = ledger.row("a/q0")
    ledger.mark("a/q0", FactKind.SUSPEND)
    kept = ledger.record(row, ReviewInput(Rating.GOOD), 0.9)
    assert kept.after.suspended
    assert not kept.leech
    assert sound(ledger)


def test_undone_and_reviewed_again_elsewhere(ledger: CardStates) -> None:
    """As many reviews as when it was drawn, and yet other ones."""
    review(ledger, "a/q0")
    row = ledger.row("a/q0")
    ledger.undo()
    review(ledger, "a/q0", Rating.EASY)
    with pytest.raises(ConcurrentReview):
        ledger.record(row, ReviewInput(Rating.GOOD), 0.9)


@pytest.mark.parametrize("many", [0, 200])
def test_parameters_learned_in_another_window(
    tmp_path: Path, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes next reckons with them; states are derived anew before they are next read,
    one by one or, where there are many, at once."""
    monkeypatch.setattr("quizcli.review.card_states.MANY", many)
    clock = FakeClock()
    one, other = window(tmp_path, clock), window(tmp_path, clock)
    review(one, "a/q0", Rating.AGAIN)
    learned = (0.5, *one.parameters[1:])
    other.log.learn(learned, "2026-11-19T14:05:00Z")
    one.refresh()
    assert one.parameters == learned
    assert one.row("a/q0").stability == 0.5
    review(one, "a/q1", Rating.AGAIN)
    assert one.row("a/q1").stability == 0.5
    assert one.rebuild().differed == ()
    for each in (one, other):
        each.log.journal.close()


def test_a_killed_fit_leaves_nothing_underived(ledger: CardStates) -> None:
    """Parameters are written with all states marked; a start finds them and derives."""
    for card in ORIGINAL:
        review(ledger, card)
    before = ledger.log.rows()
    ledger.log.learn((*ledger.parameters[:2], 3.0, *ledger.parameters[3:]), "2026-11-19T14:05:00Z")
    assert len(ledger.log.stale()) == len(ORIGINAL)
    ledger.refresh()
    assert [row.stability for row in ledger.log.rows()] == [3.0] * len(ORIGINAL)
    assert ledger.log.rows() != before
    assert ledger.rebuild().differed == ()


@pytest.mark.parametrize("brought", ["an undo", "a review and its undo", "a rating", "a bury"])
def test_what_a_merge_brought_orders_a_card_by_time_where_it_counts(
    ledger: CardStates, brought: str
) -> None:
    """One by one and all at once; the clock had been set back before."""
    for hours in (0, -30, 50):
        tick(ledger, hours)
        review(ledger, "a/q0", Rating.AGAIN if hours < 0 else Rating.GOOD)
    at, day, log = "2026-12-24T10:00:00.000Z", ledger.today, ledger.log
    kinds = {"a rating": FactKind.RATE, "a bury": FactKind.BURY, "an undo": FactKind.UNDO}

    def merge() -> None:
        act = ActTable(log.journal).insert(Act("merge", ActKind.MERGE, at))
        fact = Fact("u", "a/q0", FactKind.UNDO, at, day, act=act, target=3)
        if brought in kinds:
            rating = 1 if brought == "a rating" else None
            log.insert([fact._replace(did=kinds[brought], rating=rating)])
        else:
            review = fact._replace(uid="r", did=FactKind.REVIEW, rating=1, target=None)
            log.insert([fact._replace(target=log.insert([review]))])
        log.mark_stale(["a/q0"])

    log.journal.in_one(merge)
    assert sound(ledger)
