"""What the search asks the library while somebody types or clicks; the last question wins."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from seedream_desktop.library.filters import Held, Widened
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.search_terms import TermKind
    from seedream_desktop.library.suggestions import Suggestion
    from seedream_desktop.library.values import Query
    from seedream_desktop.tasks import Task, TaskRunner

Answer = TypeVar("Answer")


class Searching(QObject):
    """Asks the open library. GUI thread; what cannot be answered is not: the search itself says why."""

    def __init__(
        self, the_library: Callable[[], Library], runner: TaskRunner, look_at: Callable[[Path, Path], object]
    ) -> None:
        """``look_at`` writes a thumbnail of a file in a child process. It and ``the_library`` may raise
        ProblemError, and are called on threads of ``runner``.
        """
        super().__init__()
        self._look_at = look_at
        self._the_library = the_library
        self._runner = runner
        self._asked: dict[str, Task] = {}

    def prepare(self, query: Query) -> None:
        """Read what the first key of a search would have to wait for."""
        self._ask("prepare", lambda library: library.lookup.prepare(query), lambda _: None)

    def suggest(self, text: str, cursor: int, then: Callable[[tuple[Suggestion, ...]], None]) -> None:
        """What the word at ``cursor`` could become."""
        self._ask("suggest", lambda library: library.suggestions(text, cursor), then)

    def values(self, kind: TermKind, then: Callable[[tuple[Held, ...]], None]) -> None:
        """What the library has of that kind."""
        self._ask("values", lambda library: library.filters.values(kind), then)

    def widen(self, query: Query, then: Callable[[tuple[Widened, ...]], None]) -> None:
        """How a search that finds nothing would find something."""
        self._ask("widen", lambda library: library.filters.widened(query), then)

    def unseen(self, query: Query, then: Callable[[int], None]) -> None:
        """How many pictures at its place nobody looked at."""
        self._ask("unseen", lambda library: library.filters.unseen(query), then)

    def preview(self, picture: Path | bytes, then: Callable[[QImage], None]) -> None:
        """A small picture of a file from anywhere, or of what is in one; a null one: it cannot be read."""

        def look() -> QImage:
            with tempfile.TemporaryDirectory(prefix="seedream-") as folder:
                thumbnail, path = Path(folder) / "thumbnail", Path(folder) / "picture"
                if isinstance(picture, bytes):
                    path.write_bytes(picture)
                self._look_at(path if isinstance(picture, bytes) else picture, thumbnail)
                return QImage(str(thumbnail))

        self._begin("preview", look, then)

    def forget(self) -> None:
        """Answer nothing of what was asked so far."""
        for task in self._asked.values():
            task.cancel()
        self._asked.clear()

    def _ask(self, what: str, ask: Callable[[Library], Answer], then: Callable[[Answer], None]) -> None:
        self._begin(what, lambda: ask(self._the_library()), then)

    def _begin(self, what: str, find: Callable[[], Answer], then: Callable[[Answer], None]) -> None:
        if held := self._asked.pop(what, None):
            held.cancel()
        self._asked[what] = self._runner.call(find, then)
