"""Full pictures for looking at: decoded, colour-managed and reduced in steps, off the GUI thread.

What comes out can be painted as it is. Qt lets go of Python's lock while it decodes and scales, but not while
it converts (a quarter of a second for 4096²); so that is done in strips too short for the window to notice.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QPainter

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.tasks import TaskRunner

BUDGET_MB = 300
READS_AT_ONCE = 2
_MB = 1024 * 1024
_ALLOCATION_MB = 1280  # a library takes pictures of at most 150 million pixels; 16-bit ones need 8 bytes each
_PIXELS_MAX = 40_000_000  # what is larger is shown reduced
_STRIP_PIXELS = 250_000  # about 5 ms of colours at a time
_LEAST_LEVEL_PX = 512
_END_OF_JPEG = b"\xff\xd9"
_TAIL_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class FullPicture:
    """A picture ready to paint. ``levels``: each half as large as the one before it, the first 1 : 1."""

    path: Path
    width_px: int  # of the file, upright
    height_px: int
    levels: tuple[QImage, ...]
    is_whole: bool = True  # no part is missing

    @property
    def size_bytes(self) -> int:
        """The memory it takes."""
        return sum(level.sizeInBytes() for level in self.levels)

    def level_for(self, zoom: float) -> QImage:
        """The smallest level that is not smaller than the picture at ``zoom``."""
        wanted_px = self.width_px * zoom
        fitting = (level for level in reversed(self.levels) if level.width() >= wanted_px)
        return next(fitting, self.levels[0])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A picture that cannot be shown, and why."""

    path: Path
    problem: Problem


class FullPictures(QObject):
    """The few pictures that are looked at, and their neighbours, within a budget of memory."""

    picture_ready = Signal(object)  # FullPicture
    picture_failed = Signal(object)  # Unreadable

    def __init__(self, runner: TaskRunner, budget_mb: int = BUDGET_MB, parent: QObject | None = None) -> None:
        """Decode on ``runner``; keep at most ``budget_mb``, and in any case the picture wanted most."""
        super().__init__(parent)
        self._runner = runner
        self._budget_bytes = budget_mb * _MB
        self._held: OrderedDict[Path, FullPicture] = OrderedDict()
        self._wanted: tuple[Path, ...] = ()
        self._reading: set[Path] = set()
        self._failed: dict[Path, Problem] = {}
        self._crowded_out: set[Path] = set()  # wanted, but there was no room
        QImageReader.setAllocationLimit(_ALLOCATION_MB)

    def get(self, path: Path) -> FullPicture | None:
        """The picture if it is at hand."""
        return self._held.get(path)

    def problem(self, path: Path) -> Problem | None:
        """Why the picture cannot be shown, if that was found out since it was first wanted."""
        return self._failed.get(path)

    def want(self, paths: Sequence[Path]) -> None:
        """Decode these next, the first most urgently. What was wanted before and has not begun is dropped."""
        self._wanted = tuple(dict.fromkeys(paths))
        self._crowded_out.clear()
        self._failed = {path: problem for path, problem in self._failed.items() if path in self._wanted}
        for path in reversed(self._wanted):
            if path in self._held:
                self._held.move_to_end(path)
        self._read_next()

    def keep_only(self, paths: Sequence[Path]) -> None:
        """Let go of everything else, and decode nothing more."""
        self._wanted = ()
        for path in [path for path in self._held if path not in paths]:
            del self._held[path]

    @property
    def held_bytes(self) -> int:
        """How much memory the pictures take."""
        return sum(picture.size_bytes for picture in self._held.values())

    def _read_next(self) -> None:
        """A neighbour waits until nothing else is being read; the picture on the stage does not."""
        for path in self._wanted:
            known = any(path in one for one in (self._held, self._reading, self._failed, self._crowded_out))
            room = READS_AT_ONCE if path == self._wanted[0] else 1
            if not known and len(self._reading) < room:
                self._read(path)

    def _read(self, path: Path) -> None:
        self._reading.add(path)
        self._runner.call(
            lambda: self._read_if_wanted(path),
            lambda picture: self._on_read(path, picture),
            lambda problem: self._on_failed(path, problem),
        )

    def _read_if_wanted(self, path: Path) -> FullPicture | None:
        return read_full_picture(path) if path in self._wanted else None

    def _on_read(self, path: Path, picture: FullPicture | None) -> None:
        self._reading.discard(path)
        if picture is not None and path in self._wanted:
            self._keep(picture)
            self.picture_ready.emit(picture)
        self._read_next()

    def _on_failed(self, path: Path, problem: Problem) -> None:
        self._reading.discard(path)
        if path in self._wanted:
            self._failed[path] = problem
            self.picture_failed.emit(Unreadable(path, problem))
        self._read_next()

    def _keep(self, picture: FullPicture) -> None:
        """Hold it; out goes first what nobody wants, then what is wanted least."""
        self._held[picture.path] = picture
        by_worth = sorted(self._held, key=self._worth)
        while self.held_bytes > self._budget_bytes and len(by_worth) > 1:
            out = by_worth.pop(0)
            del self._held[out]
            self._crowded_out.add(out)

    def _worth(self, path: Path) -> int:
        return -self._wanted.index(path) if path in self._wanted else -len(self._wanted) - 1


def read_full_picture(path: Path) -> FullPicture:
    """Decode ``path``, upright and in sRGB. Any thread.

    Raises ProblemError(FILE_UNREADABLE, PICTURE_DAMAGED).
    """
    if not path.is_file():
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    is_large = size.isValid() and size.width() * size.height() > _PIXELS_MAX
    if is_large:
        share = (_PIXELS_MAX / (size.width() * size.height())) ** 0.5
        reader.setScaledSize(QSize(round(size.width() * share), round(size.height() * share)))
    is_jpeg = bytes(reader.format().data()) == b"jpeg"
    image = reader.read()
    if image.isNull():
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, subject=path.name, said=reader.errorString()))
    upright = _upright_size(reader, size) if is_large else image.size()
    levels = tuple(_levels(_paintable(image)))
    is_whole = not is_jpeg or _has_end(path)
    return FullPicture(path, upright.width(), upright.height(), levels, is_whole)


def _has_end(path: Path) -> bool:
    """Whether a JPEG ends with its mark, where it may be followed by something else. Qt shows cut ones."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL_BYTES))
        return _END_OF_JPEG in file.read()


def _upright_size(reader: QImageReader, size: QSize) -> QSize:
    is_turned = bool(
        reader.transformation().value & QImageIOHandler.Transformation.TransformationRotate90.value
    )
    return size.transposed() if is_turned else size


def _paintable(image: QImage) -> QImage:
    has_alpha = image.hasAlphaChannel()
    image_format = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    profile, srgb = image.colorSpace(), QColorSpace(QColorSpace.NamedColorSpace.SRgb)
    if profile.isValid() and profile != srgb:
        return _by_strips(image, image_format, lambda strip: strip.convertedToColorSpace(srgb, image_format))
    if image.format() != image_format:
        return _by_strips(image, image_format, lambda strip: strip.convertToFormat(image_format))
    return image


def _by_strips(image: QImage, image_format: QImage.Format, convert: Callable[[QImage], QImage]) -> QImage:
    target = QImage(image.size(), image_format)
    with QPainter(target) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        rows = max(1, _STRIP_PIXELS // image.width())
        for y_px in range(0, image.height(), rows):
            strip = image.copy(0, y_px, image.width(), min(rows, image.height() - y_px))
            painter.drawImage(0, y_px, convert(strip))
    return target


def _levels(image: QImage) -> Iterator[QImage]:
    yield image
    while max(image.width(), image.height()) > 2 * _LEAST_LEVEL_PX and min(image.width(), image.height()) > 2:
        half = QSize((image.width() + 1) // 2, (image.height() + 1) // 2)
        image = image.scaled(
            half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        yield image
