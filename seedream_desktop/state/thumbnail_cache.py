"""Thumbnails: in memory as pixmaps of the size they are shown in, on disk as small files, made where missing.

The GUI thread only asks and takes; files are read, scaled and made on the threads of a runner. What has
scrolled away before its turn is dropped. What lies on this disk never waits for what has to be made of a
picture, which may lie on a slow drive; and what is made slowly lets others begin.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from seedream_desktop.files import make_private_folder
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.library.thumbnails import LIMIT_BYTES

if TYPE_CHECKING:
    from seedream_desktop.tasks import TaskRunner

READS_AT_ONCE = 2
MAKES_AT_ONCE = 2
MAKES_MOST = 6  # those that are slow among them
THREADS = READS_AT_ONCE + MAKES_MOST
_SLOW_S = 1.0  # what takes longer waits for a drive, not for the processor
VIEWS = 3  # the one that is shown, one before it, one behind it
SIDE_PX_MAX = 512  # the files on disk are not larger
_BYTES_PER_PX = 4
Found = Path | Callable[[], Path]  # a file, or what looks for it: that blocks, and may raise ProblemError


@dataclass(frozen=True, slots=True)
class _Wanted:
    sha256: str
    side_px: int


class ThumbnailCache(QObject):
    """Pixmaps by the SHA-256 of their picture, least recently shown out first."""

    thumbnail_ready = Signal(str)  # SHA-256: it can be had now, or may be asked for again
    thumbnail_failed = Signal(str)  # SHA-256: its picture is missing or damaged

    def __init__(
        self,
        folder: Path,
        runner: TaskRunner,
        make: Callable[[Path, Path], object],
        budget_mb: int = 16,
        parent: QObject | None = None,
    ) -> None:
        """``make(picture, thumbnail)`` writes a missing thumbnail; it is called on a thread of ``runner``."""
        super().__init__(parent)
        self._folder = folder
        self._runner = runner
        self._make = make
        self._budget_bytes = budget_mb * 1024 * 1024
        self._least_bytes = 0
        self._held_bytes = 0
        self._pixmaps: OrderedDict[_Wanted, QPixmap] = OrderedDict()
        self._best: dict[str, _Wanted] = {}  # what to show of a picture until the right size is there
        self._waiting: OrderedDict[_Wanted, Found] = OrderedDict()
        self._reading: set[_Wanted] = set()
        self._unmade: OrderedDict[_Wanted, Found] = OrderedDict()
        self._making: dict[_Wanted, float] = {}  # time.monotonic() at which it began
        self.limit_bytes = LIMIT_BYTES  # of all files on disk; may be changed
        self.asked_for = ""  # SHA-256: what was missing in memory last
        self.asked_s = 0.0  # time.monotonic() of that
        self._impatience = QTimer(self, singleShot=True, interval=int(_SLOW_S * 1000))
        self._impatience.timeout.connect(self._make_next)
        self._failed: set[str] = set()
        self._held_up: set[str] = set()  # their library was away

    @property
    def folder(self) -> Path:
        """Where the files lie. Any thread."""
        return self._folder

    @property
    def is_busy(self) -> bool:
        """Whether something is on its way that no slow drive holds up."""
        return bool(self._waiting or self._reading or self._unmade or self._quick_makes())

    def path_of(self, sha256: str) -> Path:
        """Where the thumbnail of a picture lies, whether it is there or not. Any thread."""
        return self._folder / sha256[:2] / f"{sha256}.thumbnail"

    def pixmap(self, sha256: str, path: Found, side_px: int = 256) -> QPixmap | None:
        """The thumbnail, ``side_px`` device pixels along its longer side; None: not yet, but asked for.

        Until the right size is there, another that is in memory is given. What looks for ``path`` is called
        on a thread of the runner, and where it finds none the thumbnail has failed.
        """
        wanted = _Wanted(sha256, min(side_px, SIDE_PX_MAX))
        pixmap = self._pixmaps.get(wanted)
        if pixmap is None:
            self._want(wanted, path)
            wanted = self._best.get(sha256, wanted)
            pixmap = self._pixmaps.get(wanted)
        if pixmap is not None:
            self._pixmaps.move_to_end(wanted)
        return pixmap

    def has_failed(self, sha256: str) -> bool:
        """Whether there is no thumbnail to be had: the picture is missing or damaged."""
        return sha256 in self._failed

    def put(self, sha256: str, image: QImage, side_px: int = 0) -> None:
        """Keep ``image`` as the thumbnail of a picture, in memory only; 0: it is as large as it is wanted."""
        side_px = side_px or min(max(image.width(), image.height()), SIDE_PX_MAX)
        self._failed.discard(sha256)
        self._keep(_Wanted(sha256, side_px), image)
        self.thumbnail_ready.emit(sha256)

    def drop_requests(self, sha256s: Iterable[str]) -> None:
        """Forget what was asked for these: they are no longer in view."""
        gone = set(sha256s)
        for queue in (self._waiting, self._unmade):
            for wanted in [wanted for wanted in queue if wanted.sha256 in gone]:
                del queue[wanted]

    def forget_failures(self) -> None:
        """Try again what could not be read: a folder that was away may be back."""
        again, self._failed, self._held_up = self._failed | self._held_up, set(), set()
        for sha256 in again:
            self.thumbnail_ready.emit(sha256)

    @property
    def held_bytes(self) -> int:
        """How much memory the pixmaps take."""
        return self._held_bytes

    def hold_views(self, pixels: int) -> None:
        """Whatever the budget, keep what fills a view of so many device pixels, and those around it."""
        self._least_bytes = VIEWS * pixels * _BYTES_PER_PX

    def _want(self, wanted: _Wanted, path: Found) -> None:
        is_coming = any(wanted in some for some in (self._waiting, self._reading, self._unmade, self._making))
        if is_coming or wanted.sha256 in self._failed:
            return
        self.asked_for, self.asked_s = wanted.sha256, time.monotonic()
        if isinstance(path, Path):
            self._waiting[wanted] = path
            self._read_next()
        else:
            self._unmade[wanted] = path
            self._make_next()

    def _read_next(self) -> None:
        while self._waiting and len(self._reading) < READS_AT_ONCE:
            wanted, path = self._waiting.popitem(last=False)
            self._read(wanted, path)

    def _read(self, wanted: _Wanted, path: Found) -> None:
        self._reading.add(wanted)
        thumbnail = self.path_of(wanted.sha256)
        self._runner.call(
            lambda: read_thumbnail(thumbnail, wanted.side_px),
            lambda image: self._on_read(wanted, path, image),
            lambda problem: self._on_failed(wanted, problem),
        )

    def _on_read(self, wanted: _Wanted, path: Found, image: QImage | None) -> None:
        self._reading.discard(wanted)
        if image is None:
            self._unmade[wanted] = path
            self._make_next()
        else:
            self._keep(wanted, image)
        self._read_next()
        if image is not None:
            self.thumbnail_ready.emit(wanted.sha256)

    def _quick_makes(self) -> int:
        since_s = time.monotonic() - _SLOW_S
        return sum(began_s > since_s for began_s in self._making.values())

    def _make_next(self) -> None:
        while self._unmade and self._quick_makes() < MAKES_AT_ONCE and len(self._making) < MAKES_MOST:
            wanted, path = self._unmade.popitem(last=False)
            self._make_one(wanted, path)
        if self._unmade:
            self._impatience.start()

    def _make_one(self, wanted: _Wanted, path: Found) -> None:
        self._making[wanted] = time.monotonic()
        thumbnail, make = self.path_of(wanted.sha256), self._make
        self._runner.call(
            lambda: _read_or_make(thumbnail, path, wanted.side_px, make),
            lambda image: self._on_made(wanted, image),
            lambda problem: self._on_failed(wanted, problem),
        )

    def _on_made(self, wanted: _Wanted, image: QImage) -> None:
        self._making.pop(wanted, None)
        self._keep(wanted, image)
        self._make_next()
        self.thumbnail_ready.emit(wanted.sha256)

    def _on_failed(self, wanted: _Wanted, problem: Problem) -> None:
        self._reading.discard(wanted)
        self._making.pop(wanted, None)
        self._read_next()
        self._make_next()
        if problem.kind is ProblemKind.LIBRARY_AWAY:
            self._held_up.add(wanted.sha256)
        else:
            self._failed.add(wanted.sha256)
            self.thumbnail_failed.emit(wanted.sha256)

    def _keep(self, wanted: _Wanted, image: QImage) -> None:
        self._remove(wanted)
        self._pixmaps[wanted] = QPixmap.fromImage(image)
        self._held_bytes += _size_bytes(self._pixmaps[wanted])
        self._best[wanted.sha256] = wanted
        while self._held_bytes > max(self._budget_bytes, self._least_bytes) and len(self._pixmaps) > 1:
            self._remove(next(iter(self._pixmaps)))

    def _remove(self, wanted: _Wanted) -> None:
        pixmap = self._pixmaps.pop(wanted, None)
        if pixmap is None:
            return
        self._held_bytes -= _size_bytes(pixmap)
        if self._best.get(wanted.sha256) == wanted:
            del self._best[wanted.sha256]


def read_thumbnail(path: Path, side_px: int) -> QImage | None:
    """One of our own small files, at most ``side_px`` along its longer side, ready to paint. Any thread.

    Python reads it: Qt would keep all other threads from going on while it waits for the disk (measured: the
    window stood still for 447 ms when a file was not in memory yet). It names no class of Qt as the first:
    PySide makes them then, and two threads that do so at once crash (measured: every other time).
    """
    try:
        held = path.read_bytes()
    except OSError:
        return None
    buffer = QBuffer()
    buffer.setData(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side_px:
        reader.setScaledSize(size.scaled(QSize(side_px, side_px), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return None
    has_alpha = image.hasAlphaChannel()
    image_format = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return image.convertToFormat(image_format)


def _read_or_make(
    thumbnail: Path, found: Found, side_px: int, make: Callable[[Path, Path], object]
) -> QImage:
    picture = found if isinstance(found, Path) else found()
    if (image := read_thumbnail(thumbnail, side_px)) is not None:
        return image
    make_private_folder(thumbnail.parent)
    make(picture, thumbnail)
    if (image := read_thumbnail(thumbnail, side_px)) is not None:
        return image
    raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=picture.name))


def _size_bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * _BYTES_PER_PX
