"""The rows of the gallery, whatever changes them: tiles of jobs first, then the pictures of a query."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress, count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from seedream_desktop.generation.job import JobState
from seedream_desktop.state.picture_rows import PAGE_ROWS, Found, PictureRows
from seedream_desktop.state.row_edits import Edit
from seedream_desktop.state.row_facts import ASPECT_ONE, RowFacts, aspect_of, day_of, worth_of
from seedream_desktop.state.tiles import JobTile, PictureTile, Tile, name_of

if TYPE_CHECKING:
    from seedream_desktop.library.last_seen import SeenRow
    from seedream_desktop.library.values import Picture
    from seedream_desktop.tasks import TaskRunner

TILE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_Index = QModelIndex | QPersistentModelIndex


class TileRows(QAbstractListModel):
    """Tiles by row. Only the ids of the pictures are known at once."""

    editing = Signal(object)  # tuple[Edit, ...]: these runs of rows come and go; empty: they have
    arranged = Signal()  # days, stacks and shapes are known anew, or a stack was opened or closed
    failed = Signal(object)  # Problem

    def __init__(self, runner: TaskRunner, parent: QObject | None = None) -> None:
        """Read on ``runner``."""
        super().__init__(parent)
        self.describe: Callable[[Tile], str] = name_of  # what a screen reader says after the name
        self.describe_stack: Callable[[int, int, bool], str] = lambda *_: ""  # place in it, of how many, open
        self.is_recalled = False  # the rows are what was seen last: the library was not asked yet
        self.is_editing = False  # runs of rows come and go, one after the other
        self._front: list[Tile] = []
        self._rows = PictureRows(runner, self)
        self._rows.rows_read.connect(self._on_rows_read)
        self._rows.failed.connect(self.failed)
        self._rows.arranged.connect(self.arranged)

    @property
    def facts(self) -> RowFacts:
        """What is known of the rows behind the front, to arrange them."""
        return self._rows.facts

    @property
    def front_count(self) -> int:
        """How many rows stand before the pictures of the query."""
        return len(self._front)

    def front_aspects(self) -> array[int]:
        """The shapes of what stands in front."""
        return array("H", map(_aspect, self._front))

    def day_of(self, row: int) -> int:
        """The day of a row, as 20261122; 0: none, or of today."""
        front = len(self._front)
        return self.facts.day(row - front) if row >= front else 0

    def stack_of(self, row: int) -> range:
        """All rows of the stack that ``row`` lies in; one alone is a stack of one."""
        front = len(self._front)
        if row < front:
            return range(row, row + 1)
        rows = self.facts.stack(row - front)
        return range(rows.start + front, rows.stop + front)

    def is_open(self, row: int) -> bool:
        """Whether the stack of ``row`` lies open."""
        front = len(self._front)
        return row >= front and self.facts.is_open(row - front)

    def cover_of(self, row: int) -> int:
        """The row whose picture stands for ``row``: itself, or the cover of the closed stack it lies in."""
        front = len(self._front)
        return row if row < front else front + self.facts.cover(row - front)

    def shown_tile(self, row: int) -> Tile:
        """What is seen in ``row``: of a closed stack its cover."""
        return self.tile(self.cover_of(row))

    def set_open(self, row: int, is_open: bool) -> None:
        """Open or close the stack of ``row``."""
        if len(self.stack_of(row)) > 1 and self.is_open(row) is not is_open:
            self.facts.set_open(row - len(self._front), is_open)
            self.arranged.emit()

    def tile(self, row: int) -> Tile:
        """What stands in ``row``."""
        front = len(self._front)
        if row < front:
            return self._front[row]
        return PictureTile(self._rows.ids[row - front], self._rows.picture(row - front))

    def picture(self, row: int) -> Picture | None:
        """The picture in ``row``; None: another tile, or not read yet. What is recalled is only painted."""
        tile = self.tile(row) if 0 <= row < self.rowCount() and not self.is_recalled else None
        return tile.picture if isinstance(tile, PictureTile) else None

    def picture_id(self, row: int) -> str | None:
        """The id of the picture in ``row``, whether it has been read or not; None: another tile."""
        if row < len(self._front):
            tile = self._front[row]
            return tile.picture_id if isinstance(tile, PictureTile) else None
        return self._rows.ids[row - len(self._front)]

    def ids_of(self, rows: range) -> tuple[str, ...]:
        """The ids of the pictures in a run of rows, read or not."""
        front = len(self._front)
        ahead = (self.picture_id(row) for row in range(rows.start, min(rows.stop, front)))
        behind = self._rows.ids[max(0, rows.start - front) : max(0, rows.stop - front)]
        return (*(one for one in ahead if one is not None), *behind)

    def held(self, ids: Iterable[str]) -> tuple[Picture, ...]:
        """Those of ``ids`` that are at hand."""
        placed = {tile.picture_id: tile.picture for tile in self._front if isinstance(tile, PictureTile)}
        found = (placed.get(one) or self._rows.held(one) for one in ids)
        return tuple(picture for picture in found if picture is not None)

    def row_of(self, picture_id: str) -> int | None:
        """Where a picture stands; None: not here."""
        for row, tile in enumerate(self._front):
            if isinstance(tile, PictureTile) and tile.picture_id == picture_id:
                return row
        try:
            return len(self._front) + self._rows.ids.index(picture_id)
        except ValueError:
            return None

    def place_of(self, row: int) -> int:
        """The how manieth picture stands in ``row``, from 1; 0: what stands there is none."""
        others = sum(not isinstance(tile, PictureTile) for tile in self._front[: row + 1])
        return row + 1 - others if self.picture_id(row) is not None else 0

    def rows_of(self, picture_ids: Iterable[str]) -> tuple[int, ...]:
        """Where these pictures stand, in the order of the rows; those that are not here are left out."""
        wanted = set(picture_ids)
        front = (tile.picture_id if isinstance(tile, PictureTile) else "" for tile in self._front)
        return tuple(compress(count(), map(wanted.__contains__, chain(front, self._rows.ids))))

    def seen_rows(self, rows: range, sides_px: Mapping[int, int]) -> tuple[SeenRow, ...]:
        """What it takes to paint these rows at the next start, without tiles of jobs."""
        from seedream_desktop.library.last_seen import SeenRow  # late: after the first paint

        front, found, press_id = len(self._front), list[SeenRow](), ""
        for row in rows:
            tile, side_px = self._front[row] if row < front else None, sides_px.get(row, 0)
            if isinstance(tile, PictureTile) and tile.picture is not None:
                begins = not press_id or tile.picture.press_id != press_id
                facts = (
                    begins,
                    day_of(tile.picture.made_ms),
                    aspect_of(tile.picture),
                    worth_of(tile.picture),
                )
                found.append(SeenRow(tile.picture_id, *facts, side_px, tile.picture))
                press_id = tile.picture.press_id
            elif row >= front:
                picture_id = self._rows.ids[row - front]
                facts = self.facts.of(row - front)
                if self.cover_of(row) == row:  # the thumbnail of a closed stack is that of its cover
                    side_px = side_px or sides_px.get(self.stack_of(row).start, 0)
                found.append(SeenRow(picture_id, *facts, side_px, self._rows.held(picture_id)))
        return tuple(found)

    def running_rows(self) -> tuple[int, ...]:
        """The rows of the jobs that are under way."""
        return tuple(
            row
            for row, tile in enumerate(self._front)
            if isinstance(tile, JobTile)
            and tile.job.problem is None
            and tile.job.state in {JobState.SENDING, JobState.ANSWERED}
        )

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many tiles there are."""
        return 0 if parent.isValid() else len(self._front) + len(self._rows.ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The tile, its name, or its description."""
        if not index.isValid() or index.row() >= self.rowCount():
            return None
        if role == TILE_ROLE:
            return self.tile(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return name_of(self.shown_tile(index.row()))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self._described(index.row())
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Every tile can be selected; pictures can be dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.picture_id(index.row()) is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def supportedDragActions(self) -> Qt.DropAction:
        """A picture that is dragged out is copied, never moved."""
        return Qt.DropAction.CopyAction

    def _front_pictures(self) -> set[str]:
        return {tile.picture_id for tile in self._front if isinstance(tile, PictureTile)}

    def _without_front(self, ids: Sequence[str]) -> list[str]:
        front = self._front_pictures()
        return [picture_id for picture_id in ids if picture_id not in front] if front else list(ids)

    def _edit_front(self, edit: Edit, tiles: list[Tile]) -> None:
        same = min(edit.removed, len(tiles))
        self._front[edit.start : edit.start + same] = tiles[:same]
        self._repaint(range(edit.start, edit.start + same))
        start, end = edit.start + same, edit.start + edit.removed
        if end > start:
            self.editing.emit((Edit(start, end - start, ()),))
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            del self._front[start:end]
            self.endRemoveRows()
            self.editing.emit(())
        if len(tiles) > same:
            self.beginInsertRows(QModelIndex(), start, start + len(tiles) - same - 1)
            self._front[start:start] = tiles[same:]
            self.endInsertRows()

    def _edit_rows(self, found: Sequence[Edit], arranged: Found | None = None) -> None:
        """Let runs of rows come and go; ``arranged`` says how all of them stand then."""
        front = len(self._front)
        self.is_editing = True
        self.editing.emit(tuple(Edit(front + edit.start, edit.removed, edit.inserted) for edit in found))
        for edit in found:
            if edit.removed:
                self._remove_ids(edit.start, edit.removed)
            if edit.inserted:
                first = front + edit.start
                self.beginInsertRows(QModelIndex(), first, first + len(edit.inserted) - 1)
                self._rows.insert(edit.start, edit.inserted)
                self.endInsertRows()
        if arranged is not None:
            self._rows.arrange(arranged)
        self.is_editing = False
        self.editing.emit(())

    def _remove_ids(self, position: int, count: int) -> None:
        first = len(self._front) + position
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        self._rows.remove(position, count)
        self.endRemoveRows()

    def _described(self, row: int) -> str:
        said, stack = self.describe(self.shown_tile(row)), self.stack_of(row)
        if len(stack) < 2:
            return said
        place = self.describe_stack(row - stack.start + 1, len(stack), self.is_open(row))
        return ", ".join(filter(None, (place, said)))

    def _on_rows_read(self, ids: tuple[str, ...]) -> None:
        front = len(self._front)
        try:
            first = self._rows.ids.index(ids[0])
        except ValueError:
            first = 0
        self._repaint(range(front + first, min(self.rowCount(), front + first + PAGE_ROWS)))

    def _repaint(self, rows: range) -> None:
        if rows:
            self.dataChanged.emit(self.index(rows.start), self.index(rows.stop - 1))


def _aspect(tile: Tile) -> int:
    return aspect_of(tile.picture) if isinstance(tile, PictureTile) else ASPECT_ONE
