"""Below the prompt while a set is asked for: the words for its number, and the two ways to ask for lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from seedream_desktop.generation.set_words import sentence
from seedream_desktop.gui import words
from seedream_desktop.gui.controls import set_tone
from seedream_desktop.gui.cost_words import cost_words
from seedream_desktop.gui.flow_layout import FlowLayout
from seedream_desktop.gui.plain_label import Label
from seedream_desktop.gui.theme import GAP_PX, caption_font
from seedream_desktop.state.set_asking import (
    SetState,
    Way,
    ask_as_set,
    ask_by_line,
    set_ceiling,
    set_state,
    ways_of,
    write_number,
)

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.state.draft import Draft


class SetHint(QWidget):
    """Says what the draft's words mean for its set, and changes them; hidden where nothing is to be said."""

    def __init__(self, draft: Draft, jobs_at_once: Callable[[], int], parent: QWidget) -> None:
        """Speak of ``draft``, in ``parent``."""
        super().__init__(parent)
        self._draft = draft
        self._jobs_at_once = jobs_at_once
        self._said = Label()
        self.number, self.raised = QPushButton(), QPushButton()
        self.as_set, self.by_line = QPushButton(), QPushButton()
        self._build()
        self.number.clicked.connect(lambda: write_number(draft))
        self.raised.clicked.connect(lambda: set_ceiling(draft, set_state(draft).asked or 1))
        self.as_set.clicked.connect(self._on_as_set)
        self.by_line.clicked.connect(self._on_by_line)
        draft.recipe_changed.connect(self._show)
        draft.variations_changed.connect(lambda _: self._show(draft.recipe))
        self._show(draft.recipe)

    @property
    def said(self) -> str:
        """What is said beside the buttons."""
        return self._said.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self._draft.recipe)

    def _build(self) -> None:
        self._said.setFont(caption_font())
        self._said.setWordWrap(True)
        for button in (self.number, self.raised, self.as_set, self.by_line):
            button.setFont(caption_font())
            button.setAutoDefault(False)
        for button in (self.number, self.raised):
            button.setProperty("quiet", True)
        for button in (self.as_set, self.by_line):
            button.setCheckable(True)
        acts = FlowLayout(GAP_PX)
        for button in (self.number, self.raised):
            acts.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        column.addWidget(self._said)
        column.addLayout(acts)
        column.addWidget(self.as_set)
        column.addWidget(self.by_line)

    def _show(self, recipe: Recipe) -> None:
        state = set_state(self._draft)
        ways = ways_of(self._draft, self._jobs_at_once()) if recipe.is_set or recipe.by_line else None
        self._show_number(state)
        for button in (self.as_set, self.by_line):
            button.setVisible(ways is not None)
        if ways is not None:
            _label(self.as_set, self._words_of_set(ways[0]))
            _label(self.by_line, self._words_by_line(ways[1]))
            self.as_set.setChecked(bool(recipe.is_set))
            self.by_line.setChecked(not recipe.is_set)
        self.setVisible(state.lacks_number or state.asks_too_many or ways is not None)

    def _show_number(self, state: SetState) -> None:
        prompt = self._draft.recipe.prompt or ""
        can_raise = state.asks_too_many and (state.asked or 0) <= state.ceiling_most
        if state.lacks_number:
            text = self.tr("The prompt does not say how many; the ceiling alone asks for none.")
            what = sentence(prompt, state.ceiling).rstrip(":：")
            _label(self.number, self.tr("Write “{words}”").format(words=what))
        elif state.asks_too_many:
            text = self._words_of_too_many(state, can_raise=can_raise)
            count = words.number(state.asked or 0)
            _label(self.raised, self.tr("Raise the ceiling to {count}").format(count=count))
        else:
            text = ""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        set_tone(self._said, "amber" if state.asks_too_many else "dim")
        self.number.setVisible(state.lacks_number)
        self.raised.setVisible(can_raise)

    def _words_of_too_many(self, state: SetState, *, can_raise: bool) -> str:
        asked, most = words.number(state.asked or 0), words.pictures(state.ceiling)
        text = self.tr("The prompt asks for {asked}; {pictures} come at most.")
        if can_raise:
            return text.format(asked=asked, pictures=most)
        over = (state.asked or 0) - state.ceiling_most
        if 0 < over <= len(self._draft.recipe.references or ()):
            text = self.tr(
                "The prompt asks for {asked}; {pictures} come at most. References and pictures are fifteen "
                "in all: remove {references} for it."
            )
            return text.format(asked=asked, pictures=most, references=words.references(over))
        text = self.tr("The prompt asks for {asked}; a set never brings more than fifteen.")
        return text.format(asked=asked)

    def _words_of_set(self, way: Way) -> str:
        text = self.tr("One set of up to {count} · {duration} · {money}")
        count, duration = words.number(way.pictures), words.about(way.duration_s)
        return text.format(count=count, duration=duration, money=cost_words(way.cost))

    def _words_by_line(self, way: Way) -> str:
        text = self.tr("{count} requests, one a line · {duration} · {money}")
        count, duration = words.number(way.requests), words.about(way.duration_s)
        return text.format(count=count, duration=duration, money=cost_words(way.cost))

    def _on_as_set(self) -> None:
        if self._draft.recipe.is_set:
            self._show(self._draft.recipe)
        else:
            ask_as_set(self._draft)

    def _on_by_line(self) -> None:
        if self._draft.recipe.is_set:
            ask_by_line(self._draft)
        else:
            self._show(self._draft.recipe)


def _label(button: QPushButton, text: str) -> None:
    button.setText(text)
    button.setAccessibleName(text)
