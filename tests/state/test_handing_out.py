"""What is copied can be pasted as a picture and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.platforms.linux import Linux
from seedream_desktop.state.handing_out import HandingOut
from seedream_desktop.tasks import TaskRunner


class NoFileManager(Linux):
    """A system on which nothing can show a folder."""

    def reveal(self, path: Path) -> bool:
        return False


@pytest.fixture
def handing_out(qtbot: QtBot) -> Iterator[HandingOut]:
    runner = TaskRunner(1)
    yield HandingOut(NoFileManager(), runner, draw_picture)
    assert runner.close(60_000)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "图 1.png"
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(path))
    return path


def test_a_copied_picture_is_there_as_picture_and_file(
    handing_out: HandingOut, picture: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(handing_out.copied):
        handing_out.copy_picture(picture)
    mime = QGuiApplication.clipboard().mimeData()
    assert [url.toLocalFile() for url in mime.urls()] == [str(picture)]
    assert QImage(mime.imageData()).width() == 20


def test_copied_files_are_there_in_their_order(handing_out: HandingOut, tmp_path: Path) -> None:
    paths = (tmp_path / "b.png", tmp_path / "a.png")
    handing_out.copy_files(paths)
    urls = QGuiApplication.clipboard().mimeData().urls()
    assert [url.toLocalFile() for url in urls] == [str(path) for path in paths]


def test_a_missing_picture_is_said(handing_out: HandingOut, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(handing_out.failed) as failed:
        handing_out.copy_picture(tmp_path / "gone.png")
    assert failed.args is not None
    assert failed.args[0].kind is ProblemKind.FILE_UNREADABLE


def test_a_system_without_a_file_manager_is_said(
    handing_out: HandingOut, picture: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(handing_out.failed):
        handing_out.reveal(picture)
