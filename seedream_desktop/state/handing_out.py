"""Pictures on their way to other programs: the clipboard and the file manager, off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.state.full_picture import Draw, image_of

if TYPE_CHECKING:
    from seedream_desktop.platforms.platform import Platform
    from seedream_desktop.tasks import TaskRunner


class HandingOut(QObject):
    """Copies and reveals; what is asked for last wins."""

    copied = Signal(int)  # how many pictures are on the clipboard now
    failed = Signal(object)  # Problem

    def __init__(self, platform: Platform, runner: TaskRunner, draw: Draw) -> None:
        """``draw`` blocks; it and the file manager are asked on threads of ``runner``."""
        super().__init__()
        self._platform = platform
        self._runner = runner
        self._draw = draw

    def copy_picture(self, path: Path) -> None:
        """Put the picture itself on the clipboard, with its file for programs that prefer one."""

        def put(image: QImage) -> None:
            mime = _files((path,))
            mime.setImageData(image)
            QGuiApplication.clipboard().setMimeData(mime)
            self.copied.emit(1)

        self._runner.call(lambda: image_of(self._draw(path)), put, self.failed.emit)

    def copy_files(self, paths: tuple[Path, ...]) -> None:
        """Put files on the clipboard."""
        QGuiApplication.clipboard().setMimeData(_files(paths))
        self.copied.emit(len(paths))

    def reveal(self, path: Path) -> None:
        """Show a file in the file manager."""

        def show() -> None:
            if not self._platform.reveal(path):
                raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))

        self._runner.call(show, lambda _: None, self.failed.emit)


def _files(paths: tuple[Path, ...]) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime
