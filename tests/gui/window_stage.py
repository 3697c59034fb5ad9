"""A window on a library of made pictures, for tests of what several parts of it do together."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop import worker
from seedream_desktop.generation.errors import Billed
from seedream_desktop.generation.request import GenerationRequest, Size
from seedream_desktop.gui.window import MainWindow
from seedream_desktop.library.keeping import NewPicture
from seedream_desktop.library.record import Made
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.settings import Settings
from seedream_desktop.state.session import Session
from seedream_desktop.worker import Worker

COLOURS = ("#a04030", "#30a040", "#3040a0", "#a0a030", "#30a0a0", "#a030a0", "#707070")
PROMPT = "A poster of the valley at dawn, in the colours of the sea, wide negative space above the ridge"


@dataclass(slots=True)
class WindowStage:
    """The window, and what fills its library."""

    window: MainWindow
    session: Session
    folder: Path
    qtbot: QtBot

    def add(self, number: int, *sources: Picture, size: tuple[int, int] = (400, 300), **made: Any) -> Picture:
        """Keep a picture of one colour, made from others."""
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(COLOURS[number % len(COLOURS)]))
        image.setPixel(0, 0, number)
        path = self.folder / f"source {number}.png"
        assert image.save(str(path))
        content = path.read_bytes()
        prompt = made.pop("prompt", PROMPT)
        request = GenerationRequest("seedream-5-0-lite", prompt, Size(preset="2K"), watermark=False)
        facts: dict[str, Any] = {
            "made_ms": 1_795_000_000_000 + number * 1000,
            "request": request,
            "job_id": f"job-{number}",
            "press_id": f"press-{number}",
            "made_from": tuple(one.sha256 for one in sources),
            "price_usd": 0.035,
            "billed": Billed.YES,
        }
        sha256 = hashlib.sha256(content).hexdigest()
        whole = Made(sha256, len(content), "image/png", *size, **facts | made)
        return self.session.pictures.the_library().add(NewPicture(path, whole, "", "", "png"))

    def show_library(self, count: int) -> None:
        """Have the gallery show what was added."""
        self.session.pictures.tell_everything()
        self.qtbot.waitUntil(lambda: self.session.gallery.picture_count == count)
        ids = self.session.pictures.the_library().ids(Query())
        model = self.session.gallery
        self.qtbot.waitUntil(lambda: all(model.picture(model.row_of(one) or 0) is not None for one in ids))

    def fill(self, count: int, **made: Any) -> tuple[Picture, ...]:
        """That many pictures, shown."""
        pictures = tuple(self.add(number, **made) for number in range(count))
        self.show_library(count)
        return pictures

    def select(self, pictures: Sequence[Picture]) -> None:
        """Select these in the gallery."""
        gallery, model = self.window.gallery, self.session.gallery
        gallery.clearSelection()
        for picture in pictures:
            row = model.row_of(picture.id)
            assert row is not None
            flag = QItemSelectionModel.SelectionFlag.Select
            gallery.selectionModel().setCurrentIndex(model.index(row), flag)
        gallery.setFocus()

    def now(self, picture: Picture) -> Picture:
        """The picture as the library has it now."""
        return self.session.pictures.the_library().pictures((picture.id,))[0]


class InProcessWorker(Worker):
    """Decodes here: the children cost most of such a test, and are tested elsewhere."""

    def _ask(self, task: dict[str, Any], _path: Path, _kind: type[Any]) -> Any:
        return worker._answer(task)


def window_stage(session: Session, folder: Path, qtbot: QtBot) -> WindowStage:
    """A window on an empty library."""
    vars(session)["worker"] = InProcessWorker()
    window = MainWindow(session, Settings(machine_id="0" * 32))
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.completed, session.pictures.library_changed]):
        window.show()
        session.open(folder / "library")
    return WindowStage(window, session, folder, qtbot)
