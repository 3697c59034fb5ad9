"""Pictures on their way out of the window: dragged, copied, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from seedream_desktop.generation.plain import plain
from seedream_desktop.gui import words
from seedream_desktop.gui.gallery_keys import PictureKey
from seedream_desktop.gui.plain_label import LABEL_CHARACTERS
from seedream_desktop.gui.problem_words import joined, problem_words

if TYPE_CHECKING:
    from pathlib import Path

    from seedream_desktop.gui.exporting import ExportTie
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.programs import ProgramChoice
    from seedream_desktop.state.session import Session
    from seedream_desktop.state.working_copies import WorkingCopies


_HANDED = {
    PictureKey.COPY_PROMPT,
    PictureKey.COPY_RECIPE,
    PictureKey.OPEN_WITH,
    PictureKey.CHOOSE_PROGRAM,
}


class Handing(QObject):
    """Ties gallery, viewer and header to what hands pictures out."""

    def __init__(self, parts: Parts, session: Session) -> None:
        """Connect both ways; what exports is built when it is first wished for."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._exporting: ExportTie | None = None
        self._hears_copies = False
        gallery, viewer, header = parts.gallery, parts.viewer, parts.header
        for source in (gallery, viewer):
            source.drag_requested.connect(lambda pictures, source=source: self._drag(source, pictures))
        strip, lineage = viewer.filmstrip, parts.details.lineage
        strip.follow_selection(gallery.selectionModel())
        strip.selection_drag_requested.connect(lambda: gallery.with_selected(viewer.drag_requested.emit))
        lineage.drag_requested.connect(self._drag_relative)
        for wishing in (gallery, header):
            wishing.act_requested.connect(self._on_act)
        gallery.too_many_selected.connect(self._on_too_many)
        viewer.act_requested.connect(lambda key, picture: self._do(key, (picture,), (picture.id,)))
        session.handing_out.prompt_copied.connect(lambda: parts.notices.say(self.tr("Prompt copied.")))
        session.handing_out.recipe_copied.connect(self._on_recipe_copied)
        session.handing_out.credentials_lost.connect(self._on_credentials_lost)

    @property
    def exporting(self) -> ExportTie:
        """What exports."""
        from seedream_desktop.gui.exporting import ExportTie  # late: rarely wanted

        if self._exporting is None:
            self._exporting = ExportTie(self._parts, self._session)
        return self._exporting

    def _drag(self, source: QWidget, pictures: tuple[Picture, ...]) -> None:
        """Drag files out; with Alt those that tell nothing."""
        is_clean = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.AltModifier)

        def begin(paths: tuple[Path, ...]) -> None:
            from seedream_desktop.gui.picture_drag import drag_pictures  # late: when one drags

            if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:  # else it was let go meanwhile
                drag_pictures(source, pictures, paths, self._session.thumbnails)

        self._session.handing_out.prepare(pictures, begin, is_clean=is_clean)

    def _drag_relative(self, picture_id: str) -> None:
        """A picture that is shown in the details only."""
        self._session.origins.pictures((picture_id,), self._parts.viewer.drag_requested.emit)

    def _on_act(self, key: PictureKey) -> None:
        gallery = self._parts.gallery
        if key is PictureKey.EXPORT:
            if (ids := gallery.selected_ids()) and not self._session.gallery.query.trash:
                self.exporting.ask(ids)
        elif key in _HANDED:
            gallery.with_selected(lambda pictures: self._do(key, pictures, ()))

    def _on_too_many(self, most: int) -> None:
        text = self.tr("{pictures} at most are dragged or copied at once. Export… takes any number.")
        self._parts.notices.say(text.format(pictures=words.pictures(most)))

    def _do(self, key: PictureKey, pictures: tuple[Picture, ...], ids: tuple[str, ...]) -> None:
        handing_out = self._session.handing_out
        if not pictures or self._session.gallery.query.trash:
            return
        if key is PictureKey.COPY_PROMPT:
            handing_out.copy_prompt(pictures)
        elif key is PictureKey.COPY_RECIPE:
            handing_out.copy_recipe(pictures[0])
        elif key is PictureKey.OPEN_WITH:
            self._working_copies().open(pictures)
        elif key is PictureKey.CHOOSE_PROGRAM:
            self._working_copies().look(pictures)
        elif key is PictureKey.EXPORT:
            self.exporting.ask(ids)

    def _working_copies(self) -> WorkingCopies:
        copies = self._session.working_copies
        if not self._hears_copies:
            self._hears_copies = True
            copies.opened.connect(self._on_copies_opened)
            copies.choice_known.connect(self._on_choice_known)
            copies.failed.connect(
                lambda problem: self._parts.notices.warn(problem_words(problem).without_money)
            )
        return copies

    def _on_choice_known(self, pictures: tuple[Picture, ...], choice: ProgramChoice) -> None:
        from seedream_desktop.gui.program_menu import program_menu  # late: when one asks for it
        from seedream_desktop.platforms.platform import current  # late: as above

        window, copies = self._parts.window, self._session.working_copies
        folder = current().programs_folder()
        menu = program_menu(window, choice, folder, lambda program: copies.open(pictures, program))
        at, around = QCursor.pos(), window.frameGeometry()
        menu.popup(at if around.contains(at) else around.center())

    def _on_copies_opened(self, made: tuple[Picture, ...], wanted: int, program: str) -> None:
        """Say what may be saved over, and that the original stays."""
        program = plain(program, LABEL_CHARACTERS) or self.tr("another program")
        if len(made) == 1 == wanted:
            text = self.tr("{name} is open in {program}. Save it there; the original stays as it is.")
            text = text.format(name=made[0].path.name, program=program)
        else:
            text = self.tr("{pictures} are open as copies in {program}; the originals stay.")
            text = text.format(pictures=words.pictures(len(made)), program=program)
        if len(made) < wanted:
            rest = self.tr("{count} at most are opened at once.").format(count=words.number(len(made)))
            text = joined(text, rest)
        self._parts.notices.say(text)

    def _on_recipe_copied(self) -> None:
        self._parts.notices.say(self.tr("Recipe copied. Paste it into the prompt to use it again."))

    def _on_credentials_lost(self, count: int) -> None:
        text = self.tr(
            "Content credentials of {pictures} are not valid in the copy: what made it was written inside."
        )
        self._parts.notices.warn(text.format(pictures=words.pictures(count)))
