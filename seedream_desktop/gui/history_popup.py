"""Earlier prompts in a popup: searched by their words, each with the best picture that came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.dates import when
from seedream_desktop.gui.parameter_row import ParameterRow
from seedream_desktop.gui.pick_list import PickList, PickRow
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.popup_place import open_below
from seedream_desktop.gui.theme import caption_font
from seedream_desktop.gui.toggle import Toggle
from seedream_desktop.gui.words import pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seedream_desktop.library.prompt_history import UsedPrompt
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

WIDTH_PX = 480
TYPED_MS = 120  # after the last key it is looked
_TITLE_CHARACTERS = 200
_IN_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class HistoryPopup(Popup):
    """The focus stays in the field; arrows ring a row, Enter picks it."""

    picked = Signal(str)  # the prompt
    asked = Signal(str, bool)  # words, whether other boards are meant, too

    def __init__(self, parent: QWidget, thumbnails: ThumbnailCache) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setFixedWidth(WIDTH_PX)
        self.field, self.list, self.note = QLineEdit(), PickList(thumbnails), Label()
        self.everywhere = Toggle()
        self._row = ParameterRow(self.everywhere)
        self._timer = QTimer(self, singleShot=True, interval=TYPED_MS)
        self.note.setFont(caption_font())
        self.note.setProperty("tone", "dim")
        self.note.setWordWrap(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (self.field, self.list, self.note, self._row):
            self.column.addWidget(part)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(lambda _: self._timer.start())
        self.everywhere.toggled.connect(lambda _: self.ask())
        self._timer.timeout.connect(self.ask)
        self.list.picked.connect(self._on_picked)

    def ask(self) -> None:
        """Wish for what the field says."""
        self._timer.stop()
        self.asked.emit(self.field.text(), self.everywhere.isChecked())

    def open_below(self, below: QWidget, within: QWidget) -> None:
        """Open below a widget, at the right edge of ``within``, and ask for everything."""
        self._write_words()
        self.field.clear()
        self._show(())
        self.note.hide()
        open_below(self, below, within)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.ask()

    def show_prompts(self, prompts: Sequence[UsedPrompt]) -> None:
        """Show what was found."""
        self._show(prompts)
        self.note.setVisible(not prompts)
        if self.field.text().strip():
            self.note.setText(self.tr("No prompt has these words."))
        elif self.everywhere.isChecked():
            self.note.setText(self.tr("Prompts are listed once pictures were made with them."))
        else:
            self.note.setText(self.tr("No picture of this board was made with a prompt yet."))
        self.adjustSize()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter act on the list, where no input method needs them: that takes them before."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() in _ENTER_KEYS:
            self._pick()
        elif event.key() in _IN_LIST:
            far = 8 if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} else 1
            self.list.step(-far if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_PageUp} else far)
        else:
            return super().eventFilter(watched, event)
        return True

    def _pick(self) -> None:
        if not self._timer.isActive():  # else the list is not what was typed
            self.list.pick()

    def _show(self, prompts: Sequence[UsedPrompt]) -> None:
        self._texts = {str(place): prompt.text for place, prompt in enumerate(prompts)}
        rows = [_row(str(place), prompt, self._line) for place, prompt in enumerate(prompts)]
        self.list.show_rows(rows)
        if rows:
            self.list.setCurrentIndex(self.list.rows.index(0))
            self.list.scrollToTop()
        self.list.setVisible(bool(rows))

    def _line(self, prompt: UsedPrompt) -> str:
        told = [pictures(prompt.count)]
        if prompt.best.rating:
            told.append("★" * prompt.best.rating)
        return " · ".join((*told, when(prompt.last_ms)))

    def _on_picked(self, key: str) -> None:
        self.close()
        self.picked.emit(self._texts[key])

    def _write_words(self) -> None:
        self.setAccessibleName(self.tr("Earlier prompts"))
        self.list.setAccessibleName(self.tr("Earlier prompts"))
        self.field.setPlaceholderText(self.tr("Search earlier prompts"))
        self.field.setAccessibleName(self.tr("Search earlier prompts"))
        self._row.set_words(self.tr("Of all boards"))
        self.everywhere.setAccessibleName(self.tr("Of all boards"))


def _row(key: str, prompt: UsedPrompt, line: Callable[[UsedPrompt], str]) -> PickRow:
    title = plain(" ".join(prompt.text[: 2 * _TITLE_CHARACTERS].split()), _TITLE_CHARACTERS)
    path = prompt.best.path
    return PickRow(key, title, line(prompt), prompt.best.sha256, lambda: path)
