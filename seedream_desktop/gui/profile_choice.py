"""The choice of a colour profile for screens that the system names none for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.gui.controls import Choice

_SRGB, _FILE, _OTHER = range(3)


class ProfileChoice(Choice):
    """sRGB, the file that is chosen, or another one."""

    profile_chosen = Signal(str)  # a path; empty: sRGB

    def __init__(self) -> None:
        """Start with sRGB."""
        super().__init__()
        self._path = ""
        self.addItems(["sRGB"])
        self.activated.connect(self._on_activated)
        self._write_words()

    def show_profile(self, path: str) -> None:
        """Show what is chosen, without a signal."""
        self._path = path
        self._write_words()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _write_words(self) -> None:
        was_blocked = self.blockSignals(True)
        self.clear()
        self.addItem("sRGB", _SRGB)
        if self._path:
            self.addItem(Path(self._path).name, _FILE)
        self.addItem(self.tr("Choose a profile…"), _OTHER)
        self.setCurrentIndex(1 if self._path else 0)
        self.blockSignals(was_blocked)
        hint = self.tr("The ICC profile of your screen, used where the system names none for it")
        self.setAccessibleName(self.tr("Screen colours"))
        self.setAccessibleDescription(hint)
        self.setToolTip(f"{hint}\n{self._path}" if self._path else hint)

    def _on_activated(self, row: int) -> None:
        chosen = self.itemData(row)
        if chosen == _SRGB and self._path:
            self._take("")
        elif chosen == _OTHER:
            self._write_words()  # until another one is chosen, it is what it was
            kinds = self.tr("Colour profiles (*.icc *.icm)")
            path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a colour profile"), self._path, kinds)
            if path:
                self._take(path)

    def _take(self, path: str) -> None:
        self.show_profile(path)
        self.profile_chosen.emit(path)
