"""The index of one library on one machine: an SQLite file that is only a cache.

Deleted, damaged at any byte or written by a newer version, it is set aside and begun anew, never reported as
an error; ``needs_rebuild`` then asks for ``Library.synchronise``. Any thread; readers do not wait for the
one writer.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from seedream_desktop.files import make_private_folder, problem_of
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.index_schema import SCHEMA, VERSION, expected_schema, schema_of
from seedream_desktop.library.replaced_index import carry_fingerprints, drop_replaced, set_aside
from seedream_desktop.library.seal import break_seal, has_seal, is_sealed, seal
from seedream_desktop.library.search_text import plain

Result = TypeVar("Result")

_BUSY_TIMEOUT_S = 15.0  # a back-up or a virus scanner may hold the file for ten seconds
_LOG_LIMIT_BYTES = 16 << 20  # of what is written before it is brought into the file
_FILLING_CACHE_KIB = 64 << 10  # names and checksums come in no order: each goes to another page
_CACHE_KIB = 1000  # of each connection; the system keeps the file in memory anyway
_LOG_SHARE = 4  # and not before it is a fourth of the file, which is read whole each time
_TRIES, _PAUSE_S = 20, 0.1  # while somebody reads an old state
_SUSPICIOUS = (sqlite3.Error, ValueError, TypeError)  # what damaged values, names and messages lead to
_MISTAKE = 1  # SQLITE_ERROR
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM})
_MERGE_SEARCH = "INSERT INTO search(search) VALUES ('optimize')"  # what was removed is only marked before
_NOTE_WHOLE = "INSERT OR REPLACE INTO meta VALUES ('is_whole', '1')"
_IDLE_LIMIT = 4  # connections kept open for readers
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR})
_REFUSED = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)


class Index:
    """Connections to the index file; each ``read`` and ``write`` gets one for itself.

    What is written stays in the log beside the file, whose frames SQLite checks; the file itself changes only
    when the log is brought into it, and is sealed afterwards (``seal.py``).
    """

    def __init__(self, path: Path, library_id: str) -> None:
        """Open the file at ``path``, or begin it. Raises ProblemError when it can be neither."""
        self.age = 0  # rises when a new file is begun; older connections are not used again
        self.needs_rebuild = False
        self._is_search_doubted = False
        self._is_closed = False
        self._path = path
        self._library_id = library_id
        self._log_bytes = 0  # how long the log was when it was last brought in
        self._is_unsealed = False  # it is being filled: sealed once it is whole, or when it is closed
        self._writing = threading.RLock()
        self._idle_lock = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._writer = self._open()
        self._set_up_writer()

    def read(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """What ``act`` finds. On a damaged index it is asked again on an empty one. Raises ProblemError."""
        age = self.age
        try:
            return self._read(act)
        except _SUSPICIOUS as error:
            self._recover(error, age)
        with _no_way_out(self._path):
            return self._read(act)

    def write(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        """One transaction: all that ``act`` does, or nothing. Raises ProblemError."""
        with self._writing:
            age = self.age
            try:
                result = self._write(act)
            except _SUSPICIOUS as error:
                self._recover(error, age)
                with _no_way_out(self._path):
                    result = self._write(act)
            self._bring_in_if_long()
            return result

    def check(self) -> None:
        """Look whether every byte is as it was left; a damaged file is begun anew. Raises ProblemError."""
        with self._writing:
            try:
                with self._guard():
                    is_whole = self._is_as_left()
                if not is_whole:
                    raise _Damaged("not as it was left")
                if self._is_search_doubted:
                    self._write(_mend_search)
                    self._is_search_doubted = False
            except _SUSPICIOUS as error:
                self._recover(error, self.age)

    def doubt_search(self) -> None:
        """The full-text index gave an error: ``check`` shall make it anew."""
        self._is_search_doubted = True
        self.needs_rebuild = True

    def mark_whole(self) -> None:
        """Note that everything is in it, and let go of a damaged one that was kept. Raises ProblemError."""
        if self.needs_rebuild:
            self.write(lambda connection: connection.execute(_NOTE_WHOLE))
            self.needs_rebuild = False
            self._set_up_writer()
            if self._is_unsealed:
                with self._writing, contextlib.suppress(*_SUSPICIOUS, OSError):  # else when it is closed
                    self._bring_in()
        drop_replaced(self._path)

    def compact(self) -> None:
        """Write everything anew, so that nothing of what was removed is left. Raises ProblemError."""
        with self._writing:
            age = self.age
            try:
                self._write(lambda connection: connection.execute(_MERGE_SEARCH))
                self._writer.execute("VACUUM")
                self._empty_log()
            except (*_SUSPICIOUS, OSError) as error:
                self._recover(error, age)
            drop_replaced(self._path)

    def close(self) -> None:
        """Close the file once the writer is done."""
        with self._writing, self._idle_lock:
            if self._is_closed:
                return
            with contextlib.suppress(*_SUSPICIOUS, OSError):
                if self._log_size() or self._is_unsealed:
                    self._bring_in()
                if self._is_unsealed:
                    seal(self._path)
            self._close_all()
            self._is_closed = True

    def _read(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        age, connection = self._borrow()
        try:
            return act(connection)
        finally:
            self._give_back(age, connection)

    def _write(self, act: Callable[[sqlite3.Connection], Result]) -> Result:
        self._check_open()
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
            self._check_open()
            return self.age, self._idle.pop() if self._idle else _connect(self._path)

    def _check_open(self) -> None:
        if self._is_closed:  # another library was opened while somebody was still at work on this one
            raise ProblemError(Problem(ProblemKind.LIBRARY_AWAY, subject=str(self._path.parent)))

    def _give_back(self, age: int, connection: sqlite3.Connection) -> None:
        with self._idle_lock:
            if age == self.age and len(self._idle) < _IDLE_LIMIT and not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()

    def _bring_in_if_long(self) -> None:
        """The log must not grow for ever; readers that look at an old state keep it from beginning anew."""
        size_bytes = self._log_size()
        if size_bytes < self._log_bytes:
            self._log_bytes = 0
        if size_bytes - self._log_bytes < max(_LOG_LIMIT_BYTES, self._path.stat().st_size // _LOG_SHARE):
            return
        age = self.age
        try:
            self._bring_in()
        except (*_SUSPICIOUS, OSError) as error:
            if isinstance(error, _Damaged):
                self._recover(error, age)
        self._log_bytes = size_bytes

    def _bring_in(self) -> None:
        """Bring the log into the file. Raises _Damaged when that is not as it was left.

        While the index is being filled it has no seal: to read it for each would take the square of its size.
        """
        with self._guard():
            is_whole = self._is_as_left()
            break_seal(self._path)
            if not is_whole:
                raise _Damaged("not as it was left")
            self._writer.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if not self.needs_rebuild:
                seal(self._path)
            self._is_unsealed = self.needs_rebuild

    def _is_as_left(self) -> bool:
        return self._is_unsealed or is_sealed(self._path)

    def _empty_log(self) -> None:
        """Bring the log in and cut it off; whoever reads an old state is waited for a little."""
        for _ in range(_TRIES):
            self._bring_in()
            is_busy, *_ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not is_busy:
                break
            threading.Event().wait(_PAUSE_S)
        seal(self._path)

    @contextlib.contextmanager
    def _guard(self) -> Iterator[None]:
        """Keeps everybody else from writing and from bringing in the log, other processes too."""
        with contextlib.closing(_connect(self._path)) as guard:
            guard.execute("BEGIN IMMEDIATE")
            yield

    def _log_size(self) -> int:
        try:
            return self._path.with_name(f"{self._path.name}-wal").stat().st_size
        except OSError:
            return 0

    def _recover(self, error: Exception, age: int) -> None:
        """Begin anew if the file is damaged, unless another thread just did. Raises ProblemError.

        A mistake in a question is none, and goes on as what it is.
        """
        code = _primary_code(error)
        if code in _REFUSED or code in _BUSY:
            raise _problem(error, self._path) from error
        with self._writing, self._idle_lock:
            if age != self.age:
                return
            if not _is_damage(error) and not self._is_damaged():
                raise error
            self._begin_anew()

    def _begin_anew(self) -> None:
        self._close_all()
        self._set_aside()
        self._writer = self._begin()
        self._set_up_writer()

    def _set_up_writer(self) -> None:
        """While it fills the index, the writer may hold more pages and need not wait for the disk."""
        size_kib = _FILLING_CACHE_KIB if self.needs_rebuild else _CACHE_KIB
        with contextlib.suppress(*_SUSPICIOUS):
            self._writer.execute(f"PRAGMA cache_size = -{size_kib}")
            self._writer.execute(f"PRAGMA synchronous = {'OFF' if self.needs_rebuild else 'NORMAL'}")
            self._writer.execute("PRAGMA shrink_memory")

    def _is_damaged(self) -> bool:
        """Whether the file explains an odd error."""
        try:
            (verdict,) = self._writer.execute("PRAGMA quick_check(1)").fetchone()
            is_ours = schema_of(self._writer) == expected_schema()
        except _SUSPICIOUS:
            return True
        return verdict != "ok" or not is_ours or not self._is_as_left()

    def _open(self) -> sqlite3.Connection:
        is_new = not self._path.exists()
        try:
            make_private_folder(self._path.parent)  # prompts are inside
            if not is_new and not has_seal(self._path):  # an end while the log was brought in
                self._set_aside()
                return self._begin()
            connection = _connect(self._path)
        except OSError as error:
            raise _problem(error, self._path) from error
        except _SUSPICIOUS as error:
            if _primary_code(error) in _REFUSED:
                raise _problem(error, self._path) from error
            connection = None
        if connection is not None and not is_new and self._is_ours(connection):
            return connection
        is_whole = not is_new and is_sealed(self._path)  # of another version
        if connection is not None:
            connection.close()
        self._set_aside()
        fresh = self._begin()
        if is_whole:
            carry_fingerprints(fresh, self._path)
        return fresh

    def _is_ours(self, connection: sqlite3.Connection) -> bool:
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
            is_as_made = schema_of(connection) == expected_schema()
        except _SUSPICIOUS:
            return False
        self.needs_rebuild = meta.get("is_whole") != "1"
        return bool(version == VERSION and meta.get("library_id") == self._library_id and is_as_made)

    def _begin(self) -> sqlite3.Connection:
        self.needs_rebuild = True
        self._is_search_doubted = False
        self._is_unsealed = False
        self._log_bytes = 0
        try:
            connection = _connect(self._path)
            connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            connection.execute("INSERT INTO meta VALUES ('library_id', ?)", (self._library_id,))
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            seal(self._path)
        except (sqlite3.DatabaseError, OSError) as error:
            raise _problem(error, self._path) from error
        return connection

    def _set_aside(self) -> None:
        """One damaged file is kept until the new one holds everything. Raises ProblemError."""
        try:
            set_aside(self._path)
        except OSError as error:  # Windows, while a reader still has it open
            raise _problem(error, self._path) from error

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
        connection.create_function("plain", 1, plain, deterministic=True)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA journal_size_limit = 0")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA cell_size_check = ON")
    except _SUSPICIOUS:
        connection.close()
        raise
    return connection


def _mend_search(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")


class _Damaged(sqlite3.DatabaseError):
    """Found by looking, not by stumbling."""


@contextlib.contextmanager
def _no_way_out(path: Path) -> Iterator[None]:
    """What goes wrong on a file that was just begun is the disk's fault. Raises ProblemError."""
    try:
        yield
    except sqlite3.Error as error:
        if _primary_code(error) in (_MISTAKE, 0) and not isinstance(error, _Damaged):
            raise
        raise _problem(error, path) from error


def _is_damage(error: Exception) -> bool:
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
