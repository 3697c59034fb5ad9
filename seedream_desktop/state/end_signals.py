"""The operating system's wish that the process ends: a terminal that is closed, a session that is over."""

from __future__ import annotations

import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal

NAMES = ("SIGTERM", "SIGINT", "SIGHUP")  # those that the system has


class EndSignals(QObject):
    """Turns signals of the operating system into one of Qt; they would be heard at the next event only."""

    received = Signal()

    def __init__(self, parent: QObject) -> None:
        """Heed them from now on."""
        super().__init__(parent)
        self._heard, self._said = socket.socketpair()
        self._said.setblocking(False)
        signal.set_wakeup_fd(self._said.fileno())
        for name in NAMES:
            if number := getattr(signal, name, None):
                signal.signal(number, lambda *_: None)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(lambda *_: self._on_heard())

    def _on_heard(self) -> None:
        self._heard.recv(64)
        self.received.emit()
