"""What a value of each column may be, asked of every row as it is read.

The rule: a value that this program could not have written is not handed out. Each table is read
through a view of its name, which leaves such a row out and notes it; what is written names the
table itself, as ``main.answers``. A row is read as often as before, and costs what SQLite needs
for a few comparisons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizcli.journal.sql import undone
from quizcli.named_tuple import NamedTuple
from quizcli.quiz.cards import MAXIMUM_INTERVAL, RETENTION_RANGE
from quizcli.quiz.steps import StepKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

# Days are counted as date.toordinal does: those of the years 1970 to 2999, and what may follow. A
# clock whose battery is dead begins with 1970 in UTC, which west of it, before the hour at which a
# learning day begins, is two days earlier.
FIRST_DAY, LAST_DAY = 719_161, 1_200_000
LARGEST = 1.7976931348623157e308  # what is neither infinite nor none
_MOST = 2**53  # what JSON and spreadsheets hold exactly
TEXT = "typeof({0}) = 'text' AND length({0}) < 1000000"
NAME = "typeof({0}) = 'text' AND length({0}) BETWEEN 1 AND 1000"
_ANY_PATH = "typeof({0}) IN ('text', 'blob') AND length({0}) < 100000"
# UTC, as ``env.timestamp`` writes it, or without milliseconds. Days up to the 28th are in every
# month, and of the others SQLite is asked, which is slow.
_SECOND = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"
_TIME = (
    "typeof({0}) = 'text' AND CASE length({0}) "
    f"WHEN 24 THEN {{0}} GLOB '{_SECOND}.[0-9][0-9][0-9]Z' "
    f"WHEN 20 THEN {{0}} GLOB '{_SECOND}Z' ELSE FALSE END AND {{0}} >= '1970' "
    "AND substr({0}, 6, 2) BETWEEN '01' AND '12' AND substr({0}, 12, 2) < '24' "
    "AND CASE WHEN substr({0}, 9, 2) BETWEEN '01' AND '28' THEN TRUE "
    "ELSE strftime('%Y-%m-%d', {0}, '+0 days') = substr({0}, 1, 10) END"
)
_ARRAY = (
    "typeof({0}) = 'text' AND CASE WHEN json_valid({0}) THEN json_type({0}) = 'array' "
    "ELSE FALSE END"
)
# Of ids, in the order of the screen. As they are written each begins behind a comma, and then none
# has to be looked at by itself, which is slow.
_TEXTS = (
    "({0} = '[]' OR typeof({0}) = 'text' AND json_valid({0}) "
    "AND {0} GLOB '[[]\"*' AND {0} NOT GLOB '*,[^\"]*' "
    f"OR {_ARRAY} AND NOT EXISTS "
    "(SELECT 1 FROM json_each(CASE WHEN json_valid({0}) THEN {0} ELSE '[]' END) AS each "
    "WHERE each.type <> 'text'))"
)
_FACTS = (
    "({0} = '{{}}' OR typeof({0}) = 'text' AND CASE WHEN json_valid({0}) "
    "THEN json_type({0}) = 'object' ELSE FALSE END)"
)
# Points: a whole number, a fraction, or a number with a point.
_POINTS = (
    "typeof({0}) = 'text' AND length({0}) BETWEEN 1 AND 40 AND {0} NOT GLOB '*[^-0-9./]*' "
    "AND {0} GLOB '*[0-9]*' AND {0} NOT GLOB '?*-*' AND {0} NOT GLOB '*[./]*[./]*' "
    "AND {0} NOT GLOB '*/0*' AND {0} NOT GLOB '*[/.]' AND {0} NOT GLOB '[-./]' "
    "AND {0} NOT GLOB '[./]*' AND {0} NOT GLOB '-[./]*'"
)


def whole(least: int = 0, most: int = _MOST) -> str:
    """A whole number."""
    return f"typeof({{0}}) = 'integer' AND {{0}} BETWEEN {least} AND {most}"


def real(least: float, most: float) -> str:
    """A number, neither infinite nor none."""
    return f"typeof({{0}}) IN ('real', 'integer') AND {{0}} BETWEEN {least!r} AND {most!r}"


def one_of(*words: str) -> str:
    """One of some words."""
    return f"{{0}} IN ({', '.join(repr(str(word)) for word in words)})"


def unless(absent: str, check: str) -> str:
    """That; or nothing, in rows where ``absent`` holds."""
    return f"({{0}} IS NULL AND ({absent}) OR {check})"


_FLAG = whole(0, 1)
_DAY = whole(FIRST_DAY, LAST_DAY)
_NUMBER = whole(1)
_FIGURE = real(-LARGEST, LARGEST)

# Table -> the column that names a row, and what each column has to be.
COLUMNS: dict[str, tuple[str, dict[str, str]]] = {
    "attempts": (
        "id",
        {
            "uid": NAME, "bank": NAME, "title": TEXT, "bank_digest": TEXT, "bank_file": _ANY_PATH,
            "seed": whole(0, 2**63 - 1), "policy": _FACTS, "plan": _ARRAY, "origin": TEXT,
            "program": TEXT, "started": _TIME, "name": TEXT, "student": TEXT, "section": TEXT,
            "maxima": _FACTS, "act": unless("TRUE", _NUMBER), "draws": _FACTS,
        },
    ),
    "answers": (
        "id",
        {
            "attempt": _NUMBER, "n": whole(), "question": NAME, "shown": _TEXTS, "chosen": _TEXTS,
            "guess": _FLAG, "flagged": _FLAG, "hints": whole(0, 1000),
            "seconds": real(0, 1e9), "rule": NAME, "points": _POINTS,
            "maximum": f"{_POINTS} AND CAST({{0}} AS REAL) > 0", "asked": TEXT, "digest": TEXT,
            "at": _TIME,
        },
    ),
    "steps": (
        "id",
        {
            "attempt": _NUMBER, "n": whole(),
            "did": one_of(*(kind for kind in StepKind if kind is not StepKind.ANSWER)),
            "question": TEXT, "at": _TIME,
        },
    ),
    "card_log": (
        "id",
        {
            "uid": NAME, "card": NAME,
            "did": one_of("review", "rate", "undo", "suspend", "resume", "bury"), "at": _TIME,
            "day": _DAY, "rating": unless("did NOT IN ('review', 'rate')", whole(1, 4)),
            "milliseconds": whole(0, 10**12),
            "guess": _FLAG, "origin": TEXT, "seed": whole(0, 2**63 - 1), "shown": _TEXTS,
            "chosen": _TEXTS, "digest": TEXT, "retention": real(*RETENTION_RANGE),
            "maximum": whole(1, MAXIMUM_INTERVAL),
            "fuzz": _FLAG, "target": unless("did NOT IN ('undo', 'rate')", _NUMBER),
            "act": unless("TRUE", _NUMBER), "leech": whole(0, 100), "variables": _FACTS,
        },
    ),
    "bank_files": ("bank", {"bank": NAME, "file": _ANY_PATH, "at": _TIME}),
    "card_names": ("old", {"old": NAME, "new": NAME, "at": _TIME}),
    "cards": (
        "card",
        {
            "card": NAME, "bank": NAME, "stability": unless("NOT reviews", real(0.0001, 1e6)),
            "difficulty": unless("NOT reviews", real(1, 10)),
            "day": unless("NOT reviews", _DAY), "due": unless("NOT reviews", _DAY),
            "first": unless("NOT reviews", _DAY), "reviews": whole(),
            "lapses": whole(), "suspended": _FLAG,
            "buried": whole(0, LAST_DAY), "stale": _FLAG,
        },
    ),
    # Once their time was written in another form.
    "parameters": ("id", {"at": TEXT, "numbers": f"({_ARRAY} OR {{0}} = 'null')"}),
    "acts": (
        "id",
        {
            "uid": NAME, "did": one_of("import", "merge", "regrade", "undo"), "at": _TIME,
            # Of what kind an act is says its record: where a query asks for one kind, SQLite puts
            # that in the place of ``did`` in the check of every row.
            "reason": TEXT, "attempt": unless("TRUE", _NUMBER), "marks": _FACTS,
            "target": unless("TRUE", _NUMBER),
        },
    ),
    "predictions": (
        "id",
        {
            "uid": NAME, "experiment": NAME, "claim": _FACTS, "seed": whole(0, 2**63 - 1),
            "parameters": _FACTS, "predicted": _FIGURE, "measured": _FIGURE, "at": _TIME,
            "act": unless("TRUE", _NUMBER),
        },
    ),
}  # fmt: skip
# Rows that an act brought which was taken back since are left out as well, and not noted.
_STANDS = f"(act IS NULL OR act NOT IN ({undone('main.acts')}))"
BROUGHT = ("attempts", "card_log", "predictions")


class UnreadableRow(NamedTuple):
    """A row that was left out, and the first column of it that made no sense."""

    table: str
    id: str
    column: str

    def __str__(self) -> str:
        return f"{self.table} {self.id} ({self.column})"


def listen(connection: sqlite3.Connection, left_out: dict[UnreadableRow, None]) -> None:
    """Put each row that a view of this connection leaves out into ``left_out``."""

    def unreadable(table: str, id: object, column: str) -> int:
        name = id if isinstance(id, int | str) else repr(id)
        left_out[UnreadableRow(table, str(name)[:200], column)] = None
        return 0

    connection.create_function("unreadable", 3, unreadable)
    connection.create_function("decodes", 1, _decodes, deterministic=True)


def view(connection: sqlite3.Connection, table: str, *, decode: bool = False) -> None:
    """From now on this connection reads a table through its checks. With ``decode`` each text is
    decoded in the check as well, which is slow: for a file that is known to hold bytes that are
    none."""
    if decode:  # in place of the one that does not
        connection.execute(f"DROP VIEW IF EXISTS temp.{table}")
    connection.execute(
        f"CREATE TEMP VIEW IF NOT EXISTS {table} AS SELECT * FROM main.{table} "
        f"WHERE {readable(table, decode=decode)}"
    )


def readable(table: str, columns: Iterable[str] | None = None, *, decode: bool = False) -> str:
    """The condition for rows of a table all of whose columns, or some of them, make sense, and
    that notes the others; for reading very many rows of which little is needed."""
    name, checks = COLUMNS[table]
    form = "({}) AND decodes(CAST({} AS BLOB))" if decode else "({})"
    whens = " ".join(
        f"WHEN ({form.format(checks[column].format(column), column)}) IS NOT TRUE "
        f"THEN unreadable('{table}', CAST({name} AS {'INTEGER' if name == 'id' else 'TEXT'}), "
        f"'{column}')"
        for column in (checks if columns is None else columns)
    )
    stands = f" AND {_STANDS}" if table in BROUGHT else ""
    return f"CASE {whens} ELSE 1 END{stands}"


def _decodes(value: bytes | None) -> bool:
    try:
        (value or b"").decode()
    except UnicodeDecodeError:
        return False
    return True
