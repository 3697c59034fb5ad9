"""Boards that come from elsewhere as files: a ZIP that was handed over, or the folder of another library.

Both are laid out as a library is: ``<board>/<picture>``, ``<board>/.seedream/board.json`` and
``<board>/.seedream/<picture>.json``, ``.seedream/references/ab/<sha256>.<extension>``. A ZIP says what it is
in ``.seedream/parcel.json`` {"format": 1}. Whoever made it is not trusted: what does not look as agreed is
refused before anything is unpacked, and nothing is ever unpacked under a name of its own.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from seedream_desktop import files
from seedream_desktop.file_names import is_text
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.documents import document_of
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN

FORMAT = 1
PARCEL_FILE = f"{HIDDEN}/parcel.json"
ENTRIES_MOST = 500_000  # 100,000 pictures, their records and as many references, with room
DIRECTORY_BYTES_MOST = (
    128 << 20
)  # of a ZIP's list of entries: it is read as a whole; half a million need 75 MB
EXPANSION_MOST = 20  # bytes unpacked for each that came: pictures do not shrink, records to a tenth
EXPANSION_FREE_BYTES = 1 << 20  # a few small records may shrink by more
DEPTH_MOST = 15  # boards within boards; a library has 16 and one may be put around them
RECORD_BYTES_MOST = 4 << 20  # a record has 4 kB; a board ordered by hand is the longest: 30,000 names
PICTURE_BYTES_MOST = 256 << 20  # what the worker takes, with room: it says so itself, with the reason
_NAME_BYTES_MOST = 1024  # of an entry's whole name
_PICTURE_SUFFIXES = frozenset({"jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "avif", "jp2"})
_REFERENCE = re.compile(rf"{re.escape(HIDDEN)}/references/[0-9a-f]{{2}}/([0-9a-f]{{64}})\.[a-z0-9]{{1,8}}")
_CHUNK_BYTES = 1 << 20
_END, _END_BYTES, _COMMENT_BYTES_MOST = b"PK\x05\x06", 22, 1 << 16
_LOCATOR, _LOCATOR_BYTES = b"PK\x06\x07", 20
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class ParcelPicture:
    """A picture in a parcel: its board's path there, its file's name, and its record's entry; empty: none."""

    board: str
    name: str
    record: str = ""

    @property
    def entry(self) -> str:
        """Its file's entry."""
        return f"{self.board}/{self.name}"


@dataclass(frozen=True, slots=True)
class Contents:
    """What is in a parcel."""

    boards: tuple[str, ...] = ()  # paths, the outermost first
    pictures: tuple[ParcelPicture, ...] = ()
    references: Mapping[str, str] = field(default_factory=dict)  # entries by SHA-256


class Parcel(Protocol):
    """Boards from elsewhere, open to be read."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """Its entries, and how many bytes each has."""

    def open(self, entry: str) -> IO[bytes]:
        """An entry, to be read. Raises what a broken archive raises."""


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Parcel]:
    """The parcel at ``path``. Raises ProblemError(PARCEL_REFUSED)."""
    if path.is_dir():
        yield FolderParcel(path)
        return
    with opened_zip(path) as archive:
        said = document_in(archive, PARCEL_FILE)
        if not isinstance(said, dict) or said.get("format") != FORMAT:
            raise ProblemError(refused(path.name))
        yield archive


@contextlib.contextmanager
def opened_zip(path: Path) -> Iterator[FairZip]:
    """A ZIP that can be read safely, whatever it holds. Raises ProblemError(PARCEL_REFUSED)."""
    with contextlib.ExitStack() as stack:
        try:
            fair = FairZip(stack.enter_context(_archive(path)), path)
        except _BROKEN as error:
            raise ProblemError(refused(path.name)) from error
        yield fair


def contents_of(sizes: Mapping[str, int]) -> Contents:
    """What the entries are, by their names; what is nothing of ours is passed over."""
    pictures, boards, references = [], dict[str, None](), {}
    for entry in sorted(sizes):
        *folders, name = entry.split("/")
        if found := _REFERENCE.fullmatch(entry):
            references[found[1]] = entry
        elif folders[-1:] == [HIDDEN] and name == BOARD_FILE:
            _note(boards, folders[:-1])
        elif folders and name.rpartition(".")[2].lower() in _PICTURE_SUFFIXES and _are_visible(entry):
            board = "/".join(folders)
            record = f"{board}/{HIDDEN}/{name}.json"
            pictures.append(ParcelPicture(board, name, record if record in sizes else ""))
            _note(boards, folders)
    return Contents(tuple(sorted(boards, key=lambda one: one.split("/"))), tuple(pictures), references)


def fetch(parcel: Parcel, entry: str, target: Path) -> None:
    """Write an entry's bytes to ``target``. Raises ProblemError; nothing is left of it then."""
    size_bytes = parcel.sizes[entry]
    try:
        with files.disk_problems(target.parent), target.open("xb") as file:
            for chunk in _chunks(parcel, entry, size_bytes):
                file.write(chunk)
    except BaseException:
        files.discard(target)
        raise


def document_in(parcel: Parcel, entry: str) -> Any:
    """The JSON value of an entry; None: there is none that can be read."""
    size_bytes = parcel.sizes.get(entry)
    if size_bytes is None or size_bytes > RECORD_BYTES_MOST:
        return None
    try:
        return document_of(b"".join(_chunks(parcel, entry, size_bytes)))
    except (ProblemError, ValueError):
        return None


def refused(name: str) -> Problem:
    """That it is no parcel, or not one that can be opened safely."""
    return Problem(ProblemKind.PARCEL_REFUSED, subject=name)


def is_fair_name(entry: str) -> bool:
    """Whether an entry's name can only mean a place inside, on every system."""
    parts = entry.split("/")
    return (
        0 < len(entry.encode(errors="replace")) <= _NAME_BYTES_MOST
        and is_text(entry)
        and len(parts) <= DEPTH_MOST + 2
        and not any(part in {"", ".", ".."} for part in parts)
        and not any(mark in entry for mark in "\\:\0")
    )


class FairZip:
    """A ZIP that was handed over. All of it is judged before any of it is read."""

    def __init__(self, archive: zipfile.ZipFile, path: Path) -> None:
        """Raises ProblemError when it asks for what is not done."""
        self.name = path.name
        self._archive = archive
        entries = [one for one in archive.infolist() if not one.is_dir()]
        self._entries = {one.filename: one for one in entries}
        self.sizes = {one.filename: one.file_size for one in entries}
        room_bytes = path.stat().st_size * EXPANSION_MOST + EXPANSION_FREE_BYTES
        is_fair = (
            len(entries) <= ENTRIES_MOST
            and len(self.sizes) == len(entries)  # no two of one name
            and sum(self.sizes.values()) <= room_bytes
            and all(map(_is_fair, entries))
        )
        if not is_fair:
            raise ProblemError(refused(path.name))

    def open(self, entry: str) -> IO[bytes]:
        """An entry, to be read."""
        source: IO[bytes] = self._archive.open(self._entries[entry])
        return source


class FolderParcel:
    """The folder of another library. Links are not followed."""

    def __init__(self, root: Path) -> None:
        """Look at what is there, not into it."""
        self.name = root.name
        self._root = root
        self.sizes = dict(_files_below(root))

    def open(self, entry: str) -> IO[bytes]:
        """An entry, to be read."""
        return files.open_regular(self._root / entry)


def _archive(path: Path) -> zipfile.ZipFile:
    """Raises ValueError when its list of entries is longer than one is read."""
    with files.open_regular(path) as file:
        if _directory_bytes(file) > DIRECTORY_BYTES_MOST:
            raise ValueError("too many entries")
    return zipfile.ZipFile(path)


def _directory_bytes(file: IO[bytes]) -> int:
    """How long the ZIP says that its list of entries is, found where ``zipfile`` finds it."""
    size_bytes = file.seek(0, os.SEEK_END)
    start = max(0, size_bytes - _END_BYTES - _COMMENT_BYTES_MOST - _LOCATOR_BYTES)
    file.seek(start)
    tail = file.read()
    plain = len(tail) - _END_BYTES
    has_no_comment = plain >= 0 and tail[plain : plain + 4] == _END and tail[-2:] == b"\0\0"
    at = plain if has_no_comment else tail.rfind(_END)
    if at < 0 or at + _END_BYTES > len(tail):
        raise ValueError("no ZIP")
    said = int.from_bytes(tail[at + 12 : at + 16], "little")
    locator = tail[max(0, at - _LOCATOR_BYTES) : at]
    if locator[:4] != _LOCATOR:
        return said
    file.seek(int.from_bytes(locator[8:16], "little"))
    return max(said if said != 0xFFFFFFFF else 0, int.from_bytes(file.read(56)[40:48], "little"))


def _is_fair(entry: zipfile.ZipInfo) -> bool:
    mode = entry.external_attr >> 16
    is_plain = not stat.S_IFMT(mode) or stat.S_ISREG(mode)
    is_packed_as_agreed = entry.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    is_open = not entry.flag_bits & _ENCRYPTED
    is_short = entry.file_size <= PICTURE_BYTES_MOST
    return is_plain and is_packed_as_agreed and is_open and is_short and is_fair_name(entry.filename)


def _chunks(parcel: Parcel, entry: str, size_bytes: int) -> Iterator[bytes]:
    """Never more than was said. Raises ProblemError when it cannot be read, or is not as long."""
    try:
        left = size_bytes
        with parcel.open(entry) as source:
            while left and (chunk := source.read(min(_CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk
            if left or source.read(1):
                raise ValueError("another length than was said")
    except _BROKEN as error:
        name = entry.rpartition("/")[2]
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=name)) from error


def _files_below(root: Path) -> Iterator[tuple[str, int]]:
    waiting = [(root, "")]
    while waiting:
        folder, prefix = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for one in entries:
                name = f"{prefix}{one.name}"
                if not is_fair_name(name):
                    continue
                if one.is_dir(follow_symlinks=False) and _is_of_a_library(name):
                    waiting.append((Path(one.path), f"{name}/"))
                elif one.is_file(follow_symlinks=False):
                    yield name, one.stat(follow_symlinks=False).st_size


def _is_of_a_library(folder: str) -> bool:
    """Not its trash and what else is its own."""
    first, *rest = folder.split("/")
    if first == HIDDEN:
        return rest[:1] in ([], ["references"])
    return not any(part.startswith(".") and part != HIDDEN for part in folder.split("/"))


def _are_visible(entry: str) -> bool:
    return not any(part.startswith(".") for part in entry.split("/"))


def _note(boards: dict[str, None], folders: list[str]) -> None:
    """A board, with those around it."""
    if any(name.startswith(".") for name in folders):
        return
    for depth in range(len(folders)):
        boards["/".join(folders[: depth + 1])] = None
