"""Tags used lately stand first, also after a restart, and go with the board that alone had them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.tag_popup import TagPopup
from seedream_desktop.gui.tagging import RECENT_MOST, TagTie
from seedream_desktop.library.values import Picture
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def opened(stage: WindowStage, *pictures: Picture) -> TagPopup:
    stage.select(pictures)
    QTest.keyClick(stage.window.gallery, Qt.Key.Key_T)
    stage.qtbot.waitUntil(lambda: any(one.isVisible() for one in stage.window.findChildren(TagPopup)))
    return next(one for one in stage.window.findChildren(TagPopup) if one.isVisible())


def give(stage: WindowStage, popup: TagPopup, tag: str) -> None:
    popup.field.setText(tag)
    with stage.qtbot.waitSignal(stage.session.pictures.acts.done):
        QTest.keyClick(popup.field, Qt.Key.Key_Return)


def shown(popup: TagPopup) -> list[str]:
    return [popup.list.item(row).text() for row in range(popup.list.count())]


def test_tags_used_lately_come_back_after_a_restart(stage: WindowStage) -> None:
    first, second = stage.fill(2)
    stage.session.pictures.the_library().mark((first.id,), add_tags=["blue", "hero", "zebra"])
    popup = opened(stage, first)
    give(stage, popup, "zebra")
    popup.close()
    library_id = stage.session.pictures.the_library().id
    settings = stage.window.settings()
    assert settings.recent_tags == ((library_id, "zebra"),)
    later = TagTie(stage.window.gallery, stage.session)
    later.come_back(settings)
    assert later.remembered(Settings()).recent_tags == settings.recent_tags
    assert shown(opened(stage, second)) == ["zebra", "blue", "hero"]


def test_a_renamed_tag_is_remembered_under_its_new_name(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    popup = opened(stage, picture)
    give(stage, popup, "heroe")
    popup.start_renaming("heroe")
    give(stage, popup, "hero")
    assert [tag for _, tag in stage.window.settings().recent_tags] == ["hero"]
    assert stage.session.pictures.the_library().record(picture.id).marks.tag_names == ("hero",)


def test_so_many_are_remembered_and_no_more(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    popup = opened(stage, picture)
    for number in range(RECENT_MOST + 2):
        give(stage, popup, f"tag {number}")
    kept = [tag for _, tag in stage.window.settings().recent_tags]
    assert kept == [f"tag {number}" for number in range(RECENT_MOST + 1, 1, -1)]


def test_a_tag_goes_with_the_board_that_alone_had_it(stage: WindowStage) -> None:
    library = stage.session.pictures.the_library()
    kept, secret = stage.fill(2)
    board = library.create_board("Acme")
    popup = opened(stage, kept)
    give(stage, popup, "kept")
    (moved,) = library.move((secret.id,), board.id)
    library.mark((moved.id,), add_tags=["Acme only"])
    stage.window.ties.browsing.acting.tags._keep(("Acme only", "kept"))
    with stage.qtbot.waitSignal(stage.session.forgetting.forgotten):
        stage.session.forgetting.forget(board.id)
    stage.qtbot.waitUntil(lambda: [tag for _, tag in stage.window.settings().recent_tags] == ["kept"])
