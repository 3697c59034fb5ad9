"""What the tests of the window share: a language in which every string is twice as long."""

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from tests.gui.pseudo_language import load_pseudo_language


@pytest.fixture(scope="session")
def pseudo_language(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> QTranslator:
    """Compiled, as the real ones are, and not yet installed.

    A translator written in Python would need the interpreter while Qt holds its lock on translators: a pool
    thread whose reader words an error then waits for the GUI thread, and that one for the lock.
    """
    return load_pseudo_language(tmp_path_factory.mktemp("pseudo"))
