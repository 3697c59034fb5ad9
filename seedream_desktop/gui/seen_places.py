"""What was selected and looked at: it comes back in another view and after a restart."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, Signal

from seedream_desktop.gui.place_orders import PlaceOrders
from seedream_desktop.gui.spared_selection import selection_of
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from seedream_desktop.gui.wishing_wall import WishingWall
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.gallery_model import GalleryModel

KEPT_IDS = 1000  # of a selection
KEPT_PLACES = 32
_Seen = tuple[str, int]  # the picture at the top, and where its upper edge lies


class SeenPlaces(QObject):
    """Keeps selection and scroll position while the rows are replaced."""

    lost = Signal()  # what was selected is not here

    def __init__(self, wall: WishingWall, model: GalleryModel) -> None:
        """Follow what ``wall`` shows of ``model``."""
        super().__init__(wall)
        self._wall = wall
        self._model = model
        self._shown = Query()
        self._selected: tuple[tuple[str, ...], str | None] = ((), None)  # and the current one
        self._left: tuple[str, ...] = ()  # of that, what is selected where the rest of it is hidden
        self._places: OrderedDict[Query, _Seen | None] = OrderedDict()  # None: it was left at its top
        self._currents: dict[Query, str | None] = {}  # what had the keyboard there
        self._awaited: tuple[str, ...] = ()  # selected before the restart
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)

    def come_back(self, settings: Settings) -> None:
        """Show once more what was shown when the window was closed."""
        board_id, hides_rejected = settings.shown_board_id, settings.hides_rejected
        order = PlaceOrders(settings.orders).of(board_id, settings.library_id)
        query = replace(self._model.query, board_id=board_id, order=order, hides_rejected=hides_rejected)
        self._awaited = settings.selected_ids
        if settings.seen_id:
            self._places[query] = (settings.seen_id, settings.seen_px)
            self._currents[query] = next(iter(settings.selected_ids), None)
        if query != self._model.query:
            self._model.set_query(query)

    def remembered(self, settings: Settings) -> Settings:
        """``settings`` with what shall come back."""
        if self._model.is_recalled:
            return settings
        query = self._model.query
        is_place = not (query.text or query.like or query.rated or query.trash or query.since_ms)
        seen_id, seen_px = self._seen() or ("", 0)
        return replace(
            settings,
            shown_board_id=query.board_id if is_place else "",
            seen_id=seen_id if is_place else "",
            seen_px=seen_px,
            selected_ids=self._awaited or self._wall.selected_ids()[:KEPT_IDS],
        )

    def _seen(self) -> _Seen | None:
        """What is at the top; None: the very top."""
        if self._wall.verticalOffset() == 0:
            return None
        for row in self._wall.rows_in_view():
            picture_id, top_px = self._model.picture_id(row), self._wall.cell(row).top()
            if picture_id is not None and top_px >= 0:
                return picture_id, top_px
        return None

    def _keep(self) -> None:
        shown = self._wall.selected_ids()
        if self._awaited:
            self._selected = (self._awaited, self._awaited[0])
        elif shown != self._left or not self._selected[0]:  # else nothing else was selected meanwhile
            self._selected = (shown, self._current_id())
        if self._model.is_recalled:
            return
        if self._model.rowCount() and not self._shown.text and not self._shown.like:
            self._places.pop(self._shown, None)
            self._places[self._shown], self._currents[self._shown] = self._seen(), self._current_id()
            while len(self._places) > KEPT_PLACES:
                self._currents.pop(self._places.popitem(last=False)[0], None)

    def _restore(self) -> None:
        ids, current_id = self._selected
        self._shown = self._model.query
        if self._model.rowCount() and not self._model.is_recalled:
            self._awaited = ()
        self._wall.doItemsLayout()
        self._wall.scrollToTop()
        current = self._model.row_of(current_id) if current_id else None
        rows = self._model.rows_of(ids) if ids else ()
        if current is not None or rows:
            current = rows[0] if current is None else current
            self._select(rows, current)
        elif ids and not self._model.is_recalled:
            self.lost.emit()
        self._left = self._wall.selected_ids()
        self._wall.scrollToTop()  # what was selected may have moved it
        self._look_again()
        is_elsewhere = current is not None and self._currents.get(self._shown, "") != current_id
        if current is not None and is_elsewhere and not self._is_in_view(current):
            self._wall.scrollTo(self._model.index(current))

    def _look_again(self) -> None:
        """Show what was seen in this place when it was left."""
        seen = self._places.get(self._shown)
        row = self._model.row_of(seen[0]) if seen is not None else None
        if seen is not None and row is not None:
            self._wall.look_at(row, seen[1])

    def _is_in_view(self, row: int) -> bool:
        """Whether most of it is: nothing is moved for a strip that is cut off."""
        return 0 <= self._wall.cell(row).center().y() < self._wall.viewport().height()

    def _select(self, rows: tuple[int, ...], current: int) -> None:
        flag, selection = QItemSelectionModel.SelectionFlag, self._wall.selectionModel()
        selection.setCurrentIndex(self._model.index(current), flag.NoUpdate)
        selection.select(selection_of(self._model, rows), flag.Select)

    def _current_id(self) -> str | None:
        row = self._wall.currentIndex().row()
        return self._model.picture_id(row) if 0 <= row < self._model.rowCount() else None
