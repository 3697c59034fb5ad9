"""What hangs on the pointer while pictures are dragged out, and what is handed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QDrag, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.gui.picture_drag import SIDE_PX, drag_picture, drag_pictures
from seedream_desktop.state.gallery_model import PICTURE_IDS_TYPE, GalleryModel
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests.gallery_stage import FakeLibrary, a_picture, draw_thumbnail


def test_dragging_hands_over_copies_of_the_files(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, source = TaskRunner(1), QWidget()
    qtbot.addWidget(source)
    model = GalleryModel(runner, load_catalog(Path("resources/models.toml")))
    with qtbot.waitSignal(model.query_shown):
        model.set_library(FakeLibrary(5))
    seen: list[tuple[list[str], str, object]] = []

    def drop(drag: QDrag, *actions: object) -> Qt.DropAction:
        mime = drag.mimeData()
        assert not mime.hasImage()
        names = [Path(url.toLocalFile()).name for url in mime.urls()]
        seen.append((names, bytes(mime.data(PICTURE_IDS_TYPE).data()).decode(), actions[0]))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", drop)
    drag_pictures(source, model, [1, 3], ThumbnailCache(tmp_path, runner, draw_thumbnail))
    ids = f"{a_picture(1).id}\n{a_picture(3).id}"
    assert seen == [(["a cat 0001.jpeg", "a cat 0003.jpeg"], ids, Qt.DropAction.CopyAction)]
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
