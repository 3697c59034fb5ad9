"""References are reordered and removed by mouse and keyboard, and named for a screen reader."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.request import Reference
from seedream_desktop.gui.reference_list import ReferenceList, ReferenceModel
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.compose_stage import a_draft, a_drop, a_reference, forms_of, nowhere, references

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def runner(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner(1)
    yield runner
    assert runner.close(60_000)


@pytest.fixture
def thumbnails(runner: TaskRunner, tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path, runner, lambda picture, thumbnail: None)


@pytest.fixture
def tiles(qtbot: QtBot, thumbnails: ThumbnailCache, runner: TaskRunner) -> ReferenceList:
    tiles = ReferenceList(thumbnails, nowhere, forms_of(a_draft(), runner))
    tiles.setAccessibleName("References")
    qtbot.addWidget(tiles)
    tiles.resize(308, 200)
    tiles.show_references(references(7))
    tiles.lay_out(308, with_add_tile=True)
    with qtbot.waitExposed(tiles):
        tiles.show()
    return tiles


def row_drag(row: int) -> QMimeData:
    mime = QMimeData()
    mime.setData("application/x-seedream-reference-row", str(row).encode())
    return mime


def test_the_model_keeps_the_rules_of_models(thumbnails: ThumbnailCache, runner: TaskRunner) -> None:
    model = ReferenceModel(thumbnails, nowhere, forms_of(a_draft(), runner))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load(references(3))
    model.load(references(14))
    model.load(())
    assert tester.model() is model


def test_a_screen_reader_hears_number_name_and_size(tiles: ReferenceList) -> None:
    accessible = QAccessible.queryAccessibleInterface(tiles)
    assert accessible.role() is QAccessible.Role.List
    assert accessible.text(QAccessible.Text.Name) == "References"
    names = [accessible.child(row).text(QAccessible.Text.Name) for row in range(accessible.childCount())]
    assert names[:2] == ["image 1: cat 1.png, 1024 × 768", "image 2: cat 2.png, 1024 × 768"]
    assert len(names) == 7


def test_five_tiles_stand_in_a_row_flush_with_both_edges(tiles: ReferenceList) -> None:
    model = tiles.model()
    drawn = [tiles.visualRect(model.index(row, 0)).topLeft() for row in range(7)]
    assert drawn == [tiles.cell(row).topLeft() for row in range(7)]
    assert (tiles.cell(0).left(), tiles.cell(4).right()) == (0, 307)
    assert tiles.cell(5).left() == 0


@pytest.mark.parametrize(("key", "to"), [(Qt.Key.Key_Left, 1), (Qt.Key.Key_Right, 3)])
def test_alt_and_an_arrow_move_a_tile(qtbot: QtBot, tiles: ReferenceList, key: Qt.Key, to: int) -> None:
    tiles.setCurrentIndex(tiles.model().index(2, 0))
    with qtbot.waitSignal(tiles.move_requested) as blocker:
        QTest.keyClick(tiles, key, ALT)
    assert blocker.args == [2, to]
    assert tiles.currentIndex().row() == to


@pytest.mark.parametrize(("row", "key"), [(0, Qt.Key.Key_Left), (6, Qt.Key.Key_Right)])
def test_nothing_moves_beyond_the_ends(qtbot: QtBot, tiles: ReferenceList, row: int, key: Qt.Key) -> None:
    tiles.setCurrentIndex(tiles.model().index(row, 0))
    with qtbot.assertNotEmitted(tiles.move_requested):
        QTest.keyClick(tiles, key, ALT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_the_current_tile(qtbot: QtBot, tiles: ReferenceList, key: Qt.Key) -> None:
    tiles.setCurrentIndex(tiles.model().index(4, 0))
    with qtbot.waitSignal(tiles.remove_requested) as blocker:
        QTest.keyClick(tiles, key)
    assert blocker.args == [4]


def test_the_badge_removes_its_tile(qtbot: QtBot, tiles: ReferenceList) -> None:
    badge = tiles.cell(1).topRight() + QPoint(-6, 6)
    with qtbot.waitSignal(tiles.remove_requested) as blocker:
        QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert blocker.args == [1]


def test_a_click_beside_the_badge_removes_nothing(qtbot: QtBot, tiles: ReferenceList) -> None:
    with qtbot.assertNotEmitted(tiles.remove_requested):
        QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=tiles.cell(1).center())
    assert tiles.currentIndex().row() == 1


@pytest.mark.parametrize(
    ("row", "before", "to"), [(0, 3, 2), (6, 0, 0), (1, 7, 6)], ids=["later", "first", "last"]
)
def test_a_dragged_tile_comes_to_lie_where_it_is_dropped(
    qtbot: QtBot, tiles: ReferenceList, row: int, before: int, to: int
) -> None:
    place, mime = tiles.cell(before).topLeft() + QPoint(2, 20), row_drag(row)
    with qtbot.waitSignal(tiles.move_requested) as blocker:
        tiles.dropEvent(a_drop(mime, (place.x(), place.y())))
    assert blocker.args == [row, to]


def test_a_tile_dropped_on_its_own_place_stays(qtbot: QtBot, tiles: ReferenceList) -> None:
    place, mime = tiles.cell(2).topLeft() + QPoint(2, 20), row_drag(2)
    with qtbot.assertNotEmitted(tiles.move_requested):
        tiles.dropEvent(a_drop(mime, (place.x(), place.y())))


def test_files_dropped_on_the_tiles_are_handed_on(qtbot: QtBot, tiles: ReferenceList) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/a/1.png"), QUrl.fromLocalFile("/a/2.png")])
    with qtbot.waitSignal(tiles.pictures_offered) as blocker:
        tiles.dropEvent(a_drop(mime))
    assert blocker.args[0].files == (Path("/a/1.png"), Path("/a/2.png"))


def test_the_current_tile_stays_current_when_one_goes(tiles: ReferenceList) -> None:
    tiles.setCurrentIndex(tiles.model().index(6, 0))
    tiles.show_references(references(6))
    assert tiles.currentIndex().row() == 5


def test_a_thumbnail_that_arrives_is_drawn(tiles: ReferenceList, thumbnails: ThumbnailCache) -> None:
    red = QImage(56, 56, QImage.Format.Format_RGB32)
    red.fill(Qt.GlobalColor.red)
    thumbnails.put(a_reference(2).sha256, red)
    drawn = tiles.viewport().grab(tiles.cell(1)).toImage()
    assert drawn.pixelColor(28, 40).red() == 255


def test_a_reference_whose_file_is_gone_says_so(
    qtbot: QtBot, thumbnails: ThumbnailCache, runner: TaskRunner
) -> None:
    threads: set[int] = set()

    def gone(reference: Reference) -> Path:
        threads.add(threading.get_ident())
        raise ProblemError(Problem(ProblemKind.REFERENCE_GONE, subject=reference.name))

    model = ReferenceModel(thumbnails, gone, forms_of(a_draft(), runner))
    model.load(references(1))
    with qtbot.waitSignal(thumbnails.thumbnail_failed):
        assert model.thumbnail(model.index(0, 0), 56) is None
    assert model.is_gone(model.index(0, 0))
    assert threading.get_ident() not in threads  # a share that hangs holds nobody up
