"""Boards from elsewhere taken into the library: made anew beside what is there, nothing overwritten.

Each picture and reference is unpacked alone, under a name of ours, and looked at by the worker before it is
kept; a record counts only for the bytes that it speaks of.
"""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seedream_desktop import files
from seedream_desktop.generation.errors import Problem, ProblemError
from seedream_desktop.generation.recipe import Recipe
from seedream_desktop.generation.recipe_text import recipe_in
from seedream_desktop.library.brought import Brought
from seedream_desktop.library.folder import BOARD_FILE, HIDDEN
from seedream_desktop.library.parcel import Contents, ParcelPicture, contents_of, document_in, fetch, opened
from seedream_desktop.library.record import RecordFile
from seedream_desktop.library.side_by_side import side_by_side

if TYPE_CHECKING:
    from seedream_desktop.generation.errors import ProblemKind
    from seedream_desktop.imaging.foreign import Foreign
    from seedream_desktop.library.library import Library
    from seedream_desktop.library.parcel import Parcel
    from seedream_desktop.library.values import Picture
    from seedream_desktop.worker import Worker


@dataclass(frozen=True, slots=True)
class Heard:
    """Who hears what comes of it. ``proceed``: how many of a parcel's pictures are done; False: stop."""

    came: Callable[[Picture], None]
    board_made: Callable[[str], None]
    refuse: Callable[[Problem], None]
    proceed: Callable[[int, int], bool]


class Unpacking:
    """Takes one parcel in, on a thread of its own."""

    def __init__(self, library: Library, worker: Worker, heard: Heard, fatal: Iterable[ProblemKind]) -> None:
        """``fatal``: what ends all of it, not only one picture."""
        self._library = library
        self._worker = worker
        self._heard = heard
        self._fatal = frozenset(fatal)
        self._boards: dict[str, str] = {}  # ids by paths in the parcel
        self._references: set[str] = set()  # SHA-256 of those that were brought or cannot be

    def run(self, path: Path) -> None:
        """Take in what is at ``path``. Raises ProblemError."""
        with (
            opened(path) as parcel,
            files.disk_problems(Path(tempfile.gettempdir())),
            tempfile.TemporaryDirectory(prefix="seedream-", ignore_cleanup_errors=True) as scratch,
        ):
            contents = contents_of(parcel.sizes)
            around = self._made(path.name, "", {}) if path.is_dir() else ""
            for place in contents.boards:
                above, _, name = place.rpartition("/")
                document = document_in(parcel, f"{place}/{HIDDEN}/{BOARD_FILE}")
                parent_id = self._boards[above] if above else around
                self._boards[place] = self._made(name, parent_id, document)
            self._bring(parcel, contents, Path(scratch))

    def _made(self, name: str, parent_id: str, document: Any) -> str:
        known = document if isinstance(document, dict) else {}
        board = self._library.board_folders.add(name, parent_id, known)
        self._heard.board_made(board.id)
        return board.id

    def _bring(self, parcel: Parcel, contents: Contents, scratch: Path) -> None:
        def look(picture: ParcelPicture) -> tuple[Path, Foreign | Problem]:
            part = scratch / uuid.uuid4().hex
            try:
                fetch(parcel, picture.entry, part)
                return part, self._worker.look_at_foreign(part)
            except ProblemError as error:
                if error.problem.kind in self._fatal:
                    raise
                return part, replace(error.problem, subject=picture.name)

        looking, total = side_by_side(look, contents.pictures), len(contents.pictures)
        try:
            for done, (picture, (part, found)) in enumerate(zip(contents.pictures, looking, strict=True), 1):
                if isinstance(found, Problem):
                    self._heard.refuse(found)
                else:
                    self._keep(parcel, contents, picture, part, found)
                files.discard(part)
                if not self._heard.proceed(done, total):
                    return
        finally:
            looking.close()

    def _keep(
        self, parcel: Parcel, contents: Contents, picture: ParcelPicture, part: Path, found: Foreign
    ) -> None:
        record = _record(document_in(parcel, picture.record), found.checked.sha256)
        recipe = recipe_in(found.recipe) or Recipe()
        if record is not None:
            made = record.record.made
            asked = made.request.references if made.request is not None else ()
            for reference in (*asked, *(made.recipe.references or ())):
                self._bring_reference(parcel, contents, reference.sha256, reference.name, part.parent)
        brought = Brought(recipe, record, picture.name)
        try:
            kept = self._library.import_picture(part, found.checked, self._boards[picture.board], brought)
        except ProblemError as error:
            if error.problem.kind in self._fatal:
                raise
            self._heard.refuse(error.problem)
            return
        self._heard.came(kept)

    def _bring_reference(
        self, parcel: Parcel, contents: Contents, sha256: str, name: str, scratch: Path
    ) -> None:
        """Once; one that is missing or damaged is said to be gone when the recipe is used."""
        entry = contents.references.get(sha256)
        if entry is None or sha256 in self._references:
            return
        self._references.add(sha256)
        part = scratch / uuid.uuid4().hex
        with suppress(ProblemError):
            fetch(parcel, entry, part)
            checked = self._worker.check_reference(part, None)
            if checked.sha256 == sha256:
                self._library.add_reference(part, checked, name)
        files.discard(part)


def _record(document: Any, sha256: str) -> RecordFile | None:
    """The record if it speaks of these bytes."""
    try:
        record = RecordFile.understood(document)
    except ValueError:
        return None
    return record if record.record.made.sha256 == sha256 else None
