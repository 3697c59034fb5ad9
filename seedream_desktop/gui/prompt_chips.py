"""Where the prompt speaks of its references: a ground below the words, the picture behind the number.

The words stay plain text. Room for the picture is left by the spacing of the number's last letter, so that
the punctuation after it keeps its distance; what speaks of a reference that is not there is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextLayout,
)

from seedream_desktop.generation.mentions import Mention, mentions
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.prompt_text import units
from seedream_desktop.gui.theme import PROMPT_LINE_PX, TILE_CORNER_PX, colours_of, text_scale

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from seedream_desktop.generation.request import Reference

PICTURE_PX = 16
_GAP_PX = 3  # between number and picture
_BESIDE_PX = 2  # of the ground, before the words and behind the picture
_ABOVE_PX = 1  # between it and those of the lines above and below
_SIGN_PX = 14
PixmapOf = Callable[["Reference", int], QPixmap | None]  # at most so many device pixels


@dataclass(frozen=True, slots=True)
class Chip:
    """One mention as it is seen; on two lines it has two grounds. In the coordinates of the viewport."""

    number: int
    start: int  # in the document, as Qt counts
    end: int
    grounds: tuple[QRectF, ...]

    @property
    def picture(self) -> QRectF:
        """The room behind the number."""
        side_px, last = _scaled(PICTURE_PX), self.grounds[-1]
        top = last.top() + (last.height() - side_px) / 2
        return QRectF(last.right() - _BESIDE_PX - side_px, top, side_px, side_px)


class PromptChips(QSyntaxHighlighter):
    """Dresses the mentions of one text edit, which asks for paint below and above its words."""

    def __init__(self, edit: QTextEdit, pixmap_of: PixmapOf) -> None:
        """``pixmap_of`` gives a reference's thumbnail, or None while it is made."""
        super().__init__(edit.document())
        self._edit = edit
        self._pixmap_of = pixmap_of
        self._known: tuple[str, tuple[Mention, ...]] = ("", ())
        self.references: tuple[Reference, ...] = ()

    def show_references(self, references: tuple[Reference, ...]) -> None:
        """Dress the mentions for these references."""
        is_other_count = len(references) != len(self.references)
        is_other, self.references = references != self.references, references
        if is_other_count:
            self.rehighlight()
        if is_other:
            self._edit.viewport().update()

    def follow_theme(self) -> None:
        """Dress them in the colours and the size of now."""
        self.rehighlight()
        self._edit.viewport().update()

    def around(self, position: int) -> tuple[int, int] | None:
        """Start and end of the mention in whose middle a place of the document lies; None: there is none."""
        return next(((start, end) for start, end in self._spans(position) if start < position < end), None)

    def ending_at(self, position: int) -> tuple[int, int] | None:
        """Start and end of the mention that ends there; None: there is none."""
        return next(((start, end) for start, end in self._spans(position) if end == position), None)

    def beginning_at(self, position: int) -> tuple[int, int] | None:
        """Start and end of the mention that begins there; None: there is none."""
        return next(((start, end) for start, end in self._spans(position) if start == position), None)

    def chip_at(self, place: QPointF) -> Chip | None:
        """The chip under a place of the viewport."""
        return next((one for one in self.chips() if any(rect.contains(place) for rect in one.grounds)), None)

    def chips(self) -> Iterator[Chip]:
        """Those that are in view."""
        layout = self._edit.document().documentLayout()
        height_px = self._edit.viewport().height()
        down_px, across_px = self._edit.verticalScrollBar().value(), self._edit.horizontalScrollBar().value()
        block = self._edit.cursorForPosition(self._edit.viewport().rect().topLeft()).block()
        while block.isValid():
            corner = layout.blockBoundingRect(block).topLeft() - QPointF(across_px, down_px)
            if corner.y() > height_px:
                return
            for chip in self._chips_in(block, corner):
                if chip.grounds[-1].bottom() >= 0 and chip.grounds[0].top() <= height_px:
                    yield chip
            block = block.next()

    def highlightBlock(self, text: str) -> None:
        """As Qt asks, line by line."""
        for mention in mentions(text):
            words = QTextCharFormat()
            if mention.number > len(self.references):
                words.setForeground(QColor(colours_of(self._edit.palette()).amber))
            start, end = units(text, mention.start), units(text, mention.end)
            self.setFormat(start, end - start - 1, words)
            words.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            words.setFontLetterSpacing(_scaled(PICTURE_PX) + _GAP_PX + _BESIDE_PX)
            self.setFormat(end - 1, 1, words)

    def paint_grounds(self, painter: QPainter) -> None:
        """What lies below the words."""
        colours = colours_of(self._edit.palette())
        ground_colour = colours.hairline if colours.is_dark else colours.canvas
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for chip in self.chips():
            is_missing = chip.number > len(self.references)
            painter.setPen(QPen(QColor(colours.amber), 1) if is_missing else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.raised if is_missing else ground_colour))
            for ground in chip.grounds:
                inner = ground.adjusted(0.5, 0.5, -0.5, -0.5) if is_missing else ground
                painter.drawRoundedRect(inner, TILE_CORNER_PX, TILE_CORNER_PX)

    def paint_pictures(self, painter: QPainter) -> None:
        """What lies above the words: a thumbnail each, or a sign that there is none."""
        colours = colours_of(self._edit.palette())
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        scale = self._edit.devicePixelRatioF()
        for chip in self.chips():
            place = chip.picture
            if chip.number > len(self.references):
                inset = (place.width() - _SIGN_PX) / 2
                sign = icon_pixmap("warning", colours.amber, _SIGN_PX, scale)
                painter.drawPixmap(place.topLeft() + QPointF(inset, inset), sign)
                continue
            pixmap = self._pixmap_of(self.references[chip.number - 1], round(2 * place.width() * scale))
            shape = QPainterPath()
            shape.addRoundedRect(place, TILE_CORNER_PX - 1, TILE_CORNER_PX - 1)
            if pixmap is None:
                painter.fillPath(shape, QColor(colours.outline))
            else:
                painter.save()
                painter.setClipPath(shape)
                painter.drawPixmap(place, pixmap, _middle(pixmap))
                painter.restore()

    def _spans(self, position: int) -> Iterator[tuple[int, int]]:
        """Of the mentions in the line of a place, in the document."""
        block = self._edit.document().findBlock(position)
        text, first = block.text(), block.position()
        for mention in self._mentions(text):
            yield first + units(text, mention.start), first + units(text, mention.end)

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        """Asked for the same line again and again, while the cursor goes through it and it is painted."""
        if text != self._known[0]:
            self._known = text, mentions(text)
        return self._known[1]

    def _chips_in(self, block: QTextBlock, corner: QPointF) -> Iterator[Chip]:
        layout, text = block.layout(), block.text()
        composed_at, composed = layout.preeditAreaPosition(), len(layout.preeditAreaText())
        for mention in self._mentions(text):
            start, end = units(text, mention.start), units(text, mention.end)
            shift = composed if composed and start >= composed_at else 0  # what is composed before it
            grounds = tuple(one.translated(corner) for one in _grounds(layout, start + shift, end + shift))
            if grounds:
                yield Chip(mention.number, block.position() + start, block.position() + end, grounds)


def _grounds(layout: QTextLayout, start: int, end: int) -> Iterator[QRectF]:
    """Below the words from ``start`` to ``end``, one in each line that they stand in."""
    first, last = layout.lineForTextPosition(start), layout.lineForTextPosition(end - 1)
    if not (first.isValid() and last.isValid()):
        return
    for number in range(first.lineNumber(), last.lineNumber() + 1):
        line = layout.lineAt(number)
        begins, ends = line.textStart(), line.textStart() + line.textLength()
        one, other = (
            cast("tuple[float, int]", line.cursorToX(min(max(place, begins), ends)))[0]  # as PySide has it
            for place in (start, end)
        )
        left, width_px = min(one, other) - _BESIDE_PX, abs(other - one) + _BESIDE_PX
        height_px = _scaled(PROMPT_LINE_PX) - 2 * _ABOVE_PX  # the words themselves may be lower
        yield QRectF(left, line.y() + (line.height() - height_px) / 2, width_px, height_px)


def _scaled(length_px: int) -> int:
    return round(length_px * max(1.0, text_scale()))


def _middle(pixmap: QPixmap) -> QRectF:
    """The square in the middle of a picture."""
    side_px = min(pixmap.width(), pixmap.height())
    return QRectF((pixmap.width() - side_px) / 2, (pixmap.height() - side_px) / 2, side_px, side_px)
