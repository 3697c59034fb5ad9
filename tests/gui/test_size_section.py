"""A size is always legal or says why not, with the nearest legal one a click away."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.request import Size
from seedream_desktop.gui.size_boxes import EXACT_PIXELS, MODEL_PICKS
from seedream_desktop.gui.size_section import SizeSection
from seedream_desktop.state.draft import Draft
from tests.compose_stage import EDIT, PRO, a_draft, part


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


def choose(section: SizeSection, shape: str) -> None:
    section.boxes.setCurrentIndex(section.boxes.findData(shape))


def said(section: SizeSection) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_a_shape_keeps_the_resolution(section: SizeSection, draft: Draft) -> None:
    section.resolution.setCurrentIndex(section.resolution.findData("4K"))
    choose(section, "16:9")
    assert draft.recipe.size == Size(width_px=5504, height_px=3040)
    assert section.resolution.currentText() == "4K"


def test_pixels_and_print_size_are_told(section: SizeSection) -> None:
    choose(section, "16:9")
    assert said(section) == "2848 × 1600 · 24 × 14 cm at 300 dpi"


def test_the_model_may_pick(section: SizeSection, draft: Draft) -> None:
    choose(section, MODEL_PICKS)
    assert draft.recipe.size == Size(preset="2K")
    assert said(section) == "The model picks the shape"


def test_exact_pixels_begin_with_what_was_chosen(section: SizeSection, draft: Draft) -> None:
    choose(section, "16:9")
    choose(section, EXACT_PIXELS)
    assert (section.width_box.value(), section.height_box.value()) == (2848, 1600)
    assert section.width_box.isVisible()
    assert not section.resolution.isVisible()


def test_exact_pixels_after_a_preset_are_legal(section: SizeSection, draft: Draft) -> None:
    choose(section, MODEL_PICKS)
    choose(section, EXACT_PIXELS)
    assert draft.recipe.size == Size(width_px=2048, height_px=2048)


def test_width_and_height_are_swapped(section: SizeSection, draft: Draft) -> None:
    choose(section, "16:9")
    choose(section, EXACT_PIXELS)
    part(section, QToolButton).click()
    assert draft.recipe.size == Size(width_px=1600, height_px=2848)


@pytest.mark.parametrize(
    ("width_px", "height_px", "reason"),
    [
        (1920, 1080, "Too small for 5.0 Pro"),
        (4096, 4096, "Too large for 5.0 Pro"),
        (16384, 100, "Too narrow for 5.0 Pro"),
        (2050, 2048, "5.0 Pro needs sides that are multiples of 16."),
    ],
)
def test_an_illegal_size_says_why(
    section: SizeSection, draft: Draft, width_px: int, height_px: int, reason: str
) -> None:
    draft.set_model(PRO)
    if reason.startswith("Too small"):
        width_px, height_px = 640, 480
    draft.set_size(Size(width_px=width_px, height_px=height_px))
    assert reason in said(section)
    assert section.width_box.property("problem")


def test_the_nearest_legal_size_is_a_click_away(section: SizeSection, draft: Draft) -> None:
    draft.set_size(Size(width_px=1920, height_px=1080))
    offer = part(section, QPushButton)
    assert offer.text() == "Use 2848 × 1600"
    offer.click()
    assert draft.recipe.size == Size(width_px=2848, height_px=1600)
    assert not offer.isVisible()
    assert draft.problems() == ()


def test_typing_a_side_changes_the_draft(section: SizeSection, draft: Draft) -> None:
    choose(section, EXACT_PIXELS)
    section.width_box.setValue(2304)
    assert draft.recipe.size == Size(width_px=2304, height_px=2048)


def test_a_model_that_keeps_the_size_of_image_1_offers_nothing_else(
    section: SizeSection, draft: Draft
) -> None:
    draft.set_model(EDIT)
    assert said(section) == "The size of image 1"
    assert (section.resolution.isVisible(), section.width_box.isVisible()) == (False, False)
