"""The library's folder: what lies where in it, who may write, and how it is begun.

<library>/.seedream/library.json    {"format": 1, "id": "<uuid>", "created": "<UTC ISO 8601>",
                                     "also": [ids from before copies of this file were merged]}
                    references/ab/<sha256>.<extension>     spend/<year-month>/<job id>.json
                    searches/<id>.json   presets/<id>.json   tmp/<machine id>/
                    trash/<id>/          entry.json, the picture, its record <file name>.json
                    trash/emptying-<machine id>-<id>/    what is on its way to the system's trash
<library>/<board>/.seedream/        board.json, the pictures' records <file name>.json

No absolute path is in any of these files.

What changed a moment ago may be half of what another machine did: its synchroniser brings files in any order.
Whoever would write because of such a thing asks ``LibraryFolder.is_still`` first.
"""

from __future__ import annotations

import contextlib
import functools
import os
import stat
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.leftovers import is_nobodys
from seedream_desktop.library.marks import Document, canonical, richest, written
from seedream_desktop.platforms.placeholders import has_blocks, is_placeholder
from seedream_desktop.platforms.platform import current

FORMAT = 1
HIDDEN = ".seedream"
BOARD_FILE = "board.json"
ENTRY_FILE = "entry.json"
_LIBRARY_FILE = "library.json"
SETTLE_S = 30.0  # how long a thing lies still before what it lacks is taken for missing
_CLOCK_ERROR_S = 3600.0  # a network drive's clock may be ahead
_FOLDERS = ("references", "spend", "searches", "presets", "trash", "tmp")


class LibraryFolder:
    """A library that is there: its id, its places, and one writer at a time."""

    def __init__(
        self,
        root: Path,
        ids: Sequence[str],
        machine_id: str,
        problem: Problem | None,
        settle_s: float = SETTLE_S,
    ) -> None:
        """``ids``: the library's, then those it had; ``problem`` says why nothing can be written, if so."""
        self.root = root
        self.id = ids[0]
        self.ids = frozenset(ids)
        self.is_unsettled = False  # something lacks what may yet arrive: it is worth another look soon
        self._settle_s = settle_s
        self.machine_id = machine_id
        self.problem = problem
        self.hidden = root / HIDDEN
        self.temporary = self.hidden / "tmp" / machine_id
        self._lock = threading.RLock()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Keeps other threads from writing. Raises ProblemError when nothing can be written."""
        with self._lock:
            self.check_writable()
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps other threads from writing, also where nothing can be written."""
        with self._lock:
            yield

    def check_writable(self) -> None:
        """Raises ProblemError with LIBRARY_NEWER, LIBRARY_AWAY or FOLDER_NOT_WRITABLE."""
        if self.problem is not None:
            raise ProblemError(self.problem)
        self.check_present()
        if not self.temporary.is_dir():
            files.make_folder(self.temporary.parent)
            files.make_folder(self.temporary)

    def check_present(self) -> None:
        """Raises ProblemError(LIBRARY_AWAY): an empty mount point is not an empty library.

        Or another one, where it is there and may not be read.
        """
        with files.disk_problems(self.root):
            is_there = (self.hidden / _LIBRARY_FILE).is_file()
        if not is_there:
            raise _away(self.root)

    def is_still(self, *paths: Path, for_s: float = SETTLE_S) -> bool:
        """Whether none of the files changed, and nothing came or went in the folders, for that long."""
        settle_s = min(for_s, self._settle_s)
        if settle_s <= 0:
            return True
        now_s = time.time()
        is_still = not any(-_CLOCK_ERROR_S < now_s - at_s < settle_s for at_s in map(_changed_s, paths))
        self.is_unsettled |= not is_still
        return is_still

    def is_forsaken(self, path: Path) -> bool:
        """Whether it lies there so long that what belongs to it will not come any more."""
        return self._settle_s <= 0 or is_nobodys(path)

    def reconcile(self) -> None:
        """Merge copies of the library's file: two machines began it, each while it had not seen the other's.

        The ids are merged alike everywhere: the smallest stays. Raises ProblemError.
        """
        copies = _copies(self.root)
        if not copies or self.problem is not None:
            return
        with self.writing(), files.disk_problems(self.root):
            held = _read(self.root)
            if held is not None:
                path = self.hidden / _LIBRARY_FILE
                if canonical(read_document(path)) != canonical(held):
                    files.write_over(path, written(held), self.temporary)
                self.ids |= {*_ids_of(held)}
                for copy in copies:
                    files.discard(copy)

    def is_elsewhere(self, status: os.stat_result) -> bool:
        """Whether a cloud keeps the file's bytes: to read them would fetch them."""
        return is_placeholder(status, counts_blocks=self._counts_blocks)

    @functools.cached_property
    def _counts_blocks(self) -> bool:
        try:
            return has_blocks((self.hidden / _LIBRARY_FILE).stat())
        except OSError:
            return False

    def path(self, picture_id: str) -> Path:
        """Where the picture's file lies."""
        return self.root / picture_id

    def record_path(self, picture_id: str) -> Path:
        """Where the picture's record lies."""
        folder, _, name = picture_id.rpartition("/")
        hidden = "" if is_trashed(picture_id) else f"/{HIDDEN}"
        return Path(f"{self.root}/{folder}{hidden}/{name}.json")  # in one go: a rebuild asks a lot

    def id_of(self, path: Path) -> str:
        """The id of the picture at ``path``."""
        return path.relative_to(self.root).as_posix()


def record_path(picture: Path, is_in_trash: bool = False) -> Path:
    """The record's place: under the board's hidden folder, in the trash beside the picture."""
    name = f"{picture.name}.json"
    return picture.with_name(name) if is_in_trash else picture.parent / HIDDEN / name


def is_trashed(picture_id: str) -> bool:
    """Whether the picture lies in the trash."""
    return picture_id.startswith(f"{HIDDEN}/")


def board_path_of(picture_id: str) -> str:
    """The path of the board that the picture lies on."""
    return PurePosixPath(picture_id).parent.as_posix()


def library_id(root: Path) -> str | None:
    """The id of the library in ``root``; None: there is none. Raises ProblemError if it is unreadable."""
    found = _read(root)
    return str(found["id"]) if found else None


def open_folder(root: Path, machine_id: str, expected_id: str, settle_s: float = SETTLE_S) -> LibraryFolder:
    """The library in ``root``; begun there if there is none and none is expected. Raises ProblemError."""
    found = _read(root)
    ids = _ids_of(found) if found else ()
    if expected_id and expected_id not in ids:
        raise _away(root)
    if found is None:
        return LibraryFolder(root, (_begin(root, machine_id),), machine_id, None, settle_s)
    if found["format"] > FORMAT:
        newer = Problem(ProblemKind.LIBRARY_NEWER, subject=str(root), limit=FORMAT, actual=found["format"])
        return LibraryFolder(root, ids, machine_id, newer, settle_s)
    problem = _why_not_writable(root / HIDDEN / "tmp" / machine_id)
    return LibraryFolder(root, ids, machine_id, problem, settle_s)


def merge_libraries(first: Document, second: Document) -> Document:
    """Two copies of the library's file as one; the smaller id stays, the other one is remembered."""
    ids = sorted({*_ids_of(first), *_ids_of(second)})
    merged = {name: richest((first.get(name), second.get(name))) for name in first.keys() | second.keys()}
    known = {"format": max(first["format"], second["format"]), "id": ids[0]}
    return {**merged, **known, **({"also": ids[1:]} if ids[1:] else {})}


def _changed_s(path: Path) -> float:
    """When the file came here or was changed last, whatever time of change it brought along."""
    try:
        status = path.lstat()
    except OSError:
        return -float("inf")
    return max(status.st_ctime, status.st_mtime) if stat.S_ISDIR(status.st_mode) else status.st_ctime


def _ids_of(document: Document) -> tuple[str, ...]:
    also = document.get("also")
    return (document["id"], *(one for one in also if isinstance(one, str))) if also else (document["id"],)


def _read(root: Path) -> Document | None:
    """What the library's file says, with the copies of it that a synchroniser left."""
    path = root / HIDDEN / _LIBRARY_FILE
    try:
        held = [_checked(read_document(path))]
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ProblemError(files.problem_of(error, root)) from error
    except ValueError as error:
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=_LIBRARY_FILE)) from error
    for copy in _copies(root):
        with contextlib.suppress(OSError, ValueError):
            held.append(_checked(read_document(copy)))
    return functools.reduce(merge_libraries, held)


def _checked(held: Any) -> Document:
    """``held`` as a library's file. Raises ValueError."""
    also = held.get("also", []) if isinstance(held, dict) else None
    if (
        not isinstance(also, list)
        or not isinstance(held.get("id"), str)
        or type(held.get("format")) is not int
    ):
        raise ValueError("not a library")
    return dict(held)


def _copies(root: Path) -> tuple[Path, ...]:
    """The files beside the library's own that say the same: they are of a synchroniser."""
    found = []
    for path in (root / HIDDEN).glob(f"{Path(_LIBRARY_FILE).stem}*.json"):
        with contextlib.suppress(OSError, ValueError):
            if path.name != _LIBRARY_FILE and _checked(read_document(path)):
                found.append(path)
    return tuple(sorted(found))


def _begin(root: Path, machine_id: str) -> str:
    hidden = root / HIDDEN
    with files.disk_problems(root):
        try:
            hidden.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            problem = Problem(ProblemKind.FOLDER_NOT_WRITABLE, said=error.strerror or "", subject=str(root))
            raise ProblemError(problem) from error
        with contextlib.suppress(OSError):
            current().hide(hidden)
    for name in _FOLDERS:
        files.make_folder(hidden / name)
    files.make_folder(hidden / "tmp" / machine_id)
    new_id = str(uuid.uuid4())
    content = {"format": FORMAT, "id": new_id, "created": datetime.now(UTC).isoformat(timespec="seconds")}
    files.write_over(hidden / _LIBRARY_FILE, written(content), hidden / "tmp" / machine_id)
    return new_id


def _why_not_writable(temporary: Path) -> Problem | None:
    probe = temporary / f"{uuid.uuid4().hex}.part"
    try:
        temporary.mkdir(parents=True, exist_ok=True)
        probe.touch()
        files.remove(probe)
    except OSError as error:
        return files.problem_of(error, temporary.parents[2])
    return None


def _away(root: Path) -> ProblemError:
    return ProblemError(Problem(ProblemKind.LIBRARY_AWAY, subject=str(root)))
