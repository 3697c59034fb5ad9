"""Text from elsewhere, shown as the plain text that it is.

Prompts, names of files, models and boards, and what servers say may hold anything: tags that Qt would render
(and fetch a picture for), signs that turn the order of letters around, a megabyte in one line.
"""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from seedream_desktop.generation.plain import plain

LABEL_CHARACTERS = 10_000  # more than fits on a screen; laying out a million takes seconds
TIP_CHARACTERS = 1_500
_QUESTION_PX = 360  # else a question is as narrow as its shortest line
_TIP_LINE = 100  # characters: a plain tooltip wraps no lines by itself
_TAG = re.compile(r"<(?=\s*[A-Za-z/!?])")  # blanks after the sign are passed over by Qt
_JOINER = "\u2060"  # takes no room, and makes of a tag something that Qt takes for none


class Label(QLabel):
    """A label that shows what it is given as plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Show ``text``."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if text:
            self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text``, as far as a label can."""
        super().setText(plain(text, LABEL_CHARACTERS))

    def setToolTip(self, text: str) -> None:
        """Show ``text`` when the pointer rests."""
        super().setToolTip(plain_tip(text))


def plain_tip(text: str) -> str:
    """``text`` for a tooltip, which Qt would otherwise render if it looks like a page."""
    text = plain(text, TIP_CHARACTERS)
    if any(len(line) > _TIP_LINE for line in text.split("\n")):
        import textwrap  # late: for long ones only

        text = "\n".join(textwrap.fill(line, _TIP_LINE) for line in text.split("\n"))
    if "<" not in text and "&" not in text:
        return text
    return _TAG.sub(f"<{_JOINER}", text).replace("&lt;", f"&{_JOINER}lt;")


def make_plain(box: QMessageBox) -> None:
    """Have a question show names as they are, in a width that reads well; call it once its texts are set."""
    for label in box.findChildren(QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        if label.objectName() == "qt_msgbox_informativelabel":
            label.setMinimumWidth(_QUESTION_PX)
