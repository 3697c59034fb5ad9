"""The picture that is drawn on: found, decoded and put on the canvas, or why that cannot be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSizeF, Signal

from seedream_desktop.gui.viewer_canvas import Shown, ViewerCanvas
from seedream_desktop.gui.viewer_notes import cut_note, unreadable_note
from seedream_desktop.state.full_picture import FullPictures, Unreadable
from seedream_desktop.state.thumbnail_cache import SIDE_PX_MAX, ThumbnailCache

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.full_picture import Draw, FullPicture
    from seedream_desktop.tasks import Task, TaskRunner


class MarkupPicture(QObject):
    """Until all of it is there, its thumbnail is shown."""

    changed = Signal()  # it is there, or it is known that it will not be

    def __init__(
        self,
        canvas: ViewerCanvas,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        reference_path: Callable[[Reference], Path],
        draw: Draw,
    ) -> None:
        """``reference_path`` and ``draw`` block, and are called on ``runner``."""
        super().__init__(canvas)
        self._canvas = canvas
        self._thumbnails = thumbnails
        self._runner = runner
        self._reference_path = reference_path
        self._pictures = FullPictures(runner, draw, parent=self)
        self._base: Reference | None = None
        self._path: Path | None = None
        self._finding: Task | None = None
        self.problem: Problem | None = None  # why there is none
        self._pictures.picture_ready.connect(lambda _: self._show())
        self._pictures.picture_failed.connect(self._on_unreadable)
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)

    @property
    def full(self) -> FullPicture | None:
        """All of it, once it is decoded."""
        return None if self._path is None else self._pictures.get(self._path)

    def set_screen(self, profile: Path | None) -> None:
        """Convert colours for a screen with that profile; None: to sRGB."""
        self._pictures.set_screen(profile)
        self._want()

    def show(self, base: Reference) -> None:
        """Put ``base`` on the canvas."""
        self.rest()
        self._base = base
        self._finding = self._runner.call(lambda: self._reference_path(base), self._on_found, self._lose)
        self._show()

    def rest(self) -> None:
        """Show nothing, and hold nothing."""
        if self._finding is not None:
            self._finding.cancel()
        self._base, self._path, self._finding, self.problem = None, None, None, None
        self._pictures.keep_only([])
        self._canvas.fit()
        self._canvas.show_picture(None)

    def _on_found(self, path: Path) -> None:
        self._path = path
        if self._base is not None:
            self._pictures.expect(path, self._base.sha256)
        self._want()
        self._show()

    def _want(self) -> None:
        if self._path is not None:
            self._pictures.want([self._path])

    def _lose(self, problem: Problem) -> None:
        self.problem = problem
        self._show()

    def _on_unreadable(self, unreadable: Unreadable) -> None:
        if unreadable.path == self._path:
            self._lose(unreadable.problem)

    def _on_thumbnail(self, sha256: str) -> None:
        if self._base is not None and self._base.sha256 == sha256 and self.full is None:
            self._show()

    def _show(self) -> None:
        base, full = self._base, self.full
        if base is None:
            return
        if self.problem is not None:
            self._canvas.show_picture(None, unreadable_note(self.problem))
        elif full is not None:
            size = QSizeF(full.width_px, full.height_px)
            self._canvas.show_picture(Shown(size, full), None if full.is_whole else cut_note())
        else:
            preview = self._thumbnails.pixmap(base.sha256, partial(self._reference_path, base), SIDE_PX_MAX)
            self._canvas.show_picture(Shown(QSizeF(base.width_px, base.height_px), preview=preview))
        self.changed.emit()
