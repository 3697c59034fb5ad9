"""A library that pictures and boards are imported into, from a folder beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.library.library import Library, open_library
from seedream_desktop.library.values import Query
from seedream_desktop.state.activities import Activities
from seedream_desktop.state.importing import Importing, ImportReport
from seedream_desktop.state.pictures import Pictures
from seedream_desktop.state.undo import UndoStack
from seedream_desktop.tasks import TaskRunner
from seedream_desktop.worker import Worker


@dataclass(slots=True)
class Dock:
    """An open library, and what imports into it."""

    importing: Importing
    pictures: Pictures
    steps: UndoStack
    activities: Activities
    folder: Path
    qtbot: QtBot

    @property
    def library(self) -> Library:
        return self.pictures.the_library()

    @property
    def ids(self) -> tuple[str, ...]:
        return self.library.ids(Query())

    def bring(self, *paths: Path, with_duplicates: bool = False, wait_ms: int = 60_000) -> ImportReport:
        """Import them into the inbox, to the end."""
        with self.qtbot.waitSignal(self.importing.ended, timeout=wait_ms) as ended:
            self.importing.begin(paths, self.library.inbox.id, with_duplicates=with_duplicates)
        assert ended.args is not None
        report = ended.args[0]
        assert isinstance(report, ImportReport)
        return report

    def drawn(self, name: str, colour: int = 0x336699) -> Path:
        """A file with a picture of one colour."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(colour)
        assert image.save(str(path))
        return path

    def until(self, count: int) -> None:
        """Wait until so many pictures are there."""
        self.qtbot.waitUntil(lambda: len(self.ids) == count)


@contextmanager
def docked(qtbot: QtBot, tmp_path: Path, worker: Worker) -> Iterator[Dock]:
    """An empty library in ``tmp_path``, and what imports into it."""
    acting, runner, activities, steps = TaskRunner(1), TaskRunner(1), Activities(), UndoStack()
    opened: Callable[[Path], Library] = lambda root: open_library(root, tmp_path / "index.sqlite3", "m" * 32)  # noqa: E731
    pictures = Pictures(opened, acting, steps, activities)
    with qtbot.waitSignal(pictures.library_changed):
        pictures.open(tmp_path / "library")
    importing = Importing(pictures, activities, steps, lambda: worker, runner)
    outside = tmp_path / "outside"
    outside.mkdir()
    yield Dock(importing, pictures, steps, activities, outside, qtbot)
    activities.stop()
    assert runner.close(60_000)
    assert acting.close(60_000)
    pictures.the_library().close()
