"""The boards of a library: every visible folder is one, and its file gives it an id that stays."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import now_ms
from seedream_desktop.library.board_file import (
    BoardFile,
    board_document,
    board_file_of,
    new_board_document,
    setting,
    with_settings,
    written_board,
)
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, LibraryFolder
from seedream_desktop.library.gone_boards import GoneBoard, forget_gone, gone_board
from seedream_desktop.library.items import set_aside
from seedream_desktop.library.marks import unlike
from seedream_desktop.library.query import NOT_TRASHED
from seedream_desktop.library.values import Board
from seedream_desktop.platforms.platform import current

if TYPE_CHECKING:
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.marks import Document

INBOX = "Inbox"
_NEW_BOARD = "Board"
_DEPTH_LIMIT = 16  # folders within folders; deeper is a loop or a mistake
_NOBODYS = frozenset(  # folders of network drives and systems, full of small copies or of what was deleted
    {"@eadir", "@recycle", "#recycle", "#snapshot", "$recycle.bin", "system volume information"}
    | {"lost+found", "network trash folder", "temporary items", "__macosx"}
)
_HELD = f"SELECT count(*) FROM pictures WHERE board_id = boards.id AND {NOT_TRASHED}"  # noqa: S608
_BOARDS = (
    f"SELECT id, name, path, ({_HELD}), client_safe, rank, budget_usd, budget_is_monthly "  # noqa: S608
    "FROM boards "
)
_AT = _BOARDS + "WHERE path = ?"
_PUT = (
    "INSERT INTO boards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(path) DO UPDATE SET "
    "id = excluded.id, also = excluded.also, client_safe = excluded.client_safe, rank = excluded.rank, "
    "budget_usd = excluded.budget_usd, budget_is_monthly = excluded.budget_is_monthly, seen = excluded.seen"
)


class Boards:
    """Finds, creates and sets up boards."""

    def __init__(self, folder: LibraryFolder, index: Index) -> None:
        self._folder = folder
        self._index = index

    def all(self) -> tuple[Board, ...]:
        """The boards as the index knows them: Inbox first, each followed by those within it.

        Beside each other they stand by hand, then by name.
        """
        rows = self._index.read(lambda connection: connection.execute(_BOARDS).fetchall())
        return in_order(tuple(_board(row) for row in rows))

    def find(self, board_id: str) -> Board | None:
        """The board with that id, or that took the place of it."""
        if not board_id:
            return None
        sql = _BOARDS + "WHERE id = ? OR instr(also, ?)"
        row = self._index.read(lambda connection: connection.execute(sql, (board_id, board_id)).fetchone())
        return _board(row) if row else None

    def parent_id(self, board_id: str) -> str:
        """The id of the board that it lies in; empty: it lies in none."""
        found = self.find(board_id)
        parent = found.path.rpartition("/")[0] if found is not None else ""
        above = self._at(parent) if parent else None
        return above.id if above is not None else ""

    def inbox(self) -> Board:
        """The board for whatever has no other. Raises ProblemError when it is missing and cannot be made."""
        path = self._folder.root / INBOX
        found = self._at(INBOX)
        if found is not None and path.is_dir():
            return found
        if path.is_dir() or self._folder.problem is not None:
            return self.take_in(INBOX)
        with self._folder.writing():
            return self._make(INBOX)

    def create(self, name: str, parent_id: str = "") -> Board:
        """A new board under ``name``, or the next free one; within another one if so. Raises ProblemError."""
        with self._folder.writing(), files.disk_problems(self._folder.root):
            parent = self._folder.root / (self._path(parent_id) if parent_id else "")
            wanted = file_names.legal_name(name) if name.strip() else _NEW_BOARD
            target = parent / _free_name(wanted, parent)
            return self._make(target.relative_to(self._folder.root).as_posix())

    def move(self, board_id: str, parent_id: str, name: str) -> str:
        """Bring a board's folder, with the boards in it, into another one, under ``name`` or the next free.

        ``parent_id`` empty: into the library itself; ``name`` empty: as it is. The path then; where it cannot
        go, into itself or too deep, it stays. The board keeps its id; the pictures' ids follow when the
        library is held against its files. Raises ProblemError.
        """
        with self._folder.writing(), files.disk_problems(self._folder.root):
            path = self._path(board_id)
            source = self._folder.root / path
            parent = self._folder.root / (self._path(parent_id) if parent_id else "")
            is_within = parent == source or source in parent.parents
            if path == INBOX or is_within or self._is_too_deep(path, parent):
                return path
            wanted = file_names.legal_name(name) if name.strip() else source.name
            target = parent / _free_name(wanted, parent, but_for=source)
            if target != source:
                source.rename(target)
                files.sync_folder(source.parent)
                files.sync_folder(parent)
        return target.relative_to(self._folder.root).as_posix()

    def _is_too_deep(self, path: str, parent: Path) -> bool:
        within = max((one.count("/") for one in self.walk() if f"{one}/".startswith(f"{path}/")), default=0)
        own = within - path.count("/") + 1
        return len(parent.relative_to(self._folder.root).parts) + own > _DEPTH_LIMIT

    def for_saving(self, board_id: str, name: str) -> Board:
        """The board that a picture goes to: by id, else by name, else a new one of that name, else Inbox.

        The caller holds ``LibraryFolder.writing``. A folder that was moved outside is found again; a board
        that was removed is made again as it was.
        """
        found = self.find(board_id)
        if found is not None and self._is_at(found.path, board_id):
            return found
        for path in self.walk():
            if self._is_at(path, board_id):
                return self.take_in(path)
        gone = gone_board(self._folder, board_id)
        if gone is not None:
            return self._made_again(gone)
        wanted = file_names.legal_name(name) if name.strip() else INBOX
        for path in self.walk():
            if file_names.folded(path) == file_names.folded(wanted):
                return self.take_in(path)
        return self._make(wanted)

    def walk(self, unlisted: list[str] | None = None) -> Iterator[str]:
        """The paths of all visible folders, parents first. Links are not followed.

        ``unlisted`` gets those that are there and cannot be listed just now; "" is the library itself.
        """
        waiting = [(self._folder.root, 0)]
        while waiting:
            folder, depth = waiting.pop()
            path = folder.relative_to(self._folder.root).as_posix() if depth else ""
            if depth:
                yield path
            if depth < _DEPTH_LIMIT:
                inner = _folders_in(folder)
                if inner is None and unlisted is not None:
                    unlisted.append(path)
                waiting += [(one, depth + 1) for one in reversed(inner or ())]

    def take_in(self, path: str, is_copy: bool = False, is_early: bool = False) -> Board:
        """The board in the folder at ``path``, noted in the index; its file is written if it has none.

        ``is_copy``: another board has its id; it gets one of its own. ``is_early``: its file, or the end of
        the other board, may be on its way: nothing is written yet. Where its file cannot be read just now the
        board stays as it is known.
        """
        with self._folder.alone():
            try:
                document = self.held_document(path)
            except ProblemError:
                if (known := self._at(path)) is not None:
                    return known
                document, is_early = None, True
            if (document is None or is_copy) and is_early:
                document = _unwritten(path)
            elif document is None or is_copy:
                kept = {name: value for name, value in (document or {}).items() if name != "also"}
                document = self._identified(path, kept)
            held = document
            self._index.write(lambda connection: _note(connection, path, held))
        row = self._index.read(lambda connection: connection.execute(_AT, (path,)).fetchone())
        return _board(row)

    def is_noted(self, path: str, document: Document) -> bool:
        """Whether the index holds what the board's file says."""
        sql = "SELECT seen FROM boards WHERE path = ?"
        row = self._index.read(lambda connection: connection.execute(sql, (path,)).fetchone())
        return row is not None and row[0] == _look(document)

    def document(self, path: str) -> Document | None:
        """The board file in the folder at ``path``; None: there is none that can be read."""
        with contextlib.suppress(ProblemError):
            return self.held_document(path)
        return None

    def held_document(self, path: str) -> Document | None:
        """The same; None: there is none, or a damaged one. Raises ProblemError if it cannot be read.

        For whoever would write another in its place: what a disk does not give just now is not gone.
        """
        place = self._file(path)
        try:
            return board_document(read_document(place))
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        except OSError as error:
            raise ProblemError(files.problem_of(error, place)) from error

    def settings(self, board_id: str) -> BoardFile:
        """How the board is set up. Raises ProblemError(BOARD_GONE and others)."""
        return board_file_of(self._held(self._path(board_id)))

    def values(self, board_id: str, names: Iterable[str]) -> dict[str, Any]:
        """The settings of these names, as ``set_up`` takes them; None: never given. Raises ProblemError."""
        document = self._held(self._path(board_id))
        return {name: setting(document, name) for name in names}

    def set_up(self, board_id: str, values: Mapping[str, Any]) -> BoardFile:
        """Change settings as ``board_file`` names them, given as JSON values. Raises ProblemError."""
        with self._folder.writing():
            path = self._path(board_id)
            machine_id = self._folder.machine_id
            held = self._held(path)
            document = with_settings(held, unlike(held, values), now_ms(), machine_id)
            if document != held:
                self.write(path, document)
                self._index.write(lambda connection: _note(connection, path, document))
            return board_file_of(document)

    def rename_in_order(self, board: Board, names: Mapping[str, str]) -> None:
        """Let pictures that were placed by hand keep their places under their new names."""
        order = self.settings(board.id).order
        if not names.keys().isdisjoint(order):
            kept = dict.fromkeys(names.get(name, name) for name in order)
            self.set_up(board.id, {"order": list(kept)})

    def write(self, path: str, document: Document) -> None:
        """Put the board's file in place. The caller holds ``LibraryFolder.writing``. Raises ProblemError."""
        hidden = self._folder.root / path / HIDDEN
        if not hidden.is_dir():
            files.make_folder(hidden)
            with contextlib.suppress(OSError):
                current().hide(hidden)
        if self.held_document(path) is None and (hidden / BOARD_FILE).is_file():
            set_aside(hidden / BOARD_FILE)
        files.write_over(hidden / BOARD_FILE, written_board(document), self._folder.temporary)

    def _identified(self, path: str, kept: Document) -> Document:
        if self._folder.problem is not None:
            return _unwritten(path)
        self._folder.check_writable()
        document = {**kept, **new_board_document()}
        self.write(path, document)
        return document

    def _path(self, board_id: str) -> str:
        found = self.find(board_id)
        if found is None or not (self._folder.root / found.path).is_dir():
            self._folder.check_present()
            raise ProblemError(Problem(ProblemKind.BOARD_GONE))
        return found.path

    def _held(self, path: str) -> Document:
        return self.held_document(path) or _unwritten(path)

    def _make(self, path: str) -> Board:
        files.make_folder(self._folder.root / path)
        return self.take_in(path)

    def _made_again(self, gone: GoneBoard) -> Board:
        """In the board that it was in, under the next free name if there is another one by now."""
        parent = self._folder.root
        around = gone_board(self._folder, gone.parent_id)
        above = self.find(gone.parent_id) or (self._made_again(around) if around is not None else None)
        if above is not None and (parent / above.path).is_dir():
            parent /= above.path
        place = parent / _free_name(gone.path.rpartition("/")[2], parent)
        path = place.relative_to(self._folder.root).as_posix()
        files.make_folder(place)
        self.write(path, gone.document)
        forget_gone(self._folder, gone.ids)
        return self.take_in(path)

    def _file(self, path: str) -> Path:
        return self._folder.root / path / HIDDEN / BOARD_FILE

    def _is_at(self, path: str, board_id: str) -> bool:
        try:
            document = self.held_document(path) or _unwritten(path)
        except ProblemError:
            known = self._at(path)
            return known is not None and known.id == board_id
        board = board_file_of(document)
        return board_id == board.id or board_id in board.also

    def _at(self, path: str) -> Board | None:
        row = self._index.read(lambda connection: connection.execute(_AT, (path,)).fetchone())
        return _board(row) if row else None


def in_order(boards: Sequence[Board]) -> tuple[Board, ...]:
    """Inbox first, each board followed by those within it; beside each other by hand, then by name."""
    ranks = {board.path: board.rank for board in boards}

    def place(board: Board) -> tuple[object, ...]:
        names = board.path.split("/")
        paths = ("/".join(names[: depth + 1]) for depth in range(len(names)))
        along = zip(names, map(ranks.get, paths), strict=True)
        return (
            names[0] != INBOX,
            *((rank is None, rank or 0.0, file_names.folded(n), n) for n, rank in along),
        )

    return tuple(sorted(boards, key=place))


def _board(row: Sequence[Any]) -> Board:
    values: tuple[Any, ...] = (*row[:4], bool(row[4]), *row[5:7], bool(row[7]))
    return Board(*values)


def _note(connection: sqlite3.Connection, path: str, document: Document) -> None:
    """Put into the index what the board's file says."""
    board = board_file_of(document)
    facts = (int(board.is_client_safe), board.rank, board.budget_usd, int(board.budget_is_monthly))
    row = (board.id, path, Path(path).name, " ".join(board.also), *facts, _look(document))
    connection.execute("DELETE FROM boards WHERE id = ? AND path <> ?", (board.id, path))
    connection.execute(_PUT, row)
    for board_id in (board.id, *board.also):
        connection.execute("DELETE FROM arranged WHERE board_id = ?", (board_id,))
    places = enumerate(dict.fromkeys(board.order))
    connection.executemany(
        "INSERT OR REPLACE INTO arranged VALUES (?, ?, ?)",
        [(f"{path}/{name}", board.id, position) for position, name in places],
    )


def _look(document: Document) -> str:
    """What tells one state of a board's file from another."""
    content = written_board(document)
    return f"{zlib.crc32(content):08x} {len(content)}"


def _free_name(wanted: str, parent: Path, but_for: Path | None = None) -> str:
    taken = {file_names.folded(one.name) for one in parent.iterdir() if one != but_for}
    return next(one for one in file_names.free_names(wanted) if file_names.folded(one) not in taken)


def interim_id(path: str) -> str:
    """The id of a board whose file cannot be written, or not yet; the same at every look."""
    return hashlib.sha256(path.encode(errors="replace")).hexdigest()[:32]


def _unwritten(path: str) -> Document:
    return {"id": interim_id(path)}


def _folders_in(folder: Path) -> list[Path] | None:
    """None: it is there, and is not for us, or not just now."""
    try:
        with os.scandir(folder) as entries:
            folders = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]  # of many files
            names = sorted(entry.name for entry in folders if _is_board(entry))
    except (FileNotFoundError, NotADirectoryError):  # gone since its parent was read
        return []
    except OSError:
        return None
    return [folder / name for name in names]


def _is_board(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if not file_names.is_text(name) or name.startswith(".") or name.casefold() in _NOBODYS:
        return False
    # A link in the place of its hidden folder would lead what is written there out of the library.
    return not os.path.islink(os.path.join(entry.path, HIDDEN))  # noqa: PTH114, PTH118 - also where none may look
