"""Motion, only where it explains something, and none where the system asks for less."""

from __future__ import annotations

from PySide6.QtWidgets import QStyle, QWidget

MOTION_MS = 120


def shows_motion(widget: QWidget) -> bool:
    """Whether things may move: the system, as far as Qt is told, does not ask for less."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
