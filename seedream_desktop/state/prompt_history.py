"""The prompts that were used before: found by their words, walked through, put into the draft as one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from seedream_desktop.generation.expand import escaped
from seedream_desktop.generation.recipe import Recipe

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.prompt_history import UsedPrompt
    from seedream_desktop.library.values import Board
    from seedream_desktop.state.draft import Draft
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.tasks import TaskRunner

_WALKED_MOST = 100


class PromptHistory(QObject):
    """GUI thread; what is found comes later, the newest question's answer only."""

    found = Signal(object)  # tuple[UsedPrompt, ...], the last used first

    def __init__(
        self, draft: Draft, pictures: Pictures, board: Callable[[], Board | None], runner: TaskRunner
    ) -> None:
        """``board`` is where the draft's pictures go; read on ``runner``."""
        super().__init__()
        self._draft = draft
        self._pictures = pictures
        self._board = board
        self._runner = runner
        self._latest = 0
        self._walked: tuple[str, ...] = ()  # the last used first
        self._place = -1  # before the first: the words that stood there
        self._put: Recipe | None = None  # the draft as the last step left it
        self._is_reading = False

    def find(self, words: str, *, is_everywhere: bool) -> None:
        """Look for prompts of the draft's board, or of all, that have these words."""
        library = self._pictures.library
        self._latest += 1
        number = self._latest
        if library is None:
            self.found.emit(())
            return
        board_id = "" if is_everywhere else self._board_id()

        def on_found(prompts: tuple[UsedPrompt, ...]) -> None:
            if number == self._latest and library is self._pictures.library:
                self.found.emit(prompts)

        look = lambda: library.prompt_history.prompts(board_id, words)  # noqa: E731
        self._runner.call(look, on_found, self._pictures.failed.emit)

    def use(self, text: str) -> None:
        """Put a prompt in as it was sent, as one step; what made choices then is text."""
        self._draft.apply(Recipe(prompt=escaped(text)))

    def older(self) -> None:
        """Put in the prompt that was used before the one that stands there."""
        library = self._pictures.library
        if self._put is not None and self._put == self._draft.recipe:
            self._go(self._place + 1)
        elif library is not None and not self._is_reading:
            self._is_reading = True
            self._read(library)

    def newer(self) -> None:
        """Go back towards the words that stood there first."""
        if self._put is not None and self._put == self._draft.recipe and self._place >= 0:
            self._go(self._place - 1)

    def _read(self, library: Library) -> None:
        before, board_id = self._draft.recipe, self._board_id()

        def on_read(prompts: tuple[UsedPrompt, ...]) -> None:
            self._is_reading = False
            if self._draft.recipe == before and library is self._pictures.library:
                texts = (escaped(prompt.text) for prompt in prompts)
                self._walked = tuple(text for text in texts if text != before.prompt)
                self._place = -1
                self._go(0)

        def on_problem(_: object) -> None:
            self._is_reading = False

        look = lambda: library.prompt_history.prompts(board_id, most=_WALKED_MOST)  # noqa: E731
        self._runner.call(look, on_read, on_problem)

    def _go(self, place: int) -> None:
        """All of a walk is one step of the draft."""
        if place >= len(self._walked):
            return
        if self._place >= 0:
            self._draft.undo()
        if place >= 0:
            self._draft.apply(Recipe(prompt=self._walked[place]))
        self._place, self._put = place, self._draft.recipe

    def _board_id(self) -> str:
        board = self._board()
        return board.id if board is not None else ""
