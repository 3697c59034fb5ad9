"""The line above the viewer's canvas: which picture, how large, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.colour_words import colours_told, short_colours
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.elided_label import ElidedLabel
from seedream_desktop.gui.folding_row import FoldingRow
from seedream_desktop.gui.icons import icon
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.shortcuts import keys_of
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, colours_of, heading_font
from seedream_desktop.state.screen_colours import ColourOrigin

if TYPE_CHECKING:
    from seedream_desktop.state.full_picture import FullPicture

HEADER_PX = 44
_LEAST_PX = 360
_LEAST_NAME_PX = 96
_COLOURS_FROM_PX = 560
_NAME_SHARE = 0.35  # of what name and acts have together


class ViewerHeader(QWidget):
    """Shows facts and emits wishes."""

    size_toggled = Signal()
    before_held = Signal(bool)
    edit_requested = Signal()
    reference_requested = Signal()
    trash_requested = Signal()
    zoom_kept = Signal(bool)  # from picture to picture, from now on or no longer
    close_requested = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setFixedHeight(HEADER_PX)
        self._place, self._zoom, self._is_fit = (0, 0), 0.0, True
        self._name, self._facts, self._acts = (
            ElidedLabel(Qt.TextElideMode.ElideMiddle),
            Label(),
            FoldingRow(),
        )
        self._before, self._close = QToolButton(), QToolButton()
        self._size, self._edit, self._reference = QAction(self), QAction(self), QAction(self)
        self._trash = QAction(self)
        self._advance, self._keep = QToolButton(), QAction(self)
        for choice in (self._advance, self._keep):
            choice.setCheckable(True)
            choice.setChecked(True)
        self._full: FullPicture | None = None
        self._origin = ColourOrigin.NONE
        self._lay_out()
        self._connect()
        self._write_words()
        self._dress()

    @property
    def advances(self) -> bool:
        """Whether the next picture comes after one is judged by key."""
        return self._advance.isChecked()

    @property
    def keeps_zoom(self) -> bool:
        """Whether the next picture is shown as large as this one."""
        return self._keep.isChecked()

    def set_choices(self, *, advances: bool, keeps_zoom: bool) -> None:
        """Take both as they are remembered."""
        self._advance.setChecked(advances)
        self._keep.setChecked(keeps_zoom)

    def set_colour_origin(self, origin: ColourOrigin) -> None:
        """Take where the screen's colours are known from."""
        self._origin = origin
        self._show_facts()

    def show_name(self, name: str, is_picture: bool) -> None:
        """Name what is on the stage; only a picture can be acted on."""
        self._name.show_text(name)
        for part in (self._acts, self._advance, self._before):
            part.setVisible(is_picture)
        self._share_width()

    def show_place(self, number: int, count: int) -> None:
        """Say the how manieth picture of how many it is; 0: it is none."""
        self._place = (number, count)
        self._show_facts()

    def show_colours(self, full: FullPicture | None) -> None:
        """Say for which colours of a screen the picture was converted; None: it is not there yet."""
        self._full = full
        self._show_facts()

    def show_zoom(self, zoom: float, is_fit: bool) -> None:
        """Say how large it is shown; 0: nothing is shown."""
        is_renamed, self._zoom, self._is_fit = is_fit != self._is_fit, zoom, is_fit
        if is_renamed:
            self._name_size()
        self._show_facts()

    def minimumSizeHint(self) -> QSize:
        """Room for what cannot be spared."""
        return QSize(_LEAST_PX, HEADER_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name give way before the acts do."""
        super().resizeEvent(event)
        self._show_facts()

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
        elif event.type() == QEvent.Type.PaletteChange:
            self._dress()

    def _lay_out(self) -> None:
        self._name.setFont(heading_font())
        set_tone(self._facts, "dim")
        self._advance.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._advance.toggled.connect(lambda _: self._dress())
        for button in (self._before, self._close):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        row.setSpacing(GAP_PX)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # see minimumSizeHint
        row.addWidget(self._name)
        row.addSpacing(GROUP_PX - GAP_PX)
        row.addWidget(self._facts)
        row.addStretch(1)
        row.addSpacing(GROUP_PX)
        for part in (self._acts, self._advance, self._before, self._close):
            row.addWidget(part)

    def _dress(self) -> None:
        colours = colours_of(self.palette())
        self._advance.setIcon(icon("advance", colours.text if self.advances else colours.dim))

    def _share_width(self) -> None:
        """The acts fold before the name has less than its share, and the name is cut before they all fold."""
        parts = (self._facts, self._advance, self._before, self._close)
        taken_px = sum(part.sizeHint().width() + GAP_PX for part in parts if not part.isHidden())
        room_px = self.width() - taken_px - 2 * (EDGE_PX + GROUP_PX)
        acts_px = 0 if self._acts.isHidden() else self._acts.sizeHint().width() + GAP_PX
        share_px = max(_LEAST_NAME_PX, round(_NAME_SHARE * room_px), room_px - acts_px)
        name_px = min(share_px, self._name.sizeHint().width())
        self._name.setMinimumWidth(name_px)
        self._name.setMaximumWidth(name_px)
        if self.isVisible() and (layout := self.layout()) is not None:
            layout.activate()  # at once: else the name is cut for the blink of an eye

    def _connect(self) -> None:
        acts = (self._edit, self._reference, self._trash, self._size, self._keep)
        self._acts.show_acts(acts)
        self._keep.toggled.connect(self.zoom_kept)
        self._size.triggered.connect(lambda _: self.size_toggled.emit())
        self._edit.triggered.connect(lambda _: self.edit_requested.emit())
        self._reference.triggered.connect(lambda _: self.reference_requested.emit())
        self._trash.triggered.connect(lambda _: self.trash_requested.emit())
        self._before.pressed.connect(lambda: self.before_held.emit(True))
        self._before.released.connect(lambda: self.before_held.emit(False))
        self._close.clicked.connect(lambda _: self.close_requested.emit())

    def _write_words(self) -> None:
        for act, text, tip, key in (
            (self._edit, self.tr("Edit"), self.tr("Make it image 1 of the next request"), "edit"),
            (self._reference, self.tr("Use as reference"), self.tr("Add it to the references"), "reference"),
            (self._trash, self.tr("Trash"), self.tr("Move it to the trash"), "trash"),
        ):
            act.setText(text)
            act.setToolTip(_tip(tip, key))
        self._advance.setAccessibleName(self.tr("Auto-advance"))
        self._advance.setToolTip(
            self.tr("Auto-advance: the next picture comes after a star or a rejection by key")
        )
        self._keep.setText(self.tr("Keep zoom"))
        self._keep.setToolTip(self.tr("Show the next picture as large as this one, at the same place"))
        self._before.setText(self.tr("Before"))
        self._before.setAccessibleName(self.tr("Before"))
        self._before.setToolTip(_tip(self.tr("Hold: what it was made from"), "before"))
        self._close.setText(self.tr("Esc"))
        self._close.setAccessibleName(self.tr("Back to the gallery"))
        self._close.setToolTip(_tip(self.tr("Back to the gallery"), "back"))
        self._name_size()
        self._show_facts()

    def _name_size(self) -> None:
        self._size.setText(self.tr("100 %") if self._is_fit else self.tr("Fit"))
        tip = self.tr("Pixel for pixel") if self._is_fit else self.tr("Show all of it")
        self._size.setToolTip(_tip(tip, "zoom"))

    def _show_facts(self) -> None:
        number, count = (words.number(value) for value in self._place)
        place = self.tr("{number} of {count}").format(number=number, count=count) if self._place[0] else ""
        zoom = self.tr("{zoom} %").format(zoom=percent(self._zoom)) if self._zoom else ""
        is_narrow = self.width() < _COLOURS_FROM_PX  # the hint says it all the same
        colours = "" if self._full is None or is_narrow else short_colours(self._full)
        self._facts.setText(" · ".join(filter(None, (place, zoom, colours))))
        told = "" if self._full is None else colours_told(self._full, self._origin)
        self._facts.setToolTip(told)
        self._facts.setAccessibleDescription(told)
        self._share_width()


def _tip(words_: str, shortcut_id: str) -> str:
    return f"{words_} ({keys_of(shortcut_id).toString(keys_of(shortcut_id).SequenceFormat.NativeText)})"


def percent(zoom: float) -> str:
    """Whole figures, but never a nought; 100 only where it is so."""
    percent = zoom * 100
    if percent < 10:
        return f"{percent:.1f}".removesuffix(".0")
    shown = round(percent)
    return str(shown if shown != 100 or abs(percent - 100) < 1e-6 else (99 if percent < 100 else 101))
