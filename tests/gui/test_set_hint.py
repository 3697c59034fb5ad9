"""Below the prompt a set says what its words lack, and offers both ways for lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import Reference
from seedream_desktop.gui.set_hint import SetHint
from seedream_desktop.state.session import Session
from tests.gui.window_stage import WindowStage, window_stage


@pytest.fixture
def stage(session: Session, tmp_path: Path, qtbot: QtBot) -> Iterator[WindowStage]:
    stage = window_stage(session, tmp_path, qtbot)
    yield stage
    stage.window.hide()


def hint(stage: WindowStage) -> SetHint:
    found = stage.window.ties.sets.hint
    assert found is not None
    return found


def reference(number: int) -> Reference:
    return Reference(f"{number:064x}", "image/jpeg", 800, 600, 1_000, f"{number}.jpg")


def test_one_click_writes_the_number_and_the_ceiling_takes_it_along(stage: WindowStage) -> None:
    draft = stage.session.draft
    draft.set_prompt("a fox")
    draft.set_set(True)
    assert hint(stage).number.isVisible()
    assert "A set of 4 pictures" in hint(stage).number.text()
    hint(stage).number.click()
    assert stage.window.compose.prompt.toPlainText() == "A set of 4 pictures: a fox"
    assert not hint(stage).isVisible()
    stage.window.compose.parameters.images_in_set.setValue(5)
    assert stage.window.compose.prompt.toPlainText() == "A set of 5 pictures: a fox"


def test_more_than_the_ceiling_is_said_and_can_be_raised(stage: WindowStage) -> None:
    draft = stage.session.draft
    draft.set_prompt("nine drawings of a fox")
    draft.set_set(True)
    assert "9" in hint(stage).said
    hint(stage).raised.click()
    assert draft.recipe.images_in_set == 9
    assert not hint(stage).isVisible()


def test_what_references_leave_no_room_for_says_what_to_remove(stage: WindowStage) -> None:
    draft = stage.session.draft
    draft.add_references(tuple(reference(number) for number in range(8)))
    draft.set_prompt("nine drawings of a fox")
    draft.set_set(True)
    assert not hint(stage).raised.isVisible()
    assert "2 references" in hint(stage).said


def test_lines_offer_both_ways_with_time_and_price(stage: WindowStage) -> None:
    draft = stage.session.draft
    draft.set_prompt("dawn\nnoon\nnight")
    draft.set_set(True)
    ways = hint(stage)
    assert ways.as_set.isChecked()
    assert not ways.by_line.isChecked()
    for button in (ways.as_set, ways.by_line):
        assert "about" in button.text()
        assert "$" in button.text()
    ways.by_line.click()
    assert draft.requests_count() == 3
    assert ways.by_line.isChecked()
    ways.by_line.click()
    assert ways.by_line.isChecked()
    draft.undo()
    assert ways.as_set.isChecked()
