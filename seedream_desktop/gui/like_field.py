"""A search field that takes pictures: what looks like one is looked for.

A picture that is dropped or pasted is offered, and is a chip before the words while its like is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolButton

from seedream_desktop.gui.chip_field import ChipField
from seedream_desktop.gui.theme import CORNER_PX, GAP_PX, colours_of
from seedream_desktop.state.incoming import (
    offers_pictures,
    offers_references,
    pasted,
    prefers_text,
    read_incoming,
)

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData

    from seedream_desktop.gui.like_chip import LikeChip

_CHIP_PX = 96  # of a picture on a chip, at the finest scale
_PULLED_PX = -6  # of the text towards the magnifier: a style's padding is beside what Qt keeps free


class LikeField(ChipField):
    """Says which picture was offered, and shows what is looked for."""

    picture_offered = Signal(object)  # Path | QImage | bytes of a picture file: its like shall be found
    link_offered = Signal(str)  # the like of the picture behind it shall be found
    several_offered = Signal(int)  # so many pictures came at once; the first one was offered
    like_removed = Signal()  # nothing like a picture is looked for any more

    def __init__(self) -> None:
        """Start without a picture."""
        super().__init__()
        self._like = ""
        self._like_chip: LikeChip | None = None
        self._like_picture = QPixmap()  # a null one: not known
        self._is_target = False  # of a picture that is dragged
        self._placeholder = ""  # what stands there while it is no target
        self.before_first_requested.connect(self.remove_like)
        self.setTextMargins(_PULLED_PX, 0, 0, 0)

    @property
    def like(self) -> str:
        """What is looked for looks like that; empty: like nothing."""
        return self._like

    def show_like(self, like: str) -> None:
        """Say with a chip that what looks like a picture is searched for; empty: no longer."""
        if like == self._like:
            return
        if not like:
            self._like_picture = QPixmap()
        self._like = like
        self._lay_like()
        self.was_read.emit()

    def show_like_picture(self, picture: QPixmap) -> None:
        """Show which picture that is; it may come before the search itself does."""
        self._like_picture = picture
        self._lay_like()

    def offers_pasted(self) -> bool:
        """Offer what is in the clipboard, if it is a picture, or a link with nothing else in the line."""
        mime = pasted()
        if self.selectedText() == self.text() and read_incoming(mime).links:
            return self._offer(mime)
        return offers_pictures(mime) and not prefers_text(mime) and self._offer(mime)

    def offer(self, picture: Path | QImage | bytes) -> None:
        """Say that the like of ``picture`` shall be found."""
        self._like_picture = QPixmap()
        self.picture_offered.emit(picture)

    def remove_like(self) -> None:
        """Look for nothing like a picture any more."""
        if self._like:
            self.show_like("")
            self.like_removed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A picture, or a link to one, may be let go here."""
        if offers_references(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._set_target(True)
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere in it."""
        if self._is_target:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            super().dragMoveEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went on."""
        self._set_target(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Offer the picture; words are written."""
        if not self._is_target:
            super().dropEvent(event)
            return
        self._set_target(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._offer(event.mimeData())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line around it while a picture is held over it."""
        super().paintEvent(event)
        if self._is_target:
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(colours_of(self.palette()).accent), 2))
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chip stays beside the magnifier."""
        super().resizeEvent(event)
        self._place_like()

    def _offer(self, mime: QMimeData) -> bool:
        incoming = read_incoming(mime)
        picture = incoming.files[0] if incoming.files else incoming.picture
        if picture is not None:
            self.offer(picture)
        elif incoming.links:
            self.link_offered.emit(incoming.links[0])
        else:
            return False
        if (count := len(incoming.files or incoming.links)) > 1:
            self.several_offered.emit(count)
        return True

    def _set_target(self, is_target: bool) -> None:
        if is_target and not self._is_target:
            self._placeholder = self.placeholderText()
        self._is_target = is_target
        self.setPlaceholderText(self.tr("Find this picture") if is_target else self._placeholder)
        self.update()

    def _lay_like(self) -> None:
        """Make room for the chip before the words, or take it back."""
        if self._like and self._like_chip is None:
            from seedream_desktop.gui.like_chip import LikeChip  # late: when a picture is looked for

            self._like_chip = LikeChip(self)
            self._like_chip.clicked.connect(lambda _checked: self.remove_like())
        if self._like_chip is None:
            return
        self._like_chip.show_picture(self._like_picture)
        self._like_chip.setVisible(bool(self._like))
        room_px = self._like_chip.width() + 3 * GAP_PX if self._like else 0
        self.setTextMargins(_PULLED_PX + room_px, 0, 0, 0)
        self._place_like()

    def _place_like(self) -> None:
        if self._like_chip is not None:
            buttons = (one for one in self.findChildren(QToolButton) if one is not self._like_chip)
            rights = (one.geometry().right() + 1 for one in buttons)
            beside = max((right for right in rights if right < self.width() // 3), default=0)
            self._like_chip.move(beside + GAP_PX, (self.height() - self._like_chip.height()) // 2)


def chip_picture(image: QImage) -> QPixmap:
    """What a chip has room for; none where it could not be read."""
    if not image.isNull():
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaledToHeight(4 * _CHIP_PX).scaledToHeight(_CHIP_PX, smooth)  # quick, then well
    return QPixmap.fromImage(image)
