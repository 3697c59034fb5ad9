"""Imports as the designer meets them: dropped or chosen, and afterwards what came and what did not."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from seedream_desktop.gui import words
from seedream_desktop.gui.problem_words import joined, problem_words
from seedream_desktop.state.incoming import DRAFT_SUFFIX, PICTURE_SUFFIXES

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.importing import Importing, ImportReport
    from seedream_desktop.state.incoming import Incoming
    from seedream_desktop.state.session import Session
    from seedream_desktop.state.undo import Step

_NAMES = 3  # of files that were refused


class ImportTie(QObject):
    """Ties what is dropped and chosen to what imports; a draft among it is handed on."""

    drafts_dropped = Signal(object)  # tuple[Path, ...]

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect both ways; what imports is built when it is first wished for."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._is_listening = False
        self._offered: Step | None = None
        parts.sidebar.files_dropped.connect(self.take)
        parts.sidebar.nameless_dropped.connect(self._take_nameless)
        parts.gallery.pictures_dropped.connect(self._take_pictures)
        browsing.import_requested.connect(self.take)
        parts.window.compose.boards_dropped.connect(self._take_in_view)
        parts.commands.import_requested.connect(self._choose_files)
        parts.commands.import_folder_requested.connect(self._choose_folder)

    def take(self, paths: tuple[Path, ...], board_id: str, *, with_duplicates: bool = False) -> None:
        """Import files and folders onto a board."""
        if drafts := tuple(path for path in paths if path.suffix.lower() == DRAFT_SUFFIX):
            self.drafts_dropped.emit(drafts)
        if others := tuple(path for path in paths if path not in drafts):
            self._importing().begin(others, board_id, with_duplicates=with_duplicates)

    def _importing(self) -> Importing:
        importing = self._session.importing
        if not self._is_listening:
            self._is_listening = True
            self._session.dropped_pictures.refused.connect(self._on_refused)
            importing.ended.connect(self._on_ended)
            self._session.undo.changed.connect(self._on_steps_changed)
        return importing

    def _take_pictures(self, incoming: Incoming) -> None:
        """Import what was dragged out of another program without a file."""
        if board := self._browsing.board_in_view():
            self._take_nameless(incoming, board.id)

    def _take_nameless(self, incoming: Incoming, board_id: str) -> None:
        self._importing()
        self._session.dropped_pictures.take(incoming, board_id)

    def _on_refused(self, problem: Problem) -> None:
        self._parts.notices.warn(problem_words(problem).without_money)

    def _choose_files(self) -> None:
        suffixes = " ".join(f"*{suffix}" for suffix in (*PICTURE_SUFFIXES, ".zip"))
        chosen, _ = QFileDialog.getOpenFileNames(
            self._parts.window,
            self.tr("Import pictures"),
            "",
            self.tr("Pictures and boards ({suffixes})").format(suffixes=suffixes),
        )
        self._take_in_view(tuple(map(Path, chosen)))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self._parts.window, self.tr("Import a folder or a library"))
        self._take_in_view((Path(chosen),) if chosen else ())

    def _take_in_view(self, paths: tuple[Path, ...]) -> None:
        board = self._browsing.board_in_view()
        if paths and board is not None:
            self.take(paths, board.id)

    def _on_ended(self, report: ImportReport) -> None:
        """Say what came, what was there already, and what is no picture."""
        notices = self._parts.notices
        problems = [problem_words(report.problem).without_money] if report.problem is not None else []
        said = joined(*self._came(report), *self._left_out(report), *problems)
        tell = notices.warn if report.refused_count or problems else notices.say
        if report.duplicates:
            again = partial(self.take, report.duplicates, report.board_id, with_duplicates=True)
            tell(said, self.tr("Import anyway"), again)
        elif report.step is not None and self._session.undo.next_undo is report.step:
            tell(said, self.tr("Undo"), self._session.undo.undo)
            self._offered = report.step
        elif said:
            tell(said)

    def _came(self, report: ImportReport) -> list[str]:
        told = []
        if report.boards:
            told.append(self.tr("{count} added.").format(count=words.boards(len(report.boards))))
        if report.taken:
            told.append(self.tr("{pictures} imported.").format(pictures=words.pictures(report.taken)))
        elif not report.boards and not report.duplicates:
            told.append(self.tr("Nothing was imported."))
        if report.known:
            text = self.tr("{pictures} of them were in the library already.")
            told.append(text.format(pictures=words.pictures(report.known)))
        if report.recipes:
            text = self.tr("{pictures} came with a recipe.")
            told.append(text.format(pictures=words.pictures(report.recipes)))
        if report.is_stopped:
            told.append(self.tr("It was stopped; what came stays."))
        if report.is_cut:
            told.append(self.tr("There are more: import the rest in parts."))
        return told

    def _left_out(self, report: ImportReport) -> list[str]:
        told = []
        if report.duplicates:
            text = self.tr("{pictures} left out: the same files are in the library already.")
            told.append(text.format(pictures=words.pictures(len(report.duplicates))))
        if report.refused_count == 1:
            told.append(problem_words(report.refused[0]).without_money)
        elif report.refused_count:
            names = ", ".join(problem.subject for problem in report.refused[:_NAMES])
            text = self.tr("{count} files could not be taken: {names}")
            if report.refused_count > _NAMES:
                text = self.tr("{count} files could not be taken, among them {names}")
            told.append(text.format(count=words.number(report.refused_count), names=names) + ".")
        return told

    def _on_steps_changed(self) -> None:
        """A notice does not go on offering to undo what is not the newest step any more."""
        if self._offered is not None and self._session.undo.next_undo is not self._offered:
            self._offered = None
            self._parts.notices.withdraw_offer()
