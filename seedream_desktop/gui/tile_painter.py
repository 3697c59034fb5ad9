"""How a tile is painted: a picture whole in its cell, or the card of a job; and where its buttons lie."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from seedream_desktop.generation.request import Size
from seedream_desktop.gui.gallery_layout import fitted
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.job_tiles import Act, Card, Tone
from seedream_desktop.gui.theme import (
    GAP_PX,
    GROUP_PX,
    SCRIM_OPACITY,
    SPACE_PX,
    TILE_CORNER_PX,
    Colours,
    caption_font,
)

SCRIM_PX = 28
BUTTON_PX = 24
BAR_PX = 3
LINES_OF_PROMPT = 2
STARS = 5
_STAR_PX = 16
_CARD_LEAST_PX = 132  # a card needs this much of its cell whatever shape was asked for


@dataclass(frozen=True, slots=True)
class TileState:
    """What the pointer, the selection and the keyboard make of a tile."""

    is_selected: bool = False
    is_hovered: bool = False
    is_current: bool = False


def picture_rect(cell: QRect, width_px: int, height_px: int) -> QRect:
    """Where a picture of that shape lies in its cell."""
    return fitted(cell, width_px or 1, height_px or 1)


def card_rect(cell: QRect, size: Size | None) -> QRect:
    """Where the card of a job lies: in the shape that was asked for, but never too small for its words."""
    if size is None or size.is_preset:
        return QRect(cell)
    rect = fitted(cell, size.width_px, size.height_px)
    least = min(cell.height(), _CARD_LEAST_PX)
    height, width = max(rect.height(), least), max(rect.width(), least)
    return QRect(
        cell.center().x() - width // 2, cell.center().y() - height // 2, min(width, cell.width()), height
    )


def star_at(rect: QRect, point: QPoint) -> int:
    """Which star of a hovered picture lies under ``point``: 1 to 5, 0 for none."""
    strip = _scrim(rect)
    number = (point.x() - strip.left() - SPACE_PX) // _STAR_PX + 1
    return number if strip.contains(point) and 1 <= number <= STARS else 0


def hover_buttons(rect: QRect, labels: tuple[str, ...], font: QFont) -> tuple[QRect, ...]:
    """Where the words of a hovered picture lie, right-aligned on its scrim; none where there is no room."""
    strip, metrics = _scrim(rect), QFontMetrics(font)
    widths = [metrics.horizontalAdvance(label) + 2 * GAP_PX for label in labels]
    right = strip.right() - GAP_PX
    if right - sum(widths) < strip.left() + SPACE_PX + STARS * _STAR_PX:
        return ()
    rects = []
    for width in reversed(widths):
        rects.append(QRect(right - width, strip.top(), width, strip.height()))
        right -= width
    return tuple(reversed(rects))


def card_buttons(rect: QRect, card: Card, font: QFont) -> tuple[tuple[Act, QRect], ...]:
    """Where the buttons of a card lie: from its bottom right corner, upwards where they do not fit."""
    metrics = QFontMetrics(font)
    placed: list[tuple[Act, QRect]] = []
    right, bottom = rect.right() - GROUP_PX, rect.bottom() - GROUP_PX
    for button in reversed(card.buttons):
        width = min(metrics.horizontalAdvance(button.words) + 2 * SPACE_PX, rect.width() - 2 * GROUP_PX)
        if right - width < rect.left() + GROUP_PX and placed:
            right, bottom = rect.right() - GROUP_PX, bottom - BUTTON_PX - GAP_PX
        placed.append((button.act, QRect(right - width, bottom - BUTTON_PX, width, BUTTON_PX)))
        right -= width + GAP_PX
    return tuple(reversed(placed))


class TilePainter:
    """Paints tiles in one theme; made for each paint, so that it follows a change of theme."""

    def __init__(self, painter: QPainter, colours: Colours, scale: float) -> None:
        """Paint with ``painter``, for a screen of ``scale`` device pixels to one."""
        self._painter = painter
        self._colours = colours
        self._scale = scale
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)

    def placeholder(self, rect: QRect, words: str = "") -> None:
        """A quiet place for a picture that is not here yet, or not at all."""
        self._fill(rect, self._colours.panel)
        if words:
            self._painter.setPen(QColor(self._colours.dim))
            self._painter.setFont(caption_font())
            inner = rect.adjusted(SPACE_PX, SPACE_PX, -SPACE_PX, -SPACE_PX)
            self._painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def picture(self, rect: QRect, pixmap: QPixmap) -> None:
        """The picture itself, in its place."""
        self._painter.drawPixmap(rect, pixmap)

    def outline(self, rect: QRect, state: TileState) -> None:
        """What is selected or has the keyboard, around its place."""
        if not state.is_selected and not state.is_current:
            return
        colour = self._colours.accent if state.is_selected else self._colours.outline
        self._painter.setPen(QPen(QColor(colour), 2 if state.is_selected else 1))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        around = QRectF(rect).adjusted(-2, -2, 2, 2)
        self._painter.drawRoundedRect(around, TILE_CORNER_PX + 1, TILE_CORNER_PX + 1)

    def rating(self, rect: QRect, rating: int) -> None:
        """The stars that a picture has, small, on a scrim of their own."""
        if not rating:
            return
        width = rating * _STAR_PX + 2 * GAP_PX
        badge = QRect(rect.left() + GAP_PX, rect.bottom() - 20 - GAP_PX, width, 20)
        self._scrim_fill(badge, TILE_CORNER_PX)
        self._stars(badge.left() + GAP_PX, badge.center().y(), rating, rating)

    def count_badge(self, rect: QRect, words: str) -> None:
        """How many there are, in the upper right corner."""
        font = caption_font()
        width = QFontMetrics(font).horizontalAdvance(words) + 2 * GAP_PX + 2
        badge = QRect(rect.right() - width - GAP_PX, rect.top() + GAP_PX, width, 18)
        self._scrim_fill(badge, TILE_CORNER_PX)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colours.on_scrim))
        self._painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)

    def hover(self, rect: QRect, rating: int, labels: tuple[str, ...], font: QFont) -> None:
        """Stars and acts on a scrim along the lower edge."""
        strip = _scrim(rect)
        self._scrim_fill(strip, 0)
        self._stars(strip.left() + SPACE_PX, strip.center().y(), rating, STARS)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colours.on_scrim))
        for place, label in zip(hover_buttons(rect, labels, font), labels, strict=False):
            self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)

    def card(self, rect: QRect, card: Card, font: QFont, now_s: float, pressed: Act | None) -> None:
        """The tile of a job."""
        edge = {Tone.RED: self._colours.red, Tone.AMBER: self._colours.amber}.get(
            card.tone, self._colours.hairline
        )
        self._painter.setPen(QPen(QColor(edge), 1))
        self._painter.setBrush(QColor(self._colours.panel))
        self._painter.drawRoundedRect(
            QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), TILE_CORNER_PX, TILE_CORNER_PX
        )
        buttons = card_buttons(rect, card, font)
        top_of_buttons = min((place.top() for _, place in buttons), default=rect.bottom() - GROUP_PX)
        inner = QRect(rect.left() + GROUP_PX, rect.top() + GROUP_PX, rect.width() - 2 * GROUP_PX, 0)
        inner.setBottom(top_of_buttons - GAP_PX)
        self._card_text(inner, card, font, now_s)
        for (act, place), button in zip(buttons, card.buttons, strict=True):
            self._button(place, button.words, font, is_pressed=act is pressed)

    def band(self, rect: QRect) -> None:
        """The rubber band."""
        colour = QColor(self._colours.accent)
        self._painter.setPen(QPen(colour, 1))
        colour.setAlphaF(0.15)
        self._painter.setBrush(colour)
        self._painter.drawRect(rect)

    def _card_text(self, inner: QRect, card: Card, font: QFont, now_s: float) -> None:
        metrics, caption = QFontMetrics(font), caption_font()
        small = QFontMetrics(caption)
        figures_px = small.height() + GAP_PX if card.figures else 0
        bar_px = BAR_PX + SPACE_PX if card.bar is not None else 0
        room = inner.height() - figures_px - bar_px
        lines = LINES_OF_PROMPT if not card.said or room > 5 * metrics.height() else 1
        title = _wrapped(card.title, metrics, inner.width(), min(lines, max(1, room // metrics.height())))
        y = self._lines(inner, inner.top(), title, font, self._colours.text)
        if card.said:
            y = self._said(inner, y + GAP_PX, card, caption, inner.bottom() - figures_px - bar_px)
        if card.bar is not None:
            y += GAP_PX
            self._bar(QRect(inner.left(), y, inner.width(), BAR_PX), card, now_s)
            y += BAR_PX
        if card.figures:
            shown = small.elidedText(card.figures, Qt.TextElideMode.ElideRight, inner.width())
            self._lines(inner, y + GAP_PX, [shown], caption, self._colours.dim)

    def _said(self, inner: QRect, top: int, card: Card, font: QFont, bottom: int) -> int:
        metrics, left = QFontMetrics(font), inner.left()
        colour = {Tone.RED: self._colours.red, Tone.AMBER: self._colours.amber}.get(
            card.tone, self._colours.dim
        )
        if card.tone is not Tone.PLAIN:
            name = "failed" if card.tone is Tone.RED else "warning"
            self._painter.drawPixmap(left, top, icon_pixmap(name, colour, 14, self._scale))
            left += 18
        room = max(1, (bottom - top) // metrics.height())
        lines = _wrapped(card.said, metrics, inner.right() - left, room)
        place = QRect(left, top, inner.right() - left, inner.height())
        return self._lines(place, top, lines, font, self._colours.text)

    def _lines(self, place: QRect, top: int, lines: list[str], font: QFont, colour: str) -> int:
        metrics = QFontMetrics(font)
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        for line in lines:
            self._painter.drawText(place.left(), top + metrics.ascent(), line)
            top += metrics.height()
        return top

    def _bar(self, rect: QRect, card: Card, now_s: float) -> None:
        self._fill(rect, self._colours.hairline, 1)
        filled = QRect(rect.left(), rect.top(), round(rect.width() * (card.bar or 0.0)), rect.height())
        colour = QColor(self._colours.accent)
        if card.breathes:
            colour.setAlphaF(0.65 + 0.35 * math.sin(now_s * 2.5))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(filled, 1, 1)

    def _button(self, rect: QRect, words: str, font: QFont, *, is_pressed: bool) -> None:
        self._painter.setPen(QPen(QColor(self._colours.outline), 1))
        self._painter.setBrush(QColor(self._colours.hairline if is_pressed else self._colours.raised))
        self._painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colours.text))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width() - GAP_PX)
        self._painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, shown)

    def _stars(self, left: int, middle: int, rating: int, count: int) -> None:
        for number in range(count):
            name = "star_filled" if number < rating else "star"
            star = icon_pixmap(name, self._colours.on_scrim, 14, self._scale)
            self._painter.drawPixmap(left + number * _STAR_PX, middle - 7, star)

    def _scrim_fill(self, rect: QRect, corner: int) -> None:
        colour = QColor(self._colours.scrim)
        colour.setAlphaF(SCRIM_OPACITY)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(rect, corner, corner)

    def _fill(self, rect: QRect, colour: str, corner: int = TILE_CORNER_PX) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(QColor(colour))
        self._painter.drawRoundedRect(rect, corner, corner)


def _scrim(rect: QRect) -> QRect:
    height = min(SCRIM_PX, rect.height())
    return QRect(rect.left(), rect.bottom() - height + 1, rect.width(), height)


def _wrapped(text: str, metrics: QFontMetrics, width: int, lines: int) -> list[str]:
    """``text`` in so many lines at most, the last one elided; breaks at blanks and between Chinese words."""
    rest = " ".join(text.split())
    found: list[str] = []
    while rest and len(found) < lines - 1:
        count = _fitting(rest, metrics, width)
        found.append(rest[:count].rstrip())
        rest = rest[count:].lstrip()
    if rest:
        found.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
    return found


def _fitting(text: str, metrics: QFontMetrics, width: int) -> int:
    """How many characters of ``text`` fit into ``width``, cut at a blank where there is one."""
    if metrics.horizontalAdvance(text) <= width:
        return len(text)
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    blank = text.rfind(" ", 0, low + 1)
    is_latin = low < len(text) and text[low].isascii() and text[low - 1].isascii()
    return blank + 1 if blank > 0 and is_latin else low
