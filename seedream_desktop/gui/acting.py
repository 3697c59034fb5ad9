"""What is wished to be done to pictures, brought to the session; and what came of it, with Undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from seedream_desktop.gui import words
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.plain_label import make_plain
from seedream_desktop.gui.tagging import TagTie
from seedream_desktop.state.activities import ActivityKind

if TYPE_CHECKING:
    from seedream_desktop.gui.gallery_header import GalleryHeader
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.gui.rename_popup import RenamePopup
    from seedream_desktop.gui.renamed_selection import RenamedSelection
    from seedream_desktop.gui.sidebar import Sidebar
    from seedream_desktop.gui.viewer import Viewer
    from seedream_desktop.library.values import Counts, Picture
    from seedream_desktop.state.acts import Done
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.session import Session
    from seedream_desktop.state.undo import Step

_MANY = 50  # pictures; so many ratings or tags are worth a notice
_SEEN_AT_ONCE = {
    ActivityKind.RATE,
    ActivityKind.REJECT,
    ActivityKind.UNREJECT,
    ActivityKind.TAG,
    ActivityKind.NOTE,
}


class Acting(QObject):
    """Ties whatever can wish for an act to the acts of a session."""

    def __init__(
        self,
        sidebar: Sidebar,
        header: GalleryHeader,
        gallery: GalleryView,
        viewer: Viewer,
        notices: NoticeBar,
        session: Session,
    ) -> None:
        """Connect both ways."""
        super().__init__()
        self._header = header
        self._gallery = gallery
        self._viewer = viewer
        self._notices = notices
        self._session = session
        self._acts = session.pictures.acts
        self._can = session.pictures.trash_can
        self._counts: Counts | None = None
        self._offered: Step | None = None  # what the notice offers to undo
        self.tags = TagTie(gallery, session)
        self._names: RenamePopup | None = None
        self._renamed: RenamedSelection | None = None
        sidebar.pictures_dropped.connect(self._acts.move)
        for source in (gallery, viewer):
            source.trash_requested.connect(self._on_trash)
            source.rate_requested.connect(self._acts.rate)
        viewer.act_requested.connect(lambda key, picture: self.wish(key, (picture,), viewer))
        self._connect_header()
        self._connect_facts()

    def _connect_header(self) -> None:
        header, gallery = self._header, self._gallery
        header.trash_requested.connect(lambda: self._on_trash(gallery.selected_ids()))
        for source in (header, gallery):
            source.act_requested.connect(self._on_act)

    def _connect_facts(self) -> None:
        self._session.pictures.library_changed.connect(self._on_library_changed)
        self._acts.done.connect(self._on_done)
        self._can.emptied.connect(self._on_emptied)
        self._can.not_taken.connect(self._on_not_taken)
        self._session.undo.changed.connect(self._on_steps_changed)

    def _on_act(self, key: PictureKey) -> None:
        ids, is_in_trash = self._gallery.selected_ids(), self._session.gallery.query.trash
        if key is PictureKey.EMPTY_TRASH:
            self._on_empty()
        elif ids and is_in_trash and key is PictureKey.RESTORE:
            self._acts.restore(ids)
        elif ids and is_in_trash and key is PictureKey.PURGE:
            self._on_purge(ids)
        elif ids and not is_in_trash and key is PictureKey.TAG:
            self.tags.tag(ids, self._gallery)
        elif ids and not is_in_trash and key is PictureKey.RENAME:
            self._rename(self._gallery.selected_pictures(), ids, self._gallery)

    def wish(self, key: PictureKey, pictures: tuple[Picture, ...], over: QWidget) -> None:
        """Do to pictures what a key wants, with what has to be asked over ``over``."""
        ids = tuple(picture.id for picture in pictures if not picture.trash_id)
        if ids and key is PictureKey.TAG:
            self.tags.tag(ids, over)
        elif ids and key is PictureKey.RENAME:
            self._rename(pictures, ids, over)

    def _rename(self, pictures: tuple[Picture, ...], ids: tuple[str, ...], over: QWidget) -> None:
        from seedream_desktop.gui.rename_popup import RenamePopup  # late: when one asks for it
        from seedream_desktop.gui.renamed_selection import RenamedSelection  # late: as above

        if self._names is None:
            self._names = RenamePopup(self._gallery)
            self._renamed = RenamedSelection(self._gallery, self._session.gallery, self._acts)
            self._names.name_given.connect(self._acts.rename)
        if self._renamed is not None:
            self._renamed.keep_seen(self._viewer if over is self._viewer else None)
        titles = {picture.title for picture in pictures}
        self._names.ask(ids, titles.pop() if len(titles) == 1 else "", over)

    def _on_trash(self, ids: tuple[str, ...]) -> None:
        if not self._session.gallery.query.trash:
            self._acts.trash(ids)
        elif ids:
            self._on_purge(ids)

    def _on_library_changed(self, change: LibraryChange) -> None:
        self._counts = change.counts

    def _on_done(self, done: Done) -> None:
        """Say what was done, where it cannot be seen or was much, and offer to take it back."""
        is_small = done.kind in _SEEN_AT_ONCE and done.wanted < _MANY
        is_undone = done.step is None
        if not done.wanted or (is_undone and done.count == done.wanted):
            return
        if done.count == done.wanted and is_small:
            return
        text = self._done_words(done.kind).format(pictures=words.pictures(done.count))
        if is_undone:
            text = self.tr("{count} of {pictures} could be taken back or done again.").format(
                count=words.number(done.count), pictures=words.pictures(done.wanted)
            )
        elif done.is_stopped:
            rest = words.pictures(done.wanted - done.count)
            text = self.tr("{done} {pictures} stay as they were.").format(done=text, pictures=rest)
        if done.step is not None and done.count:
            self._notices.say(text, self.tr("Undo"), self._session.undo.undo)
            self._offered = done.step
        elif done.count or is_undone:
            self._notices.say(text)

    def _done_words(self, kind: ActivityKind) -> str:
        return {
            ActivityKind.RATE: self.tr("{pictures} rated."),
            ActivityKind.REJECT: self.tr("{pictures} rejected."),
            ActivityKind.UNREJECT: self.tr("{pictures} no longer rejected."),
            ActivityKind.TAG: self.tr("{pictures} tagged."),
            ActivityKind.NOTE: self.tr("Note of {pictures} changed."),
            ActivityKind.RENAME: self.tr("{pictures} renamed."),
            ActivityKind.MOVE: self.tr("{pictures} moved."),
            ActivityKind.TRASH: self.tr("{pictures} moved to the trash."),
            ActivityKind.RESTORE: self.tr("{pictures} put back."),
            ActivityKind.RENAME_TAG: self.tr("The tag is renamed on {pictures}."),
        }[kind]

    def _on_steps_changed(self) -> None:
        """A notice does not go on offering to undo what is not the newest step any more."""
        if self._offered is not None and self._session.undo.next_undo is not self._offered:
            self._offered = None
            self._notices.withdraw_offer()

    def _on_purge(self, ids: tuple[str, ...]) -> None:
        pictures = self._gallery.selected_pictures()
        size_bytes = sum(one.size_bytes for one in pictures) if len(pictures) == len(ids) else 0
        name = pictures[0].path.stem if len(ids) == 1 and pictures else self._folder_name(len(ids))
        question = self.tr("Move {pictures} to the system's trash?")
        self._ask(
            question.format(pictures=self._how_many(len(ids), size_bytes)),
            self.tr("Move to the system's trash"),
            lambda: self._can.purge(ids, name),
            len(ids),
        )

    def _on_empty(self) -> None:
        counts = self._counts
        if counts is None or not counts.trash:
            return
        question = self.tr("Empty the trash? {pictures} go to the system's trash.")
        self._ask(
            question.format(pictures=self._how_many(counts.trash, counts.trash_bytes)),
            self.tr("Empty the trash"),
            lambda: self._can.empty(self._folder_name(counts.trash)),
            counts.trash,
        )

    def _on_emptied(self, count: int) -> None:
        text = self.tr("{pictures} moved to the system's trash, in one folder with what made them.")
        self._notices.say(text.format(pictures=words.pictures(count)))

    def _on_not_taken(self, entry_ids: tuple[str, ...]) -> None:
        """The library is on a disk without a trash: what cannot be undone is asked for."""
        question = self.tr("There is no system trash for this library. Delete {pictures} for good?")
        self._ask(
            question.format(pictures=words.pictures(len(entry_ids))),
            self.tr("Delete for good"),
            lambda: self._can.delete(entry_ids),
            len(entry_ids),
            self.tr("This cannot be undone."),
        )

    def _ask(self, question: str, act: str, then: Callable[[], None], count: int, more: str = "") -> None:
        """About ``count`` pictures."""
        box = QMessageBox(self._gallery.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(question)
        one, several = self.tr("What it cost stays on record."), self.tr("What they cost stays on record.")
        costs = one if count == 1 else several
        box.setInformativeText(f"{more} {costs}".strip())
        wanted = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(self.tr("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        wanted.clicked.connect(then)
        make_plain(box)
        box.open()

    def _folder_name(self, count: int) -> str:
        """What the folder in the system's trash is called."""
        return self.tr("{pictures} from Seedream Desktop").format(pictures=words.pictures(count))

    def _how_many(self, count: int, size_bytes: int) -> str:
        pictures = words.pictures(count)
        if not size_bytes:
            return pictures
        return self.tr("{pictures} ({size})").format(pictures=pictures, size=words.size_in_mb(size_bytes))
