"""Boards on their way to other people: one ZIP, laid out as ``parcel`` says.

Of a client-safe board only clean copies leave, under names that tell nothing, with the pictures' stars.
"""

from __future__ import annotations

import itertools
import json
import os
import tempfile
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.file_names import legal_name
from seedream_desktop.generation.errors import Problem, ProblemError, ProblemKind
from seedream_desktop.generation.job import now_ms
from seedream_desktop.imaging.export_form import ExportForm
from seedream_desktop.library.board_file import FORMAT as BOARD_FORMAT
from seedream_desktop.library.board_file import SENT_ALONG, board_document, board_file_of
from seedream_desktop.library.documents import read_document
from seedream_desktop.library.exporting import about_target, check_source, named
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN, record_path
from seedream_desktop.library.leaving import client_safe_ids, plain_name, telling_nothing
from seedream_desktop.library.marks import written
from seedream_desktop.library.name_pattern import unlike
from seedream_desktop.library.parcel import FORMAT, PARCEL_FILE
from seedream_desktop.library.record import Made, RecordFile
from seedream_desktop.library.values import Query

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.exporting import Export
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.marks import Document
    from seedream_desktop.library.outbox import Passing
    from seedream_desktop.library.values import Board, Picture, Proceed

_AT_ONCE = 500  # pictures asked for
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class HandOverReport:
    """What came of handing boards over."""

    folder: Path
    path: Path | None  # None: there is nothing
    pictures: int = 0
    clean: int = 0  # of those, that tell nothing
    without_references: int = 0  # references that are gone
    failed: tuple[Problem, ...] = ()  # pictures that could not be read
    problem: Problem | None = None
    is_cancelled: bool = False


def hand_over(
    library: Library, boards: Sequence[Board], passing: Passing, export: Export, proceed: Proceed
) -> HandOverReport:
    """Write ``boards``, the outermost first, into one ZIP in that folder, or none if it cannot be whole.

    A picture that cannot be read is told and left out; when the library goes away there is none.
    """
    folder, part = passing.folder, passing.new()
    packing = _Packing(library, boards, export, proceed)
    path: Path | None = None
    problem: Problem | None = None
    try:
        with files.disk_problems(folder), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            with part.open("xb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                    is_whole = packing.pack(archive, Path(scratch))
                file.flush()
                os.fsync(file.fileno())
            if is_whole:
                path = named(part, folder, f"{legal_name(boards[0].name)}.zip")
    except ProblemError as error:
        problem = about_target(folder, error)
    finally:
        files.discard(part)
    return replace(packing.report(folder, path), problem=problem)


class _Packing:
    """One ZIP being written."""

    def __init__(self, library: Library, boards: Sequence[Board], export: Export, proceed: Proceed) -> None:
        self._library = library
        self._boards = boards
        self._export = export
        self._proceed = proceed
        self._safe = client_safe_ids(library.boards())
        self._total = sum(board.count for board in boards)
        self._done = self._clean = self._lost = 0
        self._failed: list[Problem] = []
        self._references: set[str] = set()
        self._is_cancelled = False

    def report(self, folder: Path, path: Path | None) -> HandOverReport:
        packed = self._done - len(self._failed)
        return HandOverReport(
            folder, path, packed, self._clean, self._lost, tuple(self._failed), None, self._is_cancelled
        )

    def pack(self, archive: zipfile.ZipFile, scratch: Path) -> bool:
        """Whether all of it is in. Raises OSError and ProblemError."""
        _put(archive, PARCEL_FILE, json.dumps({"format": FORMAT}).encode())
        around = self._boards[0].path.rpartition("/")[0]
        for board in self._boards:
            place = board.path.removeprefix(f"{around}/") if around else board.path
            is_safe = board.id in self._safe
            _put(archive, f"{place}/{HIDDEN}/{BOARD_FILE}", self._board_file(board, is_safe=is_safe))
            pictures, same = itertools.tee(self._pictures(board))
            names = unlike(plain_name(picture, board.name) for picture in same)
            for picture, name in zip(pictures, names, strict=True):
                if is_safe:
                    self._put_clean(archive, picture, f"{place}/", name, scratch)
                else:
                    self._put_whole(archive, picture, f"{place}/")
                self._done += 1
                if not self._proceed(self._done, self._total):
                    self._is_cancelled = True
                    return False
        return True

    def _pictures(self, board: Board) -> Iterator[Picture]:
        ids = self._library.ids(Query(board_id=board.id))
        for start in range(0, len(ids), _AT_ONCE):
            yield from self._library.pictures(ids[start : start + _AT_ONCE])

    def _board_file(self, board: Board, *, is_safe: bool) -> bytes:
        held: Document = {"id": board.id}
        try:
            held = board_document(read_document(self._library.root / board.path / HIDDEN / BOARD_FILE))
        except (OSError, ValueError):
            check_source(self._library)
        names = ("client_safe",) if is_safe else SENT_ALONG
        document: Document = {one: held[one] for one in names if one in held}
        if is_safe and not board_file_of(held).is_client_safe:  # by the mark of a board around it
            document["client_safe"] = {"value": True, "at": now_ms(), "by": ""}
        return written({**document, "format": BOARD_FORMAT, "id": held["id"]})

    def _put_whole(self, archive: zipfile.ZipFile, picture: Picture, place: str) -> None:
        """The file as it is, its record, and the references that this names."""
        try:
            held = self._held(picture)
            source = files.open_regular(picture.path)
        except OSError as error:
            self._fail(_unreadable(error, picture.path))
            return
        with source:
            _put_file(archive, f"{place}{picture.path.name}", source, picture.path)
        if held is None:
            return
        _put(archive, f"{place}{HIDDEN}/{picture.path.name}.json", held.content)
        made = held.record.made
        asked = made.request.references if made.request is not None else ()
        for reference in (*asked, *(made.recipe.references or ())):
            self._put_reference(archive, reference)

    def _held(self, picture: Picture) -> RecordFile | None:
        """Its record; None: there is none that says anything. Raises OSError."""
        try:
            return RecordFile.understood(read_document(record_path(picture.path)))
        except (FileNotFoundError, ValueError):
            return None

    def _fail(self, problem: Problem) -> None:
        """Leave a picture out. Raises SourceAwayError: then it is not the only one."""
        check_source(self._library)
        self._failed.append(problem)

    def _put_reference(self, archive: zipfile.ZipFile, reference: Reference) -> None:
        if reference.sha256 in self._references:
            return
        self._references.add(reference.sha256)
        try:
            path = self._library.reference_path(reference)
            source = files.open_regular(path)
        except (ProblemError, OSError):
            check_source(self._library)
            self._lost += 1
            return
        sha256 = reference.sha256
        suffix = path.suffix.lower() or ".bin"
        with source:
            _put_file(archive, f"{HIDDEN}/references/{sha256[:2]}/{sha256}{suffix}", source, path)

    def _put_clean(
        self, archive: zipfile.ZipFile, picture: Picture, place: str, name: str, scratch: Path
    ) -> None:
        """A copy that tells nothing, and of its record what can be seen, and its stars."""
        part = scratch / uuid.uuid4().hex
        try:
            record = self._library.record(picture.id)
            telling = replace(telling_nothing(record), is_made_by_model=record.made.request is not None)
            exported = self._export(picture.path, part, ExportForm(), telling)
            if exported.media_type == "image/png" and not name.endswith(".png"):
                name = f"{name}.png"  # notes of a GIF go only with coding it again
            archive.write(part, f"{place}{name}")
            made = Made(
                files.sha256_of(part),
                exported.size_bytes,
                exported.media_type,
                exported.width_px,
                exported.height_px,
                record.made.made_ms,
            )
        except ProblemError as error:
            self._fail(replace(error.problem, subject=name))
            return
        finally:
            files.discard(part)
        clean = RecordFile.of(made)
        if rating := record.marks.rating.value:
            clean = clean.marked({"rating": rating}, {}, now_ms(), "")
        _put(archive, f"{place}{HIDDEN}/{name}.json", clean.content)
        self._clean += 1


def _put(archive: zipfile.ZipFile, entry: str, content: bytes) -> None:
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _put_file(archive: zipfile.ZipFile, entry: str, source: IO[bytes], path: Path) -> None:
    """Raises ProblemError(FILE_UNREADABLE): half an entry cannot be taken out again; and OSError."""
    with archive.open(entry, "w", force_zip64=True) as target:
        while chunk := _read(source, path):
            target.write(chunk)


def _read(source: IO[bytes], path: Path) -> bytes:
    try:
        return source.read(_CHUNK_BYTES)
    except OSError as error:
        raise ProblemError(_unreadable(error, path)) from error


def _unreadable(error: OSError, path: Path) -> Problem:
    return Problem(ProblemKind.FILE_UNREADABLE, said=error.strerror or "", subject=path.name)
