"""Holding the index against the files."""

from collections.abc import Callable

from seedream_desktop.library.boards import Boards
from seedream_desktop.library.folder import LibraryFolder
from seedream_desktop.library.index import Index
from seedream_desktop.library.values import Board


class Synchroniser:
    """Takes in what changed outside."""

    def __init__(self, folder: LibraryFolder, index: Index, boards: Boards) -> None:
        self._folder = folder

    def refresh(self, board: Board) -> None:
        """Nothing yet."""

    def run(self, progress: Callable[[int, int], None] | None) -> bool:
        """Nothing yet."""
        return False
