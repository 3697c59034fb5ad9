"""The journal of requests: what was asked, sent and answered, durable before the next act is begun.

Every method that changes something is one transaction, synced to the disk before it returns. Links are
credentials: they lie in a table of their own and are overwritten when their picture is saved; the write-ahead
log is emptied then, for it holds older copies of pages.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from seedream_desktop.files import problem_of
from seedream_desktop.generation.answer import Answer
from seedream_desktop.generation.codec import decode, encode
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import Job, JobState, now_ms
from seedream_desktop.generation.links import with_bare_links
from seedream_desktop.generation.pause import Pause, PauseReason
from seedream_desktop.journal_schema import UnusableError, forget_in_copies, opened, primary_code, set_aside

SAVED_IN_PART = "saved_in_part"  # the state of a row whose job is saved, but misses pictures: still open
KEPT_MS = 30 * 86_400_000  # rows that nobody has to decide about any more
_PAUSE = "pause"  # names in the table of what the queue remembers of itself
_WAIVED = "limit_waived_on"
_ADD = """
INSERT INTO jobs (id, press_id, press_index, queued_ms, ended_ms, state, job, library_id, board_id, place)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_OPEN_JOBS = """
SELECT job FROM jobs WHERE dismissed_ms IS NULL AND state NOT IN ('saved', 'cancelled')
ORDER BY place
"""
_SENT_SINCE = """
SELECT id, job FROM jobs WHERE state NOT IN ('queued', 'cancelled') AND coalesce(ended_ms, ?1) >= ?1
"""
_PRUNE = """
DELETE FROM jobs WHERE (dismissed_ms IS NOT NULL OR state IN ('saved', 'cancelled'))
AND coalesce(dismissed_ms, ended_ms, queued_ms) < ?
"""
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

    def add(self, jobs: Sequence[Job], instead_of: str = "") -> None:
        """Enter new jobs behind all others, all or none; the job ``instead_of`` is dismissed with it."""
        with self._transaction() as connection:
            ((last,),) = connection.execute("SELECT coalesce(max(place), 0) FROM jobs")
            rows = ((*_row(job), last + number) for number, job in enumerate(jobs, 1))
            connection.executemany(_ADD, rows)
            if instead_of:
                _dismiss(connection, instead_of)
        if instead_of:
            self._wipe_log()

    def store(self, job: Job) -> None:
        """Enter the new value of a known job; over, it has no links. Raises LookupError."""
        with self._transaction() as connection:
            _update(connection, job)
            if job.state.is_over:
                connection.execute("DELETE FROM links WHERE job_id = ?", (job.id,))
        if job.state.is_over:
            self._wipe_log()

    def store_all(self, jobs: Sequence[Job]) -> None:
        """Enter the new values of known jobs that are over, all or none. Raises LookupError."""
        with self._transaction() as connection:
            for job in jobs:
                _update(connection, job)
            connection.executemany("DELETE FROM links WHERE job_id = ?", [(job.id,) for job in jobs])
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
        """The answer with the links that are left; None while there is none.

        Raises ProblemError(ANSWER_UNREADABLE) about a row that will never be read.
        """
        with self._reading() as connection:
            row = connection.execute("SELECT answer FROM answers WHERE job_id = ?", (job_id,)).fetchone()
            query = "SELECT position, url FROM links WHERE job_id = ?"
            links = dict(connection.execute(query, (job_id,)).fetchall())
        if row is None:
            return None
        try:
            answer = decode(Answer, json.loads(row[0]))
            urls = {position: _link(text) for position, text in links.items()}
        except (ValueError, TypeError, RecursionError) as error:
            raise ProblemError(Problem(ProblemKind.ANSWER_UNREADABLE, billed=Billed.YES)) from error
        pictures = tuple(
            replace(picture, url=urls.get(position, picture.url))
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
            _dismiss(connection, job_id)
        self._wipe_log()

    def order(self, job_ids: Sequence[str]) -> None:
        """Let these jobs follow one another as given, in the places that they hold among all."""
        with self._transaction() as connection:
            found = dict(connection.execute("SELECT id, place FROM jobs").fetchall())
            known = [job_id for job_id in job_ids if job_id in found]
            places = zip(sorted(found[job_id] for job_id in known), known, strict=True)
            connection.executemany("UPDATE jobs SET place = ? WHERE id = ?", places)

    def jobs_of_board(self, library_id: str, board_id: str) -> tuple[Job, ...]:
        """All that is known of a board's jobs, of those that are over too."""
        query = "SELECT job FROM jobs WHERE library_id = ? AND board_id = ?"
        with self._reading() as connection:
            rows = connection.execute(query, (library_id, board_id)).fetchall()
        return tuple(job for (text,) in rows if (job := _job(text)) is not None)

    def forget_board(self, library_id: str, board_id: str) -> tuple[str, ...]:
        """Remove all that is left of a board's jobs; returns their ids, which name their spool folders.

        Nothing of them is in the files afterwards. None of them may be under way.
        """
        of_board = "WHERE library_id = ? AND board_id = ?"
        with self._transaction() as connection:
            query = f"SELECT id FROM jobs {of_board}"  # noqa: S608 - a constant
            ids = tuple(job_id for (job_id,) in connection.execute(query, (library_id, board_id)))
            connection.execute(f"DELETE FROM jobs {of_board}", (library_id, board_id))  # noqa: S608
        with self._reading() as connection:
            connection.execute("VACUUM")  # rows that moved between pages leave words behind
        self._empty_log()
        forget_in_copies(self._path, library_id, board_id)
        return ids

    def sent_since(self, at_ms: int, known: Collection[str]) -> tuple[Job, ...]:
        """The jobs that were sent at ``at_ms`` or later, but for those whose ids are ``known`` already."""
        with self._reading() as connection:
            rows = connection.execute(_SENT_SINCE, (at_ms,)).fetchall()
        jobs = (_job(text) for job_id, text in rows if job_id not in known)
        return tuple(job for job in jobs if job is not None and (job.sending_ms or 0) >= at_ms)

    def held_by(self) -> Pause | None:
        """What held the queue when it was entered last; None: nothing."""
        text = self._remembered(_PAUSE)
        try:
            return decode(Pause, json.loads(text)) if text else None
        except (ValueError, RecursionError):  # of a newer version: it holds the queue all the same
            return Pause(PauseReason.BY_HAND)

    def store_pause(self, pause: Pause | None) -> None:
        """Enter what holds the queue."""
        self._remember(_PAUSE, json.dumps(encode(pause)) if pause is not None else "")

    def waived_on(self) -> str:
        """The day (ISO, local) on which the limit was put aside last; empty: never."""
        return self._remembered(_WAIVED)

    def store_waiver(self, day: str) -> None:
        """Enter that the limit does not count on ``day``."""
        self._remember(_WAIVED, day)

    def known_ids(self) -> frozenset[str]:
        """Every job in it, those among them about which nobody has to decide any more."""
        with self._reading() as connection:
            return frozenset(job_id for (job_id,) in connection.execute("SELECT id FROM jobs"))

    def open_jobs(self) -> tuple[Job, ...]:
        """Every job that is not saved whole, cancelled or dismissed, in the order of the queue."""
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
        with suppress(UnusableError):
            return opened(self._path)
        self.set_aside = set_aside(self._path)
        return opened(self._path)

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

    def _remember(self, name: str, value: str) -> None:
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO queue VALUES (?, ?)", (name, value))

    def _remembered(self, name: str) -> str:
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM queue WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row is not None else ""

    def _wipe_log(self) -> None:
        """Empty the log where that can be done; what was entered stands, and the next time does it, too."""
        with suppress(ProblemError):
            self._empty_log()

    def _empty_log(self) -> None:
        """Bring everything into the one file and empty the write-ahead log. Raises ProblemError."""
        with self._reading() as connection:
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise ProblemError(Problem(ProblemKind.UNEXPECTED, said="another process reads the journal"))


@contextmanager
def _problems(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        kind = _PROBLEMS.get(primary_code(error), ProblemKind.UNEXPECTED)
        raise ProblemError(Problem(kind, subject=str(path), said=str(error)[:300])) from error
    except OSError as error:
        raise ProblemError(problem_of(error, path)) from error


def _row(job: Job) -> tuple[object, ...]:
    press = (job.press_id, job.press_index, job.queued_ms)
    return job.id, *press, job.ended_ms, _state(job), _text(job), job.library_id, job.board_id


def _update(connection: sqlite3.Connection, job: Job) -> None:
    query = "UPDATE jobs SET ended_ms = ?, state = ?, job = ? WHERE id = ?"
    is_over = job.is_settled or job.state is JobState.CANCELLED
    text = _text(_without_links(job) if is_over else job)
    if connection.execute(query, (job.ended_ms, _state(job), text, job.id)).rowcount != 1:
        raise LookupError("a job that was never entered")


def _dismiss(connection: sqlite3.Connection, job_id: str) -> None:
    connection.execute("UPDATE jobs SET dismissed_ms = ? WHERE id = ?", (now_ms(), job_id))
    row = connection.execute("SELECT job FROM jobs WHERE id = ?", (job_id,)).fetchone()
    if row is not None and (job := _job(row[0])) is not None:
        text = _text(_without_links(job))
        connection.execute("UPDATE jobs SET job = ? WHERE id = ?", (text, job_id))
    connection.execute("DELETE FROM links WHERE job_id = ?", (job_id,))


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


def _link(text: str) -> str:
    """Raises ValueError, or TypeError for what is no text."""
    url = json.loads(text)
    if not isinstance(url, str):
        raise TypeError
    return url


def _job(text: str) -> Job | None:
    try:
        return decode(Job, json.loads(text))
    except (ValueError, RecursionError):
        return None
