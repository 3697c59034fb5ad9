"""The stage of a comparison: each picture on a canvas, all looked at the same way."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedream_desktop.gui.theme import colours_of
from seedream_desktop.gui.viewer_canvas import Shown, ViewerCanvas

if TYPE_CHECKING:
    from seedream_desktop.gui.framing import Framing
    from seedream_desktop.gui.note_painting import Note

_FLICKER_MS = 800
_DIVIDER_PX = 20
_KNOB_PX = 14
_APART_PX = 4


class Look(Enum):
    """How pictures are held against each other; the last two only where there are two."""

    SIDE_BY_SIDE = "side_by_side"
    SLIDER = "slider"
    FLICKER = "flicker"


class ComparePanes(QWidget):
    """Up to four canvases. Zooming and panning one moves all of them."""

    zoom_changed = Signal()
    pane_pressed = Signal(int)
    drag_begun = Signal(int)  # the picture of that pane is to be dragged out
    screen_changed = Signal()

    def __init__(self, most: int) -> None:
        """With ``most`` canvases, empty."""
        super().__init__()
        self.look = Look.SIDE_BY_SIDE
        self.share = 0.5  # of the width that is left of the slider's divider
        self._count = 0
        self._front = 0  # which one is seen while they flicker
        self.canvases = tuple(ViewerCanvas() for _ in range(most))
        self._divider = _Divider(self)
        self._flicker = QTimer(self, interval=_FLICKER_MS)
        self._flicker.timeout.connect(self.flip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        for number, canvas in enumerate(self.canvases):
            canvas.setParent(self)
            canvas.setMinimumSize(0, 0)
            canvas.hide()
            canvas.installEventFilter(self)
            canvas.framing_changed.connect(lambda framing, number=number: self._follow(number, framing))
            canvas.zoom_changed.connect(lambda _: self.zoom_changed.emit())
            canvas.screen_changed.connect(self.screen_changed)
            canvas.drag_begun.connect(lambda number=number: self.drag_begun.emit(number))
        self._divider.moved.connect(self.set_share)
        self._divider.raise_()

    @property
    def is_flickering(self) -> bool:
        """Whether the two change places by themselves."""
        return self._flicker.isActive()

    @property
    def front(self) -> int:
        """Which one is seen while they flicker."""
        return self._front

    @property
    def zooms(self) -> tuple[float, ...]:
        """How large each picture is shown, as far as it is known."""
        return tuple(canvas.zoom for canvas in self.canvases[: self._count])

    @property
    def is_fit(self) -> bool:
        """Whether all of each picture is seen."""
        return self.canvases[0].is_fit

    def show_pictures(
        self, shown: Sequence[Shown | None], notes: Sequence[Note | None], labels: Sequence[str]
    ) -> None:
        """Show these, each with what it is called."""
        is_other = len(shown) != self._count
        self._count = len(shown)
        for canvas, picture, note, label in zip(self.canvases, shown, notes, labels, strict=False):
            canvas.show_picture(picture, note)
            canvas.show_label(label, is_right=self._is_right(canvas))
            canvas.setAccessibleName(label)
        for canvas in self.canvases[self._count :]:
            canvas.show_picture(None)
        if is_other:
            self.show_look(self.look)
        self._follow(0, self.canvases[0].framing)
        self._arrange()

    def show_look(self, look: Look) -> None:
        """Hold them against each other like that."""
        self.look = look if self._count == 2 else Look.SIDE_BY_SIDE
        self._front = 0
        if self.look is Look.FLICKER:
            self._flicker.start()
        else:
            self._flicker.stop()
        for canvas in self.canvases:
            canvas.show_label(canvas.accessibleName(), is_right=self._is_right(canvas))
        self._arrange()

    def flip(self) -> None:
        """Show the other one of two that flicker."""
        self._front = 1 - self._front
        self._arrange()

    def pause(self, is_paused: bool) -> None:
        """Let them flicker by themselves, or by hand only."""
        if self.look is Look.FLICKER:
            (self._flicker.stop if is_paused else self._flicker.start)()

    def set_share(self, share: float) -> None:
        """Put the slider's divider there."""
        self.share = min(1.0, max(0.0, share))
        self._arrange()

    def mirror(self, other: ComparePanes) -> None:
        """Hold them against each other as there, and flicker when they do there."""
        self._flicker.stop()
        self.look, self.share, self._front = other.look, other.share, other.front
        for canvas in self.canvases:
            canvas.show_label(canvas.accessibleName(), is_right=self._is_right(canvas))
        self._arrange()

    def toggle_size(self) -> None:
        """Go from fit to 100 % of the first picture, or back."""
        self.canvases[0].toggle_size()

    def zoom_by(self, factor: float) -> None:
        """Zoom all of them."""
        self.canvases[0].zoom_by(factor)

    def fit(self) -> None:
        """Show all of each picture."""
        self.canvases[0].fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each its place."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground between them."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(colours_of(self.palette()).canvas))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on a canvas makes it the one that acts are for."""
        if event.type() == QEvent.Type.MouseButtonPress:
            for number, canvas in enumerate(self.canvases):
                if canvas is watched:
                    self.pane_pressed.emit(number)
        return super().eventFilter(watched, event)

    def _is_right(self, canvas: ViewerCanvas) -> bool:
        return self.look is Look.SLIDER and canvas is self.canvases[1]

    def _follow(self, number: int, framing: Framing) -> None:
        """Look at the others as at that one: the same part of each, as large in its place."""
        size = self.canvases[number].picture_size
        for other, canvas in enumerate(self.canvases[: self._count]):
            if other != number:
                theirs = canvas.picture_size
                known = not size.isEmpty() and not theirs.isEmpty()
                canvas.look(framing.beside(size, theirs) if known else framing)

    def _arrange(self) -> None:
        is_slider, is_flicker = (self.look is one for one in (Look.SLIDER, Look.FLICKER))
        places = [self.rect()] * self._count if is_slider or is_flicker else self._cells()
        for number, canvas in enumerate(self.canvases):
            is_seen = number < self._count and (not is_flicker or number == self._front)
            if number < self._count:
                canvas.setGeometry(places[number])
            canvas.clearMask()
            canvas.setVisible(is_seen)
        at = round(self.width() * self.share)
        if is_slider:
            self.canvases[1].setMask(QRegion(at, 0, max(1, self.width() - at), self.height()))
            self.canvases[1].raise_()
        self._divider.setVisible(is_slider)
        self._divider.setGeometry(at - _DIVIDER_PX // 2, 0, _DIVIDER_PX, self.height())
        self._divider.raise_()
        self.zoom_changed.emit()

    def _cells(self) -> list[QRect]:
        """In one row or in two, whichever shows them larger."""
        count = max(1, self._count)
        choices = [1, 2] if count > 2 else [1]
        return max((self._grid(rows, count) for rows in choices), key=self._worth)

    def _grid(self, rows: int, count: int) -> list[QRect]:
        """All of one size, so that equal pictures are shown equally large."""
        columns = -(-count // rows)
        width_px = (self.width() - _APART_PX * (columns - 1)) // columns
        height_px = (self.height() - _APART_PX * (rows - 1)) // rows
        step_x, step_y = width_px + _APART_PX, height_px + _APART_PX
        return [
            QRect(number % columns * step_x, number // columns * step_y, width_px, height_px)
            for number in range(count)
        ]

    def _worth(self, cells: list[QRect]) -> float:
        sizes = [canvas.picture_size for canvas in self.canvases[: self._count]]
        return min(
            (
                min(cell.width() / size.width(), cell.height() / size.height())
                for cell, size in zip(cells, sizes, strict=False)
                if not size.isEmpty()
            ),
            default=0.0,
        )


class _Divider(QWidget):
    """The line between two pictures that lie on one another."""

    moved = Signal(float)  # to that share of the width

    def __init__(self, panes: ComparePanes) -> None:
        super().__init__(panes)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        parent = self.parentWidget()
        if parent is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.moved.emit(self.mapToParent(event.position().toPoint()).x() / max(1, parent.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White within black, to be seen on every picture."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.width() // 2
            for width_px, colour in ((3, Qt.GlobalColor.black), (1, Qt.GlobalColor.white)):
                painter.setPen(QPen(colour, width_px))
                painter.drawLine(middle, 0, middle, self.height())
            painter.setPen(QPen(Qt.GlobalColor.black, 1))
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawEllipse(QPoint(middle, self.height() // 2), _KNOB_PX // 2, _KNOB_PX // 2)
