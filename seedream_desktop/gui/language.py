"""The language of the window: its own words and those of Qt's dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from seedream_desktop.files import resource_path

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Language:
    """Has an application speak one language at a time."""

    def __init__(self, application: QApplication) -> None:
        """Leave it as it is: English."""
        self._application = application
        self._translators: tuple[QTranslator, ...] = ()

    def speak(self, language: str) -> None:
        """Speak ``language`` ("en", "zh_CN"), or the system's where that is empty."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        name = language or QLocale.system().name()
        name = "zh_CN" if name.startswith("zh") else name  # the only Chinese there is
        folders = {
            f"seedream_desktop_{name}": str(resource_path("translations")),
            f"qtbase_{name}": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
        }
        translators = []
        for file, folder in folders.items():
            translator = QTranslator(self._application)
            if translator.load(file, folder):
                self._application.installTranslator(translator)
                translators.append(translator)
        self._translators = tuple(translators)
