"""Makes a synthetic library; called as ``bench_fill.py FOLDER COUNT``, FOLDER being new.

Every file has bytes of its own and the size of a real result, most of it a hole that takes no room on the
disk: a picture of 2048 x 2048 px, zeros, and its number. So a hundred thousand weigh 250 GB to whoever reads
them, and the benches can tell whether anybody does.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QLinearGradient, QPainter

from seedream_desktop.library.folder import open_folder
from seedream_desktop.settings import Settings, places, save_settings
from tests.library.filled import Content, fill

SHAPES = ((2048, 2048), (2304, 1728), (1728, 2304), (2560, 1440), (1440, 2560), (2496, 1664), (1664, 2496))
BASES = 3 * len(SHAPES)
SIZE_BYTES = 2_500_000  # of a 2K JPEG of the models, about
QUALITY = 20  # nobody judges them, and a hundred thousand take 7 GB of disk
_NUMBER_BYTES = 8
MACHINE_ID = "0" * 32


class Pictures:
    """A few pictures, and what makes each file of them one of its own."""

    def __init__(self) -> None:
        self._bases = [_drawn(number) for number in range(BASES)]
        self._begun = []
        for base in self._bases:
            begun = hashlib.sha256(base)
            begun.update(bytes(SIZE_BYTES - len(base) - _NUMBER_BYTES))
            self._begun.append(begun)

    def content(self, number: int) -> Content:
        """The picture of that number."""
        which, end = number % BASES, number.to_bytes(_NUMBER_BYTES, "big")
        base, whole = self._bases[which], self._begun[which].copy()
        whole.update(end)
        width_px, height_px = SHAPES[which % len(SHAPES)]

        def write(path: Path) -> None:
            with path.open("wb") as file:
                file.write(base)
                file.seek(SIZE_BYTES - _NUMBER_BYTES)
                file.write(end)

        return Content(whole.hexdigest(), SIZE_BYTES, width_px, height_px, write)


def _drawn(number: int) -> bytes:
    """A JPEG of two colours that run into each other."""
    image = QImage(*SHAPES[number % len(SHAPES)], QImage.Format.Format_RGB32)
    gradient = QLinearGradient(0, 0, image.width(), image.height())
    gradient.setColorAt(0, QColor.fromHsv(number * 37 % 360, 160, 220))
    gradient.setColorAt(1, QColor.fromHsv((number * 37 + 80) % 360, 200, 60 + number * 5 % 120))
    painter = QPainter(image)
    painter.fillRect(image.rect(), gradient)
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(QUALITY)
    writer.write(image)
    return bytes(content.data())


def main(folder: Path, count: int) -> int:
    """Fill ``folder / library`` with its index under ``folder / data``."""
    application = QGuiApplication(["bench", "-platform", "offscreen"])
    where, root = places(folder / "data"), folder / "library"
    where.data_dir.mkdir(parents=True)
    save_settings(where.settings, Settings(machine_id=MACHINE_ID))
    index = where.index(open_folder(root, MACHINE_ID, expected_id="").id, root)
    fill(root, index, count, Pictures().content)
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
