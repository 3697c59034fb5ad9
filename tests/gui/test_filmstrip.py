"""The filmstrip: the gallery's rows in one line, the current one marked and in view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.filmstrip import CELL_PX, Filmstrip
from seedream_desktop.gui.theme import colours_of
from seedream_desktop.state.pictures import LibraryChange
from tests.gui.viewer_stage import COLOURS, Stage, a_job


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path, count=40)
    yield stage
    stage.close()


@pytest.fixture
def strip(qtbot: QtBot, stage: Stage) -> Filmstrip:
    strip = Filmstrip(stage.model, stage.thumbnails)
    qtbot.addWidget(strip)
    strip.resize(600, strip.height())
    strip.show()
    return strip


def colour_of(strip: Filmstrip, row: int, offset: QPoint) -> str:
    at = strip.visualRect(strip.model().index(row, 0)).center() + offset
    return QColor(strip.viewport().grab().toImage().pixelColor(at)).name()


def test_thumbnails_are_shown_when_they_are_there(qtbot: QtBot, strip: Filmstrip) -> None:
    qtbot.waitUntil(lambda: colour_of(strip, 1, QPoint()) == COLOURS[1])


def test_the_current_row_is_outlined_and_in_the_middle(qtbot: QtBot, strip: Filmstrip) -> None:
    strip.show_row(20)
    rect = strip.visualRect(strip.model().index(20, 0))
    assert abs(rect.center().x() - strip.viewport().width() // 2) <= 2
    accent = colours_of(strip.palette()).accent
    qtbot.waitUntil(lambda: colour_of(strip, 20, QPoint()) == COLOURS[0])  # a wide picture: 72 × 54
    assert colour_of(strip, 20, QPoint(0, -CELL_PX * 3 // 8 - 2)) == accent
    assert colour_of(strip, 21, QPoint(0, -CELL_PX * 3 // 8 - 2)) != accent


def test_a_click_wishes_for_the_row(qtbot: QtBot, strip: Filmstrip) -> None:
    at = strip.visualRect(strip.model().index(3, 0)).center()
    with qtbot.waitSignal(strip.row_requested) as told:
        QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [3]


def test_only_what_is_seen_is_asked_for(qtbot: QtBot, stage: Stage, strip: Filmstrip) -> None:
    qtbot.waitUntil(lambda: colour_of(strip, 1, QPoint()) == COLOURS[1])
    last = stage.pictures[39]
    assert not stage.thumbnails.path_of(last.sha256).exists()


def test_a_job_has_a_cell_of_its_own(stage: Stage, strip: Filmstrip) -> None:
    stage.model.add_jobs((a_job(state=JobState.SENDING),))
    assert strip.model().rowCount() == 41
    assert colour_of(strip, 0, QPoint(20, 20)) == colours_of(strip.palette()).raised


def test_it_has_its_name(strip: Filmstrip) -> None:
    assert strip.accessibleName() == "Filmstrip"


def test_a_picture_is_dragged_out_of_it(qtbot: QtBot, stage: Stage, strip: Filmstrip) -> None:
    at = strip.visualRect(strip.model().index(2, 0)).center()
    with qtbot.waitSignal(strip.drag_requested) as told, qtbot.assertNotEmitted(strip.row_requested):
        QTest.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QTest.mouseMove(strip.viewport(), at + QPoint(40, 0))
        QTest.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [(stage.pictures[2],)]


def test_rejected_pictures_step_back(qtbot: QtBot, stage: Stage, strip: Filmstrip) -> None:
    qtbot.waitUntil(lambda: colour_of(strip, 1, QPoint()) == COLOURS[1])
    stage.model.apply_change(LibraryChange(changed=(replace(stage.pictures[1], rejected=True),)))
    assert colour_of(strip, 1, QPoint()) != COLOURS[1]
