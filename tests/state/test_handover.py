"""A second start is heard, and nonsense from elsewhere is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.codec import decode
from seedream_desktop.state import handover as handover_module
from seedream_desktop.state.handover import LONGEST_MESSAGE_BYTES, Handed, Handover, address_of, hand_over

ROOT = Path(__file__).parents[2]
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


@pytest.mark.parametrize(
    "said",
    [
        b"x" * (LONGEST_MESSAGE_BYTES + 2),
        b"[" * 50_000 + b"\n",
        b'{"files":["\\ud800"]',
        b"\xff\xfe\n",
        b"null\n",
    ],
    ids=["endless", "deep", "half", "no text", "nothing"],
)
def test_no_message_harms_who_listens(
    said: bytes, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover_module, "TALK_MS", 300)
    handover = Handover(address_of(tmp_path))
    heard: list[Handed] = []
    handover.received.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(address_of(tmp_path))
    with qtbot.waitSignal(socket.disconnected):
        socket.write(said)
    assert heard == []
    with qtbot.waitSignal(handover.received):
        arguments = [sys.executable, "-X", "utf8", "-c", SECOND_START, address_of(tmp_path)]
        second = subprocess.Popen(arguments, cwd=ROOT)
    qtbot.waitUntil(lambda: second.poll() is not None)


def test_who_says_nothing_is_hung_up_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover_module, "TALK_MS", 50)
    handover = Handover(address_of(tmp_path))
    sockets = [QLocalSocket() for _ in range(3)]
    for socket in sockets:
        socket.connectToServer(address_of(tmp_path))
    qtbot.waitUntil(
        lambda: all(socket.state() == socket.LocalSocketState.UnconnectedState for socket in sockets)
    )
    handover.close()


@pytest.mark.parametrize(("count", "length"), [(10_000, 100), (10_000, 4_000), (1, 100_000), (3, 10)])
def test_what_is_handed_over_fits_and_is_never_cut_in_a_name(count: int, length: int) -> None:
    names = tuple(f"/{number:05d}{'x' * length}" for number in range(count))
    line = handover_module._message(Handed(names, "/library"))
    assert len(line) <= LONGEST_MESSAGE_BYTES
    heard = decode(Handed, json.loads(line))
    assert heard.library == "/library"
    assert heard.files == names[: len(heard.files)]


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
