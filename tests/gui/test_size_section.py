"""A size is always legal or says why not, with the nearest legal one a click away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.gui.size_boxes import EXACT_PIXELS, MODEL_PICKS
from seedream_desktop.gui.size_section import SizeSection
from seedream_desktop.state.draft import Draft
from tests.compose_stage import EDIT, LITE, PRO, V3, a_draft


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


def offers(section: SizeSection) -> list[str]:
    return [button.text() for button in section.findChildren(QPushButton) if button.isVisible()]


def said(section: SizeSection) -> str:
    return " | ".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_a_shape_keeps_the_resolution(section: SizeSection, draft: Draft) -> None:
    section.resolution.setCurrentIndex(section.resolution.findData("4K"))
    choose(section, "16:9")
    assert draft.recipe.size == Size(width_px=5504, height_px=3040)
    assert section.resolution.currentText() == "4K"


def test_pixels_and_print_size_are_told(section: SizeSection) -> None:
    choose(section, "16:9")
    assert said(section) == "2848 × 1600 · 24\u00a0×\u00a014\u00a0cm at 300\u00a0dpi"


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
    next(one for one in section.findChildren(QToolButton) if "Swap" in one.accessibleName()).click()
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


@pytest.mark.parametrize(("place", "used"), [(0, (2848, 1600)), (1, (2560, 1440))])
def test_the_tables_size_and_the_scaled_one_are_a_click_away(
    section: SizeSection, draft: Draft, place: int, used: tuple[int, int]
) -> None:
    draft.set_size(Size(width_px=1920, height_px=1080))
    assert offers(section) == ["Use 2848 × 1600", "Use 2560 × 1440"]
    section.findChildren(QPushButton)[place].click()
    assert draft.recipe.size == Size(width_px=used[0], height_px=used[1])
    assert offers(section) == []
    assert draft.problems() == ()


def test_a_shape_that_is_in_no_table_has_one_alternative(section: SizeSection, draft: Draft) -> None:
    draft.set_size(Size(width_px=3000, height_px=750))
    assert offers(section) == ["Use 3840 × 960"]


def test_a_disputed_size_is_marked_where_it_is_chosen(section: SizeSection, draft: Draft) -> None:
    row = section.resolution.findData("4K")
    assert not section.resolution.itemIcon(row).isNull()
    assert section.resolution.itemIcon(section.resolution.findData("3K")).isNull()
    assert "May be refused" in section.resolution.itemData(row, Qt.ItemDataRole.AccessibleDescriptionRole)
    section.resolution.setCurrentIndex(row)
    assert "May be refused: the sources disagree whether 5.0 lite makes this size." in said(section)
    section.resolution.setCurrentIndex(section.resolution.findData("3K"))
    assert "refused" not in said(section)


def test_what_a_change_of_model_did_to_the_size_is_said_until_the_next_change(
    section: SizeSection, draft: Draft
) -> None:
    draft.set_size(Size(width_px=4096, height_px=4096))
    draft.set_model(PRO)
    assert "Size changed from 4096 × 4096 to 2048 × 2048: too large for 5.0 Pro." in said(section)
    draft.set_prompt("typed since")
    assert "Size changed" in said(section)
    draft.set_watermark(False)
    assert "Size changed" not in said(section)


def test_undo_brings_the_size_back_and_says_no_more(section: SizeSection, draft: Draft) -> None:
    draft.set_size(Size(width_px=4096, height_px=4096))
    draft.set_model(PRO)
    draft.undo()
    assert draft.recipe.size == Size(width_px=4096, height_px=4096)
    assert "Size changed" not in said(section)


def test_a_size_that_stays_is_not_spoken_of(section: SizeSection, draft: Draft) -> None:
    draft.set_model(PRO)
    assert said(section) == "2048 × 2048 · 17\u00a0×\u00a017\u00a0cm at 300\u00a0dpi"


@pytest.mark.parametrize(
    ("model", "recipe", "words"),
    [
        (LITE, Recipe(model=PRO, size=Size(preset="4K")), "from 4K to 2K: 5.0 Pro has no 4K."),
        (LITE, Recipe(model=PRO, is_set=True), "No set: 5.0 Pro makes one picture for each request."),
        (EDIT, Recipe(model=LITE), "The size is 2048 × 2048: 5.0 lite does not follow image\u00a01."),
        (
            LITE,
            Recipe(model=PRO, size=Size(width_px=1000, height_px=1000)),
            "from 1000 × 1000 to 1024 × 1024: 5.0 Pro needs multiples of 16.",
        ),
        (
            LITE,
            Recipe(model=V3, output_format=OutputFormat.PNG),
            "JPEG, not PNG: 3.0 delivers nothing else.",
        ),
    ],
)
def test_what_a_recipe_lost_is_said(
    section: SizeSection, draft: Draft, model: str, recipe: Recipe, words: str
) -> None:
    draft.set_model(model)
    draft.apply(recipe)
    assert words in said(section)


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
