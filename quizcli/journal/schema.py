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

# What happened to cards: one row a fact, never changed. ``did`` is a review, another rating of one
# (``target``), an undo of a fact (``target``), or a mark: suspend, resume, bury.
# ``cards`` is derived from it, and ``stale`` says that it has not been derived again yet. What is
# due is counted and sorted before each card, so an index holds all that this needs to see.
_CARDS = """
CREATE TABLE card_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    card TEXT NOT NULL,
    did TEXT NOT NULL,
    at TEXT NOT NULL,
    day INTEGER NOT NULL,
    rating INTEGER,
    milliseconds INTEGER NOT NULL DEFAULT 0,
    guess INTEGER NOT NULL DEFAULT 0,
    origin TEXT NOT NULL DEFAULT '',
    seed INTEGER NOT NULL DEFAULT 0,
    shown TEXT NOT NULL DEFAULT '[]',
    chosen TEXT NOT NULL DEFAULT '[]',
    digest TEXT NOT NULL DEFAULT '',
    retention REAL NOT NULL DEFAULT 0.9,
    maximum INTEGER NOT NULL DEFAULT 36500,
    fuzz INTEGER NOT NULL DEFAULT 1,
    target INTEGER REFERENCES card_log (id)
);
CREATE INDEX card_log_by_card ON card_log (card, id);
CREATE INDEX card_log_undoable ON card_log (id)
    WHERE did NOT IN ('undo', 'rate') AND origin <> 'import';
CREATE INDEX card_log_by_target ON card_log (target) WHERE target IS NOT NULL;
CREATE TABLE card_names (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE cards (
    card TEXT PRIMARY KEY,
    bank TEXT NOT NULL,
    stability REAL,
    difficulty REAL,
    day INTEGER,
    due INTEGER,
    first INTEGER,
    reviews INTEGER NOT NULL DEFAULT 0,
    lapses INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0,
    buried INTEGER NOT NULL DEFAULT 0,
    stale INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX cards_by_due ON cards (bank, due, suspended, buried, stability, day);
CREATE INDEX cards_by_first ON cards (first);
CREATE INDEX cards_gaps ON cards (day) WHERE instr(card, '#');
CREATE INDEX cards_stale ON cards (card) WHERE stale;
CREATE TABLE parameters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    numbers TEXT NOT NULL
);
"""

# Who took an attempt, what its questions were worth then, and what was done to the journal as a
# whole: ``did`` is an import, a merge, a regrade of an attempt, or an undo of an act (``target``).
# What an act brought has its number in ``act``. And where a bank lies that is not on the shelf.
_ACTS = """
CREATE TABLE acts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    did TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    attempt INTEGER REFERENCES attempts (id),
    marks TEXT NOT NULL DEFAULT '{}',
    target INTEGER REFERENCES acts (id)
);
ALTER TABLE attempts ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN student TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE attempts ADD COLUMN maxima TEXT NOT NULL DEFAULT '{}';
ALTER TABLE attempts ADD COLUMN act INTEGER REFERENCES acts (id);
ALTER TABLE card_log ADD COLUMN act INTEGER REFERENCES acts (id);
CREATE TABLE bank_files (
    bank TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX card_log_by_act ON card_log (act) WHERE act IS NOT NULL;
"""

# The lapses at which a review put its card aside, once eight for everybody; and the values that the
# variables of a question had: of an attempt by question, and of each review.
_DRAWS = """
ALTER TABLE card_log ADD COLUMN leech INTEGER NOT NULL DEFAULT 8;
ALTER TABLE card_log ADD COLUMN variables TEXT NOT NULL DEFAULT '{}';
ALTER TABLE attempts ADD COLUMN draws TEXT NOT NULL DEFAULT '{}';
"""

# Siblings are no longer known by their address alone.
_DAYS = """
DROP INDEX cards_gaps;
CREATE INDEX cards_by_day ON cards (day);
"""

# What was expected of the figure of a claim, before it was measured.
_PREDICTIONS = """
CREATE TABLE predictions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    experiment TEXT NOT NULL,
    claim TEXT NOT NULL,
    seed INTEGER NOT NULL,
    parameters TEXT NOT NULL,
    predicted REAL NOT NULL,
    measured REAL NOT NULL,
    at TEXT NOT NULL,
    act INTEGER REFERENCES acts (id)
);
"""

MIGRATIONS = (_FIRST, _CARDS, _ACTS, _DRAWS, _DAYS, _PREDICTIONS)
