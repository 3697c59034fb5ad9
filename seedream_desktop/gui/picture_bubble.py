"""A reference, larger, beside the words that speak of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import draw_panel, rounded
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font, colours_of

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

PICTURE_PX = 240


class PictureBubble(QFrame):
    """Shows one reference at a time; the pointer goes through it, and it never takes the focus."""

    def __init__(
        self, parent: QWidget, thumbnails: ThumbnailCache, path_of: Callable[[Reference], Path]
    ) -> None:
        """Lie in ``parent``, hidden; ``path_of`` says where a reference's file lies, and blocks."""
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._path_of = path_of
        self._reference: Reference | None = None
        self._caption = Label()
        self._caption.setFont(caption_font())
        self._caption.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._caption)
        self.hide()
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)

    def show_beside(self, reference: Reference, words: str, chip: QRect) -> None:
        """Show ``reference`` above ``chip``, or below where there is no room; in the parent's coordinates."""
        self._reference = reference
        self._caption.setText(words)
        shown = QSize(reference.width_px, reference.height_px).scaled(
            QSize(PICTURE_PX, PICTURE_PX), Qt.AspectRatioMode.KeepAspectRatio
        )
        self._shown_px = shown.expandedTo(QSize(1, 1))
        self._column.setContentsMargins(SPACE_PX, self._shown_px.height() + 2 * SPACE_PX, SPACE_PX, SPACE_PX)
        width_px = PICTURE_PX + 2 * SPACE_PX
        self.setFixedWidth(width_px)
        self.resize(width_px, self._column.heightForWidth(width_px))
        left = max(0, min(chip.left(), self.window_width_px() - self.width() - SPACE_PX))
        above = chip.top() - self.height() - GAP_PX
        self.move(left, above if above >= 0 else chip.bottom() + GAP_PX)
        self.show()
        self.raise_()
        self.update()

    def window_width_px(self) -> int:
        """Of what it lies in."""
        parent = self.parentWidget()
        return parent.width() if parent is not None else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the corners off."""
        super().resizeEvent(event)
        self.setMask(rounded(self.size()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A panel with the picture, whole, above its name."""
        colours = colours_of(self.palette())
        draw_panel(self, colours.panel, colours.outline)
        if (pixmap := self._pixmap()) is not None:
            place = QRect((self.width() - self._shown_px.width()) // 2, SPACE_PX, 0, 0)
            place.setSize(self._shown_px)
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawPixmap(place, pixmap)

    def _pixmap(self) -> QPixmap | None:
        reference = self._reference
        if reference is None:
            return None
        side_px = round(PICTURE_PX * self.devicePixelRatioF())
        return self._thumbnails.pixmap(reference.sha256, lambda: self._path_of(reference), side_px)

    def _on_thumbnail(self, sha256: str) -> None:
        if self._reference is not None and self._reference.sha256 == sha256 and self.isVisible():
            self.update()
