"""A second start is heard, and nonsense from elsewhere is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from seedream_desktop.state.handover import Handed, Handover, address_of, hand_over

SECOND_START = """
import sys
from seedream_desktop.state.handover import Handed, hand_over
sys.exit(0 if hand_over(sys.argv[1], Handed(("/a/图 1.png",), "/b")) else 1)
"""


def test_a_second_start_hands_its_files_over(qtbot: QtBot, tmp_path: Path) -> None:
    handover = Handover(address_of(tmp_path))
    arguments = [sys.executable, "-X", "utf8", "-c", SECOND_START, address_of(tmp_path)]
    with qtbot.waitSignal(handover.received) as received:
        second = subprocess.Popen(arguments, cwd=Path(__file__).parents[2])
    assert received.args == [Handed(("/a/图 1.png",), "/b")]
    qtbot.waitUntil(lambda: second.poll() is not None)
    assert second.returncode == 0


def test_without_a_first_process_nothing_is_handed_over(tmp_path: Path) -> None:
    assert not hand_over(address_of(tmp_path), Handed())


def test_nonsense_is_not_heard(qtbot: QtBot, tmp_path: Path) -> None:
    handover = Handover(address_of(tmp_path))
    heard: list[Handed] = []
    handover.received.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(address_of(tmp_path))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(b'{"files": 3}\n')
    assert heard == []


def test_two_data_directories_have_two_addresses(tmp_path: Path) -> None:
    assert address_of(tmp_path / "a") != address_of(tmp_path / "b")


def test_nothing_of_it_stays_on_the_disk(qtbot: QtBot, tmp_path: Path) -> None:
    handover = Handover(address_of(tmp_path))
    socket = Path(handover._server.fullServerName())
    assert socket.exists()
    handover.close()
    assert not socket.exists()


def test_any_folder_has_an_address(tmp_path: Path) -> None:
    assert address_of(tmp_path / "\udcff").isascii()
