"""What is renamed stays selected, though its new name is a new row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.renamed_selection import RenamedSelection
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.acts import Done
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.pictures import LibraryChange
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, draw_thumbnail

OLD = tuple(a_picture(number) for number in (3, 4, 6))
NEW = tuple(a_picture(number, id=f"Inbox/hero {number:04}.jpeg") for number in (3, 4, 6))


class FakeActs(QObject):
    done = Signal(object)


class Stage:
    """A gallery in which three pictures are selected and renamed."""

    def __init__(self, qtbot: QtBot, model: GalleryModel, view: GalleryView, library: FakeLibrary) -> None:
        self.qtbot, self.model, self.view, self.library = qtbot, model, view, library
        self.acts = FakeActs()
        self.selecting = RenamedSelection(view, model, self.acts)  # type: ignore[arg-type]
        for row in (3, 4, 6):
            view.selectionModel().select(model.index(row), view.selectionModel().SelectionFlag.Select)

    def rename(self) -> None:
        names = {old.id: new for old, new in zip(OLD, NEW, strict=True)}
        pictures = (names.get(one.id, one) for one in self.library.all.values())
        self.library.all = {one.id: one for one in pictures}
        ids = tuple(one.id for one in NEW)
        self.acts.done.emit(Done(ActivityKind.RENAME, 3, 3, is_stopped=False, step=None, ids=ids))
        self.model.apply_change(LibraryChange(added=NEW, removed=tuple(one.id for one in OLD)))

    def wait(self) -> None:
        self.qtbot.waitUntil(lambda: self.model.row_of(NEW[0].id) is not None)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    reading, drawing = TaskRunner(1), TaskRunner(1)
    model, library = GalleryModel(reading, load_catalog(Path("resources/models.toml"))), FakeLibrary(20)
    with qtbot.waitSignal(model.query_shown):
        model.set_library(library)
    view = GalleryView(model, ThumbnailCache(tmp_path, drawing, draw_thumbnail))
    qtbot.addWidget(view)
    yield Stage(qtbot, model, view, library)
    reading.close(2000)
    drawing.close(2000)


def test_what_is_renamed_stays_selected(stage: Stage) -> None:
    stage.rename()
    stage.wait()
    assert stage.view.selected_ids() == tuple(one.id for one in NEW)
    assert stage.view.currentIndex().row() == 3


def test_what_was_selected_meanwhile_is_left_alone(stage: Stage) -> None:
    stage.rename()
    stage.view.select_row(0)
    stage.wait()
    assert stage.view.selected_rows() == [0]
