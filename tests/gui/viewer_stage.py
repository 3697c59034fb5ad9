"""What the tests of the viewer share: pictures on disk, a model that shows them, and a viewer on it."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.files import resource_path
from seedream_desktop.generation.catalog import load_catalog
from seedream_desktop.generation.job import Job
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.request import GenerationRequest, Reference
from seedream_desktop.gui.viewer import Viewer
from seedream_desktop.imaging.drawing import draw_picture
from seedream_desktop.library.lookup import Stopper
from seedream_desktop.library.values import Picture, Query
from seedream_desktop.state.gallery_model import GalleryModel
from seedream_desktop.state.thumbnail_cache import ThumbnailCache
from seedream_desktop.tasks import TaskRunner
from tests import gallery_stage

COLOURS = ("#a04030", "#30a040", "#3040a0", "#a0a030", "#30a0a0")


def write_picture(path: Path, width_px: int = 400, height_px: int = 300, colour: str = "#a04030") -> Path:
    image = QImage(width_px, height_px, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


def a_picture(number: int, path: Path, **changes: object) -> Picture:
    """The gallery's picture of that number, as the file at ``path``."""
    facts: dict[str, object] = {
        "id": f"Inbox/{path.name}",
        "sha256": hashlib.sha256(path.name.encode()).hexdigest(),
        "path": path,
        "width_px": 400,
        "height_px": 300,
        "media_type": "image/png",
        "rating": number,
    }
    return gallery_stage.a_picture(number, **facts | changes)


def a_job(press_id: str = "press", **changes: object) -> Job:
    request = GenerationRequest("seedream-5-0-lite", "a dog at the sea", None)
    job = Job(f"{press_id}-0", press_id, 0, 1, request, Recipe(), "library", "inbox", "Inbox", queued_ms=1)
    return replace(job, **changes)  # type: ignore[arg-type]


class FakeLibrary:
    """Pictures in memory."""

    def __init__(self, pictures: Sequence[Picture]) -> None:
        self.all = {picture.id: picture for picture in pictures}

    @property
    def arranging(self) -> gallery_stage.FakeArranging:
        return gallery_stage.FakeArranging(self.all)

    def ids(self, query: Query, stopper: Stopper | None = None) -> tuple[str, ...]:
        return tuple(picture.id for picture in self.all.values() if query.text in picture.prompt)

    def arranged_ids(self, query: Query, stopper: Stopper | None = None) -> tuple[tuple[str, ...], None]:
        return self.ids(query, stopper), None

    def pictures(self, ids: Sequence[str]) -> tuple[Picture, ...]:
        return tuple(self.all[picture_id] for picture_id in ids if picture_id in self.all)


class Stage:
    """A viewer on pictures of five colours."""

    def __init__(self, qtbot: QtBot, folder: Path, count: int = 5) -> None:
        self.qtbot = qtbot
        self.runner = TaskRunner(2)
        self.paths = [
            write_picture(folder / f"cat {n}.png", colour=COLOURS[n % len(COLOURS)]) for n in range(count)
        ]
        self.pictures = [a_picture(n, path) for n, path in enumerate(self.paths)]
        self.library = FakeLibrary(self.pictures)
        self.model = GalleryModel(self.runner, load_catalog(resource_path("models.toml")), parent=self.runner)
        self.thumbnails = ThumbnailCache(folder / "thumbnails", self.runner, _make, parent=self.runner)
        with qtbot.waitSignal(self.model.query_shown):
            self.model.set_library(self.library)
        self.before_path = write_picture(folder / "before.png", 800, 600, "#ffffff")
        self.viewer = Viewer(self.model, self.thumbnails, self.runner, self._reference_path, draw_picture)
        qtbot.addWidget(self.viewer)
        self.viewer.resize(700, 600)

    def show(self, row: int) -> None:
        """Show the viewer with ``row``, and wait until the picture itself is painted."""
        self.viewer.show()
        self.viewer.setFocus()
        self.viewer.show_row(row)
        self.wait_for(COLOURS[row % len(COLOURS)])

    def wait_for(self, colour: str) -> None:
        """Wait until the middle of the canvas has that colour."""
        self.qtbot.waitUntil(lambda: self.middle() == colour)

    def middle(self) -> str:
        canvas = self.viewer.canvas
        return canvas.grab().toImage().pixelColor(canvas.rect().center()).name()

    def close(self) -> None:
        self.runner.close(2000)

    def _reference_path(self, _reference: Reference) -> Path:
        return self.before_path


def _make(picture: Path, thumbnail: Path) -> None:
    QImage(str(picture)).scaled(100, 75).save(str(thumbnail), "PNG")  # type: ignore[call-overload]
