"""A followed row stays with its tile while rows come, go and are asked for anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.job import JobState
from seedream_desktop.library.values import Order, Query
from seedream_desktop.state.followed_row import FollowedRow
from seedream_desktop.state.pictures import LibraryChange
from tests.gui.viewer_stage import Stage, a_job, a_picture


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.close()


@pytest.fixture
def followed(stage: Stage) -> FollowedRow:
    followed = FollowedRow(stage.model)
    followed.follow(2)
    return followed


def test_rows_that_come_before_it_move_it(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    tile = followed.tile
    with qtbot.waitSignal(followed.moved) as told:
        stage.model.add_jobs((a_job(),))
    assert told.args == [3]
    assert followed.tile == tile


def test_rows_that_go_before_it_move_it(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    with qtbot.waitSignal(followed.moved) as told:
        stage.model.apply_change(LibraryChange(removed=(stage.pictures[0].id,)))
    assert told.args == [1]


def test_rows_that_come_behind_it_say_nothing(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    with qtbot.assertNotEmitted(followed.moved), qtbot.assertNotEmitted(followed.replaced):
        stage.model.apply_change(LibraryChange(removed=(stage.pictures[4].id,)))


def test_the_next_one_takes_its_place(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    with qtbot.waitSignal(followed.replaced) as told:
        stage.model.apply_change(LibraryChange(removed=(stage.pictures[2].id,)))
    assert told.args == [2]
    assert stage.model.picture(followed.row) == stage.pictures[3]


def test_a_query_without_it_gives_its_place_to_another(
    qtbot: QtBot, stage: Stage, followed: FollowedRow
) -> None:
    with qtbot.waitSignal(followed.replaced) as told:
        stage.model.set_query(Query(text="number 4"))
    assert told.args == [0]


def test_a_query_without_any_row_loses_it(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    with qtbot.waitSignal(followed.lost):
        stage.model.set_query(Query(text="no such picture"))
    assert followed.row == -1
    assert followed.tile is None


def test_a_job_is_followed_through_another_query(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    stage.model.add_jobs((a_job(state=JobState.SENDING),))
    followed.follow(0)
    tile = followed.tile
    with qtbot.waitSignal(stage.model.query_shown):
        stage.model.set_query(Query(order=Order.OLDEST))
    assert followed.tile == tile


def test_a_new_value_of_the_tile_is_told(qtbot: QtBot, stage: Stage, followed: FollowedRow) -> None:
    changed = a_picture(2, stage.paths[2], rating=5)
    with qtbot.waitSignal(followed.tile_changed):
        stage.model.apply_change(LibraryChange(changed=(changed,)))
