"""Saved searches: kept by the star of the search field, shown in the sidebar, opened, changed and let go."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS

if TYPE_CHECKING:
    from seedream_desktop.gui.browsing import Browsing
    from seedream_desktop.gui.save_search_popup import SaveSearchPopup
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.searches import SavedSearch
    from seedream_desktop.library.values import Board, Query
    from seedream_desktop.state.session import Session

_TODAY = "date:today"  # as a place is kept that begins anew each day


class SavingSearches(QObject):
    """Ties star, sidebar and gallery to the saved searches of the session."""

    def __init__(self, parts: Parts, browsing: Browsing, session: Session) -> None:
        """Connect both ways."""
        super().__init__(parts.window)
        self._parts = parts
        self._browsing = browsing
        self._session = session
        self._query = session.gallery.query  # what is shown
        self._opened: SavedSearch | None = None  # as it was opened; it may have been edited since
        self._saved_id = ""  # of what is being saved: it counts as opened
        self._is_unfinished = False
        self._popup: SaveSearchPopup | None = None
        self._connect()
        session.searches.read()

    @property
    def popup(self) -> SaveSearchPopup:
        """What asks for a name."""
        if self._popup is None:
            from seedream_desktop.gui.save_search_popup import SaveSearchPopup  # late: rarely asked

            self._popup = SaveSearchPopup(self._parts.window)
            self._popup.save_requested.connect(self._save)
            self._popup.update_requested.connect(self._update)
        return self._popup

    def open(self, search_id: str) -> None:
        """Show what a saved search finds; it can be edited."""
        search = self._session.searches.find(search_id)
        if search is None:
            return
        board_id = search.query.board_id
        if not board_id:
            self._open(search)
            return
        library = self._session.pictures.the_library
        self._session.reading.call(
            lambda: library().board(board_id),
            lambda board: self._open_on(search, board),
            self._session.pictures.failed.emit,
        )

    def menu(self, search: SavedSearch) -> QMenu:
        """What can be done to a saved search."""
        searches, sidebar = self._session.searches, self._parts.sidebar
        menu = QMenu(sidebar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.open(search.id))
        update = menu.addAction(
            self.tr("Update to what is searched for now"),
            lambda: searches.change(search.id, kept_form(self._query)),
        )
        is_other = not _is_same(search.query, kept_form(self._query))
        update.setEnabled(self._can_be_saved() and is_other)
        menu.addSeparator()
        menu.addAction(self.tr("Rename…"), lambda: sidebar.start_renaming(search))
        menu.addAction(self.tr("Remove"), lambda: self.remove(search.id))
        return menu

    def remove(self, search_id: str) -> None:
        """Let a saved search go, which can be taken back."""
        search = self._session.searches.find(search_id)
        if search is not None:
            self._session.searches.remove(search_id)
            text = self.tr("The saved search {search} is removed. No picture is.")
            undo = self._session.undo.undo
            self._parts.notices.say(text.format(search=_shown(search.name)), self.tr("Undo"), undo)

    def ask(self) -> None:
        """Ask under which name what is searched for now shall be kept."""
        if not self._can_be_saved():
            self._parts.notices.say(self.tr("Search for something first. Then it can be saved."))
            return
        opened = self._session.searches.find(self._opened.id) if self._opened is not None else None
        words = " ".join(kept_form(self._query).text.split())
        proposal = words or self.tr("Pictures that look alike")
        name = _shown(opened.name) if opened is not None else ""
        self.popup.ask(proposal, name, self._session.searches.is_taken, self._parts.header.search)

    def _connect(self) -> None:
        sidebar, searches = self._parts.sidebar, self._session.searches
        self._parts.header.search.save_requested.connect(self._on_star)
        self._parts.commands.save_search_requested.connect(self.ask)
        self._browsing.query_changed.connect(self._on_query)
        sidebar.unfinished_requested.connect(self._on_unfinished)
        sidebar.search_requested.connect(self.open)
        sidebar.search_renamed.connect(self._rename)
        sidebar.search_removed.connect(self.remove)
        sidebar.search_menu_requested.connect(self._on_menu)
        searches.changed.connect(self._on_searches)
        searches.damaged.connect(self._on_damaged)

    def _open_on(self, search: SavedSearch, board: Board | None) -> None:
        if self._session.searches.find(search.id) is None:
            return  # meanwhile it was removed, or another library was opened
        if board is None:
            text = self.tr("The board of {search} is not here any more. All pictures are searched instead.")
            self._parts.notices.warn(text.format(search=_shown(search.name)))
        board_id = board.id if board is not None else ""
        self._open(replace(search, query=replace(search.query, board_id=board_id)))

    def _open(self, search: SavedSearch) -> None:
        self._opened = search
        self._browsing.show_query(search.query)

    def _on_query(self, query: Query) -> None:
        self._query, self._is_unfinished = query, False
        opened, kept = self._opened, kept_form(query)
        if opened is not None and not _is_edited_from(opened.query, kept):
            self._opened = None
        self._saved_id = ""
        self._show()

    def _on_unfinished(self) -> None:
        self._is_unfinished, self._opened = True, None
        self._show()

    def _on_searches(self) -> None:
        searches = self._session.searches
        self._parts.sidebar.set_searches(searches.searches, searches.counts)
        if saved := searches.find(self._saved_id):
            self._opened, self._saved_id = saved, ""
        if self._opened is not None and searches.find(self._opened.id) is None:
            self._opened = None
        self._show()

    def _show(self) -> None:
        same = self._same()
        shown = same or self._opened
        is_offered = self._can_be_saved()
        self._parts.header.search.offer_saving(is_offered, same is not None)
        self._parts.sidebar.show_search(shown.id if shown is not None else "")
        self._browsing.name_search(shown.name if shown is not None else "")

    def _can_be_saved(self) -> bool:
        """What stands in the trash is no search."""
        return _is_search(self._query) and not (self._query.trash or self._is_unfinished)

    def _same(self) -> SavedSearch | None:
        """The saved search that is just what is searched for now; the opened one, if there are several."""
        if not self._can_be_saved():
            return None
        kept = kept_form(self._query)
        opened_id = self._opened.id if self._opened is not None else ""
        held = [search for search in self._session.searches.searches if _is_same(search.query, kept)]
        held.sort(key=lambda search: search.id != opened_id)
        if opened_id:  # another order makes it another one than was opened
            return next((one for one in held if one.id == opened_id and one.query.order is kept.order), None)
        return held[0] if held else None

    def _on_star(self) -> None:
        same = self._same()
        if same is not None:
            self.remove(same.id)
        else:
            self.ask()

    def _save(self, name: str) -> None:
        self._opened = None
        self._saved_id = self._session.searches.save(name, kept_form(self._query))

    def _update(self) -> None:
        if self._opened is not None:
            query = kept_form(self._query)
            self._session.searches.change(self._opened.id, query)
            self._opened = replace(self._opened, query=query)

    def _rename(self, search_id: str, name: str) -> None:
        if self._session.searches.is_taken(name, search_id):
            text = self.tr("Another saved search is called {name}. Nothing was renamed.")
            self._parts.notices.warn(text.format(name=_shown(name)))
        else:
            self._session.searches.rename(search_id, name)

    def _on_menu(self, search_id: str, place: QPoint) -> None:
        search = self._session.searches.find(search_id)
        if search is not None:
            self.menu(search).popup(place)

    def _on_damaged(self, names: tuple[str, ...]) -> None:
        text = self.tr(
            "A saved search cannot be read: {files}. The file stays as it is, in .seedream/searches of the "
            "library; the other searches are there."
        )
        self._parts.notices.warn(text.format(files=_shown(", ".join(names))))


def kept_form(query: Query) -> Query:
    """What is kept of a query: today is a word, and what is hidden everywhere is no part of it."""
    text = query.text
    if query.since_ms is not None:
        text = _with_today(text)
    return replace(query, text=text, since_ms=None, hides_rejected=False)


def _with_today(text: str) -> str:
    if not text.strip():
        return _TODAY
    from seedream_desktop.library.search_edits import with_term  # late: when somebody searches

    return with_term(text, _TODAY)


def _is_same(one: Query, other: Query) -> bool:
    """Whether they ask for the same pictures."""
    return _asked(one) == _asked(other)


def _is_edited_from(opened: Query, query: Query) -> bool:
    """Whether somebody changed words or order there, and did not go elsewhere or to another picture."""
    place = (query.board_id, query.rated) == (opened.board_id, opened.rated)
    return place and query.like == opened.like and _is_search(query) and not query.trash


def _is_search(query: Query) -> bool:
    return bool(query.text.strip() or query.like)


def _asked(query: Query) -> tuple[object, ...]:
    return (" ".join(query.text.split()), frozenset(query.literal), query.like, query.board_id, query.rated)


def _shown(name: str) -> str:
    return plain(name, LABEL_CHARACTERS)
