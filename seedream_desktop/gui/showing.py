"""Showing pictures to others: the whole screen, a second one, and colours as the screens have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from seedream_desktop.gui.colouring import Colouring
from seedream_desktop.gui.picture_stage import PictureStage

if TYPE_CHECKING:
    from seedream_desktop.gui.second_screen import SecondScreen
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.values import Picture
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

_LENT = ("second_screen", "undo", "redo")  # commands that work on the second screen, too


class Showing(QObject):
    """Ties the commands for it to the window; nothing that is shown has a name, a prompt or a price."""

    bare_changed = Signal(bool)  # whether there is nothing but pictures
    second_built = Signal(object)  # SecondScreen: it is about to open for the first time

    def __init__(self, parts: Parts, session: Session, settings: Settings) -> None:
        """Listen to ``parts``."""
        super().__init__()
        self._parts = parts
        self._session = session
        self._second: SecondScreen | None = None
        self._came_from_gallery = False
        colours = session.screen_colours
        colours.choose(settings.screen_profile)
        Colouring(parts.viewer.stage, colours, parts.viewer.header.set_colour_origin)
        parts.window.settings_changed.connect(lambda changed: colours.choose(changed.screen_profile))
        parts.window.installEventFilter(self)
        parts.gallery.selectionModel().currentChanged.connect(self._on_current_changed)
        parts.viewer.closed.connect(self.leave_full_screen)
        for wish in (parts.commands.prompt_requested, parts.commands.search_requested):
            wish.connect(self.leave_full_screen)
        parts.commands.full_screen_requested.connect(self.toggle_full_screen)
        parts.commands.second_screen_requested.connect(self.toggle_second_screen)

    @property
    def second_screen(self) -> SecondScreen | None:
        """The window for it, once there was one."""
        return self._second

    def toggle_full_screen(self) -> None:
        """Show pictures only, on the whole screen, or bring the window back."""
        if self._parts.window.isFullScreen():
            self.leave_full_screen()
            return
        parts = self._parts
        if parts.window.stage.currentWidget() not in {parts.gallery, parts.viewer}:
            self._came_from_gallery = False  # what is compared stays
            self._strip(is_bare=True)
            return
        self._came_from_gallery = not parts.viewer.isVisible()
        if self._came_from_gallery or parts.viewer.current_picture() is None:
            row = self._picture_row()
            if row is None:
                parts.notices.say(self.tr("There is no picture here to show on the whole screen."))
                return
            parts.viewer.show_row(row)
            parts.window.show_viewer()
        if parts.queue_panel.isVisible():
            parts.queue_panel.close_panel()
        self._strip(is_bare=True)

    def leave_full_screen(self) -> None:
        """Bring the window back as it was."""
        if self._parts.window.isFullScreen():
            self._strip(is_bare=False)
            if self._came_from_gallery:
                self._parts.window.show_gallery()

    def toggle_second_screen(self) -> None:
        """Open the second screen, or close it."""
        second = self._second
        if second is not None and second.isVisible():
            second.close()
            return
        if second is None:
            second = self._second = self._built()
        row = self._picture_row()
        if row is not None:
            second.stage.show_row(row)
        second.open_on(QGuiApplication.screens(), self._parts.window.screen())
        self._parts.window.activateWindow()  # the keys stay where they were

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The second screen goes when the window does."""
        is_gone = event.type() == QEvent.Type.Hide and not event.spontaneous()
        if is_gone and watched is self._parts.window and self._second is not None:
            self._second.close()
        return False

    def _strip(self, *, is_bare: bool) -> None:
        window = self._parts.window
        window.parts.set_bare(is_bare)
        self._parts.notices.set_hushed(is_bare)
        self._parts.viewer.show_only_picture(is_bare)
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        window.show_demo_bar()
        self.bare_changed.emit(is_bare)

    def _picture_row(self) -> int | None:
        """The current row; where it is no picture, the first picture there is."""
        model, row = self._session.gallery, self._parts.gallery.currentIndex().row()
        if 0 <= row < model.rowCount() and model.picture_id(row) is not None:
            return row
        return next((one for one in range(model.rowCount()) if model.picture_id(one) is not None), None)

    def _built(self) -> SecondScreen:
        from seedream_desktop.gui.second_screen import SecondScreen  # late: when one asks for it

        session = self._session
        draw = lambda *of: session.worker.draw(*of)  # noqa: E731, PLW0108 - built later
        looking = (session.looking, session.reference_path, draw)
        second = SecondScreen(PictureStage(session.gallery, session.thumbnails, *looking), self._parts.window)
        Colouring(second.stage, session.screen_colours)
        second.key_pressed.connect(self._pass_on)
        second.stage.canvas.drag_begun.connect(self._drag_out)
        self._parts.commands.lend(_LENT, second)
        self.second_built.emit(second)
        return second

    def _drag_out(self) -> None:
        """What is on the second screen, as a file."""
        if self._second is not None and (picture := self._second.stage.picture) is not None:
            self._parts.viewer.drag_requested.emit((picture,))

    def _pass_on(self, event: QKeyEvent) -> None:
        """Let act what stands in the middle of the window, as if it had the focus."""
        place = (event.nativeScanCode(), event.nativeVirtualKey(), event.nativeModifiers())
        said = (event.text(), event.isAutoRepeat(), event.count())
        passed = QKeyEvent(event.type(), event.key(), event.modifiers(), *place, *said)
        if (target := self._parts.window.stage.currentWidget()) is not None:
            QApplication.sendEvent(target, passed)

    def show_compared(self, picture: Picture) -> None:
        """The second screen follows the one of several that acts are for."""
        row = self._session.gallery.row_of(picture.id)
        if self._second is not None and self._second.isVisible() and row is not None:
            self._second.stage.show_row(row)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        """The second screen follows; what is no picture leaves the last one there."""
        second = self._second
        if second is None or not second.isVisible() or not current.isValid():
            return
        if self._session.gallery.picture_id(current.row()) is not None:
            second.stage.show_row(current.row())
