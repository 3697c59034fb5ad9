"""The only ways in which this application writes files for keeps.

A new file is written under a temporary name, synced, and then created under its own name without ever
overwriting another; whatever fails on the way leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from pathlib import Path

from seedream_desktop.file_names import folded, free_names
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if sys.platform == "darwin":
    import fcntl

PRIVATE = 0o700  # prompts, links and pictures of this machine are nobody else's to read
_CHUNK_BYTES = 1 << 20
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM, errno.EXDEV, errno.ENAMETOOLONG})
_AWAY = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTCONN}
    | {errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ETIMEDOUT}
)
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK}
)
_NO_EXCLUSIVE_RENAME = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_HERE, _NO_REPLACE, _EXCLUSIVE = -100, 1, 4  # AT_FDCWD and RENAME_NOREPLACE of Linux, RENAME_EXCL of macOS
_NAME_HOLDER_S = 315_630_246  # the time of an empty file that is ours: even, and after 1980, for FAT
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF})
_WINDOWS_TRIES = 10  # a virus scanner or a preview holds a fresh file for a moment
_WINDOWS_PAUSE_S = 0.05


def resource_path(*parts: str) -> Path:
    """Where a file of ``resources/`` lies: inside the installed package, or beside it in a checkout."""
    return _resources().joinpath(*parts)


@functools.cache
def _resources() -> Path:
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def problem_of(error: OSError, path: Path) -> Problem:
    """What ``error`` means for someone who wanted to write at ``path``, with the system's own words."""
    if error.errno in _DISK_FULL:
        kind = ProblemKind.DISK_FULL
    elif error.errno in _NOT_WRITABLE:
        kind = ProblemKind.FOLDER_NOT_WRITABLE
    elif error.errno in _AWAY:
        kind = ProblemKind.LIBRARY_AWAY
    else:
        kind = ProblemKind.UNEXPECTED
    return Problem(kind, said=error.strerror or "", subject=str(path))


@contextlib.contextmanager
def disk_problems(path: Path) -> Iterator[None]:
    """Turns every OSError of the block into a ProblemError about ``path``."""
    try:
        yield
    except OSError as error:
        raise ProblemError(problem_of(error, path)) from error


def write_new(
    folder: Path,
    name: str,
    source: bytes | Path,
    temporary: Path,
    is_taken: Callable[[str], bool] | None = None,
) -> Path:
    """Keep ``source`` in ``folder`` under ``name`` or the next free one, read-only and durably.

    ``is_taken`` answers for names that must not be used: by default what is there, in either case. Raises
    ProblemError, and then nothing new is in the folder.
    """
    return publish(stage(source, temporary), folder, name, is_taken)


def write_over(path: Path, content: bytes, temporary: Path, mode: int = 0o666) -> None:
    """Put ``content`` durably in the place of whatever is at ``path``. Raises ProblemError."""
    write_over_each({path: content}, temporary, mode)


def write_over_each(contents: Mapping[Path, bytes], temporary: Path, mode: int = 0o666) -> None:
    """Like ``write_over`` for several files, syncing each folder once at the end."""
    for path, content in contents.items():
        staged = stage(content, temporary, mode)
        try:
            _patiently(functools.partial(staged.replace, path))
        except OSError as error:
            discard(staged)
            raise ProblemError(problem_of(error, path.parent)) from error
    for folder in dict.fromkeys(path.parent for path in contents):
        with disk_problems(folder):
            sync_folder(folder)


def stage(source: bytes | Path, temporary: Path, mode: int = 0o666) -> Path:
    """A synced copy of ``source`` under a name of its own in ``temporary``. Raises ProblemError."""
    staged = temporary / f"{_unique()}.part"
    try:
        _write_synced(staged, source, mode)
    except OSError as error:
        discard(staged)
        raise ProblemError(problem_of(error, temporary)) from error
    except BaseException:
        discard(staged)
        raise
    return staged


def stage_own(source: Path, temporary: Path) -> Path:
    """Like ``stage`` for a file that nobody writes to any more: on the same disk it is not copied again."""
    staged = temporary / f"{_unique()}.part"
    if os.name != "posix":  # there both names would be read-only, and the other one could not be removed
        return stage(source, temporary)
    try:
        os.link(source, staged, follow_symlinks=False)
    except OSError:
        return stage(source, temporary)
    try:
        descriptor = os.open(staged, os.O_RDONLY)
        try:
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        discard(staged)
        raise ProblemError(problem_of(error, temporary)) from error
    return staged


def publish(staged: Path, folder: Path, name: str, is_taken: Callable[[str], bool] | None = None) -> Path:
    """Give a staged file its name in ``folder``, as ``write_new`` does; ``staged`` is gone afterwards."""
    target = None
    try:
        target = _first_free(staged, folder, name, is_taken or _taken_in(folder))
        staged.unlink(missing_ok=True)
        make_read_only(target)
        sync_folder(folder)
    except BaseException as error:
        discard(staged)
        if target is not None:
            discard(target)
        if isinstance(error, OSError):
            raise ProblemError(problem_of(error, folder)) from error
        raise
    return target


def create(staged: Path, target: Path) -> bool:
    """Give the file the name ``target`` too, or move it there; False: it is taken. Raises OSError."""
    try:
        os.link(staged, target)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return move(staged, target)  # FAT, some network drives
    return True


def move(source: Path, target: Path) -> bool:
    """Move the file to the name ``target``, in one step; False: it is taken. Raises OSError.

    Windows' rename never overwrites by itself. Where the file system of another system cannot do without
    overwriting, an empty file of ours takes the name first; ``is_name_holder`` knows one that was left.
    """
    try:
        if os.name != "posix":
            _patiently(lambda: source.rename(target))
        elif not _renamed_exclusively(source, target):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            _replace_own(source, target)
    except FileExistsError:
        return False
    return True


def is_name_holder(status: os.stat_result) -> bool:
    """Whether the file only keeps a name for one that was on its way there when the process ended."""
    return stat.S_ISREG(status.st_mode) and not status.st_size and int(status.st_mtime) == _NAME_HOLDER_S


def _renamed_exclusively(source: Path, target: Path) -> bool:
    """Rename without ever overwriting; False: system or file system cannot. Raises OSError."""
    rename = _exclusive_rename()
    if rename is None:
        return False
    code = rename(os.fsencode(source), os.fsencode(target))
    if code in _NO_EXCLUSIVE_RENAME:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(source), None, str(target))
    return True


@functools.cache
def _exclusive_rename() -> Callable[[bytes, bytes], int] | None:
    """What gives 0 or an error's number; None: this system's C library has no such call."""
    import ctypes  # late: 4 ms that the first paint does without

    library = ctypes.CDLL(None, use_errno=True)
    call: Callable[..., int]
    if (linux := getattr(library, "renameat2", None)) is not None:
        call = lambda old, new: linux(_HERE, old, _HERE, new, ctypes.c_uint(_NO_REPLACE))  # noqa: E731
    elif (macos := getattr(library, "renamex_np", None)) is not None:
        call = lambda old, new: macos(old, new, ctypes.c_uint(_EXCLUSIVE))  # noqa: E731
    else:
        return None

    def rename(source: bytes, target: bytes) -> int:
        sys.audit("os.rename", source, target, -1, -1)
        return ctypes.get_errno() if call(source, target) else 0

    return rename


def make_private_folder(folder: Path) -> None:
    """Like ``make_folder``, with all folders above it, and for nobody else to look into."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        make_folder(folder, PRIVATE)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make ``folder`` durably inside one that exists, unless it is there. Raises ProblemError."""
    with disk_problems(folder):
        try:
            folder.mkdir(mode)
        except FileExistsError:
            if not folder.is_dir():
                raise
            return
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can. Raises OSError."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)


def make_read_only(path: Path) -> None:
    """Let other programs ask where to save; a file system without permissions is left as it is."""
    with contextlib.suppress(OSError):
        path.chmod(0o444)


def discard(path: Path) -> None:
    """Remove the file, read-only or not; what cannot be removed stays."""
    with contextlib.suppress(OSError):
        remove(path)


def remove(path: Path) -> None:
    """Remove the file, read-only or not; nothing happens if it is gone. Raises OSError."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if os.name == "posix":
            raise
        path.chmod(stat.S_IWRITE)
        path.unlink(missing_ok=True)


def open_regular(path: Path) -> BufferedReader:
    """The file to read from; a pipe is not waited for, a device not read. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EISDIR if path.is_dir() else errno.EINVAL, "no regular file")
    return os.fdopen(descriptor, "rb")


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes, in hex. Raises ProblemError (FILE_UNREADABLE)."""
    import hashlib  # late: 2 ms that the first paint does without

    try:
        with open_regular(path) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


def _write_synced(target: Path, source: bytes | Path, mode: int) -> None:
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    descriptor = os.open(target, flags, mode)
    try:
        for chunk in [source] if isinstance(source, bytes) else _chunks(source):
            _write_whole(descriptor, chunk)
        _sync(descriptor)
    finally:
        os.close(descriptor)


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with open_regular(source) as file:
            left = os.fstat(file.fileno()).st_size + 1  # one more, to notice a file that grows without end
            while left and (chunk := file.read(min(_CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk
    except OSError as error:
        raise _unreadable(source, error) from error


def _unreadable(path: Path, error: OSError) -> ProblemError:
    kind = ProblemKind.IS_A_FOLDER if error.errno == errno.EISDIR else ProblemKind.FILE_UNREADABLE
    return ProblemError(Problem(kind, said=error.strerror or "", subject=path.name))


def _write_whole(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync(descriptor: int) -> None:
    if sys.platform == "darwin":  # fsync alone leaves the bytes in the drive's cache there
        with contextlib.suppress(OSError):  # a network drive does not know it
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _taken_in(folder: Path) -> Callable[[str], bool]:
    taken = frozenset(folded(path.name) for path in folder.iterdir())
    return lambda name: folded(name) in taken


def _first_free(staged: Path, folder: Path, name: str, is_taken: Callable[[str], bool]) -> Path:
    for candidate in free_names(name):
        if not is_taken(candidate) and create(staged, folder / candidate):
            return folder / candidate
    raise AssertionError("the names never end")


def _replace_own(staged: Path, target: Path) -> None:
    try:
        with contextlib.suppress(OSError):
            os.utime(target, (_NAME_HOLDER_S, _NAME_HOLDER_S))
        staged.replace(target)
    except OSError:
        discard(target)
        raise


def _patiently(operation: Callable[[], object]) -> None:
    for tries_left in range(_WINDOWS_TRIES, -1, -1):
        try:
            operation()
        except PermissionError:
            if os.name == "posix" or not tries_left:
                raise
            time.sleep(_WINDOWS_PAUSE_S)
        else:
            return


def _unique() -> str:
    return os.urandom(16).hex()
