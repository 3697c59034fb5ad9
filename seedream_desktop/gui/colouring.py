"""Colours of a canvas converted for the screen that it is on, also after it is moved to another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from seedream_desktop.gui.picture_stage import PictureStage
    from seedream_desktop.state.screen_colours import ColourOrigin, ScreenColours


class Colouring(QObject):
    """Ties a stage to what is known of screens."""

    def __init__(
        self, stage: PictureStage, colours: ScreenColours, tell: Callable[[ColourOrigin], None] | None = None
    ) -> None:
        """``tell`` is told where the colours of its screen are known from."""
        super().__init__(stage)
        self._stage = stage
        self._colours = colours
        self._tell = tell
        colours.changed.connect(self._convert)
        stage.canvas.screen_changed.connect(self._on_screen_changed)
        self._on_screen_changed()

    def _on_screen_changed(self) -> None:
        self._colours.ask(self._stage.canvas.screen())
        self._convert()

    def _convert(self) -> None:
        colour = self._colours.of(self._stage.canvas.screen())
        self._stage.set_screen(colour.profile)
        if self._tell is not None:
            self._tell(colour.origin)
