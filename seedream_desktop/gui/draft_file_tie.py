"""Drafts as files in the window: saved and opened from the menu, opened by a drop anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.file_names import legal_name
from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.recipe_part_words import references_words
from seedream_desktop.state.incoming import DRAFT_SUFFIX

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.importing import ImportTie
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.draft_files import DraftFiles
    from seedream_desktop.state.session import Session

_NAME_CHARACTERS = 60


class DraftFileTie(QObject):
    """Ties menu and drops to the drafts' files, which are built when one is first wished for."""

    def __init__(self, parts: Parts, importing: ImportTie, session: Session) -> None:
        """Listen."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._is_listening = False
        parts.commands.save_draft_requested.connect(self._choose_target)
        parts.commands.open_draft_requested.connect(self._choose)
        importing.drafts_dropped.connect(self.open)

    def save(self, target: Path) -> None:
        """Save the draft that is shown."""
        if self._has_library():
            self._files().save(target)

    def open(self, paths: tuple[Path, ...]) -> None:
        """Open drafts."""
        if self._has_library():
            for path in paths:
                self._files().open(path)

    def _has_library(self) -> bool:
        return self._session.pictures.library is not None

    def _files(self) -> DraftFiles:
        draft_files = self._session.draft_files
        if not self._is_listening:
            self._is_listening = True
            draft_files.saved.connect(self._on_saved)
            draft_files.opened.connect(self._on_opened)
            draft_files.newer.connect(self._on_newer)
            draft_files.failed.connect(self._on_failed)
        return draft_files

    def _choose_target(self) -> None:
        words = " ".join((self._session.draft.recipe.prompt or "").split())[:_NAME_CHARACTERS].strip()
        name = legal_name(words or self.tr("Draft"), _NAME_CHARACTERS) + DRAFT_SUFFIX
        kinds = self.tr("Drafts ({suffix})").format(suffix=f"*{DRAFT_SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(self._parts.window, self.tr("Save draft"), name, kinds)
        if chosen:
            path = Path(chosen)
            self.save(path if path.suffix else path.with_suffix(DRAFT_SUFFIX))

    def _choose(self) -> None:
        kinds = self.tr("Drafts ({suffix})").format(suffix=f"*{DRAFT_SUFFIX}")
        chosen, _ = QFileDialog.getOpenFileNames(self._parts.window, self.tr("Open draft"), "", kinds)
        self.open(tuple(map(Path, chosen)))

    def _on_saved(self, path: Path, missing: int) -> None:
        said = self.tr("The draft is saved as {name}.").format(name=_shown(path.name))
        if missing:
            gone = self.tr("{references} left out: the files are not in this library any more.")
            said = f"{said} {gone.format(references=references_words(missing))}"
        self._parts.notices.say(said)

    def _on_opened(self, name: str, missing: int) -> None:
        if missing:
            text = self.tr("{name} is opened without {references}: they are not in it, or damaged.")
            said = text.format(name=_shown(name), references=references_words(missing))
            self._parts.notices.warn(said)
        else:
            self._parts.notices.say(self.tr("{name} is opened as a draft.").format(name=_shown(name)))
        self._parts.window.compose_prompt()

    def _on_newer(self, name: str) -> None:
        text = self.tr(
            "{name} was saved by a newer version of Seedream Desktop. It is not opened; your draft is as it "
            "was."
        )
        self._parts.notices.warn(text.format(name=_shown(name)))

    def _on_failed(self, problem: Problem) -> None:
        if problem.kind is ProblemKind.PARCEL_REFUSED:
            text = self.tr("{name} is no draft, or it is damaged. Your draft is as it was.")
            self._parts.notices.warn(text.format(name=_shown(problem.subject)))
        else:
            self._parts.notices.warn(problem_words(problem).without_money)


def _shown(name: str) -> str:
    return plain(name, LABEL_CHARACTERS)
