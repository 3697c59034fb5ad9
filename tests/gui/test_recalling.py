"""What was seen last is there before the library is, stays in place as that comes, and is not acted upon."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.library.last_seen import LastSeen
from seedream_desktop.library.values import Query
from seedream_desktop.settings import Arrangement, Settings
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, draw_thumbnail

COUNT = 2000
Shown = dict[str, tuple[QRect, str]]
Make = Callable[[Settings], GalleryView]


def shown(view: GalleryView) -> Shown:
    """Where each picture in view lies, and how large its stack is."""
    model = model_of(view)
    return {
        str(model.picture_id(row)): (view.cell(row), view.stack_badge(row)) for row in view.rows_in_view()
    }


def model_of(view: GalleryView) -> GalleryModel:
    model = view.model()
    assert isinstance(model, GalleryModel)
    return model


@pytest.fixture
def library() -> FakeLibrary:
    """Stacks of three among single pictures, a day for every 37."""
    library = FakeLibrary(COUNT)
    for number, picture in enumerate(tuple(library.all.values())):
        press_id = f"press {number // 3}" if number % 12 < 3 else ""
        library.all[picture.id] = replace(picture, press_id=press_id, width_px=1024 + 97 * (number % 11))
        library.arranging.days[picture.id] = 20260101 + 100 * (11 - number // 37 % 12) + 27 - number // 444
    return library


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    reading, drawing = TaskRunner(1), TaskRunner(2)
    kept: list[object] = []

    def make(settings: Settings) -> GalleryView:
        model = GalleryModel(reading, load_catalog(Path("resources/models.toml")))
        view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
        kept.extend((model, view))
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.come_back(settings)
        view.show()
        return view

    yield make
    assert reading.close(60_000)
    assert drawing.close(60_000)


def left(qtbot: QtBot, view: GalleryView, library: FakeLibrary, value: int = 0) -> tuple[Settings, LastSeen]:
    """What a gallery that was scrolled there leaves for the next start."""
    model = model_of(view)
    with qtbot.waitSignal(model.arranged):
        model.set_library(library)
    view.verticalScrollBar().setValue(value)
    qtbot.waitUntil(lambda: view.shows_every_picture)
    view.select_row(view.rows_in_view()[2])  # which may bring others into view
    qtbot.waitUntil(lambda: view.shows_every_picture and set(view.rows_in_view()) <= set(view.to_recall()[1]))
    rows, sides_px = view.to_recall()
    assert model.is_as_at_start
    assert set(view.rows_in_view()) <= set(rows)
    assert all(sides_px[row] for row in view.rows_in_view())
    seen = model.seen_rows(rows, sides_px)
    return view.remembered(Settings(arrangement=view.arrangement)), LastSeen(
        "library", Path("/library"), model.query, rows.start == 0, seen
    )


@pytest.mark.parametrize("value", [0, 3000, 20_000, 1 << 30])
@pytest.mark.parametrize("arrangement", Arrangement)
def test_it_is_there_at_once_and_nothing_moves_when_the_library_comes(
    qtbot: QtBot,
    make: Make,
    library: FakeLibrary,
    arrangement: Arrangement,
    value: int,
) -> None:
    settings, seen = left(qtbot, make(Settings(arrangement=arrangement)), library, value)
    view = make(settings)
    model = model_of(view)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.recall(seen)
    at_once = shown(view)
    assert len(at_once) > 8
    assert model.picture_count == 0  # nobody is told how many there are
    moments: list[Shown] = []
    model.query_shown.connect(lambda _: moments.append(shown(view)))
    painted = [model.tile(row).picture for row in view.rows_in_view()]  # type: ignore[union-attr]
    assert None not in painted
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)
    assert moments == [at_once]
    assert not model.is_recalled
    assert all(model.picture(row) is not None for row in view.rows_in_view())
    assert view.selected_ids() == settings.selected_ids
    del tester


def test_what_is_only_recalled_is_not_acted_upon_and_not_remembered(
    qtbot: QtBot, make: Make, library: FakeLibrary
) -> None:
    settings, seen = left(qtbot, make(Settings()), library, 3000)
    view = make(settings)
    model_of(view).recall(seen)
    view.selectAll()
    assert (view.selected_ids(), view.selected_pictures()) == ((), ())
    assert view.remembered(settings) == settings
    assert not model_of(view).is_as_at_start


def test_a_picture_that_is_gone_since_goes(qtbot: QtBot, make: Make, library: FakeLibrary) -> None:
    settings, seen = left(qtbot, make(Settings()), library)
    gone = seen.ids[3]
    del library.all[gone]
    view = make(settings)
    model = model_of(view)
    model.recall(seen)
    assert model.row_of(gone) is not None
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)
    assert model.row_of(gone) is None
    assert model.picture_count == COUNT - 1


def test_it_goes_where_no_library_can_be_opened_or_another_place_is_wanted(
    qtbot: QtBot, make: Make, library: FakeLibrary
) -> None:
    settings, seen = left(qtbot, make(Settings()), library)
    view = make(settings)
    model = model_of(view)
    model.recall(seen)
    model.refresh()  # nobody can be asked yet: it stays
    assert model.is_recalled
    model.drop_recalled()
    assert (model.rowCount(), model.is_recalled) == (0, False)
    model.recall(seen)
    model.set_query(Query(text="cat"))
    assert (model.rowCount(), model.is_recalled) == (0, False)
    assert not model.can_recall(seen.query)
