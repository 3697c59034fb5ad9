"""Comparing as it is wished for: begun from gallery, viewer or filmstrip, and left to where it was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.state.comparison import Comparison
from seedream_desktop.state.run_off import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from seedream_desktop.gui.compare_stage import CompareStage
    from seedream_desktop.gui.compare_view import CompareView
    from seedream_desktop.gui.detailing import Detailing
    from seedream_desktop.gui.letter_choice import DetailsChoice
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.imaging.drawing import Drawing
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.origins import Origin
    from seedream_desktop.state.session import Session
    from seedream_desktop.state.word_differences import Piece
    from seedream_desktop.tasks import Task


class Comparing(QObject):
    """Ties the comparison to where it is begun and to the session; its view is built when it is wanted."""

    compose_requested = Signal()  # the draft was changed from here; the cursor belongs into the prompt
    shown = Signal(object)  # CompareView while it is seen, else None
    activated = Signal(object)  # Picture: acts are for that one from now on
    act_requested = Signal(object, object, object)  # PictureKey, tuple[Picture, ...], QWidget to open over

    def __init__(self, parts: Parts, detailing: Detailing, session: Session) -> None:
        """Listen to gallery, header, viewer and filmstrip."""
        super().__init__(parts.window)
        self._parts = parts
        self._detailing = detailing
        self._session = session
        self.comparison = self._comparison = Comparison(self)
        self._view: CompareView | None = None
        self._choice: DetailsChoice | None = None
        self._is_from_viewer = False
        self._is_bare = False
        self._looking: Task | None = None
        self._told: tuple[str, ...] = ()  # of which pictures the differences were looked up last
        self._comparison.changed.connect(self._on_changed)
        self._comparison.ended.connect(self._close)
        session.pictures.library_changed.connect(self._comparison.apply_change)
        for source in (parts.gallery, parts.header):
            source.act_requested.connect(self._on_act)
        parts.viewer.act_requested.connect(self._on_viewer_act)
        parts.viewer.filmstrip.row_added.connect(self._on_row_added)

    def compare(self, ids: tuple[str, ...]) -> None:
        """Hold these against each other, one alone against its neighbour; of more than four, in a run-off."""
        if len(ids) == 1:
            ids = (*ids, *self._neighbour_of(ids[0]))
        if len(ids) > 1:
            self._is_from_viewer = self._parts.viewer.isVisible()
            self._session.origins.pictures(ids, self._begin)

    def set_bare(self, is_bare: bool) -> None:
        """Show pictures only, also in a comparison that is begun later; or all that is known of them."""
        self._is_bare = is_bare
        if self._view is not None:
            self._view.show_only_pictures(is_bare)

    def make_stage(self, is_wanted: Callable[[], bool], parent: QObject) -> CompareStage:
        """Another place for what is compared, in the colours of its own screen."""
        from seedream_desktop.gui.compare_stage import CompareStage  # late: when one compares

        session = self._session
        drawing = (session.looking, self._draw)
        stage = CompareStage(self._comparison, session.thumbnails, *drawing, is_wanted, parent)
        stage.follow_screens(session.screen_colours)
        return stage

    def drag_out(self, place: int) -> None:
        """Drag out what is compared in that place."""
        self._parts.viewer.drag_requested.emit((self._comparison.pictures[place],))

    def _draw(self, path: Path, profile: Path | None) -> Drawing:
        return self._session.worker.draw(path, profile)

    def _on_act(self, key: PictureKey) -> None:
        if key is PictureKey.COMPARE and not self._session.gallery.query.trash:
            self.compare(self._parts.gallery.selected_ids())

    def _on_viewer_act(self, key: PictureKey, picture: Picture) -> None:
        if key is PictureKey.COMPARE and not picture.trash_id:
            self.compare((picture.id,))

    def _on_row_added(self, row: int) -> None:
        """One of the filmstrip is held against the one on the viewer's stage."""
        here, there = self._parts.viewer.current_picture(), self._session.gallery.picture(row)
        if here is not None and there is not None and here.id != there.id:
            self.compare((here.id, there.id))

    def _neighbour_of(self, picture_id: str) -> tuple[str, ...]:
        gallery = self._session.gallery
        row = gallery.row_of(picture_id)
        if row is None:
            return ()
        beside = (other for other in (row + 1, row - 1) if 0 <= other < gallery.rowCount())
        found = (gallery.picture_id(other) for other in beside)
        return tuple(other_id for other_id in found if other_id)[:1]

    def _begin(self, pictures: tuple[Picture, ...]) -> None:
        if len(pictures) < 2:
            return
        view = self._built()
        self._told = ()
        view.show_only_pictures(self._is_bare)
        self._parts.window.stage.setCurrentWidget(view)
        self._parts.window.parts.set_viewing(True)
        view.setFocus()
        self._comparison.begin(pictures)

    def _built(self) -> CompareView:
        if self._view is None:
            from seedream_desktop.gui.compare_view import CompareView  # late: when one compares
            from seedream_desktop.gui.letter_choice import DetailsChoice  # late: as above

            session = self._session
            drawing = (session.looking, self._draw)
            view = CompareView(self._comparison, session.gallery, session.thumbnails, *drawing)
            self._connect(view)
            self._parts.window.stage.addWidget(view)
            view.stage.follow_screens(session.screen_colours)
            self._view, self._choice = view, DetailsChoice()
            self._choice.hide()
            self._choice.letter_chosen.connect(self._comparison.activate)
            self._parts.right.add_head(self._choice)
            view.shown.connect(self._on_shown)
        return self._view

    def _connect(self, view: CompareView) -> None:
        acts = self._session.pictures.acts
        view.closed.connect(self._close)
        view.rate_requested.connect(acts.rate)
        view.reject_requested.connect(acts.reject)
        view.trash_requested.connect(acts.trash)
        view.edit_requested.connect(self._edit)
        view.reference_requested.connect(self._use_as_references)
        view.act_requested.connect(lambda key, picture: self.act_requested.emit(key, (picture,), view))
        for wish, same in (
            (view.copy_requested, self._parts.viewer.copy_requested),
            (view.copy_files_requested, self._parts.viewer.copy_files_requested),
            (view.drag_requested, self._parts.viewer.drag_requested),
        ):
            wish.connect(same)
        view.verdict_requested.connect(self._decide)
        view.step_back_requested.connect(self._take_back)
        view.picture_requested.connect(self._go_to)

    def _edit(self, picture: Picture) -> None:
        self._session.edit(picture)
        self.compose_requested.emit()

    def _use_as_references(self, pictures: tuple[Picture, ...]) -> None:
        self._session.intake.take_files(tuple(picture.path for picture in pictures))

    def _decide(self, verdict: Verdict) -> None:
        challenger = self._comparison.pictures[1]
        self._comparison.decide(verdict)
        if verdict is Verdict.REJECTED and not challenger.rejected:
            self._session.pictures.acts.reject((challenger.id,), True)

    def _take_back(self) -> None:
        """What was rejected by that step is so no longer."""
        step = self._comparison.take_back()
        if step is not None and step[0].verdict is Verdict.REJECTED:
            self._session.pictures.acts.reject((step[1].id,), False)

    def _on_changed(self) -> None:
        """Show the details of the active picture, and look up what differs if others are compared now."""
        active, pictures = self._comparison.active_picture, self._comparison.pictures
        if self._view is None or active is None or not self._view.isVisible():
            return
        self._detailing.show(active)
        self.activated.emit(active)
        self._show_choice()
        ids = tuple(picture.id for picture in pictures)
        if len(ids) < 2:
            self._told = ()
            self._view.show_lines(None)
        elif ids != self._told:
            self._told = ids
            self._view.show_lines(None)
            if self._looking is not None:
                self._looking.cancel()
            self._looking = self._session.origins.of_each(pictures, self._on_origins)

    def _on_shown(self, is_shown: bool) -> None:
        """The letter beside the tabs is there while one compares."""
        if self._choice is not None:
            self._choice.setVisible(is_shown)
        self.shown.emit(self._view if is_shown else None)

    def _show_choice(self) -> None:
        pictures = self._comparison.pictures
        if self._choice is not None and self._view is not None:
            names = [picture.path.name for picture in pictures]
            self._choice.show_letters(self._view.labels, names, self._comparison.active)

    def _on_origins(self, origins: tuple[Origin, ...]) -> None:
        from seedream_desktop.gui.compare_words import prompt_of  # late: when one compares
        from seedream_desktop.state.word_differences import differences  # late: as above

        prompts = [prompt_of(origin) for origin in origins]

        def show(pieces: tuple[tuple[Piece, ...], ...]) -> None:
            self._show_lines(origins, pieces)

        self._looking = self._session.reading.call(lambda: differences(prompts), show)

    def _show_lines(self, origins: tuple[Origin, ...], pieces: tuple[tuple[Piece, ...], ...]) -> None:
        from seedream_desktop.gui.compare_words import differing_lines  # late: as above

        if self._view is not None and tuple(one.picture.id for one in origins) == self._told:
            self._view.show_lines(differing_lines(origins, pieces, self._session.catalog))

    def _go_to(self, picture_id: str) -> None:
        self._close()
        row = self._session.gallery.row_of(picture_id)
        if row is not None:
            self._parts.gallery.select_row(row)

    def _close(self) -> None:
        """Back to where it was begun, as it was there."""
        if self._view is None or not self._view.isVisible():
            return
        if self._is_from_viewer:
            self._parts.window.show_viewer()
        else:
            self._parts.window.show_gallery()
        self._detailing.show_selection()
