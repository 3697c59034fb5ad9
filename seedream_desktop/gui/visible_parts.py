"""Which parts of the window are shown: all of them, the pictures with their header, or pictures only."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class VisibleParts:
    """Shows and hides; what the designer had hidden before stays hidden when the rest comes back."""

    def __init__(
        self, sidebar: QWidget, corner: QWidget, header: QWidget, others: tuple[QWidget, ...]
    ) -> None:
        """``corner`` takes the place of the sidebar's buttons; ``others`` hide with the panels."""
        self._sidebar = sidebar
        self._corner = corner
        self._header = header
        self._others = others
        self._hides_panels = False
        self._is_bare = False  # pictures only
        self._is_viewing = False
        self.has_sidebar = True

    def set_sidebar(self, is_shown: bool) -> None:
        """Show the sidebar, or hide it."""
        self.has_sidebar = is_shown
        self._show()

    def toggle_sidebar(self) -> None:
        """Hide the sidebar, or show it, with the other panels if they are hidden."""
        self.has_sidebar = self._hides_panels or not self.has_sidebar
        self._hides_panels = False
        self._show()

    def toggle_panels(self) -> None:
        """Leave only the pictures and their header, or bring the panels back as they were."""
        self._hides_panels = not self._hides_panels
        self._show()

    def set_bare(self, is_bare: bool) -> None:
        """Leave nothing but the pictures, or bring back what was there."""
        self._is_bare = is_bare
        self._show()

    def set_viewing(self, is_viewing: bool) -> None:
        """The viewer has a header of its own."""
        self._is_viewing = is_viewing
        self._show()

    def _show(self) -> None:
        has_panels = not self._hides_panels and not self._is_bare
        self._sidebar.setVisible(self.has_sidebar and has_panels)
        self._corner.setVisible(not self.has_sidebar or self._hides_panels)
        self._header.setVisible(not self._is_viewing and not self._is_bare)
        for part in self._others:
            part.setVisible(has_panels)
