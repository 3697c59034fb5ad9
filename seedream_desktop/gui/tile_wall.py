"""The wall of tiles: paints what a model holds, asks for thumbnails, and moves what runs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QMargins, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QHideEvent, QPainter, QPaintEvent

from seedream_desktop.generation.job import JobState
from seedream_desktop.gui import words
from seedream_desktop.gui.dates import day_name, today
from seedream_desktop.gui.gallery_layout import GAP_PX, Layout
from seedream_desktop.gui.gallery_places import Places, places_of
from seedream_desktop.gui.sliding import Sliding
from seedream_desktop.gui.theme import colours_of, strong_font
from seedream_desktop.gui.tile_painter import (
    SHEET_PX,
    HoverPlan,
    TilePainter,
    TileState,
    badge_rect,
    hover_plan,
    picture_rect,
)
from seedream_desktop.gui.zooming_list import ZoomingList
from seedream_desktop.settings import Arrangement
from seedream_desktop.state.tiles import JobTile, MissingTile, PictureTile, WaitingTile

if TYPE_CHECKING:
    from seedream_desktop.gui.card_plan import CardPlan
    from seedream_desktop.gui.cards import Act, Card
    from seedream_desktop.gui.justified_rows import Shapes
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.gallery_model import GalleryModel
    from seedream_desktop.state.row_edits import Edit
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

ANIMATION_MS = 100
COUNTING_MS = 20_000  # what is counted is minutes
SETTLE_MS = 150  # thumbnails are read anew for another size once it has stopped changing
_OUTLINE_PX = 4
ROWS_MOST = 1024  # that come back at once at a start
_LOOKED_AT = 32  # pictures of a closed stack, to see whether one of them is selected
CardTile = JobTile | WaitingTile | MissingTile


class TileWall(ZoomingList):
    """Paints; what is hovered, pressed and stretched over it is said by whoever handles the pointer."""

    def __init__(self, model: GalleryModel, thumbnails: ThumbnailCache, tile_px: int) -> None:
        """Show ``model``; its thumbnails come from ``thumbnails``."""
        super().__init__(tile_px)
        self._tiles = model
        self._thumbnails = thumbnails
        self._hovered: int | None = None
        self._pressed: tuple[int, Act] | None = None
        self._shapes: tuple[Places, Shapes] | None = None  # of these places, for justified rows
        self._band_rect: QRect | None = None
        self._gap_rect: QRect | None = None  # where dragged pictures would be put
        self._sides_px: dict[int, int] = {}  # of the thumbnails in view, in device pixels, by row
        self._asked: dict[int, str] = {}  # SHA-256 of the thumbnails in view, by row
        self.sliding = Sliding(self, model)
        self._painted: set[int] = set()  # rows that show all they can
        self._animation = QTimer(self, interval=ANIMATION_MS)
        self._counting = QTimer(self, interval=COUNTING_MS)
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.viewport().setAutoFillBackground(False)
        self.setModel(model)
        self._animation.timeout.connect(self._repaint_running)
        self._counting.timeout.connect(self._repaint_counting)
        self._settling.timeout.connect(self._on_settled)
        thumbnails.thumbnail_ready.connect(self._on_thumbnail)
        thumbnails.thumbnail_failed.connect(self._on_thumbnail)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._forget_rows)
        model.arranged.connect(self._on_arranged)
        model.editing.connect(self._on_editing)

    @property
    def shows_every_picture(self) -> bool:
        """Whether every picture in view has been painted, and there is at least one."""
        rows = [row for row in self.rows_in_view() if self._tiles.picture_id(row) is not None]
        return bool(rows) and self._painted.issuperset(rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what has to be painted anew."""
        self.sliding.begin()
        with QPainter(self.viewport()) as painter:
            colours = colours_of(self.palette())
            painter.fillRect(event.rect(), QColor(colours.canvas))
            tiles = TilePainter(painter, colours, self.devicePixelRatioF(), self.font())
            now_s = time.monotonic()
            region = event.region()
            for row in self.rows_between(
                event.rect().top() - _OUTLINE_PX, event.rect().bottom() + _OUTLINE_PX
            ):
                if not region.intersects(_with_outline(self.cell(row))):
                    continue
                tile, shift = self._tiles.shown_tile(row), self.sliding.shift(row)
                painter.translate(shift)
                if isinstance(tile, PictureTile):
                    self._paint_picture(tiles, row, tile)
                else:
                    self._paint_card(tiles, row, tile, now_s)
                painter.translate(-shift)
            self._paint_headings(tiles, event.rect())
            if self._gap_rect is not None:
                painter.fillRect(self._gap_rect, QColor(colours.accent))
            if self._band_rect is not None:
                tiles.band(self._band_rect)
            self._look_after()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen does not move."""
        super().hideEvent(event)
        self._animation.stop()
        self._counting.stop()

    def row_under(self, point: QPoint) -> int | None:
        """The row whose picture, card or scrim holds ``point``; None beside it, though the cell be wider."""
        index = self.indexAt(point)
        if not index.isValid():
            return None
        row = index.row()
        is_on_scrim = row == self._hovered and self._hover_plan(row).scrim.contains(point)
        return row if is_on_scrim or self.tile_rect(row).contains(point) else None

    def tile_rect(self, row: int) -> QRect:
        """Where the picture or the card of ``row`` lies in its cell."""
        tile = self._tiles.shown_tile(row)
        if not isinstance(tile, PictureTile):
            return self._card(row, tile)[1].frame
        return self._picture_rect(row, tile.picture)

    def day_at_top(self) -> int:
        """The day of what is at the top, as 20261122; 0: what is shown has no days."""
        seen = self.rows_in_view()
        if not seen or not self._places.days:
            return 0
        return self._tiles.day_of(seen[0]) or self._places.days[0]

    def day_under(self, point: QPoint) -> range:
        """The rows of the day whose name lies under ``point``; none beside it."""
        offset = self.verticalOffset()
        for heading in self._layout.headings(point.y() + offset, point.y() + offset + 1):
            words_ = day_name(self._places.days[heading.section])
            width_px = QFontMetrics(strong_font()).horizontalAdvance(words_)
            if heading.rect.left() <= point.x() <= heading.rect.left() + width_px:
                starts = (*self._places.sections, len(self._places))
                return self._places.rows_of(range(starts[heading.section], starts[heading.section + 1]))
        return range(0)

    def stack_badge(self, row: int) -> str:
        """What the badge of a picture in a stack says; empty: it is in none."""
        stack = self._tiles.stack_of(row)
        if len(stack) < 2:
            return ""
        of_all = words.number(len(stack))
        return f"{row - stack.start + 1}/{of_all}" if self._tiles.is_open(row) else of_all

    def badge_under(self, row: int, point: QPoint) -> bool:
        """Whether ``point`` is on the badge of the stack that ``row`` is in."""
        says = self.stack_badge(row)
        return bool(says) and _with_outline(badge_rect(self.tile_rect(row), says)).contains(point)

    def to_recall(self) -> tuple[range, dict[int, int]]:
        """The rows that a start shall show at once: those in view, and some around them.

        And the sizes of the thumbnails in view, in device pixels, by row.
        """
        seen = self.rows_in_view()
        if not seen:
            return range(0), {}
        first, last = self._places.place(seen[0]), self._places.place(seen[-1])
        rows = self._places.rows_of(self._layout.around(first, last))
        return rows[:ROWS_MOST], dict(self._sides_px)

    def _is_overlaid(self) -> bool:
        return self._band_rect is not None or self._gap_rect is not None or self.sliding.is_under_way

    def _read_places(self) -> Places:
        model: QAbstractItemModel | None = self.model()  # none yet while it is being built
        if model is None:
            return super()._read_places()
        day = today()
        return places_of(self._tiles, day.year * 10_000 + day.month * 100 + day.day)

    def _make_layout(self, width_px: int) -> Layout:
        if self.arrangement is not Arrangement.JUSTIFIED or not len(self._places):
            return super()._make_layout(width_px)
        from seedream_desktop.gui.justified_rows import JustifiedRows, Shapes  # late: where that is chosen

        places, shapes = self._shapes or (None, None)
        if shapes is None or places is not self._places:
            shapes = Shapes(self._places.aspects(self._tiles), self._places.sections)
            self._shapes = (self._places, shapes)
        return JustifiedRows(shapes, width_px, self.tile_px)

    def _is_closed(self, row: int) -> bool:
        """Whether a closed stack stands at ``row``."""
        return len(self.rows_shown_by(row)) > 1

    def _picture_rect(self, row: int, picture: Picture | None) -> QRect:
        cell = self.cell(row)
        is_closed = self._is_closed(row)
        if is_closed:
            cell.setTop(cell.top() + 2 * SHEET_PX)
        fits = self.arrangement is Arrangement.JUSTIFIED and not is_closed
        if picture is None or fits or self.arrangement is Arrangement.FILLED:
            return cell
        return picture_rect(cell, picture.width_px, picture.height_px)

    def _paint_headings(self, tiles: TilePainter, band: QRect) -> None:
        offset = self.verticalOffset()
        for heading in self._layout.headings(band.top() + offset, band.bottom() + 1 + offset):
            words_ = day_name(self._places.days[heading.section])
            tiles.heading(heading.rect.translated(0, -offset), words_)

    def _paint_picture(self, tiles: TilePainter, row: int, tile: PictureTile) -> None:
        cell, picture = self.cell(row), tile.picture
        if picture is None:
            tiles.placeholder(_calm(cell))
            return
        rect, badge = self._picture_rect(row, picture), self.stack_badge(row)
        self._asked[row] = picture.sha256
        pixmap = self._thumbnails.pixmap(picture.sha256, picture.path, self._thumbnail_px(row, rect, picture))
        has_failed = pixmap is None and self._thumbnails.has_failed(picture.sha256)
        if self._tiles.is_open(row) and not self.sliding.is_under_way:
            tiles.ground(cell.adjusted(-GAP_PX // 2, -GAP_PX // 2, GAP_PX // 2, GAP_PX // 2))
        elif badge and not self._tiles.is_open(row):
            tiles.sheets(rect)
        if pixmap is not None:
            tiles.picture(rect, pixmap, fills=self.arrangement is not Arrangement.WHOLE)
            if picture.rejected:
                tiles.rejected(rect)
        else:
            tiles.placeholder(rect, self.tr("This file is missing or damaged.") if has_failed else "")
        if pixmap is not None or has_failed:
            self._painted.add(row)
        state = self._state(row)
        if badge:
            tiles.count_badge(rect, badge)
        elif picture.set_count > 1:
            tiles.count_badge(rect, f"{picture.set_index + 1}/{picture.set_count}")
        if state.is_hovered:
            tiles.hover(self._hover_plan(row), picture.rating, self._labels())
        else:
            tiles.rating(rect, picture.rating)
        tiles.outline(rect, state)

    def _paint_card(self, tiles: TilePainter, row: int, tile: CardTile, now_s: float) -> None:
        card, plan = self._card(row, tile)
        pressed = self._pressed[1] if self._pressed is not None and self._pressed[0] == row else None
        tiles.card(plan, card, now_s, pressed)
        tiles.outline(plan.frame, self._state(row))

    def _card(self, row: int, tile: CardTile) -> tuple[Card, CardPlan]:
        job = tile.jobs[0] if isinstance(tile, WaitingTile) else tile.job
        from seedream_desktop.gui.card_plan import plan_of  # late: a start without jobs does without
        from seedream_desktop.gui.job_tiles import card_of  # late: as above

        card = card_of(tile, time.monotonic())
        if self._tiles.shows_only_jobs and job.state is JobState.ANSWERED:
            card = replace(card, dismiss_words="")  # it was paid for, and stays here until it is fetched
        return card, plan_of(card, job.request.size, self.cell(row), self.font())

    def _state(self, row: int) -> TileState:
        rows, index, selection = self.rows_shown_by(row), self._tiles.index, self.selectionModel()
        is_current = self.hasFocus() and self.currentIndex().row() in rows
        is_selected = any(selection.isSelected(index(one)) for one in rows[:_LOOKED_AT])
        return TileState(is_selected, row == self._hovered, is_current)

    def _labels(self) -> tuple[str, ...]:
        return (self.tr("Edit"), self.tr("Use as reference"))

    def _hover_plan(self, row: int) -> HoverPlan:
        return hover_plan(self.tile_rect(row), self.cell(row), self._labels(), self.font())

    def _thumbnail_px(self, row: int, rect: QRect, picture: Picture) -> int:
        """The size that a thumbnail is wanted in; while it changes, what is there is stretched."""
        shape = QSize(picture.width_px or 1, picture.height_px or 1)
        if self.arrangement is Arrangement.FILLED:
            shape.scale(rect.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            longer_px = min(max(shape.width(), shape.height()), 2 * max(rect.width(), rect.height()))
        else:
            longer_px = max(rect.width(), rect.height())
        wanted_px = round(longer_px * self.devicePixelRatioF())
        side_px = self._sides_px.setdefault(row, wanted_px)
        if side_px != wanted_px:
            self._settling.start()
        return side_px

    def _look_after(self) -> None:
        """After a paint: forget what scrolled away, move what runs in view."""
        seen, size_px = self.rows_in_view(), self.viewport().size() * self.devicePixelRatioF()
        self._thumbnails.hold_views(size_px.width() * size_px.height())
        gone = [row for row in self._asked if row not in seen]
        if gone:
            self._thumbnails.drop_requests(self._asked.pop(row) for row in gone)
            for row in gone:
                self._sides_px.pop(row, None)
            self._painted.difference_update(gone)
        runs = any(row in seen for row in self._tiles.running_rows())
        if runs != self._animation.isActive():
            self._animation.start() if runs else self._animation.stop()
        counts = bool(self._counting_rows())
        if counts != self._counting.isActive():
            self._counting.start() if counts else self._counting.stop()

    def _set_hovered(self, row: int | None) -> None:
        if row == self._hovered or self._tiles.is_recalled:
            return
        before, self._hovered = self._hovered, row
        for one in (before, row):
            self._update_cell(one)

    def _update_cell(self, row: int | None) -> None:
        if row is not None and row < self._tiles.rowCount():
            self.viewport().update(_with_outline(self.cell(row)))

    def _counting_rows(self) -> tuple[int, ...]:
        """The rows in view that say how long a link still lives."""
        seen = ((row, self._tiles.tile(row)) for row in self.rows_in_view())
        return tuple(
            row for row, tile in seen if isinstance(tile, JobTile) and tile.job.links_die_ms is not None
        )

    def _repaint_counting(self) -> None:
        for row in self._counting_rows():
            self._update_cell(row)

    def _repaint_running(self) -> None:
        for row in self._tiles.running_rows():
            self._update_cell(row)

    def _on_settled(self) -> None:
        self._sides_px.clear()
        self.viewport().update()

    def _on_thumbnail(self, sha256: str) -> None:
        for row, asked in self._asked.items():
            if asked == sha256:
                self._update_cell(row)

    def _on_editing(self, edits: Sequence[Edit]) -> None:
        """Runs of rows that came and went together are laid out once, before anybody looks at them."""
        if not edits and self._laid_out is None and not self._tiles.is_editing:
            self._follow_rows()

    def _follow_rows(self) -> None:
        if not self._tiles.is_editing:
            super()._follow_rows()

    def _on_arranged(self) -> None:
        self.sliding.note()
        self.arrange()
        self._forget_rows()

    def _forget_rows(self) -> None:
        """Rows have moved: nothing is known of them any more; what is still in view is asked for again."""
        self._thumbnails.drop_requests(self._asked.values())
        self._asked.clear()
        self._sides_px.clear()
        self._painted.clear()
        self._hovered = None
        self.viewport().update()


def _with_outline(cell: QRect) -> QRect:
    """All that is painted of a tile, or all around a badge that counts as it."""
    return cell.adjusted(-_OUTLINE_PX, -_OUTLINE_PX, _OUTLINE_PX, _OUTLINE_PX)


def _calm(cell: QRect) -> QRect:
    """The place of a picture whose shape is not known yet: smaller than its cell, so that few change."""
    x, y = cell.width() // 6, cell.height() // 6
    return cell.marginsRemoved(QMargins(x, y, x, y))
