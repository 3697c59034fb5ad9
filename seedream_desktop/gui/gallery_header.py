"""The line above the gallery: place, search, order and size; with a selection, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.arrangement_choice import ArrangementChoice
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.filter_button import FilterButton
from seedream_desktop.gui.folding_row import FoldingRow
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.order_choice import OrderChoice
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.search_field import LEAST_WIDTH_PX, WIDTH_PX, SearchField
from seedream_desktop.gui.theme import EDGE_PX, GROUP_PX, SPACE_PX, Colours, colours_of, heading_font
from seedream_desktop.settings import TILE_PX_MAX, TILE_PX_MIN, Arrangement

if TYPE_CHECKING:
    from seedream_desktop.library.values import Query

HEADER_PX = 44
NARROW_PX = 620
_SLIDER_FROM_PX = 460
_WIDTH_MOST_PX = 480  # of a search that has something in it
_LEAST_PX = 360
_SLIDER_PX = 72
_TILE_STEP_PX = 24


class GalleryHeader(QWidget):
    """Shows a place or a selection, and emits wishes."""

    search_changed = Signal(str, object)  # text, tuple[str, ...]: words of it that mean only themselves
    search_left = Signal()  # the pictures should have the focus
    order_changed = Signal(object)  # Order
    tile_px_changed = Signal(int)
    arrangement_changed = Signal(object)  # Arrangement
    reference_requested = Signal()
    trash_requested = Signal()
    act_requested = Signal(object)  # PictureKey, one of ACTS, on the selection

    def __init__(self) -> None:
        """Show no place yet."""
        super().__init__()
        self.setFixedHeight(HEADER_PX)
        self._place: tuple[str, int | None] = ("", 0)
        self._selection = (0, False)
        self._title, self._count, self._acts = ElidedLabel(), Label(), FoldingRow()
        self.search, self.filter = SearchField(), FilterButton()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._reference = QAction(self)
        self._trash, self._restore, self._purge = QAction(self), QAction(self), QAction(self)
        self._tag, self._empty, self._export = QAction(self), QAction(self), QAction(self)
        self._compare = QAction(self)
        self.trash_rejected = QAction(self)
        self._rejected = 0  # of what is shown, or would be if they were not hidden
        self._trash_days: int | None = None  # how long the trash keeps pictures; None: another place
        self._sort = OrderChoice()
        self.menu = self._sort.choices  # others may add to it
        self._has_acts = False
        self._is_found = False  # something is searched for
        self._unseen = 0  # pictures of the place whose looks are not known, where they matter
        self._counts_found = False  # what is counted was
        self._arrangement = ArrangementChoice()
        self._build()
        self._lay_out()
        self._connect()
        self._write_words()
        self._dress()

    def show_place(
        self, title: str, count: int | None, trash_days: int | None = None, *, is_found: bool = False
    ) -> None:
        """Say what the gallery shows and how many pictures that is; None: it shows requests.

        ``trash_days``: it is the trash, which keeps pictures so long; 0: until it is emptied. ``is_found``:
        they were searched for.
        """
        self._place, self._trash_days, self._counts_found = (title, count), trash_days, is_found
        self._show()

    def show_unseen(self, count: int) -> None:
        """Say at how many pictures nobody looked yet, where what is found depends on it."""
        if count != self._unseen:
            self._unseen = count
            self._show()

    def show_rejected(self, count: int) -> None:
        """Offer to trash so many rejected pictures of the place, while none are selected."""
        if count != self._rejected:
            self._rejected = count
            self._show()

    def show_selection(self, count: int, in_trash: bool) -> None:
        """Offer what can be done with ``count`` selected pictures; none: show the place again."""
        self._selection = (count, in_trash)
        self._show()

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.show()  # where it is narrow a selection takes its room
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_query(self, query: Query) -> None:
        """Show what is searched for and in which order it stands, without a signal."""
        self._is_found = bool(query.text.strip() or query.like)
        self.search.show_search(query.text, query.literal)
        self.search.show_like(query.like)
        self._sort.show_query(query)
        self._show()

    def show_arrangement(self, arrangement: Arrangement) -> None:
        """Show how the pictures lie, without a signal."""
        self._arrangement.show_arrangement(arrangement)

    def set_tile_px(self, tile_px: int) -> None:
        """Show the size of the tiles, without a signal."""
        was_blocked = self._slider.blockSignals(True)
        self._slider.setValue(tile_px)
        self._slider.blockSignals(was_blocked)

    def minimumSizeHint(self) -> QSize:
        """Room for what cannot be spared."""
        return QSize(_LEAST_PX, HEADER_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the search give way before the words do."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language and theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _build(self) -> None:
        self._title.setFont(heading_font())
        set_tone(self._count, "dim")
        self._slider.setRange(TILE_PX_MIN, TILE_PX_MAX)
        self._slider.setPageStep(_TILE_STEP_PX)
        self._slider.setFixedWidth(_SLIDER_PX)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        row.setSpacing(GROUP_PX)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        for part in (self._title, self._count, self._acts):
            row.addWidget(part)
        row.addStretch(1)
        for tool in (self.search, self.filter, self._sort, self._arrangement, self._slider):
            row.addWidget(tool)

    def _connect(self) -> None:
        self.search.search_changed.connect(self.search_changed)
        self.search.left.connect(self.search_left)
        for moved in (self.search.entered, self.search.gone):
            moved.connect(self._share_width)
        self._sort.order_changed.connect(self.order_changed)
        self._slider.valueChanged.connect(self.tile_px_changed)
        self._arrangement.arrangement_changed.connect(self.arrangement_changed)
        self._reference.triggered.connect(lambda _: self.reference_requested.emit())
        self._trash.triggered.connect(lambda _: self.trash_requested.emit())
        for act, key in (
            (self._restore, PictureKey.RESTORE),
            (self._purge, PictureKey.PURGE),
            (self._empty, PictureKey.EMPTY_TRASH),
            (self._tag, PictureKey.TAG),
            (self._compare, PictureKey.COMPARE),
            (self._export, PictureKey.EXPORT),
        ):
            act.triggered.connect(lambda _checked, key=key: self.act_requested.emit(key))

    def _write_words(self) -> None:
        for act, text, tip in (
            (self._reference, self.tr("Use as references"), self.tr("Add the selection to the references")),
            (self._trash, self.tr("Trash"), self.tr("Move to the trash")),
            (self._restore, self.tr("Restore"), self.tr("Put back where it was")),
            (self._purge, self.tr("To the system's trash…"), self.tr("Move to the system's trash")),
            (self._empty, self.tr("Empty trash…"), self.tr("Move everything here to the system's trash")),
            (self._compare, self.tr("Compare"), self.tr("Hold them against each other (C)")),
            (self._tag, self.tr("Tag"), self.tr("Give the selection tags, or take them away")),
            (self.trash_rejected, "", self.tr("Move what is rejected here to the trash; it can be undone")),
            (self._export, self.tr("Export…"), self.tr("Write the selection into a folder, a ZIP or a PDF")),
        ):
            act.setText(text)
            act.setIconText(text)  # on its button, too: else Qt leaves the three dots away
            act.setToolTip(tip)
        self._slider.setAccessibleName(self.tr("Tile size"))
        self._slider.setToolTip(self.tr("Size of the pictures in the gallery"))
        self._show()

    def _show(self) -> None:
        (title, count), (selected, in_trash) = self._place, self._selection
        chosen = self.tr("{count} selected").format(count=words.number(selected))
        self._title.show_text(chosen if selected else title)
        self._count.setText(self._count_words(count))
        can_empty = self._trash_days is not None and bool(count)
        offers_rejected = self._rejected > 0 and not selected
        self._has_acts = selected > 0 or can_empty or offers_rejected
        rejected = self.tr("Trash rejected ({count})").format(count=words.number(self._rejected))
        self.trash_rejected.setText(rejected)
        self.trash_rejected.setIconText(rejected)
        compared = (self._compare,) if selected > 1 else ()
        others = (self._reference, self._tag, self._trash)
        in_library = (*compared, self._export, *others)
        if can_empty and not selected:
            self._acts.show_acts((self._empty,))
        elif offers_rejected:
            self._acts.show_acts((self.trash_rejected,))
        else:
            self._acts.show_acts((self._restore, self._purge) if in_trash else in_library)
        self._share_width()
        if (layout := self.layout()) is not None:
            layout.activate()  # at once: else the row is folded for the blink of an eye

    def _count_words(self, count: int | None) -> str:
        if count is None:
            return ""
        if self._counts_found:
            found = self.tr("{count} found").format(count=words.number(count))
            if not self._unseen:
                return found
            rest = self.tr("{count} not looked at yet").format(count=words.number(self._unseen))
            return f"{found}\n{rest}"  # the search needs the room beside it
        if not self._trash_days:
            return words.pictures(count)
        kept = self.tr("{pictures} · kept for {days} days")
        return kept.format(pictures=words.pictures(count), days=words.number(self._trash_days))

    def _share_width(self) -> None:
        """Where it is narrow, words go first, then the slider, then for a selection the search."""
        is_selection, is_narrow = self._selection[0] > 0, self.width() < NARROW_PX
        self._sort.set_narrow(is_narrow)
        self._slider.setVisible(self.width() >= _SLIDER_FROM_PX and not (is_narrow and is_selection))
        self._arrangement.setVisible(not (is_selection and self.width() < _SLIDER_FROM_PX))
        self._title.setMinimumWidth(self._title.sizeHint().width() if is_selection else 0)
        if is_selection and self._room_px() < self._acts.sizeHint().width() + GROUP_PX:
            self._sort.set_narrow(True)
            self._slider.setVisible(self._room_px() >= self._acts.sizeHint().width() + GROUP_PX)
        room_px = self._room_px()
        is_typing = self.search.hasFocus()
        gives_way = not is_selection and (is_typing or self._is_found) and room_px < self.search.whole_px
        self._title.setVisible(not gives_way)  # the sidebar names the place, too
        if gives_way:
            room_px += self._title.sizeHint().width() + GROUP_PX
        count_px = self._count.sizeHint().width() + GROUP_PX
        for tool in (self._slider, self._arrangement):  # a search that is read whole tells more
            if self._is_found and not tool.isHidden() and room_px - count_px < self.search.whole_px:
                tool.hide()
                room_px += tool.sizeHint().width() + GROUP_PX
        acts_px = self._acts.sizeHint().width() + GROUP_PX if self._has_acts and not self._is_found else 0
        self._count.setVisible(not is_selection and room_px >= count_px + LEAST_WIDTH_PX + acts_px)
        folded_px = self._acts.minimumSizeHint().width() + GROUP_PX
        self._acts.setVisible(self._has_acts and not (is_typing and room_px < LEAST_WIDTH_PX + folded_px))
        if not self._acts.isHidden():
            room_px -= self._acts.sizeHint().width() + GROUP_PX
        if not is_selection and not self._count.isHidden():
            room_px -= count_px
        wide_px = max(WIDTH_PX, min(_WIDTH_MOST_PX, room_px)) if self._is_found else WIDTH_PX
        self.search.setMaximumWidth(max(LEAST_WIDTH_PX, min(wide_px, room_px)))
        self.search.setVisible(not is_selection or room_px >= LEAST_WIDTH_PX or is_typing)

    def _room_px(self) -> int:
        """What title and tools leave."""
        tools = (self.filter, self._sort, self._arrangement, self._slider)
        kept = (self._title, *(tool for tool in tools if not tool.isHidden()))
        return self.width() - sum(part.sizeHint().width() + GROUP_PX for part in kept) - 2 * EDGE_PX

    def _dress(self) -> None:
        self._slider.setStyleSheet(_slider_style(colours_of(self.palette())))


def _slider_style(colours: Colours) -> str:
    """A line with a round handle."""
    radius_px = SPACE_PX - 2
    return (
        f"QSlider {{ height: {2 * radius_px + 4}px; background: transparent; }}"
        f"QSlider::groove:horizontal {{ height: 2px; background: {colours.outline}; border-radius: 1px; }}"
        f"QSlider::handle:horizontal {{ width: {2 * radius_px}px; height: {2 * radius_px}px;"
        f" margin: -{radius_px - 1}px 0; border-radius: {radius_px}px; background: {colours.text}; }}"
        f"QSlider::handle:horizontal:focus {{ background: {colours.accent}; }}"
    )
