"""What hangs on the pointer while pictures are dragged out, and what is handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDrag, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.gui.picture_drag import SIDE_PX, drag_picture, drag_pictures
from seedream_desktop.state.incoming import Incoming, offers_pictures, read_incoming
from seedream_desktop.state.picture_mime import PICTURE_IDS_TYPE
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import a_picture, draw_thumbnail


def test_dragging_hands_over_copies_of_the_files(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, source = TaskRunner(1), QWidget()
    qtbot.addWidget(source)
    pictures = (a_picture(1), a_picture(3))
    seen: list[tuple[list[str], str, object]] = []

    def drop(drag: QDrag, *actions: object) -> Qt.DropAction:
        mime = drag.mimeData()
        assert not mime.hasImage()
        names = [Path(url.toLocalFile()).name for url in mime.urls()]
        seen.append((names, bytes(mime.data(PICTURE_IDS_TYPE).data()).decode(), actions[0]))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    thumbnails = ThumbnailCache(tmp_path, runner, draw_thumbnail)
    drag_pictures(source, pictures, tuple(picture.path for picture in pictures), thumbnails)
    ids = f"{a_picture(1).id}\n{a_picture(3).id}"
    assert seen == [(["a cat 0001.jpeg", "a cat 0003.jpeg"], ids, Qt.DropAction.CopyAction)]
    runner.close(2000)


def test_what_leaves_under_another_name_is_known_by_our_own_window_only(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, source = TaskRunner(1), QWidget()
    qtbot.addWidget(source)
    seen: list[Incoming] = []

    def drop(drag: QDrag, *_: object) -> Qt.DropAction:
        mime = drag.mimeData()
        told = b"".join(bytes(mime.data(form).data()) for form in mime.formats())
        assert b"cat" not in told
        assert offers_pictures(mime)
        seen.append(read_incoming(mime))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    thumbnails = ThumbnailCache(tmp_path, runner, draw_thumbnail)
    drag_pictures(source, (a_picture(1),), (tmp_path / "Acme 0001.jpg",), thumbnails)
    assert seen == [Incoming(files=(a_picture(1).path,), picture_ids=(a_picture(1).id,))]
    runner.close(2000)


def test_several_pictures_hang_as_sheets_with_their_count(qtbot: QtBot, tmp_path: Path) -> None:
    runner, source = TaskRunner(1), QWidget()
    qtbot.addWidget(source)
    thumbnails = ThumbnailCache(tmp_path, runner, draw_thumbnail)
    image = QImage(128, 128, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    pictures = [a_picture(number) for number in range(4)]
    for picture in pictures:
        thumbnails.put(picture.sha256, image)
    one, many = (drag_picture(source, some, thumbnails).toImage() for some in (pictures[:1], pictures))
    assert one.pixelColor(5, 5) == QColor("#ff0000")
    assert one.pixelColor(SIDE_PX + 5, SIDE_PX + 5).alpha() == 0
    assert many.pixelColor(SIDE_PX + 5, SIDE_PX + 5) == QColor("#ff0000")
    assert many.pixelColor(12, 4) != QColor("#ff0000")
    runner.close(2000)
