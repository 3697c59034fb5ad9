"""What stands around a storyboard: how many came, what can be done with a frame, and how it is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.storyboard_view import StoryList
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, colours_of

if TYPE_CHECKING:
    from seedream_desktop.library.storyboard import Storyboard, StoryFrame
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache


class StoryboardPanel(QWidget):
    """Fills the gallery's place."""

    closed = Signal()
    act_requested = Signal(object, object, int)  # PictureKey, Picture, stars (of RATE)
    redo_requested = Signal(int)  # the place of a frame
    export_requested = Signal()
    front_requested = Signal(object, object)  # Picture that shall stand before Picture

    def __init__(self, thumbnails: ThumbnailCache) -> None:
        """Show nothing yet."""
        super().__init__()
        self.list = StoryList(thumbnails)
        self.board: Storyboard | None = None
        self._title, self._close = ElidedLabel(), QToolButton()
        self.redo, self.go_on, self.earlier, self.export = (QPushButton() for _ in range(4))
        self._build()
        self._write_words()
        self.list.closed.connect(self.closed)
        self._close.clicked.connect(self.closed)
        self.list.wished.connect(self._on_wished)
        self.list.doubleClicked.connect(lambda _: self._on_wished(PictureKey.OPEN, 0))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_acts())
        self.redo.clicked.connect(lambda: self.redo_requested.emit(self.list.row()))
        self.go_on.clicked.connect(lambda: self._on_wished(PictureKey.EDIT, 0))
        self.earlier.clicked.connect(self._on_earlier)
        self.export.clicked.connect(self.export_requested)

    @property
    def said(self) -> str:
        """What is said of the set."""
        return self._title.text()

    def frame(self) -> StoryFrame | None:
        """The current frame."""
        row = self.list.row()
        return self.board.frames[row] if self.board and 0 <= row < len(self.board.frames) else None

    def show_board(self, board: Storyboard, picture_id: str = "") -> None:
        """Show a storyboard; the frame with that picture is current."""
        self.board = board
        self.list.show_board(board, picture_id)
        self._write_title()
        self._show_acts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()

    def _build(self) -> None:
        self.setFocusProxy(self.list)
        top = QHBoxLayout()
        top.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX, 0)
        top.setSpacing(SPACE_PX)
        top.addWidget(self._title)
        top.addStretch(1)
        for button in (self.redo, self.go_on, self.earlier, self.export):
            button.setAutoDefault(False)
            button.setProperty("quiet", True)
            top.addWidget(button)
        top.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addLayout(top)
        column.addWidget(self.list, 1)

    def _write_words(self) -> None:
        self.list.setAccessibleName(self.tr("Storyboard"))
        _label(self.redo, self.tr("Redo this frame"), self.tr("With its neighbours as references"))
        _label(self.go_on, self.tr("Continue from it"), self.tr("Edit this picture (E)"))
        _label(self.export, self.tr("Export…"), self.tr("Numbered files or a contact sheet, in this order"))
        self._close.setAccessibleName(self.tr("Close the storyboard"))
        self._close.setToolTip(self.tr("Back to the gallery (Esc)"))
        self._close.setIcon(icon("close", colours_of(self.palette()).text))
        self._write_title()
        self._show_acts()

    def _write_title(self) -> None:
        if self.board is None:
            return
        came = len(self.board.frames)
        text = self.tr("Storyboard · {pictures}").format(pictures=words.pictures(came))
        if self.board.asked > came:
            text = self.tr("Storyboard · {count} came of {asked} asked for")
            text = text.format(count=words.number(came), asked=words.number(self.board.asked))
        self._title.show_text(text)

    def _show_acts(self) -> None:
        frame = self.frame()
        for button in (self.redo, self.go_on, self.export):
            button.setEnabled(frame is not None)
        self.earlier.setVisible(bool(frame and frame.behind))
        if frame is not None:
            text = self.tr("Earlier ones ({count})").format(count=words.number(len(frame.behind)))
            _label(self.earlier, text, self.tr("What stood in this place before"))

    def _on_wished(self, key: PictureKey, stars: int) -> None:
        if (frame := self.frame()) is None:
            return
        if key is PictureKey.EXPORT:
            self.export_requested.emit()
        else:
            self.act_requested.emit(key, frame.front, stars)

    def _on_earlier(self) -> None:
        if (frame := self.frame()) is not None:
            corner = self.earlier.mapToGlobal(QPoint(0, self.earlier.height()))
            self.earlier_menu(frame).popup(corner)

    def earlier_menu(self, frame: StoryFrame) -> QMenu:
        """Each picture behind a frame, to be put back in front."""
        menu = QMenu(self)
        for picture in frame.behind:
            text = self.tr("Put back {name}").format(name=picture.path.stem)
            menu.addAction(text).triggered.connect(
                lambda _=False, picture=picture: self._put_back(picture, frame.front)
            )
        return menu

    def _put_back(self, picture: Picture, front: Picture) -> None:
        self.front_requested.emit(picture, front)


def _label(button: QPushButton, text: str, hint: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(hint)
