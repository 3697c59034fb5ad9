"""Pictures that look like another, and pictures that are there twice: asked for, and shown in the gallery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.library.search_language import written
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.session import Session


class Liking(QObject):
    """Ties the wish for what looks alike to the session and the gallery."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect what wishes; nothing is looked for yet."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        for wishing in (parts.gallery, parts.header):
            wishing.act_requested.connect(self._on_act)
        parts.viewer.act_requested.connect(self._on_viewer_act)
        parts.commands.duplicates_requested.connect(self.find_duplicates)

    def show_alike(self, picture: Picture) -> None:
        """Show what looks like ``picture``, nearest first."""
        failed = self._session.pictures.failed.emit
        self._session.likeness.of_picture(picture, self._browsing.show_alike, failed)

    def find_duplicates(self) -> None:
        """Show the pictures that are there twice, side by side; more may come while they are looked for."""
        self._browsing.show_query(Query(text=written(TermKind.IS, "duplicate")))
        self._session.likeness.find_duplicates()

    def _on_act(self, key: PictureKey) -> None:
        pictures = self._parts.gallery.selected_pictures()
        if key is PictureKey.ALIKE and pictures:
            self.show_alike(pictures[0])

    def _on_viewer_act(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.ALIKE:
            self.show_alike(picture)
