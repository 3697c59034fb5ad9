"""What the tests of the window share: a language in which every string is twice as long, and a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.credentials import Credentials
from seedream_desktop.settings import Settings, places
from seedream_desktop.state.provider import Provider
from seedream_desktop.state.session import Session
from tests.compose_stage import catalog
from tests.gui.pseudo_language import load_pseudo_language


@pytest.fixture(scope="session")
def pseudo_language(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> QTranslator:
    """Compiled, as the real ones are, and not yet installed.

    A translator written in Python would need the interpreter while Qt holds its lock on translators: a pool
    thread whose reader words an error then waits for the GUI thread, and that one for the lock.
    """
    return load_pseudo_language(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """A session without a library yet, with a provider that is never asked."""
    credentials = Credentials("http://127.0.0.1:9", None, lambda: None)
    provider = Provider("http://127.0.0.1:9/v1", lambda: credentials, is_demo=True)
    where = places(tmp_path / "data")
    where.data_dir.mkdir()
    session = Session(where, Settings(machine_id="0" * 32), provider, catalog())
    yield session
    assert session.close(60_000)
