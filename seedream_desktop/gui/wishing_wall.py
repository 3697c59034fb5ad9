"""What is wished for tiles, by key, by the buttons of a card and by menu: all of it comes out as signals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Signal
from PySide6.QtGui import QKeyEvent

from seedream_desktop.gui.gallery_keys import ACTS, PictureKey, meant_rating
from seedream_desktop.gui.tile_wall import TileWall
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, WaitingTile, kept_file

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from seedream_desktop.gui.cards import Act
    from seedream_desktop.gui.tile_menu import PictureWishes
    from seedream_desktop.library.values import Picture

READ_AT_MOST = 1000  # pictures of a selection that are told when it changes
HANDED_AT_MOST = 10_000  # pictures that are dragged or copied: programs choke on the names of more files


class WishingWall(TileWall):
    """Says what shall be done to the selected tiles; does none of it."""

    open_requested = Signal(int)  # row
    edit_requested = Signal(object)  # Picture
    reference_requested = Signal(object)  # tuple[Picture, ...]
    trash_requested = Signal(object)  # tuple[str, ...]: picture ids
    rate_requested = Signal(object, int)  # tuple[str, ...], stars
    act_requested = Signal(object)  # PictureKey, one of ACTS, on the selection
    judged = Signal(object)  # PictureKey: the selection was rated or rejected, by key
    copy_requested = Signal(object)  # Picture
    copy_files_requested = Signal(object)  # tuple[Picture, ...]
    reveal_requested = Signal(object)  # Picture
    command_requested = Signal(object)  # Picture or Job: its request as a command
    cancel_requested = Signal(str)  # job id
    cancel_waiting_requested = Signal(str)  # press id
    check_requested = Signal(str)  # job id
    retry_requested = Signal(str)  # job id
    safer_requested = Signal(str, object)  # job id, SaferSize: to be asked for instead
    dismiss_requested = Signal(object)  # Tile of a job or of a picture that is missing
    kept_file_requested = Signal(str, str)  # job id, name of a file in its spool: to be shown
    too_many_selected = Signal(int)  # how many at most can be handed over
    preferences_requested = Signal()
    open_library_requested = Signal()

    def selected_runs(self) -> list[range]:
        """The selected rows as runs, in their order."""
        selection = self.selectionModel().selection()
        found = (selection.at(number) for number in range(selection.count()))
        return sorted((range(one.top(), one.bottom() + 1) for one in found), key=lambda run: run.start)

    def selected_rows(self) -> list[int]:
        """The selected rows, in their order."""
        return list(chain.from_iterable(self.selected_runs()))

    def selected_pictures(self) -> tuple[Picture, ...]:
        """The selected pictures that have been read, in the order of the rows; the first 1,000 of many."""
        rows = self.selected_rows()[:READ_AT_MOST]
        return tuple(picture for row in rows if (picture := self._tiles.picture(row)) is not None)

    def selected_ids(self) -> tuple[str, ...]:
        """The ids of all selected pictures, read or not; none while the library has not been asked."""
        runs = self.selected_runs() if not self._tiles.is_recalled else []
        return tuple(chain.from_iterable(map(self._tiles.ids_of, runs)))

    def with_selected(self, then: Callable[[tuple[Picture, ...]], None]) -> None:
        """Hand over all selected pictures once they are read, in closed stacks too; none if too many."""
        ids = self.selected_ids()
        if len(ids) > HANDED_AT_MOST:
            self.too_many_selected.emit(HANDED_AT_MOST)
        elif ids:
            self._tiles.with_pictures(ids, then)

    def _act_at(self, row: int, point: QPoint) -> Act | None:
        tile = self._tiles.tile(row)
        return None if isinstance(tile, PictureTile) else self._card(row, tile)[1].act_at(point)

    def _do(self, row: int, act: Act) -> None:
        tile = self._tiles.tile(row)
        from seedream_desktop.gui.cards import Act  # late: a start without jobs does without

        if act is Act.PREFERENCES:
            self.preferences_requested.emit()
        elif act is Act.OPEN_LIBRARY:
            self.open_library_requested.emit()
        elif act in {Act.SIGN_IN, Act.COPY_ID} and isinstance(tile, JobTile | MissingTile):
            from seedream_desktop.gui.problem_acts import copy_request_id, open_page  # late: as above

            problem = tile.missing.problem if isinstance(tile, MissingTile) else tile.job.problem
            (open_page if act is Act.SIGN_IN else copy_request_id)(problem)
        elif isinstance(tile, WaitingTile):
            self.cancel_waiting_requested.emit(tile.press_id)
        elif act is Act.DISMISS:
            self.dismiss_requested.emit(tile)
        elif act is Act.COPY_COMMAND and isinstance(tile, JobTile | MissingTile):
            self.command_requested.emit(tile.job)
        elif act is Act.SHOW_ANSWER and isinstance(tile, JobTile | MissingTile):
            self.kept_file_requested.emit(tile.job.id, kept_file(tile))
        elif act is Act.RETRY_SAFER and isinstance(tile, JobTile):
            self.safer_requested.emit(tile.job.id, tile.safer)
        elif isinstance(tile, JobTile | MissingTile):
            wishes = {
                Act.CANCEL: self.cancel_requested,
                Act.CHECK: self.check_requested,
                Act.RETRY: self.retry_requested,
            }
            wishes[act].emit(tile.job.id)

    def _do_key(self, key: PictureKey, event: QKeyEvent) -> None:
        ids = self.selected_ids()
        if key is PictureKey.OPEN and not ids and self.currentIndex().isValid():
            row = self.currentIndex().row()
            self._open_menu(row, self.viewport().mapToGlobal(self.cell(row).center()))
        if not ids or event.isAutoRepeat():
            return
        if key is PictureKey.OPEN:
            self.open_requested.emit(self.currentIndex().row())
        elif key is PictureKey.TRASH:
            self.trash_requested.emit(ids)
        elif key is PictureKey.RATE:
            self.rate_requested.emit(ids, meant_rating(event) or 0)
        elif key in ACTS:
            self.act_requested.emit(key)
        else:
            self.with_selected(lambda pictures: self._hand_over(key, pictures))
        if key in {PictureKey.RATE, PictureKey.REJECT}:
            self.judged.emit(key)

    def advance(self) -> None:
        """Select the next picture, or the next closed stack; at the last one stay."""
        row = self.rows_shown_by(self.currentIndex().row()).stop
        while row < self._tiles.rowCount():
            if not self.isIndexHidden(self._tiles.index(row)) and self._tiles.picture_id(row) is not None:
                self.select_row(row)
                self.select_whole(row)
                return
            row = self.rows_shown_by(row).stop

    def _hand_over(self, key: PictureKey, pictures: tuple[Picture, ...]) -> None:
        if not pictures:
            return
        if key is PictureKey.EDIT:
            self.edit_requested.emit(self._seen_first(pictures))
        elif key is PictureKey.REFERENCE:
            self.reference_requested.emit(pictures)
        elif key is PictureKey.COPY and len(pictures) == 1:
            self.copy_requested.emit(pictures[0])
        else:
            self.copy_files_requested.emit(pictures)

    def _seen_first(self, pictures: tuple[Picture, ...]) -> Picture:
        """The first of the selected ones that can be seen: of a closed stack its cover."""
        first = next((run.start for run in self.selected_runs()), 0)
        seen_id = self._tiles.picture_id(self._tiles.cover_of(first)) if pictures else None
        return next((one for one in pictures if one.id == seen_id), pictures[0])

    def selection_menu(self) -> QMenu | None:
        """What can be done to the selected pictures; None: there are none."""
        rows = [run.start for run in self.selected_runs()]
        if self._tiles.is_recalled or not rows or not isinstance(self._tiles.tile(rows[0]), PictureTile):
            return None
        from seedream_desktop.gui.tile_menu import picture_menu  # late: as below

        return picture_menu(self, self._picture_wishes(rows[0]), is_in_trash=self._tiles.query.trash)

    def _open_menu(self, row: int, place: QPoint) -> None:
        if self._tiles.is_recalled:
            return
        from seedream_desktop.gui.tile_menu import job_menu, picture_menu  # late: when one asks for it

        tile = self._tiles.tile(row)
        if isinstance(tile, PictureTile):
            if row not in self.selected_rows():
                self.select_row(row)
                self.select_whole(row)
            menu = picture_menu(self, self._picture_wishes(row), is_in_trash=self._tiles.query.trash)
        else:
            card, _ = self._card(row, tile)
            menu = job_menu(self, card, lambda act: self._do(row, act))
        menu.popup(place)

    def _picture_wishes(self, row: int) -> PictureWishes:
        pictures, ids = self.selected_pictures(), self.selected_ids()
        first = self._seen_first(pictures) if pictures else None
        from seedream_desktop.gui.tile_menu import PictureWishes  # late: as above

        return PictureWishes(
            open=lambda: self.open_requested.emit(row),
            edit=lambda: self.edit_requested.emit(first),
            reference=lambda: self.with_selected(self.reference_requested.emit),
            copy=lambda: self.copy_requested.emit(first),
            copy_files=lambda: self.with_selected(self.copy_files_requested.emit),
            reveal=lambda: self.reveal_requested.emit(first),
            copy_command=lambda: self.command_requested.emit(first),
            rate=lambda stars: self.rate_requested.emit(ids, stars),
            trash=lambda: self.trash_requested.emit(ids),
            act=self.act_requested.emit,
        )

    def selectAll(self) -> None:
        """All rows as one run: Qt would look at each of 100,000."""
        count, index = self._tiles.rowCount(), self._tiles.index
        if count:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(QItemSelection(index(0), index(count - 1)), flag)

    def select_whole(self, row: int) -> None:
        """If ``row`` is selected and shows a closed stack, select all of it."""
        rows, index = self.rows_shown_by(row), self._tiles.index
        if len(rows) > 1 and self.selectionModel().isSelected(index(row)):
            chosen = QItemSelection(index(rows.start), index(rows.stop - 1))
            self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    def _select_folded(self, row: int) -> None:
        """A stack that was closed over something selected looks selected: then all of it is."""
        rows, selection, index = self.rows_shown_by(row), self.selectionModel(), self._tiles.index
        if len(rows) > 1 and any(selection.isSelected(index(one)) for one in rows):
            selection.select(index(rows.start), QItemSelectionModel.SelectionFlag.Select)
            self.select_whole(rows.start)

    def take_up(self) -> None:
        """Select the picture that has the keyboard, where nothing is selected."""
        row = self.currentIndex().row()
        if row >= 0 and not self.selectionModel().hasSelection() and self._tiles.picture_id(row) is not None:
            self.select_row(row)
            self.select_whole(row)

    def follow_row(self, row: int) -> None:
        """Make ``row`` the current one, in view, and select it alone, unless it is one of several.

        A closed stack is one.
        """
        index, flag = self._tiles.index(row), QItemSelectionModel.SelectionFlag.NoUpdate
        count = sum(map(len, self.selected_runs()))
        if count > len(self._tiles.stack_of(row)) and self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)
        else:
            self.select_row(row)

    def select_row(self, row: int) -> None:
        """Make ``row`` the selected and current one, in view."""
        index, flag = self._tiles.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)  # whatever key is held
        self.scrollTo(index)

    def _press(self, row: int, point: QPoint) -> bool:
        """Whether ``point`` is on something of the tile that acts by itself."""
        tile = self._tiles.shown_tile(row)
        if not isinstance(tile, PictureTile):
            act = self._act_at(row, point)
            self._pressed = (row, act) if act is not None else None
            self.viewport().update()
            return act is not None
        if self.badge_under(row, point):
            self._tiles.set_open(row, not self._tiles.is_open(row))
            self._select_folded(row)
            return True
        if tile.picture is None or row != self._hovered:
            return False
        plan = self._hover_plan(row)
        if star := plan.star_at(point):
            self.rate_requested.emit((tile.picture.id,), 0 if star == tile.picture.rating else star)
            return True
        label = plan.label_at(point)
        if label == 0:
            self.edit_requested.emit(tile.picture)
        elif label == 1:
            self.reference_requested.emit((tile.picture,))
        return label is not None
