"""What is wished of boards beside their menu: where they lie, how they are set up, what they cost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedream_desktop.gui.board_drag import Spot
    from seedream_desktop.gui.board_menu import BoardMenu
    from seedream_desktop.gui.board_settings import BoardSettings
    from seedream_desktop.gui.generate_bar import GenerateBar
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.gui.status_line import StatusLine
    from seedream_desktop.library.board_file import BoardFile
    from seedream_desktop.library.cost_table import CostRow
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.board_acts import BoardGone
    from seedream_desktop.state.pictures import Spent
    from seedream_desktop.state.session import Session


class Boarding(QObject):
    """Ties sidebar, menu and foot of the request to what a session does to boards."""

    def __init__(
        self,
        sidebar: Sidebar,
        menu: BoardMenu,
        bar: GenerateBar,
        status: StatusLine,
        notices: NoticeBar,
        session: Session,
    ) -> None:
        """Connect both ways."""
        super().__init__(sidebar)
        self._sidebar = sidebar
        self._bar = bar
        self._notices = notices
        self._session = session
        self._settings: BoardSettings | None = None
        sidebar.board_moved.connect(self._on_moved)
        menu.settings_requested.connect(self._on_settings_requested)
        menu.costs_requested.connect(self._on_costs_requested)
        status.cost_table_requested.connect(lambda: self._on_costs_requested(None))
        session.board_acts.gone.connect(self._on_gone)
        session.board_defaults.applied.connect(self._on_defaults)
        session.pictures.spent_known.connect(self._on_spent)

    @property
    def folded_boards(self) -> tuple[str, ...]:
        """What comes back after a restart: the ids of the boards whose boards are hidden."""
        return self._sidebar.folded_boards

    def _on_moved(self, board_id: str, spot: Spot) -> None:
        if spot.is_by_name:
            self._session.board_acts.move(board_id, spot.parent_id)
        else:
            self._session.board_acts.place(board_id, spot.parent_id, spot.before_id)

    def _on_settings_requested(self, board: Board) -> None:
        self._session.pictures.act(
            lambda library: library.board_settings(board.id), lambda held: self._show_settings(board, held)
        )

    def _show_settings(self, board: Board, held: BoardFile) -> None:
        from seedream_desktop.gui.board_settings import BoardSettings  # late: when one asks for it

        if self._settings is None:
            self._settings = BoardSettings(self._sidebar.window(), self._session.catalog)
            self._settings.changed.connect(self._on_set_up)
        self._settings.show_settings(board, held, self._session.draft.recipe, self._sidebar.window())

    def _on_set_up(self, board_id: str, values: dict[str, Any]) -> None:
        self._session.board_acts.set_up(board_id, values)
        self._session.ask_what_was_spent()  # the budget may be another one

    def _on_costs_requested(self, board: Board | None) -> None:
        board_id = board.id if board is not None else None
        name = words.board(board.name) if board is not None else ""
        self._session.pictures.act(
            lambda library: library.cost_table.rows(board_id), lambda rows: self._show_costs(name, rows)
        )

    def _show_costs(self, name: str, rows: Sequence[CostRow]) -> None:
        from seedream_desktop.gui.cost_dialog import CostDialog  # late: when one asks for it

        dialog = CostDialog(self._sidebar.window(), name, rows, self._session.catalog)
        dialog.save_requested.connect(self._save)
        dialog.show()

    def _save(self, path: Path, content: bytes) -> None:
        def save() -> None:
            from seedream_desktop.files import disk_problems  # late: rarely done

            with disk_problems(path.parent):
                path.write_bytes(content)

        self._session.reading.call(save, lambda _: self._on_saved(path), self._session.pictures.failed.emit)

    def _on_saved(self, path: Path) -> None:
        self._notices.say(self.tr("Saved as {name}.").format(name=plain(path.name, LABEL_CHARACTERS)))

    def _on_gone(self, gone: BoardGone) -> None:
        count, board = words.pictures(gone.pictures), plain(gone.board.name, LABEL_CHARACTERS)
        if gone.stays:
            text = self.tr(
                "{pictures} of {board} moved to the trash. The board stays: other files are in its folder."
            )
        elif gone.pictures:
            text = self.tr("{board} and its {pictures} moved to the trash.")
        else:
            text = self.tr("{board} moved to the trash.")
        self._notices.say(text.format(board=board, pictures=count), self.tr("Undo"), self._session.undo.undo)

    def _on_defaults(self, _: object) -> None:
        board = self._session.target_board()
        name = plain(words.board(board.name), LABEL_CHARACTERS) if board is not None else ""
        text = self.tr("The defaults of {board} are in the request now.").format(board=name)
        self._notices.say(text, self.tr("Undo"), self._session.draft.undo)

    def _on_spent(self, spent: Spent) -> None:
        self._bar.show_budget(spent.budget)
