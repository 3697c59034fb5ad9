"""Comparing is begun from the selection, done by keyboard, and left to where it was begun."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.compare_panes import Look
from seedream_desktop.gui.compare_table import MarkedText
from seedream_desktop.gui.compare_view import CompareView
from seedream_desktop.gui.details_panel import DetailsPanel
from seedream_desktop.gui.letter_choice import DetailsChoice, LetterButton
from seedream_desktop.library.values import Picture
from seedream_desktop.state.session import Session
from tests.gui.window_stage import COLOURS, PROMPT, WindowStage, window_stage

Key = Qt.Key


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def compare(stage: WindowStage, pictures: tuple[Picture, ...]) -> CompareView:
    """Press C on these, and wait until they are looked at."""
    stage.select(pictures)
    QTest.keyClick(stage.window.gallery, Key.Key_C)
    stage.qtbot.waitUntil(lambda: isinstance(stage.window.stage.currentWidget(), CompareView))
    view = stage.window.stage.currentWidget()
    assert isinstance(view, CompareView)
    stage.qtbot.waitUntil(lambda: all(one.zoom > 0 for one in view.panes.canvases[: min(2, len(pictures))]))
    return view


def names(view: CompareView) -> list[str]:
    """Which pictures are on the stage, by the first words of what they are called."""
    return [picture.id for picture in view._comparison.pictures]


def said(view: CompareView) -> str:
    return " ".join(label.text() for label in view.header.findChildren(QLabel))


def colour(view: CompareView, place: int) -> str:
    canvas = view.panes.canvases[place]
    return canvas.grab().toImage().pixelColor(canvas.rect().center()).name()


def test_c_holds_the_selection_side_by_side_and_esc_leads_back_to_it(stage: WindowStage) -> None:
    pictures = stage.fill(3)
    view = compare(stage, pictures[:2])
    assert "Compare" in said(view)
    assert "2 pictures" in said(view)
    stage.qtbot.waitUntil(lambda: {colour(view, 0), colour(view, 1)} == set(COLOURS[:2]))
    assert [one.isVisible() for one in view.panes.canvases] == [True, True, False, False]
    assert set(view.strip.marks.values()) == {"A", "B"}
    assert len(set(view.panes.zooms)) == 1
    QTest.keyClick(view, Key.Key_Escape)
    assert stage.window.stage.currentWidget() is stage.window.gallery
    assert set(stage.window.gallery.selected_ids()) == {picture.id for picture in pictures[:2]}


def test_from_the_viewer_it_leads_back_to_the_viewer(stage: WindowStage) -> None:
    pictures = stage.fill(3)
    stage.window.ties.browsing._on_open(1)
    stage.window.viewer.setFocus()
    QTest.keyClick(stage.window.viewer, Key.Key_C)
    stage.qtbot.waitUntil(lambda: isinstance(stage.window.stage.currentWidget(), CompareView))
    view = stage.window.stage.currentWidget()
    assert isinstance(view, CompareView)
    assert names(view) == [pictures[1].id, pictures[0].id]
    QTest.keyClick(view, Key.Key_Escape)
    assert stage.window.stage.currentWidget() is stage.window.viewer
    assert stage.window.viewer.current_picture() == pictures[1]


def test_only_what_differs_is_listed_and_marked_in_words(stage: WindowStage) -> None:
    first = stage.add(0)
    second = stage.add(1, prompt=PROMPT.replace("wide negative space", "a single sun"), size=(300, 300))
    stage.show_library(2)
    view = compare(stage, (first, second))
    stage.qtbot.waitUntil(lambda: bool(view.table.findChildren(MarkedText)))
    cells = {one.accessibleName(): one for one in view.table.findChildren(MarkedText) if one.isVisible()}
    order = "AB" if names(view) == [first.id, second.id] else "BA"
    assert {name for name in cells if name.startswith(("Model", "Watermark", "Board"))} == set()
    assert cells[f"Prompt of {order[0]}"].accessibleDescription() == "Only here: wide negative space"
    assert cells[f"Prompt of {order[1]}"].accessibleDescription() == "Only here: a single sun"
    assert "300 × 300" in cells[f"Size of {order[1]}"].toPlainText()


def test_equal_requests_are_said_to_be_equal(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(2, size=(400, 300), price_usd=None))
    same = "Nothing differs in what was asked for and what came."
    stage.qtbot.waitUntil(
        lambda: same in [one.text() for one in view.table.findChildren(QLabel) if one.isVisible()]
    )


def test_zooming_and_panning_one_moves_the_others(stage: WindowStage) -> None:
    first, second = stage.add(0, size=(1600, 1200)), stage.add(1, size=(800, 600))
    stage.show_library(2)
    view = compare(stage, (first, second))
    QTest.keyClick(view, Key.Key_Z)
    zooms = dict(zip(names(view), view.panes.zooms, strict=True))
    assert max(zooms.values()) == 1.0 or min(zooms.values()) == 1.0
    assert zooms[second.id] == pytest.approx(2 * zooms[first.id])
    assert "A " in said(view)
    one, other = view.panes.canvases[:2]
    one.look(one.framing)
    assert (one.framing.x, one.framing.y) == (other.framing.x, other.framing.y)


def test_two_are_parted_by_a_slider_or_shown_in_the_same_place_by_turns(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(2))
    QTest.keyClick(view, Key.Key_L)
    assert view.panes.look is Look.SLIDER
    first, second = view.panes.canvases[:2]
    assert first.geometry() == second.geometry() == view.panes.rect()
    before = second.mask().boundingRect().left()
    QTest.keyClick(view, Key.Key_Right)
    assert second.mask().boundingRect().left() > before
    QTest.keyClick(view, Key.Key_F)
    assert view.panes.is_flickering
    QTest.keyClick(view, Key.Key_Right)
    assert not view.panes.is_flickering
    seen = [one.isVisible() for one in view.panes.canvases[:2]]
    assert sorted(seen) == [False, True]
    QTest.keyClick(view, Key.Key_Right)
    assert [one.isVisible() for one in view.panes.canvases[:2]] == [not one for one in seen]
    QTest.keyClick(view, Key.Key_S)
    assert [one.isVisible() for one in view.panes.canvases[:2]] == [True, True]


def test_keys_rate_and_reject_the_active_one(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(2))
    first, second = view._comparison.pictures
    QTest.keyClick(view, Key.Key_4)
    QTest.keyClick(view, Key.Key_B)
    QTest.keyClick(view, Key.Key_X)
    stage.qtbot.waitUntil(lambda: stage.now(first).rating == 4 and stage.now(second).rejected)
    stage.qtbot.waitUntil(view.table.captions[1].reject.isChecked)
    assert view.table.captions[0].stars.value() == 4


def test_a_click_in_the_strip_puts_another_in_its_place(stage: WindowStage) -> None:
    pictures = stage.fill(4)
    view = compare(stage, pictures[:2])
    kept = names(view)[1]
    row = stage.session.gallery.row_of(pictures[3].id)
    assert row is not None
    view.strip.row_requested.emit(row)
    assert names(view) == [pictures[3].id, kept]
    view.strip.row_added.emit(stage.session.gallery.row_of(pictures[2].id))
    assert names(view) == [pictures[3].id, kept, pictures[2].id]


def choose(button: LetterButton, words: str) -> None:
    """An entry of its menu."""
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    entry = next(one for one in menu.actions() if one.text() == words)
    assert entry.isEnabled()
    entry.trigger()


def test_the_letter_of_a_pane_chooses_which_picture_stands_there(stage: WindowStage) -> None:
    pictures = stage.fill(5)  # the newest comes first in the gallery
    view = compare(stage, (pictures[4], pictures[3]))
    letters = [caption.letter for caption in view.table.captions]
    choose(letters[1], "Next picture here")
    assert names(view) == [pictures[4].id, pictures[2].id]
    choose(letters[0], "Next picture here")
    assert names(view) == [pictures[3].id, pictures[2].id]
    choose(letters[1], "Previous picture here")  # the one beside it is compared already
    assert names(view) == [pictures[3].id, pictures[4].id]
    choose(letters[0], "Change places with B")
    assert names(view) == [pictures[4].id, pictures[3].id]
    view.strip.row_added.emit(stage.session.gallery.row_of(pictures[0].id))
    choose(letters[0], "Take it away")
    assert names(view) == [pictures[3].id, pictures[0].id]


def test_in_a_run_off_the_letters_offer_nothing(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(5))
    assert [caption.letter.isEnabled() for caption in view.table.captions[:2]] == [False, False]


def test_the_letter_beside_the_tabs_says_whose_details_are_shown(stage: WindowStage) -> None:
    pictures = stage.fill(2)
    view = compare(stage, pictures)
    choice = stage.window.right.findChild(DetailsChoice)
    assert choice is not None
    assert (choice.isVisible(), choice.text()) == (True, "A")
    choose(choice, f"B · {view._comparison.pictures[1].path.name}")
    assert choice.text() == "B"
    assert view._comparison.active == 1
    QTest.keyClick(view, Key.Key_Escape)
    assert not choice.isVisible()


def test_what_is_thrown_away_leaves_the_comparison(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(3))
    QTest.keyClick(view, Key.Key_Delete)
    stage.qtbot.waitUntil(lambda: len(view._comparison.pictures) == 2)
    QTest.keyClick(view, Key.Key_Delete)
    stage.qtbot.waitUntil(lambda: stage.window.stage.currentWidget() is stage.window.gallery)


def test_looking_never_changes_the_draft(stage: WindowStage) -> None:
    pictures = stage.fill(6)
    before = stage.session.draft.recipe
    view = compare(stage, pictures[:2])
    for key in (Key.Key_L, Key.Key_F, Key.Key_S, Key.Key_W, Key.Key_B, Key.Key_Z, Key.Key_Escape):
        QTest.keyClick(view, key)
    view = compare(stage, pictures)
    for key in (Key.Key_Right, Key.Key_Return, Key.Key_Left, Key.Key_Escape):
        QTest.keyClick(view, key)
    assert stage.session.draft.recipe == before


def test_more_than_four_run_off_until_one_is_left(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(5))
    first, second = names(view)
    assert "1 of 4" in said(view)
    QTest.keyClick(view, Key.Key_Right)
    assert names(view)[0] == first
    assert "2 of 4" in said(view)
    third = names(view)[1]
    QTest.keyClick(view, Key.Key_Return)
    assert names(view)[0] == third
    rejected = view._comparison.pictures[1]
    QTest.keyClick(view, Key.Key_X)
    stage.qtbot.waitUntil(lambda: stage.now(rejected).rejected)
    last = names(view)[1]
    QTest.keyClick(view, Key.Key_Right)
    assert names(view) == [third]
    assert "The champion of 5 pictures" in said(view)
    assert [tile.relative.picture_id for tile in view.order.tiles] == [
        third,
        first,
        second,
        last,
        rejected.id,
    ]


def test_a_step_of_a_run_off_is_taken_back_with_its_rejection(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(5))
    before, rejected = names(view), view._comparison.pictures[1]
    QTest.keyClick(view, Key.Key_X)
    stage.qtbot.waitUntil(lambda: stage.now(rejected).rejected)
    QTest.keyClick(view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(view) == before
    stage.qtbot.waitUntil(lambda: not stage.now(rejected).rejected)


def heads(details: DetailsPanel, name: str) -> bool:
    return name in {one.toPlainText() for one in details.findChildren(QTextEdit)}


def test_the_details_follow_the_active_one(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(2))
    details = stage.window.details
    for key, place in ((Key.Key_B, 1), (Key.Key_A, 0)):
        QTest.keyClick(view, key)
        name = view._comparison.pictures[place].path.name
        stage.qtbot.waitUntil(partial(heads, details, name))


def test_the_active_one_is_copied_and_used_from_here(stage: WindowStage) -> None:
    view = compare(stage, stage.fill(2))
    second = view._comparison.pictures[1]
    QTest.keyClick(view, Key.Key_B)
    with stage.qtbot.waitSignal(stage.session.handing_out.copied) as copied:
        QTest.keyClick(
            view, Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert copied.args == [1]
    QTest.keyClick(view, Key.Key_R)
    stage.qtbot.waitUntil(lambda: bool(stage.session.draft.recipe.references))
    assert [one.sha256 for one in stage.session.draft.recipe.references or ()] == [second.sha256]


def test_long_prompts_are_cut_to_what_differs(stage: WindowStage) -> None:
    long = "a very long description of the same thing, again, " * 200
    first, second = stage.add(0, prompt=f"{long}red, {long}"), stage.add(1, prompt=f"{long}blue, {long}")
    stage.show_library(2)
    view = compare(stage, (first, second))
    stage.qtbot.waitUntil(lambda: bool(view.table.findChildren(MarkedText)))
    cells = [one for one in view.table.findChildren(MarkedText) if one.accessibleName().startswith("Prompt")]
    shown = [one.toPlainText() for one in cells if one.isVisible()]
    assert len(shown) == 2
    assert all(len(text) < 200 for text in shown)
    only = {one.accessibleDescription() for one in cells if one.isVisible()}
    assert only == {"Only here: red", "Only here: blue"}
