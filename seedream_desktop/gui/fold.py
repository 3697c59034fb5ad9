"""One quiet line that opens what lies below it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, SPACE_PX, caption_font, colours_of

_ICON_PX = 12
_LEAST_HEIGHT_PX = 20


class FoldLine(QAbstractButton):
    """The line: a chevron and dim words that wrap where they are long."""

    def __init__(self) -> None:
        """Start closed."""
        super().__init__()
        self.setCheckable(True)
        self.setFont(caption_font())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """One line of words."""
        metrics = self.fontMetrics()
        width_px = metrics.horizontalAdvance(self.text()) + _ICON_PX + GAP_PX
        return QSize(width_px, max(_LEAST_HEIGHT_PX, metrics.height() + 2 * GAP_PX))

    def hasHeightForWidth(self) -> bool:
        """Narrow means high."""
        return True

    def heightForWidth(self, width_px: int) -> int:
        """As many lines as the words need."""
        room = QRect(0, 0, max(1, width_px - _ICON_PX - GAP_PX), 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        needed = self.fontMetrics().boundingRect(room, flags, self.text())
        return max(_LEAST_HEIGHT_PX, needed.height() + 2 * GAP_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw chevron, words and focus ring."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colour = colours.text if self.underMouse() else colours.dim
            name = "chevron_down" if self.isChecked() else "chevron_right"
            chevron = icon_pixmap(name, colour, _ICON_PX, painter.device().devicePixelRatio())
            line_px = self.fontMetrics().height()
            painter.drawPixmap(0, GAP_PX + (line_px - _ICON_PX) // 2, chevron)
            painter.setPen(QColor(colour))
            words = self.rect().adjusted(_ICON_PX + GAP_PX, GAP_PX, 0, -GAP_PX)
            painter.drawText(words, int(Qt.TextFlag.TextWordWrap), self.text())
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.accent), 1))
                painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER_PX, CORNER_PX)


class Fold(QWidget):
    """A line, and a column of widgets that it opens."""

    def __init__(self) -> None:
        """Start closed and empty."""
        super().__init__()
        self.line = FoldLine()
        self._content = QWidget()
        self._content.hide()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(_ICON_PX + GAP_PX, 0, 0, GAP_PX)
        self.column.setSpacing(SPACE_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self.line)
        column.addWidget(self._content)
        self.line.toggled.connect(self._content.setVisible)

    def set_words(self, words: str) -> None:
        """What the line says."""
        if words != self.line.text():
            self.line.setText(words)
            self.line.setAccessibleName(words)
            self.line.updateGeometry()
