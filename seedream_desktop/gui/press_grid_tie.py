"""The table of a press, built when it is first wished for, tied to gallery, viewer and session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.gallery_keys import PictureKey

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.press_table import PressTable
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.press_grid import PressGrid
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.session import Session

_TITLE_CHARACTERS = 120


class PressGridTie(QObject):
    """Shows the press of the current picture in rows and columns, and does there what keys wish."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect what wishes."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self.table: PressTable | None = None
        self._press_id = ""
        for wishing in (parts.gallery, parts.header):
            wishing.act_requested.connect(self._on_act)
        parts.viewer.act_requested.connect(self._on_viewer_act)
        session.pictures.library_changed.connect(self._on_library_changed)

    def show_press(self, picture: Picture) -> None:
        """Show the press of ``picture``; a picture that was made alone or elsewhere says so."""
        if not picture.press_id:
            self._parts.notices.say(self.tr("This picture belongs to no press: it was made elsewhere."))
            return
        self._press_id = picture.press_id
        self._read(lambda grid: self._show(grid, picture))

    def _on_act(self, key: PictureKey) -> None:
        pictures = self._parts.gallery.selected_pictures() if key is PictureKey.GRID else ()
        if pictures:
            self.show_press(pictures[0])

    def _on_viewer_act(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.GRID:
            self.show_press(picture)

    def _read(self, then: Callable[[PressGrid], None]) -> None:
        from seedream_desktop.library.press_grid import press_grid  # late: when one asks for it

        press_id = self._press_id
        self._session.pictures.act(lambda library: press_grid(library, press_id), then)

    def _show(self, grid: PressGrid, picture: Picture) -> None:
        table = self._built()
        table.show_grid(grid, plain(picture.prompt, _TITLE_CHARACTERS), picture.id)
        self._parts.window.stage.setCurrentWidget(table)
        self._parts.window.parts.set_viewing(True)
        table.table.setFocus()

    def _built(self) -> PressTable:
        if self.table is None:
            from seedream_desktop.gui.press_table import PressTable  # late: as above

            self.table = PressTable(self._session.thumbnails)
            self.table.closed.connect(self._parts.window.show_gallery)
            self.table.open_requested.connect(self._on_open)
            self.table.act_requested.connect(self._on_table_act)
            self._parts.window.stage.addWidget(self.table)
        return self.table

    def _on_library_changed(self) -> None:
        """Stars and what went to the trash are seen at once."""
        if self.table is not None and self.table.isVisible():
            self._read(self.table.refresh)

    def _on_open(self, picture: Picture) -> None:
        """In the viewer where it is among what the gallery shows, else where it is kept."""
        row = self._session.gallery.row_of(picture.id)
        if row is None:
            self._parts.window.show_gallery()
            self._browsing.show_picture(picture)
            return
        self._parts.viewer.show_row(row)
        self._parts.window.show_viewer()

    def _on_table_act(self, key: PictureKey, picture: Picture, stars: int) -> None:
        acts, table = self._session.pictures.acts, self.table
        if key is PictureKey.RATE:
            acts.rate((picture.id,), stars)
        elif key is PictureKey.REJECT:
            acts.reject((picture.id,), not picture.rejected)
        elif key is PictureKey.TRASH:
            acts.trash((picture.id,))
        elif key is PictureKey.EDIT:
            self._session.edit(picture)
            self._parts.window.compose_prompt()
        elif table is not None:
            self._browsing.acting.wish(key, (picture,), table)
