"""Pictures on their way into the library: the file first, then its record, then the row in the index.

After an end between two of these steps the same picture may be brought again: it is recognised by its job and
place in the set, or, while it has no record yet, by its bytes.
"""

from __future__ import annotations

import contextlib
import itertools
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import file_names, files
from seedream_desktop.generation.errors import Billed, Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import now_ms
from seedream_desktop.generation.recipe import without_links
from seedream_desktop.library import rows
from seedream_desktop.library.items import item_of, read_record, write_records
from seedream_desktop.library.leaving import is_client_safe_at
from seedream_desktop.library.record import Made, RecordFile

if TYPE_CHECKING:
    from seedream_desktop.imaging.checking import CheckedPicture
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.brought import Brought
    from seedream_desktop.library.folder import LibraryFolder
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.synchronise import Synchroniser
    from seedream_desktop.library.values import Board, Picture


_EDIT = re.compile(r" edit \d+$")
_EDITED_STEM_BYTES = 100  # with " edit 12.jpeg" below what a name may have


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture that was made, on its way into the library."""

    source: Path  # in the spool; nobody writes to it any more: it may share its bytes with the library
    made: Made
    board_id: str
    board_name: str  # taken or created should the id be gone
    extension: str  # "jpeg", without a dot


class Keeping:
    """Adds and imports pictures."""

    def __init__(
        self, folder: LibraryFolder, index: Index, boards: Boards, synchroniser: Synchroniser
    ) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards
        self._synchroniser = synchroniser

    def add(self, new: NewPicture) -> Picture:
        """Keep a picture that was made; one that is there already is given back. Raises ProblemError."""
        self._folder.check_writable()
        staged = files.stage_own(new.source, self._folder.temporary)
        _check_size(staged, new.made.size_bytes)
        with self._kept_or_discarded(staged):
            board = self._boards.for_saving(new.board_id, new.board_name)
            self._synchroniser.refresh(board)
            known = self._known(new.made) or self._adopted(new.made, board)
            if known is not None:
                return known
            prompt = new.made.request.prompt if new.made.request else new.made.recipe.prompt
            return self._keep(staged, new.made, board, prompt or "", new.extension)

    def import_picture(
        self, source: Path, checked: CheckedPicture, board_id: str, brought: Brought | None = None
    ) -> Picture:
        """Keep a copy of a picture that was made elsewhere. Raises ProblemError."""
        self._folder.check_writable()
        name = (brought.name if brought else "") or source.name
        staged = files.stage(source, self._folder.temporary)
        refuse_changed(staged, checked.sha256, name)
        with self._kept_or_discarded(staged):
            board = self._boards.for_saving(board_id, "")
            self._synchroniser.refresh(board)
            made = Made(
                sha256=checked.sha256,
                size_bytes=checked.size_bytes,
                media_type=checked.media_type,
                width_px=checked.width_px,
                height_px=checked.height_px,
                made_ms=now_ms(),
            )
            if brought is not None:
                made = _as_told(made, brought)
            return self._keep(staged, made, board, Path(name).stem, checked.extension, brought)

    def working_copy(self, picture_id: str, source: Path | None) -> Picture:
        """A copy of a picture that other programs may change, beside it and in one stack with it.

        ``source``: the same picture with other notes inside, as PNG where it had to become one; None: its
        own bytes. Raises ProblemError.
        """
        self._folder.check_writable()
        original = self._folder.path(picture_id)
        staged = files.stage(source or original, self._folder.temporary)
        with self._kept_or_discarded(staged):
            held, picture = read_record(self._folder, picture_id), self._picture(picture_id)
            board = self._boards.for_saving(picture.board_id, "")
            self._synchroniser.refresh(board)
            if held is None:
                raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=original.name))
            if not held.record.made.press_id:
                held = _in_stack(held)
                self._record(picture_id, board, held)
            number = self._index.read(rows.next_number)
            is_png = source is not None and source.suffix == ".png"
            name = self._copy_name(board, picture, ".png" if is_png else picture.path.suffix)
            path = files.publish(staged, original.parent, name, lambda name: self._is_taken(board, name))
            with contextlib.suppress(OSError):
                path.chmod(0o644)
            size_bytes = path.stat().st_size
            made = _of_copy(held.record.made, files.sha256_of(path), size_bytes, number)
            made = replace(made, media_type="image/png") if is_png else made
            return self._record(self._folder.id_of(path), board, RecordFile.of(made))

    def _copy_name(self, board: Board, picture: Picture, suffix: str) -> str:
        is_safe = self._index.read(lambda connection: is_client_safe_at(connection, board.path))
        known = file_names.client_name(board.name, picture.number, suffix.removeprefix("."))
        stem = file_names.legal_name(
            _EDIT.sub("", Path(known if is_safe else picture.path.name).stem), _EDITED_STEM_BYTES
        )
        names = (f"{stem} edit {count}{suffix}" for count in itertools.count(1))
        return next(name for name in names if not self._is_taken(board, name))

    @contextlib.contextmanager
    def _kept_or_discarded(self, staged: Path) -> Iterator[None]:
        try:
            with self._folder.writing():
                yield
        finally:
            files.discard(staged)

    def _known(self, made: Made) -> Picture | None:
        ids = self._index.read(lambda connection: rows.ids_of_job(connection, made.job_id, made.set_index))
        there = [picture_id for picture_id in ids if self._folder.path(picture_id).is_file()]
        return self._picture(there[0]) if there else None

    def _adopted(self, made: Made, board: Board) -> Picture | None:
        """The picture if it was left without a record and then taken for one made elsewhere."""
        root = self._folder.root
        same = self._index.read(lambda connection: rows.by_sha256(connection, root, made.sha256))
        for picture in same:
            held = read_record(self._folder, picture.id)
            is_made_up = held.is_adopted if held else not self._folder.record_path(picture.id).exists()
            if picture.board_id == board.id and is_made_up:
                numbered = replace(made, number=self._index.read(rows.next_number))
                return self._record(
                    picture.id, board, held.remade(numbered) if held else RecordFile.of(numbered)
                )
        return None

    def _keep(
        self,
        staged: Path,
        made: Made,
        board: Board,
        words: str,
        extension: str,
        brought: Brought | None = None,
    ) -> Picture:
        number = self._index.read(rows.next_number)
        name = self._name(made, board, words, number, extension, has_name=bool(brought and brought.name))
        path = files.publish(
            staged, self._folder.root / board.path, name, lambda name: self._is_taken(board, name)
        )
        numbered, held = replace(made, number=number), brought.record if brought else None
        try:
            record = held.remade(numbered) if held is not None else RecordFile.of(numbered)
            return self._record(self._folder.id_of(path), board, record)
        except ProblemError:
            if read_record(self._folder, self._folder.id_of(path)) is None:
                files.discard(path)
            raise

    def _name(
        self, made: Made, board: Board, words: str, number: int, extension: str, *, has_name: bool
    ) -> str:
        """How the board has its files called; with ``has_name`` the words are a name to be kept."""
        if self._index.read(lambda connection: is_client_safe_at(connection, board.path)):
            return file_names.client_name(board.name, number, extension)
        if has_name:
            room_bytes = file_names.NAME_LIMIT_BYTES - len(extension) - 1
            return f"{file_names.legal_name(words, room_bytes)}.{extension}"
        pattern = ""
        with contextlib.suppress(ProblemError):  # no reason not to keep what was paid for
            pattern = self._boards.settings(board.id).name_pattern
        if not pattern:
            return file_names.picture_name(words, number, extension)
        from seedream_desktop.library.name_pattern import NameFacts, stem_of  # late: few boards have one

        facts = NameFacts(
            board=board.name,
            number=number,
            prompt=words,
            name=words,
            at_ms=made.made_ms,
            model=made.request.model if made.request else "",
            width_px=made.width_px,
            height_px=made.height_px,
            index=made.set_index + 1,
            count=made.set_count,
        )
        return f"{stem_of(pattern, facts)}.{extension}"

    def _record(self, picture_id: str, board: Board, record: RecordFile) -> Picture:
        write_records(self._folder, {picture_id: record})
        with files.disk_problems(self._folder.root):
            item = item_of(self._folder, picture_id, board.id, record.record)
        self._index.write(lambda connection: rows.put(connection, item))
        self._synchroniser.note(board)
        return self._picture(picture_id)

    def _picture(self, picture_id: str) -> Picture:
        root = self._folder.root
        return self._index.read(lambda connection: rows.pictures(connection, root, [picture_id]))[0]

    def _is_taken(self, board: Board, name: str) -> bool:
        """Also by a record whose picture is away: it may come back."""
        picture_id = f"{board.path}/{name}"
        is_held = self._index.read(lambda connection: rows.is_taken(connection, picture_id))
        return (
            is_held or self._folder.record_path(picture_id).exists() or self._folder.path(picture_id).exists()
        )


def _as_told(seen: Made, brought: Brought) -> Made:
    """``seen`` with what came along; what the file itself says was looked at and counts."""
    if brought.record is None:
        return replace(seen, recipe=without_links(brought.recipe))
    told = brought.record.record.made
    return replace(
        told,
        sha256=seen.sha256,
        size_bytes=seen.size_bytes,
        media_type=seen.media_type,
        width_px=seen.width_px,
        height_px=seen.height_px,
        recipe=without_links(told.recipe),
    )


def _in_stack(held: RecordFile) -> RecordFile:
    """The record of a picture from elsewhere, as the first of a stack of its own."""
    made = held.record.made
    placed_ms = made.pressed_ms or made.made_ms
    stacked = held.remade(replace(made, press_id=uuid.uuid4().hex, pressed_ms=placed_ms))
    return stacked.adopted() if held.is_adopted else stacked


def _of_copy(made: Made, sha256: str, size_bytes: int, number: int) -> Made:
    """What made a working copy: the same, and no request of its own that was paid for."""
    return replace(
        made,
        sha256=sha256,
        size_bytes=size_bytes,
        number=number,
        made_ms=now_ms(),
        pressed_ms=made.pressed_ms or made.made_ms,
        job_id="",
        set_index=made.set_count,  # after all that came with the original
        set_count=1,
        made_from=(made.sha256,),
        price_usd=None,
        price_as_of="",
        surcharge_usd=0.0,
        billed=Billed.NO,
        edited_from="",
    )


def refuse_changed(staged: Path, sha256: str, name: str) -> None:
    """Drop a copy whose bytes are not those that were looked at. Raises ProblemError(FILE_UNREADABLE)."""
    if files.sha256_of(staged) != sha256:
        files.discard(staged)
        raise ProblemError(Problem(ProblemKind.FILE_UNREADABLE, subject=name))


def _check_size(staged: Path, size_bytes: int) -> None:
    """Raises ProblemError when other bytes arrived than were looked at."""
    staged_bytes = staged.stat().st_size
    if staged_bytes != size_bytes:
        files.discard(staged)
        raise ProblemError(Problem(ProblemKind.PICTURE_DAMAGED, limit=size_bytes, actual=staged_bytes))
