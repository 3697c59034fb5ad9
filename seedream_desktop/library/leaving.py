"""What may be told of a picture that leaves the library: all, or nothing of how it was made."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from seedream_desktop.file_names import client_name

if TYPE_CHECKING:
    from seedream_desktop.imaging.export_form import Telling
    from seedream_desktop.library.record import Record
    from seedream_desktop.library.values import Board, Picture

_SECRET_CHARACTERS = 2000  # of one text; enough to find it again


def client_safe_ids(boards: Iterable[Board]) -> frozenset[str]:
    """The ids of the boards that tell nothing: those marked so, and all boards inside these."""
    all_boards = tuple(boards)
    marked = tuple(f"{board.path}/" for board in all_boards if board.is_client_safe)
    return frozenset(board.id for board in all_boards if f"{board.path}/".startswith(marked))


def leaving_clean(pictures: Iterable[Picture], boards: Iterable[Board]) -> list[Picture]:
    """Those that tell nothing: of client-safe boards, and, in the trash, of boards that are gone."""
    all_boards = tuple(boards)
    telling = {board.id for board in all_boards} - client_safe_ids(all_boards)
    return [picture for picture in pictures if picture.board_id not in telling]


def is_client_safe_at(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the board at ``path`` tells nothing, by its own mark or that of a board around it."""
    marked = connection.execute("SELECT path FROM boards WHERE client_safe").fetchall()
    return f"{path}/".startswith(tuple(f"{one}/" for (one,) in marked))


def plain_name(picture: Picture, board_name: str) -> str:
    """The file name under which ``picture`` leaves when it tells nothing."""
    return client_name(board_name, picture.number, picture.path.suffix.lower().removeprefix("."))


def telling_nothing(record: Record) -> Telling:
    """For a file that says neither how it was made nor what was noted about it."""
    from seedream_desktop.imaging.export_form import Telling  # late: 5 ms that the first paint does without

    made, marks = record.made, record.marks
    texts = (made.recipe.prompt, made.request.prompt if made.request else "", str(marks.note.value))
    secrets = tuple(dict.fromkeys(text[:_SECRET_CHARACTERS] for text in texts if text))
    return Telling(is_stripped=True, secrets=secrets)
