"""How tiles look: corners, outlines, scrims, and stars where a press finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from seedream_desktop.gui.gallery_layout import fitted
from seedream_desktop.gui.theme import DARK
from seedream_desktop.gui.tile_painter import STARS, TilePainter, TileState, hover_plan

LABELS = ("Edit", "Use as reference")
CELL = QRect(20, 20, 200, 200)
RED = QColor("#ff0000")


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Fonts and pixmaps need one."""


def painted(rect: QRect, state: TileState | None = None) -> QImage:
    image = QImage(240, 240, QImage.Format.Format_RGB32)
    image.fill(QColor(DARK.canvas))
    pixmap = QPixmap(rect.size())
    pixmap.fill(RED)
    painter = QPainter(image)
    tiles = TilePainter(painter, DARK, 1.0, QFont())
    tiles.picture(rect, pixmap)
    tiles.outline(rect, state or TileState())
    painter.end()
    return image


def test_a_picture_is_whole_but_for_its_rounded_corners() -> None:
    image = painted(CELL)
    assert image.pixelColor(CELL.topLeft()) == QColor(DARK.canvas)
    assert image.pixelColor(CELL.topLeft() + QPoint(6, 0)) == RED
    assert image.pixelColor(CELL.center()) == RED


def test_what_is_selected_is_outlined_in_the_accent() -> None:
    edge = QPoint(CELL.center().x(), CELL.top() - 2)
    assert painted(CELL, TileState(is_selected=True)).pixelColor(edge) == QColor(DARK.accent)
    assert painted(CELL, TileState(is_current=True)).pixelColor(edge) != QColor(DARK.accent)
    assert painted(CELL).pixelColor(edge) == QColor(DARK.canvas)


@given(st.integers(1, 8), st.integers(1, 8), st.integers(96, 500))
def test_hovered_acts_lie_on_the_scrim_inside_the_cell_and_apart(width: int, height: int, side: int) -> None:
    cell = QRect(0, 0, side, side)
    plan = hover_plan(fitted(cell, width, height), cell, LABELS, QFont())
    parts = (plan.stars, *plan.labels)
    assert cell.contains(QRect(plan.scrim).intersected(QRect(0, -side, side, 2 * side)))
    assert all(plan.scrim.left() <= part.left() and part.right() <= plan.scrim.right() for part in parts)
    assert not any(a.intersects(b) for a in parts for b in parts if a is not b)


def test_every_star_and_word_is_found_where_it_is_painted() -> None:
    plan = hover_plan(CELL, CELL, LABELS, QFont())
    middle, width = plan.stars.center().y(), plan.stars.width() // STARS
    xs = [plan.stars.left() + number * width + width // 2 for number in range(STARS)]
    assert [plan.star_at(QPoint(x, middle)) for x in xs] == [1, 2, 3, 4, 5]
    assert [plan.label_at(rect.center()) for rect in plan.labels] == [0, 1]
    assert plan.star_at(CELL.center()) == 0
    assert plan.label_at(CELL.center()) is None


def test_acts_are_words_where_they_fit_and_icons_where_not() -> None:
    wide, narrow, least = (QRect(0, 0, side, side) for side in (320, 160, 96))
    plans = [hover_plan(cell, cell, LABELS, QFont()) for cell in (wide, narrow, least)]
    assert [plan.has_words for plan in plans] == [True, False, False]
    heights = [plan.scrim.height() for plan in plans]
    assert heights[0] == heights[1] == heights[2] // 2
    for plan in plans[:2]:
        assert plan.stars.right() < plan.labels[0].left() < plan.labels[1].left()


@pytest.mark.parametrize(("width_px", "right_px"), [(200, 5 * 16), (50, 16), (104, 5 * 16)])
def test_stars_never_reach_beyond_the_picture(width_px: int, right_px: int) -> None:
    image = QImage(240, 120, QImage.Format.Format_RGB32)
    image.fill(RED)
    rect = QRect(10, 10, width_px, 100)
    painter = QPainter(image)
    TilePainter(painter, DARK, 1.0, QFont()).rating(rect, 5)
    painter.end()
    touched = {x for x in range(240) for y in range(120) if image.pixelColor(x, y) != RED}
    assert rect.left() < min(touched) < max(touched) <= rect.right()
    assert max(touched) >= rect.left() + right_px


def test_a_missing_file_says_so_in_its_place() -> None:
    image = QImage(240, 240, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    TilePainter(painter, DARK, 1.0, QFont()).placeholder(CELL, "This file is missing or damaged.")
    painter.end()
    colours = {image.pixelColor(x, y).name() for x in range(20, 220, 2) for y in range(90, 150)}
    assert DARK.panel in colours
    assert len(colours) > 3
