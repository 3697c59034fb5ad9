"""A picture that is renamed while it is seen large stays on the stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.renamed_selection import RenamedSelection
from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.acts import Done
from seedream_desktop.state.pictures import LibraryChange
from tests.gui.viewer_stage import Stage


class FakeActs(QObject):
    done = Signal(object)


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.close()


@pytest.mark.parametrize("is_seen", [True, False])
def test_it_stays_on_the_stage(qtbot: QtBot, stage: Stage, is_seen: bool) -> None:
    view, acts = GalleryView(stage.model, stage.thumbnails), FakeActs()
    qtbot.addWidget(view)
    renamed = RenamedSelection(view, stage.model, acts)  # type: ignore[arg-type]
    stage.show(2)
    old = stage.pictures[2]
    new = replace(old, id="Inbox/renamed 0001.png")
    stage.library.all = {one.id: one for one in (new if one == old else one for one in stage.pictures)}
    renamed.keep_seen(stage.viewer if is_seen else None)
    stage.model.apply_change(LibraryChange(added=(new,), removed=(old.id,)))
    acts.done.emit(Done(ActivityKind.RENAME, 1, 1, is_stopped=False, step=None, ids=(new.id,)))
    qtbot.waitUntil(lambda: stage.model.row_of(new.id) is not None)
    seen = stage.viewer.current_picture()
    assert (seen == new) is is_seen
