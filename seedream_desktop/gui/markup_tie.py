"""Marking up a reference as it is wished: begun from the tray, and left to where it was begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from seedream_desktop.gui.problem_words import problem_words

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import Problem
    from seedream_desktop.gui.markup_editor import MarkupEditor
    from seedream_desktop.gui.ties import Parts
    from seedream_desktop.state.marking_up import Used
    from seedream_desktop.state.session import Session


class MarkupTie(QObject):
    """Ties the tray to the editor, which is built when it is first wished for."""

    built = Signal(object)  # MarkupEditor

    def __init__(self, parts: Parts, session: Session) -> None:
        """Listen to the tray."""
        super().__init__(parts.window)
        self._parts = parts
        self._session = session
        self._editor: MarkupEditor | None = None
        self._came_from: QWidget | None = None
        parts.window.compose.tray.markup_requested.connect(self.mark_up)

    @property
    def editor(self) -> MarkupEditor | None:
        """The editor, once there was one."""
        return self._editor

    def mark_up(self, index: int) -> None:
        """Draw on the reference at ``index`` of the tray."""
        editor, stage = self._built(), self._parts.window.stage
        if stage.currentWidget() is not editor:
            self._came_from = stage.currentWidget()
        self._session.marking_up.open(index)
        stage.setCurrentWidget(editor)
        self._parts.window.parts.set_viewing(True)
        editor.setFocus()

    def _built(self) -> MarkupEditor:
        if self._editor is None:
            from seedream_desktop.gui.markup_editor import MarkupEditor  # late: when one draws

            session = self._session
            draw = lambda *of: session.worker.draw(*of)  # noqa: E731, PLW0108 - built later
            looking = (session.looking, session.reference_path, draw)
            editor = MarkupEditor(session.marking_up, session.thumbnails, *looking)
            editor.closed.connect(self._on_closed)
            editor.canvas.screen_changed.connect(self._follow_screen)
            session.screen_colours.changed.connect(self._follow_screen)
            session.marking_up.used.connect(self._on_used)
            session.marking_up.failed.connect(self._on_failed)
            self._parts.window.stage.addWidget(editor)
            self._editor = editor
            self.built.emit(editor)
        return self._editor

    def _follow_screen(self) -> None:
        """Convert colours for the screen that it is on."""
        if self._editor is not None:
            screen, colours = self._editor.screen(), self._session.screen_colours
            colours.ask(screen)
            self._editor.picture.set_screen(colours.of(screen).profile)

    def _go_back(self) -> None:
        """To where it was begun, if it is the editor that is seen."""
        window = self._parts.window
        if window.stage.currentWidget() is not self._editor:
            return
        if self._came_from is self._parts.viewer:
            window.show_viewer()
        elif self._came_from is None or self._came_from is self._parts.gallery:
            window.show_gallery()
        else:
            window.stage.setCurrentWidget(self._came_from)
            self._came_from.setFocus()

    def _on_closed(self) -> None:
        self._go_back()
        self._parts.right.show_compose()
        self._parts.window.compose.tray.focus_list()

    def _on_used(self, used: Used) -> None:
        """Go on with the prompt, and offer the words for what was marked."""
        if self._editor is not None and self._editor.isVisible():
            self._go_back()
            self._parts.window.compose_prompt()
        if used.index < 0:
            return
        number = used.index + 1
        said = self.tr("Image {number} is marked up. The original is kept.").format(number=number)
        if not used.markup.marks:
            self._parts.notices.say(said)
            return
        from seedream_desktop.gui.markup_words import clause_of, speaks_chinese  # late: as above

        is_chinese = speaks_chinese(self._session.draft.recipe.prompt or "")
        clause = clause_of(used.markup.marks[-1], number, is_chinese=is_chinese)
        act = self.tr("Insert “{clause}”").format(clause=clause)
        self._parts.notices.say(said, act, lambda: self._insert(clause))

    def _insert(self, clause: str) -> None:
        """Put it where the cursor is, as typing that can be undone."""
        from seedream_desktop.gui.markup_words import speaks_chinese  # late: as above

        self._parts.window.compose_prompt()
        prompt = self._parts.window.compose.prompt
        before = prompt.toPlainText()[: prompt.textCursor().selectionStart()]
        is_joined = before[-1:].isspace() or speaks_chinese(clause) or not before
        prompt.insert(clause if is_joined else f" {clause}")

    def _on_failed(self, problem: Problem) -> None:
        """What was drawn is kept, also where the designer has moved on."""
        if self._editor is not None and not self._editor.isVisible():
            self._session.marking_up.leave()
        self._parts.notices.warn(problem_words(problem).without_money)
