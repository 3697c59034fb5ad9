"""Every sentence about sizes says its figures, and in the language of the window."""

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from seedream_desktop.generation.adjusting import AdjustedPart, Adjustment
from seedream_desktop.generation.request import Size
from seedream_desktop.generation.sizes import SizeFault
from seedream_desktop.gui import words
from seedream_desktop.gui.size_words import adjusted, may_be_refused, why_illegal
from tests.compose_stage import PRO, catalog
from tests.gui.pseudo_language import unbracketed

MODEL = catalog().model(PRO)
LARGE, SMALL = Size(width_px=4096, height_px=4096), Size(width_px=2048, height_px=2048)
FAULTS = (*SizeFault, None)
PARTS = (
    *(Adjustment(AdjustedPart.SIZE, LARGE, SMALL, fault) for fault in FAULTS),
    Adjustment(AdjustedPart.SIZE, Size(preset="adaptive"), SMALL, SizeFault.NO_SUCH_PRESET),
    Adjustment(AdjustedPart.SET),
    Adjustment(AdjustedPart.FORMAT),
)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (SizeFault.TOO_SMALL, "Too small for 5.0 Pro: it needs 0.9 million pixels."),
        (SizeFault.TOO_LARGE, "Too large for 5.0 Pro: it makes 4.6 million pixels at most."),
        (SizeFault.TOO_NARROW, "Too narrow for 5.0 Pro: one side may be 16 times the other."),
        (SizeFault.NOT_A_MULTIPLE, "5.0 Pro needs sides that are multiples of 16."),
        (SizeFault.NO_OWN_PIXELS, "5.0 Pro does not take this size."),
    ],
)
def test_an_illegal_size_is_told_with_the_limit(fault: SizeFault, said: str) -> None:
    assert why_illegal(fault, MODEL) == said


@pytest.mark.parametrize("adjustment", PARTS)
def test_every_adjustment_has_words(adjustment: Adjustment) -> None:
    assert adjusted(adjustment, MODEL)


def test_a_size_that_follows_image_1_is_said_by_its_own_line() -> None:
    assert adjusted(Adjustment(AdjustedPart.SIZE, LARGE, Size(preset="adaptive")), MODEL) == ""


def test_sentences_about_sizes_speak_the_language(qapp: QApplication, pseudo_language: QTranslator) -> None:
    qapp.installTranslator(pseudo_language)
    try:
        said = [adjusted(one, MODEL) for one in PARTS]
        said += [why_illegal(fault, MODEL) for fault in SizeFault]
        said.append(may_be_refused(MODEL))
    finally:
        qapp.removeTranslator(pseudo_language)
    assert [text for text in said if unbracketed(text.replace(words.short_model_name(MODEL), ""))] == []
