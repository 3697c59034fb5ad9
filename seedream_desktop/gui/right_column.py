"""The right column: Compose and Details under two tabs, beside each other where there is room, one foot."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, colours_of, strong_font

Page = TypeVar("Page", bound=QWidget)
WIDTH_PX = 340
HEADER_PX = 44
LINE_PX = 2


class RightColumn(QWidget):
    """Shows one of two pages, or both; the foot stays below them in either case."""

    details_shown = Signal(bool)

    def __init__(self) -> None:
        """Start empty; Compose is in front."""
        super().__init__()
        self._compose: QWidget = QWidget()
        self._details: QWidget = QWidget()
        self._is_wide = False
        self._tabs = QButtonGroup(self)
        self._compose_tab = self._tab(0)
        self._details_tab = self._tab(1)
        self.write_words()
        self._compose_tab.setChecked(True)
        self._column = QVBoxLayout(self)
        self._lay_out()
        self._tabs.idClicked.connect(lambda _: self._show())
        self._show()

    @property
    def shows_details(self) -> bool:
        """Whether the details can be seen."""
        return self._is_wide or self._details_tab.isChecked()

    def set_compose(self, compose: Page) -> Page:
        """Put Compose in its place."""
        self._pages.replaceWidget(self._compose, compose)
        self._compose.deleteLater()
        self._compose = compose
        self._show()
        return compose

    def set_foot(self, foot: Page) -> Page:
        """Put the foot in its place."""
        self._column.addWidget(foot)
        return foot

    def set_details(self, details: QWidget) -> None:
        """Put the details in their place."""
        self._pages.replaceWidget(self._details, details)
        self._details.deleteLater()
        self._details = details
        self._show()

    def add_head(self, part: QWidget) -> None:
        """Put a part at the end of the line of tabs."""
        self._heads.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)

    def show_compose(self) -> None:
        """Bring Compose to the front."""
        self._compose_tab.setChecked(True)
        self._show()

    def show_details(self) -> None:
        """Bring Details to the front."""
        self._details_tab.setChecked(True)
        self._show()

    def toggle(self) -> None:
        """Show the other one."""
        if self._details_tab.isChecked():
            self.show_compose()
        else:
            self.show_details()

    def set_wide(self, is_wide: bool) -> None:
        """Show both pages beside each other, or one of them."""
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self._show()

    def write_words(self) -> None:
        """Write the tabs in the language of now."""
        for tab, words in (
            (self._compose_tab, self.tr("Compose")),
            (self._details_tab, self.tr("Details")),
        ):
            tab.setText(words)
            tab.setAccessibleName(words)
            tab.updateGeometry()

    def _tab(self, number: int) -> TabButton:
        tab = TabButton()
        self._tabs.addButton(tab, number)
        return tab

    def _lay_out(self) -> None:
        self._heads = QHBoxLayout()
        self._heads.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self._heads.addWidget(self._compose_tab, 0, Qt.AlignmentFlag.AlignLeft)
        self._heads.addWidget(self._details_tab, 0, Qt.AlignmentFlag.AlignLeft)
        self._heads.addStretch()
        self._parting = Hairline(is_upright=True)
        self._pages = QHBoxLayout()
        self._pages.setSpacing(0)
        self._pages.addWidget(self._compose, 1)
        self._pages.addWidget(self._parting)
        self._pages.addWidget(self._details, 1)
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._heads)
        column.addWidget(Hairline())
        column.addLayout(self._pages, 1)
        column.addWidget(Hairline())

    def _show(self) -> None:
        is_details = self._details_tab.isChecked()
        self._compose.setVisible(self._is_wide or not is_details)
        self._details.setVisible(self._is_wide or is_details)
        self._parting.setVisible(self._is_wide)
        self._show_heads()
        self.setMinimumWidth(WIDTH_PX * 2 if self._is_wide else WIDTH_PX)
        self.details_shown.emit(self.shows_details)

    def _show_heads(self) -> None:
        """Side by side, each page has its head above it."""
        self._heads.setSpacing(2 * EDGE_PX if self._is_wide else EDGE_PX)
        for number, is_sharing in enumerate((self._is_wide, self._is_wide, not self._is_wide)):
            self._heads.setStretch(number, int(is_sharing))
        for tab in (self._compose_tab, self._details_tab):
            tab.is_head = self._is_wide
            tab.update()


class TabButton(QAbstractButton):
    """A word with a line under it while it is the one in front."""

    def __init__(self) -> None:
        """Stand ready to be checked."""
        super().__init__()
        self.is_head = False  # its page is shown whether it is checked or not
        self.setCheckable(True)
        self.setFixedHeight(HEADER_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word is when half-bold, so that it does not move when checked."""
        return QSize(QFontMetrics(strong_font()).horizontalAdvance(self.text()) + GAP_PX, HEADER_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word and its line."""
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            is_front = self.isChecked() or self.is_head
            painter.setFont(strong_font() if is_front else self.font())
            is_lit = is_front or self.underMouse() or self.hasFocus()
            painter.setPen(QColor(colours.text if is_lit else colours.dim))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            if is_front or self.hasFocus():
                colour = QColor(colours.accent if is_front else colours.outline)
                painter.fillRect(0, self.height() - LINE_PX, self.width(), LINE_PX, colour)


class Hairline(QWidget):
    """A line of one pixel between two surfaces."""

    def __init__(self, *, is_upright: bool = False) -> None:
        """Lie flat, or stand."""
        super().__init__()
        if is_upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill it."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).hairline))
