"""Copies for other programs that tell nothing of how a picture was made, neither by name nor inside.

They lie in the cache under a folder that says nothing either, for a day: a program may read a file long after
it was dropped there.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.files import disk_problems
from seedream_desktop.library.leaving import client_safe_ids, leaving_clean, plain_name, telling_nothing

if TYPE_CHECKING:
    from seedream_desktop.imaging.export_form import Exported, ExportForm, Telling
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Board, Picture

Export = Callable[[Path, Path, "ExportForm", "Telling"], "Exported"]
KEPT_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Copies:
    """Files that may leave."""

    paths: tuple[Path, ...]
    without_credentials: int = 0  # of so many, content credentials had to go or are broken


class CleanCopies:
    """Knows which pictures tell nothing, and makes copies of them."""

    def __init__(
        self,
        folder: Path,
        library: Callable[[], Library],
        boards: Callable[[], tuple[Board, ...]],
        export: Export,
    ) -> None:
        """``folder`` is ours alone; ``export`` blocks."""
        self._folder = folder
        self._library = library
        self._boards = boards
        self._export = export
        self._is_swept = False

    def are_needed(self, pictures: Sequence[Picture]) -> bool:
        """Whether one of them may not leave as it is. GUI thread."""
        return bool(leaving_clean(pictures, self._boards()))

    def is_client_safe(self, board_id: str) -> bool:
        """Whether nothing may be told of what lies on that board. GUI thread."""
        return board_id in client_safe_ids(self._boards())

    def board_name(self, board_id: str) -> str:
        """What the board is called; empty: it is gone. GUI thread."""
        return next((board.name for board in self._boards() if board.id == board_id), "")

    def make(self, pictures: Sequence[Picture], *, of_all: bool) -> Copies:
        """The files of ``pictures``, copies of those that tell nothing; ``of_all``: of all of them.

        Blocks; any thread. Raises ProblemError.
        """
        from seedream_desktop.imaging.export_form import ExportForm, Loss  # late: when something leaves
        from seedream_desktop.library.name_pattern import unlike  # late: as above
        from seedream_desktop.library.side_by_side import side_by_side  # late: as above

        boards = self._library().boards()
        names = {board.id: board.name for board in boards}
        leaving = list(pictures) if of_all else leaving_clean(pictures, boards)
        wanted = (plain_name(one, names.get(one.board_id, "")) for one in leaving)
        folder = self._new_folder()
        targets = {one.id: folder / name for one, name in zip(leaving, unlike(wanted), strict=True)}

        def copy(picture: Picture) -> Exported:
            telling, target = telling_nothing(self._library().record(picture.id)), targets[picture.id]
            made = self._export(picture.path, target, ExportForm(), telling)
            if made.media_type != picture.media_type and made.media_type == "image/png":
                with disk_problems(folder):  # notes of a GIF go only with coding it again
                    targets[picture.id] = target.rename(target.with_name(f"{target.name}.png"))
            return made

        lost = sum(Loss.CREDENTIALS in made.losses for made in side_by_side(copy, leaving))
        return Copies(tuple(targets.get(one.id, one.path) for one in pictures), lost)

    def _new_folder(self) -> Path:
        with disk_problems(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._is_swept:
                self._is_swept = True
                self._sweep()
            folder = self._folder / uuid.uuid4().hex[:8]
            folder.mkdir(mode=0o700)
        return folder

    def _sweep(self) -> None:
        before_s = time.time() - KEPT_S
        for old in self._folder.iterdir():
            with suppress(OSError):
                if old.stat().st_mtime < before_s:
                    shutil.rmtree(old, ignore_errors=True)
