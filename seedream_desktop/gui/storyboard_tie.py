"""Storyboards, built when the first one is wished for, tied to gallery, viewer, draft and session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.words import number

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.handing import Handing
    from seedream_desktop.gui.storyboard_panel import StoryboardPanel
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.storyboard import Storyboard
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.redoing import Redoing
    from seedream_desktop.state.session import Session


class StoryboardTie(QObject):
    """Opens the set of a picture as a storyboard and does there what is wished."""

    def __init__(self, parts: Parts, browsing: Browsing, handing: Handing, session: Session) -> None:
        """Connect what wishes."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._handing = handing
        self._session = session
        self._redoing: Redoing | None = None
        self.panel: StoryboardPanel | None = None
        self._press_id = ""
        for wishing in (parts.gallery, parts.header):
            wishing.act_requested.connect(self._on_act)
        parts.viewer.act_requested.connect(self._on_viewer_act)
        session.pictures.library_changed.connect(self._on_library_changed)

    @property
    def redoing(self) -> Redoing:
        """What makes frames anew."""
        from seedream_desktop.state.redoing import Redoing  # late: when one asks for it

        if self._redoing is None:
            self._redoing = Redoing(self._session)
            self._redoing.changed.connect(self._on_redoing)
        return self._redoing

    def show_set(self, picture: Picture) -> None:
        """Show the set or press of ``picture``; one from elsewhere says that it has none."""
        if not picture.press_id:
            self._parts.notices.say(self.tr("This picture belongs to no set: it was made elsewhere."))
            return
        self._press_id = picture.press_id
        self._read(picture.id)

    def _on_act(self, key: PictureKey) -> None:
        pictures = self._parts.gallery.selected_pictures() if key is PictureKey.STORYBOARD else ()
        if pictures:
            self.show_set(pictures[0])

    def _on_viewer_act(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.STORYBOARD:
            self.show_set(picture)

    def _read(self, picture_id: str, *, is_new: bool = True) -> None:
        from seedream_desktop.library.storyboard import storyboard  # late: when one asks for it

        press_id = self._press_id
        self._session.pictures.act(
            lambda library: storyboard(library, press_id),
            lambda board: self._show(board, picture_id, is_new=is_new),
        )

    def _show(self, board: Storyboard, picture_id: str, *, is_new: bool) -> None:
        panel = self._built()
        if board.press_id != self._press_id:
            return
        panel.show_board(board, picture_id)
        if is_new:
            self._parts.window.stage.setCurrentWidget(panel)
            self._parts.window.parts.set_viewing(True)
            panel.list.setFocus()

    def _built(self) -> StoryboardPanel:
        if self.panel is None:
            from seedream_desktop.gui.storyboard_panel import StoryboardPanel  # late: as above

            panel = self.panel = StoryboardPanel(self._session.thumbnails)
            panel.closed.connect(self._parts.window.show_gallery)
            panel.act_requested.connect(self._on_frame_act)
            panel.redo_requested.connect(self._on_redo)
            panel.export_requested.connect(self._on_export)
            panel.front_requested.connect(self._on_front)
            panel.list.frames.moved.connect(self._on_moved)
            panel.list.frames.caption_written.connect(self._on_caption)
            self._parts.window.stage.addWidget(panel)
        return self.panel

    def _on_library_changed(self) -> None:
        """Captions, order, stars and what has come are seen at once."""
        if self.panel is not None and self.panel.isVisible():
            self._read("", is_new=False)

    def _on_moved(self, row: int, before: int) -> None:
        """A frame moves with all that stands behind it."""
        board = self._board()
        if board is None or before in {row, row + 1}:
            return
        order = [frame for place, frame in enumerate(board.frames) if place != row]
        order.insert(before - 1 if before > row else before, board.frames[row])
        self._arrange([picture for frame in order for picture in frame.pictures])

    def _on_caption(self, row: int, caption: str) -> None:
        if (board := self._board()) is not None:
            self._session.pictures.acts.rename((board.frames[row].front.id,), caption)

    def _on_front(self, picture: Picture, front: Picture) -> None:
        """The frames keep their order; one of them shows ``picture``, and ``front`` stands behind it."""
        if (board := self._board()) is not None:
            shown = [one for frame in board.frames for one in frame.pictures if one.id != picture.id]
            shown.insert([one.id for one in shown].index(front.id), picture)
            self._arrange(shown)

    def _arrange(self, shown: list[Picture]) -> None:
        """Keep that order on the board, in a row where the first of them stands."""
        board = self._board()
        if board is not None and shown:
            ids = tuple(picture.id for picture in shown)
            self._session.pictures.acts.arrange(ids, shown[0].board_id, board.frames[0].front.id)

    def _on_export(self) -> None:
        if (board := self._board()) is not None:
            ids = tuple(frame.front.id for frame in board.frames)
            self._handing.exporting.ask(ids, is_ordered=True)

    def _on_redo(self, row: int) -> None:
        if (board := self._board()) is not None and row >= 0:
            self.redoing.begin(board, row)
            self._parts.window.compose_prompt()

    def _on_redoing(self) -> None:
        """Say whose place the next results take, and how to have it otherwise."""
        if self.redoing.is_on:
            text = self.tr(
                "What is generated now takes the place of frame {number}; the old one stays behind."
            )
            words = text.format(number=number(self.redoing.number))
            self._parts.notices.say(words, self.tr("Not in its place"), self.redoing.stop)

    def _on_frame_act(self, key: PictureKey, picture: Picture, stars: int) -> None:
        acts, panel = self._session.pictures.acts, self.panel
        if key is PictureKey.RATE:
            acts.rate((picture.id,), stars)
        elif key is PictureKey.REJECT:
            acts.reject((picture.id,), not picture.rejected)
        elif key is PictureKey.TRASH:
            acts.trash((picture.id,))
        elif key is PictureKey.EDIT:
            self._session.edit(picture)
            self._parts.window.compose_prompt()
        elif key is PictureKey.OPEN:
            self._open(picture)
        elif key is PictureKey.STORYBOARD:
            self._parts.window.show_gallery()
        elif panel is not None:
            self._browsing.acting.wish(key, (picture,), panel)

    def _open(self, picture: Picture) -> None:
        row = self._session.gallery.row_of(picture.id)
        if row is None:
            self._parts.window.show_gallery()
            self._browsing.show_picture(picture)
        else:
            self._parts.viewer.show_row(row)
            self._parts.window.show_viewer()

    def _board(self) -> Storyboard | None:
        return self.panel.board if self.panel is not None else None
