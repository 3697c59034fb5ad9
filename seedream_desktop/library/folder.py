"""The library's folder: what lies where in it, who may write, and how it is begun.

<library>/.seedream/library.json    {"format": 1, "id": "<uuid>", "created": "<UTC ISO 8601>"}
                    references/ab/<sha256>.<extension>     spend/<year-month>/<job id>.json
                    searches/<id>.json   presets/<id>.json   tmp/<machine id>/
                    trash/<id>/          entry.json, the picture, its record <file name>.json
<library>/<board>/.seedream/        board.json, the pictures' records <file name>.json

No absolute path is in any of these files.
"""

from __future__ import annotations

import contextlib
import json
import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.platforms.platform import current

FORMAT = 1
HIDDEN = ".seedream"
BOARD_FILE = "board.json"
ENTRY_FILE = "entry.json"
_LIBRARY_FILE = "library.json"
_FOLDERS = ("references", "spend", "searches", "presets", "trash", "tmp")


class LibraryFolder:
    """A library that is there: its id, its places, and one writer at a time."""

    def __init__(self, root: Path, library_id: str, machine_id: str, problem: Problem | None) -> None:
        """``problem`` says why nothing can be written, if so."""
        self.root = root
        self.id = library_id
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
        """Raises ProblemError(LIBRARY_AWAY): an empty mount point is not an empty library."""
        if not (self.hidden / _LIBRARY_FILE).is_file():
            raise _away(self.root)

    def path(self, picture_id: str) -> Path:
        """Where the picture's file lies."""
        return self.root / picture_id

    def record_path(self, picture_id: str) -> Path:
        """Where the picture's record lies."""
        return record_path(self.root / picture_id, is_trashed(picture_id))

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
    return found[0] if found else None


def open_folder(root: Path, machine_id: str, expected_id: str) -> LibraryFolder:
    """The library in ``root``; begun there if there is none and none is expected. Raises ProblemError."""
    found = _read(root)
    if expected_id and (found is None or found[0] != expected_id):
        raise _away(root)
    if found is None:
        return LibraryFolder(root, _begin(root, machine_id), machine_id, None)
    held_id, written_format = found
    if written_format > FORMAT:
        newer = Problem(ProblemKind.LIBRARY_NEWER, subject=str(root), limit=FORMAT, actual=written_format)
        return LibraryFolder(root, held_id, machine_id, newer)
    return LibraryFolder(root, held_id, machine_id, _why_not_writable(root / HIDDEN / "tmp" / machine_id))


def _read(root: Path) -> tuple[str, int] | None:
    path = root / HIDDEN / _LIBRARY_FILE
    try:
        held = json.loads(path.read_bytes())
        return str(held["id"]), int(held["format"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ProblemError(files.problem_of(error, root)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=_LIBRARY_FILE)) from error


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
    files.write_over(
        hidden / _LIBRARY_FILE, json.dumps(content).encode() + b"\n", hidden / "tmp" / machine_id
    )
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
