"""A dialog beside the window that shows a report as plain text, to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX

SIZE_PX = (680, 560)


class ReportDialog(QDialog):
    """Says what the report is for, shows it whole, and offers what can be done with it."""

    def __init__(self, window: QWidget, title: str, words: str, report: str) -> None:
        """Show ``report`` below ``words``; it is gone once it is closed."""
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*SIZE_PX)
        said = Label(words)
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setWordWrap(True)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setPlainText(report)
        self.report.setAccessibleName(title)
        self.report.setTabChangesFocus(True)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(SPACE_PX)
        self._acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE_PX, EDGE_PX, EDGE_PX, EDGE_PX)
        column.setSpacing(GROUP_PX)
        column.addWidget(said)
        column.addWidget(self.report, 1)
        column.addLayout(self._acts)

    def add(self, words: str, *, is_first: bool = False) -> QPushButton:
        """Offer one more act, at the end of the row; the first choice has the focus."""
        button = QPushButton(words)
        button.setAccessibleName(words)
        button.setAutoDefault(is_first)
        if is_first:
            button.setProperty("filled", True)
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._acts.addWidget(button)
        return button

    def copy(self) -> None:
        """Put the whole report into the clipboard."""
        QGuiApplication.clipboard().setText(self.report.toPlainText())
