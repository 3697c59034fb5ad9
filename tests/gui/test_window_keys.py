"""Every single key of the table acts on every layout, wherever the focus is, and is text where text is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.meant_keys import is_said_otherwise, meant_words
from seedream_desktop.gui.shortcuts import shortcuts
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
PLACES = {
    letter: start + number
    for start, row in ((24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
    for number, letter in enumerate(row)
}  # X11's keycodes
LAYOUTS = {
    "russian": ("йцукенгшщз", "фывапролд", "ячсмить"),
    "greek": (";ςερτυθιοπ", "ασδφγηξκλ", "ζχψωβνμ"),
    "hebrew": ("/'קראטוןםפ", "שדגכעיחלך", "זסבהנמצ"),
    "arabic": ("ضصثقفغعهخح", "شسيبلاتنم", "ئءؤرﻻىة"),
    "korean": ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"),
}
LETTERS = tuple(one.keys for one in shortcuts() if len(one.keys) == 1 and one.keys.isalpha())


def on_layout(layout: str, letter: str, held: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    """What a key says there that says ``letter`` on a Latin keyboard."""
    place = PLACES[letter]
    rows = dict(zip((24, 38, 52), LAYOUTS[layout], strict=True))
    start = max(one for one in rows if one <= place)
    said = rows[start][place - start]
    return QKeyEvent(QEvent.Type.KeyPress, ord(said.upper()), held, place, 0, 0, "" if held else said)


@pytest.fixture(autouse=True)
def _on_linux() -> None:
    if sys.platform != "linux":
        pytest.skip("the places of keys are X11's here")


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> WindowStage:
    stage = window_stage(session, tmp_path, qtbot)
    stage.window.activateWindow()
    stage.fill(2)
    return stage


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_letter_of_the_table_is_meant_by_its_place_where_a_layout_has_no_latin_ones(
    layout: str,
) -> None:
    assert set(LETTERS) >= set("PIERBZXTCSLFWA")
    lettered = [one for one in LETTERS if on_layout(layout, one).text().isalpha()]
    assert set(LETTERS) - set(lettered) <= {"W"}  # a sign there, in Hebrew
    assert [meant_words(on_layout(layout, letter)) for letter in lettered] == lettered
    assert meant_words(on_layout(layout, "F", CONTROL)) == "Ctrl+F"


@pytest.mark.parametrize("letter", LETTERS)
def test_a_latin_layout_goes_by_its_letters(letter: str) -> None:
    place = PLACES["Q" if letter == "A" else "A"]  # as on a French keyboard, or any other
    event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), NONE, place, 0, 0, letter.lower())
    assert meant_words(event) == letter
    assert not is_said_otherwise(event)


def gallery(stage: WindowStage) -> QWidget:
    return stage.window.gallery


def viewer(stage: WindowStage) -> QWidget:
    stage.window.gallery.open_requested.emit(0)
    return stage.window.viewer


def filmstrip(stage: WindowStage) -> QWidget:
    stage.window.gallery.open_requested.emit(0)
    return stage.window.viewer.filmstrip


def comparison(stage: WindowStage) -> QWidget:
    ids = stage.session.pictures.the_library().ids(stage.session.gallery.query)
    stage.window.ties.comparing.compare(ids[:2])
    stage.qtbot.waitUntil(lambda: stage.window.stage.currentIndex() > 1)
    shown = stage.window.stage.currentWidget()
    assert shown is not None
    return shown


@pytest.mark.parametrize("place", [gallery, viewer, filmstrip, comparison])
def test_the_windows_keys_act_on_another_layout_and_no_input_method_takes_them(
    stage: WindowStage, place: Callable[[WindowStage], QWidget]
) -> None:
    window, widget = stage.window, place(stage)
    widget.setFocus()
    assert not widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    seen: list[str] = []
    for name in ("details", "prompt", "search", "undo"):
        getattr(window.commands, f"{name}_requested").connect(lambda name=name: seen.append(name))
    for event in (
        on_layout("russian", "I"),
        on_layout("greek", "P"),
        on_layout("greek", "Z", CONTROL),
        on_layout("russian", "F", CONTROL),
    ):
        widget.setFocus()
        QApplication.sendEvent(widget, event)
    assert seen == ["details", "prompt", "undo", "search"]


@pytest.mark.parametrize("text", ["？", "؟"])
def test_a_question_mark_of_another_script_asks_for_the_keys(stage: WindowStage, text: str) -> None:
    stage.window.gallery.setFocus()
    event = QKeyEvent(QEvent.Type.KeyPress, ord(text), SHIFT, 61, 0, 0, text)
    QApplication.sendEvent(stage.window.gallery, event)
    stage.qtbot.waitUntil(stage.window.commands._keys.isVisible)


def test_a_letter_that_is_typed_is_a_letter(stage: WindowStage) -> None:
    window = stage.window
    prompt = window.compose.prompt
    window.compose_prompt()
    stage.qtbot.waitUntil(prompt.hasFocus)
    with stage.qtbot.assertNotEmitted(window.commands.details_requested):
        QApplication.sendEvent(prompt, on_layout("russian", "I"))
    assert prompt.toPlainText() == "ш"


def test_a_key_that_is_held_acts_once(stage: WindowStage) -> None:
    event = on_layout("russian", "I")
    held = QKeyEvent(
        event.type(), event.key(), NONE, event.nativeScanCode(), 0, 0, event.text(), autorep=True
    )
    stage.window.gallery.setFocus()
    with stage.qtbot.assertNotEmitted(stage.window.commands.details_requested):
        QApplication.sendEvent(stage.window.gallery, held)
