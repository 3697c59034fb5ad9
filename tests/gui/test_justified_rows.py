"""Justified rows: whole pictures from edge to edge, whatever their shapes, wherever one looks first."""

from __future__ import annotations

import itertools
import random
from array import array

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from seedream_desktop.gui.gallery_layout import Move
from seedream_desktop.gui.justified_rows import ASPECT_ONE, BLOCK_PLACES, JustifiedRows, Shapes

shapes = st.lists(st.integers(300, 4000), min_size=1, max_size=4 * BLOCK_PLACES)


def laid_out(aspects: list[int], width_px: int = 1200, sections: tuple[int, ...] = ()) -> JustifiedRows:
    layout = JustifiedRows(Shapes(array("H", aspects), sections), width_px, 200)
    while layout.settle(0, layout.height_px) is not None:
        pass
    return layout


@given(shapes, st.integers(300, 3000))
def test_cells_stand_in_reading_order_inside_the_width_and_never_overlap(
    aspects: list[int], width: int
) -> None:
    layout = laid_out(aspects, width)
    cells = [layout.cell(place) for place in range(layout.count)]
    for before, after in itertools.pairwise(cells):
        is_beside = after.top() == before.top() and after.left() > before.right()
        assert is_beside or after.top() > before.bottom()
    assert all(cell.left() >= layout.margin_px for cell in cells)
    assert max(cell.right() for cell in cells) < max(width - layout.margin_px, layout.margin_px + 1)
    assert cells[-1].bottom() + 1 + layout.margin_px == layout.height_px


@given(shapes)
def test_a_cell_has_the_shape_of_its_picture(aspects: list[int]) -> None:
    layout = laid_out(aspects)
    for place, aspect in enumerate(aspects):
        cell = layout.cell(place)
        assert abs(cell.width() - cell.height() * aspect / ASPECT_ONE) <= aspect / ASPECT_ONE + 2


@given(shapes, st.data())
def test_the_middle_of_a_cell_finds_its_place(aspects: list[int], data: st.DataObject) -> None:
    layout = laid_out(aspects)
    place = data.draw(st.integers(0, layout.count - 1))
    assert layout.row_at(layout.cell(place).center()) == place


@given(shapes, st.integers(-100, 5000), st.integers(1, 2000))
def test_a_band_holds_the_places_that_reach_into_it(aspects: list[int], top: int, height: int) -> None:
    layout = laid_out(aspects)
    band = QRect(0, top, 10_000, height)
    expected = [place for place in range(layout.count) if layout.cell(place).intersects(band)]
    assert list(layout.rows_in(top, top + height)) == expected


@given(shapes, st.sampled_from(Move), st.data())
def test_the_keyboard_never_leaves_the_gallery(aspects: list[int], move: Move, data: st.DataObject) -> None:
    layout = laid_out(aspects)
    place = data.draw(st.integers(0, layout.count - 1))
    assert 0 <= layout.neighbour(place, move, 700) < layout.count


def test_all_lines_but_the_last_of_a_day_reach_the_right_edge() -> None:
    chosen = random.Random(3)
    aspects = [chosen.choice((576, 768, 1024, 1365, 1820)) for _ in range(300)]
    layout = laid_out(aspects, sections=(0, 130))
    place, ragged = 0, []
    while place < layout.count:
        line = layout.line(place)
        if layout.cell(line.stop - 1).right() != layout.width_px - layout.margin_px - 1:
            ragged.append(line.stop)
        place = line.stop
    assert set(ragged) <= {130, 300}


def test_only_what_is_looked_at_is_broken_into_lines() -> None:
    layout = JustifiedRows(Shapes(array("H", [1365] * 100_000)), 1200, 200)
    layout.settle(500_000, 501_000)
    list(layout.rows_in(500_000, 501_000))
    assert len(layout._lines) <= 4


def test_what_was_exact_says_how_far_it_moved_when_what_is_above_becomes_exact() -> None:
    chosen = random.Random(5)
    layout = JustifiedRows(Shapes(array("H", [chosen.choice((576, 3000)) for _ in range(5000)])), 1200, 200)
    layout.settle(40_000, 40_800)
    place = layout.rows_in(40_000, 40_800)[0]
    before = layout.cell(place).top()
    moved = layout.settle(30_000, 40_800)
    assert moved is not None
    assert layout.cell(place).top() - before == moved
