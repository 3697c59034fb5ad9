"""What the field under Ctrl+K offers: commands, what can be done to what is selected, places, presets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from seedream_desktop.gui import words

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from seedream_desktop.gui.command_offers import Offer
    from seedream_desktop.gui.command_palette import CommandPalette
    from seedream_desktop.gui.places import Entry
    from seedream_desktop.gui.preset_tie import PresetTie
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

_Act = Callable[[], object]


class PaletteTie(QObject):
    """Ties the palette to everything that it does."""

    def __init__(self, parts: Parts, presets: PresetTie, session: Session, settings: Settings) -> None:
        """Know what was chosen lately; nothing is built before it is asked for."""
        super().__init__(parts.window)
        self._parts = parts
        self._presets = presets
        self._session = session
        self._recent = settings.recent_commands
        self._acts: dict[str, _Act] = {}  # of what is offered
        self._menu: QMenu | None = None  # of the pictures that are selected
        self._palette: CommandPalette | None = None
        parts.commands.palette_requested.connect(self.open)

    @property
    def palette(self) -> CommandPalette:
        """The field and its list."""
        if self._palette is None:
            from seedream_desktop.gui.command_palette import CommandPalette  # late: when it is asked for

            palette = self._palette = CommandPalette(self._parts.window)
            palette.chosen.connect(self._do)
            palette.searched.connect(self._search)
            palette.closed.connect(self._let_menu_go)
        return self._palette

    def open(self) -> None:
        """Offer what can be done now; presets come once they are read."""
        if self.palette.isVisible():
            return
        window = self._parts.window
        self._let_menu_go()
        self._menu = self._picture_menu()
        self.palette.open_over(window, self._offers(), self._recent)
        self._session.presets.read(self._refresh)

    def remembered(self, settings: Settings) -> Settings:
        """What comes back after a restart."""
        return replace(settings, recent_commands=self._recent)

    def _refresh(self) -> None:
        if self.palette.isVisible():
            self.palette.show_offers(self._offers())

    def _offers(self) -> tuple[Offer, ...]:
        acts: dict[str, _Act] = {}
        offers = []
        for offer, act in (
            *self._of_pictures(),
            *self._parts.commands.offered(),
            *self._of_places(),
            *self._of_presets(),
        ):
            if offer.id not in acts:
                acts[offer.id] = act
                offers.append(offer)
        self._acts = acts
        return tuple(offers)

    def _of_pictures(self) -> Iterator[tuple[Offer, _Act]]:
        """What the menu of the pictures that are meant holds."""
        if self._menu is None:
            return
        from seedream_desktop.gui.command_offers import Offer  # late: when it is asked for
        from seedream_desktop.gui.shortcuts import shortcuts  # late: as above

        count = 1 if self._is_viewing() else len(self._parts.gallery.selected_ids())
        keys = {_bare(shortcut.words): shortcut.shown for shortcut in shortcuts()}
        for text, action in _entries(self._menu):
            key = keys.get(_bare(text), "")
            yield Offer(f"picture:{text}", text, words.pictures(count), key), action.trigger

    def _of_places(self) -> Iterator[tuple[Offer, _Act]]:
        from seedream_desktop.gui.command_offers import Offer  # late: as above

        for entry in self._parts.sidebar.every_place():
            place_id = f"{entry.place}:{entry.board_id or entry.search_id}"
            act = lambda entry=entry: self._parts.sidebar.go(entry)  # noqa: E731
            yield Offer(place_id, entry.words, self._kind(entry), also=entry.asks), act

    def _of_presets(self) -> Iterator[tuple[Offer, _Act]]:
        from seedream_desktop.gui.command_offers import Offer  # late: as above

        for preset in self._session.presets.presets:
            act = lambda preset_id=preset.id: self._presets.apply(preset_id)  # noqa: E731
            yield Offer(f"preset:{preset.id}", preset.name, self.tr("Preset")), act

    def _kind(self, entry: Entry) -> str:
        if entry.search_id:
            return self.tr("Saved search")
        if not entry.board_id:
            return self.tr("Place")
        return self.tr("Board in {board}").format(board=entry.parent) if entry.parent else self.tr("Board")

    def _picture_menu(self) -> QMenu | None:
        """The menu of what is seen large, or is selected."""
        viewer, gallery = self._parts.viewer, self._parts.gallery
        if self._is_viewing():
            picture = viewer.current_picture()
            return viewer.menu(picture) if picture is not None else None
        return gallery.selection_menu()

    def _is_viewing(self) -> bool:
        return self._parts.window.stage.currentWidget() is self._parts.viewer

    def _let_menu_go(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()  # after what was chosen in it
            self._menu = None

    def _do(self, offer_id: str) -> None:
        act = self._acts.get(offer_id)
        if act is None:
            return
        from seedream_desktop.gui.command_offers import chosen_lately  # late: as above

        self._recent = chosen_lately(self._recent, offer_id)
        act()

    def _search(self, text: str) -> None:
        self._parts.window.search()
        self._parts.header.search.ask_for(text, ())


def _entries(menu: QMenu, around: str = "") -> Iterator[tuple[str, QAction]]:
    """What a menu and those in it hold, with their names before."""
    for action in menu.actions():
        text = action.text().replace("&&", "&")
        inner: object = action.menu()
        if isinstance(inner, QMenu):
            yield from _entries(inner, f"{around}{text}: ")
        elif action.isEnabled() and not action.isSeparator():
            yield f"{around}{text}", action


def _bare(text: str) -> str:
    return text.rstrip("… ")
