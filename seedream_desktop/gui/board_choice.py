"""Where results go: the boards, and a new one named in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.controls import Choice
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS, plain_tip
from seedream_desktop.gui.theme import colours_of

if TYPE_CHECKING:
    from seedream_desktop.library.values import Board

_NEW_BOARD = "\x00new"
_DOT_PX = 8


class BoardChoice(QStackedWidget):
    """A combo box of boards; its last entry turns it into a field for a new board's name."""

    board_chosen = Signal(str)  # board id
    new_board_requested = Signal(str)  # name

    def __init__(self) -> None:
        """Start without boards."""
        super().__init__()
        self._boards: tuple[Board, ...] = ()
        self._board_id = ""
        self._warning = ""
        self._is_showing = False
        self.combo, self._name = Choice(), QLineEdit()
        self.combo.setIconSize(QSize(_DOT_PX, _DOT_PX))
        self.combo.elide_mode = Qt.TextElideMode.ElideMiddle  # rounds differ at the end, clients at the start
        self.combo.view().setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.addWidget(self.combo)
        self.addWidget(self._name)
        self.combo.activated.connect(self._on_activated)
        self.combo.currentIndexChanged.connect(self._on_current_index_changed)
        self._name.returnPressed.connect(self._on_name_entered)
        self._write_words()

    def show_boards(self, boards: tuple[Board, ...], board_id: str) -> None:
        """Offer ``boards``; an unknown ``board_id`` means the first, which is the Inbox."""
        self._boards, self._board_id = boards, board_id
        self._is_showing = True
        self.combo.clear()
        for board in boards:
            self.combo.addItem(self._name_of(board), board.id)
            row = self.combo.count() - 1
            self.combo.setItemData(row, plain_tip(self._name_of(board)), Qt.ItemDataRole.ToolTipRole)
        self.combo.insertSeparator(self.combo.count())
        self.combo.addItem(self.tr("New board…"), _NEW_BOARD)
        self._select()
        self._is_showing = False

    def show_board(self, board_id: str) -> None:
        """Select one of the boards."""
        self._board_id = board_id
        self._is_showing = True
        self._select()
        self._is_showing = False

    def warn(self, text: str) -> None:
        """Turn amber, and say why to those who ask; empty: as usual."""
        self._warning = text
        self.combo.setProperty("problem", bool(text))
        self.combo.style().polish(self.combo)
        self.combo.setAccessibleDescription(text)
        self._write_words()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field for a name."""
        if event.key() == Qt.Key.Key_Escape and self.currentWidget() is self._name:
            self._leave_name()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()
            self.show_boards(self._boards, self._board_id)

    def _write_words(self) -> None:
        self.combo.setAccessibleName(self.tr("Save to"))
        self._tell()
        self._name.setAccessibleName(self.tr("Name of the new board"))
        self._name.setPlaceholderText(self.tr("Name of the new board"))

    def _tell(self) -> None:
        """The whole name, which may have no room, and what it means."""
        means = self._warning or self.tr("The board that results go to")
        self.combo.setToolTip(plain_tip("\n".join(filter(None, (self.combo.currentText(), means)))))

    def _name_of(self, board: Board) -> str:
        """A board in another one is told with those around it."""
        if board.path == "Inbox":
            return self.tr("Inbox")
        around = " › ".join(board.path.split("/")[:-1])
        return plain(f"{board.name} – {around}" if around else board.name, LABEL_CHARACTERS)

    def _select(self) -> None:
        row = max(0, self.combo.findData(self._board_id)) if self._boards else -1
        self.combo.setCurrentIndex(row)
        dot = QIcon(_dot(colours_of(self.palette()).accent, self.devicePixelRatioF()))
        for one in range(len(self._boards)):
            self.combo.setItemIcon(one, dot if one == row else QIcon())
        self._tell()

    def _on_current_index_changed(self, row: int) -> None:
        board_id = self.combo.itemData(row)
        if not self._is_showing and board_id not in {None, _NEW_BOARD}:
            self.board_chosen.emit(board_id)

    def _on_activated(self, row: int) -> None:
        if self.combo.itemData(row) == _NEW_BOARD:
            self.show_board(self._board_id)
            self.setCurrentWidget(self._name)
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_name_entered(self) -> None:
        name = self._name.text().strip()
        self._leave_name()
        if name:
            self.new_board_requested.emit(name)

    def _leave_name(self) -> None:
        self._name.clear()
        self.setCurrentWidget(self.combo)
        self.combo.setFocus(Qt.FocusReason.OtherFocusReason)


def _dot(colour: str, scale: float) -> QPixmap:
    side_px = round(_DOT_PX * scale)
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(QPointF(side_px / 2, side_px / 2), side_px * 0.4, side_px * 0.4)
    pixmap.setDevicePixelRatio(scale)
    return pixmap
