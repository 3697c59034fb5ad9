"""The tables of the journal: how they are made, brought on from older versions, and set aside when unusable.

Schema 2 added the order of the queue, the board of each job and what the queue remembers of itself. There is
no backup before a migration: it is one transaction, and a copy would be a second place for links and prompts.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

SCHEMA = 2
_BUSY_S = 5.0
_SETTINGS = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""
_TABLES = (
    """
    CREATE TABLE jobs (
        id TEXT PRIMARY KEY, press_id TEXT NOT NULL, press_index INTEGER NOT NULL, queued_ms INTEGER NOT NULL,
        ended_ms INTEGER, dismissed_ms INTEGER, state TEXT NOT NULL, job TEXT NOT NULL,
        place INTEGER NOT NULL DEFAULT 0, library_id TEXT NOT NULL DEFAULT '',
        board_id TEXT NOT NULL DEFAULT ''
    )
    """,
    """
    CREATE TABLE answers (
        job_id TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE, answer TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE links (
        job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE, position INTEGER NOT NULL,
        picture_index INTEGER NOT NULL, url TEXT NOT NULL, PRIMARY KEY (job_id, position)
    )
    """,
    "CREATE TABLE queue (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
)
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class UnusableError(Exception):
    """A file that is damaged, or that a newer version wrote."""


def opened(path: Path) -> sqlite3.Connection:
    """The journal in ``path``, created or brought on to ``SCHEMA``.

    Raises UnusableError, sqlite3.Error or OSError; whatever is raised, the file is as it was.
    """
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # links inside: nobody else's to read
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if primary_code(error) in _DAMAGED:
            raise UnusableError from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def forget_in_copies(path: Path, library_id: str, board_id: str) -> None:
    """Remove a board's jobs from the journals beside ``path`` that were set aside, where they can be read."""
    of_board = "json_extract(job, '$.library_id') = ? AND json_extract(job, '$.board_id') = ?"
    for copy in path.parent.glob(f"{path.stem}-set-aside-*{path.suffix}"):
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            statement = f"DELETE FROM jobs WHERE json_valid(job) AND {of_board}"  # noqa: S608 - a constant
            connection.execute(statement, (library_id, board_id))
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def set_aside(path: Path) -> Path:
    """Rename the file and its companions; the log first, so that it never meets a new file."""
    names = (path.with_stem(f"{path.stem}-set-aside-{number}") for number in count(1))
    target = next(name for name in names if not name.exists())
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{target}{suffix}")
    return target


def primary_code(error: sqlite3.Error) -> int:
    """The primary result code; -1 for what the Python module itself refuses."""
    extended = getattr(error, "sqlite_errorcode", None)
    return -1 if extended is None else extended & 0xFF


def _prepare(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise UnusableError
    connection.executescript(_SETTINGS)
    if version and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise UnusableError
    if version < SCHEMA:
        _bring_on(connection, version)


def _bring_on(connection: sqlite3.Connection, version: int) -> None:
    """All steps in one transaction: what fails leaves the file to the version that wrote it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in range(version, SCHEMA) if version else ():
            _MIGRATIONS[step](connection)
        for table in () if version else _TABLES:
            connection.execute(table)
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # the full disk that broke it has rolled it back already
            connection.execute("ROLLBACK")
        raise


def _from_1(connection: sqlite3.Connection) -> None:
    """Order by press, as schema 1 gave it; boards as the jobs say. Rows that make no sense stay, too."""
    connection.execute("ALTER TABLE jobs ADD COLUMN place INTEGER NOT NULL DEFAULT 0")
    connection.execute("ALTER TABLE jobs ADD COLUMN library_id TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE jobs ADD COLUMN board_id TEXT NOT NULL DEFAULT ''")
    connection.execute("CREATE TABLE queue (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    order = "SELECT id, job FROM jobs ORDER BY queued_ms, press_id, press_index, id"
    rows = connection.execute(order).fetchall()
    connection.executemany(
        "UPDATE jobs SET place = ?, library_id = ?, board_id = ? WHERE id = ?", _placed(rows)
    )


def _placed(rows: list[tuple[str, str]]) -> Iterator[tuple[int, str, str, str]]:
    for place, (job_id, text) in enumerate(rows, start=1):
        try:
            job = json.loads(text)
        except (ValueError, RecursionError):
            job = None
        names = job if isinstance(job, dict) else {}
        library_id, board_id = (names.get(name, "") for name in ("library_id", "board_id"))
        yield place, _word(library_id), _word(board_id), job_id


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


_MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {1: _from_1}
