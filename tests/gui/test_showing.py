"""Pictures only: on the whole screen and on a second one, without a name, a prompt or a price."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.compare_panes import ComparePanes, Look
from seedream_desktop.gui.compare_view import CompareView
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.gui.second_screen import SecondScreen
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.values import Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from tests.gui.viewer_stage import a_job

Key = Qt.Key
COUNT = 3


@pytest.fixture
def window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    window = MainWindow(session, Settings(machine_id="0" * 32))
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    paths = tuple(tmp_path / f"Acme secret {number}.png" for number in range(COUNT))
    for number, path in enumerate(paths):
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0x336699 + number)
        assert image.save(str(path))
    session.importing.begin(paths, session.pictures.the_library().inbox.id)
    qtbot.waitUntil(lambda: session.gallery.picture_count == COUNT)
    qtbot.waitUntil(lambda: session.gallery.picture(COUNT - 1) is not None)
    yield window
    if window.isFullScreen():
        window.toggle_full_screen()
    window.hide()


@pytest.fixture
def second(window: MainWindow, qtbot: QtBot) -> SecondScreen:
    window.gallery.select_row(1)
    window.commands.second_screen_requested.emit()
    found = window.ties.showing.second_screen
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    return found


def words_in(whole: QWidget) -> set[str]:
    labels = {one.text() for one in whole.findChildren(QLabel) if one.isVisible()}
    return (labels | {one.text() for one in whole.findChildren(QAbstractButton) if one.isVisible()}) - {""}


def test_on_the_whole_screen_there_is_not_one_word(window: MainWindow, session: Session) -> None:
    window.gallery.select_row(1)
    session.gallery.add_jobs((a_job(),))
    window.toggle_full_screen()
    window.notices.warn("The board Acme rebrand is away.")
    assert window.viewer.isVisible()
    assert words_in(window) == set()
    window.toggle_full_screen()
    assert "The board Acme rebrand is away." in words_in(window)
    assert window.gallery.isVisible()  # where it was begun


def test_on_the_whole_screen_there_is_nothing_but_the_picture(window: MainWindow) -> None:
    window.toggle_full_screen()
    assert not [one for one in window.findChildren(Hairline) if one.isVisible()]
    window.toggle_full_screen()
    assert [one for one in window.findChildren(Hairline) if one.isVisible()]


def test_from_the_viewer_it_leads_back_to_the_viewer(window: MainWindow) -> None:
    window.gallery.open_requested.emit(1)
    window.toggle_full_screen()
    window.go_back()
    assert not window.isFullScreen()
    assert window.viewer.isVisible()


def test_arrows_pass_over_what_is_no_picture(window: MainWindow, session: Session) -> None:
    window.gallery.select_row(0)
    window.toggle_full_screen()
    session.gallery.add_jobs((a_job(),))
    shown = window.viewer.current_picture()
    QTest.keyClick(window.viewer, Key.Key_Left)
    assert shown is not None
    assert window.viewer.current_picture() == shown


def test_without_a_picture_the_window_stays(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.gallery.query_shown):
        session.gallery.set_query(Query(text="nothing like that"))
    window.toggle_full_screen()
    assert not window.isFullScreen()
    assert "There is no picture here to show on the whole screen." in words_in(window)


def test_what_needs_the_panels_brings_them_back(window: MainWindow) -> None:
    window.gallery.select_row(0)
    window.toggle_full_screen()
    window.commands.search_requested.emit()
    assert not window.isFullScreen()
    assert window.header.isVisible()


def test_the_second_screen_follows_the_selection(
    window: MainWindow, second: SecondScreen, session: Session
) -> None:
    assert second.stage.picture == session.gallery.picture(1)
    window.gallery.select_row(2)
    assert second.stage.picture == session.gallery.picture(2)
    assert words_in(second) == set()
    assert "Acme" not in second.windowTitle()


def test_it_keeps_the_picture_while_a_request_is_selected(
    window: MainWindow, second: SecondScreen, session: Session
) -> None:
    shown = second.stage.picture
    session.gallery.add_jobs((a_job(),))
    window.gallery.select_row(0)
    assert second.stage.picture == shown


def test_keys_pressed_there_judge_the_same_picture(
    window: MainWindow, second: SecondScreen, session: Session, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.pictures.acts.done):
        QTest.keyClick(second, Key.Key_4)
    qtbot.waitUntil(lambda: (one := second.stage.picture) is not None and one.rating == 4)


def test_its_zoom_is_its_own(window: MainWindow, second: SecondScreen, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: second.stage.full is not None)
    QTest.keyClick(second, Key.Key_Plus)
    assert second.stage.canvas.zoom == 1.5
    QTest.keyClick(second, Key.Key_Z)
    assert second.stage.canvas.is_fit
    QTest.keyClick(second, Key.Key_Plus)
    assert window.viewer.canvas.is_fit


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_F11])
def test_it_closes_by_key_and_with_the_window(
    window: MainWindow, second: SecondScreen, qtbot: QtBot, key: Qt.Key
) -> None:
    if key is Key.Key_Escape:
        second.activateWindow()
        qtbot.waitUntil(second.isActiveWindow)
        QTest.keyClick(second, key)
    else:
        window.commands.second_screen_requested.emit()
    assert not second.isVisible()
    window.commands.second_screen_requested.emit()
    assert second.isVisible()
    window.hide()
    assert not second.isVisible()


def test_both_have_keys_in_the_one_table(window: MainWindow) -> None:
    assert keys_of("full_screen") == QKeySequence("F11")
    assert keys_of("second_screen") == QKeySequence("Shift+F11")
    assert keys_of("reject") == QKeySequence("X")


def test_the_picture_is_dragged_out_of_the_second_screen(
    window: MainWindow, second: SecondScreen, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.viewer.drag_requested) as dragged:
        second.stage.canvas.drag_begun.emit()
    assert dragged.args == [(second.stage.picture,)]


# While pictures are compared


@pytest.fixture
def compared(window: MainWindow, qtbot: QtBot) -> CompareView:
    window.gallery.selectAll()
    window.gallery.setFocus()
    QTest.keyClick(window.gallery, Key.Key_C)
    qtbot.waitUntil(lambda: isinstance(window.stage.currentWidget(), CompareView))
    view = window.stage.currentWidget()
    assert isinstance(view, CompareView)
    return view


def test_what_is_compared_goes_onto_the_whole_screen_without_a_word(
    window: MainWindow, compared: CompareView
) -> None:
    window.toggle_full_screen()
    assert (compared.isVisible(), words_in(window)) == (True, set())
    QTest.keyClick(compared, Key.Key_B)
    assert words_in(window) == set()
    window.toggle_full_screen()
    assert compared.isVisible()
    assert "Compare" in words_in(window)


def test_a_comparison_that_is_begun_on_the_whole_screen_has_no_word_either(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.gallery.select_row(1)
    window.toggle_full_screen()
    QTest.keyClick(window.viewer, Key.Key_C)
    qtbot.waitUntil(lambda: isinstance(window.stage.currentWidget(), CompareView))
    assert words_in(window) == set()


def test_the_second_screen_shows_the_active_one_of_several_and_its_keys_judge_it(
    window: MainWindow, session: Session, compared: CompareView, qtbot: QtBot
) -> None:
    window.commands.second_screen_requested.emit()
    second = window.ties.showing.second_screen
    assert second is not None
    qtbot.waitUntil(second.isVisible)
    QTest.keyClick(second, Key.Key_B)
    active = compared._comparison.pictures[1]
    assert second.stage.picture == active
    with qtbot.waitSignal(session.pictures.acts.done):
        QTest.keyClick(second, Key.Key_3)
    assert session.pictures.the_library().pictures((active.id,))[0].rating == 3


def test_the_second_screen_holds_the_same_pictures_against_each_other_without_a_word(
    window: MainWindow, compared: CompareView, qtbot: QtBot
) -> None:
    window.ties.comparing.compare(tuple(one.id for one in compared._comparison.pictures[:2]))
    qtbot.waitUntil(lambda: len(compared._comparison.pictures) == 2)
    window.commands.second_screen_requested.emit()
    second = window.ties.showing.second_screen
    assert second is not None
    qtbot.waitUntil(lambda: second.findChild(ComparePanes) is not None)
    panes = second.findChild(ComparePanes)
    assert isinstance(panes, ComparePanes)
    qtbot.waitUntil(lambda: len([one for one in panes.zooms if one > 0]) == 2)
    assert (panes.isVisible(), second.stage.canvas.isVisible()) == (True, False)
    assert (words_in(second), [one.accessibleName() for one in panes.canvases[:2]]) == (set(), ["A", "B"])
    QTest.keyClick(second, Key.Key_L)
    assert (panes.look, compared.panes.look) == (Look.SLIDER, Look.SLIDER)
    compared.panes.set_share(0.25)
    assert panes.share == 0.25
    QTest.keyClick(second, Key.Key_Plus)
    assert (panes.is_fit, compared.panes.is_fit) == (False, True)
    with qtbot.waitSignal(window.viewer.drag_requested) as dragged:
        panes.drag_begun.emit(1)
    assert dragged.args == [(compared._comparison.pictures[1],)]
    panes.pane_pressed.emit(1)
    assert compared._comparison.active == 1


def test_the_second_screen_goes_back_to_the_one_picture_and_takes_up_what_is_compared_later(
    window: MainWindow, compared: CompareView, qtbot: QtBot
) -> None:
    window.commands.second_screen_requested.emit()
    second = window.ties.showing.second_screen
    assert second is not None
    qtbot.waitUntil(lambda: second.findChild(ComparePanes) is not None)
    compared.closed.emit()
    qtbot.waitUntil(second.stage.canvas.isVisible)
    assert second.stage.picture is not None
    second.close()
    ids = tuple(one.id for one in compared._comparison.pictures)
    window.ties.comparing.compare(ids)
    qtbot.waitUntil(compared.isVisible)
    window.commands.second_screen_requested.emit()
    panes = second.findChild(ComparePanes)
    assert isinstance(panes, ComparePanes)
    qtbot.waitUntil(panes.isVisible)


def test_keys_pressed_there_keep_their_place_on_the_keyboard(
    window: MainWindow, session: Session, second: SecondScreen, qtbot: QtBot
) -> None:
    russian = QKeyEvent(QEvent.Type.KeyPress, 0x0427, Qt.KeyboardModifier.NoModifier, 53, 0x58, 0, "ч")
    with qtbot.waitSignal(session.pictures.acts.done):
        QApplication.sendEvent(second, russian)
    assert session.pictures.the_library().pictures(session.pictures.the_library().ids(Query()))[1].rejected
