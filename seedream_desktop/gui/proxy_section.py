"""The proxy in the preferences: the system's, none, or an address that is checked while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.gui.controls import Choice, set_tone
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import SPACE_PX, caption_font

_SYSTEM, _DIRECT, _ADDRESS = "", "direct", "address"  # rows of the choice; the first two are settings
_EXAMPLE = "proxy.example.com:8080"
_LONGEST = 500  # characters of an address


class ProxySection(QWidget):
    """Shows the setting and wishes for another one; an address that cannot be used is never wished for."""

    proxy_changed = Signal(str)  # as the settings keep it

    def __init__(self) -> None:
        """Start with the system's."""
        super().__init__()
        self._setting = _SYSTEM
        self.choice, self.address, self._said = Choice(), QLineEdit(), Label()
        self._build()
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.address.textChanged.connect(self._say)
        self.address.editingFinished.connect(self._take_address)
        self._write_words()

    def show_setting(self, setting: str) -> None:
        """Show ``setting``, unless it is shown already: what is being typed stays."""
        if setting == self._setting and self.choice.currentIndex() >= 0:
            return
        self._setting = setting
        row = setting if setting in {_SYSTEM, _DIRECT} else _ADDRESS
        for control in (self.choice, self.address):
            control.blockSignals(True)
        self.choice.setCurrentIndex(self.choice.findData(row))
        self.address.setText(setting if row == _ADDRESS else "")
        for control in (self.choice, self.address):
            control.blockSignals(False)
        self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed counts, however the dialog is closed."""
        super().hideEvent(event)
        self._take_address()

    def _build(self) -> None:
        for row in (_SYSTEM, _DIRECT, _ADDRESS):
            self.choice.addItem("", row)
        self.address.setMaxLength(_LONGEST)
        self._said.setFont(caption_font())
        self._said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_PX)
        column.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.address)
        column.addWidget(self._said)

    def _write_words(self) -> None:
        for row, name in enumerate((self.tr("As the system"), self.tr("None"), self.tr("This one"))):
            self.choice.setItemText(row, name)
        self.choice.setAccessibleName(self.tr("Proxy"))
        self.choice.setToolTip(self.tr("Which way requests take; it counts from the next one on"))
        self.address.setAccessibleName(self.tr("Address of the proxy"))
        self.address.setPlaceholderText(self.tr("For example {address}").format(address=_EXAMPLE))
        self._say()

    def _is_own(self) -> bool:
        return bool(self.choice.currentData() == _ADDRESS)

    def _on_chosen(self) -> None:
        self._say()
        if self._is_own():
            self.address.setFocus()
            self._take_address()
        else:
            self._wish(str(self.choice.currentData()))

    def _take_address(self) -> None:
        address = self.address.text().strip()
        if self._is_own() and address and not _trouble(address):
            self._wish(address)

    def _wish(self, setting: str) -> None:
        if setting != self._setting:
            self._setting = setting
            self.proxy_changed.emit(setting)

    def _say(self) -> None:
        self.address.setVisible(self._is_own())
        text, tone = self._words_of(self.address.text().strip())
        self._said.setText(text)
        self._said.setAccessibleName(text)
        self._said.setVisible(bool(text))
        set_tone(self._said, tone)

    def _words_of(self, address: str) -> tuple[str, str]:
        row = self.choice.currentData()
        if row == _DIRECT:
            return "", "dim"
        if row == _SYSTEM:
            return (
                (self.tr("The system names a proxy that cannot be used."), "amber")
                if _trouble("")
                else ("", "dim")
            )
        if not address:
            return self.tr("Type its address; until then the one before is used."), "dim"
        trouble = _trouble(address)
        if trouble.startswith("socks"):
            return self.tr("SOCKS proxies cannot be used; most offer http too, at another port."), "red"
        if trouble:
            return self.tr("This is not the address of an http or https proxy."), "red"
        if "@" in address:
            return self.tr("The password is kept readable in the settings of this computer."), "dim"
        return "", "dim"


def _trouble(address: str) -> str:
    """Why ``address`` (empty: the system's) is no proxy that can be used: what it names; empty: it is one."""
    from seedream_desktop.api.proxies import parse_proxy, system_proxy  # late: urllib's settings, 20 ms

    try:
        parse_proxy(address) if address else system_proxy()
    except ProblemError as error:
        return error.problem.subject or "?"
    return ""
