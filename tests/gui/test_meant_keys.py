"""Single keys are understood on other layouts, on the number block, and where an input method is on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from seedream_desktop.gui.gallery_keys import PictureKey, meant_rating, picture_key
from seedream_desktop.gui.meant_keys import meant_words
from seedream_desktop.platforms.keyboards import sign_on_key

Key, Held = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, KEYPAD, CONTROL = Held.NoModifier, Held.ShiftModifier, Held.KeypadModifier, Held.ControlModifier
PLACES = {"1": 10, "2": 11, "3": 12, "X": 53, "E": 26, "Z": 52, "C": 54}  # X11's keycodes


def pressed(key: int, text: str, held: Qt.KeyboardModifier = NONE, place: str = "") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, held, PLACES.get(place, 0), 0, 0, text)


@pytest.fixture(autouse=True)
def _on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("the places of keys are X11's here")


@pytest.mark.parametrize(
    ("event", "stars"),
    [
        (pressed(Key.Key_3, "3"), 3),
        (pressed(Key.Key_3, "3", KEYPAD), 3),
        (pressed(Key.Key_3, "3", SHIFT, "3"), 3),  # French, with Shift
        (pressed(Key.Key_QuoteDbl, '"', NONE, "3"), 3),  # French, without
        (pressed(Key.Key_Eacute, "é", NONE, "2"), 2),
        (pressed(0x0161, "š", NONE, "3"), 3),  # Czech
        (pressed(0xFF13, "３", NONE, "3"), 3),  # full-width, from an input method
        (pressed(0x0663, "٣", NONE, "3"), 3),  # Arabic
    ],
    ids=["plain", "number block", "french shift", "french", "french accent", "czech", "full-width", "arabic"],
)
def test_a_figure_rates_on_every_layout(event: QKeyEvent, stars: int) -> None:
    assert picture_key(event) is PictureKey.RATE
    assert meant_rating(event) == stars


@pytest.mark.parametrize(
    "event",
    [
        pressed(Key.Key_6, "6"),
        pressed(Key.Key_NumberSign, "#", SHIFT, "3"),  # English, with Shift
        pressed(Key.Key_3, "3", CONTROL, "3"),
        pressed(Key.Key_Plus, "+", NONE, "1"),  # Czech: it zooms
        pressed(Key.Key_PageDown, "", KEYPAD),  # the number block without NumLock
        pressed(Key.Key_Minus, "-"),
        pressed(Key.Key_Space, " "),
        pressed(Key.Key_Escape, "\x1b"),
    ],
    ids=["six", "shift", "control", "plus", "page down", "minus", "space", "escape"],
)
def test_what_is_no_rating_rates_nothing(event: QKeyEvent) -> None:
    assert meant_rating(event) is None


@pytest.mark.parametrize(
    ("key", "text", "place", "meant"),
    [
        (0x0427, "ч", "X", PictureKey.REJECT),  # Russian
        (0x0423, "у", "E", PictureKey.EDIT),
        (0x03A7, "χ", "X", PictureKey.REJECT),  # Greek
        (0x05E1, "ס", "X", PictureKey.REJECT),  # Hebrew
        (Key.Key_X, "x", "Z", PictureKey.REJECT),  # another Latin layout: the letter counts, not the place
    ],
)
def test_a_letter_acts_by_its_place_where_the_layout_has_no_latin_ones(
    key: int, text: str, place: str, meant: PictureKey
) -> None:
    assert picture_key(pressed(key, text, NONE, place)) is meant


def test_letters_with_control_act_on_other_layouts_too() -> None:
    assert picture_key(pressed(0x0421, "", CONTROL, "C")) is PictureKey.COPY


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (pressed(0x042F, "я", NONE, "Z"), "Z"),
        (pressed(Key.Key_2, "2", SHIFT, "2"), "2"),
        (pressed(Key.Key_Plus, "+", SHIFT), "+"),
        (pressed(Key.Key_Z, "\x1a", CONTROL), "Ctrl+Z"),
        (pressed(Key.Key_Right, "", KEYPAD), "Right"),
    ],
)
def test_the_viewer_reads_keys_alike(event: QKeyEvent, words: str) -> None:
    assert meant_words(event) == words


@pytest.mark.parametrize(
    ("system", "scan_code", "virtual_key", "sign"),
    [
        ("linux", 53, 0, "X"),
        ("linux", 19, 0, "0"),
        ("linux", 9, 0, ""),
        ("win32", 45, 0x58, "X"),
        ("win32", 2, 0x31, "1"),
        ("win32", 0, 0x3B, ""),
        ("darwin", 0, 7, "X"),
        ("darwin", 0, 23, "5"),
        ("darwin", 0, 46, "M"),
        ("darwin", 0, 53, ""),
    ],
)
def test_places_are_known_on_every_system(system: str, scan_code: int, virtual_key: int, sign: str) -> None:
    assert sign_on_key(scan_code, virtual_key, system) == sign
