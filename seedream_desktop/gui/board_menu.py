"""The menu of a board in the sidebar, and the one question before it is forgotten for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import make_plain
from seedream_desktop.gui.problem_words import joined, problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.forgetting import Forgettable
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.session import Session

translate = QCoreApplication.translate


class BoardMenu(QObject):
    """Ties the sidebar's menu to a session."""

    settings_requested = Signal(object)  # Board
    costs_requested = Signal(object)  # Board
    hand_over_requested = Signal(object)  # Board

    def __init__(self, sidebar: Sidebar, notices: NoticeBar, session: Session) -> None:
        """Connect both ways."""
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._notices = notices
        self._session = session
        self._boards: tuple[Board, ...] = ()
        sidebar.board_menu_requested.connect(self._on_menu)
        sidebar.board_renamed.connect(session.board_acts.rename)
        session.pictures.library_changed.connect(self._on_library_changed)
        session.forgetting.known.connect(self._on_known)
        session.forgetting.forgotten.connect(self._on_forgotten)
        session.forgetting.failed.connect(self._on_problem)

    def menu(self, board: Board | None) -> QMenu:
        """What can be done to ``board``; None: where none is."""
        menu = QMenu(self._sidebar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("New board"), lambda: self._sidebar.start_naming())  # noqa: PLW0108 - a bool
        if board is None:
            return menu
        acts, is_inbox = self._session.board_acts, _is_inbox(board)
        menu.addAction(self.tr("New board inside"), lambda: self._sidebar.start_naming(board.id))
        menu.addSeparator()
        menu.addAction(self.tr("Save new results here"), lambda: self._session.draft.set_board(board.id))
        menu.addAction(self.tr("Board settings…"), lambda: self.settings_requested.emit(board))
        menu.addAction(self.tr("Cost…"), lambda: self.costs_requested.emit(board))
        menu.addSeparator()
        rename = menu.addAction(self.tr("Rename…"), lambda: self._sidebar.start_renaming(board))
        rename.setEnabled(not is_inbox)
        if "/" in board.path:
            menu.addAction(self.tr("Take out of the board around it"), lambda: self._take_out(board))
        menu.addAction(self.tr("Show in the file manager"), lambda: self._reveal(board))
        menu.addAction(self.tr("Hand over…"), lambda: self.hand_over_requested.emit(board))
        menu.addSeparator()
        trash = menu.addAction(self.tr("Move to the trash"), lambda: acts.trash(board))
        trash.setEnabled(not is_inbox)
        menu.addAction(self.tr("Forget this board for good…"), lambda: self._session.forgetting.look(board))
        return menu

    def _take_out(self, board: Board) -> None:
        """Into what is around the board that it is in."""
        above = board.path.rpartition("/")[0].rpartition("/")[0]
        parent = next((one.id for one in self._boards if one.path == above), "")
        self._session.board_acts.move(board.id, parent)

    def _on_menu(self, board_id: str, place: QPoint) -> None:
        self.menu(next((board for board in self._boards if board.id == board_id), None)).popup(place)

    def _reveal(self, board: Board) -> None:
        library = self._session.pictures.library
        if library is not None:
            self._session.handing_out.reveal(library.root / board.path)

    def _on_library_changed(self, change: LibraryChange) -> None:
        self._boards = change.boards

    def _on_known(self, there: Forgettable) -> None:
        ask_whether_to_forget(
            self._sidebar.window(), there, lambda: self._session.forgetting.forget(there.board.id)
        )

    def _on_forgotten(self, _board_id: str) -> None:
        self._notices.say(self.tr("The board is forgotten. What it cost stays on record."))

    def _on_problem(self, problem: Problem) -> None:
        rest = self.tr("What is left of the board is removed at the next start.")
        self._notices.warn(joined(problem_words(problem).without_money, rest))


def _is_inbox(board: Board) -> bool:
    return board.path == "Inbox"


def ask_whether_to_forget(parent: QWidget, there: Forgettable, forget: Callable[[], None]) -> QMessageBox:
    """Ask once, with what would go; Esc keeps it. While a request is under way it only says so."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(translate("forgetting", "Forget a board"))
    if there.under_way:
        box.setText(
            translate("forgetting", "A request for {board} is under way.").format(board=there.board.name)
        )
        box.setInformativeText(
            translate("forgetting", "Wait until it is answered, or stop it. Then the board can be forgotten.")
        )
        close = box.addButton(translate("forgetting", "Close"), QMessageBox.ButtonRole.RejectRole)
        close.setAccessibleName(close.text())
        make_plain(box)
        box.open()
        return box
    box.setText(translate("forgetting", "Forget {board} for good?").format(board=there.board.name))
    box.setInformativeText("\n\n".join(filter(None, (_what_goes(there), _what_stays(there)))))
    go = box.addButton(translate("forgetting", "Forget it for good"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(translate("forgetting", "Keep it"), QMessageBox.ButtonRole.RejectRole)
    for button in (go, keep):
        button.setAccessibleName(button.text())
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    go.clicked.connect(forget)
    make_plain(box)
    box.open()
    return box


def _what_goes(there: Forgettable) -> str:
    parts = [words.pictures(there.pictures)]
    if there.trashed:
        text = translate("forgetting", "{pictures} in the trash")
        parts.append(text.format(pictures=words.pictures(there.trashed)))
    if there.references:
        text = translate("forgetting", "{references} that nothing else uses")
        parts.append(text.format(references=words.references(there.references)))
    go = translate("forgetting", "This goes, with prompts, ratings and previews: {parts}.")
    told = [go.format(parts=" · ".join(parts))]
    if there.waiting:
        text = translate("forgetting", "Requests that wait and are cancelled: {count}.")
        told.append(text.format(count=words.number(there.waiting)))
    if there.unfinished:
        text = translate(
            "forgetting",
            "Unfinished requests that are given up: {count}. What was paid for and did not come is lost.",
        )
        told.append(text.format(count=words.number(there.unfinished)))
    return joined(*told, translate("forgetting", "It cannot be undone."))


def _what_stays(there: Forgettable) -> str:
    told = [translate("forgetting", "What it cost stays on record.")]
    if there.other_files:
        text = translate("forgetting", "Other files in its folder stay: {count}.")
        told.append(text.format(count=words.number(there.other_files)))
    if there.boards:
        text = translate("forgetting", "Boards inside it stay, and its folder around them: {boards}.")
        told.append(text.format(boards=words.boards(there.boards)))
    copies = translate("forgetting", "Copies elsewhere, such as backups, are not reached.")
    return joined(*told, copies)
