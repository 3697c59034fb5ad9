"""In the details one walks from picture to picture, notes, and uses again; looking changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import GenerationRequest, Reference
from seedream_desktop.gui import wishing_wall
from seedream_desktop.gui.thumbnail_row import ThumbnailTile
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.state.session import Session
from tests.gui.window_stage import PROMPT, WindowStage, window_stage

Key = Qt.Key


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    stage.window.right.show_details()
    yield stage
    stage.window.hide()


def facts(stage: WindowStage) -> dict[str, str]:
    """What the details say now, by its name for screen readers."""
    texts = stage.window.details.findChildren(QTextEdit)
    return {one.accessibleName(): one.toPlainText() for one in texts if one.isVisible()}


def look_at(stage: WindowStage, picture: Picture) -> None:
    stage.select((picture,))
    stage.qtbot.waitUntil(lambda: is_about(stage, picture))


def is_about(stage: WindowStage, picture: Picture) -> bool:
    return facts(stage).get("File name") == picture.path.name


def focused_tile() -> ThumbnailTile:
    tile = QApplication.focusWidget()
    assert isinstance(tile, ThumbnailTile)
    return tile


def test_generations_are_walked_by_keyboard(stage: WindowStage) -> None:
    first = stage.add(0)
    second = stage.add(1, first)
    third = stage.add(2, second)
    stage.show_library(3)
    look_at(stage, third)
    lineage = stage.window.details.lineage
    assert [tile.relative.picture_id for tile in lineage.further_back[0].tiles] == [first.id]
    lineage.made_from.tiles[0].setFocus()
    for source in (second, first):
        QTest.keyClick(focused_tile(), Key.Key_Return)
        stage.qtbot.waitUntil(lambda source=source: is_about(stage, source))  # type: ignore[misc]
    assert stage.window.gallery.selected_ids() == (first.id,)
    assert lineage.led_to.tiles[0].relative.picture_id == second.id


def test_a_relative_that_the_gallery_does_not_show_is_walked_to_and_back(stage: WindowStage) -> None:
    board = stage.session.pictures.the_library().create_board("Acme")
    first = stage.add(0)
    second = stage.add(1, first)
    stage.show_library(2)
    (first,) = stage.session.pictures.the_library().move((first.id,), board.id)
    inbox = stage.session.pictures.the_library().inbox.id
    with stage.qtbot.waitSignal(stage.session.gallery.query_shown):
        stage.window.sidebar.query_requested.emit(Query(board_id=inbox))
    look_at(stage, second)
    stage.window.details.lineage.made_from.tiles[0].click()
    stage.qtbot.waitUntil(lambda: is_about(stage, first))
    assert stage.window.gallery.selected_ids() == (second.id,)
    button(stage, "Back to the selection").click()
    stage.qtbot.waitUntil(lambda: is_about(stage, second))
    stage.window.details.lineage.made_from.tiles[0].click()
    stage.qtbot.waitUntil(lambda: is_about(stage, first))
    button(stage, "Show in its board").click()
    stage.qtbot.waitUntil(lambda: stage.window.gallery.selected_ids() == (first.id,))


def button(stage: WindowStage, name: str) -> QPushButton:
    found = stage.window.details.findChildren(QPushButton)
    return next(one for one in found if one.accessibleName() == name and one.isVisible())


def test_a_reference_leads_to_everything_made_with_it(stage: WindowStage) -> None:
    logo = Reference("ab" * 32, "image/png", 100, 100, 900, "logo.png")
    request = GenerationRequest("seedream-5-0-lite", PROMPT, None, (logo,))
    made = [stage.add(number, request=request) for number in (0, 1)]
    stage.add(2)
    stage.show_library(3)
    look_at(stage, made[0])
    (tile,) = stage.window.details.lineage.made_from.tiles
    tile.click()
    assert stage.session.gallery.query.text == "ref:abababababababab"
    stage.qtbot.waitUntil(lambda: stage.session.gallery.picture_count == 2)


def test_what_a_picture_led_to_is_shown_in_the_gallery(stage: WindowStage) -> None:
    first = stage.add(0)
    results = {stage.add(number, first).id for number in (1, 2)}
    stage.show_library(3)
    look_at(stage, first)
    button(stage, "Everything made with this picture").click()
    stage.qtbot.waitUntil(lambda: stage.session.gallery.picture_count == 2)
    assert {stage.session.gallery.picture_id(row) for row in (0, 1)} == results


def test_a_note_is_kept_when_it_is_left_and_can_be_taken_back(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    look_at(stage, picture)
    note, library = stage.window.details.note, stage.session.pictures.the_library()
    note.setFocus()
    QTest.keyClicks(note, "less sky")
    QTest.keyClick(note, Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: library.record(picture.id).marks.note.value == "less sky")
    stage.session.undo.undo()
    stage.qtbot.waitUntil(lambda: library.record(picture.id).marks.note.value == "")
    stage.qtbot.waitUntil(lambda: note.toPlainText() == "")


def test_a_note_belongs_to_the_picture_that_it_was_written_about(stage: WindowStage) -> None:
    first, second = stage.fill(2)
    look_at(stage, first)
    stage.window.details.note.setFocus()
    QTest.keyClicks(stage.window.details.note, "the first")
    look_at(stage, second)
    library = stage.session.pictures.the_library()
    stage.qtbot.waitUntil(lambda: library.record(first.id).marks.note.value == "the first")
    assert library.record(second.id).marks.note.value == ""
    assert stage.window.details.note.toPlainText() == ""


def test_looking_never_changes_the_draft(stage: WindowStage) -> None:
    first = stage.add(0)
    second = stage.add(1, first)
    stage.show_library(2)
    draft = stage.session.draft
    before = (draft.recipe, draft.can_undo)
    look_at(stage, second)
    stage.window.details.lineage.made_from.tiles[0].click()
    stage.qtbot.waitUntil(lambda: is_about(stage, first))
    stage.select((first, second))
    stage.qtbot.waitUntil(lambda: "Together" in facts(stage))
    assert (draft.recipe, draft.can_undo) == before


def test_each_use_is_one_step_that_can_be_taken_back(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    look_at(stage, picture)
    draft = stage.session.draft
    before = draft.recipe
    for part in ("prompt", "size_", "all"):
        getattr(stage.window.details.use, part).click()
        assert draft.recipe != before
        draft.undo()
        assert draft.recipe == before


def test_of_several_it_says_what_they_share_what_differs_and_the_sums(stage: WindowStage) -> None:
    pictures = [stage.add(0), stage.add(1, prompt="another", size=(300, 300))]
    library = stage.session.pictures.the_library()
    library.mark((pictures[0].id,), add_tags=("hero", "dawn"))
    library.mark((pictures[1].id,), add_tags=("hero",), rating=3)
    stage.show_library(2)
    stage.select(pictures)
    stage.qtbot.waitUntil(lambda: "Tags of all" in facts(stage))
    said = facts(stage)
    assert said["Model"] == "Seedream 5.0 lite"
    assert said["Size"] == "300 × 300 (1), 400 × 300 (1)"
    assert said["Prompt"] == "they differ"
    assert (said["Tags of all"], said["Tags of some"]) == ("hero", "dawn (1)")
    assert said["Stars"] == "0 to 3"
    assert said["Together"].endswith("KB")


def test_what_was_rated_elsewhere_is_seen_in_the_details(stage: WindowStage) -> None:
    (picture,) = stage.fill(1)
    look_at(stage, picture)
    stage.session.pictures.acts.rate((picture.id,), 5)
    stage.qtbot.waitUntil(lambda: stage.window.details.stars.value() == 5)


def test_a_smaller_set_than_asked_for_is_marked(stage: WindowStage) -> None:
    whole = GenerationRequest("seedream-5-0-lite", PROMPT, None, images_in_set=4)
    picture = stage.add(0, request=replace(whole), set_count=3)
    stage.show_library(1)
    look_at(stage, picture)
    labels = [one.text() for one in stage.window.details.facts.findChildren(QLabel)]
    assert "3 of up to 4 pictures came" in labels


def test_stars_for_many_are_one_step_for_all_of_them(
    stage: WindowStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wishing_wall, "READ_AT_MOST", 2)
    pictures = stage.fill(4)
    stage.select(pictures)
    with stage.qtbot.waitSignal(stage.session.pictures.acts.done) as told:
        QTest.keyClick(stage.window.details.stars, Key.Key_4)
    assert told.args is not None
    assert told.args[0].count == 4
    assert [stage.now(one).rating for one in pictures] == [4] * 4
    with stage.qtbot.waitSignal(stage.session.pictures.acts.done):
        stage.session.undo.undo()
    assert [stage.now(one).rating for one in pictures] == [0] * 4


def test_an_edit_of_another_program_leads_to_its_original_beside_its_references(stage: WindowStage) -> None:
    reference, original = stage.add(0), stage.add(1)
    asked = Reference(reference.sha256, "image/png", 400, 300, reference.size_bytes)
    request = GenerationRequest("seedream-5-0-lite", PROMPT, None, (asked,))
    edited = stage.add(2, request=request, edited_from=original.sha256)
    stage.show_library(3)
    look_at(stage, edited)
    tiles = stage.window.details.lineage.made_from.tiles
    assert [one.relative.picture_id for one in tiles] == [original.id, reference.id]
    look_at(stage, original)
    assert [one.relative.picture_id for one in stage.window.details.lineage.led_to.tiles] == [edited.id]
