"""Every prompt that pictures were made with: how often, when last, and the best that came of it."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.rows import pictures
from seedream_desktop.library.search_text import plain

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.values import Picture

MOST = 500  # prompts of one answer; older ones are found by their words
_USED = f"{NOT_TRASHED} AND prompt <> ''"
_SAYS = "instr(plain, ?)"  # the texts of a picture say more than its prompt, never less
_BEST = (
    # One max() alone: then SQLite takes the other columns from the row that has it.
    "SELECT prompt, id, count(*), max((1 - rejected) * 1e17 + rating * 1e15 + made_ms) FROM pictures "  # noqa: S608
    f"WHERE {_USED}{{board}} AND prompt IN (SELECT value FROM json_each(?)) GROUP BY prompt"
)


@dataclass(frozen=True, slots=True)
class UsedPrompt:
    """A prompt as it was sent."""

    text: str
    count: int  # pictures that it made and that are there
    last_ms: int  # when it was asked for last, UTC milliseconds
    best: Picture  # not rejected, best rated, newest


class PromptHistory:
    """The prompts of one library. Any thread; waits for the disk."""

    def __init__(self, index: Index, root: Path) -> None:
        self._index = index
        self._root = root

    def prompts(self, board_id: str = "", words: str = "", most: int = MOST) -> tuple[UsedPrompt, ...]:
        """The last used first; of one board or of all, with these words in them. Raises ProblemError."""
        wanted = plain(words).split()
        return self._index.read(lambda connection: self._prompts(connection, board_id, wanted, most))

    def _prompts(
        self, connection: sqlite3.Connection, board_id: str, wanted: list[str], most: int
    ) -> tuple[UsedPrompt, ...]:
        board, of_board = (" AND board_id = ?", (board_id,)) if board_id else ("", ())
        last_ms = self._last_used(connection, board, of_board, wanted, most)
        statement = _BEST.format(board=board)
        best = {
            text: (picture_id, count)
            for text, picture_id, count, _ in connection.execute(
                statement, (*of_board, json.dumps([*last_ms]))
            )
        }
        by_id = {one.id: one for one in pictures(connection, self._root, [one for one, _ in best.values()])}
        return tuple(
            UsedPrompt(text, best[text][1], at_ms, by_id[best[text][0]]) for text, at_ms in last_ms.items()
        )

    def _last_used(
        self,
        connection: sqlite3.Connection,
        board: str,
        of_board: tuple[str, ...],
        wanted: list[str],
        most: int,
    ) -> dict[str, int]:
        """The prompts and when each was asked for last, newest first: the rows come so out of their index."""
        source = "pictures JOIN texts USING (pk)" if wanted else "pictures"
        said = "".join(f" AND {_SAYS}" for _ in wanted)
        used = connection.execute(
            f"SELECT prompt, placed_ms FROM {source} WHERE {_USED}{board}{said} "  # noqa: S608
            "ORDER BY placed_ms DESC, press_index, set_index, id",
            (*of_board, *wanted),
        )
        found: dict[str, int] = {}
        for text, placed_ms in used:
            if text in found or (wanted and not all(word in plain(text) for word in wanted)):
                continue
            found[text] = placed_ms
            if len(found) == most:
                break
        used.close()
        return found
