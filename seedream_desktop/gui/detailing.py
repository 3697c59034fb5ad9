"""What the details show, and what is wished for in them, brought to the session. Looking changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.gui.details_panel import DetailsPanel
    from seedream_desktop.gui.gallery_view import GalleryView
    from seedream_desktop.gui.viewer import Viewer
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.origins import Origin, Several
    from seedream_desktop.state.pictures import LibraryChange
    from seedream_desktop.state.session import Session

_SUM_UP_AFTER_MS = 60  # while a rubber band is stretched, nothing is added up


class Detailing(QObject):
    """Ties the details to gallery, viewer and session."""

    compose_requested = Signal()  # the draft was changed from here; the cursor belongs into the prompt
    made_with_requested = Signal(str)  # SHA-256: everything made with that picture shall be shown
    place_requested = Signal(object)  # Picture: shall be shown where it is kept

    def __init__(self, details: DetailsPanel, gallery: GalleryView, viewer: Viewer, session: Session) -> None:
        """Connect both ways."""
        super().__init__(details)
        self._details = details
        self._gallery = gallery
        self._viewer = viewer
        self._session = session
        self._shown_id = ""  # of the picture whose details are shown or looked up
        self._summing_up = QTimer(self, singleShot=True, interval=_SUM_UP_AFTER_MS)
        self._summing_up.timeout.connect(self._sum_up)
        self._connect()

    def show(self, picture: Picture) -> None:
        """Look up the details of ``picture`` and show them."""
        self._shown_id = picture.id
        self._summing_up.stop()
        self._session.origins.look_up(picture)

    def show_selection(self) -> None:
        """Show the details of what is selected in the gallery."""
        self._on_selection(self._gallery.selected_pictures())

    def _connect(self) -> None:
        details, origins, acts = self._details, self._session.origins, self._session.pictures.acts
        self._gallery.selection_changed.connect(self._on_selection)
        self._viewer.before_wanted.connect(self._on_before_wanted)
        self._viewer.row_changed.connect(self._on_row_viewed)
        self._viewer.closed.connect(self.show_selection)
        origins.origin_ready.connect(self._on_origin)
        origins.several_ready.connect(self._on_several)
        origins.failed.connect(self._session.pictures.failed)
        self._session.pictures.library_changed.connect(self._on_library_changed)
        details.rate_requested.connect(acts.rate)
        details.note_given.connect(acts.annotate)
        details.use_requested.connect(self._on_use)
        details.picture_requested.connect(self._on_picture_wished)
        details.back_requested.connect(self.show_selection)
        details.place_requested.connect(self.place_requested)
        details.made_with_requested.connect(self.made_with_requested)

    def _on_selection(self, pictures: tuple[Picture, ...]) -> None:
        ids = self._gallery.selected_ids()
        is_one = len(ids) == 1 and len(pictures) == 1
        if is_one and not self._session.gallery.query.trash:
            self.show(pictures[0])
            return
        self._shown_id = ""
        self._session.origins.forget()
        if ids:
            self._details.show_several(pictures, ids)
            self._summing_up.start()
        else:
            self._summing_up.stop()
            self._details.show_nothing()

    def _on_row_viewed(self, _row: int) -> None:
        """In the viewer it is the picture on the stage, though several are selected."""
        picture = self._viewer.current_picture()
        if picture is not None and picture.id != self._shown_id and not picture.trash_id:
            self.show(picture)

    def _sum_up(self) -> None:
        if ids := self._gallery.selected_ids():
            self._session.origins.sum_up(ids)

    def _on_several(self, several: Several) -> None:
        if several.ids == self._gallery.selected_ids():
            self._details.show_summary(several.summary)

    def _on_before_wanted(self, picture: Picture) -> None:
        self._shown_id = picture.id
        self._session.origins.look_up(picture)

    def _on_origin(self, origin: Origin) -> None:
        if origin.picture.id == self._shown_id:
            is_elsewhere = self._session.gallery.row_of(origin.picture.id) is None
            self._details.show_origin(origin, is_elsewhere=is_elsewhere)
        seen = self._viewer.current_picture()
        if seen is not None and seen.id == origin.picture.id:
            self._viewer.set_before(origin.before)

    def _on_picture_wished(self, picture_id: str) -> None:
        """Go to a relative: in the gallery where it is there, else here alone, with a way back."""
        row = self._session.gallery.row_of(picture_id)
        if row is None:
            self._session.origins.look_up_id(picture_id, self._follow)
        elif self._viewer.isVisible():
            self._viewer.show_row(row)
        else:
            self._gallery.select_row(row)

    def _follow(self, picture: Picture) -> None:
        self._shown_id = picture.id

    def _on_use(self, recipe: Recipe) -> None:
        self._session.draft.apply(recipe)
        self.compose_requested.emit()

    def _on_library_changed(self, change: LibraryChange) -> None:
        """What is shown may have been rated, tagged or moved."""
        self._details.set_boards(change.boards)
        for picture in change.changed:
            if picture.id == self._shown_id:
                self.show(picture)
        if self._details.shows_several and (change.changed or change.is_everything):
            self._summing_up.start()
