"""What pictures look like, live: asked for by a picture, and kept as it becomes known."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.imaging.twins import Twins
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.likeness import Nearest
    from seedream_desktop.library.values import Picture
    from seedream_desktop.tasks import Task, TaskRunner

KEPT_AFTER_MS = 2000  # what becomes known meanwhile is kept together
COMPARED_AFTER_MS = 10_000  # once nothing more becomes known, what is there twice is found out
_SIDE_PX = 1024  # a pasted picture is not looked at any closer
Offered = QImage | Path | bytes  # bytes: of a picture file without a name
Fingerprinted = Callable[[Path], str]  # blocks; raises ProblemError
_Then = Callable[[str], None]
_Otherwise = Callable[[Problem], None] | None


@dataclass(frozen=True, slots=True)
class Sought:
    """A picture from elsewhere, and what there is of it."""

    like: str  # its fingerprint, for ``Query.like``
    nearest: Nearest | None
    unknown_count: int  # pictures of the library that were not looked at yet, where it was not found


def _nothing() -> None:
    pass


class Likeness(QObject):
    """Asks for fingerprints off the GUI thread, and brings those that are made on the way to the library."""

    kept = Signal()  # what some pictures look like is known from now on
    duplicates_found = Signal()  # more than were known before
    _noted = Signal()

    def __init__(
        self,
        runner: TaskRunner,
        fingerprint: Fingerprinted,
        library: Callable[[], Library],
        find_twins: Callable[[Path, int], Twins],
    ) -> None:
        """``fingerprint`` and ``find_twins`` look at a file in a child process, ``library`` gives the open
        one; all are called on threads of ``runner`` and may raise ProblemError.
        """
        super().__init__()
        self._runner = runner
        self._fingerprint = fingerprint
        self._library = library
        self._find_twins = find_twins
        self._lock = threading.Lock()
        self._known: dict[str, str] = {}  # to be kept
        self._keeping = QTimer(self, singleShot=True, interval=KEPT_AFTER_MS)
        self._keeping.timeout.connect(self.keep_now)
        self._sought: Task | None = None
        self._comparing = QTimer(self, singleShot=True, interval=COMPARED_AFTER_MS)
        self._comparing.timeout.connect(self._compare)
        self._is_comparing = False
        self._noted.connect(self._on_noted)

    def of_image(self, picture: Offered, then: _Then, otherwise: _Otherwise = None) -> None:
        """Call ``then`` with the fingerprint of a pasted picture or of a file, for ``Query.like``."""
        self._runner.call(lambda: self._fingerprint_of(picture), then, otherwise)

    def of_picture(self, picture: Picture, then: _Then, otherwise: _Otherwise = None) -> None:
        """The same for a picture of the library: as it is known, or else looked at now."""

        def found() -> str:
            likeness = self._library().likeness
            known = likeness.fingerprint(picture.sha256)
            if not known:
                known = self._fingerprint(picture.path)
                likeness.keep({picture.sha256: known})
            return known

        self._runner.call(found, then, otherwise)

    def find_duplicates(self) -> None:
        """Find out now which pictures are there twice: what is there of them is searched for as any other."""
        self._comparing.stop()
        self.keep_now(self._compare)

    def seek(
        self,
        picture: Offered,
        then: Callable[[Sought], None],
        otherwise: Callable[[Problem], None],
    ) -> None:
        """Call ``then`` with what is known of a picture from elsewhere.

        What was sought before is sought no longer.
        """
        if self._sought is not None:
            self._sought.cancel()

        def find() -> Sought:
            like, library = self._fingerprint_of(picture), self._library()
            nearest = library.lookup.nearest(like)
            is_found = nearest is not None and nearest.is_same
            return Sought(like, nearest, 0 if is_found else library.likeness.unknown_count())

        self._sought = self._runner.call(find, then, otherwise)

    def note(self, sha256: str, fingerprint: str) -> None:
        """Keep the fingerprint of a picture before long; an empty one is none. Any thread."""
        if not fingerprint:
            return
        with self._lock:
            is_first = not self._known
            self._known[sha256] = fingerprint
        if is_first:
            self._noted.emit()

    def keep_now(self, then: Callable[[], None] = _nothing) -> None:
        """Bring what was noted to the library, and call ``then``."""
        with self._lock:
            known, self._known = self._known, {}
        # What is lost, because no library is open or the index cannot be written, is found out again.

        def on_kept(_: object) -> None:
            if known:
                self.kept.emit()
                self.compare_later()
            then()

        self._runner.call(lambda: self._library().likeness.keep(known), on_kept, lambda _: then())

    def compare_later(self) -> None:
        """Find out before long which pictures are there twice, unless more become known meanwhile."""
        self._comparing.start()

    def _compare(self) -> None:
        if self._is_comparing:
            self._comparing.start()
            return

        def pairs(shapes: bytes, new_count: int) -> tuple[int, ...]:
            with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
                path = Path(folder) / "shapes"
                path.write_bytes(shapes)
                return self._find_twins(path, new_count).places

        def end(are_more: object) -> None:
            self._is_comparing = False
            if are_more is True:
                self.duplicates_found.emit()

        self._is_comparing = True
        # What could not be compared, because no library is open or the index is away, is compared next time.
        self._runner.call(lambda: self._library().likeness.find_duplicates(pairs), end, end)

    def _fingerprint_of(self, picture: Offered) -> str:
        if isinstance(picture, Path):
            return self._fingerprint(picture)
        if isinstance(picture, bytes):
            return _of_bytes(picture, self._fingerprint)
        return _of_pasted(picture, self._fingerprint)

    def _on_noted(self) -> None:
        self._keeping.start()


def _of_bytes(content: bytes, fingerprint: Fingerprinted) -> str:
    """Raises ProblemError."""
    with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
        path = Path(folder) / "pasted"
        path.write_bytes(content)
        return fingerprint(path)


def _of_pasted(image: QImage, fingerprint: Fingerprinted) -> str:
    """Raises ProblemError."""
    modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    is_large = max(image.width(), image.height()) > _SIDE_PX
    small = image.scaled(_SIDE_PX, _SIDE_PX, *modes) if is_large else image
    with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
        path = Path(folder) / "pasted.png"
        if not small.save(str(path), "PNG", 100):  # type: ignore[call-overload]
            raise ProblemError(Problem(ProblemKind.NOT_A_PICTURE))
        return fingerprint(path)
