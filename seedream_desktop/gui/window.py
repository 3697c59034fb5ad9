"""The window: what stands where, and what comes back after a restart.

It is painted before the parts that cannot be seen yet are built and tied (``complete``): the viewer, the
details, the queue, the menus. Events that come in between wait their turn.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.gui.compose_panel import ComposePanel
from seedream_desktop.gui.corner_buttons import CornerButtons
from seedream_desktop.gui.gallery_header import GalleryHeader
from seedream_desktop.gui.gallery_view import GalleryView
from seedream_desktop.gui.generate_bar import GenerateBar
from seedream_desktop.gui.notice_bar import NoticeBar
from seedream_desktop.gui.problem_words import problem_words
from seedream_desktop.gui.right_column import Hairline, RightColumn
from seedream_desktop.gui.sidebar import Sidebar
from seedream_desktop.gui.status_line import StatusLine
from seedream_desktop.gui.visible_parts import VisibleParts

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

Part = TypeVar("Part", bound=QWidget)
NAME = "Seedream Desktop"
UNSEEN_MS = 3000
SIDEBAR_PX = 200
RIGHT_PX = 340
WIDE_PX = 1680  # from here on Compose and Details stand beside each other
FIRST_SIZE_PX = QSize(1440, 900)
FRAME_PX = QSize(16, 40)  # about what the system puts around a window
LEAST_SIZE_PX = (960, 620)


class MainWindow(QMainWindow):
    """One window on one session."""

    painted = Signal()  # for the first time
    completed = Signal()  # everything is there and tied
    settings_changed = Signal(object)  # Settings: the designer changed them in the preferences
    demo_requested = Signal()
    demo_left = Signal()
    close_requested = Signal()

    def __init__(self, session: Session, settings: Settings) -> None:
        """Build everything as it was left."""
        super().__init__()
        self._session = session
        self._settings = settings
        self._is_painted = self._is_complete = False
        self.remember: Callable[[Settings], Settings] = lambda settings: settings  # what else comes back
        self.setWindowTitle(NAME)
        self.setMinimumSize(*LEAST_SIZE_PX)
        self._build()
        self._restore()
        self.show_demo_bar()
        QTimer.singleShot(UNSEEN_MS, self, self._on_painted)  # started minimised it is never painted

    def settings(self) -> Settings:
        """What shall come back after a restart."""
        draft = self._session.draft
        settings = replace(
            self.gallery.remembered(self._settings),
            recipe=draft.recipe,
            variations=draft.variations,
            board_id=draft.board_id,
            window_geometry=base64.b64encode(self.saveGeometry().data()).decode("ascii"),
            panels=tuple(self.columns.sizes()),
            sidebar_shown=self.parts.has_sidebar,
            listed_models=self._session.model_list.offer.listed,
            listed_origin=self._session.provider.base_url,
        )
        return self.remember(settings)

    def show_problem(self, problem: Problem) -> None:
        """Say what went wrong, until it is dismissed."""
        self.notices.warn(problem_words(problem).without_money)

    def show_gallery(self) -> None:
        """Put the gallery in the middle."""
        self.stage.setCurrentWidget(self.gallery)
        self.parts.set_viewing(False)
        self.gallery.setFocus()

    def show_viewer(self) -> None:
        """Put the viewer in the gallery's place."""
        self.stage.setCurrentWidget(self.viewer)
        self.parts.set_viewing(True)
        self.viewer.setFocus()

    def search(self) -> None:
        """Put the cursor into the search field."""
        self.show_gallery()
        self.header.focus_search()

    def compose_prompt(self) -> None:
        """Bring Compose to the front with the cursor in the prompt."""
        self.right.show_compose()
        self.compose.focus_prompt()

    def go_back(self) -> None:
        """One step: from the viewer, a panel or the prompt to the gallery. It never cancels a job."""
        if self.isFullScreen():
            self.toggle_full_screen()
        elif self.queue_panel.isVisible():
            self.queue_panel.close_panel()
        elif not (self.gallery.hasFocus() and self.gallery.let_go()):
            self.show_gallery()

    def toggle_full_screen(self) -> None:
        """Show pictures only, on the whole screen, or bring the window back."""
        self.ties.showing.toggle_full_screen()

    def event(self, event: QEvent) -> bool:
        """Complete the window after its first paint, which is not the first wish for one."""
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            QTimer.singleShot(0, self, self._on_painted)  # once all that lies in it is painted, too
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the application decide: there may be requests under way."""
        event.ignore()
        self.close_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show Compose and Details beside each other where there is room."""
        super().resizeEvent(event)
        self.right.set_wide(self.width() >= WIDE_PX)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language where the parts do not by themselves."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._is_complete:
            self.right.write_words()
            self.commands.write_words()
            self.ties.browsing.write_words()
            self.show_demo_bar()

    def _build(self) -> None:
        """From the outside in: a widget that finds its place before it is filled is styled only once."""
        session = self._session
        whole = _Column()
        self.setCentralWidget(whole)
        self.demo_bar = whole.add(NoticeBar())
        self.columns = whole.add(QSplitter(Qt.Orientation.Horizontal), stretch=1)
        line = whole.add(Hairline())
        self.status = whole.add(StatusLine())
        middle, self.right = _Column(), RightColumn()
        self.sidebar = Sidebar()
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for part, stretch in ((self.sidebar, 0), (middle, 1), (self.right, 0)):
            self.columns.addWidget(part)
            self.columns.setStretchFactor(self.columns.count() - 1, stretch)
        head = self.head = middle.add(_Column())
        beside = head.add(QWidget())
        self.corner_buttons, self.header = CornerButtons(shows_sidebar=True), GalleryHeader()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.corner_buttons)
        row.addWidget(self.header, 1)
        head.add(Hairline())
        self.parts = VisibleParts(self.sidebar, self.corner_buttons, head, (self.right, line, self.status))
        self.notices = middle.add(NoticeBar())
        self.stage = middle.add(QStackedWidget(), stretch=1)
        self.gallery = GalleryView(session.gallery, session.thumbnails)
        self.stage.addWidget(self.gallery)
        self.generate_bar = self.right.set_foot(GenerateBar(session.draft))
        thumbnails, path_of, forms = session.thumbnails, session.reference_path, session.sent_forms
        compose = ComposePanel(session.draft, session.catalog, thumbnails, path_of, forms)
        self.compose = self.right.set_compose(compose)

    def _on_painted(self) -> None:
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
            self._session.recalling.wait(self._complete_once)

    def _complete_once(self) -> None:
        if not self._is_complete:
            self._is_complete = True
            self._complete()
            self.completed.emit()

    def _complete(self) -> None:
        """Build what cannot be seen yet, and tie everything to the session."""
        from seedream_desktop.gui.activity_panel import ActivityPanel  # late: after the first paint, as all
        from seedream_desktop.gui.commands import Commands  # late: not seen at first
        from seedream_desktop.gui.details_panel import DetailsPanel  # late: not seen at first
        from seedream_desktop.gui.diagnostics_export import DiagnosticsExport  # late: not seen at first
        from seedream_desktop.gui.making import Making  # late: not seen at first
        from seedream_desktop.gui.preferences import Preferences  # late: not seen at first
        from seedream_desktop.gui.queue_panel import QueuePanel  # late: not seen at first
        from seedream_desktop.gui.ties import Parts, Ties  # late: not needed before
        from seedream_desktop.gui.viewer import Viewer  # late: not seen at first

        session = self._session
        draw = lambda *of: session.worker.draw(*of)  # noqa: E731, PLW0108 - built later
        looking = (session.looking, session.reference_path, draw)
        self.viewer = Viewer(session.gallery, session.thumbnails, *looking)
        self.stage.addWidget(self.viewer)
        self.details = DetailsPanel(session.thumbnails, session.catalog, session.reference_path)
        self.right.set_details(self.details)
        self.queue_panel = QueuePanel(session.catalog, self.centralWidget())
        self.making = Making(self.compose, self.generate_bar, self.notices, session)
        self.commands = Commands(self)
        self.diagnostics = DiagnosticsExport(self, self.commands, self.settings, session)
        parts = Parts(
            window=self,
            commands=self.commands,
            sidebar=self.sidebar,
            header=self.header,
            gallery=self.gallery,
            viewer=self.viewer,
            right=self.right,
            details=self.details,
            queue_panel=self.queue_panel,
            status=self.status,
            notices=self.notices,
        )
        self.ties = Ties(parts, session)
        self.activity_panel = ActivityPanel(session.activities, self, self.status)
        self.preferences = Preferences(self, self.settings, session)
        self._connect()
        self._connect_commands()

    def _connect(self) -> None:
        self.generate_bar.demo_requested.connect(self.demo_requested)
        self.making.problem_shown.connect(self.right.show_compose)
        self.making.board_requested.connect(self.ties.browsing.show_board)
        for panel in (self.gallery, self.queue_panel):
            panel.preferences_requested.connect(self.preferences.show)
        for wish in (
            self.gallery.open_library_requested,
            self.queue_panel.open_library_requested,
            self.ties.browsing.library_requested,
            self.making.library_requested,
        ):
            wish.connect(self.commands.choose_library)
        self.sidebar.hide_requested.connect(self.parts.toggle_sidebar)
        self.corner_buttons.sidebar_requested.connect(self.parts.toggle_sidebar)
        for source in (self.sidebar, self.corner_buttons):
            source.menu_requested.connect(lambda corner: self.commands.menu().popup(corner))

    def show_demo_bar(self) -> None:
        """Say that this is the demo, where it is and others may see more than pictures."""
        self.demo_bar.hide()
        if self._session.provider.is_demo and not self.isFullScreen():
            words = self.tr("Demo: nothing leaves this computer. Its pictures are drawn here and marked.")
            self.demo_bar.stay(words, self.tr("Leave the demo"), self.demo_left.emit)

    def _connect_commands(self) -> None:
        commands = self.commands
        self.making.follow(commands)
        commands.prompt_requested.connect(self.compose_prompt)
        commands.search_requested.connect(self.search)
        commands.details_requested.connect(self.right.toggle)
        commands.back_requested.connect(self.go_back)
        commands.panels_requested.connect(self.parts.toggle_panels)
        commands.preferences_requested.connect(self.preferences.show)
        commands.sidebar_requested.connect(self.parts.toggle_sidebar)
        commands.library_chosen.connect(self.preferences.choose_library)
        self.preferences.settings_changed.connect(self._on_settings_changed)
        commands.quit_requested.connect(self.close_requested)

    def _on_settings_changed(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _restore(self) -> None:
        settings = self._settings
        room = self.screen().availableSize() - FRAME_PX
        self.resize(FIRST_SIZE_PX.boundedTo(room))
        self.restoreGeometry(_bytes(settings.window_geometry))
        widths = settings.panels if len(settings.panels) == self.columns.count() else ()
        middle_px = self.width() - SIDEBAR_PX - RIGHT_PX
        self.columns.setSizes(list(widths) or [SIDEBAR_PX, middle_px, RIGHT_PX])
        self.parts.set_sidebar(settings.sidebar_shown)
        self.gallery.come_back(settings)
        self.header.set_tile_px(settings.tile_px)
        self.header.show_query(self._session.gallery.query)
        self.compose.focus_prompt()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except ValueError:
        return b""


class _Column(QWidget):
    """Parts below one another without a gap."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)

    def add(self, part: Part, stretch: int = 0) -> Part:
        """Put ``part`` below the others."""
        self._parts.addWidget(part, stretch)
        return part
