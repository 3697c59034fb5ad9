"""How pictures lie in the gallery, brought to header, gallery and library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from seedream_desktop.gui.gallery_header import GalleryHeader
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.hand_arranging import Arranged
    from seedream_desktop.settings import Arrangement
    from seedream_desktop.state.pictures import Pictures


class Arranging(QObject):
    """Ties the choice of an arrangement, the size of tiles and the order by hand."""

    def __init__(self, header: GalleryHeader, gallery: GalleryView, pictures: Pictures) -> None:
        """Connect both ways; the header shows what the gallery does."""
        super().__init__(gallery)
        self._gallery = gallery
        self._pictures = pictures
        header.show_arrangement(gallery.arrangement)
        header.arrangement_changed.connect(self._on_arrangement)
        gallery.tile_px_changed.connect(header.set_tile_px)
        gallery.arrange_requested.connect(self._on_arranged)

    def _on_arrangement(self, arrangement: Arrangement) -> None:
        self._gallery.arrangement = arrangement

    def _on_arranged(self, asked: Arranged) -> None:
        self._pictures.acts.arrange(asked.ids, asked.board_id, asked.before_id)
