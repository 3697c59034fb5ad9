"""The tables of the index."""

from __future__ import annotations

import contextlib
import functools
import sqlite3

VERSION = 6
SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE changes(count INTEGER NOT NULL);
INSERT INTO changes VALUES (0);
CREATE TABLE boards(
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, also TEXT NOT NULL,
    client_safe INTEGER NOT NULL, rank REAL, budget_usd REAL NOT NULL, budget_is_monthly INTEGER NOT NULL,
    seen TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE arranged(
    id TEXT PRIMARY KEY, board_id TEXT NOT NULL, position INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE pictures(
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, board_id TEXT NOT NULL,
    sha256 TEXT NOT NULL, title TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
    width_px INTEGER NOT NULL, height_px INTEGER NOT NULL, media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, made_ms INTEGER NOT NULL, job_id TEXT NOT NULL, press_id TEXT NOT NULL,
    press_index INTEGER NOT NULL, set_index INTEGER NOT NULL, set_count INTEGER NOT NULL,
    rating INTEGER NOT NULL, rejected INTEGER NOT NULL, number INTEGER NOT NULL,
    trash_id TEXT NOT NULL, trashed_ms INTEGER NOT NULL, placed_ms INTEGER NOT NULL,
    file_mtime_ns INTEGER NOT NULL, record_mtime_ns INTEGER NOT NULL, record_size INTEGER NOT NULL,
    name_key TEXT NOT NULL
);
CREATE INDEX pictures_by_time ON pictures(
    placed_ms DESC, press_index, set_index, id, trash_id, rejected, rating
) WHERE trash_id = '';
CREATE INDEX pictures_by_board ON pictures(board_id, placed_ms DESC, press_index, set_index, id, trash_id)
    WHERE trash_id = '';
CREATE INDEX pictures_rated ON pictures(placed_ms DESC, press_index, set_index, id, trash_id, rating)
    WHERE trash_id = '' AND rating > 0;
CREATE INDEX pictures_by_name ON pictures(name_key, id, trash_id) WHERE trash_id = '';
CREATE INDEX pictures_rejected ON pictures(rejected) WHERE rejected = 1;
CREATE INDEX pictures_imported ON pictures(job_id) WHERE job_id = '';
CREATE INDEX pictures_by_model ON pictures(model);
CREATE INDEX pictures_facts ON pictures(placed_ms, rating, width_px, height_px, set_count);
CREATE INDEX pictures_trashed ON pictures(trashed_ms DESC, id) WHERE trash_id <> '';
CREATE INDEX pictures_by_sha256 ON pictures(sha256);
CREATE INDEX pictures_by_job ON pictures(job_id, set_index) WHERE job_id <> '';
CREATE INDEX pictures_by_press ON pictures(press_id, press_index, set_index) WHERE press_id <> '';
CREATE INDEX pictures_by_number ON pictures(number) WHERE number > 0;
CREATE INDEX pictures_by_folded ON pictures(folded);
CREATE TABLE links(
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, pk INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY(sha256, kind, pk)
) WITHOUT ROWID;
CREATE INDEX links_by_picture ON links(pk);
CREATE INDEX links_by_name ON links(name, pk) WHERE name <> '';
CREATE TABLE tags(tag TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY(tag, pk)) WITHOUT ROWID;
CREATE INDEX tags_by_picture ON tags(pk);
CREATE TABLE texts(pk INTEGER PRIMARY KEY, plain TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(
    prompt, title, tags, note, name, board, model, tokenize = 'unicode61 remove_diacritics 2',
    prefix = '1 2'
);
CREATE TABLE looks(
    id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, shape BLOB NOT NULL, colours INTEGER NOT NULL
);
CREATE TABLE details(id INTEGER PRIMARY KEY, detail BLOB NOT NULL);
CREATE TABLE twins(id INTEGER PRIMARY KEY, twin INTEGER NOT NULL);
CREATE TABLE colours(colour INTEGER NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY(colour, pk)) WITHOUT ROWID;
CREATE INDEX colours_by_picture ON colours(pk);
CREATE TABLE left_behind(place TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE spend(
    job_id TEXT PRIMARY KEY, month TEXT NOT NULL, board_id TEXT NOT NULL, at_ms INTEGER NOT NULL,
    least_usd REAL, usd REAL, billed TEXT NOT NULL, file_mtime_ns INTEGER NOT NULL,
    model TEXT NOT NULL, asked INTEGER NOT NULL, delivered INTEGER NOT NULL, failed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX spend_by_month ON spend(month, board_id, billed, usd);
CREATE INDEX spend_by_time ON spend(at_ms);
"""


def schema_of(connection: sqlite3.Connection) -> list[tuple[str, str | None]]:
    """The tables and indexes that are there. Raises sqlite3.Error or UnicodeDecodeError when damaged."""
    return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


@functools.cache
def expected_schema() -> list[tuple[str, str | None]]:
    """Those that ought to be there."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        return schema_of(connection)
