"""The log as CSV: it comes back the same, and what is wrong with a file is said line by line."""

from __future__ import annotations

import csv
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcli.journal.facts import FactKind
from quizcli.quiz.cards import RETENTION_RANGE
from quizcli.report.cells import harmless
from quizcli.review.csv_log import COLUMNS, BadLog, LoggedReview, read_csv
from quizcli.scheduling.memory import Rating
from tests.support.review_logs import as_csv

AT = datetime(2026, 11, 24, 21, 40, 55, 123_000, tzinfo=UTC)
HEAD = "card,rating,time\r\n"
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(
    ["=1+1", "'=x", "''", "'", "'a", "-2", "@SUM(A1)", "a,b", 'a"b', "a\r\nb", "\tx", "\ufeffx"]
)


@st.composite
def logged(draw) -> LoggedReview:
    at = draw(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))
    zone = timezone(timedelta(minutes=draw(st.integers(-720, 840))))
    return LoggedReview(
        draw(texts),
        draw(st.sampled_from(list(Rating))),
        at.replace(microsecond=at.microsecond // 1000 * 1000, tzinfo=zone),
        draw(st.integers(0, 86_400_000)),
        draw(st.booleans()),
        retention=draw(st.none() | st.floats(*RETENTION_RANGE)),
        chosen=tuple(draw(st.lists(texts, max_size=3))),
        variables=draw(st.dictionaries(texts, texts, max_size=2)),
    )


@given(st.lists(logged()))
def test_what_was_exported_comes_back_the_same(reviews: list[LoggedReview]) -> None:
    assert list(read_csv(as_csv(reviews))) == reviews


@given(st.lists(logged(), min_size=1))
def test_another_reader_finds_the_cells_and_no_spreadsheet_a_formula(reviews) -> None:
    header, *rows = csv.reader(StringIO(as_csv(reviews), newline=""))
    assert tuple(header) == COLUMNS
    for row, review in zip(rows, reviews, strict=True):
        assert all(harmless(cell) == cell for cell in row)
        assert row[0].endswith(review.card)
        assert int(row[1]) == review.rating
        assert datetime.fromisoformat(row[2]) == review.time


def test_the_form_byte_for_byte() -> None:
    reviews = [
        LoggedReview("rnn/nan", Rating.GOOD, AT, 5120),
        LoggedReview(
            "=x", Rating.AGAIN, AT + timedelta(hours=1), 0, True,
            FactKind.REVIEW, 739944, 8131, 0.9, 36500, True, 6, ("a", "=ü"), {"n": "3"},
        ),
        LoggedReview("=x", None, AT + timedelta(hours=2), did=FactKind.SUSPEND, day=739944),
    ]  # fmt: skip
    assert as_csv(
        reviews,
        stability_before=[None, 2.3065, None],
        difficulty_before=[None, 2.5, None],
        stability=[2.3065, 0.1, None],
        difficulty=[2.118103970459016, 7.0, None],
    ) == (
        "card,rating,time,milliseconds,guess,"
        "stability_before,difficulty_before,stability,difficulty,"
        "did,day,seed,retention,maximum,fuzz,leech,chosen,variables\r\n"
        "rnn/nan,3,2026-11-24T21:40:55.123Z,5120,no,,,2.3065,2.118103970459016,review,,,,,,,,\r\n"
        "'=x,1,2026-11-24T22:40:55.123Z,0,yes,2.3065,2.5,0.1,7.0,review,739944,8131,0.9,36500,yes"
        """,6,"[""a"",""=ü""]","{""n"":""3""}"\r\n"""
        "'=x,,2026-11-24T23:40:55.123Z,0,no,,,,,suspend,739944,,,,,,,\r\n"
    )


def test_typed_answers_can_be_read_and_act_on_nothing() -> None:
    """Letters of any script stand as they are; what turns text round or is not seen does not."""
    given = ("दिल्ली", "東京", "zwei\u202edrei", "\x7f\x85\u2028")
    review = LoggedReview("rnn/nan", Rating.GOOD, AT, chosen=given, variables={"n": "três"})
    written = as_csv([review])
    assert "दिल्ली" in written
    assert "東京" in written
    assert "três" in written
    for escaped in ("\\u202e", "\\u007f", "\\u0085", "\\u2028"):
        assert escaped in written
    assert written.encode()
    assert read_csv(written) == (review,)


def test_only_three_columns_are_required_in_any_order() -> None:
    text = "\ufefftime, rating ,card\n2026-11-24T22:40:55.1239+01:00,3,rnn/nan\n\n"
    assert read_csv(text) == (LoggedReview("rnn/nan", Rating.GOOD, AT, chosen=None),)


def test_an_apostrophe_that_writing_did_not_put_there_stays() -> None:
    (review,) = read_csv(f"{HEAD}'tis,3,2026-01-01T00:00:00Z\n")
    assert review.card == "'tis"


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(BadLog) as caught:
        read_csv(text)
    return [tuple(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a/b,5,2026-01-01T00:00:00Z", "rating '5': 1 (again), 2 (hard), 3 (good) or 4 (easy)"),
        ("a/b,-1,2026-01-01T00:00:00Z", "rating '-1': 1 (again)"),
        ("a/b,3.0,2026-01-01T00:00:00Z", "rating '3.0': 1 (again)"),
        ("a/b,٣,2026-01-01T00:00:00Z", "rating '٣': 1 (again)"),
        ("a/b,,2026-01-01T00:00:00Z", "rating '': 1 (again)"),
        ("a/b,3,yesterday", "time 'yesterday': write it like 2026-11-24T21:40:55.123Z"),
        ("a/b,3,2026-13-01T00:00:00Z", "write it like"),
        ("a/b,3,0001-01-01T00:00:00+10:00", "write it like"),
        ("a/b,3,2026-01-01T00:00:00", "has no time zone: end it with Z if it is UTC"),
        (",3,2026-01-01T00:00:00Z", "a review needs a card: BANK/QUESTION"),
        ("a/b,3", "2 cells, where the first line names 3: is the line cut off"),
        ("a/b,3,2026-01-01T00:00:00Z,x", "4 cells, where the first line names 3"),
    ],
)
def test_a_bad_row_is_told_with_its_line(row: str, message: str) -> None:
    good = "a/b,3,2026-01-01T00:00:00Z"
    found = faults(f"{HEAD}{good}\r\n{row}\r\n{good}\r\n")
    assert [line for line, _ in found] == [3]
    assert message in found[0][1]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("milliseconds", "-3", "a whole number from 0 to 86400000"),
        ("milliseconds", "86400001", "a whole number"),
        ("milliseconds", "9" * 5000, "a whole number"),
        ("milliseconds", "1.5", "a whole number"),
        ("guess", "maybe", "guess 'maybe': yes or no"),
        ("retention", "0.4", "retention '0.4': a number from 0.5 to 0.99, or nothing"),
        ("retention", "0.995", "a number from 0.5 to 0.99, or nothing"),
        ("retention", "90", "a number from 0.5 to 0.99, or nothing"),
        ("maximum", "36501", "a whole number from 1 to 36500"),
        ("chosen", "a", "chosen 'a': texts as JSON, such as"),
        ("chosen", "[1]", "texts as JSON"),
        ("chosen", '"[""\\ud800""]"', "texts as JSON"),
        ("chosen", "[" * 90000, "texts as JSON"),
        ("variables", '"{""n"":3}"', "variables '{\"n\":3}': texts as JSON"),
    ],
)
def test_bad_optional_cells(column: str, cell: str, message: str) -> None:
    found = faults(f"card,rating,time,{column}\na,3,2026-01-01T00:00:00Z,{cell}\n")
    assert len(found) == 1
    assert message in found[0][1]
    assert len(found[0][1]) < 120


@pytest.mark.parametrize("states", ["3,5", "0,nan", "3,", ",much"])
def test_states_are_not_read(states: str) -> None:
    """They follow from the reviews, whatever a file says of them."""
    text = f"card,rating,time,stability,difficulty\na,3,2026-01-01T00:00:00Z,{states}\n"
    assert read_csv(text) == read_csv(f"{HEAD}a,3,2026-01-01T00:00:00Z\n")


def test_every_fault_is_told_and_lines_within_cells_are_counted() -> None:
    text = HEAD + '"a\r\nb",3,2026-01-01T00:00:00Z\r\na,9,never\r\n\r\nb,3,now\r\n'
    assert [line for line, _ in faults(text)] == [4, 4, 6]


def test_a_torn_last_line_gives_nothing() -> None:
    """Wherever the file is cut within its last line, even within the last number."""
    reviews = [LoggedReview("a/b", Rating.GOOD, AT, 5, retention=0.875)] * 2
    text = as_csv(reviews)
    for end in range(text.rindex("a/b,") + 1, len(text) - 1):
        line, message = faults(text[:end])[-1]
        assert line == 3
        assert "cut off" in message
    assert read_csv(text[:-1]) == tuple(reviews), "half a line break ends a line, too"


def test_an_open_quotation_mark_is_told_where_it_began() -> None:
    found = faults(f'{HEAD}a,3,2026-01-01T00:00:00Z\r\n"b,3,2026\r\nc,3,2026-01-01T00:00:00Z\r\n')
    assert found[0][0] == 3
    assert "is a quotation mark missing?" in found[0][1]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("card,ratng,time", "there is no column 'ratng': did you mean 'rating'?"),
        ("card,time", "the first line must name the columns rating"),
        ("a/b,3,2026-01-01T00:00:00Z", "must name the columns card, rating and time"),
        ("card,rating,time,rating", "the column 'rating' appears twice"),
        ("card;rating;time", "columns are separated by commas here"),
    ],
)
def test_a_bad_header(header: str, message: str) -> None:
    found = faults(f"{header}\na,3,2026-01-01T00:00:00Z\n")
    assert {line for line, _ in found} == {1}
    assert any(message in what for _, what in found)


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    assert "the file is empty; its first line is card,rating,time" in faults(text)[0][1]


def test_a_header_alone_is_an_empty_log() -> None:
    assert read_csv(as_csv([])) == ()


def test_a_flood_of_faults_is_told_shortly_and_kept_whole() -> None:
    with pytest.raises(BadLog) as caught:
        read_csv(HEAD + "a,9,2026-01-01T00:00:00Z\r\n" * 500)
    assert len(caught.value.faults) == 500
    assert str(caught.value).endswith("and 480 more faults")
    assert len(str(caught.value).splitlines()) == 21


def test_messages_carry_no_control_characters() -> None:
    assert "\x1b" not in str(faults(f"{HEAD}a,\x1b[2J,2026-01-01T00:00:00Z\n"))


@given(st.text() | st.text('a/b,"13=\n\r').map(HEAD.__add__))
def test_any_text_is_a_log_or_a_list_of_faults(text: str) -> None:
    with suppress(BadLog):
        assert all(isinstance(review, LoggedReview) for review in read_csv(text))


def test_a_time_without_a_zone_is_not_exported() -> None:
    with pytest.raises(ValueError, match="hand in UTC"):
        as_csv([LoggedReview("a/b", Rating.GOOD, AT.replace(tzinfo=None))])


@pytest.mark.parametrize("rating", ["\x1c3", "3\x1f", "\u0663", "3.0", "+3", ""])
def test_a_rating_is_a_digit(rating: str) -> None:
    """A control character beside it is stripped as a space is, or it is a fault: no traceback."""
    text = f"card,rating,time\nb/q,{rating},2026-11-24T22:40:55Z\n"
    if rating.strip() == "3":
        assert read_csv(text)[0].rating is Rating.GOOD
    else:
        with pytest.raises(BadLog, match="rating"):
            read_csv(text)
