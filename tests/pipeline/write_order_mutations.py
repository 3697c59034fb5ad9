"""Versions of the application that would lose something when the power goes, one for each such thing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from seedream_desktop import files, journal, journal_schema
from seedream_desktop.library import items, spending
from seedream_desktop.pipeline.fetching import Fetching


def apply(mutation: str) -> None:
    """Make this process such a version for good; an empty name changes nothing."""
    if mutation:
        globals()[f"_without_{mutation}"]()


def _change(target: object, name: str, value: object) -> None:
    mock.patch.object(target, name, value).start()


def _without_bytes() -> None:
    _change(files, "_sync", lambda _: None)


def _without_folders() -> None:
    _change(files, "sync_folder", lambda _: None)


def _without_records() -> None:
    def plainly(contents: Mapping[Path, bytes], *_: object) -> None:
        for path, content in contents.items():
            path.write_bytes(content)

    _change(items, "files", _with(write_over_each=plainly))


def _without_spend() -> None:
    plainly = lambda path, content, _: path.write_bytes(content)  # noqa: E731
    _change(spending, "files", _with(write_over=plainly))


def _without_journal() -> None:
    for module in (journal, journal_schema):
        for name, value in tuple(vars(module).items()):
            if isinstance(value, str) and "synchronous = FULL" in value:
                _change(module, name, value.replace("synchronous = FULL", "synchronous = OFF"))


def _without_answer() -> None:
    store = journal.Journal.store_answer

    def hasty(self: journal.Journal, *arguments: Any) -> None:
        self._connection.execute("PRAGMA synchronous = OFF")
        store(self, *arguments)
        self._connection.execute("PRAGMA synchronous = FULL")

    _change(journal.Journal, "store_answer", hasty)


def _without_early() -> None:
    """The spool lets go of a picture before the journal knows that it was saved."""
    save = Fetching._save

    async def hasty(self: Fetching, *arguments: Any) -> Any:
        saved = await save(self, *arguments)
        arguments[2].unlink()
        return saved

    _change(Fetching, "_save", hasty)


def _with(**changed: object) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(files), **changed})
