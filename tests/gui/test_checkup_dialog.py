"""Check library: what it offers, how far it is, what it found, and what becomes of that."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.gui import checkup_words
from seedream_desktop.gui.checkup_dialog import CheckupDialog
from seedream_desktop.library.findings import Checkup, Finding, FindingKind

MISSING = (
    Finding(FindingKind.PICTURE_MISSING, "Acme/a cat 0001.jpeg"),
    Finding(FindingKind.PICTURE_MISSING, "Acme/a cat 0002.jpeg"),
)
MENDED = Finding(FindingKind.INDEX_WRONG, "", is_healed=True)


@pytest.fixture
def dialog(qtbot: QtBot) -> CheckupDialog:
    dialog = CheckupDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def checkup(*findings: Finding, is_complete: bool = True) -> Checkup:
    return Checkup(False, findings, 1240, 0, is_complete)


def listed(dialog: CheckupDialog) -> dict[str, tuple[str, list[str]]]:
    """The groups with their counts and lines."""
    tree, found = dialog.found, {}
    for row in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(row)
        assert group is not None
        lines = [line.text(0) for row in range(group.childCount()) if (line := group.child(row))]
        found[group.text(0)] = (group.text(1), lines)
    return found


@pytest.mark.parametrize("is_thorough", [False, True])
def test_it_asks_for_as_thorough_a_look_as_was_chosen(
    dialog: CheckupDialog, qtbot: QtBot, is_thorough: bool
) -> None:
    dialog.thorough.setChecked(is_thorough)
    with qtbot.waitSignal(dialog.check_requested) as wished:
        dialog.act.click()
    assert wished.args == [is_thorough]


def test_while_it_looks_it_can_be_stopped(dialog: CheckupDialog, qtbot: QtBot) -> None:
    dialog.show_begun()
    dialog.show_progress(1204, 10_000)
    assert not dialog.thorough.isEnabled()
    assert dialog._how_far.text() == "1,204 of 10,000"
    with qtbot.waitSignal(dialog.stop_requested):
        dialog.act.click()


def test_a_library_in_order_is_said_to_be(dialog: CheckupDialog) -> None:
    dialog.show_checkup(checkup())
    assert dialog._summary.text() == "Everything is in order: 1,240 pictures."
    assert (dialog.found.isVisible(), dialog.forget.isVisible()) == (False, False)


def test_what_was_found_is_listed_by_kind_with_counts_and_names(dialog: CheckupDialog) -> None:
    dialog.show_checkup(checkup(MENDED, *MISSING))
    found = listed(dialog)
    assert list(found) == ["Pictures that are missing", "Entries of the index, corrected"]
    count, lines = found["Pictures that are missing"]
    assert (count, lines[1:]) == ("2", ["Acme/a cat 0001.jpeg", "Acme/a cat 0002.jpeg"])


def test_the_missing_are_forgotten_only_after_a_question(dialog: CheckupDialog, qtbot: QtBot) -> None:
    dialog.show_checkup(checkup(*MISSING))
    dialog.forget.click()
    (box,) = dialog.findChildren(QMessageBox)
    (forget,) = (one for one in box.findChildren(QPushButton) if one.text() == "Forget them")
    with qtbot.waitSignal(dialog.forget_requested) as wished:
        forget.click()
    assert wished.args == [tuple(finding.name for finding in MISSING)]
    dialog.show_forgotten(2)
    assert not dialog.forget.isVisible()


def test_they_may_come_back(dialog: CheckupDialog) -> None:
    dialog.show_checkup(checkup(*MISSING))
    dialog.keep.click()
    assert not dialog.forget.isVisible()
    assert len(listed(dialog)) == 1


def test_the_list_can_be_copied(dialog: CheckupDialog) -> None:
    dialog.show_checkup(checkup(*MISSING, MENDED))
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    assert "Pictures that are missing: 2\nAcme/a cat 0001.jpeg\n" in text
    assert text.endswith("Entries of the index, corrected: 1\nThe whole index, built anew")


@pytest.mark.parametrize("kind", FindingKind)
@pytest.mark.parametrize("is_healed", [False, True])
def test_every_kind_has_its_words(kind: FindingKind, is_healed: bool) -> None:
    assert checkup_words.title(kind, is_healed=is_healed)
    assert checkup_words.summary(checkup(Finding(kind, "x", is_healed), is_complete=False))
