"""Marking up a reference: tools above, the picture, what is held below; everything by key as well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from seedream_desktop.gui.markup_canvas import MarkupCanvas
from seedream_desktop.gui.markup_foot import MarkupFoot
from seedream_desktop.gui.markup_picture import MarkupPicture
from seedream_desktop.gui.markup_row import COLOUR_KEYS, TOOL_SHORTCUTS, MarkupRow, portable
from seedream_desktop.gui.markup_words import crop_words, full_words, hint, mark_words, markup_words
from seedream_desktop.gui.meant_keys import meant_words
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.right_column import Hairline
from seedream_desktop.imaging.markup import Line, MarkColour, Markup
from seedream_desktop.state.markup_hand import MarkupHand, Tool

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.state.full_picture import Draw
    from seedream_desktop.state.marking_up import MarkingUp
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache
    from seedream_desktop.tasks import TaskRunner

_ZOOM_A_KEY = 1.5
_STEP_SHARE = 0.01  # of the picture's longest side, that an arrow key moves
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class MarkupEditor(QWidget):
    """Shows what is drawn and hands on what the hand makes; it decides nothing."""

    closed = Signal()

    def __init__(
        self,
        marking: MarkingUp,
        thumbnails: ThumbnailCache,
        runner: TaskRunner,
        reference_path: Callable[[Reference], Path],
        draw: Draw,
    ) -> None:
        """``reference_path`` and ``draw`` block, and are called on ``runner``."""
        super().__init__()
        self._marking = marking
        self._hand = MarkupHand()
        self.canvas = MarkupCanvas(self._hand)
        self.picture = MarkupPicture(self.canvas, thumbnails, runner, reference_path, draw)
        self.row, self.foot = MarkupRow(), MarkupFoot()
        self._keys = self._key_table()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self._connect()
        self._show_choice()

    def event(self, event: QEvent) -> bool:
        """Claim from the window's keys those that mean something here."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and meant_words(event) in self._keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, draw, move and resize; other keys are the window's."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.canvas.set_hand(True)
        elif event.key() in _ARROWS and not event.modifiers() & ~(_SHIFT | _CTRL):
            self._move(event)
        elif act := self._keys.get(meant_words(event)):
            act()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Put the hand away that pans."""
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.canvas.set_hand(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go of elsewhere is not heard of."""
        super().focusOutEvent(event)
        self.canvas.set_hand(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Put everything aside; it is there again next time. A copy that is being made is made."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._hand.cancel()
            if not self._marking.is_keeping:
                self._marking.leave()
            self.picture.rest()
            self.canvas.show_markup(None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.row, Hairline()):
            column.addWidget(part)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        marking, row = self._marking, self.row
        marking.opened.connect(self._on_opened)
        marking.changed.connect(self._show)
        marking.place_changed.connect(self._show)
        marking.keeping_changed.connect(self._on_keeping_changed)
        marking.stepped.connect(self._on_stepped)
        self.picture.changed.connect(self._on_picture_changed)
        self.canvas.drawn.connect(marking.change)
        self.canvas.held.connect(self._say)
        self.canvas.zoom_changed.connect(lambda zoom: self.foot.show_zoom(zoom, self.canvas.is_fit))
        self.foot.size_toggled.connect(self.canvas.toggle_size)
        self.foot.base_toggled.connect(self._toggle_base)
        row.tool_chosen.connect(self._choose_tool)
        row.colour_chosen.connect(self._choose_colour)
        row.line_chosen.connect(self._choose_line)
        row.undo_requested.connect(marking.undo)
        row.redo_requested.connect(marking.redo)
        row.reset_requested.connect(marking.reset)
        row.cancel_requested.connect(self._leave)
        row.use_requested.connect(self._use)

    def _key_table(self) -> dict[str, Callable[[], object]]:
        marking, canvas = self._marking, self.canvas
        acts: dict[str, Callable[[], object]] = {
            portable("undo"): marking.undo,
            portable("redo"): marking.redo,
            "Ctrl+Y": marking.redo,
            portable("mark_thinner"): lambda: self._step_line(-1),
            portable("mark_thicker"): lambda: self._step_line(1),
            portable("mark_next"): lambda: self._select(1),
            f"Shift+{portable('mark_next')}": lambda: self._select(-1),
            portable("mark_new"): self._make_new,
            portable("trash"): self._remove,
            "Backspace": self._remove,
            portable("zoom"): canvas.toggle_size,
            "+": lambda: canvas.zoom_by(_ZOOM_A_KEY),
            "=": lambda: canvas.zoom_by(_ZOOM_A_KEY),
            "-": lambda: canvas.zoom_by(1 / _ZOOM_A_KEY),
            portable("mark_use"): self._enter,
            "Enter": self._enter,
            portable("back"): self._leave,
        }
        acts |= {portable(key): partial(self._choose_tool, tool) for tool, key in TOOL_SHORTCUTS.items()}
        acts |= {key: partial(self._choose_colour, colour) for colour, key in COLOUR_KEYS.items()}
        return acts

    def _on_opened(self) -> None:
        """Another picture is drawn on."""
        self._hand.cancel()
        self._hand.selected = None
        if (base := self._marking.base) is not None:
            self.picture.show(base)

    def _on_picture_changed(self) -> None:
        if (full := self.picture.full) is not None:
            self._marking.take_size(full.width_px, full.height_px)
        self._show()

    # What is drawn

    def _show(self) -> None:
        """Everything that follows from what is drawn."""
        marking = self._marking
        if (reference := marking.reference) is None or marking.base is None:
            return
        markup = marking.markup
        self.canvas.show_markup(None if self.picture.problem is not None else markup)
        self.row.show_steps(
            can_undo=marking.can_undo, can_redo=marking.can_redo, can_reset=not markup.is_empty
        )
        reason = self._unfit_words()
        is_live = marking.is_new and not reason and self.picture.problem is None and not marking.is_keeping
        self.row.show_use(marking.index + 1, is_live=is_live, reason=reason)
        self.foot.show_base(has_choice=marking.has_original, is_original=marking.is_original)
        title = self.tr("Mark up image {number}: {name}")
        self.setAccessibleName(title.format(number=marking.index + 1, name=reference.name))
        self.setAccessibleDescription(markup_words(markup))
        self._say()

    def _say(self) -> None:
        """What is held, or what is wrong."""
        marking, markup = self._marking, self.canvas.shown_markup
        if markup is None:
            self.foot.show_facts("", is_warning=False)
            return
        reason = self._unfit_words()
        if marking.is_keeping:
            self.foot.show_facts(self.tr("The copy is being made. Esc stops it."), is_warning=False)
        elif reason and not self._hand.is_drawing:
            self.foot.show_facts(reason, is_warning=True)
        elif marking.is_full and not self._hand.is_drawing and self._hand.selected is None:
            self.foot.show_facts(full_words(), is_warning=True)
        else:
            self.foot.show_facts(self._held_words(markup), is_warning=False)

    def _unfit_words(self) -> str:
        """Why the model would not take the copy; empty: it would."""
        unfit = self._marking.unfit()
        if unfit is None:
            return ""
        if self._marking.markup.crop is not None:
            unfit = replace(unfit, subject=self.tr("What the crop leaves"))
        return problem_words(unfit).without_money

    def _held_words(self, markup: Markup) -> str:
        if self._hand.tool is Tool.CROP:
            return crop_words(markup.crop) if markup.crop else hint(Tool.CROP)
        is_new = len(markup.marks) > len(self._marking.markup.marks)
        mark = markup.marks[-1] if is_new else self._hand.selected_mark(markup)
        return mark_words(mark) if mark is not None else hint(self._hand.tool)

    def _change(self, markup: Markup, step: str = "") -> None:
        self._marking.change(markup, step)
        self.canvas.update()
        self._say()

    def _choose_tool(self, tool: Tool) -> None:
        self._hand.cancel()
        self._hand.tool, self._hand.selected = tool, None
        self._show_choice()

    def _choose_colour(self, colour: MarkColour) -> None:
        self._hand.colour = colour
        self._dress_selected()

    def _choose_line(self, line: Line) -> None:
        self._hand.line = line
        self._dress_selected()

    def _step_line(self, by: int) -> None:
        lines = tuple(Line)
        self._choose_line(lines[min(max(lines.index(self._hand.line) + by, 0), len(lines) - 1)])

    def _dress_selected(self) -> None:
        self._change(self._hand.dress_selected(self._marking.markup))
        self._show_choice()

    def _show_choice(self) -> None:
        hand = self._hand
        self.row.show_choice(hand.tool, hand.colour, hand.line)
        self.canvas.update()
        self._say()

    def _select(self, by: int) -> None:
        if self._hand.tool in {Tool.CROP, Tool.BRUSH}:
            self._choose_tool(Tool.BOX)
        self._hand.select_next(self._marking.markup, by)
        self.canvas.update()
        self._say()

    def _make_new(self) -> None:
        seen = self.canvas.seen()
        if seen is not None and not self._marking.is_keeping:
            self._change(self._hand.make_new(self._marking.markup, seen))

    def _remove(self) -> None:
        if not self._marking.is_keeping:
            self._change(self._hand.remove(self._marking.markup))

    def _move(self, event: QKeyEvent) -> None:
        """Arrows move, with Shift they resize; with Ctrl by a single pixel."""
        markup = self._marking.markup
        longest_px = max(markup.width_px, markup.height_px)
        step_px = 1 if event.modifiers() & _CTRL else max(1, round(_STEP_SHARE * longest_px))
        across, down = (side * step_px for side in _ARROWS[Qt.Key(event.key())])
        is_size = bool(event.modifiers() & _SHIFT)
        act = self._hand.stretch if is_size else self._hand.nudge
        name = f"{'size' if is_size else 'move'} {self._hand.tool} {self._hand.selected}"
        self._change(act(markup, across, down), name)

    # Leaving

    def _enter(self) -> None:
        """Press the button that has the focus, else use the copy."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and self.isAncestorOf(focused):
            focused.click()
        else:
            self._use()

    def _use(self) -> None:
        if self._marking.unfit() is None and self.picture.problem is None:
            self._marking.use()

    def _leave(self) -> None:
        """One step back: from a copy that is made, a stroke, what is selected, then from the picture."""
        if self._marking.is_keeping:
            self._marking.stop_keeping()
        elif self.canvas.cancel_stroke():
            self._say()
        elif self._hand.selected_mark(self._marking.markup) is not None and self._hand.tool is not Tool.CROP:
            self._hand.selected = None
            self._show_choice()
        else:
            self.closed.emit()

    def _toggle_base(self) -> None:
        if self._marking.is_original:
            self._marking.draw_on_copy()
        else:
            self._marking.draw_on_original()

    def _on_keeping_changed(self, is_keeping: bool) -> None:
        self.row.set_keeping(is_keeping)
        self.canvas.set_live(not is_keeping)
        self.foot.show_step(0 if is_keeping else None)
        self._show()

    def _on_stepped(self, done: int) -> None:
        if self._marking.is_keeping:
            self.foot.show_step(done)
