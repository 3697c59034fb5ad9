"""Where the prompt speaks of its references: a ground below the words, the picture behind the number.

The words stay plain text. Room for the picture is left by the spacing of the number's last letter, so that
the punctuation after it keeps its distance; what speaks of a reference that is not there is marked.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from seedream_desktop.generation.mentions import Mention, mentions
from seedream_desktop.gui.theme import colours_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seedream_desktop.generation.request import Reference

PICTURE_PX = 14
_ROOM_PX = PICTURE_PX + 4
_CORNER_PX = 3
PixmapOf = Callable[["Reference", int], QPixmap | None]  # at most so many device pixels


class PromptChips(QSyntaxHighlighter):
    """Dresses the mentions of one text edit."""

    def __init__(self, edit: QTextEdit, pixmap_of: PixmapOf) -> None:
        """``pixmap_of`` gives a reference's thumbnail, or None while it is made."""
        super().__init__(edit.document())
        self._edit = edit
        self.references: tuple[Reference, ...] = ()
        self._pictures = _ChipPictures(self, edit, pixmap_of)

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Dress the mentions for these references."""
        is_other_count = len(references) != len(self.references)
        self.references = references
        if is_other_count:
            self.rehighlight()
        self._pictures.update()

    def follow_theme(self) -> None:
        """Dress them in the colours of now."""
        self.rehighlight()
        self._pictures.update()

    def mention_at(self, position: int) -> Mention | None:
        """The one that holds a place between two letters of the text; None: there is none."""
        block = self._edit.document().findBlock(position)
        inside = position - block.position()
        return next((one for one in mentions(block.text()) if one.start <= inside <= one.end), None)

    def highlightBlock(self, text: str) -> None:
        """As Qt asks, line by line."""
        colours = colours_of(self._edit.palette())
        for mention in mentions(text):
            words = QTextCharFormat()
            if mention.number <= len(self.references):
                words.setBackground(QColor(colours.hairline))
            else:
                words.setForeground(QColor(colours.amber))
                words.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                words.setUnderlineColor(QColor(colours.amber))
            self.setFormat(mention.start, mention.end - mention.start, words)
            if mention.number <= len(self.references):
                words.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
                words.setFontLetterSpacing(_ROOM_PX)
                self.setFormat(mention.end - 1, 1, words)


class _ChipPictures(QWidget):
    """Lies over the text and paints the thumbnails; a paint event of the text itself is left to Qt."""

    def __init__(self, chips: PromptChips, edit: QTextEdit, pixmap_of: PixmapOf) -> None:
        super().__init__(edit)
        self._chips = chips
        self._edit = edit
        self._pixmap_of = pixmap_of
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        edit.viewport().installEventFilter(self)
        edit.document().documentLayout().update.connect(lambda *_: self.update())
        edit.textChanged.connect(self.update)
        edit.verticalScrollBar().valueChanged.connect(lambda _: self.update())
        self.setGeometry(edit.viewport().geometry())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the text's own ground."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.setGeometry(self._edit.viewport().geometry())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The thumbnails of what is in view."""
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            for corner, reference in self._places():
                side_px = round(PICTURE_PX * self.devicePixelRatioF())
                pixmap = self._pixmap_of(reference, side_px * 2)
                place = QRectF(corner.x(), corner.y(), PICTURE_PX, PICTURE_PX)
                shape = QPainterPath()
                shape.addRoundedRect(place, _CORNER_PX, _CORNER_PX)
                painter.setClipPath(shape)
                if pixmap is None:
                    painter.fillPath(shape, QColor(colours_of(self.palette()).outline))
                else:
                    painter.drawPixmap(place, pixmap, _middle(pixmap))

    def _places(self) -> Iterator[tuple[QPointF, Reference]]:
        """The upper left corner of each thumbnail in view, and whose it is."""
        layout = self._edit.document().documentLayout()
        down_px, across_px = self._edit.verticalScrollBar().value(), self._edit.horizontalScrollBar().value()
        block = self._edit.cursorForPosition(self.rect().topLeft()).block()
        while block.isValid():
            top_left = layout.blockBoundingRect(block).topLeft() - QPointF(across_px, down_px)
            if top_left.y() > self.height():
                return
            yield from self._places_in(block, top_left)
            block = block.next()

    def _places_in(self, block: QTextBlock, top_left: QPointF) -> Iterator[tuple[QPointF, Reference]]:
        references = self._chips.references
        for mention in mentions(block.text()):
            line = block.layout().lineForTextPosition(mention.end - 1)
            if mention.number > len(references) or not line.isValid():
                continue
            x, _ = cast("tuple[float, int]", line.cursorToX(mention.end))  # as PySide hands it over
            y = line.y() + (line.height() - PICTURE_PX) / 2
            yield top_left + QPointF(x - PICTURE_PX - 2, y), references[mention.number - 1]


def _middle(pixmap: QPixmap) -> QRectF:
    """The square in the middle of a picture."""
    side_px = min(pixmap.width(), pixmap.height())
    return QRectF((pixmap.width() - side_px) / 2, (pixmap.height() - side_px) / 2, side_px, side_px)
