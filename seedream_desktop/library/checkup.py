"""A look through the whole library: what is damaged, missing, changed or nobody's, and what can be healed.

Quick: are there a record for every picture, a picture for every record, the references that they name,
readable costs, and does the index say what the records do. Thorough: every picture and reference is read as
well, and its bytes are compared with those that the record speaks of. Nothing is given up: a record whose
picture is gone waits for it, a damaged file is set aside under another name.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from seedream_desktop import files
from seedream_desktop.generation.errors import ProblemError
from seedream_desktop.library import rows
from seedream_desktop.library.adoption import made_up_record
from seedream_desktop.library.findings import Checkup, Finding, FindingKind
from seedream_desktop.library.folder import HIDDEN, LibraryFolder, record_path
from seedream_desktop.library.items import item_of, read_record, read_record_file, write_records
from seedream_desktop.library.known_record import known_record
from seedream_desktop.library.leftovers import is_nobodys
from seedream_desktop.library.scan import BoardScan, has_record, scan_board
from seedream_desktop.library.spending import read_spend
from seedream_desktop.library.trash import picture_in, read_entry

if TYPE_CHECKING:
    from seedream_desktop.generation.request import Reference
    from seedream_desktop.library.boards import Boards
    from seedream_desktop.library.index import Index
    from seedream_desktop.library.synchronise import Synchroniser
    from seedream_desktop.library.values import Proceed

_SHA256_LENGTH = 64
Look = Callable[[Path], object]  # decodes a picture; raises ProblemError when it cannot be


class Checker:
    """One look; used once. Any thread; waits for the disk."""

    def __init__(
        self, folder: LibraryFolder, index: Index, boards: Boards, synchroniser: Synchroniser
    ) -> None:
        self._folder = folder
        self._index = index
        self._boards = boards
        self._synchroniser = synchroniser
        self._findings: list[Finding] = []
        self._pictures: dict[str, str] = {}  # SHA-256 by id: what is to be read
        self._references: dict[str, Reference] = {}
        self._same: dict[tuple[str, str, int], list[str]] = {}  # ids by what is one picture wherever it lies
        self._size_bytes = 0
        self._done, self._total = 0, 0

    def run(self, look: Look | None, proceed: Proceed) -> Checkup:
        """Look through everything, and heal what can be; with ``look`` thoroughly.

        Where ``proceed`` says no it ends with what was found so far. Raises ProblemError (LIBRARY_AWAY).
        """
        self._folder.check_present()
        before = dict(self._scans())
        self._heal_records(before)
        self._heal_index()
        self._note_adopted(before)
        is_complete = self._compare(proceed, parts=2 if look else 1)
        if is_complete:
            self._note_twins()
            self._check_references()
            self._check_the_rest()
        if look is not None and is_complete:
            is_complete = self._read_everything(look, proceed)
        findings = tuple(dict.fromkeys(self._findings))
        return Checkup(look is not None, findings, len(self._pictures), self._size_bytes, is_complete)

    def _find(self, kind: FindingKind, name: str, *, is_healed: bool = False) -> None:
        self._findings.append(Finding(kind, name, is_healed))

    def _scans(self) -> Iterator[tuple[str, BoardScan]]:
        for path in self._boards.walk():
            try:
                yield path, scan_board(self._folder, path)
            except FileNotFoundError:
                continue
            except OSError:
                self._find(FindingKind.PICTURE_UNREADABLE, path)

    def _heal_records(self, scans: dict[str, BoardScan]) -> None:
        """A damaged record is set aside, and what this machine remembers of it takes its place."""
        for path, scan in scans.items():
            for name, told in scan.pictures.items():
                if has_record(told) and read_record(self._folder, f"{path}/{name}") is None:
                    self._heal_record(f"{path}/{name}")

    def _heal_record(self, picture_id: str) -> None:
        record = self._folder.record_path(picture_id)
        if not self._folder.is_still(record):
            return  # it may be on its way from another machine
        remember = functools.partial(known_record, picture_id=picture_id, machine_id=self._folder.machine_id)
        is_healed = False
        with contextlib.suppress(OSError, ProblemError), self._folder.writing():
            known = self._index.read(remember)
            path = self._folder.path(picture_id)
            made_ms = path.stat().st_mtime_ns // 1_000_000
            fresh = known or made_up_record(self._folder, self._index, path, made_ms)
            write_records(self._folder, {picture_id: fresh})
            is_healed = known is not None
        self._find(FindingKind.RECORD_DAMAGED, picture_id, is_healed=is_healed)

    def _heal_index(self) -> None:
        age = self._index.age
        self._index.check()
        if age != self._index.age:
            self._find(FindingKind.INDEX_WRONG, "", is_healed=True)
        self._synchroniser.run(None)

    def _note_adopted(self, before: dict[str, BoardScan]) -> None:
        """What the records look like now tells what was done about those that were missing."""
        for path, scan in before.items():
            board = self._folder.root / path
            for name, told in scan.pictures.items():
                if not has_record(told) and (board / name).is_file():
                    is_healed = record_path(board / name).is_file()
                    self._find(FindingKind.RECORD_MISSING, f"{path}/{name}", is_healed=is_healed)
            for stray in scan.strays:
                place = board / HIDDEN / stray
                if not place.is_file():
                    self._find(FindingKind.COPY_LEFT, f"{path}/{HIDDEN}/{stray}", is_healed=True)
                elif read_record_file(place) is None:
                    self._find(FindingKind.RECORD_DAMAGED, f"{path}/{HIDDEN}/{stray}")
                elif not (board / stray.removesuffix(".json")).is_file():
                    self._find(FindingKind.PICTURE_MISSING, f"{path}/{stray.removesuffix('.json')}")

    def _compare(self, proceed: Proceed, parts: int) -> bool:
        """Hold each record against its picture and the index; False: stopped."""
        boards = {board.path: board.id for board in self._boards.all()}
        scans = [(path, scan) for path, scan in self._scans() if path in boards]
        self._total = parts * sum(len(scan.pictures) for _, scan in scans)
        for path, scan in scans:
            for name in scan.pictures:
                self._compare_one(f"{path}/{name}", boards[path])
                self._done += 1
                if not proceed(self._done, self._total):
                    return False
        return True

    def _compare_one(self, picture_id: str, board_id: str) -> None:
        held = read_record(self._folder, picture_id)
        if held is None:
            return
        made = held.record.made
        for reference in made.request.references if made.request else ():
            self._references.setdefault(reference.sha256, reference)
        if made.job_id and not held.is_adopted:
            self._same.setdefault((made.sha256, made.job_id, made.set_index), []).append(picture_id)
        with contextlib.suppress(OSError):
            status = self._folder.path(picture_id).stat()
            if self._folder.is_elsewhere(status):
                self._find(FindingKind.PICTURE_ELSEWHERE, picture_id)
                return
            self._pictures[picture_id] = made.sha256
            if status.st_size != made.size_bytes:
                self._find(FindingKind.PICTURE_CHANGED, picture_id)
            with self._folder.alone():
                item = item_of(self._folder, picture_id, board_id, held.record)
                if not self._index.read(lambda connection: rows.is_as_held(connection, item)):
                    self._index.write(lambda connection: rows.put(connection, item))
                    self._find(FindingKind.INDEX_WRONG, picture_id, is_healed=True)

    def _note_twins(self) -> None:
        """Each has the record that was written when it was made.

        A board was copied, or two machines moved the picture while they did not see each other. Which one is
        meant nobody but the designer knows.
        """
        for picture_ids in self._same.values():
            for picture_id in picture_ids if len(picture_ids) > 1 else ():
                self._find(FindingKind.PICTURE_TWICE, picture_id)

    def _check_references(self) -> None:
        there = {path.stem for path in (self._folder.hidden / "references").glob("*/*")}
        there.update(self._pictures.values())
        for sha256, reference in self._references.items():
            if sha256 not in there:
                self._find(FindingKind.REFERENCE_MISSING, reference.name or sha256)

    def _check_the_rest(self) -> None:
        for path in sorted((self._folder.hidden / "spend").glob("*/*.json")):
            try:
                read_spend(path)
            except (OSError, ValueError):
                if self._folder.is_still(path):
                    self._find(FindingKind.SPEND_DAMAGED, self._folder.id_of(path))
        for place in sorted((self._folder.hidden / "trash").glob("*/")):
            with contextlib.suppress(OSError):
                is_whole = read_entry(place) is not None and picture_in(place) is not None
                if not is_whole and self._folder.is_still(place):
                    self._find(FindingKind.TRASH_DAMAGED, self._folder.id_of(place))
        boards = [self._folder.root / path for path in self._boards.walk()]
        kept = (path for board in boards for path in board.glob("*") if _is_name_holder(path))
        for path in (*sorted((self._folder.hidden / "tmp").glob("*/*.part")), *sorted(kept)):
            if is_nobodys(path):
                files.discard(path)
                self._find(FindingKind.LEFTOVER, self._folder.id_of(path), is_healed=not path.exists())

    def _read_everything(self, look: Look, proceed: Proceed) -> bool:
        for picture_id, sha256 in self._pictures.items():
            self._read_one(picture_id, sha256, look)
            self._done += 1
            if not proceed(self._done, self._total):
                return False
        for path in sorted((self._folder.hidden / "references").glob("*/*")):
            if len(path.stem) == _SHA256_LENGTH and self._sha256(path) not in {path.stem, None}:
                self._find(FindingKind.REFERENCE_DAMAGED, self._folder.id_of(path))
            if not proceed(self._done, self._total):
                return False
        return True

    def _read_one(self, picture_id: str, sha256: str, look: Look) -> None:
        path = self._folder.path(picture_id)
        if not path.is_file():
            return  # moved or removed since; the next look tells
        found = self._sha256(path)
        if found is None:
            self._find(FindingKind.PICTURE_UNREADABLE, picture_id)
            return
        if found != sha256:
            self._find(FindingKind.PICTURE_CHANGED, picture_id)
        try:
            look(path)
        except ProblemError:
            if path.is_file():
                self._find(FindingKind.PICTURE_DAMAGED, picture_id)

    def _sha256(self, path: Path) -> str | None:
        """None: the disk does not give it, or a cloud keeps it."""
        try:
            status = path.stat()
            if self._folder.is_elsewhere(status):
                return None
            self._size_bytes += status.st_size
            return files.sha256_of(path)
        except (OSError, ProblemError):
            return None


def _is_name_holder(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return files.is_name_holder(path.lstat())
    return False


def forget_missing(folder: LibraryFolder, picture_ids: tuple[str, ...]) -> int:
    """Remove the records of pictures that are still missing; how many. Raises ProblemError."""
    count = 0
    with folder.writing():
        for picture_id in picture_ids:
            path = folder.path(picture_id)
            record = record_path(path)
            if record.is_file() and not path.exists():
                files.discard(record)
                count += not record.exists()
    return count
