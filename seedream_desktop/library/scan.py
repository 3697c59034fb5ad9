"""What lies on a board right now, told by names and times only; no picture is read."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from seedream_desktop import file_names
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.items import is_picture_name, stamp
from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.rows import Stamp

_JSON = ".json"
_KNOWN = "SELECT id, board_id, size_bytes, file_mtime_ns, record_mtime_ns, record_size FROM pictures"


@dataclass(frozen=True, slots=True)
class BoardScan:
    """The pictures of one folder by file name, and the JSON files beside their records that are nobody's."""

    pictures: dict[str, Stamp]
    strays: tuple[str, ...]


def scan_board(folder: LibraryFolder, board_path: str) -> BoardScan:
    """What lies on the board at that path. Raises OSError when it cannot be listed."""
    place = folder.root / board_path
    seen = {name: stat for name, stat in _files_in(place).items() if is_picture_name(name)}
    hidden = place / HIDDEN
    beside = _files_in(hidden) if hidden.is_dir() and not hidden.is_symlink() else {}
    records = {name[: -len(_JSON)]: stat for name, stat in beside.items() if name.endswith(_JSON)}
    pictures = {
        name: stamp(folder, stat, records.get(name))
        for name, stat in seen.items()
        if 0 < stat.st_size <= PICTURE_LIMITS.size_bytes
    }
    strays = sorted(name + _JSON for name in records.keys() - seen.keys() if name + _JSON != BOARD_FILE)
    return BoardScan(pictures, tuple(strays))


def known_pictures(connection: sqlite3.Connection) -> dict[str, tuple[str, Stamp]]:
    """The board and the stamp of every picture that the index holds."""
    return {row[0]: (row[1], Stamp(*row[2:])) for row in connection.execute(f"{_KNOWN} WHERE {NOT_TRASHED}")}


def known_on_board(connection: sqlite3.Connection, board_id: str) -> dict[str, tuple[str, Stamp]]:
    """The same for one board."""
    sql = f"{_KNOWN} WHERE {NOT_TRASHED} AND board_id = ?"
    return {row[0]: (row[1], Stamp(*row[2:])) for row in connection.execute(sql, (board_id,))}


def _files_in(folder: Path) -> dict[str, os.stat_result]:
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if file_names.is_text(entry.name) and entry.is_file(follow_symlinks=False):
                    found[entry.name] = entry.stat(follow_symlinks=False)
            except OSError:  # gone since it was listed
                continue
    return found
