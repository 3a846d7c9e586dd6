"""The tables of the journal, and how an older journal becomes a newer one.

``PRAGMA user_version`` is the number of migrations that a file has seen. A migration is added at
the end of the list and never edited: files out there have run it.
"""

from __future__ import annotations

# "quiz" in ASCII: says of an SQLite file that it is ours.
APPLICATION_ID = 0x7175697A

_FIRST = """
CREATE TABLE attempts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    bank TEXT NOT NULL,
    title TEXT NOT NULL,
    bank_digest TEXT NOT NULL,
    bank_file TEXT NOT NULL,
    seed INTEGER NOT NULL,
    policy TEXT NOT NULL,
    plan TEXT NOT NULL,
    origin TEXT NOT NULL,
    program TEXT NOT NULL,
    started TEXT NOT NULL
);
CREATE INDEX attempts_by_bank ON attempts (bank, id);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    n INTEGER NOT NULL,
    question TEXT NOT NULL,
    shown TEXT NOT NULL,
    chosen TEXT NOT NULL,
    guess INTEGER NOT NULL,
    flagged INTEGER NOT NULL,
    hints INTEGER NOT NULL,
    seconds REAL NOT NULL,
    rule TEXT NOT NULL,
    points TEXT NOT NULL,
    maximum TEXT NOT NULL,
    asked TEXT NOT NULL,
    digest TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (attempt, n)
);
CREATE INDEX answers_by_question ON answers (question, id);
CREATE TABLE steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    n INTEGER NOT NULL,
    did TEXT NOT NULL,
    question TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (attempt, n)
);
"""

MIGRATIONS = (_FIRST,)
