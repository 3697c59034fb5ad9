"""Rejecting by key, hiding what is rejected, and trashing it in one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
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


class Judging(QObject):
    """Ties the keys and the header's menu to what is done to rejected pictures, and remembers the choices."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session, settings: Settings) -> None:
        """Connect both ways; begin with what is remembered."""
        super().__init__()
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._wished: dict[str, bool] = {}  # what was wished for and is not told yet
        self._rejected: tuple[str, ...] = ()  # of the place that the menu was opened in
        self._hide, self._trash = QAction(self), QAction(self)
        self._hide.setCheckable(True)
        self._hide.setChecked(settings.hides_rejected)
        parts.viewer.header.set_choices(advances=settings.auto_advance, keeps_zoom=settings.keeps_zoom)
        self._connect()

    def remembered(self, settings: Settings) -> Settings:
        """With the choices as they are now."""
        header = self._parts.viewer.header
        return replace(
            settings,
            hides_rejected=self._hide.isChecked(),
            auto_advance=header.advances,
            keeps_zoom=header.keeps_zoom,
        )

    def _connect(self) -> None:
        parts, menu = self._parts, self._parts.header.menu
        menu.addSeparator()
        menu.addActions([self._hide, self._trash])
        menu.aboutToShow.connect(self._on_menu_opening)
        self._hide.toggled.connect(self._browsing.set_hides_rejected)
        self._trash.triggered.connect(lambda _: self._session.pictures.acts.trash(self._rejected))
        parts.gallery.act_requested.connect(self._on_gallery_wish)
        parts.viewer.act_requested.connect(self._on_viewer_wish)
        self._session.pictures.library_changed.connect(self._on_library_changed)

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

    def _on_library_changed(self, change: LibraryChange) -> None:
        if change.is_everything:
            self._wished.clear()
        for picture in change.changed:
            if self._wished.get(picture.id) is picture.rejected:
                del self._wished[picture.id]

    # The menu

    def _on_menu_opening(self) -> None:
        """Name the entries in the language of now; how many there are comes as soon as it is known."""
        query, library = self._session.gallery.query, self._session.pictures.library
        self._hide.setText(self.tr("Hide rejected"))
        self._hide.setEnabled(not query.trash)
        self._rejected = ()
        self._trash.setText(self.tr("Trash rejected"))
        self._trash.setEnabled(False)
        if library is not None and not query.trash and not self._session.gallery.shows_only_jobs:
            self._session.reading.call(
                lambda: rejected_in(library, query),
                lambda ids: self._offer(query, ids),
                lambda _: None,
            )

    def _offer(self, query: Query, ids: tuple[str, ...]) -> None:
        if query == self._session.gallery.query and ids:
            self._rejected = ids
            text = self.tr("Trash rejected ({count})").format(count=words.number(len(ids)))
            self._trash.setText(text)
            self._trash.setEnabled(True)


def rejected_in(library: Library, query: Query) -> tuple[str, ...]:
    """The rejected pictures of ``query``, hidden or not. Blocks."""
    kept = set(library.ids(replace(query, hides_rejected=True)))
    return tuple(one for one in library.ids(replace(query, hides_rejected=False)) if one not in kept)
