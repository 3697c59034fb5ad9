"""Shapes by their names, sheets for print, and the size of reference 1."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import size_is_legal
from seedream_desktop.gui.more_sizes import MoreSizes, Unit
from seedream_desktop.gui.size_section import SizeSection
from seedream_desktop.state.draft import Draft
from tests.compose_stage import EDIT, a_draft, a_reference, part


@pytest.fixture
def draft() -> Draft:
    return a_draft(prompt="a cat")


@pytest.fixture
def section(qtbot: QtBot, draft: Draft) -> SizeSection:
    section = SizeSection(draft)
    draft.recipe_changed.connect(section.show_size)
    qtbot.addWidget(section)
    section.resize(308, 300)
    section.show()
    return section


@pytest.fixture
def sizes(section: SizeSection) -> MoreSizes:
    section.more.click()
    return part(section, MoreSizes)


def button(sizes: MoreSizes, text: str) -> QPushButton:
    assert all(one.accessibleName() for one in sizes.findChildren(QPushButton))
    return next(one for one in sizes.findChildren(QPushButton) if one.text() == text)


def said(sizes: MoreSizes) -> str:
    return " | ".join(label.text() for label in sizes.findChildren(QLabel) if label.isVisible())


def test_a_shape_by_its_name_keeps_about_as_many_pixels(sizes: MoreSizes, draft: Draft) -> None:
    button(sizes, "A4 portrait").click()
    size = draft.recipe.size
    assert size is not None
    assert size_is_legal(size, draft.model)
    assert size.height_px / size.width_px == pytest.approx(2**0.5, rel=0.02)
    assert size.width_px * size.height_px == pytest.approx(2048**2, rel=0.1)
    assert sizes.isHidden()


def test_a_shape_of_the_models_table_stays_a_box(
    sizes: MoreSizes, section: SizeSection, draft: Draft
) -> None:
    button(sizes, "16:9").click()
    assert draft.recipe.size == Size(width_px=2848, height_px=1600)
    assert section.boxes.currentData() == "16:9"


def test_a_sheet_says_how_finely_it_is_printed(sizes: MoreSizes, draft: Draft) -> None:
    sizes.width_box.setValue(24)
    sizes.height_box.setValue(14)
    assert "printed at 300 dpi" in said(sizes)
    sizes.width_box.setValue(84.1)
    sizes.height_box.setValue(118.9)
    assert "printed at 300 dpi" not in said(sizes)
    button(sizes, "Use").click()
    assert draft.recipe.size is not None
    assert size_is_legal(draft.recipe.size, draft.model)


def test_another_unit_is_the_same_sheet(sizes: MoreSizes) -> None:
    sizes.unit.setCurrentIndex(sizes.unit.findData(Unit.MM))
    assert (sizes.width_box.value(), sizes.height_box.value()) == (240, 140)
    sizes.unit.setCurrentIndex(sizes.unit.findData(Unit.INCH))
    assert (sizes.width_box.value(), sizes.height_box.value()) == (9.4, 5.5)


def test_the_size_of_reference_1_is_offered_once_there_is_one(section: SizeSection, draft: Draft) -> None:
    section.more.click()
    sizes = part(section, MoreSizes)
    assert not button(sizes, "As image 1").isEnabled()
    sizes.close()
    draft.add_references((a_reference(1),))
    section.more.click()
    button(sizes, "As image 1").click()
    reference, size = a_reference(1), draft.recipe.size
    assert size is not None
    assert size.width_px / size.height_px == pytest.approx(reference.width_px / reference.height_px, rel=0.05)


def test_a_sheet_that_is_too_narrow_is_not_offered(sizes: MoreSizes) -> None:
    sizes.width_box.setValue(500)
    sizes.height_box.setValue(1)
    assert "no such shape" in said(sizes)
    assert not button(sizes, "Use").isEnabled()


def test_a_model_without_sizes_of_ones_own_offers_none(section: SizeSection, draft: Draft) -> None:
    draft.set_model(EDIT)
    assert section.more.isHidden()


def test_a_chosen_shape_is_one_step_back(sizes: MoreSizes, draft: Draft) -> None:
    before = draft.recipe.size
    button(sizes, "3:1").click()
    assert draft.recipe.size != before
    draft.undo()
    assert draft.recipe.size == before
