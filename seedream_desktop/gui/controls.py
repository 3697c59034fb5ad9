"""Combo and spin boxes for a panel that scrolls: the wheel is theirs only while they have the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QSpinBox, QWidget

_TEXT_INSET_PX = 5  # beside the border; the style gives spin boxes none


class Choice(QComboBox):
    """A combo box that may be narrower than its longest entry."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class StepBox(QSpinBox):
    """A spin box for whole numbers."""

    def __init__(self) -> None:
        """Start at nought."""
        super().__init__()
        _set_up(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ScaleBox(QDoubleSpinBox):
    """A spin box for numbers with one decimal."""

    def __init__(self) -> None:
        """Start at nought."""
        super().__init__()
        self.setDecimals(1)
        _set_up(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class MoneyBox(QDoubleSpinBox):
    """A spin box for US dollars; what is typed counts once it is complete."""

    def __init__(self) -> None:
        """Start at nought."""
        super().__init__()
        self.setDecimals(2)
        self.setPrefix("$")
        self.setKeyboardTracking(False)
        _set_up(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the panel unless this has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def _set_up(box: QAbstractSpinBox) -> None:
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.lineEdit().setTextMargins(_TEXT_INSET_PX, 0, 0, 0)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label's words: "dim", "accent", "amber", "red" or "green"; empty for plain."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else its first show does it
            widget.style().polish(widget)
