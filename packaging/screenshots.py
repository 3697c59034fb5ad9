"""Makes the pictures of the README from the real application in demo mode, without a display.

Called as ``python3 packaging/dev.py screenshots [--theme dark|light] [--language en|zh_CN] [--size 1440x900]
[--pictures N] [--out FILE]``; without arguments it makes ``resources/screenshots/window.png``.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QTimer

from seedream_desktop.app import Application, Options
from seedream_desktop.generation.request import OutputFormat, Size
from seedream_desktop.settings import Settings, Theme, places, save_settings

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_MS = 180_000
SETTLING_MS = 1500
SHORTLY_MS = 100
PROMPTS = (
    ("A poster of the valley at dawn, three ridges, wide negative space above, fine film grain", "2304x1728"),
    ("Sea and low sun, long reflections, calm, in the colours of slate and apricot", "2848x1600"),
    ("Paper-cut shapes in ochre and teal, one large circle, generous margins", "2048x2048"),
    ("Ink wash, three ridges in mist, a single boat", "1728x2304"),
    ("Still life with a vase and two pears, soft morning light from the left", "2048x2048"),
    ("水墨山水，晨雾，大面积留白，细腻胶片颗粒", "1664x2496"),
    ("Night sky over the dunes, a thin moon, deep blue and copper", "3136x1344"),
    ("A poster of the valley at dusk, violet sky, fine film grain", "1728x2304"),
)


class Screenshot:
    """Fills a library, sets a scene and takes its picture."""

    def __init__(self, wishes: argparse.Namespace, folder: Path) -> None:
        """Start the application in ``folder``."""
        self._wishes = wishes
        data_dir = folder / "data"
        settings = Settings(theme=Theme(wishes.theme), language=wishes.language, machine_id="0" * 32)
        (data_dir / "demo").mkdir(parents=True)
        save_settings(places(data_dir / "demo").settings, settings)
        options = Options("", folder / "library", data_dir, is_demo=True)
        self._application = Application(options, places(data_dir), lambda _: self._begin())
        self._application.window.resize(*(int(part) for part in wishes.size.split("x")))
        self._left = list(PROMPTS * 9)[: wishes.pictures]

    def run(self) -> int:
        """Take the picture; 1 when it did not come in time."""
        QTimer.singleShot(PATIENCE_MS, lambda: QCoreApplication.exit(1))
        return QCoreApplication.exec()

    def _begin(self) -> None:
        session = self._application.session
        session.queue.idle.connect(self._next)
        session.account.key_changed.connect(lambda _: self._next())

    def _next(self) -> None:
        session = self._application.session
        if session.target_board() is None:
            QTimer.singleShot(SHORTLY_MS, self._next)
            return
        if not self._left:
            QTimer.singleShot(0, self._set_the_scene)
            return
        prompt, size = self._left.pop(0)
        recipe = replace(session.draft.recipe, prompt=prompt, size=Size.parse(size))
        session.draft.apply(replace(recipe, output_format=OutputFormat.JPEG, watermark=False))
        if not session.press():  # within half a second of the one before
            self._left.insert(0, (prompt, size))
            QTimer.singleShot(SHORTLY_MS, self._next)

    def _set_the_scene(self) -> None:
        session, window = self._application.session, self._application.window
        session.queue.idle.disconnect(self._next)
        ids = session.gallery.rowCount()
        if ids > 2:
            pictures = [session.gallery.picture(row) for row in range(ids)]
            taken = [picture.path for picture in pictures[:2] if picture is not None]
            session.intake.take_files(tuple(taken))
            first = session.gallery.picture_id(2)
            if first is not None:
                session.pictures.acts.rate((first,), 4)
        words = "A poster of the valley from image 1 at dawn, in the colours of image 2, fine film grain."
        window.compose.prompt.setPlainText(words if self._wishes.pictures else "")
        QTimer.singleShot(SETTLING_MS, self._take)

    def _take(self) -> None:
        self._application.window.grab().save(str(self._wishes.out))
        QCoreApplication.exit(0)


def main(arguments: list[str]) -> int:
    """Take one picture; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--theme", default="dark", choices=[theme.value for theme in Theme])
    parser.add_argument("--language", default="en")
    parser.add_argument("--size", default="1440x900")
    parser.add_argument("--pictures", type=int, default=12)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "screenshots" / "window.png")
    wishes = parser.parse_args(arguments)
    wishes.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="seedream-screenshot-") as folder:
        return Screenshot(wishes, Path(folder)).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
