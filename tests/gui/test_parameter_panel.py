"""The panel offers exactly what the chosen model takes, and changes only the draft."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.offer import offer_of
from seedream_desktop.generation.request import OutputFormat, ResponseFormat
from seedream_desktop.gui.fold import FoldLine
from seedream_desktop.gui.parameter_panel import ParameterPanel
from seedream_desktop.state.draft import Draft
from tests.compose_stage import EDIT, LITE, PRO, V3, a_draft, catalog, references

MODELS = tuple(model.id for model in catalog().models)


@pytest.fixture
def draft() -> Draft:
    return a_draft(prompt="a cat")


@pytest.fixture
def panel(qtbot: QtBot, draft: Draft) -> ParameterPanel:
    panel = ParameterPanel(draft, catalog())
    qtbot.addWidget(panel)
    panel.resize(308, 700)
    panel.show()
    return panel


def fold_words(panel: ParameterPanel) -> list[str]:
    return [line.text() for line in panel.findChildren(FoldLine) if line.isVisible()]


def said(panel: ParameterPanel) -> str:
    return " | ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("model", MODELS)
def test_only_what_the_model_takes_is_live(panel: ParameterPanel, draft: Draft, model: str) -> None:
    draft.set_model(model)
    takes = catalog().model(model)
    live = {
        panel.set_toggle: takes.takes_sets,
        panel.output_format: bool(takes.output_formats),
        panel.guidance_scale: takes.default_guidance is not None,
        panel.seed: takes.takes_seed,
        panel.watermark: True,
    }
    assert {control: control.isEnabled() and control.isVisible() for control in live} == live


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (LITE, "Not for 5.0 lite: guidance scale, seed"),
        (PRO, "Not for 5.0 Pro: set, guidance scale, seed"),
        (V3, "Not for 3.0: references, set, format"),
        (EDIT, "Not for SeedEdit 3.0: set, format"),
    ],
)
def test_what_it_does_not_take_is_one_line_that_opens(
    panel: ParameterPanel, draft: Draft, model: str, expected: str
) -> None:
    draft.set_model(model)
    assert fold_words(panel) == [expected, "Advanced"]
    line = next(line for line in panel.findChildren(FoldLine) if line.text() == expected)
    line.click()
    hidden = [panel.set_toggle, panel.output_format, panel.guidance_scale, panel.seed]
    assert all(control.isVisible() for control in hidden)


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Model", QAccessible.Role.ComboBox),
        ("Aspect ratio", QAccessible.Role.ComboBox),
        ("Resolution", QAccessible.Role.ComboBox),
        ("Output format", QAccessible.Role.ComboBox),
        ("Images in set", QAccessible.Role.SpinBox),
        ("Set", QAccessible.Role.CheckBox),
        ("Watermark", QAccessible.Role.CheckBox),
        ("Guidance scale", QAccessible.Role.SpinBox),
        ("Seed", QAccessible.Role.SpinBox),
        ("Response format", QAccessible.Role.ComboBox),
        ("Width", QAccessible.Role.SpinBox),
        ("Height", QAccessible.Role.SpinBox),
    ],
)
def test_every_control_has_its_name_and_role(
    panel: ParameterPanel, name: str, role: QAccessible.Role
) -> None:
    named = [widget for widget in panel.findChildren(QWidget) if widget.accessibleName() == name]
    accessible = QAccessible.queryAccessibleInterface(named[0])
    assert (len(named), accessible.role()) == (1, role)
    assert named[0].toolTip() or name == "Aspect ratio"


def test_choosing_a_model_changes_the_draft_and_its_second_line(panel: ParameterPanel, draft: Draft) -> None:
    panel.model.setCurrentIndex(panel.model.findData(PRO))
    assert draft.recipe.model == PRO
    assert "highest quality · about 2 min · $0.09 each" in said(panel)


def test_a_model_that_is_not_in_the_table_is_shown_by_its_id(panel: ParameterPanel, draft: Draft) -> None:
    draft.set_model("seedream-9-0-300101")
    assert panel.model.currentText() == "seedream-9-0-300101"


def test_a_model_that_the_key_may_not_use_stays_chosen_and_says_so(
    panel: ParameterPanel, draft: Draft, qtbot: QtBot
) -> None:
    draft.set_model(PRO)
    with qtbot.assertNotEmitted(draft.recipe_changed):
        panel.show_offer(offer_of(catalog(), (LITE,)))
    assert (panel.model.currentText(), draft.recipe.model) == ("Seedream 5.0 Pro", PRO)
    assert "Not offered to this key: a request may be refused" in said(panel)
    draft.set_model(LITE)
    assert "Not offered" not in said(panel)


def test_a_list_that_comes_late_changes_no_draft(panel: ParameterPanel, draft: Draft, qtbot: QtBot) -> None:
    offer = offer_of(catalog(), ("seedream-5-0-260128", "seedream-4-5-251128"))
    draft.spell_models(offer.spelled)
    with qtbot.assertNotEmitted(draft.recipe_changed):
        panel.show_offer(offer)
    assert panel.model.currentData() == "seedream-5-0-260128"
    panel.model.setCurrentIndex(1)
    assert draft.request().model == "seedream-4-5-251128"


def test_a_set_asks_for_its_ceiling_within_fifteen(panel: ParameterPanel, draft: Draft) -> None:
    assert not panel.images_in_set.isVisible()
    panel.set_toggle.click()
    draft.add_references(references(4))
    assert panel.images_in_set.isVisible()
    assert panel.images_in_set.maximum() == 11
    panel.images_in_set.setValue(6)
    assert draft.request().images_in_set == 6


def test_turning_the_watermark_off_says_one_sentence_on_labelling(
    panel: ParameterPanel, draft: Draft
) -> None:
    assert "labelled" not in said(panel)
    panel.watermark.click()
    assert "Some countries require AI pictures to be labelled" in said(panel)
    assert draft.recipe.watermark is False
    panel.watermark.click()
    assert "labelled" not in said(panel)


def test_a_watermark_that_was_off_before_says_nothing_again(qtbot: QtBot) -> None:
    panel = ParameterPanel(a_draft(watermark=False), catalog())
    qtbot.addWidget(panel)
    panel.show()
    assert "labelled" not in said(panel)


def test_formats_seed_and_guidance_change_the_draft(panel: ParameterPanel, draft: Draft) -> None:
    draft.set_model(V3)
    panel.seed.setValue(42)
    panel.guidance_scale.setValue(4.5)
    panel.response_format.setCurrentIndex(panel.response_format.findData(ResponseFormat.B64_JSON))
    draft.set_model(LITE)
    panel.output_format.setCurrentIndex(panel.output_format.findData(OutputFormat.PNG))
    recipe = draft.recipe
    assert (recipe.seed, recipe.guidance_scale) == (42, 4.5)
    assert (recipe.output_format, recipe.response_format) == (OutputFormat.PNG, ResponseFormat.B64_JSON)


def test_a_random_seed_reads_random(panel: ParameterPanel, draft: Draft) -> None:
    draft.set_model(V3)
    assert panel.seed.text() == "random"


def test_showing_a_recipe_changes_nothing(qtbot: QtBot, panel: ParameterPanel, draft: Draft) -> None:
    draft.set_model(V3)
    before = draft.recipe
    for model in MODELS:
        draft.set_model(model)
    draft.set_model(V3)
    assert draft.recipe.guidance_scale is None
    assert (draft.recipe.seed, draft.recipe.output_format) == (before.seed, before.output_format)
