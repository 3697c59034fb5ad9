"""The viewer judges by key and goes on, looks ahead, and keeps its zoom; the space bar is a hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColorSpace, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.state.pictures import LibraryChange
from tests.gui.viewer_stage import COLOURS, Stage

Key = Qt.Key


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.close()


def space(stage: Stage, kind: QEvent.Type, *, repeats: bool = False) -> None:
    event = QKeyEvent(kind, Key.Key_Space, Qt.KeyboardModifier.NoModifier, " ", repeats)
    QApplication.sendEvent(stage.viewer, event)


def test_a_key_rejects_the_picture_on_the_stage(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    with qtbot.waitSignal(stage.viewer.act_requested) as told:
        QTest.keyClick(stage.viewer, Key.Key_X)
    assert told.args == [PictureKey.REJECT, stage.pictures[1]]
    assert stage.viewer.stage.row == 2


def test_a_rejected_picture_says_so_and_taking_that_back_does_not_advance(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    stage.model.apply_change(LibraryChange(changed=(replace(stage.pictures[1], rejected=True),)))
    shown = {label.text() for label in stage.viewer.findChildren(QLabel) if label.isVisible()}
    assert "✕ Rejected" in shown
    QTest.keyClick(stage.viewer, Key.Key_X)
    assert stage.viewer.stage.row == 1


def test_at_the_last_picture_it_stays(stage: Stage) -> None:
    stage.show(4)
    QTest.keyClick(stage.viewer, Key.Key_5)
    assert stage.viewer.stage.row == 4


@pytest.mark.parametrize(("is_kept", "zoom"), [(True, 2.0), (False, 1.0)])
def test_the_zoom_is_kept_where_that_is_wished(stage: Stage, is_kept: bool, zoom: float) -> None:
    stage.show(1)
    stage.viewer.header.set_choices(advances=True, keeps_zoom=is_kept)
    stage.viewer.canvas.zoom_by(2.0)
    QTest.keyClick(stage.viewer, Key.Key_Right)
    assert stage.viewer.canvas.zoom == zoom


def test_the_next_pictures_are_decoded_ahead(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    there = stage.viewer.stage._pictures
    qtbot.waitUntil(lambda: all(there.get(stage.paths[row]) is not None for row in (0, 1, 2, 3)))
    QTest.keyClick(stage.viewer, Key.Key_Right)
    assert stage.viewer.stage.full is not None


def test_a_look_by_a_held_space_bar_ends_with_it(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    space(stage, QEvent.Type.KeyPress, repeats=True)  # the press itself was the gallery's
    with qtbot.waitSignal(stage.viewer.closed):
        space(stage, QEvent.Type.KeyRelease)


def test_a_space_bar_pressed_here_is_the_hand(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    with qtbot.assertNotEmitted(stage.viewer.closed):
        space(stage, QEvent.Type.KeyPress)
        assert stage.viewer.canvas.has_hand
        space(stage, QEvent.Type.KeyPress, repeats=True)
        space(stage, QEvent.Type.KeyRelease)
    assert not stage.viewer.canvas.has_hand


def facts(stage: Stage) -> set[str]:
    return {label.text() for label in stage.viewer.findChildren(QLabel)}


def test_a_screens_profile_is_said_and_pictures_are_read_anew_for_it(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    stage.show(1)
    (tmp_path / "p3.icc").write_bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    qtbot.waitUntil(lambda: any(text.endswith(" · sRGB") for text in facts(stage)))
    stage.viewer.stage.set_screen(tmp_path / "p3.icc")
    qtbot.waitUntil(lambda: any("P3" in text for text in facts(stage)))


def test_a_preview_has_the_colours_of_the_screen_before_the_picture_is_there(
    qtbot: QtBot, stage: Stage, tmp_path: Path
) -> None:
    stage.show(1)
    (tmp_path / "p3.icc").write_bytes(QColorSpace(QColorSpace.NamedColorSpace.DisplayP3).iccProfile().data())
    stage.viewer.stage.set_screen(tmp_path / "p3.icc")
    qtbot.waitUntil(lambda: stage.middle() != COLOURS[1])
    final = stage.viewer.stage._pictures
    qtbot.waitUntil(lambda: final.get(stage.paths[1]) is not None)
    painted = stage.middle()
    final.keep_only(())
    stage.viewer.stage._show_canvas()
    preview = stage.middle()
    assert stage.viewer.stage.full is None
    assert all(abs(a - b) <= 2 for a, b in zip(rgb(painted), rgb(preview), strict=True))


def rgb(name: str) -> tuple[int, int, int]:
    return int(name[1:3], 16), int(name[3:5], 16), int(name[5:7], 16)
