"""Rejecting by key, hiding what is rejected, trashing it in one step, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.session import Session

COUNT = 5
ADVANCE = "Next picture after a rating or rejection by key"
Key = Qt.Key


class Desk:
    """A window on a library of five pictures."""

    def __init__(self, window: MainWindow, session: Session, qtbot: QtBot) -> None:
        self.window, self.session, self.qtbot = window, session, qtbot
        self.library = session.pictures.the_library()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return self.library.pictures(self.library.ids(Query()))

    @property
    def rejected(self) -> list[bool]:
        return [picture.rejected for picture in self.pictures]

    def press(self, key: Qt.Key) -> None:
        """By key, and wait until it is done."""
        viewer = self.window.viewer
        with self.qtbot.waitSignal(self.session.pictures.acts.done):
            QTest.keyClick(viewer if viewer.isVisible() else self.window.gallery, key)

    def select(self, *rows: int) -> None:
        gallery = self.window.gallery
        gallery.select_row(rows[0])
        for row in rows[1:]:
            flag = gallery.selectionModel().SelectionFlag.Select
            gallery.selectionModel().select(self.session.gallery.index(row), flag)

    def act(self, words: str) -> QAction:
        """An entry of the header's menu once it is open and can be chosen."""
        menu = self.window.header.menu
        menu.aboutToShow.emit()

        def found() -> QAction | None:
            return next((one for one in menu.actions() if one.text() == words and one.isEnabled()), None)

        self.qtbot.waitUntil(lambda: found() is not None)
        entry = found()
        assert entry is not None
        return entry


@pytest.fixture
def desk(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    window = MainWindow(session, Settings(machine_id="0" * 32))
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(tmp_path / "library")
    paths = tuple(tmp_path / f"{number}.png" for number in range(COUNT))
    for number, path in enumerate(paths):
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(0x336699 + number)
        assert image.save(str(path))
    desk = Desk(window, session, qtbot)
    session.importing.begin(paths, desk.library.inbox.id)
    qtbot.waitUntil(lambda: session.gallery.picture_count == COUNT)
    qtbot.waitUntil(lambda: session.gallery.picture(COUNT - 1) is not None)
    yield desk
    window.hide()


def test_a_key_rejects_all_that_is_selected_and_takes_it_back(desk: Desk) -> None:
    desk.select(0, 1)
    desk.press(Key.Key_X)
    assert desk.rejected == [True, True, False, False, False]
    desk.select(1, 2)
    desk.press(Key.Key_X)  # one of them is not rejected yet
    assert desk.rejected == [True, True, True, False, False]
    desk.press(Key.Key_X)
    assert desk.rejected == [True, False, False, False, False]


def test_rejecting_is_undone_in_one_step(desk: Desk) -> None:
    desk.select(0, 1, 2)
    desk.press(Key.Key_X)
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done):
        desk.session.undo.undo()
    assert not any(desk.rejected)


def test_two_quick_presses_leave_everything_as_it_was(desk: Desk) -> None:
    desk.select(0)
    QTest.keyClick(desk.window.gallery, Key.Key_X)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: not desk.session.undo.next_undo.is_running)  # type: ignore[union-attr]
    assert not any(desk.rejected)


def test_what_is_rejected_is_hidden_and_comes_back(desk: Desk) -> None:
    model = desk.session.gallery
    desk.act("Hide rejected").trigger()
    desk.select(1)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: model.picture_count == COUNT - 1)
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done):
        desk.session.undo.undo()
    desk.qtbot.waitUntil(lambda: model.picture_count == COUNT)
    desk.select(2)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: model.picture_count == COUNT - 1)
    desk.act("Hide rejected").trigger()
    desk.qtbot.waitUntil(lambda: model.picture_count == COUNT)


def test_hiding_is_remembered(desk: Desk) -> None:
    assert not desk.window.settings().hides_rejected
    desk.act("Hide rejected").trigger()
    assert desk.window.settings().hides_rejected


def test_what_is_remembered_is_hidden_from_the_first_paint_on(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session, Settings(machine_id="0" * 32, hides_rejected=True))
    qtbot.addWidget(window)
    assert session.gallery.query == Query(hides_rejected=True)


def test_all_that_is_rejected_goes_to_the_trash_in_one_step(desk: Desk) -> None:
    desk.select(0, 1, 2)
    desk.press(Key.Key_X)
    desk.act("Hide rejected").trigger()  # hidden ones go, too
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done):
        desk.act("Trash rejected (3)").trigger()
    assert len(desk.pictures) == COUNT - 3
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done):
        desk.session.undo.undo()
    assert sorted(desk.rejected) == [False, False, True, True, True]


def test_what_was_rated_still_counts_once_it_is_rejected(desk: Desk) -> None:
    desk.select(0)
    desk.press(Key.Key_4)
    desk.press(Key.Key_X)
    assert desk.library.counts().rated == 1
    assert desk.pictures[0].rating == 4


def test_the_header_offers_to_trash_them_and_follows_what_is_judged(desk: Desk) -> None:
    offer = desk.window.header.trash_rejected
    desk.select(0, 1)
    desk.press(Key.Key_X)
    desk.window.gallery.clearSelection()
    desk.qtbot.waitUntil(lambda: offer.text() == "Trash rejected (2)")
    desk.select(0)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: offer.text() == "Trash rejected (1)")
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done):
        offer.trigger()
    assert len(desk.pictures) == COUNT - 1
    desk.qtbot.waitUntil(lambda: not desk.window.header._has_acts or bool(desk.window.gallery.selected_ids()))


def test_taking_rejections_back_is_not_called_rejecting(desk: Desk) -> None:
    desk.select(0, 1)
    desk.press(Key.Key_X)
    with desk.qtbot.waitSignal(desk.session.pictures.acts.done) as told:
        QTest.keyClick(desk.window.gallery, Key.Key_X)
    assert told.args is not None
    assert told.args[0].kind is ActivityKind.UNREJECT
    step = desk.session.undo.next_undo
    assert step is not None
    assert step.kind == "unreject"


# Going on in the grid


def test_the_grid_stays_where_it_is_unless_that_is_wished(desk: Desk) -> None:
    desk.select(1)
    desk.press(Key.Key_3)
    assert desk.window.gallery.currentIndex().row() == 1


@pytest.mark.parametrize("key", [Key.Key_3, Key.Key_X])
def test_the_grid_goes_on_once_one_is_judged_by_key(desk: Desk, key: Qt.Key) -> None:
    desk.act(ADVANCE).trigger()
    desk.select(1)
    desk.press(key)
    assert desk.window.gallery.selected_rows() == [2]
    assert desk.window.settings().grid_advance


def test_the_grid_does_not_go_on_for_many_nor_when_a_rejection_is_taken_back(desk: Desk) -> None:
    desk.act(ADVANCE).trigger()
    desk.select(1, 2)
    desk.press(Key.Key_X)
    assert desk.window.gallery.selected_rows() == [1, 2]
    desk.select(1)
    desk.press(Key.Key_X)
    assert desk.window.gallery.selected_rows() == [1]


def test_hidden_ones_do_not_make_the_grid_skip_one(desk: Desk) -> None:
    desk.act(ADVANCE).trigger()
    desk.act("Hide rejected").trigger()
    third = desk.pictures[2].id
    desk.select(1)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: desk.session.gallery.picture_count == COUNT - 1)
    assert desk.window.gallery.selected_ids() == (third,)


def test_a_held_key_judges_one_picture_of_the_grid_only(desk: Desk) -> None:
    desk.act(ADVANCE).trigger()
    desk.select(0)
    desk.press(Key.Key_3)
    for _ in range(3):
        held = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", True)
        QApplication.sendEvent(desk.window.gallery, held)
    assert desk.window.gallery.selected_rows() == [1]


# In the viewer


def open_viewer(desk: Desk, row: int) -> None:
    desk.window.gallery.open_requested.emit(row)
    desk.qtbot.waitUntil(desk.window.viewer.isVisible)


@pytest.mark.parametrize("key", [Key.Key_3, Key.Key_X])
def test_the_next_picture_comes_once_one_is_judged_by_key(desk: Desk, key: Qt.Key) -> None:
    open_viewer(desk, 1)
    judged = desk.pictures[1].id
    desk.press(key)
    assert desk.window.viewer.stage.row == 2
    (picture,) = desk.library.pictures((judged,))
    assert (picture.rating, picture.rejected) == ((3, False) if key is Key.Key_3 else (0, True))


def test_hidden_ones_do_not_make_it_skip_one(desk: Desk) -> None:
    desk.act("Hide rejected").trigger()
    third = desk.pictures[2].id
    open_viewer(desk, 1)
    desk.press(Key.Key_X)
    desk.qtbot.waitUntil(lambda: desk.session.gallery.picture_count == COUNT - 1)
    shown = desk.window.viewer.current_picture()
    assert shown is not None
    assert shown.id == third


def test_auto_advance_can_be_switched_off_and_that_is_remembered(desk: Desk) -> None:
    viewer = desk.window.viewer
    viewer.header.set_choices(advances=False, keeps_zoom=False)
    open_viewer(desk, 1)
    desk.press(Key.Key_3)
    assert viewer.stage.row == 1
    settings = desk.window.settings()
    assert (settings.auto_advance, settings.keeps_zoom) == (False, False)


def test_a_held_key_judges_one_picture_only(desk: Desk) -> None:
    open_viewer(desk, 0)
    desk.press(Key.Key_3)
    for _ in range(3):
        held = QKeyEvent(QKeyEvent.Type.KeyPress, Key.Key_3, Qt.KeyboardModifier.NoModifier, "3", True)
        QApplication.sendEvent(desk.window.viewer, held)
    assert desk.window.viewer.stage.row == 1
