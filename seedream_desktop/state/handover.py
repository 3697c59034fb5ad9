"""One process per data directory: a second start hands its files over, raises the window and ends."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.codec import decode, encode

PATIENCE_MS = 10_000  # the window that is asked may be busy, or still be opening
LONGEST_MESSAGE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Handed:
    """What a second start was asked for, as text: absolute paths."""

    files: tuple[str, ...] = ()
    library: str = ""


def address_of(data_dir: Path) -> str:
    """The name under which the process of that data directory listens."""
    return "seedream-desktop-" + hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:16]


def hand_over(address: str, handed: Handed) -> bool:
    """Give ``handed`` to the process that listens there; False when none does. May block for 10 s."""
    from PySide6.QtNetwork import QLocalSocket  # late: only a second start needs it

    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(PATIENCE_MS):
        return False
    socket.write(json.dumps(encode(handed)).encode() + b"\n")
    while socket.bytesToWrite() and socket.waitForBytesWritten(PATIENCE_MS):
        continue
    return socket.bytesAvailable() > 0 or socket.waitForReadyRead(PATIENCE_MS)


class Handover(QObject):
    """Listens for second starts."""

    received = Signal(object)  # Handed

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        """Take the address over; whoever holds the lock of the data directory is its rightful owner."""
        from PySide6.QtNetwork import QLocalServer  # late: after the first paint

        super().__init__(parent)
        QLocalServer.removeServer(address)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_new_connection)
        self._server.listen(address)

    def close(self) -> None:
        """Listen no longer; nothing of it stays on the disk."""
        self._server.close()

    def _on_new_connection(self) -> None:
        socket = self._server.nextPendingConnection()

        def on_ready() -> None:
            if not socket.canReadLine():
                if socket.bytesAvailable() > LONGEST_MESSAGE_BYTES:
                    socket.abort()
                return
            line = bytes(socket.readLine().data())
            socket.write(b"thanks\n")
            socket.disconnectFromServer()
            self._receive(line)

        socket.readyRead.connect(on_ready)
        socket.disconnected.connect(socket.deleteLater)

    def _receive(self, line: bytes) -> None:
        try:
            self.received.emit(decode(Handed, json.loads(line)))
        except (ValueError, RecursionError):  # not one of ours
            return
