"""More like this, and what is there twice, in the real window with the real decoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.library.values import Order
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def test_more_like_this_shows_the_picture_itself_first(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(3)
    stage.select(pictures[1:2])
    stage.window.gallery.act_requested.emit(PictureKey.ALIKE)
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    stage.qtbot.waitUntil(lambda: session.gallery.picture_count == 1)  # the others are not known yet
    assert session.gallery.picture_id(0) == pictures[1].id


def test_the_usual_order_comes_back_with_the_next_place(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(2)
    stage.select(pictures[:1])
    stage.window.gallery.act_requested.emit(PictureKey.ALIKE)
    stage.qtbot.waitUntil(lambda: session.gallery.query.order is Order.LIKENESS)
    stage.window.header.search_changed.emit("cat", ())
    assert session.gallery.query.like
    stage.window.sidebar.query_requested.emit(type(session.gallery.query)())
    assert session.gallery.query.order is Order.NEWEST
    assert not session.gallery.query.like


def test_duplicates_are_found_from_the_menu(stage: WindowStage, session: Session) -> None:
    pictures = stage.fill(2)
    library = session.pictures.the_library()
    checked = session.worker.check_picture(pictures[0].path, None)
    copy = library.import_picture(pictures[0].path, checked, library.create_board("Elsewhere").id)
    stage.window.commands.duplicates_requested.emit()
    assert session.gallery.query.text == "is:duplicate"
    gallery, wanted = session.gallery, {pictures[0].id, copy.id}
    stage.qtbot.waitUntil(lambda: {gallery.picture_id(row) for row in range(gallery.rowCount())} == wanted)
