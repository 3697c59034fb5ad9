"""The journal of requests: what was asked, sent and answered, durable before the next act is begun.

Every method that changes something is one transaction, synced to the disk before it returns. Links are
credentials: they lie in a table of their own, are overwritten when their picture is saved, and once the last
one is gone the write-ahead log is emptied, so that no copy of it stays in the files.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from seedream_desktop.files import problem_of
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.generation.links import with_bare_links

SCHEMA = 1
SAVED_IN_PART = "saved_in_part"  # the state of a row whose job is saved, but misses pictures: still open
KEPT_MS = 30 * 86_400_000  # rows that nobody has to decide about any more
_BUSY_S = 5.0
_SETTINGS = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
"""
_TABLES = """
CREATE TABLE jobs (
    id TEXT PRIMARY KEY, press_id TEXT NOT NULL, press_index INTEGER NOT NULL, queued_ms INTEGER NOT NULL,
    ended_ms INTEGER, dismissed_ms INTEGER, state TEXT NOT NULL, job TEXT NOT NULL
);
CREATE TABLE answers (job_id TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE, answer TEXT NOT NULL);
CREATE TABLE links (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    picture_index INTEGER NOT NULL, url TEXT NOT NULL, PRIMARY KEY (job_id, position)
);
"""
_OPEN_JOBS = """
SELECT job FROM jobs WHERE dismissed_ms IS NULL AND state NOT IN ('saved', 'cancelled')
ORDER BY queued_ms, press_id, press_index, id
"""
_PRUNE = """
DELETE FROM jobs WHERE (dismissed_ms IS NOT NULL OR state IN ('saved', 'cancelled'))
AND coalesce(dismissed_ms, ended_ms, queued_ms) < ?
"""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PROBLEMS = {
    sqlite3.SQLITE_FULL: ProblemKind.DISK_FULL,
    sqlite3.SQLITE_READONLY: ProblemKind.FOLDER_NOT_WRITABLE,
    sqlite3.SQLITE_CANTOPEN: ProblemKind.FOLDER_NOT_WRITABLE,
    sqlite3.SQLITE_PERM: ProblemKind.FOLDER_NOT_WRITABLE,
    sqlite3.SQLITE_AUTH: ProblemKind.FOLDER_NOT_WRITABLE,
}


class Journal:
    """The journal in one file. Any thread may call; every method blocks and may raise ProblemError."""

    def __init__(self, path: Path) -> None:
        """Open or create it. One that is damaged or from a newer version is set aside, never deleted."""
        self.set_aside: Path | None = None
        self.unreadable_count = 0  # rows that ``open_jobs`` could not make sense of; they are kept
        self._path = path
        self._lock = threading.RLock()
        with _problems(path):
            self._connection = self._open()

    def add(self, jobs: Sequence[Job]) -> None:
        """Enter new jobs, all or none."""
        with self._transaction() as connection:
            connection.executemany("INSERT INTO jobs VALUES (?, ?, ?, ?, ?, NULL, ?, ?)", map(_row, jobs))

    def store(self, job: Job) -> None:
        """Enter the new value of a known job. Raises LookupError for an unknown one."""
        with self._transaction() as connection:
            _update(connection, job)
            if job.state is JobState.SAVED:
                connection.execute("DELETE FROM links WHERE job_id = ?", (job.id,))
        if job.state is JobState.SAVED:
            self._wipe_log()

    def store_answer(self, job: Job, answer: Answer) -> None:
        """Enter what was answered, links and all, together with the job's new value."""
        without_links = tuple(replace(picture, url="") for picture in answer.pictures)
        links = [
            (job.id, position, picture.index, json.dumps(picture.url))
            for position, picture in enumerate(answer.pictures)
            if picture.url
        ]
        with self._transaction() as connection:
            _update(connection, job)
            text = _text(replace(answer, pictures=without_links))
            connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (job.id, text))
            connection.execute("DELETE FROM links WHERE job_id = ?", (job.id,))
            connection.executemany("INSERT INTO links VALUES (?, ?, ?, ?)", links)

    def answer(self, job_id: str) -> Answer | None:
        """The answer with the links that are left; None while there is none."""
        with self._reading() as connection:
            row = connection.execute("SELECT answer FROM answers WHERE job_id = ?", (job_id,)).fetchone()
            query = "SELECT position, url FROM links WHERE job_id = ?"
            links = dict(connection.execute(query, (job_id,)).fetchall())
        if row is None:
            return None
        try:
            answer = decode(Answer, json.loads(row[0]))
        except ValueError as error:
            raise ProblemError(Problem(ProblemKind.ANSWER_UNREADABLE, billed=Billed.YES)) from error
        pictures = tuple(
            replace(picture, url=json.loads(links[position])) if position in links else picture
            for position, picture in enumerate(answer.pictures)
        )
        return replace(answer, pictures=pictures)

    def forget_link(self, job_id: str, index: int) -> None:
        """Remove the link of the picture ``index``, once it is saved."""
        with self._transaction() as connection:
            query = "DELETE FROM links WHERE job_id = ? AND picture_index = ?"
            connection.execute(query, (job_id, index))
        self._wipe_log()

    def dismiss(self, job_id: str) -> None:
        """The designer has decided: the job is open no longer, and its links are gone."""
        with self._transaction() as connection:
            connection.execute("UPDATE jobs SET dismissed_ms = ? WHERE id = ?", (now_ms(), job_id))
            row = connection.execute("SELECT job FROM jobs WHERE id = ?", (job_id,)).fetchone()
            if row is not None and (job := _job(row[0])) is not None:
                text = _text(_without_links(job))
                connection.execute("UPDATE jobs SET job = ? WHERE id = ?", (text, job_id))
            connection.execute("DELETE FROM links WHERE job_id = ?", (job_id,))
        self._wipe_log()

    def known_ids(self) -> frozenset[str]:
        """Every job in it, those among them about which nobody has to decide any more."""
        with self._reading() as connection:
            return frozenset(job_id for (job_id,) in connection.execute("SELECT id FROM jobs"))

    def open_jobs(self) -> tuple[Job, ...]:
        """Every job that is not saved whole, cancelled or dismissed, the oldest first."""
        with self._reading() as connection:
            rows = connection.execute(_OPEN_JOBS).fetchall()
        jobs = [job for (text,) in rows if (job := _job(text)) is not None]
        self.unreadable_count = len(rows) - len(jobs)
        return tuple(jobs)

    def recover(self) -> tuple[Job, ...]:
        """At start: what was being sent is of unknown outcome now. Returns the open jobs."""
        ended_ms = now_ms()
        with self._transaction() as connection:
            connection.execute(_PRUNE, (ended_ms - KEPT_MS,))
            rows = connection.execute("SELECT job FROM jobs WHERE state = 'sending'").fetchall()
            for job in (job for (text,) in rows if (job := _job(text)) is not None):
                problem = Problem(ProblemKind.ENDED_WHILE_SENDING, billed=Billed.MAYBE)
                unknown = replace(job, state=JobState.UNKNOWN, problem=problem, ended_ms=ended_ms)
                _update(connection, unknown)
        return self.open_jobs()

    def close(self) -> None:
        """Write everything into the one file and let go of it. Closing twice is allowed."""
        with self._lock, suppress(sqlite3.Error):
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        with suppress(_UnusableError):
            return _opened(self._path)
        self.set_aside = _set_aside(self._path)
        return _opened(self._path)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _problems(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # the full disk that broke it has rolled it back already
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _problems(self._path):
            yield self._connection

    def _wipe_log(self) -> None:
        """Empty the write-ahead log when no link is left: it holds older copies of pages."""
        with self._reading() as connection:
            if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM links)").fetchone()[0]:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


class _UnusableError(Exception):
    """A file that is damaged, or that a newer version wrote."""


def _opened(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # links inside: nobody else's to read
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        if _code(error) in _DAMAGED:
            raise _UnusableError from error
        raise
    except _UnusableError:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA:
        raise _UnusableError
    connection.executescript(_SETTINGS)
    if version == 0:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;")
    elif connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise _UnusableError


def _set_aside(path: Path) -> Path:
    """Rename the file and its companions; the log first, so that it never meets a new file."""
    names = (path.with_stem(f"{path.stem}-set-aside-{number}") for number in count(1))
    target = next(name for name in names if not name.exists())
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{target}{suffix}")
    return target


@contextmanager
def _problems(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        kind = _PROBLEMS.get(_code(error), ProblemKind.UNEXPECTED)
        raise ProblemError(Problem(kind, subject=str(path), said=str(error)[:300])) from error
    except OSError as error:
        raise ProblemError(problem_of(error, path)) from error


def _code(error: sqlite3.Error) -> int:
    """The primary result code; -1 for what the Python module itself refuses."""
    extended = getattr(error, "sqlite_errorcode", None)
    return -1 if extended is None else extended & 0xFF


def _row(job: Job) -> tuple[str, str, int, int, int | None, str, str]:
    return job.id, job.press_id, job.press_index, job.queued_ms, job.ended_ms, _state(job), _text(job)


def _update(connection: sqlite3.Connection, job: Job) -> None:
    query = "UPDATE jobs SET ended_ms = ?, state = ?, job = ? WHERE id = ?"
    is_over = job.is_settled or job.state is JobState.CANCELLED
    text = _text(_without_links(job) if is_over else job)
    if connection.execute(query, (job.ended_ms, _state(job), text, job.id)).rowcount != 1:
        raise LookupError("a job that was never entered")


def _state(job: Job) -> str:
    return SAVED_IN_PART if job.state is JobState.SAVED and job.missing else job.state.value


def _without_links(job: Job) -> Job:
    """Nobody sends it again: the links of its references are not needed whole any more."""
    request, recipe = job.request, job.recipe
    return replace(
        job,
        request=replace(request, references=with_bare_links(request.references)),
        recipe=replace(recipe, references=recipe.references and with_bare_links(recipe.references)),
    )


def _text(value: Job | Answer) -> str:
    return json.dumps(encode(value))  # ASCII: half a surrogate pair in an answer must not lose it


def _job(text: str) -> Job | None:
    try:
        return decode(Job, json.loads(text))
    except ValueError:
        return None
