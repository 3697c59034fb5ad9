"""What of a picture's recipe can be used again, as a row of buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.gui.flow_layout import FlowLayout
from seedream_desktop.gui.origin_words import UsableParts
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import GAP_PX, GROUP_PX, caption_font

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe

_STYLE = "QPushButton { min-height: 14px; padding: 3px 9px; }"


class UseRow(QWidget):
    """Prompt, References, Size, All: each puts that part into the draft, and can be undone there."""

    use_requested = Signal(object)  # Recipe with that part only

    def __init__(self) -> None:
        """Start with nothing to use."""
        super().__init__()
        self._parts = UsableParts()
        self._label = Label()
        self._label.setProperty("tone", "dim")
        self.prompt, self.references, self.size_, self.all = (QPushButton() for _ in range(4))
        self._build()
        self._connect()
        self._write_words()

    def show_parts(self, parts: UsableParts) -> None:
        """Offer these; what the picture does not have cannot be pressed."""
        self._parts = parts
        self.prompt.setEnabled(parts.prompt is not None)
        self.references.setEnabled(parts.references is not None)
        self.size_.setEnabled(parts.size is not None)
        self.all.setEnabled(parts.all is not None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._write_words()

    def _build(self) -> None:
        flow = FlowLayout(GAP_PX + 2, from_right=True)
        for button in (self.prompt, self.references, self.size_, self.all):
            button.setFont(caption_font())
            button.setStyleSheet(_STYLE)
            flow.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP_PX)
        row.addWidget(self._label)
        row.addLayout(flow, 1)

    def _connect(self) -> None:
        self.prompt.clicked.connect(lambda: self._use(self._parts.prompt))
        self.references.clicked.connect(lambda: self._use(self._parts.references))
        self.size_.clicked.connect(lambda: self._use(self._parts.size))
        self.all.clicked.connect(lambda: self._use(self._parts.all))

    def _use(self, recipe: Recipe | None) -> None:
        if recipe is not None:
            self.use_requested.emit(recipe)

    def _write_words(self) -> None:
        self._label.setText(self.tr("Use"))
        for button, text, name, hint in (
            (
                self.prompt,
                self.tr("Prompt"),
                self.tr("Use the prompt"),
                self.tr("Put this prompt into Compose"),
            ),
            (
                self.references,
                self.tr("References"),
                self.tr("Use the references"),
                self.tr("Put these references into Compose"),
            ),
            (self.size_, self.tr("Size"), self.tr("Use the size"), self.tr("Ask for the same size")),
            (self.all, self.tr("All"), self.tr("Use everything"), self.tr("Put everything into Compose")),
        ):
            button.setText(text)
            button.setAccessibleName(name)
            button.setToolTip(hint)
