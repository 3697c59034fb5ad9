"""Export… shows what will be written, offers what fits, and lets nothing client-safe out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.export_dialog import ExportDialog
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.imaging.export_form import (
    ExportForm,
    ExportWish,
    FileFormat,
    Outcome,
    Resize,
    SheetForm,
)
from seedream_desktop.library.presets import Preset
from seedream_desktop.library.values import Board
from seedream_desktop.state.exporting import ExportFacts, MarksFound
from tests.gallery_stage import a_picture

ACME = Board("acme", "Acme rebrand", "Acme rebrand", 5)


def _facts(*, is_client_safe: bool = False, folder: str = "", wish: ExportWish | None = None) -> ExportFacts:
    pictures = tuple(replace(a_picture(number), board_id="acme", number=140 + number) for number in range(5))
    boards = (replace(ACME, is_client_safe=is_client_safe),)
    presets = (Preset("Mine", ExportWish(pattern="{date}")),)
    return ExportFacts(pictures, boards, presets, wish or ExportWish(), folder)


def _dialog(qtbot: QtBot, facts: ExportFacts) -> ExportDialog:
    dialog = ExportDialog(facts)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def _shown_words(dialog: ExportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisible())


def test_the_first_names_are_shown_while_one_types(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot, _facts())
    assert "Acme rebrand 0140.jpg\nAcme rebrand 0141.jpg" in _shown_words(dialog)
    dialog.files.pattern.setText("{index} {title}")
    assert "01 a cat, number 0.jpg" in _shown_words(dialog)
    dialog.files.format.setCurrentIndex(dialog.files.format.findData(FileFormat.TIFF))
    assert "01 a cat, number 0.tif" in _shown_words(dialog)
    dialog.files.pattern.setText("{Nummer}")
    assert "{Nummer} means nothing" in _shown_words(dialog)


WISHES = [
    ExportWish(),
    ExportWish(
        form=ExportForm(FileFormat.WEBP, 70, Resize.BOX, width_px=100, height_px=50), embeds_recipe=True
    ),
    ExportWish(pattern="{date}", form=ExportForm(resize=Resize.SCALE, percent=33), keeps_credentials=False),
    ExportWish(Outcome.SHEET, sheet=SheetForm(is_landscape=True, rows=2, columns=7, has_titles=True)),
    ExportWish(Outcome.ZIP, is_client_safe=True),
]


@pytest.mark.parametrize("wish", WISHES)
def test_what_was_chosen_is_shown_and_wished_again(qtbot: QtBot, wish: ExportWish) -> None:
    dialog = _dialog(qtbot, _facts(wish=wish, folder="/out"))
    with qtbot.waitSignal(dialog.export_requested) as told:
        dialog.act.click()
    assert told.args == [wish, Path("/out")]


def test_a_client_safe_board_cannot_be_made_to_tell(qtbot: QtBot) -> None:
    wish = ExportWish(pattern="{prompt} {title} {number}", embeds_recipe=True)
    dialog = _dialog(qtbot, _facts(is_client_safe=True, wish=wish))
    assert dialog.client_safe.isChecked()
    assert not dialog.client_safe.isEnabled()
    assert not dialog.files.recipe.isEnabled()
    assert "Acme rebrand is client-safe" in _shown_words(dialog)
    assert "cat" not in _shown_words(dialog)


def test_credentials_are_said_and_asked_about_where_a_change_breaks_them(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot, _facts())
    dialog.show_marks(MarksFound(looked_at=5, with_credentials=2, untagged=1))
    assert not dialog.files.credentials.isVisible()
    dialog.files.format.setCurrentIndex(dialog.files.format.findData(FileFormat.PNG))
    assert dialog.files.credentials.isVisible()
    assert "2 pictures with content credentials" in _shown_words(dialog)
    assert "1 picture without a colour profile" in _shown_words(dialog)
    assert dialog.wish.keeps_credentials


def test_a_preset_is_applied_marked_and_removed(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot, _facts())
    dialog.preset.setCurrentIndex(1)
    dialog.preset.activated.emit(1)
    assert dialog.wish == ExportWish(pattern="{date}")
    with qtbot.waitSignal(dialog.preset_removed) as told:
        dialog.remove_preset.click()
    assert told.args == ["Mine"]
    dialog.files.pattern.setText("{number}")
    assert dialog.preset.currentText() == "None"


def test_a_contact_sheet_says_its_pages(qtbot: QtBot) -> None:
    wish = ExportWish(Outcome.SHEET, sheet=SheetForm(rows=1, columns=2))
    assert "3 pages" in _shown_words(_dialog(qtbot, _facts(wish=wish)))


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot, _facts())
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for control in dialog.findChildren(kind):
            if control.objectName() != "qt_spinbox_lineedit":
                assert control.accessibleName(), control
