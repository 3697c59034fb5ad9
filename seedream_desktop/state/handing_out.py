"""Pictures on their way to other programs: the clipboard, a drag, the file manager; off the GUI thread.

Of a picture on a client-safe board only a copy leaves that tells nothing, and neither prompt nor recipe does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QImage

from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.state.full_picture import Draw, image_of

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture
    from seedream_desktop.platforms.platform import Platform
    from seedream_desktop.state.clean_copies import CleanCopies, Copies
    from seedream_desktop.tasks import TaskRunner

_Then = Callable[[tuple[Path, ...]], None]


class HandingOut(QObject):
    """Copies and reveals; what is asked for last wins."""

    copied = Signal(int)  # how many pictures are on the clipboard now
    prompt_copied = Signal()
    recipe_copied = Signal()
    credentials_lost = Signal(int)  # of so many copies
    failed = Signal(object)  # Problem

    def __init__(
        self,
        platform: Platform,
        runner: TaskRunner,
        draw: Draw,
        copies: CleanCopies,
        library: Callable[[], Library],
    ) -> None:
        """``draw`` blocks; it, the library and the file manager are asked on threads of ``runner``."""
        super().__init__()
        self._platform = platform
        self._runner = runner
        self._draw = draw
        self._copies = copies
        self._library = library

    def prepare(self, pictures: tuple[Picture, ...], then: _Then, *, is_clean: bool = False) -> None:
        """Hand ``then`` the files that may leave for ``pictures``; at once where these are their own.

        ``is_clean``: copies that tell nothing, whatever their boards say.
        """
        if not is_clean and not self._copies.are_needed(pictures):
            then(tuple(picture.path for picture in pictures))
            return

        def on_made(copies: Copies) -> None:
            then(copies.paths)
            if copies.without_credentials:
                self.credentials_lost.emit(copies.without_credentials)

        self._runner.call(lambda: self._copies.make(pictures, of_all=is_clean), on_made, self.failed.emit)

    def copy_picture(self, picture: Picture) -> None:
        """Put the picture itself on the clipboard, with its file for programs that prefer one."""

        def put(paths: tuple[Path, ...], image: QImage) -> None:
            mime = files_mime(paths)
            mime.setImageData(image)
            QGuiApplication.clipboard().setMimeData(mime)
            self.copied.emit(1)

        def draw(paths: tuple[Path, ...]) -> None:
            path = picture.path
            self._runner.call(
                lambda: image_of(self._draw(path, None)), lambda image: put(paths, image), self.failed.emit
            )

        self.prepare((picture,), draw)

    def copy_files(self, pictures: tuple[Picture, ...]) -> None:
        """Put files on the clipboard."""

        def put(paths: tuple[Path, ...]) -> None:
            QGuiApplication.clipboard().setMimeData(files_mime(paths))
            self.copied.emit(len(paths))

        self.prepare(pictures, put)

    def copy_prompt(self, pictures: tuple[Picture, ...]) -> None:
        """Put the prompts on the clipboard, each once, with an empty line between two."""
        if (refusal := self.refusal(picture.board_id for picture in pictures)) is not None:
            self.failed.emit(refusal)
            return
        prompts = dict.fromkeys(picture.prompt for picture in pictures if picture.prompt)
        if not prompts:
            names = ", ".join(picture.path.name for picture in pictures[:1])
            self.failed.emit(Problem(ProblemKind.MADE_ELSEWHERE, subject=names))
            return
        QGuiApplication.clipboard().setText("\n\n".join(prompts))
        self.prompt_copied.emit()

    def copy_recipe(self, picture: Picture) -> None:
        """Put on the clipboard, as text, what made the picture; pasted into a prompt it is used again."""
        if (refusal := self.refusal((picture.board_id,))) is not None:
            self.failed.emit(refusal)
            return

        def recipe() -> str:
            from seedream_desktop.generation.recipe_text import recipe_text  # late: rarely asked for

            made = self._library().record(picture.id).made
            if made.request is None and not made.recipe.prompt:
                raise ProblemError(Problem(ProblemKind.MADE_ELSEWHERE, subject=picture.path.name))
            return recipe_text(made.recipe, indent=1)

        def put(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.recipe_copied.emit()

        self._runner.call(recipe, put, self.failed.emit)

    def reveal(self, path: Path) -> None:
        """Show a file in the file manager."""

        def show() -> None:
            if not self._platform.reveal(path):
                raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=path.name))

        self._runner.call(show, lambda _: None, self.failed.emit)

    def refusal(self, board_ids: Iterable[str]) -> Problem | None:
        """Why what made pictures of these boards is not copied: one of them is client-safe."""
        for board_id in board_ids:
            if self._copies.is_client_safe(board_id):
                return Problem(ProblemKind.CLIENT_SAFE, subject=self._copies.board_name(board_id))
        return None


def files_mime(paths: tuple[Path, ...]) -> QMimeData:
    """The files as programs take them from a clipboard or a drag."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime
