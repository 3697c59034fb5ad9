"""Tags wished for pictures, brought to the session; those used lately come back after a restart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from seedream_desktop.gui.tag_popup import Tagging, TagPopup
    from seedream_desktop.library.library import Library
    from seedream_desktop.settings import Settings
    from seedream_desktop.state.session import Session

RECENT_MOST = 8  # of each library
_LIBRARIES_MOST = 8


class TagTie(QObject):
    """Opens the panel of tags, built when it is wanted, and remembers what was given or taken away last."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        """The panel opens over parts of ``parent``'s window."""
        super().__init__(parent)
        self._parent = parent
        self._session = session
        self._recent: dict[str, tuple[str, ...]] = {}  # by library id, the last one first
        self._popup: TagPopup | None = None
        session.forgetting.forgotten.connect(lambda _: self._forget_unknown())

    def come_back(self, settings: Settings) -> None:
        """Take what is remembered."""
        for library_id, tag in settings.recent_tags:
            self._recent[library_id] = (*self._recent.get(library_id, ()), tag)[:RECENT_MOST]

    def remembered(self, settings: Settings) -> Settings:
        """With the tags used lately, those of the library that was tagged in last at the end."""
        lately = list(self._recent.items())[-_LIBRARIES_MOST:]
        return replace(settings, recent_tags=tuple((key, tag) for key, tags in lately for tag in tags))

    def tag(self, ids: tuple[str, ...], over: QWidget) -> None:
        """Ask for tags of these pictures over ``over``."""
        popup = self._built()
        library_id = self._library_id()

        def look(library: Library) -> Tagging:
            from seedream_desktop.gui.tag_popup import Tagging  # late: when one asks for it

            return Tagging(ids, library.tags_of(ids), library.known_tags(), self._recent.get(library_id, ()))

        self._session.pictures.act(look, lambda tagging: popup.show_tags(tagging, over))

    def _built(self) -> TagPopup:
        if self._popup is None:
            from seedream_desktop.gui.tag_popup import TagPopup  # late: when one asks for it

            self._popup = TagPopup(self._parent)
            self._popup.tag_changed.connect(self._on_tag_changed)
            self._popup.tag_renamed.connect(self._on_tag_renamed)
        return self._popup

    def _on_tag_changed(self, ids: tuple[str, ...], tag: str, has_it: bool) -> None:
        others = (one for one in self._of_library() if one != tag)
        self._keep((tag, *others))
        self._session.pictures.acts.tag(ids, add=(tag,) if has_it else (), remove=() if has_it else (tag,))

    def _on_tag_renamed(self, tag: str, name: str) -> None:
        self._keep(dict.fromkeys(name if one == tag else one for one in self._of_library()))
        self._session.pictures.acts.rename_tag(tag, name)

    def _of_library(self) -> tuple[str, ...]:
        return self._recent.get(self._library_id(), ())

    def _keep(self, tags: Iterable[str]) -> None:
        library_id = self._library_id()
        self._recent.pop(library_id, None)
        self._recent[library_id] = tuple(tags)[:RECENT_MOST]

    def _forget_unknown(self) -> None:
        """A board is forgotten for good: a tag that only its pictures had is nobody's to read any more."""
        self._session.pictures.act(
            lambda library: library.known_tags(),
            lambda known: self._keep(tag for tag in self._of_library() if tag in known),
        )

    def _library_id(self) -> str:
        library = self._session.pictures.library
        return "" if library is None else library.id
