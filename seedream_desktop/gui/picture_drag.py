"""Pictures dragged out as real files: copy only, never move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMetaType, QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QDrag, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from seedream_desktop.gui.theme import colours_of, strong_font

if TYPE_CHECKING:
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

SIDE_PX = 128
STEP_PX = 6  # from sheet to sheet
SHEETS = 3
BADGE_PX = 24
_IMAGE_TYPE = "application/x-qt-image"


class PictureMime(QMimeData):
    """Files, and of a single one also its picture, which is only read when a program asks for it."""

    def __init__(self, files: QMimeData, picture: Path | None) -> None:
        """Hand on what ``files`` holds."""
        super().__init__()
        self._picture = picture
        for kind in files.formats():
            self.setData(kind, files.data(kind))

    def formats(self) -> list[str]:
        """The forms in which it can be had, the file first."""
        kinds = super().formats()
        return [*kinds, _IMAGE_TYPE] if self._picture is not None else kinds

    def hasFormat(self, kind: str) -> bool:
        """Whether it can be had as ``kind``."""
        return kind in self.formats()

    def retrieveData(self, kind: str, preferred: QMetaType | QMetaType.Type) -> Any:
        """What a program asked for."""
        if kind == _IMAGE_TYPE and self._picture is not None:
            return QImage(str(self._picture))
        return super().retrieveData(kind, preferred)


def drag_pictures(source: QWidget, model: GalleryModel, rows: list[int], thumbnails: ThumbnailCache) -> None:
    """Drag the pictures of ``rows`` until they are dropped somewhere."""
    pictures = [one for row in rows if (one := model.picture(row)) is not None]
    if not pictures:
        return
    drag = QDrag(source)
    files = model.mimeData([model.index(row) for row in rows])
    drag.setMimeData(PictureMime(files, pictures[0].path if len(pictures) == 1 else None))
    drag.setPixmap(drag_picture(source, pictures, thumbnails))
    drag.setHotSpot(QPoint(SIDE_PX // 2, SIDE_PX // 2))
    drag.exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)


def drag_picture(source: QWidget, pictures: list[Picture], thumbnails: ThumbnailCache) -> QPixmap:
    """What hangs on the pointer: up to three sheets, and how many there are."""
    scale = source.devicePixelRatioF()
    whole_px = SIDE_PX + STEP_PX * (SHEETS - 1)
    whole = QPixmap(round(whole_px * scale), round(whole_px * scale))
    whole.setDevicePixelRatio(scale)
    whole.fill(Qt.GlobalColor.transparent)
    with QPainter(whole) as painter:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for number, picture in reversed(list(enumerate(pictures[:SHEETS]))):
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
