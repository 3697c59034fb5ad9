"""The single keys that act on pictures, the same in gallery, viewer and filmstrip."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from seedream_desktop.gui.meant_keys import meant_figure, meant_key, meant_modifiers

_MOST_STARS = 5


class PictureKey(Enum):
    """What a key wants done with the selected pictures."""

    OPEN = "open"
    EDIT = "edit"
    REFERENCE = "reference"
    TRASH = "trash"
    RATE = "rate"
    COPY = "copy"
    COPY_FILES = "copy_files"
    REJECT = "reject"
    TAG = "tag"
    RENAME = "rename"
    EXPORT = "export"
    COMPARE = "compare"
    GRID = "grid"  # what was chosen in a press, as a table
    STORYBOARD = "storyboard"  # a set as frames in their order
    COPY_PROMPT = "copy_prompt"  # no key of its own, as those below
    COPY_RECIPE = "copy_recipe"
    ALIKE = "alike"
    OPEN_WITH = "open_with"
    CHOOSE_PROGRAM = "choose_program"
    RESTORE = "restore"
    PURGE = "purge"
    EMPTY_TRASH = "empty_trash"


ACTS = frozenset(
    {
        PictureKey.REJECT,
        PictureKey.TAG,
        PictureKey.RENAME,
        PictureKey.EXPORT,
        PictureKey.COMPARE,
        PictureKey.GRID,
        PictureKey.STORYBOARD,
        PictureKey.COPY_PROMPT,
        PictureKey.COPY_RECIPE,
        PictureKey.ALIKE,
        PictureKey.OPEN_WITH,
        PictureKey.CHOOSE_PROGRAM,
        PictureKey.RESTORE,
        PictureKey.PURGE,
        PictureKey.EMPTY_TRASH,
    }
)  # what is done to the pictures of a selection, wherever it is wished for


def picture_key(event: QKeyEvent) -> PictureKey | None:
    """What ``event`` wants; None: nothing that concerns pictures."""
    key, modifiers = meant_key(event), meant_modifiers(event)
    control = Qt.KeyboardModifier.ControlModifier
    if modifiers == control | Qt.KeyboardModifier.ShiftModifier:
        return PictureKey.COPY_FILES if key == Qt.Key.Key_C else None
    if modifiers == control:
        return {Qt.Key.Key_C: PictureKey.COPY, Qt.Key.Key_E: PictureKey.EXPORT}.get(key)
    if modifiers:
        return None
    if meant_rating(event) is not None:
        return PictureKey.RATE
    return {
        Qt.Key.Key_Return: PictureKey.OPEN,
        Qt.Key.Key_Enter: PictureKey.OPEN,
        Qt.Key.Key_Space: PictureKey.OPEN,
        Qt.Key.Key_E: PictureKey.EDIT,
        Qt.Key.Key_R: PictureKey.REFERENCE,
        Qt.Key.Key_X: PictureKey.REJECT,
        Qt.Key.Key_T: PictureKey.TAG,
        Qt.Key.Key_C: PictureKey.COMPARE,
        Qt.Key.Key_G: PictureKey.GRID,
        Qt.Key.Key_S: PictureKey.STORYBOARD,
        Qt.Key.Key_F2: PictureKey.RENAME,
        Qt.Key.Key_Delete: PictureKey.TRASH,
        Qt.Key.Key_Backspace: PictureKey.TRASH,
    }.get(key)


def meant_rating(event: QKeyEvent) -> int | None:
    """The stars that ``event`` gives; None: none are meant."""
    figure = meant_figure(event)
    return figure if figure is not None and figure <= _MOST_STARS else None
