"""Single keys as they are meant: figures with or without Shift and of any script, letters by their place.

Where the layout has no Latin letters, a key says its Cyrillic or Greek letter, and on a French keyboard the
row of figures says them only with Shift. What acts on pictures must be within reach all the same.
"""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from seedream_desktop.platforms.keyboards import sign_on_key

_NAMED = 0x0100_0000  # Qt's keys without a sign of their own begin here
_ASKS = frozenset("？؟")  # the question mark of full width, and the Arabic one
_ZOOMS = frozenset("+=-")  # in the viewer, wherever the layout has them
_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


def meant_figure(event: QKeyEvent) -> int | None:
    """The figure that is meant by a key alone; None: none."""
    modifiers, text = event.modifiers() & ~_KEYPAD, event.text()
    if modifiers & ~_SHIFT or len(text) != 1:
        return None
    if text.isdecimal():
        return int(text)  # full-width, Arabic and Indian ones, too
    is_letter = text.isascii() and text.isalpha()
    if modifiers or is_letter or text.isspace() or not text.isprintable() or text in _ZOOMS:
        return None
    sign = sign_on_key(event.nativeScanCode(), event.nativeVirtualKey())
    return int(sign) if sign.isdecimal() else None


def meant_key(event: QKeyEvent) -> Qt.Key:
    """The key; that of a Latin keyboard in its place where the layout has other letters."""
    if (figure := meant_figure(event)) is not None:
        return Qt.Key(Qt.Key.Key_0.value + figure)
    key = event.key()
    if 0x7F < key < _NAMED and not _is_latin(chr(key)):
        sign = sign_on_key(event.nativeScanCode(), event.nativeVirtualKey())
        return Qt.Key(ord(sign)) if sign else Qt.Key(key)
    return Qt.Key(key)


def meant_modifiers(event: QKeyEvent) -> Qt.KeyboardModifier:
    """What is held with it; a Shift that only makes the figure, and the number block, do not count."""
    is_figure = meant_figure(event) is not None
    return event.modifiers() & ~(_KEYPAD | _SHIFT if is_figure else _KEYPAD)


def meant_words(event: QKeyEvent) -> str:
    """The key with what is held, as the table of keys writes it."""
    if event.text() in {"+", "="}:
        return event.text()
    if event.text() in _ASKS:
        return "?"
    combination = QKeyCombination(meant_modifiers(event), meant_key(event))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def is_sign(event: QKeyEvent) -> bool:
    """Whether it is a letter, a figure or another sign by itself."""
    text = event.text()
    return text.isprintable() and bool(text.strip()) and not event.modifiers() & ~(_SHIFT | _KEYPAD)


def is_said_otherwise(event: QKeyEvent) -> bool:
    """Whether the key means another one than it says, as the layout has other letters."""
    return meant_key(event) != event.key() or event.text() in _ASKS


def _is_latin(letter: str) -> bool:
    """Whether it belongs to a layout that has the Latin letters, too: accented ones, and signs."""
    return letter < "\u0370" or not letter.isalpha()
