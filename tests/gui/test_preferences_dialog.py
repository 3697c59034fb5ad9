"""Preferences apply at once, and the key is never seen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from seedream_desktop.api.account import Balance, KeyTest
from seedream_desktop.credentials import KeySource, KeyState
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.gui.key_field import KeyField
from seedream_desktop.gui.preferences_dialog import PreferencesDialog
from seedream_desktop.settings import Settings, Theme
from tests.compose_stage import part

KEPT = KeyState(KeySource.KEYRING, "GNOME Keyring")


@pytest.fixture
def dialog(qtbot: QtBot) -> PreferencesDialog:
    dialog = PreferencesDialog(Settings(jobs_at_once=5, theme=Theme.DARK, language="zh_CN"), KEPT)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def button(dialog: PreferencesDialog, words: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == words)


def said(dialog: PreferencesDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_it_shows_what_is_set(dialog: PreferencesDialog) -> None:
    shown = (dialog.jobs_at_once.value(), dialog.theme.currentText(), dialog.language.currentText())
    assert shown == (5, "Dark", "简体中文")
    assert not dialog.isModal()


def test_each_change_applies_at_once_and_keeps_the_others(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    dialog.jobs_at_once.setValue(8)
    dialog.theme.setCurrentIndex(dialog.theme.findData(Theme.LIGHT))
    dialog.language.setCurrentIndex(dialog.language.findData(""))
    assert changes[-1] == Settings(jobs_at_once=8, theme=Theme.LIGHT, language="")
    assert len(changes) == 3


def test_jobs_at_once_stay_between_one_and_eight(dialog: PreferencesDialog) -> None:
    assert (dialog.jobs_at_once.minimum(), dialog.jobs_at_once.maximum()) == (1, 8)


def test_a_limit_a_day_is_off_at_nought_and_counts_once_it_is_typed(
    qtbot: QtBot, dialog: PreferencesDialog
) -> None:
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    assert dialog.daily_limit.text() == "No limit"
    dialog.daily_limit.setFocus()
    dialog.daily_limit.selectAll()
    QTest.keyClicks(dialog.daily_limit, "12.5")
    assert changes == []
    QTest.keyClick(dialog.daily_limit, Qt.Key.Key_Tab)
    dialog.daily_limit.interpretText()
    assert [one.daily_limit_usd for one in changes] == [12.5]
    assert dialog.daily_limit.text() == "$12.50"


def test_showing_settings_changes_none(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    with qtbot.assertNotEmitted(dialog.settings_changed):
        dialog.show_settings(Settings())
    assert dialog.theme.currentText() == "As the system"


def test_the_library_folder_is_shown_and_another_can_be_chosen(
    qtbot: QtBot, dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.show_library(Path("/pictures/Seedream"))
    assert "/pictures/Seedream" in said(dialog)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "/elsewhere")
    with qtbot.waitSignal(dialog.library_chosen) as blocker:
        button(dialog, "Choose another…").click()
    assert blocker.args == [Path("/elsewhere")]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (KEPT, "Kept in GNOME Keyring."),
        (KeyState(KeySource.ENVIRONMENT), "Taken from COMETAPI_KEY; it is not stored."),
        (KeyState(KeySource.NONE), "No key."),
        (
            KeyState(KeySource.SESSION, problem=Problem(ProblemKind.KEYRING_UNUSABLE)),
            "A key is kept until the window is closed and is never written to disk.",
        ),
    ],
)
def test_it_says_where_the_key_is_kept(dialog: PreferencesDialog, state: KeyState, expected: str) -> None:
    dialog.set_key_state(state)
    assert expected in said(dialog)
    has_own = state.source in {KeySource.KEYRING, KeySource.SESSION}
    assert button(dialog, "Forget it").isEnabled() is has_own
    assert button(dialog, "Test it").isEnabled() is (state.source is not KeySource.NONE)


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (KeyTest(True, True, Balance(20.0, 7.6)), "The service accepts the key. Its balance is $12.40."),
        (KeyTest(True, True), "The service accepts the key."),
        (KeyTest(True, None), "The first picture will show whether the key is accepted."),
        (KeyTest(True, False), "The service does not accept this key."),
        (
            KeyTest(False, None, None, Problem(ProblemKind.UNREACHABLE, subject="a.b")),
            "The key could not be tested. a.b cannot be reached.",
        ),
    ],
)
def test_it_says_what_a_test_showed(
    qtbot: QtBot, dialog: PreferencesDialog, test: KeyTest, expected: str
) -> None:
    with qtbot.waitSignal(dialog.key_test_requested):
        button(dialog, "Test it").click()
    assert "Testing the key…" in said(dialog)
    dialog.set_key_test(test)
    assert expected in said(dialog)
    assert button(dialog, "Test it").isEnabled()


def test_another_key_is_handed_on_and_wiped(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    field = part(dialog, KeyField)
    field.setText("  sk-secret\n")
    with qtbot.waitSignal(dialog.key_entered) as blocker:
        button(dialog, "Use it").click()
    assert (blocker.args, field.text()) == (["sk-secret"], "")


def test_return_in_a_field_presses_no_button(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    tested, stored = dialog.key_test_requested, dialog.key_entered
    with qtbot.assertNotEmitted(tested), qtbot.assertNotEmitted(stored):
        QTest.keyClick(dialog.jobs_at_once, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_forgetting_is_wished_for(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    with qtbot.waitSignal(dialog.key_forget_requested):
        button(dialog, "Forget it").click()


def test_every_control_has_a_name(dialog: PreferencesDialog) -> None:
    controls = [
        widget for kind in (QAbstractButton, QComboBox, QSpinBox) for widget in dialog.findChildren(kind)
    ]
    assert controls
    assert [widget for widget in controls if not widget.accessibleName()] == []


def choose_address(dialog: PreferencesDialog, address: str) -> None:
    section = dialog.proxy_section
    section.choice.setCurrentIndex(2)
    section.address.setText(address)
    section.address.editingFinished.emit()


def test_a_proxy_is_chosen_and_counts_at_once(dialog: PreferencesDialog) -> None:
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    assert dialog.proxy_section.choice.accessibleName() == "Proxy"
    dialog.proxy_section.choice.setCurrentIndex(1)
    choose_address(dialog, " proxy.example.com:8080 ")
    dialog.proxy_section.choice.setCurrentIndex(0)
    assert [settings.proxy for settings in changes] == ["direct", "proxy.example.com:8080", ""]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("socks5://127.0.0.1:1080", "SOCKS proxies cannot be used"),
        ("http://a:notaport", "not the address of an http or https proxy"),
        ("猫", "not the address"),
        ("http://me:secret@proxy:1", "The password is kept readable"),
        ("", "Type its address"),
    ],
)
def test_an_address_is_judged_while_it_is_typed(dialog: PreferencesDialog, address: str, words: str) -> None:
    dialog.proxy_section.choice.setCurrentIndex(2)
    dialog.proxy_section.address.setText(address)
    assert words in said(dialog)


@pytest.mark.parametrize("address", ["socks5://127.0.0.1:1080", "http://[::1", "a b:1", ""])
def test_what_is_no_proxy_is_never_taken(qtbot: QtBot, dialog: PreferencesDialog, address: str) -> None:
    with qtbot.assertNotEmitted(dialog.settings_changed):
        choose_address(dialog, address)


def test_what_was_typed_counts_when_the_dialog_is_closed(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    dialog.proxy_section.choice.setCurrentIndex(2)
    dialog.proxy_section.address.setText("proxy:1")
    with qtbot.waitSignal(dialog.settings_changed) as told:
        dialog.close()
    assert told.args is not None
    assert told.args[0].proxy == "proxy:1"


def test_a_proxy_that_is_set_is_shown_and_typing_is_not_disturbed(dialog: PreferencesDialog) -> None:
    dialog.show_settings(Settings(proxy="proxy:1"))
    section = dialog.proxy_section
    assert (section.choice.currentText(), section.address.text()) == ("This one", "proxy:1")
    section.address.setText("proxy:12")
    dialog.show_settings(Settings(proxy="proxy:1", jobs_at_once=2))
    assert section.address.text() == "proxy:12"


def test_an_odd_proxy_of_the_system_is_said(
    dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("urllib.request.getproxies", lambda: {"https": "socks5://127.0.0.1:1"})
    dialog.proxy_section.choice.setCurrentIndex(1)
    dialog.proxy_section.choice.setCurrentIndex(0)
    assert "The system names a proxy that cannot be used." in said(dialog)


def test_a_key_test_behind_a_sign_in_offers_the_page(
    dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    gate = Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/login?a=1")
    dialog.set_key_test(KeyTest(address_is_right=False, key_is_right=None, problem=gate))
    assert "This network wants you to sign in." in said(dialog)
    button(dialog, "Open the page").click()
    assert opened == ["http://gate.example/login?a=1"]
    dialog.set_key_test(KeyTest(True, True))
    assert not button(dialog, "Open the page").isVisible()


def test_it_grows_with_what_there_is_to_say(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    before_px = dialog.height()
    gate = Problem(ProblemKind.SIGN_IN_NEEDED, page="http://gate.example/")
    dialog.set_key_test(KeyTest(address_is_right=False, key_is_right=None, problem=gate))
    choose_address(dialog, "socks5://127.0.0.1:1080")
    qtbot.waitUntil(lambda: dialog.height() > before_px)
    layout = dialog.layout()
    assert layout is not None
    qtbot.waitUntil(lambda: dialog.height() >= layout.totalHeightForWidth(dialog.width()))


def test_proxy_stands_on_the_line_of_its_choice(dialog: PreferencesDialog) -> None:
    words = next(label for label in dialog.findChildren(QLabel) if label.text() == "Proxy")
    choice = dialog.proxy_section.choice
    middle = choice.mapTo(dialog, choice.rect().center()).y()
    assert abs(words.mapTo(dialog, words.rect().center()).y() - middle) <= 1


def test_what_a_press_may_cost_unasked_is_changed_and_switched_off(dialog: PreferencesDialog) -> None:
    changes: list[Settings] = []
    dialog.settings_changed.connect(changes.append)
    assert dialog.ask_above.text() == "$5.00"
    dialog.ask_above.setValue(12)
    dialog.ask_above.setValue(0)
    assert [one.ask_above_usd for one in changes] == [12, 0]
    assert dialog.ask_above.text() == "Never ask"
