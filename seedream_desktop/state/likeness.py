"""What pictures look like, live: the fingerprint of a picture that is searched by."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind

if TYPE_CHECKING:
    from seedream_desktop.tasks import TaskRunner

_SIDE_PX = 1024  # a pasted picture is not looked at any closer
Fingerprinted = Callable[[Path], str]  # blocks; raises ProblemError


class Likeness(QObject):
    """Asks for fingerprints off the GUI thread."""

    def __init__(self, runner: TaskRunner, fingerprint: Fingerprinted) -> None:
        """``fingerprint`` decodes a file in a child process; it is called on a thread of ``runner``."""
        super().__init__()
        self._runner = runner
        self._fingerprint = fingerprint

    def of_image(
        self,
        picture: QImage | Path,
        then: Callable[[str], None],
        otherwise: Callable[[Problem], None] | None = None,
    ) -> None:
        """Call ``then`` with the fingerprint of a pasted picture or of a file, for ``Query.like``."""
        fingerprint = self._fingerprint
        if isinstance(picture, Path):
            self._runner.call(lambda: fingerprint(picture), then, otherwise)
        else:
            self._runner.call(lambda: _of_pasted(picture, fingerprint), then, otherwise)


def _of_pasted(image: QImage, fingerprint: Fingerprinted) -> str:
    with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
        path = Path(folder) / "pasted.png"
        small = image
        if max(image.width(), image.height()) > _SIDE_PX:
            from PySide6.QtCore import Qt  # late: only here

            modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            small = image.scaled(_SIDE_PX, _SIDE_PX, *modes)
        if image.isNull() or not small.save(str(path), "PNG", 100):  # type: ignore[call-overload]
            raise ProblemError(Problem(ProblemKind.NOT_A_PICTURE))
        return fingerprint(path)
