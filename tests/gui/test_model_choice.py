"""The choice of the model: what the key may use can be chosen, the rest is there with its reason."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.offer import offer_of
from seedream_desktop.gui.model_choice import LINE_ROLE, ModelChoice
from tests.compose_stage import LITE, PRO, V3, catalog


@pytest.fixture
def choice(qtbot: QtBot) -> ModelChoice:
    choice = ModelChoice(offer_of(catalog(), ()))
    choice.show_model(catalog().model(LITE))
    qtbot.addWidget(choice)
    return choice


def offered(choice: ModelChoice, *listed: str) -> None:
    """Offer what is listed while 5.0 lite is chosen."""
    offer = offer_of(catalog(), listed)
    choice.show_offer(offer, catalog().model(offer.spelled(LITE)))


def rows(choice: ModelChoice) -> list[tuple[str, bool]]:
    """What each row says, and whether it can be chosen; separators say nothing."""
    flags = (choice.model().index(row, 0).flags() for row in range(choice.count()))
    texts = (choice.itemText(row) for row in range(choice.count()))
    enabled = Qt.ItemFlag.ItemIsEnabled
    return [(text, bool(flag & enabled)) for text, flag in zip(texts, flags, strict=True) if text]


def test_without_a_list_every_model_can_be_chosen(choice: ModelChoice) -> None:
    assert [can for _, can in rows(choice)] == [True] * len(catalog().models)
    assert choice.currentText() == "Seedream 5.0 lite"


def test_what_the_key_may_not_use_lies_below_with_the_reason(choice: ModelChoice) -> None:
    offered(choice, LITE, "seedream-9-9")
    assert rows(choice)[:3] == [
        ("Seedream 5.0 lite", True),
        ("seedream-9-9", True),
        ("Not offered to this key", False),
    ]
    assert ("Seedream 5.0 Pro", False) in rows(choice)
    row = choice.findData(PRO)
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert choice.itemData(row, role) == "The provider does not list it among the models of your key"


def test_a_new_list_changes_nothing_that_was_chosen(choice: ModelChoice, qtbot: QtBot) -> None:
    choice.show_model(catalog().model(V3))
    with qtbot.assertNotEmitted(choice.currentIndexChanged):
        choice.show_offer(offer_of(catalog(), (LITE,)), catalog().model(V3))
    assert (choice.currentText(), choice.currentData()) == ("Seedream 3.0", V3)


def test_the_keys_of_the_keyboard_pass_over_what_is_folded(choice: ModelChoice, qtbot: QtBot) -> None:
    offered(choice, LITE, "seedream-4-0-250828")
    choice.show()
    for _ in range(5):
        QTest.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentData() == "seedream-4-0-250828"


def test_keys_lead_out_of_a_model_that_is_folded_away(choice: ModelChoice) -> None:
    offered(choice, "seedream-5-0-pro-260628", "seedream-4-0-250828")
    choice.show()
    choice.showPopup()
    QTest.keyClick(choice.view(), Qt.Key.Key_Down)
    QTest.keyClick(choice.view(), Qt.Key.Key_Return)
    assert choice.currentData() == "seedream-4-0-250828"


def test_a_list_that_spells_the_chosen_model_otherwise_has_it_once(choice: ModelChoice) -> None:
    offered(choice, "seedream-5-0-260128")
    assert (choice.currentText(), choice.currentData()) == ("Seedream 5.0 lite", "seedream-5-0-260128")
    assert [text for text, can in rows(choice) if can] == ["Seedream 5.0 lite"]


def test_what_is_folded_cannot_be_chosen_by_a_screen_reader_either(choice: ModelChoice) -> None:
    offered(choice, LITE)
    folded = choice.model().index(choice.findData(PRO), 0)
    assert not folded.flags() & Qt.ItemFlag.ItemIsSelectable
    assert folded.data(Qt.ItemDataRole.AccessibleTextRole) == "Seedream 5.0 Pro, not offered to this key"


def test_two_of_one_name_are_told_apart_by_their_ids(choice: ModelChoice) -> None:
    offered(choice, LITE, "seedream-5-0-lite-270101")
    assert [text for text, can in rows(choice) if can] == ["Seedream 5.0 lite", "seedream-5-0-lite-270101"]


def test_a_model_of_a_picture_that_is_in_no_list_is_shown_by_its_id(choice: ModelChoice) -> None:
    choice.show_model(catalog().model("seedream-8-8"))
    assert choice.currentText() == "seedream-8-8"
    choice.show_model(catalog().model(LITE))
    assert choice.currentText() == "Seedream 5.0 lite"


def test_a_screen_reader_hears_its_name_and_what_is_chosen(choice: ModelChoice) -> None:
    choice.setAccessibleName("Model")
    interface = QAccessible.queryAccessibleInterface(choice)
    assert interface.role() == QAccessible.Role.ComboBox
    assert interface.text(QAccessible.Text.Value) == "Seedream 5.0 lite"


def test_the_list_says_of_each_model_what_it_is_for_and_what_it_takes(choice: ModelChoice) -> None:
    choice.show()
    choice.showPopup()
    told = {choice.itemText(row): choice.itemData(row, LINE_ROLE) for row in range(choice.count())}
    line = "all-round · about 30 s · $0.035 each · up to 14 references · sets"
    assert told["Seedream 5.0 lite"] == line
    assert told["Seedream 3.0"].endswith("no references · no sets")
    assert told["SeedEdit 3.0"].endswith("1 reference · no sets")
    delegate, index = choice.itemDelegate(), choice.model().index(0, 0)
    option = QStyleOptionViewItem()
    assert delegate.sizeHint(option, index).width() >= option.fontMetrics.horizontalAdvance(line) * 0.7
    assert choice.view().minimumWidth() > delegate.sizeHint(option, index).width()
    choice.hidePopup()
