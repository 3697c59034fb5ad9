"""The icons: one family of drawings on a 20 px grid, coloured by the theme, sharp at every scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from seedream_desktop.files import resource_path

ICON_PX = 20
_STROKE_PX = 1.5


def icon(name: str, colour: str, size_px: int = ICON_PX) -> QIcon:
    """The icon ``name`` in ``colour`` (``#rrggbb``), for 100 % and for the finest screen there is."""
    made = QIcon()
    finest = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    for scale in {1.0, finest}:
        made.addPixmap(icon_pixmap(name, colour, size_px, scale))
    return made


def icon_pixmap(name: str, colour: str, size_px: int = ICON_PX, scale: float = 1.0) -> QPixmap:
    """The icon as a pixmap of ``size_px`` logical pixels at ``scale``, for those who paint themselves."""
    key = f"icon:{name}:{colour}:{size_px}:{scale}"
    found = QPixmap()
    if not QPixmapCache.find(key, found):
        found = _drawn(name, colour, size_px, scale)
        QPixmapCache.insert(key, found)
    return found


def _drawn(name: str, colour: str, size_px: int, scale: float) -> QPixmap:
    drawing = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    stroke = f'stroke-width="{_STROKE_PX * max(1.0, ICON_PX / size_px):.2f}"'  # small ones keep their weight
    coloured = drawing.replace("currentColor", colour).replace(f'stroke-width="{_STROKE_PX}"', stroke)
    renderer = QSvgRenderer(coloured.encode())
    side_px = round(size_px * scale)
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, side_px, side_px))
    pixmap.setDevicePixelRatio(scale)
    return pixmap
