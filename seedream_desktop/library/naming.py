"""Which references are still named in the library: by what the index holds, and by what it does not.

The index knows what the records of pictures name. Not in it are boards, presets, searches, records whose
pictures are away, and what a damaged record said, also one that was set aside.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.library import rows
from seedream_desktop.library.folder import BOARD_FILE, ENTRY_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.items import read_record_file

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index

_SHA256 = re.compile(rb"[0-9a-f]{64}")
_JSON = ".json"
_OTHERS = frozenset({"presets", "searches"})  # folders of what is no record
_UNDERSTOOD = "SELECT id, record_mtime_ns, record_size FROM pictures WHERE job_id <> ''"


@dataclass(frozen=True, slots=True)
class Named:
    """SHA-256s that are named. ``is_all``: False where something damaged may have named others."""

    sha256s: frozenset[str]
    is_all: bool


def named_in(folder: LibraryFolder, index: Index, but_for: str = "") -> Named:
    """What is named anywhere in the library; on the board at the path ``but_for`` only by its pictures.

    Raises ProblemError: what cannot be read may name anything.
    """
    understood = index.read(_understood)
    names = set(index.read(rows.reference_names))
    is_all = True
    with files.disk_problems(folder.root):
        for path in _documents(folder, folder.root / but_for / HIDDEN if but_for else None):
            status = path.stat()
            if understood.get(_picture_of(folder, path)) != (status.st_mtime_ns, status.st_size):
                with files.open_regular(path) as file:
                    names.update(name.decode() for name in _SHA256.findall(file.read()))
                is_all = is_all and _is_whole(path)
    return Named(frozenset(names), is_all)


def _understood(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """The records that the index has taken in as they are: when they were written, and their sizes."""
    return {row[0]: (row[1], row[2]) for row in connection.execute(_UNDERSTOOD)}


def _documents(folder: LibraryFolder, left_out: Path | None) -> Iterator[Path]:
    hidden = folder.hidden
    for pattern in ("presets/*.json", "searches/*.json", "trash/*/*.json*"):
        yield from (path for path in hidden.glob(pattern) if path.name != ENTRY_FILE and path.is_file())
    for path in folder.root.glob(f"**/{HIDDEN}/*{_JSON}*"):
        if path.parent not in (hidden, left_out) and path.is_file():
            yield path


def _picture_of(folder: LibraryFolder, record: Path) -> str:
    place = record.parent.parent if record.parent.name == HIDDEN else record.parent
    return folder.id_of(place / record.name.removesuffix(_JSON))


def _is_whole(path: Path) -> bool:
    """Whether it surely named nothing but what is found in its bytes."""
    is_record = path.suffix == _JSON and path.name != BOARD_FILE and path.parent.name not in _OTHERS
    return read_record_file(path) is not None if is_record else path.suffix == _JSON
