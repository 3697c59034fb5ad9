"""Words painted over a picture or in its place: a badge in the corner, a note in the middle."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from seedream_desktop.gui.icons import ICON_PX, icon_pixmap
from seedream_desktop.gui.theme import (
    CORNER_PX,
    EDGE_PX,
    GAP_PX,
    SCRIM_OPACITY,
    SPACE_PX,
    TILE_CORNER_PX,
    Colours,
    caption_font,
    strong_font,
)

_NOTE_PX = 420
_TITLE_LINES = 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Note:
    """What is said: ``title`` may be long and is cut, ``body`` is not. ``tone``: "", "amber" or "red"."""

    title: str
    body: str
    tone: str = ""


def paint_badge(painter: QPainter, text: str, at: QPointF, font: QFont) -> None:
    """A word on a scrim."""
    painter.setFont(caption_font(font))
    height_px = painter.fontMetrics().height() + 2 * GAP_PX
    box = QRectF(at.x(), at.y(), badge_width(text, font), height_px)
    _paint_scrim(painter, box)
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def badge_width(text: str, font: QFont) -> int:
    """How wide the badge of a word is."""
    return QFontMetrics(caption_font(font)).horizontalAdvance(text) + 2 * SPACE_PX


def paint_note(painter: QPainter, stage: QRect, note: Note, colours: Colours) -> None:
    """A few lines in the middle of ``stage``, on a raised ground with a line around it."""
    width_px = min(_NOTE_PX, stage.width() - 2 * EDGE_PX)
    inner_px = width_px - 2 * EDGE_PX
    icon_px = ICON_PX + SPACE_PX if note.tone else 0
    title_font, body_font = strong_font(painter.font()), QFont(painter.font())
    title = _cut(note.title, QFontMetrics(title_font), inner_px)
    title_px = _height(title, title_font, inner_px)
    body_px = _height(note.body, body_font, inner_px - icon_px)
    gap_px = SPACE_PX if title and note.body else 0
    height_px = title_px + gap_px + body_px + 2 * EDGE_PX
    box = QRect(0, 0, width_px, height_px)
    box.moveCenter(stage.center())
    _paint_ground(painter, box, note, colours)
    inner = box.adjusted(EDGE_PX, EDGE_PX, -EDGE_PX, -EDGE_PX)
    painter.setPen(QColor(colours.text))
    painter.setFont(title_font)
    painter.drawText(inner, _WRAP, title)
    body = inner.adjusted(icon_px, title_px + gap_px, 0, 0)
    if note.tone:
        name = "failed" if note.tone == "red" else "warning"
        colour = colours.red if note.tone == "red" else colours.amber
        pixmap = icon_pixmap(name, colour, ICON_PX, painter.device().devicePixelRatioF())
        painter.drawPixmap(inner.x(), body.y() - 2, pixmap)
    painter.setPen(QColor(colours.text if note.tone else colours.dim))
    painter.setFont(body_font)
    painter.drawText(body, _WRAP, note.body)


def _paint_ground(painter: QPainter, box: QRect, note: Note, colours: Colours) -> None:
    line = {"red": colours.red, "amber": colours.amber}.get(note.tone, colours.hairline)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(line))
    painter.setBrush(QColor(colours.panel))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)


def _paint_scrim(painter: QPainter, box: QRectF) -> None:
    scrim = QColor(Qt.GlobalColor.black)
    scrim.setAlphaF(SCRIM_OPACITY)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scrim)
    painter.drawRoundedRect(box, TILE_CORNER_PX, TILE_CORNER_PX)


def _height(text: str, font: QFont, width_px: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width_px, 10_000), _WRAP, text).height() if text else 0


def _cut(text: str, metrics: QFontMetrics, width_px: int) -> str:
    """At most as much as a few lines hold."""
    return metrics.elidedText(
        " ".join(text.split()), Qt.TextElideMode.ElideRight, _TITLE_LINES * width_px * 9 // 10
    )
