"""Which part of a picture is seen, how large: the arithmetic of zoom and pan, without a widget.

Lengths are device pixels; a zoom of 1 shows one pixel of the picture on one pixel of the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF

ZOOM_MAX = 32.0
ZOOM_MIN = 0.02


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a picture is shown. ``margin``: what stays free around a picture that is fitted."""

    size: QSizeF
    margin: float = 0.0

    def fit_zoom(self, picture: QSizeF) -> float:
        """The zoom at which all of ``picture`` is seen; never enlarged."""
        width = max(1.0, self.size.width() - 2 * self.margin) / max(1.0, picture.width())
        height = max(1.0, self.size.height() - 2 * self.margin) / max(1.0, picture.height())
        return min(width, height, 1.0)


@dataclass(frozen=True, slots=True)
class Framing:
    """How a picture is looked at. It outlives the picture, so that the next one is seen the same way."""

    is_fit: bool = True
    zoom: float = 1.0  # where it is not fitted
    x: float = 0.5  # what of the picture stands in the middle of the stage, 0 to 1
    y: float = 0.5

    def zoom_on(self, stage: Stage, picture: QSizeF) -> float:
        """The zoom that results."""
        return stage.fit_zoom(picture) if self.is_fit else self.zoom

    def rect(self, stage: Stage, picture: QSizeF) -> QRectF:
        """Where the whole of ``picture`` lies; there is no gap on one side while it is cut on the other."""
        zoom = self.zoom_on(stage, picture)
        width, height = picture.width() * zoom, picture.height() * zoom
        left = _placed(self.x, width, stage.size.width())
        top = _placed(self.y, height, stage.size.height())
        return QRectF(left, top, width, height)

    def zoomed(self, stage: Stage, picture: QSizeF, zoom: float, at: QPointF) -> Framing:
        """At ``zoom``, with what is under ``at`` staying there; fitted when that is as small as it gets."""
        fit = stage.fit_zoom(picture)
        zoom = min(max(zoom, ZOOM_MIN), ZOOM_MAX)
        if zoom <= fit:
            return Framing()
        before = self.rect(stage, picture)
        x = (at.x() - before.x()) / max(1e-9, before.width())
        y = (at.y() - before.y()) / max(1e-9, before.height())
        left, top = at.x() - x * picture.width() * zoom, at.y() - y * picture.height() * zoom
        return _centred(zoom, left, top, stage, picture)

    def moved(self, stage: Stage, picture: QSizeF, by: QPointF) -> Framing:
        """Shifted on the stage, as far as there is picture to see."""
        if self.is_fit:
            return self
        rect = self.rect(stage, picture)
        return _centred(self.zoom, rect.x() + by.x(), rect.y() + by.y(), stage, picture)

    def beside(self, picture: QSizeF, other: QSizeF) -> Framing:
        """The same look at ``other``: what fills the stage of the one fills it of the other, same place."""
        if self.is_fit:
            return self
        share = min(picture.width() / max(1.0, other.width()), picture.height() / max(1.0, other.height()))
        return replace(self, zoom=self.zoom * share)


def _placed(centre: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, room / 2 - centre * length))


def _centred(zoom: float, left: float, top: float, stage: Stage, picture: QSizeF) -> Framing:
    """The framing whose picture begins at ``left``, ``top``, kept within what can be seen."""
    width, height = picture.width() * zoom, picture.height() * zoom
    loose = Framing(
        False, zoom, (stage.size.width() / 2 - left) / width, (stage.size.height() / 2 - top) / height
    )
    held = loose.rect(stage, picture)
    x = (stage.size.width() / 2 - held.x()) / width
    y = (stage.size.height() / 2 - held.y()) / height
    return Framing(False, zoom, x, y)
