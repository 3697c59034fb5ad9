"""The sidebar: the places of the library, its boards and saved searches, and names written in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from seedream_desktop.gui.corner_buttons import BUTTON_PX, CornerButtons
from seedream_desktop.gui.escape_field import EscapeField
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.place_list import PlaceList, right_inset_px, words_left_px
from seedream_desktop.gui.places import Entry, Place, PlacesModel, query_of
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, colours_of
from seedream_desktop.library.values import Board, Counts, Query

if TYPE_CHECKING:
    from seedream_desktop.library.searches import SavedSearch
    from seedream_desktop.state.incoming import Incoming

WIDTH_PX = 200
_WIDTH_LEAST_PX = 160
_WIDTH_MOST_PX = 360
_PLUS_PX = 14


class Sidebar(QWidget):
    """Shows where pictures are; wishes for one of these places, or for pictures to go to a board."""

    query_requested = Signal(object)  # Query
    unfinished_requested = Signal()
    board_created = Signal(str, str)  # name, id of the board that it lies in: a board is wished for
    board_moved = Signal(str, object)  # board id, Spot
    folded = Signal()  # boards were shown or hidden by hand
    board_renamed = Signal(str, str)  # board id, name: it shall be called so
    board_menu_requested = Signal(str, QPoint)  # board id, or nothing; on the screen
    search_requested = Signal(str)  # id of a saved search
    search_renamed = Signal(str, str)  # id of a saved search, name: it shall be called so
    search_removed = Signal(str)  # id of a saved search: it shall go
    search_menu_requested = Signal(str, QPoint)  # id of a saved search; on the screen
    pictures_dropped = Signal(object, str)  # tuple[str, ...] picture ids, board id
    files_dropped = Signal(object, str)  # tuple[Path, ...] of files and folders, board id
    nameless_dropped = Signal(object, str)  # Incoming without a file, as out of a browser; board id
    hide_requested = Signal()
    menu_requested = Signal(QPoint)  # where its corner goes, on the screen

    def __init__(self) -> None:
        """Start without boards and counts, on all pictures."""
        super().__init__()
        self._entries = PlacesModel(self)
        self._corner = CornerButtons(shows_sidebar=False)
        self.places = PlaceList(self._entries)
        self._plus = QToolButton(self)
        self._name = EscapeField(self)
        self._renamed: Board | SavedSearch | None = None  # whose name is written; None: a new board's
        self._stood_on = ("", "")  # board and saved search that the keyboard was on before
        self._parent_id = ""  # of the board in which a new one is named; empty: in none
        self._build()
        self._connect()
        self._write_words()
        self.show_query(Query())

    def set_boards(self, boards: tuple[Board, ...]) -> None:
        """Show these boards, the Inbox first."""
        self._entries.set_boards(boards)

    def set_counts(self, counts: Counts) -> None:
        """Show how many pictures there are."""
        self._entries.set_counts(counts)

    def set_searches(self, searches: tuple[SavedSearch, ...], counts: Mapping[str, int]) -> None:
        """Show these saved searches, with how many pictures each finds, by its id."""
        self._entries.set_searches(searches, counts)

    def show_search(self, search_id: str) -> None:
        """Mark the saved search that the gallery shows; empty: it shows a place."""
        self._entries.set_shown_search(search_id)
        self._stand_where_shown()

    def set_unfinished(self, count: int) -> None:
        """Show how many requests need a decision."""
        self._entries.set_unfinished(count)

    def set_target(self, board_id: str) -> None:
        """Mark the board that results go to."""
        self._entries.set_target(board_id)

    @property
    def folded_boards(self) -> tuple[str, ...]:
        """The ids of the boards whose boards are hidden."""
        return self._entries.folded

    def fold_boards(self, board_ids: Iterable[str]) -> None:
        """Hide what is in these boards."""
        self._entries.set_folded(board_ids)

    def show_query(self, query: Query | None) -> None:
        """Mark the place that the gallery shows; None: what is unfinished."""
        self._entries.set_query(query)
        self._stand_where_shown()

    def every_place(self) -> tuple[Entry, ...]:
        """All that it leads to, what is folded away as well."""
        return self._entries.every_place()

    def go(self, entry: Entry) -> None:
        """Wish to be shown what an entry leads to."""
        self._on_chosen(entry)

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(WIDTH_PX, 0)

    def minimumSizeHint(self) -> QSize:
        """It may be made a little narrower."""
        return QSize(_WIDTH_LEAST_PX, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep plus and name where their rows are."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LanguageChange, QEvent.Type.PaletteChange}:
            self._write_words()
            self._entries.refresh()

    def _build(self) -> None:
        self.setMaximumWidth(_WIDTH_MOST_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE_PX)
        column.setSpacing(SPACE_PX)
        column.addWidget(self._corner)
        column.addWidget(self.places, 1)
        self._plus.setIconSize(QSize(_PLUS_PX, _PLUS_PX))
        self._name.hide()
        for floating in (self._plus, self._name):
            floating.raise_()

    def _on_dropped(self, incoming: Incoming, board_id: str) -> None:
        """Own pictures move to the board; others come."""
        if incoming.picture_ids:
            self.pictures_dropped.emit(incoming.picture_ids, board_id)
        elif incoming.files:
            self.files_dropped.emit(incoming.files, board_id)
        elif not incoming.is_empty:
            self.nameless_dropped.emit(incoming, board_id)

    def _connect(self) -> None:
        self._corner.menu_requested.connect(self.menu_requested)
        self._corner.sidebar_requested.connect(self.hide_requested)
        self.places.chosen.connect(self._on_chosen)
        self.places.pictures_dropped.connect(self._on_dropped)
        self.places.board_dropped.connect(self.board_moved)
        self.places.folded.connect(self.folded)
        self.places.menu_requested.connect(self.board_menu_requested)
        self.places.search_menu_requested.connect(self.search_menu_requested)
        self.places.removal_requested.connect(self.search_removed)
        self.places.rename_requested.connect(self._on_rename_requested)
        self.places.verticalScrollBar().valueChanged.connect(self._place)
        self.places.rows_moved.connect(self._place)
        self._entries.modelAboutToBeReset.connect(self._on_rows_about_to_change)
        self._entries.modelReset.connect(self._on_rows_changed)
        self._plus.clicked.connect(lambda: self.start_naming())  # noqa: PLW0108 - clicked brings a bool
        self._name.returnPressed.connect(self._on_name_entered)
        self._name.left.connect(self._end_naming)
        self._name.editingFinished.connect(self._on_editing_finished)

    def _write_words(self) -> None:
        colours = colours_of(self.palette())
        words = self.tr("New board")
        self._plus.setIcon(icon("plus", colours.dim))
        self._plus.setAccessibleName(words)
        self._plus.setToolTip(words)
        self.setAccessibleName(self.tr("Sidebar"))
        self.places.setAccessibleName(self.tr("Places"))
        self._name.setPlaceholderText(self.tr("Name"))

    def _stand_where_shown(self) -> None:
        row = self._entries.shown_row()
        if row >= 0:
            self.places.setCurrentIndex(self._entries.index(row))

    def _on_rename_requested(self, entry: Entry) -> None:
        if (named := self._entries.named(entry)) is not None:
            self.start_renaming(named)

    def _on_chosen(self, entry: Entry) -> None:
        if entry.search_id:
            self.search_requested.emit(entry.search_id)
            return
        query = query_of(entry)
        self.show_query(query)
        if query is None:
            self.unfinished_requested.emit()
        else:
            self.query_requested.emit(query)

    def _on_rows_about_to_change(self) -> None:
        entry = self._entries.entry(self.places.currentIndex().row())
        is_on = entry is not None and self.places.hasFocus()
        self._stood_on = (entry.board_id, entry.search_id) if entry is not None and is_on else ("", "")

    def _on_rows_changed(self) -> None:
        """The keyboard stays with its board or search; else it is where the gallery is."""
        board_id, search_id = self._stood_on
        row = self._entries.row_of_board(board_id) if board_id else -1
        row = self._entries.row_of_search(search_id) if search_id else row
        row = row if row >= 0 else self._entries.shown_row()
        if row >= 0:
            self.places.setCurrentIndex(self._entries.index(row))
        self._place()

    def start_naming(self, parent_id: str = "") -> None:
        """Ask for the name of a new board, in place; it will lie in ``parent_id``, empty: in none."""
        self._end_naming()
        self._parent_id = parent_id
        self._entries.set_naming(parent_id)
        self._name.clear()
        self._name.setAccessibleName(self.tr("Name of the new board"))
        self._name.show()
        self.places.scrollTo(self._entries.index(self._entries.row_of(Place.NEW_BOARD)))
        self._place()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_renaming(self, named: Board | SavedSearch) -> None:
        """Ask for another name of a board or a saved search, in its own row."""
        self._end_naming()
        self._renamed = named
        self._name.setText(named.name)
        self._name.selectAll()
        self._name.setAccessibleName(self.tr("New name of {board}").format(board=named.name))
        self._name.show()
        self.places.scrollTo(self._entries.index(self._named_number()))
        self._place()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end_naming(self) -> None:
        self._renamed = None
        had_focus = self._name.hasFocus()
        self._name.hide()
        self._entries.set_naming(None)
        if had_focus:
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_name_entered(self) -> None:
        name, renamed = self._name.text().strip(), self._renamed
        self._end_naming()
        if name and renamed is None:
            self.board_created.emit(name, self._parent_id)
        elif name and renamed is not None and name != renamed.name:
            is_board = isinstance(renamed, Board)
            (self.board_renamed if is_board else self.search_renamed).emit(renamed.id, name)

    def _on_editing_finished(self) -> None:
        """The focus has gone elsewhere: an empty field goes too, a new name that was begun stays."""
        is_begun = self._renamed is None and self._name.text().strip()
        if self._name.isVisible() and not self._name.hasFocus() and not is_begun:
            self._end_naming()

    def _place(self) -> None:
        """Put the plus at the end of its caption and the field into its row; what has scrolled away hides."""
        inset_px = right_inset_px(self.places)
        caption = self._rect_of(Place.BOARDS_CAPTION)
        self._plus.setGeometry(
            caption.right() - BUTTON_PX - inset_px + GAP_PX,
            caption.bottom() - BUTTON_PX + 1,
            BUTTON_PX,
            BUTTON_PX,
        )
        self._plus.setVisible(self.places.geometry().contains(self._plus.geometry()))
        if self._name.isVisible():
            entry = self._entries.entry(self._named_number())
            left_px = words_left_px(entry) - SPACE_PX if entry is not None else SPACE_PX
            self._name.setGeometry(self._named_row().adjusted(left_px, 0, -inset_px, 0))

    def _named_row(self) -> QRect:
        return self._rect_of_row(self._named_number())

    def _named_number(self) -> int:
        if isinstance(self._renamed, Board):
            return self._entries.row_of_board(self._renamed.id)
        if self._renamed is not None:
            return self._entries.row_of_search(self._renamed.id)
        return self._entries.row_of(Place.NEW_BOARD)

    def _rect_of(self, place: Place) -> QRect:
        return self._rect_of_row(self._entries.row_of(place))

    def _rect_of_row(self, number: int) -> QRect:
        row = self.places.visualRect(self._entries.index(number))
        return row.translated(self.places.viewport().mapTo(self, row.topLeft()) - row.topLeft())
