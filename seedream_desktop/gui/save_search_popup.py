"""Asks under which name a search shall be kept, below the search field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.popup import Popup
from seedream_desktop.gui.theme import GAP_PX, SPACE_PX, caption_font

NAME_LONGEST = 120  # characters
_SHOWN_LONGEST = 24  # characters of a name on a button


class SaveSearchPopup(Popup):
    """A name and one button; two where a saved search was opened and is another one by now."""

    save_requested = Signal(str)  # name: it shall be kept as a new one
    update_requested = Signal()  # what was opened shall be this from now on

    def __init__(self, parent: QWidget) -> None:
        """Ask for nothing yet."""
        super().__init__(parent)
        self._is_taken: Callable[[str], bool] = lambda _: False
        self._title, self.field, self.note = Label(), QLineEdit(), Label()
        self.update_button, self.save_button = QPushButton(), QPushButton()
        self.field.setMaxLength(NAME_LONGEST)
        self.note.setFont(caption_font())
        self.note.setProperty("tone", "dim")
        self.note.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE_PX)
        row.addStretch(1)
        for button in (self.update_button, self.save_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        for part in (self._title, self.field, self.note):
            self.column.addWidget(part)
        self.column.addLayout(row)
        self.field.textChanged.connect(lambda _: self._look_at_name())
        self.field.returnPressed.connect(self._save)
        self.save_button.clicked.connect(lambda _: self._save())
        self.update_button.clicked.connect(lambda _: self._update())

    def ask(self, proposal: str, opened: str, is_taken: Callable[[str], bool], below: QWidget) -> None:
        """Ask for a name; ``opened`` is what the saved search is called that was changed, empty: none was.

        ``is_taken`` says whether a saved search is called so already.
        """
        self._is_taken = is_taken
        title = self.tr("Save this search")
        self._title.setText(title)
        self.setAccessibleName(title)
        self.field.setAccessibleName(self.tr("Name"))
        self.field.setPlaceholderText(self.tr("Name"))
        self.save_button.setText(self.tr("Save as new") if opened else self.tr("Save"))
        shown = plain(opened, _SHOWN_LONGEST)
        self.update_button.setText(self.tr("Update {search}").format(search=shown.replace("&", "&&")))
        self.update_button.setAccessibleName(self.tr("Update {search}").format(search=shown))
        self.save_button.setAccessibleName(self.save_button.text())
        self.update_button.setVisible(bool(opened))
        for button, is_first in ((self.save_button, not opened), (self.update_button, bool(opened))):
            button.setProperty("filled", is_first)
            button.style().polish(button)
        self.field.setText(proposal[:NAME_LONGEST])
        self.field.selectAll()
        self._look_at_name()
        self._open_below(below)
        (self.update_button if opened else self.field).setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as space does."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _open_below(self, field: QWidget) -> None:
        """With its right edge where that of the field is."""
        self.adjustSize()
        corner = field.mapToGlobal(QPoint(field.width() - self.width(), field.height() + GAP_PX))
        left_px = field.window().mapToGlobal(QPoint(0, 0)).x()
        self.move(max(left_px, corner.x()), corner.y())
        self.show()

    def _name(self) -> str:
        return " ".join(self.field.text().split())

    def _look_at_name(self) -> None:
        name = self._name()
        is_taken = bool(name) and self._is_taken(name)
        if is_taken:
            self.note.setText(self.tr("Another saved search has that name. Choose another one."))
        else:
            self.note.setText(self.tr("It is kept in the library, and counts what it finds in the sidebar."))
        self.save_button.setEnabled(bool(name) and not is_taken)
        self.adjustSize()

    def _save(self) -> None:
        if self.save_button.isEnabled():
            self.close()
            self.save_requested.emit(self._name())

    def _update(self) -> None:
        self.close()
        self.update_requested.emit()
