"""What can be done by menu and key, wherever the focus is; the keys come from the one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from seedream_desktop import __version__
from seedream_desktop.gui.shortcuts import shortcuts
from seedream_desktop.gui.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from seedream_desktop.gui.command_offers import Offer


class Commands(QObject):
    """The actions of a window, and the menu that lists them. It wishes; the window does."""

    generate_requested = Signal()
    again_requested = Signal()  # what was sent last
    paste_requested = Signal()
    prompt_requested = Signal()
    new_draft_requested = Signal()
    save_draft_requested = Signal()  # as a file
    open_draft_requested = Signal()  # the same
    history_requested = Signal()  # of prompts
    presets_requested = Signal()
    search_requested = Signal()
    palette_requested = Signal()  # everything that can be done, in one field
    details_requested = Signal()
    back_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    panels_requested = Signal()
    full_screen_requested = Signal()
    second_screen_requested = Signal()
    preferences_requested = Signal()
    sidebar_requested = Signal()
    library_chosen = Signal(Path)
    import_requested = Signal()  # of files that are to be chosen
    import_folder_requested = Signal()  # the same of a folder
    hand_over_requested = Signal()  # of the board that is shown
    check_requested = Signal()  # of the library
    duplicates_requested = Signal()  # shall be found
    save_search_requested = Signal()  # what is searched for
    diagnostics_requested = Signal()
    quit_requested = Signal()
    menu_opening = Signal()  # its entries may still be named

    def __init__(self, window: QWidget) -> None:
        """Give ``window`` its keys."""
        super().__init__(window)
        self._window = window
        self._keys = ShortcutsDialog(window)
        self._actions: dict[str, QAction] = {}
        acts: dict[str, Callable[[], object]] = {
            "generate": self.generate_requested.emit,
            "again": self.again_requested.emit,
            "paste": self.paste_requested.emit,
            "prompt": self.prompt_requested.emit,
            "new_draft": self.new_draft_requested.emit,
            "save_draft": self.save_draft_requested.emit,
            "open_draft": self.open_draft_requested.emit,
            "history": self.history_requested.emit,
            "presets": self.presets_requested.emit,
            "search": self.search_requested.emit,
            "palette": self.palette_requested.emit,
            "details": self.details_requested.emit,
            "back": self.back_requested.emit,
            "undo": self.undo_requested.emit,
            "redo": self.redo_requested.emit,
            "panels": self.panels_requested.emit,
            "full_screen": self.full_screen_requested.emit,
            "second_screen": self.second_screen_requested.emit,
            "preferences": self.preferences_requested.emit,
            "open": self.choose_library,
            "import": self.import_requested.emit,
            "import_folder": self.import_folder_requested.emit,
            "hand_over": self.hand_over_requested.emit,
            "check": self.check_requested.emit,
            "duplicates": self.duplicates_requested.emit,
            "save_search": self.save_search_requested.emit,
            "keys": self._show_keys,
            "quit": self.quit_requested.emit,
        }
        for shortcut in shortcuts():
            if act := acts.get(shortcut.id):
                self._add(shortcut.id, shortcut.words, act).setShortcut(shortcut.sequence)
        for name in ("generate", "again"):
            self._actions[name].setAutoRepeat(False)

    def menu(self) -> QMenu:
        """The menu behind ☰, made anew in the language of now."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToShow.connect(self.menu_opening)
        menu.aboutToHide.connect(self._let_keys_work)
        for name in (
            "generate",
            "again",
            "paste",
            "",
            "new_draft",
            "open_draft",
            "save_draft",
            "history",
            "presets",
            "",
            "import",
            "import_folder",
            "hand_over",
            "",
            "open",
            "check",
            "",
        ):
            self._put(menu, name)
        for name in ("palette", "duplicates", "save_search", "", "undo", "redo", ""):
            self._put(menu, name)
        sidebar, *others = self._without_keys()
        menu.addAction(*sidebar[1:])
        for name in ("panels", "full_screen", "second_screen", "", "preferences", "keys"):
            self._put(menu, name)
        for _, text, act in others:
            menu.addAction(text, act)
        menu.addSeparator()
        self._put(menu, "quit")
        return menu

    def offered(self) -> tuple[tuple[Offer, Callable[[], object]], ...]:
        """Everything that can be done now but to offer it, with what does it."""
        from seedream_desktop.gui.command_offers import Offer  # late: when it is asked for

        self.menu_opening.emit()
        native = QKeySequence.SequenceFormat.NativeText
        held: list[tuple[str, str, str, Callable[[], object]]] = [
            (name, action.text(), action.shortcut().toString(native), action.trigger)
            for name, action in self._actions.items()
            if action.isEnabled() and name != "palette"
        ]
        self._let_keys_work()
        held += [(name, text, "", act) for name, text, act in self._without_keys()]
        return tuple(
            (Offer(f"command:{name}", text, keys=keys, also=name.replace("_", " ")), act)
            for name, text, keys, act in held
        )

    def press(self, keys: str) -> bool:
        """Do what these keys mean, as the table writes them; whether they mean anything."""
        written = QKeySequence.SequenceFormat.PortableText
        for action in self._actions.values():
            if keys and action.isEnabled() and action.shortcut().toString(written) == keys:
                action.trigger()
                return True
        return False

    def offer(self, name: str, words: str, *, is_there: bool) -> None:
        """Name an entry of the menu that is opening; its key works whether it ``is_there`` or not."""
        self._actions[name].setText(words)
        self._actions[name].setEnabled(is_there)

    def lend(self, names: Iterable[str], window: QWidget) -> None:
        """Let the keys of these entries work in another window, too."""
        for name in names:
            window.addAction(self._actions[name])

    def write_words(self) -> None:
        """Write the actions in the language of now."""
        for shortcut in shortcuts():
            if action := self._actions.get(shortcut.id):
                action.setText(shortcut.words)
        self._keys.deleteLater()
        self._keys = ShortcutsDialog(self._window)

    def choose_library(self) -> None:
        """Let the designer choose a folder; the system's own dialog asks."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Open a library"))
        if folder:
            self.library_chosen.emit(Path(folder))

    def _without_keys(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            ("sidebar", self.tr("Show or hide the sidebar"), self.sidebar_requested.emit),
            ("diagnostics", self.tr("Export diagnostics…"), self.diagnostics_requested.emit),
            ("about", self.tr("About Seedream Desktop"), self._about),
        )

    def _let_keys_work(self) -> None:
        for name in ("undo", "redo"):
            self._actions[name].setEnabled(True)

    def _show_keys(self) -> None:
        self._keys.show()

    def _put(self, menu: QMenu, name: str) -> None:
        if name:
            menu.addAction(self._actions[name])
        else:
            menu.addSeparator()

    def _add(self, name: str, words: str, act: Callable[[], object]) -> QAction:
        action = QAction(words, self._window)
        action.triggered.connect(lambda _checked: act())
        self._window.addAction(action)
        self._actions[name] = action
        return action

    def _about(self) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Seedream Desktop"))
        box.setText(f"Seedream Desktop {__version__}")
        box.setInformativeText(
            self.tr(
                "Made with Qt and PySide6, which are used under the LGPL-3.0; their libraries can be "
                "replaced. Seedream Desktop itself is under the MIT licence."
            )
        )
        box.open()
