"""A selection in many pieces outlives that many rows come and go, and does not make it slow."""

from __future__ import annotations

import random
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
from seedream_desktop.state.row_edits import edits
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


@given(st.lists(st.integers(0, 60), unique=True), st.lists(st.integers(0, 60), unique=True), st.data())
def test_what_is_left_is_what_was_selected_and_stayed(
    old: list[int], new: list[int], data: st.DataObject
) -> None:
    """For any two listings, and any rows selected in the first."""
    before, after = [str(key) for key in old], [str(key) for key in new]
    found, rows = edits(before, after), list(before)
    selected = data.draw(st.sets(st.sampled_from(before))) if before else set()
    gone: set[str] = set()
    for edit in found:
        gone.update(rows[edit.start : edit.start + edit.removed])
        rows[edit.start : edit.start + edit.removed] = edit.inserted
    left = left_over([(row, row + 1) for row, key in enumerate(before) if key in selected], found)
    assert [after[row] for start, end in left for row in range(start, end)] == [
        key for key in after if key in selected - gone
    ]
    assert all(first[1] < second[0] for first, second in pairwise(left))


@pytest.mark.parametrize("seed", range(12))
def test_what_goes_and_comes_back_elsewhere_stays_selected(
    qtbot: QtBot, view: GalleryView, seed: int
) -> None:
    """However many others move, come or go at the same time."""
    chance, model = random.Random(seed), view.model()
    assert isinstance(model, GalleryModel)
    library, selection = FakeLibrary(30), view.selectionModel()
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)
    for row in chance.sample(range(30), 4):
        selection.select(model.index(row), selection.SelectionFlag.Select)
    chosen, ids = set(view.selected_ids()), list(library.all)
    for one in chance.sample(ids, 4):
        ids.remove(one)
        ids.insert(chance.randrange(len(ids)), one)
    gone = next(one for one in ids if one not in chosen)
    library.all = {one: library.all[one] for one in ids if one != gone}
    with qtbot.waitSignal(model.count_changed):
        model.refresh()
    assert set(view.selected_ids()) == chosen


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


def test_no_piece_of_a_selection_is_moved_for_every_run_of_rows_that_come_back(
    qtbot: QtBot, view: GalleryView
) -> None:
    model, selection = view.model(), view.selectionModel()
    assert isinstance(model, GalleryModel)
    library = FakeLibrary(COUNT)
    away = {key: library.all[key] for key in [*library.all][:240:4]}  # few enough for one run each
    everything = dict(library.all)
    for key in away:
        del library.all[key]
    model.set_library(library)
    qtbot.waitUntil(lambda: model.rowCount() == len(library.all))
    view.selectAll()
    chosen = {*view.selected_ids()}
    assert chosen == {*library.all}
    pieces: list[int] = []
    model.rowsInserted.connect(lambda *_: pieces.append(selection.selection().count()))
    library.all = everything
    model.apply_change(LibraryChange(is_everything=True))
    qtbot.waitUntil(lambda: model.rowCount() == COUNT)
    assert len(pieces) == len(away)
    assert max(pieces) == 0
    assert {*view.selected_ids()} == chosen


def test_a_selection_is_told_once_when_many_pictures_come_back_at_the_front(
    qtbot: QtBot, view: GalleryView
) -> None:
    model = view.model()
    assert isinstance(model, GalleryModel)
    library = FakeLibrary(COUNT)
    away = [library.all.pop(key) for key in [*library.all][:100]]
    model.set_library(library)
    qtbot.waitUntil(lambda: model.rowCount() == COUNT - 100 and model.picture(0) is not None)
    view.selectAll()
    chosen = {*view.selected_ids()}
    told: list[object] = []
    view.selection_changed.connect(told.append)
    model.apply_change(LibraryChange(added=tuple(reversed(away))))
    assert [picture and picture.id for picture in map(model.picture, range(100))] == [one.id for one in away]
    assert {*view.selected_ids()} == chosen
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
