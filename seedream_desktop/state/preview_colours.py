"""Previews in the colours of a screen, so that nothing changes its colour when the full picture arrives."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColorSpace, QPixmap

if TYPE_CHECKING:
    from seedream_desktop.tasks import TaskRunner

_KEPT = 8  # previews; a few are looked at by turns


class PreviewColours(QObject):
    """Converts thumbnails, which are sRGB, for one screen. GUI thread; a profile is read on a thread."""

    changed = Signal()  # previews look otherwise from now on

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        """For a screen that is sRGB."""
        super().__init__(parent)
        self._runner = runner
        self._profile: Path | None = None
        self._space: QColorSpace | None = None
        self._converted = OrderedDict[int, QPixmap]()  # by the cache key of the thumbnail

    def set_screen(self, profile: Path | None) -> None:
        """Convert for a screen with that profile from now on; None, or one that cannot be read: sRGB."""
        if profile != self._profile:
            self._profile = profile
            self._take(profile, b"")
            if profile is not None:
                self._runner.call(
                    profile.read_bytes, lambda content: self._take(profile, content), lambda _: None
                )

    def of(self, thumbnail: QPixmap | None) -> QPixmap | None:
        """The thumbnail in the colours of the screen."""
        if thumbnail is None or self._space is None:
            return thumbnail
        key = thumbnail.cacheKey()
        if key not in self._converted:
            image = thumbnail.toImage()
            image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
            image.convertToColorSpace(self._space)
            self._converted[key] = QPixmap.fromImage(image)
            while len(self._converted) > _KEPT:
                self._converted.popitem(last=False)
        return self._converted[key]

    def _take(self, profile: Path | None, content: bytes) -> None:
        if profile != self._profile:
            return
        space = QColorSpace.fromIccProfile(content) if content else QColorSpace()
        self._space = space if space.isValid() else None
        self._converted.clear()
        self.changed.emit()
