"""The preferences as they are opened, and what is changed in them, brought to the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from seedream_desktop.gui.preferences_dialog import PreferencesDialog

if TYPE_CHECKING:
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

RECENT_LIBRARIES = 8


class Preferences(QObject):
    """Opens the dialog, one at a time."""

    settings_changed = Signal(object)  # Settings

    def __init__(self, parent: QWidget, settings: Callable[[], Settings], session: Session) -> None:
        """``settings`` gives the settings as they are when the dialog is opened."""
        super().__init__(parent)
        self._parent = parent
        self._settings = settings
        self._session = session
        self._dialog: PreferencesDialog | None = None
        session.pictures.trash_can.keep_days = settings().trash_days
        session.thumbnails.limit_bytes = settings().thumbnails_mb << 20

    def show(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self._dialog is None:
            self._dialog = self._new_dialog()
        self._dialog.show_settings(self._settings())
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()

    def choose_library(self, root: Path) -> None:
        """Open another library and remember the one before."""
        before = self._settings()
        opened = self._session.pictures.library
        recent = (str(opened.root), *before.recent_libraries) if opened else before.recent_libraries
        kept = tuple(dict.fromkeys(one for one in recent if one != str(root)))[:RECENT_LIBRARIES]
        self.settings_changed.emit(replace(before, library=str(root), library_id="", recent_libraries=kept))

    def _on_settings_changed(self, settings: Settings) -> None:
        self._session.pictures.trash_can.keep_days = settings.trash_days
        self._session.thumbnails.limit_bytes = settings.thumbnails_mb << 20
        self.settings_changed.emit(settings)

    def _new_dialog(self) -> PreferencesDialog:
        account = self._session.account
        dialog = PreferencesDialog(self._settings(), account.state, self._parent)
        if self._session.pictures.library is not None:
            dialog.show_library(self._session.pictures.library.root)
        dialog.settings_changed.connect(self._on_settings_changed)
        dialog.key_entered.connect(account.store)
        dialog.key_test_requested.connect(account.test)
        dialog.key_forget_requested.connect(account.forget)
        dialog.library_chosen.connect(self.choose_library)
        account.key_changed.connect(dialog.set_key_state)
        account.key_tested.connect(dialog.set_key_test)
        account.failed.connect(dialog.show_key_problem)
        self._session.pictures.opened.connect(lambda library: dialog.show_library(library.root))
        return dialog
