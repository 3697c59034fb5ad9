"""The line below a picture that is drawn on: what is held, what is wrong, how large it is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, colours_of
from seedream_desktop.gui.viewer_header import percent
from seedream_desktop.state.marking_up import STEPS


class MarkupFoot(QWidget):
    """Lies on the same ground as the canvas."""

    base_toggled = Signal()  # the original shall be drawn on in the place of the copy, or the copy
    size_toggled = Signal()

    def __init__(self) -> None:
        """Say nothing yet."""
        super().__init__()
        self._zoom, self._is_fit, self._is_original = 0.0, True, False
        self._facts = ElidedLabel()
        self._base, self._size, self._progress = QPushButton(), QToolButton(), QProgressBar()
        self._base.setProperty("quiet", True)
        self._base.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._size.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(3)
        keeps_place = self._progress.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)  # the picture would be scaled anew
        self._progress.setSizePolicy(keeps_place)
        self._progress.hide()
        self._base.hide()
        row = QHBoxLayout()
        row.setContentsMargins(EDGE_PX, GAP_PX, EDGE_PX, GAP_PX)
        row.setSpacing(GROUP_PX)
        row.addWidget(self._facts)
        row.addStretch(1)
        row.addWidget(self._base)
        row.addWidget(self._size)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addLayout(row)
        self._base.clicked.connect(self.base_toggled)
        self._size.clicked.connect(self.size_toggled)
        self._write_words()

    def show_facts(self, text: str, *, is_warning: bool) -> None:
        """Say what is held, or what is wrong."""
        set_tone(self._facts, "amber" if is_warning else "dim")
        self._facts.show_text(text)

    def show_base(self, *, has_choice: bool, is_original: bool) -> None:
        """Offer to draw on the other of the two, where there are two."""
        self._is_original = is_original
        self._base.setVisible(has_choice)
        self._write_words()

    def show_zoom(self, zoom: float, is_fit: bool) -> None:
        """Say how large it is shown; 0: nothing is shown."""
        self._zoom, self._is_fit = zoom, is_fit
        self._write_words()

    def show_step(self, done: int | None) -> None:
        """Say how far the copy is; None: none is being made."""
        self._progress.setVisible(done is not None)
        self._progress.setRange(0, STEPS if done else 0)  # 0 to 0: it goes on, nobody knows how far
        self._progress.setValue(done or 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).canvas))

    def _write_words(self) -> None:
        copy = self.tr("Draw on the marked picture instead")
        base = copy if self._is_original else self.tr("Continue from the original")
        self._base.setText(base)
        self._base.setAccessibleName(base)
        self._progress.setAccessibleName(self.tr("Making the copy"))
        text = self.tr("{zoom} %").format(zoom=percent(self._zoom)) if self._zoom else ""
        self._size.setText(text)
        self._size.setVisible(bool(text))
        name = self.tr("Pixel for pixel") if self._is_fit else self.tr("Show all of it")
        self._size.setAccessibleName(name)
        self._size.setToolTip(f"{name} (Z)")
