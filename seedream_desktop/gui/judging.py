"""Judging by key in the grid, rejecting, hiding what is rejected, and trashing it in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction

from seedream_desktop.gui import words
from seedream_desktop.gui.gallery_keys import PictureKey

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture, Query
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.session import Session
    from seedream_desktop.tasks import Task

_COUNT_AFTER_MS = 250  # while pictures come, or somebody types, nothing is counted


class Judging(QObject):
    """Ties the keys and the header's menu to what is done to rejected pictures, and remembers the choices."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session, settings: Settings) -> None:
        """Connect both ways; begin with what is remembered."""
        super().__init__()
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._wished: dict[str, bool] = {}  # what was wished for and is not told yet
        self._rejected: tuple[str, ...] = ()  # of the place that is shown, hidden or not
        self._counting_task: Task | None = None
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._hide, self._trash, self._advance = QAction(self), QAction(self), QAction(self)
        for choice, is_on in ((self._hide, settings.hides_rejected), (self._advance, settings.grid_advance)):
            choice.setCheckable(True)
            choice.setChecked(is_on)
        parts.viewer.header.set_choices(advances=settings.auto_advance, keeps_zoom=settings.keeps_zoom)
        self._connect()

    def remembered(self, settings: Settings) -> Settings:
        """With the choices as they are now."""
        header = self._parts.viewer.header
        return replace(
            settings,
            hides_rejected=self._hide.isChecked(),
            grid_advance=self._advance.isChecked(),
            auto_advance=header.advances,
            keeps_zoom=header.keeps_zoom,
        )

    def _connect(self) -> None:
        parts, menu, session = self._parts, self._parts.header.menu, self._session
        menu.addSeparator()
        menu.addActions([self._hide, self._trash])
        menu.addSeparator()
        menu.addAction(self._advance)
        menu.aboutToShow.connect(self._on_menu_opening)
        self._hide.toggled.connect(self._browsing.set_hides_rejected)
        for trash in (self._trash, parts.header.trash_rejected):
            trash.triggered.connect(self._trash_rejected)
        parts.gallery.act_requested.connect(self._on_gallery_wish)
        parts.gallery.judged.connect(self._on_judged)
        parts.viewer.act_requested.connect(self._on_viewer_wish)
        session.pictures.library_changed.connect(self._on_library_changed)
        session.gallery.query_shown.connect(lambda _: self._forget_count())
        self._counting.timeout.connect(self._count)

    # Rejecting

    def _on_gallery_wish(self, key: PictureKey) -> None:
        if key is PictureKey.REJECT:
            gallery = self._parts.gallery
            self._toggle(gallery.selected_ids(), gallery.selected_pictures())

    def _on_viewer_wish(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.REJECT:
            self._toggle((picture.id,), (picture,))

    def _toggle(self, ids: tuple[str, ...], pictures: tuple[Picture, ...]) -> None:
        """Reject them all, unless all of them are rejected; then take that back."""
        if not ids or self._session.gallery.query.trash:
            return
        known = {picture.id: picture.rejected for picture in pictures} | self._wished
        if all(picture_id in known for picture_id in ids):
            self._reject(ids, not all(known[picture_id] for picture_id in ids))
            return

        def look(library: Library) -> bool:
            return all(picture.rejected for picture in library.pictures(ids))

        self._session.pictures.act(look, lambda are_rejected: self._reject(ids, not are_rejected))

    def _reject(self, ids: tuple[str, ...], is_rejected: bool) -> None:
        self._wished |= dict.fromkeys(ids, is_rejected)
        self._session.pictures.acts.reject(ids, is_rejected)

    def _on_judged(self, key: PictureKey) -> None:
        """By key in the grid: then the next one is selected, where that is wished."""
        gallery = self._parts.gallery
        is_one = gallery.selected_runs() == [gallery.rows_shown_by(gallery.currentIndex().row())]
        is_taken_back = key is PictureKey.REJECT and not all(
            self._wished.get(picture_id, False) for picture_id in gallery.selected_ids()
        )
        if self._advance.isChecked() and is_one and not is_taken_back:
            gallery.advance()

    def _on_library_changed(self, change: LibraryChange) -> None:
        if change.is_everything:
            self._wished.clear()
        for picture in change.changed:
            if self._wished.get(picture.id) is picture.rejected:
                del self._wished[picture.id]
        self._counting.start()

    # All that are rejected

    def _on_menu_opening(self) -> None:
        """Name the entries in the language of now, and say how many there are."""
        self._hide.setText(self.tr("Hide rejected"))
        self._hide.setEnabled(not self._session.gallery.query.trash)
        self._advance.setText(self.tr("Next picture after a rating or rejection by key"))
        self._name_trash()
        if self._counting.isActive():
            self._counting.stop()
            self._count()

    def _name_trash(self) -> None:
        count = len(self._rejected)
        several = self.tr("Trash rejected ({count})").format(count=words.number(count))
        self._trash.setText(several if count else self.tr("Trash rejected"))
        self._trash.setEnabled(count > 0)

    def _forget_count(self) -> None:
        """Another place is shown."""
        self._offer(())
        self._counting.start()

    def _count(self) -> None:
        gallery, library = self._session.gallery, self._session.pictures.library
        query = gallery.query
        if self._counting_task is not None:
            self._counting_task.cancel()
        if library is None or query.trash or gallery.shows_only_jobs:
            self._offer(())
            return

        def on_counted(ids: tuple[str, ...]) -> None:
            if query == gallery.query:
                self._offer(ids)

        self._counting_task = self._session.reading.call(
            lambda: rejected_in(library, query), on_counted, lambda _: None
        )

    def _offer(self, ids: tuple[str, ...]) -> None:
        self._rejected = ids
        self._name_trash()
        self._parts.header.show_rejected(len(ids))

    def _trash_rejected(self) -> None:
        """Those that are so by now: what was counted may have been judged again."""
        query = self._session.gallery.query
        self._session.pictures.act(
            lambda library: rejected_in(library, query), self._session.pictures.acts.trash
        )


def rejected_in(library: Library, query: Query) -> tuple[str, ...]:
    """The rejected pictures of ``query``, hidden or not. Blocks."""
    return library.ids(replace(query, hides_rejected=False, only_rejected=True))
