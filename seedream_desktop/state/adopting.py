"""The draft's references on their way to another library: their files are copied when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.generation.request import Reference

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.sent_forms import SentForms
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker

ReferenceFiles = tuple[tuple[Reference, Path], ...]


def files_of(references: Iterable[Reference], path_of: Callable[[Reference], Path]) -> ReferenceFiles:
    """References and where their files lie; without those whose file is gone."""
    files = []
    for reference in references:
        with suppress(ProblemError):  # one that is gone is said to be gone there, too
            files.append((reference, path_of(reference)))
    return tuple(files)


def adopt(files: ReferenceFiles, library: Library, worker: Worker) -> None:
    """Copy them into ``library``, one that cannot be read with no harm to the rest. Blocks.

    Raises ProblemError: the first that was not copied.
    """
    refused: list[ProblemError] = []
    for reference, path in files:
        try:
            library.add_reference(path, worker.check_reference(path, None), reference.name)
        except ProblemError as error:
            refused.append(error)
    if refused:
        raise refused[0]


class DraftReferences(QObject):
    """Brings the files of the draft's references into the library that is opened next. GUI thread."""

    def __init__(
        self,
        references: Callable[[], tuple[Reference, ...]],
        draft: Draft,
        pictures: Pictures,
        worker: Callable[[], Worker],
        acting: TaskRunner,
        thumbnails: ThumbnailCache,
        sent_forms: Callable[[], SentForms],
    ) -> None:
        """``references`` are those of all drafts; ``draft`` is the one that is shown.

        ``acting`` has one thread, on which the libraries are opened too; the last two show references.
        """
        super().__init__()
        self._references = references
        pictures.trash_can.draft_references = lambda: [one.sha256 for one in references()]
        self._draft = draft
        self._pictures = pictures
        self._worker = worker
        self._acting = acting
        self._thumbnails = thumbnails
        self._sent_forms = sent_forms

    def files(self) -> ReferenceFiles:
        """The references and where their files lie. Looks at the disk."""
        return self._files_of(self._references())

    def _files_of(self, references: tuple[Reference, ...]) -> ReferenceFiles:
        """Any thread."""

        def path_of(reference: Reference) -> Path:
            return self._pictures.the_library().reference_path(reference)

        return files_of(references, path_of)

    def bring_along(self) -> None:
        """Copy them into the library that is opened next."""
        references = self._references()
        self._acting.call(lambda: self._files_of(references), self.adopt)

    def adopt(self, files: ReferenceFiles) -> None:
        """Copy references of another library into the one that is being opened."""

        def on_opened(library: Library) -> None:
            work = partial(adopt, files, library, self._worker())
            self._acting.call(work, lambda _: self.show(), self._pictures.failed.emit)

        if files:
            self._pictures.opened.connect(on_opened, Qt.ConnectionType.SingleShotConnection)

    def show(self) -> None:
        """Their files can be found now."""
        self._thumbnails.forget_failures()
        for reference in self._draft.recipe.references or ():
            self._thumbnails.thumbnail_ready.emit(reference.sha256)
        self._sent_forms().ask_again()
