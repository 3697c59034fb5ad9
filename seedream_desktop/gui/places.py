"""The entries of the sidebar: the places of a library, its boards, and its saved searches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.board_tree import Branch, branches, ids_around
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS, plain_tip
from seedream_desktop.library.values import Board, Counts, Query

if TYPE_CHECKING:
    from seedream_desktop.library.searches import SavedSearch

ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class Place(StrEnum):
    """What an entry of the sidebar leads to."""

    ALL = "all"
    TODAY = "today"
    RATED = "rated"
    UNFINISHED = "unfinished"
    TRASH = "trash"
    BOARDS_CAPTION = "boards_caption"
    NEW_BOARD = "new_board"  # an empty row while a board is being named
    BOARD = "board"
    SEARCHES_CAPTION = "searches_caption"  # only where there are any
    SEARCH = "search"


CAPTIONS = (Place.BOARDS_CAPTION, Place.SEARCHES_CAPTION)
_PLACES = (Place.ALL, Place.TODAY, Place.RATED, Place.UNFINISHED, Place.TRASH)
_LEADS_NOWHERE = (*CAPTIONS, Place.NEW_BOARD)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``count`` is None where it is not known yet."""

    place: Place
    words: str
    count: int | None = None
    board_id: str = ""
    is_target: bool = False  # results go there
    is_shown: bool = False  # it is what the gallery shows
    depth: int = 0  # boards around it
    parent: str = ""  # what the board around it is called
    has_boards: bool = False
    is_open: bool = True
    is_client_safe: bool = False
    is_movable: bool = False  # by hand
    search_id: str = ""
    asks: str = ""  # what a saved search looks for, as typed

    @property
    def leads_somewhere(self) -> bool:
        """Whether it can be chosen."""
        return self.place not in _LEADS_NOWHERE

    @property
    def can_be_renamed(self) -> bool:
        """Whether it has a name of its own; the Inbox has not."""
        return self.is_movable or self.place is Place.SEARCH

    @property
    def can_be_dragged(self) -> bool:
        """Whether it is a board that may be elsewhere; the Inbox stays where it is."""
        return self.place is Place.BOARD and self.is_movable


def midnight_ms() -> int:
    """When today began here, in UTC milliseconds."""
    return int(
        datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000
    )


def query_of(entry: Entry) -> Query | None:
    """What an entry shows; None for one that shows no pictures of the library."""
    return {
        Place.ALL: Query(),
        Place.TODAY: Query(since_ms=midnight_ms()),
        Place.RATED: Query(rated=True),
        Place.TRASH: Query(trash=True),
        Place.BOARD: Query(board_id=entry.board_id),
    }.get(entry.place)


def place_of(query: Query) -> Place:
    """The place that ``query`` belongs to, whatever is searched for in it."""
    if query.trash:
        return Place.TRASH
    if query.board_id:
        return Place.BOARD
    if query.rated:
        return Place.RATED
    return Place.TODAY if query.since_ms is not None else Place.ALL


class PlacesModel(QAbstractListModel):
    """The entries by row: five places, the boards with the Inbox first, the saved searches; with captions."""

    def __init__(self, parent: QObject) -> None:
        """Start without boards and without counts."""
        super().__init__(parent)
        self._boards: tuple[Board, ...] = ()
        self._counts: Counts | None = None
        self._unfinished = 0
        self._target = ""
        self._query: Query | None = Query()
        self._searches: tuple[SavedSearch, ...] = ()
        self._search_counts: Mapping[str, int] = {}
        self._shown_search = ""  # the saved search that the gallery shows, and no place with it
        self._naming_in: str | None = None  # the board that a new one is named in; empty: in none
        self._folded: frozenset[str] = frozenset()  # boards whose boards are hidden
        self.branches: tuple[Branch, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        self.refresh()

    def set_boards(self, boards: tuple[Board, ...]) -> None:
        """Show these boards."""
        self._boards = boards
        self.refresh()

    def set_searches(self, searches: tuple[SavedSearch, ...], counts: Mapping[str, int]) -> None:
        """Show these saved searches, with how many pictures each finds."""
        self._searches, self._search_counts = searches, counts
        self.refresh()

    def set_shown_search(self, search_id: str) -> None:
        """Mark the saved search that the gallery shows; empty: none."""
        self._shown_search = search_id
        self.refresh()

    def set_counts(self, counts: Counts) -> None:
        """Show these counts."""
        self._counts = counts
        self.refresh()

    def set_unfinished(self, count: int) -> None:
        """Show how many requests need a decision."""
        self._unfinished = count
        self.refresh()

    def set_target(self, board_id: str) -> None:
        """Mark the board that results go to."""
        self._target = board_id
        self.refresh()

    def set_query(self, query: Query | None) -> None:
        """Mark what the gallery shows; None: what is unfinished."""
        self._query, self._shown_search = query, ""
        if query is not None and query.board_id:
            self._folded -= ids_around(self._boards, query.board_id)
        self.refresh()

    def set_naming(self, parent_id: str | None) -> None:
        """Make room for a name below the boards, or below one that it will lie in; None: take it away."""
        self._naming_in = parent_id
        if parent_id:
            self._folded -= {parent_id, *ids_around(self._boards, parent_id)}
        self.refresh()

    @property
    def folded(self) -> tuple[str, ...]:
        """The ids of the boards whose boards are hidden."""
        return tuple(sorted(self._folded))

    def set_folded(self, board_ids: Iterable[str]) -> None:
        """Hide what is in these boards, and show what is in all others."""
        self._folded = frozenset(board_ids)
        self.refresh()

    def fold(self, board_id: str, *, is_open: bool) -> None:
        """Show or hide the boards in a board."""
        self.set_folded(self._folded - {board_id} if is_open else self._folded | {board_id})

    def entry(self, row: int) -> Entry | None:
        """The entry of a row, None outside."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def row_of(self, place: Place) -> int:
        """The first row of that kind, -1 where there is none."""
        return next((row for row, entry in enumerate(self._entries) if entry.place is place), -1)

    def row_of_board(self, board_id: str) -> int:
        """The row of a board, -1 where it is not there."""
        held = (row for row, entry in enumerate(self._entries) if entry.board_id == board_id)
        return next(held, -1)

    def row_of_search(self, search_id: str) -> int:
        """The row of a saved search, -1 where it is not there."""
        held = (row for row, entry in enumerate(self._entries) if entry.search_id == search_id)
        return next(held, -1)

    def every_place(self) -> tuple[Entry, ...]:
        """All that leads somewhere, what is folded away as well."""
        names = {board.id: board.name for board in self._boards}
        boards = (self._board_entry(branch, names) for branch in branches(self._boards, frozenset()))
        searches = (self._search_entry(search) for search in self._searches)
        return (*(self._place_entry(place) for place in _PLACES), *boards, *searches)

    def named(self, entry: Entry) -> Board | SavedSearch | None:
        """The board or the saved search that an entry stands for, if it is there."""
        boards = (board for board in self._boards if board.id == entry.board_id)
        searches = (search for search in self._searches if search.id == entry.search_id)
        return next(boards, None) or next(searches, None)

    def shown_row(self) -> int:
        """The row of what the gallery shows, -1 where that is none of them."""
        return next((row for row, entry in enumerate(self._entries) if entry.is_shown), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words for people and for screen readers, and the entry itself."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(entry)
        is_tip = role == Qt.ItemDataRole.ToolTipRole and entry.leads_somewhere
        return plain_tip(self._tip(entry)) if is_tip else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A caption cannot be chosen; a board takes pictures."""
        entry = self.entry(index.row())
        if entry is None or not entry.leads_somewhere:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDropEnabled if entry.place is Place.BOARD else flags

    def refresh(self) -> None:
        """Make the entries anew; rows are kept where only what they say has changed."""
        entries = self._made()
        if _rows(entries) != _rows(self._entries):
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
        elif entries != self._entries:
            self._entries = entries
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))

    def _made(self) -> tuple[Entry, ...]:
        self.branches = branches(self._boards, self._folded)
        places = [self._place_entry(place) for place in _PLACES]
        caption = Entry(Place.BOARDS_CAPTION, self.tr("Boards"))
        return (*places, caption, *self._board_entries(), *self._search_entries())

    def _search_entries(self) -> list[Entry]:
        entries = [self._search_entry(search) for search in self._searches]
        return [Entry(Place.SEARCHES_CAPTION, self.tr("Saved searches")), *entries] if entries else []

    def _search_entry(self, search: SavedSearch) -> Entry:
        return Entry(
            Place.SEARCH,
            plain(search.name, LABEL_CHARACTERS),
            self._search_counts.get(search.id),
            search_id=search.id,
            is_shown=search.id == self._shown_search,
            asks=plain(search.query.text, LABEL_CHARACTERS),
        )

    def _board_entries(self) -> list[Entry]:
        names = {board.id: board.name for board in self._boards}
        entries = [self._board_entry(branch, names) for branch in self.branches]
        if self._naming_in is None:
            return entries
        rows = [row for row, branch in enumerate(self.branches) if branch.board.id == self._naming_in]
        if not rows:
            return [*entries, Entry(Place.NEW_BOARD, "")]
        depth = self.branches[rows[0]].depth + 1
        inside = [row for row in range(rows[0] + 1, len(entries)) if entries[row].depth < depth]
        end = inside[0] if inside else len(entries)
        return [*entries[:end], Entry(Place.NEW_BOARD, "", depth=depth), *entries[end:]]

    def _place_entry(self, place: Place) -> Entry:
        counts = self._counts
        title, count = {
            Place.ALL: (self.tr("All pictures"), counts.all if counts else None),
            Place.TODAY: (self.tr("Today"), counts.today if counts else None),
            Place.RATED: (self.tr("Rated"), counts.rated if counts else None),
            Place.UNFINISHED: (self.tr("Unfinished"), self._unfinished),
            Place.TRASH: (self.tr("Trash"), counts.trash if counts else None),
        }[place]
        is_shown = not self._shown_search and place is (
            Place.UNFINISHED if self._query is None else place_of(self._query)
        )
        return Entry(place, title, count, is_shown=is_shown)

    def _board_entry(self, branch: Branch, names: dict[str, str]) -> Entry:
        board = branch.board
        is_inbox = board.path == "Inbox"
        return Entry(
            Place.BOARD,
            self.tr("Inbox") if is_inbox else plain(board.name, LABEL_CHARACTERS),
            board.count,
            board.id,
            is_target=board.id == self._target,
            is_shown=self._is_board_shown(board),
            depth=branch.depth,
            parent=plain(names.get(branch.parent_id, ""), LABEL_CHARACTERS),
            has_boards=branch.has_boards,
            is_open=branch.is_open,
            is_client_safe=branch.is_client_safe,
            is_movable=not is_inbox,
        )

    def _is_board_shown(self, board: Board) -> bool:
        query = None if self._shown_search else self._query
        return query is not None and query.board_id == board.id and not query.trash

    def _tip(self, entry: Entry) -> str:
        told = [entry.words]
        if entry.asks:
            told.append(entry.asks)
        if entry.is_target:
            told.append(self.tr("Results go here."))
        if entry.is_client_safe:
            told.append(self.tr("Client-safe: nothing that leaves it tells how it was made."))
        return "\n".join(told)

    def _spoken(self, entry: Entry) -> str:
        """What a screen reader says: ``Inbox, 1,072 pictures``."""
        if entry.count is None:
            return entry.words
        if entry.place is Place.UNFINISHED:
            count = words.number(entry.count)
            return self.tr("{place}, {count} requests").format(place=entry.words, count=count)
        if entry.place is Place.SEARCH:
            spoken = self.tr("{search}, saved search, {pictures}")
            return spoken.format(search=entry.words, pictures=words.pictures(entry.count))
        parts = [entry.words, words.pictures(entry.count)]
        if entry.is_target:
            parts.append(self.tr("results go here"))
        if entry.parent:
            parts.append(self.tr("in {board}").format(board=entry.parent))
        if entry.is_client_safe:
            parts.append(self.tr("client-safe"))
        if entry.has_boards:
            parts.append(self.tr("boards in it shown") if entry.is_open else self.tr("boards in it hidden"))
        return ", ".join(parts)


def _rows(entries: tuple[Entry, ...]) -> list[tuple[Place, str, str]]:
    """What makes a row the same one."""
    return [(one.place, one.board_id, one.search_id) for one in entries]
