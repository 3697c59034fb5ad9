"""A board handed over to a colleague: one question, then where to, then what is in the ZIP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QMessageBox

from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import make_plain
from seedream_desktop.gui.problem_words import joined, problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.handing_over import HandOverReport
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.handing_over import HandingOver, HandOverFacts
    from seedream_desktop.state.session import Session


class HandOverTie(QObject):
    """Ties the board menu to what hands boards over."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Nothing is built before it is wished for."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._is_listening = False
        parts.commands.hand_over_requested.connect(self._ask_for_shown)
        parts.commands.menu_opening.connect(self._offer)

    def ask(self, board: Board) -> None:
        """Ask what shall go, once it is known."""
        self._handing_over().look(board.id)

    @property
    def _shown_id(self) -> str:
        """Of the board that the gallery shows; empty: it shows more than one, or the trash."""
        return self._session.gallery.query.board_id

    def _offer(self) -> None:
        text = self.tr("Hand over this board…")
        self._parts.commands.offer("hand_over", text, is_there=bool(self._shown_id))

    def _ask_for_shown(self) -> None:
        if self._shown_id:
            self._handing_over().look(self._shown_id)

    def question(self, facts: HandOverFacts) -> QMessageBox:
        """What goes and what does not; boards inside only if they are wanted."""
        box = QMessageBox(self._parts.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Hand a board over"))
        box.setText(self.tr("Hand {board} over as one ZIP?").format(board=words.board(facts.board.name)))
        box.setInformativeText(self._what_goes(facts))
        inside = QCheckBox(self.tr("With the boards inside it"))
        inside.setAccessibleName(inside.text())
        inside.setChecked(True)
        if len(facts.boards) > 1:
            box.setCheckBox(inside)
        go = box.addButton(self.tr("Choose a folder…"), QMessageBox.ButtonRole.AcceptRole)
        leave = box.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        for button in (go, leave):
            button.setAccessibleName(button.text())
        box.setDefaultButton(go)
        box.setEscapeButton(leave)
        go.clicked.connect(lambda: self._choose(facts.boards if inside.isChecked() else facts.boards[:1]))
        make_plain(box)
        return box

    def _handing_over(self) -> HandingOver:
        handing_over = self._session.handing_over
        if not self._is_listening:
            self._is_listening = True
            handing_over.facts_known.connect(lambda facts: self.question(facts).open())
            handing_over.ended.connect(self._on_ended)
            handing_over.failed.connect(self._on_problem)
        return handing_over

    def _what_goes(self, facts: HandOverFacts) -> str:
        safe = [words.board(board.name) for board in facts.boards if board.id in facts.client_safe]
        told = []
        if len(safe) < len(facts.boards):
            told.append(
                self.tr("Pictures, what made them, their references, ratings, tags and notes go along.")
            )
        if safe:
            text = self.tr(
                "{boards}: client-safe. Only clean copies of the pictures and their stars go along, neither "
                "prompts nor recipes."
            )
            told.append(text.format(boards=", ".join(safe)))
        told.append(self.tr("Whoever gets it drops it on the window."))
        return "\n\n".join(told)

    def _choose(self, boards: tuple[Board, ...]) -> None:
        folder = QFileDialog.getExistingDirectory(self._parts.window, self.tr("Where the ZIP goes to"))
        if folder:
            self._handing_over().begin(boards, Path(folder))

    def _on_ended(self, report: HandOverReport) -> None:
        notices = self._parts.notices
        told = []
        if report.path is not None:
            text = self.tr("{name} written, with {pictures}.")
            told.append(text.format(name=report.path.name, pictures=words.pictures(report.pictures)))
        elif report.is_cancelled or report.problem is not None:
            told.append(self.tr("Nothing was handed over."))
        if report.clean:
            text = self.tr("Of {pictures} neither prompt nor recipe went along.")
            told.append(text.format(pictures=words.pictures(report.clean)))
        if report.without_references:
            text = self.tr("{references} are missing: their files are gone.")
            told.append(text.format(references=words.references(report.without_references)))
        problems = (*((report.problem,) if report.problem is not None else ()), *report.failed[:2])
        told += [problem_words(problem).without_money for problem in problems]
        path = report.path
        if path is None:
            (notices.warn if problems else notices.say)(joined(*told))
            return
        tell = notices.warn if problems or report.without_references else notices.say
        tell(joined(*told), self.tr("Show"), lambda: self._session.handing_out.reveal(path))

    def _on_problem(self, problem: Problem) -> None:
        self._parts.notices.warn(problem_words(problem).without_money)
