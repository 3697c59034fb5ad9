"""Fills a library with pictures for the benches; called as ``bench_fill.py FOLDER COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QLinearGradient, QPainter

from seedream_desktop.library.folder import open_folder
from seedream_desktop.settings import Settings, places, save_settings
from tests.library.filled import fill

SHAPES = ((640, 480), (480, 640), (600, 600), (800, 400), (400, 800), (768, 512), (512, 768))


def picture(number: int) -> bytes:
    """A JPEG that no other number has."""
    image = QImage(*SHAPES[number % len(SHAPES)], QImage.Format.Format_RGB32)
    gradient = QLinearGradient(0, 0, image.width(), image.height())
    gradient.setColorAt(0, QColor.fromHsv(number * 37 % 360, 160, 220))
    gradient.setColorAt(1, QColor.fromHsv((number * 37 + 80) % 360, 200, 60 + number % 120))
    painter = QPainter(image)
    painter.fillRect(image.rect(), gradient)
    painter.end()
    image.setPixelColor(0, 0, QColor(number & 0xFF, number >> 8 & 0xFF, 0))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"JPEG")).write(image)
    return bytes(content.data())


def main(folder: Path, count: int) -> int:
    """Fill ``folder / library`` with its index under ``folder / data``."""
    application = QGuiApplication(["bench", "-platform", "offscreen"])
    where, root = places(folder / "data"), folder / "library"
    where.data_dir.mkdir(parents=True)
    save_settings(where.settings, Settings(machine_id="0" * 32))
    index = where.index(open_folder(root, "0" * 32, expected_id="").id, root)
    fill(root, index, count, picture)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
