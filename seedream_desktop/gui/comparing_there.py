"""A comparison on the second screen: the same pictures, held against each other in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from seedream_desktop.gui.compare_stage import CompareStage
    from seedream_desktop.gui.compare_view import CompareView
    from seedream_desktop.gui.comparing import Comparing
    from seedream_desktop.gui.second_screen import SecondScreen
    from seedream_desktop.gui.showing import Showing


class ComparingThere(QObject):
    """Ties the second screen to what is compared in the window; zoom and place are its own."""

    def __init__(self, comparing: Comparing, showing: Showing) -> None:
        """Listen to both; what shows it there is built when both are seen for the first time."""
        super().__init__(comparing)
        self._comparing = comparing
        self._second: SecondScreen | None = None
        self._view: CompareView | None = None
        self._stage: CompareStage | None = None
        comparing.shown.connect(self._on_shown)
        showing.second_built.connect(self._on_second)

    def _on_second(self, second: SecondScreen) -> None:
        self._second = second
        second.shown.connect(lambda _: self._follow())

    def _on_shown(self, view: CompareView | None) -> None:
        if view is not None and self._view is None:
            view.panes.zoom_changed.connect(self._mirror)  # also told when they are arranged anew
            self._comparing.comparison.changed.connect(self._show)
        self._view = view or self._view
        self._follow()

    def _is_wanted(self) -> bool:
        second, view = self._second, self._view
        return second is not None and second.isVisible() and view is not None and view.isVisible()

    def _follow(self) -> None:
        second = self._second
        if second is None:
            return
        if self._is_wanted():
            self._stage = self._stage or self._built(second)
            second.show_panes(self._stage.panes)
            self._show()
        elif self._stage is not None:
            second.show_panes(None)
            self._stage.rest()

    def _built(self, second: SecondScreen) -> CompareStage:
        stage = self._comparing.make_stage(self._is_wanted, second)
        stage.is_bare = True
        stage.panes.pane_pressed.connect(self._comparing.comparison.activate)
        stage.panes.drag_begun.connect(self._comparing.drag_out)
        return stage

    def _show(self) -> None:
        if self._stage is not None:
            self._stage.show()
            self._mirror()

    def _mirror(self) -> None:
        if self._stage is not None and self._view is not None and self._is_wanted():
            self._stage.panes.mirror(self._view.panes)
