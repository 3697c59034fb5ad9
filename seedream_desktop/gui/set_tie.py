"""What is said of sets below the prompt, built when the first one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.gui.compose_panel import ComposePanel
    from seedream_desktop.gui.set_hint import SetHint
    from seedream_desktop.state.session import Session


class SetTie(QObject):
    """Ties Compose to what a set means for the draft."""

    def __init__(self, compose: ComposePanel, session: Session) -> None:
        """Wait for a set, or for lines that could be one."""
        super().__init__(compose)
        self._compose = compose
        self._session = session
        self.hint: SetHint | None = None
        session.draft.recipe_changed.connect(self._on_recipe_changed)
        self._on_recipe_changed(session.draft.recipe)

    def _on_recipe_changed(self, recipe: Recipe) -> None:
        if self.hint is None and (recipe.is_set or recipe.by_line):
            from seedream_desktop.gui.set_hint import SetHint  # late: most drafts do without

            session, page = self._session, self._compose.widget()
            column = page.layout() if page is not None else None
            if page is None or not isinstance(column, QVBoxLayout):
                return
            self.hint = SetHint(session.draft, lambda: session.queue.jobs_at_once or 1, page)
            column.insertWidget(column.indexOf(self._compose.prompt) + 1, self.hint)
