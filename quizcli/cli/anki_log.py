"""``journal import --from anki``: what was reviewed there, of the cards that notes are here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from quizcli.formats.anki_collection import UnreadableError, reviews_in
from quizcli.formats.ids import slug
from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import address, bank_of
from quizcli.report.codes import ExitCode, UserError
from quizcli.review.csv_log import LoggedReview
from quizcli.review.times import LONGEST
from quizcli.scheduling.memory import Rating

if TYPE_CHECKING:
    from collections.abc import Callable

    from quizcli.formats.anki_collection import AnkiReview
    from quizcli.review.banks import Banks

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class AnkiLog(NamedTuple):
    """The reviews, and the notes of which no bank has a card, by their GUIDs."""

    reviews: list[LoggedReview]
    unknown: tuple[str, ...]


def anki_log(
    data: bytes, file: str, banks: Banks, impossible: Callable[[LoggedReview], str]
) -> AnkiLog:
    """What was reviewed in Anki of the cards of some banks; ``impossible`` says what cannot be of a
    review, "" for nothing. Raises UserError."""
    try:
        reviews = reviews_in(data)
    except UnreadableError as error:
        raise UserError(f"{file}: {error} — {error.fix}", ExitCode.FAILED) from None
    if not any(review.rating for review in reviews):
        fix = "tick 'Include scheduling information' when you export it"
        raise UserError(f"{file}: the package contains no reviews — {fix}", ExitCode.FAILED)
    cards: dict[tuple[str, int], str] = {}
    rows: list[LoggedReview] = []
    for review in reviews:
        of = (review.guid, review.number)
        if of not in cards:
            cards[of] = _card(*of, banks)
        if cards[of]:
            rows.append(row := _row(cards[of], review, file))
            if what := impossible(row):
                raise UserError(f"{file}: a review of {row.card}: {what}", ExitCode.FAILED)
    unknown = dict.fromkeys(guid for (guid, _), card in cards.items() if not card)
    return AnkiLog(rows, tuple(unknown))


def _card(guid: str, number: int, banks: Banks) -> str:
    """The address of a card; "" where no bank has it. Notes that we exported are called by their
    address, and of those that we imported the id of the question was made of what they are called,
    and that of a gap of its number."""
    if number == 0 and guid in banks.cards(bank_of(guid)):
        return guid
    id = slug(guid)
    for bank in banks.ids():
        for gap in ("", f"c{number + 1}") if number == 0 else (f"c{number + 1}",):
            if address(bank, id, gap) in banks.cards(bank):
                return address(bank, id, gap)
    return ""


def _row(card: str, review: AnkiReview, file: str) -> LoggedReview:
    try:
        at = _BEGINNING + timedelta(milliseconds=review.at)
    except OverflowError:
        raise UserError(f"{file}: a review of {card} has no valid time") from None
    if not review.rating:
        return LoggedReview(card, None, at, did=FactKind.SUSPEND, chosen=None)
    milliseconds = min(max(review.milliseconds, 0), LONGEST)
    return LoggedReview(card, Rating(review.rating), at, milliseconds, chosen=None)
