"""One process per data directory: a second start hands its files over, raises the window and ends."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from seedream_desktop.generation.codec import decode, encode

PATIENCE_MS = 10_000  # the window that is asked may be busy, or still be opening
LONGEST_MESSAGE_BYTES = 64 * 1024  # names of files; what the tray takes at once fits in twice
FILES_MOST = 100  # the tray takes 64 of one drop, and says of the rest that they are too many
TALK_MS = 10_000  # who connects has that long for what it has to say
TALKS_MOST = 8  # at a time; the rest wait with the system


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
    socket.write(_message(handed))
    while socket.bytesToWrite() and socket.waitForBytesWritten(PATIENCE_MS):
        continue
    return socket.bytesAvailable() > 0 or socket.waitForReadyRead(PATIENCE_MS)


def _message(handed: Handed) -> bytes:
    """As many files as fit, on a line."""
    count = FILES_MOST
    while True:
        fewer = replace(handed, files=handed.files[:count])
        line = json.dumps(encode(fewer)).encode() + b"\n"
        if len(line) <= LONGEST_MESSAGE_BYTES or not count:
            return line
        count //= 2


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
        self._server.setMaxPendingConnections(TALKS_MOST)
        self._server.newConnection.connect(self._on_new_connection)
        self._server.listen(address)

    def close(self) -> None:
        """Listen no longer; nothing of it stays on the disk."""
        self._server.close()

    def _on_new_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.setReadBufferSize(LONGEST_MESSAGE_BYTES + 1)
        QTimer.singleShot(TALK_MS, socket, socket.abort)

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
