"""What a board wants of a request becomes part of the draft when the board becomes the place for results."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.recipe import Recipe

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.pictures import Pictures


class BoardDefaults(QObject):
    """Applies a board's defaults as one step of the draft, which can be taken back. GUI thread."""

    applied = Signal(object)  # Recipe: what of it is in the draft now and was not before

    def __init__(self, draft: Draft, pictures: Pictures) -> None:
        """Follow ``draft``; nothing is applied to what it was begun with."""
        super().__init__()
        self._draft = draft
        self._pictures = pictures
        draft.board_changed.connect(self._on_board_changed)

    def reset(self) -> None:
        """Let the parameters be as the board wants them; what it says nothing of as in a new draft."""

        def reset(defaults: Recipe | None = None) -> None:
            self._draft.reset(defaults or Recipe())

        self._look(reset, reset)

    def _on_board_changed(self, _: str) -> None:
        if self._draft.is_exchanging:
            return  # another draft, which was for that board already

        def on_known(defaults: Recipe | None) -> None:
            if defaults is not None:
                self._apply(defaults)

        self._look(on_known, lambda: None)

    def _look(self, then: Callable[[Recipe | None], None], otherwise: Callable[[], None]) -> None:
        """Tell ``then`` the board's defaults, unless another board was chosen by then."""
        board_id = self._draft.board_id

        def look(library: Library) -> Recipe | None:
            found = library.board(board_id)
            return library.board_settings(found.id).defaults if found is not None else None

        def on_known(defaults: Recipe | None) -> None:
            if self._draft.board_id == board_id:
                then(defaults)

        self._pictures.act(look, on_known, lambda _: otherwise())

    def _apply(self, defaults: Recipe) -> None:
        """Nothing is said where the draft asks for just that."""
        before = self._draft.recipe
        if defaults.applied_to(before) == before:
            return
        self._draft.apply(defaults)
        if self._draft.recipe != before:
            self.applied.emit(defaults)
