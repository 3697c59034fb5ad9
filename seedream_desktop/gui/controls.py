"""Combo and spin boxes for a panel that scrolls: the wheel is theirs only while they have the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QSpinBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

_TEXT_INSET_PX = 5  # beside the border; the style gives spin boxes none
_ICON_GAP_PX = 4  # that the style leaves between an icon and the words


class Choice(QComboBox):
    """A combo box that may be narrower than its longest entry; what has no room ends in an ellipsis."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.elide_mode = Qt.TextElideMode.ElideRight
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(1)

    def seen_text(self) -> str:
        """As much of the current entry as there is room for."""
        return self._seen_option().currentText

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As the style does, which cuts words off in the middle of a letter."""
        option = self._seen_option()
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _seen_option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        icon_px = 0 if option.currentIcon.isNull() else option.iconSize.width() + _ICON_GAP_PX
        room_px = field.width() - icon_px
        option.currentText = self.fontMetrics().elidedText(option.currentText, self.elide_mode, room_px)
        return option

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


def tint(button: QAbstractButton, colour: str) -> None:
    """Colour a button's words, and nothing else: the rest goes on following the theme."""
    role = QPalette.ColorRole.ButtonText
    if button.palette().color(role).name() != colour:
        palette = QPalette()  # the button's own would hold on to every colour of now
        palette.setColor(role, colour)
        button.setPalette(palette)


def set_tone(widget: QWidget, tone: str) -> None:
    """Colour a label's words: "dim", "accent", "amber", "red" or "green"; empty for plain."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else its first show does it
            widget.style().polish(widget)
