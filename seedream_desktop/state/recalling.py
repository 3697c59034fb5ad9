"""Shows what was seen last until the library has been opened and asked, and keeps what is seen now for that.

The start reads one small file and the thumbnails in view on a pool thread while the window is built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage

from seedream_desktop.state.thumbnail_cache import SIDE_PX_MAX, read_thumbnail

if TYPE_CHECKING:
    from seedream_desktop.library.last_seen import LastSeen
    from seedream_desktop.state.library_session import LibrarySession
    from seedream_desktop.tasks import Task, TaskRunner

WAITED_MS = 100
FRAME_MS = 16
KEEPING_MS = 2000  # between two looks at what is seen
InView = tuple[range, Mapping[int, int]]  # rows of the gallery, the sizes of their thumbnails
_Recalled = tuple["LastSeen", list[tuple[str, int, QImage]]]


class Recalling(QObject):
    """The file is one of this machine; what is forgotten for good is held back from it."""

    def __init__(self, session: LibrarySession, path: Path) -> None:
        """Read and keep at ``path``."""
        super().__init__(session)
        self._session = session
        self._path = path
        self._library_id = ""  # of what is shown
        self._is_held_back = False
        self._recalled: _Recalled | None = None  # read, and not shown yet
        self._reading: Task | None = None
        self._waiting: Callable[[], None] | None = None
        self._kept: LastSeen | None = None
        self._keeping: Task | None = None
        self._in_view: Callable[[], InView] | None = None

    def begin(self, root: Path, seen_id: str) -> None:
        """Read what was seen of the library in ``root``, if ``seen_id`` stood at the top of it then."""

        def read() -> None:
            recalled = self._read(root)
            if recalled is not None and recalled[0].holds(seen_id):
                self._recalled = recalled

        def on_read(_: None) -> None:
            self.show()
            if self._waiting is not None:
                QTimer.singleShot(FRAME_MS, self, self._waiting)

        self._reading = self._session.reading.call(read, on_read)

    def show(self) -> None:
        """Show what has been read by now; what has not is shown later. Never blocks."""
        recalled, self._recalled = self._recalled, None
        if recalled is not None:
            self._show(*recalled)

    def wait(self, act: Callable[[], None]) -> None:
        """Do ``act`` once what has been read is painted, or it takes too long: then maybe a second time."""
        if self._reading is None or self._reading.is_over or self._session.gallery.is_recalled:
            act()
        else:
            self._waiting = act
            QTimer.singleShot(WAITED_MS, self, act)

    def check(self, library_id: str) -> None:
        """Show it no longer, if another library than its own was opened."""
        if library_id != self._library_id:
            self._session.gallery.drop_recalled()

    def keep(self, runner: TaskRunner, in_view: Callable[[], InView]) -> None:
        """From now on, keep what is seen on ``runner``."""
        self._runner = runner
        self._in_view = in_view
        timer = QTimer(self, interval=KEEPING_MS)
        timer.timeout.connect(self._keep)
        timer.start()

    def hold_back(self, is_held_back: bool) -> None:
        """While something is being forgotten, nothing is kept."""
        self._is_held_back = is_held_back

    def forget(self) -> None:
        """Leave nothing of what was kept. Any thread; blocks."""
        from seedream_desktop.library.last_seen import forget_last_seen  # late: rarely wanted

        self._kept = None
        forget_last_seen(self._path)

    def close(self, wait_ms: int) -> None:
        """Keep a last time, on this thread."""
        if self._in_view is None or not self._runner.drain(wait_ms):
            return
        from seedream_desktop.library.last_seen import keep_last_seen  # late: after the first paint

        seen, self._in_view = self._seen(self._in_view), None
        if seen is not None and seen != self._kept:
            keep_last_seen(self._path, seen)

    def _read(self, root: Path) -> _Recalled | None:
        from seedream_desktop.library.last_seen import read_last_seen  # late: on this thread, not on Qt's

        seen = read_last_seen(self._path, root)
        if seen is None:
            return None
        images = []
        for row in seen.rows:
            if row.picture is not None and row.side_px:
                side_px = min(row.side_px, SIDE_PX_MAX)
                image = read_thumbnail(self._session.thumbnails.path_of(row.picture.sha256), side_px)
                if image is not None:  # else it is looked for as usual
                    images.append((row.picture.sha256, side_px, image))
        return seen, images

    def _show(self, seen: LastSeen, images: list[tuple[str, int, QImage]]) -> None:
        if self._session.gallery.can_recall(seen.query):
            for sha256, side_px, image in images:
                self._session.thumbnails.put(sha256, image, side_px)
            self._library_id = seen.library_id
            self._session.gallery.recall(seen)

    def _keep(self) -> None:
        if self._in_view is None or (self._keeping is not None and not self._keeping.is_over):
            return
        seen = self._seen(self._in_view)
        if seen is None or seen == self._kept:
            return
        from seedream_desktop.library.last_seen import keep_last_seen  # late: after the first paint

        self._kept = seen
        self._keeping = self._runner.call(lambda: keep_last_seen(self._path, seen), lambda _: None)

    def _seen(self, in_view: Callable[[], InView]) -> LastSeen | None:
        """None: it is not what a start would show, or is just about to change."""
        library, gallery = self._session.pictures.library, self._session.gallery
        if library is None or self._is_held_back or not gallery.is_as_at_start:
            return None
        from seedream_desktop.library.last_seen import LastSeen  # late: after the first paint

        rows, sides_px = in_view()
        seen = gallery.seen_rows(rows, sides_px)
        is_top = rows.start <= gallery.front_count and not any(map(gallery.picture_id, range(rows.start)))
        return LastSeen(library.id, library.root, gallery.query, is_top, seen) if seen else None
