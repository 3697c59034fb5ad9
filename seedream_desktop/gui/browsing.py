"""What is wished for while browsing, brought to the session; and back what the session says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.errors import ProblemKind
from seedream_desktop.gui import words
from seedream_desktop.gui.acting import Acting
from seedream_desktop.gui.place_orders import PlaceOrders
from seedream_desktop.gui.places import Place, place_of
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.library.values import Board, Order, Picture, Query

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.generation.job import Job
    from seedream_desktop.gui.details_panel import DetailsPanel
    from seedream_desktop.gui.gallery_header import GalleryHeader
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.gui.viewer import Viewer
    from seedream_desktop.library.library import Library
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.board_acts import BoardGone
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.session import Session

_HASH_CHARACTERS = 16  # of a SHA-256: enough to be the only one
_ABOUT_THE_LIBRARY = (ProblemKind.LIBRARY_AWAY, ProblemKind.FOLDER_NOT_WRITABLE)


class Browsing(QObject):
    """Ties sidebar, header, gallery, viewer and details to a session."""

    import_requested = Signal(object, str)  # tuple[Path, ...], id of a board
    query_changed = Signal(object)  # Query: what is shown from now on
    viewer_requested = Signal()
    gallery_requested = Signal()
    library_requested = Signal()  # another one shall be chosen
    compose_requested = Signal()  # the draft was changed from here; the cursor belongs into the prompt

    def __init__(
        self,
        sidebar: Sidebar,
        header: GalleryHeader,
        gallery: GalleryView,
        viewer: Viewer,
        details: DetailsPanel,
        notices: NoticeBar,
        session: Session,
        settings: Settings,
    ) -> None:
        """Connect both ways; what is shown stays, with what ``settings`` say of other places."""
        super().__init__()
        self._sidebar = sidebar
        self._header = header
        self._gallery = gallery
        self._viewer = viewer
        self._details = details
        self._notices = notices
        self._session = session
        self._query = session.gallery.query
        self._hides_rejected = self._query.hides_rejected
        self._boards: tuple[Board, ...] = ()
        self._is_unfinished = False
        self._shown = (self._query, False)  # what the rows are of, and whether that is the unfinished
        self._search_name = self._shown_name = ""  # of the saved search that is asked for, and shown
        self.orders = PlaceOrders(settings.orders)
        library = session.pictures.library
        self._library_id = library.id if library is not None else settings.library_id
        self._searches: dict[tuple[Place, str], tuple[str, tuple[str, ...]]] = {}  # text, literal, by place
        self._sought_id = ""  # of a picture that shall be selected once its place is shown
        self._connect_places()
        self._connect_pictures()
        self._connect_facts()
        self.acting = Acting(sidebar, header, gallery, viewer, notices, session)
        self._show_title()

    def show_board(self, board_id: str) -> None:
        """Go where results come to, unless they can be seen already."""
        if self._is_unfinished or self._query.board_id not in {"", board_id} or self._query.trash:
            self._go(Query(board_id=board_id, order=self._order_of(board_id)))

    def show_made_with(self, sha256: str) -> None:
        """Show everything that was made with that picture."""
        from seedream_desktop.library.search_language import written  # late: when one asks for it
        from seedream_desktop.library.search_terms import TermKind  # late: as above

        text = written(TermKind.REFERENCE, sha256[:_HASH_CHARACTERS])
        self._go(Query(text=text, order=self._order_of("")))

    def search(self, text: str, literal: tuple[str, ...]) -> None:
        """Search in the place that is shown; ``literal``: words that mean only themselves.

        The cursor stays where it is: somebody types.
        """
        self._show(replace(self._query, text=text, literal=literal))

    def search_alike(self, like: str) -> None:
        """Search in the place that is shown for what looks like a fingerprint; empty: no longer."""
        order = Order.LIKENESS if like else self._order_of(self._query.board_id)
        self._show(replace(self._query, like=like, order=order))

    def show_query(self, query: Query) -> None:
        """Show what a saved search asks for."""
        self._go(query)

    def show_alike(self, like: str) -> None:
        """Show what looks like a fingerprint, nearest first."""
        self._go(Query(like=like, order=Order.LIKENESS))

    def show_picture(self, picture: Picture) -> None:
        """Go to where a picture is kept, and select it there."""
        self._sought_id = picture.id
        self._go(Query(board_id=picture.board_id, order=self._order_of(picture.board_id)))

    def set_hides_rejected(self, hides_rejected: bool) -> None:
        """Leave out what is rejected, wherever pictures are shown, or no longer."""
        self._hides_rejected = hides_rejected
        if not self._is_unfinished:
            hides_now = self._hides_rejected_of(self._query)
            self._session.gallery.set_query(replace(self._query, hides_rejected=hides_now))
            self._query = self._session.gallery.query

    def name_search(self, name: str) -> None:
        """Head the gallery with the name of a saved search; empty: with that of the place."""
        if name != self._search_name:
            self._search_name = name
            if self._shown == (self._query, self._is_unfinished):  # else its rows are on their way
                self._shown_name = name
                self._show_title()

    def write_words(self) -> None:
        """Write the place in the language of now."""
        self._show_title()

    def _connect_places(self) -> None:
        self._sidebar.query_requested.connect(self._on_place)
        self._sidebar.unfinished_requested.connect(self._on_unfinished)
        self._sidebar.board_created.connect(self._session.board_acts.create)
        self._session.board_acts.created.connect(lambda board: self._on_place(Query(board_id=board.id)))
        self._header.search_changed.connect(self.search)
        self._header.search_left.connect(self._gallery.setFocus)
        self._header.order_changed.connect(self._on_order)
        self._header.tile_px_changed.connect(self._set_tile_px)

    def _connect_pictures(self) -> None:
        handing_out = self._session.handing_out
        for source in (self._gallery, self._viewer):
            source.edit_requested.connect(self._on_edit)
            source.reference_requested.connect(self._on_reference)
            source.copy_requested.connect(handing_out.copy_picture)
            source.copy_files_requested.connect(handing_out.copy_files)
            source.reveal_requested.connect(lambda picture: handing_out.reveal(picture.path))
            source.command_requested.connect(self._on_command_wished)
        self._gallery.open_requested.connect(self._on_open)
        self._gallery.files_dropped.connect(self._on_files_dropped)
        self._details.command_requested.connect(self._on_command_wished)
        self._gallery.selection_changed.connect(self._on_selection)
        self._viewer.row_changed.connect(self._gallery.follow_row)
        self._viewer.closed.connect(self.gallery_requested)
        self._header.reference_requested.connect(lambda: self._gallery.with_selected(self._on_reference))

    def _connect_facts(self) -> None:
        pictures, gallery = self._session.pictures, self._session.gallery
        is_demo, empty = self._session.provider.is_demo, self._gallery.empty
        pictures.opened.connect(lambda library: empty.set_folder(library.root, is_demo=is_demo))
        pictures.opened.connect(self._on_opened)
        pictures.library_changed.connect(self._on_library_changed)
        pictures.failed.connect(self._on_problem)
        gallery.failed.connect(self._on_problem)
        gallery.query_shown.connect(self._on_shown)
        gallery.count_changed.connect(lambda _: self._show_title())
        self._session.handing_out.failed.connect(self._on_problem)
        self._session.handing_out.copied.connect(self._on_copied)
        self._session.forgetting.forgotten.connect(self._on_forgotten)
        self._session.board_acts.gone.connect(self._on_board_gone)
        self._session.terminal.failed.connect(self._on_problem)
        self._session.terminal.command_copied.connect(self._on_command_copied)
        self._session.draft.board_changed.connect(self._sidebar.set_target)

    def _go(self, query: Query) -> None:
        self._show(query)
        self.gallery_requested.emit()

    def _show(self, query: Query) -> None:
        self._is_unfinished = False
        if query.order is Order.LIKENESS and not query.like:
            query = replace(query, order=self._order_of(query.board_id))
        self._query = query = replace(query, hides_rejected=self._hides_rejected_of(query))
        self._searches[_place_key(query)] = (query.text, query.literal)
        self._header.show_query(query)
        self._session.gallery.set_query(query)
        place = replace(query, hides_rejected=False, text="", literal=(), like="", order=Order.NEWEST)
        self._sidebar.show_query(place)
        self.query_changed.emit(query)

    def _hides_rejected_of(self, query: Query) -> bool:
        """Not in the trash, and not where they are looked for."""
        if not self._hides_rejected or query.trash or not query.text:
            return self._hides_rejected and not query.trash
        from seedream_desktop.library.search_edits import asks_for_rejected  # late: when somebody searches

        return not asks_for_rejected(query.text, query.literal)

    def _on_place(self, place: Query) -> None:
        """What was searched for there comes back; where one is already, everything is shown."""
        text, literal = self._searches.get(_place_key(place), ("", ()))
        if not self._is_unfinished and _place_key(place) == _place_key(self._query):
            text, literal = "", ()
        self._go(replace(place, text=text, literal=literal, order=self._order_of(place.board_id)))

    def _on_order(self, order: Order) -> None:
        self.orders.choose(order, self._query.board_id, self._library_id)
        self._go(replace(self._query, order=order))

    def _order_of(self, board_id: str) -> Order:
        return self.orders.of(board_id, self._library_id)

    def _on_opened(self, library: Library) -> None:
        """Another library is shown from its beginning, in its own order."""
        is_another = self._library_id not in {"", library.id}
        self._library_id = library.id
        if is_another:
            self._go(Query(order=self._order_of("")))

    def _on_unfinished(self) -> None:
        self._is_unfinished = True
        self._session.gallery.show_unfinished()
        self.gallery_requested.emit()

    def _on_board_gone(self, gone: BoardGone) -> None:
        """It is in the trash, with the boards in it."""
        if self._query.board_id in gone.removed:
            self._on_forgotten(self._query.board_id)

    def _on_forgotten(self, board_id: str) -> None:
        """A board is gone: show all pictures where it was shown."""
        if self._query.board_id == board_id:
            self._go(Query(order=self._order_of("")))

    def _set_tile_px(self, tile_px: int) -> None:
        self._gallery.tile_px = tile_px

    def _on_shown(self, query: Query) -> None:
        """The rows are there: now what is said of them is true."""
        self._shown = (query, self._session.gallery.shows_only_jobs)
        self._shown_name = self._search_name
        self._show_title()
        self._select_sought()

    def _show_title(self) -> None:
        query, is_unfinished = self._shown
        count = None if is_unfinished else self._session.gallery.picture_count
        days = self._session.pictures.trash_can.keep_days if query.trash else None
        is_found = not is_unfinished and bool(query.text.strip() or query.like)
        self._header.show_place(self._title(), count, days, is_found=is_found)

    def _title(self) -> str:
        query, is_unfinished = self._shown
        if is_unfinished:
            return self.tr("Unfinished")
        if query.trash:
            return self.tr("Trash")
        if self._shown_name:
            return self._shown_name
        if query.like:
            return self.tr("Pictures that look alike")
        if query.rated:
            return self.tr("Rated")
        if query.since_ms is not None:
            return self.tr("Today")
        names = (board.name for board in self._boards if board.id == query.board_id)
        return next(names, self.tr("All pictures"))

    def _on_open(self, row: int) -> None:
        self._viewer.show_row(row)
        self.viewer_requested.emit()

    def _select_sought(self) -> None:
        sought_id, self._sought_id = self._sought_id, ""
        row = self._session.gallery.row_of(sought_id) if sought_id else None
        if row is not None:
            self._gallery.select_row(row)

    def _on_edit(self, picture: Picture) -> None:
        self._session.edit(picture)
        self.compose_requested.emit()

    def _on_reference(self, pictures: tuple[Picture, ...]) -> None:
        self._session.intake.take_files(tuple(picture.path for picture in pictures))

    def _on_files_dropped(self, paths: tuple[Path, ...]) -> None:
        if board := self.board_in_view():
            self.import_requested.emit(paths, board.id)

    def board_in_view(self) -> Board | None:
        """Where what is put down here goes to: the board that is shown, else that of new results."""
        shown = (board for board in self._boards if board.id == self._query.board_id)
        return next(shown, self._session.target_board())

    def _on_selection(self, _pictures: tuple[Picture, ...]) -> None:
        self._header.show_selection(len(self._gallery.selected_ids()), self._shown[0].trash)

    def _on_library_changed(self, change: LibraryChange) -> None:
        is_first, before, self._boards = not self._boards, self._boards, change.boards
        self._sidebar.set_boards(change.boards)
        if self._boards and self._is_board_gone():
            shown = next((board for board in before if board.id == self._query.board_id), None)
            self._go(replace(self._query, board_id=""))
            self._tell_gone(shown)
        elif is_first and self._query.board_id:  # it was shown when the window was closed
            self._sidebar.show_query(replace(self._query, order=Order.NEWEST))
        if change.counts is not None:
            self._sidebar.set_counts(change.counts)
        if board := self._session.target_board():
            self._sidebar.set_target(board.id)
        self._show_title()

    def _tell_gone(self, board: Board | None) -> None:
        """What was done to it here says so itself, afterwards."""
        library = self._session.pictures.library
        if board is not None and library is not None and library.id == self._library_id:
            text = self.tr("The board {board} is gone: its folder was deleted or moved away.")
            self._notices.warn(text.format(board=board.name))

    def _is_board_gone(self) -> bool:
        board_id = self._query.board_id
        return bool(board_id) and all(board.id != board_id for board in self._boards)

    def _on_problem(self, problem: Problem) -> None:
        words_ = problem_words(problem).without_money
        if problem.kind in _ABOUT_THE_LIBRARY:
            self._notices.warn(words_, self.tr("Open a library…"), self.library_requested.emit)
        else:
            self._notices.warn(words_)

    def _on_command_wished(self, asked: Picture | Job) -> None:
        terminal = self._session.terminal
        if isinstance(asked, Picture):
            terminal.copy_picture(asked)
        else:
            terminal.copy_job(asked)

    def _on_command_copied(self) -> None:
        self._notices.say(
            self.tr("Copied as curl. The key is not in it: the command takes it from COMETAPI_KEY.")
        )

    def _on_copied(self, count: int) -> None:
        text = self.tr("{pictures} copied.")
        self._notices.say(text.format(pictures=words.pictures(count)))


def _place_key(query: Query) -> tuple[Place, str]:
    """What makes a place the same one tomorrow."""
    return place_of(query), query.board_id
