"""Pictures dragged out as real files: copy only, never move.

Files that have to be made first are made while the button is held; the drag begins when they are there.
No bitmap goes along: a program asks for it while the window waits, and it would be decoded there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from seedream_desktop.gui.theme import colours_of, strong_font
from seedream_desktop.state.picture_mime import PictureMime
from seedream_desktop.state.row_facts import worth_of

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

SIDE_PX = 128
STEP_PX = 6  # from sheet to sheet
SHEETS = 3
BADGE_PX = 24


def drag_pictures(
    source: QWidget, pictures: tuple[Picture, ...], paths: tuple[Path, ...], thumbnails: ThumbnailCache
) -> None:
    """Drag ``paths``, the files that may leave for ``pictures``, until they are dropped somewhere."""
    if not pictures:
        return
    mime = PictureMime(pictures, paths)  # held here: the drag owns what Qt has of it only
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(drag_picture(source, list(pictures), thumbnails))
    drag.setHotSpot(QPoint(SIDE_PX // 2, SIDE_PX // 2))
    drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


def drag_picture(source: QWidget, pictures: list[Picture], thumbnails: ThumbnailCache) -> QPixmap:
    """What hangs on the pointer: up to three sheets, the best on top, and how many there are."""
    sheets = sorted(pictures, key=worth_of, reverse=True)[:SHEETS]
    scale = source.devicePixelRatioF()
    whole_px = SIDE_PX + STEP_PX * (SHEETS - 1)
    whole = QPixmap(round(whole_px * scale), round(whole_px * scale))
    whole.setDevicePixelRatio(scale)
    whole.fill(Qt.GlobalColor.transparent)
    with QPainter(whole) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for number, picture in reversed(list(enumerate(sheets))):
            sheet = thumbnails.pixmap(picture.sha256, picture.path, round(SIDE_PX * scale))
            if sheet is not None:
                size = sheet.size().scaled(SIDE_PX, SIDE_PX, Qt.AspectRatioMode.KeepAspectRatio)
                painter.drawPixmap(QRect(QPoint(number * STEP_PX, number * STEP_PX), size), sheet)
        if len(pictures) > 1:
            colours = colours_of(QApplication.palette())
            badge = QRect(0, 0, BADGE_PX + 8 * (len(str(len(pictures))) - 1), BADGE_PX)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.fill))
            painter.drawRoundedRect(badge, BADGE_PX / 2, BADGE_PX / 2)
            painter.setPen(QColor(colours.on_fill))
            painter.setFont(strong_font())
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(len(pictures)))
    return whole
