"""Compose: the prompt, the references and the parameters of the draft, one below the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from seedream_desktop.generation.catalog import Catalog, prompt_length
from seedream_desktop.generation.errors import Problem, ProblemKind
from seedream_desktop.generation.recipe import may_be_many
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.parameter_panel import ParameterPanel
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.prompt_editor import PromptEditor
from seedream_desktop.gui.reference_tray import ReferenceTray
from seedream_desktop.gui.theme import EDGE_PX, GAP_PX, GROUP_PX, SPACE_PX, caption_font
from seedream_desktop.gui.viewport import set_own_viewport
from seedream_desktop.state.incoming import (
    DRAFT_SUFFIX,
    Incoming,
    offers_references,
    pasted,
    read_incoming,
    recipe_of,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.gui.prompt_choices import PromptChoices
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.sent_forms import SentForms
    from seedream_desktop.state.thumbnail_cache import ThumbnailCache

_REFERENCE_KINDS = frozenset(
    {
        ProblemKind.NO_REFERENCE_TAKEN,
        ProblemKind.REFERENCE_NEEDED,
        ProblemKind.TOO_MANY_REFERENCES,
        ProblemKind.REFERENCE_GONE,
    }
)
_PROMPT_KINDS = frozenset({ProblemKind.BRACES_UNBALANCED, ProblemKind.TOO_MANY_REQUESTS})


class ComposePanel(QScrollArea):
    """Everything that makes up a request; pictures dropped anywhere on it are wished for as references."""

    files_dropped = Signal(object)  # tuple[Path, ...]: to become references
    boards_dropped = Signal(object)  # tuple[Path, ...]: ZIPs and drafts, to be imported
    picture_pasted = Signal(object)  # QImage | bytes: to become a reference
    links_dropped = Signal(object)  # tuple[str, ...]: to become references
    words_written = Signal()  # in the language of now
    edit_dropped = Signal(
        object
    )  # tuple[str, ...]: ids of library pictures dropped on the prompt; edit the first

    def __init__(
        self,
        draft: Draft,
        catalog: Catalog,
        thumbnails: ThumbnailCache,
        reference_path: Callable[[Reference], Path],
        forms: SentForms,
    ) -> None:
        """Show ``draft``; ``reference_path`` says where a reference's file lies, ``forms`` what is sent."""
        super().__init__()
        set_own_viewport(self)
        self._draft = draft
        self.prompt = PromptEditor()
        self.tray = ReferenceTray(draft, thumbnails, reference_path, forms)
        self.parameters = ParameterPanel(draft, catalog)
        self.choices: PromptChoices | None = None  # once the prompt stands for many
        self._caption, self._counter = Label(), Label()
        self._page = QWidget()
        self._caption_row = QHBoxLayout()
        self._column = QVBoxLayout(self._page)
        self._build()
        self._connect()
        self._write_words()
        self._show(draft.recipe)

    def focus_prompt(self) -> None:
        """Put the cursor into the prompt."""
        self.prompt.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_problem(self, problem: Problem) -> None:
        """Put the focus on the control that ``problem`` is about."""
        if problem.kind is ProblemKind.EMPTY_PROMPT:
            self.focus_prompt()
        elif problem.kind is ProblemKind.VARIABLE_EMPTY and self.choices is not None:
            self.choices.focus_variable(problem.subject)
        elif problem.kind in _PROMPT_KINDS:
            self.focus_prompt()
        elif problem.kind in _REFERENCE_KINDS:
            self.tray.focus_list()
        elif problem.kind is ProblemKind.SIZE_REFUSED:
            self.parameters.size_section.focus_size()
        elif problem.kind is ProblemKind.TOO_MANY_PICTURES:
            self.parameters.images_in_set.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_on_top(self, part: QWidget) -> None:
        """Above everything else."""
        self._column.insertWidget(0, part)

    def add_caption_button(self) -> QPushButton:
        """A quiet button in the row of the prompt's caption, left of the count."""
        button = QPushButton()
        button.setProperty("quiet", True)
        button.setFont(caption_font())
        button.setStyleSheet("QPushButton { min-height: 0; padding: 0 4px; }")
        button.setAutoDefault(False)
        self._caption_row.insertWidget(self._caption_row.count() - 1, button)
        return button

    def show_refused(self, problems: tuple[Problem, ...]) -> None:
        """Say which files were not taken as references, and why."""
        self.tray.show_refused(problems)

    def show_reading(self, count: int) -> None:
        """Say that ``count`` files are being read."""
        self.tray.show_reading(count)

    def paste(self) -> None:
        """Take what the clipboard holds as a reference; a recipe that was copied as text is used."""
        mime = pasted()
        if (recipe := recipe_of(mime)) is not None:
            self._draft.apply(recipe)
        else:
            self._offer(read_incoming(mime))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()
            self._show(self._draft.recipe)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures dropped anywhere."""
        if offers_references(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Go on saying that it is a copy."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """They become references."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._offer(read_incoming(event.mimeData()))

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.viewport().setAutoFillBackground(False)
        for label in (self._caption, self._counter):
            label.setFont(caption_font())
            label.setProperty("tone", "dim")
        self._caption.setBuddy(self.prompt)
        heading = self._caption_row
        heading.setSpacing(SPACE_PX)
        heading.addWidget(self._caption)
        heading.addStretch()
        heading.addWidget(self._counter)
        column = self._column
        column.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX, GROUP_PX)
        column.setSpacing(GAP_PX)
        column.addLayout(heading)
        column.addWidget(self.prompt, 1)
        column.addSpacing(GROUP_PX - GAP_PX)
        column.addWidget(self.tray)
        column.addSpacing(GROUP_PX - GAP_PX)
        column.addWidget(self.parameters)
        self.setWidget(self._page)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def _connect(self) -> None:
        draft = self._draft
        draft.recipe_changed.connect(self._show)
        self.prompt.text_edited.connect(draft.set_prompt)
        self.prompt.undo_requested.connect(draft.undo)
        self.prompt.redo_requested.connect(draft.redo)
        self.prompt.steps = lambda: (draft.can_undo, draft.can_redo)
        self.prompt.reference_wished.connect(self.tray.focus_reference)
        self.prompt.pictures_pasted.connect(self._offer)
        self.prompt.recipe_pasted.connect(self._draft.apply)
        self.prompt.edit_dropped.connect(self._on_edit_dropped)
        self.tray.pictures_offered.connect(self._offer)
        self.tray.files_chosen.connect(self.files_dropped)

    def _write_words(self) -> None:
        self._caption.setText(self.tr("Prompt"))
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.words_written.emit()

    def _show(self, recipe: Recipe) -> None:
        text = recipe.prompt or ""
        self.prompt.load(text)
        self._show_choices(recipe)
        self.prompt.show_references(recipe.references or ())
        if self._draft.is_edit:
            self.prompt.ask(self.tr("What should change in image 1?"))
        else:
            self.prompt.ask(self.tr("What should the picture show?"))
        count, limit = prompt_length(text)
        self._counter.setText(f"{words.number(count)} / {words.number(limit)}")
        over = count > limit
        hint = self.tr("Longer than the {count} characters that are recommended; it is sent all the same")
        self._counter.setToolTip(hint.format(count=words.number(limit)) if over else "")
        set_tone(self._counter, "amber" if over else "dim")

    def _show_choices(self, recipe: Recipe) -> None:
        """What there is to say of a prompt that stands for many, or of several lines."""
        if self.choices is None and (may_be_many(recipe) or "\n" in (recipe.prompt or "")):
            from seedream_desktop.gui.prompt_choices import PromptChoices  # late: most prompts do without

            self.choices = PromptChoices(self._draft, self._page)
            self._column.insertWidget(self._column.indexOf(self.prompt) + 1, self.choices)

    def _offer(self, incoming: Incoming) -> None:
        if incoming.files:
            parcels = {".zip", DRAFT_SUFFIX}
            boards = tuple(path for path in incoming.files if path.suffix.lower() in parcels)
            if boards:
                self.boards_dropped.emit(boards)
            if files := tuple(path for path in incoming.files if path not in boards):
                self.files_dropped.emit(files)
        elif incoming.picture is not None:
            self.picture_pasted.emit(incoming.picture)
        elif incoming.links:
            self.links_dropped.emit(incoming.links)

    def _on_range_changed(self, _lowest: int, highest: int) -> None:
        """Put the scroll bar into the margin, so that nothing moves when it comes and goes."""
        bar_px = self.verticalScrollBar().sizeHint().width() if highest else 0
        self._column.setContentsMargins(EDGE_PX, GROUP_PX, EDGE_PX - bar_px, GROUP_PX)

    def _on_edit_dropped(self, incoming: Incoming) -> None:
        self.edit_dropped.emit(incoming.picture_ids)
        self.focus_prompt()
