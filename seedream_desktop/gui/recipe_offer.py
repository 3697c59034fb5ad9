"""A picture that was dropped as a reference and carries a recipe: that is offered back, on any machine."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from seedream_desktop.generation.recipe import Recipe
    from seedream_desktop.gui.compose_panel import ComposePanel
    from seedream_desktop.gui.notice_bar import NoticeBar
    from seedream_desktop.state.session import Session

_LOOKED_AT_MOST = 15  # files of one drop, as many as references


class RecipeOffer(QObject):
    """Looks at what is dropped on Compose; a recipe is used only when the designer says so."""

    compose_requested = Signal()  # the draft was changed from here

    def __init__(self, compose: ComposePanel, notices: NoticeBar, session: Session) -> None:
        """Listen to ``compose``."""
        super().__init__(compose)
        self._notices = notices
        self._session = session
        self._latest = 0  # which drop was the last
        compose.files_dropped.connect(self._on_files_dropped)

    def _on_files_dropped(self, paths: tuple[Path, ...]) -> None:
        self._latest += 1
        number, session = self._latest, self._session

        def look() -> Recipe | None:
            from seedream_desktop.state.carried_recipe import carried_recipe  # late: when one drops

            library = session.pictures.library
            root = library.root if library is not None else None
            return carried_recipe(paths[:_LOOKED_AT_MOST], session.worker.look_at_foreign, root)

        session.reading.call(look, lambda recipe: self._offer(number, recipe), lambda _: None)

    def _offer(self, number: int, recipe: Recipe | None) -> None:
        if recipe is not None and number == self._latest:
            words = self.tr("This picture carries a recipe.")
            self._notices.say(words, self.tr("Use it"), partial(self._use, recipe))

    def _use(self, recipe: Recipe) -> None:
        """In one step that undo takes back."""
        self._session.draft.apply(recipe)
        self.compose_requested.emit()
