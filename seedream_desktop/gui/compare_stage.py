"""What is compared, on panes: each picture as good as it is at hand, in the colours of their screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSizeF

from seedream_desktop.gui.compare_panes import ComparePanes
from seedream_desktop.gui.viewer_canvas import Shown
from seedream_desktop.gui.viewer_notes import cut_note, unreadable_note
from seedream_desktop.state.comparison import LABELS, SIDE_BY_SIDE_MOST, Comparison
from seedream_desktop.state.full_picture import Draw, FullPictures
from seedream_desktop.state.preview_colours import PreviewColours
from seedream_desktop.state.thumbnail_cache import SIDE_PX_MAX, ThumbnailCache

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.gui.note_painting import Note
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.screen_colours import ScreenColours
    from seedream_desktop.tasks import TaskRunner

_BUDGET_MB = 400  # four pictures of 4096 pixels a side, with their levels


class CompareStage(QObject):
    """Shows a comparison while ``is_wanted`` says so."""

    def __init__(
        self,
        comparison: Comparison,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        draw: Draw,
        is_wanted: Callable[[], bool],
        parent: QObject,
    ) -> None:
        """``draw`` blocks, and is called on ``runner``."""
        super().__init__(parent)
        self._comparison = comparison
        self._thumbnails = thumbnails
        self._is_wanted = is_wanted
        self.is_bare = False  # nothing is said but the letters
        self._full = FullPictures(runner, draw, _BUDGET_MB, self)
        self._previews = PreviewColours(runner, self)
        self.panes = ComparePanes(SIDE_BY_SIDE_MOST)
        self._previews.changed.connect(self._show)
        self._full.picture_ready.connect(lambda _: self._show())
        self._full.picture_failed.connect(lambda _: self._show())
        thumbnails.thumbnail_ready.connect(self._on_thumbnail_ready)

    @property
    def labels(self) -> tuple[str, ...]:
        """What the pictures are called here."""
        return tuple(LABELS[: len(self._comparison.pictures)])

    def show(self) -> None:
        """Show the comparison as it is now, and fetch what is wanting."""
        if not self._is_wanted():
            return
        wanted = (*self._comparison.pictures, *self._comparison.upcoming)
        for picture in wanted:
            self._full.expect(picture.path, picture.sha256)
        self._full.want([picture.path for picture in wanted])
        self._show()

    def rest(self) -> None:
        """Let go of the pictures."""
        self._full.keep_only(())

    def set_screen(self, profile: Path | None) -> None:
        """Convert colours for a screen with that profile; None: to sRGB."""
        self._full.set_screen(profile)
        self._previews.set_screen(profile)
        self.show()

    def follow_screens(self, colours: ScreenColours) -> None:
        """Convert colours for the screen that the panes are on, whichever that is."""

        def follow() -> None:
            screen = self.panes.screen()
            colours.ask(screen)
            self.set_screen(colours.of(screen).profile)

        self.panes.screen_changed.connect(follow)
        colours.changed.connect(follow)

    def _show(self) -> None:
        if self._is_wanted():
            pictures = self._comparison.pictures
            shown, notes = [self._shown(one) for one in pictures], [self._note(one) for one in pictures]
            self.panes.show_pictures(shown, notes, self._captions())

    def _captions(self) -> tuple[str, ...]:
        """What stands in the pictures' corners."""
        if self._comparison.run_off is None or self.is_bare:
            return self.labels
        roles = (
            QCoreApplication.translate("CompareView", "champion"),
            QCoreApplication.translate("CompareView", "challenger"),
        )
        return tuple(f"{letter} · {role}" for letter, role in zip(self.labels, roles, strict=False))

    def _shown(self, picture: Picture) -> Shown | None:
        full = self._full.get(picture.path)
        if full is not None:
            return Shown(QSizeF(full.width_px, full.height_px), full)
        preview = self._previews.of(self._thumbnails.pixmap(picture.sha256, picture.path, SIDE_PX_MAX))
        if preview is None and self._full.problem(picture.path) is not None:
            return None
        size = QSizeF(picture.width_px, picture.height_px)
        return Shown(QSizeF(preview.size()) if size.isEmpty() and preview else size, preview=preview)

    def _note(self, picture: Picture) -> Note | None:
        if self.is_bare:
            return None
        problem = self._full.problem(picture.path)
        if problem is not None:
            return unreadable_note(problem)
        full = self._full.get(picture.path)
        return cut_note() if full is not None and not full.is_whole else None

    def _on_thumbnail_ready(self, sha256: str) -> None:
        waiting = (one for one in self._comparison.pictures if self._full.get(one.path) is None)
        if sha256 in {one.sha256 for one in waiting}:
            self._show()
