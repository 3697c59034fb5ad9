"""What lies on a board right now, told by names and times only; no picture is read.

Each picture is told in one short line, and those of the index are written out in the same way: of 100,000
only the ones that differ are looked at any further.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.items import is_picture_name
from seedream_desktop.library.query import NOT_TRASHED, SEPARATOR
from seedream_desktop.library.rows import ELSEWHERE

if TYPE_CHECKING:
    from seedream_desktop.library.values import Board

_JSON = ".json"
_NO_RECORD = "0 0"
_TOLD = "size_bytes || ' ' || file_mtime_ns || ' ' || record_mtime_ns || ' ' || record_size"
_PAGE = 4096
_LINES = (  # a text for every page of them: rows handed over one by one hold up all other threads
    f"SELECT group_concat({_TOLD} || ' ' || hex(board_id) || ' ' || id, '{SEPARATOR}') FROM pictures "  # noqa: S608
    f"WHERE {NOT_TRASHED}"
)


@dataclass(frozen=True, slots=True)
class BoardScan:
    """The pictures of one folder by file name, and the JSON files beside their records that are nobody's."""

    pictures: dict[str, str]  # of each: size and time of the picture, time and size of its record
    strays: tuple[str, ...]


def scan_board(folder: LibraryFolder, board_path: str) -> BoardScan:
    """What lies on the board at that path. Raises OSError when it cannot be listed."""
    place, most_bytes, is_elsewhere = folder.root / board_path, PICTURE_LIMITS.size_bytes, folder.is_elsewhere

    def told_of_picture(status: os.stat_result) -> str:
        size_bytes = status.st_size
        if not 0 < size_bytes <= most_bytes:
            return ""  # no picture, or none that can be read
        return f"{size_bytes} {ELSEWHERE if is_elsewhere(status) else status.st_mtime_ns}"

    pictures = _told_in(place, is_picture_name, told_of_picture)
    hidden = place / HIDDEN
    is_there = hidden.is_dir() and not hidden.is_symlink()
    records = _told_in(hidden, _is_document_name, _told_of_record) if is_there else {}
    for name, told in pictures.items():
        record = records.pop(name + _JSON, _NO_RECORD)
        pictures[name] = f"{told} {record}" if told else ""
    for name in [name for name, told in pictures.items() if not told]:
        del pictures[name]
    strays = sorted(records.keys() - {BOARD_FILE})
    return BoardScan(pictures, tuple(strays))


def lines(scan: BoardScan, board: Board) -> Iterator[tuple[str, str]]:
    """The pictures on a board by name, each with its line as ``known_lines`` has it."""
    said = f"{board.id.encode(errors='replace').hex().upper()} {board.path}"  # an id may hold anything
    return ((name, f"{told} {said}/{name}") for name, told in scan.pictures.items())


def told_by(known_line: str) -> tuple[str, str]:
    """The id of the picture that a line is about, and what it tells of it."""
    size, mtime_ns, record_mtime_ns, record_size, _, picture_id = known_line.split(" ", 5)
    return picture_id, f"{size} {mtime_ns} {record_mtime_ns} {record_size}"


def has_record(told: str) -> bool:
    """Whether a picture has a record."""
    return not told.endswith(" 0")


def is_same_file(told: str, other: str) -> bool:
    """Whether both tell the same of the picture itself, whatever they tell of its record."""
    return told.split(" ")[:2] == other.split(" ")[:2]


def known_marks(connection: sqlite3.Connection, board_id: str = "") -> set[int]:
    """A number for each line of ``known_lines``: a fifth of the room, and for this process only."""
    return {mark for page in known_lines(connection, board_id) for mark in map(hash, page)}


def known_lines(connection: sqlite3.Connection, board_id: str = "") -> Iterator[list[str]]:
    """What the index holds: a line for each picture, of one board or of all, page by page."""
    if board_id:
        sql = f"{_LINES} AND board_id = ? GROUP BY pk / {_PAGE}"
        pages = (page for (page,) in connection.execute(sql, (board_id,)))
    else:
        (last,) = connection.execute("SELECT ifnull(max(pk), 0) FROM pictures").fetchone()
        sql = f"{_LINES} AND pk BETWEEN ? AND ?"
        starts = range(0, last + 1, _PAGE)
        pages = (connection.execute(sql, (start, start + _PAGE - 1)).fetchone()[0] for start in starts)
    return (page.split(SEPARATOR) for page in pages if page)


def _told_in(
    folder: Path, is_wanted: Callable[[str], bool], tell: Callable[[os.stat_result], str]
) -> dict[str, str]:
    """What ``tell`` says of the wanted files in a folder, by name."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            try:
                if is_wanted(name) and entry.is_file(follow_symlinks=False):
                    found[name] = tell(entry.stat(follow_symlinks=False))
            except OSError:  # gone since it was listed
                continue
    if file_names.is_text("".join(found)):
        return found
    return {name: told for name, told in found.items() if file_names.is_text(name)}


def _is_document_name(name: str) -> bool:
    return name.endswith(_JSON)


def _told_of_record(status: os.stat_result) -> str:
    return f"{status.st_mtime_ns} {status.st_size}"
