"""The index of one library on one machine: an SQLite file that is only a cache.

Deleted, damaged or written by a newer version, it is set aside and begun anew, never reported as an error;
``needs_rebuild`` then asks for ``Library.synchronise``. Any thread; readers do not wait for the one writer.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from seedream_desktop.files import problem_of
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

Result = TypeVar("Result")

_VERSION = 3
_BUSY_TIMEOUT_S = 5.0
_IDLE_LIMIT = 4  # connections kept open for readers
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR})
_REFUSED = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE boards(
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, also TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE pictures(
    pk INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folded TEXT NOT NULL, board_id TEXT NOT NULL,
    sha256 TEXT NOT NULL, title TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL,
    width_px INTEGER NOT NULL, height_px INTEGER NOT NULL, media_type TEXT NOT NULL,
    size_bytes INTEGER NOT NULL, made_ms INTEGER NOT NULL, job_id TEXT NOT NULL, press_id TEXT NOT NULL,
    press_index INTEGER NOT NULL, set_index INTEGER NOT NULL, set_count INTEGER NOT NULL,
    rating INTEGER NOT NULL, rejected INTEGER NOT NULL, number INTEGER NOT NULL,
    trash_id TEXT NOT NULL, trashed_ms INTEGER NOT NULL, placed_ms INTEGER NOT NULL,
    file_mtime_ns INTEGER NOT NULL, record_mtime_ns INTEGER NOT NULL, record_size INTEGER NOT NULL
);
CREATE INDEX pictures_by_time ON pictures(placed_ms DESC, press_index, set_index, id, trash_id)
    WHERE trash_id = '';
CREATE INDEX pictures_by_board ON pictures(board_id, placed_ms DESC, press_index, set_index, id, trash_id)
    WHERE trash_id = '';
CREATE INDEX pictures_rated ON pictures(placed_ms DESC, press_index, set_index, id, trash_id, rating)
    WHERE trash_id = '' AND rating > 0;
CREATE INDEX pictures_trashed ON pictures(trashed_ms DESC, id) WHERE trash_id <> '';
CREATE INDEX pictures_by_sha256 ON pictures(sha256);
CREATE INDEX pictures_by_job ON pictures(job_id, set_index) WHERE job_id <> '';
CREATE INDEX pictures_by_number ON pictures(number) WHERE number > 0;
CREATE INDEX pictures_by_folded ON pictures(folded);
CREATE TABLE links(
    sha256 TEXT NOT NULL, kind TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY(sha256, kind, pk)
) WITHOUT ROWID;
CREATE INDEX links_by_picture ON links(pk);
CREATE TABLE tags(tag TEXT NOT NULL, pk INTEGER NOT NULL, PRIMARY KEY(tag, pk)) WITHOUT ROWID;
CREATE INDEX tags_by_picture ON tags(pk);
CREATE TABLE texts(pk INTEGER PRIMARY KEY, plain TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5(
    prompt, title, tags, note, name, board, model, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE spend(
    job_id TEXT PRIMARY KEY, month TEXT NOT NULL, board_id TEXT NOT NULL, at_ms INTEGER NOT NULL,
    least_usd REAL, usd REAL, billed TEXT NOT NULL, file_mtime_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX spend_by_month ON spend(month, board_id, billed, usd);
CREATE INDEX spend_by_time ON spend(at_ms);
"""


class Index:
    """Connections to the index file; each ``read`` and ``write`` gets one for itself."""

    def __init__(self, path: Path, library_id: str) -> None:
        """Open the file at ``path``, or begin it. Raises ProblemError when it can be neither."""
        self.age = 0  # rises when a new file is begun; older connections are not used again
        self.needs_rebuild = False
        self._path = path
        self._library_id = library_id
        self._writing = threading.RLock()
        self._idle_lock = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._writer = self._open()

    def read(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """What ``act`` finds. On a damaged index it is asked again on an empty one. Raises ProblemError."""
        age = self.age
        try:
            return self._read(act)
        except sqlite3.DatabaseError as error:
            self._recover(error, age)
        return self._read(act)

    def write(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """One transaction: all that ``act`` does, or nothing. Raises ProblemError."""
        with self._writing:
            age = self.age
            try:
                return self._write(act)
            except sqlite3.DatabaseError as error:
                self._recover(error, age)
            return self._write(act)

    def check(self) -> None:
        """Look through the whole file once; a damaged one is begun anew."""
        self.read(_check)

    def close(self) -> None:
        """Close the file once the writer is done."""
        with self._writing:
            self._close_all()

    def _read(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        age, connection = self._borrow()
        try:
            return act(connection)
        finally:
            self._give_back(age, connection)

    def _write(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            result = act(self._writer)
            self._writer.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")
            raise
        return result

    def _borrow(self) -> tuple[int, sqlite3.Connection]:
        with self._idle_lock:
            if self._idle:
                return self.age, self._idle.pop()
            age = self.age
        return age, _connect(self._path)

    def _give_back(self, age: int, connection: sqlite3.Connection) -> None:
        with self._idle_lock:
            if age == self.age and len(self._idle) < _IDLE_LIMIT:
                self._idle.append(connection)
                return
        connection.close()

    def _recover(self, error: sqlite3.DatabaseError, age: int) -> None:
        """Begin anew if the file is damaged, unless another thread just did. Raises ProblemError."""
        if _primary_code(error) in _REFUSED:
            raise _problem(error, self._path) from error
        if not _is_damage(error):
            raise error
        with self._writing:
            if age == self.age:
                self._close_all()
                self._set_aside()
                self._writer = self._begin()

    def _open(self) -> sqlite3.Connection:
        is_new = not self._path.exists()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            connection = _connect(self._path)
        except (OSError, sqlite3.OperationalError) as error:
            raise _problem(error, self._path) from error
        except sqlite3.DatabaseError:
            connection = None
        if connection is not None and self._is_ours(connection):
            return connection
        if connection is not None:
            connection.close()
        if not is_new:
            self._set_aside()
        return self._begin()

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (library_id,) = connection.execute("SELECT value FROM meta WHERE name = 'library_id'").fetchone()
            connection.execute("SELECT pk FROM pictures LIMIT 1").fetchone()
        except (sqlite3.DatabaseError, TypeError):
            return False
        return bool(version == _VERSION and library_id == self._library_id)

    def _begin(self) -> sqlite3.Connection:
        self.needs_rebuild = True
        try:
            connection = _connect(self._path)
            connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA user_version = {_VERSION}; COMMIT;")
            connection.execute("INSERT INTO meta VALUES ('library_id', ?)", (self._library_id,))
        except sqlite3.DatabaseError as error:
            raise _problem(error, self._path) from error
        return connection

    def _set_aside(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            held = self._path.with_name(self._path.name + suffix)
            with contextlib.suppress(OSError):
                held.replace(self._path.with_name(f"{self._path.name}.damaged{suffix}"))

    def _close_all(self) -> None:
        with self._idle_lock:
            self.age += 1
            idle, self._idle = self._idle, []
        for connection in (*idle, self._writer):
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, cached_statements=64
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise _Damaged(verdict)


class _Damaged(sqlite3.DatabaseError):
    """Found by looking, not by stumbling."""


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    if isinstance(error, _Damaged) or "no such table" in str(error):
        return True
    return _primary_code(error) in _DAMAGED


def _primary_code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _problem(error: Exception, path: Path) -> ProblemError:
    if isinstance(error, OSError):
        return ProblemError(problem_of(error, path.parent))
    is_full = _primary_code(error) == sqlite3.SQLITE_FULL
    kind = ProblemKind.DISK_FULL if is_full else ProblemKind.FOLDER_NOT_WRITABLE
    return ProblemError(Problem(kind, said=str(error)[:300], subject=str(path.parent)))
