"""Full pictures for looking at: decoded and colour-managed in the worker process, reduced in steps here.

What comes out can be painted as it is. Qt never decodes what is not our own: not even results, whose files
may be others by now. To hand the pixels over costs a tenth of a second for 4096²; that their colours are
converted there, too, keeps Python's lock free for the window.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.imaging.drawing import Drawing
    from seedream_desktop.tasks import TaskRunner

BUDGET_MB = 300
READS_AT_ONCE = 2
_MB = 1024 * 1024
_STRIP_BYTES = _MB  # copied at a time: too short for the window to notice
_LEAST_LEVEL_PX = 512


Draw = Callable[[Path, Path | None], "Drawing"]  # the worker's: of a picture, for a screen of that profile


@dataclass(frozen=True, slots=True)
class FullPicture:
    """A picture ready to paint. ``levels``: each half as large as the one before it, the first 1 : 1."""

    path: Path
    width_px: int  # of the file, upright
    height_px: int
    levels: tuple[QImage, ...]
    is_whole: bool = True  # no part is missing
    profile: str = ""  # what its own colour profile is called; empty: it has none, and means sRGB
    screen: str = ""  # the profile of the screen that its colours are for; empty: sRGB

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

    def __init__(
        self, runner: TaskRunner, draw: Draw, budget_mb: int = BUDGET_MB, parent: QObject | None = None
    ) -> None:
        """``draw`` blocks, and is called on ``runner``.

        At most ``budget_mb`` are kept, and in any case the picture wanted most.
        """
        super().__init__(parent)
        self._runner = runner
        self._draw = draw
        self._screen: Path | None = None
        self._budget_bytes = budget_mb * _MB
        self._held: OrderedDict[Path, FullPicture] = OrderedDict()
        self._wanted: tuple[Path, ...] = ()
        self._reading: set[Path] = set()
        self._failed: dict[Path, Problem] = {}
        self._crowded_out: set[Path] = set()  # wanted, but there was no room
        self._bytes: dict[Path, str] = {}  # SHA-256 of what lies there, as far as it was told

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

    def expect(self, path: Path, sha256: str) -> None:
        """Know which bytes lie at ``path``: what was read of others before is worth nothing."""
        if sha256 and self._bytes.get(path, sha256) != sha256:
            self._held.pop(path, None)
            self._failed.pop(path, None)
        if sha256:
            self._bytes[path] = sha256

    def set_screen(self, profile: Path | None) -> None:
        """Convert colours for a screen with that profile from now on; None: to sRGB."""
        if profile != self._screen:
            self._screen = profile
            self._held.clear()

    def keep_only(self, paths: Sequence[Path]) -> None:
        """Let go of everything else, and decode nothing more."""
        self._wanted = ()
        for path in [path for path in self._held if path not in paths]:
            del self._held[path]
        self._bytes = {path: sha256 for path, sha256 in self._bytes.items() if path in self._held}

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
        screen, sha256 = self._screen, self._bytes.get(path)

        def is_current() -> bool:
            return (screen, sha256) == (self._screen, self._bytes.get(path))

        self._runner.call(
            lambda: self._read_if_wanted(path, screen),
            lambda picture: self._on_read(path, picture, is_current=is_current()),
            lambda problem: self._on_failed(path, problem, is_current=is_current()),
        )

    def _read_if_wanted(self, path: Path, screen: Path | None) -> FullPicture | None:
        return read_full_picture(path, self._draw, screen) if path in self._wanted else None

    def _on_read(self, path: Path, picture: FullPicture | None, *, is_current: bool) -> None:
        self._reading.discard(path)
        if picture is not None and path in self._wanted and is_current:
            self._keep(picture)
            self.picture_ready.emit(picture)
        self._read_next()

    def _on_failed(self, path: Path, problem: Problem, *, is_current: bool) -> None:
        self._reading.discard(path)
        if path in self._wanted and is_current:
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


def read_full_picture(path: Path, draw: Draw, screen: Path | None = None) -> FullPicture:
    """The picture at ``path`` ready to paint on a screen of that profile. Blocks. Raises ProblemError."""
    drawing = draw(path, screen)
    levels, size = tuple(_levels(image_of(drawing))), (drawing.width_px, drawing.height_px)
    return FullPicture(path, *size, levels, drawing.is_whole, drawing.profile, drawing.screen)


def image_of(drawing: Drawing) -> QImage:
    """The pixels as an image of Qt's. Any thread."""
    has_alpha = drawing.has_alpha
    image_format = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    image = QImage(drawing.drawn_width_px, drawing.drawn_height_px, image_format)
    if image.isNull():
        raise ProblemError(Problem(ProblemKind.PICTURE_TOO_LARGE))
    target = memoryview(image.bits())
    for start in range(0, drawing.size_bytes, _STRIP_BYTES):
        target[start : start + _STRIP_BYTES] = drawing.pixels[start : start + _STRIP_BYTES]
    return image


def _levels(image: QImage) -> Iterator[QImage]:
    yield image
    while max(image.width(), image.height()) > 2 * _LEAST_LEVEL_PX and min(image.width(), image.height()) > 2:
        half = QSize((image.width() + 1) // 2, (image.height() + 1) // 2)
        image = image.scaled(
            half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        yield image
