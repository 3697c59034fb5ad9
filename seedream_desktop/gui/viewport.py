"""A viewport that Python made, for scroll areas that are there at the start.

Asked for one that it did not make, PySide 6.11 readies every widget class of Qt to find out what it is
(measured 2026-11: 20 ms); one that it made it knows.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget


def set_own_viewport(area: QAbstractScrollArea) -> None:
    """Give ``area`` its viewport, before anything else is set. Not for text edits: they crash on it."""
    viewport = QWidget(area)
    if not isinstance(area, QScrollArea):  # a page stands on the ground of the panel, as Qt has it
        viewport.setBackgroundRole(QPalette.ColorRole.Base)
    area.setViewport(viewport)
