"""The pictures of a press stand in rows and columns of what was chosen, and are judged there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.press_table import PressTable
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from tests.library.conftest import Bench

DOWN, ACROSS = ("red", "blue"), ("cat", "dog")


@pytest.fixture
def window(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    bench = Bench(tmp_path)
    library = bench.open()
    for index in range(4):
        down, across = DOWN[index // 2], ACROSS[index % 2]
        new = bench.new(index, prompt=f"a {down} {across}")
        made = replace(new.made, press_id="press", press_index=index, press_count=4, choices=(down, across))
        library.add(replace(new, made=made))
    library.close()
    window = MainWindow(session, Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
    session.open(library.root)
    qtbot.waitUntil(lambda: session.gallery.picture_count == 4)
    yield window
    window.hide()


def shown(window: MainWindow, session: Session, qtbot: QtBot, prompt: str = "a blue cat") -> PressTable:
    tie = window.ties.press_grid
    pictures = session.pictures.the_library().relations.of_press("press")
    tie.show_press(next(one for one in pictures if one.prompt == prompt))
    qtbot.waitUntil(lambda: window.stage.currentWidget() is tie.table)
    assert tie.table is not None
    return tie.table


def prompts(table: PressTable) -> list[list[str]]:
    model = table.model
    return [
        [model.pictures(model.index(row, column))[0].prompt for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_matrix_is_laid_out_and_begins_at_the_picture(
    window: MainWindow, session: Session, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    table = shown(window, session, qtbot)
    qtmodeltester.check(table.model)  # type: ignore[no-untyped-call]
    assert prompts(table) == [["a red cat", "a red dog"], ["a blue cat", "a blue dog"]]
    names = [table.model.headerData(0, side) for side in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)]
    assert names == ["cat", "red"]
    assert [one.prompt for one in table.pictures()] == ["a blue cat"]
    said = table.model.data(table.table.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "blue, cat: 1 picture"


def test_keys_judge_the_current_cell_and_it_is_seen_at_once(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    table = shown(window, session, qtbot)
    QTest.keyClick(table.table, Qt.Key.Key_Right)
    assert [one.prompt for one in table.pictures()] == ["a blue dog"]
    QTest.keyClick(table.table, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: bool(table.pictures()) and table.pictures()[0].rating == 4)
    QTest.keyClick(table.table, Qt.Key.Key_X)
    qtbot.waitUntil(lambda: bool(table.pictures()) and table.pictures()[0].rejected)
    QTest.keyClick(table.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: table.pictures() == ())


def test_enter_opens_the_viewer_and_escape_the_gallery(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    table = shown(window, session, qtbot)
    QTest.keyClick(table.table, Qt.Key.Key_Return)
    assert window.stage.currentWidget() is window.viewer
    current = window.viewer.current_picture()
    assert current is not None
    assert current.prompt == "a blue cat"
    table = shown(window, session, qtbot)
    QTest.keyClick(table.table, Qt.Key.Key_Escape)
    assert window.stage.currentWidget() is window.gallery


def test_the_size_of_the_cells_is_changed_by_keys(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    table = shown(window, session, qtbot)
    before = table.table.columnWidth(0)
    QTest.keyClick(table.table, Qt.Key.Key_Plus)
    assert table.table.columnWidth(0) > before
    for _ in range(40):
        QTest.keyClick(table.table, Qt.Key.Key_Minus)
    assert 0 < table.table.columnWidth(0) < before


def test_a_picture_from_elsewhere_says_that_it_has_no_press(window: MainWindow, session: Session) -> None:
    tie = window.ties.press_grid
    picture = session.pictures.the_library().relations.of_press("press")[0]
    tie.show_press(replace(picture, press_id=""))
    assert tie.table is None
    assert window.stage.currentWidget() is window.gallery
