"""How tiles are painted: a picture whole in its cell, or the card of a job."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from seedream_desktop.gui.gallery_layout import centred, fitted
from seedream_desktop.gui.icons import icon_pixmap
from seedream_desktop.gui.theme import (
    CORNER_PX,
    GAP_PX,
    REJECTED_OPACITY,
    SCRIM_OPACITY,
    SPACE_PX,
    TILE_CORNER_PX,
    Colours,
    caption_font,
    strong_font,
)

if TYPE_CHECKING:
    from seedream_desktop.gui.card_plan import CardPlan, PlacedButton, TextBlock
    from seedream_desktop.gui.cards import Act, Card

SCRIM_PX = 28  # one row of it
STARS = 5
SHEET_PX = 4  # how far a sheet of a stack looks out
_STAR_PX = 16
_ACT_ICONS = ("edit", "reference")
_ACT_ICON_PX = 18
_BADGE_PX = 20
_EXACT_PX = 2  # a thumbnail that misses its place by no more is not scaled, so that it stays sharp


@dataclass(frozen=True, slots=True)
class TileState:
    """What the pointer, the selection and the keyboard make of a tile."""

    is_selected: bool = False
    is_hovered: bool = False
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class HoverPlan:
    """Where stars and acts of a hovered picture lie: in one row, in two where the picture is narrow."""

    scrim: QRect
    stars: QRect
    labels: tuple[QRect, ...]
    has_words: bool = True  # else there is room for their icons only

    def star_at(self, point: QPoint) -> int:
        """Which star lies under ``point``: 1 to 5, 0 for none."""
        return (point.x() - self.stars.left()) // _STAR_PX + 1 if self.stars.contains(point) else 0

    def label_at(self, point: QPoint) -> int | None:
        """Which of the words lies under ``point``."""
        return next((number for number, rect in enumerate(self.labels) if rect.contains(point)), None)


def picture_rect(cell: QRect, width_px: int, height_px: int) -> QRect:
    """Where a picture of that shape lies in its cell."""
    return fitted(cell, width_px or 1, height_px or 1)


def hover_plan(rect: QRect, cell: QRect, labels: tuple[str, ...], font: QFont) -> HoverPlan:
    """Measure the scrim along the lower edge of the picture in ``rect``: words where they fit, else icons."""
    metrics = QFontMetrics(font)
    widths = [metrics.horizontalAdvance(label) + 2 * GAP_PX for label in labels]
    stars_px, words_px = STARS * _STAR_PX, sum(widths)
    least_px = stars_px + SPACE_PX + GAP_PX
    has_words = rect.width() >= least_px + words_px
    if not has_words:
        widths = [SCRIM_PX] * len(labels)
        words_px = sum(widths)
    is_one_row = rect.width() >= least_px + words_px
    width = rect.width() if is_one_row else max(rect.width(), max(stars_px, words_px) + 2 * GAP_PX)
    width = min(width, cell.width())
    left = max(cell.left(), min(rect.center().x() - width // 2, cell.right() + 1 - width))
    height = SCRIM_PX if is_one_row else 2 * SCRIM_PX
    top = max(cell.top(), rect.bottom() + 1 - height)
    scrim = QRect(rect.left() if is_one_row else left, top, width, height)
    stars = QRect(scrim.left() + SPACE_PX, scrim.top(), stars_px, SCRIM_PX)
    if not is_one_row:
        stars.moveLeft(scrim.left() + (width - stars_px) // 2)
    x = scrim.right() + 1 - GAP_PX - words_px if is_one_row else scrim.left() + (width - words_px) // 2
    rects = []
    for one in widths:
        rects.append(QRect(x, scrim.bottom() + 1 - SCRIM_PX, one, SCRIM_PX))
        x += one
    return HoverPlan(scrim, stars, tuple(rects), has_words)


def badge_rect(rect: QRect, words: str) -> QRect:
    """Where the badge of a picture in ``rect`` lies."""
    width = QFontMetrics(caption_font()).horizontalAdvance(words) + 2 * GAP_PX + 2
    return QRect(rect.right() + 1 - width - SPACE_PX, rect.top() + SPACE_PX, width, _BADGE_PX - 2)


class TilePainter:
    """Paints tiles in one theme; made for each paint, so that it follows a change of theme."""

    def __init__(self, painter: QPainter, colours: Colours, scale: float, font: QFont) -> None:
        """Paint with ``painter``, for a screen of ``scale`` device pixels to one."""
        self._painter = painter
        self._colours = colours
        self._scale = scale
        self._font = font
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)

    def placeholder(self, rect: QRect, words: str = "") -> None:
        """A quiet place for a picture that is not here yet, or not at all."""
        self._fill(rect, self._colours.panel)
        if words:
            self._painter.setPen(QColor(self._colours.dim))
            self._painter.setFont(caption_font())
            inner = rect.adjusted(SPACE_PX, SPACE_PX, -SPACE_PX, -SPACE_PX)
            self._painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)

    def picture(self, rect: QRect, pixmap: QPixmap, *, fills: bool = False) -> None:
        """The picture itself, in its place, with its corners rounded off; ``fills``: cut to its shape."""
        size_px = QSize(round(rect.width() * self._scale), round(rect.height() * self._scale))
        misses_px = size_px - pixmap.size()
        is_exact = max(abs(misses_px.width()), abs(misses_px.height())) <= _EXACT_PX
        if fills and not is_exact:
            self._painter.drawPixmap(rect, pixmap, _middle(pixmap.size(), rect.size()))
        elif is_exact and self._scale == 1.0:
            self._painter.drawPixmap(rect.topLeft(), pixmap, QRect(QPoint(0, 0), rect.size()))
        else:
            self._painter.drawPixmap(rect, pixmap)
        corners = QPainterPath()
        corners.addRect(QRectF(rect))
        corners.addRoundedRect(QRectF(rect), TILE_CORNER_PX, TILE_CORNER_PX)
        self._painter.fillPath(corners, QColor(self._colours.canvas))

    def rejected(self, rect: QRect) -> None:
        """Let the picture step back, and mark it."""
        veil = QColor(self._colours.canvas)
        veil.setAlphaF(1 - REJECTED_OPACITY)
        self._painter.fillRect(rect, veil)
        badge = QRect(rect.left() + SPACE_PX, rect.top() + SPACE_PX, _BADGE_PX, _BADGE_PX)
        self._scrim_fill(badge, TILE_CORNER_PX)
        cross = icon_pixmap("close", self._colours.on_scrim, 14, self._scale)
        self._painter.drawPixmap(badge.topLeft() + QPoint(3, 3), cross)

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
        words = str(rating)
        figure_px = QFontMetrics(caption_font()).horizontalAdvance(words) + GAP_PX
        is_short = rect.width() < rating * _STAR_PX + 2 * (GAP_PX + SPACE_PX)  # one star and a figure, then
        width = (_STAR_PX + figure_px if is_short else rating * _STAR_PX) + 2 * GAP_PX
        badge = QRect(rect.left() + SPACE_PX, rect.bottom() + 1 - _BADGE_PX - SPACE_PX, width, _BADGE_PX)
        self._scrim_fill(badge, TILE_CORNER_PX)
        count = 1 if is_short else rating
        self._stars(badge.left() + GAP_PX, badge.center().y() + 1, count, count)
        if is_short:
            self._painter.setFont(caption_font())
            self._painter.setPen(QColor(self._colours.on_scrim))
            place = badge.adjusted(GAP_PX + _STAR_PX, 0, -GAP_PX, 0)
            self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def heading(self, rect: QRect, words: str) -> None:
        """The name of what follows, on its lower edge."""
        self._painter.setFont(strong_font())
        self._painter.setPen(QColor(self._colours.text))
        place = rect.adjusted(0, 0, 0, -GAP_PX)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)

    def ground(self, rect: QRect) -> None:
        """What ties the pictures of an open stack together."""
        self._painter.fillRect(rect, QColor(self._colours.panel))

    def sheets(self, rect: QRect) -> None:
        """Two sheets that look out above the picture in ``rect``."""
        self._painter.setPen(QPen(QColor(self._colours.canvas), 1))
        for number, colour in ((2, self._colours.hairline), (1, self._colours.outline)):
            sheet = rect.adjusted(number * GAP_PX, -number * SHEET_PX, -number * GAP_PX, 0)
            sheet.setHeight(min(rect.height(), 4 * SHEET_PX))
            self._painter.setBrush(QColor(colour))
            self._painter.drawRoundedRect(QRectF(sheet), TILE_CORNER_PX, TILE_CORNER_PX)

    def count_badge(self, rect: QRect, words: str) -> None:
        """How many there are, in the upper right corner."""
        font, badge = caption_font(), badge_rect(rect, words)
        self._scrim_fill(badge, TILE_CORNER_PX)
        self._painter.setFont(font)
        self._painter.setPen(QColor(self._colours.on_scrim))
        self._painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, words)

    def hover(self, plan: HoverPlan, rating: int, labels: tuple[str, ...]) -> None:
        """Stars and acts on a scrim along the lower edge."""
        self._scrim_fill(plan.scrim, TILE_CORNER_PX)
        self._stars(plan.stars.left(), plan.stars.center().y() + 1, rating, STARS)
        self._painter.setFont(self._font)
        self._painter.setPen(QColor(self._colours.on_scrim))
        for place, label, name in zip(plan.labels, labels, _ACT_ICONS, strict=True):
            if plan.has_words:
                self._painter.drawText(place, Qt.AlignmentFlag.AlignCenter, label)
                continue
            drawing = icon_pixmap(name, self._colours.on_scrim, _ACT_ICON_PX, self._scale)
            self._painter.drawPixmap(centred(place, QSize(_ACT_ICON_PX, _ACT_ICON_PX)).topLeft(), drawing)

    def card(self, plan: CardPlan, card: Card, now_s: float, pressed: Act | None) -> None:
        """The tile of a job."""
        from seedream_desktop.gui.card_plan import ICON_PX  # late: a start without jobs does without
        from seedream_desktop.gui.cards import Tone  # late: as above

        painter, colours = self._painter, self._colours
        edges = {Tone.RED: colours.red, Tone.AMBER: colours.amber, Tone.PLAIN: colours.hairline}
        painter.setPen(QPen(QColor(edges[card.tone]), 1))
        painter.setBrush(QColor(colours.panel))
        frame = QRectF(plan.frame).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, TILE_CORNER_PX, TILE_CORNER_PX)
        for block in plan.blocks:
            self._text(block)
        if plan.icon is not None:
            name = "failed" if card.tone is Tone.RED else "warning"
            painter.drawPixmap(plan.icon, icon_pixmap(name, edges[card.tone], ICON_PX, self._scale))
        if plan.bar is not None:
            self._bar(plan.bar, card, now_s)
        for button in plan.buttons:
            self._button(button, is_pressed=button.act is pressed)

    def band(self, rect: QRect) -> None:
        """The rubber band."""
        colour = QColor(self._colours.accent)
        self._painter.setPen(QPen(colour, 1))
        colour.setAlphaF(0.15)
        self._painter.setBrush(colour)
        self._painter.drawRect(rect)

    def _text(self, block: TextBlock) -> None:
        metrics = QFontMetrics(block.font)
        self._painter.setFont(block.font)
        calm = self._colours.dim if block.is_dim else self._colours.text
        self._painter.setPen(QColor(self._colours.amber if block.is_urgent else calm))
        for number, line in enumerate(block.lines):
            y = block.rect.top() + number * metrics.height() + metrics.ascent()
            self._painter.drawText(block.rect.left(), y, line)

    def _bar(self, rect: QRect, card: Card, now_s: float) -> None:
        self._fill(rect, self._colours.hairline, 1)
        filled = QRect(rect.left(), rect.top(), round(rect.width() * (card.bar or 0.0)), rect.height())
        colour = QColor(self._colours.accent)
        if card.breathes:
            colour.setAlphaF(0.65 + 0.35 * math.sin(now_s * 2.5))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        self._painter.drawRoundedRect(filled, 1, 1)

    def _button(self, button: PlacedButton, *, is_pressed: bool) -> None:
        from seedream_desktop.gui.card_plan import ICON_PX  # late: as above
        from seedream_desktop.gui.cards import Act  # late: as above

        painter, colours = self._painter, self._colours
        if button.act is Act.DISMISS:
            cross = icon_pixmap("close", colours.text if is_pressed else colours.dim, ICON_PX, self._scale)
            painter.drawPixmap(centred(button.rect, QSize(ICON_PX, ICON_PX)).topLeft(), cross)
            return
        painter.setPen(QPen(QColor(colours.outline), 1))
        painter.setBrush(QColor(colours.hairline if is_pressed else colours.raised))
        painter.drawRoundedRect(
            QRectF(button.rect).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX - 1, CORNER_PX - 1
        )
        painter.setFont(self._font)
        painter.setPen(QColor(colours.text))
        metrics = QFontMetrics(self._font)
        shown = metrics.elidedText(button.words, Qt.TextElideMode.ElideRight, button.rect.width() - SPACE_PX)
        painter.drawText(button.rect, Qt.AlignmentFlag.AlignCenter, shown)

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


def _middle(size: QSize, shape: QSize) -> QRect:
    """The largest part of ``size`` that has that shape, from its middle."""
    taken = shape.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    return centred(QRect(QPoint(0, 0), size), taken)
