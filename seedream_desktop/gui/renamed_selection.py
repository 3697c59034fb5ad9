"""What was selected, or seen large, before it was renamed is so after: with its name it changes its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.viewer import Viewer
    from seedream_desktop.state.acts import Acts, Done
    from seedream_desktop.state.gallery_model import GalleryModel


class RenamedSelection(QObject):
    """Selects renamed pictures once their new rows are there, unless something else was selected by then."""

    def __init__(self, gallery: GalleryView, model: GalleryModel, acts: Acts) -> None:
        """Follow ``acts`` in ``gallery``, which shows ``model``."""
        super().__init__(gallery)
        self._gallery = gallery
        self._model = model
        self._wanted: tuple[str, ...] = ()
        self._seen_in: Viewer | None = None
        acts.done.connect(self._on_done)
        model.count_changed.connect(lambda _: self._look())
        model.query_shown.connect(lambda _: self._forget())

    def keep_seen(self, viewer: Viewer | None) -> None:
        """The picture that is about to be renamed is on the stage of ``viewer``; None: it is on no stage."""
        self._seen_in = viewer

    def _on_done(self, done: Done) -> None:
        if done.kind is ActivityKind.RENAME:
            self._wanted = done.ids
            self._look()

    def _forget(self) -> None:
        self._wanted = ()

    def _look(self) -> None:
        rows = self._model.rows_of(self._wanted) if self._wanted else ()
        if not rows or len(rows) < len(self._wanted):
            return
        self._wanted = ()
        viewer, self._seen_in = self._seen_in, None
        if viewer is not None and viewer.isVisible():
            viewer.show_row(rows[0])  # the gallery follows
        elif not self._gallery.selected_rows():
            self._select(rows)

    def _select(self, rows: tuple[int, ...]) -> None:
        chosen = QItemSelection()
        first = last = rows[0]
        for row in (*rows[1:], -1):
            if row != last + 1:
                chosen.select(self._model.index(first), self._model.index(last))
                first = row
            last = row
        flag, selection = QItemSelectionModel.SelectionFlag, self._gallery.selectionModel()
        selection.setCurrentIndex(self._model.index(rows[0]), flag.NoUpdate)
        selection.select(chosen, flag.ClearAndSelect)
