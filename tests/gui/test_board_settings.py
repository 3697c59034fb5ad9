"""A board is set up in a small panel; only what was changed is wished for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.gui.board_settings import BoardSettings
from seedream_desktop.library.board_file import BoardFile, board_file_of, with_settings
from tests.gui.panel_values import BOARDS, catalog

DRAFT = Recipe(prompt="secret", model="seedream-5-0-lite", size=Size(preset="2K"), watermark=True)
HELD = BoardFile("acme", defaults=Recipe(watermark=False), name_pattern="{board} {number}", budget_usd=50.0)


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    return over


@pytest.fixture
def panel(over: QWidget) -> BoardSettings:
    panel = BoardSettings(over, catalog())
    panel.show_settings(BOARDS[1], HELD, DRAFT, over)
    return panel


def test_it_shows_how_the_board_is_set_up(panel: BoardSettings) -> None:
    assert panel.accessibleName() == "Settings of Acme rebrand"
    assert panel.watermark.currentText() == "Off"
    assert (panel.budget.value(), panel.per.currentText()) == (50.0, "a month")
    assert panel._example.text() == "New files are called Acme rebrand 0142.jpeg."
    named = (
        panel.watermark,
        panel.pattern,
        panel.budget,
        panel.per,
        panel.client_safe,
        panel.take,
        panel.save,
    )
    assert len({one.accessibleName() for one in named if one.accessibleName()}) == len(named)


def test_nothing_is_wished_for_where_nothing_was_changed(qtbot: QtBot, panel: BoardSettings) -> None:
    with qtbot.assertNotEmitted(panel.changed):
        panel.save.click()
    assert not panel.isVisible()


def test_the_request_becomes_the_default_but_for_words_and_pictures(
    qtbot: QtBot, panel: BoardSettings
) -> None:
    panel.take.click()
    assert "secret" not in panel._recipe.text()
    panel.watermark.setCurrentText("As in the request")
    with qtbot.waitSignal(panel.changed) as changed:
        panel.save.click()
    assert changed.args is not None
    board_id, values = changed.args
    held = board_file_of(with_settings({"id": board_id}, values, 1, "laptop"))
    assert set(values) == {"defaults"}
    assert held.defaults == Recipe(model="seedream-5-0-lite", size=Size(preset="2K"))


def test_what_is_given_comes_back_as_it_was_given(qtbot: QtBot, panel: BoardSettings, over: QWidget) -> None:
    panel.watermark.setCurrentText("On")
    panel.pattern.setText("{board} {date}")
    panel.budget.setValue(200.0)
    panel.per.setCurrentText("in all")
    panel.client_safe.setChecked(True)
    with qtbot.waitSignal(panel.changed) as changed:
        panel.save.click()
    assert changed.args is not None
    held = board_file_of(with_settings({"id": "acme"}, changed.args[1], 1, "laptop"))
    assert held == BoardFile(
        "acme",
        defaults=Recipe(watermark=True),
        is_client_safe=True,
        name_pattern="{board} {date}",
        budget_usd=200.0,
        budget_is_monthly=False,
    )
    panel.show_settings(BOARDS[1], held, DRAFT, over)
    with qtbot.assertNotEmitted(panel.changed):
        panel.save.click()


def test_a_placeholder_that_does_not_exist_is_said_and_not_kept(qtbot: QtBot, panel: BoardSettings) -> None:
    panel.pattern.setText("{bord} {number}")
    assert panel._example.text() == "There is no {bord}."
    with qtbot.assertNotEmitted(panel.changed):
        QTest.keyClick(panel.pattern, Qt.Key.Key_Return)
    assert panel.isVisible()


def test_on_a_client_safe_board_names_tell_nothing(panel: BoardSettings) -> None:
    panel.client_safe.setChecked(True)
    assert panel._example.text() == "New files are called Acme rebrand 0142.jpg."
    assert not panel.pattern.isEnabled()


def test_defaults_are_told_in_words(panel: BoardSettings, over: QWidget) -> None:
    defaults = Recipe(is_set=True, images_in_set=6, output_format=OutputFormat.PNG)
    panel.show_settings(BOARDS[1], BoardFile("acme", defaults=defaults), DRAFT, over)
    assert panel._recipe.text() == "Defaults for requests: sets of up to 6 · PNG"
    panel.clear.click()
    assert panel._recipe.text() == "Defaults for requests: none"
