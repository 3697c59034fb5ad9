"""A selection in many pieces outlives the removal of many rows, and does not make it slow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.spared_selection import left_over
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, draw_thumbnail

COUNT = 400


@pytest.fixture
def view(qtbot: QtBot, tmp_path: Path) -> Iterator[GalleryView]:
    reading, drawing = TaskRunner(1), TaskRunner(1)
    model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
    with qtbot.waitSignal(model.query_shown):
        model.set_library(FakeLibrary(COUNT))
    view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
    qtbot.addWidget(view)
    yield view
    reading.close(2000)
    drawing.close(2000)


@given(st.sets(st.integers(0, 60)), st.sets(st.integers(0, 60)))
def test_what_is_left_is_what_was_selected_and_did_not_go(selected: set[int], gone: set[int]) -> None:
    left = left_over([(row, row + 1) for row in selected], sorted(gone))
    stays = [row for row in range(61) if row not in gone]
    assert [row for start, end in left for row in range(start, end)] == [
        place for place, row in enumerate(stays) if row in selected
    ]
    assert all(before[1] < after[0] for before, after in pairwise(left))


def test_no_piece_of_a_selection_is_moved_for_every_run_of_rows_that_go(
    qtbot: QtBot, view: GalleryView
) -> None:
    model, selection = view.model(), view.selectionModel()
    assert isinstance(model, GalleryModel)
    for row in range(0, COUNT, 2):
        selection.select(model.index(row), selection.SelectionFlag.Select)
    chosen = view.selected_ids()
    gone, stays = chosen[:120:2], {*chosen[1:120:2], *chosen[120:]}
    moved: list[int] = []
    told: list[object] = []
    model.rowsAboutToBeRemoved.connect(lambda *_: moved.append(selection.selection().count()))
    view.selection_changed.connect(told.append)
    model.apply_change(LibraryChange(removed=gone))
    assert len(moved) == len(gone)
    assert max(moved) <= 1  # what Qt makes the current row, as that goes, too
    assert {*view.selected_ids()} == stays
    qtbot.waitUntil(lambda: len(told) == 1)
