"""The preferences reach the session, and come back as the session says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials, KeySource
from seedream_desktop.generation.request import GenerationRequest
from seedream_desktop.gui.preferences import RECENT_LIBRARIES, Preferences
from seedream_desktop.gui.preferences_dialog import PreferencesDialog
from seedream_desktop.settings import Settings, places
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.compose_stage import catalog
from tests.demo_fixtures import Demo

OLDER = tuple(f"/libraries/{number}" for number in range(RECENT_LIBRARIES))
SETTINGS = Settings(machine_id="0" * 32, jobs_at_once=2, recent_libraries=OLDER)


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot, demo: Demo) -> Iterator[Session]:
    """A session on an empty library, without a keyring; the provider is the stand-in."""
    credentials = Credentials("http://127.0.0.1", None, lambda: None)
    where = places(tmp_path / "data")
    where.data_dir.mkdir()
    session = Session(where, SETTINGS, Provider(demo.base_url, lambda: credentials, is_demo=True), catalog())
    with qtbot.waitSignal(session.pictures.opened):
        session.open(tmp_path / "library")
    yield session
    assert session.close(60_000)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def preferences(window: QWidget, session: Session) -> Preferences:
    return Preferences(window, lambda: SETTINGS, session)


@pytest.fixture
def dialog(window: QWidget, preferences: Preferences) -> PreferencesDialog:
    preferences.show()
    (dialog,) = window.findChildren(PreferencesDialog)
    return dialog


def test_it_is_opened_once_and_then_brought_to_the_front(
    window: QWidget, preferences: Preferences, dialog: PreferencesDialog
) -> None:
    dialog.hide()
    preferences.show()
    assert window.findChildren(PreferencesDialog) == [dialog]
    assert dialog.isVisible()


def test_a_change_is_told_with_all_settings(
    qtbot: QtBot, preferences: Preferences, dialog: PreferencesDialog
) -> None:
    jobs = next(box for box in dialog.findChildren(QSpinBox) if box.value() == SETTINGS.jobs_at_once)
    with qtbot.waitSignal(preferences.settings_changed) as told:
        jobs.setValue(5)
    assert told.args is not None
    assert (told.args[0].jobs_at_once, told.args[0].recent_libraries) == (5, OLDER)


def test_another_library_is_chosen_and_the_one_before_remembered(
    qtbot: QtBot, preferences: Preferences, dialog: PreferencesDialog, session: Session
) -> None:
    with qtbot.waitSignal(preferences.settings_changed) as told:
        dialog.library_chosen.emit(Path("/libraries/3"))
    assert told.args is not None
    before = str(session.pictures.the_library().root)
    assert told.args[0].library == str(Path("/libraries/3"))
    assert told.args[0].recent_libraries == (before, *OLDER[:3], *OLDER[4:])


def test_a_key_is_kept_tested_and_forgotten(
    qtbot: QtBot, dialog: PreferencesDialog, session: Session, demo: Demo
) -> None:
    with qtbot.waitSignal(session.account.key_tested):
        dialog.key_entered.emit(demo.key)
    assert session.account.state.source is KeySource.SESSION
    with qtbot.waitSignal(session.account.key_tested):
        dialog.key_test_requested.emit()
    with qtbot.waitSignal(session.account.key_changed) as told:
        dialog.key_forget_requested.emit()
    assert told.args is not None
    assert told.args[0].source is KeySource.NONE


def test_a_chosen_proxy_counts_from_the_next_request_on(session: Session) -> None:
    assert session.client._proxy() == SETTINGS.proxy
    session.proxy = "proxy.example.com:8080"
    assert session.client._proxy() == "proxy.example.com:8080"


def test_each_model_says_how_long_its_answer_may_keep_silent(session: Session) -> None:
    for model in catalog().models:
        for images_in_set in (None, 4):
            request = GenerationRequest(model.id, "a fox", None, images_in_set=images_in_set)
            assert session.client._silence_s(request) == model.wait_s(request)
