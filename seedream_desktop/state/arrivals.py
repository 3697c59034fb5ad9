"""Which files a drop or a choice means: files as they are, and of folders all pictures below."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.imaging.limits import PICTURE_LIMITS
from seedream_desktop.state.incoming import PICTURE_SUFFIXES, is_remote

FILES_MOST = 200_000  # of one import; twice the largest library that this is made for
_DEPTH_MOST = 16  # folders within folders, as in a library; deeper is a loop or a mistake
_TOLD_EVERY = 500  # files
_LIBRARY_FILE = Path(".seedream", "library.json")
_PARCEL = ".zip"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What came: picture files, whole boards (ZIPs and other libraries), and what cannot be read."""

    files: tuple[Path, ...] = ()
    parcels: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_cut: bool = False  # there are more than one import takes


def arrivals(paths: tuple[Path, ...], go_on: Callable[[], bool], own: Path | None = None) -> Arrivals:
    """Look through ``paths``; ends early, with nothing, once ``go_on`` says no. Blocks.

    ``own``: the library that they come to. It is a folder like any other, all of whose pictures are known.
    """
    files: list[Path] = []
    parcels: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if is_remote(path):
            problems.append(unreadable(path))
        elif _is_library(path, own) or (path.suffix.lower() == _PARCEL and path.is_file()):
            parcels.append(path)
        elif path.is_dir():
            before, parcels_before = len(files), len(parcels)
            for file in _pictures_below(path, own, parcels):
                if len(files) >= FILES_MOST or (len(files) % _TOLD_EVERY == 0 and not go_on()):
                    break
                files.append(file)
            if len(files) == before and len(parcels) == parcels_before:
                problems.append(Problem(ProblemKind.IS_A_FOLDER, subject=path.name))
        else:
            files.append(path)
    if not go_on():
        return Arrivals()
    unlike = tuple(dict.fromkeys(files))
    is_cut = len(files) >= FILES_MOST
    return Arrivals(unlike[:FILES_MOST], tuple(dict.fromkeys(parcels)), tuple(problems), is_cut)


def refuse_unread(path: Path) -> None:
    """Refuse what must not be opened, or is not worth reading. Raises ProblemError."""
    if is_remote(path):
        raise ProblemError(unreadable(path))
    try:
        state = path.stat()
    except OSError as error:
        raise ProblemError(unreadable(path, error.strerror)) from error
    except ValueError as error:  # a name that no file can have
        raise ProblemError(unreadable(path)) from error
    if not stat.S_ISREG(state.st_mode):
        raise ProblemError(unreadable(path))
    if state.st_size > PICTURE_LIMITS.size_bytes:  # before it is hashed: a file without end takes hours
        most, found = PICTURE_LIMITS.size_bytes, state.st_size
        raise ProblemError(Problem(ProblemKind.FILE_TOO_LARGE, subject=path.name, limit=most, actual=found))


def unreadable(path: Path, said: str | None = None) -> Problem:
    """That ``path`` cannot be read, in the system's own words if it said any."""
    return Problem(ProblemKind.FILE_UNREADABLE, subject=path.name, said=said or "")


def _is_library(path: Path, own: Path | None) -> bool:
    try:
        return (path / _LIBRARY_FILE).is_file() and not (own is not None and path.samefile(own))
    except OSError:
        return False


def _pictures_below(folder: Path, own: Path | None, libraries: list[Path]) -> Iterator[Path]:
    """By name, folder by folder; links to folders are not followed, hidden things left out.

    Other libraries are put on the list, and what is in them is left to them.
    """
    waiting = [(folder, 0)]
    while waiting:
        place, depth = waiting.pop()
        try:
            with os.scandir(place) as entries:
                held = sorted((one for one in entries if not one.name.startswith(".")), key=_by_name)
        except OSError:
            continue
        yield from (
            Path(one.path) for one in held if _is_picture(one.name) and not one.is_dir(follow_symlinks=False)
        )
        if depth < _DEPTH_MOST:
            inner = [Path(one.path) for one in held if one.is_dir(follow_symlinks=False)]
            others = [one for one in inner if _is_library(one, own)]
            libraries += others
            waiting += [(one, depth + 1) for one in reversed(inner) if one not in others]


def _by_name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_picture(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in PICTURE_SUFFIXES  # noqa: PTH122 - of 200,000 names
