"""What ties the window's parts to its session, one concern each; built once the window is complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from seedream_desktop.gui.arranging import Arranging
from seedream_desktop.gui.before_sending import BeforeSending
from seedream_desktop.gui.board_menu import BoardMenu
from seedream_desktop.gui.boarding import Boarding
from seedream_desktop.gui.browsing import Browsing
from seedream_desktop.gui.caring import Caring
from seedream_desktop.gui.comparing import Comparing
from seedream_desktop.gui.comparing_there import ComparingThere
from seedream_desktop.gui.detailing import Detailing
from seedream_desktop.gui.draft_file_tie import DraftFileTie
from seedream_desktop.gui.draft_tabs import DraftTabTie
from seedream_desktop.gui.handing import Handing
from seedream_desktop.gui.handing_over import HandOverTie
from seedream_desktop.gui.history_tie import HistoryTie
from seedream_desktop.gui.importing import ImportTie
from seedream_desktop.gui.judging import Judging
from seedream_desktop.gui.liking import Liking
from seedream_desktop.gui.markup_tie import MarkupTie
from seedream_desktop.gui.palette_tie import PaletteTie
from seedream_desktop.gui.preset_tie import PresetTie
from seedream_desktop.gui.press_grid_tie import PressGridTie
from seedream_desktop.gui.prompt_tie import PromptTie
from seedream_desktop.gui.recipe_offer import RecipeOffer
from seedream_desktop.gui.running import Running
from seedream_desktop.gui.saving_searches import SavingSearches
from seedream_desktop.gui.searching import SearchTie
from seedream_desktop.gui.set_tie import SetTie
from seedream_desktop.gui.showing import Showing
from seedream_desktop.gui.storyboard_tie import StoryboardTie
from seedream_desktop.gui.undoing import Undoing
from seedream_desktop.gui.window_keys import WindowKeys

if TYPE_CHECKING:
    from seedream_desktop.gui.commands import Commands
    from seedream_desktop.gui.details_panel import DetailsPanel
    from seedream_desktop.gui.gallery_header import GalleryHeader
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.queue_panel import QueuePanel
    from seedream_desktop.gui.right_column import RightColumn
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.gui.status_line import StatusLine
    from seedream_desktop.gui.viewer import Viewer
    from seedream_desktop.gui.window import MainWindow
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the window."""

    window: MainWindow
    commands: Commands
    sidebar: Sidebar
    header: GalleryHeader
    gallery: GalleryView
    viewer: Viewer
    right: RightColumn
    details: DetailsPanel
    queue_panel: QueuePanel
    status: StatusLine
    notices: NoticeBar


class Ties(QObject):
    """Everything that listens to the parts and to the session."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Connect both ways."""
        super().__init__(parts.window)
        notices, sidebar = parts.notices, parts.sidebar
        settings = parts.window.settings()
        self.browsing = Browsing(
            sidebar, parts.header, parts.gallery, parts.viewer, parts.details, notices, session, settings
        )
        self.browsing.acting.tags.come_back(settings)
        self.judging = Judging(parts, self.browsing, session, settings)
        self.showing = Showing(parts, session, settings)
        self.browsing.compose_requested.connect(self.showing.leave_full_screen)
        self.browsing.viewer_requested.connect(parts.window.show_viewer)
        self.browsing.gallery_requested.connect(parts.window.show_gallery)
        self.browsing.compose_requested.connect(parts.window.compose_prompt)
        self.detailing = Detailing(parts.details, parts.gallery, parts.viewer, session)
        self.detailing.compose_requested.connect(parts.window.compose_prompt)
        self.detailing.made_with_requested.connect(self.browsing.show_made_with)
        self.detailing.place_requested.connect(self.browsing.show_picture)
        self.comparing = Comparing(parts, self.detailing, session)
        self.comparing.compose_requested.connect(parts.window.compose_prompt)
        self.comparing.act_requested.connect(self.browsing.acting.wish)
        self.showing.bare_changed.connect(self.comparing.set_bare)
        self.comparing.activated.connect(self.showing.show_compared)
        self.comparing_there = ComparingThere(self.comparing, self.showing)
        self.arranging = Arranging(parts.header, parts.gallery, session.pictures)
        self.running = Running(parts.gallery, sidebar, parts.status, parts.queue_panel, notices, session)
        self.board_menu = BoardMenu(sidebar, notices, session)
        bar = parts.window.generate_bar
        self.boarding = Boarding(sidebar, self.board_menu, bar, parts.status, notices, session)
        sidebar.fold_boards(settings.folded_boards)
        parts.window.remember = self._remembered
        self.caring = Caring(parts.commands, notices, session, parts.window)
        self.handing = Handing(parts, session)
        self.importing = ImportTie(parts, self.browsing, session)
        self.handing_over = HandOverTie(parts, session)
        self.board_menu.hand_over_requested.connect(self.handing_over.ask)
        self._tie_composing(parts, session, settings)
        self.liking = Liking(parts, self.browsing, session)
        self.saving_searches = SavingSearches(parts, self.browsing, session)
        self.searching = SearchTie(parts, self.browsing, session)
        self.window_keys = WindowKeys(parts.window, parts.commands)
        self._tie_undoing(parts, session)

    def _tie_composing(self, parts: Parts, session: Session, settings: Settings) -> None:
        """What is about the request that is being written."""
        self.recipe_offer = RecipeOffer(parts.window.compose, parts.notices, session)
        self.recipe_offer.compose_requested.connect(parts.window.compose_prompt)
        self.markup = MarkupTie(parts, session)
        self.press_grid = PressGridTie(parts, self.browsing, session)
        self.before_sending = BeforeSending(parts.window.generate_bar, session)
        self._drafts = session.drafts
        self.draft_tabs = DraftTabTie(parts, session)
        self.draft_files = DraftFileTie(parts, self.importing, session)
        self.presets = PresetTie(parts, session)
        self.sets = SetTie(parts.window.compose, session)
        self.storyboard = StoryboardTie(parts, self.browsing, self.handing, session)
        self.palette = PaletteTie(parts, self.presets, session, settings)
        self.prompt_history = HistoryTie(parts, session)
        self.prompt = PromptTie(parts, session)

    def _tie_undoing(self, parts: Parts, session: Session) -> None:
        """One key for each side that has steps."""
        self.undoing = Undoing(parts.commands, parts.right, session.draft, session.undo, parts.details)
        drawn = lambda editor: self.undoing.follow_drawing(editor, session.marking_up)  # noqa: E731
        self.markup.built.connect(drawn)

    def _remembered(self, settings: Settings) -> Settings:
        """What else comes back after a restart."""
        settings = self.browsing.acting.tags.remembered(self.judging.remembered(settings))
        settings = self.palette.remembered(settings)
        orders = self.browsing.orders.kept
        drafts = self._drafts
        settings = replace(settings, drafts=drafts.kept(), draft_place=drafts.place)
        return replace(settings, folded_boards=self.boarding.folded_boards, orders=orders)
