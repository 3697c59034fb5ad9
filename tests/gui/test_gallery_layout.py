"""The geometry of the gallery: every tile has a place, and every place finds its tile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from seedream_desktop.gui.gallery_layout import EvenCells, Move, centred, fitted

layouts = st.builds(
    EvenCells, count=st.integers(1, 3000), width_px=st.integers(60, 4000), tile_px=st.integers(96, 512)
)


@given(layouts, st.data())
def test_the_middle_of_a_cell_finds_its_row(layout: EvenCells, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, layout.count - 1))
    assert layout.row_at(layout.cell(row).center()) == row


@given(layouts, st.integers(-100, 5000), st.integers(0, 3000))
def test_rows_in_a_band_are_exactly_those_that_reach_into_it(
    layout: EvenCells, top: int, height: int
) -> None:
    band = range(top, top + height)
    rows = layout.rows_in(top, top + height)
    expected = [
        row
        for row in range(layout.count)
        if layout.cell(row).top() < band.stop and layout.cell(row).bottom() >= band.start and height
    ]
    assert list(rows) == expected


@given(layouts, st.integers(-50, 4000), st.integers(-50, 4000), st.integers(1, 900), st.integers(1, 900))
def test_a_rubber_band_touches_exactly_the_cells_it_crosses(
    layout: EvenCells, x: int, y: int, width: int, height: int
) -> None:
    band = QRect(x, y, width, height)
    found = [row for run in layout.rows_touching(band) for row in run]
    assert found == [row for row in range(layout.count) if layout.cell(row).intersects(band)]


@given(layouts)
def test_cells_stay_inside_the_width_and_do_not_overlap(layout: EvenCells) -> None:
    first, last = layout.cell(0), layout.cell(min(layout.columns, layout.count) - 1)
    assert first.left() == layout.margin_px
    assert last.right() < max(layout.width_px, 2 * layout.margin_px + 1)
    assert layout.cell(layout.count - 1).bottom() + 1 + layout.margin_px == layout.height_px


@given(layouts, st.sampled_from(Move), st.data())
def test_the_keyboard_never_leaves_the_gallery(layout: EvenCells, move: Move, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, layout.count - 1))
    assert 0 <= layout.neighbour(row, move, 700) < layout.count


@pytest.mark.parametrize(
    ("row", "move", "expected"),
    [
        (0, Move.LEFT, 0),
        (3, Move.RIGHT, 4),
        (1, Move.DOWN, 5),
        (1, Move.UP, 1),
        (7, Move.DOWN, 9),
        (9, Move.DOWN, 9),
        (0, Move.END, 9),
        (9, Move.HOME, 0),
        (1, Move.PAGE_DOWN, 9),
        (9, Move.PAGE_UP, 1),
    ],
)
def test_the_keyboard_moves_through_ten_tiles_in_lines_of_four(row: int, move: Move, expected: int) -> None:
    layout = EvenCells(count=10, width_px=4 * 200 + 3 * 8 + 24, tile_px=200)
    assert layout.columns == 4
    assert layout.neighbour(row, move, page_px=700) == expected


def test_a_gap_and_a_margin_belong_to_no_tile() -> None:
    layout = EvenCells(count=4, width_px=440, tile_px=204)
    assert layout.row_at(QPoint(2, 2)) is None
    assert layout.row_at(QPoint(layout.cell(0).right() + 3, 50)) is None
    assert layout.row_at(QPoint(-5, -5)) is None


def test_an_empty_band_holds_no_row() -> None:
    assert not EvenCells(count=1, width_px=60, tile_px=96).rows_in(13, 13)


def test_nothing_takes_no_room() -> None:
    layout = EvenCells(count=0, width_px=800, tile_px=200)
    assert layout.height_px == 0
    assert not layout.rows_in(0, 1000)


@given(st.integers(1, 8000), st.integers(1, 8000))
def test_a_picture_lies_whole_inside_its_cell(width: int, height: int) -> None:
    cell = QRect(10, 20, 212, 212)
    rect = fitted(cell, width, height)
    assert cell.contains(rect)
    assert 212 in (rect.width(), rect.height())
    assert (rect.center() - cell.center()).manhattanLength() <= 2


def test_a_picture_without_a_known_shape_fills_its_cell() -> None:
    cell = QRect(0, 0, 50, 50)
    assert fitted(cell, 0, 0) == cell
    assert centred(cell, cell.size()) == cell
