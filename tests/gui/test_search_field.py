"""The search field: chips that come and go, keys, an input method, what is offered, and pictures."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QPixmap,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.like_chip import LikeChip
from seedream_desktop.gui.search_chips import cross_of
from seedream_desktop.gui.search_field import SearchField
from seedream_desktop.library.search_terms import TermKind
from seedream_desktop.library.suggestions import Suggestion

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[SearchField]:
    window = QWidget()
    qtbot.addWidget(window)
    field = SearchField()
    QVBoxLayout(window).addWidget(field)
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    yield field
    window.hide()


def chips(field: SearchField) -> list[tuple[str, bool]]:
    return [(chip.term.words, chip.is_asleep) for chip in field.chips]


def click_cross(field: SearchField, number: int) -> None:
    middle = cross_of(field._places()[number]).center().toPoint()
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=middle)


def suggest(field: SearchField, *values: str) -> None:
    words = field.text()
    made = (Suggestion(0, len(words), f"tag:{one}", TermKind.TAG, one, 3) for one in values)
    field.show_suggestions(words, tuple(made))


@pytest.mark.parametrize(
    "text", ["blue march", "蓝 3月", "blue last week", "tag:hero #142", "😀 blue -red 16:9"]
)
def test_recognised_words_are_chips_where_they_stand(field: SearchField, text: str) -> None:
    field.setText(text)
    assert field.chips
    places = field._places()
    assert all(one.right() <= other.left() + 4 for one, other in pairwise(places))
    metrics = field.fontMetrics()
    for chip, place in zip(field.chips, places, strict=True):
        typed = text.encode("utf-16-le")[2 * chip.start : 2 * chip.end].decode("utf-16-le")
        assert typed.endswith(chip.term.words)
        assert abs(place.width() - metrics.horizontalAdvance(typed) - 19) <= 3  # its letters, and its cross


def test_a_guessed_word_is_clicked_away_to_mean_its_letters_and_taken_back(
    qtbot: QtBot, field: SearchField
) -> None:
    field.ask_for("blue march")
    with qtbot.waitSignal(field.search_changed) as said:
        click_cross(field, 1)
    assert said.args == ["blue march", ("march",)]
    assert chips(field) == [("blue", False), ("march", True)]
    with qtbot.waitSignal(field.search_changed) as said:
        click_cross(field, 1)
    assert said.args == ["blue march", ()]
    assert chips(field) == [("blue", False), ("march", False)]


def test_an_operator_that_is_clicked_away_is_gone_until_undo(qtbot: QtBot, field: SearchField) -> None:
    QTest.keyClicks(field, "tag:hero blue")
    click_cross(field, 0)
    assert field.text() == "blue"
    QTest.keyClick(field, Key.Key_Z, CONTROL)
    assert field.text() == "tag:hero blue"


def test_undo_takes_back_that_a_word_means_its_letters(qtbot: QtBot, field: SearchField) -> None:
    QTest.keyClicks(field, "blue sea")
    click_cross(field, 0)
    assert field.literal == ("blue",)
    with qtbot.waitSignal(field.search_changed) as said:
        QTest.keyClick(field, Key.Key_Z, CONTROL)
    assert said.args == ["blue sea", ()]


def test_a_filler_is_a_chip_asleep_until_it_shall_be_found(qtbot: QtBot, field: SearchField) -> None:
    field.setText("that blue")
    assert chips(field) == [("that", True), ("blue", False)]
    with qtbot.waitSignal(field.search_changed) as said:
        click_cross(field, 0)
    assert said.args == ["that blue", ("that",)]
    assert chips(field) == [("that", False), ("blue", False)]
    click_cross(field, 0)
    assert (field.literal, chips(field)) == ((), [("that", True), ("blue", False)])
    field._note()
    assert field._panel is None or not field._panel.note  # nothing is wrong with it
    QTest.keyClick(field, Key.Key_Z, CONTROL)
    assert field.literal == ("that",)


def test_backspace_stops_at_a_chip_that_the_arrows_reached(field: SearchField) -> None:
    QTest.keyClicks(field, "sea tag:hero")
    QTest.keyClick(field, Key.Key_Left)
    assert "tag:hero" in field.accessibleDescription()
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.text() == "sea"
    QTest.keyClicks(field, "x")
    QTest.keyClick(field, Key.Key_Backspace)
    assert field.text() == "sea"  # only a letter, where no chip is chosen


def test_typing_in_a_chip_changes_it(field: SearchField) -> None:
    QTest.keyClicks(field, "blue")
    QTest.keyClicks(field, "s")
    assert chips(field) == []
    QTest.keyClick(field, Key.Key_Backspace)
    assert chips(field) == [("blue", False)]


def test_what_is_composed_is_the_input_methods(field: SearchField) -> None:
    QApplication.sendEvent(field, QInputMethodEvent("lan", []))
    assert field.text() == ""
    assert field._cross_at(QPoint(40, 15)) == -1
    done = QInputMethodEvent("", [])
    done.setCommitString("蓝 3月")
    QApplication.sendEvent(field, done)
    assert chips(field) == [("蓝", False), ("3月", False)]


def test_select_all_and_paste_take_the_place_of_everything(field: SearchField) -> None:
    field.ask_for("blue march")
    QGuiApplication.clipboard().setText("tag:hero")
    field.selectAll()
    QTest.keyClick(field, Key.Key_V, CONTROL)
    assert field.text() == "tag:hero"
    assert chips(field) == [("tag:hero", False)]


def test_each_key_searches_at_once_and_the_newest_wins(qtbot: QtBot, field: SearchField) -> None:
    said: list[str] = []
    field.search_changed.connect(lambda text, _: said.append(text))
    QTest.keyClicks(field, "ca")
    qtbot.waitUntil(lambda: said[-1:] == ["ca"], timeout=1000)
    QTest.keyClicks(field, "t")
    qtbot.waitUntil(lambda: said[-1:] == ["cat"], timeout=1000)


def test_what_is_not_understood_is_told_below_once_nobody_types(qtbot: QtBot, field: SearchField) -> None:
    QTest.keyClicks(field, "sea rating:9")
    assert field._panel is None or not field._panel.note
    qtbot.waitUntil(lambda: "stars go from 0 to 5" in field.panel.note, timeout=3000)
    QTest.keyClick(field, Key.Key_Backspace)
    QTest.keyClicks(field, "4")
    assert field.panel.note == ""


def test_enter_is_never_taken_by_what_is_offered(qtbot: QtBot, field: SearchField) -> None:
    QTest.keyClicks(field, "he")
    suggest(field, "hero", "heron")
    said: list[str] = []
    field.search_changed.connect(lambda text, _: said.append(text))
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Key.Key_Return)
    assert field.text() == "he"
    assert said == ["he"]


def test_tab_takes_the_first_and_the_arrows_choose_another(field: SearchField) -> None:
    QTest.keyClicks(field, "he")
    suggest(field, "hero", "heron")
    QTest.keyClick(field, Key.Key_Tab)
    assert field.text() == "tag:hero "
    field.clear()
    QTest.keyClicks(field, "he")
    suggest(field, "hero", "heron")
    QTest.keyClick(field, Key.Key_Down)
    QTest.keyClick(field, Key.Key_Down)
    assert field.text() == "he"
    QTest.keyClick(field, Key.Key_Return)
    assert field.text() == "tag:heron "
    assert field.hasFocus()


def test_suggestions_for_what_was_typed_before_are_not_shown(field: SearchField) -> None:
    QTest.keyClicks(field, "he")
    field.show_suggestions("h", (Suggestion(0, 1, "tag:hero", TermKind.TAG, "hero", 3),))
    assert field._panel is None or not field._panel.offers


def test_what_is_offered_stays_while_results_change_the_fields_width(field: SearchField) -> None:
    QTest.keyClicks(field, "he")
    suggest(field, "hero")
    field.setMaximumWidth(300)
    QApplication.processEvents()
    assert field.width() == 300
    assert field.panel.offers


def test_a_click_in_the_filters_offers_nothing_to_type(qtbot: QtBot, field: SearchField) -> None:
    with qtbot.assertNotEmitted(field.suggestions_requested):
        field.ask_for("tag:hero")


def test_escape_empties_text_and_picture(qtbot: QtBot, field: SearchField) -> None:
    field.show_search("cat", ())
    field.show_like("00ff")
    with qtbot.waitSignals([field.search_changed, field.like_removed]):
        QTest.keyClick(field, Key.Key_Escape)
    assert (field.text(), field.like) == ("", "")
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Key.Key_Escape)


def test_a_long_line_shows_its_beginning_where_nobody_writes(qtbot: QtBot, field: SearchField) -> None:
    field.clearFocus()
    field.show_search("blue " + "word " * 60, ())
    assert field._room().contains(field._places()[0].center().toPoint())


# Pictures


def picture() -> QImage:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#a34"))
    return image


def test_a_pasted_picture_is_offered_and_pasted_words_are_words(qtbot: QtBot, field: SearchField) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(picture())
    with qtbot.waitSignal(field.picture_offered) as told:
        QTest.keyClick(field, Key.Key_V, CONTROL)
    assert isinstance(told.args[0], QImage)
    assert field.text() == ""
    clipboard.setText("sea")
    with qtbot.assertNotEmitted(field.picture_offered):
        QTest.keyClick(field, Key.Key_V, CONTROL)
    assert field.text() == "sea"


def test_a_clipboard_whose_owner_has_gone_offers_no_picture(
    field: SearchField, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: SimpleNamespace(mimeData=lambda: None))
    assert not field.offers_pasted()


def drop(field: SearchField, mime: QMimeData) -> QDropEvent:
    acts, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(field, QDragEnterEvent(QPoint(9, 9), acts, mime, button, none))
    event = QDropEvent(QPointF(9, 9), acts, mime, button, none)
    QApplication.sendEvent(field, event)
    return event


def test_a_dropped_file_is_offered_without_being_read(qtbot: QtBot, field: SearchField) -> None:
    mime = QMimeData()
    path = "C:/client/shot.png" if sys.platform == "win32" else "/client/shot.png"
    mime.setUrls([QUrl.fromLocalFile(path)])
    with qtbot.waitSignal(field.picture_offered) as told:
        event = drop(field, mime)
    assert told.args[0].as_posix() == path
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert field.placeholderText() == "Search"


def test_dropped_words_are_written(qtbot: QtBot, field: SearchField) -> None:
    mime = QMimeData()
    mime.setText("sea")
    with qtbot.assertNotEmitted(field.picture_offered):
        drop(field, mime)
    assert field.text() == "sea"


def test_a_foreign_format_is_not_taken(field: SearchField) -> None:
    mime = QMimeData()
    mime.setData("application/x-something", QByteArray(b"x"))
    event = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(field, event)
    assert not event.isAccepted()


def like_chip(field: SearchField) -> LikeChip:
    chip = field.findChild(LikeChip)
    assert chip is not None
    return chip


def test_a_picture_that_is_looked_for_is_a_chip_before_the_words(qtbot: QtBot, field: SearchField) -> None:
    field.show_search("blue", ())
    field.show_like("00ff")
    field.show_like_picture(QPixmap.fromImage(picture()))
    chip = like_chip(field)
    assert chip.isVisible()
    assert "Like this picture" in chip.accessibleName()
    assert chip.geometry().right() < field._places()[0].left()
    shown = field.grab().toImage()
    middle = chip.geometry().center() - QPoint(8, 0)
    assert shown.pixelColor(middle * shown.devicePixelRatio()).red() > 120
    with qtbot.waitSignal(field.like_removed):
        chip.click()
    assert not chip.isVisible()
    assert field.text() == "blue"


def test_backspace_at_the_beginning_takes_the_picture_away(qtbot: QtBot, field: SearchField) -> None:
    field.show_like("00ff")
    with qtbot.waitSignal(field.like_removed):
        QTest.keyClick(field, Key.Key_Backspace)
    assert field.like == ""


def test_every_button_in_it_has_a_name(field: SearchField) -> None:
    field.show_like("00ff")
    field.setText("cat")
    QApplication.sendEvent(field, QEvent(QEvent.Type.LanguageChange))
    names = [button.accessibleName() for button in field.findChildren(QToolButton) if button.isVisible()]
    assert len(names) >= 3
    assert all(names)
