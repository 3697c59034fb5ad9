"""Words that can be selected and copied in part, as high as they are, broken anywhere where they must be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from seedream_desktop.generation.plain import plain

_CHARACTERS = 50_000  # more takes seconds to lay out
_STYLE = "QTextEdit { background: transparent; border: none; border-radius: 0; }"


class PlainText(QTextEdit):
    """A label that a long name without blanks cannot widen. Never editable."""

    def __init__(
        self, alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, line_px: int | None = None
    ) -> None:
        """``line_px``: a fixed height of a line."""
        super().__init__()
        self._alignment = alignment
        self._line_px = line_px
        self._heights: dict[int, int] = {}  # by width
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(_STYLE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str) -> None:
        """Show ``text`` as it is, but for what turns its order around."""
        text = plain(text, _CHARACTERS)
        if text == self.toPlainText():
            return
        self._heights.clear()
        self.setPlainText(text)
        block = QTextBlockFormat()
        block.setAlignment(self._alignment)
        if self._line_px is not None:
            block.setLineHeight(self._least_px(), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width_px: int) -> int:
        """As high as the words are at that width."""
        if width_px not in self._heights:
            self._heights[width_px] = self._measured(width_px)
        return self._heights[width_px]

    def sizeHint(self) -> QSize:
        """As wide as the words are in one line."""
        metrics = QFontMetrics(self.font())
        width_px = max(
            (metrics.horizontalAdvance(line) for line in self.toPlainText().split("\n")), default=0
        )
        return QSize(width_px + 2, self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """It may be as narrow as it has to be."""
        return QSize(0, self._least_px())

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights.clear()
            self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The panel scrolls, not the words."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy and Select all, in the language of Qt's own words."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _measured(self, width_px: int) -> int:
        document = self.document().clone()
        document.setDefaultFont(self.font())
        document.setTextWidth(max(1, width_px))
        height_px = round(document.size().height())
        document.deleteLater()
        return max(height_px, self._least_px())

    def _least_px(self) -> int:
        return max(self._line_px or 0, QFontMetrics(self.font()).height())
