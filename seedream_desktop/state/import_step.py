"""An import as one step: undone, what came goes to the trash, and boards that came with it go, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from seedream_desktop.state.activities import ActivityKind
from seedream_desktop.state.acts import ActStep, Done
from seedream_desktop.state.deeds import Deed, IntoTrash

if TYPE_CHECKING:
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.values import Picture
    from seedream_desktop.state.pictures import Pictures
    from seedream_desktop.state.undo import UndoStack


class ImportStep:
    """Remembered when it is begun; undone while it is under way, it stops first. GUI thread."""

    def __init__(
        self,
        pictures: Pictures,
        steps: UndoStack,
        library: Library,
        cancel: Callable[[], None],
        kind: ActivityKind = ActivityKind.IMPORT,
    ) -> None:
        """``cancel`` stops what is under way; ``end`` has to follow."""
        self._kind = kind
        self._pictures = pictures
        self._steps = steps
        self._library = library
        self._cancel = cancel
        self._is_running = True
        self._is_to_turn = False
        self._is_back = False
        self._trashing: ActStep | None = None
        self._is_trashed = False  # once, so that taking it back again is doing it again
        self._deeds: list[Deed] = []
        self._boards: tuple[str, ...] = ()
        self._removed: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What is done."""
        return self._kind.value

    @property
    def count(self) -> int:
        """How many pictures came."""
        return len(self._deeds)

    def add(self, picture: Picture) -> None:
        """Another one came."""
        self._deeds.append(Deed(picture.id, picture.sha256, IntoTrash()))

    def end(self, boards: Sequence[str]) -> None:
        """All came that will; ``boards``: ids of those that came along, the outermost first."""
        self._is_running, self._boards = False, tuple(boards)
        if not self._deeds and not self._boards:
            self._steps.drop(self)
        elif self._is_to_turn:
            self._is_to_turn = False
            self._take_back()

    def undo(self) -> None:
        """Take it back."""
        if self._is_running:
            self._is_to_turn = True
            self._cancel()
        else:
            self._take_back()

    def redo(self) -> None:
        """Do it again."""
        if self._is_running:
            self._is_to_turn = False
            return
        self._is_back = True
        removed, self._removed = self._removed, ()
        self._pictures.act(lambda library: library.board_folders.bring_back(removed), self._on_boards_back)

    def _take_back(self) -> None:
        self._is_back = False
        if self._trashing is None:
            deeds = tuple(self._deeds)
            kind = ActivityKind.TRASH
            self._trashing = ActStep(self._pictures.acts, self._library, kind, deeds, self._on_trashed)
        if not self._deeds:
            self._remove_boards()
        elif self._is_trashed:
            self._trashing.redo()
        else:
            self._is_trashed = True
            self._trashing.begin()

    def _on_boards_back(self, _: None) -> None:
        self._pictures.tell_everything()
        if self._trashing is not None and self._deeds:
            self._trashing.undo()

    def _on_trashed(self, _done: Done) -> None:
        if not self._is_back:
            self._remove_boards()

    def _remove_boards(self) -> None:
        """As far as nothing else lies on them by now."""
        boards = self._boards

        def remove(library: Library) -> tuple[str, ...]:
            return tuple(
                gone for board_id in reversed(boards) for gone in library.board_folders.remove(board_id)
            )

        def on_removed(removed: tuple[str, ...]) -> None:
            self._removed = removed
            self._pictures.tell_everything()

        if boards:
            self._pictures.act(remove, on_removed)
