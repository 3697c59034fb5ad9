"""The canvas: 1 : 1 on the screen's pixels, crisp when large, smooth when small, moved by wheel and mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.note_painting import Note
from seedream_desktop.gui.viewer_canvas import Shown, ViewerCanvas
from seedream_desktop.state.full_picture import FullPicture

SIZE_PX = 300
LEFT = Qt.MouseButton.LeftButton


def chequered(width_px: int, height_px: int) -> FullPicture:
    """Single black and white pixels in turn, red in the middle column."""
    image = QImage(2, 2, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    image.setPixelColor(0, 0, QColor(Qt.GlobalColor.black))
    image.setPixelColor(1, 1, QColor(Qt.GlobalColor.black))
    tiled = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    for y_px in range(height_px):
        for x_px in range(width_px):
            tiled.setPixel(x_px, y_px, image.pixel(x_px % 2, y_px % 2))
    return FullPicture(Path("a.png"), width_px, height_px, (tiled,))


def plain(width_px: int, height_px: int, colour: str = "#3060a0") -> Shown:
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return Shown(QSizeF(width_px, height_px), FullPicture(Path("a.png"), width_px, height_px, (image,)))


@pytest.fixture
def canvas(qtbot: QtBot) -> ViewerCanvas:
    canvas = ViewerCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(SIZE_PX, SIZE_PX)
    canvas.show()
    return canvas


def painted(canvas: ViewerCanvas) -> QImage:
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def turn(canvas: ViewerCanvas, notches: int, at: QPointF) -> None:
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_at_100_percent_every_pixel_is_one_of_the_screen(canvas: ViewerCanvas) -> None:
    full = chequered(101, 77)
    canvas.show_picture(Shown(QSizeF(101, 77), full))
    canvas.show_actual_size()
    rect = canvas.picture_rect
    seen = painted(canvas).copy(round(rect.x()), round(rect.y()), 101, 77)
    assert seen == full.levels[0]


def test_large_pixels_are_crisp(canvas: ViewerCanvas) -> None:
    canvas.show_picture(Shown(QSizeF(20, 20), chequered(20, 20)))
    canvas.zoom_by(4.0)
    image, rect = painted(canvas), canvas.picture_rect.toRect().adjusted(1, 1, -1, -1)
    colours = {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom())
    }  # fmt: skip
    assert canvas.zoom == 4.0
    assert colours == {"#000000", "#ffffff"}


def test_a_reduced_picture_is_smooth(canvas: ViewerCanvas, qtbot: QtBot) -> None:
    canvas.show_picture(Shown(QSizeF(536, 536), chequered(536, 536)))

    def is_grey() -> bool:
        return all(100 < painted(canvas).pixelColor(150 + n, 150).value() < 155 for n in range(4))

    assert canvas.zoom == 0.5
    qtbot.waitUntil(is_grey)


def test_the_preview_stands_where_the_picture_will(canvas: ViewerCanvas) -> None:
    preview = QPixmap(64, 32)
    preview.fill(QColor("#3060a0"))
    canvas.show_picture(Shown(QSizeF(2048, 1024), preview=preview))
    before = canvas.picture_rect
    canvas.show_picture(plain(2048, 1024))
    assert canvas.picture_rect == before


def test_the_wheel_zooms_in_and_never_past_100_percent_unseen(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(2000, 2000))
    zooms = []
    for _ in range(12):
        turn(canvas, 1, QPointF(100, 100))
        zooms.append(canvas.zoom)
    assert zooms == sorted(zooms)
    assert 1.0 in zooms


def test_a_drag_pans_and_stops_at_the_edge(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(1000, 1000))
    canvas.show_actual_size()
    before = canvas.picture_rect.topLeft()
    QTest.mousePress(canvas, LEFT, pos=QPoint(150, 150))
    QTest.mouseMove(canvas, QPoint(170, 120))
    assert canvas.picture_rect.topLeft() == before + QPointF(20, -30)
    QTest.mouseMove(canvas, QPoint(5000, 5000))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(5000, 5000))
    assert canvas.picture_rect.topLeft() == QPointF(0, 0)


def test_a_double_click_goes_to_100_percent_and_back(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(1000, 1000))
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(150, 150))
    assert canvas.zoom == 1.0
    QTest.mouseDClick(canvas, LEFT, pos=QPoint(150, 150))
    assert canvas.is_fit


def test_a_fitted_picture_follows_the_window(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(1000, 1000))
    before = canvas.zoom
    canvas.resize(2 * SIZE_PX, 2 * SIZE_PX)
    assert canvas.zoom > before


def test_the_next_picture_is_looked_at_the_same_way(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(1000, 1000))
    canvas.show_actual_size()
    canvas.show_picture(plain(1000, 1000, "#a03030"))
    assert canvas.zoom == 1.0


def test_before_stands_in_the_same_place(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(1000, 1000))
    canvas.zoom_by(1.5, QPointF(20, 20))
    place = canvas.picture_rect
    canvas.show_before(plain(500, 500, "#a03030"), "Before")
    assert canvas.picture_rect == place
    assert painted(canvas).pixelColor(200, 200).name() == "#a03030"
    canvas.show_before(None, "")
    assert painted(canvas).pixelColor(200, 200).name() == "#3060a0"


def test_what_shines_through_stands_on_squares(canvas: ViewerCanvas) -> None:
    image = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    canvas.show_picture(Shown(QSizeF(200, 200), FullPicture(Path("a.png"), 200, 200, (image,))))
    seen = painted(canvas)
    assert len({seen.pixelColor(150 + 4 * n, 150).name() for n in range(8)}) == 2


def test_a_note_stands_in_the_middle(canvas: ViewerCanvas) -> None:
    canvas.show_picture(None)
    empty = painted(canvas)
    canvas.show_picture(None, Note("a dog at the sea", "0:12 · usually 0:30"))
    assert painted(canvas) != empty
    assert canvas.zoom == 0.0


@pytest.mark.parametrize("size", [(1, 1), (1, 6000), (6000, 1)])
def test_odd_shapes_are_painted(canvas: ViewerCanvas, size: tuple[int, int]) -> None:
    canvas.show_picture(plain(*size))
    rect = canvas.picture_rect
    middle = rect.center().toPoint()
    seen = {
        painted(canvas).pixelColor(middle.x() + n, middle.y() + m).name() for n in (-1, 0) for m in (-1, 0)
    }
    assert "#3060a0" in seen


# Out of the window, and by hand


def test_a_drag_of_what_is_seen_whole_takes_it_out(canvas: ViewerCanvas, qtbot: QtBot) -> None:
    canvas.show_picture(plain(200, 200))
    middle = canvas.rect().center()
    with qtbot.waitSignal(canvas.drag_begun):
        QTest.mousePress(canvas, LEFT, pos=middle)
        QTest.mouseMove(canvas, middle + QPoint(40, 0))
    QTest.mouseRelease(canvas, LEFT, pos=middle)


def test_with_the_hand_nothing_is_taken_out(canvas: ViewerCanvas, qtbot: QtBot) -> None:
    canvas.show_picture(plain(200, 200))
    canvas.set_hand(True)
    middle = canvas.rect().center()
    with qtbot.assertNotEmitted(canvas.drag_begun):
        QTest.mousePress(canvas, LEFT, pos=middle)
        QTest.mouseMove(canvas, middle + QPoint(40, 0))
        QTest.mouseRelease(canvas, LEFT, pos=middle)


def test_beside_the_picture_there_is_nothing_to_take_out(canvas: ViewerCanvas, qtbot: QtBot) -> None:
    canvas.show_picture(plain(20, 20))
    with qtbot.assertNotEmitted(canvas.drag_begun):
        QTest.mousePress(canvas, LEFT, pos=QPoint(5, 5))
        QTest.mouseMove(canvas, QPoint(60, 60))
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(60, 60))


def test_alone_the_picture_has_no_margin(canvas: ViewerCanvas) -> None:
    canvas.show_picture(plain(2000, 2000))
    before = canvas.picture_rect.width()
    canvas.set_bare(True)
    assert canvas.picture_rect.width() == min(canvas.width(), canvas.height()) > before
