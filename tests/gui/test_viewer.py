"""The viewer shows a row, goes to its neighbours, follows what changes, and wishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import Billed, Problem, ProblemKind
from seedream_desktop.generation.job import JobState
from seedream_desktop.gui.star_row import StarRow
from seedream_desktop.library.values import Query
from seedream_desktop.pipeline.events import PictureSaved
from seedream_desktop.state.pictures import LibraryChange
from tests.compose_stage import a_reference
from tests.gui.viewer_stage import COLOURS, Stage, a_job, a_picture, write_picture

Key = Qt.Key


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(qtbot, tmp_path)
    yield stage
    stage.close()


def test_the_picture_of_the_row_is_painted(stage: Stage) -> None:
    stage.show(2)
    assert stage.viewer.current_picture() == stage.pictures[2]


@pytest.mark.parametrize(
    ("key", "row"), [(Key.Key_Left, 1), (Key.Key_Right, 3), (Key.Key_Home, 0), (Key.Key_End, 4)]
)
def test_keys_lead_to_other_pictures(qtbot: QtBot, stage: Stage, key: Qt.Key, row: int) -> None:
    stage.show(2)
    with qtbot.waitSignal(stage.viewer.row_changed) as told:
        QTest.keyClick(stage.viewer, key)
    assert told.args == [row]
    stage.wait_for(COLOURS[row])


def test_the_place_counts_pictures_and_nothing_that_failed(stage: Stage) -> None:
    problem = Problem(ProblemKind.RESULT_REFUSED)
    stage.show(1)
    stage.model.add_jobs((a_job(state=JobState.FAILED, problem=problem),))
    facts = {label.text() for label in stage.viewer.findChildren(QLabel)}
    assert any(text.startswith("2 of 5 · ") for text in facts)
    stage.viewer.show_row(0)
    assert not any(" of " in label.text() for label in stage.viewer.findChildren(QLabel))


def test_at_the_ends_there_is_nowhere_to_go(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    with qtbot.assertNotEmitted(stage.viewer.row_changed):
        QTest.keyClick(stage.viewer, Key.Key_Left)


def test_a_click_in_the_filmstrip_goes_there(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    strip = stage.viewer.filmstrip
    at = strip.visualRect(stage.model.index(3)).center()
    QTest.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    stage.wait_for(COLOURS[3])


@pytest.mark.parametrize("rating", range(6))
def test_a_figure_rates(qtbot: QtBot, stage: Stage, rating: int) -> None:
    stage.show(1)
    with qtbot.waitSignal(stage.viewer.rate_requested) as told:
        QTest.keyClick(stage.viewer, Qt.Key(Key.Key_0.value + rating))
    assert told.args == [(stage.pictures[1].id,), rating]


def test_keys_wish_for_the_picture_on_the_stage(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    viewer, picture = stage.viewer, stage.pictures[1]
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    for key, modifiers, signal, wished in (
        (Key.Key_E, Qt.KeyboardModifier.NoModifier, viewer.edit_requested, picture),
        (Key.Key_R, Qt.KeyboardModifier.NoModifier, viewer.reference_requested, (picture,)),
        (Key.Key_Delete, Qt.KeyboardModifier.NoModifier, viewer.trash_requested, (picture.id,)),
        (Key.Key_C, ctrl, viewer.copy_requested, picture),
        (Key.Key_C, ctrl | shift, viewer.copy_files_requested, (picture,)),
    ):
        with qtbot.waitSignal(signal) as told:
            QTest.keyClick(viewer, key, modifiers)
        assert told.args == [wished]


def test_keys_in_the_filmstrip_act_as_well(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    stage.viewer.filmstrip.setFocus()
    with qtbot.waitSignal(stage.viewer.edit_requested):
        QTest.keyClick(stage.viewer.filmstrip, Key.Key_E)


def test_escape_closes(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    with qtbot.waitSignal(stage.viewer.closed):
        QTest.keyClick(stage.viewer, Key.Key_Escape)


def test_a_click_on_a_star_rates_and_on_the_last_one_takes_them_away(qtbot: QtBot, stage: Stage) -> None:
    stage.show(3)
    stars = stage.viewer.findChild(StarRow)
    assert stars is not None
    assert stars.accessibleName() == "Rating: 3 of 5"
    for star, rating in ((4, 5), (2, 0)):
        at = stars.rect().center()
        at.setX(stars.width() * star // 5 + 5)
        with qtbot.waitSignal(stage.viewer.rate_requested) as told:
            QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=at)
        assert told.args == [(stage.pictures[3].id,), rating]


# What changes around it


def test_the_picture_stays_when_others_come_before_it(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    stage.show(2)
    newer = a_picture(9, write_picture(tmp_path / "new.png"), made_ms=99_000_000)
    with qtbot.waitSignal(stage.viewer.row_changed) as told:
        stage.model.apply_change(LibraryChange(added=(newer,)))
    assert told.args == [3]
    assert stage.viewer.current_picture() == stage.pictures[2]


def test_a_trashed_picture_gives_way_to_the_next(stage: Stage) -> None:
    stage.show(2)
    stage.model.apply_change(LibraryChange(removed=(stage.pictures[2].id,)))
    assert stage.viewer.current_picture() == stage.pictures[3]
    stage.wait_for(COLOURS[3])


def test_after_the_last_the_one_before_it_is_shown(stage: Stage) -> None:
    stage.show(4)
    stage.model.apply_change(LibraryChange(removed=(stage.pictures[4].id,)))
    assert stage.viewer.current_picture() == stage.pictures[3]


def test_without_a_picture_left_it_closes(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    with qtbot.waitSignal(stage.viewer.closed):
        stage.model.apply_change(LibraryChange(removed=tuple(one.id for one in stage.pictures)))
    assert stage.viewer.current_picture() is None


def test_another_query_keeps_the_picture_if_it_has_it(qtbot: QtBot, stage: Stage) -> None:
    stage.show(3)
    with qtbot.waitSignal(stage.model.query_shown):
        stage.model.set_query(Query(text="number 3"))
    assert stage.viewer.current_picture() == stage.pictures[3]


def test_a_new_rating_is_shown(stage: Stage) -> None:
    stage.show(1)
    stage.model.apply_change(LibraryChange(changed=(replace(stage.pictures[1], rating=4),)))
    stars = stage.viewer.findChild(StarRow)
    assert stars is not None
    assert stars.accessibleName() == "Rating: 4 of 5"


def test_out_of_sight_it_leaves_the_gallery_alone(qtbot: QtBot, stage: Stage) -> None:
    stage.show(2)
    stage.viewer.hide()
    with qtbot.assertNotEmitted(stage.viewer.row_changed), qtbot.assertNotEmitted(stage.viewer.closed):
        stage.model.apply_change(LibraryChange(removed=(stage.pictures[2].id,)))
        stage.model.apply_change(LibraryChange(removed=tuple(one.id for one in stage.pictures)))


def test_shown_again_it_begins_with_all_of_the_picture(stage: Stage) -> None:
    stage.show(2)
    stage.viewer.canvas.zoom_by(8.0)
    stage.viewer.hide()
    stage.show(2)
    assert stage.viewer.canvas.is_fit


# Jobs


def test_a_job_says_how_far_it_is(stage: Stage) -> None:
    stage.show(1)
    stage.model.add_jobs((a_job(state=JobState.ANSWERED),))
    stage.viewer.show_row(0)
    assert stage.viewer.current_picture() is None
    assert "fetching the picture" in stage.viewer.canvas.accessibleDescription()


def test_a_failed_job_says_why(stage: Stage) -> None:
    stage.show(1)
    problem = Problem(ProblemKind.QUOTA_SPENT, Billed.NO)
    stage.model.add_jobs((a_job(state=JobState.FAILED, problem=problem),))
    stage.viewer.show_row(0)
    assert "used up" in stage.viewer.canvas.accessibleDescription()


def a_result(stage: Stage, tmp_path: Path) -> PictureSaved:
    path = write_picture(tmp_path / "dog.png", colour="#102030")
    return PictureSaved("press-0", 0, a_picture(8, path, press_id="press", made_ms=99_000_000))


def test_a_result_in_the_row_takes_the_stage(stage: Stage, tmp_path: Path) -> None:
    stage.show(1)
    stage.model.add_jobs((a_job(state=JobState.SENDING),))
    stage.viewer.show_row(0)
    stage.model.place_picture(a_result(stage, tmp_path))
    stage.wait_for("#102030")


def test_a_result_asked_for_from_here_takes_the_stage(stage: Stage, tmp_path: Path) -> None:
    stage.show(1)
    stage.model.add_jobs((a_job(state=JobState.SENDING),))
    assert stage.viewer.current_picture() == stage.pictures[1]
    stage.model.place_picture(a_result(stage, tmp_path))
    stage.wait_for("#102030")


def test_a_result_does_not_disturb_who_has_moved_on(qtbot: QtBot, stage: Stage, tmp_path: Path) -> None:
    stage.show(1)
    stage.model.add_jobs((a_job(state=JobState.SENDING),))
    QTest.keyClick(stage.viewer, Key.Key_Right)
    stage.model.place_picture(a_result(stage, tmp_path))
    assert stage.viewer.current_picture() == stage.pictures[2]


# What it was made from


def test_held_b_shows_what_it_was_made_from(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    with qtbot.waitSignal(stage.viewer.before_wanted) as told:
        QTest.keyPress(stage.viewer, Key.Key_B)
    assert told.args == [stage.pictures[0]]
    stage.viewer.set_before(stage.before_path)
    stage.wait_for("#ffffff")
    QTest.keyRelease(stage.viewer, Key.Key_B)
    stage.wait_for(COLOURS[0])


def test_a_reference_is_looked_up_off_the_gui_thread(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    QTest.keyPress(stage.viewer, Key.Key_B)
    stage.viewer.set_before(a_reference())
    stage.wait_for("#ffffff")


def test_a_picture_made_from_words_says_so_and_stays(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    QTest.keyPress(stage.viewer, Key.Key_B)
    stage.viewer.set_before(None)
    assert stage.viewer.canvas.badge == "Made from words alone"
    assert stage.middle() == COLOURS[0]
    QTest.keyRelease(stage.viewer, Key.Key_B)
    assert stage.viewer.canvas.badge == ""


def test_a_before_that_is_gone_says_so(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    QTest.keyPress(stage.viewer, Key.Key_B)
    stage.viewer.set_before(stage.before_path.with_name("gone.png"))
    qtbot.waitUntil(lambda: "no longer" in stage.viewer.canvas.badge)


def test_another_picture_asks_anew_while_b_is_held(qtbot: QtBot, stage: Stage) -> None:
    stage.show(0)
    QTest.keyPress(stage.viewer, Key.Key_B)
    with qtbot.waitSignal(stage.viewer.before_wanted) as told:
        QTest.keyClick(stage.viewer, Key.Key_Right)
    assert told.args == [stage.pictures[1]]


# What goes wrong, and how it is dressed


def test_a_missing_file_says_so(qtbot: QtBot, stage: Stage) -> None:
    stage.paths[2].unlink()
    stage.viewer.show()
    stage.viewer.show_row(2)
    qtbot.waitUntil(lambda: "moved or deleted" in stage.viewer.canvas.accessibleDescription())


def test_a_picture_that_was_replaced_outside_is_seen_as_it_is_now(stage: Stage) -> None:
    stage.show(2)
    picture = stage.pictures[2]
    write_picture(stage.paths[2], colour="#ffffff")
    stage.model.apply_change(LibraryChange(changed=(replace(picture, sha256="f" * 64),)))
    stage.wait_for("#ffffff")


def test_a_file_that_is_back_is_seen_once_the_library_says_so(qtbot: QtBot, stage: Stage) -> None:
    stage.show(1)
    stage.paths[4].unlink()
    stage.viewer.show_row(4)
    qtbot.waitUntil(lambda: stage.viewer.stage._pictures.problem(stage.paths[4]) is not None)
    write_picture(stage.paths[4], colour="#ffffff")
    stage.model.apply_change(LibraryChange(changed=(replace(stage.pictures[4], sha256="f" * 64),)))
    stage.wait_for("#ffffff")


def test_a_picture_of_12000_pixels_is_shown_whole_and_pixel_for_pixel(qtbot: QtBot, stage: Stage) -> None:
    wide = write_picture(stage.paths[3], 12_000, 300, "#204060")
    changed = replace(stage.pictures[3], width_px=12_000, height_px=300, sha256="e" * 64)
    stage.model.apply_change(LibraryChange(changed=(changed,)))
    stage.viewer.show()
    stage.viewer.show_row(3)
    qtbot.waitUntil(lambda: stage.viewer.stage.full is not None)
    full = stage.viewer.stage.full
    assert full is not None
    assert (full.path, full.width_px) == (wide, 12_000)
    stage.wait_for("#204060")
    QTest.keyClick(stage.viewer, Key.Key_Z)
    assert stage.viewer.canvas.zoom == 1.0
    assert stage.middle() == "#204060"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_a_picture_of_other_colours_is_shown(qtbot: QtBot, stage: Stage, mode: str) -> None:
    path = stage.paths[3].with_suffix(".jpg")
    Image.new("RGB", (400, 300), "#808080").convert(mode).save(path)
    changed = replace(stage.pictures[3], path=path, sha256="e" * 64)
    stage.model.apply_change(LibraryChange(changed=(changed,)))
    stage.viewer.show()
    stage.viewer.show_row(3)
    qtbot.waitUntil(lambda: stage.viewer.stage.full is not None)
    shown = stage.middle()
    assert all(abs(int(shown[at : at + 2], 16) - 0x80) < 8 for at in (1, 3, 5))


def test_of_an_animation_the_first_frame_is_shown(qtbot: QtBot, stage: Stage) -> None:
    path = stage.paths[3].with_suffix(".gif")
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("#3040a0", "#ffffff")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=10)
    changed = replace(stage.pictures[3], path=path, sha256="e" * 64)
    stage.model.apply_change(LibraryChange(changed=(changed,)))
    stage.viewer.show()
    stage.viewer.show_row(3)
    stage.wait_for("#3040a0")


def test_a_damaged_file_says_so(qtbot: QtBot, stage: Stage) -> None:
    stage.paths[2].write_bytes(stage.paths[2].read_bytes()[:60])
    stage.viewer.show()
    stage.viewer.show_row(2)
    qtbot.waitUntil(lambda: "cannot be shown" in stage.viewer.canvas.accessibleDescription())


def test_a_client_can_be_shown_nothing_but_the_picture(stage: Stage) -> None:
    stage.show(1)
    stage.viewer.show_only_picture(True)
    shown = [one for one in stage.viewer.children() if isinstance(one, QWidget) and one.isVisible()]
    assert shown == [stage.viewer.canvas]
    stage.viewer.show_only_picture(False)
    assert stage.viewer.filmstrip.isVisible()


def test_every_control_has_a_name(stage: Stage) -> None:
    stage.show(0)
    controls = [
        stage.viewer,
        stage.viewer.canvas,
        stage.viewer.filmstrip,
        *stage.viewer.findChildren(QToolButton),
    ]
    named: list[QWidget] = [one for one in controls if one.accessibleName() or getattr(one, "text", str)()]
    assert named == controls


def test_a_change_of_language_keeps_the_picture(stage: Stage) -> None:
    stage.show(2)
    QApplication.sendEvent(stage.viewer, QEvent(QEvent.Type.LanguageChange))
    assert stage.middle() == COLOURS[2]
