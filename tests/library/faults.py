"""Disk faults on purpose: the n-th change to the file system fails, as a full or forbidden disk would."""

from __future__ import annotations

import contextlib
import functools
import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from seedream_desktop import files

_QUESTIONS = ("stat", "lstat", "open", "scandir", "listdir")
CHANGES = ("open", "write", "fsync", "link", "replace", "rename", "mkdir", "unlink", "chmod")


@dataclass(slots=True)
class Faults:
    """Counts the changes; the one with the number ``at`` fails."""

    at: int
    code: int
    is_torn: bool = False  # half of what is to be written is
    seen: int = 0

    @property
    def is_past(self) -> bool:
        """Whether the number was reached."""
        return self.seen > self.at

    def failing(self, change: Callable[..., Any]) -> Callable[..., Any]:
        """``change``, counted."""

        def counted(*arguments: Any, **keywords: Any) -> Any:
            self.seen += 1
            if self.seen - 1 == self.at:
                if self.is_torn and len(arguments) == 2 and isinstance(arguments[1], bytes | memoryview):
                    change(arguments[0], arguments[1][: len(arguments[1]) // 2])
                raise OSError(self.code, os.strerror(self.code))
            return change(*arguments, **keywords)

        return counted


class FailingConnection(sqlite3.Connection):
    """A database of which a change may fail as on a full disk; what it was part of is rolled back."""

    faults: Faults | None = None

    def execute(self, sql: str, *arguments: Any) -> sqlite3.Cursor:
        faults = FailingConnection.faults
        if faults is not None and not sql.lstrip().upper().startswith(("SELECT", "ROLLBACK", "PRAGMA")):
            faults.seen += 1
            if faults.seen - 1 == faults.at:
                if self.in_transaction:
                    super().execute("ROLLBACK")
                error = sqlite3.OperationalError("database or disk is full")
                error.sqlite_errorcode = faults.code
                raise error
        return super().execute(sql, *arguments)


@contextlib.contextmanager
def failing_databases() -> Iterator[None]:
    """Databases that are opened in the block can fail."""
    connect = functools.partial(sqlite3.connect, factory=FailingConnection)
    with mock.patch.object(sqlite3, "connect", connect):
        yield


@contextlib.contextmanager
def failing_statement(number: int, code: int) -> Iterator[Faults]:
    """The change ``number`` (from 0) of a database raises an error with SQLite's ``code``."""
    FailingConnection.faults = faults = Faults(number, code)
    try:
        yield faults
    finally:
        FailingConnection.faults = None


@contextlib.contextmanager
def failing_at(number: int, code: int, *, is_torn: bool = False) -> Iterator[Faults]:
    """The change ``number`` (from 0) of the block raises OSError with ``code``; later ones work again."""
    faults = Faults(number, code, is_torn)
    with contextlib.ExitStack() as patches:
        for name in CHANGES:
            patches.enter_context(mock.patch.object(os, name, faults.failing(getattr(os, name))))
        exclusively = faults.failing(files._renamed_exclusively)
        patches.enter_context(mock.patch.object(files, "_renamed_exclusively", exclusively))
        yield faults


@contextlib.contextmanager
def forbidden(folder: Path, number: int) -> Iterator[None]:
    """What lies in the folder cannot be reached, nor be listed."""

    def refusing(name: str) -> Callable[..., Any]:
        call = getattr(os, name)

        def called(path: Any = ".", *arguments: Any, **named: Any) -> Any:
            place = Path(path) if not isinstance(path, int) else Path()
            if folder in place.parents or (place == folder and name in {"scandir", "listdir", "open"}):
                raise OSError(number, os.strerror(number), str(path))
            return call(path, *arguments, **named)

        return called

    with contextlib.ExitStack() as stack:
        for name in _QUESTIONS:
            stack.enter_context(mock.patch.object(os, name, refusing(name)))
        yield
