"""Drafts as files: the one that is shown is saved, others are opened beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.library.draft_file import NewerDraftError, read_draft_file, write_draft_file
from seedream_desktop.state.arrivals import refuse_unread

if TYPE_CHECKING:
    from seedream_desktop.library.draft_file import OpenedDraft
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.drafts import Drafts
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner
    from seedream_desktop.worker import Worker


class DraftFiles(QObject):
    """GUI thread; files are read and written on another. What cannot be opened leaves all as it was."""

    saved = Signal(object, int)  # Path, how many references are gone
    opened = Signal(str, int)  # name of the file, how many references are missing
    newer = Signal(str)  # name of a file of a newer version
    failed = Signal(object)  # Problem

    def __init__(
        self,
        draft: Draft,
        drafts: Drafts,
        pictures: Pictures,
        runner: TaskRunner,
        worker: Callable[[], Worker],
    ) -> None:
        """``worker`` looks at what files hold."""
        super().__init__()
        self._draft = draft
        self._drafts = drafts
        self._pictures = pictures
        self._runner = runner
        self._worker = worker

    def save(self, target: Path) -> None:
        """Save the draft that is shown."""
        recipe, path_of = self._draft.recipe, self._pictures.the_library().reference_path
        self._runner.call(
            lambda: write_draft_file(recipe, path_of, target),
            lambda missing: self.saved.emit(target, missing),
            self.failed.emit,
        )

    def open(self, path: Path) -> None:
        """Show what a file holds: in a tab of its own, or where nothing is written yet."""
        library, worker = self._pictures.the_library(), self._worker()

        def read() -> OpenedDraft | None:
            refuse_unread(path)
            try:
                return read_draft_file(path, library, lambda part: worker.check_reference(part, None))
            except NewerDraftError:
                return None

        def on_read(found: OpenedDraft | None) -> None:
            if found is None:
                self.newer.emit(path.name)
                return
            if self._draft.recipe.prompt or self._draft.recipe.references:
                self._drafts.new(found.recipe)
            else:
                self._draft.apply(found.recipe)
            self.opened.emit(path.name, found.missing)

        self._runner.call(read, on_read, self.failed.emit)
